"""The words of the permission policy. Who may do what is decided in `designs/rules.py`."""

from enum import StrEnum


class Role(StrEnum):
    """What a participant is on one design session."""

    OWNER = "owner"
    INTERVIEWER = "interviewer"
    CANDIDATE = "candidate"
    OBSERVER = "observer"


class Action(StrEnum):
    """What somebody may want to do with one design session."""

    VIEW = "view"  # read the board and the notes of the steps, see who is there
    EDIT = "edit"  # write the board and the notes of the steps
    SWITCH_FLOW = "switch_flow"  # go through the steps of another flow from here on
    PRESENT = "present"  # show one's own cursor and selection
    EXPORT = "export"  # take the design or its diagram away as a file
    REPLAY = "replay"  # play the session again, without what was deleted since
    READ_HISTORY = "read_history"  # what was deleted as well
    READ_PRIVATE = "read_private"  # the interviewers' private notes
    EDIT_PRIVATE = "edit_private"
    READ_SCORES = "read_scores"  # levels, evidence, rubric
    RUN_SCORING = "run_scoring"
    SEE_PEOPLE = "see_people"  # participants with their addresses, share links
    MANAGE_LINKS = "manage_links"
    MANAGE_SESSION = "manage_session"  # rename, end, delete
