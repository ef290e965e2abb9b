"""Bytes to a tree of text, lists and mappings in which every value knows its line and column.

The reader accepts the plain part of YAML only: no anchors, aliases, merge keys, tags or second
document. Each of those has crashed or inflated a YAML reader; none is needed to write a practice.
Scalars stay text, so that `no`, `012` and dates mean what they say until a record asks for a type.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from trust_playbook.problems import Problem, shown

Tree = str | list["Tree"] | dict[str, "Tree"]
Loc = tuple[str | int, ...]

MAX_BYTES = 256 * 1024
MAX_DEPTH = 32
MAX_NODES = 20_000

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_READ_ERRORS = (yaml.YAMLError, ValueError, RecursionError, OverflowError, MemoryError)
# Control characters, surrogates, line ends that editors do not count, and marks that reorder text on screen.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_MERGE_KEY = "<<"
_EMPTY = re.compile("|~|null|Null|NULL")

# Words of PyYAML that are worth knowing, and what to tell a person who writes practices instead.
_SYNTAX_WORDS = (
    ("found character '\\t'", "a tab stands where spaces belong", "indent with spaces"),
    (
        "mapping values are not allowed",
        "a colon inside a text is read as a key",
        "put quotes around a text that holds ': '",
    ),
    (
        "while scanning a quoted scalar",
        "a quote is opened here and never closed",
        "close it, or double a quote inside the text",
    ),
    (
        "while parsing a flow",
        "a bracket or brace is opened here and not closed properly",
        "close it, or put quotes around the text",
    ),
    ("found character", "a text cannot begin with this character", "put quotes around the text"),
    (
        "could not find expected ':'",
        "a key needs ': ' after it",
        "put a longer text on one line, or after '>-' and indented",
    ),
    (
        "while parsing a block",
        "this line does not fit the lines above it",
        "give it the same indentation as its neighbours",
    ),
)
_OPENED_EARLIER = ("while scanning a quoted scalar", "while parsing a flow")


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file; line and column count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file as a plain tree, with the place of every key and value beside it."""

    path: Path
    tree: Tree
    values: Mapping[Loc, Place]
    keys: Mapping[Loc, Place]

    def problem(self, loc: Loc, code: str, message: str, hint: str | None = None, *, at_key: bool = False) -> Problem:
        """Return a problem at the value (or the key) of `loc`, or at its nearest parent that exists."""
        places = self.keys if at_key and loc in self.keys else self.values
        while loc not in places:
            loc = loc[:-1]
        place = places[loc]
        return Problem(str(self.path), place.line, place.column, code, message, hint)


def read_document(path: Path, problems: list[Problem]) -> Document | None:
    """Read one YAML file; on failure append what is wrong to `problems` and return None."""
    text = _read_text(path)
    if isinstance(text, Problem):
        problems.append(text)
        return None
    before = len(problems)
    try:
        if (refused := _refuse(path, text)) is not None:
            problems.append(refused)
            return None
        root = yaml.compose(text, Loader=_LOADER)
        if root is None:
            problems.append(Problem(str(path), 1, 1, "empty", "the file holds nothing", "write its keys, or delete it"))
            return None
        values: dict[Loc, Place] = {}
        keys: dict[Loc, Place] = {}
        tree = _Walk(path, values, keys, problems).tree(root, ())
    except _READ_ERRORS as error:
        problems.append(_syntax_problem(path, text, error))
        return None
    return Document(path, tree, values, keys) if len(problems) == before else None


