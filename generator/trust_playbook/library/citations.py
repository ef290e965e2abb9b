"""Which content cites which idea: the spine between what sources say and where readers find it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    for id, dimension in library.dimensions.items():
        yield Citation("dimension", id, dimension.name, dimension.grounds)
    for id, practice in library.practices.items():
        yield Citation("practice", id, practice.name, practice.grounds)
    for id, conversation in library.conversations.items():
        yield Citation("conversation", id, conversation.name, conversation.grounds)
    for id, counterpart in library.counterparts.items():
        yield Citation("counterpart", id, counterpart.name, counterpart.grounds)
    for id, guide in library.guides.items():
        yield Citation("guide", id, guide.name, guide.grounds)
    for id, role in library.roles.items():
        yield Citation("role", id, role.name, role.grounds)
    for id, instrument in library.instruments.items():
        yield Citation("instrument", id, instrument.name, instrument.grounds)
    yield from _entries(library)
    for page, text in library.pages.grounded:
        yield Citation("page", page, text.name, text.grounds)


def _entries(library: Library) -> Iterator[Citation]:
    for currency in library.currencies.values():
        yield Citation("currency", currency.id, currency.name, currency.grounds)
    for sign in library.signals:
        yield Citation("signal", sign.id, sign.look_for, sign.grounds)
    for term in library.glossary:
        yield Citation("glossary", term.id, term.term, term.grounds)
    for myth in library.myths:
        yield Citation("myth", myth.id, myth.myth, myth.grounds)
    for barrier in library.barriers:
        yield Citation("barrier", barrier.id, barrier.name, barrier.grounds)
    for question in library.faq:
        yield Citation("faq", question.id, question.question, question.grounds)
    for claim in library.claims.values():
        yield Citation("claim", claim.id, claim.says, claim.grounds)
