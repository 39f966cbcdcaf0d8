/* The event queue; see event_queue.h. */
#include "sim/event_queue.h"

#include "base/array.h"
#include "base/err.h"
#include "base/heap.h"
#include "base/mem.h"

#include <string.h>

#define SLOT_BITS 24
#define SLOT_MAX  ((UINT32_C(1) << SLOT_BITS) - 1)
#define SEQ_MAX   ((UINT64_C(1) << (64 - SLOT_BITS)) - 1)

struct slot {
	queue_fn *fn; /* NULL: cancelled or free */
	void *arg;
	const char *who;
	uint64_t cause;
	uint32_t generation; /* never 0 in a name that was given out */
	uint32_t next_free;
};

/*
 * A heap of very many keys lies in no cache, and each step of it waits for
 * memory.  So above FEW keys the later ones stand aside in no order, until the
 * heap is empty: it has 1 of SHARE keys then, and the others are read once, one
 * after the other.  Where the border lies is told from SAMPLE of them.
 */
#define FEW    4096
#define SHARE  16
#define SAMPLE 128
#define GROWTH 4 /* as large the heap becomes before it is divided again */
/*
 * The keys that come first of all are in order in front of the heap.  Whose
 * turn is some events away is known by then, and what belongs to it is fetched
 * into the cache while the others run.
 */
#define FRONT 32
#define AHEAD 4 /* events before its turn an event's argument is fetched */
/* In a lane, where later events are known: so many events lie between two steps
 * of the prefetch of an event's data. */
#define STRIDE 3
/*
 * Many events are due after the same delay as the event set before: a packet
 * after the delay of its link, the next packet of a stream after 20 ms.  Such
 * keys are in order by themselves.  So those of one delay are in a lane, in a
 * ring, and cost no step of the heap: of all lanes and the front of the heap
 * the earliest head is next.  An empty lane notes the delay that comes to it,
 * and is of the next one that is the same; all else goes to the heap: delays
 * that do not come again take no lane.
 */
#define LANES     32
#define LANE_MOST INT64_C(1000000000) /* ns: longer delays are rare */
/* Every key comes before it. */
#define NO_BORDER ((struct heap_key){ INT64_MAX, UINT64_MAX })

struct lane {
	int64_t delay; /* of all in it */
	struct heap_key *ring;
	uint32_t first, n, cap; /* CAP is a power of two */
};

/* The prefetch of the data of FN's events. */
struct prefetch {
	queue_fn *fn;
	queue_prefetch_fn *step;
};

struct queue {
	struct lane lanes[LANES];
	struct prefetch prefetches[QUEUE_PREFETCHED]; /* two */
	unsigned nprefetches;
	uint32_t busy; /* those with keys, a bit each */
	size_t in_lanes;
	int64_t now; /* when the last event was due */
	/* The key of the next event, dead or not, NULL: to be looked for; and
	 * its lane, LANES: the front. */
	const struct heap_key *next;
	unsigned from;
	/* The heap from 0 up, the keys that stand aside from `aside` to the
	 * end.  The order is the sequence number in the upper 40 bits, the slot
	 * in the lower 24: equal times are in the order of the former. */
	struct heap_key *keys;
	size_t n, aside, cap;
	/* All come before those of the heap; the first is the last of them. */
	struct heap_key front[FRONT];
	size_t nfront;
	struct heap_key border; /* of all that come before it none is aside */
	size_t most;            /* when the heap has more, it is divided */
	struct slot *slots;
	size_t slots_cap;
	uint32_t nslots;
	uint32_t free_slot; /* index + 1; 0: none */
	size_t dead;
	uint64_t seq;
};

int
queue_create(struct queue **qp)
{
	*qp = mem_zalloc(1, sizeof(**qp));
	if (*qp == NULL)
		return ERR_NOMEM;
	(*qp)->border = NO_BORDER;
	(*qp)->most = FEW * 2;
	return 0;
}

void
queue_destroy(struct queue *q)
{
	if (q == NULL)
		return;
	for (unsigned i = 0; i < LANES; i++)
		mem_free(q->lanes[i].ring);
	mem_free(q->keys);
	mem_free(q->slots);
	mem_free(q);
}

static struct slot *
event_queue_slot_of(const struct queue *q, const struct heap_key *e)
{
	return &q->slots[e->order & SLOT_MAX];
}

