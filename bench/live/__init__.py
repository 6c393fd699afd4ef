"""Live boards measured and broken from outside: server processes, a swarm of bare sockets, a raw broadcast."""
