"""One run of the compiled engine: the same day, in the same order, as `arsim.engine.processes`."""

import numpy as np

from arsim.domain.calendar import CUT_OFF, DAY, DUNNING_RUN, MONTH
from arsim.engine.compiled import collectors, credit, disputes, dunning, law, money, plans, security, watching, worklist
from arsim.engine.compiled.book import enter, gathered, overdue, write_off
from arsim.engine.compiled.layout import EXPIRING, LONG_AGO, NIL
from arsim.engine.compiled.limitation import limitation_morning
from arsim.engine.compiled.lists import expect_any, note
from arsim.engine.compiled.machine import AHEAD, compiled, fetch
from arsim.engine.compiled.recovery import written_off as law_written_off
from arsim.engine.journal import Cost, Kind
from arsim.model.behaviour import NEVER
from arsim.model.store import entry

OPENING, INSOLVENT, LIQUIDITY, CARE, COST = (int(kind) for kind in (Kind.OPENING, Kind.INSOLVENT, Kind.LIQUIDITY, Kind.CARE, Kind.COST))
TOOLS, DESK = int(Cost.TOOLS), int(Cost.DESK)
start_day, start_waiting, work, soonest = collectors.start_day, collectors.start_waiting, collectors.work, collectors.soonest
decide, release, watch = credit.decide, credit.release, credit.watch
desk_morning, catch_up, run_ladder = disputes.morning, dunning.catch_up, dunning.run_ladder
law_morning = law.morning
hurt, pay, tell_goodwill = money.hurt, money.pay, money.tell_goodwill
pay_plans, promises_morning, security_morning = plans.pay_plans, plans.promises_morning, security.morning
finish_day, reviews, warnings = worklist.finish_day, watching.reviews, watching.warnings


@entry
def play(record):
    """The whole run; what came of it is in the table of rows."""
    run = S = record[0]
    _open_book(S)
    run.order, run.order_turn = run.opening, 0
    for day in range(run.horizon):
        if run.spilt_rows or run.spilt_links or run.spilt_sheets or run.spilt_cases:
            return
        run.now = day * DAY
        _midnight(S, day)
        if S.days[day].open:
            _until(S, day * DAY + DUNNING_RUN)
            run.now = day * DAY + DUNNING_RUN
            _morning(S, day)
            start_waiting(S)
            _until(S, day * DAY + CUT_OFF)
            run.now = day * DAY + CUT_OFF
            finish_day(S, day)
            pay_plans(S, day)
            pay(S, day)
        _until(S, (day + 1) * DAY)
    if run.end == run.horizon:
        tell_goodwill(S, run.end)
    _order_rows(S)


@compiled
def _deal(S, number):
    """The invoice as the world deals it, not yet on the book; they are dealt in order."""
    run, one = S, S.invoices[number]
    one.customer, one.due = S.world_customer[number], S.world_due[number]
    one.pace, one.slowed = S.world_pace[number], S.world_disputed[number]
    one.balance, one.goal, one.dispute = S.world_amount[number], S.world_threshold[number], NIL
    if one.slowed:
        one.dispute = run.disputes_so_far
        run.disputes_so_far += 1
    one.contested, one.given_up, one.issued, one.grown_to, one.level = 0, 0, 0, 0, 0
    one.grown, one.waiting, one.pay_day, one.demanded = 0.0, 0.0, NEVER, LONG_AGO
    one.felt_at, one.felt_size, one.felt_room, one.before, one.after = 0, 0, 0, NIL, NIL
    one.until, one.known, one.runs_from = NIL, NIL, NIL
    one.is_open, one.frozen, one.at_law, one.barred, one.tried = False, False, False, False, False
    one.complained, one.hidden, one.called, one.asked, one.committed = False, False, False, False, False
    one.late = False
    one.shortened = S.world_short[number] >= run.short_share  # what will not be paid short is as if it had been


@compiled
def _order_rows(S):
    """The order of the journal: by time, then customer, then as it was written. Rows are written in time order."""
    first, count = 0, S.row_count
    while first < count:
        end = first + 1
        while end < count and S.rows[end].time == S.rows[first].time:
            end += 1
        sorted_already, before = True, np.int64(-1)
        for place in range(first, end):
            key = np.int64(S.rows[place].customer + 1) << 32 | place
            S.row_order[place] = key
            sorted_already = sorted_already and key > before
            before = key
        if not sorted_already:
            S.row_order[first:end].sort()
        for place in range(first, end):
            S.row_order[place] &= 0xFFFFFFFF
        first = end


