"""What signals.yml, glossary.yml, myths.yml, barriers.yml, faq.yml and claims.yml say: short entries in lists."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field, model_validator

from trust_playbook.documents import Id, Line, Name, Prose, Record, Ref, broken_rule, repeated_at
from trust_playbook.library.guides import Refs
from trust_playbook.library.practices import Lines


class Entry(Record):
    """One entry of a list, with an id of its own."""

    id: Id


class Sign(Entry):
    """Something to look for in daily work that says how trust stands."""

    look_for: Line
    ask: Line
    when_missing: Line
    dimension: Id
    practices: tuple[Id, ...] = ()
    grounds: Refs


class Term(Entry):
    """A word as this library uses it."""

    term: Name
    means: Prose
    not_this: Line | None = None
    grounds: tuple[Ref, ...] = ()


class Myth(Entry):
    """Something that is often said about trust, and what holds instead."""

    myth: Line
    instead: Prose
    do: Line
    practices: tuple[Id, ...] = ()
    claims: tuple[Id, ...] = ()
    grounds: Refs


class Barrier(Entry):
    """Something in the way of trust that people meet at work."""

    name: Annotated[Name, Field(max_length=60)]
    looks_like: Lines
    costs: Line
    first: Line
    practices: Annotated[tuple[Id, ...], Field(min_length=1)]
    grounds: Refs


class Question(Entry):
    """A question that readers ask, and an answer."""

    question: Line
    answer: Prose
    practices: tuple[Id, ...] = ()
    claims: tuple[Id, ...] = ()
    grounds: tuple[Ref, ...] = ()


class GeneralClaim(Entry):
    """A figure or statement about trust that circulates, and how far it can be relied on."""

    says: Line
    status: Literal["verified", "reported", "doubtful"]
    figure: Line | None = None
    source: Id
    checked: Line
    """What we read and found."""
    caution: Line | None = None
    grounds: tuple[Ref, ...] = ()

    @model_validator(mode="after")
    def _doubt_in_words(self) -> GeneralClaim:
        if self.status != "verified" and self.caution is None:
            message = f"a {self.status} claim says what to be careful about"
            raise broken_rule("missing-key", message, "add 'caution: …'", "status")
        return self


EntryT = TypeVar("EntryT", bound=Entry)


def _each_once(entries: tuple[EntryT, ...]) -> tuple[EntryT, ...]:
    repeated = repeated_at(entry.id for entry in entries)
    if repeated is not None:
        raise broken_rule("duplicate-id", "this id stands here twice", "give each its own", repeated, "id")
    return entries


Entries = Annotated[tuple[EntryT, ...], Field(min_length=1), AfterValidator(_each_once)]


class Signals(Record):
    """content/signals.yml."""

    signals: Entries[Sign]


class Glossary(Record):
    """content/glossary.yml."""

    terms: Entries[Term]


class Myths(Record):
    """content/myths.yml."""

    myths: Entries[Myth]


class Barriers(Record):
    """content/barriers.yml."""

    barriers: Entries[Barrier]


class Faq(Record):
    """content/faq.yml."""

    questions: Entries[Question]


class Claims(Record):
    """content/claims.yml."""

    claims: Entries[GeneralClaim]
