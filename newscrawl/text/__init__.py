"""Text that strangers wrote: cleaned, cut into words, and told by its script."""
