"""What a search may decide: a policy to begin from, and the levers it may move."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from arsim.domain.policy import Policy, levers
from arsim.domain.problem import BadInput, Problem
from arsim.study.axis import Axis, axis

Candidate = tuple[int, ...]  # of each lever, the place of its value on its axis
ALIKE = 4  # names offered for one that does not exist


@dataclass(frozen=True)
class Space:
    """The policies a search chooses from.

    Parameters
    ----------
    base : Policy
        What is not a lever of the search stays as here.
    axes : tuple of Axis
    """

    base: Policy
    axes: tuple[Axis, ...]

    @classmethod
    def of(cls, base: Policy, wanted: Iterable[str]) -> "Space":
        """The space of the levers in `wanted`.

        Parameters
        ----------
        base : Policy
        wanted : iterable of str
            Levers of `base`, each with bounds or choices if its own are too wide: ``"team.contact_cap=1:6"``, ``"dispute.desk"``,
            ``"dunning.1.channel=call,visit"``.

        Raises
        ------
        BadInput
            With a problem for each lever that does not exist, is named twice, or has bounds that do not fit.
        """
        known, axes, problems = {lever.path: lever for lever in levers(base)}, {}, []
        for each in wanted:
            path, _, given = each.partition("=")
            path = path.strip()
            if path not in known:
                problems.append(_unknown(path, known, len(base.dunning)))
            elif path in axes:
                problems.append(Problem("This lever is named twice.", "Name it once.", column=path))
            else:
                try:
                    axes[path] = axis(known[path], given.strip())
                except BadInput as error:
                    problems += error.problems
        if not problems and not axes:
            problems.append(Problem("No lever is named.", "Name at least one; `arsim policy levers` lists them all."))
        made = cls(base, tuple(axes.values()))
        for moved in made.axes if not problems else ():
            for value in (moved.values[0], moved.values[-1]) if not moved.chosen else moved.values:
                try:
                    base.replace({moved.path: value})
                except BadInput as error:  # one value may be wrong only beside the others
                    problems += error.problems
        if problems:
            raise BadInput(*problems)
        return made

    @cached_property
    def sizes(self) -> np.ndarray:
        """Values on each axis."""
        return np.array([len(each.values) for each in self.axes])

    @cached_property
    def size(self) -> int:
        """Policies in all."""
        return prod(len(each.values) for each in self.axes)

    @cached_property
    def start(self) -> Candidate:
        """The place of the base policy, or the nearest to it."""
        now = {lever.path: lever.default for lever in levers(self.base)}
        return tuple(each.nearest(now[each.path]) for each in self.axes)

    def values(self, candidate: Candidate) -> dict[str, object]:
        """The levers of `candidate` by path."""
        return {each.path: each.values[place] for each, place in zip(self.axes, candidate, strict=True)}

    def policy(self, candidate: Candidate | None) -> Policy:
        """The policy at a place; for None the base itself, which may lie outside the bounds."""
        return self.base if candidate is None else self.base.replace(self.values(candidate))


def _unknown(path: str, known: Iterable[str], levels: int) -> Problem:
    if path.startswith("dunning."):
        return Problem("The base policy has no such lever of its ladder.", "It has {levels} levels, counted from 0; write dunning.0.days.",
                       column=path, values={"levels": levels})  # fmt: skip
    # people misremember the group more often than the lever's own name
    short = {name.rpartition(".")[2]: name for name in known}
    near = difflib.get_close_matches(path, list(known), ALIKE, cutoff=0.5)
    near += [short[name] for name in difflib.get_close_matches(path.rpartition(".")[2], list(short), ALIKE, cutoff=0.7)]
    close = list(dict.fromkeys(near))[:ALIKE]
    if close:
        return Problem("There is no such lever; the nearest are {close}.", "`arsim policy levers` lists them all.", column=path,
                       values={"close": ", ".join(close)})  # fmt: skip
    return Problem("There is no such lever.", "`arsim policy levers` lists them all.", column=path)
