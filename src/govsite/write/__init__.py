"""Stage: staging, then swap."""
