/*
 * The event kernel in the hold model: with N events pending take the next one
 * and put in another at a random later time, over and over.  Beside it, in
 * turns, a bare 4-ary heap of 16-byte entries that does the same and nothing
 * else: no names to cancel by, no functions, no causes.
 */
#include "bench.h"

#include "sim/event_queue.h"
#include "sim/sim.h"

#define STEPS 1000000
#define PAIRS 5

static uint64_t seed = 88172645463325252u;

static uint64_t
draw(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

/* How much later: evenly up to 2^20 ns. */
static int64_t
later(void)
{
	return (int64_t)(draw() >> 44);
}

/* ---- the bare heap ---- */

struct entry {
	int64_t t;
	uint64_t key;
};

struct heap {
	struct entry *e;
	size_t n;
};

static inline int
before(const struct entry *a, const struct entry *b)
{
	return a->t != b->t ? a->t < b->t : a->key < b->key;
}

static void
heap_push(struct heap *h, struct entry e)
{
	struct entry *v = h->e;
	size_t i = h->n++;

	while (i > 0 && before(&e, &v[(i - 1) / 4])) {
		v[i] = v[(i - 1) / 4];
		i = (i - 1) / 4;
	}
	v[i] = e;
}

static struct entry
heap_pop(struct heap *h)
{
	struct entry *v = h->e, top = v[0], e = v[h->n - 1];
	size_t n = --h->n, i = 0;

	for (size_t c = 1; c < n; c = 4 * i + 1) {
		size_t end = c + 4 < n ? c + 4 : n, best = c;

		while (++c < end)
			if (before(&v[c], &v[best]))
				best = c;
		if (!before(&v[best], &e))
			break;
		v[i] = v[best];
		i = best;
	}
	v[i] = e;
	return top;
}

static double
run_heap(size_t pending)
{
	struct heap h = { malloc((pending + 1) * sizeof(*h.e)), 0 };
	uint64_t sequence = 0;
	double t;

	for (size_t i = 0; i < pending; i++)
		heap_push(&h, (struct entry){ later(), sequence++ });
	t = bench_now();
	for (size_t i = 0; i < STEPS; i++) {
		struct entry e = heap_pop(&h);

		e.t += later();
		e.key = sequence++;
		heap_push(&h, e);
	}
	t = bench_now() - t;
	free(h.e);
	return STEPS / t;
}

/* ---- the queue ---- */

static void
nothing(void *arg)
{
	(void)arg;
}

/* CANCELS of each hundred steps also take one event out of the middle and put
 * another in: a timer that is stopped and set anew. */
static double
run_queue(size_t pending, unsigned cancels)
{
	struct queue_event e = { 0, nothing, NULL, "bench", 0 };
	uint64_t *names = calloc(pending, sizeof(*names));
	struct queue *q;
	double t;

	if (names == NULL || queue_create(&q) != 0)
		exit(1);
	for (size_t i = 0; i < pending; i++) {
		e.t = later();
		names[i] = queue_push(q, &e);
	}
	t = bench_now();
	for (size_t i = 0; i < STEPS; i++) {
		if (!queue_pop(q, &e))
			break;
		e.t += later();
		names[i % pending] = queue_push(q, &e);
		if (cancels > 0 && i % 100 < cancels) {
			uint64_t *name = &names[draw() % pending];
			size_t live = queue_live(q);

			queue_cancel(q, *name);
			if (queue_live(q) < live) {
				e.t += later();
				*name = queue_push(q, &e);
			}
		}
	}
	t = bench_now() - t;
	queue_destroy(q);
	free(names);
	return STEPS / t;
}

/* ---- the simulator ---- */

static void
again(void *arg)
{
	struct sim *s = arg;

	sim_after(s, later() + 1, "bench", again, s);
}

static int
sink(const char *line, size_t n, void *arg)
{
	(void)line;
	(void)n;
	(void)arg;
	return 0;
}

static double
run_sim(size_t pending)
{
	struct sim_goal goal = {
		.until_ns = INT64_MAX, .max_events = STEPS, .past_idle = true
	};
	struct trace_writer *w;
	struct sim *s;
	double t;

	if (trace_writer_create(&w, TRACE_MESSAGES, sink, NULL) != 0 ||
	    sim_create(&s, 1, w) != 0)
		exit(1);
	for (size_t i = 0; i < pending; i++)
		again(s);
	t = bench_now();
	sim_run(s, &goal);
	t = bench_now() - t;
	sim_destroy(s);
	trace_writer_destroy(w);
	return STEPS / t;
}

/* ---- */

static void
compare(size_t pending)
{
	double heap[PAIRS], queue[PAIRS], cancel[PAIRS], sim[PAIRS];
	double share[PAIRS], sim_share[PAIRS];
	char name[64];

	for (size_t i = 0; i < PAIRS; i++) {
		heap[i] = run_heap(pending);
		queue[i] = run_queue(pending, 0);
		sim[i] = run_sim(pending);
		cancel[i] = run_queue(pending, 30);
		share[i] = queue[i] / heap[i];
		sim_share[i] = sim[i] / heap[i];
	}
#define NAME(what) \
	(snprintf(name, sizeof(name), what ", %zu pending", pending), name)
	bench_print(NAME("bare heap"), bench_median(heap, PAIRS) / 1e6,
	    "M events/s", NULL);
	bench_print(NAME("queue"), bench_median(queue, PAIRS) / 1e6,
	    "M events/s", NULL);
	bench_print(NAME("queue, 30 %% cancelled"),
	    bench_median(cancel, PAIRS) / 1e6, "M events/s", NULL);
	bench_print(NAME("simulator"), bench_median(sim, PAIRS) / 1e6,
	    "M events/s", NULL);
	bench_print(NAME("queue beside the heap"), bench_median(share, PAIRS),
	    "times", "at least 0.8");
	bench_print(NAME("simulator beside the heap"),
	    bench_median(sim_share, PAIRS), "times", "at least 0.6");
#undef NAME
}

int
main(void)
{
	compare(1000);
	compare(100000);
	return 0;
}
