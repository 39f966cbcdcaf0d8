/*
 * What every user agent needs, a phone as well as a gateway or a conference:
 * what it is called (RFC 3261 8.1.1, 10.2.1), the way its requests take
 * (8.1.2), what a request goes through until its final answer (agent/client.h),
 * the passwords it answers challenges with, and merged requests (8.2.2.2). Whom
 * it calls and whether it answers is for those who are built on it.
 */
#ifndef AGENT_AGENT_H
#define AGENT_AGENT_H

#include "agent/client.h"
#include "base/list.h"
#include "base/map.h"
#include "node/node.h"
#include "node/world.h"
#include "sip/sdp_ports.h"

/* RFC 3327 5.1: what an agent knows beyond RFC 3261. */
#define AGENT_SUPPORTED "path"
/* … and its calls: RFC 3891 6.2, RFC 3911 7.2, RFC 6228 4; and, unless it is
 * told not to (agent/reliable.h), RFC 3262. */
#define AGENT_CALL_SUPPORTED_PLAIN AGENT_SUPPORTED ", replaces, join, 199"
#define AGENT_CALL_SUPPORTED       "100rel, " AGENT_CALL_SUPPORTED_PLAIN

struct agent_ops;

struct agent {
	const struct agent_ops *ops; /* its role's (agent/requests.h) */
	/* The user of server transactions that no call has any more.  It has no
	 * role, so that a CANCEL for one of them is answered 200. */
	struct node_owner owner;
	struct node *node; /* borrowed */
	char *aor;         /* "sip:alice@atlanta.example.com" */
	char *canonical;   /* the same as 10.3 compares it */
	char *identity;    /* From value without tag */
	/* Contacts, whole values: of dialogs that came about by that transport;
	 * the first also else, asking for what the node likes best. */
	char *contacts[ADDR_TRANSPORTS];
	char *service_route; /* RFC 3608: whole values with commas; or NULL */
	struct list clients; /* requests under way */
	struct map *by_request; /* server transaction by 8.2.2.2's key */
	struct map *by_prack;   /* that of a refused INVITE, by the PRACK that
				   is still to come (agent/reliable.h) */
	struct buf key;         /* scratch, for keys of maps */
	struct agent_keyring keys;
	/* Its calls (agent/call.h), and those that only acknowledge. */
	struct list calls, over;
	struct map *by_name, *by_dialog; /* call by name; Call-ID and tags */
	unsigned next_call;
	/* Its subscriptions: those that it asked for (agent/subscriber.h), by
	 * name and by what was asked, and those of others
	 * (agent/notifier.h). */
	struct list subscribers, notifiers;
	struct map *by_subscription, *by_ask;
	unsigned next_subscription;
	unsigned nnotifiers; /* in `notifiers` */
	struct sip_sdp_ports rtp;
};

/* All zero before.  OPS is borrowed.  0 or ERR_NOMEM; agent_end either way. */
int
agent_begin(struct agent *agent, struct node *n, const struct agent_ops *ops);
/* Drops its requests, and frees what it holds; its calls are gone before
 * (agent_calls_end). */
void agent_end(struct agent *agent);
/* Its node has another address, and its Contact with it.  0 or ERR_NOMEM. */
int agent_moved(struct agent *agent);

/* The Contact of its requests outside of dialogs. */
const char *agent_contact(const struct agent *agent);
struct sim *agent_sim(const struct agent *agent);
/* The Contact of a user agent's node, a whole value, also while it is down; the
 * caller frees.  NULL when out of memory. */
char *agent_contact_of(const struct node *n);
void agent_fail_memory(const struct agent *agent);
/* Tells who watches that the node is in STATE. */
void agent_tell(struct agent *agent, const char *state);
/* Starts a transaction for REQUEST; 0, or why it can't be sent (recorded). */
int agent_send(struct agent *agent, struct sip_bytes *request,
    const struct addr *dst, enum rule_id why,
    const struct sip_transaction_ops *ops, void *arg,
    struct sip_transaction **tr);
