"""Every tool's export gives the same answers, and says how it was read."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.survey_tools import TOOLS, Points, google_forms, qualtrics, table, workbook, zipped

from trust_playbook.library import Library, load_library
from trust_playbook.library.instruments import Instrument
from trust_playbook.problems import ProblemsFound
from trust_playbook.survey.columns import ColumnMap, read_map
from trust_playbook.survey.reading import Export, read_export

LABELS = tuple(load_library(ROOT / "content").labels.values())


def points_of(asked: Instrument, people: int = 12) -> tuple[tuple[int | None, ...], ...]:
    """Return made-up answers; every point of the scale and some empty cells among them."""
    chance = random.Random(7)
    choices = [*range(asked.scale.min, asked.scale.max + 1), None]
    return tuple(tuple(chance.choice(choices) for _ in asked.items) for _ in range(people))


def read(
    path: Path, data: bytes, asked: Instrument, given: ColumnMap | None = None, *, reversed_scale: bool = False
) -> Export:
    path.write_bytes(data)
    return read_export(path, asked, LABELS, given, reversed_scale=reversed_scale)


@pytest.fixture(params=["psychological-safety-7", "trust-baseline", "trust-pulse"])
def asked(request: pytest.FixtureRequest, library: Library) -> Instrument:
    return library.instruments[request.param]


@pytest.mark.parametrize("name", TOOLS)
def test_the_same_answers_come_out_of_every_tool(tmp_path: Path, asked: Instrument, name: str) -> None:
    """Recognised by its signature, with its own columns, previews and unfinished rows left out."""
    write, suffix, tool, dropped = TOOLS[name]
    points = points_of(asked)
    found = read(tmp_path / f"export{suffix}", write(asked, points), asked)
    assert found.answers.rows == points
    assert found.layout.tool == tool
    assert found.counts.dropped == dropped
    assert found.counts.kept == len(points)


def test_an_anchor_of_a_frequency_scale_is_read_in_words(tmp_path: Path, library: Library) -> None:
    """Never to every time, from 0 to 4, in any of the languages."""
    asked = library.instruments["behaviour-signals"]
    rows = [[item.id for item in asked.items], ["Never", "Selten", "À chaque fois", "A menudo"]]
    assert read(tmp_path / "export.csv", table(rows).encode(), asked).answers.rows == ((0, 1, 4, 3),)


def test_of_two_answers_from_one_address_the_last_counts(tmp_path: Path, library: Library) -> None:
    """And the dry run says how many were left out."""
    asked = library.instruments["psychological-safety-7"]
    text = google_forms(asked, [[1] * 7, [2] * 7, [3] * 7]).decode().replace("p2@", "P0@")
    found = read(tmp_path / "export.csv", text.encode(), asked)
    assert found.answers.rows == ((2,) * 7, (3,) * 7)
    assert found.counts.dropped == {"duplicate respondent": 1}


def test_a_map_names_columns_that_nothing_else_does(tmp_path: Path, library: Library) -> None:
    """By header, or as question and row of a grid; what it does not name is left out."""
    asked = library.instruments["behaviour-signals"]
    rows = [["who", "Q1", "Q2 [Ours]", "Q2 [Theirs]", "Q4", "Age"], ["x", "0", "1", "2", "3", "4"]]
    mapping = tmp_path / "map.yml"
    mapping.write_text("columns: {Q1: bs-early, Q2.Ours: bs-views, Q2.Theirs: bs-boundaries, q4: bs-openness}\n")
    found = read(tmp_path / "export.csv", table(rows).encode(), asked, read_map(mapping, asked))
    assert found.answers.rows == ((0, 1, 2, 3),)
    assert found.columns.ignored == ("who", "Age")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("columns: {Q1: bs-erly}\n", "unknown-item"),
        ("columns: {Q1: bs-early, Q2: bs-early}\n", "repeated-item"),
        ("column: {Q1: bs-early}\n", "unknown-key"),
        ("columns: {}\n", "wrong-count"),
    ],
)
def test_a_map_that_names_what_is_not_there_is_refused(tmp_path: Path, library: Library, text: str, code: str) -> None:
    """At its own line and column."""
    mapping = tmp_path / "map.yml"
    mapping.write_text(text)
    with pytest.raises(ProblemsFound) as raised:
        read_map(mapping, library.instruments["behaviour-signals"])
    assert code in {one.code for one in raised.value.problems}


def test_a_form_without_item_texts_is_refused_without_a_map(tmp_path: Path, library: Library) -> None:
    """Its rows are named otherwise and no item text is shown, so nothing is guessed."""
    asked = library.instruments["psychological-safety-7"]
    rows = qualtrics(asked, [[1] * 7]).decode("utf-8-sig")
    for item in asked.items:
        rows = rows.replace((item.text or "").replace('"', '""'), f"Row {item.id[2]}")
    with pytest.raises(ProblemsFound) as raised:
        read(tmp_path / "export.csv", rows.encode(), asked)
    assert [one.code for one in raised.value.problems] == ["missing-item"]
    assert "--map" in (raised.value.problems[0].hint or "")


def test_codes_without_texts_match_in_the_order_of_the_items(tmp_path: Path, library: Library) -> None:
    """Only if there are as many as items; the dry run asks to check the order."""
    asked = library.instruments["psychological-safety-7"]
    write = TOOLS["limesurvey codes"][0]
    assert read(tmp_path / "export.csv", write(asked, [[1] * 7]), asked).columns.in_order
    with pytest.raises(ProblemsFound):
        read(tmp_path / "export.csv", write(library.instruments["trust-pulse"], [[1] * 10]), asked)


def test_a_reversed_scale_turns_numbers_and_codes_and_leaves_words(tmp_path: Path, library: Library) -> None:
    """Strongly agree stays strongly agree, whatever number it had."""
    asked = library.instruments["psychological-safety-7"]
    for name, expected in (("limesurvey codes", 6), ("google forms", 6), ("surveymonkey", 2)):
        write, suffix, _, _ = TOOLS[name]
        found = read(tmp_path / f"export{suffix}", write(asked, [[2] * 7]), asked, reversed_scale=True)
        assert found.answers.rows == ((expected,) * 7,)


@pytest.mark.parametrize(
    ("data", "suffix", "code"),
    [
        (b"PK\x03\x04 no archive", ".xlsx", "not-a-spreadsheet"),
        (b"{}", ".json", "not-a-list"),
        (b"[[1, 2]]", ".json", "not-a-list"),
        (b"[" * 100_000, ".json", "not-a-list"),
        (workbook([[]]), ".xlsx", "not-a-spreadsheet"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    tmp_path: Path, library: Library, data: bytes, suffix: str, code: str
) -> None:
    """Without a traceback and without a word of what is in it."""
    with pytest.raises(ProblemsFound) as raised:
        read(tmp_path / f"export{suffix}", data, library.instruments["psychological-safety-7"])
    assert [one.code for one in raised.value.problems] == [code]


def test_order_of_rows_and_columns_and_personal_columns_change_nothing(tmp_path: Path, library: Library) -> None:
    """The same people in another order, with other columns about them."""
    asked = library.instruments["psychological-safety-7"]
    points: Points = points_of(asked)
    plain = read(tmp_path / "export.csv", google_forms(asked, points), asked).answers
    chance = random.Random(1)
    order = list(range(len(asked.items)))
    chance.shuffle(order)
    rows = [[f"c{at}" for at in range(3)] + [str(point or "") for point in (row[at] for at in order)] for row in points]
    chance.shuffle(rows)
    head = ["Department", "Age group", "Name", *(asked.items[at].id for at in order)]
    other = read(tmp_path / "other.csv", table([head, *rows]).encode(), asked).answers
    assert sorted(map(str, plain.rows)) == sorted(map(str, other.rows))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_is_read(tmp_path: Path, library: Library, encoding: str) -> None:
    """With and without a byte order mark; the accents of the answers tell whether it was right."""
    asked = library.instruments["psychological-safety-7"]
    rows = [[item.id for item in asked.items], ["Não concordo nem discordo"] * 7, ["Stimme völlig zu"] * 7]
    found = read(tmp_path / "export.csv", table(rows).encode(encoding), asked)
    assert found.answers.rows == ((4,) * 7, (7,) * 7)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_usual_delimiter_is_read(tmp_path: Path, library: Library, delimiter: str) -> None:
    """Even where the other two stand inside the texts."""
    asked = library.instruments["psychological-safety-7"]
    points = points_of(asked)
    rows = [["Timestamp", *(item.text or "" for item in asked.items), "One; two, three?"]]
    rows += [["x", *(str(point or "") for point in row), "a,b;c\td"] for row in points]
    assert read(tmp_path / "export.csv", table(rows, delimiter).encode(), asked).answers.rows == points


@pytest.mark.parametrize(
    ("cell", "point"),
    [("5 - Agree", None), ("6 - Agree", 6), ("7 (Strongly agree)", 7), ("4: Neutral", 4), ("1. Strongly disagree", 1),
     ("strongly  AGREE.", 7), ("Neutral", 4), ("  3 ", 3), ("3.0", 3),
     ("5 Somewhat agree", 5), ("Agree (6)", 6), ("Agree - 6", 6), ("6\u200b", 6),
     ("٣", None), ("III", None)],
)  # fmt: skip
def test_numbers_and_words_may_stand_together_if_they_agree(
    tmp_path: Path, library: Library, cell: str, point: int | None
) -> None:
    """A number beside a word of another point is refused, and so is a number in no usual form."""
    asked = library.instruments["psychological-safety-7"]
    data = table([[item.id for item in asked.items], [cell, *["4"] * 6]]).encode()
    if point is None:
        with pytest.raises(ProblemsFound):
            read(tmp_path / "export.csv", data, asked)
    else:
        assert read(tmp_path / "export.csv", data, asked).answers.rows[0][0] == point


def test_a_second_header_row_that_is_missing_costs_nobody_an_answer(tmp_path: Path, library: Library) -> None:
    """SurveyMonkey's row of 'Response' is often deleted; then the next row is a person and no header."""
    asked = library.instruments["psychological-safety-7"]
    own = ["Respondent ID", "Collector ID", "Start Date", "Email Address"]
    rows = [[*own, *(item.text or "" for item in asked.items)]]
    rows += [[str(at), "4", "x", f"secret{at}@example.org", *["5"] * 7] for at in range(1, 4)]
    found = read(tmp_path / "export.csv", table(rows).encode(), asked)
    assert found.answers.rows == ((5,) * 7,) * 3
    assert "secret" not in " ".join((*found.columns.titles.values(), *found.columns.ignored))


