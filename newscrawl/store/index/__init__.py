"""The stories that were written, so that none is written again."""
