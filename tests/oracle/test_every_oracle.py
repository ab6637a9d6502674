"""The worked answers a simulator must reproduce, entry by entry, and the tests that recompute each. One without its test fails here."""

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent
AGEING, ROLL, LEDGER = "test_ageing_oracles.py", "test_roll_oracles.py", "test_ledger_chain_oracles.py"
CREDIT, KPI, PROVISION = "test_credit_oracles.py", "test_kpi_oracles.py", "test_provision_oracles.py"
QUEUE, FEES, IDENTITY = "test_queue_oracles.py", "test_fee_oracles.py", "test_identity_oracles.py"

CHAIN = [
    (AGEING, "test_our_sums_give_the_printed_answer"),
    (AGEING, "test_the_chain_gives_the_printed_answer"),
    (LEDGER, "test_the_published_chains_from_a_ledger"),
]
ENTRIES = {
    # absorbing chains
    "A1 Render & Stair": CHAIN,
    "A2 Heidman": CHAIN,
    "A3 UC Limited": [*CHAIN, (AGEING, "test_the_limits_of_the_exam")],
    "A5 supply company": [*CHAIN, (AGEING, "test_the_supply_company_in_fractions")],
    "A mean and variance of the time to the end": [(AGEING, "test_time_to_the_end")],
    "A variance of the money": [(AGEING, "test_variance_of_the_money_by_every_outcome")],
    "A distribution of the loss": [("../test_loss_distribution.py", "test_against_books_walked_through_the_chain")],
    # a chain with a way back to good
    "B vectors": [(ROLL, "test_the_book_after_some_months")],
    "B long run": [(ROLL, "test_the_long_run"), (ROLL, "test_the_long_run_by_substitution")],
    "B the last row is not pinned": [(ROLL, "test_the_last_row_is_not_pinned_by_the_printed_vectors")],
    # credit policy
    "D Dodd Tool, 360": [(CREDIT, "test_dodd_tool_360")],
    "D Dodd Tool, 365": [(CREDIT, "test_dodd_tool_365")],
    "D Dodd Tool, 365 with rounded turnovers": [(CREDIT, "test_dodd_tool_as_a_365_edition_prints_it")],
    "D Cast Iron": [(CREDIT, "test_cast_iron")],
    "D Locust, NPV": [(CREDIT, "test_locust")],
    "D Locust, break-even quantity": [(CREDIT, "test_locust_break_even")],
    "D Locust, five units more": [(CREDIT, "test_locust_with_five_more")],
    "D Locust, break-even default": [(CREDIT, "test_locust_break_even_default")],
    "D discount, simple and effective": [(CREDIT, "test_discount_cost")],
    "D discount, 360": [(CREDIT, "test_discount_cost_360")],
    # indicators
    "E CEI by the month": [(KPI, "test_cei_with_a_months_sales")],
    "E CEI by the quarter": [(KPI, "test_cei_with_the_quarters_sales")],
    "E BPDSO": [(KPI, "test_bpdso")],
    "E Hackett": [(KPI, "test_dso_hides_a_slip_that_add_shows")],
    "E DSO bias": [(KPI, "test_dso_halves_when_sales_double")],
    "E IFRS 9 example 12": [(PROVISION, "test_ifrs_9_example_12")],
    # queues
    "F call centre": [(QUEUE, "test_the_call_centre")],
    "F small desk": [(QUEUE, "test_the_small_desk")],
    # Chinese statutory fees
    "G printed fees": [(FEES, "test_printed_fees"), (FEES, "test_a_million_by_arithmetic")],
    "G preservation cap": [(FEES, "test_the_cap_is_reached_at_896_000_and_not_before")],
    "G exact and piecewise linear": [(FEES, "test_every_corner_from_both_sides"), (FEES, "test_fees_rise_without_jumps")],
    # identities
    "I invoiced is accounted for": [
        (IDENTITY, "test_to_the_fen"),
        ("../test_book.py", "test_invoiced_is_cleared_or_open"),
        ("../test_kpi.py", "test_identities"),
    ],
    "I receivables are what is open": [
        (IDENTITY, "test_receivables_are_the_sum_of_the_ages"),
        ("../test_book.py", "test_to_the_fen_against_a_plain_loop"),
    ],
    "I Little's law": [(IDENTITY, "test_littles_law"), ("../test_book.py", "test_littles_law")],
    "I everyone pays on day k": [(IDENTITY, "test_everyone_pays_on_day_k"), ("../test_kpi.py", "test_everyone_pays_on_day_k")],
    "I mean age is half the stay": [(IDENTITY, "test_mean_age_of_what_is_open_is_half_the_stay")],
    "I no effect, same journal": [("../test_engine.py", "test_a_lever_without_effect_leaves_the_journal_identical")],
    "I same seed, same journal": [("../test_engine.py", "test_same_seed_same_journal")],
    # wrong in public
    "J 1,600,000 from a chain": [(AGEING, "test_spot_the_error_in_the_published_answer")],
    "J a calculator's CEI": [(KPI, "test_spot_the_error_in_the_calculators_cei")],
    "J best DSO from the industry": [(KPI, "test_spot_the_error_in_best_dso_from_the_industry")],
    "J DSO from the middle of the buckets": [(KPI, "test_spot_the_error_in_dso_from_the_middle_of_the_buckets")],
    "J 60 days for large firms": [(FEES, "test_spot_the_error_in_sixty_days_as_a_cap_for_large_firms")],
}
# Nothing to recompute: the survey levels of CEI (E).


def written_in(path):
    """Names of the tests in a file."""
    return {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_entry_has_its_tests(entry):
    assert ENTRIES[entry]
    missing = [f"{file}: {name}" for file, name in ENTRIES[entry] if name not in written_in(HERE / file)]
    assert not missing, f"{entry}: write it, or give its new name here: {missing}"


def test_every_test_beside_this_one_is_reachable_from_an_entry():
    """No file of worked answers that no entry speaks of."""
    files = {path.name for path in HERE.glob("test_*_oracles.py")}
    assert files == {file for tests in ENTRIES.values() for file, _ in tests if "/" not in file}


@pytest.mark.parametrize(("letter", "entries"), [("A", 7), ("B", 3), ("D", 10), ("E", 6), ("F", 2), ("G", 3), ("I", 7), ("J", 5)])
def test_no_entry_is_dropped(letter, entries):
    assert sum(entry.startswith(f"{letter} ") or entry[:2] in {f"{letter}{n}" for n in range(10)} for entry in ENTRIES) == entries
