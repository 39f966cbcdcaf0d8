/*
 * What the files of the proxy share.  RFC 3261 section 16.
 *
 *   proxy.c            life, and the dispatch of requests
 *   proxy_target.c     16.3: which requests are rejected; loops (RFC 5393)
 *                      16.4: what a strict router did to the request; 16.5,
 *                      16.6: where a copy goes, and the copy
 *   proxy_context.c    16.7: the response context: targets, branches, answers
 *   proxy_branch.c     16.6 to 16.8: one copy, its responses and timers
 *   proxy_best.c       early dialogs that end before the request (RFC 6228);
 *                      16.7 step 6: which response is the best; why a branch
 *                      is cancelled (RFC 3326); 16.7 step 4: going on where a
 *                      3xx points
 *   proxy_identity.c   who a message is from, and who may know (RFC 3325)
 *   proxy_history.c    whom it was for before (RFC 7044, RFC 5806)
 *   proxy_service.c    who may call whom (RFC 5359); what users want done
 *                      with their calls (RFC 5359)
 *   proxy_flow.c       flows to phones (RFC 5626), and noted addresses;
 *                      session timers (RFC 4028 8)
 *   proxy_overload.c   RFC 7339: less is sent to who asks for less
 *   proxy_program.c    what a program decides in its place; whether the
 *                      servers are there that it watches
 *   proxy_enum.c       which S-CSCF has a user of an IMS network
 *   proxy_stateless.c  16.6 step 8: the branch parameter of a copy; 16.11,
 *                      and 16.10: a CANCEL for nothing that is known; what was
 *                      forwarded without a transaction
 */
#ifndef ROLES_PROXY_PROXY_IN_H
#define ROLES_PROXY_PROXY_IN_H

#include "base/list.h"
#include "node/node_auth.h"
#include "node/locate.h"
#include "node/node.h"
#include "node/overload.h"
#include "node/program.h"
#include "node/resolver.h"
#include "node/world.h"
#include "roles/location/location.h"
#include "sip/defaults.h"
#include "sip/forward.h"

/* RFC 4320 4.1: how long Timer E takes to grow from T1 to T2. */
#define PROXY_100_NS (SIP_T2_NS - SIP_T1_NS)
/* Targets of one request, those of redirections included. */
#define PROXY_TARGETS 100
/* Services that give a call targets (proxy_service.c). */
#define PROXY_SERVICES 4

struct cx_client;
struct proxy_acks;
struct proxy_branch;
struct proxy_context;
struct proxy_target;

extern const struct node_role role_proxy;

struct proxy {
	struct node *node;
	struct program *program; /* says where requests go; NULL: nothing */
	struct auth *auth;
	struct location_client *location;
	struct cx_client *home; /* NULL: no hss */
	struct proxy_acks *acks;
	struct list contexts;
	size_t ncontexts;
	struct list probes;        /* of servers (proxy_program.c) */
	struct overload *overload; /* NULL: no rate, no overload control */
};

/* proxy_stateless.c: the ACKs that a proxy has forwarded lately.  They have no
 * transaction (16.6), so nothing else can tell that one is a repetition; older
 * ones than 64*T1 are forgotten, since a 2xx is not repeated for longer. */
/* Borrows SIM. 0 or ERR_NOMEM. */
int proxy_acks_create(struct proxy_acks **a, struct sim *sim);
void proxy_acks_destroy(struct proxy_acks *a);

/* ---- where a copy goes ---- */

