"""Pages of the projects; they read through `domain.catalogue` and write through domain functions."""
