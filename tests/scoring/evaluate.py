"""How good is the engine today? `python -m tests.scoring.evaluate` prints the table of gates."""

import sys
from typing import Final

from tests.scoring.evaluation.gates import GATES, Gate

WIDTH: Final = 40


def main() -> int:
    results = [(gate, gate.figure()) for gate in GATES]
    passed = sum(gate.passes(value) for gate, value in results)
    rows = [*(line(gate, value) for gate, value in results), f"{passed} of {len(results)} pass"]
    sys.stdout.write("\n".join(rows) + "\n")
    return 0


def line(gate: Gate, value: float) -> str:
    side = "<=" if gate.at_most else ">="
    verdict = "pass" if gate.passes(value) else "FAIL"
    return f"{gate.name:{WIDTH}} {value:7.2f}  {side} {gate.goal:<6g} {verdict}"


if __name__ == "__main__":
    sys.exit(main())
