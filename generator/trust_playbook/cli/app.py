"""The commands. Each reads its arguments, calls the rooms and prints; nothing is decided here."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import traceback
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from trust_playbook import __version__
from trust_playbook.cli import folders, reports, starting
from trust_playbook.cli.output import print_json, print_lines, reporting
from trust_playbook.documents import to_yaml
from trust_playbook.library import Library, load_library
from trust_playbook.library.completeness import holdings
from trust_playbook.problems import Problem, ProblemsFound, as_data, did_you_mean, raise_if_any, render
from trust_playbook.site.places import MARKER, Places, builtin_content, places_of
from trust_playbook.tailoring import tailor
from trust_playbook.team import Team, check_team, load_team

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command()(starting.init)
app.add_typer(starting.new, name="new")


class Format(StrEnum):
    """How a command answers."""

    TEXT = "text"
    JSON = "json"


class CheckFormat(StrEnum):
    """How check answers."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


MAX_PORT = 65_535
ContentOption = Annotated[Path | None, typer.Option("--content", help="The content folder to use.")]
FormatOption = Annotated[Format, typer.Option("--format", help="How to answer.")]
TeamArgument = Annotated[Path, typer.Argument(help="A team's folder, the one that holds playbook.yml.", metavar="DIR")]
InvitedOption = Annotated[int | None, typer.Option(min=1, help="How many were asked; published as a word.")]
CountOption = Annotated[int | None, typer.Option(min=0, help="Since the last wave; decides a rule and is not stored.")]


def main() -> None:
    """Run the command line: exit 0 fine, 1 problems found, 2 wrong usage, 3 a bug of ours."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except Exception:  # noqa: BLE001  # the outermost shell: whatever arrives here is a bug of ours
        traceback.print_exc()
        print("This is a bug in trust-playbook, not a mistake of yours. Nothing was published.", file=sys.stderr)
        sys.exit(3)


def _version(*, asked: bool) -> None:
    if asked:
        print(f"trust-playbook {__version__}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=lambda value: _version(asked=value), is_eager=True)
    ] = False,
) -> None:
    """From a team's survey export to its own trust playbook."""


@app.command()
def check(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="Content or team folders.")] = None,
    *,
    deep: Annotated[
        bool, typer.Option("--deep", help="Look for copied and doubled texts, spelling, wording and lost links too.")
    ] = False,
    style: Annotated[CheckFormat, typer.Option("--format", help="How to answer.")] = CheckFormat.TEXT,
    content: ContentOption = None,
) -> None:
    """Check content and playbooks: syntax, schema, references and limits, all problems at once."""
    problems: list[Problem] = []
    held: list[str] = []
    with reporting(style):
        found = folders.to_check(paths or [Path()], content)
        for library_folder, teams in found.items():
            library = None
            try:
                library = load_library(library_folder, builtin_content())
                if deep:
                    from trust_playbook.library.deep import check_deep  # noqa: PLC0415  # markdown, only where it is used

                    problems.extend(check_deep(library_folder))
                    held.extend(holdings(library))
            except ProblemsFound as raised:
                problems.extend(raised.problems)
            for team in teams:
                problems.extend(check_team(team, library))
    if style is CheckFormat.JSON:
        print_json({"problems": as_data(problems)})
    elif problems:
        print(render(problems, style))
    else:
        print(f"No problems found. Content folders: {len(found)}; teams: {sum(map(len, found.values()))}.")
        for line in held:
            print(line)
    raise typer.Exit(1 if problems else 0)


def _read(team: Path, content: Path | None) -> tuple[Places, Library, Team]:
    places = places_of(team, content)
    library = load_library(places.content, places.builtin)
    return places, library, load_team(team, library)


@app.command("import")
def import_(
    export: Annotated[
        Path, typer.Argument(metavar="EXPORT", help="The survey tool's export; keep it outside the repository.")
    ],
    team: Annotated[Path, typer.Option("--team", metavar="DIR", help="The team's folder.")],
    wave: Annotated[str, typer.Option("--wave", help="The quarter, for example 2026-q3.")],
    instrument: Annotated[str, typer.Option("--instrument", help="The questionnaire's id.")],
    *,
    reversed_scale: Annotated[
        bool, typer.Option("--reversed-scale", help="The numbers ran from agreement down.")
    ] = False,
    invited: InvitedOption = None,
    joined: CountOption = None,
    left: CountOption = None,
    column_map: Annotated[
        Path | None, typer.Option("--map", metavar="FILE", help="YAML that says which column holds which item.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")] = False,
    style: FormatOption = Format.TEXT,
    content: ContentOption = None,
) -> None:
    """Turn a survey export into one file that is safe to publish."""
    from trust_playbook.survey import ImportRequest, import_export  # noqa: PLC0415  # scipy, only where it is used

    with reporting(style):
        folders.refuse_exposed(export)
        _, library, known = _read(team, content)
        request = ImportRequest(export, wave, instrument, reversed_scale, invited, joined, left, column_map)
        found = import_export(request, known, library)
        text = to_yaml(found.published, folders.ASSESSMENT_COMMENT)
        path = team / "assessments" / f"{wave}.{instrument}.yml"
        folders.refuse_other_figures(path, text)
        written = None if dry_run else path.as_posix()
        data, lines = reports.import_data(found, written), list(reports.import_text(found, text, written))
        if not dry_run:
            folders.write_assessment(path, text)
        if style is Format.JSON:
            print_json(data)
        else:
            print_lines(lines)


