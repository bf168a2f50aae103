"""A clock that stands still, and the jobs that wait."""
