"""Which practices are eligible, what each would be worth, and the greedy choice among them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from trust_playbook.library import Library
from trust_playbook.library.practices import Need, Practice, Tier
from trust_playbook.tailoring.results import Factors, Gate, Held, Rule, Standing
from trust_playbook.team import Team
from trust_playbook.team.records import Playbook

EVIDENCE = {"A": 1.0, "B": 0.85, "C": 0.7, "D": 0.55}
FIT_OTHER_SIZE = 0.6
LEDGER_DROPPED = 0.3
STRAINED_NEED = 0.3
MAX_PER_DIMENSION = 2
TIER_THRESHOLDS = {"exchange": 4.0, "stretch": 4.5}
TIER_PROBABILITY = 0.5
MINIMUM_SHORTFALL = 0.1
"""A shortfall below the finest step that is ever published is no reason to start something."""
_STARTED = frozenset({"trying", "adopted", "adapted"})
_KEPT = frozenset({"adopted", "adapted"})
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Candidate:
    """An eligible practice as the choice sees it."""

    practice: str
    weights: Mapping[str, float]
    main: str
    factors: Factors
    minutes: float
    effort: int
    extra_need: Mapping[str, float]
    """Need added by a strained counterpart, for this practice only."""

    def terms(self, needs: Mapping[str, float]) -> dict[str, tuple[float, float, float]]:
        """Return weight, need and contribution for each dimension served; contributions sum to the score."""
        product = self.factors.product
        found = {}
        for id, weight in self.weights.items():
            need = needs.get(id, 0.0) + self.extra_need.get(id, 0.0)
            found[id] = (weight, need, weight * need * product)
        return found

    def score(self, needs: Mapping[str, float]) -> float:
        """Return the benefit times the factors (design: score_p)."""
        return sum(contribution for _, _, contribution in self.terms(needs).values())


@dataclass(frozen=True, slots=True)
class Pick:
    """A chosen candidate, by which rule, and the needs as they stood when it was chosen."""

    candidate: Candidate
    rule: Rule
    needs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much fits into one focus."""

    practices: int
    minutes: float
    minimum_need: float


def candidates_of(
    team: Team, library: Library, standings: Mapping[str, Standing], gate: Gate
) -> tuple[tuple[Candidate, ...], tuple[Held, ...]]:
    """Split the library into what can be offered now and what is held back, each with its rule."""
    open_, held = [], []
    for id, practice in library.practices.items():
        if id == library.routing.debrief:
            continue
        reason = _held(id, practice, team.playbook, standings, gate)
        if reason is None:
            open_.append(_candidate(id, practice, team.playbook, library))
        else:
            held.append(reason)
    return tuple(open_), tuple(held)


def _held(
    id: str, practice: Practice, playbook: Playbook, standings: Mapping[str, Standing], gate: Gate
) -> Held | None:
    status = _ledger_status(id, playbook)
    if id in playbook.exclude:
        return Held(id, "excluded")
    if status in _KEPT:
        return Held(id, "kept")
    if playbook.team.setting is not None and playbook.team.setting not in practice.group.settings:
        return Held(id, "setting")
    if not _has_mandate(practice, playbook):
        return Held(id, "mandate")
    if status == "blocked":
        return Held(id, "blocked")
    if not gate.is_open and practice.first_risk == "members":
        return Held(id, "gate", gate.threshold)
    threshold = TIER_THRESHOLDS.get(practice.tier)
    if threshold is not None and not _reaches(standings[gate.dimension], threshold):
        return Held(id, "tier", threshold)
    unmet = tuple(need for need in practice.needs if not _met(need, playbook, standings))
    return Held(id, "need", needs=unmet) if unmet else None


def _has_mandate(practice: Practice, playbook: Playbook) -> bool:
    if playbook.mandate == "leader":
        return True
    needed = {"manager", "contributor"} if playbook.mandate == "team" else {"contributor"}
    return bool(needed & set(practice.leads))


def _ledger_status(id: str, playbook: Playbook) -> str | None:
    entries = [entry for entry in playbook.ledger if entry.practice == id]
    return max(entries, key=lambda entry: entry.since).status if entries else None


def _reaches(standing: Standing, threshold: float) -> bool:
    found = standing.estimate
    return found is not None and 1 - found.p_below(threshold) >= TIER_PROBABILITY - _ROUNDING


def _met(need: Need, playbook: Playbook, standings: Mapping[str, Standing]) -> bool:
    if need.practice is not None:
        return _ledger_status(need.practice, playbook) in _STARTED
    if need.dimension is not None and need.at_least is not None:
        return _reaches(standings[need.dimension], need.at_least)
    return any(_met(inner, playbook, standings) for inner in need.any or ())


