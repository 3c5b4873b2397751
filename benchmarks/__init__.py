"""Benchmarks: measured as ratios in one run, never asserted by a timed unit test."""
