"""Stage: pages as pure views, views to bytes."""