static void
slot_release(struct queue *q, struct slot *s)
{
	s->fn = NULL;
	s->generation++;
	s->next_free = q->free_slot;
	q->free_slot = (uint32_t)(s - q->slots) + 1;
}

/* A free slot's index, or SLOT_MAX. */
static uint32_t
slot_take(struct queue *q)
{
	if (q->free_slot != 0) {
		uint32_t i = q->free_slot - 1;

		q->free_slot = q->slots[i].next_free;
		return i;
	}
	if (q->nslots == SLOT_MAX ||
	    ARRAY_ROOM(&q->slots, &q->slots_cap, q->nslots + 1) != 0)
		return SLOT_MAX;
	q->slots[q->nslots].generation = 1;
	return q->nslots++;
}

/* ---- the keys ---- */

static size_t
event_queue_count_keys(const struct queue *q)
{
	return q->in_lanes + q->nfront + q->n + (q->cap - q->aside);
}

/* ---- lanes ---- */

static struct heap_key *
lane_at(const struct lane *l, uint32_t i)
{
	return &l->ring[(l->first + i) & (l->cap - 1)];
}

static bool
grow_lane(struct lane *l)
{
	uint32_t cap = l->cap == 0 ? 16 : l->cap * 2;
	struct heap_key *ring =
	    cap > l->cap ? mem_zalloc(cap, sizeof(*ring)) : NULL;

	if (ring == NULL)
		return false;
	for (uint32_t i = 0; i < l->n; i++)
		ring[i] = *lane_at(l, i);
	mem_free(l->ring);
	l->ring = ring;
	l->cap = cap;
	l->first = 0;
	return true;
}

/* False: KEY has to go to the heap. */
static bool
put_in_lane(struct queue *q, struct heap_key key, bool *no_memory)
{
	int64_t delay = key.t - q->now;
	uint64_t hash = (uint64_t)delay * UINT64_C(0x9e3779b97f4a7c15) >> 59;
	struct lane *l = &q->lanes[hash];

	if (delay < 0 || delay > LANE_MOST)
		return false;
	if (l->delay != delay) {
		if (l->n == 0)
			l->delay = delay;
		return false;
	}
	*no_memory = l->n == l->cap && !grow_lane(l);
	if (*no_memory)
		return true;
	*lane_at(l, l->n++) = key;
	q->busy |= UINT32_C(1) << hash;
	q->in_lanes++;
	return true;
}

/* Some events before the turn of those in L: one step for each of some, where
 * the farthest is of a kind that wants it. */
static void
prefetch_lane(const struct queue *q, const struct lane *l)
{
	uint32_t at = l->first + QUEUE_STEPS * STRIDE, mask = l->cap - 1;
	const struct prefetch *p = q->prefetches;
	const struct slot *s;

	if (l->n <= QUEUE_STEPS * STRIDE)
		return;
	s = event_queue_slot_of(q, &l->ring[at & mask]);
	p += p->fn != s->fn;
	if (p->fn != s->fn)
		return;
	for (unsigned step = 0; step < QUEUE_STEPS; step++, at -= STRIDE) {
		s = event_queue_slot_of(q, &l->ring[at & mask]);
		if (p->fn == s->fn && s->fn != NULL)
			p->step(s->arg, step);
	}
}

static void
drop_in_lane(struct queue *q, unsigned i)
{
	struct lane *l = &q->lanes[i];

	l->first = (l->first + 1) & (l->cap - 1);
	q->in_lanes--;
	if (--l->n == 0)
		q->busy &= ~(UINT32_C(1) << i);
	if (l->n > AHEAD)
		__builtin_prefetch(
		    event_queue_slot_of(q, lane_at(l, AHEAD))->arg, 1);
	prefetch_lane(q, l);
}

/* ---- the heap ---- */

static void
put_in_heap(struct queue *q, struct heap_key key)
{
	heap_put(q->keys, q->n++, &key, sizeof(key));
}

/* Room for one more key; 0 or ERR_NOMEM. */
static int
event_queue_make_room(struct queue *q)
{
	size_t naside = q->cap - q->aside, was = q->cap;

	if (q->n < q->aside)
		return 0;
	if (ARRAY_ROOM(&q->keys, &q->cap, q->cap + 1) != 0)
		return ERR_NOMEM;
	q->aside = q->cap - naside;
	memmove(&q->keys[q->aside], &q->keys[was - naside],
	    naside * sizeof(*q->keys));
	return 0;
}

