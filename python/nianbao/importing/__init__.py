"""Turns files that are not ours into reports."""
