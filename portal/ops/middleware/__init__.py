"""Middleware of the whole portal."""
