"""Where a team stands in every dimension, from the newest assessment that says anything about it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from trust_playbook.library import Library
from trust_playbook.tailoring.estimates import Estimate, estimate, need, p_lowest
from trust_playbook.tailoring.results import Change, Gate, Lowest, Standing
from trust_playbook.team import Team
from trust_playbook.team.records import Assessment

COLD_START_NEED = 0.5
GATE_THRESHOLD = 4.0
GATE_PROBABILITY = 0.5
READ_FIRST_MEAN = 3.0
CLEARLY, PROBABLY = 0.8, 0.5
_ROUNDING = 1e-9
_Z95 = 1.96


def standings_of(team: Team, library: Library) -> Mapping[str, Standing]:
    """Return a standing for every dimension of the library, measured or not, in the library's order."""
    sources = {id: _newest(id, team, library) for id in library.dimensions}
    estimates = {id: found for id, source in sources.items() if source and (found := _estimate(id, source))}
    chances = p_lowest(estimates)
    target = team.playbook.target
    return MappingProxyType(
        {
            id: _standing(
                id,
                target,
                sources[id],
                estimates.get(id),
                chances.get(id),
                library,
                _change(id, sources[id], team),
                cold=not estimates,
            )
            for id in library.dimensions
        }
    )


def _newest(dimension: str, team: Team, library: Library) -> Assessment | None:
    """Return the newest wave that measured a dimension; within a wave the instrument with more items for it."""

    def items(one: Assessment) -> int:
        instrument = library.instruments.get(one.instrument.id)
        return sum(item.dimension == dimension for item in instrument.items) if instrument else 0

    found = [one for one in team.assessments if dimension in one.dimensions]
    return max(found, key=lambda one: (one.wave, items(one), one.instrument.id), default=None)


def _estimate(dimension: str, source: Assessment) -> Estimate | None:
    return estimate(source.dimensions[dimension], source)


def _standing(
    dimension: str,
    target: float,
    source: Assessment | None,
    found: Estimate | None,
    chance: float | None,
    library: Library,
    change: Change | None,
    *,
    cold: bool,
) -> Standing:
    unknown = COLD_START_NEED if cold else 0.0
    return Standing(
        dimension=dimension,
        target=target,
        assessment=source,
        published=source.dimensions[dimension] if source else None,
        estimate=found,
        level=library.level_of(found.mean).id if found else None,
        need=need(found.expected_shortfall(target), target) if found else unknown,
        p_below_target=found.p_below(target) if found else None,
        p_lowest=chance,
        change=change,
    )


def _change(dimension: str, source: Assessment | None, team: Team) -> Change | None:
    """Compare with the wave before of the same instrument and version, unless this one is a new baseline."""
    now = _estimate(dimension, source) if source else None
    if source is None or now is None or source.baseline != "continues":
        return None
    earlier = [
        one
        for one in team.assessments
        if one.instrument == source.instrument and one.wave < source.wave and dimension in one.dimensions
    ]
    before = _estimate(dimension, earlier[-1]) if earlier else None
    if before is None:
        return None
    noise = _Z95 * math.sqrt(now.se**2 + before.se**2)
    return Change(earlier[-1].wave, now.mean - before.mean, noise)


def gate_of(standings: Mapping[str, Standing], library: Library) -> Gate:
    """Return whether P(gate dimension ≥ 4.0) is at least .5; closed where the dimension is not measured."""
    id = library.routing.gate
    found = standings[id].estimate
    if found is None:
        return Gate(id, GATE_THRESHOLD, None, is_open=False, read_first=False)
    chance = 1 - found.p_below(GATE_THRESHOLD)
    is_open = chance >= GATE_PROBABILITY - _ROUNDING
    return Gate(id, GATE_THRESHOLD, chance, is_open=is_open, read_first=found.mean <= READ_FIRST_MEAN + _ROUNDING)


def lowest_of(standings: Mapping[str, Standing]) -> Lowest | None:
    """Return which dimensions may be the lowest: clearly from .8, probably from .5, else the set that sums to .8."""
    chances = {id: one.p_lowest for id, one in standings.items() if one.p_lowest is not None}
    ordered = sorted(chances, key=lambda id: (-chances[id], id))
    if not ordered:
        return None
    first = chances[ordered[0]]
    if len(ordered) == 1:
        return Lowest("only", (ordered[0],))
    if first >= CLEARLY:
        return Lowest("clearly", (ordered[0],))
    if first >= PROBABLY and first > chances[ordered[1]] + _ROUNDING:
        return Lowest("probably", (ordered[0],))
    total = 0.0
    candidates: list[str] = []
    for id in ordered:
        # Whoever ties with the last one named is named too.
        if total >= CLEARLY and chances[id] < chances[candidates[-1]] - _ROUNDING:
            break
        candidates.append(id)
        total += chances[id]
    return Lowest("cannot-tell", tuple(candidates))


def strength_of(standings: Mapping[str, Standing], lowest: Lowest | None) -> str | None:
    """Return the dimension to keep: the highest, if it is at target or cannot be among the lowest."""
    known = [one for one in standings.values() if one.estimate is not None]
    if not known:
        return None
    best = min(known, key=lambda one: (one.need, -(one.mean or 0.0), one.dimension))
    at_target = best.p_below_target is not None and best.p_below_target < PROBABLY
    may_be_lowest = lowest is None or best.dimension in lowest.dimensions
    return best.dimension if at_target or not may_be_lowest else None
