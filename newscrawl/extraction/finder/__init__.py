"""The order of ways in which the text is looked for."""
