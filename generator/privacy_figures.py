"""Work out from which published results a person's answer could be worked out, for the privacy page.

People are not told apart, so another's answer is determined where every set of answers that would have
been published alike leaves all others one and the same value. Such a set can only be one in which all
others did answer alike; each of them is tried, and other sets that would be published alike are searched
for. A determined case is one for which none is found among all sets in which up to two of the others, or
any number of them together, answered something else.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache
from statistics import fmean, stdev

from trust_playbook.survey.publishing import publish_dimension
from trust_playbook.survey.scoring import DimensionScore
from trust_playbook.team.records import PublishedScale

SCALE = PublishedScale(min=1, max=7)
PEOPLE = range(1, 13)
ITEMS = (1, 3, 7)
MINIMUM = 5
LOWERED = (3, 4)


def form(persons: tuple[float, ...], items: int, minimum: int = MINIMUM) -> str:
    """Return what would be published of one dimension."""
    sd = stdev(persons) if len(persons) > 1 else None
    return str(publish_dimension(score_of(persons, items=items, sd=sd), SCALE, minimum, few_changed=False))


def score_of(persons: tuple[float, ...], *, items: int, sd: float | None) -> DimensionScore:
    """Return persons' scores as the publishing rules see them."""
    return DimensionScore(
        dimension="d",
        items=items,
        n=len(persons),
        mean=fmean(persons),
        sd=sd,
        interval=None,
        alpha=None,
        alpha_n=0,
        rwg_star=None,
        ad=None,
        imputed=0.0,
        reverse_gap=None,
        persons=persons,
    )


def values(items: int) -> tuple[float, ...]:
    """Return every score that a person can have with so many items."""
    return tuple(total / items for total in range(items, 7 * items + 1))


def others(value: float, count: int, known: tuple[float, ...]) -> Iterator[tuple[float, ...]]:
    """Yield what else the others may have answered."""
    for moved in range(1, count + 1):
        for new in known:
            if new != value:
                yield (value,) * (count - moved) + (new,) * moved
    if count > 1:
        for first, second in itertools.combinations(known, 2):
            if value not in (first, second):
                yield (value,) * (count - 2) + (first, second)


def determined(people: int, items: int, minimum: int = MINIMUM) -> tuple[int, int, int]:
    """Return in how many cases an outsider, and a colleague, can work an answer out, and of how many cases."""
    known = values(items)

    @cache
    def published(persons: tuple[float, ...]) -> str:
        return form(tuple(sorted(persons)), items, minimum)

    outsider = sum(
        not any(published(tuple(sorted(one))) == published((value,) * people) for one in others(value, people, known))
        for value in known
        if "suppressed" not in published((value,) * people)
    )
    colleague = cases = 0
    for own, value in itertools.product(known, known):
        whole = tuple(sorted((own, *(value,) * (people - 1))))
        if people == 1 or "suppressed" in published(whole):
            continue
        cases += 1
        alike = (tuple(sorted((own, *one))) for one in others(value, people - 1, known))
        colleague += not any(published(one) == published(whole) for one in alike)
    return outsider, colleague, cases


def newcomers(people: int) -> tuple[int, int, int, int]:
    """Return in how many pairs of waves a newcomer's answer to a single statement is determined, and of how many.

    First where nobody else answers otherwise than before; then where the others' mean moves by up to a third of
    a point, and a reader cannot exclude that it moved by two thirds.
    """
    still = _pairs(people, 0)
    moved, possible = _pairs(people, people // 3), _pairs(people, 2 * people // 3)
    return (
        sum(len(found) == 1 for found in still.values()),
        len(still),
        sum(len(possible[pair]) == 1 for pair in moved),
        len(moved),
    )


def _pairs(people: int, drift: int) -> dict[tuple[str, str], set[int]]:
    """Return which answers of one newcomer go with each pair of published results, by the sums of answers."""
    found: dict[tuple[str, str], set[int]] = {}
    for total, change, new in itertools.product(range(people, 7 * people + 1), range(-drift, drift + 1), range(1, 8)):
        if people <= total + change <= 7 * people:
            first = _of_total(total, people, few_changed=False)
            second = _of_total(total + change + new, people + 1, few_changed=True)
            found.setdefault((first, second), set()).add(new)
    return found


@cache
def _of_total(total: int, people: int, *, few_changed: bool) -> str:
    found = score_of((total / people,) * people, items=1, sd=1.0)
    return str(publish_dimension(found, SCALE, MINIMUM, few_changed=few_changed))


def main() -> None:
    """Print the tables that trust_playbook.team.protection holds."""
    for items, people in itertools.product(ITEMS, PEOPLE):
        print(items, people, *determined(people, items), flush=True)
    for items, people in itertools.product(ITEMS, LOWERED):
        print("lowered", items, people, *determined(people, items, min(LOWERED)))
    for people in range(MINIMUM, 13):
        print("waves", people, *newcomers(people), flush=True)


if __name__ == "__main__":
    main()
