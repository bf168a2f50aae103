"""Files that people asked for. Pictures that pages show are in the cache instead."""

from django.db import models


class DiagramFile(models.Model):
    """A finished export. Its key is a hash of the content, so that the same file is there once."""

    key = models.CharField(primary_key=True, max_length=80)
    media_type = models.CharField(max_length=80)
    body = models.BinaryField()
    note = models.TextField(blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.media_type} {self.key}"
