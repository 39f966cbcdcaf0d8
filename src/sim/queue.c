/* The event queue; see queue.h. */
#include "sim/queue.h"

#include "base/err.h"
#include "base/mem.h"

#define SLOT_BITS 24
#define SLOT_MAX  ((UINT32_C(1) << SLOT_BITS) - 1)
#define SEQ_MAX   ((UINT64_C(1) << (64 - SLOT_BITS)) - 1)

/* Sequence number in the upper 40 bits, slot in the lower 24: comparing the
 * keys of equal times compares the sequence numbers. */
struct entry {
	int64_t t;
	uint64_t key;
};

struct slot {
	queue_fn *fn; /* NULL: cancelled or free */
	void *arg;
	const char *who;
	uint64_t cause;
	uint32_t generation; /* never 0 in a name that was given out */
	uint32_t next_free;
};

struct queue {
	struct entry *heap;
	size_t n, cap;
	struct slot *slots;
	uint32_t nslots, slots_cap;
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

static inline bool
before(const struct entry *a, const struct entry *b)
{
	return a->t != b->t ? a->t < b->t : a->key < b->key;
}

static void
sift_up(struct entry *h, size_t i, struct entry e)
{
	while (i > 0) {
		size_t parent = (i - 1) / 4;

		if (!before(&e, &h[parent]))
			break;
		h[i] = h[parent];
		i = parent;
	}
	h[i] = e;
}

static void
sift_down(struct entry *h, size_t n, size_t i, struct entry e)
{
	for (;;) {
		size_t child = 4 * i + 1, end = child + 4, best = child;

		if (child >= n)
			break;
		if (end > n)
			end = n;
		while (++child < end)
			if (before(&h[child], &h[best]))
				best = child;
		if (!before(&h[best], &e))
			break;
		h[i] = h[best];
		i = best;
	}
	h[i] = e;
}

static struct slot *
slot_of(struct queue *q, const struct entry *e)
{
	return &q->slots[e->key & SLOT_MAX];
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
	if (q->nslots == q->slots_cap) {
		uint32_t cap = q->slots_cap != 0 ? q->slots_cap * 2 : 256;
		struct slot *slots;

		if (cap > SLOT_MAX)
			return SLOT_MAX;
		slots = mem_realloc_array(q->slots, cap, sizeof(*slots));
		if (slots == NULL)
			return SLOT_MAX;
		q->slots = slots;
		q->slots_cap = cap;
	}
	q->slots[q->nslots].generation = 1;
	return q->nslots++;
}

/* Drops all dead entries and orders the rest anew. */
static void
compact(struct queue *q)
{
	size_t n = 0;

	for (size_t i = 0; i < q->n; i++) {
		struct slot *s = slot_of(q, &q->heap[i]);

		if (s->fn != NULL)
			q->heap[n++] = q->heap[i];
		else
			slot_release(q, s);
	}
	q->n = n;
	q->dead = 0;
	for (size_t i = n / 4 + 1; i-- > 0;)
		if (i < n)
			sift_down(q->heap, n, i, q->heap[i]);
}

uint64_t
queue_push(struct queue *q, const struct queue_event *e)
{
	uint32_t index;
	struct slot *s;

	if (q->n == q->cap) {
		size_t cap = q->cap != 0 ? q->cap * 2 : 256;
		struct entry *heap =
		    mem_realloc_array(q->heap, cap, sizeof(*heap));

		if (heap == NULL)
			return 0;
		q->heap = heap;
		q->cap = cap;
	}
	index = q->seq < SEQ_MAX ? slot_take(q) : SLOT_MAX;
	if (index == SLOT_MAX)
		return 0;
	s = &q->slots[index];
	s->fn = e->fn;
	s->arg = e->arg;
	s->who = e->who;
	s->cause = e->cause;
	sift_up(q->heap, q->n++,
	    (struct entry){ e->t, q->seq++ << SLOT_BITS | index });
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

/* Takes the top entry off the heap. */
static void
drop_top(struct queue *q)
{
	q->n--;
	if (q->n > 0)
		sift_down(q->heap, q->n, 0, q->heap[q->n]);
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
		drop_top(q);
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
	drop_top(q);
	return true;
}

size_t
queue_live(const struct queue *q)
{
	return q->n - q->dead;
}
