"""Runs the model through time and writes the journal. The only floor that knows SimPy."""
