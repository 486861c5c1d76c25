"""What a page declares of itself for programs: meta tags, links, JSON-LD."""
