"""Backup and restore: one tar file with the database, the media and a manifest of hashes and row counts."""
