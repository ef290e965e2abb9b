"""Pages as Markdown: golden for the three kinds of team, harmless whatever the texts say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown
from tests.conftest import ROOT, VALID, MakeTeam

from trust_playbook.documents import read_document, to_yaml
from trust_playbook.library import Library, load_library
from trust_playbook.problems import ProblemsFound
from trust_playbook.site import links
from trust_playbook.site.pages import pages_of
from trust_playbook.survey import ImportRequest, import_export
from trust_playbook.team import load_team

GOLDEN = ROOT / "tests" / "golden"
TEMPLATES = ROOT / "site_config" / "templates"
WAVE, INSTRUMENT = "2026-q4", "psychological-safety-7"
EVIL = "X {{7*7}} *x* ![i](x){ onerror=alert(1) } < & \" ' `"


def playbook_of(level: str, folder: Path, library: Library) -> dict[str, str]:
    """Go the whole way from a made-up export to pages, as make playbook does."""
    export = folder / f"{level}.csv"
    script = ROOT / "generator" / "example_export.py"
    subprocess.run([sys.executable, script, export, "--level", level, "--seed", "1"], check=True)
    home = folder / f"{level}-team"
    (home / "assessments").mkdir(parents=True)
    (home / "playbook.yml").write_text((ROOT / "playbooks" / "example-team" / "playbook.yml").read_text())
    request = ImportRequest(export, WAVE, INSTRUMENT, invited=12)
    found = import_export(request, load_team(home, library), library)
    (home / "assessments" / f"{WAVE}.{INSTRUMENT}.yml").write_text(to_yaml(found.published, "Test."))
    return {page.address: page.text for page in pages_of(library, load_team(home, library), TEMPLATES)}


@pytest.fixture(scope="module")
def playbooks(tmp_path_factory: pytest.TempPathFactory, library: Library) -> dict[str, dict[str, str]]:
    folder = tmp_path_factory.mktemp("exports")
    return {level: playbook_of(level, folder, library) for level in ("low", "middling", "high")}


@pytest.mark.parametrize(
    "name",
    [
        "low/index",
        "low/plan/index",
        "middling/index",
        "middling/results",
        "middling/plan/leader-goes-first",
        "high/index",
    ],
)
def test_a_page_is_the_golden_page(
    playbooks: dict[str, dict[str, str]], name: str, request: pytest.FixtureRequest
) -> None:
    """Run with --update-golden after a change that is meant, and read the difference."""
    level, address = name.split("/", 1)
    golden = GOLDEN / f"{name.replace('/', '.')}.md"
    if request.config.getoption("--update-golden"):
        golden.write_text(playbooks[level][address], encoding="utf-8")
    advice = "the page has changed; if that is meant, run pytest --update-golden and read the difference"
    assert playbooks[level][address] == golden.read_text(encoding="utf-8"), advice


def test_three_teams_get_three_different_pages(playbooks: dict[str, dict[str, str]]) -> None:
    """Low: read this first and a closed gate. Middling: two plays. High: a strength to keep."""
    low, middling, high = (playbooks[level]["index"] for level in ("low", "middling", "high"))
    assert "Read this first" in low
    assert "a leader or a rule takes the first risk" in low
    assert "Read this first" not in middling + high
    assert middling.count('class="tp-card"') == 2
    assert "Psychological safety is what to keep" in high
    assert "tp-card" not in high
    assert "plan/leader-goes-first" not in playbooks["high"]


def test_library_pages_say_nothing_of_the_team(playbooks: dict[str, dict[str, str]]) -> None:
    """The same bytes in every site of one library."""
    own = ("index", "results", "plan/")
    shared = [{id: text for id, text in pages.items() if not id.startswith(own)} for pages in playbooks.values()]
    assert shared[0]
    assert shared[0] == shared[1] == shared[2]


def test_every_page_has_one_title_and_begins_its_html_at_column_0(playbooks: dict[str, dict[str, str]]) -> None:
    """An indented block would be read as Markdown once more."""
    pages = {address: text for address, text in playbooks["middling"].items() if address != links.CALENDAR}
    for address, text in pages.items():
        _, front, body = text.split("---\n", 2)
        assert front.count("title:") == 1
        assert body.count("<h1>") + body.count("\n# ") == 1, address
        assert not [line for line in body.splitlines() if line.startswith((" ", "\t"))], address


def hostile(path: Path) -> Any:
    """Return a file's tree with the hostile words in every text that holds a sentence or a name."""
    document = read_document(path, [])
    assert document

    def changed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: changed(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [changed(inner, key) for inner in value]
        return EVIL[:40] if key == "name" else EVIL if value.endswith((".", "?")) or key == "title" else value

    return changed(document.tree)


def test_hostile_texts_stay_texts_when_markdown_reads_the_page(tmp_path: Path) -> None:
    """No attribute, no emphasis, no template, no tag from a contributor's words, in any field."""
    for path in (VALID / "content").rglob("*.yml"):
        target = tmp_path / "content" / path.relative_to(VALID / "content")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(to_yaml(hostile(path), "Hostile."), encoding="utf-8")
    library = load_library(tmp_path / "content")
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "playbook.yml").write_text(to_yaml({"team": {"name": EVIL, "purpose": EVIL}}, "Hostile."))
    pages = pages_of(library, load_team(tmp_path / "team", library), TEMPLATES)
    assert sum(page.text.count("&#123;&#123;7&#42;7&#125;&#125;") for page in pages) > 50
    for page in pages:
        html = Markdown(extensions=["toc"]).convert(page.text.split("---\n", 2)[2])
        for harm in ("<img", "<![", "{{7", "<script"):
            assert harm not in html, page.address


def test_markup_in_a_text_is_refused_before_it_reaches_a_page(make_team: MakeTeam) -> None:
    """Raw HTML is an error of the plain check."""
    with pytest.raises(ProblemsFound) as raised:
        make_team(playbook="counterparts: [{id: a, name: '<b>x</b>', relation: partner}]\n")
    assert [one.code for one in raised.value.problems] == ["raw-html"]
