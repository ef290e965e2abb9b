"""Answers → scores: keyed items, person means, team means, and the figures that check their quality.

Variances are sample variances (n - 1). A person is scored with at least the instrument's share of items
answered; the team's mean is the unweighted mean of persons, so that nobody counts for more by answering more.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from statistics import fmean, stdev, variance

from scipy.special import stdtrit

from trust_playbook.library.instruments import Instrument, Item, ResponseScale
from trust_playbook.survey.answers import Answers

Keyed = tuple[float | None, ...]
PROMOTER, DETRACTOR = 9, 6


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """Unrounded figures of one dimension, for the operator's eyes and the publishing rules only."""

    dimension: str
    items: int
    n: int
    mean: float | None
    sd: float | None
    interval: tuple[float, float] | None
    alpha: float | None
    alpha_n: int
    rwg_star: float | None
    ad: float | None
    imputed: float
    """Share of the scored persons' cells that their own mean stands in for."""
    reverse_gap: float | None
    """Mean of positive items minus mean of reversed items, both keyed."""
    persons: tuple[float, ...] = field(repr=False)


def keyed(raw: int, scale: ResponseScale, *, reverse: bool) -> float:
    """Return a raw point so that more is better: (min + max) - raw for a reversed item."""
    return float(scale.min + scale.max - raw if reverse else raw)


def person_score(answers: Keyed, minimum_share: float) -> float | None:
    """Return the mean of the answered keyed items, or None below the share that must be answered."""
    given = [answer for answer in answers if answer is not None]
    needed = max(1, math.ceil(len(answers) * minimum_share - 1e-9))
    return fmean(given) if len(given) >= needed else None


def t_interval(mean: float, sd: float, n: int, scale: ResponseScale) -> tuple[float, float]:
    """Return the 95 % Student t interval of a mean, clipped to the scale (mean ± t(.975, n-1) sd/√n)."""
    half = t_half_width(sd, n)
    return max(float(scale.min), mean - half), min(float(scale.max), mean + half)


def t_half_width(sd: float, n: int) -> float:
    """Return t(.975, n-1) · sd / √n."""
    return float(stdtrit(n - 1, 0.975)) * sd / math.sqrt(n)


def cronbach_alpha(complete: tuple[tuple[float, ...], ...]) -> float | None:
    """Return k/(k-1) · (1 - Σ var(item) / var(total)) over complete rows (Cronbach 1951); None if undefined."""
    if len(complete) < 2 or len(complete[0]) < 2:  # noqa: PLR2004
        return None
    total = variance([sum(row) for row in complete])
    if total == 0:
        return None
    count = len(complete[0])
    items = sum(variance(column) for column in zip(*complete, strict=True))
    return float(count / (count - 1) * (1 - items / total))


def rwg_star(columns: tuple[tuple[float, ...], ...], points: int) -> float | None:
    """Return 1 - mean item variance / ((A² - 1) / 12) (Lindell and Brandt 1999); may be negative."""
    spreads = [variance(column) for column in columns if len(column) > 1]
    return 1 - fmean(spreads) / ((points**2 - 1) / 12) if len(spreads) == len(columns) else None


def average_deviation(columns: tuple[tuple[float, ...], ...]) -> float | None:
    """Return the mean over items of the mean absolute deviation from the item's mean (Burke et al. 1999)."""
    if not all(columns):
        return None
    centres = [fmean(column) for column in columns]
    return fmean(fmean(abs(v - centre) for v in column) for column, centre in zip(columns, centres, strict=True))


def score(answers: Answers, instrument: Instrument) -> tuple[DimensionScore, ...]:
    """Score each dimension of an instrument, in the order of its items."""
    dimensions = dict.fromkeys(item.dimension for item in instrument.items if item.dimension)
    return tuple(_score_dimension(id, answers, instrument) for id in dimensions)


@dataclass(frozen=True, slots=True)
class RecommendScore:
    """Share of 9 and 10 minus share of 0 to 6, from -100 to 100, with its adjusted 95 % interval."""

    n: int
    score: int | None
    interval: tuple[float, float] | None


