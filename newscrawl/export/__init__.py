"""The records in other forms: which of them, as which file, and those that are new to a reader."""
