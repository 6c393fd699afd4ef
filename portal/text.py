"""Sanitising of what people write."""