/* All keys stand aside: the one that 1 of SHARE come before, by a sample. */
static struct heap_key
find_border(const struct queue *q)
{
	struct heap_key sample[SAMPLE];
	size_t n = q->cap - q->aside;

	for (size_t i = 0; i < SAMPLE; i++)
		heap_put(sample, i, &q->keys[q->aside + n / SAMPLE * i],
		    sizeof(*sample));
	for (size_t i = SAMPLE; i > SAMPLE - SAMPLE / SHARE; i--)
		heap_drop(sample, i - 1, sizeof(*sample));
	return sample[0];
}

/* Puts the keys before BORDER into the heap. */
static void
move_border(struct queue *q, struct heap_key border)
{
	q->border = border;
	for (size_t i = q->aside; i < q->cap; i++) {
		struct heap_key key = q->keys[i];

		if (!heap_before(&key, &q->border))
			continue;
		q->keys[i] = q->keys[q->aside++];
		put_in_heap(q, key);
	}
}

/* Empties the heap. */
static void
set_aside(struct queue *q)
{
	q->aside -= q->n;
	memmove(&q->keys[q->aside], q->keys, q->n * sizeof(*q->keys));
	q->n = 0;
}

/* The heap is empty: fills it with the first of the keys that stand aside. */
static void
divide(struct queue *q)
{
	size_t n = q->cap - q->aside;

	if (n > FEW)
		move_border(q, find_border(q));
	/* Few, or the sample was not like the others: to read these again soon
	 * would cost more. */
	if (n <= FEW || q->n < n / SHARE / 4)
		move_border(q, NO_BORDER);
	q->most = q->n * GROWTH > FEW * 2 ? q->n * GROWTH : FEW * 2;
}

/* Whether KEY's event was not cancelled; releases its slot else. */
static bool
keep_live(struct queue *q, const struct heap_key *key)
{
	struct slot *s = event_queue_slot_of(q, key);

	if (s->fn == NULL)
		slot_release(q, s);
	return s->fn != NULL;
}

static void
compact_lane(struct queue *q, unsigned i)
{
	struct lane *l = &q->lanes[i];
	uint32_t n = l->n;

	l->n = 0;
	for (uint32_t k = 0; k < n; k++)
		if (keep_live(q, lane_at(l, k)))
			*lane_at(l, l->n++) = *lane_at(l, k);
	q->in_lanes -= n - l->n;
	if (l->n == 0)
		q->busy &= ~(UINT32_C(1) << i);
}

/* Drops all dead entries and orders the rest again. */
static void
event_queue_compact(struct queue *q)
{
	size_t to = q->cap, nfront = q->nfront;

	q->next = NULL;
	for (unsigned i = 0; i < LANES; i++)
		compact_lane(q, i);
	q->nfront = 0;
	for (size_t i = 0; i < nfront; i++)
		if (keep_live(q, &q->front[i]))
			q->front[q->nfront++] = q->front[i];
	set_aside(q);
	for (size_t i = q->cap; i > q->aside; i--)
		if (keep_live(q, &q->keys[i - 1]))
			q->keys[--to] = q->keys[i - 1];
	q->aside = to;
	q->dead = 0;
	divide(q);
}

static void
event_queue_put_behind(struct queue *q, struct heap_key key)
{
	if (!heap_before(&key, &q->border)) {
		q->keys[--q->aside] = key;
		return;
	}
	put_in_heap(q, key);
	if (q->n > q->most) {
		set_aside(q);
		divide(q);
	}
}

/* KEY comes before one that is in front. */
static void
put_in_front(struct queue *q, struct heap_key key)
{
	size_t i = q->nfront;

	if (i == FRONT) {
		event_queue_put_behind(q, q->front[0]);
		memmove(q->front, &q->front[1], --i * sizeof(key));
	}
	q->nfront = i + 1;
	for (; i > 0 && heap_before(&q->front[i - 1], &key); i--)
		q->front[i] = q->front[i - 1];
	q->front[i] = key;
}

static void
event_queue_put_key(struct queue *q, struct heap_key key)
{
	if (q->nfront > 0 && heap_before(&key, &q->front[0]))
		put_in_front(q, key);
	else
		event_queue_put_behind(q, key);
}

