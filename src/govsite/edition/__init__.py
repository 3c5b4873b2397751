"""Stage: the offline edition (离线版): one signed file, made, verified, installed, rolled back."""
