"""What an assessment file may say, rule by rule, and that no person's answer can be worked out from it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import privacy_figures
from trust_playbook.documents import to_yaml
from trust_playbook.library import Library
from trust_playbook.library.instruments import Instrument, Item, Licence, ResponseScale
from trust_playbook.survey import ImportRequest, import_export
from trust_playbook.survey.answers import Answers
from trust_playbook.survey.publishing import Circumstances, flags_of, publish
from trust_playbook.survey.scoring import DimensionScore, alike_answers, score
from trust_playbook.team import load_team, protection, rules
from trust_playbook.team.records import PublishedScale

SEVEN = PublishedScale(min=1, max=7)
FIRST = Circumstances(
    wave="2026-q4", invited=None, changed=None, earlier_wave=False, earlier_was_coarse=False, min_respondents=5
)


def instrument(items: int, low: int = 1, high: int = 7) -> Instrument:
    anchors = tuple(f"point {point}" for point in range(low, high + 1))
    return Instrument(
        name="Test",
        version=1,
        citation="None",
        licence=Licence(position="Ours.", text="shipped"),
        validated="No.",
        asks="This.",
        minimum_items=0.5,
        scale=ResponseScale(min=low, max=high, anchors=anchors, direction="agreement-rises"),
        items=tuple(Item(id=f"i{index}", text=f"Item {index}.", dimension="safety") for index in range(items)),
    )


def published(rows: Iterable[Sequence[int | None]], circumstances: Circumstances = FIRST) -> dict[str, Any] | None:
    """Return the published form of one dimension, None where nothing may be published."""
    answers = tuple(tuple(row) for row in rows)
    asked = instrument(len(answers[0]))
    scores = score(Answers(tuple(item.id for item in asked.items), answers), asked)
    found = publish(scores, (), "test", asked, circumstances)
    return None if found is None else dict(found["dimensions"]["safety"])


def whole_file(rows: Sequence[Sequence[int]], circumstances: Circumstances) -> dict[str, Any]:
    asked = instrument(len(rows[0]))
    answers = Answers(tuple(item.id for item in asked.items), tuple(map(tuple, rows)))
    found = publish(score(answers, asked), (), "test", asked, circumstances)
    assert found is not None
    return dict(found)


def changed(base: Circumstances = FIRST, **values: Any) -> Circumstances:
    return replace(base, **values)


@pytest.mark.parametrize(
    ("count", "band"),
    [(2, None), (3, "3-4"), (5, "5-7"), (7, "5-7"), (8, "8-12"), (13, "13-24"), (25, "25+"), (400, "25+")],
)
def test_rule_1_respondents_are_a_band(count: int, band: str | None) -> None:
    """Never the number."""
    assert rules.band_of(count) == band


def test_rule_2_small_groups_get_the_typical_interval_whatever_their_spread() -> None:
    """Five alike and five far apart publish the same interval."""
    alike, apart = published([[4]] * 5), published([[1], [2], [4], [6], [7]])
    assert alike == apart == {"mean": 4.0, "interval": [2.9, 5.1], "basis": "typical"}


@pytest.mark.parametrize(
    ("people", "high", "low"),
    [(5, 5.6, 2.4), (7, 5.6, 2.4), (8, 6.1, 1.9), (12, 6.1, 1.9), (13, 6.5, 1.5), (30, 6.5, 1.5)],
)
def test_rule_3_a_mean_near_an_end_is_coded(people: int, high: float, low: float) -> None:
    """All at the top, all at the bottom: only the code is said."""
    assert published([[7] * 4] * people) == {"at_least": high}
    assert published([[1] * 4] * people) == {"at_most": low}


def test_rule_3_counts_the_code_itself_as_beyond() -> None:
    """A mean of exactly 5.6 among five is coded: else a colleague at 1 knew that all others said 7."""
    assert published([[5], [5], [6], [6], [6]]) == {"at_least": 5.6}
    assert published([[5], [5], [5], [6], [6]]) == {"mean": 5.4, "interval": [4.3, 6.5], "basis": "typical"}


def test_rule_4_larger_groups_get_their_own_interval_with_a_floored_spread() -> None:
    """Eight people who agree completely are read as if they differed by 0.8."""
    found = published([[4, 4]] * 8)
    half = 2.364624 * 0.8 / 8**0.5
    assert found == {
        "mean": 4.0,
        "interval": [rules.outward_down(4 - half), rules.outward_up(4 + half)],
        "basis": "own",
        "agreement": "agree",
    }


def test_rule_4_the_widest_spreads_are_read_alike() -> None:
    """Half at one end and half at the other, and a little less: the same interval."""
    split = published([[1, 1]] * 4 + [[7, 7]] * 4)
    wide = published([[1, 1]] * 3 + [[2, 2], [6, 6]] + [[7, 7]] * 3)
    assert split == wide
    assert split is not None
    assert split["agreement"] == "split"


@pytest.mark.parametrize(("spread", "word"), [(0.99, "agree"), (1.0, "differ"), (1.49, "differ"), (1.5, "split")])
def test_rule_5_agreement_is_one_word(spread: float, word: str) -> None:
    """From the same spread as the interval."""
    assert rules.agreement_of(spread, SEVEN) == word


def test_rule_6_a_single_item_never_has_its_own_interval_below_thirteen() -> None:
    """Twelve answers to one question still get the typical interval."""
    found = published([[3], [4], [5]] * 4)
    assert found == {"mean": 4.0, "interval": [2.9, 5.1], "basis": "typical"}


def test_rule_7_below_the_minimum_nothing_is_published() -> None:
    """Four people, minimum five: not even a word."""
    assert published([[4, 4]] * 4) is None


@pytest.mark.parametrize(("point", "word"), [(1, "low"), (4, "middle"), (7, "high")])
def test_rule_7_a_lowered_minimum_publishes_one_word(point: int, word: str) -> None:
    """Three or four people: low, middle or high, and the flag that says so."""
    lowered = changed(min_respondents=3)
    assert published([[point, point]] * 3, lowered) == {"word": word}
    assert whole_file([[point, point]] * 3, lowered)["flags"] == ["floor-lowered"]
    assert published([[point, point]] * 2, lowered) is None


@pytest.mark.parametrize(
    ("moved", "flags", "baseline", "mean"),
    [
        (None, ["few-changed"], "continues", 4.5),
        (0, [], "continues", 4.6),
        (1, ["few-changed"], "continues", 4.5),
        (4, ["few-changed"], "new", 4.5),
        (5, [], "new", 4.6),
    ],
)
def test_rule_8_few_changes_make_the_second_wave_coarse(
    moved: int | None, flags: list[str], baseline: str, mean: float
) -> None:
    """One to four people joined or left, or nobody said: half points, typical interval."""
    rows = [[4, 5]] * 8 + [[5, 5]] * 2
    found = whole_file(rows, changed(earlier_wave=True, changed=moved))
    assert (found["flags"], found["baseline"], found["dimensions"]["safety"]["mean"]) == (flags, baseline, mean)
    assert found["dimensions"]["safety"]["basis"] == ("typical" if flags else "own")


def test_rule_8_holds_over_two_changes_in_a_row() -> None:
    """After a coarse wave a wave without changes is coarse too: the changes may add up to one person."""
    after_coarse = changed(earlier_wave=True, changed=0, earlier_was_coarse=True)
    assert whole_file([[4, 5]] * 10, after_coarse)["flags"] == ["few-changed"]


@pytest.mark.parametrize(("invited", "word"), [(None, "unknown"), (30, "under-half"), (12, "most"), (10, "nearly-all")])
def test_the_response_is_a_word(invited: int | None, word: str) -> None:
    """Neither the number invited nor a percentage."""
    assert whole_file([[4, 4]] * 10, changed(invited=invited))["response"] == word


@pytest.mark.parametrize("people", [5, 6, 7])
def test_no_single_answer_is_determined_in_small_groups(people: int) -> None:
    """One item, every possible answer set: each person can have answered more than one thing.

    For a colleague who knows the exact number of respondents and their own answer. People are not told
    apart, so another's answer is determined where all compatible answer sets leave one value only.
    """
    by_form: dict[str, list[tuple[int, ...]]] = {}
    for answers in itertools.combinations_with_replacement(range(1, 8), people):
        by_form.setdefault(str(published([[one] for one in answers])), []).append(answers)
    assert len(by_form) > 10
    for sets in by_form.values():
        for own in range(1, 8):
            others = [_without(answers, own) for answers in sets if own in answers]
            assert not others or len(set(itertools.chain(*others))) > 1


def _without(answers: tuple[int, ...], own: int) -> tuple[int, ...]:
    rest = list(answers)
    rest.remove(own)
    return tuple(rest)


ROWS = st.lists(st.tuples(*[st.integers(1, 7)] * 4), min_size=3, max_size=30)
EARLIER = """\
schema: 1
rules: publish-1
wave: 2026-q2
method: survey
instrument: {id: two-plus-two, version: 1}
scale: {min: 1, max: 7}
respondents: 8-12
response: most
baseline: first
dimensions: {safety: {at_least: 6.1}}
"""


@given(rows=ROWS, earlier=st.booleans(), moved=st.one_of(st.none(), st.integers(0, 9)), minimum=st.integers(3, 9))
def test_the_strict_reader_accepts_whatever_the_writer_writes(
    tmp_path_factory: pytest.TempPathFactory,
    small: Library,
    rows: list[tuple[int, ...]],
    *,
    earlier: bool,
    moved: int | None,
    minimum: int,
) -> None:
    """Rule and reader use the same tests."""
    asked = small.instruments["two-plus-two"]
    answers = Answers(tuple(item.id for item in asked.items), tuple(rows))
    flags = flags_of(score(answers, asked), alike_answers(answers, asked), len(rows))
    circumstances = changed(earlier_wave=earlier, changed=moved, min_respondents=minimum)
    found = publish(score(answers, asked), flags, "two-plus-two", asked, circumstances)
    assert (found is None) == (len(rows) < minimum)
    if found is None:
        return
    folder = tmp_path_factory.mktemp("team")
    (folder / "assessments").mkdir()
    (folder / "playbook.yml").write_text(f"team: {{name: Team}}\nprivacy: {{min_respondents: {minimum}}}\n")
    (folder / "assessments" / "2026-q4.two-plus-two.yml").write_text(to_yaml(found, "Test."))
    if earlier:
        (folder / "assessments" / "2026-q2.two-plus-two.yml").write_text(EARLIER)
    assert load_team(folder, small).assessments[-1].wave == "2026-q4"


@given(rows=st.lists(st.tuples(*[st.integers(1, 7)] * 3), min_size=8, max_size=30))
def test_an_interval_never_says_more_than_the_answers(rows: list[tuple[int, ...]]) -> None:
    """Rounded outward: the published interval holds the unrounded one of the spread as read."""
    found = published(rows)
    assert found is not None
    if "interval" in found:
        persons = [fmean(row) for row in rows]
        low, high = found["interval"]
        assert low <= fmean(persons) <= high
        if len(set(persons)) > 1 and stdev(persons) < 2:
            half = 1.96 * stdev(persons) / len(persons) ** 0.5
            assert low <= max(1, fmean(persons) - half) + 1e-9
            assert high >= min(7, fmean(persons) + half) - 1e-9


def test_doubts_about_the_answers_are_flagged() -> None:
    """Cells left open, statements that contradict each other, one answer to everything."""
    asked = instrument(2)
    asked = asked.model_copy(update={"items": (asked.items[0], asked.items[1].model_copy(update={"reverse": True}))})
    answers = Answers(("i0", "i1"), ((7, 7),) * 4 + ((6, None),) * 2)
    scores: tuple[DimensionScore, ...] = score(answers, asked)
    flags = flags_of(scores, alike_answers(answers, asked), len(answers.rows))
    assert [(flag.kind, flag.count) for flag in flags] == [
        ("imputed-over-10", 1),
        ("reverse-gap", 1),
        ("alike-answers", 4),
    ]


@pytest.mark.parametrize(("items", "people"), [*((1, people) for people in protection.PEOPLE), (3, 5), (3, 8)])
def test_the_privacy_page_prints_what_the_solver_finds(items: int, people: int) -> None:
    """An outsider works out nothing; a colleague in so many patterns, of so many."""
    found = privacy_figures.determined(people, items)
    assert found == (0, protection.DETERMINED[items][people], protection.PATTERNS[items])


@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_below_five_the_solver_finds_nothing_to_read(people: int) -> None:
    """Nothing is published, so nothing can be worked out."""
    assert privacy_figures.determined(people, 3) == (0, 0, 0)


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize("people", protection.LOWERED)
def test_a_lowered_minimum_leaves_open_what_the_privacy_page_says(items: int, people: int) -> None:
    """Three people and one word: whoever stands alone at the other end knows what both others said."""
    found = privacy_figures.determined(people, items, minimum=3)
    assert found == (0, protection.LOWERED[people], protection.PATTERNS[items])


def test_a_newcomers_answer_is_hidden_only_if_others_may_have_moved() -> None:
    """With drifts of a third of a point none is determined; with none at all, some are."""
    found = [privacy_figures.newcomers(people) for people in protection.PEOPLE]
    assert (min(one[0] for one in found), max(one[0] for one in found)) == protection.NEWCOMER_STILL
    assert {one[2] for one in found} == {0}


def test_the_same_statements_are_not_published_twice_in_a_wave(tmp_path: Path, library: Library) -> None:
    """Rule 9: two results of nearly the same people would show by their difference what the others answered."""
    folder = tmp_path / "team"
    (folder / "assessments").mkdir(parents=True)
    (folder / "playbook.yml").write_text("team: {name: Team}\n", encoding="utf-8")

    def imported(id: str) -> dict[str, Any]:
        asked = library.instruments[id]
        export = tmp_path / f"{id}.csv"
        rows = [",".join(item.id for item in asked.items), *[",".join(["5"] * len(asked.items))] * 9]
        export.write_text("\n".join(rows) + "\n", encoding="utf-8")
        found = import_export(ImportRequest(export, "2026-q4", id), load_team(folder, library), library)
        path = folder / "assessments" / f"2026-q4.{id}.yml"
        path.write_text(to_yaml(found.published, ""), encoding="utf-8")
        return dict(found.published["dimensions"])

    assert "mean" in imported("psychological-safety-7")["psychological-safety"]
    baseline = imported("trust-baseline")
    assert baseline["psychological-safety"] == {"suppressed": "complement"}
    assert "mean" in baseline["candour"]
