"""Pages of dialogues: the calendar, an event, a table on a phone, the console and the projector."""
