"""Stage: problems and figures for people and programs."""
