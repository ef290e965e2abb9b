"""What a team's pages show, decided before any template sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trust_playbook.library import Library
from trust_playbook.library.page_texts import Advice
from trust_playbook.library.records import Level
from trust_playbook.site import sentences, wording
from trust_playbook.site.charts import DotPlot, dot_plot
from trust_playbook.site.plays import PlayView, play_view
from trust_playbook.tailoring import Plan
from trust_playbook.tailoring.results import Milestone, Standing
from trust_playbook.team import Team

NAMED_ON_START = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """One dimension's line in a table, and its section on the results page."""

    id: str
    name: str
    tagline: str
    value: str
    on_scale: str
    interval: str | None
    against_target: str
    against_in_full: str
    is_below: bool
    level: str | None
    looks_like: str | None
    next_level: str | None
    agreement: str | None
    change: str | None
    plays: tuple[tuple[str, str], ...]
    """Practice id and name of the plays that work on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneView:
    """One fixed point of the plan."""

    name: str
    do: str
    when: str
    conversation: tuple[str, str] | None
    """Id and name of the run-sheet for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView:
    """Everything that a team's own pages say."""

    name: str
    purpose: str | None
    notices: tuple[str, ...]
    wave: str | None
    respondents: str | None
    doubts: tuple[str, ...]
    finding: str
    certainty: str | None
    chart: DotPlot | None
    results_chart: DotPlot | None
    bases: tuple[str, ...]
    statements: tuple[tuple[str, str], ...]
    """Single statements and the share of people who agreed with them, where that may be published."""
    recommend: str | None
    target: str
    measured: tuple[StandingView, ...]
    by_dimension: tuple[StandingView, ...]
    not_published: tuple[StandingView, ...]
    not_asked: tuple[StandingView, ...]
    advice: Advice | None
    """What the start page says where there are no answers or no practices."""
    read_first: bool
    gate_closed: str | None
    uncovered: str | None
    strength: StandingView | None
    strength_words: str | None
    strength_keep: str | None
    focus: tuple[PlayView, ...]
    next: tuple[tuple[str, str, str], ...]
    held: tuple[tuple[str, str, str], ...]
    not_called_for: tuple[tuple[str, str], ...]
    milestones: tuple[MilestoneView, ...]
    has_calendar: bool
    horizon: int
    minutes_per_week: str
    minutes_allowed: int
    look_again: str


def team_view(team: Team, plan: Plan, library: Library) -> TeamView:
    """Return what a team's own pages say."""
    newest = max((one.assessment for one in plan.measured if one.assessment), key=lambda one: one.wave, default=None)
    last = max((one.wave for one in team.assessments), default=None)
    newest_wave = [one for one in team.assessments if one.wave == last]
    finding = sentences.finding(plan, library)
    standings = {id: _standing(one, plan, library) for id, one in plan.standings.items()}
    in_order = tuple(standing for standing in plan.standings.values() if standing.measured)
    silent = [one for one in plan.standings.values() if not one.measured]
    focus = tuple(play_view(found, team, plan, library) for found in plan.focus)
    return TeamView(
        name=team.playbook.team.name,
        purpose=team.playbook.team.purpose,
        notices=_notices(team, floor_lowered=newest is not None and "floor-lowered" in newest.flags),
        wave=wording.wave_name(newest.wave) if newest else None,
        respondents=wording.respondents(newest) if newest else None,
        doubts=wording.doubts(newest) if newest else (),
        finding=finding,
        certainty=sentences.certainty(plan, library),
        chart=dot_plot("standing", finding, plan.measured, library, named=NAMED_ON_START) if plan.measured else None,
        results_chart=dot_plot("profile", finding, in_order, library) if in_order else None,
        bases=tuple(dict.fromkeys(filter(None, map(wording.basis, in_order)))),
        statements=tuple(
            (item.text or item.id, wording.share(one.items[item.id]))
            for one in newest_wave
            for item in library.instruments[one.instrument.id].items
            if item.id in one.items
        ),
        recommend=next((wording.RECOMMEND[one.recommend.band] for one in newest_wave if one.recommend), None),
        target=wording.target(in_order[0]) if in_order else wording.number(team.playbook.target),
        measured=tuple(standings[one.dimension] for one in plan.measured),
        by_dimension=tuple(standings[one.dimension] for one in in_order),
        not_published=tuple(standings[one.dimension] for one in silent if _was_asked(one)),
        not_asked=tuple(standings[one.dimension] for one in silent if not _was_asked(one)),
        advice=_advice(plan, library),
        read_first=plan.gate.read_first,
        gate_closed=sentences.gate_closed(plan, library),
        uncovered=sentences.uncovered(plan, library),
        strength=standings[plan.strength] if plan.strength else None,
        strength_words=_strength(standings[plan.strength], plan) if plan.strength else None,
        strength_keep=library.dimensions[plan.strength].keep if plan.strength else None,
        focus=focus,
        next=tuple((one.practice, library.practices[one.practice].name, f"{one.score:.3f}") for one in plan.next),
        held=_held(team, plan, library),
        not_called_for=tuple(
            (one.practice, library.practices[one.practice].name) for one in plan.later if one.hold == "no-need"
        ),
        milestones=tuple(_milestone(one, plan, library) for one in plan.milestones),
        has_calendar=team.playbook.focus.start is not None,
        horizon=team.playbook.focus.horizon_days,
        minutes_per_week=f"{round(sum(one.practice.time.minutes_per_week for one in focus))} minutes a week",
        minutes_allowed=team.playbook.focus.minutes_per_week,
        look_again=_when(next(one for one in plan.milestones if one.kind == "wave")),
    )


