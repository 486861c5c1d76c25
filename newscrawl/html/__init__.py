"""Bytes to one parsed tree: decode, sanitise, parse. Extraction and discovery both begin here."""