/* Records that AT, a URI or a header field, is not used, and why. */
void agent_note_bad(struct agent *agent, enum rule_id why,
    enum trace_refusal refusal, struct str at);
/* The record of a setting that does VERB on OBJECT by itself; what follows has
 * it as its cause. */
void agent_note_act(struct agent *agent, const char *verb, const char *object);

/* 8.1.1: a request outside of dialogs.  SPEC has method, Request-URI, header
 * fields, body, a Contact where that is none of AGENT's own, Call-ID and CSeq
 * where it is not the first of its kind; TAG is that of its From.  To is the
 * Request-URI, the Call-ID else a new one, the Routes those that are preloaded.
 * R's bytes are the caller's.  0, ERR_NOMEM, ERR_SYNTAX.
 */
int agent_request_build(struct agent *agent, struct sip_request_spec spec,
    struct str tag, struct agent_request *r);

/* A key for one of AGENT's maps: the parts, of which the last may be empty,
 * into agent->key. */
struct str
agent_write_key(struct agent *agent, struct str a, struct str b, struct str c);

/* ---- where requests go (agent/route.c) ---- */

/* Preloaded Routes: whole values, slices of `text`. */
#define AGENT_SERVICE_ROUTES 70 /* of a Service-Route, no more are taken */
#define AGENT_ROUTES         (AGENT_SERVICE_ROUTES + 1)
struct agent_routes {
	struct buf text;
	struct str list[AGENT_ROUTES];
	size_t n;
};
/* The outbound proxy, and with SERVICE what the registrar gave.  0 or
 * ERR_NOMEM; free R->text either way. */
int
agent_preload(const struct agent *agent, bool service, struct agent_routes *r);
/* The I-th outbound proxy (RFC 3263 4.3: the next when one fails), or NULL. */
const struct node *agent_outbound(const struct agent *agent, size_t i);
/* PROXY as a Route value. */
void agent_write_route(
    const struct agent *agent, const struct node *proxy, struct buf *out);
/* RFC 3608 6.1: the Service-Route of M, a 2xx to REGISTER, or none. */
void agent_take_service_route(struct agent *agent, const struct msg *m);
/* 26.2.2: what a sips URI asks for does not exist here. */
bool agent_wants_tls(struct str uri);
/* The Route that BYTES, a request, goes to: its first; STR_NULL where it has
 * none, or is STRICT (12.2.1.1).  Valid while BYTES are. */
struct str
agent_first_route(struct agent *agent, struct sip_bytes *bytes, bool strict);
/* TARGET, as a script names somebody, as a URI: the name of a user agent means
 * its address-of-record, that of a server its address, any other bare word
 * somebody of the own domain.  0,
 * ERR_NOMEM, ERR_SYNTAX. */
int agent_write_target(
    const struct agent *agent, const char *target, struct buf *out);
/* What R is sent to: its first Route's URI, or its Request-URI (8.1.2). */
struct str
agent_request_next(struct agent *agent, const struct agent_request *r);
/* Asks where that is (node/locate.h). */
void agent_locate(struct agent *agent, const struct agent_request *r,
    node_located_fn *fn, void *arg, struct node_question *q);
/* The way of a request outside of dialogs with ROUTE (may be empty) first. */
struct agent_way
agent_find_way(const struct agent *agent, struct str uri, struct str route);
/* The record that URI leads to DST; it causes what follows. */
void agent_record_way(struct agent *agent, const struct agent_way *way,
    struct str uri, const struct addr *dst);

/* ---- merged requests: 8.2.2.2 (agent/merged.c) ---- */

/* IN, without a To tag, is remembered until its transaction ends; false: one
 * like it was before, and IN is a copy. */
bool agent_request_keep(struct agent *agent, const struct sip_in *in);
/* The agent takes the place of TR's user, which gets no more callbacks. */
void agent_request_leave(struct agent *agent, struct sip_transaction *tr);
/* TR has ended. */
void
agent_request_forget(struct agent *agent, const struct sip_transaction *tr);

#endif
