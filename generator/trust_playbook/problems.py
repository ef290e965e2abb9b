"""What is wrong with an input, where it is, and what to do about it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

_FEW = 12
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, at one place; `line` and `column` count from 1."""

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str | None = None


class ProblemsFound(Exception):
    """Everything that was wrong in one stage; the only exception that a shell turns into exit 1."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=_order))
        super().__init__(f"{len(self.problems)} problems found")


def raise_if_any(problems: Iterable[Problem]) -> None:
    """End a stage: raise ProblemsFound if it collected anything."""
    found = tuple(problems)
    if found:
        raise ProblemsFound(found)


def capped(problems: list[Problem], limit: int = 50) -> list[Problem]:
    """Return at most `limit` problems of one file, with a line that counts the others."""
    if len(problems) <= limit:
        return problems
    first = sorted(problems, key=_order)[:limit]
    last = first[-1]
    message = f"and {len(problems) - limit:,} more problems in this file"
    return [*first, Problem(last.path, last.line, last.column, "more", message, "mend these first")]


def shown(text: str, longest: int = 60) -> str:
    """Return what somebody wrote, fit for one line of a message."""
    line = _UNPRINTABLE.sub("\ufffd", " ".join(text.split()))
    return line if len(line) <= longest else f"{line[:longest]}…"


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return a hint naming the nearest accepted word, or the accepted words where they are few."""
    accepted = sorted(known)
    nearest = get_close_matches(word, accepted, n=1, cutoff=0.6)
    if nearest:
        return f"did you mean '{nearest[0]}'?"
    if 0 < len(accepted) <= _FEW:
        return "use one of: " + ", ".join(accepted)
    return None


def render(problems: Iterable[Problem], style: str) -> str:
    """Render problems as `text`, `json` or `github`, with paths relative to the working directory."""
    shown = tuple(sorted((_relative(problem) for problem in problems), key=_order))
    return RENDERINGS[style](shown)


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    return problem.path, problem.line, problem.column, problem.code, problem.message


def _relative(problem: Problem) -> Problem:
    path = _UNPRINTABLE.sub("\ufffd", Path(os.path.relpath(problem.path)).as_posix())
    return Problem(path, problem.line, problem.column, problem.code, problem.message, problem.hint)


def _as_text(problems: tuple[Problem, ...]) -> str:
    lines = []
    for found in problems:
        hint = f" ({found.hint})" if found.hint else ""
        lines.append(f"{found.path}:{found.line}:{found.column}: {found.message}{hint} [{found.code}]")
    return "\n".join(lines)


def as_data(problems: Iterable[Problem]) -> list[dict[str, str | int | None]]:
    """Return problems as plain values for a JSON document, paths relative to the working directory."""
    shown = sorted((_relative(problem) for problem in problems), key=_order)
    return [{name: getattr(found, name) for name in Problem.__slots__} for found in shown]


def _as_json(problems: tuple[Problem, ...]) -> str:
    return json.dumps({"problems": as_data(problems)}, indent=2, ensure_ascii=False)


def _as_github(problems: tuple[Problem, ...]) -> str:
    return "\n".join(_annotation(found) for found in problems)


def _annotation(found: Problem) -> str:
    text = f"{found.message} ({found.hint})" if found.hint else found.message
    place = f"file={_property(found.path)},line={found.line},col={found.column},title={_property(found.code)}"
    return f"::error {place}::{_command_data(text)}"


def _command_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command_data(text).replace(":", "%3A").replace(",", "%2C")


RENDERINGS: dict[str, Callable[[tuple[Problem, ...]], str]] = {
    "text": _as_text,
    "json": _as_json,
    "github": _as_github,
}
