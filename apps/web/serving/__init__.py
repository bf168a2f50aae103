"""`manage.py serve`: one process with the web server and, unless Redis is used, the worker."""
