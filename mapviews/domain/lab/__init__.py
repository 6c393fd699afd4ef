"""The Reallabor: a chart as an address, its data and starting code, and charts that people keep."""