def _read_text(path: Path) -> str | Problem:
    def refuse(code: str, message: str, hint: str | None = None, place: Place = Place(1, 1)) -> Problem:
        return Problem(str(path), place.line, place.column, code, message, hint)

    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            return refuse("not-a-file", "this is not a regular file", "links and special files are not read")
        if found.st_size > MAX_BYTES:
            return refuse("too-large", f"the file has {found.st_size:,} bytes; {MAX_BYTES:,} are accepted")
        data = path.read_bytes()
    except OSError as error:
        return refuse("unreadable", f"the file cannot be read: {error.strerror}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return refuse("encoding", f"the file is not UTF-8 (first at line {line})", "save it again as UTF-8")
    text = text.replace("\r\n", "\n")
    if match := _FORBIDDEN.search(text):
        place = _place_of(text, match.start())
        message = f"the character U+{ord(match.group()):04X} is not accepted"
        return refuse("control-character", message, "delete it and type the text again", place)
    return text


def _place_of(text: str, index: int) -> Place:
    return Place(text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1)


def _refuse(path: Path, text: str) -> Problem | None:
    """Return the first thing outside the accepted part of YAML, before any tree is built."""
    depth = nodes = documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        reason = _unsupported(event)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if depth > MAX_DEPTH:
            reason = (f"more than {MAX_DEPTH} levels of nesting", "write it flatter")
        elif nodes > MAX_NODES:
            reason = (f"more than {MAX_NODES:,} values in one file", "split the file")
        elif documents > 1:
            reason = ("a second document in one file", "put it in a file of its own and delete the '---'")
        if reason:
            place = _start(event)
            return Problem(str(path), place.line, place.column, "yaml-unsupported", reason[0], reason[1])
    return None


def _unsupported(event: yaml.Event) -> tuple[str, str] | None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "anchors and aliases (& and *) are not accepted", "write the text out, or put quotes around it"
    if getattr(event, "tag", None):
        return "tags (!) are not accepted", "delete the tag, or put quotes around the text"
    return None


def _syntax_problem(path: Path, text: str, error: BaseException) -> Problem:
    # The pure reader says more, and says it at a better place, than the C reader.
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except _READ_ERRORS as clearer:
        error = clearer
    words = " ".join(filter(None, (getattr(error, "context", None), getattr(error, "problem", None))))
    mark = getattr(error, "problem_mark", None)
    if words.startswith(_OPENED_EARLIER) or mark is None:
        mark = getattr(error, "context_mark", None) or mark
    unreadable = ("this is not valid YAML", "type the text again, without pasting")
    known = next(((message, hint) for start, message, hint in _SYNTAX_WORDS if start in words), unreadable)
    place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
    return Problem(str(path), place.line, place.column, "yaml-syntax", known[0], known[1])


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk over composed nodes that keeps places and refuses what a tree of text cannot hold."""

    path: Path
    values: dict[Loc, Place]
    keys: dict[Loc, Place]
    problems: list[Problem]

    def tree(self, node: yaml.Node, loc: Loc) -> Tree:
        self.values[loc] = _start(node)
        if isinstance(node, yaml.MappingNode):
            return {key: self.tree(child, (*loc, key)) for key, child in self._pairs(node, loc)}
        if isinstance(node, yaml.SequenceNode):
            return [self.tree(child, (*loc, index)) for index, child in enumerate(node.value)]
        text = str(node.value)
        if _FORBIDDEN.search(text):
            self._refuse(node, "control-character", "an escape in this text makes a character that is not accepted")
        if isinstance(node, yaml.ScalarNode) and not node.style and _EMPTY.fullmatch(text):
            key = str(loc[-1]) if loc else "the file"
            broken_text = "a text with a comma needs quotes between { and }"
            hint = broken_text if " " in key and loc else "fill it in, or leave the key out"
            self._refuse(node, "no-value", f"'{shown(key)}' has no value", hint)
        return text

    def _pairs(self, node: yaml.MappingNode, loc: Loc) -> Iterator[tuple[str, yaml.Node]]:
        seen: set[str] = set()
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(
                    key, "yaml-unsupported", "a key must be a word", "a text that begins with { or [ needs quotes"
                )
                continue
            if key.value == _MERGE_KEY:
                self._refuse(key, "yaml-unsupported", "merge keys (<<) are not accepted", "write the keys out")
                continue
            if key.value in seen:
                self._refuse(key, "duplicate-key", f"'{shown(key.value)}' stands here twice", "keep one of the two")
                continue
            seen.add(key.value)
            self.keys[(*loc, key.value)] = _start(key)
            yield key.value, child

    def _refuse(self, node: yaml.Node, code: str, message: str, hint: str | None = None) -> None:
        place = _start(node)
        self.problems.append(Problem(str(self.path), place.line, place.column, code, message, hint))


def _start(part: yaml.Node | yaml.Event) -> Place:
    mark = part.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
