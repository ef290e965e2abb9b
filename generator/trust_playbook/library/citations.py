"""Which content cites which idea: the spine between what sources say and where readers find it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trust_playbook.library.library import Library
from trust_playbook.library.records import Home


@dataclass(frozen=True, slots=True)
class Citation:
    """One thing in the library that cites ideas."""

    home: Home
    id: str
    name: str
    grounds: tuple[str, ...]


def citations(library: Library) -> Iterator[Citation]:
    """Yield everything in a library that cites ideas, in a fixed order."""
    folders: tuple[tuple[Home, Mapping[str, Any]], ...] = (
        ("dimension", library.dimensions),
        ("practice", library.practices),
        ("conversation", library.conversations),
        ("counterpart", library.counterparts),
        ("guide", library.guides),
        ("role", library.roles),
        ("instrument", library.instruments),
        ("currency", library.currencies),
    )
    for home, records in folders:
        for id, one in records.items():
            yield Citation(home, id, one.name, one.grounds)
    lists: tuple[tuple[Home, Iterable[Any], str], ...] = (
        ("signal", library.signals, "look_for"),
        ("glossary", library.glossary, "term"),
        ("myth", library.myths, "myth"),
        ("barrier", library.barriers, "name"),
        ("faq", library.faq, "question"),
        ("claim", library.claims.values(), "says"),
    )
    for home, entries, title in lists:
        for one in entries:
            yield Citation(home, one.id, getattr(one, title), one.grounds)
    for page, text in library.pages.grounded:
        yield Citation("page", page, text.name, text.grounds)
