"""Files to start from: a repository of playbooks, a team, a practice. All of them pass check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from trust_playbook import __version__
from trust_playbook.library import Library

FIRST_TEAM = "our-team"
# The settings that belong to the generator's own folders; the plugin brings the theme.
_OWN_SETTINGS = ("docs_dir:", "  custom_dir:")
ACTIONS: Mapping[str, str] = MappingProxyType({
    "checkout": "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
    "python": "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0",
    "upload": "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0",
    "deploy": "actions/deploy-pages@368f82528645a54fb793d4d04e342629a3f51346 # v5.0.1",
})  # fmt: skip


def repository(site_config: Path) -> dict[str, str]:
    """Return the files of a new repository of playbooks, by path."""
    write = _writer(site_config)
    return {
        "README.md": write("README.md"),
        ".gitignore": write("gitignore"),
        "requirements.txt": write("requirements.txt", version=__version__),
        "mkdocs.yml": write("mkdocs.yml", settings=_settings(site_config)),
        "pages/.gitkeep": "",
        ".github/workflows/pages.yml": write("workflow.yml", actions=ACTIONS),
        **team(FIRST_TEAM, site_config),
    }


def team(id: str, site_config: Path) -> dict[str, str]:
    """Return the files of a new team, by path."""
    return {f"playbooks/{id}/playbook.yml": _writer(site_config)("playbook.yml", name=_name(id))}


def practice(id: str, library: Library, today: date, site_config: Path, *, overlay: bool) -> dict[str, str]:
    """Return the files of a new practice, by path; an overlay gets a library.yml too."""
    write = _writer(site_config)
    source = next(id for id, one in library.sources.items() if one.ideas)
    text = write(
        "practice.yml",
        name=_name(id),
        dimension=library.routing.gate,
        source=source,
        idea=next(iter(library.sources[source].ideas)),
        today=today.isoformat(),
    )
    found = {f"content/practices/{id}.yml": text}
    return {"content/library.yml": write("library.yml"), **found} if overlay else found


def _name(id: str) -> str:
    return id.replace("-", " ").capitalize()


def _settings(site_config: Path) -> str:
    """Return the shared settings without comments, plugins and what lies in the generator's own folders."""
    lines = (site_config / "base.yml").read_text(encoding="utf-8").splitlines()
    start = lines.index("plugins:")
    end = next(index for index in range(start + 1, len(lines)) if not lines[index].startswith(" "))
    kept = lines[:start] + lines[end:]
    own = "docs_dir: pages"
    return "\n".join([own, *(line for line in kept if not line.startswith(_OWN_SETTINGS) and "#" not in line)])


def _writer(site_config: Path) -> Callable[..., str]:
    """Return what renders a scaffold file: plain text, nothing is escaped."""
    environment = Environment(  # noqa: S701  # these files are YAML and Markdown, not HTML
        loader=FileSystemLoader(site_config / "scaffold"), undefined=StrictUndefined, keep_trailing_newline=True
    )

    def write(file: str, /, **context: object) -> str:
        return environment.get_template(f"{file}.jinja").render(**context)

    return write
