"""What a plan found, in sentences: typed reasons and rules become words here, for pages and terminal alike."""

from __future__ import annotations

from collections.abc import Sequence

from trust_playbook.library import Library
from trust_playbook.library.practices import Need
from trust_playbook.site import wording
from trust_playbook.tailoring.results import Counterfactual, Held, Plan, Recommendation, Standing

FIRM, FAIR = 0.8, 0.6


def finding(plan: Plan, library: Library) -> str:
    """Return the one sentence that the start page is about."""
    lowest = plan.lowest
    if lowest is None:
        return "There are no answers to go by yet, so this playbook begins with what costs little and puts the risk on whoever leads."
    weakest = plan.standings[lowest.dimensions[0]]
    text = library.dimensions[weakest.dimension].finding
    best = plan.standings[plan.strength] if plan.strength else weakest
    clauses = library.dimensions[best.dimension].finding
    opening = wording.capital(clauses.unsure if wording.is_below(best) else clauses.strong)
    if not wording.is_below(weakest):
        return f"{opening}."
    is_low = weakest.mean is not None and weakest.mean < plan.gate.threshold
    if lowest.certainty == "only":
        return f"What is missing here is {text.missing}." if is_low else f"{wording.capital(text.unsure)}."
    if lowest.certainty == "cannot-tell":
        return f"{opening}; {wording.count(len(lowest.dimensions))} things stand about equally low."
    return f"{opening}; what is missing is {text.missing}." if is_low else f"{opening}; {text.unsure}."


def certainty(plan: Plan, library: Library) -> str | None:
    """Return how sure it is which dimension stands lowest."""
    lowest = plan.lowest
    if lowest is None:
        return None
    names = [library.dimensions[id].name.lower() for id in lowest.dimensions]
    if lowest.certainty == "only":
        others = wording.count(len(plan.standings) - 1)
        return f"Only {names[0]} was asked about. What the other {others} dimensions are like here, this playbook does not know."
    if lowest.certainty == "cannot-tell":
        return f"The lowest may be {wording.listed(names, 'or')}: these answers cannot tell them apart."
    return f"{wording.capital(names[0])} is {lowest.certainty} the lowest."


def uncovered(plan: Plan, library: Library) -> str | None:
    """Return why the focus does not work on the dimension that stands lowest, where that is so."""
    if plan.lowest is None or plan.lowest.certainty not in ("clearly", "probably") or not plan.focus:
        return None
    id = plan.lowest.dimensions[0]
    served = {reason.dimension for found in plan.focus for reason in found.reasons}
    if id in served or not wording.is_below(plan.standings[id]):
        return None
    name = library.dimensions[id].name
    waiting = next((practice for practice, _ in plan.ranking if id in library.practices[practice].dimensions), None)
    if waiting is None:
        return f"{name} stands lowest, and this library has no practice for it that can be offered now. These work on what comes next."
    other = library.practices[waiting].name
    return f"{name} stands lowest. “{other}” would serve it, but gives less for its effort and evidence. Pin it if you want it first."


def because(found: Recommendation, plan: Plan, library: Library) -> str:
    """Return in one line why a practice is in the focus."""
    reason = found.reasons[0]
    name = library.dimensions[reason.dimension].name
    if found.rule == "pinned":
        return "The team pinned it."
    if found.rule == "split":
        return f"People are split about {name.lower()}, so a conversation comes first."
    if found.rule == "event":
        return "It belongs to something that happened in the team."
    standing = plan.standings[reason.dimension]
    if not standing.measured:
        return "Nothing was measured yet. It costs little, and whoever leads takes the risk."
    earlier = [one for one in plan.focus if one.rank < found.rank and one.reasons[0].dimension == reason.dimension]
    if earlier:
        return f"It works on {name.lower()} too ({wording.on_scale(standing)}), from another side."
    return f"{name}: {wording.on_scale(standing)}, {wording.against_target_in_full(standing)}."


def arithmetic(found: Recommendation, library: Library) -> str:
    """Return a score as the sum that makes it."""
    terms = " + ".join(f"{one.weight:.2f} × {one.need:.3f}" for one in found.reasons)
    factors = found.factors
    names = " + ".join(library.dimensions[one.dimension].name.lower() for one in found.reasons)
    product = f"{factors.evidence:.2f} × {factors.fit:.2f} × {factors.ledger:.2f} × {factors.effort:.2f}"
    words = f"weight × need for {names}, times evidence, fit, history and effort"
    return f"({terms}) × {product} = {found.score:.3f}; {words}"


