"""An evaluation set by a second author, written before reading the engine or the rubric's cues."""
