"""How far do the engine and people agree? Plain Python: ratings in, figures and tables out.

The statistics are a few lines of our own. A statistics package would be heavier than the product
that it judges, and the figures are sums that a reader can follow; the tests hold them against
published examples.
"""
