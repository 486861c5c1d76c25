"""What earlier polls of a document mean for the next one."""
