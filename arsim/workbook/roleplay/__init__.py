"""A call with a debtor: offline, by rules, with luck that has an address."""
