"""What may a line of the log hold? No secret of an address, no trace where a sentence will do."""

import logging
import re

from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

# Share links, invitations to teams, the demo sign-in, and the keys of allauth's letters.
_SECRET = re.compile(
    r"(/(?:j|demo|teams/join|accounts/password/reset/key|accounts/confirm-email)/)[^\s\"']+"
)
# Nothing in our code is at fault; the message names the cause.
_OF_THE_SURROUNDINGS = (OperationalError, InterfaceError, RedisError, BrokerError, DisallowedHost)


class Discreet(logging.Filter):
    """For the handler, so that the lines of every library pass through it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, _OF_THE_SURROUNDINGS):
            record.exc_info, record.exc_text = None, None
            message = f"{message} ({type(error).__name__}: {str(error).strip()})"
        record.msg, record.args = without_secrets(message), ()
        return True


def without_secrets(text: str) -> str:
    return _SECRET.sub(r"\1...", text)
