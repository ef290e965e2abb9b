"""What a team's pages show, decided before any template sees it."""

from __future__ import annotations

from dataclasses import dataclass

from trust_playbook.library import Library
from trust_playbook.library.practices import Practice
from trust_playbook.site import wording
from trust_playbook.site.charts import DotPlot, dot_plot
from trust_playbook.tailoring import Plan
from trust_playbook.tailoring.results import Milestone, Recommendation, Standing
from trust_playbook.team import Team

NAMED_ON_START = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """One dimension's line in a table, and its section on the results page."""

    id: str
    name: str
    tagline: str
    value: str
    interval: str | None
    below_target: str
    is_below: bool
    level: str | None
    looks_like: str | None
    next_level: str | None
    next_looks_like: str | None
    agreement: str | None
    basis: str | None
    measured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayView:
    """A practice as this team runs it."""

    id: str
    practice: Practice
    rank: int
    because: str
    score: str
    reasons: tuple[tuple[str, str, str, str, str], ...]
    """Dimension id, name, weight, need, contribution."""
    factors: tuple[tuple[str, str, str], ...]
    """Factor, value, what it stands for."""
    arithmetic: str
    stability: str | None
    counterfactual: str | None
    variants: tuple[tuple[str, str], ...]
    minutes: str
    decide_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneView:
    """One fixed point of the plan."""

    name: str
    do: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView:
    """Everything that a team's own pages say."""

    name: str
    purpose: str | None
    example: bool
    audience: str
    wave: str | None
    respondents: str | None
    doubts: tuple[str, ...]
    finding: str
    certainty: str | None
    chart: DotPlot | None
    results_chart: DotPlot | None
    measured: tuple[StandingView, ...]
    by_dimension: tuple[StandingView, ...]
    not_measured: tuple[StandingView, ...]
    read_first: bool
    gate_closed: str | None
    strength: StandingView | None
    strength_keep: str | None
    strength_at_target: bool
    focus: tuple[PlayView, ...]
    next: tuple[tuple[str, str, str], ...]
    held: tuple[tuple[str, str, str], ...]
    milestones: tuple[MilestoneView, ...]
    horizon: int
    minutes_per_week: str
    minutes_allowed: int
    look_again: str


def team_view(team: Team, plan: Plan, library: Library) -> TeamView:
    """Return what a team's own pages say."""
    facts = team.playbook.team
    newest = max((one.assessment for one in plan.measured if one.assessment), key=lambda one: one.wave, default=None)
    finding = wording.finding(plan, library)
    in_order = tuple(standing for standing in plan.standings.values() if standing.measured)
    focus = tuple(_play(found, team, plan, library) for found in plan.focus)
    held = [*plan.later, *plan.excluded]
    wave = next(one for one in plan.milestones if one.kind == "wave")
    return TeamView(
        name=facts.name,
        purpose=facts.purpose,
        example=facts.example,
        audience=team.playbook.audience,
        wave=wording.wave_name(newest.wave) if newest else None,
        respondents=wording.respondents(newest) if newest else None,
        doubts=wording.doubts(newest) if newest else (),
        finding=finding,
        certainty=wording.certainty(plan, library),
        chart=dot_plot("standing", finding, plan.measured, library) if plan.measured else None,
        results_chart=dot_plot("profile", finding, in_order, library) if in_order else None,
        measured=tuple(_standing(one, library) for one in plan.measured),
        by_dimension=tuple(_standing(one, library) for one in in_order),
        not_measured=tuple(_standing(one, library) for one in plan.standings.values() if not one.measured),
        read_first=plan.gate.read_first,
        gate_closed=_gate_closed(plan, library),
        strength=_standing(plan.standings[plan.strength], library) if plan.strength else None,
        strength_keep=library.dimensions[plan.strength].keep if plan.strength else None,
        strength_at_target=plan.strength is not None and not wording.is_below(plan.standings[plan.strength]),
        focus=focus,
        next=tuple((one.practice, library.practices[one.practice].name, f"{one.score:.3f}") for one in plan.next),
        held=tuple(
            (one.practice, library.practices[one.practice].name, wording.held(one, plan, library)) for one in held
        ),
        milestones=tuple(_milestone(one, library) for one in plan.milestones),
        horizon=team.playbook.focus.horizon_days,
        minutes_per_week=_minutes(sum(play.practice.time.minutes_per_week for play in focus)),
        minutes_allowed=team.playbook.focus.minutes_per_week,
        look_again=_when(wave),
    )


