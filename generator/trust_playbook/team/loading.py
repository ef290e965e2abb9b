"""playbooks/<team>/ → Team, read as strictly as it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trust_playbook.documents import Document, is_id, read_record
from trust_playbook.library import Library
from trust_playbook.problems import Problem, did_you_mean, raise_if_any, shown
from trust_playbook.team import rules
from trust_playbook.team.records import Assessment, Playbook
from trust_playbook.team.strictness import publishable

PLAYBOOK = "playbook.yml"
ASSESSMENTS = "assessments"
NEAR_MISSES = ("playbook.yaml", "Playbook.yml", "playbooks.yml")


@dataclass(frozen=True, slots=True)
class Team:
    """A team, what it wants, and its assessments in the order of their waves."""

    id: str
    playbook: Playbook
    assessments: tuple[Assessment, ...]


def load_team(folder: Path, library: Library) -> Team:
    """Read a team's folder and check it against the library.

    Raises:
        ProblemsFound: everything that is wrong in the playbook or any assessment.
    """
    problems: list[Problem] = []
    team = _load(folder, library, problems)
    raise_if_any(problems)
    assert team is not None
    return team


def check_team(folder: Path, library: Library | None) -> tuple[Problem, ...]:
    """Return everything that is wrong in a team's folder; without a library, what can be said without one."""
    problems: list[Problem] = []
    _load(folder, library, problems)
    return tuple(problems)


def _load(folder: Path, library: Library | None, problems: list[Problem]) -> Team | None:
    path = folder / PLAYBOOK
    if not path.exists():
        near = next((name for name in NEAR_MISSES if (folder / name).exists()), None)
        hint = (
            f"rename {near} to {PLAYBOOK}"
            if near
            else "name a folder that holds one, for example playbooks/example-team"
        )
        problems.append(Problem(str(path), 1, 1, "missing-file", f"there is no {PLAYBOOK} here", hint))
        return None
    problems.extend(_foreign_entries(folder))
    name = folder.resolve().name
    if not is_id(name):
        hint = "use lower-case letters, digits and single hyphens"
        problems.append(Problem(str(folder), 1, 1, "bad-id", f"the folder '{shown(name)}' cannot be a team's id", hint))
    playbook = read_record(path, Playbook, problems)
    if playbook is not None and library is not None:
        problems.extend(_unknown_ids(playbook[1], playbook[0], library))
    read = sorted(_assessments(folder / ASSESSMENTS, library, problems), key=lambda one: _order(one[0]))
    if playbook is None:
        return None
    problems.extend(_below_minimum(playbook[1], playbook[0], [one for one, _ in read]))
    problems.extend(_broken_series(read))
    return Team(name, playbook[0], tuple(one for one, _ in read))


def _order(one: Assessment) -> tuple[str, str]:
    return one.wave, one.instrument.id


def _foreign_entries(folder: Path) -> Iterator[Problem]:
    for path in sorted(folder.iterdir()):
        if path.name not in (PLAYBOOK, ASSESSMENTS) and not path.name.startswith("."):
            outside = "keep exports outside the repository"
            hint = did_you_mean(path.name, (PLAYBOOK, ASSESSMENTS)) if path.suffix in ("", ".yml") else outside
            yield Problem(str(path), 1, 1, "foreign-file", "this does not belong into a team's folder", hint)


def _below_minimum(document: Document, playbook: Playbook, assessments: Sequence[Assessment]) -> Iterator[Problem]:
    minimum = playbook.privacy.min_respondents
    for found in assessments:
        most = rules.MOST_IN_BAND.get(found.respondents) if found.respondents else None
        if "floor-lowered" in found.flags and minimum > rules.MOST_IN_BAND[rules.LOWEST_BAND]:
            hint = "lower 'privacy: {min_respondents: …}' if the team agreed to that, or import the export again"
            message = f"wave {found.wave} was published below the minimum of {minimum}"
            yield document.problem(("privacy",), "below-minimum", message, hint)
        elif most is not None and most < minimum:
            message = f"wave {found.wave} has {found.respondents} respondents, fewer than the minimum of {minimum}"
            hint = "lower 'privacy: {min_respondents: …}' if the team agreed to that, or delete the assessment"
            yield document.problem(("privacy",), "below-minimum", message, hint)


