"""A repository, a team and a practice to start from, also out of the built wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as the wheel carries it, unpacked away from this repository."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, "--wheel-dir", folder, ROOT], check=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "installed")
    return folder / "installed"


def run(installed: Path, where: Path, *arguments: str, module: str = "trust_playbook") -> tuple[int, str]:
    """Run a command of the unpacked wheel; return its exit code and everything it printed."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", module, *arguments]
    found = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)
    return found.returncode, found.stdout + found.stderr


def test_a_repository_made_from_the_wheel_checks_and_builds(installed: Path, tmp_path: Path) -> None:
    """init, new team, new practice, check, build and mkdocs build, without the source tree."""
    assert run(installed, tmp_path, "init", "ours")[0] == 0
    home = tmp_path / "ours"
    assert run(installed, home, "new", "team", "payments")[0] == 0
    assert run(installed, home, "new", "practice", "our-practice")[0] == 0
    assert run(installed, home, "check") == (0, "No problems found. Content folders: 1; teams: 2.\n")
    assert run(installed, home, "build", "--all", "--out", "site")[0] == 0
    page = (home / "site" / "payments" / "practices" / "our-practice.html").read_text(encoding="utf-8")
    assert "Our practice" in page
    code, said = run(installed, home, "build", "--strict", "--quiet", "--site-dir", "reference", module="mkdocs")
    assert (code, said) == (0, "")
    assert (home / "reference" / "practices" / "our-practice.html").is_file()
    assert (home / "reference" / "assets" / "stylesheets" / "playbook.css").is_file()
    ignored = (home / ".gitignore").read_text(encoding="utf-8").split()
    assert {"*.csv", "*.xlsx", "*.ods", "/site/"} <= set(ignored)


def test_nothing_that_exists_is_written_over(installed: Path, tmp_path: Path) -> None:
    """A folder with something in it, a team, a practice of ours, a practice of the library."""
    assert run(installed, tmp_path, "init", "ours")[0] == 0
    home = tmp_path / "ours"
    playbook = home / "playbooks" / "our-team" / "playbook.yml"
    playbook.write_text("team: {name: Filled in}\n")
    assert run(installed, tmp_path, "init", "ours")[0] == 1
    assert run(installed, home, "new", "team", "our-team")[0] == 1
    assert run(installed, home, "new", "practice", "our-practice")[0] == 0
    assert run(installed, home, "new", "practice", "our-practice")[0] == 1
    code, said = run(installed, home, "new", "practice", "active-listening")
    assert code == 1
    assert "write content/overrides/active-listening.yml" in said
    assert playbook.read_text() == "team: {name: Filled in}\n"


@pytest.mark.parametrize("id", ["Our Team", "../x", "con", "-rf", "index"])
def test_an_id_that_cannot_be_a_folder_is_refused(installed: Path, tmp_path: Path, id: str) -> None:
    """Before anything is written."""
    code, said = run(installed, tmp_path, "new", "team", "--", id)
    assert code == 1
    assert "cannot be an id" in said
    assert not list(tmp_path.iterdir())
