"""Reports of an interview: the panel's as page and PDF, the candidate's of what is released."""