struct proxy_hop {
	struct str uri;       /* the new Request-URI; empty: unchanged */
	struct str path;      /* Routes to put first (RFC 3327); may be empty */
	unsigned drop_routes; /* of the first Routes, that name this proxy */
	struct str next;      /* what it is sent to, by node_locate … */
	struct addr dst;      /* … which is here; where NEXT is empty, it is
				 known without asking */
	const char *how;      /* in the trace */
	enum rule_id why;
	unsigned breadth; /* the copy's share of Max-Breadth; 0: all of it */
	const struct sip_change *change; /* of the copy's fields, or NULL */
	const struct addr *src, *at;     /* from where the request came, and to
					    which     own address; or NULL */
	/* RFC 5626: a Route had a flow token, and its fault. */
	bool token;
	unsigned refused;     /* 0: it may go; else the status */
	const char *instance; /* of the phone that it is a flow to, or NULL */
};

/* proxy_target.c */
/* 16.5 and 16.6 step 7: H, of slices of M, which came from SRC.  False: the
 * location service must be asked for the Request-URI; H is filled in except for
 * `uri`, `path` and `next` then. */
bool proxy_choose(const struct proxy *p, const struct msg *m,
    const struct addr *src, struct proxy_hop *h);
/* H leads to T, whose texts it borrows. */
void proxy_aim(
    const struct proxy *p, struct proxy_hop *h, const struct proxy_target *t);
/* Asks where H leads (node/locate.h). */
void proxy_locate(const struct proxy *p, const struct proxy_hop *h,
    node_located_fn *fn, void *arg, struct node_question *q);
/* Writes the route record, which causes what follows. */
void proxy_trace_route(
    const struct proxy *p, const struct msg *m, const struct proxy_hop *h);
/* The copy to forward (16.6 steps 1 to 8): *OUT with one reference. */
int proxy_build(const struct proxy *p, const struct msg *m,
    const struct proxy_hop *h, struct str branch, struct sip_bytes **out);
/* RFC 5393 5.3.3: how many branches M may have at once from here on. */
unsigned proxy_breadth(const struct msg *m);

/* proxy_flow.c: RFC 5626 5, 7; addresses that are noted in Contacts */
/* P handles flow tokens: it is a first hop of phones, or phones have registered
 * here. */
bool proxy_knows_flows(const struct proxy *p);
/* ROUTE, a Route of M's that names P, may have a flow token: where H goes, if
 * M is not from there. */
void proxy_flow_take(const struct proxy *p, struct str route,
    const struct addr *src, struct proxy_hop *h);
/* The way over M's flow is appended to OUT: for Path where M is a REGISTER, or
 * for Record-Route; nothing where M has not come over one, and goes over none.
 */
void proxy_flow_write(const struct proxy *p, const struct msg *m,
    const struct proxy_hop *h, struct buf *out);
/* H goes to the address that is noted in its URI, URI. */
void
proxy_alias_take(const struct proxy *p, struct str uri, struct proxy_hop *h);
/* From where M has come is noted in its Contact: CHANGE, with TEXT. */
void proxy_alias_note(const struct proxy *p, const struct msg *m,
    const struct addr *src, struct sip_change *change, struct buf *text);
/* B's answer is that of a flow that has failed: the next to the same instance
 * has its turn. */
bool proxy_flow_next(struct proxy_branch *b, unsigned status);
/* URI names an instance of a phone (RFC 5627 3.1). */
bool proxy_is_gruu(struct str uri);
/* The targets that bindings FOUND are for C, a flow each of several to one
 * instance; how many there are. */
size_t proxy_flow_targets(
    struct proxy_context *c, const struct location_contacts *found);

/* proxy_target.c: 16.3.  0, or the status to reject with. */
unsigned
proxy_validate(const struct proxy *p, const struct msg *m, enum rule_id *why);
/* RFC 5393 4.2.1: the second part of a branch: what the choice of the target
 * depends on, as text. */
void proxy_write_loop_part(const struct msg *m, struct buf *out);

/* proxy_flow.c: RFC 4028 8 */
/* P is not stateless and has the attribute session_expires or min_se. */
bool proxy_session_knows(const struct proxy *p);
/* The Min-SE with which M is rejected by 422; 0: it is not. */
uint32_t proxy_session_refusal(const struct proxy *p, const struct msg *m);
/* What Session-Expires and Min-SE of M's copy are; 0: they stay as they are, or
 * there are none. */
