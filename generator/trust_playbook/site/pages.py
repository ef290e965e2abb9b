"""Library and Plan → Markdown pages; the same pages from the same input, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from trust_playbook import prose
from trust_playbook.library import Library
from trust_playbook.site import links, wording
from trust_playbook.site.views import TeamView, team_view
from trust_playbook.tailoring import selection, tailor
from trust_playbook.team import Team, rules


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown page; `address` is its path without an ending."""

    address: str
    title: str
    markdown: str

    @property
    def file(self) -> str:
        """The page's file below the pages folder."""
        return f"{self.address}.md"


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the navigation: a section's index page."""

    title: str
    address: str


LIBRARY_SECTIONS = (
    Section("Practices", links.PRACTICES),
    Section("Roles", links.ROLES),
    Section("Learn", links.LEARN),
    Section("Measure", links.MEASURE),
)
TEAM_SECTIONS = (Section("Start", links.START), Section("Results", links.RESULTS), Section("Plan", links.PLAN))
REFERENCE_SECTIONS = (Section("Start", links.START),)


def sections(team: Team | None) -> tuple[Section, ...]:
    """Return the navigation of a team's playbook, or of the reference playbook."""
    return (TEAM_SECTIONS if team else REFERENCE_SECTIONS) + LIBRARY_SECTIONS


def pages_of(library: Library, team: Team | None, templates: Path) -> tuple[Page, ...]:
    """Return every page of a team's playbook, or of the reference playbook without a team."""
    write = partial(_page, _environment(templates), library)
    own: tuple[Page, ...]
    if team is None:
        own = (write(links.START, "Trust playbook", "library/start"),)
    else:
        own = _team_pages(
            write, team_view(team, tailor(library, team), library), noindex=team.playbook.audience != "public"
        )
    return own + _library_pages(write, library)


def _team_pages(write: Callable[..., Page], view: TeamView, *, noindex: bool) -> tuple[Page, ...]:
    start = write(links.START, "Start", "team/start", view=view, noindex=noindex)
    results = write(links.RESULTS, "Results", "team/results", view=view, noindex=noindex)
    plan = write(links.PLAN, "Plan", "team/plan", view=view, noindex=noindex)
    plays = tuple(
        write(
            links.play(one.id),
            f"{one.practice.name}: your play",
            "team/play",
            view=view,
            play=one,
            noindex=noindex,
        )
        for one in view.focus
    )
    return (start, results, plan, *plays)


def _library_pages(write: Callable[..., Page], library: Library) -> tuple[Page, ...]:
    practices = tuple(
        write(links.practice(id), practice.name, "library/practice", id=id, practice=practice)
        for id, practice in library.practices.items()
    )
    dimensions = tuple(
        write(links.dimension(id), dimension.name, "library/dimension", id=id, dimension=dimension)
        for id, dimension in library.dimensions.items()
    )
    return (
        write(links.PRACTICES, "Practices", "library/practices"),
        *practices,
        write(links.ROLES, "Roles", "library/roles"),
        write(links.LEARN, "Learn", "library/learn"),
        *dimensions,
        write(links.CURRENCIES, "Currencies", "library/currencies"),
        write(links.SOURCES, "Sources and ideas", "library/sources", homes=_homes(library)),
        write(links.MEASURE, "Measure", "library/measure"),
        write(links.METHOD, "Method", "library/method", rules=rules, selection=selection),
        write(links.PRIVACY, "Privacy", "library/privacy", rules=rules),
        write(links.NOT_THE_TOOL, "When this is not the tool", "library/not-the-tool"),
    )


def _homes(library: Library) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return for each idea the pages that cite it, as address and name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for id, dimension in library.dimensions.items():
        for ref in dimension.grounds:
            found.setdefault(ref, []).append((links.dimension(id), dimension.name))
    for id, practice in library.practices.items():
        for ref in practice.grounds:
            found.setdefault(ref, []).append((links.practice(id), practice.name))
    for guide in library.roles.values():
        for ref in (ref for aspect in guide.aspects for ref in aspect.grounds):
            found.setdefault(ref, []).append((links.ROLES, f"{guide.name} (role)"))
    for currency in library.currencies.values():
        for ref in currency.grounds:
            found.setdefault(ref, []).append((links.CURRENCIES, f"{currency.name} (currency)"))
    return {ref: tuple(dict.fromkeys(homes)) for ref, homes in found.items()}


def _environment(templates: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_safe,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters["prose"] = prose.prose
    environment.filters["inline"] = prose.inline
    environment.filters["quoted"] = _quoted
    environment.globals.update(links=links, between=links.between, wording=wording)
    return environment


def _safe(value: Any) -> Any:
    """Turn every text that a template prints into HTML that Markdown leaves alone."""
    return value if isinstance(value, Markup) else prose.plain(str(value))


def _quoted(text: str) -> Markup:
    """Return a text for front matter: HTML-escaped, because themes print titles raw, and quoted for YAML."""
    return Markup(json.dumps(str(escape(text))))  # noqa: S704


def _page(
    environment: Environment,
    library: Library,
    address: str,
    title: str,
    template: str,
    *,
    noindex: bool = False,
    **context: Any,
) -> Page:
    text = environment.get_template(f"{template}.md.jinja").render(
        library=library,
        title=title,
        here=address,
        link=partial(links.between, address),
        noindex=noindex,
        **context,
    )
    return Page(address, title, f"{text.strip()}\n")
