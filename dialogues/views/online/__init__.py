"""Pages of online dialogues."""
