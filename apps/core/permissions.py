"""The words of the permission policy. Who may do what is decided in `designs/rules.py`."""

from enum import StrEnum


class Role(StrEnum):
    """What a participant is on one design session."""

    OWNER = "owner"
    INTERVIEWER = "interviewer"
    CANDIDATE = "candidate"
    OBSERVER = "observer"
    ADMIN = "admin"  # of the organisation that the session belongs to; not a participant of it


class Action(StrEnum):
    """What somebody may want to do with one design session."""

    VIEW_BRIEF = "view_brief"  # read the written brief, also in the lobby
    VIEW = "view"  # read the board and the notes of the steps, see who is there
    EDIT = "edit"  # write the board and the notes of the steps
    SWITCH_FLOW = "switch_flow"  # go through the steps of another flow from here on
    PRESENT = "present"  # show one's own cursor and selection
    EXPORT = "export"  # take the design or its diagram away as a file
    REPLAY = "replay"  # play the session again, without what was deleted since
    READ_HISTORY = "read_history"  # what was deleted as well
    KEEP_VERSION = "keep_version"  # give a state of the design a name, or take it away again
    COPY = "copy"  # make a practice board of one's own of it
    READ_PRIVATE = "read_private"  # the interviewers' private notes
    EDIT_PRIVATE = "edit_private"
    READ_SCORES = "read_scores"  # levels, evidence, rubric
    RUN_SCORING = "run_scoring"
    SEE_PEOPLE = "see_people"  # participants with their addresses, share links
    MANAGE_LINKS = "manage_links"
    MANAGE_SESSION = "manage_session"  # rename, delete
    END_SESSION = "end_session"
    # Of interviews alone.
    RUN_INTERVIEW = "run_interview"  # clock, states of steps, freezing, twists, who is let in
    SKIP_STEP = "skip_step"
    RATE = "rate"  # fill in a score card of one's own
    READ_PANEL = "read_panel"  # others' cards and the debrief, as far as they are open already
    DECIDE = "decide"
    SIGN_OFF = "sign_off"
    RELEASE_REPORT = "release_report"
    EXPORT_RECORD = "export_record"  # private notes and scores, as a file
    REOPEN = "reopen"
    SET_ACCOMMODATIONS = "set_accommodations"
    ERASE = "erase"  # export and erase what is stored about the candidate
    READ_AUDIT = "read_audit"
