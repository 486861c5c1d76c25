"""What a page says of its story beside the text: title, authors, dates, language, image."""
