"""From a published form to numbers on 1 to 7: location, uncertainty, need, and who is lowest.

A dimension's true mean is taken as theta ~ Normal(m, se), with m and se from what was published and
nothing else, so that a plan can say no more than the assessment file says.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trust_playbook.team import rules
from trust_playbook.team.records import Assessment, PublishedDimension

LOW, HIGH = 1.0, 7.0
_Z95 = 1.96
_THIRDS = {"low": 1 / 6, "middle": 1 / 2, "high": 5 / 6}
_GRID_POINTS = 801
_GRID_REACH = 6.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """Normal(mean, se) on 1 to 7."""

    mean: float
    se: float

    def p_below(self, value: float) -> float:
        """Return the probability that the true mean lies below a value."""
        return _cdf((value - self.mean) / self.se)

    def expected_shortfall(self, target: float) -> float:
        """Return E[max(0, target - theta)] in scale points: (T - m) Φ(z) + se φ(z), z = (T - m) / se."""
        z = (target - self.mean) / self.se
        return max(0.0, (target - self.mean) * _cdf(z) + self.se * _pdf(z))


def need(shortfall: float, target: float) -> float:
    """Return a shortfall as a share of the way from the scale's minimum to the target."""
    return shortfall / (target - LOW)


def estimate(form: PublishedDimension, assessment: Assessment) -> Estimate | None:
    """Return what a published form says of a dimension's mean; None where it was suppressed."""
    scale = assessment.scale
    typical = rules.typical_half_width(scale)
    half: float
    if form.mean is not None:
        low, high = form.interval or (form.mean - typical, form.mean + typical)
        middle, half = form.mean, max(form.mean - low, high - form.mean)
    elif form.at_least is not None:
        middle, half = (form.at_least + scale.max) / 2, _coded_half_width(form.at_least, 1, assessment)
    elif form.at_most is not None:
        middle, half = (form.at_most + scale.min) / 2, _coded_half_width(form.at_most, 0, assessment)
    elif form.word is not None:
        middle, half = scale.min + _THIRDS[form.word] * (scale.max - scale.min), typical
    else:
        return None
    return Estimate(rules.from_scale(middle, scale), half / (scale.max - scale.min) * (HIGH - LOW) / _Z95)


def _coded_half_width(code: float, end: int, assessment: Assessment) -> float:
    for band, width in rules.CODED_HALF_WIDTHS.items():
        if rules.end_codes(band, assessment.scale)[end] == code:
            stated = None if width is None else rules.width_on_scale(width, assessment.scale)
            return stated or rules.typical_half_width(assessment.scale)
    raise ValueError(code)


def p_lowest(estimates: Mapping[str, Estimate]) -> dict[str, float]:
    """Return each dimension's probability of being the lowest: ∫ f_d ∏ (1 - F_j), taken as independent.

    Trapezoids on an even grid; no seed. Conservative: stated values of .8 and more were true in .94
    to .97 of simulated teams.
    """
    if not estimates:
        return {}
    start = min(one.mean - _GRID_REACH * one.se for one in estimates.values())
    stop = max(one.mean + _GRID_REACH * one.se for one in estimates.values())
    grid = [start + (stop - start) * index / (_GRID_POINTS - 1) for index in range(_GRID_POINTS)]
    above = {id: [1 - one.p_below(x) for x in grid] for id, one in estimates.items()}
    masses = {
        id: _integral(
            [_pdf((x - one.mean) / one.se) / one.se * _product(above, id, index) for index, x in enumerate(grid)]
        )
        for id, one in estimates.items()
    }
    total = sum(masses.values())
    return {id: mass / total for id, mass in masses.items()}


def _product(above: Mapping[str, Sequence[float]], left_out: str, index: int) -> float:
    return math.prod(column[index] for id, column in above.items() if id != left_out)


def _integral(heights: Sequence[float]) -> float:
    return sum(heights) - (heights[0] + heights[-1]) / 2


def _cdf(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2))


def _pdf(z: float) -> float:
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