def need_left(found: Recommendation, plan: Plan, library: Library) -> str | None:
    """Return how much of a need earlier practices have covered, where they have."""
    reason = found.reasons[0]
    whole = plan.standings[reason.dimension].need
    if reason.need >= whole:
        return None
    name = library.dimensions[reason.dimension].name.lower()
    return (
        f"Of the need in {name}, {whole:.3f}, the practice above it already covers a part; {reason.need:.3f} is left."
    )


def strained(found: Recommendation, counterparts: Sequence[str]) -> str | None:
    """Return what a strained relation adds to the need of a practice done across, naming the counterparts."""
    if not counterparts or not found.extra_need:
        return None
    return f"The strained relation with {wording.listed(counterparts)} adds {found.extra_need:.2f} to its need."


def stability(found: Recommendation, plan: Plan) -> str | None:
    """Return how firmly a practice stands in the focus."""
    share = found.stability
    if share is None or found.rule != "score" or all(map(wording.is_agreed, plan.measured)):
        return None
    words = (
        f"The answers leave some doubt. In {round(share * 100)} of 100 ways of reading them it would still be chosen"
    )
    if share >= FIRM:
        return f"{words}: a firm choice."
    if share >= FAIR:
        return f"{words}: a fair choice, not the only one."
    return f"{words}: close to a tie. Choose with the team."


def counterfactual(found: Recommendation, plan: Plan, library: Library) -> str | None:
    """Return what would have to be different for another practice to stand here."""
    if found.rule != "score" or found.stability is None:
        return None
    if found.counterfactual is None:
        name = library.dimensions[found.reasons[0].dimension].name.lower()
        return f"It would stay even with a higher value for {name} alone."
    return _would_leave(found.counterfactual, plan, library)


def _would_leave(change: Counterfactual, plan: Plan, library: Library) -> str:
    name = library.dimensions[change.dimension].name.lower()
    now = wording.value(plan.standings[change.dimension])
    start = f"It would leave the plan if {name} stood at {wording.number(change.mean)} instead of {now}"
    if change.instead is None:
        return f"{start}: then nothing would call for it."
    return f"{start}; \u201c{library.practices[change.instead].name}\u201d would take its place."


def held(found: Held, plan: Plan, library: Library) -> str:
    """Return by which rule a practice is not offered now, and what would change that."""
    gate = library.dimensions[plan.gate.dimension].name.lower()
    threshold = wording.number(found.threshold) if found.threshold is not None else ""
    needs = wording.listed([_in_words(need, library) for need in found.needs])
    reached = (
        f"{gate} is more likely than not at {threshold} or more"
        if plan.gate.p_at_least is not None
        else f"{gate} has been measured"
    )
    return {
        "gate": f"It asks people to expose themselves first. That waits until {reached}.",
        "tier": f"It asks for more than the basics. It waits until {reached}.",
        "need": f"It builds on {needs}, which comes first.",
        "minutes": "It takes more minutes a week than you have set aside.",
        "blocked": "Something blocks it, as the team noted.",
        "no-need": "Nothing that was measured calls for it now.",
        "excluded": "The team left it out.",
        "setting": "It is not made for the way you work together.",
        "mandate": "It needs someone to lead it whom this playbook cannot count on.",
        "kept": "You already do it. Keep it.",
    }[found.hold]


def _in_words(need: Need, library: Library) -> str:
    if need.practice is not None:
        return f"\u201c{library.practices[need.practice].name}\u201d"
    if need.dimension is not None and need.at_least is not None:
        return f"{library.dimensions[need.dimension].name.lower()} at {wording.number(need.at_least)} or more"
    return wording.listed([_in_words(inner, library) for inner in need.any or ()], "or")


def gate_closed(plan: Plan, library: Library) -> str | None:
    """Return why only practices are offered in which a leader or a rule takes the first risk."""
    if plan.gate.is_open:
        return None
    name = library.dimensions[plan.gate.dimension].name
    consequence = "so only practices are offered in which a leader or a rule takes the first risk."
    if plan.gate.p_at_least is None:
        return f"{name} has not been measured, {consequence}"
    sure = wording.chance(1 - plan.gate.p_at_least)
    return f"{name} is {sure} below {wording.number(plan.gate.threshold)}, {consequence}"


def level(standing: Standing, library: Library) -> str | None:
    """Return the level that a value is nearest to; for a coded end, all that it may be."""
    form, source = standing.published, standing.assessment
    if standing.estimate is None or form is None or source is None or form.word is not None:
        return None
    ids = [one.id for one in library.levels]
    if form.at_least is not None:
        reached = library.levels[ids.index(library.level_at(form.at_least, source.scale.min, source.scale.max).id) :]
    elif form.at_most is not None:
        reached = library.levels[: ids.index(library.level_at(form.at_most, source.scale.min, source.scale.max).id) + 1]
    else:
        reached = (library.level_of(standing.estimate.mean),)
    return wording.listed([one.name.lower() for one in reached], "or")
