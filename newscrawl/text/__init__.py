"""Text that strangers wrote: cleaned, cut into words and sentences, and its language."""
