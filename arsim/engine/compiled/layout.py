"""What a compiled run keeps, as records: one per invoice, per customer, per link of a list, and one of everything single."""

import numpy as np

from arsim.engine.journal import ROW

_INT, _FLOAT = np.dtype("i8"), np.dtype("f8")
LONG_AGO = -(1 << 30)  # a day before all others
NIL = -1  # end of a list, and "not so far" where a number of 0 or more stands otherwise

# Invoices and customers are met in no order that memory knows: each fills two lines of the cache, what is asked most often in the first.
INVOICE = np.dtype(
    [
        ("balance", "i8"), ("pace", "f8"), ("customer", "i4"), ("due", "i4"), ("before", "i4"), ("after", "i4"), ("pay_day", "i4"),
        ("until", "i4"), ("grown_to", "i4"), ("dispute", "i4"),
        ("level", "i2"), ("is_open", "?"), ("frozen", "?"), ("slowed", "?"), ("at_law", "?"), ("barred", "?"), ("tried", "?"),
        ("complained", "?"), ("hidden", "?"), ("called", "?"), ("asked", "?"), ("shortened", "?"), ("committed", "?"), ("late", "?"),
        # The second line
        ("goal", "f8"), ("grown", "f8"), ("waiting", "f8"), ("contested", "i8"), ("given_up", "i8"), ("issued", "i4"), ("demanded", "i4"),
        ("felt_at", "i4"), ("felt_size", "i2"), ("felt_room", "i2"), ("known", "i4"), ("runs_from", "i4"),
    ], align=True,
)  # fmt: skip
CUSTOMER = np.dtype(
    [
        ("exposure", "i8"), ("lost", "f8"), ("pressed", "f8"), ("first", "i4"), ("last", "i4"), ("since", "i4"), ("insolvent", "i4"),
        ("spell", "i4"), ("review", "i4"), ("spells", "i2"), ("turn", "i2"), ("terms", "i2"), ("run", "i1"), ("grade", "i1"),
        ("warned", "i1"), ("security", "i1"), ("peak", "i1"), ("waiting", "?"), ("month_end", "?"), ("slow", "?"), ("bound", "?"),
        ("queued", "?"),
        # The second line
        ("limit", "i8"), ("usual", "f8"), ("recent", "f8"), ("dependence", "f8"), ("order_loss", "f8"), ("terms_loss", "f8"),
        ("funds", "f8"), ("met_to", "i4"), ("case_count", "i2"), ("stressed", "?"),
    ], align=True,
)  # fmt: skip
LINK = np.dtype([("next", "i4"), ("a", "i4"), ("b", "i4"), ("c", "i4"), ("x", "f8")], align=True)
SHEET = np.dtype([("next", "i4"), ("entries", "i4", 15)], align=True)  # of an agenda without order: one line of the cache
LIST = np.dtype([("head", "i4"), ("tail", "i4")], align=True)
FELT = np.dtype([("since", "i4"), ("channel", "i4"), ("strength", "f8")], align=True)
MET = np.dtype([("made", "u1"), ("met", "u1")])  # contacts of a day, and those taken in
CASE = np.dtype([("customer", "i4"), ("route", "i4"), ("number", "i4"), ("claims", "i4"), ("fee", "i8")], align=True)
PLAN = np.dtype(
    [("total", "i8"), ("missed", "i8"), ("lift", "f8"), ("rate", "f8"), ("customer", "i4"), ("claims", "i4"), ("begun", "i4"),
     ("next", "i4"), ("amounts", "i8", 24)], align=True,
)  # fmt: skip
PROMISE = np.dtype([("total", "i8"), ("customer", "i4")], align=True)
MOVE = np.dtype([("day", "i4"), ("customer", "i4"), ("state", "i4"), ("before", "i4")], align=True)
LEVEL = np.dtype([("min_amount", "i8"), ("wait", "i4"), ("channel", "i4"), ("clock", "i4"), ("grades", "i4"), ("issued", "?")], align=True)
CHANNEL = np.dtype(
    [("reach", "f8"), ("right", "f8"), ("strength", "f8"), ("price", "f8"), ("cost", "i8"), ("reached", "i4"), ("missed", "i8"),
     ("arrives", "i4"), ("provable", "?"), ("by_hand", "?"), ("spoken", "?")], align=True,
)  # fmt: skip
DAY = np.dtype(
    [("next_open", "i4"), ("month_end", "i4"), ("order_ends", "i4"), ("small_ends", "i4"), ("summary_ends", "i4"), ("ordinary_ends", "i4"),
     ("open", "?"), ("week", "?"), ("month", "?")], align=True,
)  # fmt: skip
DISPUTE = np.dtype([("contested", "f8"), ("cause", "i8"), ("complains", "i8"), ("justified", "?")], align=True)
STANDING = np.dtype([("owed", "i8"), ("oldest", "i4"), ("late_count", "i4"), ("in_line", "i4")], align=True)  # of what is overdue
TASK = np.dtype([("place", "i4"), ("tried_on", "i4"), ("listed_on", "i4")], align=True)
COLLECTOR = np.dtype([("time", "i8"), ("turn", "i8"), ("half", "i8"), ("inside", "?"), ("on", "?")], align=True)

