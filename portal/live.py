"""Base of all socket consumers."""
