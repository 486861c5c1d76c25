"""A page as lists and blocks: what its elements are, are called and hold, for all steps."""
