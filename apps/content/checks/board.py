"""Is a board whole? Known types; connections and groups that lead somewhere."""

from apps.content.checks.naming import TYPE, component_types, refuse_twins, require
from apps.content.loader import Data, Pack
from apps.content.yaml_files import Keys


def check_board(pack: Pack, keys: Keys, board: Data) -> None:
    """The board that stands at `keys` of the pack."""
    refuse_twins(pack, (*keys, "components"))
    types = component_types()
    ids = {component["id"] for component in board["components"]}
    groups = {group["id"] for group in board.get("groups", [])}
    for index, component in enumerate(board["components"]):
        where: Keys = (*keys, "components", index)
        require(pack, (*where, "type"), component["type"], types, TYPE)
        if "group" in component:
            require(pack, (*where, "group"), component["group"], groups, "group of this board")
    for index, connection in enumerate(board["connections"]):
        for end in ("from", "to"):
            where = (*keys, "connections", index, end)
            require(pack, where, connection[end], ids | groups, "component of this board")
