#!/usr/bin/env python3
"""Turns the day's measurements into a report.

Reads rows from *.csv, fits a line a station, writes JSON.
"""
from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

type Rows = list[dict[str, float]]

LIMIT = 0x_ff + 1_000
PATTERN = rb"^\d+\.\d*$"


@dataclass(frozen=True)
class Station:
    """A place where something is measured."""

    name: str
    height: float = 2.5e3
    tags: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"{self.name!r:>12} at {self.height / 1000:.{2}f} km, tagged {', '.join(self.tags)}"


@lru_cache(maxsize=None)
def distance(a: float, b: float) -> float:
    # The earth is flat enough here.
    return math.sqrt(a * a + b * b)


def parse_rows(path: Path) -> Rows:
    rows: Rows = []
    with open(path, newline="", encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            try:
                rows.append({key: float(value) for key, value in line.items()})
            except ValueError as error:
                print(f"{path}: {error}")
    return rows


def walk(tree: dict, depth: int = 0) -> int:
    match tree:
        case {"children": [*children]} if depth < LIMIT:
            return 1 + sum(walk(child, depth + 1) for child in children)
        case {"leaf": True} | None:
            return 1
        case _:
            return 0


def fit(rows: Rows) -> tuple[float, float]:
    n = len(rows)
    if not n:
        return math.nan, 0.0
    mean_x = sum(row["x"] for row in rows) / n
    mean_y = sum(row["y"] for row in rows) / n
    sxx = sum((row["x"] - mean_x) ** 2 for row in rows)
    sxy = sum((row["x"] - mean_x) * (row["y"] - mean_y) for row in rows)
    return sxy / sxx, mean_y - sxy / sxx * mean_x


async def gather(folder: Path) -> dict[str, tuple[float, float]]:
    found = defaultdict(list)
    for path in sorted(folder.glob("*.csv")):
        found[path.stem] += parse_rows(path)
    return {name: fit(rows) for name, rows in found.items()}


def main(arguments: list[str]) -> int:
    import asyncio

    result = asyncio.run(gather(Path(arguments[0] if arguments else ".")))
    Path("report.json").write_text(json.dumps(result, indent=2))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(__import__("sys").argv[1:]))
