"""The style guide at /gestaltung/: every component with an example. Imports no app."""
