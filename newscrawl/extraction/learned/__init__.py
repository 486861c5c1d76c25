"""What the earlier pages of a site taught: repeated lines, and the template of its articles."""
