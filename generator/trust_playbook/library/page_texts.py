"""What content/pages.yml says: the words of start, results and plan pages beside a team's own results."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from trust_playbook.documents import Id, Line, Name, Prose, Record
from trust_playbook.library.guides import Refs
from trust_playbook.library.practices import Harm, Lines


class Grounded(Record):
    """A passage that stands on ideas of the sources."""

    name: Name
    says: Prose
    grounds: Refs


class MilestoneText(Record):
    """What happens at one fixed point of a plan."""

    name: Line
    do: Prose
    conversation: Id | None = None
    """The run-sheet for it."""


class DebriefText(MilestoneText):
    """The first milestone: another text where safety is low, and one where nothing new is offered."""

    do_when_low: Prose
    do_without_practices: Prose


class Milestones(Record):
    """The texts of a plan's rhythm."""

    debrief: DebriefText
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


class Readers(Record):
    """What the reference playbook says to each of its three readers."""

    leader: Prose
    team: Prose
    contributor: Prose


class Pages(Record):
    """content/pages.yml: what start, results and plan pages say beside a team's own results."""

    welcome: Grounded
    readers: Readers
    balance: Grounded
    """Results: the kinds of trust in one profile."""
    sequence: Grounded
    """Plan: why practices come in this order."""
    going_on: Grounded
    """Plan: what comes after it."""
    outcomes: Grounded
    """Measure: what else moves with trust."""
    milestones: Milestones
    read_first: Advice
    cold_start: Advice
    at_target: Advice
    none_fits: Advice
    not_to_do: Lines
    not_the_tool: NotTheTool

    @property
    def grounded(self) -> tuple[tuple[str, Grounded], ...]:
        """The passages that stand on ideas, by key."""
        keys = ("welcome", "balance", "sequence", "going_on", "outcomes")
        return tuple((key, getattr(self, key)) for key in keys)
