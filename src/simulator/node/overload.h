/*
 * Overload control between neighbours, RFC 7339, by its loss-based scheme: a
 * server that has more to do than it can says in the top Via of its responses
 * which share of their requests its clients shall keep back (oc), until when
 * (oc-validity), and which word is the later one (oc-seq); a client says in
 * its own Via that it obeys (oc, oc-algo), and does.
 */
#ifndef NODE_OVERLOAD_H
#define NODE_OVERLOAD_H

#include "node/node.h"

struct overload;

/* N has more to do than it can where more than RATE requests come in a second;
 * 0: whatever comes.  SAYS: it takes part in overload control.  0, ERR_NOMEM.
 */
int
overload_create(struct overload **o, struct node *n, uint32_t rate, bool says);
void overload_destroy(struct overload *o);

/* M, a request, has come.  RULE_NONE, or why it is one too many. */
enum rule_id overload_refuses(struct overload *o, const struct msg *m);
/* M may go to DST (5.5, 7.2). */
bool overload_lets_pass(
    struct overload *o, const struct addr *dst, const struct msg *m);

/* DST has asked for less, and that holds (5.10: it is not a place for what
 * another server's word keeps back). */
bool overload_is_asked(const struct overload *o, const struct addr *dst);

/* For the stack (struct sip_stack_config). */
bool overload_says(const struct overload *o);
/* What the top Via of a response gets, beside "oc=", which is the result. */
unsigned overload_tell(struct overload *o, struct buf *params);
/* DST has answered with the top Via VIA. */
void overload_hear(
    struct overload *o, const struct addr *dst, const struct msg_via *via);

#endif
