"""Standings, gate, choice and rhythm as one Plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from trust_playbook.library import Library
from trust_playbook.tailoring import selection
from trust_playbook.tailoring.estimates import HIGH, LOW, Estimate, need
from trust_playbook.tailoring.results import (
    EXCLUDING,
    Counterfactual,
    Held,
    Milestone,
    MilestoneKind,
    Plan,
    Reason,
    Recommendation,
    Rule,
    Standing,
)
from trust_playbook.tailoring.selection import Candidate, Limits, Pick
from trust_playbook.tailoring.standing import gate_of, lowest_of, standings_of, strength_of
from trust_playbook.team import Team
from trust_playbook.team.records import Playbook

DRAWS = 1_000
SEED = 1999
NEXT = 3
STEP = 0.1
RHYTHM: tuple[tuple[MilestoneKind, int], ...] = (
    ("debrief", 10),
    ("you-said", 20),
    ("did-it-happen", 30),
    ("signals", 60),
)
ABOUT_ANSWERS: frozenset[MilestoneKind] = frozenset({"debrief", "you-said"})
ABOUT_PRACTICES: frozenset[MilestoneKind] = frozenset({"did-it-happen", "signals", "review"})
_SATURDAY = 5
DAYS_TO_NEXT_WAVE = 182


def tailor(library: Library, team: Team) -> Plan:
    """Return a team's plan; the same library and team give the same plan."""
    standings = standings_of(team, library)
    gate, lowest = gate_of(standings, library), lowest_of(standings)
    candidates, held = selection.candidates_of(team, library, standings, gate)
    limits = _limits(team.playbook)
    first = selection.forced(team, library, standings, candidates)
    needs = {id: standing.need for id, standing in standings.items()}
    picks = selection.choose(candidates, needs, limits, first)
    ranked = sorted(candidates, key=lambda one: selection.order(one, needs))
    rest = [one for one in ranked if one.practice not in {pick.candidate.practice for pick in picks}]
    left = _left(picks, needs)
    called = [one for one in rest if selection.called_for(one, needs, limits)]
    offered = sorted(
        (one for one in called if not selection.is_too_long(one, limits)), key=lambda one: selection.order(one, left)
    )
    waiting = [Held(one.practice, "minutes") for one in called if selection.is_too_long(one, limits)]
    waiting += [Held(one.practice, "no-need") for one in rest if one not in called]
    stability = _stability(candidates, standings, limits, first)
    return Plan(
        team=team.id,
        wave=max((one.assessment.wave for one in standings.values() if one.assessment), default=None),
        standings=standings,
        gate=gate,
        lowest=lowest,
        strength=strength_of(standings, lowest),
        focus=tuple(
            _recommendation(
                pick,
                rank,
                stability.get(pick.candidate.practice, None if not stability else 0.0),
                _counterfactual(pick, candidates, standings, limits, first),
            )
            for rank, pick in enumerate(picks, start=1)
        ),
        next=tuple(
            _recommendation(Pick(one, "score", left), rank, None, None)
            for rank, one in enumerate(offered[:NEXT], start=len(picks) + 1)
        ),
        later=tuple(one for one in held if one.hold not in EXCLUDING) + tuple(waiting),
        excluded=tuple(one for one in held if one.hold in EXCLUDING),
        eligible=tuple(
            _recommendation(Pick(one, "score", needs), rank, None, None) for rank, one in enumerate(ranked, start=1)
        ),
        milestones=_milestones(
            team.playbook, measured=any(one.measured for one in standings.values()), has_focus=bool(picks)
        ),
    )


def _limits(playbook: Playbook) -> Limits:
    minimum = need(selection.MINIMUM_SHORTFALL, playbook.target)
    return Limits(playbook.focus.practices, playbook.focus.minutes_per_week, minimum)


def _left(picks: Sequence[Pick], needs: Mapping[str, float]) -> dict[str, float]:
    """Return the needs that remain after all picks."""
    left = dict(needs)
    for pick in picks:
        for id, weight in pick.candidate.weights.items():
            left[id] = left.get(id, 0.0) * (1 - weight / 2)
    return left


