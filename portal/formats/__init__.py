"""Dates in words as each language writes them, where Django's own differ (its English is American)."""
