"""The commands: exit codes, what goes to which stream, and nothing half-written."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import EXAMPLES, ROOT, VALID
from tests.survey_tools import google_forms

from trust_playbook.cli import main
from trust_playbook.library import Library

Cli = Callable[..., tuple[int, str, str]]
CANARY = "Xcanary7"
HEAD = "s1,s2,c1,c2\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of one's own: the small library and a team without answers."""
    folder = tmp_path / "repository"
    shutil.copytree(VALID, folder)
    shutil.rmtree(folder / "playbooks" / "harbour" / "assessments")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run a command; return its exit code and what it printed to either stream."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["trust-playbook", *map(str, arguments)])
        with pytest.raises(SystemExit) as raised:
            main()
        captured = capsys.readouterr()
        return int(raised.value.code or 0), captured.out, captured.err

    return run


def import_(cli: Cli, export: Path, *more: str) -> tuple[int, str, str]:
    arguments = ("--team", "playbooks/harbour", "--wave", "2026-q4", "--instrument", "two-plus-two")
    return cli("import", export, *arguments, *more)


def test_an_import_writes_one_file_and_repeats_itself_without_harm(home: Path, cli: Cli) -> None:
    """From ten answers to a file that check accepts."""
    export = home.parent / "answers.csv"
    export.write_text(HEAD + "5,3,4,4\n6,2,5,3\n" * 5)
    assert import_(cli, export, "--invited", "12")[0] == 0
    written = home / "playbooks" / "harbour" / "assessments" / "2026-q4.two-plus-two.yml"
    text = written.read_text(encoding="utf-8")
    assert "safety" in text
    assert import_(cli, export, "--invited", "12")[0] == 0
    assert written.read_text(encoding="utf-8") == text
    assert cli("check")[0] == 0


def test_a_wave_is_never_written_twice_with_other_figures(home: Path, cli: Cli) -> None:
    """The difference could show one person's answer."""
    export = home.parent / "answers.csv"
    export.write_text(HEAD + "5,3,4,4\n" * 10)
    assert import_(cli, export)[0] == 0
    export.write_text(HEAD + "5,3,4,4\n" * 9 + "1,7,1,7\n")
    code, _, error = import_(cli, export)
    assert code == 1
    assert "this wave was imported before, with other figures" in error


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            f"{HEAD}5,3,4,{CANARY}\n" + "5,3,4,4\n" * 9,
            "answers.csv:2:4: row 2, column 4 (item c2) is not a point of the scale",
        ),
        (HEAD + "5,3,4,4\n" * 4, "answers.csv:1:1: fewer than 5 people answered enough items"),
        ("s1,s2,c1\n" + "5,3,4\n" * 9, "answers.csv:1:1: no column matches item c2"),
        (
            "s1,s2,c1,c2,How safe is it?\n" + "5,3,4,4,5\n" * 9,
            "answers.csv:1:5: column 5 holds answers on the scale but matches no item",
        ),
    ],
    ids=["off the scale", "too few", "item missing", "column unknown"],
)
def test_a_bad_export_leaves_no_trace(home: Path, cli: Cli, rows: str, message: str) -> None:
    """One clear message, exit 1, nothing written, no cell repeated."""
    export = home.parent / "answers.csv"
    export.write_text(rows)
    code, out, error = import_(cli, export)
    assert code == 1
    assert message in error
    assert CANARY not in out + error
    assert not (home / "playbooks" / "harbour" / "assessments").exists()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--invited", "3"), "more people answered than were invited"),
        (("--wave", "2026-13"), "a wave is a quarter, never a date"),
        (("--instrument", "two-plus-to"), "did you mean 'two-plus-two'?"),
    ],
)
def test_what_cannot_be_true_is_refused(home: Path, cli: Cli, more: tuple[str, str], message: str) -> None:
    """The words around an export are checked like the export."""
    export = home.parent / "answers.csv"
    export.write_text(HEAD + "5,3,4,4\n" * 9)
    code, _, error = import_(cli, export, *more)
    assert code == 1
    assert message in error


def test_waves_are_imported_in_their_order(home: Path, cli: Cli) -> None:
    """An older wave beside a newer one could show the difference that a newcomer made."""
    export = home.parent / "answers.csv"
    export.write_text(HEAD + "5,3,4,4\n" * 9)
    assert import_(cli, export)[0] == 0
    code, _, error = import_(cli, export, "--wave", "2026-q3")
    assert code == 1
    assert "a later wave of this instrument exists already" in error
    unstated = import_(cli, export, "--wave", "2027-q2", "--dry-run")[1]
    assert "Nobody said who joined or left since the last wave" in unstated
    assert import_(cli, export, "--wave", "2027-q2", "--joined", "1", "--left", "0")[0] == 0
    assert "few-changed" in (home / "playbooks/harbour/assessments/2027-q2.two-plus-two.yml").read_text()


