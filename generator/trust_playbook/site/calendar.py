"""A plan's dates as an iCalendar file (RFC 5545) that calendars import; the same bytes from the same plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from trust_playbook.library import Library
from trust_playbook.site.views import TeamView
from trust_playbook.tailoring import Plan
from trust_playbook.tailoring.plan import workday
from trust_playbook.team import Team

PRODUCT = "-//trust-playbook//plan//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """One day in the calendar."""

    key: str
    day: date
    summary: str
    description: str


def calendar(team: Team, plan: Plan, view: TeamView, library: Library) -> str | None:
    """Return the calendar of a plan, None where it has no start date."""
    start = team.playbook.focus.start
    if start is None:
        return None
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("x-wr-calname", f"{view.name}: trust playbook")
    stamp = datetime.combine(start, time(), UTC)
    for entry in sorted(_entries(start, plan, view, library), key=lambda one: (one.day, one.key)):
        event = Event()
        event.add("uid", f"{entry.key}.{start:%Y%m%d}.{team.id}@trust-playbook")
        event.add("dtstamp", stamp)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.summary)
        event.add("description", entry.description)
        event.add("transp", "TRANSPARENT")
        found.add_component(event)
    return str(found.to_ical().decode("utf-8"))


def _entries(start: date, plan: Plan, view: TeamView, library: Library) -> Iterator[Entry]:
    for milestone, text in zip(plan.milestones, view.milestones, strict=True):
        if milestone.date is not None:
            yield Entry(f"milestone-{milestone.kind}", milestone.date, text.name, " ".join(text.do.split()))
    for play in plan.focus:
        practice = library.practices[play.practice]
        yield Entry(f"start-{play.practice}", workday(start), f"Begin: {practice.name}", practice.first_step)
        decide = practice.decide
        looks = f"Keep: {decide.keep_if}\nAdapt: {decide.adapt_if}\nDrop: {decide.drop_if}"
        day = workday(start + timedelta(weeks=decide.after))
        yield Entry(f"decide-{play.practice}", day, f"Keep, adapt or drop: {practice.name}", looks)
