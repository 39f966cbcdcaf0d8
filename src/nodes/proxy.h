/* What the files of the stateful proxy share. */
#ifndef NODES_PROXY_H
#define NODES_PROXY_H

#include "base/list.h"
#include "nodes/location.h"
#include "nodes/proxy_acks.h"
#include "nodes/node.h"
#include "nodes/world.h"
#include "sip/defaults.h"

/* RFC 4320 4.1: how long Timer E takes to grow from T1 to T2. */
#define PROXY_100_NS (SIP_T2_NS - SIP_T1_NS)

struct proxy {
	struct node *node;
	struct location_client *location;
	struct proxy_acks *acks;
	struct list contexts;
};

/* X(ID, name in the trace, rule): the timers of a response context. */
#define PROXY_TIMERS(X)                          \
	X(C, "C", RULE_PROXY_TIMER_C)            \
	X(CANCEL, "cancel", RULE_CANCEL_TIMEOUT) \
	X(100, "100", RULE_PROXY_100_LATE)

enum proxy_timer {
#define X(id, name, why) PROXY_TIMER_##id,
	PROXY_TIMERS(X)
#undef X
	    PROXY_TIMER_COUNT
};

/*
 * The response context of 16.7: one request being proxied, with its server
 * transaction and its branch.  An ACK that waits for the location service has
 * neither.
 */
struct proxy_context {
	struct node_owner owner; /* role_proxy */
	struct list link;
	struct proxy *proxy;
	struct sip_bytes *request;      /* as received, 16.4 done */
	uint64_t recv;                  /* its recv record */
	struct sip_transaction *server; /* NULL once it has ended */
	struct sip_transaction *client; /* NULL before and after */
	struct sip_bytes *sent;         /* the branch's request */
	bool invite;
	bool ack;           /* no answer, no transaction */
	bool provisional;   /* the branch has answered with 1xx */
	bool final;         /* a final response went upstream */
	bool cancel_wanted; /* upstream has sent CANCEL */
	bool cancelled;     /* CANCEL is out */
	bool asking;        /* the location service */
	sim_event timers[PROXY_TIMER_COUNT];
	char branch[80];
};

/* The next hop of a request, and why. */
struct proxy_target {
	struct str uri; /* the new Request-URI; empty: unchanged */
	bool own_route; /* the first Route names this proxy */
	struct addr dst;
	const char *how; /* in the trace */
	enum trace_rule why;
};

/* proxy_target.c: 16.5 and 16.6 step 7, for what needs no question.  0,
 * ERR_NOTFOUND (no address), or ERR_UNSUPPORTED: the location service must be
 * asked for the Request-URI. */
int proxy_choose(
    const struct proxy *p, const struct msg *m, struct proxy_target *t);
/* Writes the route record, which causes what follows. */
void proxy_record_route(
    const struct proxy *p, const struct msg *m, const struct proxy_target *t);
/* The copy to forward: *OUT with one reference. */
int proxy_build(const struct proxy *p, const struct msg *m,
    const struct proxy_target *t, struct str branch, struct sip_bytes **out);

/* proxy_strict.c */
/* 16.4: the request as it was before a strict router put this proxy's
 * Record-Route into the Request-URI: *OUT with one reference, NULL where M is
 * as it should be.  0, ERR_NOMEM. */
int proxy_undo_strict(
    const struct proxy *p, const struct msg *m, struct sip_bytes **out);

/* proxy.c */
/* 16.6, without a transaction: an ACK for a 2xx. */
void proxy_forward_ack(struct proxy *p, const struct msg *m, uint64_t recv,
    const struct proxy_target *t);
void proxy_take_ack(struct proxy *p, const struct sip_in *in);

/* proxy_context.c */
/* NULL when out of memory. */
struct proxy_context *
proxy_context_new(struct proxy *p, const struct sip_in *in);
void proxy_context_free(struct proxy_context *c);
/* Frees it unless a transaction or the location service still needs it. */
void proxy_context_release(struct proxy_context *c);
/* Its request, valid until the next one is read. */
const struct msg *proxy_context_request(struct proxy_context *c);
/* Forwards the context's request to T. */
void
proxy_context_forward(struct proxy_context *c, const struct proxy_target *t);
/* Answers the request itself. */
void proxy_context_answer(
    struct proxy_context *c, unsigned status, enum trace_rule why);
/* 16.10: upstream has sent a CANCEL. */
void proxy_context_cancel(struct proxy_context *c);

#endif
