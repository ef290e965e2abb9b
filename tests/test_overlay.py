"""A team's own content over the builtin library: it adds, changes and hides, and hears of changes upstream."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.conftest import VALID

from trust_playbook.library import Library, load_library
from trust_playbook.problems import Problem, ProblemsFound

BUILTIN = VALID / "content"
PRACTICE = (BUILTIN / "practices" / "ask-first.yml").read_text(encoding="utf-8")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """An overlay that adds nothing yet."""
    folder = tmp_path / "content"
    (folder / "practices").mkdir(parents=True)
    (folder / "overrides").mkdir()
    (folder / "library.yml").write_text('name: Ours\nversion: "1"\nextends: builtin\n')
    return folder


def loaded(content: Path, builtin: Path = BUILTIN) -> Library:
    return load_library(content, builtin)


def problems_of(content: Path, builtin: Path = BUILTIN) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFound) as raised:
        loaded(content, builtin)
    return raised.value.problems


def override(content: Path, text: str, id: str = "ask-first") -> None:
    """Write an override with the digest that check asks for."""
    path = content / "overrides" / f"{id}.yml"
    path.write_text(text)
    hint = problems_of(content)[0].hint or ""
    digest = re.search(r"'upstream: ([0-9a-f]{12})'", hint)
    assert digest
    path.write_text(f"upstream: {digest.group(1)}\n{text}")


def test_an_empty_overlay_is_the_library_under_its_own_name(content: Path, small: Library) -> None:
    """Routing, levels and pages come from below."""
    library = loaded(content)
    assert library.info.name == "Ours"
    assert library.practices == small.practices
    assert library.routing == small.routing


def test_a_new_practice_is_added(content: Path) -> None:
    """It may name sources and dimensions of the library."""
    (content / "practices" / "our-own.yml").write_text(PRACTICE.replace("Ask first", "Our own"))
    assert loaded(content).practices["our-own"].name == "Our own"


def test_a_practice_that_exists_is_not_silently_replaced(content: Path) -> None:
    """Changing is what overrides are for."""
    (content / "practices" / "ask-first.yml").write_text(PRACTICE)
    assert [one.code for one in problems_of(content)] == ["exists-already"]


def test_an_override_changes_what_it_names_and_nothing_else(content: Path, small: Library) -> None:
    """Whole keys, checked like any practice."""
    override(content, "outcome: Ours.\neffort: 2\n")
    changed, before = loaded(content).practices["ask-first"], small.practices["ask-first"]
    assert (changed.outcome, changed.effort) == ("Ours.", 2)
    assert changed.model_copy(update={"outcome": before.outcome, "effort": before.effort}) == before


def test_an_override_hides(content: Path) -> None:
    """And nothing that named it as related leads nowhere."""
    (content / "overrides" / "ask-first.yml").write_text("hide: true\n")
    assert "ask-first" not in loaded(content).practices


def test_a_text_that_changed_upstream_is_reported(content: Path, tmp_path: Path) -> None:
    """An old change does not lie over a new text unseen; changes elsewhere do not matter."""
    override(content, "outcome: Ours.\n")
    newer = tmp_path / "newer"
    shutil.copytree(BUILTIN, newer)
    practice = newer / "practices" / "ask-first.yml"
    practice.write_text(PRACTICE.replace("effort: 1", "effort: 3"))
    assert loaded(content, newer).practices["ask-first"].effort == 3
    practice.write_text(PRACTICE.replace("Something can be seen.", "Something better can be seen."))
    assert [(one.line, one.column, one.code) for one in problems_of(content, newer)] == [(1, 11, "upstream-changed")]


@pytest.mark.parametrize(
    ("name", "text", "code", "hint"),
    [
        ("ask-frist", "hide: true\n", "unknown-practice", "did you mean 'ask-first'?"),
        ("ask-first", "hide: true\noutcome: x.\n", "bad-override", "write 'hide: true' and nothing else"),
        ("ask-first", "outcom: x.\n", "unknown-key", "did you mean 'outcome'?"),
        ("ask-first", "effort: 9\n", "out-of-range", None),
        ("ask-first", "[a]\n", "bad-override", "write the keys that you change"),
    ],
)
def test_an_override_is_checked(content: Path, name: str, text: str, code: str, hint: str | None) -> None:
    """A name that does not exist, a contradiction, a wrong key, a wrong value."""
    (content / "overrides" / f"{name}.yml").write_text(text)
    found = [one for one in problems_of(content) if one.code == code]
    assert found
    assert hint is None or (found[0].hint or "").startswith(hint)


def test_the_builtin_library_cannot_extend_itself(content: Path) -> None:
    """There must be something below."""
    assert [one.code for one in problems_of(content, content)] == ["extends-itself"]