def test_rows_added_under_the_answers_are_left_out(tmp_path: Path, library: Library) -> None:
    """A mean that lies on the scale is nobody's answer."""
    asked = library.instruments["psychological-safety-7"]
    text = google_forms(asked, [[4] * 7] * 3).decode() + "Median,,4,4,4,4,4,4,4,\n,,5,5,5,5,5,5,5,\n"
    found = read(tmp_path / "export.csv", text.encode(), asked)
    assert found.counts.kept == 3
    assert found.counts.dropped == {"no response": 2}


def test_words_that_say_nobody_are_no_identity(tmp_path: Path, library: Library) -> None:
    """Several people without an address are several people; an empty second try does not wipe the first."""
    asked = library.instruments["psychological-safety-7"]
    head = ["Timestamp", "Email Address", *(item.id for item in asked.items)]
    rows = [
        ["1", "n/a", *["5"] * 7],
        ["2", "N/A", *["5"] * 7],
        ["3", "none", *["5"] * 7],
        ["4", "anonymous", *["5"] * 7],
    ]
    rows += [["5", "ana@example.org", *["6"] * 7], ["6", "ana@example.org", *[""] * 7]]
    found = read(tmp_path / "export.csv", table([head, *rows]).encode(), asked)
    assert found.answers.rows == (*((5,) * 7,) * 4, (6,) * 7)


