"""A team's files are read as strictly as the writer wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import MakeTeam

from trust_playbook.library import Library
from trust_playbook.problems import ProblemsFound
from trust_playbook.team import check_team

UNPUBLISHABLE = {
    "two forms": "{mean: 4.0, interval: [2.9, 5.1], basis: typical, at_least: 5.6}",
    "no form": "{basis: own}",
    "a mean alone": "{mean: 4.0}",
    "a consensus in a survey": "{mean: 6.9, basis: consensus}",
    "too fine a mean": "{mean: 4.05, interval: [3.0, 5.1], basis: own, agreement: agree}",
    "a mean outside its interval": "{mean: 4.0, interval: [4.1, 5.1], basis: own, agreement: agree}",
    "an interval off the scale": "{mean: 4.0, interval: [0.9, 5.1], basis: own, agreement: agree}",
    "an interval of no width": "{mean: 4.7, interval: [4.7, 4.7], basis: own, agreement: agree}",
    "an interval too narrow for the floor": "{mean: 4.0, interval: [3.9, 4.1], basis: own, agreement: agree}",
    "an interval too wide for its word": "{mean: 4.0, interval: [2.0, 6.0], basis: own, agreement: agree}",
    "an interval of the whole scale": "{mean: 4.0, interval: [1.0, 7.0], basis: own, agreement: agree}",
    "a lopsided interval": "{mean: 4.0, interval: [3.4, 5.2], basis: own, agreement: differ}",
    "too fine an interval": "{mean: 4.0, interval: [3.21, 4.77], basis: own, agreement: agree}",
    "an own interval without agreement": "{mean: 4.0, interval: [3.4, 4.6], basis: own}",
    "a typical interval of another width": "{mean: 4.0, interval: [3.0, 5.0], basis: typical}",
    "agreement beside a typical interval": "{mean: 4.0, interval: [2.9, 5.1], basis: typical, agreement: agree}",
    "a mean at the code": "{mean: 6.1, interval: [5.5, 6.7], basis: own, agreement: agree}",
    "a code that does not exist": "{at_least: 6.2}",
    "a code of larger groups": "{at_least: 6.5}",
}


@pytest.mark.parametrize("form", UNPUBLISHABLE.values(), ids=UNPUBLISHABLE)
def test_what_could_not_have_been_published_is_refused(make_team: MakeTeam, form: str) -> None:
    """A file edited by hand cannot say more than the rules allow."""
    with pytest.raises(ProblemsFound) as raised:
        make_team(f"  safety: {form}\n")
    assert {(one.line, one.column, one.code) for one in raised.value.problems} == {(12, 11, "not-publishable")}


OWN = "  safety: {mean: 4.0, interval: [3.4, 4.6], basis: own, agreement: agree}\n"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("flags: []", "flags: [few-changed, few-changed]"), (10, 8)),
        (("flags: []", "flags: [floor-lowered]"), (10, 8)),
        (("flags: []", "flags: [few-changed]"), (9, 11)),
        (("response: most\n", ""), (1, 1)),
        (("dimensions:", "items: {s1: {favourable: '60'}}\ndimensions:"), (11, 8)),
        (("dimensions:", "recommend: {band: mixed}\ndimensions:"), (11, 12)),
        (("  safety", "  saftey"), (12, 3)),
    ],
    ids=["flag twice", "floor without word", "first wave changed", "no response", "items", "recommend", "no dimension"],
)
def test_an_assessment_that_contradicts_itself_is_refused(
    make_team: MakeTeam, tmp_path: Path, small: Library, change: tuple[str, str], place: tuple[int, int]
) -> None:
    """Its head is read as strictly as its dimensions."""
    make_team(OWN)
    path = tmp_path / "team" / "assessments" / "2026-q4.two-plus-two.yml"
    path.write_text(path.read_text().replace(*change))
    assert place in {(one.line, one.column) for one in check_team(tmp_path / "team", small)}


@pytest.mark.parametrize(("minimum", "accepted"), [(5, True), (12, True), (13, False)])
def test_the_teams_own_minimum_counts(make_team: MakeTeam, minimum: int, *, accepted: bool) -> None:
    """A band that cannot reach it is refused."""
    playbook = f"privacy: {{min_respondents: {minimum}}}\n"
    if accepted:
        assert make_team(OWN, playbook).assessments
    else:
        with pytest.raises(ProblemsFound, match="1 problems"):
            make_team(OWN, playbook)


def test_an_own_interval_needs_eight_respondents(make_team: MakeTeam) -> None:
    """With five to seven only the typical one exists."""
    assert make_team(OWN).assessments
    with pytest.raises(ProblemsFound):
        make_team(OWN, respondents="5-7")


def test_waves_that_do_not_follow_each_other_are_refused(make_team: MakeTeam, tmp_path: Path, small: Library) -> None:
    """Two first waves of one instrument."""
    make_team(OWN)
    folder = tmp_path / "team" / "assessments"
    earlier = (folder / "2026-q4.two-plus-two.yml").read_text().replace("2026-q4", "2026-q3")
    (folder / "2026-q3.two-plus-two.yml").write_text(earlier)
    assert [one.code for one in check_team(tmp_path / "team", small)] == ["wrong-baseline"]


def test_what_does_not_belong_into_a_teams_folder_is_refused(make_team: MakeTeam, tmp_path: Path) -> None:
    """Answers least of all."""
    make_team(OWN)
    (tmp_path / "team" / "assessments" / "answers.csv").write_text("a,b\n")
    (tmp_path / "team" / "assesments").mkdir()
    found = check_team(tmp_path / "team", None)
    assert found[0].hint == "did you mean 'assessments'?"
    assert [one.code for one in found] == ["foreign-file", "foreign-file"]


def test_ids_that_do_not_exist_are_named_with_the_nearest(make_team: MakeTeam) -> None:
    """Exclusions, pins, ledger and currencies name things of the library."""
    with pytest.raises(ProblemsFound) as raised:
        make_team(
            playbook="exclude: [ask-frist]\npin: [nothing]\n"
            "ledger: [{practice: say-thank, status: trying, since: 2026-10-01}]\n"
            "counterparts: [{id: finance, name: Finance, relation: strained, currencies: [tasks]}]\n"
        )
    assert [(one.line, one.code) for one in raised.value.problems] == [
        (2, "unknown-practice"),
        (3, "unknown-practice"),
        (4, "unknown-practice"),
        (5, "unknown-currency"),
    ]
    assert raised.value.problems[0].hint == "did you mean 'ask-first'?"


def test_three_or_four_respondents_need_the_teams_consent(make_team: MakeTeam, tmp_path: Path, small: Library) -> None:
    """The floor is lowered in playbook.yml or not at all."""
    with pytest.raises(ProblemsFound):
        make_team("  safety: {word: low}\n", respondents="3-4")
    path = tmp_path / "team" / "assessments" / "2026-q4.two-plus-two.yml"
    path.write_text(path.read_text().replace("flags: []", "flags: [floor-lowered]"))
    assert [one.code for one in check_team(tmp_path / "team", small)] == ["below-minimum"]
    (tmp_path / "team" / "playbook.yml").write_text("team: {name: Team}\nprivacy: {min_respondents: 4}\n")
    assert not check_team(tmp_path / "team", small)
