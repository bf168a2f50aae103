"""The design as rows: what queries, dashboards and search read.

They are a projection of the live document (`designs/domain/projection.py`) and are replaced whole.
`position` keeps the order of the document's lists.
"""

from django.db import models

from apps.designs.models.design import DesignSession


class StepNote(models.Model):
    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="step_notes")
    step_id = models.CharField(max_length=80)
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=32)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["design", "step_id"], name="step_note_once")]


class BoardItem(models.Model):
    """What components, connections and groups have in common."""

    item_id = models.CharField(max_length=200)
    position = models.PositiveIntegerField()
    # Everything that has no column of its own: place, size, ports, waypoints, fields.
    body = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering = ["position"]


class Component(BoardItem):
    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="components")
    type = models.CharField(max_length=80)
    name = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    group = models.CharField(max_length=200, blank=True)

    class Meta(BoardItem.Meta):
        constraints = [models.UniqueConstraint(fields=["design", "item_id"], name="component_once")]


class Connection(BoardItem):
    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="connections")
    source = models.CharField(max_length=200)
    target = models.CharField(max_length=200)
    kind = models.CharField(max_length=16)
    label = models.TextField(blank=True)

    class Meta(BoardItem.Meta):
        constraints = [
            models.UniqueConstraint(fields=["design", "item_id"], name="connection_once")
        ]


class Group(BoardItem):
    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="groups")
    name = models.TextField(blank=True)
    parent = models.CharField(max_length=200, blank=True)

    class Meta(BoardItem.Meta):
        constraints = [models.UniqueConstraint(fields=["design", "item_id"], name="group_once")]


class Annotation(BoardItem):
    """What stands on the board beside the diagram: a sticky, a stroke of the pen, a text."""

    class Kind(models.TextChoices):
        STICKY = "stickies"
        STROKE = "strokes"
        TEXT = "texts"

    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="annotations")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    text = models.TextField(blank=True)

    class Meta(BoardItem.Meta):
        constraints = [
            models.UniqueConstraint(fields=["design", "item_id"], name="annotation_once")
        ]
