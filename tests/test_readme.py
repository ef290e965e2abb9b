"""The README names only what exists."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import typer.main
from tests.conftest import ROOT

from trust_playbook.cli.app import app
from trust_playbook.library import Library
from trust_playbook.team import load_team

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def test_every_command_and_option_named_exists() -> None:
    """And every command that exists is named."""
    named = {*re.findall(r"trust-playbook ([a-z]+)", README)}
    assert named == set(COMMANDS)
    options = {option for command in COMMANDS.values() for one in command.params for option in one.opts}
    assert set(re.findall(r"--[a-z][a-z-]*", README)) <= options


def test_every_make_target_named_exists() -> None:
    """Two commands and no more."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z]+)\n", README):
        assert f"\n{target}:" in makefile


def test_the_playbook_in_the_readme_loads(tmp_path: Path, library: Library) -> None:
    """A newcomer copies it."""
    block = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert block
    (tmp_path / "your-team").mkdir()
    (tmp_path / "your-team" / "playbook.yml").write_text(block.group(1), encoding="utf-8")
    assert load_team(tmp_path / "your-team", library).playbook.team.name


def test_every_folder_of_the_readme_exists() -> None:
    """The table of what lies where."""
    for folder in re.findall(r"^\| `([a-z_]+)/`", README, re.MULTILINE):
        assert (ROOT / folder).is_dir()
    assert shutil.which("make")
