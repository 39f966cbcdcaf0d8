/*
 * Phones that were registered before the run begins (attribute `registered`):
 * figures and examples often start there.  Their bindings stand (RFC
 * 3261 10.3), they hold a nonce of each server that will ask them for a
 * password, and think of themselves as registered.
 */
#ifndef RUNS_WARM_H
#define RUNS_WARM_H

#include "base/diag.h"
#include "node/world.h"

/* When all nodes have started and nothing has happened yet.  0, ERR_NOMEM, or
 * ERR_NOTFOUND with a sentence: a phone's domain has no location service. */
int world_warm(struct world *w, struct diag *d);

#endif
