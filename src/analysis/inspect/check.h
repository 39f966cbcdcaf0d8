/* The checks that inspect/clauses.h names: each sees one moment. */
#ifndef INSPECT_CHECK_H
#define INSPECT_CHECK_H

#include "base/addr.h"
#include "inspect/clauses.h"
#include "inspect/inspect_in.h"
#include "msg/constants.h"

#define X(rule, severity, area, roles, moment, fn, ...) check_fn fn;
CLAUSES(X)
#undef X

/* A user agent's own request: it has one Via, no proxy has forwarded it. */
static inline bool
is_own_request(const struct inspected_message *l)
{
	return l->msg->request && l->nvias == 1 && !l->forwarded;
}

/* The caller's request N of D is below that which has made the dialog: it can't
 * have been sent before, and be late (12.1.2, 12.2.1.1). */
static inline bool
inspected_is_below_first(const struct followed_dialog *d, uint32_t n)
{
	return d->tx != NULL && d->tx->initial && !d->tx->twice &&
	       n < d->tx->cseq;
}

/* L's Via has a branch as RFC 2543 writes it: its sender need not do what later
 * RFCs ask. */
static inline bool
inspected_has_old_branch(const struct inspected_message *l)
{
	return !str_starts(l->via.branch, SIP_COOKIE);
}

/* It is so old, and its call has no dialog, that tags are not required. */
static inline bool
inspected_may_lack_tags(const struct inspected_message *l)
{
	return inspected_has_old_branch(l) &&
	       (l->call == NULL || !l->call->tagged);
}

/* L is forwarded with the Via on top with which it came (16.6 step 8): the
 * receiver sends its response there. */
static inline bool
is_via_below(const struct inspected_message *l)
{
	return l->forwarded && l->msg->request && l->tx != NULL &&
	       l->tx == l->came;
}

static inline bool
inspected_is_response_to(
    const struct inspected_message *l, enum msg_method method, unsigned class)
{
	return !l->msg->request && l->msg->method == method &&
	       l->msg->status / 100 == class;
}

/* L forwards a request (REQUEST) or a response.  The ACK for a rejection is
 * left out: it comes in the INVITE's transaction, without the INVITE's fields.
 */
static inline bool
inspected_is_forwarded(const struct inspected_message *l, bool request)
{
	return l->forwarded && l->msg->request == request && l->came != NULL &&
	       (!request || l->msg->method == l->came->method);
}

/* L is a request that its node makes within a dialog of which more is known
 * (check_dialog.c). */
bool inspected_is_within(struct inspected_message *l);
/* The dialog of NODE that INVITE would replace (other_message_event.c). */
const struct followed_dialog *inspected_replaced(
    const struct inspected_message *l, uint32_t node, const struct msg *invite);
/* Of check_routes.c: A are the URIs B one by one, a line each, with their
 * parameters. */
bool routes_are_equal(struct str a, struct str b);
/* ROUTES has a first URI, which is no loose router's. */
bool routes_begin_strict(struct str routes);
/* 19.1.4; lr is a flag, with a value or without. */
bool uri_is_same(struct str a, struct str b);
/* Other parameters than TARGET's may be in URI. */
bool uri_leads_to(struct str uri, struct str target);
/* URI says its address and port, without a name. */
bool inspected_read_uri_place(struct str uri, struct addr *a);
/* The request that L's CANCEL, or the answer to one, is for (check_match.c):
 * inspected_find_exactly with its CSeq as well. */
struct followed_tx *inspected_find_cancelled(const struct inspected_message *l);
struct followed_tx *inspected_find_exactly(const struct inspected_message *l);
/* By TLS, or as its Via says (field_parts_via.c). */
bool inspected_is_encrypted(const struct inspected_message *l);
/* L, a response, leaves the node that its top Via names (check_forward.c). */
bool is_own_via_left(const struct inspected_message *l);
/* The bytes behind the head of L's message, whatever its Content-Length, except
 * for line ends at its end (check_format.c). */
struct str inspected_sent_body(const struct inspected_message *l);

/* NODE was switched off in the course of the trace. */
static inline bool
inspected_node_is_down(const struct inspected_message *l, uint32_t node)
{
	return node < l->in->node_n && l->in->node[node].crash != 0;
}

/* How check_credentials, check_challenge and check_authorization judge each
 * challenge or answer (check_security.c). */
credentials_fn judge_scheme, judge_qop, judge_count, judge_digest_uri,
    judge_replay;

/* L answers a request that came once more when the server transaction of the
 * first had ended: 64*T1 behind its final response, of a request other than
 * INVITE by a stream at once (17.2.1, 17.2.2). */
static inline bool
inspected_is_answered_anew(const struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

	return tx->final != 0 && tx->t_again > tx->t_final &&
	       ((tx->stream && tx->method != MSG_INVITE) ||
		   l->time - tx->t_final >= SIP_64T1_NS);
}

static inline enum verdict
verdict_of(bool kept)
{
	return kept ? KEPT : BROKEN;
}

/* V; a clause that is kept is no more than seen, where DOUBT. */
static inline enum verdict
verdict_unless(enum verdict v, bool doubt)
{
	return v == KEPT && doubt ? DOUBTED : v;
}

/* NODE did not do what it had to within NS after T because of record AT.
 * BROKEN where it is PROVEN that it would have been seen, the trace goes on so
 * long and NODE was not switched off; else SEEN. */
static inline enum verdict
judge_missing(struct inspected_message *l, bool proven, uint32_t node,
    int64_t t, int64_t ns, uint64_t at)
{
	l->at = at;
	return proven && !inspected_node_is_down(l, node) &&
		       inspect_goes_on(l->in, t, ns)
		   ? BROKEN
		   : SEEN;
}

#endif
