"""What is taken out of the tree before the text is looked for."""
