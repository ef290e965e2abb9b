"""What content/practices/<id>.yml says: one practice, in full."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, model_validator

from trust_playbook.documents import Count, Day, Flag, Id, Line, Name, Number, Prose, Record, Ref, Weeks, broken_rule


class Weight(StrEnum):
    """How much a practice serves a dimension."""

    MAIN = "main"
    MUCH = "much"
    SOME = "some"

    @property
    def share(self) -> float:
        """The weight as a number from 0 to 1 (design: main 1, much .67, some .33)."""
        return WEIGHT_SHARES[self]


WEIGHT_SHARES: Mapping[Weight, float] = MappingProxyType({Weight.MAIN: 1.0, Weight.MUCH: 0.67, Weight.SOME: 0.33})

Move = Literal["open-conversation", "build-skill", "set-structure", "repair", "sustain"]
Tier = Literal["foundation", "exchange", "stretch"]
Role = Literal["leader", "manager", "contributor"]
Setting = Literal["co-located", "hybrid", "remote"]
Grade = Literal["A", "B", "C", "D"]
Rhythm = Literal["day", "week", "fortnight", "month"]
Minutes = Annotated[Count, Field(ge=1, le=480)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=12)]


class Time(Record):
    """Minutes a practice takes: once to begin, then regularly."""

    first: Minutes
    then: Annotated[Count, Field(ge=0, le=480)]
    every: Rhythm

    @property
    def minutes_per_week(self) -> float:
        """Regular minutes spread over weeks (a month is 52/12 weeks)."""
        return self.then * {"day": 5.0, "week": 1.0, "fortnight": 0.5, "month": 12 / 52}[self.every]


class Group(Record):
    """For how many people, and where they work, a practice is made."""

    size: Annotated[tuple[Count, ...], Field(min_length=2, max_length=2)]
    settings: Annotated[tuple[Setting, ...], Field(min_length=1)]


class Harm(Record):
    """When a practice does harm, and what to do instead."""

    when: Line
    instead: Line


class Need(Record):
    """What must be true before a practice is offered: exactly one of its forms."""

    practice: Id | None = None
    dimension: Id | None = None
    at_least: Number | None = None
    any: tuple[Need, ...] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Need:
        forms = (self.practice is not None, self.dimension is not None, self.any is not None)
        if sum(forms) != 1 or (self.dimension is None) != (self.at_least is None):
            hint = "write {practice: id}, {dimension: id, at_least: 4.5} or {any: [...]}"
            raise broken_rule("bad-need", "a need has exactly one form", hint)
        return self


class Step(Record):
    """One step of the first run: what to do, how long, and words for it."""

    do: Prose
    minutes: Minutes
    say: Line | None = None


class Script(Record):
    """Words for one moment, beside those that come by themselves."""

    moment: Line
    instead_of: Line
    say: Line


class RoleTexts(Record):
    """What only this role can do."""

    leader: Prose
    manager: Prose
    contributor: Prose


class Variants(Record):
    """How the mechanics change with the setting."""

    remote: Prose
    large_team: Annotated[Prose | None, Field(alias="large-team")] = None
    across_teams: Annotated[Prose | None, Field(alias="across-teams")] = None


class Signal(Record):
    """Something one can look for."""

    look_for: Line
    speed: Literal["fast", "slow"]
    kind: Literal["measurable", "felt"]


class Decide(Record):
    """When to look again, and three honest outcomes."""

    after: Weeks
    keep_if: Line
    adapt_if: Line
    drop_if: Line


class Claim(Record):
    """What is known, from which source, how large, and how far it can be trusted."""

    says: Line
    source: Id
    size: Line | None = None
    caution: Line | None = None


class Evidence(Record):
    """How well a practice is supported (A trials or meta-analyses … D practice)."""

    grade: Grade
    claims: Annotated[tuple[Claim, ...], Field(min_length=1)]


class Practice(Record):
    """Something a team does to work on trust; content/practices/<id>.yml."""

    name: Annotated[Name, Field(max_length=60)]
    outcome: Annotated[Line, Field(max_length=240)]
    dimensions: Annotated[dict[Id, Weight], Field(min_length=1)]
    move: Move
    tier: Tier
    effort: Annotated[Count, Field(ge=1, le=5)]
    time: Time
    group: Group
    leads: Annotated[tuple[Role, ...], Field(min_length=1)]
    across: Flag = False
    fits_when: Lines
    avoid_when: Annotated[tuple[Harm, ...], Field(min_length=1)]
    needs: tuple[Need, ...] = ()
    first_risk: Literal["leader", "structure", "members"]
    prepare: Lines
    steps: Annotated[tuple[Step, ...], Field(min_length=2, max_length=9)]
    scripts: Annotated[tuple[Script, ...], Field(min_length=1)]
    roles: RoleTexts
    variants: Variants
    signals: Annotated[tuple[Signal, ...], Field(min_length=2)]
    decide: Decide
    pitfalls: Lines
    first_step: Annotated[Line, Field(max_length=320)]
    evidence: Evidence
    grounds: Annotated[tuple[Ref, ...], Field(min_length=1)]
    related: tuple[Id, ...] = ()
    reviewed: Day

    @model_validator(mode="after")
    def _rules(self) -> Practice:
        weights = list(self.dimensions.values())
        if weights.count(Weight.MAIN) != 1 or max(weights.count(Weight.MUCH), weights.count(Weight.SOME)) > 1:
            message = "a practice has one main dimension, at most one 'much' and at most one 'some'"
            raise broken_rule("bad-weights", message, "leave out what it serves least", "dimensions")
        total = sum(step.minutes for step in self.steps)
        if total != self.time.first:
            message = f"the steps take {total} minutes, 'first' says {self.time.first}"
            raise broken_rule("minutes-differ", message, "make the minutes of the steps add up to it", "time", "first")
        low, high = self.group.size
        if not 1 <= low <= high:
            raise broken_rule(
                "bad-range", "'size' runs from the smaller to the larger group", "for example [2, 12]", "group", "size"
            )
        return self

    @property
    def main_dimension(self) -> str:
        """The dimension that this practice serves first."""
        return next(id for id, weight in self.dimensions.items() if weight is Weight.MAIN)
