"""The diagram of a worked design, which a stranger sees on the first page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from apps.api.files import picture
from apps.core.errors import NotFound
from apps.diagrams.domain.rendering import render_document
from apps.diagrams.errors import RenderFailed
from apps.diagrams.pipeline.themes import THEMES
from apps.web.demo import WORKED, read_design


@require_GET
def diagram(_request: HttpRequest, theme: str) -> HttpResponse:
    if theme not in THEMES:
        raise NotFound(f'There is no theme "{theme}".')
    try:
        drawn = render_document(read_design(WORKED), "svg", theme)
    except RenderFailed as failure:
        raise NotFound("The diagram cannot be drawn here.") from failure
    response = picture(drawn.body)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
