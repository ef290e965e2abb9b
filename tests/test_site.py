"""A site is built aside, checked, and swapped in whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import ROOT, VALID

from trust_playbook.library import Library
from trust_playbook.problems import ProblemsFound
from trust_playbook.site import publishing
from trust_playbook.site.pages import Page, pages_of, sections
from trust_playbook.site.publishing import publish
from trust_playbook.site.verifying import SiteBroken, verify
from trust_playbook.team import load_team

SITE_CONFIG = ROOT / "site_config"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, small: Library) -> Path:
    """The small example team's site."""
    team = load_team(VALID / "playbooks" / "harbour", small)
    out = tmp_path_factory.mktemp("published") / "harbour"
    assert (
        publish(pages_of(small, team, SITE_CONFIG / "templates"), sections(team), SITE_CONFIG, out)
        == out / "index.html"
    )
    return out


def test_the_start_page_says_what_the_team_must_know(site: Path) -> None:
    """Team, finding, standing with interval and band, focus with reasons."""
    text = (site / "index.html").read_text(encoding="utf-8")
    for words in ("Harbour", "people answered; most of those invited", "plausible 2.7 to 4.5", "Speak plainly",
                  "Candour: 3.6 of 7",
                      "× 0.70 × 1.00 × 1.00 × 1.00 = 0.337"):  # fmt: skip
        assert words in text


def test_a_team_site_asks_not_to_be_indexed(site: Path) -> None:
    """The default audience is the team."""
    assert '<meta name="robots" content="noindex">' in (site / "index.html").read_text(encoding="utf-8")
    assert "noindex" not in (site / "measure" / "privacy.html").read_text(encoding="utf-8")


def test_building_twice_gives_the_same_bytes(
    site: Path, tmp_path: Path, small: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Apart from the day in the site map, nothing depends on when or where."""
    monkeypatch.chdir(tmp_path)
    team = load_team(VALID / "playbooks" / "harbour", small)
    again = Path("again")
    publish(pages_of(small, team, SITE_CONFIG / "templates"), sections(team), SITE_CONFIG, again)
    first, second = _bytes_of(site), _bytes_of(again)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name] and "sitemap" not in name] == []


def _bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_that_no_build_made_is_never_replaced(tmp_path: Path, small: Library) -> None:
    """--out ~ must not cost anybody their home."""
    (tmp_path / "letters.txt").write_text("dear")
    with pytest.raises(ProblemsFound) as raised:
        publish(pages_of(small, None, SITE_CONFIG / "templates"), sections(None), SITE_CONFIG, tmp_path)
    assert [one.code for one in raised.value.problems] == ["foreign-folder"]
    assert (tmp_path / "letters.txt").read_text() == "dear"


def test_a_site_that_fails_its_checks_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old or new, never half."""
    out = tmp_path / "site"
    good = Page("index", "Start", '---\ntitle: "Start"\n---\n\n# Start\n')
    others = [
        Page(address, "x", "# x\n")
        for address in ("measure/when-this-is-not-the-tool", "measure/privacy", "measure/method")
    ]
    publish([good, *others], sections(None)[:1], SITE_CONFIG, out)
    before = _bytes_of(out)
    bad = Page("index", "Start", '# Start\n\n<p><a href="nowhere.html">x</a></p>\n')
    with pytest.raises(SiteBroken, match=r"index\.html links to nowhere\.html"):
        publish([bad, *others], sections(None)[:1], SITE_CONFIG, out)
    assert _bytes_of(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    monkeypatch.setattr(publishing, "_exchange", lambda *_: False)
    publish([good, *others], sections(None)[:1], SITE_CONFIG, out)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ('<script src="https://cdn.example/x.js"></script>', "loads https://cdn.example/x.js"),
        ('<link rel="stylesheet" href="//cdn.example/x.css">', "loads //cdn.example/x.css"),
        ('<a href="#nowhere">x</a>', "links to #nowhere"),
        ('<a href="other.html#nowhere">x</a>', "links to other.html#nowhere"),
        ('<a href="missing/">x</a>', "links to missing/"),
    ],
)
def test_verifying_finds_what_must_not_be_published(tmp_path: Path, page: str, complaint: str) -> None:
    """Foreign hosts, links and anchors that lead nowhere."""
    (tmp_path / "index.html").write_text(page)
    (tmp_path / "other.html").write_text('<p id="here">x</p>')
    with pytest.raises(SiteBroken) as raised:
        verify(tmp_path)
    assert complaint in str(raised.value)


@pytest.mark.parametrize("name", ["answers.csv", "team.xlsx", "raw.json", ".env"])
def test_a_foreign_file_stops_the_build(tmp_path: Path, name: str) -> None:
    """MkDocs would copy an export that lies among the pages."""
    (tmp_path / name).write_text("x")
    with pytest.raises(SiteBroken, match="is no file of a site"):
        verify(tmp_path)