@compiled
def _open_book(S):
    """Put the open items on the book."""
    run = S
    for invoice in range(run.opening):
        _ahead(S, invoice)
        _deal(S, invoice)
        one = S.invoices[invoice]
        issued = S.world_time[invoice] // DAY
        note(S, OPENING, one.customer, invoice, one.balance, issued, one.due)
        enter(S, invoice, max(issued, S.last_runs[one.customer] + 1), issued)
        catch_up(S, invoice, 0)
        watch(S, invoice, 0)


@compiled
def _midnight(S, day):
    """What is told as a day begins: insolvencies, liquidity, standing costs, and after the last counted day all goodwill."""
    run = S
    while run.told_fails < len(S.fails) and S.customers[S.fails[run.told_fails]].insolvent == day:
        note(S, INSOLVENT, S.fails[run.told_fails], -1, 0)
        run.told_fails += 1
    while run.moved < len(S.moves) and S.moves[run.moved].day == day:
        move = S.moves[run.moved]
        note(S, LIQUIDITY, move.customer, -1, 0, move.state, move.before)
        run.moved += 1
    if day < run.end:
        if run.tools_a_day:
            note(S, COST, -1, -1, run.tools_cost, TOOLS)
        if run.desk_a_day:
            note(S, COST, -1, -1, run.desk_cost, DESK)
    elif day == run.end:
        tell_goodwill(S, day)


@compiled
def _until(S, end):
    """Orders and collectors take turns until the minute `end`, itself not included."""
    run = S
    while True:
        order = run.order < len(S.invoices) and S.world_time[run.order] < end
        time, turn, by_collector = (S.world_time[run.order], run.order_turn, False) if order else (end, np.int64(0), False)
        if run.heaped:
            first = S.collectors_at_work[S.shift_heap[0]]
            if first.time < time or (first.time == time and first.time < end and first.turn < turn):
                time, by_collector = first.time, True
        if time >= end:
            return
        run.now = time
        if by_collector:
            work(S, soonest(S))
        else:
            _orders(S)
        start_waiting(S)


@compiled
def _orders(S):
    """The orders of this minute."""
    run = S
    while run.order < len(S.invoices) and S.world_time[run.order] <= run.now:
        run.order += 1
        _ahead(S, run.order - 1)
        _deal(S, run.order - 1)
        decide(S, run.order - 1, run.now // DAY)
    run.turn += 1
    run.order_turn = run.turn


@compiled
def _ahead(S, order):
    """Ask the memory for the customers of the next orders, and for the invoices these will follow."""
    if order + AHEAD < len(S.invoices):
        fetch(S.customers[S.world_customer[order + AHEAD]])
        last = S.customers[S.world_customer[order + AHEAD // 2]].last
        if last != NIL:
            fetch(S.invoices[last])


@compiled
def _morning(S, day):
    security_morning(S, day)
    limitation_morning(S, day)
    _write_off(S, day)
    promises_morning(S, day)
    law_morning(S, day)
    reviews(S, day)
    warnings(S, day)
    desk_morning(S, day)
    _care(S, day)
    release(S, day)
    run_ladder(S, day)
    start_day(S, day)


@compiled
def _write_off(S, day):
    """What is too old is given up, unless a plan or the court still has it; then it is looked at again."""
    ripe = gathered(S, EXPIRING, day)
    for invoice in ripe:
        if S.invoices[invoice].is_open and _is_held(S, invoice) and day + MONTH < S.horizon:
            expect_any(S, EXPIRING, S.days[day + MONTH].next_open, invoice)
    count = 0
    for invoice in ripe:
        if S.invoices[invoice].is_open and not _is_held(S, invoice):
            ripe[count] = invoice
            count += 1
    for invoice in ripe[:count]:
        write_off(S, invoice)
    for invoice in ripe[:count]:
        law_written_off(S, invoice, day)


@compiled
def _is_held(S, invoice):
    return S.invoices[invoice].frozen or S.invoices[invoice].at_law


@compiled
def _care(S, day):
    """Care calls to good payers, spread over the year by customer number."""
    run = S
    if run.care_every == 0:
        return
    since = day - 1
    while since >= 0 and not S.days[since].open:
        since -= 1
    for customer in range(len(S.customers)):
        who = S.customers[customer]
        if who.usual <= 0.0 and day < who.insolvent and len(overdue(S, customer, day)) == 0:
            place = customer * run.care_every // max(1, len(S.customers))
            for at in range(since + 1, day + 1):
                if (at - place) % run.care_every == 0:
                    note(S, CARE, customer, -1, run.care_cost, 0, run.care_minutes)
                    hurt(S, customer, day, -run.care_points)
                    break
