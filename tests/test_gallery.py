"""Sixteen made-up teams, each with the plan that a coach would recognise, and why."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from tests.conftest import ROOT

from trust_playbook.documents import Id, Line, Record, read_record
from trust_playbook.library import Library, load_library
from trust_playbook.tailoring import Plan, tailor
from trust_playbook.team import load_team

TEAMS = sorted(path for path in (ROOT / "tests" / "gallery").iterdir() if path.is_dir())


class Expected(Record):
    """tests/gallery/<team>.yml: the focus, and one sentence why a coach would agree."""

    focus: tuple[Id, ...]
    why: Line


@cache
def library() -> Library:
    return load_library(ROOT / "content")


@cache
def plan_of(folder: Path) -> Plan:
    return tailor(library(), load_team(folder, library()))


@pytest.mark.parametrize("folder", TEAMS, ids=lambda folder: folder.name)
def test_the_plan_is_the_reviewed_one(folder: Path) -> None:
    """A change here is a change of what teams are told: read both plans and the reason before accepting it."""
    read = read_record(folder.with_suffix(".yml"), Expected, [])
    assert read is not None
    assert tuple(one.practice for one in plan_of(folder).focus) == read[0].focus


def test_there_are_sixteen_of_them() -> None:
    """None is skipped for a wrong name."""
    assert len(TEAMS) == 16


@pytest.mark.parametrize("folder", TEAMS, ids=lambda folder: folder.name)
def test_reasons_add_up_and_minutes_hold(folder: Path) -> None:
    """Every score is the sum of its reasons; no plan asks for more minutes than the team has."""
    plan = plan_of(folder)
    for one in (*plan.focus, *plan.next):
        assert sum(reason.contribution for reason in one.reasons) == pytest.approx(one.score, abs=1e-9)
    minutes = sum(library().practices[one.practice].time.minutes_per_week for one in plan.focus)
    assert minutes <= load_team(folder, library()).playbook.focus.minutes_per_week


def test_teams_with_different_needs_get_different_plans() -> None:
    """Where the clearly lowest dimension differs, so does the focus, and its first play works on that dimension."""
    clear = {
        folder: plan.lowest.dimensions[0]
        for folder in TEAMS
        if (plan := plan_of(folder)).lowest is not None and plan.lowest.certainty in ("clearly", "probably")
    }
    assert len(set(clear.values())) >= 6
    for (one, first), (other, second) in combinations(clear.items(), 2):
        if first != second:
            assert plan_of(one).focus != plan_of(other).focus
    for folder, dimension in clear.items():
        served = {reason.dimension for play in plan_of(folder).focus for reason in play.reasons}
        assert dimension in served, folder.name


ONE_LOW = """\
schema: 1
rules: publish-1
wave: 2026-q4
method: survey
instrument: {id: trust-baseline, version: 1}
scale: {min: 1, max: 7}
respondents: 8-12
response: most
baseline: first
dimensions:
"""


def test_the_first_play_works_on_the_one_dimension_that_is_low(tmp_path: Path) -> None:
    """Ten teams, each low in another dimension: ten first plays that gain most there, and ten different plans."""
    focuses = set()
    for low in library().dimensions:
        folder = tmp_path / f"low-in-{low}"
        (folder / "assessments").mkdir(parents=True)
        (folder / "playbook.yml").write_text("team: {name: Team, size: 9, setting: co-located}\n", encoding="utf-8")
        lines = (
            f"  {id}: {{mean: {mean}, interval: [{mean - 0.6:.1f}, {mean + 0.6:.1f}], basis: own, agreement: agree}}\n"
            for id in library().dimensions
            for mean in (3.4 if id == low else 5.4,)
        )
        assessment = folder / "assessments" / "2026-q4.trust-baseline.yml"
        assessment.write_text(ONE_LOW + "".join(lines), encoding="utf-8")
        plan = plan_of(folder)
        assert plan.focus[0].reasons[0].dimension == low
        focuses.add(tuple(one.practice for one in plan.focus))
    assert len(focuses) == len(library().dimensions)
