"""The example teams: different, for reasons that a reader can follow."""

from __future__ import annotations

import pytest
from tests.conftest import ROOT

from trust_playbook.library import Library
from trust_playbook.site import sentences, wording
from trust_playbook.site.views import team_view
from trust_playbook.tailoring import Plan, tailor
from trust_playbook.team import load_team

FOCUS = {
    "example-team": ["leader-goes-first", "thank-the-messenger"],
    "northgate-claims": ["explain-the-unpopular", "active-listening"],
    "city-works": ["leader-goes-first", "explain-the-unpopular"],
    "ward-pharmacy": ["counterpart-interview", "cross-team-shadowing"],
}


def plan_of(name: str, library: Library) -> Plan:
    return tailor(library, load_team(ROOT / "playbooks" / name, library))


@pytest.mark.parametrize("name", FOCUS)
def test_an_example_team_has_its_own_focus(library: Library, name: str) -> None:
    """A change here is a change of what teams are told; read both plans before accepting it."""
    assert [one.practice for one in plan_of(name, library).focus] == FOCUS[name]


@pytest.mark.parametrize("name", FOCUS)
def test_every_example_team_says_that_it_is_one(library: Library, name: str) -> None:
    """Nobody may take made-up answers for real ones."""
    assert load_team(ROOT / "playbooks" / name, library).playbook.team.example


def test_two_waves_show_what_changed_and_what_did_not(library: Library) -> None:
    """Northgate kept its promises better, by more than chance; in understanding nothing can be told."""
    standings = plan_of("northgate-claims", library).standings
    assert (
        wording.change(standings["accountability"])
        == "Higher than in the second quarter 2026, by more than chance explains."
    )
    assert (wording.change(standings["understanding"]) or "").startswith("No change since the second quarter 2026")


def test_a_split_team_talks_first(library: Library) -> None:
    """City Works is split about safety, so its conversation stands before every score."""
    first = plan_of("city-works", library).focus[0]
    assert first.rule == "split"


def test_the_plan_repeats_what_the_team_noted(library: Library) -> None:
    """What is kept stands there with the team's own words."""
    team = load_team(ROOT / "playbooks" / "ward-pharmacy", library)
    view = team_view(team, tailor(library, team), library)
    expected = "You already do it. Keep it. Your note: We do it on the phone, on the day the order is late."
    assert ("active-listening", library.practices["active-listening"].name, expected) in view.held


def test_a_strained_counterpart_and_a_ledger_change_the_plan(library: Library) -> None:
    """Ward Pharmacy: what is done already is kept, what was dropped is not offered, Purchasing adds need."""
    plan = plan_of("ward-pharmacy", library)
    assert {one.practice: one.hold for one in plan.excluded} == {
        "active-listening": "kept",
        "remote-rituals": "setting",
    }
    assert "quiet-voices-first" not in [one.practice for one in plan.focus]
    expected = "The strained relation with Purchasing adds 0.30 to its need."
    assert sentences.strained(plan.focus[0], ["Purchasing"]) == expected
