"""One import from export file to assessment: read, match, score, publish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trust_playbook.library import Library
from trust_playbook.library.instruments import Instrument
from trust_playbook.problems import Problem, did_you_mean, raise_if_any
from trust_playbook.survey.matching import Columns, match_columns, read_answers, repeats
from trust_playbook.survey.publishing import SINGLE_ITEM_MINIMUM, Circumstances, Flag, flags_of, publish
from trust_playbook.survey.scoring import (
    DimensionScore,
    RecommendScore,
    alike_answers,
    item_shares,
    recommend_score,
    score,
)
from trust_playbook.survey.tables import Table, read_table
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


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read, the unrounded figures for the operator's eyes, and what may be published."""

    encoding: str
    delimiter: str
    columns: Columns
    headers: Mapping[str, str]
    rows: int
    changes_assumed: bool
    """Whether few changes were assumed, because nobody said who joined or left since the wave before."""
    repeated: int
    """Rows that repeat another in every cell, the time included: perhaps one person, sent twice."""
    scores: tuple[DimensionScore, ...]
    recommend: RecommendScore | None
    flags: tuple[Flag, ...]
    scale_as_read: str
    published: Mapping[str, Any]


def import_export(request: ImportRequest, team: Team, library: Library) -> Imported:
    """Turn an export into a publishable assessment.

    Raises:
        ProblemsFound: the export cannot be read as this instrument, or too few have answered.
    """
    raise_if_any(_request_problems(request, team, library))
    instrument = library.instruments[request.instrument]
    table = read_table(request.export)
    columns = match_columns(table, instrument)
    answers = read_answers(table, columns, instrument, reversed_scale=request.reversed_scale)
    scores = score(answers, instrument)
    raise_if_any(_more_than_invited(table, request, len(answers.rows)))
    flags = flags_of(scores, alike_answers(answers, instrument), len(answers.rows))
    circumstances = _circumstances(request, team, instrument)
    recommend = recommend_score(answers) if instrument.asks_to_recommend else None
    shares = item_shares(answers, instrument)
    published = publish(scores, flags, request.instrument, instrument, circumstances, shares, recommend)
    if published is None:
        minimum = SINGLE_ITEM_MINIMUM if recommend else circumstances.min_respondents
        raise_if_any([_too_few(table, minimum)])
        raise AssertionError
    first, last = instrument.scale.anchors[0], instrument.scale.anchors[-1]
    low, high = (last, first) if request.reversed_scale else (first, last)
    return Imported(
        encoding=table.encoding,
        delimiter=table.delimiter,
        columns=columns,
        headers={item: table.header[column - 1] for item, column in columns.of_item.items()},
        rows=len(table.rows),
        changes_assumed=circumstances.earlier_wave and circumstances.changed is None,
        repeated=repeats(table, columns),
        scores=scores,
        recommend=recommend,
        flags=flags,
        scale_as_read=f"{instrument.scale.min} = {low.lower()} … {instrument.scale.max} = {high.lower()}",
        published=published,
    )


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


def _circumstances(request: ImportRequest, team: Team, instrument: Instrument) -> Circumstances:
    earlier = [one for one in team.assessments if one.instrument.id == request.instrument and one.wave < request.wave]
    stated = request.joined is not None and request.left is not None
    return Circumstances(
        wave=request.wave,
        invited=request.invited,
        changed=(request.joined or 0) + (request.left or 0) if stated else None,
        earlier_wave=bool(earlier),
        earlier_was_coarse=bool(earlier) and "few-changed" in earlier[-1].flags,
        min_respondents=max(team.playbook.privacy.min_respondents, instrument.min_respondents or 0),
    )


def _more_than_invited(table: Table, request: ImportRequest, answered: int) -> list[Problem]:
    if request.invited is None or request.invited >= answered:
        return []
    hint = "count again who was invited, or look for people who answered twice"
    return [table.problem(1, 1, "more-than-invited", "more people answered than were invited", hint)]


def _too_few(table: Table, minimum: int) -> Problem:
    message = f"fewer than {minimum} people answered enough items, so nothing may be published"
    hint = "wait for more answers, or talk the questions over together and write a consensus assessment"
    return table.problem(1, 1, "too-few", message, hint)
