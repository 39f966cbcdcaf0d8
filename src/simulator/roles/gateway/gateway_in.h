/*
 * A gateway between SIP and the telephone network: RFC 3398.  A call of it is a
 * leg: a call of SIP on one side (agent/call.h), a circuit on the other
 * (roles/gateway/trunk.h), and the machine of RFC 3398 7.2 or 8.2 between them,
 * by the calling side.  Media of the SIP side are its agent's; those of a
 * circuit are not simulated: the telephone's sound is what the gateway sends.
 *
 *   gateway.c       the role, its life, its legs and their timers
 *   gateway_outgoing.c   calls from SIP (7.2)
 *   gateway_incoming.c    calls from the telephone network (8.2)
 *   gateway_isup.c  messages of ISUP that it makes, fields of SIP that it reads
 *                   messages of ISUP in bodies of SIP (RFC 3372)
 */
#ifndef ROLES_GATEWAY_GATEWAY_IN_H
#define ROLES_GATEWAY_GATEWAY_IN_H

#include "agent/requests.h"
#include "roles/gateway/trunk.h"

extern const struct node_role role_gateway;

struct gateway {
	struct agent agent; /* first */
	/* Of calls in, out: what it says of itself is by its attributes. */
	struct agent_call_ops calls[2];
	struct trunks trunks;
	struct list legs;
	unsigned nlegs; /* that there were */
	bool stopping;
};

enum gateway_timer {
	GATEWAY_T7,
	GATEWAY_T9,
	GATEWAY_T10,
	GATEWAY_T11,
	GATEWAY_TIMERS
};

struct gateway_leg {
	struct list link; /* in gateway->legs */
	struct gateway *gateway;
	struct agent_call *call; /* NULL: not yet, or no more */
	struct list others;      /* RFC 3578: its calls with shorter numbers */
	struct buf call_id, tag; /* of them all */
	uint32_t cseq;           /* of the last */
	unsigned status;         /* the best rejection of those; 0: none */
	struct trunk_circuit *circuit; /* likewise */
	struct machine_run machine;
	char *id;
	bool out;       /* to the telephone network */
	bool complete;  /* an ACM has gone or come */
	bool held;      /* the SIP side holds the call, and said so */
	bool called;    /* an INVITE has gone out for an incoming leg */
	bool bridged;   /* the SIP side reads ISUP, and has sent some */
	unsigned tries; /* circuits that were not to be had */
	struct buf iam; /* its IAM */
	struct isup_number number;    /* the called one */
	struct q850_indicators cause; /* that the SIP side has said; 0: none */
	/* What the SIP side has sent last in a body; what it is sent there. */
	struct buf heard, said;
	struct agent_multipart_body piece;
	struct agent_call_mask mask;
	sim_event timers[GATEWAY_TIMERS];
};

/* What an agent_call of a gateway is. */
struct gateway_call {
	struct agent_call call;  /* first */
	struct gateway_leg *leg; /* NULL: it is over */
	struct list link;        /* in leg->others, or in none */
};

static inline struct gateway *
gateway_of(const struct agent *agent)
{
	return (struct gateway *)(uintptr_t)agent;
}
static inline struct gateway_leg *
gateway_leg_of(const struct agent_call *c)
{
	return ((const struct gateway_call *)(uintptr_t)c)->leg;
}
static inline struct node *
gateway_node(const struct gateway_leg *l)
{
	return l->gateway->agent.node;
}

/* ---- gateway.c ---- */

extern const struct agent_call_ops gateway_out_ops, gateway_in_ops;
#define GATEWAY_CAPABILITIES 2
extern const struct sip_header gateway_capabilities[GATEWAY_CAPABILITIES],
    gateway_plain_capabilities[GATEWAY_CAPABILITIES];
/* C, which is made just now, is L's call; the one before is one of the others.
 */
void gateway_leg_take(struct gateway_leg *l, struct agent_call *c);
/* C is no longer a call of its leg, which may be freed by gateway_leg_settle.
 */
void gateway_leg_drop(struct agent_call *c);

/* NULL when out of memory. */
struct gateway_leg *gateway_leg_new(struct gateway *g, bool out);
/* L has lost one of its sides; with the last it is freed. */
void gateway_leg_settle(struct gateway_leg *l);
bool gateway_step(struct gateway_leg *l, enum event_id event, enum rule_id why);
void gateway_timer_set(
    struct gateway_leg *l, enum gateway_timer t, int64_t after_ns);
