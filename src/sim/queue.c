/* The event queue; see queue.h. */
#include "sim/queue.h"

#include "base/array.h"
#include "base/err.h"
#include "base/heap.h"
#include "base/mem.h"

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

struct queue {
	/* The order is the sequence number in the upper 40 bits, the slot in
	 * the lower 24: equal times are in the order of the former. */
	struct heap_key *heap;
	size_t n, cap;
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
	return *qp != NULL ? 0 : ERR_NOMEM;
}

void
queue_destroy(struct queue *q)
{
	if (q == NULL)
		return;
	mem_free(q->heap);
	mem_free(q->slots);
	mem_free(q);
}

static struct slot *
slot_of(struct queue *q, const struct heap_key *e)
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

/* Drops all dead entries and orders the rest anew. */
static void
compact(struct queue *q)
{
	size_t n = 0;

	for (size_t i = 0; i < q->n; i++) {
		struct heap_key e = q->heap[i];
		struct slot *s = slot_of(q, &e);

		if (s->fn != NULL)
			heap_put(q->heap, n++, &e, sizeof(e));
		else
			slot_release(q, s);
	}
	q->n = n;
	q->dead = 0;
}

uint64_t
queue_push(struct queue *q, const struct queue_event *e)
{
	struct heap_key key;
	uint32_t index;
	struct slot *s;

	if (ARRAY_ROOM(&q->heap, &q->cap, q->n + 1) != 0)
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
	heap_put(q->heap, q->n++, &key, sizeof(key));
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
	if (++q->dead > 1024 && q->dead > q->n / 2)
		compact(q);
}

static void
drop_first(struct queue *q)
{
	heap_drop(q->heap, --q->n, sizeof(*q->heap));
}

bool
queue_peek(struct queue *q, int64_t *t)
{
	while (q->n > 0) {
		struct slot *s = slot_of(q, &q->heap[0]);

		if (s->fn != NULL) {
			*t = q->heap[0].t;
			return true;
		}
		slot_release(q, s);
		q->dead--;
		drop_first(q);
	}
	return false;
}

bool
queue_pop(struct queue *q, struct queue_event *e)
{
	struct slot *s;
	int64_t t;

	if (!queue_peek(q, &t))
		return false;
	s = slot_of(q, &q->heap[0]);
	*e = (struct queue_event){ t, s->fn, s->arg, s->who, s->cause };
	slot_release(q, s);
	drop_first(q);
	return true;
}

size_t
queue_live(const struct queue *q)
{
	return q->n - q->dead;
}