struct proxy_session {
	uint32_t interval, least;
};
void proxy_session_change(
    const struct proxy *p, const struct msg *m, struct proxy_session *s);
/* The lines that M, a response to REQUEST, gets on its way upstream. */
void proxy_session_answer(const struct proxy *p, const struct msg *request,
    const struct msg *m, struct buf *lines);

/* proxy_target.c */
/* 16.4: the request as it was before a strict router put this proxy's
 * Record-Route into the Request-URI: *OUT with one reference, NULL where M is
 * as it should be.  0, ERR_NOMEM. */
int proxy_undo_strict(
    const struct proxy *p, const struct msg *m, struct sip_bytes **out);
/* 16.4: the same for a maddr in the Request-URI that names this proxy. */
int proxy_undo_maddr(
    const struct proxy *p, const struct msg *m, struct sip_bytes **out);

/* proxy.c */
/* 16.5 for an ACK or a CANCEL without a transaction: asks the location service,
 * and forwards to the best target alone. */
void proxy_ask_alone(struct proxy *p, const struct sip_in *in);
/* The same where the way is known: IN goes where H, whose slices are IN's,
 * leads; where that is nowhere STATUS is the answer, by WHY. */
void proxy_forward_alone(struct proxy *p, const struct sip_in *in,
    const struct proxy_hop *h, unsigned status, enum rule_id why);
void proxy_take_ack(struct proxy *p, const struct sip_in *in);

/* proxy_stateless.c */
/* Of what a repetition of M, its ACK and its CANCEL have as M has it (RFC 3263
 * 4.4); not 0. */
uint64_t proxy_hash_request(const struct msg *m);
/* The branch of M's copy to TARGET (empty: its own Request-URI). */
void proxy_write_branch(const struct proxy *p, const struct msg *m,
    struct str target, struct buf *out);

/* proxy_stateless.c */
static inline bool
proxy_is_stateless(const struct proxy *p)
{
	return node_attr_bool(p->node, "stateless", false);
}

/* 16.11: forwards IN, or answers it without a transaction. */
void proxy_stateless_request(struct proxy *p, const struct sip_in *in);
void proxy_forward_stateless(
    struct proxy *p, const struct sip_in *in, const struct proxy_hop *h);
void proxy_refuse_stateless(struct proxy *p, const struct sip_in *in,
    unsigned status, enum rule_id why);
void proxy_stateless_response(struct proxy *p, const struct sip_in *in);
/* Sends B to DST without a transaction.  A second message with
 * the same KEY is recorded as a repetition of the first.  0 or ERR_NOMEM. */
int
proxy_send_alone(struct proxy *p, struct sip_bytes *b, const struct addr *dst,
    const struct sip_origin *origin, const struct buf *key);

/* ---- the response context ---- */

/* One of the target set (16.5). */
struct proxy_target {
	struct list link; /* in the context, the highest q first */
	char *uri;
	char *secure; /* the sips Contact that URI was, which is where it goes;
			 or NULL */
	char *path;   /* Route values that lead there, or NULL */
	char *instance; /* of the phone that it is a flow to, or NULL */
	bool spare;     /* another flow there is tried before it */
	unsigned q;     /* 0 to 1000 */
	const char *how;
	enum rule_id why;
	bool started;
	/* It has no turn: it waits so long, or until no other is left. */
	int64_t due;                   /* 0: it has a turn */
	struct proxy_context *context; /* where it has none … */
	sim_event later;               /* … until DUE */
};

/* X(ID, name in the trace, rule, what fires): the timers of a branch. */
#define PROXY_TIMERS(X)                                            \
	X(C, "C", RULE_PROXY_TIMER_C, branch_timer_c)              \
	X(CANCEL, "cancel", RULE_CANCEL_TIMEOUT, branch_cancelled) \
	X(RING, "ring", RULE_PROXY_RING_TIME, branch_rang)         \
	X(SILENT, "silent", RULE_PROXY_SILENT, branch_silent)

