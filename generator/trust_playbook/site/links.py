"""Where every page lies: one place that knows the addresses."""

from __future__ import annotations

from posixpath import dirname, relpath

START = "index"
RESULTS = "results"
PLAN = "plan/index"
CALENDAR = "plan/dates"
PRACTICES = "practices/index"
ROLES = "roles/index"
LEARN = "learn/index"
CURRENCIES = "learn/currencies"
SOURCES = "learn/sources"
MYTHS = "learn/myths"
BARRIERS = "learn/barriers"
FAQ = "learn/questions"
GLOSSARY = "learn/glossary"
EVIDENCE = "learn/evidence"
CONVERSATIONS = "conversations/index"
COUNTERPARTS = "learn/counterparts"
MEASURE = "measure/index"
METHOD = "measure/method"
PRIVACY = "measure/privacy"
SIGNALS = "measure/signals"
QUESTIONNAIRES = "measure/questionnaires"
NOT_THE_TOOL = "measure/when-this-is-not-the-tool"


def play(practice: str) -> str:
    """Return the page of a practice as one team runs it."""
    return f"plan/{practice}"


def practice(id: str) -> str:
    """Return the library page of a practice."""
    return f"practices/{id}"


def dimension(id: str) -> str:
    """Return the library page of a dimension."""
    return f"learn/dimensions/{id}"


def conversation(id: str) -> str:
    """Return the page of a run-sheet."""
    return f"conversations/{id}"


def counterpart(relation: str) -> str:
    """Return the library page on counterparts of one relation."""
    return f"learn/counterparts/{relation}"


def guide(id: str, section: str) -> str:
    """Return the page of a guide."""
    return f"{section}/{id}"


def between(here: str, there: str, anchor: str = "") -> str:
    """Return the final address of a page, relative to another page."""
    address = relpath(f"{there}.html", dirname(here) or ".")
    return f"{address}#{anchor}" if anchor else address
