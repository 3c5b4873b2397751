"""Contracts others build on: the views a theme receives."""
