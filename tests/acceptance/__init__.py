"""The product as a person runs it: commands and whole crawls."""
