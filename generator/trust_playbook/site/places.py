"""Where content, templates and theme lie: the repository's own, those beside a team, or the package's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CONTENT, SITE_CONFIG, CONFIG = "content", "site_config", "mkdocs.yml"
MARKER = ".trust-playbook-site"
"""The file by which a folder is known as a site that this program made."""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders that a playbook is made from."""

    content: Path
    builtin: Path
    """The content that a team's own may extend."""
    site_config: Path

    @property
    def templates(self) -> Path:
        """The folder of page templates."""
        return self.site_config / "templates"


def builtin() -> Path:
    """Return the folder of the package's own content and site_config.

    A wheel carries both as package data; an editable install reads the repository's.
    """
    package = Path(__file__).resolve().parents[1]
    data = package / "_data"
    return data if data.is_dir() else package.parents[1]


def builtin_content() -> Path:
    """Return the package's own content folder."""
    return builtin() / CONTENT


def places_of(target: Path, content: Path | None = None) -> Places:
    """Return where to read from: the given content, else that beside the nearest mkdocs.yml upward, else builtin."""
    own = builtin()
    start = target.resolve()
    above = next((folder for folder in (start, *start.parents) if (folder / CONFIG).is_file()), None)
    if content is None:
        content = above / CONTENT if above and (above / CONTENT).is_dir() else own / CONTENT
    return Places(content, own / CONTENT, own / SITE_CONFIG)
