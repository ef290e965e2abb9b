"""The publishing rules (version publish-1) that the writer and the strict reader of an assessment share.

Targets, gates and end codes are stated on 1 to 7 and mapped linearly to other scales. The rules were
checked by enumerating every answer set of small teams: with them no person's answer is determined,
neither for an outsider who knows the exact number of respondents nor for a colleague who also knows
their own answer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from trust_playbook.team.records import Agreement, Band, PublishedScale

RULES = "publish-1"
LOWEST_BAND: Band = "3-4"
MOST_IN_BAND: Mapping[Band, int] = MappingProxyType({"3-4": 4, "5-7": 7, "8-12": 12, "13-24": 24})
"""The most people that a band can stand for; the last band has no end."""
TYPICAL_SHARE = 0.183
"""Half-width of the typical interval as a share of the scale's range (± 1.1 on 1 to 7)."""
SPREAD_FLOOR = 0.8
"""Standard deviations below this, on 1 to 7, are read as this: a small spread shows single answers."""
SPREAD_SPLIT = (2.0, 2.6)
"""Standard deviations from the first, on 1 to 7, are read as the second."""
FEW_CHANGED = range(1, 5)
NEW_BASELINE_SHARE = 0.3

_BANDS: tuple[tuple[int, Band], ...] = ((25, "25+"), (13, "13-24"), (8, "8-12"), (5, "5-7"), (3, "3-4"))
END_CODES: Mapping[Band, tuple[float, float]] = MappingProxyType(
    {"5-7": (2.4, 5.6), "8-12": (1.9, 6.1), "13-24": (1.5, 6.5), "25+": (1.5, 6.5)}
)
"""The codes for a mean near an end, on 1 to 7, by band of respondents: at most the first, at least the second."""
CODED_HALF_WIDTHS: Mapping[Band, float | None] = MappingProxyType({"5-7": None, "8-12": 0.7, "13-24": 0.5, "25+": 0.5})
"""Half-width that a coded end stands for, on 1 to 7; None is the typical width."""


def band_of(count: int) -> Band | None:
    """Return the band of a number of respondents, None below 3."""
    return next((band for start, band in _BANDS if count >= start), None)


def on_scale(value: float, scale: PublishedScale) -> float:
    """Map a value stated on 1 to 7 linearly to `scale`."""
    return scale.min + (value - 1) / 6 * (scale.max - scale.min)


def width_on_scale(width: float, scale: PublishedScale) -> float:
    """Map a width stated on 1 to 7 linearly to `scale`."""
    return width / 6 * (scale.max - scale.min)


def from_scale(value: float, scale: PublishedScale) -> float:
    """Map a value on `scale` linearly to 1 to 7."""
    return 1 + (value - scale.min) * 6 / (scale.max - scale.min)


def typical_half_width(scale: PublishedScale) -> float:
    """Return the half-width of the typical interval, to 0.1 (1.1 on 1 to 7)."""
    return nearest(TYPICAL_SHARE * (scale.max - scale.min), 0.1)


def end_codes(band: Band, scale: PublishedScale) -> tuple[float, float]:
    """Return the low and the high end code of a band, rounded towards the middle to 0.1."""
    low, high = END_CODES[band]
    return outward_up(on_scale(low, scale)), outward_down(on_scale(high, scale))


def nearest(value: float, step: float) -> float:
    """Round to the nearest multiple of `step`, halves upward."""
    return round(math.floor(value / step + 0.5 + 1e-9) * step, 1)


def outward_down(value: float) -> float:
    """Round down to 0.1."""
    return round(math.floor(value * 10 + 1e-9) / 10, 1)


def outward_up(value: float) -> float:
    """Round up to 0.1."""
    return round(math.ceil(value * 10 - 1e-9) / 10, 1)


def clipped(low: float, high: float, scale: PublishedScale) -> tuple[float, float]:
    """Clip an interval to the ends of the scale."""
    return max(low, float(scale.min)), min(high, float(scale.max))


def typical_interval(mean: float, scale: PublishedScale) -> tuple[float, float]:
    """Return the mean ± the typical half-width, clipped to the scale."""
    half = typical_half_width(scale)
    return clipped(round(mean - half, 1), round(mean + half, 1), scale)


def published_spread(spread: float, scale: PublishedScale) -> float:
    """Return a standard deviation as the rules read it: floored, and the widest ones alike."""
    floor, (split, read_as) = SPREAD_FLOOR, SPREAD_SPLIT
    if spread >= width_on_scale(split, scale):
        return width_on_scale(read_as, scale)
    return max(spread, width_on_scale(floor, scale))


def agreement_of(spread: float, scale: PublishedScale) -> Agreement:
    """Return one word for a published spread: agree below 1.0, differ below 1.5, else split (on 1 to 7)."""
    if spread < width_on_scale(1.0, scale):
        return "agree"
    return "differ" if spread < width_on_scale(1.5, scale) else "split"
