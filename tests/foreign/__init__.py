"""Test data of other projects, read by ours: see README.md."""
