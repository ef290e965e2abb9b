"""A team's files are read as strictly as the writer wrote them."""

from __future__ import annotations

import pytest
from tests.conftest import MakeTeam

from trust_playbook.problems import ProblemsFound

UNPUBLISHABLE = {
    "two forms": "{mean: 4.0, interval: [2.9, 5.1], basis: typical, at_least: 5.6}",
    "no form": "{basis: own}",
    "a mean alone": "{mean: 4.0}",
    "a consensus with an interval": "{mean: 4.0, interval: [2.9, 5.1], basis: consensus}",
    "too fine a mean": "{mean: 4.05, interval: [3.0, 5.1], basis: own}",
    "a mean outside its interval": "{mean: 4.0, interval: [4.1, 5.1], basis: own}",
    "an interval off the scale": "{mean: 4.0, interval: [0.9, 5.1], basis: own}",
    "a typical interval of another width": "{mean: 4.0, interval: [3.0, 5.0], basis: typical}",
    "agreement beside a typical interval": "{mean: 4.0, interval: [2.9, 5.1], basis: typical, agreement: agree}",
    "a mean at the code": "{mean: 6.1, interval: [5.5, 6.7], basis: own}",
    "a code that does not exist": "{at_least: 6.2}",
    "a word without the flag": "{word: low}",
}


@pytest.mark.parametrize("form", UNPUBLISHABLE.values(), ids=UNPUBLISHABLE)
def test_what_could_not_have_been_published_is_refused(make_team: MakeTeam, form: str) -> None:
    """A file edited by hand cannot say more than the rules allow."""
    with pytest.raises(ProblemsFound) as raised:
        make_team(f"  safety: {form}\n")
    assert {one.code for one in raised.value.problems} == {"not-publishable"}
    assert {(one.line, one.column) for one in raised.value.problems} == {(12, 11)}


def test_an_own_interval_needs_eight_respondents(make_team: MakeTeam) -> None:
    """With five to seven only the typical one exists."""
    form = "  safety: {mean: 4.0, interval: [3.0, 5.0], basis: own}\n"
    assert make_team(form).assessments
    with pytest.raises(ProblemsFound):
        make_team(form, respondents="5-7")


def test_an_export_among_the_assessments_is_refused(make_team: MakeTeam, tmp_path: object) -> None:
    """Answers do not belong into the repository."""
    from pathlib import Path

    from trust_playbook.team import check_team

    make_team("  safety: {at_least: 6.1}\n")
    folder = Path(str(tmp_path)) / "team"
    (folder / "assessments" / "answers.csv").write_text("a,b\n")
    assert [one.code for one in check_team(folder, None)] == ["foreign-file"]


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


def test_three_or_four_respondents_need_the_teams_consent(make_team: MakeTeam) -> None:
    """The floor is lowered in playbook.yml or not at all."""
    form = "  safety: {suppressed: too-few}\n"
    with pytest.raises(ProblemsFound) as raised:
        make_team(form, respondents="3-4")
    assert [one.code for one in raised.value.problems] == ["below-minimum"]
    assert make_team(form, "privacy: {min_respondents: 3}\n", respondents="3-4").assessments
