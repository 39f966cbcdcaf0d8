/*
 * Infers the usages of a user agent that last longer than a transaction and
 * have a machine in machine/machine.h: a registration, a subscription.
 */
#ifndef INFERENCE_INFER_USAGE_H
#define INFERENCE_INFER_USAGE_H

#include "inference/infer.h"

#define INFER_USAGE_TIMERS 3 /* of one machine, at most */

/* Called when U has got to a final state. */
typedef void infer_usage_ended_fn(
    struct infer *f, struct infer_usage *u, int64_t t, uint64_t cause);

/* The first member of each struct in f->usages, which mem_free frees. */
struct infer_usage {
	const struct machine *m;
	enum state_id state;
	uint32_t node, call;
	uint32_t id;   /* text */
	uint32_t cseq; /* of the request that is under way */
	/* Of the machine's timers, in their order; `set` 0: does not run. */
	uint64_t set[INFER_USAGE_TIMERS];
	int64_t due[INFER_USAGE_TIMERS];
	infer_usage_ended_fn *ended; /* may be NULL */
	/* Puts the further members of a step's record; may be NULL. */
	void (*put)(struct infer *f, const struct infer_usage *u);
};

/* The struct that is kept under KEY, or NULL. */
void *infer_usage_find(const struct infer *f, const uint32_t key[4]);
/* A new struct of SIZE bytes under KEY, which begins with a usage in the first
 * state of MACHINE; NULL and f->err where there is no memory. */
void *infer_usage_new(struct infer *f, const uint32_t key[4], size_t size,
    const char *machine, uint32_t node, uint32_t call);
bool infer_usage_is_in(const struct infer_usage *u, enum state_id state);
/* A step by EVENT, or by a response where that is EVENT_NONE; its record, or
 * CAUSE where the table has none. */
uint64_t infer_usage_step(struct infer *f, struct infer_usage *u, int64_t t,
    uint64_t cause, enum event_id event, unsigned status);
/* Sets the timer NAME, also where it runs. */
void infer_usage_set(struct infer *f, struct infer_usage *u, const char *name,
    int64_t t, uint64_t cause, int64_t length);
void infer_usage_stop(struct infer *f, struct infer_usage *u, const char *name,
    int64_t t, uint64_t cause);

/* Response I is followed by the same request with what the response asks for:
 * credentials, a longer expiry, another target. */
bool infer_goes_on(const struct infer *f, uint32_t i);
/* Seconds of an expires parameter or Expires as ns; -1 where TEXT is none. */
int64_t infer_seconds(struct str text);
/* The number of TEXT among f->co->texts; 0 and f->err without memory. */
uint32_t infer_number(struct infer *f, struct str text);
/* The number of the address-of-record in To of f->co->msg; 0: none (10.3 step
 * 5). */
uint32_t infer_aor(struct infer *f);

#endif
