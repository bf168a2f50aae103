"""What words and sentences is the rubric itself made of? So that pasting them can be tried."""

from apps.core.json import Json, JsonObject
from apps.scoring.engine.rubric import Rubric


def terms_and_sentences(rubric: Rubric) -> JsonObject:
    terms: dict[str, Json] = {}
    sentences: dict[str, Json] = {}
    for step in rubric.steps:
        criteria = [one for one in rubric.data["criteria"] if one["step"] == step.id]
        facets = [facet for criterion in criteria for facet in criterion["facets"]]
        terms[step.id] = list(
            dict.fromkeys(
                part.strip()
                for facet in facets
                for alias in (*facet.get("aliases", ()), *facet.get("weak", ()))
                for group in alias.split("&")
                for part in group.split("|")
                if not part.strip().startswith("$")
            )
        )
        sentences[step.id] = list(
            dict.fromkeys(
                text
                for criterion in criteria
                for text in (
                    criterion["label"],
                    criterion["ask"],
                    *criterion["anchors"],
                    *(facet["ask"] for facet in criterion["facets"] if "ask" in facet),
                    *(one for facet in criterion["facets"] for one in facet.get("prototypes", ())),
                )
            )
        )
    return {"terms": terms, "sentences": sentences}
