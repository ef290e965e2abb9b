"""Exports are read exactly or refused, by row and column, and no message repeats a cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import EXAMPLES, ROOT

from trust_playbook.library import Library, load_library
from trust_playbook.library.instruments import Instrument
from trust_playbook.problems import ProblemsFound, render
from trust_playbook.survey.answers import vocabulary
from trust_playbook.survey.folding import fold
from trust_playbook.survey.grids import MAX_ROWS
from trust_playbook.survey.reading import Export, read_export

CANARY = "Xcanary7"
LABELS = tuple(load_library(ROOT / "content").labels.values())
TEXTS = (
    "It is safe here.",
    "Mistakes are held against you here.",
    "We say what we think.",
    "The real talk here happens later.",
)


@pytest.fixture
def instrument(small: Library) -> Instrument:
    return small.instruments["two-plus-two"]


def exported(path: Path, instrument: Instrument, text: str | bytes) -> Export:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_export(path, instrument, LABELS)


def rows_of(path: Path, instrument: Instrument, text: str | bytes) -> tuple[tuple[int | None, ...], ...]:
    return exported(path, instrument, text).answers.rows


@pytest.mark.parametrize(
    "text",
    [
        "s1,s2,c1,c2\n7,1,6,2\n",
        "\ufeffs1;s2;c1;c2\r\n7;1;6;2\r\n\r\n",
        "s1\ts2\tc1\tc2\n7\t1\t6\t2\n",
        f'Timestamp,{",".join(TEXTS[:3])},"The real  talk\nhere happens later."\nx,7,1,6,2\n',
        f"Timestamp,Q [{'],Q ['.join(TEXTS)}]\nx,Strongly agree,strongly disagree,Agree,Disagree\n",
        "c2,c1,e-mail,s2,s1\n2,6,ana@example.org,1,7\n",
    ],
    ids=["comma", "semicolon", "tab", "google forms", "google forms grid in words", "other order"],
)
def test_the_same_answers_are_read_from_every_layout(tmp_path: Path, instrument: Instrument, text: str) -> None:
    """Delimiter, order of columns, item texts, grids, anchors in words."""
    assert rows_of(tmp_path / "export.csv", instrument, text) == ((7, 1, 6, 2),)


@pytest.mark.parametrize("cell", ["", " ", "N/A", "Cannot say", "don’t know", "Prefer not to say"])
def test_an_answer_that_was_not_given_is_missing(tmp_path: Path, instrument: Instrument, cell: str) -> None:
    """Never a zero and never the middle."""
    text = f"s1,s2,c1,c2\n{cell},1,6,2\n5,5,5,5\n"
    assert rows_of(tmp_path / "export.csv", instrument, text)[0] == (None, 1, 6, 2)


HEAD = "s1,s2,c1,c2\n"
BROKEN = {
    "off the scale": (f"{HEAD}8,1,6,2\n", (2, 1), "off-scale"),
    "zero": (f"{HEAD}7,1,0,2\n", (2, 3), "off-scale"),
    "a word": (f"{HEAD}7,1,6,2\n7,{CANARY},6,2\n", (3, 2), "off-scale"),
    "a formula": (f'{HEAD}7,"=HYPERLINK(""{CANARY}"")",6,2\n', (2, 2), "off-scale"),
    "another script's digit": (f"{HEAD}٧,1,6,2\n", (2, 1), "off-scale"),
    "an exponent": (f"{HEAD}7,1e0,6,2\n", (2, 2), "off-scale"),
    "an item without a column": ("s1,s2,c1\n7,1,6\n", (1, 1), "missing-item"),
    "a reworded question": ("s1,s2,c1,c2,It is safe around here.\n7,1,6,2,5\n", (1, 5), "unknown-column"),
    "one item twice": ("s1,s2,c1,c2,s1\n7,1,6,2,7\n", (1, 5), "repeated-item"),
    "no known layout": ("When,Q1,Q2,Q3,Q4\nx,7,1,6,2\n", (1, 1), "unknown-export"),
    "codes from zero": (f"{HEAD}0,1,6,2\n6,0,5,1\n", (2, 1), "off-scale"),
    "a scale of five": (f"{HEAD}Disagree,1,Very often,2\n", (2, 3), "off-scale"),
    "a number and another word": (f"{HEAD}5 - Agree,1,6,2\n", (2, 1), "off-scale"),
    "a short row": (f"{HEAD}7,1,6\n", (2, 1), "ragged-row"),
    "a long row": (f"{HEAD}7,1,6,2,{CANARY}\n", (2, 1), "ragged-row"),
    "a quote that never ends": (f'{HEAD}7,1,6,"{CANARY}\n', (2, 1), "broken-quotes"),
    "a control character": (f"{HEAD}7,1,6,2\x00\n", (2, 4), "control-character"),
    "no answers": (HEAD, (1, 1), "no-answers"),
    "nothing": ("", (1, 1), "no-answers"),
    "another encoding": (b"s1,s2,c1,c2\n\x81,1,6,2\n", (1, 1), "encoding"),
    "too many columns": (",".join(["x"] * 501) + "\n" + ",".join(["1"] * 501), (1, 1), "too-many-columns"),
}


@pytest.mark.parametrize(("text", "place", "code"), BROKEN.values(), ids=BROKEN)
def test_a_broken_export_is_refused_by_row_and_column(
    tmp_path: Path, instrument: Instrument, text: str | bytes, place: tuple[int, int], code: str
) -> None:
    """The message says where; it never says what stood in the cell."""
    with pytest.raises(ProblemsFound) as raised:
        rows_of(tmp_path / "export.csv", instrument, text)
    assert (*place, code) in [(one.line, one.column, one.code) for one in raised.value.problems]
    assert CANARY not in render(raised.value.problems, "json")


def test_all_bad_answers_are_named_at_once(tmp_path: Path, instrument: Instrument) -> None:
    """Three bad cells, three problems."""
    with pytest.raises(ProblemsFound) as raised:
        rows_of(tmp_path / "export.csv", instrument, f"{HEAD}8,9,6,2\n7,1,x,2\n")
    assert [(one.line, one.column) for one in raised.value.problems] == [(2, 1), (2, 2), (3, 3)]


def test_too_many_rows_are_refused_at_the_limit(tmp_path: Path, instrument: Instrument) -> None:
    """The limit is named, and nothing beyond it is read."""
    with pytest.raises(ProblemsFound, match="1 problems") as raised:
        rows_of(tmp_path / "export.csv", instrument, HEAD + "7,1,6,2\n" * (MAX_ROWS + 5))
    assert raised.value.problems[0].message == "the export has more than 100,000 rows"


def test_only_the_declared_answers_are_accepted(small: Library) -> None:
    """Of all short strings over digits and marks, exactly the seven points are points."""
    words = vocabulary(small.instruments["two-plus-two"], LABELS)
    marks = "0123456789+-. _eExX"
    texts = [*marks, *(a + b for a in marks for b in marks)]
    accepted = {text: words.point(text) for text in texts if isinstance(words.point(text), int)}
    assert {text.strip(" .") for text in accepted} == set("1234567")
    assert set(accepted.values()) == {1, 2, 3, 4, 5, 6, 7}


def test_a_reversed_scale_turns_numbers_and_leaves_words(small: Library) -> None:
    """1 = strongly agree in such a form, and strongly agree stays strongly agree."""
    words = vocabulary(small.instruments["two-plus-two"], LABELS, reversed_scale=True)
    assert words.point("1") == 7
    assert words.point("Strongly agree") == 7


def test_spelling_case_and_quotes_do_not_matter() -> None:
    """A question is recognised as people's tools write it."""
    assert fold("My skills are  Utilised,\u00a0“here”.") == fold('my skills are utilized, "here"')


