"""What an assessment file may hold: only what the publishing rules can have written."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from trust_playbook.documents import Document
from trust_playbook.library.instruments import Instrument
from trust_playbook.problems import Problem, did_you_mean
from trust_playbook.team import rules
from trust_playbook.team.records import Assessment, PublishedDimension

_HINT = "import the export again"
_CONSENSUS = frozenset({"mean", "basis"})
_SURVEY_FORMS = (
    frozenset({"mean", "interval", "basis"}),
    frozenset({"mean", "interval", "basis", "agreement"}),
    frozenset({"at_least"}),
    frozenset({"at_most"}),
    frozenset({"word"}),
    frozenset({"suppressed"}),
)
_LARGE = ("13-24", "25+")
# Student's t at n = 8, the widest an own interval can be made from; and what rounding adds to a half-width.
_T_EIGHT = 2.365
_ROUNDING = 0.15
_SPREADS = {"agree": 1.0, "differ": 1.5, "split": 2.6}


def publishable(document: Document, found: Assessment, instrument: Instrument | None) -> Iterator[Problem]:
    """Yield what in an assessment could not have been written under the publishing rules."""
    check = _Strictness(document, found, instrument)
    if found.scale.min >= found.scale.max:
        yield document.problem(("scale",), "bad-range", "'min' must be below 'max'")
        return
    yield from check.head()
    for id, dimension in found.dimensions.items():
        for message in check.form(id, dimension):
            yield document.problem(("dimensions", id), "not-publishable", message, _HINT)


@dataclass(frozen=True, slots=True)
class _Strictness:
    document: Document
    found: Assessment
    instrument: Instrument | None

    def head(self) -> Iterator[Problem]:
        """Yield what is wrong outside the dimensions."""
        found = self.found
        if (found.method == "consensus") != (found.respondents is None) or (found.response is None) != (
            found.respondents is None
        ):
            message = "a survey states its respondents and response, a consensus states neither"
            yield self.document.problem((), "wrong-form", message)
        if len(set(found.flags)) != len(found.flags):
            yield self.document.problem(("flags",), "not-publishable", "a flag stands here twice", _HINT)
        if "few-changed" in found.flags and found.baseline == "first":
            message = "few people can only have changed since an earlier wave"
            yield self.document.problem(("baseline",), "not-publishable", message, _HINT)
        words = any(dimension.word for dimension in found.dimensions.values())
        if words != ("floor-lowered" in found.flags):
            message = "words stand where the minimum was lowered, and the flag says so"
            yield self.document.problem(("flags",), "not-publishable", message, _HINT)
        if found.recommend is None and all(dimension.suppressed for dimension in found.dimensions.values()):
            message = "nothing is published here"
            yield self.document.problem(("dimensions",), "not-publishable", message, "delete the file")
        if (found.items or found.recommend) and found.respondents not in _LARGE:
            message = "items and the recommend score are published from 13 respondents only"
            place = ("items",) if found.items else ("recommend",)
            yield self.document.problem(place, "not-publishable", message, _HINT)
        if found.recommend and self.instrument is not None and not self.instrument.asks_to_recommend:
            message = "this instrument does not ask the recommend question"
            yield self.document.problem(("recommend",), "not-publishable", message, _HINT)
        yield from self._unknown_items()

    def _unknown_items(self) -> Iterator[Problem]:
        if self.instrument is None:
            return
        alone = Counter(item.dimension for item in self.instrument.items)
        known = {item.id for item in self.instrument.items if item.dimension and alone[item.dimension] == 1}
        for id in self.found.items:
            if id not in known:
                message = f"the instrument has no item '{id}' that stands alone for its dimension"
                hint = did_you_mean(id, known)
                yield self.document.problem(("items", id), "unknown-item", message, hint, at_key=True)

    def form(self, id: str, dimension: PublishedDimension) -> Iterator[str]:
        """Yield what is wrong with one dimension."""
        if self.found.method == "consensus":
            if dimension.keys != _CONSENSUS or dimension.basis != "consensus":
                yield "in a consensus each dimension is {mean, basis: consensus}"
            elif dimension.mean is not None:
                yield from self._on_scale(dimension.mean, 0.1)
            return
        if dimension.keys not in _SURVEY_FORMS or dimension.basis == "consensus":
            yield "a dimension has exactly one form, for example {mean, interval, basis}"
            return
        measured = {item.dimension: 0 for item in self.instrument.items} if self.instrument else None
        if measured is not None and id not in measured:
            yield "this instrument does not measure it"
        if self.found.respondents == rules.LOWEST_BAND and not (dimension.word or dimension.suppressed):
            yield "with 3 or 4 respondents each dimension is a word"
            return
        yield from self._code(dimension)
        if dimension.mean is not None and dimension.interval is not None:
            yield from self._mean(id, dimension, dimension.mean, dimension.interval)

    def _on_scale(self, mean: float, step: float) -> Iterator[str]:
        if rules.nearest(mean, step) != mean or not self.found.scale.min <= mean <= self.found.scale.max:
            yield f"a mean stands on the scale, as a multiple of {step:g}"

    def _code(self, dimension: PublishedDimension) -> Iterator[str]:
        bands = list(rules.END_CODES)
        respondents = self.found.respondents
        if respondents in bands:
            bands = bands[: bands.index(respondents) + 1]
        for code, end in ((dimension.at_most, 0), (dimension.at_least, 1)):
            accepted = sorted({rules.end_codes(band, self.found.scale)[end] for band in bands})
            if code is not None and code not in accepted:
                yield f"an end is coded here as {' or '.join(f'{value:g}' for value in accepted)}"

    def _mean(self, id: str, dimension: PublishedDimension, mean: float, interval: tuple[float, ...]) -> Iterator[str]:
        found, scale = self.found, self.found.scale
        few_changed = "few-changed" in found.flags
        low, high = interval
        yield from self._on_scale(mean, 0.5 if few_changed else 0.1)
        if any(left > right for left, right in pairwise((scale.min, low, mean, high, scale.max))):
            yield "an interval stands on the scale and holds its mean"
        elif dimension.basis == "typical":
            yield from self._typical(dimension, mean, (low, high))
        elif found.respondents == "5-7" or few_changed:
            yield "an interval of its own is published from 8 respondents only, and never when few people changed"
        else:
            yield from self._own(dimension, mean, low, high)
        exact = dimension.basis == "own" or few_changed or self._is_single(id)
        band = found.respondents if exact else "5-7"
        if band is not None and band in rules.END_CODES:
            at_most, at_least = rules.end_codes(band, scale)
            if mean <= at_most or mean >= at_least:
                yield f"a mean at or beyond {at_most:g} or {at_least:g} is coded as an end"

    def _is_single(self, id: str) -> bool:
        return self.instrument is not None and sum(item.dimension == id for item in self.instrument.items) == 1

    def _typical(self, dimension: PublishedDimension, mean: float, interval: tuple[float, float]) -> Iterator[str]:
        if interval != rules.typical_interval(mean, self.found.scale):
            half = rules.typical_half_width(self.found.scale)
            yield f"a typical interval is the mean ± {half:g}, clipped to the scale"
        if dimension.agreement is not None:
            yield "agreement is published from 8 respondents only"

    def _own(self, dimension: PublishedDimension, mean: float, low: float, high: float) -> Iterator[str]:
        """Yield where an own interval cannot come from any spread, as floored, of that many people."""
        scale = self.found.scale
        if dimension.agreement is None:
            yield "an interval of its own comes with one word for agreement"
            return
        if rules.nearest(low, 0.1) != low or rules.nearest(high, 0.1) != high:
            yield "an interval ends at multiples of 0.1"
        below, above = mean - low, high - mean
        clipped_low, clipped_high = low == scale.min, high == scale.max
        halves = [half for half, clipped in ((below, clipped_low), (above, clipped_high)) if not clipped]
        narrowest = 1.96 * rules.width_on_scale(rules.SPREAD_FLOOR, scale) / math.sqrt(self._most_people())
        widest = _T_EIGHT * rules.width_on_scale(_SPREADS[dimension.agreement], scale) / math.sqrt(8)
        if len(halves) == 2 and abs(below - above) > 2 * _ROUNDING:  # noqa: PLR2004  # neither end is clipped
            yield "an interval lies evenly around its mean unless an end of the scale clips it"
        elif max(below, above) > widest + _ROUNDING or any(half < narrowest - _ROUNDING for half in halves):
            yield f"no {self.found.respondents} people who {dimension.agreement} have such an interval"

    def _most_people(self) -> int:
        return {"8-12": 12, "13-24": 24}.get(str(self.found.respondents), 500)