def _recommendation(
    pick: Pick, rank: int, stability: float | None, counterfactual: Counterfactual | None
) -> Recommendation:
    terms = pick.candidate.terms(pick.needs)
    reasons = tuple(Reason(id, weight, needed, part) for id, (weight, needed, part) in terms.items())
    return Recommendation(
        practice=pick.candidate.practice,
        rank=rank,
        rule=pick.rule,
        score=pick.candidate.score(pick.needs),
        reasons=tuple(sorted(reasons, key=lambda one: (-one.contribution, one.dimension))),
        factors=pick.candidate.factors,
        extra_need=max((pick.candidate.extra_need.get(one.dimension, 0.0) for one in reasons), default=0.0),
        stability=stability,
        counterfactual=counterfactual,
    )


def _stability(
    candidates: Sequence[Candidate],
    standings: Mapping[str, Standing],
    limits: Limits,
    first: Sequence[tuple[str, Rule]],
) -> dict[str, float]:
    """Return how often each practice is chosen when the true means are drawn from their uncertainty."""
    known = {id: one.estimate for id, one in standings.items() if one.estimate is not None}
    if not known:
        return {}
    random = Random(SEED)  # noqa: S311  # a fixed seed, so that a plan does not change by itself
    counts: dict[str, int] = {}
    for _ in range(DRAWS):
        drawn = {id: random.gauss(one.mean, one.se) for id, one in known.items()}
        needs = {id: need(max(0.0, standings[id].target - theta), standings[id].target) for id, theta in drawn.items()}
        for pick in selection.choose(candidates, needs, limits, first):
            counts[pick.candidate.practice] = counts.get(pick.candidate.practice, 0) + 1
    return {id: count / DRAWS for id, count in counts.items()}


def _counterfactual(
    pick: Pick,
    candidates: Sequence[Candidate],
    standings: Mapping[str, Standing],
    limits: Limits,
    first: Sequence[tuple[str, Rule]],
) -> Counterfactual | None:
    """Raise the dimension that speaks most for a pick in steps of 0.1 until the pick leaves the focus."""
    if pick.rule != "score":
        return None
    terms = pick.candidate.terms(pick.needs)
    leading = min(terms, key=lambda id: (-terms[id][2], id))
    found = standings[leading].estimate
    if found is None:
        return None
    needs = {id: one.need for id, one in standings.items()}
    before = {one.candidate.practice for one in selection.choose(candidates, needs, limits, first)}
    steps = round((HIGH - max(LOW, found.mean)) / STEP)
    for step in range(1, steps + 1):
        mean = round(found.mean + step * STEP, 1)
        target = standings[leading].target
        needs[leading] = need(Estimate(mean, found.se).expected_shortfall(target), target)
        after = [one.candidate.practice for one in selection.choose(candidates, needs, limits, first)]
        if pick.candidate.practice not in after:
            instead = next((id for id in after if id not in before), None)
            return Counterfactual(leading, mean, instead)
    return None


def _milestones(playbook: Playbook, *, measured: bool, has_focus: bool) -> tuple[Milestone, ...]:
    """Return the fixed points of a plan, moved from a weekend to the Monday after it.

    A full wave comes after six months, whatever the horizon. Without answers there is nothing to see
    together; without practices there is nothing to look after.
    """
    horizon = playbook.focus.horizon_days
    points: list[tuple[MilestoneKind, int]] = [(kind, day) for kind, day in RHYTHM if day < horizon]
    points += [("review", horizon), ("wave", max(DAYS_TO_NEXT_WAVE, horizon))]
    left_out = (ABOUT_ANSWERS if not measured else frozenset()) | (ABOUT_PRACTICES if not has_focus else frozenset())
    start = playbook.focus.start
    return tuple(
        Milestone(kind, day, workday(start + timedelta(days=day)) if start else None)
        for kind, day in points
        if kind not in left_out
    )


def workday(day: date) -> date:
    """Return a day, or the Monday after it where it falls on a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= _SATURDAY else 0)
