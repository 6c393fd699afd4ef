"""Everything that can happen on a live board. One door for writes: `commands.execute`; seats: `seats.join`."""
