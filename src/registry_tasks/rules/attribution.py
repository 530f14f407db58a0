"""Split a change by cause: what does each bring, on average over the orders they may come in.

Source: Shapley, A value for n-person games (1953).
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial, fsum
from typing import Final, TypeAlias

from pydantic import JsonValue

from registry_tasks.entities.difference import Cause
from registry_tasks.entities.explanation import Part
from registry_tasks.entities.recipe import Recipe
from registry_tasks.rules.semantic_versions import changed, is_data_parameter

_POLICY: Final = "registry."
"""Parameters that decide about versions and never about runs."""
Mix: TypeAlias = frozenset[Cause]
"""The causes that are as after; the others are as before."""


def causes_between(old: Recipe, new: Recipe) -> tuple[Cause, ...]:
    """Return what differs between two recipes, software aside."""
    parameters = changed(old.parameters, new.parameters)
    data = [key for key in parameters if is_data_parameter(key)]
    found = []
    if (old.code, old.commands) != (new.code, new.commands):
        found.append(Cause.CODE)
    if data or old.data != new.data:
        found.append(Cause.DATA)
    if len(parameters) > len(data):
        found.append(Cause.PARAMETERS)
    return tuple(found)


def mixed_parameters(
    own: Mapping[str, JsonValue], data: Mapping[str, JsonValue], rest: Mapping[str, JsonValue]
) -> dict[str, JsonValue]:
    """Return what parameters must be set to, so that they are those of two others.

    ``own`` came with the code: a parameter that others lack keeps its value, and what only others
    have is left out. ``data`` gives those that choose data, ``rest`` the others; policy is none.
    """
    wanted = {}
    for key, value in own.items():
        source = data if is_data_parameter(key) else rest
        if not key.startswith(_POLICY) and key in source and source[key] != value:
            wanted[key] = source[key]
    return wanted


def mixes_of(causes: Sequence[Cause]) -> tuple[Mix, ...]:
    """Return every mix, from none to all, smaller ones first."""
    sizes = range(len(causes) + 1)
    return tuple(frozenset(some) for size in sizes for some in combinations(causes, size))


def attribute(causes: Sequence[Cause], values: Mapping[Mix, float]) -> tuple[Part, ...]:
    """Return each cause's part of the change from no cause to all of them.

    ``values`` holds what came out of mixes, of none and all at least. Causes that cannot be told
    apart, because a mix that holds the one without the other did not come out, share a part. The
    parts sum to the change, to the last digit that the largest of them has.
    """
    groups = next(g for g in _groupings(tuple(causes)) if _has_all(g, values))
    shares = [_share(group, groups, values) for group in groups]
    change = values[frozenset(causes)] - values[frozenset()]
    parts = [float(share) for share in shares]
    for _ in range(len(parts)):  # rounding of the last bit goes to the largest
        largest = max(range(len(parts)), key=lambda i: abs(parts[i]))
        parts[largest] += change - fsum(parts)
    return tuple(Part(causes=g, change=p) for g, p in zip(groups, parts, strict=True))


def _groupings(causes: tuple[Cause, ...]) -> Iterator[tuple[tuple[Cause, ...], ...]]:
    """Give every way to group causes, the finest first."""
    yield from sorted(_partitions(causes), key=len, reverse=True)


def _partitions(causes: tuple[Cause, ...]) -> Iterator[tuple[tuple[Cause, ...], ...]]:
    if not causes:
        yield ()
        return
    first, rest = causes[0], causes[1:]
    for smaller in _partitions(rest):
        yield ((first,), *smaller)
        for place, group in enumerate(smaller):
            yield (*smaller[:place], (first, *group), *smaller[place + 1 :])


def _has_all(groups: tuple[tuple[Cause, ...], ...], values: Mapping[Mix, float]) -> bool:
    return all(
        frozenset(cause for group in some for cause in group) in values
        for size in range(len(groups) + 1)
        for some in combinations(groups, size)
    )


def _share(
    group: tuple[Cause, ...],
    groups: tuple[tuple[Cause, ...], ...],
    values: Mapping[Mix, float],
) -> Fraction:
    others = [other for other in groups if other != group]
    share = Fraction(0)
    for size in range(len(others) + 1):
        orders = Fraction(factorial(size) * factorial(len(others) - size), factorial(len(groups)))
        for some in combinations(others, size):
            there = frozenset(cause for other in some for cause in other)
            brought = Fraction(values[there | frozenset(group)]) - Fraction(values[there])
            share += orders * brought
    return share