enum proxy_timer {
#define X(id, name, why, fn) PROXY_TIMER_##id,
	PROXY_TIMERS(X)
#undef X
	    PROXY_TIMER_COUNT
};

struct proxy_branch {
	struct list link; /* in the context, in order of sending */
	struct proxy_context *context;
	struct proxy_hop hop; /* slices of the request, or of a target */
	struct node_question where;
	bool direct;   /* no proxy stands between this one and its target */
	bool starting; /* proxy_branch_start is at work, whose caller goes on */
	struct sip_transaction *client; /* NULL once it has ended */
	bool provisional;               /* it has answered with 1xx */
	bool answered;  /* the same, where 100 has come for a non-INVITE as well
			 */
	bool kept_back; /* a place has asked for less: another may have it */
	bool moving;    /* the copy goes to another place … */
	bool seeking;   /* … if that is known at once … */
	int moved;      /* … which was 0, or why it could not … */
	unsigned lost;  /* … since at the last one it has failed so */
	bool passed_over; /* the next target has its turn, though this one
			     lives: it has said nothing that could be
			     cancelled */
	enum rule_id cancel_wanted; /* when a provisional comes (9.1), and
					  why; RULE_NONE: not */
	bool cancelled;             /* CANCEL is out */
	bool recursed;    /* its 3xx, or the program for its number, gave new
			     targets */
	bool told;        /* its failure, to the program */
	unsigned breadth; /* its share of Max-Breadth */
	unsigned status;  /* final; 0: none yet */
	struct sip_bytes *response; /* NULL: none came, STATUS is ours */
	uint64_t route;             /* the record of where it goes */
	struct list early;          /* its early dialogs (proxy_best.c) … */
	unsigned nearly;            /* … and how many they are */
	char *history;    /* RFC 7044: entries below its own, or NULL */
	uint64_t recv;    /* of that response */
	enum rule_id why; /* where STATUS is ours */
	sim_event timers[PROXY_TIMER_COUNT];
	char id[128]; /* branch parameter */
};

/*
 * The response context of 16.7: one request being proxied, with its server
 * transaction, its targets and its branches.  An ACK, or a CANCEL for
 * nothing known, that waits for the location service has neither transaction
 * nor branch.
 */
struct proxy_context {
	struct node_owner owner; /* role_proxy */
	struct list link;
	struct proxy *proxy;
	struct sip_bytes *request;      /* as received, 16.4 done */
	uint64_t recv;                  /* its recv record */
	struct addr src;                /* where it came from … */
	struct addr at;                 /* … and to which own address */
	struct sip_transaction *server; /* NULL once it has ended */
	struct list targets, branches;
	size_t ntargets;
	bool invite;
	bool sips;          /* its Request-URI came as one */
	unsigned warning;   /* of RFC 5630 5.3: why a target was not taken; 0 */
	bool alone;         /* no transaction: an ACK, or a CANCEL for nothing
			       that is known here (16.10) */
	bool responsible;   /* the target set is this proxy's to extend */
	bool final;         /* a final response went upstream */
	bool closed;        /* no new branches (16.7 step 5, 16.10) */
	bool cancel_wanted; /* upstream has sent CANCEL … */
	char *reason;       /* … and its Reason, or NULL */
	bool told_181;      /* that the call goes elsewhere */
	bool asked;         /* the program, about the request … */
	bool programmed;    /* … which has given targets … */
	unsigned turns;     /* … in so many groups … */
	int64_t within_ns;  /* … which are to say something by then; 0 … */
	struct proxy_edits *edits; /* … and changes fields; or NULL */
	/* … or has rejected the request while branches were pending; owned */
	struct program_answer *verdict;
	char *who; /* the address-of-record of its sender, proved by a password
		      or vouched for (RFC 3325); or NULL */
	const struct node *user; /* whose services it gets, or NULL */
	/* RFC 7044: NULL where there is nothing of it. */
	char *history_base;     /* the index of the request received */
	char *history_got;      /* the entries that came with it … */
	char *history_own;      /* … and one for who wrote none */
	struct str history_uri; /* the Request-URI, of `request` */
	bool history_back;      /* it goes into responses */
	bool history_private;
	unsigned services_done; /* bits of the services done */
	bool asking;            /* the location service, or the DNS … */
	bool by_number;         /* … for a telephone number */
	struct resolver_wait number;
	bool starting; /* a group of targets is being started */
	sim_event timer_100;
	int64_t patience;     /* of an INVITE: until it gets a 100, or 0 */
	struct proxy_hop hop; /* alone: where it goes */
	struct node_question where;
	unsigned unlocated; /* the status where that is nowhere … */
	enum rule_id why;   /* … and why */
};