def test_a_dimension_that_nobody_answered_is_suppressed(home: Path, cli: Cli) -> None:
    """The others are published all the same."""
    export = home.parent / "answers.csv"
    export.write_text(HEAD + "5,3,,\n" * 9)
    code, out, _ = import_(cli, export)
    assert code == 0
    assert "candour: n 0, too few to compute anything" in out
    assert "suppressed: too-few" in out


def test_rows_that_repeat_another_in_every_cell_are_pointed_out(home: Path, cli: Cli) -> None:
    """Five rows of two people may be two people; only the operator can know."""
    export = home.parent / "answers.csv"
    texts = "Timestamp,It is safe here.,Mistakes are held against you here.,We say what we think."
    export.write_text(f"{texts},The real talk here happens later.\n" + "9:00,5,3,4,4\n" * 4 + "9:01,5,3,4,4\n")
    code, out, _ = import_(cli, export)
    assert code == 0
    assert "Rows that repeat another in every cell: 3. Was somebody counted twice?" in out


def test_a_failed_write_leaves_nothing_behind(home: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """No temporary file, exit 1, the reason."""
    export = home.parent / "answers.csv"
    export.write_text(HEAD + "5,3,4,4\n" * 9)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "playbooks/harbour/assessments/x")

    monkeypatch.setattr("pathlib.Path.replace", full)
    code, _, error = import_(cli, export)
    assert code == 1
    assert "this cannot be read or written: No space left on device" in error
    assert not list((home / "playbooks" / "harbour" / "assessments").iterdir())


def test_a_dry_run_writes_nothing_and_shows_everything(home: Path, cli: Cli) -> None:
    """Columns, scale, figures for the operator, the file that would be written."""
    export = home.parent / "answers.csv"
    export.write_text("Remark,s1,s2,c1,c2\n" + f"{CANARY},5,3,4,4\n" * 6)
    code, out, _ = import_(cli, export, "--dry-run")
    assert code == 0
    for words in ("left out: Remark", "1 = strongly disagree … 7 = strongly agree", "safety: n 6", "basis: typical"):
        assert words in out
    assert CANARY not in out
    assert not (home / "playbooks" / "harbour" / "assessments").exists()


def test_import_answers_in_json(home: Path, cli: Cli) -> None:
    """The names of design.md 8."""
    export = home.parent / "answers.csv"
    export.write_text("Remark;s1;s2;c1;c2\n" + "x;5;3;4;4\n" * 6)
    code, out, _ = import_(cli, export, "--dry-run", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert found["source"] == {"tool": "template", "encoding": "utf-8", "delimiter": ";", "header_rows": 1}
    rows = {"read": 6, "kept": 6, "dropped": [], "repeated": 0, "unused_points": [], "unanswered_items": []}
    assert found["rows"] == rows
    matched = {"s1": "s1", "s2": "s2", "c1": "c1", "c2": "c2"}
    assert found["columns"] == {"matched": matched, "ignored": ["Remark"], "in_order": False}
    assert found["dimensions"]["safety"] | {"rwg_star": 0, "ad": 0} == {
        "n": 6, "mean": 5.0, "sd": 0.0, "interval": [5.0, 5.0], "alpha": None, "alpha_n": 6, "rwg_star": 0, "ad": 0,
    }  # fmt: skip
    assert found["published"]["dimensions"]["safety"] == {"mean": 5.0, "interval": [3.9, 6.1], "basis": "typical"}


def test_recommend_answers_in_json(cli: Cli) -> None:
    """The names of design.md 8, with sums that add up."""
    code, out, _ = cli("recommend", VALID / "playbooks" / "harbour", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert (found["team"], found["wave"]) == ("harbour", "2026-q4")
    assert set(found["needs"]["safety"]) == {"mean", "target", "need", "p_below_target", "p_lowest", "standing"}
    assert [one["practice"] for one in found["focus"]] == ["speak-plainly", "ask-first"]
    for one in found["focus"]:
        assert set(one) >= {"practice", "rank", "score", "stability", "pinned", "reasons", "factors"}
        assert sum(reason["contribution"] for reason in one["reasons"]) == pytest.approx(one["score"], abs=1e-9)
    assert found["ranking"][0]["practice"] == "speak-plainly"


@pytest.mark.parametrize("practice", ["ask-first", "say-thanks", "speak-plainly", "settle-it"])
def test_any_practice_can_be_explained(cli: Cli, practice: str) -> None:
    """Why this, why not that."""
    code, out, _ = cli("recommend", VALID / "playbooks" / "harbour", "--explain", practice)
    assert code == 0
    assert len(out.splitlines()) >= 2


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--version"], 0),
        (["check", str(VALID)], 0),
        (["check", "nowhere"], 1),
        (["check", "/usr"], 1),
        (["check", "x" * 300], 1),
        (["build", str(VALID / "playbooks" / "harbour"), "--out", "/proc/nowhere"], 1),
        (["build", str(VALID / "playbooks" / "harbour"), "--all"], 2),
        (["serve", str(VALID / "playbooks" / "harbour"), "--address", "here"], 2),
        (["recommend", "nowhere"], 1),
        (["build"], 2),
        (["nonsense"], 2),
        (["check", "--format", "yaml"], 2),
        (["import", "x.csv"], 2),
    ],
)
def test_the_exit_code_tells_a_problem_from_wrong_usage(cli: Cli, arguments: list[str], expected: int) -> None:
    """0 fine, 1 problems found, 2 wrong usage."""
    assert cli(*arguments)[0] == expected


