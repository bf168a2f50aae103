"""The optional semantic channel: sentences to vectors, by a small model that runs on one core.

Plain Python, without Django; needs the packages of `requirements/semantic.txt`.
"""
