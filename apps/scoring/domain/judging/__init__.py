"""The judge on the server: `consent` lets it, `cases` says what is sent, `judgements` does it."""
