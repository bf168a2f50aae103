"""The rows of a design session."""

from apps.designs.models.design import DesignSession
from apps.designs.models.membership import LINK_ROLES, Participant, ShareLink
from apps.designs.models.rows import Annotation, Component, Connection, Group, StepNote

__all__ = [
    "LINK_ROLES",
    "Annotation",
    "Component",
    "Connection",
    "DesignSession",
    "Group",
    "Participant",
    "ShareLink",
    "StepNote",
]
