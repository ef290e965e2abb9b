"""playbooks/<team>/ → Team, read as strictly as it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from trust_playbook.documents import ID_PATTERN, Document, read_record
from trust_playbook.library import Library
from trust_playbook.problems import Problem, did_you_mean, raise_if_any
from trust_playbook.team import rules
from trust_playbook.team.records import Assessment, Playbook, PublishedDimension

FORMS = (
    frozenset({"mean", "interval", "basis"}),
    frozenset({"mean", "interval", "basis", "agreement"}),
    frozenset({"mean", "basis"}),
    frozenset({"at_least"}),
    frozenset({"at_most"}),
    frozenset({"word"}),
    frozenset({"suppressed"}),
)


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
    path = folder / "playbook.yml"
    if not path.exists():
        hint = "name a folder that holds a playbook.yml, for example playbooks/example-team"
        problems.append(Problem(str(path), 1, 1, "missing-file", "there is no team here", hint))
        return None
    name = folder.resolve().name
    if not ID_PATTERN.fullmatch(name):
        hint = "use lower-case letters, digits and single hyphens"
        problems.append(Problem(str(folder), 1, 1, "bad-id", f"the folder '{name}' cannot be a team's id", hint))
    playbook = read_record(path, Playbook, problems)
    if playbook is not None and library is not None:
        problems.extend(_unknown_ids(playbook[1], playbook[0], library))
    assessments = tuple(_assessments(folder / "assessments", library, problems))
    if playbook is None:
        return None
    problems.extend(_below_minimum(playbook[1], playbook[0], assessments))
    return Team(name, playbook[0], tuple(sorted(assessments, key=lambda one: (one.wave, one.instrument.id))))


def _below_minimum(document: Document, playbook: Playbook, assessments: Sequence[Assessment]) -> Iterator[Problem]:
    if playbook.privacy.min_respondents <= rules.LOWEST_COUNT:
        return
    for found in assessments:
        if found.respondents == rules.LOWEST_BAND:
            message = f"wave {found.wave} has 3 or 4 respondents"
            hint = "set 'privacy: {min_respondents: 3}' if the team agreed to that, or delete the assessment"
            yield document.problem(("privacy",), "below-minimum", message, hint)


def _assessments(folder: Path, library: Library | None, problems: list[Problem]) -> Iterator[Assessment]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        if path.suffix != ".yml":
            hint = "only files written by 'trust-playbook import' belong here; keep exports outside the repository"
            problems.append(Problem(str(path), 1, 1, "foreign-file", "this file does not belong here", hint))
        elif (read := read_record(path, Assessment, problems)) is not None:
            problems.extend(_check(read[1], read[0]))
            if library is not None:
                problems.extend(_check_against(library, read[1], read[0]))
            yield read[0]


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


def _check(document: Document, found: Assessment) -> Iterator[Problem]:
    stem = f"{found.wave}.{found.instrument.id}"
    if document.path.stem != stem:
        yield document.problem((), "wrong-name", f"this file must be called {stem}.yml")
    if found.scale.min >= found.scale.max:
        yield document.problem(("scale",), "bad-range", "'min' must be below 'max'")
    elif (found.respondents is None) != (found.method == "consensus"):
        message = "a survey states its respondents as a band, a consensus states none"
        yield document.problem((), "wrong-form", message)
    else:
        for id, dimension in found.dimensions.items():
            for message in _broken(found, dimension):
                yield document.problem(("dimensions", id), "not-publishable", message, "import the export again")


def _check_against(library: Library, document: Document, found: Assessment) -> Iterator[Problem]:
    instrument = library.instruments.get(found.instrument.id)
    if instrument is None and found.method == "survey":
        hint = did_you_mean(found.instrument.id, library.instruments)
        message = f"there is no instrument '{found.instrument.id}'"
        yield document.problem(("instrument", "id"), "unknown-instrument", message, hint)
    elif instrument is not None and (instrument.scale.min, instrument.scale.max) != (found.scale.min, found.scale.max):
        words = f"the instrument's scale runs from {instrument.scale.min} to {instrument.scale.max}"
        yield document.problem(("scale",), "wrong-scale", words, "import the export again")
    for id in found.dimensions:
        if id not in library.dimensions:
            hint = did_you_mean(id, library.dimensions)
            message = f"there is no dimension '{id}'"
            yield document.problem(("dimensions", id), "unknown-dimension", message, hint, at_key=True)


def _broken(found: Assessment, dimension: PublishedDimension) -> Iterator[str]:
    """Yield what in one dimension could not have been written under the publishing rules."""
    if dimension.keys not in FORMS or (dimension.keys == FORMS[2]) != (dimension.basis == "consensus"):
        yield "a dimension has exactly one form, for example {mean, interval, basis}"
        return
    if dimension.word is not None and "floor-lowered" not in found.flags:
        yield "a word stands alone only where the minimum was lowered"
    if dimension.mean is not None:
        yield from _broken_mean(found, dimension, dimension.mean)
    for code, end in ((dimension.at_most, 0), (dimension.at_least, 1)):
        accepted = {rules.end_codes(band, found.scale)[end] for band in rules.END_CODES}
        if code is not None and code not in accepted:
            yield f"an end is coded as one of {', '.join(f'{value:g}' for value in sorted(accepted))}"


def _broken_mean(found: Assessment, dimension: PublishedDimension, mean: float) -> Iterator[str]:
    few_changed = "few-changed" in found.flags
    step = 0.5 if few_changed and dimension.basis != "consensus" else 0.1
    if rules.nearest(mean, step) != mean or not found.scale.min <= mean <= found.scale.max:
        yield f"a mean stands on the scale, as a multiple of {step:g}"
    if dimension.interval is None:
        return
    low, high = dimension.interval
    ordered = (found.scale.min, low, mean, high, found.scale.max)
    if any(left > right for left, right in pairwise(ordered)):
        yield "an interval stands on the scale and holds its mean"
    if dimension.basis == "typical" and (low, high) != rules.typical_interval(mean, found.scale):
        yield f"a typical interval is the mean ± {rules.typical_half_width(found.scale):g}, clipped to the scale"
    if dimension.basis == "typical" and dimension.agreement is not None:
        yield "agreement is published from 8 respondents only"
    if dimension.basis == "own" and (found.respondents in ("3-4", "5-7") or few_changed):
        yield "an interval of its own is published from 8 respondents only, and never when few people changed"
    band = found.respondents if dimension.basis == "own" or few_changed else "5-7"
    if band is not None and band in rules.END_CODES:
        at_most, at_least = rules.end_codes(band, found.scale)
        if mean <= at_most or mean >= at_least:
            yield f"a mean at or beyond {at_most:g} or {at_least:g} is coded as an end"
