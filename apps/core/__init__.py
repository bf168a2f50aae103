"""What every app may use: ids, clock, JSON types, errors, the permission words, the job table."""
