"""Do the ports of components lead to components, and does each name mean one of them?"""

from apps.content.build import catalogue_of
from apps.content.checks.naming import TYPE, refuse_twins, require_items
from apps.content.loader import Pack
from apps.content.yaml_files import Keys


def check(pack: Pack) -> None:
    refuse_twins(pack, ("components",))
    catalogue = catalogue_of(pack)
    known = {component.id for component in catalogue.components}
    meant: dict[str, str] = {}
    for index, component in enumerate(catalogue.components):
        keys: Keys = ("components", index)
        if component.id in pack.document["reserved"]:
            raise pack.fault((*keys, "id"), f'"{component.id}" is reserved')
        for kind, targets in component.ports.outgoing.items():
            require_items(pack, (*keys, "ports", kind), targets, known, TYPE)
        for name in (component.name.lower(), *map(str.lower, component.aliases)):
            if meant.setdefault(name, component.id) != component.id:
                raise pack.fault(keys, f'is called "{name}", as {meant[name]} is')
