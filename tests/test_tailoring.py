"""From published numbers to a plan that can be argued with."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import MakeTeam

from trust_playbook.library import Library
from trust_playbook.tailoring import Plan, tailor
from trust_playbook.tailoring.estimates import Estimate, estimate, p_lowest
from trust_playbook.team import load_team
from trust_playbook.team.records import Assessment, PublishedDimension

SAFE = "  safety: {mean: 5.0, interval: [4.4, 5.6], basis: own, agreement: agree}\n"
UNSAFE = "  safety: {mean: 2.6, interval: [1.9, 3.2], basis: own, agreement: agree}\n"
LOW_CANDOUR = "  candour: {mean: 3.0, interval: [2.2, 3.8], basis: own, agreement: agree}\n"


def practices(plan: Plan) -> list[str]:
    return [one.practice for one in plan.focus]


def held(plan: Plan) -> dict[str, str]:
    return {one.practice: one.hold for one in (*plan.later, *plan.excluded)}


@pytest.mark.parametrize(("mean", "se"), [(4.9, 0.3), (4.1, 0.5), (5.6, 0.2), (6.5, 0.2)])
def test_the_expected_shortfall_is_the_mean_of_draws(mean: float, se: float) -> None:
    """The closed form equals a million draws to three decimals."""
    chance = random.Random(1)
    draws = [max(0.0, 5.5 - chance.gauss(mean, se)) for _ in range(200_000)]
    assert Estimate(mean, se).expected_shortfall(5.5) == pytest.approx(sum(draws) / len(draws), abs=4e-3)


def test_p_lowest_is_the_share_of_draws() -> None:
    """The quadrature equals drawing, and sums to one."""
    known = {"a": Estimate(4.0, 0.4), "b": Estimate(4.3, 0.3), "c": Estimate(5.0, 0.5)}
    exact = p_lowest(known)
    chance = random.Random(2)
    counts = dict.fromkeys(known, 0)
    for _ in range(50_000):
        drawn = {id: chance.gauss(one.mean, one.se) for id, one in known.items()}
        counts[min(drawn, key=lambda id: drawn[id])] += 1
    assert sum(exact.values()) == pytest.approx(1)
    for id, count in counts.items():
        assert exact[id] == pytest.approx(count / 50_000, abs=0.01)


@pytest.mark.parametrize(
    ("form", "mean", "half"),
    [
        ({"mean": 4.9, "interval": (4.2, 5.6), "basis": "own"}, 4.9, 0.7),
        ({"mean": 6.4, "interval": (5.9, 6.8), "basis": "own"}, 6.4, 0.5),
        ({"at_least": 6.1}, 6.55, 0.7),
        ({"at_least": 5.6}, 6.3, 1.1),
        ({"at_most": 1.5}, 1.25, 0.5),
        ({"word": "low"}, 2.0, 1.1),
        ({"word": "high"}, 6.0, 1.1),
        ({"mean": 5.0, "basis": "consensus"}, 5.0, 1.1),
    ],
)
def test_each_published_form_has_a_location_and_a_width(form: dict[str, object], mean: float, half: float) -> None:
    """Codes count as the middle up to the end, words as thirds (notes: publishing rules)."""
    source = Assessment.model_validate({
        "schema": 1, "rules": "publish-1", "wave": "2026-q4", "method": "survey",
        "instrument": {"id": "x", "version": 1}, "scale": {"min": 1, "max": 7}, "respondents": "8-12",
        "response": "most", "baseline": "first", "dimensions": {"d": form},
    })  # fmt: skip
    found = estimate(PublishedDimension.model_validate(form), source)
    assert found is not None
    assert found.mean == pytest.approx(mean)
    assert found.se == pytest.approx(half / 1.96)


def test_a_score_is_the_sum_of_its_reasons(make_team: MakeTeam, small: Library) -> None:
    """Weight × need × factors, term by term."""
    plan = tailor(small, make_team(SAFE + LOW_CANDOUR))
    assert plan.focus
    for found in (*plan.focus, *plan.next):
        assert sum(one.contribution for one in found.reasons) == pytest.approx(found.score, abs=1e-9)
        for one in found.reasons:
            assert one.contribution == pytest.approx(one.weight * one.need * found.factors.product)


def test_the_lower_dimension_decides_what_comes_first(make_team: MakeTeam, small: Library) -> None:
    """Different answers, different plans."""
    candid = "  candour: {mean: 5.6, interval: [5.1, 6.0], basis: own, agreement: agree}\n"
    timid = "  safety: {mean: 4.2, interval: [3.7, 4.7], basis: own, agreement: agree}\n"
    assert practices(tailor(small, make_team(SAFE + LOW_CANDOUR)))[0] == "speak-plainly"
    assert practices(tailor(small, make_team(timid + candid)))[0] == "ask-first"


def test_below_the_gate_nobody_is_asked_to_expose_themselves(make_team: MakeTeam, small: Library) -> None:
    """However low candour stands."""
    plan = tailor(small, make_team(UNSAFE + LOW_CANDOUR))
    assert not plan.gate.is_open
    assert plan.gate.read_first
    assert {small.practices[id].first_risk for id in practices(plan)} <= {"leader", "structure"}
    assert held(plan) == {"speak-plainly": "gate", "settle-it": "gate"}


def test_a_gate_that_was_not_measured_is_closed(make_team: MakeTeam, small: Library) -> None:
    """Not knowing is no reason to take a risk with people."""
    plan = tailor(small, make_team(LOW_CANDOUR))
    assert not plan.gate.is_open
    assert plan.gate.p_at_least is None
    assert not plan.gate.read_first


def test_a_tier_waits_for_its_own_threshold(make_team: MakeTeam, small: Library) -> None:
    """4.2 opens the gate and the second tier, the third waits for 4.5."""
    plan = tailor(small, make_team(SAFE.replace("5.0", "4.2").replace("4.4, 5.6", "3.6, 4.8") + LOW_CANDOUR))
    assert "speak-plainly" in practices(plan)
    assert held(plan)["settle-it"] == "tier"


def test_people_who_are_split_talk_first(make_team: MakeTeam, small: Library) -> None:
    """A split dimension puts its conversation before every score."""
    split = "  safety: {mean: 5.0, interval: [4.1, 5.9], basis: own, agreement: split}\n"
    plan = tailor(small, make_team(split + LOW_CANDOUR))
    assert [(one.practice, one.rule) for one in plan.focus] == [("ask-first", "split"), ("speak-plainly", "score")]


def test_what_cannot_be_told_apart_is_named_in_full_and_is_no_strength(make_team: MakeTeam, small: Library) -> None:
    """Two dimensions with the same value: both may be the lowest, none is a strength."""
    plan = tailor(small, make_team(form("safety", 4.6) + form("candour", 4.6)))
    assert plan.lowest is not None
    assert plan.lowest.certainty == "cannot-tell"
    assert set(plan.lowest.dimensions) == {"safety", "candour"}
    assert plan.strength is None


def test_a_team_at_its_target_is_offered_nothing_new(make_team: MakeTeam, small: Library) -> None:
    """The strength is named instead."""
    plan = tailor(small, make_team("  safety: {at_least: 6.1}\n"))
    assert not plan.focus
    assert plan.strength == "safety"
    assert set(held(plan).values()) == {"no-need"}


def test_without_answers_the_cheapest_safe_practices_come_first(make_team: MakeTeam, small: Library) -> None:
    """Cold start: every need alike, the gate closed, no stability claimed."""
    plan = tailor(small, make_team())
    assert practices(plan) == ["ask-first", "say-thanks"]
    assert plan.wave is None
    assert {one.stability for one in plan.focus} == {None}


def test_the_teams_own_words_count(make_team: MakeTeam, small: Library) -> None:
    """Excluded, adopted, blocked, pinned and dropped."""
    team = make_team(
        SAFE + LOW_CANDOUR,
        "exclude: [settle-it]\npin: [say-thanks]\nledger:\n"
        "  - {practice: ask-first, status: adopted, since: 2026-01-10}\n"
        "  - {practice: speak-plainly, status: dropped, since: 2026-02-10}\n",
    )
    plan = tailor(small, team)
    assert [(one.practice, one.rule) for one in plan.focus] == [("say-thanks", "pinned"), ("speak-plainly", "score")]
    assert held(plan) == {"settle-it": "excluded", "ask-first": "kept"}
    assert plan.focus[1].factors.ledger == 0.3


def test_no_plan_takes_more_minutes_than_there_are(make_team: MakeTeam, small: Library) -> None:
    """15 minutes leave room for one practice, 5 for none."""
    both = SAFE + LOW_CANDOUR
    assert practices(tailor(small, make_team(both, "focus: {minutes_per_week: 15}\n"))) == ["speak-plainly"]
    short = tailor(small, make_team(both, "focus: {minutes_per_week: 5}\n"))
    assert practices(short) == []
    assert set(held(short).values()) == {"minutes"}


def test_the_counterfactual_is_where_the_choice_turns(make_team: MakeTeam, small: Library) -> None:
    """One step lower the practice still stands in focus, at the named value it does not."""
    playbook = "focus: {practices: 1}\n"
    change = tailor(small, make_team(SAFE + LOW_CANDOUR, playbook)).focus[0].counterfactual
    assert change is not None

    def at(mean: float) -> list[str]:
        moved = form("candour", mean, half=0.8)
        return practices(tailor(small, make_team(SAFE + moved, playbook)))

    assert at(change.mean - 0.1) == ["speak-plainly"]
    assert at(change.mean) == [change.instead]


@pytest.mark.parametrize(
    ("before", "after", "clear"), [(4.0, 5.2, True), (4.0, 4.5, False), (5.2, 4.0, True), (4.0, 4.0, False)]
)
def test_a_change_is_held_against_what_chance_explains(
    make_team: MakeTeam, small: Library, tmp_path: Path, before: float, after: float, *, clear: bool
) -> None:
    """1.96 · √(se₁² + se₂²): here 0.99 points."""
    make_team(form("safety", after))
    folder = tmp_path / "team" / "assessments"
    now = folder / "2026-q4.two-plus-two.yml"
    now.write_text(now.read_text().replace("baseline: first", "baseline: continues"))
    earlier = now.read_text().replace("2026-q4", "2026-q2").replace("continues", "first")
    earlier = earlier.replace(form("safety", after), form("safety", before))
    (folder / "2026-q2.two-plus-two.yml").write_text(earlier)
    change = tailor(small, load_team(tmp_path / "team", small)).standings["safety"].change
    assert change is not None
    assert change.since == "2026-q2"
    assert change.difference == pytest.approx(after - before)
    assert change.noise == pytest.approx(0.7 * math.sqrt(2))
    assert change.is_clear is clear


def test_waves_that_cannot_be_compared_are_not(make_team: MakeTeam, small: Library) -> None:
    """A first wave has nothing to be compared with."""
    assert tailor(small, make_team(SAFE)).standings["safety"].change is None


def test_the_plan_has_its_fixed_points(make_team: MakeTeam, small: Library) -> None:
    """From the start date: 10, 20, 30, 60, 90 days and half a year."""
    plan = tailor(small, make_team(SAFE, "focus: {start: 2026-11-30}\n"))
    assert [(one.kind, one.day) for one in plan.milestones] == [
        ("debrief", 10), ("you-said", 20), ("did-it-happen", 30), ("signals", 60), ("review", 90), ("wave", 182),
    ]  # fmt: skip
    assert str(plan.milestones[0].date) == "2026-12-10"
    assert {one.date for one in tailor(small, make_team(SAFE)).milestones} == {None}


MEAN = st.integers(20, 60).map(lambda tenth: tenth / 10)
ANY_TEAM = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)


def form(id: str, mean: float, *, half: float = 0.7) -> str:
    low, high = max(1.0, mean - half), min(7.0, mean + half)
    return f"  {id}: {{mean: {mean:.1f}, interval: [{low:.1f}, {high:.1f}], basis: own, agreement: agree}}\n"


@ANY_TEAM
@given(safety=MEAN, candour=MEAN, lower=st.floats(0.1, 1.0))
def test_a_lower_value_never_lowers_the_score_of_what_serves_it(
    make_team: MakeTeam, small: Library, safety: float, candour: float, lower: float
) -> None:
    """With the gate as it was, a practice for candour gains when candour falls."""
    before = dict(tailor(small, make_team(form("safety", safety) + form("candour", candour))).ranking)
    fallen = max(2.0, round(candour - lower, 1))
    after = dict(tailor(small, make_team(form("safety", safety) + form("candour", fallen))).ranking)
    assert before.keys() == after.keys()
    for id, score in before.items():
        if "candour" in small.practices[id].dimensions:
            assert after[id] >= score - 1e-12
        else:
            assert math.isclose(after[id], score)


@ANY_TEAM
@given(safety=MEAN, candour=MEAN, minutes=st.integers(5, 90), count=st.integers(1, 3))
def test_a_plan_keeps_its_promises(
    make_team: MakeTeam, small: Library, safety: float, candour: float, minutes: int, count: int
) -> None:
    """Minutes, number, sums, gate and sameness, for any team."""
    team = make_team(
        form("safety", safety) + form("candour", candour),
        f"focus: {{practices: {count}, minutes_per_week: {minutes}}}\n",
    )
    plan = tailor(small, team)
    assert plan == tailor(small, team)
    assert len(plan.focus) <= count
    assert sum(small.practices[id].time.minutes_per_week for id in practices(plan)) <= minutes
    assert not set(practices(plan)) & set(held(plan))
    for found in plan.focus:
        assert sum(one.contribution for one in found.reasons) == pytest.approx(found.score, abs=1e-9)
        assert plan.gate.is_open or small.practices[found.practice].first_risk != "members"
