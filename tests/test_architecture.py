"""The house: which room may know which. The map below is the architecture document."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT

PACKAGE = ROOT / "generator" / "trust_playbook"
OPEN = {"problems", "documents", "prose", "__init__"}
ROOMS = {
    "problems": set[str](),
    "documents": {"problems"},
    "prose": set[str](),
    "library": OPEN,
    "team": OPEN | {"library"},
    "survey": OPEN | {"library", "team"},
    "tailoring": {"library", "team"},
    "site": OPEN | {"library", "team", "tailoring"},
    "cli": OPEN | {"library", "team", "survey", "tailoring", "site"},
    "plugin": OPEN | {"library", "team", "tailoring", "site"},
    "__main__": {"cli"},
    "__init__": set[str](),
}
ONLY_IN = {
    "yaml": {"documents"},
    "markdown": {"prose"},
    "nh3": {"prose"},
    "jinja2": {"site"},
    "icalendar": {"site"},
    "python_calamine": {"survey"},
    "mkdocs": {"site", "plugin", "cli"},
    "scipy": {"survey"},
    "csv": {"survey"},
    "typer": {"cli"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_the_rooms_it_may_know(path: Path) -> None:
    """Data runs one way: documents, library and team, tailoring, site, shells."""
    room = room_of(path)
    known = {name.split(".")[1] for name in imports_of(path) if name.startswith("trust_playbook.")}
    assert known - {room} <= ROOMS[room]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_library_is_used_in_its_own_room_only(path: Path) -> None:
    """Each outside library has one door."""
    for name in imports_of(path):
        rooms = ONLY_IN.get(name.split(".")[0])
        assert rooms is None or room_of(path) in rooms, name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    """A module has at most 300 lines, a function at most 60 as formatted."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


def test_code_names_no_practice_dimension_or_item() -> None:
    """Adding a practice is adding a file; library.yml says which ones play a part."""
    folders = ("practices", "dimensions", "instruments")
    names = {path.stem for folder in folders for path in (ROOT / "content" / folder).glob("*.yml")}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value not in names, f"{path}: {node.value}"
