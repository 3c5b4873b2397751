"""Stage: what must hold on the finished pages."""
