"""Answers become figures, checked against figures computed elsewhere."""

from __future__ import annotations

import json
import random
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import EXAMPLES

from trust_playbook.library import Library
from trust_playbook.library.instruments import Instrument, Item, Licence, ResponseScale
from trust_playbook.survey.answers import Answers
from trust_playbook.survey.reading import read_export
from trust_playbook.survey.scoring import DimensionScore, cronbach_alpha, keyed, person_score, score, t_interval

EXPORT = EXAMPLES / "exports" / "google_forms_linear.csv"
EXPECTED = json.loads((EXAMPLES / "exports" / "google_forms_linear.expected.json").read_text(encoding="utf-8"))


def scale(low: int, high: int) -> ResponseScale:
    anchors = tuple(str(point) for point in range(low, high + 1))
    return ResponseScale(min=low, max=high, anchors=anchors, direction="agreement-rises")


def asked_with(points: ResponseScale, items: tuple[Item, ...]) -> Instrument:
    return Instrument(
        name="Test", version=1, citation="None", licence=Licence(position="Ours.", text="shipped"), validated="No.",
        asks="This.", minimum_items=0.5, scale=points, items=items,
    )  # fmt: skip


@pytest.fixture
def instrument(library: Library) -> Instrument:
    return library.instruments["psychological-safety-7"]


def test_the_sample_export_gives_the_figures_computed_in_r(instrument: Instrument) -> None:
    """Mean, spread, interval, alpha, r*wg and AD agree to six decimals."""
    (found,) = score(read_export(EXPORT, instrument, ()).answers, instrument)
    assert found.n == EXPECTED["n"]
    assert sorted(found.persons) == pytest.approx(sorted(EXPECTED["persons"]), abs=1e-6)
    assert found.interval == pytest.approx(tuple(EXPECTED["interval"]), abs=1e-6)
    for name in ("mean", "sd", "alpha", "rwg_star", "ad"):
        assert getattr(found, name) == pytest.approx(EXPECTED[name], abs=1e-6), name


@pytest.mark.parametrize(
    ("low", "high", "raw", "expected"),
    [(1, 7, 1, 7), (1, 7, 2, 6), (1, 7, 4, 4), (1, 7, 7, 1), (1, 5, 2, 4), (0, 4, 1, 3), (0, 10, 3, 7)],
)
def test_a_reversed_item_is_mirrored_on_its_own_scale(low: int, high: int, raw: int, expected: int) -> None:
    """(min + max) - raw, also where the scale begins at 0."""
    assert keyed(raw, scale(low, high), reverse=True) == expected
    assert keyed(raw, scale(low, high), reverse=False) == raw


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((6, 6, None, 5, 6, None, 6), 5.8),
        ((6, 6, 5, None, None, None, None), None),
        ((6, 6, 5, 4, None, None, None), 5.25),
        ((None,) * 7, None),
    ],
)
def test_a_person_is_scored_from_half_of_the_items_on(
    answers: tuple[float | None, ...], expected: float | None
) -> None:
    """Four of seven are enough, three are not; a missing answer is never a zero."""
    assert person_score(answers, 0.5) == expected


def test_alpha_is_undefined_where_it_cannot_be_estimated() -> None:
    """One item, one person, or no spread at all."""
    assert cronbach_alpha(((1.0,), (2.0,))) is None
    assert cronbach_alpha(((1.0, 2.0),)) is None
    assert cronbach_alpha(((1.0, 2.0), (1.0, 2.0))) is None


POINT = st.one_of(st.none(), st.integers(1, 7))
ROWS = st.lists(st.tuples(*[POINT] * 7), min_size=2, max_size=12)


@given(rows=ROWS, seed=st.integers(0, 99))
def test_the_order_of_respondents_changes_nothing(
    library: Library, rows: list[tuple[int | None, ...]], seed: int
) -> None:
    """Figures belong to the team, not to the file."""
    instrument = library.instruments["psychological-safety-7"]
    items = tuple(item.id for item in instrument.items)
    shuffled = random.Random(seed).sample(rows, len(rows))
    (one,) = score(Answers(items, tuple(rows)), instrument)
    (other,) = score(Answers(items, tuple(shuffled)), instrument)
    assert one.n == other.n
    assert one.mean == pytest.approx(other.mean)
    assert one.sd == pytest.approx(other.sd)


@given(rows=ROWS)
def test_a_mean_stays_on_the_scale_and_in_its_interval(library: Library, rows: list[tuple[int | None, ...]]) -> None:
    """Whatever was answered."""
    instrument = library.instruments["psychological-safety-7"]
    (found,) = score(Answers(tuple(item.id for item in instrument.items), tuple(rows)), instrument)
    if found.mean is not None and found.interval is not None:
        assert 1 <= found.interval[0] <= found.mean + 1e-9
        assert found.mean - 1e-9 <= found.interval[1] <= 7


@pytest.mark.parametrize("seed", range(12))
def test_alpha_and_interval_agree_with_a_second_opinion(seed: int) -> None:
    """On random answers, pingouin gives the same Cronbach's alpha and the same t interval."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pingouin  # slow to load, and it warns while it loads
        from pandas import DataFrame
    chance = random.Random(seed)
    people, items = chance.randint(5, 30), chance.randint(3, 9)
    rows = []
    for _ in range(people):
        own = chance.gauss(4.5, 1)
        rows.append(tuple(float(min(7, max(1, round(chance.gauss(own, 1))))) for _ in range(items)))
    frame = DataFrame(rows)
    assert cronbach_alpha(tuple(rows)) == pytest.approx(pingouin.cronbach_alpha(frame)[0], abs=1e-9)
    means = frame.mean(axis=1)
    found = t_interval(means.mean(), means.std(ddof=1), people, scale(-99, 99))
    assert found == pytest.approx(tuple(pingouin.ttest(means, 0)["CI95"].iloc[0]), abs=0.006)


@given(
    rows=st.lists(st.tuples(*[st.one_of(st.none(), st.integers(1, 7))] * 4), min_size=5, max_size=20),
    shift=st.integers(-3, 3),
)
def test_relabelling_a_scale_moves_the_mean_and_nothing_else(rows: list[tuple[int | None, ...]], shift: int) -> None:
    """A scale from 0 to 6 says what one from 1 to 7 says, one lower."""
    items = tuple(Item(id=f"i{at}", text=f"Item {at}.", dimension="safety", reverse=at % 2 == 1) for at in range(4))

    def scored(low: int, answers: list[tuple[int | None, ...]]) -> DimensionScore:
        asked = asked_with(scale(low, low + 6), items)
        return score(Answers(tuple(item.id for item in items), tuple(answers)), asked)[0]

    before = scored(1, rows)
    after = scored(1 + shift, [tuple(None if one is None else one + shift for one in row) for row in rows])
    for key in ("n", "alpha", "alpha_n", "rwg_star", "ad", "sd", "reverse_gap"):
        one, other = getattr(before, key), getattr(after, key)
        assert other == (None if one is None else pytest.approx(one, abs=1e-9))
    assert after.mean == (None if before.mean is None else pytest.approx(before.mean + shift, abs=1e-9))
