"""A person's own rules for the pages of a site."""
