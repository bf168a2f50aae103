"""The packs in the folders of content, each read once a process.

Unknown ids raise NotFound; a pack with a fault raises InvalidPack with file, line and reason.
"""

from contextlib import suppress
from functools import cache
from pathlib import Path

from apps.content.build import catalogue_of, drill_of, flow_of, problem_of, rubric_of
from apps.content.kinds import KINDS
from apps.content.loader import Pack, read_pack
from apps.content.roots import roots
from apps.content.types import Catalogue, Drill, Flow, Problem, RubricPack
from apps.content.yaml_files import read_yaml
from apps.core.errors import NotFound

DEFAULT_FLOW = "ml-9-step"
DEFAULT_RUBRIC = "ml-9-step"
DEFAULT_CATALOGUE = "ml-systems"


@cache
def flow(flow_id: str = DEFAULT_FLOW) -> Flow:
    return flow_of(pack("flow", flow_id))


def flows() -> list[Flow]:
    return [flow(flow_id) for flow_id in pack_ids("flow")]


@cache
def catalogue(catalogue_id: str = DEFAULT_CATALOGUE) -> Catalogue:
    return catalogue_of(pack("catalogue", catalogue_id))


@cache
def problem(problem_id: str) -> Problem:
    return problem_of(pack("problem", problem_id))


def problems() -> list[Problem]:
    """The whole bank, by family and title."""
    bank = [problem(problem_id) for problem_id in pack_ids("problem")]
    return sorted(bank, key=lambda item: (item.family, item.title))


def problem_statements() -> list[str]:
    """Title and prompt of every problem, from the main files alone: to read and check the whole
    bank takes a second, which a process that scores one design need not spend."""
    main = KINDS["problem"].main_file
    documents = (read_yaml(folder / main) for folder in _folders("problem").values())
    return [
        f"{document['title']}. {document['prompt'].strip()}"
        for document in documents
        if isinstance(document, dict) and {"title", "prompt"} <= document.keys()
    ]


@cache
def drill(drill_id: str) -> Drill:
    return drill_of(pack("drill", drill_id))


def drills() -> list[Drill]:
    return [drill(drill_id) for drill_id in pack_ids("drill")]


@cache
def rubric(rubric_id: str = DEFAULT_RUBRIC) -> RubricPack:
    """With its lexicon and rules. Raises InvalidPack for a rubric whose lexicon is not there."""
    found = pack("rubric", rubric_id)
    try:
        lexicon = pack("lexicon", found.document["lexicon"])
    except NotFound as error:
        raise found.fault(("lexicon",), str(error)) from error
    return rubric_of(found, lexicon, rules_of(rubric_id))


def rubric_for(flow_id: str, problem: Problem | None) -> RubricPack:
    """Which rubric does a design go by? Its problem's, as long as it follows the problem's flow;
    else its flow's; else, of a flow that nobody knows here, the usual one."""
    if problem is not None and problem.flow == flow_id:
        return rubric(problem.rubric)
    with suppress(NotFound):
        return rubric(flow(flow_id).rubric)
    return rubric()


def rules_of(rubric_id: str) -> list[Pack]:
    """The rules packs that are written for a rubric."""
    packs = (pack("rules", rules_id) for rules_id in pack_ids("rules"))
    return [one for one in packs if one.document["rubric"] == rubric_id]


def rubrics() -> list[RubricPack]:
    return [rubric(rubric_id) for rubric_id in pack_ids("rubric")]


@cache
def pack(kind: str, pack_id: str) -> Pack:
    """The pack as a document, with what its files say where. Raises NotFound and InvalidPack."""
    folder = _folders(kind).get(pack_id)
    if folder is None:
        raise NotFound(f'There is no "{pack_id}" among the {KINDS[kind].folder}.')
    return read_pack(kind, folder)


def pack_ids(kind: str) -> list[str]:
    return sorted(_folders(kind))


def _folders(kind: str) -> dict[str, Path]:
    """By id, which is looked up among these, so that it can never lead out of them."""
    return {
        folder.name: folder
        for root in roots()
        for folder in (root / KINDS[kind].folder).glob("*")
        if folder.is_dir()
    }