def test_sub_questions_are_matched_by_their_numbers(tmp_path: Path, library: Library) -> None:
    """Columns may stand in any order."""
    asked = library.instruments["psychological-safety-7"]
    own = ["id", "submitdate", "lastpage"]
    head = [*own, *(f"PS[SQ00{at}]" for at in range(7, 0, -1))]
    row = ["1", "2026-11-16", "1", *(f"A{at}" for at in range(7, 0, -1))]
    assert read(tmp_path / "export.csv", table([head, row], ";").encode(), asked).answers.rows == (
        (1, 2, 3, 4, 5, 6, 7),
    )


@pytest.mark.parametrize(
    "own",
    [
        ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "seed. Seed"],
        ["Antwort ID", "Datum Abgeschickt", "Letzte Seite", "Zufallsstartwert"],
        ["id", "submitdate", "startlanguage", "seed"],
    ],
)
def test_limesurvey_is_recognised_by_any_heading(tmp_path: Path, library: Library, own: list[str]) -> None:
    """Codes, codes with texts, or texts in another language; the row that was not submitted is left out."""
    asked = library.instruments["psychological-safety-7"]
    head = [*own, *(f"Q1[SQ00{at}]. How? [{item.text}]" for at, item in enumerate(asked.items, start=1))]
    rows = [["1", "2026-11-16", "1", "5", *["AO06"] * 7], ["2", "", "1", "5", *["AO01"] * 7]]
    found = read(tmp_path / "export.csv", table([head, *rows], ";").encode(), asked)
    assert found.layout.tool == "limesurvey"
    assert found.answers.rows == ((6,) * 7,)


