"""What a library that calls itself complete must hold: balance, guides, and a home for every idea."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from trust_playbook.library.citations import citations
from trust_playbook.library.library import Library
from trust_playbook.library.practices import Move, Practice, Role, Tier
from trust_playbook.library.reading import Content
from trust_playbook.library.records import Relation
from trust_playbook.problems import Problem

LEAST_PER_DIMENSION = 5
LEAST_LED = 20


def completeness_problems(library: Library, content: Content) -> Iterator[Problem]:
    """Yield what is missing from a library that says 'complete: true'; nothing for any other."""
    if not library.info.complete or content.info is None:
        return
    document = content.info.document
    for message, hint in (*_balance(library), *_missing_guides(library)):
        yield document.problem(("complete",), "incomplete", message, hint)
    homes = homes_of(library)
    for id, source in library.sources.items():
        for idea, one in source.ideas.items():
            found = homes.get(f"{id}/{idea}", frozenset())
            loc = ("ideas", idea)
            if not found:
                hint = "cite it where it helps a reader, as grounds"
                yield content.sources.documents[id].problem(loc, "orphaned-idea", f"nothing cites '{id}/{idea}'", hint)
            elif missing := [home for home in one.where if home not in found]:
                message = f"no {' and no '.join(missing)} cites '{id}/{idea}'"
                hint = "cite it there, or change 'where'"
                yield content.sources.documents[id].problem((*loc, "where"), "idea-not-there", message, hint)


def homes_of(library: Library) -> dict[str, frozenset[str]]:
    """Return for each cited idea the kinds of content that cite it."""
    found: dict[str, set[str]] = {}
    for citation in citations(library):
        for ref in citation.grounds:
            found.setdefault(ref, set()).add(citation.home)
    return {ref: frozenset(homes) for ref, homes in found.items()}


def holdings(library: Library) -> tuple[str, ...]:
    """Return what a library holds, in a few lines of numbers."""
    practices = library.practices.values()
    ideas = [f"{id}/{idea}" for id, source in library.sources.items() for idea in source.ideas]
    homes = homes_of(library)
    main = Counter(practice.main_dimension for practice in practices)
    led = Counter(practice.leads[0] for practice in practices)
    moves, tiers = Counter(practice.move for practice in practices), Counter(practice.tier for practice in practices)
    return (
        f"Practices: {len(library.practices)}. Ideas cited: {sum(ref in homes for ref in ideas)} of {len(ideas)}.",
        f"By main dimension: {_counts({id: main[id] for id in library.dimensions})}.",
        f"By move: {_counts(moves)}. By tier: {_counts(tiers)}. By who leads first: {_counts(led)}.",
    )


def _counts(counts: Mapping[Any, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _balance(library: Library) -> Iterator[tuple[str, str]]:
    for id in library.dimensions:
        own = [practice for practice in library.practices.values() if practice.main_dimension == id]
        if len(own) < LEAST_PER_DIMENSION:
            hint = f"a complete library has {LEAST_PER_DIMENSION} for each dimension"
            yield f"'{id}' is the main dimension of {len(own)} practices", hint
        yield from _lacking(id, "move", get_args(Move), own)
        yield from _lacking(id, "tier", get_args(Tier), own)
        if not any(practice.move == "open-conversation" and practice.tier != "stretch" for practice in own):
            hint = "a team that is split on it needs one"
            yield f"'{id}' has no practice that opens a conversation below the stretch tier", hint
    led = Counter(practice.leads[0] for practice in library.practices.values())
    for role in get_args(Role):
        if led[role] < LEAST_LED:
            hint = f"a complete library has {LEAST_LED} for each role"
            yield f"the {role} leads {led[role]} practices", hint


def _lacking(id: str, key: str, wanted: Iterable[str], own: list[Practice]) -> Iterator[tuple[str, str]]:
    there = {getattr(practice, key) for practice in own}
    for value in wanted:
        if value not in there:
            yield f"'{id}' has no practice whose {key} is {value}", "write one, or change one"


def _missing_guides(library: Library) -> Iterator[tuple[str, str]]:
    for relation in get_args(Relation):
        if relation not in library.counterparts:
            yield f"there is no guide for a counterpart that is {relation}", f"add counterparts/{relation}.yml"
