"""The exercise ledger: each planted fault is found where it was planted, nothing else is, and no row goes missing."""

from planted_ledger import FILE, content, lines

from arsim.domain.intake import take_in
from arsim.domain.sheet import Fate
from arsim.report import words


def test_the_committed_file_is_fresh():
    """After a change of the demo ledger or of the faults: uv run python tests/planted_ledger.py."""
    assert FILE.read_bytes() == content()


def test_every_planted_fault_is_found_and_nothing_else():
    rows, expected = lines()
    intake = take_in(FILE)
    assert len(intake.sheet) == len(rows) - 2 and 100 < len(rows) < 400
    found = {finding.problem.row: finding for finding in intake.findings}
    assert set(found) == set(expected)
    with words.speaking("en"):
        for row, (fate, said) in expected.items():
            assert found[row].fate == Fate[fate] and said in words.explain(found[row].problem), row
    assert len(intake.ledger) == len(intake.sheet) - sum(fate != "LOADED" for fate, _ in expected.values())
    assert any("The total in this row says 2,000,000.00" in str(note) for note in intake.ledger.notes)
    assert any("above the header" in str(note) for note in intake.ledger.notes)
