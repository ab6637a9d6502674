"""What a compiled run reads, made from world, policy and behaviour once, and the arrays it writes into."""

from functools import lru_cache

import numpy as np

from arsim.domain import law_fees
from arsim.domain.calendar import MONTH, YEAR
from arsim.domain.dunning_rules import CHANNELS
from arsim.domain.money import FEN
from arsim.domain.policy import Policy
from arsim.domain.risk_rules import ROUTES, WARNINGS
from arsim.domain.scorecard import CARD
from arsim.engine.compiled import almanac, layout
from arsim.engine.compiled.contacts import DAYS_KEPT
from arsim.engine.compiled.layout import FEES, LONG_AGO, NIL
from arsim.engine.compiled.machine import record
from arsim.engine.compiled.space import space
from arsim.engine.contacts import means_of
from arsim.engine.law import MOST_QUEUED, WORKING_WEEK
from arsim.engine.security import SECURITIES
from arsim.model import exact
from arsim.model.behaviour import LN_2, Behaviour
from arsim.model.dispute import CAUSES
from arsim.model.goodwill import FULL
from arsim.model.luck import Purpose, address
from arsim.model.readiness import base_under, funds_costs
from arsim.model.scenario import INDUSTRIES
from arsim.model.world import World

GRADES, WHOM, CLOCKS = "ABCD", ("all", "good", "weak"), ("due", "end_of_month", "previous")
NEVER_REACHED = len(WARNINGS)
WORLD = [name.removeprefix("world_") for name in layout.TABLES if name.startswith("world_")]
EARLIEST, BLOCK = 60, 365  # days


