"""Makes designs of one owner by the product's own functions: `python -m bench.sync.designs 50`.

Prints JSON: the ids, and the cookie that makes a client the owner.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
django.setup()

# Models may be imported only after the line above has loaded the apps.
from django.test import Client  # noqa: E402

from apps.accounts.actors import Actor  # noqa: E402
from apps.accounts.models import User  # noqa: E402
from apps.designs.domain.creation import create_design  # noqa: E402
from apps.designs.models import DesignSession  # noqa: E402

OWNER = "bench@example.org"


def main(count: int) -> None:
    owner, _ = User.objects.get_or_create(email=OWNER, defaults={"name": "Bench"})
    actor = Actor(user_id=owner.id, name=owner.display_name)
    made = [create_design(actor, DesignSession.Kind.PRACTICE) for _ in range(count)]
    print(json.dumps({"cookie": cookie_of(owner), "designs": [str(one.id) for one in made]}))


def cookie_of(user: User) -> str:
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return "; ".join(f"{morsel.key}={morsel.value}" for morsel in browser.cookies.values())


if __name__ == "__main__":
    main(int(sys.argv[1]))
