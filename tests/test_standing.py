"""Several policies at once: what is said of them, and that all of it holds together."""

from types import SimpleNamespace

import numpy as np
import pytest
from demo_pool import pool, world

from arsim.domain.problem import BadInput
from arsim.report import standing as told
from arsim.report import words
from arsim.study import coverage
from arsim.study.comparison import Comparison, Replication
from arsim.study.coverage import World
from arsim.study.standing import MANY, apart, level, standing

STUDIES = 200
KEYS = ("net_value", "overdue_share", "goodwill")


def comparison(replications=60, spread=0.1, **policies):
    """Each policy's net value, overdue share and goodwill; luck that all share, and a little of their own."""
    random = np.random.default_rng(2)
    luck = random.normal(size=(replications, 3))
    own = {name: spread * random.normal(size=(replications, 3)) for name in policies}
    met = lambda name, n: dict(zip(KEYS, np.array(policies[name]) + luck[n] + own[name][n], strict=True))  # noqa: E731
    made = [Replication(n, {name: met(name, n) for name in policies}, {}) for n in range(replications)]
    titled = [SimpleNamespace(name=name, called=lambda language, name=name: name) for name in policies]
    return Comparison(tuple(titled), tuple(made), replications, 365, 1)


def places(found):
    return {(row.outcome, row.policy): row.place for row in found.itertuples()}


def test_best_tied_and_worse():
    found = standing(comparison(a=(10, 1, 5), b=(10.001, 2, 5), c=(2, 3, 9)))
    assert places(found) == {
        ("net_value", "a"): "tied", ("net_value", "b"): "tied", ("net_value", "c"): "worse",
        ("overdue_share", "a"): "best", ("overdue_share", "b"): "worse", ("overdue_share", "c"): "worse",
        ("goodwill", "a"): "worse", ("goodwill", "b"): "worse", ("goodwill", "c"): "best",
    }  # fmt: skip
    behind = {(row.outcome, row.policy): row.behind for row in found.itertuples()}
    assert behind["net_value", "c"] == ("a", "b") and behind["overdue_share", "c"] == ("a", "b") and behind["goodwill", "c"] == ()


def test_the_order_of_naming_does_not_matter():
    one = comparison(a=(10, 1, 5), b=(10.05, 1, 5), c=(9, 3, 9))
    other = Comparison(one.policies[::-1], one.replications, 60, 365, 1)
    assert places(standing(one)) == places(standing(other))


def test_with_few_replications_nothing_is_said():
    few = comparison(MANY - 1, a=(10, 1, 5), b=(1, 2, 5), c=(2, 3, 9))
    assert set(standing(few)["place"]) == {"unknown"} and str(MANY) in told.text(few)


def test_what_is_not_defined_for_one_policy_is_said_of_the_others_only():
    found = comparison(a=(10, 1, 5), b=(1, 2, 5), c=(np.nan, 3, 9))
    assert places(standing(found, "net_value")) == {("net_value", "a"): "best", ("net_value", "b"): "worse", ("net_value", "c"): "unknown"}


def test_twins_are_never_best():
    one = comparison(spread=0.0, a=(10, 1, 5), b=(10, 1, 5), c=(9, 2, 4))
    assert [places(standing(one))["net_value", name] for name in "abc"] == ["tied", "tied", "worse"]


@pytest.mark.parametrize("key", ["credit_sales", "nothing"])
def test_an_outcome_without_better_or_worse_is_refused(key):
    with pytest.raises(BadInput):
        standing(comparison(a=(1, 1, 1), b=(2, 2, 2)), key)


def test_more_statements_take_wider_intervals():
    found = comparison(a=(10, 1, 5), b=(10, 2, 5), c=(2, 3, 9))
    width = lambda table: float((table["high"] - table["low"])[table["outcome"] == "net_value"].mean())  # noqa: E731
    pair = Comparison(found.policies[:2], found.replications, 60, 365, 1)
    assert width(apart(found)) > width(apart(found, ("net_value",))) > width(apart(pair, ("net_value",)))


def test_the_level_lies_between_one_alone_and_bonferronis():
    random = np.random.default_rng(3)
    rows = random.normal(size=(10, 300)) + random.normal(size=300)
    doubt = 1 - level(rows)
    assert 0.02 / 10 < doubt < 0.02
    assert level(rows[:4]) < level(rows)


# Whether all of it holds


@pytest.mark.parametrize("which", ["as they are", "all alike"])
def test_all_statements_hold_together_as_often_as_they_say(which):
    """Four policies on the demo company, 40 replications; alike, every statement that one is better is wrong."""
    whole = world()
    keys = [whole.keys.index(key) for key in KEYS]
    one = World(whole.names, KEYS, whole.values[:, keys])
    found = coverage.together(one if which == "as they are" else one.level(), MANY, STUDIES)
    assert (found["held"] >= 0.95).all() and (found["wrong"] <= 0.05).all() and set(found.index) == {*KEYS, "all"}


def test_intervals_for_one_pair_would_not_hold_together(monkeypatch):
    """The measure tells: what each pair may have alone is too narrow for all."""
    monkeypatch.setattr(coverage, "level", lambda rows: 0.95)
    whole = world()
    found = coverage.together(World(whole.names, whole.keys[:1], whole.values[:, :1]).level(), MANY, STUDIES)
    assert found.loc["net_value", "held"] < 0.92 and found.loc["net_value", "wrong"] > 0.05


# What a user reads


def test_in_words_tied_is_never_equal(language):
    text = told.text(comparison(a=(10, 1, 5), b=(10.001, 2, 5), c=(2, 3, 9)))
    tied = {"en": "which of these is best cannot be told with these runs: a, b", "zh": "看不出其中哪一套最好：a、b"}
    assert tied[language] in text
    for wrong in ("equal", "same", "相同", "一样"):
        assert wrong not in text


def test_on_the_demo_company_every_policy_has_its_place():
    found = standing(pool())
    assert len(found) == 12 and (found.groupby("outcome")["place"].apply(lambda one: (one != "worse").sum()) >= 1).all()
    rows = told.as_list(found)
    assert {row["policy"] for row in rows} == {policy.name for policy in pool().policies}
    with words.speaking("en"):
        assert "Net value: " in told.text(pool(), found)