/* proxy_enum.c */
/* A request for C may go on to U, which is URI; else a record says why not. */
bool proxy_sips_fits(
    struct proxy_context *c, const struct msg_uri *u, struct str uri);
/* T's sips URI becomes one of sip, "leaving the rest of the URI as is"; the
 * request goes where the other leads to.  0 or ERR_NOMEM. */
int proxy_sips_plain(struct proxy_target *t);
/* 480 by WHY; with a Warning where a target's scheme was wrong. */
void proxy_context_answer_480(struct proxy_context *c, enum rule_id why);

/* proxy_enum.c: the same by the home subscriber server: which S-CSCF has whom
 * C's request is for. */
void proxy_ask_home(struct proxy_context *c);

/* proxy_enum.c */
/* URI is a telephone number that P looks up in the DNS. */
bool proxy_is_number(const struct proxy *p, struct str uri);
/* Does so for C's Request-URI; proxy_take_targets gets what it leads to, before
 * this returns or later. */
void proxy_ask_number(struct proxy_context *c);
/* proxy.c: the location service, or where such users are known, is asked for
 * C's Request-URI; C may be gone afterwards. */
void proxy_ask_location(struct proxy_context *c);
/* A location_fn of C. */
void proxy_take_targets(enum location_status status,
    const struct location_contacts *found, void *c);

/* proxy_context.c */
/* NULL when out of memory. */
struct proxy_context *
proxy_context_new(struct proxy *p, const struct sip_in *in);
void proxy_context_free(struct proxy_context *c);
/* Frees it unless a transaction, the location service or a pending lookup still
 * needs it: they are asked, there is no count of references (`ref`). */
void proxy_context_release(struct proxy_context *c);
/* RFC 3261 17.2.1: after how long its INVITE gets a 100; 0: at once. */
int64_t proxy_context_patience(struct proxy_context *c);
/* Its request, valid until the next one is read. */
static inline const struct msg *
proxy_context_request(struct proxy_context *c)
{
	return world_read(c->proxy->node->world, c->request);
}

/* Adds a URI that is not in the target set yet.  True where it was added. */
bool proxy_context_add(struct proxy_context *c, struct str uri, struct str path,
    unsigned q, const char *how, enum rule_id why);
/* The same by C's program, of one that waits for AFTER_NS. */
bool proxy_context_add_later(
    struct proxy_context *c, struct str uri, struct str path, int64_t after_ns);
/* The same of a flow to INSTANCE, whether or not the URI is in it; SPARE:
 * another one has its turn before it. */
bool proxy_context_add_flow(struct proxy_context *c,
    const struct location_contact *l, bool spare, enum rule_id why);
/* T goes out now, with BREADTH of Max-Breadth. */
void proxy_context_start(
    struct proxy_context *c, struct proxy_target *t, unsigned breadth);
/* Goes on: starts the branches that are due, or answers when there is nothing
 * to wait for. */