void
queue_prefetch(struct queue *q, queue_fn *fn, queue_prefetch_fn *prefetch)
{
	for (unsigned i = 0; i < q->nprefetches; i++)
		if (q->prefetches[i].fn == fn)
			return;
	if (q->nprefetches < QUEUE_PREFETCHED)
		q->prefetches[q->nprefetches++] =
		    (struct prefetch){ fn, prefetch };
}

uint64_t
queue_push(struct queue *q, const struct queue_event *e)
{
	struct heap_key key;
	bool no_memory = false;
	uint32_t index;
	struct slot *s;

	if (event_queue_make_room(q) != 0)
		return 0;
	index = q->seq < SEQ_MAX ? slot_take(q) : SLOT_MAX;
	if (index == SLOT_MAX)
		return 0;
	s = &q->slots[index];
	s->fn = e->fn;
	s->arg = e->arg;
	s->who = e->who;
	s->cause = e->cause;
	key = (struct heap_key){ e->t, q->seq++ << SLOT_BITS | index };
	q->next = NULL;
	if (!put_in_lane(q, key, &no_memory))
		event_queue_put_key(q, key);
	if (no_memory) {
		slot_release(q, s);
		return 0;
	}
	return (uint64_t)s->generation << 32 | index;
}

void
queue_cancel(struct queue *q, uint64_t name)
{
	uint32_t index = (uint32_t)name;
	struct slot *s;

	if (name == 0 || index >= q->nslots)
		return;
	s = &q->slots[index];
	if (s->generation != (uint32_t)(name >> 32) || s->fn == NULL)
		return;
	s->fn = NULL;
	if (++q->dead > 1024 && q->dead > event_queue_count_keys(q) / 2)
		event_queue_compact(q);
}

/* The front is empty: moves the first of the heap there. */
static void
event_queue_bring_up(struct queue *q)
{
	size_t want;

	if (q->n == 0 && q->aside < q->cap)
		divide(q);
	want = q->n < FRONT ? q->n : FRONT;
	q->nfront = want;
	while (want > 0) {
		q->front[--want] = q->keys[0];
		__builtin_prefetch(event_queue_slot_of(q, &q->keys[0]), 1);
		heap_drop(q->keys, --q->n, sizeof(*q->keys));
	}
}

/* The key of the next event, dead or not; NULL: there is none. */
static const struct heap_key *
event_queue_find_first(struct queue *q)
{
	const struct heap_key *first = NULL;

	if (q->nfront == 0)
		event_queue_bring_up(q);
	q->from = LANES;
	if (q->nfront > 0)
		first = &q->front[q->nfront - 1];
	for (uint32_t busy = q->busy; busy != 0; busy &= busy - 1) {
		unsigned i = (unsigned)__builtin_ctz(busy);
		const struct heap_key *key = lane_at(&q->lanes[i], 0);

		if (first != NULL && !heap_before(key, first))
			continue;
		first = key;
		q->from = i;
	}
	return first;
}

static void
event_queue_drop_first(struct queue *q)
{
	q->next = NULL;
	if (q->from < LANES) {
		drop_in_lane(q, q->from);
		return;
	}
	q->nfront--;
	if (q->nfront >= AHEAD)
		__builtin_prefetch(
		    event_queue_slot_of(q, &q->front[q->nfront - AHEAD])->arg,
		    1);
}

bool
queue_peek(struct queue *q, int64_t *t)
{
	for (;;) {
		struct slot *s;

		if (q->next == NULL)
			q->next = event_queue_find_first(q);
		if (q->next == NULL)
			return false;
		s = event_queue_slot_of(q, q->next);
		if (s->fn != NULL) {
			*t = q->next->t;
			return true;
		}
		slot_release(q, s);
		q->dead--;
		event_queue_drop_first(q);
	}
}

bool
queue_pop(struct queue *q, struct queue_event *e)
{
	struct slot *s;
	int64_t t;

	if (!queue_peek(q, &t))
		return false;
	s = event_queue_slot_of(q, q->next);
	*e = (struct queue_event){ t, s->fn, s->arg, s->who, s->cause };
	q->now = t;
	slot_release(q, s);
	event_queue_drop_first(q);
	return true;
}

size_t
queue_live(const struct queue *q)
{
	return event_queue_count_keys(q) - q->dead;
}
