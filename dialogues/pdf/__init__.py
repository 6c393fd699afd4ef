"""What dialogues print: letters of online dialogues, posters and table cards of events."""