@app.command()
def recommend(
    team: TeamArgument,
    style: FormatOption = Format.TEXT,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="PRACTICE", help="Why a practice stands where it stands.")
    ] = None,
    content: ContentOption = None,
) -> None:
    """Say which practices to try first, and why."""
    with reporting(style):
        _, library, known = _read(team, content)
        if explain is not None and explain not in library.practices:
            message = f"there is no practice '{explain}'"
            raise ProblemsFound(
                [Problem(str(team), 1, 1, "unknown-practice", message, did_you_mean(explain, library.practices))]
            )
        plan = tailor(library, known)
        if style is Format.JSON:
            data = reports.recommend_data(plan, library)
            if explain is not None:
                data["explanation"] = list(reports.explain_text(explain, plan, library))
            print_json(data)
        elif explain is not None:
            print_lines(reports.explain_text(explain, plan, library))
        else:
            print_lines(reports.recommend_text(plan, library))


@app.command()
def build(
    teams: Annotated[list[Path] | None, typer.Argument(metavar="[DIR]...", help="Teams' folders.")] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Every team under playbooks/.")] = False,
    out: Annotated[Path, typer.Option("--out", help="Where the site goes.")] = Path("site"),
    content: ContentOption = None,
) -> None:
    """Build a team's site: OUT/index.html; several teams, or --all: OUT/<team>/index.html."""
    from trust_playbook.site.pages import pages_of, sections  # noqa: PLC0415  # jinja2, only where it is used
    from trust_playbook.site.publishing import publish  # noqa: PLC0415  # mkdocs, only where it is used

    if bool(teams) == every:
        raise typer.BadParameter("name a team's folder or several, or pass --all")
    _check_epoch()
    chosen = folders.teams_below(Path()) if every else list(teams or [])
    single = len(chosen) == 1 and not every
    with reporting():
        if not single and (out / MARKER).is_file():
            hint = "choose another --out, or delete that site"
            raise ProblemsFound(
                [Problem(str(out), 1, 1, "foreign-folder", "one team's site lies in this folder", hint)]
            )
        for target, (places, library, team) in _targets(chosen, out, content, single=single):
            pages = pages_of(library, team, places.templates)
            print(publish(pages, sections(team), places.site_config, target))


def _check_epoch() -> None:
    if not os.environ.get("SOURCE_DATE_EPOCH", "1").isdecimal():
        raise typer.BadParameter("SOURCE_DATE_EPOCH must be a number of seconds")


def _targets(
    chosen: list[Path], out: Path, content: Path | None, *, single: bool
) -> list[tuple[Path, tuple[Places, Library, Team]]]:
    """Read every team before any is built, so that all problems come at once and no site is half a set."""
    problems: list[Problem] = []
    found: dict[Path, tuple[Places, Library, Team]] = {}
    for folder in chosen:
        try:
            read = _read(folder, content)
        except ProblemsFound as raised:
            problems.extend(raised.problems)
            continue
        target = out if single else out / read[2].id
        if target in found:
            problems.append(Problem(str(folder), 1, 1, "same-team", f"another team is called '{read[2].id}' too"))
        found[target] = read
    raise_if_any(problems)
    return list(found.items())


@app.command("compile")
def compile_(
    team: TeamArgument,
    to: Annotated[Path, typer.Option("--to", metavar="OUT", help="A new or empty folder.")],
    content: ContentOption = None,
) -> None:
    """Write a team's site as a project of plain files that MkDocs can build."""
    from trust_playbook.site.pages import pages_of, sections  # noqa: PLC0415  # jinja2, only where it is used
    from trust_playbook.site.project import write_project  # noqa: PLC0415

    with reporting():
        places, library, known = _read(team, content)
        if to.exists() and (not to.is_dir() or any(to.iterdir())):
            raise ProblemsFound(
                [Problem(str(to), 1, 1, "foreign-folder", "the folder is not empty", "choose a new one")]
            )
        pages = pages_of(library, known, places.templates)
        print(write_project(pages, sections(known), places.site_config, to))


@app.command()
def serve(
    team: TeamArgument,
    content: ContentOption = None,
    address: Annotated[str, typer.Option("--address", help="Host and port to listen on.")] = "127.0.0.1:8000",
) -> None:
    """Show a team's site and build it again whenever a file changes."""
    from mkdocs.commands.serve import serve as mkdocs_serve  # noqa: PLC0415

    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > MAX_PORT:
        raise typer.BadParameter("write the address as 127.0.0.1:8000")
    with reporting():
        places, _, _ = _read(team, content)
    with reporting(), tempfile.TemporaryDirectory(prefix="trust-playbook-") as folder:
        config = Path(folder) / "mkdocs.yml"
        settings = {
            "INHERIT": str((places.site_config / "base.yml").resolve()),
            "docs_dir": str((places.site_config / "pages").resolve()),
            "theme": {"custom_dir": str((places.site_config / "theme").resolve())},
            "plugins": {"trust-playbook": {"team": str(team.resolve()), "content": str(places.content.resolve())}},
        }
        config.write_text(to_yaml(settings, "Made by trust-playbook serve."), encoding="utf-8")
        print(f"Serving on http://{address}/ as soon as the first build is done. Ctrl-C stops.", flush=True)
        mkdocs_serve(str(config), dev_addr=address)
