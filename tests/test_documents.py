"""Reading YAML: every error with its place, nothing that crashes or guesses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_playbook.documents import Count, Flag, Line, Number, Record, read_document, read_record, to_yaml
from trust_playbook.problems import Problem


class Thing(Record):
    name: Line
    size: Count = 0
    share: Number = 0.0
    ready: Flag = False


def read(tmp_path: Path, data: bytes | str) -> tuple[Thing | None, list[Problem]]:
    path = tmp_path / "thing.yml"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    problems: list[Problem] = []
    found = read_record(path, Thing, problems)
    return (found[0] if found else None), problems


HOSTILE = {
    "billion laughs": (b"a: &a [x]\nb: [*a, *a]\n", (1, 4), "yaml-unsupported"),
    "alias only": (b"a: *b\n", (1, 4), "yaml-unsupported"),
    "merge key": (b"a:\n  <<: {b: c}\n", (2, 3), "yaml-unsupported"),
    "python tag": (b"a: !!python/object/apply:os.system ['id']\n", (1, 4), "yaml-unsupported"),
    "local tag": (b"a: !ENV HOME\n", (1, 4), "yaml-unsupported"),
    "deep nesting": (b"[" * 100_000, (1, 33), "yaml-unsupported"),
    "second document": (b"a: 1\n---\nb: 2\n", (2, 1), "yaml-unsupported"),
    "duplicate key": (b"name: a\nname: b\n", (2, 1), "duplicate-key"),
    "key that is a list": (b"? [a]\n: b\n", (1, 3), "yaml-unsupported"),
    "jinja as a value": (b"name: {{ x }}\n", (1, 8), "yaml-unsupported"),
    "tab": (b"name: a\n\tsize: 2\n", (2, 1), "yaml-syntax"),
    "unclosed quote": (b'name: "a\n', (1, 7), "yaml-syntax"),
    "unclosed bracket": (b"name: a\nsize: [1\nready: true\n", (2, 7), "yaml-syntax"),
    "not a character": ("name: a\uffffb\n".encode(), (1, 8), "control-character"),
    "a line end that editors do not count": ("name: a\u2028b\n".encode(), (1, 8), "control-character"),
    "colon in a text": (b"name: a: b\n", (1, 8), "yaml-syntax"),
    "empty value": (b"name:\n", (1, 6), "no-value"),
    "null": (b"name: ~\n", (1, 7), "no-value"),
    "not utf-8": (b"name: \xe4\n", (1, 1), "encoding"),
    "utf-16": ("name: a\n".encode("utf-16"), (1, 1), "encoding"),
    "escape": (b"name: a\nsize: \x1b\n", (2, 7), "control-character"),
    "escaped control character": (b'name: "a\\x1b"\n', (1, 7), "control-character"),
    "right-to-left override": ("name: a\u202eb\n".encode(), (1, 8), "control-character"),
    "lone surrogate": (b'name: "\\ud800"\n', (1, 10), "yaml-syntax"),
    "empty": (b"", (1, 1), "empty"),
    "comment only": (b"# nothing\n", (1, 1), "empty"),
    "too large": (b"name: " + b"a" * 300_000, (1, 1), "too-large"),
}


@pytest.mark.parametrize(("data", "place", "code"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_not_plain_yaml_is_refused_at_its_place(
    tmp_path: Path, data: bytes, place: tuple[int, int], code: str
) -> None:
    """One problem, at the line and column where it begins."""
    found, problems = read(tmp_path, data)
    assert found is None
    assert [(one.line, one.column, one.code) for one in problems][:1] == [(*place, code)]


def test_a_byte_order_mark_is_taken_off(tmp_path: Path) -> None:
    """Editors on Windows write one."""
    found, problems = read(tmp_path, b"\xef\xbb\xbfname: a\n")
    assert not problems
    assert found == Thing(name="a")


@pytest.mark.parametrize("text", ["no", "on", "off", "012", "1e3", "2024-01-01", "12:30:45", "1_000", ".inf"])
def test_a_text_stays_the_text_that_was_typed(tmp_path: Path, text: str) -> None:
    """YAML's own guesses at booleans, octals and dates do not happen."""
    found, problems = read(tmp_path, f"name: {text}\n")
    assert not problems
    assert found == Thing(name=text)


@pytest.mark.parametrize("text", ["1e3", "0x10", "1_0", "٤", "4.0", "nan", "true", "99999999999"])
def test_a_number_is_written_in_plain_digits(tmp_path: Path, text: str) -> None:
    """Anything cleverer is refused at the value."""
    found, problems = read(tmp_path, f"name: a\nsize: {text}\n")
    assert found is None
    assert [(one.line, one.column, one.code) for one in problems] == [(2, 7, "wrong-type")]


def test_all_problems_of_a_file_come_at_once(tmp_path: Path) -> None:
    """Four faults, four problems, each with a way out."""
    _, problems = read(tmp_path, "nmae: a\nsize: many\nshare: lots\nready: yes\n")
    assert [(one.line, one.column, one.code, one.hint) for one in problems] == [
        (1, 1, "missing-key", "add a line 'name: …'"),
        (2, 7, "wrong-type", "write digits only, for example 15"),
        (3, 8, "wrong-type", "write it as 5 or 5.5"),
        (4, 8, "wrong-type", "write true or false"),
        (1, 1, "unknown-key", "did you mean 'name'?"),
    ]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """A link could lead to any file of the machine."""
    (tmp_path / "secret").write_text("name: secret\n")
    link = tmp_path / "link.yml"
    link.symlink_to(tmp_path / "secret")
    problems: list[Problem] = []
    assert read_document(link, problems) is None
    assert [one.code for one in problems] == ["not-a-file"]


@given(data=st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever is read gives a record or a problem."""
    found, problems = read(tmp_path_factory.mktemp("any"), data)
    assert (found is None) == bool(problems)


@given(name=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=50))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """A text survives the way out and in, unless a field may not hold it."""
    found, problems = read(tmp_path_factory.mktemp("any"), to_yaml({"name": name}, "A comment."))
    if found is None:
        assert {one.code for one in problems} <= {"raw-html", "control-character"}
    else:
        assert found.name == name
