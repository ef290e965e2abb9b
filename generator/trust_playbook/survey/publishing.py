"""Scores → what may be published of them: the publishing rules, applied once, before anything is written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from trust_playbook.library.instruments import Instrument
from trust_playbook.survey.scoring import DimensionScore, ItemShare, RecommendScore, t_half_width
from trust_playbook.team import rules
from trust_playbook.team.records import Assessment, PublishedScale, Word

SINGLE_ITEM_MINIMUM = 13
OWN_INTERVAL_MINIMUM = 8
WORDS_BELOW = 5
GAP_LIMIT = 1.0
IMPUTED_LIMIT = 0.1
ALIKE_LIMIT = 0.1
NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is asked beside the answers; the counts decide the rules and are not stored."""

    wave: str
    invited: int | None
    changed: int | None
    """People who joined or left since the last wave of this instrument; None where not stated."""
    earlier_wave: bool
    earlier_was_coarse: bool
    """Whether the wave before was itself published roughly, so that changes may have added up."""
    min_respondents: int
    beside: frozenset[str] = frozenset()
    """Dimensions that the same statements have measured already in this wave, with another questionnaire."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A doubt about the data, from the closed list, with how many it concerns."""

    kind: str
    count: int


def flags_of(scores: tuple[DimensionScore, ...], alike: int, respondents: int) -> tuple[Flag, ...]:
    """Return the doubts about a wave's answers (notes on careless answers, reverse keys, missing cells)."""
    imputed = sum(score.imputed > IMPUTED_LIMIT for score in scores)
    gaps = sum(score.reverse_gap is not None and abs(score.reverse_gap) > GAP_LIMIT for score in scores)
    alike = alike if alike >= ALIKE_LIMIT * respondents else 0
    found = (Flag("imputed-over-10", imputed), Flag("reverse-gap", gaps), Flag("alike-answers", alike))
    return tuple(flag for flag in found if flag.count)


def publish(
    scores: tuple[DimensionScore, ...],
    flags: tuple[Flag, ...],
    instrument_id: str,
    instrument: Instrument,
    circumstances: Circumstances,
    shares: tuple[ItemShare, ...] = (),
    recommend: RecommendScore | None = None,
) -> Mapping[str, Any] | None:
    """Return the assessment file's content, or None where nothing reaches the minimum."""
    scale = PublishedScale(min=instrument.scale.min, max=instrument.scale.max)
    few_changed = _few_changed(circumstances)
    dimensions = {
        score.dimension: {"suppressed": "complement"}
        if score.dimension in circumstances.beside
        else publish_dimension(score, scale, circumstances.min_respondents, few_changed=few_changed)
        for score in scores
    }
    band = _recommend_band(recommend)
    if band is None and all("suppressed" in form for form in dimensions.values()):
        return None
    respondents = max([score.n for score in scores] + [recommend.n if recommend else 0])
    kinds = [flag.kind for flag in flags]
    kinds += ["few-changed"] * few_changed
    kinds += ["floor-lowered"] * any("word" in form for form in dimensions.values())
    values = {
        "schema": 1,
        "rules": rules.RULES,
        "wave": circumstances.wave,
        "method": "survey",
        "instrument": {"id": instrument_id, "version": instrument.version},
        "scale": {"min": scale.min, "max": scale.max},
        "respondents": rules.band_of(respondents),
        "response": _response(respondents, circumstances.invited),
        "baseline": _baseline(circumstances, respondents),
        "flags": kinds,
        "dimensions": dimensions,
    }
    if favourable := {share.item: {"favourable": _tenth(share)} for share in shares if share.n >= SINGLE_ITEM_MINIMUM}:
        values["items"] = favourable
    if band is not None:
        values["recommend"] = {"band": band}
    Assessment.model_validate(values)
    return MappingProxyType(values)


def publish_dimension(
    score: DimensionScore, scale: PublishedScale, minimum: int, *, few_changed: bool
) -> dict[str, Any]:
    """Return the one form in which a dimension may be published."""
    if score.n < minimum or score.mean is None or score.sd is None:
        return {"suppressed": "too-few"}
    if score.n < WORDS_BELOW:
        return {"word": _word(score.mean, scale)}
    band = rules.band_of(score.n)
    assert band is not None
    mean = rules.nearest(score.mean, 0.5 if few_changed else 0.1)
    at_most, at_least = rules.end_codes(band, scale)
    if mean >= at_least:
        return {"at_least": at_least}
    if mean <= at_most:
        return {"at_most": at_most}
    single = score.items == 1 and score.n < SINGLE_ITEM_MINIMUM
    if score.n < OWN_INTERVAL_MINIMUM or few_changed or single:
        return {"mean": mean, "interval": list(rules.typical_interval(mean, scale)), "basis": "typical"}
    spread = rules.published_spread(score.sd, scale)
    half = t_half_width(spread, score.n)
    low, high = rules.outward_down(score.mean - half), rules.outward_up(score.mean + half)
    interval = list(rules.clipped(low, high, scale))
    return {"mean": mean, "interval": interval, "basis": "own", "agreement": rules.agreement_of(spread, scale)}


def _recommend_band(found: RecommendScore | None) -> str | None:
    """Return which side of 0 the recommend score lies on, where its interval tells."""
    if found is None or found.interval is None or found.n < SINGLE_ITEM_MINIMUM:
        return None
    low, high = found.interval
    if low > 0:
        return "positive"
    return "negative" if high < 0 else "mixed"


def _tenth(share: ItemShare) -> str:
    """Return a share to the nearest ten per cent, the ends as open ones."""
    tens = math.floor(share.favourable * 10 + 0.5 + 1e-9) * 10
    return {0: "<10", 100: ">90"}.get(tens, str(tens))


def _word(mean: float, scale: PublishedScale) -> Word:
    third = (scale.max - scale.min) / 3
    if mean < scale.min + third:
        return "low"
    return "middle" if mean < scale.max - third else "high"


def _few_changed(circumstances: Circumstances) -> bool:
    if not circumstances.earlier_wave:
        return False
    changed = circumstances.changed
    return changed is None or changed in rules.FEW_CHANGED or (changed == 0 and circumstances.earlier_was_coarse)


def _baseline(circumstances: Circumstances, respondents: int) -> str:
    if not circumstances.earlier_wave:
        return "first"
    changed = circumstances.changed or 0
    return "new" if changed > rules.NEW_BASELINE_SHARE * respondents else "continues"


def _response(respondents: int, invited: int | None) -> str:
    if invited is None:
        return "unknown"
    share = respondents / invited
    if share >= NEARLY_ALL:
        return "nearly-all"
    return "most" if share >= 0.5 else "under-half"  # noqa: PLR2004
