/* The toy of arsim/engine/yardstick/toy.py in plain C, as far as a compiler goes: the same records, calendar queue and lists as toy_numba.py. */
#include <stdint.h>

typedef struct { int64_t time; int32_t next, before; } Event;
typedef struct { int64_t order, pay; uint64_t bits; int32_t next, before, step, state; } Owed;
typedef struct { int64_t time; int32_t what, invoice; } Row;

enum { ORDER, CALL, CONTACT, PAID };
enum { QUIET, WAITING, SERVED, SETTLED = 4 };
#define NIL (-1)
#define SHIFT 20
#define ORDERS 13
#define DAY 1440
#define DAY_TICKS ((int64_t)DAY * 2 << SHIFT)
#define END (365 * DAY_TICKS)
#define STEPS 5
static const int64_t OFFSETS[STEPS] = {33 * DAY_TICKS, 40 * DAY_TICKS, 50 * DAY_TICKS, 65 * DAY_TICKS, 90 * DAY_TICKS};
static const uint64_t GOLDEN = 0x9E3779B97F4A7C15ull;

static uint64_t mix(uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
}

static void put(Event *events, int32_t *buckets, int64_t bits, int32_t event, int64_t time) {
    if (time >= END) { events[event].time = -1; return; }
    int32_t *head = &buckets[time >> bits];
    events[event] = (Event){time, *head, NIL};
    if (*head != NIL) events[*head].before = event;
    *head = event;
}

static void take(Event *events, int32_t *buckets, int64_t bits, int32_t event) {
    Event one = events[event];
    if (one.before == NIL) buckets[one.time >> bits] = one.next; else events[one.before].next = one.next;
    if (one.next != NIL) events[one.next].before = one.before;
    events[event].time = -1;
}

int64_t play(int64_t customers, int64_t collectors, uint64_t seed, Owed *owed, Event *events, int32_t *buckets, int64_t bits,
             int64_t bucket_count, Row *rows) {
    int64_t count = 0, free = collectors;
    int32_t first = NIL, last = NIL;
    for (int64_t customer = 0; customer < customers; customer++)
        put(events, buckets, bits, (int32_t)(2 * customer * ORDERS + 1), owed[customer * ORDERS].order);
    for (int64_t bucket = 0; bucket < bucket_count; bucket++)
        while (buckets[bucket] != NIL) {
            int32_t event = buckets[bucket];
            for (int32_t look = events[event].next; look != NIL; look = events[look].next)
                if (events[look].time < events[event].time) event = look;
            int64_t now = events[event].time;
            int32_t invoice = event >> 1, serve = 0;
            take(events, buckets, bits, event);
            Owed *one = &owed[invoice];
            if (!(event & 1)) {  /* it is paid */
                rows[count++] = (Row){now, PAID, invoice};
                if (one->state == WAITING) {  /* and leaves the queue */
                    if (one->before == NIL) first = one->next; else owed[one->before].next = one->next;
                    if (one->next == NIL) last = one->before; else owed[one->next].before = one->before;
                } else if (one->state == QUIET && events[event + 1].time >= 0)
                    take(events, buckets, bits, event + 1);
                one->state |= SETTLED;
            } else if (now == one->order) {
                rows[count++] = (Row){now, ORDER, invoice};
                if ((invoice + 1) % ORDERS && owed[invoice + 1].order >= 0) put(events, buckets, bits, event + 2, owed[invoice + 1].order);
                put(events, buckets, bits, event - 1, one->pay);
                if (now + OFFSETS[0] < one->pay) put(events, buckets, bits, event, now + OFFSETS[0]); else events[event].time = -1;
            } else if (one->state == QUIET) {  /* a step falls due */
                one->state = WAITING; one->next = NIL; one->before = last;
                if (last == NIL) first = invoice; else owed[last].next = invoice;
                last = invoice; serve = 1;
            } else {  /* a contact ends */
                rows[count++] = (Row){now, CONTACT + 4 * one->step, invoice};
                free++; serve = 1;
                if (one->state == SERVED) {
                    one->state = QUIET; one->step++;
                    if ((one->bits >> 8 & 255) < 77) {
                        int64_t minute = (now >> (SHIFT + 1)) + (1 + (int64_t)(one->bits >> 16 & 7)) * DAY;
                        int64_t pay = (2 * minute + 1) << SHIFT | invoice;
                        if (pay < one->pay) {
                            if (events[event - 1].time >= 0) take(events, buckets, bits, event - 1);
                            one->pay = pay;
                            put(events, buckets, bits, event - 1, pay);
                        }
                    }
                    if (one->step < STEPS) {
                        int64_t due = one->order + OFFSETS[one->step];
                        if (due < now + DAY_TICKS) due = now + DAY_TICKS;
                        if (due < one->pay) put(events, buckets, bits, event, due);
                    }
                }
            }
            if (serve && free > 0 && first != NIL) {
                invoice = first;
                one = &owed[invoice];
                first = one->next;
                if (first == NIL) last = NIL; else owed[first].before = NIL;
                free--;
                rows[count++] = (Row){now, CALL + 4 * one->step, invoice};
                one->bits = mix(mix(seed ^ ((uint64_t)invoice + 1) * GOLDEN) ^ ((uint64_t)one->step + 1) * GOLDEN);
                one->state = SERVED;
                int64_t minute = (now >> (SHIFT + 1)) + 101 + (int64_t)(one->bits & 127);
                put(events, buckets, bits, 2 * invoice + 1, (2 * minute) << SHIFT | invoice);
            }
        }
    return count;
}
