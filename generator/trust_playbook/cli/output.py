"""What every command does with problems and answers: text to a person, one JSON document to a program."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import typer

from trust_playbook.problems import Problem, ProblemsFound, render


@contextmanager
def reporting(style: str = "text") -> Iterator[None]:
    """Print the problems of a command and end with exit 1; JSON goes to stdout, text to stderr."""
    try:
        yield
    except ProblemsFound as found:
        problems = found.problems
    except BrokenPipeError:
        # Whoever read the output has closed it, as `| head` does; that is nobody's mistake.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except OSError as error:
        message = f"this cannot be read or written: {error.strerror}"
        problems = (Problem(str(error.filename or "."), 1, 1, "unusable-path", message),)
    else:
        return
    print(render(problems, style), file=sys.stdout if style == "json" else sys.stderr)
    raise typer.Exit(1)


def print_json(data: dict[str, Any]) -> None:
    """Print one JSON document."""
    print(json.dumps(data, indent=2, ensure_ascii=False))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines of text."""
    for line in lines:
        print(line)
