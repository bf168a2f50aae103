"""The words of an interview. They are those of the rubric packs and of the design document."""

from enum import StrEnum


class StepState(StrEnum):
    """What became of a step, by which the rubric weighs it (`statuses` of its pack)."""

    NOT_REACHED = "not_reached"
    IN_PLAY = "in_play"
    DEEP_DIVE = "deep_dive"
    SKIPPED_BY_INTERVIEWER = "skipped_by_interviewer"
    SKIPPED_BY_CANDIDATE = "skipped_by_candidate"


class Verdict(StrEnum):
    """What a rater thinks of the candidate, and the band that a total falls into."""

    STRONG_YES = "strong_yes"
    YES = "yes"
    NO = "no"
    STRONG_NO = "strong_no"


class RatingState(StrEnum):
    """Why there is no level."""

    NOT_ENOUGH_EVIDENCE = "NE"
    NOT_APPLICABLE = "NA"


class Confidence(StrEnum):
    LOW = "low"
    MID = "mid"
    HIGH = "high"
