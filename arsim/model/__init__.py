"""How customers behave, as data and pure functions: luck, population, evidence."""
