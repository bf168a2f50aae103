"""The judge: a second reading of a step by a language model, checked quote by quote.

It is plain Python and knows no framework. `prompt` says what is asked, `client` sends it, `reply`
reads what comes back, `verification` holds each quote against the notes, `votes` decides at doubt.
"""
