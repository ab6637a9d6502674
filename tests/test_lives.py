"""Every invoice and customer under two policies: what moved adds up, and lives part where they differ first."""

import numpy as np
import pytest

from arsim.cli import main
from arsim.domain.policies import read_policy
from arsim.domain.problem import BadInput
from arsim.engine.journal import MINUTES_A_DAY, Kind
from arsim.report import lives as told
from arsim.report import lives_picture
from arsim.report.events import phrase
from arsim.study.company import Company
from arsim.study.compare import replicate
from arsim.study.fate import fate
from arsim.study.lives import lives
from arsim.workbook.movers_panel import MoversPanel
from arsim.workbook.trial import Question
from arsim.workbook.twins_room import TwinsRoom

DAYS = 120


@pytest.fixture(scope="module")
def both():
    """A policy that does much, among it holding orders, against the baseline."""
    return lives(["baseline", "source_full_system"], days=DAYS, number=1)


@pytest.fixture(scope="module")
def outcomes():
    """The comparison's outcomes of that replication."""
    names = ("baseline", "source_full_system")
    return [replicate(1, [read_policy(name) for name in names], Company.demo(), DAYS, 1).outcomes[name] for name in names]


@pytest.mark.parametrize("column, outcome", [("cash", "cash_collected"), ("open", "ar_end"), ("cost", "collection_cost")])
def test_money_moved_is_the_comparisons_difference_to_the_fen(both, outcomes, column, outcome):
    moved = int(both.customers.difference(column).sum())
    if column == "cost":  # salaries are nobody's, and the same every day
        moved += int(np.diff(both.firm["cost"])[0])
        salaries = [one.journal.staff().sum() * one.prices.collector_month / 30 for one in both.seen]
        assert moved + salaries[1] - salaries[0] == pytest.approx(outcomes[1][outcome] - outcomes[0][outcome], abs=0.5)
    else:
        assert moved == outcomes[1][outcome] - outcomes[0][outcome] != 0


def test_lost_orders_and_deliveries_add_up_too(both, outcomes):
    gone = [one["lost_sales"] + one["walked_sales"] for one in outcomes]
    sold = [one["credit_sales"] + one["prepaid"] for one in outcomes]
    for moved in (both.customers, both.invoices):
        assert moved.difference("gone").sum() == gone[1] - gone[0] != 0
        assert moved.difference("delivered").sum() == sold[1] - sold[0] != 0


def test_invoices_add_up_to_customers_but_for_what_is_of_no_invoice(both):
    people = len(both.people)
    for column in ("delivered", "gone", "written_off", "reduced", "open", "waiting", "late"):
        of_invoices = np.zeros(people, np.int64)
        np.add.at(of_invoices, both.world.customer, both.invoices.difference(column))
        assert (of_invoices == both.customers.difference(column)).all(), column


def test_fen_days_are_those_of_the_window(both):
    for at, seen in enumerate(both.seen):
        assert both.customers.sides["waiting"][at].sum() == seen.open[1:].sum()
        assert both.customers.sides["late"][at].sum() == seen.late[1:].sum()


def test_net_value_is_parted_without_a_rest(both, outcomes):
    for at in (0, 1):
        parts = both.customers.value[at].sum() + both.firm["value"][at]
        assert parts == pytest.approx(outcomes[at]["net_value"], abs=0.5)


def test_net_value_is_parted_after_a_warm_up_too():
    company = Company(Company.demo().population, 40)
    found = lives(["do_nothing", "source_recovery_plan"], company, days=50, number=2)
    names = ("do_nothing", "source_recovery_plan")
    said = replicate(2, [read_policy(name) for name in names], company, 50, 1).outcomes
    for at, name in enumerate(names):
        assert found.customers.value[at].sum() + found.firm["value"][at] == pytest.approx(said[name]["net_value"], abs=0.5)


def test_goodwill_moved_weighted_by_demand_is_the_comparisons(both, outcomes):
    weight = both.seen[0].demand
    means = both.goodwill @ weight / weight.sum()
    assert means[1] - means[0] == pytest.approx(outcomes[1]["goodwill"] - outcomes[0]["goodwill"], abs=1e-9)


def test_a_policy_and_its_copy_live_the_same_life():
    copy = read_policy("baseline").model_copy(update={"name": "copy"})
    found = lives(["baseline", copy], days=60)
    assert found.identical.all() and (found.invoices.part_day == -1).all() and not len(found.customers.order(5))
    assert found.parted(customer=3) is None and "identical" in told.parting(found, customer=3)


