"""How does a design leave as a file?"""

import json

from django.utils.text import slugify

from apps.designs.document.types import DesignDocument

MEDIA_TYPE = "application/json"


def file_text(document: DesignDocument) -> str:
    """The document as people and version control like it: indented, in its own script."""
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def file_name(document: DesignDocument) -> str:
    """A name that every file system takes, such as `video-recommendation.design.json`."""
    return f"{slugify(document['title'])[:80] or 'design'}.design.json"
