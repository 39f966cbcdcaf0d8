/*
 * Servers that have asked for rest: a 503 with Retry-After wants no other
 * request for so long, and where a URI leads to several servers the next one
 * has its turn meanwhile (RFC 3261 21.5.4, RFC 3263 4.3).  A crash clears the
 * list.
 */
#ifndef NODE_REST_H
#define NODE_REST_H

#include "base/addr.h"

#include <stdbool.h>

struct msg;
struct node;

/* RFC 3261 20.33: "120 (in a meeting);duration=60", the seconds of M's
 * Retry-After; false: it has none. */
bool node_retry_after(const struct msg *m, uint32_t *seconds);
/* M, a response, has come to N from SERVER: notes how long that is to be left
 * alone.  Without memory N fails (node_fail_memory). */
void node_rest(struct node *n, const struct addr *server, const struct msg *m);

#endif