def _notices(team: Team, *, floor_lowered: bool) -> tuple[str, ...]:
    """Return what stands at the head of every page about the team."""
    found = []
    if team.playbook.team.example:
        found.append("An example: this team does not exist, and its answers were made up.")
    elif team.playbook.audience == "team":
        found.append("For the team. Please do not pass it on.")
    elif team.playbook.audience == "organisation":
        found.append("For use inside the organisation.")
    if floor_lowered:
        found.append("Fewer than five people answered; the team agreed to publish one word for each dimension.")
    return tuple(found)


def _was_asked(standing: Standing) -> bool:
    return standing.published is not None and standing.published.suppressed != "not-asked"


def _advice(plan: Plan, library: Library) -> Advice | None:
    if not plan.measured:
        return library.pages.cold_start
    if plan.focus:
        return None
    return library.pages.none_fits if any(map(wording.is_below, plan.measured)) else library.pages.at_target


def _strength(strength: StandingView, plan: Plan) -> str:
    if strength.is_below:
        return f"{strength.name} stands best, though not yet at the target: {strength.on_scale}."
    if len(plan.measured) == 1:
        return f"{strength.name} is what to keep: {strength.on_scale}."
    return f"{strength.name} is a strength: {strength.on_scale}."


def _held(team: Team, plan: Plan, library: Library) -> tuple[tuple[str, str, str], ...]:
    """Return what is not offered and why, with the team's own note where it wrote one."""
    notes = {one.practice: one.note for one in team.playbook.ledger}
    found = []
    for one in (*plan.later, *plan.excluded):
        if one.hold != "no-need":
            note = f" Your note: {notes[one.practice]}" if notes.get(one.practice) else ""
            reason = f"{sentences.held(one, plan, library)}{note}"
            found.append((one.practice, library.practices[one.practice].name, reason))
    return tuple(found)


def _standing(standing: Standing, plan: Plan, library: Library) -> StandingView:
    dimension = library.dimensions[standing.dimension]
    looks = {text.level: text.looks_like for text in dimension.levels}
    place = next((index for index, one in enumerate(library.levels) if one.id == standing.level), None)
    above = library.levels[place + 1] if place is not None and place + 1 < len(library.levels) else None
    form = standing.published
    exact = form is not None and form.mean is not None
    return StandingView(
        id=standing.dimension,
        name=dimension.name,
        tagline=dimension.tagline,
        value=wording.value(standing),
        on_scale=wording.on_scale(standing),
        interval=wording.interval(standing),
        against_target=wording.against_target(standing),
        against_in_full=wording.against_target_in_full(standing),
        is_below=wording.is_below(standing),
        level=sentences.level(standing, library),
        looks_like=looks[standing.level] if exact and standing.level else None,
        next_level=_next_level(above, standing, looks) if exact and above else None,
        agreement=wording.agreement(standing),
        change=wording.change(standing),
        plays=tuple(
            (one.practice, library.practices[one.practice].name)
            for one in plan.focus
            if standing.dimension in library.practices[one.practice].dimensions
        ),
    )


def _next_level(above: Level, standing: Standing, looks: Mapping[str, str]) -> str:
    """Return the level above a mean, how far away it begins, and what it looks like."""
    missing = round(above.at_least - (standing.mean or above.at_least), 1)
    away = f", about {missing:g} points from here" if missing > 0 else ""
    return f"{above.name.lower()}, from {wording.number(above.at_least)}{away}: {looks[above.id]}"


def _milestone(found: Milestone, plan: Plan, library: Library) -> MilestoneView:
    texts = library.pages.milestones
    text = texts.text_of(found.kind)
    do = text.do
    if found.kind == "debrief" and plan.measured and not plan.gate.is_open:
        do = texts.debrief.do_when_low
    elif found.kind == "debrief" and not plan.focus:
        do = texts.debrief.do_without_practices
    sheet = library.conversations.get(text.conversation or "")
    link = (text.conversation, sheet.name) if text.conversation and sheet else None
    return MilestoneView(name=text.name, do=do, when=_when(found), conversation=link)


def _when(found: Milestone) -> str:
    return wording.day_name(found.date) if found.date else f"day {found.day}"
