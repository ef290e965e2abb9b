"""Which folders a command is about, and the one file that import writes."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from trust_playbook.problems import Problem, ProblemsFound, raise_if_any
from trust_playbook.site.places import CONFIG, MARKER, places_of

# Folders beside mkdocs.yml whose files go into a site or into a repository that others read.
PUBLISHED = frozenset({"playbooks", "content", "site_config", "docs", "site"})
PLAYBOOKS, PLAYBOOK = "playbooks", "playbook.yml"
ASSESSMENT_COMMENT = """\
Written by trust-playbook import under the publishing rules publish-1.
Safe to publish; nobody's answer can be worked out from it. Not to be edited by hand."""


def to_check(paths: Sequence[Path], content: Path | None) -> dict[Path, tuple[Path, ...]]:
    """Return each content folder that some paths belong to, with the teams to check against it.

    Raises:
        ProblemsFound: a path does not exist, or holds neither content nor a team.
    """
    problems: list[Problem] = []
    found: dict[Path, dict[Path, None]] = {}
    for path in paths:
        if not path.exists():
            problems.append(Problem(str(path), 1, 1, "missing-file", "this does not exist"))
            continue
        library, teams = _library_folder(path, content), teams_below(path)
        here = path.resolve()
        if not teams and content is None and here not in (library, *library.parents) and library not in here.parents:
            hint = "name a content folder, a team's folder, or a folder that holds both"
            problems.append(Problem(str(path), 1, 1, "nothing-here", "there is nothing to check here", hint))
            continue
        found.setdefault(library, {}).update(dict.fromkeys(teams))
    raise_if_any(problems)
    return {folder: tuple(teams) for folder, teams in sorted(found.items())}


def _library_folder(path: Path, content: Path | None) -> Path:
    if content is None:
        for folder in (path.resolve(), *path.resolve().parents):
            if (folder / "library.yml").is_file():
                return folder
    return places_of(path, content).content.resolve()


def teams_below(path: Path) -> list[Path]:
    """Return the team that a path belongs to, or all teams below it: every folder in playbooks/."""
    for folder in (path, path.parent, path.parent.parent):
        if (folder / PLAYBOOK).is_file():
            return [folder]
    playbooks = path if path.name == PLAYBOOKS else path / PLAYBOOKS
    if playbooks.is_dir():
        return sorted(one for one in playbooks.iterdir() if one.is_dir() and not one.name.startswith("."))
    if path.is_dir():
        return [path] if any((path / name).exists() for name in ("playbook.yaml", "assessments")) else []
    return []


def refuse_exposed(export: Path) -> None:
    """Refuse an export that others can read with the project: tracked by git, or among what is published.

    Raises:
        ProblemsFound: the export lies where it must not.
    """
    advice = "move it out of the project's folder, and out of its history if it was ever committed"
    found = export.resolve()
    above = next((folder for folder in found.parents if (folder / CONFIG).is_file()), None)
    if above is not None and found.relative_to(above).parts[0] in PUBLISHED:
        message = "the export lies in a folder that a site is made from"
        raise ProblemsFound([Problem(str(export), 1, 1, "export-exposed", message, advice)])
    if any((folder / MARKER).exists() for folder in found.parents):
        message = "the export lies inside a published site"
        raise ProblemsFound([Problem(str(export), 1, 1, "export-exposed", message, advice)])
    if _is_tracked(found):
        raise ProblemsFound([Problem(str(export), 1, 1, "export-exposed", "git tracks the export", advice)])


def _is_tracked(path: Path) -> bool:
    command = ["git", "-C", str(path.parent), "ls-files", "--error-unmatch", "--", path.name]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
    except OSError:
        return False  # without git nothing is tracked


def refuse_other_figures(path: Path, text: str) -> None:
    """Refuse to replace an assessment that says something else.

    Raises:
        ProblemsFound: the wave was imported before, with other figures.
    """
    if path.exists() and path.read_text(encoding="utf-8") != text:
        hint = "two versions of one wave can show what one person answered; delete the old file first if it was wrong"
        message = "this wave was imported before, with other figures"
        raise ProblemsFound([Problem(str(path), 1, 1, "wave-exists", message, hint)])


def write_assessment(path: Path, text: str) -> None:
    """Write an assessment whole or not at all."""
    path.parent.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    aside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        aside.chmod(0o644)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
