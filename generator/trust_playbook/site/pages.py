"""Library and Plan → Markdown pages; the same pages from the same input, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from trust_playbook import prose
from trust_playbook.library import Library
from trust_playbook.site import links, wording
from trust_playbook.site.calendar import calendar
from trust_playbook.site.homes import doubtful, homes
from trust_playbook.site.views import TeamView, team_view
from trust_playbook.tailoring import selection, tailor
from trust_playbook.team import Team, protection, rules


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown page, or a file beside the pages; `address` is its path without an ending."""

    address: str
    title: str
    text: str
    suffix: str = ".md"

    @property
    def file(self) -> str:
        """The page's file below the pages folder."""
        return f"{self.address}{self.suffix}"


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the navigation: a section's index page."""

    title: str
    address: str


LIBRARY_SECTIONS = (
    Section("Practices", links.PRACTICES),
    Section("Conversations", links.CONVERSATIONS),
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
        plan = tailor(library, team)
        view = team_view(team, plan, library)
        own = _team_pages(write, view, noindex=team.playbook.audience != "public")
        if (dates := calendar(team, plan, view, library)) is not None:
            own = (*own, Page(links.CALENDAR, "Calendar", dates, ".ics"))
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
    return (
        write(links.PRACTICES, "Practices", "library/practices"),
        *_each(write, links.practice, "library/practice", library.practices),
        write(links.ROLES, "Roles", "library/roles"),
        write(links.CONVERSATIONS, "Conversations", "library/conversations"),
        *_each(write, links.conversation, "library/conversation", library.conversations),
        *_measure_pages(write, library),
        *_learn_pages(write, library),
    )


def _measure_pages(write: Callable[..., Page], library: Library) -> tuple[Page, ...]:
    return (
        write(links.MEASURE, "Measure", "library/measure"),
        *_guides(write, library, "measure"),
        write(links.QUESTIONNAIRES, "Questionnaires", "library/questionnaires"),
        write(links.SIGNALS, "Signals", "library/signals"),
        write(links.METHOD, "Method", "library/method", rules=rules, selection=selection),
        write(links.PRIVACY, "Privacy", "library/privacy", rules=rules, protection=protection),
        write(links.NOT_THE_TOOL, "When this is not the tool", "library/not-the-tool"),
    )


def _learn_pages(write: Callable[..., Page], library: Library) -> tuple[Page, ...]:
    return (
        write(links.LEARN, "Learn", "library/learn"),
        *_each(write, links.dimension, "library/dimension", library.dimensions),
        *_guides(write, library, "learn"),
        write(links.CURRENCIES, "Currencies", "library/currencies"),
        write(links.COUNTERPARTS, "Counterparts", "library/counterparts"),
        *_each(write, links.counterpart, "library/counterpart", library.counterparts),
        write(links.MYTHS, "Myths", "library/myths"),
        write(links.BARRIERS, "Barriers", "library/barriers"),
        write(links.FAQ, "Questions and answers", "library/faq"),
        write(links.GLOSSARY, "Glossary", "library/glossary"),
        write(links.EVIDENCE, "Evidence", "library/evidence"),
        write(links.SOURCES, "Sources and ideas", "library/sources", homes=homes(library), doubtful=doubtful(library)),
    )


def _each(
    write: Callable[..., Page], address: Callable[[str], str], template: str, records: Mapping[str, Any]
) -> tuple[Page, ...]:
    """Return a page for each record of a folder; the template knows it as `one`."""
    return tuple(write(address(id), one.name, template, id=id, one=one) for id, one in records.items())


def _guides(write: Callable[..., Page], library: Library, section: str) -> tuple[Page, ...]:
    return tuple(
        write(links.guide(id, section), guide.name, "library/guide", id=id, one=guide)
        for id, guide in library.guides.items()
        if guide.section == section
    )


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
