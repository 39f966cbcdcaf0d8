/*
 * What every user agent needs, a phone as well as a gateway or a conference:
 * its names (RFC 3261 8.1.1, 10.2.1), the way its requests take (8.1.2), a
 * request's steps until its final answer (agent/client.h), the passwords it
 * answers challenges with, and merged requests (8.2.2.2).  Whom it calls and
 * whether it answers is decided by the roles built on it.
 */
#ifndef AGENT_AGENT_H
#define AGENT_AGENT_H

#include "agent/client.h"
#include "agent/recent_calls.h"
#include "agent/agent_identity.h"
#include "base/list.h"
#include "base/map.h"
#include "node/node.h"
#include "node/world.h"

/* The option tags that an agent supports beyond RFC 3261: RFC 3327 5.1. */
#define AGENT_SUPPORTED "path"
/* … and those of its calls: RFC 3891 6.2, RFC 3911 7.2, RFC 6228 4; and RFC
 * 3262's, unless the attribute `reliable` says no (agent/reliable.h). */
#define AGENT_CALL_SUPPORTED_PLAIN AGENT_SUPPORTED ", replaces, join, 199"
#define AGENT_CALL_SUPPORTED       "100rel, " AGENT_CALL_SUPPORTED_PLAIN

struct agent_ops;
struct agent_registration;

struct agent {
	/* First, since the agent itself is the user of server transactions that
	 * no call has any more.  It has no role, so that a CANCEL for one of
	 * them is answered 200. */
	struct node_owner owner;
	const struct agent_ops *ops; /* its role's (agent/requests.h) */
	struct node *node;           /* borrowed */
	struct agent_identity *self; /* its own */
	const char *aor;             /* of that */
	char *canonical;             /* the same as 10.3 compares it */
	/* RFC 5626: the first of its registrations, each over a flow, or NULL;
	 * the number of the outbound proxy whose flow stands. */
	struct agent_registration *flows;
	unsigned proxy;
	char *service_route; /* RFC 3608: whole values with commas; or NULL */
	struct list clients; /* requests under way */
	struct map *by_request; /* 8.2.2.2: key → server transaction */
	struct map *by_prack;   /* PRACK to come → transaction of its rejected
				   INVITE (agent/reliable.h) */
	struct buf key;         /* scratch, for keys of maps */
	struct agent_keyring keys;
	/* Its calls (agent/call.h); OVER: calls that have ended and only
	 * acknowledge repeated 2xx responses. */
	struct list calls, over;
	struct list
	    mortals; /* sessions after their BYE (agent/mortal_dialog.h) */
	struct map *by_name, *by_dialog; /* calls; dialogs by Call-ID, tags */
	struct agent_recent_calls recent_calls; /* whose calls are just over */
	/* Its subscriptions: its own (agent/subscriber.h), which are found by
	 * name and by the request that asked for them, and those of others to
	 * it (agent/notifier.h). */
	struct list subscribers, notifiers;
	struct map *by_subscription, *by_ask;
	unsigned nnotifiers; /* in `notifiers` */
};

/* AGENT is all zero.  N and OPS are borrowed.  0 or ERR_NOMEM; the caller calls
 * agent_end in both cases. */
int
agent_begin(struct agent *agent, struct node *n, const struct agent_ops *ops);
/* Drops AGENT's requests and frees what it owns, but not its calls:
 * agent_calls_end comes before. */
void agent_end(struct agent *agent);
/* Makes AGENT's Contacts again, after its node's address has changed.  0 or
 * ERR_NOMEM. */
int agent_moved(struct agent *agent);

/* The Contact of its requests outside of dialogs, for those whom FACE, of its
 * node's, faces. */
const char *
agent_contact(const struct agent *agent, const struct node_face *face);
/* The one of AGENT's for whom URI, of a request that has come, is: one of its
 * users' (ops->self_for), or its own.  Borrowed. */
struct agent_identity *agent_identity_for(struct agent *agent, struct str uri);
/* The face from which its requests to URI go, outside of dialogs: that which
 * faces its outbound proxy, else, and where they are DIRECT, URI. */
const struct node_face *
agent_face_toward(const struct agent *agent, struct str uri, bool direct);
/* The face that IN came to. */
const struct node_face *
agent_face_of(const struct agent *agent, const struct sip_in *in);
struct sim *agent_sim(const struct agent *agent);
/* The Contact of a user agent's node, a whole value, as ASKER, another node,
 * sees it, also while it is down; the caller frees.  NULL when out of memory.
 */
char *agent_contact_of(const struct node *n, const struct node *asker);
void agent_fail_memory(const struct agent *agent);
/* The same where ERR is ERR_NOMEM. */
static inline void
agent_fail_nomem(const struct agent *agent, int err)
{
	node_fail_nomem(agent->node, err);
}
/* Tells the world's watcher (struct world_watch) that the node is in STATE. */
void agent_tell(struct agent *agent, const char *state);
/* Starts a transaction for REQUEST; 0, or why it can't be sent (recorded). */
int agent_send(struct agent *agent, struct sip_bytes *request,
    const struct addr *dst, const struct sip_origin *origin,
    const struct sip_transaction_ops *ops, void *arg,
    struct sip_transaction **tr);
