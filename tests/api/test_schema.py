"""What the server publishes about itself: the OpenAPI document and the JSON Schema of designs."""

import json

import pytest
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator

from apps.designs.document.types import DesignDocument
from apps.web.demo import read_design


def test_openapi_document_is_made_without_a_warning(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("schema") / "openapi.yaml"

    call_command("spectacular", validate=True, fail_on_warn=True, file=str(file))

    assert "/api/v1/designs/{design_id}/scores" in file.read_text()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["schema/", "schemas/design-1.json"])
def test_schemas_are_for_everybody(path: str) -> None:
    assert Client().get(f"/api/v1/{path}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["video-recommendation", "semantic-search", "feed-practice"])
def test_published_schema_takes_the_worked_designs(name: str) -> None:
    schema = json.loads(Client().get("/api/v1/schemas/design-1.json").content)
    document: DesignDocument = read_design(name)

    Draft202012Validator.check_schema(schema)

    assert list(Draft202012Validator(schema).iter_errors(document)) == []
