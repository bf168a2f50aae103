from tests.clock import START as START
from tests.clock import Clock as Clock
from tests.conftest import clock as clock
