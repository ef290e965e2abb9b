"""Charts as geometry: percentages along the axis and pixels down the page, for templates to draw.

Positions along the axis are percentages of the width, so that a chart fits any screen while its text
keeps the size of the text around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trust_playbook.library import Library
from trust_playbook.site import wording
from trust_playbook.tailoring.estimates import HIGH, LOW
from trust_playbook.tailoring.results import Standing
from trust_playbook.team import rules

MARGIN = 1.5
ROW_HEIGHT = 56
TOP = 30
_THIRD = {"low": (LOW, 3.0), "middle": (3.0, 5.0), "high": (5.0, HIGH)}


@dataclass(frozen=True, slots=True)
class Row:
    """One dimension of a dot plot; x values are percentages, y values pixels."""

    label: str
    value: str
    range: str
    verdict: str
    label_y: int
    y: int
    low: float | None
    width: float | None
    mean: float | None
    below: bool
    agreed: bool
    rest: bool
    """Whether it recedes behind those that matter most."""

    @property
    def text(self) -> str:
        """Everything that is written beside the label."""
        return f"{self.value}{self.range}{self.verdict}"


@dataclass(frozen=True, slots=True)
class DotPlot:
    """Dimensions on one axis over the full scale, with interval, mean and target."""

    id: str
    title: str
    description: str
    rows: tuple[Row, ...]
    height: int
    axis_y: int
    ticks: tuple[tuple[int, float], ...]
    target: str
    target_x: float


def position(value: float) -> float:
    """Return where a value on 1 to 7 stands along the axis, in per cent of the width."""
    return round(MARGIN + (value - LOW) / (HIGH - LOW) * (100 - 2 * MARGIN), 2)


def dot_plot(
    id: str, title: str, standings: Sequence[Standing], library: Library, *, named: int | None = None
) -> DotPlot:
    """Return the dot plot of some measured standings, in the order given; all but the first `named` recede."""
    target = standings[0].target
    rows = tuple(
        _row(index, one, library, rest=named is not None and index >= named) for index, one in enumerate(standings)
    )
    spoken = "; ".join(f"{row.label}: {row.text}" for row in rows)
    height = TOP + ROW_HEIGHT * len(rows) + 24
    return DotPlot(
        id=id,
        title=title,
        description=f"Scale from 1 to 7, target {wording.number(target)}. {spoken}.",
        rows=rows,
        height=height,
        axis_y=height - 20,
        ticks=tuple((point, position(point)) for point in range(int(LOW), int(HIGH) + 1)),
        target=f"target {wording.number(target)}",
        target_x=position(target),
    )


def _row(index: int, standing: Standing, library: Library, *, rest: bool) -> Row:
    low, mean, high = _ends(standing)
    top = TOP + ROW_HEIGHT * index
    interval = wording.interval(standing)
    return Row(
        label=library.dimensions[standing.dimension].name,
        value=wording.value(standing),
        range=f", plausible {interval}" if interval else "",
        verdict=", below target" if wording.is_below(standing) else "",
        label_y=top + 18,
        y=top + 38,
        low=position(low) if low is not None else None,
        width=round(position(high) - position(low), 2) if low is not None and high is not None else None,
        mean=position(mean) if mean is not None else None,
        below=wording.is_below(standing),
        agreed=wording.is_agreed(standing),
        rest=rest,
    )


def _ends(standing: Standing) -> tuple[float | None, float | None, float | None]:
    """Return the low end, the mean and the high end to draw; a code or a word has no mean."""
    form, source = standing.published, standing.assessment
    if form is None or source is None:
        return None, None, None
    if form.word is not None:
        low, high = _THIRD[form.word]
        return low, None, high
    if form.at_least is not None:
        return rules.from_scale(form.at_least, source.scale), None, HIGH
    if form.at_most is not None:
        return LOW, None, rules.from_scale(form.at_most, source.scale)
    if form.mean is None:
        return None, None, None
    mean = rules.from_scale(form.mean, source.scale)
    if form.interval is None:
        return None, mean, None
    low, high = (rules.from_scale(end, source.scale) for end in form.interval)
    return low, mean, high
