/*
 * A locator for tests that answers later (node/locate.h): after LATE_DELAY, or
 * never where nobody waits any more.
 */
#ifndef LATE_LOCATOR_H
#define LATE_LOCATOR_H

#include "base/err.h"
#include "base/mem.h"
#include "node/locate.h"
#include "node/world.h"

struct late {
	struct late *next;       /* of all, to be freed behind the run */
	struct node_question *q; /* NULL: nobody waits any more */
	struct addr dst;
	int err;
};

/* After so many ns, and how often that happened. */
extern int64_t late_delay;
extern size_t late_asked, late_forgotten;

extern const struct node_locator late_locator;

void late_answer(void *arg);

/* Behind a run: what it has asked is freed. */
void late_free(void);

#endif
