"""What content/conversations/, counterparts/ and guides/ say: run-sheets, and help for a situation."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from trust_playbook.documents import Count, Day, Id, Line, Name, Prose, Record, Ref, broken_rule
from trust_playbook.library.practices import Harm, Lines, Minutes, Script

Refs = Annotated[tuple[Ref, ...], Field(min_length=1)]


class Part(Record):
    """One stretch of a conversation: what happens, how long, and words for it."""

    do: Prose
    minutes: Minutes
    say: Line | None = None


Parts = Annotated[tuple[Part, ...], Field(min_length=3, max_length=12)]


class StopRule(Record):
    """When a conversation ends early, the words for it, and what happens then."""

    when: Line
    say: Line
    then: Line


class LowSafety(Record):
    """The same conversation where speaking up costs people something."""

    why: Prose
    who: Line
    parts: Parts


class Conversation(Record):
    """A run-sheet, minute by minute; content/conversations/<id>.yml."""

    name: Annotated[Name, Field(max_length=60)]
    outcome: Annotated[Line, Field(max_length=240)]
    who: Line
    minutes: Annotated[Count, Field(ge=10, le=240)]
    fits_when: Lines
    not_when: Annotated[tuple[Harm, ...], Field(min_length=1)]
    before: Lines
    parts: Parts
    low_safety: LowSafety | None = None
    scripts: Annotated[tuple[Script, ...], Field(min_length=1)]
    stop: StopRule
    after: Lines
    practices: tuple[Id, ...] = ()
    grounds: Refs
    reviewed: Day

    @model_validator(mode="after")
    def _minutes_add_up(self) -> Conversation:
        versions = [(self.parts, ("minutes",))] + (
            [(self.low_safety.parts, ("low_safety",))] if self.low_safety else []
        )
        for parts, at in versions:
            total = sum(part.minutes for part in parts)
            if total != self.minutes:
                message = f"the parts take {total} minutes, 'minutes' says {self.minutes}"
                raise broken_rule("minutes-differ", message, "make the minutes of the parts add up to it", *at)
        return self


class FacetQuestions(Record):
    """What to ask a counterpart to learn what a team has not written down about it."""

    context: Line
    pressures: Line
    measures: Line
    hopes: Line
    fears: Line


class Opening(Record):
    """What to do first with a counterpart that values one thing most."""

    first: Prose
    say: Line
    not_this: Line


class CounterpartGuide(Record):
    """What to do first with a counterpart; content/counterparts/<relation>.yml."""

    name: Annotated[Name, Field(max_length=60)]
    looks_like: Lines
    first: Prose
    this_week: Annotated[Line, Field(max_length=320)]
    say: Line
    not_yet: Line
    ask: FacetQuestions
    currencies: Annotated[dict[Id, Opening], Field(min_length=1)]
    practices: Annotated[tuple[Id, ...], Field(min_length=1)]
    conversations: tuple[Id, ...] = ()
    grounds: Refs


class GuidePart(Record):
    """One passage of a guide; `do` becomes a checklist."""

    heading: Annotated[Name, Field(max_length=80)]
    says: Prose
    do: Lines | None = None


class Guide(Record):
    """Help for one situation around a survey or a team; content/guides/<id>.yml."""

    name: Annotated[Name, Field(max_length=60)]
    section: Literal["measure", "learn"]
    summary: Annotated[Line, Field(max_length=160)]
    lead: Line
    parts: Annotated[tuple[GuidePart, ...], Field(min_length=2, max_length=10)]
    scripts: tuple[Script, ...] = ()
    stop: Line
    practices: tuple[Id, ...] = ()
    conversations: tuple[Id, ...] = ()
    grounds: tuple[Ref, ...] = ()
    reviewed: Day
