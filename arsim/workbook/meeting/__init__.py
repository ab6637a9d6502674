"""What the lab offers for the meeting that decides: a search for better policies, a rollout plan, its results, the report."""
