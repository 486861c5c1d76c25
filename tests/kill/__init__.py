"""Kills real processes in mid-work and counts what was lost, repeated or torn."""
