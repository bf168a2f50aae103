"""Calls to addresses that somebody else chose: `targets` says which, `signing` and `posting` how.

Plain Python: no Django, no database.
"""
