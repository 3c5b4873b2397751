"""Secrecy (保密) and hygiene: marks that must not go out, traces in files, leftovers of copying."""
