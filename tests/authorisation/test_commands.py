"""Commands need a shell on the server. A new one is put into the table, and thought about."""

from django.core.management import get_commands

from tests.authorisation.table import TABLE


def test_every_command_is_in_the_table() -> None:
    ours = {name for name, app in get_commands().items() if app.startswith("apps.")}

    assert ours == set(TABLE["commands"])
