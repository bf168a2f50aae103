"""The design document: its JSON form, its live form, and the conversions. Knows no framework."""
