"""What is remembered between runs of documents, sources and hosts: when to ask again, and how."""
