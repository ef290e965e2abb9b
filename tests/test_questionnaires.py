"""The questionnaires of this library, from their own template to the file and to the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import ROOT

from trust_playbook.documents import to_yaml
from trust_playbook.library import Library
from trust_playbook.library.instruments import Instrument
from trust_playbook.problems import ProblemsFound
from trust_playbook.site.pages import pages_of
from trust_playbook.survey import ImportRequest, import_export
from trust_playbook.survey.answers import Answers
from trust_playbook.survey.scoring import item_shares, recommend_score
from trust_playbook.team import Team, load_team


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    team = tmp_path / "team"
    team.mkdir()
    (team / "playbook.yml").write_text("team: {name: Team}\n", encoding="utf-8")
    return team


def imported(folder: Path, library: Library, id: str, rows: list[list[str]]) -> dict[str, object]:
    asked = library.instruments[id]
    export = folder.parent / f"{id}.csv"
    lines = [",".join(item.id for item in asked.items), *(",".join(row) for row in rows)]
    export.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = import_export(ImportRequest(export, "2026-q4", id), load_team(folder, library), library)
    assessments = folder / "assessments"
    assessments.mkdir(exist_ok=True)
    (assessments / f"2026-q4.{id}.yml").write_text(to_yaml(dict(found.published), ""), encoding="utf-8")
    return json.loads(json.dumps(dict(found.published)))  # type: ignore[no-any-return]


def results_page(folder: Path, library: Library) -> str:
    team: Team = load_team(folder, library)
    pages = pages_of(library, team, ROOT / "site_config" / "templates")
    return next(page.text for page in pages if page.address == "results")


@pytest.mark.parametrize(
    ("points", "score", "interval"),
    [
        ([10, 9, 9, 9, 8, 8, 7, 7, 6, 3], 20, (-25.049398, 55.818629)),
        ([9] * 5, 100, (17.490626, 100.0)),
        ([10, 9, 8, 7, 6, 5, 4, 9], 0, (-48.797101, 48.797101)),
    ],
)
def test_the_recommend_score_comes_with_its_adjusted_interval(
    points: list[int], score: int, interval: tuple[float, float]
) -> None:
    """Share of 9 and 10 minus share of 0 to 6; 7 and 8 count among all; alike answers leave a width."""
    found = recommend_score(Answers(("tr1",), tuple((point,) for point in points)))
    assert found.score == score
    assert found.interval == pytest.approx(interval, abs=1e-6)


@pytest.mark.parametrize(
    ("points", "band"), [([9] * 11 + [3] * 2, "positive"), ([9] * 6 + [3] * 7, "mixed"), ([2] * 13, "negative")]
)
def test_the_recommend_score_is_published_as_a_word(
    folder: Path, library: Library, points: list[int], band: str
) -> None:
    """From thirteen answers on, and the page says that it is not the standard question."""
    published = imported(folder, library, "team-recommend", [[str(point)] for point in points])
    assert published["recommend"] == {"band": band}
    assert published["dimensions"] == {}
    assert "not the standard eNPS question" in results_page(folder, library)


def test_the_recommend_score_of_twelve_people_is_not_published(folder: Path, library: Library) -> None:
    """Nothing at all: there is no dimension to fall back on."""
    with pytest.raises(ProblemsFound, match="1 problem"):
        imported(folder, library, "team-recommend", [["9"]] * 12)


@pytest.mark.parametrize(("people", "shown"), [(12, False), (13, True)])
def test_single_statements_are_published_one_by_one_from_thirteen_answers(
    folder: Path, library: Library, people: int, *, shown: bool
) -> None:
    """As shares to the nearest ten; below that a mean with the typical interval, never one of its own."""
    asked = library.instruments["trust-pulse"]
    rows = [["5" if person % 2 else "3"] * len(asked.items) for person in range(people)]
    published = imported(folder, library, "trust-pulse", rows)
    assert ("items" in published) is shown
    forms = published["dimensions"]
    assert isinstance(forms, dict)
    assert {form["basis"] for form in forms.values()} == {"own" if shown else "typical"}
    assert ("Statement by statement" in results_page(folder, library)) is shown


def test_behaviour_signals_are_read_one_by_one(folder: Path, library: Library) -> None:
    """Four signals on a scale of their own, from never to every time, each for its own dimension."""
    published = imported(folder, library, "behaviour-signals", [["4", "3", "2", "0"]] * 7 + [["0", "3", "2", "4"]] * 6)
    shares = published["items"]
    assert isinstance(shares, dict)
    assert {id: share["favourable"] for id, share in shares.items()} == {
        "bs-early": "50",
        "bs-views": ">90",
        "bs-boundaries": "<10",
        "bs-openness": "50",
    }


def test_a_share_counts_a_reversed_statement_the_other_way(library: Library) -> None:
    """Favourable is above the middle once keyed."""
    asked = library.instruments["trust-pulse"]
    low = Answers(tuple(item.id for item in asked.items), (tuple(2 for _ in asked.items),))
    assert {share.item: share.favourable for share in item_shares(low, asked)} == {
        item.id: float(item.reverse) for item in asked.items
    }


KEYS_ONLY = ("costa-anderson-2011", "mayer-davis-1999", "mcallister-1995", "rafferty-griffin-2004")


def asked_with(instrument: Instrument, answer: str) -> list[list[str]]:
    return [[answer] * len(instrument.items)] * 8


@pytest.mark.parametrize("id", KEYS_ONLY)
def test_a_scale_whose_wording_may_not_be_printed_is_read_by_its_keys(folder: Path, library: Library, id: str) -> None:
    """The user supplies the wording; the columns carry the keys, and no page prints a sentence of it."""
    asked = library.instruments[id]
    assert asked.licence.text == "user-supplied"
    assert all(item.text is None for item in asked.items)
    assert imported(folder, library, id, asked_with(asked, "3"))["respondents"] == "8-12"


def test_statements_about_one_person_need_more_answers(folder: Path, library: Library) -> None:
    """Where an instrument asks for eight, seven are too few whatever the team's own minimum is."""
    asked = library.instruments["rafferty-griffin-2004"]
    with pytest.raises(ProblemsFound):
        imported(folder, library, "rafferty-griffin-2004", asked_with(asked, "3")[:7])
