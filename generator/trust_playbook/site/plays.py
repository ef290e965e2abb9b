"""A practice as one team runs it: why it stands here, and which variant fits."""

from __future__ import annotations

from dataclasses import dataclass

from trust_playbook.library import Library
from trust_playbook.library.practices import Practice
from trust_playbook.site import sentences, wording
from trust_playbook.tailoring import Plan
from trust_playbook.tailoring.results import Factors, Recommendation
from trust_playbook.team import Team

REMOTE = {"remote": "Because you work remotely", "hybrid": "Because some of you work remotely"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayView:
    """A practice as this team runs it."""

    id: str
    practice: Practice
    rank: int
    because: str
    score: str
    arithmetic: str
    reasons: tuple[tuple[str, str, str, str, str], ...]
    """Dimension id, name, weight, need, contribution."""
    factors: tuple[tuple[str, str, str], ...]
    """Factor, value, what it stands for."""
    strained: str | None
    need_left: str | None
    stability: str | None
    counterfactual: str | None
    variants: tuple[tuple[str, str], ...]


def play_view(found: Recommendation, team: Team, plan: Plan, library: Library) -> PlayView:
    """Return a recommended practice as a team runs it, with why it stands here."""
    practice = library.practices[found.practice]
    return PlayView(
        id=found.practice,
        practice=practice,
        rank=found.rank,
        because=sentences.because(found, plan, library),
        score=f"{found.score:.3f}",
        arithmetic=sentences.arithmetic(found, library),
        reasons=tuple(
            (
                one.dimension,
                library.dimensions[one.dimension].name,
                f"{one.weight:.2f}",
                f"{one.need:.3f}",
                f"{one.contribution:.3f}",
            )
            for one in found.reasons
        ),
        factors=_factors(found.factors, practice),
        strained=sentences.strained(
            found, [one.name for one in team.playbook.counterparts if one.relation == "strained"]
        ),
        need_left=sentences.need_left(found, plan, library),
        stability=sentences.stability(found, plan),
        counterfactual=sentences.counterfactual(found, plan, library),
        variants=_variants(practice, team),
    )


def _factors(factors: Factors, practice: Practice) -> tuple[tuple[str, str, str], ...]:
    fits = "your size and setting suit it" if factors.fit == 1 else "made for another size of group"
    return (
        ("Evidence", f"{factors.evidence:.2f}", f"grade {practice.evidence.grade}"),
        ("Fit", f"{factors.fit:.2f}", fits),
        ("History", f"{factors.ledger:.2f}", "not dropped before" if factors.ledger == 1 else "you dropped it before"),
        ("Effort", f"{factors.effort:.2f}", f"one over the root of effort {practice.effort} of 5"),
    )


def _variants(practice: Practice, team: Team) -> tuple[tuple[str, str], ...]:
    """Return the variants that fit a team: its setting, its size, its counterparts."""
    facts, found = team.playbook.team, []
    if facts.setting in REMOTE:
        found.append((REMOTE[facts.setting], practice.variants.remote))
    if practice.variants.large_team and facts.size is not None and facts.size > practice.group.size[1]:
        found.append((f"Because there are {facts.size} of you", practice.variants.large_team))
    if practice.variants.across_teams and team.playbook.counterparts:
        names = wording.listed([one.name for one in team.playbook.counterparts])
        found.append((f"With {names}", practice.variants.across_teams))
    return tuple(found)
