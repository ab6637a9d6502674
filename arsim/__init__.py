"""arsim: learn and decide receivables collection by simulation."""

__version__ = "0.1.0"
