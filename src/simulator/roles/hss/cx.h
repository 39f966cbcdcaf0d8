/*
 * The Cx interface (TS 29.228): how a registrar and a proxy of an IMS network,
 * its S-CSCF and I-CSCF, ask the home subscriber server that their attribute
 * `hss` names, and how that asks them in turn, where their questions came from:
 * RTR, PPR.  A question is one datagram (docs/roles/hss.md); where no answer
 * comes it is retransmitted, CX_TRIES times in all, CX_RETRY_NS apart.
 */
#ifndef ROLES_HSS_CX_H
#define ROLES_HSS_CX_H

#include "diameter/diameter.h"
#include "node/node.h"

#define CX_TRIES    3
#define CX_RETRY_NS (1000 * SIM_MS)

struct cx_client;

/* M, a question that has come: how it goes. */
typedef enum diameter_value cx_serve_fn(const struct diameter *m, void *arg);

/* Asks the hss of N; *C is NULL where it has none.  SERVE (NULL: no command is
 * known) answers what that asks. */
int cx_client_create(
    struct cx_client **c, struct node *n, cx_serve_fn *serve, void *arg);
/* Of the hss N itself, which asks by its SOCK, lent. */
int cx_client_create_home(
    struct cx_client **c, struct node *n, struct net_sock *sock);
/* D, which has come by that, with M, an answer. */
void cx_client_take(struct cx_client *c, const struct net_datagram *d,
    const struct diameter *m);
/* Questions still open are forgotten; their functions are not called. */
void cx_client_destroy(struct cx_client *c);

/* ANSWER is NULL where none came, or none that could be read. */
typedef void cx_fn(const struct diameter *answer, void *arg);

/* Begins N's answer V to QUESTION (RFC 6733 6.2, 7.1.5). */
void cx_begin_answer(struct node *n, const struct diameter *question,
    enum diameter_value v, struct buf *out);
/* Ends OUT, the answer to D, which had FAULT, and sends it by SOCK. */
void cx_send_answer(struct node *n, struct net_sock *sock,
    const struct net_datagram *d, enum diameter_fault fault, struct buf *out);
/* Begins a question in OUT, of ABOUT, a public identity (empty: none). */
void cx_begin(struct cx_client *c, enum diameter_command command,
    struct str impi, struct str about, struct buf *out);
/* Ends and sends QUESTION, which is freed; FN is called exactly once, unless
 * the client goes before; it may be NULL.  0 or ERR_NOMEM. */
int cx_ask(struct cx_client *c, struct str about, struct buf *question,
    cx_fn *fn, void *arg);
/* Sends the hss's request to TO. */
int cx_ask_at(struct cx_client *c, const struct addr *to, struct str about,
    struct buf *question);

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
/* The public identities of PROFILE (TS 29.228 annex B) as values of
 * P-Associated-URI (RFC 7315 4.1), appended to OUT.  0, ERR_SYNTAX, ERR_NOMEM.
 */
int cx_read_profile(struct str profile, struct buf *out);

#endif