def _broken_series(read: Sequence[tuple[Assessment, Document]]) -> Iterator[Problem]:
    """Yield where a wave calls itself the first and is not, or the other way round."""
    seen: set[str] = set()
    for found, document in read:
        if (found.baseline == "first") == (found.instrument.id in seen):
            word = (
                "an earlier wave of this instrument exists"
                if found.instrument.id in seen
                else "there is no earlier wave"
            )
            yield document.problem(("baseline",), "wrong-baseline", word, "import the waves in their order")
        seen.add(found.instrument.id)


def _assessments(
    folder: Path, library: Library | None, problems: list[Problem]
) -> Iterator[tuple[Assessment, Document]]:
    if folder.is_symlink():
        problems.append(Problem(str(folder), 1, 1, "not-a-folder", "this folder is a link", "links are not followed"))
        return
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        if path.suffix != ".yml":
            hint = "only files written by 'trust-playbook import' belong here; keep exports outside the repository"
            problems.append(Problem(str(path), 1, 1, "foreign-file", "this file does not belong here", hint))
        elif (read := read_record(path, Assessment, problems)) is not None:
            found, document = read
            stem = f"{found.wave}.{found.instrument.id}"
            if path.stem != stem:
                problems.append(document.problem((), "wrong-name", f"this file must be called {stem}.yml"))
            problems.extend(
                publishable(document, found, library.instruments.get(found.instrument.id) if library else None)
            )
            if library is not None:
                problems.extend(_check_against(library, document, found))
            yield found, document


def _unknown_ids(document: Document, playbook: Playbook, library: Library) -> Iterator[Problem]:
    named = [(("ledger", index, "practice"), entry.practice) for index, entry in enumerate(playbook.ledger)]
    named += [(("exclude", index), id) for index, id in enumerate(playbook.exclude)]  # type: ignore[misc]
    named += [(("pin", index), id) for index, id in enumerate(playbook.pin)]  # type: ignore[misc]
    for loc, id in named:
        if id not in library.practices:
            hint = did_you_mean(id, library.practices)
            yield document.problem(loc, "unknown-practice", f"there is no practice '{id}'", hint)
    for index, counterpart in enumerate(playbook.counterparts):
        for inner, id in enumerate(counterpart.currencies):
            if id not in library.currencies:
                hint = did_you_mean(id, library.currencies)
                loc = ("counterparts", index, "currencies", inner)  # type: ignore[assignment]
                yield document.problem(loc, "unknown-currency", f"there is no currency '{id}'", hint)


def _check_against(library: Library, document: Document, found: Assessment) -> Iterator[Problem]:
    instrument = library.instruments.get(found.instrument.id)
    if instrument is None and found.method == "survey":
        hint = did_you_mean(found.instrument.id, library.instruments)
        message = f"there is no instrument '{found.instrument.id}'"
        yield document.problem(("instrument", "id"), "unknown-instrument", message, hint)
    elif instrument is not None and (instrument.scale.min, instrument.scale.max) != (found.scale.min, found.scale.max):
        words = f"the instrument's scale runs from {instrument.scale.min} to {instrument.scale.max}"
        yield document.problem(("scale",), "wrong-scale", words, "import the export again")
    if instrument is not None and found.instrument.version > instrument.version:
        message = f"the instrument's newest version is {instrument.version}"
        yield document.problem(("instrument", "version"), "unknown-version", message)
    for id in found.dimensions:
        if id not in library.dimensions:
            hint = did_you_mean(id, library.dimensions)
            message = f"there is no dimension '{id}'"
            yield document.problem(("dimensions", id), "unknown-dimension", message, hint, at_key=True)
