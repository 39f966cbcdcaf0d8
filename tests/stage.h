/*
 * A world of nodes for tests, and testers in it: hosts without a role that play
 * any peer with bare datagrams.  All hosts hang on one router, 5 ms away each,
 * so that a message takes 10 ms.  Host number i has 192.0.2.i.
 */
#ifndef STAGE_H
#define STAGE_H

#include "base/err.h"
#include "base/mem.h"
#include "check.h"
#include "msg/parts.h"
#include "roles/location/location.h"
#include "node/world.h"
#include "steps.h"
#include "text/json.h"

#include <stdarg.h>
#include <string.h>

#define STAGE_NODES 12
#define TESTER_GOT  200

struct stage {
	struct buf trace;
	struct trace_writer *writer;
	struct world *w;
	struct node *hub;
	struct msg m; /* what was looked at last */
	struct node_result result;
	struct diag d;
};

struct tester {
	struct stage *s;
	struct node *node;
	struct addr addr;
	struct net_sock *sock;
	struct {
		struct buf bytes;
		struct addr src;
		int64_t t;
	} got[TESTER_GOT];
	size_t n;
};

struct addr stage_addr(unsigned host);

/* ATTRS as in "answer=never aor=sip:bob@b.example"; NULL when that fails. */
struct node *stage_add(struct stage *s, const char *name, const char *roles,
    const char *domain, unsigned host, const char *attrs);

/* 0 or ERR_NOMEM; stage_close works either way. */
int stage_try(struct stage *s);
/* The same with a trace of DETAIL. */
int stage_try_as(struct stage *s, enum trace_detail detail);
void stage_open(struct stage *s);
void stage_close(struct stage *s);
struct node *stage_node(struct stage *s, const char *name, const char *roles,
    const char *domain, unsigned host, const char *attrs);

/* Runs on for MS of virtual time; false when the run has failed. */
bool stage_run(struct stage *s, int64_t ms);

/* Verb of a node, or of its call OBJECT; ARGS: key, value, …, NULL. */
int stage_do(struct stage *s, const char *node, const char *verb,
    const char *object, ...);

/* Calls and returns the call's name, "" when that fails. */
const char *stage_call(struct stage *s, const char *node, const char *target);

/* How many lines of the trace hold all of A, B and C (NULL: anything). */
size_t
stage_count(const struct stage *s, const char *a, const char *b, const char *c);

#define KIND(name) "\"kind\":\"" name "\""
#define RULE(name) "\"rule\":\"" name "\""
#define NODE(name) "\"node\":\"" name "\""

/* The last state that the trace tells of a call. */
bool stage_call_is(const struct stage *s, const char *call, const char *state);

/* ---- testers ---- */

void tester_recv(const struct net_datagram *d, void *arg);
void
tester_open(struct stage *s, struct tester *t, const char *name, unsigned host);
void tester_close(struct tester *t);
void tester_send(struct tester *t, const struct addr *dst, struct str bytes);
/* Every LF becomes CRLF. */
void tester_say(struct tester *t, unsigned host, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* A request from T: ID is Call-ID and From tag, BRANCH comes after the cookie.
 * TO is the whole To value; EXTRA whole lines. */
void tester_ask(struct tester *t, unsigned host, const char *method,
    const char *uri, const char *to, const char *id, unsigned cseq,
    const char *branch, const char *extra);

#define CONTACT(host) "Contact: <sip:tester@192.0.2." #host ">\n"

/* The I-th message that T got, read. */
const struct msg *tester_at(struct tester *t, size_t i);
unsigned tester_status(struct tester *t, size_t i);
bool tester_is(struct tester *t, size_t i, const char *method);

/* How many requests METHOD, or responses to it with STATUS, T has got. */
size_t tester_count(struct tester *t, const char *method, unsigned status);

/* Index of the N-th (from 0) of those, TESTER_GOT where there is none. */
size_t
tester_find(struct tester *t, const char *method, unsigned status, size_t n);

/* Answers the I-th message: TAG may be "", EXTRA whole lines. */
void tester_answer(struct tester *t, size_t i, unsigned status, const char *tag,
    const char *extra);

/* The same, where "oc" and "oc-algo" of the top Via become WORDS (RFC 7339). */
void tester_answer_by(
    struct tester *t, size_t i, unsigned status, const char *words);

/* Whether the I-th message has a header field NAME with TEXT in its value. */
bool tester_has(struct tester *t, size_t i, const char *name, const char *text);

/* The To (or From) tag of the I-th message, in a buffer of its own. */
const char *
tester_tag(struct tester *t, size_t i, enum msg_header id, char tag[80]);

#endif
