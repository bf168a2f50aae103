"""Reading live documents with the CRDT library, in a child process that may be killed."""
