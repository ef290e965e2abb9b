"""Which folders a command is about, and the one file that import writes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from trust_playbook.problems import Problem, ProblemsFound
from trust_playbook.site.places import places_of

ASSESSMENT_COMMENT = """\
Written by trust-playbook import under the publishing rules publish-1.
Safe to publish; nobody's answer can be worked out from it. Not to be edited by hand."""


def to_check(paths: Sequence[Path], content: Path | None) -> dict[Path, tuple[Path, ...]]:
    """Return each content folder that some paths belong to, with the teams to check against it.

    Raises:
        ProblemsFound: a path does not exist.
    """
    missing = [Problem(str(path), 1, 1, "missing-file", "this does not exist") for path in paths if not path.exists()]
    if missing:
        raise ProblemsFound(missing)
    found: dict[Path, dict[Path, None]] = {}
    for path in paths:
        teams = found.setdefault(_library_folder(path, content), {})
        teams.update(dict.fromkeys(teams_below(path)))
    return {folder: tuple(teams) for folder, teams in sorted(found.items())}


def _library_folder(path: Path, content: Path | None) -> Path:
    if content is None:
        for folder in (path, *path.parents):
            if (folder / "library.yml").is_file():
                return folder
    return places_of(path, content).content


def teams_below(path: Path) -> list[Path]:
    """Return the team that a path belongs to, or all teams below it."""
    for folder in (path, path.parent, path.parent.parent):
        if (folder / "playbook.yml").is_file():
            return [folder]
    below = path / "playbooks" if (path / "playbooks").is_dir() else path
    return sorted(one.parent for one in below.glob("*/playbook.yml"))


def write_assessment(path: Path, text: str) -> None:
    """Write an assessment whole or not at all; one that says something else already is never replaced."""
    if path.exists():
        if path.read_text(encoding="utf-8") == text:
            return
        hint = "two versions of one wave can show what one person answered; delete the old file first if it was wrong"
        raise ProblemsFound(
            [Problem(str(path), 1, 1, "wave-exists", "this wave was imported before, with other figures", hint)]
        )
    try:
        path.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        message = f"the assessment cannot be written: {error.strerror}"
        raise ProblemsFound([Problem(str(path), 1, 1, "unwritable", message)]) from None
