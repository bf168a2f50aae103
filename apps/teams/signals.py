"""What organisations announce. Rooms listen."""

from django.dispatch import Signal

# user_ids: list[UUID]. What these people may do in an organisation may have ended or changed:
# members, roles, policies, second factors. Sent within the transaction that changes it.
rights_changed = Signal()
