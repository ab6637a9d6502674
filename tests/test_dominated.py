"""Who is beaten on everything, and whose policy is a file that takes no part."""

from types import SimpleNamespace

import numpy as np
import pytest

from arsim.domain.policies import read_policy, write_policy
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.study.comparison import Comparison, Replication
from arsim.study.dominated import dominators
from arsim.study.entries import read_entries
from arsim.study.parts import differing, graft


def comparison(replications=12, **policies):
    """Of each policy net value, overdue share and goodwill; the luck is the same for all, and luck spreads far."""
    luck = np.random.default_rng(2).normal(size=replications)
    keys = ("net_value", "overdue_share", "goodwill")
    met = lambda given, n: {key: value + luck[n] for key, value in zip(keys, given, strict=True)}  # noqa: E731
    made = [Replication(n, {name: met(given, n) for name, given in policies.items()}, {}) for n in range(replications)]
    return Comparison(tuple(SimpleNamespace(name=name) for name in policies), tuple(made), replications, 365, 1)


def test_beaten_on_all_three_is_beaten_and_a_trade_off_is_not():
    found = comparison(first=(100, 0.10, 90), worse=(99, 0.11, 89), dear=(90, 0.05, 95), same=(100, 0.10, 90))
    assert dominators(found) == {"first": (), "worse": ("first", "same"), "dear": (), "same": ()}


def test_less_overdue_is_better():
    assert dominators(comparison(low=(1, 0.1, 1), high=(1, 0.2, 1))) == {"low": (), "high": ("low",)}


def test_with_few_replications_nobody_is_sure():
    assert dominators(comparison(3, first=(100, 0.1, 90), worse=(99, 0.2, 80)))["worse"] == ()


def test_files_are_read_and_a_wrong_one_or_one_beyond_the_limits_says_why(tmp_path):
    base = read_policy("baseline")
    write_policy(base.replace({"team.collectors": 2}).model_copy(update={"name": "red"}), tmp_path / "red.toml")
    write_policy(base.replace({"team.collectors": 4}).model_copy(update={"name": "greedy"}), tmp_path / "greedy.toml")
    (tmp_path / "broken.toml").write_text("[team\n")
    (tmp_path / "baseline.toml").write_text("")
    entries = {entry.name: entry for entry in read_entries(tmp_path, {"team.collectors": 2})}
    assert not entries["red"].problems and entries["red"].policy.team.collectors == 2
    assert "team.collectors" in words.explain(entries["greedy"].problems[0]) and entries["greedy"].policy is not None
    for name in ("broken", "baseline"):
        assert entries[name].policy is None and entries[name].problems
    assert read_entries(tmp_path / "nowhere", {}) == []


def test_a_policy_put_together_from_all_its_parts_is_the_whole():
    base, full = read_policy("baseline"), read_policy("source_full_system")
    groups = differing(base, full)
    whole = graft(base, full, groups, "whole")
    assert differing(whole, full) == [] and differing(base, whole) == groups
    half = graft(graft(base, full, groups[:3], "half"), full, groups[3:], "half")
    assert differing(half, full) == []
    with pytest.raises(BadInput):
        graft(base, full, ["lwa"], "x")
