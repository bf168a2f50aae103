"""Pages about data: what is kept of a candidate, their own page, a team's rules and audit log."""
