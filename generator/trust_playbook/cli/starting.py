"""init, new team and new practice: files to start from, never over existing ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from trust_playbook.cli.output import print_lines, reporting
from trust_playbook.documents import is_id
from trust_playbook.library import load_library
from trust_playbook.problems import Problem, raise_if_any
from trust_playbook.site.places import CONFIG, CONTENT, places_of

new = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Start a team or a practice.")
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Lower-case letters, digits and hyphens.")]


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
) -> None:
    """Start a repository of playbooks: one team to begin with, and a workflow that publishes the sites."""
    from trust_playbook.site import scaffold  # noqa: PLC0415  # jinja2, only where it is used

    with reporting():
        if folder.exists() and (not folder.is_dir() or any(one.name != ".git" for one in folder.iterdir())):
            hint = "choose a new folder"
            raise_if_any([Problem(str(folder), 1, 1, "foreign-folder", "this folder is not empty", hint)])
        _write(folder, scaffold.repository(places_of(folder).site_config))
        print_lines([f"Next: cd {folder}, fill in playbooks/{scaffold.FIRST_TEAM}/playbook.yml, and read README.md."])


@new.command("team")
def new_team(id: IdArgument) -> None:
    """Start a team's folder in playbooks/."""
    from trust_playbook.site import scaffold  # noqa: PLC0415  # jinja2, only where it is used

    with reporting():
        raise_if_any(_bad_id(id))
        root = _root()
        _write(root, scaffold.team(id, places_of(root).site_config))


@new.command("practice")
def new_practice(id: IdArgument) -> None:
    """Start a practice in content/practices/."""
    from trust_playbook.site import scaffold  # noqa: PLC0415  # jinja2, only where it is used

    with reporting():
        raise_if_any(_bad_id(id))
        root = _root()
        places = places_of(root)
        library = load_library(places.content, places.builtin)
        raise_if_any(_exists_already(id, library.practices))
        overlay = not (root / CONTENT).is_dir()
        _write(root, scaffold.practice(id, library, date.today(), places.site_config, overlay=overlay))  # noqa: DTZ011


def _root() -> Path:
    """Return the nearest folder upward that holds a mkdocs.yml, else the working directory."""
    here = Path()
    above = (folder for folder in (here, *here.resolve().parents) if (folder / CONFIG).is_file())
    return next(above, here)


def _bad_id(id: str) -> list[Problem]:
    if is_id(id):
        return []
    hint = "use lower-case letters, digits and single hyphens"
    return [Problem(".", 1, 1, "bad-id", f"'{id}' cannot be an id", hint)]


def _exists_already(id: str, practices: Mapping[str, object]) -> list[Problem]:
    if id not in practices:
        return []
    hint = f"edit its file, or from a repository of your own write content/overrides/{id}.yml"
    return [Problem(".", 1, 1, "exists-already", f"the library has '{id}' already", hint)]


def _write(root: Path, files: Mapping[str, str]) -> None:
    """Write new files, all or none where one of them exists already."""
    taken = [root / name for name in files if (root / name).exists()]
    raise_if_any(Problem(str(path), 1, 1, "exists-already", "this file exists already") for path in taken)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print_lines([path.as_posix()])
