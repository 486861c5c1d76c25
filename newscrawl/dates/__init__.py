"""Instants and days out of what people and programs write."""