void proxy_context_go(struct proxy_context *c);
/* One single target, which is no more than the way to the Request-URI. */
void proxy_context_forward(struct proxy_context *c, const struct proxy_hop *h);
/* A branch of C has learnt, later, whether its target has an address. */
void proxy_context_located(struct proxy_context *c);
/* Answers the request itself. */
void proxy_context_reply(struct proxy_context *c,
    const struct sip_response_spec *spec, enum rule_id why);
void proxy_context_answer(
    struct proxy_context *c, unsigned status, enum rule_id why);
/* 16.7 step 5 and 10: no new branches, the pending ones are cancelled, by WHY.
 */
void proxy_context_close(struct proxy_context *c, enum rule_id why);
/* 16.10: upstream has sent a CANCEL. */
void proxy_context_cancel(struct proxy_context *c);
/* 16.7 steps 3 to 9: passes a response of B up, with ADD, whole lines (may be
 * empty). */
void proxy_context_pass(struct proxy_branch *b, const struct msg *m,
    uint64_t recv, struct str add, enum rule_id why);
/* The server transaction ends without an answer (RFC 4320 4.2). */
void proxy_context_abandon(struct proxy_context *c);

/* proxy_overload.c: RFC 7339 */
/* P has the attribute throughput or oc.  0 or ERR_NOMEM. */
int proxy_overload_start(struct proxy *p);
void proxy_overload_stop(struct proxy *p);
/* C's request may go to DST; else the record of why not, which causes what
 * follows. */
bool proxy_overload_passes(struct proxy_context *c, const struct addr *dst);
/* DST has asked for less (5.10). */
bool proxy_overload_is_asked(const struct proxy *p, const struct addr *dst);
/* P takes part. */
bool proxy_overload_says(const struct proxy *p);
/* CHANGE, of a response to C's request, keeps what Vias say of overload from
 * going on (5.4), and gives the next one back into PARAMS what its client had
 * offered and the copy of the request had not (5.6). */
void proxy_overload_change(
    struct proxy_context *c, struct sip_change *change, struct buf *params);

/* proxy_branch.c */
/* Goes out to where H leads, as soon as that is known. */
void proxy_branch_start(struct proxy_context *c, const struct proxy_hop *h);
/* Adds a branch that could not be started, with STATUS for an answer. */
void
proxy_branch_fail(struct proxy_context *c, unsigned status, enum rule_id why);
void proxy_branch_free(struct proxy_branch *b);
/* While other targets wait for their turn, B, if it is still pending, may ring
 * for ring_time only. */
void proxy_branch_limit_ringing(struct proxy_branch *b);
/* 9.1: at once, or when a provisional response has come. */
void proxy_branch_cancel(struct proxy_branch *b, enum rule_id why);

/* proxy_best.c: RFC 6228 6 */
/* M, a provisional response of B, goes up. */
void proxy_early_note(struct proxy_branch *b, const struct msg *m);
/* B has a rejection, STATUS: where the request goes on without it, the caller
 * hears that its early dialogs are over. */
void proxy_early_end(struct proxy_branch *b, unsigned status);
void proxy_early_free(struct proxy_branch *b);

/* proxy_best.c: 16.7 steps 6 to 8, when all branches have an answer. */
void proxy_answer_best(struct proxy_context *c);

/* proxy_best.c: 16.7 step 4.  True where the 3xx gave new targets. */
bool proxy_recurse(struct proxy_context *c, const struct msg *m);
/* 21.1.3: the caller hears that the call goes elsewhere. */
void proxy_tell_181(struct proxy_context *c);

/* proxy_best.c */
/* CANCEL, from upstream, may say why. */
void proxy_take_reason(struct proxy_context *c, const struct msg *cancel);
/* The Reason of a CANCEL by WHY, appended to OUT; nothing where there is none.
 */
void proxy_write_reason(
    const struct proxy_context *c, enum rule_id why, struct buf *out);

