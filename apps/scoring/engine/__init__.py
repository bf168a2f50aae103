"""The scoring engine: a design document and a rubric in, levels with quoted evidence out.

Plain Python: no framework, no clock, no randomness, no I/O. The stages, in order:

    units      Markdown notes -> sentences, bullets and table rows with exact offsets
    annotate   unit -> stems, phrases of the rubric, figures, reasons, negated spans
    quality    may a unit count? guards, each with a reason a machine can read
    evidence   units x facets; which unit serves which criterion
    graph      the typed board: paths and predicates
    inputs     all that a step is scored from, in one value with a hash
    topic      does the text speak of its step and of its problem?
    levels     evidence -> level by rule, and a value that orders answers within a level
    overall    criteria -> steps -> the whole
    report     a rating in words, with its quotes
    score      puts them together
"""
