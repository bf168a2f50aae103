"""The packs that ship with the product, each read once a process.

Unknown ids raise NotFound; a pack with a fault raises InvalidPack with file, path and reason.
"""

from functools import cache
from pathlib import Path

from apps.content.loader import PACKS, load_catalogue, load_flow, load_problem, load_rubric
from apps.content.types import Catalogue, Flow, Problem, RubricPack
from apps.core.errors import NotFound

DEFAULT_FLOW = "ml-9-step"
DEFAULT_RUBRIC = "ml-9-step"
DEFAULT_CATALOGUE = "ml-systems"


def flow(flow_id: str = DEFAULT_FLOW) -> Flow:
    return _flow(_find("flows", flow_id))


def flows() -> list[Flow]:
    return [_flow(file) for file in pack_files("flows")]


def catalogue(catalogue_id: str = DEFAULT_CATALOGUE) -> Catalogue:
    return _catalogue(_find("catalogue", catalogue_id))


def problem(problem_id: str) -> Problem:
    return _problem(_find("problems", problem_id))


def problems() -> list[Problem]:
    """The whole bank, by family and title."""
    bank = [_problem(file) for file in pack_files("problems")]
    return sorted(bank, key=lambda item: (item.family, item.title))


def rubric(rubric_id: str = DEFAULT_RUBRIC) -> RubricPack:
    return _rubric(_find("rubrics", rubric_id))


def pack_files(folder: str) -> list[Path]:
    return sorted((PACKS / folder).glob("*.yaml"))


def _find(folder: str, pack_id: str) -> Path:
    """Looks among the files that are there, so that an id can never lead out of the folder."""
    for file in pack_files(folder):
        if file.stem == pack_id:
            return file
    raise NotFound(f'There is no "{pack_id}" among the {folder}.')


_flow = cache(load_flow)
_catalogue = cache(load_catalogue)
_problem = cache(load_problem)
_rubric = cache(load_rubric)
