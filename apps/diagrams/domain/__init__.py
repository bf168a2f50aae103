"""Pictures and layouts of designs: drawn, kept, exported."""
