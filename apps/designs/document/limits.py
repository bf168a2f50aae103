"""How big a design may be. The JSON Schema repeats the bounds that it can express."""

MAX_BYTES = 16 * 1024 * 1024  # of a document's JSON text
# Of nested lists and objects, the document itself being the first. Leaves the `fields` of a
# component the sixteen levels that a room lets through.
MAX_DEPTH = 20
MAX_FAULTS = 20  # reported for one document
MAX_COORDINATE = 1_000_000  # board pixels
MAX_SIZE = 100_000  # board pixels
MAX_ID = 200
MAX_TYPE = 80

# Browsers hold every number as a double: whole numbers beyond this lose digits there.
MAX_WHOLE_NUMBER = 2**53 - 1

MAX_ITEMS = {
    "components": 5_000,
    "connections": 20_000,
    "groups": 1_000,
    "stickies": 2_000,
    "strokes": 5_000,
    "texts": 2_000,
}
MAX_STEPS = 50
MAX_STROKE_POINTS = 10_000
MAX_WAYPOINTS = 100

# Keys that mean something else than themselves in a browser's objects.
FORBIDDEN_KEYS = frozenset({"__proto__", "constructor", "prototype"})
