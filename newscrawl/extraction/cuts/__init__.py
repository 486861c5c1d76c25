"""What is cut from the lines of the found text."""
