"""Klassenraum: classes and groups that measure together. docs/reference/classroom.md tells the rules."""