# Lists by day: what is due when. Each is a block of as many lists as the run has days.
PAYING, DUNNING, EXPIRING, COMPLAINING, RIPE, REPORTING, STEPPING, LIMITED, LAPSING, COMING, PROMISED, PLANNED, TURNING = range(13)
AGENDAS = 13

# The tables a run reads and writes, by name: what they hold, and in how many dimensions.
TABLES = {
    "invoices": (INVOICE, 1), "customers": (CUSTOMER, 1), "links": (LINK, 1), "sheets": (SHEET, 1), "lists": (LIST, 1),
    "contacts_felt": (FELT, 1), "days_met": (MET, 2), "cases": (CASE, 1), "plans": (PLAN, 1),
    "promises": (PROMISE, 1), "rows": (ROW, 1), "levels": (LEVEL, 1),
    "channels": (CHANNEL, 1), "days": (DAY, 1), "disputes": (DISPUTE, 1), "collectors_at_work": (COLLECTOR, 1), "moves": (MOVE, 1),
    "states": (np.dtype("i1"), 2), "ratios": (_FLOAT, 3), "next_runs": (_INT, 2), "base_summed": (_FLOAT, 1), "fades": (_FLOAT, 1),
    "spell_starts": (_INT, 1), "spell_factors": (_FLOAT, 1), "felt_tables": (_FLOAT, 2), "felt_days": (_INT, 1),
    "addresses": (np.dtype("u8"), 1), "month_ends": (_INT, 2), "recovery_ages": (_FLOAT, 2), "fee_bands": (_INT, 3), "fee_terms": (_INT, 2),
    "security_brings": (_FLOAT, 1), "security_counts": (_FLOAT, 1), "standings": (STANDING, 1), "tasks": (TASK, 1),
    "ranking": (_INT, 2), "waiting_counts": (_INT, 1), "firsts": (_INT, 1), "aside": (_INT, 1), "worklist": (_INT, 1), "held": (_INT, 1),
    "row_order": (_INT, 1),
    # The world's columns, by invoice.
    "world_customer": (_INT, 1), "world_amount": (_INT, 1), "world_disputed": (np.dtype("?"), 1), "world_time": (_INT, 1),
    "world_due": (_INT, 1), "world_ordinal": (_INT, 1), "world_threshold": (_FLOAT, 1), "world_pace": (_FLOAT, 1),
    "world_patience": (_FLOAT, 1), "world_part": (_FLOAT, 1), "world_short": (_FLOAT, 1),
    "starters": (_INT, 1), "shift_heap": (_INT, 1), "dispute_work": (_FLOAT, 1), "fails": (_INT, 1), "last_runs": (_INT, 1),
}  # fmt: skip
FEES = ("acceptance", "acceptance_half", "payment_order", "preservation", "contingency")  # rows of the tables of fees
