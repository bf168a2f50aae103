"""What exactly is hashed? One written form, so that anybody can check a chain with SHA-256."""

import hashlib
import json
from datetime import UTC

from apps.audit.models import AuditEntry
from apps.core.json import JsonObject


def written(values: JsonObject) -> str:
    """JSON in one spelling: sorted keys, no spaces, ASCII only.

    It is stored as it was hashed. A database's own JSON type would spell numbers anew.
    """
    return json.dumps(values, sort_keys=True, separators=(",", ":"), allow_nan=False)


def commitment(salt: str, values_text: str) -> str:
    """Tells nothing about the values to who has not got the salt, a secret of 256 bits."""
    return _sha256(f"{salt}\n{values_text}")


def entry_hash(entry: AuditEntry) -> str:
    return _sha256(
        written(
            {
                "chain": entry.chain_id,
                "seq": entry.seq,
                "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
                "kind": entry.kind,
                "design": str(entry.design_id or ""),
                "organisation": str(entry.organisation_id or ""),
                "details": entry.details_text,
                "actor": entry.actor_hash,
                "personal": entry.personal_hash,
                "previous": entry.previous_hash,
            }
        )
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
