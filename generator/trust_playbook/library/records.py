"""What the files under content/ say: one record per kind of file."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, model_validator

from trust_playbook.documents import Count, Day, Flag, Id, Line, Number, Prose, Record, Ref, Weeks, broken_rule


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

    name: Annotated[Line, Field(max_length=60)]
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

    name: Annotated[Line, Field(max_length=40)]
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
    name: Line
    at_least: Number


class Levels(Record):
    """content/levels.yml: the stages, lowest first."""

    levels: Annotated[tuple[Level, ...], Field(min_length=2)]


class Idea(Record):
    """One idea of a source, paraphrased, with the kind of place where readers find it."""

    says: Line
    where: tuple[Line, ...] = ()


class Source(Record):
    """Where knowledge comes from; content/sources/<id>.yml."""

    title: Line
    authors: Line
    kind: Literal["article", "book", "study", "review"]
    year: Annotated[Count, Field(ge=1900, le=2100)] | None = None
    published_in: Line | None = None
    url: Annotated[Line, Field(pattern=r"^https://")] | None = None
    ideas: dict[Id, Idea] = Field(default_factory=dict)


class ResponseScale(Record):
    """A response scale with every anchor in words, lowest number first."""

    min: Count
    max: Count
    anchors: Annotated[tuple[Line, ...], Field(min_length=2)]
    direction: Literal["agreement-rises", "frequency-rises", "accuracy-rises"]

    @model_validator(mode="after")
    def _one_anchor_each(self) -> ResponseScale:
        if self.min >= self.max or len(self.anchors) != self.max - self.min + 1:
            message = f"a scale from {self.min} to {self.max} cannot have {len(self.anchors)} anchors"
            raise broken_rule("bad-scale", message, "write one anchor for each point, lowest first", "anchors")
        return self


class Item(Record):
    """One statement of a questionnaire."""

    id: Id
    text: Line
    dimension: Id
    reverse: Flag = False
    accepted: tuple[Line, ...] = ()


class Licence(Record):
    """Under which terms an instrument's text stands here."""

    position: Prose
    text: Literal["shipped", "user-supplied"]


class Instrument(Record):
    """A questionnaire; content/instruments/<id>.yml."""

    name: Line
    version: Annotated[Count, Field(ge=1)]
    citation: Line
    licence: Licence
    validated: Line
    scale: ResponseScale
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    minimum_items: Annotated[Number, Field(gt=0, le=1)]
    """The share of a dimension's items that a person must have answered to be scored."""
    asks: Line

    @model_validator(mode="after")
    def _items_once(self) -> Instrument:
        seen: set[str] = set()
        for index, item in enumerate(self.items):
            if item.id in seen:
                message = f"the item id '{item.id}' stands here twice"
                raise broken_rule("duplicate-id", message, "give each item its own id", "items", index, "id")
            seen.add(item.id)
        return self


class Currency(Record):
    """What a counterpart values and can be offered (Cohen and Bradford)."""

    id: Id
    name: Line
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


class RoleAspect(Record):
    """What a role does for one aspect of trust."""

    aspect: Literal["authenticity", "accountability", "honesty", "power"]
    does: Prose
    this_week: Line
    grounds: Annotated[tuple[Ref, ...], Field(min_length=1)]


class RoleGuide(Record):
    """What leaders, managers or contributors can do; content/roles/<id>.yml."""

    name: Line
    stands_for: Line
    aspects: Annotated[tuple[RoleAspect, ...], Field(min_length=1)]


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
    """content/library.yml: what this content folder is."""

    name: Line
    version: Line
    extends: Literal["none"]
    complete: Flag
    routing: Routing


class MilestoneText(Record):
    """What happens at one fixed point of a plan."""

    name: Line
    do: Prose


class Milestones(Record):
    """The texts of a plan's rhythm."""

    debrief: MilestoneText
    you_said: Annotated[MilestoneText, Field(alias="you-said")]
    did_it_happen: Annotated[MilestoneText, Field(alias="did-it-happen")]
    signals: MilestoneText
    review: MilestoneText
    wave: MilestoneText

    def text_of(self, kind: str) -> MilestoneText:
        """Return the text of a kind of milestone as tailoring names it."""
        text: MilestoneText = getattr(self, kind.replace("-", "_"))
        return text


class Advice(Record):
    """A heading, a reason and things to do."""

    title: Line
    why: Prose
    do: Lines


class NotTheTool(Record):
    """Where a playbook would do harm, and whom to turn to instead."""

    intro: Prose
    cases: Annotated[tuple[Harm, ...], Field(min_length=1)]


class Pages(Record):
    """content/pages.yml: what start, results and plan pages say beside a team's own results."""

    welcome: Prose
    milestones: Milestones
    read_first: Advice
    cold_start: Advice
    at_target: Advice
    one_dimension: Prose
    not_to_do: Lines
    not_the_tool: NotTheTool
