"""What are people told of a step that was not judged, and of a quote that was dropped?"""

from typing import Final

STANDS: Final = "The engine's result stands."
NOTES: Final = {
    "EMPTY": "There are no notes in this step, so nothing was sent.",
    "NOT_IN_PLAY": "This step is not in play, so nothing was sent.",
    "TOO_LONG": f"This step is too long to be sent. {STANDS}",
    "TIMEOUT": f"The model did not answer in time. {STANDS}",
    "UNREACHABLE": f"The model could not be reached. {STANDS}",
    "BUSY": f"The model was too busy. {STANDS}",
    "SERVER_ERROR": f"The model's server had a fault. {STANDS}",
    "REFUSED": f"The model's server refused the request. {STANDS}",
    "REDIRECT": f"The model's server pointed elsewhere, and we did not follow. {STANDS}",
    "WRONG_TYPE": f"The answer was no JSON. {STANDS}",
    "TOO_LARGE": f"The answer was too large to be read. {STANDS}",
    "CUT_OFF": f"The answer broke off. {STANDS}",
    "BAD_JSON": f"The answer was no valid JSON. {STANDS}",
    "BAD_REPLY": f"The answer did not have the form that was asked for. {STANDS}",
    "KEY_ECHOED": f"The answer repeated the key and was thrown away. {STANDS}",
    "GIVEN_UP": f"The model had failed twice before, so this step was not sent. {STANDS}",
}
DROPPED: Final = {
    "INVENTED": "This is not in the notes.",
    "OTHER_STEP": "This stands in another step.",
    "NO_COMPONENT": "There is no such card on the board.",
    "NOT_ON_CARD": "This is not on that card.",
    "NO_QUOTE": "No quote was given.",
    "TOO_SHORT": "The quote is too short to show anything.",
    "INSTRUCTION": "This line talks to whoever marks it.",
    "UNRELATED": "This shares no word with what is asked.",
    "INDISCRIMINATE": "The model gives this line for nearly everything.",
    "NO_UNIT": "This is a heading, code or an address.",
    "NEGATED": "The notes deny this.",
    "EXCLUSIVE": "This line serves other criteria already, and better.",
    "HOLLOW": "The step as a whole hardly speaks of any one design.",
    "TEMPLATE_COPY": "This repeats the guide or the rubric.",
    "PROMPT_COPY": "This repeats the problem statement.",
    "DUPLICATE": "This stands elsewhere already.",
    "LIST": "This lists terms and says nothing about them.",
    "FRAME": "This is one sentence used again with other terms.",
    "NO_SPECIFICS": "This holds general words only.",
    "SALAD": "This is no sentence.",
    "QUESTION": "This asks and does not answer.",
}
REFUSED: Final = "The engine's guards refuse this line."
PARTLY: Final = "Only the first answer came; later ones did not."


def of_note(state: str, note: str) -> str:
    if not note:
        return ""
    return PARTLY if state == "judged" else NOTES[note]


def of_dropped(reason: str) -> str:
    return DROPPED.get(reason, REFUSED)
