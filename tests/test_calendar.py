"""The plan's dates in a file that calendars import."""

from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar
from tests.conftest import ROOT, MakeTeam

from trust_playbook.library import Library
from trust_playbook.site.pages import pages_of
from trust_playbook.team import Team

LOW = "  safety: {mean: 4.5, interval: [3.4, 5.6], basis: typical}\n"
START = "focus: {start: 2026-11-30}\n"


def calendar_of(team: Team, library: Library) -> str | None:
    pages = pages_of(library, team, ROOT / "site_config" / "templates")
    return next((page.text for page in pages if page.file == "plan/dates.ics"), None)


def test_every_date_of_the_plan_is_an_event(make_team: MakeTeam, small: Library) -> None:
    """The milestones, a beginning and a day to decide for each practice in focus; none on a weekend."""
    text = calendar_of(make_team(LOW, START), small)
    assert text is not None
    events = list(Calendar.from_ical(text).walk("VEVENT"))
    days = {str(one["SUMMARY"]): one.decoded("DTSTART") for one in events}
    assert days["See the results together"] == date(2026, 12, 10)
    assert sum(name.startswith("Begin: ") for name in days) == sum(name.startswith("Keep, adapt") for name in days) > 0
    assert all(day.weekday() < 5 for day in days.values())
    assert len({str(one["UID"]) for one in events}) == len(events)


def test_the_file_is_written_as_the_standard_wants(make_team: MakeTeam, small: Library) -> None:
    """RFC 5545: lines end in CR LF and hold at most 75 octets; commas and semicolons are escaped."""
    text = calendar_of(make_team(LOW, START + "audience: team\n"), small)
    assert text is not None
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert all(len(line.encode()) <= 75 and "\n" not in line for line in lines)
    for needed in ("VERSION:2.0", "DTSTAMP:20261130T000000Z"):
        assert needed in lines
    assert text == calendar_of(make_team(LOW, START + "audience: team\n"), small)


@pytest.mark.parametrize("playbook", ["", "focus: {practices: 1}\n"])
def test_without_a_start_there_are_days_and_no_dates(make_team: MakeTeam, small: Library, playbook: str) -> None:
    """Then the page says which line would make them dates."""
    team = make_team(LOW, playbook)
    assert calendar_of(team, small) is None
    plan = next(
        page.text for page in pages_of(small, team, ROOT / "site_config" / "templates") if page.address == "plan/index"
    )
    assert "they become dates with a calendar file" in plan