def _candidate(id: str, practice: Practice, playbook: Playbook, library: Library) -> Candidate:
    low, high = practice.group.size
    size = playbook.team.size
    factors = Factors(
        evidence=EVIDENCE[practice.evidence.grade],
        fit=1.0 if size is None or low <= size <= high else FIT_OTHER_SIZE,
        ledger=LEDGER_DROPPED if _ledger_status(id, playbook) == "dropped" else 1.0,
        effort=1 / math.sqrt(practice.effort),
    )
    strained = practice.across and any(one.relation == "strained" for one in playbook.counterparts)
    return Candidate(
        practice=id,
        weights={dimension: weight.share for dimension, weight in practice.dimensions.items()},
        main=practice.main_dimension,
        factors=factors,
        minutes=practice.time.minutes_per_week,
        effort=practice.effort,
        extra_need=dict.fromkeys(library.routing.counterpart, STRAINED_NEED) if strained else {},
    )


def forced(
    team: Team, library: Library, standings: Mapping[str, Standing], candidates: Sequence[Candidate]
) -> tuple[tuple[str, Rule], ...]:
    """Return the practices that rules put into the focus before any score: pins, split dimensions, events."""
    found: dict[str, Rule] = dict.fromkeys(team.playbook.pin, "pinned")
    for standing in standings.values():
        if _is_split(standing):
            id = _conversation_about(standing.dimension, library, candidates)
            if id is not None:
                found.setdefault(id, "split")
    newest = max((event.quarter for event in team.playbook.events), default=None)
    starts = library.routing.events.practices
    for event in team.playbook.events:
        if event.quarter == newest and event.kind in starts:
            found.setdefault(starts[event.kind], "event")
    return tuple(found.items())


def _is_split(standing: Standing) -> bool:
    return standing.published is not None and standing.published.agreement == "split"


def _conversation_about(dimension: str, library: Library, candidates: Sequence[Candidate]) -> str | None:
    """Return the practice that opens a conversation about a dimension and asks least of people, if one is open."""
    found = [
        one.practice
        for one in candidates
        if one.main == dimension and library.practices[one.practice].move == "open-conversation"
    ]
    tiers = get_args(Tier)
    return min(found, key=lambda id: (tiers.index(library.practices[id].tier), id), default=None)


def choose(
    candidates: Sequence[Candidate],
    needs: Mapping[str, float],
    limits: Limits,
    first: Sequence[tuple[str, Rule]] = (),
) -> tuple[Pick, ...]:
    """Choose greedily with diminishing returns: after a pick, need × (1 - weight/2) in what it serves.

    At most two per main dimension, never more minutes or practices than the limits. Ties go to the
    lower effort, then to the id.
    """
    left = dict(needs)
    by_id = {candidate.practice: candidate for candidate in candidates}
    picks: list[Pick] = []
    for id, rule in first:
        if id in by_id and _fits(by_id[id], picks, limits):
            picks.append(_pick(by_id[id], rule, left))
    while len(picks) < limits.practices:
        chosen = {pick.candidate.practice for pick in picks}
        fitting = [
            one
            for one in candidates
            if one.practice not in chosen and _fits(one, picks, limits) and called_for(one, needs, limits)
        ]
        best = min(fitting, key=lambda one: order(one, left), default=None)
        if best is None:
            break
        picks.append(_pick(best, "score", left))
    return tuple(picks)


def order(candidate: Candidate, needs: Mapping[str, float]) -> tuple[float, int, str]:
    """Return the key that sorts the most useful candidate first."""
    return -round(candidate.score(needs), 12), candidate.effort, candidate.practice


def called_for(candidate: Candidate, needs: Mapping[str, float], limits: Limits) -> bool:
    """Return whether any dimension that a candidate serves falls short by more than the finest published step."""
    return any(need >= limits.minimum_need for _, need, _ in candidate.terms(needs).values())


def _pick(candidate: Candidate, rule: Rule, left: dict[str, float]) -> Pick:
    pick = Pick(candidate, rule, dict(left))
    for id, weight in candidate.weights.items():
        if id in left:
            left[id] *= 1 - weight / 2
    return pick


def _fits(candidate: Candidate, picks: Sequence[Pick], limits: Limits) -> bool:
    """Return whether a candidate fits beside the picks: number, minutes, and two per main dimension."""
    minutes = sum(pick.candidate.minutes for pick in picks) + candidate.minutes
    same = sum(pick.candidate.main == candidate.main for pick in picks)
    return len(picks) < limits.practices and minutes <= limits.minutes + _ROUNDING and same < MAX_PER_DIMENSION


def is_too_long(candidate: Candidate, limits: Limits) -> bool:
    """Return whether a candidate takes more minutes than there are, even alone."""
    return candidate.minutes > limits.minutes + _ROUNDING
