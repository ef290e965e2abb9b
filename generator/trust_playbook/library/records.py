"""What the other files under content/ say: one record per kind of file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from trust_playbook.documents import (
    Address,
    Count,
    Flag,
    Id,
    Line,
    Name,
    Number,
    Prose,
    Record,
    Ref,
    broken_rule,
    repeated_at,
)
from trust_playbook.library.practices import Lines

BUILTIN = "builtin"
Relation = Literal["strained", "transactional", "partner"]
Home = Literal[
    "practice",
    "dimension",
    "role",
    "instrument",
    "currency",
    "signal",
    "myth",
    "faq",
    "glossary",
    "barrier",
    "claim",
    "counterpart",
    "conversation",
    "guide",
    "page",
]
"""The kinds of content in which readers find an idea."""


class LevelText(Record):
    """What one level of a dimension looks like in a team."""

    level: Id
    looks_like: Line


class Finding(Record):
    """Clauses about a team that complete a sentence without a capital or a full stop."""

    strong: Line
    unsure: Line
    missing: Line


class Dimension(Record):
    """An aspect of trust that is measured and worked on; content/dimensions/<id>.yml."""

    name: Annotated[Name, Field(max_length=40)]
    tagline: Annotated[Line, Field(max_length=80)]
    meaning: Prose
    not_this: Line
    finding: Finding
    keep: Line
    levels: Annotated[tuple[LevelText, ...], Field(min_length=2)]
    ask: Lines
    grounds: Annotated[tuple[Ref, ...], Field(min_length=1)]


class Level(Record):
    """A stage that a dimension can be at, from a mean on 1 to 7 upward."""

    id: Id
    name: Name
    at_least: Number


class Levels(Record):
    """content/levels.yml: the stages, lowest first."""

    levels: Annotated[tuple[Level, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _rising(self) -> Levels:
        starts = [level.at_least for level in self.levels]
        if starts != sorted(set(starts)) or starts[0] != 1.0 or starts[-1] > 7.0:  # noqa: PLR2004  # the scale's ends
            message = "the levels rise from 1.0 and end below 7.0, each with its own id"
            raise broken_rule("bad-levels", message, "write them lowest first", "levels")
        return self


class Idea(Record):
    """One idea of a source, paraphrased, with the kinds of content in which readers must find it."""

    says: Line
    where: tuple[Home, ...] = ()


class Source(Record):
    """Where knowledge comes from; content/sources/<id>.yml."""

    title: Line
    authors: Name
    kind: Literal["article", "book", "study", "review"]
    year: Annotated[Count, Field(ge=1900, le=2100)] | None = None
    published_in: Line | None = None
    url: Address | None = None
    ideas: dict[Id, Idea] = Field(default_factory=dict)


class Fingerprints(Record):
    """content/fingerprints.yml: hashes of every nine words in a row of the sources, to find copies by."""

    sources: dict[Id, Annotated[str, Field(pattern=r"^[A-Za-z0-9+/=\s]*$", max_length=200_000)]]


class Currency(Record):
    """What a counterpart values and can be offered (Cohen and Bradford)."""

    id: Id
    name: Name
    values: Line
    recognise: Lines
    offer: Lines
    ask: Lines
    say: Line
    caution: Line
    grounds: Annotated[tuple[Ref, ...], Field(min_length=1)]


class Currencies(Record):
    """content/currencies.yml."""

    currencies: Annotated[tuple[Currency, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Currencies:
        repeated = repeated_at(currency.id for currency in self.currencies)
        if repeated is not None:
            raise broken_rule("duplicate-id", "this id stands here twice", "keep one", "currencies", repeated, "id")
        return self


class RoleAspect(Record):
    """What a role does for one aspect of trust."""

    aspect: Id
    does: Prose
    this_week: Line
    grounds: Annotated[tuple[Ref, ...], Field(min_length=1)]


class Habit(Record):
    """Something that people in a role do again and again."""

    name: Name
    does: Prose
    this_week: Line
    grounds: Annotated[tuple[Ref, ...], Field(min_length=1)]


class RoleGuide(Record):
    """What leaders, managers or contributors can do; content/roles/<id>.yml."""

    name: Name
    stands_for: Line
    aspects: Annotated[tuple[RoleAspect, ...], Field(min_length=1)]
    habits: tuple[Habit, ...] = ()

    @property
    def grounds(self) -> tuple[str, ...]:
        """The ideas that aspects and habits stand on."""
        return tuple(ref for group in (self.aspects, self.habits) for one in group for ref in one.grounds)


class Events(Record):
    """Which practice an event starts."""

    newcomer: Id | None = None
    reorganisation: Id | None = None
    new_leader: Annotated[Id | None, Field(alias="new-leader")] = None

    @property
    def practices(self) -> Mapping[str, str]:
        """The practice of each kind of event that has one."""
        return self.model_dump(by_alias=True, exclude_none=True)


class Routing(Record):
    """Which dimensions and practices play the parts that tailoring has rules for."""

    gate: Id
    counterpart: tuple[Id, ...] = ()
    debrief: Id | None = None
    events: Events = Events()


class LibraryInfo(Record):
    """content/library.yml: what this content folder is, and what it is laid over."""

    name: Name
    version: Line
    extends: Literal["none", "builtin"]
    complete: Flag = False
    routing: Routing | None = None

    @model_validator(mode="after")
    def _routed(self) -> LibraryInfo:
        if self.extends != BUILTIN and self.routing is None:
            hint = "add 'routing: {gate: …}' with the dimension that opens the gate"
            raise broken_rule("missing-key", "'routing' is missing", hint)
        return self
