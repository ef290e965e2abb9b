"""Pages → a project that MkDocs can build: plain files that hold everything the site needs."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from trust_playbook.documents import to_yaml
from trust_playbook.site.pages import Page, Section

PAGES = "pages"
THEME = "theme"
CONFIG = "mkdocs.yml"


def write_project(pages: Sequence[Page], sections: Sequence[Section], site_config: Path, folder: Path) -> Path:
    """Write pages, theme and settings into a new folder; return the settings file.

    Raises:
        FileExistsError: the folder exists and holds something.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)
    shutil.copytree(site_config / THEME, folder / THEME)
    for page in pages:
        path = folder / PAGES / page.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.text.encode())
    config = folder / CONFIG
    base = (site_config / "base.yml").read_text(encoding="utf-8")
    navigation = to_yaml(navigation_of(pages, sections), "Only the sections stand in the navigation.")
    config.write_text(f"{base}{navigation}", encoding="utf-8")
    return config


def navigation_of(pages: Sequence[Page], sections: Sequence[Section]) -> dict[str, object]:
    """Return `nav` with the sections' index pages and `not_in_nav` with all others."""
    listed = {section.address for section in sections}
    return {
        "nav": [{section.title: f"{section.address}.md"} for section in sections],
        "not_in_nav": "".join(
            f"/{page.file}\n" for page in pages if page.address not in listed and page.suffix == ".md"
        ),
    }
