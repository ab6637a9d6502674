"""The league: teams run a receivables department month by month; what they decided is replayed, never believed."""
