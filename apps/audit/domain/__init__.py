"""What other apps ask of the audit log."""

from apps.audit.domain.blanking import blank
from apps.audit.domain.recording import chain_name, record
from apps.audit.domain.verification import Verdict, verify, verify_newest

__all__ = ["Verdict", "blank", "chain_name", "record", "verify", "verify_newest"]