def recommend_score(answers: Answers) -> RecommendScore:
    """Score the recommend question (answers of 7 and 8 count in n only).

    The interval adds three answers, 3/4 of one above and 3/4 of one below (adjusted Wald, after Bonett and
    Price 2012), so that answers all alike do not make it vanish; it is clipped to -100 and 100.
    """
    given = [row[0] for row in answers.rows if row[0] is not None]
    if not given:
        return RecommendScore(0, None, None)
    above, below, n = sum(one >= PROMOTER for one in given), sum(one <= DETRACTOR for one in given), len(given)
    more, less, of = (above + 0.75) / (n + 3), (below + 0.75) / (n + 3), n + 3
    half = 1.96 * math.sqrt((more + less - (more - less) ** 2) / of)
    interval = max(-100.0, 100 * (more - less - half)), min(100.0, 100 * (more - less + half))
    return RecommendScore(n, math.floor(100 * (above - below) / n + 0.5), interval)


@dataclass(frozen=True, slots=True)
class ItemShare:
    """How many answered an item that stands alone for its dimension, and which share of them favourably."""

    item: str
    n: int
    favourable: float
    """From 0 to 1: answers above the middle of the scale, once keyed."""


def item_shares(answers: Answers, instrument: Instrument) -> tuple[ItemShare, ...]:
    """Return the favourable share of each item that stands alone for its dimension."""
    alone = Counter(item.dimension for item in instrument.items)
    middle = (instrument.scale.min + instrument.scale.max) / 2
    found = []
    for index, item in enumerate(instrument.items):
        if item.dimension is not None and alone[item.dimension] == 1:
            given = [
                keyed(raw, instrument.scale, reverse=item.reverse)
                for row in answers.rows
                if (raw := row[index]) is not None
            ]
            found.append(ItemShare(item.id, len(given), sum(one > middle for one in given) / max(1, len(given))))
    return tuple(found)


def _score_dimension(dimension: str, answers: Answers, instrument: Instrument) -> DimensionScore:
    items = [(index, item) for index, item in enumerate(instrument.items) if item.dimension == dimension]
    rows = [_keyed_row(row, items, instrument.scale) for row in answers.rows]
    scores = [(row, person_score(row, instrument.minimum_items)) for row in rows]
    scored = [row for row, value in scores if value is not None]
    persons = tuple(value for _, value in scores if value is not None)
    columns = tuple(tuple(value for value in column if value is not None) for column in zip(*scored, strict=True))
    complete = tuple(tuple(value for value in row if value is not None) for row in scored if None not in row)
    mean = fmean(persons) if persons else None
    sd = stdev(persons) if len(persons) > 1 else None
    points = instrument.scale.max - instrument.scale.min + 1
    return DimensionScore(
        dimension=dimension,
        items=len(items),
        n=len(persons),
        mean=mean,
        sd=sd,
        interval=t_interval(mean, sd, len(persons), instrument.scale) if mean is not None and sd is not None else None,
        alpha=cronbach_alpha(complete),
        alpha_n=len(complete),
        rwg_star=rwg_star(columns, points) if columns else None,
        ad=average_deviation(columns) if columns else None,
        imputed=sum(row.count(None) for row in scored) / max(1, len(scored) * len(items)),
        reverse_gap=_reverse_gap(columns, [item for _, item in items]),
        persons=persons,
    )


def _keyed_row(row: tuple[int | None, ...], items: list[tuple[int, Item]], scale: ResponseScale) -> Keyed:
    return tuple(
        None if (raw := row[index]) is None else keyed(raw, scale, reverse=item.reverse) for index, item in items
    )


def _reverse_gap(columns: tuple[tuple[float, ...], ...], items: list[Item]) -> float | None:
    positive = [value for column, item in zip(columns, items, strict=False) if not item.reverse for value in column]
    reversed_ = [value for column, item in zip(columns, items, strict=False) if item.reverse for value in column]
    return fmean(positive) - fmean(reversed_) if positive and reversed_ else None


def alike_answers(answers: Answers, instrument: Instrument) -> int:
    """Count respondents who gave one and the same point, not the middle, to all items, reversed ones too."""
    return sum(is_alike(row, instrument) for row in answers.rows)


def is_alike(row: tuple[int | None, ...], instrument: Instrument) -> bool:
    """Return whether one point, not the middle, answers every item although some are reversed."""
    if len({item.reverse for item in instrument.items}) == 1:
        return False
    middle = (instrument.scale.min + instrument.scale.max) / 2
    return len(set(row)) == 1 and row[0] is not None and row[0] != middle
