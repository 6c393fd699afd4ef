"""The live engine of World-Café boards: sockets, the hub of each process, wake-ups between processes (LIVE.md)."""