def single(world: World, policy: Policy, behaviour: Behaviour) -> dict:
    """Everything there is one of: levers and constants the kernel reads, and counters it keeps, by name."""
    # Numbers all of one type, whatever the file writes: a 15 for 15.0 must not be another program.
    b, people = {path: float(value) for path, value in behaviour.values.items()}, world.population
    credit, team, warning, plan, law = policy.credit, policy.team, policy.warning, policy.plan, policy.law
    tools = sum(b[f"price.{name}_year"] for name in ("crm", "e_statement", "one_click") if getattr(policy.tools, name) == "yes") / YEAR
    desk = policy.dispute.desk * b["price.desk_month"] / MONTH
    joint = policy.relations.joint_visits == "yes"
    begins = lambda name: WARNINGS.index(name) if name != "none" else NEVER_REACHED  # noqa: E731
    plan_security = {"none": 0, "collateral": SECURITIES.index("collateral")}.get(plan.security, SECURITIES.index("joint_guarantee"))
    counters = (
        "now turn order order_turn row_count link_count felt_count case_count plan_count promise_count promises_seen aside_count left"
        " listed begins on_duty shifts heaped starting failed told_fails moved desk_today sheet_count disputes_so_far held_count"
    )
    return {
        **{name: 0 for name in counters.split()},
        "free": NIL, "free_sheet": NIL, "list_day": NIL,
        **dict.fromkeys(("spilt_rows", "spilt_links", "spilt_sheets", "spilt_cases"), False),
        "desk_capacity": 0.0, "law_capacity": 0.0,
        "horizon": world.days, "end": world.days - world.run_off, "opening": world.opening, "start_month": people.start.month - 1,
        "months_from": 0, "due_rolls": bool(people.due_rolls), "dispute_factor": float(people.dispute_factor),
        # Payments
        "part_most": max(b["money.part_tight"], b["money.part_distressed"]) if people.frayed else 0.0,
        "part_tight": b["money.part_tight"], "part_distressed": b["money.part_distressed"], "part_from": b["money.part_from"],
        "part_to": b["money.part_to"], "part_ready": b["money.part_ready"],
        "short_share": b["money.short"] if people.frayed else 0.0, "short_most": b["money.short_most"],
        "let_go": policy.cash.tolerance * FEN, "press": b["credit.press"],
        "discount_percent": float(policy.discount.percent), "discount_days": policy.discount.days,
        "discount_grace": policy.discount.grace, "discount_grades": WHOM.index(policy.discount.grades),
        "discount_late": b["money.discount_late"], "funds_tight": b["money.funds_tight"], "usual_gap": int(b["money.usual_gap"]),
        "interest_rate": float(policy.interest.rate), "interest_grace": policy.interest.grace,
        "interest_waive": ("never", "good", "always").index(policy.interest.waive), "interest_goodwill": b["money.interest_goodwill"],
        "interest_collected": b["money.interest_collected"],
        # Contacts, promises, plans
        "contact_cap": team.contact_cap, "collectors": team.collectors, "attempts": team.attempts, "confirmed": team.confirm_calls == "yes",
        "confirming": int(b["answer.confirm_minutes"]) if team.confirm_calls == "yes" else 0,
        "joint_cost": round(b["price.joint_visit"] * FEN) if joint else 0,
        "fatigue": b["answer.fatigue"], "fatigue_price": b["goodwill.fatigue"], "disputant": b["goodwill.disputant"],
        "good_payer": b["goodwill.good_payer"], "discloses": b["answer.discloses"],
        "answer_pays": b["answer.pays"], "answer_promise": b["answer.promise"], "answer_refuses": b["answer.refuses"],
        "answer_refuses_slow": b["answer.refuses_slow"], "answer_tight": b["answer.hardship_tight"],
        "answer_distressed": b["answer.hardship_distressed"],
        "promise_days": b["promise.days"], "promise_part": b["promise.part"], "promise_half": b["promise.half"],
        "promise_pause": policy.promise.pause == "yes", "kept_sound": b["promise.kept"], "kept_tight": b["promise.kept_tight"],
        "kept_distressed": b["promise.kept_distressed"], "promise_room": 0,
        "follow_up": CHANNELS.index(policy.promise.follow_up) if policy.promise.follow_up != "none" else NIL,
        "plan_offered": plan.offer == "yes", "plan_good": float(plan.interest_good), "plan_weak": float(plan.interest_weak),
        "plan_good_points": round(plan.interest_good * 10_000), "plan_weak_points": round(plan.interest_weak * 10_000),
        "plan_months": plan.months, "plan_season": plan.season == "yes", "plan_accelerate": plan.accelerate == "yes",
        "plan_notarised": plan.notarised == "yes", "plan_security": plan_security, "rate_deters": b["plan.rate_deters"],
        "season_lift": b["plan.season_lift"], "security_lift": b["plan.security_lift"], "paid_sound": b["plan.paid_sound"],
        "paid_tight": b["plan.paid_tight"], "paid_distressed": b["plan.paid_distressed"], "notary": b["law.notary"],
        # Worklist
        **{name: getattr(policy.worklist, name) for name in
           ("amount_points", "days_points", "risk_points", "broken_points", "warning_points")},
        # Disputes
        "desk": policy.dispute.desk, "response_days": policy.dispute.response_days, "dispute_pause": policy.dispute.pause == "yes",
        "claim_undisputed": policy.dispute.claim_undisputed == "yes", "wait_goodwill": b["dispute.wait_goodwill"],
        "solved_goodwill": b["dispute.solved_goodwill"], "answer_fastest": b["dispute.answer_fastest"],
        "answer_slowest": b["dispute.answer_slowest"],
        "statement_finds": b["together.statement_finds"] if policy.tools.e_statement == "yes" and policy.dispute.desk else 0.0,
        # Credit
        "by_grade": (credit.limit_a, credit.limit_b, credit.limit_c, credit.limit_d),
        "longest": (credit.terms_a, credit.terms_b, credit.terms_c, credit.terms_d),
        "over_limit": ("accept", "hold", "prepay").index(credit.over_limit), "hold_overdue_days": credit.hold_overdue_days,
        "hold_overdue_share": float(credit.hold_overdue_share), "call_on_hold": credit.call_on_hold == "yes",
        "review_every": credit.review_months * MONTH, "reviews_a_week": credit.reviews_a_week,
        "hold_review_days": credit.hold_review_days, "review_cost": round(b["price.review"] * FEN),
        "approval_amount": credit.approval_amount * FEN, "approved_to": GRADES.index(credit.approval_grade),
        "approval_days": credit.approval_days, "security_kind": SECURITIES.index(credit.security),
        "security_asked": GRADES.index(credit.security_grade) if credit.security != "none" else len(GRADES),
        "hold_goodwill": b["credit.hold_goodwill"], "patience": b["credit.patience"], "prepay": b["credit.prepay"],
        "not_pursued": b["together.kpi_orders"] * policy.relations.recovery_kpi,
        # Early warning
        "warning_check": ("never", "monthly", "weekly").index(warning.check), "ratio_below": float(warning.ratio_below),
        **{name: float(getattr(warning, name)) for name in
           ("ratio_points", "overdue_points", "slowing_points", "growth_points", "promise_points")},
        **{f"warning_{name}": float(getattr(warning, name)) for name in ("blue", "yellow", "red")},
        **{f"warning_{name}": begins(getattr(warning, name)) for name in ("call", "visit", "shorten", "lower", "stop", "plan")},
        "short_terms": warning.short_terms, "lower_factor": float(warning.lower_factor), "ratio_lag": int(b["ratio.lag"]),
        # Security and law
        "accepts_security": b["grant.accepts_security"], "accepts_in_trouble": b["plan.accepts_security"],
        "unsecured": b["recovery.unsecured"], "guarantor_days": int(b["recovery.guarantee_days"]),
        "bankruptcy_days": int(b["recovery.bankruptcy_days"]), "barred_factor": b["law.barred"],
        "law_days": law.days, "complaint_after": law.complaint_days, "law_route": ROUTES.index(law.route),
        "cases_a_week": law.cases_a_week, "law_a_day": law.cases_a_week / WORKING_WEEK,
        "law_most": max(1.0, MOST_QUEUED * law.cases_a_week), "law_min_amount": law.min_amount * FEN, "enforce": law.enforce == "yes",
        "on_refusal": law.on_refusal == "yes", "objects": b["law.objects"], "mediates": b["law.mediates"], "complies": b["law.complies"],
        "enforced": b["law.enforced"], "enforced_part": b["law.enforced_part"], "enforced_part_share": b["law.enforced_part_share"],
        "preservation_lift": b["law.preservation_lift"], "lawyer": b["law.lawyer"], "small_claim": int(b["law.small_claim"] * FEN),
        "filing_goodwill": b["law.filing_goodwill"], "law_tight": b["law.tight"], "law_distressed": b["law.distressed"],
        "enforcement_days": int(b["law.enforcement_days"]), "mediation_days": int(b["law.mediation_days"]),
        "complaint_days": int(b["law.complaint_days"]), "complaint_goodwill": b["law.complaint_goodwill"],
        "complaint_works": b["law.complaint_works"], "recovery_days": int(b["recovery.days"]), "commission": b["recovery.commission"],
        "recovers_written_off": b["recovery.written_off"], "recovers_after": policy.write_off.then == "lawyer_on_commission",
        "write_off_days": policy.write_off_days,
        # Care and standing costs
        "care_every": max(1, YEAR // policy.relations.care_calls) if policy.relations.care_calls else 0,
        "care_cost": round(b["price.care_call"] * FEN), "care_minutes": int(b["goodwill.care_minutes"]), "care_points": b["goodwill.care"],
        "tools_a_day": bool(tools), "tools_cost": round(tools * FEN), "desk_a_day": bool(desk), "desk_cost": round(desk * FEN),
        # Where in the pool of lists each kind begins
        **dict.fromkeys(("lists_by_invoice", "lists_by_task", "lists_broken", "lists_held", "lists_queue", "lists_desk", "lists_hidden",
                         "lists_by_case", "lists_by_plan", "lists_by_promise"), 0),
    }  # fmt: skip


def state(world: World, policy: Policy, behaviour: Behaviour, room: dict[str, int]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Everything a run needs, fresh: the record compiled functions take, and the tables it points at; both must be kept.

    `room` says how many rows, links and cases it may use.
    """
    people, calendar, b = world.population, world.calendar, behaviour
    size, count, channels, horizon = len(people), len(world.customer), len(CHANNELS), world.days
    one = single(world, policy, behaviour)
    offset = layout.AGENDAS * horizon
    rooms = {
        "lists_by_task": size * channels, "lists_broken": size, "lists_held": size, "lists_queue": 1, "lists_desk": 1, "lists_hidden": 1,
        "lists_by_invoice": count,
        **dict.fromkeys(("lists_by_case", "lists_by_plan", "lists_by_promise"), room["cases"]),
    }  # fmt: skip
    for name, wide in rooms.items():
        one[name] = offset
        offset += wide
    one["promise_room"] = room["cases"]
    # A reminder may come sixty days before an invoice falls due; whole blocks, so that few tables serve all.
    one["months_from"] = (min(0, int(world.due.min(initial=0))) - EARLIEST) // BLOCK * BLOCK
    lists = space("lists", offset)
    lists.view(np.int32)[: 2 * one["lists_by_invoice"]] = NIL  # the rest are begun when they are first used
    law_used = bool(policy.law.days or policy.law.complaint_days or policy.law.on_refusal == "yes" or policy.plan.notarised == "yes")
    masks = sorted(set(people.run_days.tolist()))
    moves = np.array(world.liquidity.moves(), np.int64).reshape(-1, 4)
    moves = moves[moves[:, 0] < horizon]
    moves = moves[np.argsort(moves[:, 0], kind="stable")]
    move = np.zeros(len(moves), layout.MOVE)
    for column, name in enumerate(("day", "customer", "state", "before")):
        move[name] = moves[:, column]
    fails = np.flatnonzero(world.insolvent < horizon)
    starts, factors = zip(*world.spells, strict=True) if size else ((), ())
    longest = max(b.lasts)
    felt = np.zeros((len(b.felt), max(1, longest)))
    for row, values in enumerate(b.felt):
        felt[row, : len(values)] = values
    weekday, which = people.start.weekday(), np.searchsorted(masks, people.run_days)
    last_run = np.array([max(day for day in range(-7, 0) if mask >> (weekday + day) % 7 & 1) for mask in masks], np.int64)[which]
    rooms = min(max(1, policy.team.collectors), max(1, size * channels))
    tables = dict(
        invoices=space("invoices", count), customers=_customers(world, policy, behaviour, which, [len(spell) for spell in starts]),
        links=space("links", room["links"]), sheets=space("sheets", room["sheets"]), lists=lists,
        contacts_felt=space("contacts_felt", room["links"]), days_met=np.zeros((size, DAYS_KEPT), layout.MET),
        cases=space("cases", room["cases"]), plans=space("plans", room["cases"]), promises=space("promises", room["cases"]),
        rows=space("rows", room["rows"]), row_order=space("row_order", room["rows"]),
        **{f"world_{name}": np.ascontiguousarray(getattr(world, name), layout.TABLES[f"world_{name}"][0]) for name in WORLD},
        levels=_ladder(policy, people), channels=_channels(policy, behaviour),
        days=almanac.calendar_days(people.calendar, people.start, calendar.days, horizon, law_used), disputes=_disputes(world),
        collectors_at_work=np.zeros(rooms, layout.COLLECTOR), states=np.ascontiguousarray(world.liquidity.state),
        ratios=_shown(world, policy),
        next_runs=almanac.next_runs(calendar, tuple(masks)),
        base_summed=np.concatenate([[0.0], base_under(people.base, policy, behaviour).cumsum()]),
        fades=exact.exp(np.arange(world.days + 2) * (-LN_2 / b["price.goodwill_half_life"])),
        spell_starts=np.array([day for spell in starts for day in spell], np.int64),
        spell_factors=np.array([factor for spell in factors for factor in spell], np.float64),
        felt_tables=felt, felt_days=np.array(b.lasts, np.int64),
        addresses=np.array([address(world.seed, world.replication, purpose) for purpose in range(max(Purpose) + 1)], np.uint64),
        month_ends=almanac.months(people.start, one["months_from"], -(-(horizon + 900) // BLOCK) * BLOCK),
        recovery_ages=np.array(b.recovery), fee_bands=_fees()[0], fee_terms=_fees()[1],
        security_brings=np.array([0.0, *(b[f"recovery.{name}"] for name in ("guarantee", "guarantee", "collateral", "retention"))]),
        security_counts=np.array([CARD.security[kind] if kind != "none" else 0.0 for kind in SECURITIES]),
        standings=np.zeros(size, layout.STANDING), tasks=_tasks(size * channels), ranking=np.empty((channels, size), np.int64),
        waiting_counts=np.zeros(channels, np.int64), firsts=np.empty(channels, np.int64), aside=np.empty(size * channels, np.int64),
        worklist=np.empty(size * channels, np.int64), held=np.empty(size, np.int64),
        starters=np.empty(rooms, np.int64), shift_heap=np.empty(rooms, np.int64),
        dispute_work=np.array([b[f"dispute.days_{cause}"] for cause in CAUSES]),
        fails=fails[np.argsort(world.insolvent[fails], kind="stable")], moves=move, last_runs=last_run,
    )  # fmt: skip
    return record(one, tables), tables


def _customers(world, policy, b, which, spells):
    people = world.population
    size = len(people)
    found = space("customers", size)
    found.view(np.uint8)[:] = 0
    found["first"] = found["last"] = found["met_to"] = NIL
    found["pressed"] = 1.0
    found["dependence"], found["insolvent"], found["turn"], found["grade"] = (
        people.dependence,
        world.insolvent,
        world.liquidity.turn,
        people.grade,
    )
    found["limit"] = (people.limit * policy.credit.limit_factor).astype(np.int64)
    found["order_loss"] = b["goodwill.orders"] / (FULL * FULL) * (1.0 - people.dependence)
    found["terms_loss"] = b["grant.terms_loss"] / MONTH * (1.0 - people.dependence)
    if policy.discount.percent:
        found["funds"] = funds_costs(b, world)
    found["run"] = which
    found["spells"] = spells
    found["spell"] = np.cumsum(spells) - spells
    every = policy.credit.review_months * MONTH
    found["review"] = every * (np.arange(size) + 1) // max(1, size)
    found["terms"], found["peak"], found["month_end"] = people.terms, people.peak_month, people.month_end
    found["slow"], found["bound"] = people.payer < 0.5, people.large | (people.industry == INDUSTRIES.index("public"))
    found["stressed"] = world.scenario.touches(people.industry) if world.scenario.industries else False
    return found


def _tasks(count):
    found = np.empty(count, layout.TASK)
    found["place"], found["tried_on"], found["listed_on"] = NIL, LONG_AGO, LONG_AGO
    return found


def _ladder(policy, people):
    found = np.zeros(len(policy.dunning), layout.LEVEL)
    for number, level in enumerate(policy.dunning):
        found[number] = (
            level.min_amount, level.days, CHANNELS.index(level.channel), CLOCKS.index(level.clock), WHOM.index(level.grades),
            level in people.opening.issued,
        )  # fmt: skip
    return found


def _channels(policy, behaviour):
    found = np.zeros(len(CHANNELS), layout.CHANNEL)
    means = means_of(policy, behaviour)
    for number, channel in enumerate(behaviour.channels):
        one = found[number]
        one["reach"], one["right"], one["strength"], one["price"] = (column[number] for column in means[:4])
        one["provable"], one["spoken"] = means[4][number], means[5][number]
        one["cost"], one["by_hand"] = round(channel.cost * FEN), channel.by_hand
        one["reached"], one["missed"], one["arrives"] = int(channel.minutes_reached), int(channel.minutes_missed), int(channel.arrives)
    return found


def _disputes(world):
    found = np.zeros(len(world.disputes.cause), layout.DISPUTE)
    for name in ("contested", "cause", "complains", "justified"):
        found[name] = getattr(world.disputes, name)
    return found


def _shown(world, policy):
    """Published ratios, where anything of the policy looks at them."""
    if policy.warning.check == "never" and not policy.credit.review_months:
        return np.zeros((len(world.population), 1, 4))
    return np.ascontiguousarray(np.stack(world.statements, axis=2))


@lru_cache(maxsize=1)
def _fees():
    """The tariffs of the law in whole numbers: bands by tariff, and of each the parts of a fen, the cap, and how many bands it has."""
    found = [law_fees.tariffs()[name].whole for name in FEES]
    bands, terms = np.zeros((len(found), max(len(band) for _, band, _ in found), 3), np.int64), np.zeros((len(found), 3), np.int64)
    for row, (parts, band, cap) in enumerate(found):
        bands[row, : len(band)], terms[row] = band, (parts, cap, len(band))
    return bands, terms
