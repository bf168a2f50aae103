"""Work behind a request: `queue` takes it in, `worker` runs it, `registry` knows who does what."""