def test_identical_means_every_line_the_same_and_nothing_moved():
    found = lives(["do_nothing", "baseline"], days=DAYS)
    quiet = np.flatnonzero(found.identical)
    assert 0 < len(quiet) < len(found.people)
    assert (found.customers.worth[quiet] == 0).all()
    for who in quiet[:20].tolist():
        assert found.life(0, customer=who).tolist() == found.life(1, customer=who).tolist()


def test_lives_part_on_the_first_day_on_which_they_differ(both):
    for which in both.invoices.order(30).tolist():
        sides = [both.life(at, invoice=which) for at in (0, 1)]
        days = sorted({int(day) for rows in sides for day in rows["time"] // MINUTES_A_DAY})
        on = lambda rows, day: sorted(  # noqa: E731
            tuple(int(row[name]) for name in ("kind", "a", "b", "amount")) for row in rows[rows["time"] // MINUTES_A_DAY == day]
        )
        first = next(day for day in days if on(sides[0], day) != on(sides[1], day))
        found = both.parted(invoice=which)
        assert found.day == first and sum(map(len, found.only)) > 0


def test_fates_account_for_every_fen(both):
    for which in both.invoices.order(60).tolist():
        for at in (0, 1):
            one = fate(both, at, which)
            assert one.sold == one.paid + one.reduced + one.lost + one.left and one.left >= 0
            assert bool(one.sold) + bool(one.prepaid) + bool(one.gone) <= 1


def test_an_unknown_name_is_answered_with_the_nearest():
    found = lives(["do_nothing", "baseline"], days=30)
    with pytest.raises(BadInput, match="C012"):
        found.customer("C0123")
    with pytest.raises(BadInput, match="DEMO-"):
        found.invoice("DEMO-00232")
    assert found.people.ids[found.customer("C012")] == "C012"
    number = found.people.opening.number[7]
    assert found.invoice(number) == 7 and found.name(found.invoice("N1300")) == "N1300"


def test_every_line_has_its_words_in_both_languages(language, both):
    for journal in both.journals:
        _, first = np.unique(journal.rows[["kind", "a"]], return_index=True)
        for row in journal.rows[first]:
            if Kind(int(row["kind"])) not in (Kind.LIQUIDITY, Kind.GOODWILL, Kind.COST):
                assert phrase(row, both.people.start)


def test_pages_speak_both_languages(language, both):
    who = int(both.customers.order(1)[0])
    assert told.text(both, told.Firm(), 3) and told.side_text(both, customer=who)
    rows = told.life_rows(both, customer=who)
    assert [row[0] for row in rows].count(told.PARTS) == 1
    assert lives_picture.picture(both, lives_picture.shown(both, who))[:4] == b"\x89PNG"


def test_the_command_shows_and_writes(tmp_path, capsys):
    assert main(["twins", "do_nothing", "baseline", "--days", "60", "--top", "3", "--out", str(tmp_path)]) == 0
    assert "Invoices and orders that moved most" in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {"twins_customers.csv", "twins_invoices.csv", "twins.html", "twins.png"}
    assert main(["twins", "do_nothing", "baseline", "--days", "60", "--customer", "C01"]) == 2
    assert "Nearest" in capsys.readouterr().err
    assert main(["twins", "do_nothing", "baseline", "source_recovery_plan"]) == 2


def test_the_room_shows_movers_and_whoever_is_typed(both):
    room = TwinsRoom("do_nothing", "baseline", days=60)
    view = room.view
    assert str(int(room.both.identical.sum())) in view.said.value
    kind, which = view.movers.options[1][1]
    view.movers.value = (kind, which)
    assert told.PARTS in view.table.value and view.drawn.value[:4] == b"\x89PNG" and view.drawn.layout.display is None
    quiet = room.both.people.ids[int(np.flatnonzero(room.both.identical)[0])]
    view.name.value = quiet
    assert "identical" in view.said.value
    view.name.value = "C9999"
    assert view.said.value.count("Nearest") == 2


def test_the_labs_panel_works_run_by_run_and_forgets_when_something_changes():
    question = Question(Company.demo(), read_policy("do_nothing"), read_policy("baseline"), 60, 2, 1)
    panel = MoversPanel(lambda: None)
    steps = panel.steps(question, told.Firm(), lambda text, share: None)
    pauses = sum(1 for _ in steps)
    assert pauses >= 3 and panel.view is not None  # it leaves off after the world and after each run
    assert panel.view.both.seen[0].journal.rows.tolist() == lives(["do_nothing", "baseline"], days=60).journals[0].rows.tolist()
    panel.stale()
    assert panel.view is None and "press again" in panel.said.value
    late = panel.steps(question, told.Firm(), lambda text, share: None)
    next(late)
    panel.stale()
    for _ in late:
        pass
    assert panel.view is None  # what was asked is no longer what was worked out