void gateway_timer_stop(struct gateway_leg *l, enum gateway_timer t);
/* The circuit of L is released: with the cause that the SIP side has named,
 * else with CAUSE. */
void gateway_release(
    struct gateway_leg *l, unsigned cause, unsigned location, enum rule_id why);
/* C, of a leg, has ended: the circuit goes as well. */
void gateway_call_over(struct agent_call *c);
void gateway_call_left(struct agent_call *c);
/* S, the session of C, may hold the other side. */
void gateway_streams(struct agent_call *c, const struct sip_sdp_session *s);

/* ---- gateway_outgoing.c ---- */

void gateway_invited(struct agent *agent, const struct sip_in *in);
void gateway_out_heard(struct gateway_leg *l, const struct isup *m);
void
gateway_out_released(struct gateway_leg *l, const struct q850_indicators *why);
/* Another circuit is tried, where there is one. */
void gateway_out_again(struct gateway_leg *l);
void gateway_out_expired(struct gateway_leg *l, enum gateway_timer t);

/* ---- gateway_incoming.c ---- */

void gateway_seized(struct trunk_circuit *c, const struct isup *m);
void gateway_in_heard(struct gateway_leg *l, const struct isup *m);
void
gateway_in_released(struct gateway_leg *l, const struct q850_indicators *why);
void gateway_in_expired(struct gateway_leg *l, enum gateway_timer t);

/* ---- gateway_isup.c ---- */

#define GATEWAY_ISUP "application/ISUP; version=itu-t92+; base=itu-t92+"

/* The attribute `isup`: ISUP is in its bodies. */
bool gateway_encloses(const struct gateway *g);
/* Its Content-Disposition there. */
const char *gateway_disposition(const struct gateway *g);
/* ISUP, bytes of a message, is in the next message to SIP; empty: none is. */
void gateway_enclose(struct gateway_leg *l, struct str isup);
/* The same of M (NULL: none), where the SIP side reads it. */
void gateway_pass(struct gateway_leg *l, const struct isup *m);
/* The ISUP that M, of L's call, has in its body, till the next such, or NULL.
 */
const struct isup *gateway_enclosed(struct gateway_leg *l, const struct msg *m);
/* M goes to the SIP side by INFO; false: it can't. */
bool gateway_inform(struct gateway_leg *l, const struct isup *m);
/* IN is an INFO in C. */
void gateway_informed(struct agent_call *c, const struct sip_in *in);

/* ---- gateway_isup.c ---- */

struct isup_trunk gateway_trunk(const struct node *n);
/* The IAM for IN, an INVITE for L->number, into l->iam.  0 or ERR_NOMEM. */
int gateway_make_iam(struct gateway_leg *l, const struct sip_in *in);
/* The called number of L's IAM is L->number. */
void gateway_renumber_iam(struct gateway_leg *l);
/* The attribute `overlap` is WORD. */
bool gateway_overlaps(const struct gateway *g, const char *word);
/* The URI of N in the gateway's form, of its proxy's domain, appended to OUT;
 * false: it has none. */
bool gateway_write_uri(
    const struct gateway *g, const struct isup_number *n, struct buf *out);
/* An ACM, or a CPG with EVENT, on L's circuit.  FREE: the subscriber is;
 * IN_BAND: there is something to hear.  LIKE (may be NULL) is what the SIP side
 * has in its body: where that is such a message it is this one. */
void gateway_say_acm(struct gateway_leg *l, const struct isup *like, bool free,
    bool in_band, enum rule_id why);
void gateway_say_cpg(struct gateway_leg *l, const struct isup *like,
    unsigned event, enum rule_id why);
/* An ANM, or a CON where no ACM has gone. */
void gateway_say_answer(struct gateway_leg *l);
/* The cause of L's end that M says: by its Reason (RFC 3326), or by the REL in
 * its body. */
void gateway_read_cause(struct gateway_leg *l, const struct msg *m);
/* "Q.850;cause=16;location=LN" (RFC 3326 2, RFC 8606), appended. */
void gateway_write_reason(const struct q850_indicators *c, struct buf *out);

#endif