/* Records that AT, a URI or a header field, is not used, and why. */
void agent_note_bad(struct agent *agent, enum rule_id why,
    enum trace_refusal refusal, struct str at);
/* The record of a setting that does VERB on OBJECT by itself; what follows has
 * it as its cause. */
void agent_note_act(struct agent *agent, const char *verb, const char *object);

/* 8.1.1: builds a request outside of dialogs into R.  SPEC has method,
 * Request-URI, header fields and body; a Contact where it is not AGENT's own;
 * Call-ID and CSeq where it is not the first of its kind (else a new Call-ID is
 * made).  R->self is who sends it (NULL: AGENT itself), TAG that of From. Where
 * SPEC says nothing else To is the Request-URI, and the Routes are the
 * preloaded ones.  R is all zero except for that, or says how its Contact goes
 * with the way; the caller releases its bytes.  0, ERR_NOMEM, ERR_SYNTAX. */
int agent_request_build(struct agent *agent, struct sip_request_spec spec,
    struct str tag, struct agent_request *r);

/* Joins the parts (C may be empty) to a key for one of AGENT's maps, in
 * agent->key. */
struct str
agent_write_key(struct agent *agent, struct str a, struct str b, struct str c);

/* ---- where requests go (agent/agent_route.c) ---- */

/* Preloaded Routes: whole values, slices of `text`. */
#define AGENT_SERVICE_ROUTES 70 /* of a Service-Route, no more are taken */
#define AGENT_ROUTES         (AGENT_SERVICE_ROUTES + 1)
struct agent_routes {
	struct buf text;
	struct str list[AGENT_ROUTES];
	size_t n;
};
/* Fills R, for a request for URI, with PROXY (NULL: none) and, with SERVICE,
 * the Service-Route of the registrar.  0 or ERR_NOMEM; the caller frees R->text
 * in both cases. */
int agent_preload(const struct agent *agent, const struct node *proxy,
    struct str uri, bool service, struct agent_routes *r);
/* The I-th outbound proxy as the attribute names them, or NULL; and from that
 * whose flow stands (RFC 3263 4.3: the next when one fails). */
const struct node *agent_proxy_at(const struct agent *agent, size_t i);
const struct node *agent_outbound(const struct agent *agent, size_t i);
/* There may be more than one. */
bool agent_has_proxies(const struct agent *agent);
/* PROXY as a Route value of a request for URI. */
void agent_write_route(const struct agent *agent, const struct node *proxy,
    struct str uri, struct buf *out);
/* RFC 3608 6.1: the Service-Route of M, a 2xx to REGISTER, or none. */
void agent_take_service_route(struct agent *agent, const struct msg *m);
/* 26.2.2: URI is a sips URI, which asks for TLS, and AGENT's node has none. */
bool agent_wants_tls(const struct agent *agent, struct str uri);
/* Why no address is known of URI, into its world's `lost` (RFC 3263 4). */
void agent_tell_lost(const struct agent *agent, struct str uri);
/* The first Route of BYTES, a request, which is where it goes; STR_NULL where
 * it has none, or is STRICT: it goes to its Request-URI (12.2.1.1).  Valid
 * while BYTES are. */
struct str
agent_first_route(struct agent *agent, struct sip_bytes *bytes, bool strict);
/* Appends the URI that TARGET, a word of a script, means: for the name of a
 * user agent its address-of-record, for that of a server its address, both as
 * AGENT's node sees it, for any other bare word a user of AGENT's own domain.
 * 0, ERR_NOMEM, ERR_SYNTAX. */
int agent_write_target(
    const struct agent *agent, const char *target, struct buf *out);
/* What R is sent to: its first Route's URI, or its Request-URI (8.1.2). */
struct str
agent_request_next(struct agent *agent, const struct agent_request *r);
/* Asks for the address of agent_request_next (node/locate.h). */
void agent_locate(struct agent *agent, const struct agent_request *r,
    node_located_fn *fn, void *arg, struct node_question *q);
/* Why a request to URI outside of dialogs goes where it goes, for its route
 * record; ROUTE is its first Route, empty for none. */
struct agent_way
agent_find_way(const struct agent *agent, struct str uri, struct str route);
/* The record that URI leads to DST; it causes what follows. */
void agent_record_way(struct agent *agent, const struct agent_way *way,
    struct str uri, const struct addr *dst);

/* ---- merged requests: 8.2.2.2 (agent/agent_merged.c) ---- */

/* Remembers IN, a request without a To tag, until its transaction ends.  False:
 * IN is a copy of a request that is remembered. */
bool agent_request_keep(struct agent *agent, const struct sip_in *in);
/* The agent takes the place of TR's user, which gets no more callbacks. */
void agent_request_leave(struct agent *agent, struct sip_transaction *tr);
/* TR has ended. */
void
agent_request_forget(struct agent *agent, const struct sip_transaction *tr);

#endif
