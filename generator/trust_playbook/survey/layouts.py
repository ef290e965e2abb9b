"""Which tool wrote an export, told by its signature: how many header rows, which columns are its own, what to drop."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from trust_playbook.survey.folding import fold
from trust_playbook.survey.grids import Row
from trust_playbook.survey.layout import (
    BRACKETED,
    Column,
    Drop,
    Layout,
    names_of,
    numbered,
    own_columns,
    places_of,
)

_SUB_QUESTION = re.compile(r"(?P<question>.*?)\s*[\[.]\s*(?P<row>[^\[\]]+?)\s*\]?\s*", re.DOTALL)

_LEGACY_CODE = re.compile(r"V[0-9]+")
_NUMBERED = re.compile(r"[0-9]+\.\s*(?P<rest>.*)", re.DOTALL)
_DASH = re.compile(r"\s*[-\u2013]\s*")
_FINISHED = frozenset(
    {"1", "true", "yes", "y", "wahr", "ja", "vrai", "oui", "verdadero", "s\u00ed", "verdadeiro", "sim"}
)  # a spreadsheet translates TRUE when it saves a file again
_PREVIEWS = frozenset({"1", "2", "8", "9", "12", "17", "40"})
# What stands where a time or a number belongs, in a row that somebody added under the answers.
_SUMS = frozenset(
    {"", "total", "sum", "mean", "average", "median", "count", "n", "summe", "gesamt", "mittelwert", "durchschnitt",
     "anzahl", "moyenne", "somme", "m\u00e9diane", "nombre", "media", "promedio", "suma", "mediana", "m\u00e9dia",
     "soma"}
)  # fmt: skip
_PREVIEW_WORDS = ("preview", "test", "spam")


LIMESURVEY_COLUMNS = (
    "response id", "date submitted", "last page", "start language", "seed", "date started", "date last action"
)  # fmt: skip
TOOL_COLUMNS = (
    "timestamp", "start time", "completion time", "email", "name", "last modified time", *LIMESURVEY_COLUMNS
)  # fmt: skip
Recognise = Callable[[Sequence[Row], Mapping[str, frozenset[str]]], Layout | None]


def recognise(head: Sequence[Row], words: Mapping[str, frozenset[str]]) -> Layout | None:
    """Return the layout of the tool whose signature the first rows carry.

    `words` are the tools' own column names in every language that label files know, folded, by the
    English name.
    """
    tools: tuple[Recognise, ...] = (
        _qualtrics, _qualtrics_legacy, _surveymonkey, _limesurvey, _formbricks, _typeform, _microsoft, _google
    )  # fmt: skip
    return next((found for tool in tools if (found := tool(head, words)) is not None), None)


def plain(header: Row, tool: str) -> Layout:
    """Return the layout of a table whose headers name the items, or are named in a map."""
    columns = (Column(number, cell, (*names_of(cell), *_after_dot(cell))) for number, cell in numbered(header))
    return Layout(tool, 1, tuple(columns))


def _after_dot(header: str) -> tuple[str, ...]:
    """Return the row of a nested answer, `question.row`."""
    _, _, row = header.partition(".")
    return (row,) if row.strip() else ()


_QUALTRICS = frozenset(
    {"startdate", "enddate", "status", "ipaddress", "progress", "duration (in seconds)", "finished", "recordeddate",
     "responseid", "recipientlastname", "recipientfirstname", "recipientemail", "externalreference",
     "locationlatitude", "locationlongitude", "distributionchannel", "userlanguage"}
)  # fmt: skip


def _qualtrics(head: Sequence[Row], words: Mapping[str, frozenset[str]]) -> Layout | None:  # noqa: ARG001
    if len(head) < 3 or not head[2].cells[0].lstrip().startswith('{"ImportId"'):  # noqa: PLR2004
        return None
    names, texts = head[0].cells, head[1].cells
    columns = tuple(
        Column(number, text, (name, text, *_last_line(text)), fold(name) in _QUALTRICS)
        for number, (name, text) in enumerate(zip(names, texts, strict=True), start=1)
    )
    return Layout(
        "qualtrics", 3, columns, _qualtrics_drops(places_of(head[0])), places_of(head[0]).get("recipientemail")
    )


def _is_preview(status: str) -> bool:
    folded = fold(status)
    return folded in _PREVIEWS or any(word in folded for word in _PREVIEW_WORDS)


def _no_response(cell: str) -> bool:
    """Return whether a cell that the tool always fills is empty, or names a sum under the answers."""
    return fold(cell) in _SUMS


def _qualtrics_drops(places: Mapping[str, int]) -> tuple[Drop, ...]:
    found = []
    if "status" in places:
        found.append(Drop(places["status"], _is_preview, "preview"))
    if "finished" in places:
        found.append(Drop(places["finished"], lambda cell: fold(cell) not in _FINISHED, "unfinished"))
    return tuple(found)


def _last_line(text: str) -> tuple[str, ...]:
    """Return what stands behind each dash of a question with rows ('Please rate: - The row')."""
    return tuple(text[dash.end() :] for dash in _DASH.finditer(text))


def _qualtrics_legacy(head: Sequence[Row], words: Mapping[str, frozenset[str]]) -> Layout | None:  # noqa: ARG001
    if len(head) < 2 or not all(_LEGACY_CODE.fullmatch(cell) for cell in head[0].cells[:8]):  # noqa: PLR2004
        return None
    if fold(head[1].cells[0]) != "responseid":
        return None
    names, texts = head[0].cells, head[1].cells
    columns = tuple(
        Column(number, text, (name, text, *_last_line(text)), _LEGACY_CODE.fullmatch(name) is not None)
        for number, (name, text) in enumerate(zip(names, texts, strict=True), start=1)
    )
    places = places_of(head[1])
    return Layout("qualtrics-legacy", 2, columns, _qualtrics_drops(places), places.get("emailaddress"))


def _surveymonkey(head: Sequence[Row], words: Mapping[str, frozenset[str]]) -> Layout | None:  # noqa: ARG001
    places = places_of(head[0])
    if len(head) < 2 or not {"respondent id", "collector id"} <= set(places):  # noqa: PLR2004
        return None
    own = frozenset(
        {"respondent id", "collector id", "start date", "end date", "date created", "date modified", "ip address",
         "email address", "first name", "last name", "custom data 1"}
    )  # fmt: skip
    below_own = (below for above, below in zip(head[0].cells, head[1].cells, strict=True) if fold(above) in own)
    two_rows = not any(cell.strip() for cell in below_own)
    columns, question = [], ""
    for number, (above, second) in enumerate(zip(head[0].cells, head[1].cells, strict=True), start=1):
        question, below = above or question, second if two_rows else ""
        names = tuple(name for name in (below, above, f"{question} [{below}]" if below else "") if name)
        columns.append(Column(number, below or above or question, names, fold(above) in own))
    drop = Drop(places["respondent id"], _no_response, "no response")
    return Layout("surveymonkey", 2 if two_rows else 1, tuple(columns), (drop,), places.get("email address"))


_LIMESURVEY = frozenset(
    {"id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "ipaddr", "refurl",
     "interviewtime", "response id", "date submitted", "last page", "start language", "date started",
     "date last action", "ip address", "referrer url", "total time", "firstname", "lastname", "email"}
)  # fmt: skip


def _limesurvey(head: Sequence[Row], words: Mapping[str, frozenset[str]]) -> Layout | None:
    """Recognise headings as codes, in full, or as both ('submitdate. Date submitted')."""
    codes = {number: _code(cell) for number, cell in numbered(head[0])}
    full = {name: words[name] for name in LIMESURVEY_COLUMNS}

    def place(code: str, name: str) -> int | None:
        found = (number for number, cell in numbered(head[0]) if codes[number] == code or fold(cell) in full[name])
        return next(found, None)

    submitted, first = place("submitdate", "date submitted"), place("id", "response id")
    if submitted is None or first is None:
        return None
    own = frozenset().union(_LIMESURVEY, *full.values())
    columns = tuple(
        Column(number, cell, _limesurvey_names(cell), fold(cell) in own or codes[number] in own or _is_time(cell))
        for number, cell in numbered(head[0])
    )
    drop = Drop(submitted, lambda cell: not cell.strip(), "unfinished")
    identity = next((number for number, code in codes.items() if code in ("email", "token")), None)
    return Layout("limesurvey", 1, columns, (drop,), identity, codes=True)


def _code(heading: str) -> str:
    """Return the code at the head of a heading: letters before a separator."""
    match = re.match(r"\s*([a-z]+)(?=\s*(?:$|[.:;,|-]\s))", heading)
    return match[1] if match else ""


def _is_time(cell: str) -> bool:
    return fold(cell).startswith(("grouptime", "questiontime", "group time", "question time"))


def _limesurvey_names(header: str) -> tuple[str, ...]:
    """Return a heading as code, as full text, or as both ('PS[SQ001]. Question [Row]')."""
    found = [header]
    if match := BRACKETED.fullmatch(header):
        found.append(match["row"])
    if match := _SUB_QUESTION.fullmatch(header):
        found.append(match["row"])
    return tuple(dict.fromkeys(found))


_FORMBRICKS = frozenset(
    {"no", "response id", "timestamp", "finished", "quotas", "survey id", "formbricks id (internal)", "user id",
     "notes", "tags", "url", "source", "country", "browser", "os", "device", "useragent", "action", "ipaddress"}
)  # fmt: skip


def _formbricks(head: Sequence[Row], words: Mapping[str, frozenset[str]]) -> Layout | None:  # noqa: ARG001
    places = places_of(head[0])
    if not {"no", "response id", "timestamp", "finished"} <= set(places):
        return None
    columns = tuple(
        Column(number, cell, _formbricks_names(cell), fold(cell) in _FORMBRICKS or fold(cell).endswith("option id"))
        for number, cell in numbered(head[0])
    )
    drop = Drop(places["finished"], lambda cell: fold(cell) not in _FINISHED, "unfinished")
    return Layout("formbricks", 1, columns, (drop,), places.get("user id"))


def _formbricks_names(header: str) -> tuple[str, ...]:
    match = _NUMBERED.fullmatch(header)
    rest = match["rest"] if match else header
    return tuple(dict.fromkeys((header, rest, *_last_line(rest))))


_TYPEFORM = frozenset(
    {"#", "response type", "start date (utc)", "stage date (utc)", "submit date (utc)", "network id", "tags", "ending"}
)


def _typeform(head: Sequence[Row], words: Mapping[str, frozenset[str]]) -> Layout | None:  # noqa: ARG001
    places = places_of(head[0])
    if places.get("#") != 1 or not {"submit date (utc)", "network id"} <= set(places):
        return None
    drops = [Drop(places["submit date (utc)"], lambda cell: not cell.strip(), "unfinished")]
    if "response type" in places:
        drops.insert(0, Drop(places["response type"], lambda cell: fold(cell) not in ("completed", ""), "unfinished"))
    return Layout("typeform", 1, own_columns(head[0], _TYPEFORM), tuple(drops))


def _microsoft(head: Sequence[Row], words: Mapping[str, frozenset[str]]) -> Layout | None:
    cells = [fold(cell) for cell in head[0].cells]
    if len(cells) < 3 or cells[0].rstrip(".") != "id":  # noqa: PLR2004
        return None
    if cells[1] not in words["start time"] or cells[2] not in words["completion time"]:
        return None
    own = frozenset({"id"}).union(
        *(words[name] for name in ("start time", "completion time", "email", "name", "last modified time"))
    )
    quiz = ("points - ", "feedback - ", "total points", "quiz feedback")
    columns = tuple(
        Column(number, cell, names_of(cell), fold(cell) in own or fold(cell).startswith(quiz))
        for number, cell in numbered(head[0])
    )
    email = next((number for number, cell in enumerate(cells, start=1) if cell in words["email"]), None)
    return Layout("microsoft-forms", 1, columns, (Drop(1, _no_response, "no response"),), email)


def _google(head: Sequence[Row], words: Mapping[str, frozenset[str]]) -> Layout | None:
    cells = [fold(cell) for cell in head[0].cells]
    if cells[0] not in words["timestamp"]:
        return None
    own = words["timestamp"] | words["email"] | frozenset({"username", "score", "punktzahl"})
    email = next((number for number, cell in enumerate(cells, start=1) if cell in words["email"] | {"username"}), None)
    return Layout("google-forms", 1, own_columns(head[0], own), (Drop(1, _no_response, "no response"),), email)
