"""What the templates of news sites say in every language, as tables."""