def test_a_bug_of_ours_exits_with_3(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so."""

    def broken(*_: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr("trust_playbook.cli.app.tailor", broken)
    code, _, error = cli("recommend", VALID / "playbooks" / "harbour")
    assert code == 3
    assert "This is a bug in trust-playbook, not a mistake of yours." in error


def test_problems_in_json_are_one_document_on_stdout(cli: Cli) -> None:
    """Also at exit 1."""
    code, out, error = cli("recommend", "nowhere", "--format", "json")
    assert (code, error) == (1, "")
    assert json.loads(out)["problems"][0]["code"] == "missing-file"


@pytest.mark.parametrize("folder", ["content/practices", "playbooks/harbour/assessments"])
def test_a_folder_that_is_a_link_is_not_followed(home: Path, cli: Cli, folder: str) -> None:
    """It could lead to any folder of the machine."""
    elsewhere = home.parent / "elsewhere"
    elsewhere.mkdir()
    shutil.rmtree(home / folder, ignore_errors=True)
    (home / folder).symlink_to(elsewhere)
    code, out, _ = cli("check")
    assert code == 1
    assert f"{folder}:1:1: this folder is a link (links are not followed) [not-a-folder]" in out


def test_several_teams_are_built_side_by_side(home: Path, cli: Cli) -> None:
    """OUT/<team>/index.html, also for --all of one."""
    code, out, _ = cli("build", "--all", "--out", "sites")
    assert code == 0
    assert (home / "sites" / "harbour" / "index.html").is_file()
    assert out.splitlines() == ["sites/harbour/index.html"]


def test_no_team_is_built_while_another_is_broken(home: Path, cli: Cli) -> None:
    """All problems of all teams at once, and no half set of sites."""
    for name in ("one", "two"):
        (home / "playbooks" / name).mkdir()
        (home / "playbooks" / name / "playbook.yml").write_text("team: {nmae: x}\n")
    code, _, error = cli("build", "--all", "--out", "sites")
    assert code == 1
    assert "playbooks/one/playbook.yml:1:8" in error
    assert "playbooks/two/playbook.yml:1:8" in error
    assert not (home / "sites").exists()


def test_one_site_and_several_are_not_mixed_in_a_folder(home: Path, cli: Cli) -> None:
    """Neither in one order nor in the other; pages of the older would stay behind."""
    assert cli("build", "playbooks/harbour", "--out", "one")[0] == 0
    code, _, error = cli("build", "--all", "--out", "one")
    assert code == 1
    assert "one team's site lies in this folder" in error
    assert cli("build", "--all", "--out", "all")[0] == 0
    code, _, error = cli("build", "playbooks/harbour", "--out", "all")
    assert code == 1
    assert "the sites of several teams lie in this folder" in error
    assert not (home / "all" / "index.html").exists()


def test_two_teams_of_one_name_are_not_built_over_each_other(home: Path, cli: Cli) -> None:
    """The second would replace the first."""
    shutil.copytree(home / "playbooks" / "harbour", home / "other" / "harbour")
    code, _, error = cli("build", "playbooks/harbour", "other/harbour", "--out", "sites")
    assert code == 1
    assert "another team is called 'harbour' too" in error


def test_compile_writes_a_project_that_mkdocs_builds(home: Path, cli: Cli) -> None:
    """Plain files and a mkdocs.yml, nothing of ours needed."""
    assert cli("compile", "playbooks/harbour", "--to", "project")[0] == 0
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", "project/mkdocs.yml"]
    subprocess.run(command, check=True, cwd=home)
    assert (home / "project" / "site" / "index.html").is_file()
    assert cli("compile", "playbooks/harbour", "--to", "project")[0] == 1


def test_the_reference_site_is_built_by_mkdocs_alone(tmp_path: Path) -> None:
    """Root mkdocs.yml, through the plugin, under --strict."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    subprocess.run(command, check=True, cwd=ROOT)
    assert (tmp_path / "site" / "practices" / "active-listening.html").is_file()
    assert not (tmp_path / "site" / "results.html").exists()


def test_the_plugin_reports_problems_with_their_place(home: Path) -> None:
    """A broken practice stops mkdocs with file, line and column, and no traceback."""
    practice = home / "content" / "practices" / "ask-first.yml"
    practice.write_text(practice.read_text().replace("tier: foundation", "tier: fundation"))
    (home / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: docs\nplugins: {trust-playbook: {team: playbooks/harbour}}\ntheme: {name: material}\n"
    )
    (home / "docs").mkdir()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    found = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    expected = (
        "content/practices/ask-first.yml:5:7: 'fundation' is not a choice for 'tier' (did you mean 'foundation'?)"
    )
    assert expected in found.stderr
    assert "Traceback" not in found.stderr


def test_nothing_of_a_person_is_found_anywhere_after_import_and_build(home: Path, cli: Cli, small: Library) -> None:
    """A canary in every cell that is no answer; outputs, the written file and the whole site are searched."""
    asked = small.instruments["two-plus-two"]
    export = home.parent / "answers.csv"
    text = google_forms(asked, [[5, 3, 4, 4], [6, 2, 5, 3]] * 5).decode()
    for word in ("example.org", "All good", "really", "9:1", "33"):
        text = text.replace(word, f"{CANARY}{word}")
    export.write_text(text, encoding="utf-8")
    said = []
    for more in (["--dry-run"], ["--format", "json"], []):
        code, out, error = import_(cli, export, *more)
        assert code == 0
        said.append(out + error)
    assert cli("build", "playbooks/harbour", "--out", "site")[0] == 0
    assert CANARY not in "".join(said)
    for path in home.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert CANARY.encode() not in (gzip.decompress(data) if path.suffix == ".gz" else data), path


@pytest.mark.parametrize("place", ["playbooks/harbour/answers.csv", "content/answers.csv", "site_config/answers.csv"])
def test_an_export_among_what_is_published_is_refused(home: Path, cli: Cli, place: str) -> None:
    """It would go where others read."""
    (home / "site_config").mkdir(exist_ok=True)
    export = home / place
    export.write_text(HEAD + "5,3,4,4\n" * 6)
    code, _, error = import_(cli, export)
    assert code == 1
    assert "[export-exposed]" in error


def test_an_export_that_git_tracks_is_refused(home: Path, cli: Cli) -> None:
    """Even if it was only staged; one that git ignores or does not know is read."""
    export = home / "answers.csv"
    export.write_text(HEAD + "5,3,4,4\n" * 6)
    for command in (["init", "--quiet"], ["add", "answers.csv"]):
        subprocess.run(["git", *command], cwd=home, check=True, capture_output=True)
    code, _, error = import_(cli, export, "--dry-run")
    assert code == 1
    assert "git tracks the export" in error
    subprocess.run(["git", "rm", "--quiet", "--cached", "answers.csv"], cwd=home, check=True, capture_output=True)
    assert import_(cli, export, "--dry-run")[0] == 0


CASES = sorted((EXAMPLES / "invalid").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_check_says_exactly_what_is_wrong(home: Path, cli: Cli, case: Path, request: pytest.FixtureRequest) -> None:
    """A case is a few files laid over the valid example, and the text that check answers ('deep-': with --deep)."""
    shutil.copytree(VALID / "playbooks", home / "playbooks", dirs_exist_ok=True)
    shutil.copytree(case, home, dirs_exist_ok=True)
    (home / "expected.txt").unlink(missing_ok=True)
    code, out, _ = cli("check", *(["--deep"] if case.name.startswith("deep-") else []))
    expected = case / "expected.txt"
    if request.config.getoption("--update-golden"):
        expected.write_text(out, encoding="utf-8")
    assert code == 1
    assert out == expected.read_text(encoding="utf-8")
