"""Whether a source is well, judged by its own history."""
