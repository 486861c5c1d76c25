"""The files of a run: how they grow, appear whole, and are recovered."""
