"""A content folder as records with their documents, before anything is checked between files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from trust_playbook.documents import Document, Record, is_id, read_record
from trust_playbook.library import guides, instruments, knowledge, records
from trust_playbook.library.labels import Labels
from trust_playbook.library.page_texts import Pages
from trust_playbook.library.practices import Practice
from trust_playbook.problems import Problem, did_you_mean, shown

RecordT = TypeVar("RecordT", bound=Record)
MAX_FILES = 5_000
INFO, OVERRIDES = "library.yml", "overrides"
FILES = frozenset({INFO, "levels.yml", "currencies.yml", "pages.yml"})
LISTS = frozenset({"signals.yml", "glossary.yml", "myths.yml", "barriers.yml", "faq.yml", "claims.yml"})
FINGERPRINTS = "fingerprints.yml"
FOLDERS = frozenset(
    {"dimensions", "practices", "instruments", "sources", "roles", "conversations", "counterparts", "guides", "labels"}
)


@dataclass(frozen=True, slots=True)
class One(Generic[RecordT]):
    """A file that stands alone, with its document for messages that need a place."""

    record: RecordT
    document: Document


@dataclass(frozen=True, slots=True)
class Many(Generic[RecordT]):
    """The records of one folder by id, with their documents, and the ids of all its files, broken ones too."""

    records: Mapping[str, RecordT]
    documents: Mapping[str, Document]
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that one content folder holds; what is broken or missing is None or left out."""

    info: One[records.LibraryInfo] | None
    levels: One[records.Levels] | None
    currencies: One[records.Currencies] | None
    pages: One[Pages] | None
    signals: One[knowledge.Signals] | None
    glossary: One[knowledge.Glossary] | None
    myths: One[knowledge.Myths] | None
    barriers: One[knowledge.Barriers] | None
    faq: One[knowledge.Faq] | None
    claims: One[knowledge.Claims] | None
    fingerprints: One[records.Fingerprints] | None
    dimensions: Many[records.Dimension]
    practices: Many[Practice]
    instruments: Many[instruments.Instrument]
    sources: Many[records.Source]
    roles: Many[records.RoleGuide]
    conversations: Many[guides.Conversation]
    counterparts: Many[guides.CounterpartGuide]
    guides: Many[guides.Guide]
    labels: Many[Labels]
    broken: frozenset[str]
    """Files that stand alone and could not be read, so that their ids are not known."""

    def documents(self) -> Iterator[Document]:
        """Yield every document with texts in it, in a fixed order."""
        for many in (
            self.dimensions,
            self.practices,
            self.conversations,
            self.counterparts,
            self.guides,
            self.roles,
            self.instruments,
            self.sources,
        ):
            yield from (many.documents[id] for id in sorted(many.documents))
        alone: tuple[One[Any] | None, ...] = (
            self.currencies,
            self.pages,
            self.signals,
            self.glossary,
            self.myths,
            self.barriers,
            self.faq,
            self.claims,
        )
        yield from (one.document for one in alone if one is not None)


def read_info(folder: Path, problems: list[Problem]) -> One[records.LibraryInfo] | None:
    """Read library.yml, which says what a content folder is."""
    return _one(folder / INFO, records.LibraryInfo, problems, required=True)


def read_content(folder: Path, info: One[records.LibraryInfo] | None, problems: list[Problem]) -> Content:
    """Read a content folder; one that extends another may leave out what it does not add."""
    overlay = info is not None and info.record.extends == records.BUILTIN
    complete = info is not None and info.record.complete
    problems.extend(
        _foreign_entries(folder, FILES | LISTS | FOLDERS | {FINGERPRINTS} | ({OVERRIDES} if overlay else set()))
    )
    before = len(problems)
    content = Content(
        info=info,
        levels=_one(folder / "levels.yml", records.Levels, problems, required=not overlay),
        currencies=_one(folder / "currencies.yml", records.Currencies, problems, required=not overlay),
        pages=_one(folder / "pages.yml", Pages, problems, required=not overlay),
        signals=_one(folder / "signals.yml", knowledge.Signals, problems, required=complete),
        glossary=_one(folder / "glossary.yml", knowledge.Glossary, problems, required=complete),
        myths=_one(folder / "myths.yml", knowledge.Myths, problems, required=complete),
        barriers=_one(folder / "barriers.yml", knowledge.Barriers, problems, required=complete),
        faq=_one(folder / "faq.yml", knowledge.Faq, problems, required=complete),
        claims=_one(folder / "claims.yml", knowledge.Claims, problems, required=complete),
        fingerprints=_one(folder / FINGERPRINTS, records.Fingerprints, problems, required=False),
        dimensions=_many(folder / "dimensions", records.Dimension, problems),
        practices=_many(folder / "practices", Practice, problems),
        instruments=_many(folder / "instruments", instruments.Instrument, problems),
        sources=_many(folder / "sources", records.Source, problems),
        roles=_many(folder / "roles", records.RoleGuide, problems),
        conversations=_many(folder / "conversations", guides.Conversation, problems),
        counterparts=_many(folder / "counterparts", guides.CounterpartGuide, problems),
        guides=_many(folder / "guides", guides.Guide, problems),
        labels=_many(folder / "labels", Labels, problems),
        broken=frozenset(),
    )
    return replace(content, broken=frozenset(Path(one.path).name for one in problems[before:]))


def _foreign_entries(folder: Path, known: frozenset[str]) -> Iterator[Problem]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in known and not path.name.startswith("."):
            hint = did_you_mean(path.name, known)
            yield Problem(str(path), 1, 1, "foreign-file", "this does not belong into a content folder", hint)


def _one(path: Path, record_type: type[RecordT], problems: list[Problem], *, required: bool) -> One[RecordT] | None:
    if not path.exists():
        if required:
            hint = f"a content folder holds {', '.join(sorted(FILES))}; see --content"
            problems.append(Problem(str(path), 1, 1, "missing-file", "this file is missing", hint))
        return None
    read = read_record(path, record_type, problems)
    return None if read is None else One(*read)


def _many(folder: Path, record_type: type[RecordT], problems: list[Problem]) -> Many[RecordT]:
    found: dict[str, RecordT] = {}
    documents: dict[str, Document] = {}
    ids: set[str] = set()
    for path in yaml_files(folder, problems):
        ids.add(path.stem)
        if (read := read_record(path, record_type, problems)) is not None:
            found[path.stem], documents[path.stem] = read
    return Many(MappingProxyType(found), MappingProxyType(documents), frozenset(ids))


def yaml_files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield the YAML files of a folder whose names can be ids, in the order of their names."""
    if folder.is_symlink():
        problems.append(Problem(str(folder), 1, 1, "not-a-folder", "this folder is a link", "links are not followed"))
        return
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    if len(paths) > MAX_FILES:
        problems.append(Problem(str(folder), 1, 1, "too-many-files", f"more than {MAX_FILES:,} files in one folder"))
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        if path.suffix != ".yml":
            hint = "content holds .yml files only; rename or move it"
            problems.append(Problem(str(path), 1, 1, "foreign-file", "this file does not belong here", hint))
        elif not is_id(path.stem):
            hint = "use lower-case letters, digits and single hyphens, and no name that a page has already"
            problems.append(Problem(str(path), 1, 1, "bad-id", f"'{shown(path.stem)}' cannot be an id", hint))
        else:
            yield path
