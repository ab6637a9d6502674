"""Experiments: outcomes of a journal, paired comparison, estimation from a ledger."""