def _gate_closed(plan: Plan, library: Library) -> str | None:
    if plan.gate.is_open:
        return None
    name = library.dimensions[plan.gate.dimension].name
    threshold = wording.number(plan.gate.threshold)
    if plan.gate.p_at_least is None:
        return f"{name} has not been measured, so only practices are offered in which a leader or a rule takes the first risk."
    return (
        f"{name} is {wording.chance(1 - plan.gate.p_at_least)} below {threshold}, so only practices are offered "
        "in which a leader or a rule takes the first risk."
    )


def _standing(standing: Standing, library: Library) -> StandingView:
    dimension = library.dimensions[standing.dimension]
    looks = {text.level: text.looks_like for text in dimension.levels}
    ids = [level.id for level in library.levels]
    names = {level.id: level.name.lower() for level in library.levels}
    place = ids.index(standing.level) if standing.level else None
    above = library.levels[place + 1] if place is not None and place + 1 < len(ids) else None
    return StandingView(
        id=standing.dimension,
        name=dimension.name,
        tagline=dimension.tagline,
        value=wording.value(standing),
        interval=wording.interval(standing),
        below_target=wording.below_target(standing),
        is_below=wording.is_below(standing),
        level=names[standing.level] if standing.level else None,
        looks_like=looks.get(standing.level or ""),
        next_level=f"{names[above.id]}, from {wording.number(above.at_least)}" if above else None,
        next_looks_like=looks[above.id] if above else None,
        agreement=wording.agreement(standing),
        basis=_basis(standing),
        measured=standing.measured,
    )


def _basis(standing: Standing) -> str | None:
    form = standing.published
    if form is None:
        return None
    if form.basis == "typical":
        return "The range is the one typical of small groups. This team's own spread stays unpublished, because it could show single answers."
    if form.basis == "own":
        return "The range comes from how far this team's answers lie apart (95 %)."
    if form.basis == "consensus":
        return "The value was agreed in a conversation, so it has no range of its own."
    if form.at_least is not None or form.at_most is not None:
        return "So near the end of the scale the exact mean stays unpublished, because it could show single answers."
    return None


def _play(found: Recommendation, team: Team, plan: Plan, library: Library) -> PlayView:
    practice = library.practices[found.practice]
    factors = found.factors
    grade = practice.evidence.grade
    return PlayView(
        id=found.practice,
        practice=practice,
        rank=found.rank,
        because=wording.because(found, plan, library),
        score=f"{found.score:.3f}",
        reasons=tuple(
            (
                one.dimension,
                library.dimensions[one.dimension].name,
                f"{one.weight:.2f}",
                f"{one.need:.3f}",
                f"{one.contribution:.3f}",
            )
            for one in found.reasons
        ),
        factors=(
            ("Evidence", f"{factors.evidence:.2f}", f"grade {grade}"),
            (
                "Fit",
                f"{factors.fit:.2f}",
                "your size and setting suit it" if factors.fit == 1 else "made for another size of group",
            ),
            (
                "History",
                f"{factors.ledger:.2f}",
                "not dropped before" if factors.ledger == 1 else "you dropped it before",
            ),
            ("Effort", f"{factors.effort:.2f}", f"one over the root of effort {practice.effort} of 5"),
        ),
        arithmetic=wording.arithmetic(found, library),
        stability=wording.stability(found),
        counterfactual=wording.counterfactual(found, plan, library),
        variants=_variants(practice, team),
        minutes=time_in_words(practice),
        decide_by=f"after {practice.decide.after} weeks",
    )


def _variants(practice: Practice, team: Team) -> tuple[tuple[str, str], ...]:
    """Return the variants that fit a team: its setting, its size, its counterparts."""
    facts, found = team.playbook.team, []
    if facts.setting in ("remote", "hybrid"):
        found.append((f"Because you work {facts.setting}", practice.variants.remote))
    if practice.variants.large_team and facts.size is not None and facts.size > practice.group.size[1] // 2:
        found.append((f"Because you are {facts.size}", practice.variants.large_team))
    if practice.variants.across_teams and team.playbook.counterparts:
        names = wording.listed([one.name for one in team.playbook.counterparts])
        found.append((f"With {names}", practice.variants.across_teams))
    return tuple(found)


def time_in_words(practice: Practice) -> str:
    """Return how long a practice takes, first and then."""
    time = practice.time
    if not time.then:
        return f"{time.first} minutes once"
    return f"{time.first} minutes to begin, then {time.then} a {time.every}"


def _minutes(minutes: float) -> str:
    return f"{round(minutes)} minutes a week"


def _milestone(found: Milestone, library: Library) -> MilestoneView:
    text = library.pages.milestones.text_of(found.kind)
    return MilestoneView(name=text.name, do=text.do, when=_when(found))


def _when(found: Milestone) -> str:
    return wording.day_name(found.date) if found.date else f"day {found.day}"
