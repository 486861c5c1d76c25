"""Where the text of a page stands, and the paragraphs that are made of it."""
