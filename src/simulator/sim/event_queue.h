/*
 * The event queue: 16-byte keys in order of (time, sequence), over a table of
 * slots that hold what to do.  Keys that are due after one and the same time
 * are in a lane of their own; the first few of the others in order in front
 * of a heap (base/heap.h), so that what their turn needs is fetched in time; of
 * very many the later ones stand aside.  Cancelling marks the slot; dead keys
 * are dropped as they come up, and all are ordered again when more than half
 * are dead, so that cancelling stays cheap and memory stays within twice what
 * lives.
 */
#ifndef SIM_EVENT_QUEUE_H
#define SIM_EVENT_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef void queue_fn(void *arg);
/* Fetches into the cache what the turn of an event with ARG will need: called
 * QUEUE_STEPS times, some events apart, with STEP from 0 on, so that each
 * fetches what the one before has made known.  It changes nothing; ARG lives as
 * long as its event. */
typedef void queue_prefetch_fn(const void *arg, unsigned step);
#define QUEUE_STEPS 8

struct queue_event {
	int64_t t;
	queue_fn *fn;
	void *arg;
	const char *who;
	uint64_t cause;
};

struct queue;

int queue_create(struct queue **q);
void queue_destroy(struct queue *q);

/* What FN's events need is fetched by PREFETCH from now on, where many of one
 * delay wait; of two kinds at most, a third is as before. */
#define QUEUE_PREFETCHED 2
void queue_prefetch(struct queue *q, queue_fn *fn, queue_prefetch_fn *prefetch);

/* The event's name, or 0 when memory ran out. */
uint64_t queue_push(struct queue *q, const struct queue_event *e);
void queue_cancel(struct queue *q, uint64_t name);
/* The time of the next event; false when there is none. */
bool queue_peek(struct queue *q, int64_t *t);
/* Takes the next event out; false when there is none. */
bool queue_pop(struct queue *q, struct queue_event *e);
/* Events that will run. */
size_t queue_live(const struct queue *q);

#endif
