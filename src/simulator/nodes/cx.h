/*
 * The Cx interface (TS 29.228): how a registrar and a proxy of an IMS network,
 * its S-CSCF and I-CSCF, ask the home subscriber server that their attribute
 * `hss` names.  A question is one datagram (docs/DIAMETER.md); where no answer
 * comes it is sent again, CX_TRIES times in all, CX_RETRY_NS apart.
 */
#ifndef NODES_CX_H
#define NODES_CX_H

#include "diameter/diameter.h"
#include "node/node.h"

#define CX_TRIES    3
#define CX_RETRY_NS (1000 * SIM_MS)

struct cx_client;

/* *C is NULL where N has no hss. */
int cx_client_create(struct cx_client **c, struct node *n);
/* Questions still open are forgotten; their functions are not called. */
void cx_client_destroy(struct cx_client *c);

/* ANSWER is NULL where none came, or none that could be read. */
typedef void cx_fn(const struct diameter *answer, void *arg);

/* How a message of N's begins; a question (S is empty) has a session of its own
 * and goes to N's own realm, an answer has that of the question. */
void
cx_put_origin(struct node *n, const struct diameter *question, struct buf *out);
/* Begins a question in OUT, of ABOUT, a public identity. */
void cx_begin(struct cx_client *c, enum diameter_command command,
    struct str impi, struct str about, struct buf *out);
/* Ends and sends QUESTION, which is freed; FN is called exactly once, unless
 * the client goes before; it may be NULL.  0 or ERR_NOMEM. */
int cx_ask(struct cx_client *c, struct str about, struct buf *question,
    cx_fn *fn, void *arg);

/* What an answer comes to for SIP. */
struct cx_outcome {
	unsigned status; /* 0: it goes on */
	enum rule_id why;
};
struct cx_outcome
cx_judge(enum diameter_command command, const struct diameter *answer);

/* Whom M, a request, is about: its private identity (of Authorization, else
 * that of its To), appended to IMPI, and the canonical address-of-record of its
 * To to IMPU.  0, ERR_SYNTAX, ERR_NOMEM. */
int cx_identities(const struct msg *m, struct buf *impi, struct buf *impu);
/* M, a REGISTER, ends the registration. */
bool cx_ends(const struct msg *m);

#endif
