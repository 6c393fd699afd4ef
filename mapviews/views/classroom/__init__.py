"""Pages of the Klassenraum: the teacher's, the members' room, the public page."""
