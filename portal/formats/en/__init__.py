"""English as in Britain: day before month, 24 hours, as the scripts write a value that moves."""
