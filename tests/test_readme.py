"""The documents name only what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main
from tests.conftest import ROOT

from trust_playbook.cli.app import app
from trust_playbook.library import Library
from trust_playbook.site import scaffold
from trust_playbook.team import load_team

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "site_config/scaffold/README.md.jinja",
             "site_config/templates/library/start.md.jinja", ".github/workflows/checks.yml"]  # fmt: skip
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
OTHERS = {"--update-golden", "--reversed-scale"}


def options_of(commands: dict[str, object]) -> set[str]:
    """Return every option of some commands and of the commands below them."""
    found: set[str] = {"--version"}
    for command in commands.values():
        found |= {option for one in command.params for option in one.opts}  # type: ignore[attr-defined]
        found |= options_of(getattr(command, "commands", {}))
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_and_option_named_exists(name: str) -> None:
    """Wherever a reader may copy one from."""
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"trust-playbook ([a-z]+)", text))
    assert named <= set(COMMANDS), named
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) <= options_of(COMMANDS) | OTHERS


def test_the_readme_names_every_command() -> None:
    """Nothing that exists stays unsaid."""
    assert set(COMMANDS) <= set(re.findall(r"`trust-playbook ([a-z]+)", README))


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", ".github/workflows/checks.yml", ".github/workflows/pages.yml"]
)
def test_every_make_target_named_exists(name: str) -> None:
    """In code blocks and in running text."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:`|^|: )make ([a-z-]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_playbook_in_the_readme_loads(tmp_path: Path, library: Library) -> None:
    """A newcomer copies it."""
    block = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert block
    (tmp_path / "your-team").mkdir()
    lines = [line.removeprefix("   ") for line in block.group(1).splitlines()]
    (tmp_path / "your-team" / "playbook.yml").write_text("\n".join(lines), encoding="utf-8")
    assert load_team(tmp_path / "your-team", library).playbook.team.name


def test_every_file_linked_from_a_document_exists() -> None:
    """Relative links in the documents at the top."""
    for path in ROOT.glob("*.md"):
        for target in re.findall(r"\]\((?!https:)([^)#]+)\)", path.read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), f"{path.name}: {target}"


def test_every_folder_of_the_readme_exists() -> None:
    """The table of what lies where."""
    for folder in re.findall(r"^\| `([a-z_]+)/`", README, re.MULTILINE):
        assert (ROOT / folder).is_dir()


def test_actions_are_pinned_alike_in_both_places() -> None:
    """By a full commit, the same in our workflows and in those that init writes."""
    used = set()
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        used |= set(re.findall(r"uses: (.+)", path.read_text(encoding="utf-8")))
    assert used
    for action in used | set(scaffold.ACTIONS.values()):
        assert re.fullmatch(r"[a-z-]+/[a-z-]+@[0-9a-f]{40} # v[0-9.]+", action)
    assert set(scaffold.ACTIONS.values()) <= used
