"""Values of the trade: money, calendar, customers, invoices, ledgers, policies. Knows nothing above it."""
