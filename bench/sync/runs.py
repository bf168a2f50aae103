"""The runs of a comparison: in which order they are made, and which are made again."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from bench.sync.servers import HERE, OURS, PEERS, ROOT, Ninestep, Server

ROOMS = {"W1": 1, "W2": 1, "W3": 1, "W4": 50, "W5": 200, "cold": 2}
TWO_PROCESSES = {"W3x2": "W3", "W4x2": "W4"}
WORKLOADS = (*ROOMS, *TWO_PROCESSES)

# Beyond this the generator could not keep its own schedule: a neighbour took the machine.
THROWN_ABOVE_MS = 50
REPEATS = 2
RUN_WITHIN_S = 300
WARM_UP = "W2"  # Node compiles what it runs often: nobody is measured cold
WARM_UP_S = 3


@dataclass(frozen=True)
class Plan:
    workloads: Sequence[str] = WORKLOADS
    rounds: int = 3
    seconds: float = 7
    history: int = 100_000
    repeats: int = 12


@dataclass(frozen=True)
class Run:
    """beside: the peer that was measured just before, which this run of ours is compared with."""

    workload: str
    server: str
    round: int
    beside: str | None
    thrown: int  # runs before this one that neighbours spoilt
    load_average: float
    result: Mapping[str, Any]  # as the generator printed it, or its {"error"}


class Comparison:
    def __init__(self, plan: Plan, ours: Ninestep, servers: Mapping[str, Server]) -> None:
        self._plan = plan
        self._ours = ours
        self._servers = servers

    def runs(self) -> Iterator[Run]:
        """Each as soon as it is made: peer, ours, other peer, ours, workload by workload."""
        for server in self._servers.values():
            self._generate(WARM_UP, server, seconds=WARM_UP_S)
        for number in range(1, self._plan.rounds + 1):
            for workload in self._plan.workloads:
                if workload in TWO_PROCESSES:
                    yield self._run_over_two(workload, number)
                else:
                    yield from self._alternate(workload, number)

    def _alternate(self, workload: str, number: int) -> Iterator[Run]:
        for peer in PEERS:
            yield self._run(workload, self._servers[peer], number)
            yield self._run(workload, self._servers[OURS], number, beside=peer)

    def _run_over_two(self, workload: str, number: int) -> Run:
        with self._ours.serve_beside(self._servers[OURS]) as both:
            return self._run(workload, both, number)

    def _run(self, workload: str, server: Server, number: int, beside: str | None = None) -> Run:
        for thrown in range(REPEATS + 1):
            load_average = os.getloadavg()[0]
            name = TWO_PROCESSES.get(workload, workload)
            result = self._generate(name, server, seconds=self._plan.seconds)
            run = Run(workload, server.name, number, beside, thrown, load_average, result)
            if not was_thrown(run):
                break
        return run

    def _generate(self, workload: str, server: Server, seconds: float) -> dict[str, Any]:
        """One run of the generator, or of several servers as one."""
        command = [
            *("node", str(HERE / "generator" / "main.mjs")),
            *("--url", ",".join(server.urls)),
            *("--protocol", server.protocol),
            *("--workload", workload),
            *("--seconds", str(seconds)),
            *("--history", str(self._plan.history)),
            *("--repeats", str(self._plan.repeats)),
            *("--pid", _written(server.processes)),
        ]
        with ExitStack() as files:
            if server.name == OURS:
                self._ours.finish_jobs()
                rooms = files.enter_context(tempfile.NamedTemporaryFile("w", suffix=".json"))
                json.dump(self._designs(ROOMS[workload]), rooms)
                rooms.flush()
                command += ["--rooms", rooms.name, "--cookie", self._ours.cookie, "--ask"]
            return _json_of(command)

    def _designs(self, count: int) -> list[str]:
        of_a_round = sum(
            2 * ROOMS[name] if name in ROOMS else ROOMS[TWO_PROCESSES[name]]
            for name in self._plan.workloads
        )
        return self._ours.designs(count, at_least=of_a_round)


def was_thrown(run: Run) -> bool:
    """A run that says more about the machine's other work than about the server."""
    lag = run.result.get("generator", {}).get("send_lag_ms", {})
    return bool(lag.get("p99", 0) > THROWN_ABOVE_MS)


def _written(processes: Mapping[str, list[int]]) -> str:
    return " ".join(f"{name}={','.join(map(str, pids))}" for name, pids in processes.items())


def _json_of(command: list[str]) -> dict[str, Any]:
    # The kernel ends the generator when this process is killed.
    guarded = ["setpriv", "--pdeathsig=KILL", "--", *command]
    try:
        done = subprocess.run(
            guarded,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=RUN_WITHIN_S,
        )
    except subprocess.TimeoutExpired:
        return {"error": f"not done within {RUN_WITHIN_S} s"}
    if done.returncode != 0:
        return {"error": done.stderr.strip()}
    result: dict[str, Any] = json.loads(done.stdout)
    return result