def test_the_sample_export_matches_every_item(library: Library) -> None:
    """Google Forms' own layout, with its time stamp left out."""
    found = read_export(
        EXAMPLES / "exports" / "google_forms_linear.csv", library.instruments["psychological-safety-7"], LABELS
    )
    assert found.layout.tool == "google-forms"
    assert list(found.columns.of_item) == [f"ps{number}" for number in range(1, 8)]
    assert found.columns.ignored == ("Timestamp",)


@pytest.mark.parametrize("id", ["psychological-safety-7", "trust-baseline"])
def test_every_questionnaire_is_read_back_from_its_own_forms(tmp_path: Path, library: Library, id: str) -> None:
    """By item ids, by item texts, and by item texts as rows of a grid."""
    asked = library.instruments[id]
    ids, texts = [item.id for item in asked.items], [item.text or item.id for item in asked.items]
    for header in (ids, ["Timestamp", *texts], ["Timestamp", *(f"How is it? [{text}]" for text in texts)]):
        answers = ["x"] * (len(header) - len(ids)) + ["5"] * len(ids)
        quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in header)
        found = rows_of(tmp_path / "export.csv", asked, f"{quoted}\n{','.join(answers)}\n")
        assert found == ((5,) * len(ids),)


def test_the_baseline_measures_every_dimension_of_the_library(library: Library) -> None:
    """Three own items for each of nine, and the seven that are quoted for psychological safety."""
    items = library.instruments["trust-baseline"].items
    counts = {id: sum(item.dimension == id for item in items) for id in library.dimensions}
    assert counts.pop(library.routing.gate) == 7
    assert set(counts.values()) == {3}
    assert len(counts) == 9
