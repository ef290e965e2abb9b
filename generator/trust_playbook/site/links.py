"""Where every page lies: one place that knows the addresses."""

from __future__ import annotations

from posixpath import dirname, relpath

START = "index"
RESULTS = "results"
PLAN = "plan/index"
PRACTICES = "practices/index"
ROLES = "roles/index"
LEARN = "learn/index"
CURRENCIES = "learn/currencies"
SOURCES = "learn/sources"
MEASURE = "measure/index"
METHOD = "measure/method"
PRIVACY = "measure/privacy"
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


def between(here: str, there: str, anchor: str = "") -> str:
    """Return the final address of a page, relative to another page."""
    address = relpath(f"{there}.html", dirname(here) or ".")
    return f"{address}#{anchor}" if anchor else address
