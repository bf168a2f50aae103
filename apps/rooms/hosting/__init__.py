"""Rooms in a running process: what loads, stores, passes on and unloads them."""
