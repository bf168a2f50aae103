"""`make bench-sync`: this server and two Node servers under the same load."""
