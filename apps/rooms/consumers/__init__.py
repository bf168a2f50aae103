"""The sockets of a design session: fetch, check, hand on, answer."""
