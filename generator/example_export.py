"""Write a synthetic Google Forms export of a ten-person team that does not exist.

For the example playbook and the tests. The answers are drawn from a seed; the last column says that
they are made up.
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path

from trust_playbook.library import load_library
from trust_playbook.library.instruments import Instrument

PEOPLE = 10
LABEL = "Synthetic example, no real person answered"
LEVELS = {"low": 2.4, "middling": 4.3, "high": 6.6}


def rows_of(instrument: Instrument, level: str, seed: int) -> list[list[str]]:
    """Return header and answers whose keyed points lie around a level."""
    chance = random.Random(f"{seed}-{level}")
    scale = instrument.scale
    rows = [["Timestamp", *(item.text or item.id for item in instrument.items), LABEL]]
    for person in range(PEOPLE):
        own = chance.gauss(LEVELS[level], 0.7)
        points = []
        for item in instrument.items:
            keyed = min(scale.max, max(scale.min, round(chance.gauss(own, 0.8))))
            points.append(str(scale.min + scale.max - keyed if item.reverse else keyed))
        rows.append([f"11/16/2026 9:{12 + 4 * person:02d}:33", *points, ""])
    return rows


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("to", type=Path)
    parser.add_argument("--level", choices=LEVELS, default="middling")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    content = Path(__file__).resolve().parents[1] / "content"
    instrument = load_library(content).instruments["psychological-safety-7"]
    arguments.to.parent.mkdir(parents=True, exist_ok=True)
    with arguments.to.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows_of(instrument, arguments.level, arguments.seed))


if __name__ == "__main__":
    main()
