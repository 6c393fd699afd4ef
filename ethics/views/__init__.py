"""Pages of the Ethikrat: the public side, and the office behind the login."""
