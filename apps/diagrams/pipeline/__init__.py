"""A design document in, the text for Graphviz out; Graphviz's answer in, a picture or a layout out.

Read it in this order: `graph` (what to draw), `themes` and `escape` (how to write it safely),
`dot` (the text that Graphviz gets), `fallback` (what to try when it is too much), then `svg`
(clean-up of the picture), `layout` (places in board pixels) and `thumbnail` (a picture without
text). Plain Python: no framework, no files, no processes; the renderer around it does those.
"""
