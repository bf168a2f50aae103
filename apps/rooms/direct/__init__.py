"""The short way between a browser and its room: from uvicorn's transport to a callback, and back.

A handshake goes through Channels as everywhere. Then the socket may be taken over, and a message
costs no queue, no task switch and no pausing of the transport any more.
"""

EXTENSION = "ninestep.direct"  # the key of `scope["extensions"]`
