"""Paired comparison: same luck, order of naming, intervals, interruption."""

import numpy as np
import pytest
from people import people

from arsim.domain.policies import read_policy
from arsim.domain.policy import Policy
from arsim.domain.problem import BadInput
from arsim.report import export, table, words
from arsim.report.columns import width
from arsim.study import compare as module
from arsim.study.company import Company
from arsim.study.compare import compare
from arsim.study.comparison import interval

COMPANY = Company(people(20), warmup=30)


def test_other_order_only_changes_sign():
    one = compare(["do_nothing", "source_recovery_plan"], COMPANY, 120, 10)
    other = compare(["source_recovery_plan", "do_nothing"], COMPANY, 120, 10)
    assert one.runs().to_csv() == other.runs().to_csv()
    a, b = one.summary().set_index("outcome"), other.summary().set_index("outcome")
    np.testing.assert_allclose(a["difference"], -b["difference"], rtol=1e-12)
    np.testing.assert_allclose(a["low"], -b["high"], rtol=1e-12)
    assert (a["better"] == -b["better"]).all()


def test_workers_do_not_change_the_result():
    found = [compare(["do_nothing", "baseline"], COMPANY, 60, 3, workers=workers).runs().to_csv() for workers in (1, 2)]
    assert found[0] == found[1]


def test_alike_policies_show_no_difference_at_all():
    twin = Policy.model_validate(read_policy("baseline").model_dump() | {"name": "twin"})
    found = compare(["baseline", twin], COMPANY, 120, 3)
    assert (found.summary().dropna()["difference"] == 0).all()
    assert {row.verdict for row in table.rows(found, "twin")} <= {"the same", "not defined here"}


def test_few_replications_give_no_verdict():
    few = compare(["do_nothing", "source_three_stage"], COMPANY, 60, 5)
    assert "too few replications" in {row.verdict for row in table.rows(few, "source_three_stage")} and (few.summary()["better"] == 0).all()


def test_pairing_narrows_the_interval():
    found = compare(["baseline", "source_recovery_plan"], COMPANY, 240, 12)
    ours, theirs = found.values("source_recovery_plan", "overdue_share"), found.values("baseline", "overdue_share")
    assert (ours - theirs).var() < 0.5 * (ours.var() + theirs.var())


def test_interval_keeps_its_word_on_lopsided_differences():
    """Of log-normal differences Student's plain interval misses the mean far too often; the corrected one less."""
    from scipy import stats

    rng, n, rounds = np.random.default_rng(1), 12, 1500
    draws, true = rng.lognormal(0, 1.2, (rounds, n)), np.exp(0.72)
    ours = np.mean([low <= true <= high for _, low, high in map(interval, draws)])
    plain = stats.t.interval(0.95, n - 1, loc=draws.mean(1), scale=stats.sem(draws, axis=1))
    students = np.mean((plain[0] <= true) & (true <= plain[1]))
    assert ours > students + 0.03
    mirrored = [interval(-row)[1:] for row in draws[:50]]
    assert np.allclose(mirrored, [[-high, -low] for _, low, high in map(interval, draws[:50])])


def test_interval_is_students_without_skewness():
    from scipy import stats

    draws = np.array([3.0, 1.0, 4.0, 6.0, -1.0, 5.0])  # symmetric about 3
    draws = np.concatenate([draws, 6.0 - draws])
    mean, low, high = interval(draws)
    expected = stats.t.interval(0.95, 11, loc=draws.mean(), scale=stats.sem(draws))
    assert (low, high) == pytest.approx(expected) and mean == pytest.approx(draws.mean())
    assert interval(np.array([2.0]))[0] == 2.0 and np.isnan(interval(np.array([2.0]))[1])


def test_interruption_leaves_what_was_finished(monkeypatch):
    def stops_after_two(task, given, *_):
        for number in range(2):
            yield task(number, *given)
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "spread", stops_after_two)
    found = compare(["do_nothing", "baseline"], COMPANY, 30, 10)
    assert len(found.replications) == 2 and found.asked == 10 and len(found.summary())


@pytest.mark.parametrize(
    "policies, days, replications",
    [(["baseline"], 10, 1), (["baseline", "baseline"], 10, 1), (["baseline", "do_nothing"], 0, 1), (["baseline", "do_nothing"], 10, 0)],
)
def test_what_cannot_be_compared_is_refused(policies, days, replications):
    with pytest.raises(BadInput):
        compare(policies, COMPANY, days, replications)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_tables_in_both_languages(language, tmp_path):
    found = compare(["do_nothing", "source_three_stage"], COMPANY, 60, 2)
    with words.speaking(language):
        text, html = table.text(found, "source_three_stage"), table.as_html(found, "source_three_stage")
        assert ("净价值" in text) == ("净价值" in html) == (language == "zh")
        ends = {width(line[: line.rindex("  ")]) for line in text.splitlines() if " … " in line}
        assert len(ends) == 1  # the intervals, flush right, end below each other
        assert table.headline(found, "source_three_stage").count("\n") == 3
        files = export.write(found, export.folder(tmp_path / "out"), COMPANY.population.start)
    assert [file.name for file in files] == ["runs.csv", "summary.csv", "comparison.png"] and files[2].read_bytes()[1:4] == b"PNG"


def test_insufficient_rights_are_said_before_the_run(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput):
        export.folder(tmp_path / "file")
