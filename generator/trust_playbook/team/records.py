"""What the files under playbooks/<team>/ say: who the team is, and its publishable assessments."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from trust_playbook.documents import Count, Day, Flag, Id, Line, Name, Number, Record, broken_rule, repeated_at
from trust_playbook.library.records import Relation

Band = Literal["3-4", "5-7", "8-12", "13-24", "25+"]
Basis = Literal["typical", "own", "consensus"]
Agreement = Literal["agree", "differ", "split"]
Word = Literal["low", "middle", "high"]
Setting = Literal["co-located", "hybrid", "remote"]
WaveFlag = Literal["floor-lowered", "imputed-over-10", "reverse-gap", "alike-answers", "few-changed"]

WAVE_PATTERN = re.compile(r"20[0-9]{2}-q[1-4]")


def _wave(text: str) -> str:
    if not WAVE_PATTERN.fullmatch(text):
        raise broken_rule("bad-wave", "a wave is a quarter, never a date", "write it as 2026-q3")
    return text


Wave = Annotated[str, AfterValidator(_wave)]


class TeamFacts(Record):
    """Who the team is."""

    name: Annotated[Name, Field(max_length=60)]
    purpose: Annotated[Line, Field(max_length=200)] | None = None
    size: Annotated[Count, Field(ge=1, le=500)] | None = None
    setting: Setting | None = None
    function: Annotated[Line, Field(max_length=60)] | None = None
    example: Flag = False
    """A team that does not exist; every page says so."""


class Focus(Record):
    """How much the team can take on."""

    practices: Annotated[Count, Field(ge=1, le=3)] = 2
    minutes_per_week: Annotated[Count, Field(ge=5, le=600)] = 60
    horizon_days: Annotated[Count, Field(ge=28, le=366)] = 90
    start: Day | None = None


class Counterpart(Record):
    """Another group that the team depends on."""

    id: Id
    name: Annotated[Name, Field(max_length=60)]
    context: Line | None = None
    pressures: Line | None = None
    measures: Line | None = None
    hopes: Line | None = None
    fears: Line | None = None
    currencies: tuple[Id, ...] = ()
    relation: Relation


class LedgerEntry(Record):
    """What the team has done with a practice so far."""

    practice: Id
    status: Literal["trying", "adopted", "adapted", "dropped", "blocked"]
    since: Day
    review_by: Day | None = None
    note: Line | None = None


class Event(Record):
    """Something that happened and starts a practice of its own."""

    kind: Literal["newcomer", "reorganisation", "new-leader"]
    quarter: Wave


class Privacy(Record):
    """How many must have answered before anything is published."""

    min_respondents: Annotated[Count, Field(ge=3, le=50)] = 5


class Playbook(Record):
    """playbooks/<team>/playbook.yml: who the team is and what it wants from its playbook."""

    team: TeamFacts
    mandate: Literal["leader", "team", "solo"] = "leader"
    audience: Literal["team", "organisation", "public"] = "team"
    target: Annotated[Number, Field(ge=3.5, le=6.5)] = 5.5
    focus: Focus = Focus()
    counterparts: tuple[Counterpart, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    events: tuple[Event, ...] = ()
    exclude: tuple[Id, ...] = ()
    pin: tuple[Id, ...] = ()
    privacy: Privacy = Privacy()

    @model_validator(mode="after")
    def _consistent(self) -> Playbook:
        repeated = repeated_at(one.id for one in self.counterparts)
        if repeated is not None:
            raise broken_rule(
                "duplicate-id", "this id stands here twice", "give each its own", "counterparts", repeated, "id"
            )
        for index, id in enumerate(self.pin):
            if id in self.exclude:
                raise broken_rule("contradiction", f"'{id}' is pinned and excluded", "choose one", "pin", index)
        for index, entry in enumerate(self.ledger):
            if entry.review_by is not None and entry.review_by < entry.since:
                hint = "give a later date"
                raise broken_rule(
                    "contradiction", "'review_by' lies before 'since'", hint, "ledger", index, "review_by"
                )
        return self


class InstrumentVersion(Record):
    """Which questionnaire was used, in which version of its wording."""

    id: Id
    version: Annotated[Count, Field(ge=1)]


class PublishedScale(Record):
    """The ends of the response scale."""

    min: Count
    max: Count


class PublishedDimension(Record):
    """What may be known of one dimension, in exactly one of its forms (notes: publishing rules)."""

    mean: Number | None = None
    interval: Annotated[tuple[Number, ...], Field(min_length=2, max_length=2)] | None = None
    basis: Basis | None = None
    agreement: Agreement | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    word: Word | None = None
    suppressed: Literal["too-few", "complement", "not-asked"] | None = None

    @property
    def keys(self) -> frozenset[str]:
        """The keys that this form holds."""
        return frozenset(name for name in type(self).model_fields if getattr(self, name) is not None)


class PublishedItem(Record):
    """The favourable share of one item, to the nearest ten per cent."""

    favourable: Literal["<10", "10", "20", "30", "40", "50", "60", "70", "80", "90", ">90"]


class Recommend(Record):
    """The recommend score as a band."""

    band: Literal["positive", "mixed", "negative"]


class Assessment(Record):
    """assessments/<wave>.<instrument>.yml: all that the program can ever know of a survey."""

    schema_version: Annotated[Count, Field(alias="schema", ge=1, le=1)]
    rules: Literal["publish-1"]
    wave: Wave
    method: Literal["survey", "consensus"]
    instrument: InstrumentVersion
    scale: PublishedScale
    respondents: Band | None = None
    response: Literal["under-half", "most", "nearly-all", "unknown"] | None = None
    baseline: Literal["first", "continues", "new"]
    flags: tuple[WaveFlag, ...] = ()
    dimensions: dict[Id, PublishedDimension]
    """Empty only where the recommend score is all that was asked."""
    items: dict[Id, PublishedItem] = Field(default_factory=dict)
    recommend: Recommend | None = None
