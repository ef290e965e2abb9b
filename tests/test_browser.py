"""The finished site in a real browser, opened from disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import ROOT

from trust_playbook.library import Library
from trust_playbook.site.pages import pages_of, sections
from trust_playbook.site.publishing import publish
from trust_playbook.team import load_team

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
SITE_CONFIG = ROOT / "site_config"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Path:
    """The example team's playbook."""
    team = load_team(ROOT / "playbooks" / "example-team", library)
    out = tmp_path_factory.mktemp("site") / "example"
    publish(pages_of(library, team, SITE_CONFIG / "templates"), sections(team), SITE_CONFIG, out)
    return out


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_start_page_opens_from_disk_and_asks_no_other_host(
    browser: Browser, site: Path, width: int, scheme: str
) -> None:
    """The finding is shown, search answers, nothing overflows, nothing is requested or complained about."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    requested: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((site / "index.html").as_uri())
    assert page.locator("h1").inner_text() == "People here speak up on some days and hold back on others."
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelector('[data-md-toggle=search]').click()")
    page.locator("input[name=query]").press_sequentially("messenger")
    page.locator(".md-search-result__item").first.wait_for()
    assert [url for url in requested if not url.startswith(("file:", "blob:", "data:"))] == []
    assert complaints == []
    context.close()
