"""One import from export file to assessment: read, match, score, publish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trust_playbook.library import Library
from trust_playbook.library.instruments import Instrument
from trust_playbook.problems import Problem, did_you_mean, raise_if_any
from trust_playbook.survey.answers import Answers, Counts
from trust_playbook.survey.columns import Columns, read_map
from trust_playbook.survey.folding import fold
from trust_playbook.survey.grids import Grid
from trust_playbook.survey.publishing import SINGLE_ITEM_MINIMUM, Circumstances, Flag, flags_of, publish
from trust_playbook.survey.reading import read_export
from trust_playbook.survey.scoring import (
    DimensionScore,
    RecommendScore,
    alike_answers,
    is_alike,
    item_shares,
    recommend_score,
    score,
)
from trust_playbook.team import Team
from trust_playbook.team.records import WAVE_PATTERN


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What the operator says about an export; counts are of people, None where not stated."""

    export: Path
    wave: str
    instrument: str
    reversed_scale: bool = False
    invited: int | None = None
    joined: int | None = None
    left: int | None = None
    column_map: Path | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read, the unrounded figures for the operator's eyes, and what may be published."""

    tool: str
    header_rows: int
    encoding: str
    delimiter: str | None
    columns: Columns
    counts: Counts
    changes_assumed: bool
    """Whether few changes were assumed, because nobody said who joined or left since the wave before."""
    scores: tuple[DimensionScore, ...]
    recommend: RecommendScore | None
    flags: tuple[Flag, ...]
    without_alike: tuple[DimensionScore, ...] | None
    """The scores without those who gave one answer to everything, where there are such."""
    scale_as_read: str
    published: Mapping[str, Any]


def import_export(request: ImportRequest, team: Team, library: Library) -> Imported:
    """Turn an export into a publishable assessment.

    Raises:
        ProblemsFound: the export cannot be read as this instrument, or too few have answered.
    """
    raise_if_any(_request_problems(request, team, library))
    instrument = library.instruments[request.instrument]
    given = read_map(request.column_map, instrument) if request.column_map else None
    read = read_export(
        request.export, instrument, library.labels.values(), given, reversed_scale=request.reversed_scale
    )
    answers, counts = read.answers, read.counts
    raise_if_any(_more_than_invited(read.grid, request, counts))
    scores = score(answers, instrument)
    flags = flags_of(scores, alike_answers(answers, instrument), len(answers.rows))
    circumstances = _circumstances(request, team, instrument, library)
    recommend = recommend_score(answers) if instrument.asks_to_recommend else None
    shares = item_shares(answers, instrument)
    published = publish(scores, flags, request.instrument, instrument, circumstances, shares, recommend)
    if published is None:
        minimum = SINGLE_ITEM_MINIMUM if recommend else circumstances.min_respondents
        raise_if_any([_told_already(read.grid) if circumstances.beside else _too_few(read.grid, minimum)])
        raise AssertionError
    first, last = instrument.scale.anchors[0], instrument.scale.anchors[-1]
    low, high = (last, first) if request.reversed_scale else (first, last)
    return Imported(
        tool=read.layout.tool,
        header_rows=read.layout.header_rows,
        encoding=read.grid.encoding,
        delimiter=read.grid.delimiter,
        columns=read.columns,
        counts=counts,
        changes_assumed=circumstances.earlier_wave and circumstances.changed is None,
        scores=scores,
        recommend=recommend,
        flags=flags,
        without_alike=_without_alike(answers, instrument),
        scale_as_read=f"{instrument.scale.min} = {low.lower()} … {instrument.scale.max} = {high.lower()}",
        published=published,
    )


def _without_alike(answers: Answers, instrument: Instrument) -> tuple[DimensionScore, ...] | None:
    rows = tuple(row for row in answers.rows if not is_alike(row, instrument))
    return None if len(rows) == len(answers.rows) else score(Answers(answers.items, rows), instrument)


def _request_problems(request: ImportRequest, team: Team, library: Library) -> list[Problem]:
    def refuse(code: str, message: str, hint: str | None = None) -> Problem:
        return Problem(str(request.export), 1, 1, code, message, hint)

    problems = []
    if any(one.instrument.id == request.instrument and one.wave > request.wave for one in team.assessments):
        advice = "the difference to it could show what one person answered; import waves in their order"
        problems.append(refuse("later-wave", "a later wave of this instrument exists already", advice))
    if request.instrument not in library.instruments:
        hint = did_you_mean(request.instrument, library.instruments)
        problems.append(refuse("unknown-instrument", f"there is no instrument '{request.instrument}'", hint))
    if not WAVE_PATTERN.fullmatch(request.wave):
        problems.append(refuse("bad-wave", "a wave is a quarter, never a date", "write it as --wave 2026-q3"))
    return problems


def _circumstances(request: ImportRequest, team: Team, instrument: Instrument, library: Library) -> Circumstances:
    earlier = [one for one in team.assessments if one.instrument.id == request.instrument and one.wave < request.wave]
    stated = request.joined is not None and request.left is not None
    return Circumstances(
        wave=request.wave,
        invited=request.invited,
        changed=(request.joined or 0) + (request.left or 0) if stated else None,
        earlier_wave=bool(earlier),
        earlier_was_coarse=bool(earlier) and "few-changed" in earlier[-1].flags,
        min_respondents=max(team.playbook.privacy.min_respondents, instrument.min_respondents or 0),
        beside=_beside(request, team, instrument, library),
    )


def _beside(request: ImportRequest, team: Team, instrument: Instrument, library: Library) -> frozenset[str]:
    """Return what the same statements, in another questionnaire of this wave, are published for already.

    Two results from nearly the same people would show by their difference what the others answered.
    """
    texts = {fold(item.text): item.dimension for item in instrument.items if item.text and item.dimension}
    found = set()
    for one in team.assessments:
        other = library.instruments.get(one.instrument.id)
        if one.wave != request.wave or one.instrument.id == request.instrument or other is None:
            continue
        for item in other.items:
            published = one.dimensions.get(item.dimension or "")
            if item.text and fold(item.text) in texts and published is not None and not published.suppressed:
                found.add(texts[fold(item.text)])
    return frozenset(found)


def _more_than_invited(grid: Grid, request: ImportRequest, counts: Counts) -> list[Problem]:
    if request.invited is None or request.invited >= counts.kept:
        return []
    hint = "count again who was invited, or look for people who answered twice"
    return [grid.problem(1, 1, "more-than-invited", "more people answered than were invited", hint)]


def _told_already(grid: Grid) -> Problem:
    message = "another questionnaire of this wave has the same statements, and its results are published"
    hint = "keep one of the two; their difference could show what one person answered"
    return grid.problem(1, 1, "told-already", message, hint)


def _too_few(grid: Grid, minimum: int) -> Problem:
    message = f"fewer than {minimum} people answered enough items, so nothing may be published"
    hint = "wait for more answers, or talk the questions over together and write a consensus assessment"
    return grid.problem(1, 1, "too-few", message, hint)
