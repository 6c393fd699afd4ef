"""Pages and doors of sensors."""
