"""Interviews as lists and figures; reads only."""
