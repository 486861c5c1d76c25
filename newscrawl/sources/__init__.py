"""What a person wants crawled: the sources, and the file that names many of them."""