def test_two_words_for_one_point_are_refused(tmp_path: Path, library: Library) -> None:
    """A form with seven words is not squeezed into a scale of five."""
    asked = library.instruments["mayer-davis-1999"]
    words = ["Disagree", "Somewhat disagree", "Agree"] * 6
    rows = [[item.id for item in asked.items], words[:17], words[1:18]]
    with pytest.raises(ProblemsFound) as raised:
        read(tmp_path / "export.csv", table(rows).encode(), asked)
    assert {one.code for one in raised.value.problems} == {"mixed-words"}


def test_points_that_nobody_used_are_pointed_out(tmp_path: Path, library: Library) -> None:
    """A form from 1 to 5, or codes from 0, look like answers that avoid an end."""
    asked = library.instruments["psychological-safety-7"]
    rows = [[item.id for item in asked.items], *([str(1 + at % 5)] * 7 for at in range(10))]
    assert read(tmp_path / "export.csv", table(rows).encode(), asked).counts.unused == (6, 7)


def test_a_reversed_scale_with_numbers_and_words_agrees_with_itself(tmp_path: Path, library: Library) -> None:
    """1 - Strongly agree is right where the numbers ran the other way, and wrong where they did not."""
    asked = library.instruments["psychological-safety-7"]
    data = table([[item.id for item in asked.items], ["1 - Strongly agree"] * 7]).encode()
    assert read(tmp_path / "export.csv", data, asked, reversed_scale=True).answers.rows == ((7,) * 7,)
    with pytest.raises(ProblemsFound):
        read(tmp_path / "export.csv", data, asked)


@pytest.mark.parametrize("name", ["export.csv", "export.xls", "export"])
def test_a_workbook_is_read_whatever_it_is_called(tmp_path: Path, library: Library, name: str) -> None:
    """What is in the file counts, not its name."""
    asked = library.instruments["psychological-safety-7"]
    found = read(tmp_path / name, workbook([[item.id for item in asked.items], ["5"] * 7]), asked)
    assert found.answers.rows == ((5,) * 7,)


def test_a_stray_cell_far_away_is_refused_before_it_takes_all_memory(tmp_path: Path, library: Library) -> None:
    """The last cell of a sheet would ask for half a terabyte."""
    data = workbook([["s1"], ["5"]])
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        files = {name: box.read(name).decode() for name in box.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    stray = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    files[sheet] = files[sheet].replace("</sheetData>", stray)
    with pytest.raises(ProblemsFound) as raised:
        read(tmp_path / "export.xlsx", zipped(files), library.instruments["psychological-safety-7"])
    assert raised.value.problems[0].code == "too-many-rows"