/* proxy_identity.c: RFC 3325, RFC 3323 */
/* The first phone that URI names, or its user, and whose attribute ATTR is
 * VALUE, or is there at all (VALUE NULL); or NULL. */
const struct node *proxy_find_user(
    const struct proxy *p, struct str uri, const char *attr, const char *value);
/* WHAT is a value of M's Privacy. */
bool proxy_wants_privacy(const struct msg *m, const char *what);
/* A remark, TEXT and VALUE: what P does to a message beyond forwarding it, by
 * WHY. */
void proxy_note(const struct proxy *p, const char *text, struct str value,
    enum rule_id why);
/* A request is rejected since it wants more privacy than there is here. */
bool proxy_identity_refuse(struct proxy *p, const struct sip_in *in);
/* Sets the sender of C's request: USER has been proved, or is empty. */
void proxy_identity_take(struct proxy_context *c, struct str user);
/* What becomes of the identities in M, which goes from FROM to TO: CHANGE, with
 * lines appended to TEXT. */
void proxy_identity_change(const struct proxy_context *c, const struct msg *m,
    const struct addr *from, const struct addr *to, struct sip_change *change,
    struct buf *text);

/* proxy_history.c: RFC 7044, RFC 5806 */
void proxy_history_take(struct proxy_context *c);
void proxy_history_free(struct proxy_context *c);
/* The line that B's copy of M has, appended to OUT. */
void proxy_history_request(
    const struct proxy_branch *b, const struct msg *m, struct buf *out);
/* What M, a response of B, tells upstream: CHANGE, with a line appended to OUT.
 */
void proxy_history_response(struct proxy_branch *b, const struct msg *m,
    struct sip_change *change, struct buf *out);
/* What the proxy's own response with STATUS tells: *FIELD, whose value is in
 * VALUES.  Returns the number of fields, 0 or 1. */
size_t proxy_history_reply(struct proxy_context *c, unsigned status,
    struct buf *values, struct sip_header *field);
/* B's copy of M says by whom it was sent elsewhere, likewise. */
void proxy_divert(const struct proxy_branch *b, const struct msg *m,
    struct sip_change *change, struct buf *out);

/* proxy_service.c: RFC 5359 2.13, 2.14.  True where the call may not be: it has
 * been rejected. */
bool proxy_screen(struct proxy_context *c);

/* proxy_program.c */
/* C's program is asked where its request goes.  True where it has said so, and
 * C goes on or is answered; false where that is left to the proxy. */
bool proxy_program_begin(struct proxy_context *c);
/* All of C's branches have failed: true where the program has said the answer,
 * and that was sent. */
bool proxy_program_conclude(struct proxy_context *c);
/* It is told of the branches that have failed, and may give C new targets. */
void proxy_program_failures(struct proxy_context *c);
/* It hears of branches that fail. */
bool proxy_program_waits(const struct proxy_context *c);
/* What it has changed in C's request, for a copy: CHANGE, with lines appended
 * to LINES. */
void proxy_program_change(const struct proxy_context *c,
    struct sip_change *change, struct buf *lines);
/* The same for M, a response of B, which goes up; the program is asked. */
void proxy_program_reply(struct proxy_branch *b, const struct msg *m,
    struct sip_change *change, struct buf *lines);
void proxy_program_free(struct proxy_context *c);

/* proxy_program.c */
/* Asks from now on whether those are there that P's program watches.  0 or
 * ERR_NOMEM. */
int proxy_health_start(struct proxy *p);
void proxy_health_stop(struct proxy *p);

/* proxy_service.c */
/* A call for a user of the own domain comes in.  True where the user's settings
 * say where it goes: C has those targets. */
bool proxy_service_begin(struct proxy_context *c);
/* All of C's targets have failed.  True where a service has added new ones. */
bool proxy_service_go_on(struct proxy_context *c);
/* C has another target to try when none answers. */
bool proxy_service_waits(const struct proxy_context *c);

#endif
