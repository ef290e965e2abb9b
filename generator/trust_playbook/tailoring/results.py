"""What tailoring finds out: records of numbers and rules, to be put into words elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from trust_playbook.library.practices import Need
from trust_playbook.tailoring.estimates import Estimate
from trust_playbook.team.records import Assessment, PublishedDimension

Rule = Literal["score", "pinned", "split", "event"]
Hold = Literal[
    "gate",
    "tier",
    "need",
    "minutes",
    "blocked",
    "no-need",
    "excluded",
    "setting",
    "mandate",
    "kept",
]
EXCLUDING: frozenset[Hold] = frozenset({"excluded", "setting", "mandate", "kept"})
MilestoneKind = Literal["debrief", "you-said", "did-it-happen", "signals", "review", "wave"]
Certainty = Literal["only", "clearly", "probably", "cannot-tell"]


@dataclass(frozen=True, slots=True)
class Change:
    """How a dimension differs from an earlier wave of the same instrument, on 1 to 7."""

    since: str
    difference: float
    noise: float
    """The smallest difference that could be told from chance: 1.96 · √(se₁² + se₂²)."""

    @property
    def is_clear(self) -> bool:
        """Whether the difference is more than chance explains at 95 %."""
        return abs(self.difference) >= self.noise


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one dimension stands; everything on 1 to 7, None where it is not known."""

    dimension: str
    target: float
    assessment: Assessment | None
    published: PublishedDimension | None
    estimate: Estimate | None
    level: str | None
    need: float
    p_below_target: float | None
    p_lowest: float | None
    change: Change | None

    @property
    def measured(self) -> bool:
        """Whether anything but its absence was published."""
        return self.estimate is not None

    @property
    def mean(self) -> float | None:
        """The published mean, or the middle of what a code or word stands for."""
        return None if self.estimate is None else self.estimate.mean


@dataclass(frozen=True, slots=True)
class Lowest:
    """Which dimensions may be the lowest, most probable first, and how sure that is."""

    certainty: Certainty
    dimensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether the plan may ask people to expose themselves."""

    dimension: str
    threshold: float
    p_at_least: float | None
    """Probability that the dimension reaches the threshold; None where it is not measured."""
    is_open: bool
    read_first: bool
    """The dimension stands so low that help from outside comes before any practice."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One term of a score: weight × need when picked × factors = contribution."""

    dimension: str
    weight: float
    need: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Factors:
    """What a benefit is multiplied with; `effort` is 1/√(effort band)."""

    evidence: float
    fit: float
    ledger: float
    effort: float

    @property
    def product(self) -> float:
        """All factors multiplied."""
        return self.evidence * self.fit * self.ledger * self.effort


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """The nearest higher mean of one dimension at which a practice would leave the focus."""

    dimension: str
    mean: float
    instead: str | None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One practice of the focus, or one of those that come next."""

    practice: str
    rank: int
    rule: Rule
    score: float
    reasons: tuple[Reason, ...]
    factors: Factors
    extra_need: float
    """What a strained counterpart adds to the need in each dimension that it strains; 0 without one."""
    stability: float | None
    """Share of draws in which it stays in focus; None without measurements, or outside the focus."""
    counterfactual: Counterfactual | None


@dataclass(frozen=True, slots=True)
class Held:
    """A practice that is not offered now, and by which rule."""

    practice: str
    hold: Hold
    threshold: float | None = None
    needs: tuple[Need, ...] = ()
    """What it builds on and is not there yet."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A fixed point of the rhythm; the day counts from the start of the plan."""

    kind: MilestoneKind
    day: int
    date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that a team's site, terminal or JSON says about what to do."""

    team: str
    wave: str | None
    standings: Mapping[str, Standing]
    gate: Gate
    lowest: Lowest | None
    strength: str | None
    focus: tuple[Recommendation, ...]
    next: tuple[Recommendation, ...]
    later: tuple[Held, ...]
    excluded: tuple[Held, ...]
    eligible: tuple[Recommendation, ...]
    """Everything that may be offered, by its score before anything is chosen."""
    milestones: tuple[Milestone, ...]

    @property
    def ranking(self) -> tuple[tuple[str, float], ...]:
        """The eligible practices with their undiscounted scores, best first."""
        return tuple((one.practice, one.score) for one in self.eligible)

    @property
    def measured(self) -> tuple[Standing, ...]:
        """The standings that say something, greatest need first."""
        known = [standing for standing in self.standings.values() if standing.measured]
        return tuple(sorted(known, key=lambda one: (-one.need, one.mean, one.dimension)))
