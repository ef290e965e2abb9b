"""What the tests share: the two libraries, a team of one's own, and the browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from trust_playbook.library import Library, load_library
from trust_playbook.team import Team, load_team

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "tests" / "examples"
VALID = EXAMPLES / "valid"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

MakeTeam = Callable[..., Team]

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write the golden pages anew.")


@pytest.fixture(scope="session")
def library() -> Library:
    """The library of this repository."""
    return load_library(ROOT / "content")


@pytest.fixture(scope="session")
def small() -> Library:
    """The small library of tests/examples/valid: two dimensions, four practices."""
    return load_library(VALID / "content")


@pytest.fixture
def make_team(tmp_path: Path, small: Library) -> MakeTeam:
    """Make a team of the small library from an assessment's dimensions and more lines of playbook.yml."""

    def make(dimensions: str | None = None, playbook: str = "", *, respondents: str = '"8-12"') -> Team:
        folder = tmp_path / "team"
        (folder / "assessments").mkdir(parents=True, exist_ok=True)
        (folder / "playbook.yml").write_text(f"team: {{name: Team}}\n{playbook}", encoding="utf-8")
        if dimensions is not None:
            (folder / "assessments" / "2026-q4.two-plus-two.yml").write_text(
                "schema: 1\nrules: publish-1\nwave: 2026-q4\nmethod: survey\n"
                "instrument: {id: two-plus-two, version: 1}\nscale: {min: 1, max: 7}\n"
                f"respondents: {respondents}\nresponse: most\nbaseline: first\nflags: []\ndimensions:\n{dimensions}",
                encoding="utf-8",
            )
        return load_team(folder, small)

    return make


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; its absence is an error in CI and a skip elsewhere."""
    if CHROMIUM is None:
        message = "Chromium is missing: install it (Debian, Ubuntu: apt install chromium) to run the browser tests"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*quiet, "--disable-sync"])
        yield browser
        browser.close()
