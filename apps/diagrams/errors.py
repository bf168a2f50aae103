"""What can go wrong while rendering. Every message is a sentence that may be shown to a person."""

from apps.core.errors import NinestepError


class RenderFailed(NinestepError):
    """There is no picture, and the message says why. Nothing of the design was changed."""

    code = "render_failed"


class GraphvizMissing(RenderFailed):
    """The layout program, or the one that bounds it, is not installed."""


class GraphvizStopped(RenderFailed):
    """It ended without a picture and without a reason that we know."""


class LayoutTooHard(RenderFailed):
    """It ran out of its time or its memory."""


class PictureTooLarge(RenderFailed):
    """Its input or its output is beyond the cap."""
