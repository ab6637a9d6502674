"""What a reader sees: words in both languages, tables, plots."""
