"""What designs announce. Rooms and the web listen."""

from django.dispatch import Signal

# design_id: UUID. Somebody's right on it may have ended or changed: links, roles, end of session.
access_changed = Signal()

# design_id: UUID, steps: list[StepBody]. A design goes through these steps from now on.
flow_switched = Signal()

# design_id: UUID, document: DesignDocument. A design was created with this first content.
design_created = Signal()

# design_id: UUID. Who knows the candidate's e-mail address answers with it, or with "".
candidate_email_asked = Signal()

# design_id: UUID. A session has ended; sent within the transaction that ends it.
design_ended = Signal()

# design_id, link_id: UUID, role: str, by_id: UUID | None, by_name: str. Within the transaction.
link_made = Signal()

# design_id, link_id: UUID. Within the transaction.
link_revoked = Signal()

# design_id, participant_id: UUID. Within the transaction.
person_removed = Signal()
