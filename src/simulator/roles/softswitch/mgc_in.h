/*
 * A media gateway controller (RFC 3525): calls among the telephones of its
 * gateways, and between these and SIP.  What the files of the role share.
 *
 *   mgc.c          the role: its life, calls of SIP
 *                  what becomes of a call
 *   mgc_gateway.c  gateways and their lines: notifications, commands
 */
#ifndef ROLES_SOFTSWITCH_MGC_IN_H
#define ROLES_SOFTSWITCH_MGC_IN_H

#include "agent/requests.h"
#include "machine/machine.h"
#include "roles/softswitch/megaco_port.h"

struct mgc_half;

struct mgc_gateway {
	struct list link; /* in mgc->gateways, as the attribute has them */
	struct mgc *mgc;
	struct addr addr;
	const struct node *node;    /* borrowed */
	struct machine_run machine; /* "media-gateway" */
	bool served; /* it has said that it is there, and is not taken over */
	/* It is called back after this long, or, where it is served, asked
	 * again. */
	int64_t pause;
	sim_event again;
	struct list lines;
};

struct mgc_line {
	struct list link;
	struct mgc_gateway *gateway;
	char *name, *number;
	bool off;
	struct mgc_half *half; /* its part of a call, or NULL */
};

struct mgc_sip {
	struct agent_call call;
	struct mgc_half *half;
};

/* One party: a telephone with a stream of its gateway's, or a call of SIP. */
struct mgc_half {
	struct mgc_call *call;
	struct mgc_line *line;
	struct mgc_sip *sip;
	uint32_t context; /* of the gateway; 0: not known yet */
	char *stream;     /* the termination */
	char *sdp;        /* what it receives, as its gateway has said; of one
			     that is to be called by SIP its number */
};

struct mgc_call {
	struct list link;
	struct mgc *mgc;
	struct mgc_half halves[2]; /* the caller's, the called party's */
	unsigned adding;           /* Adds whose replies are to come */
	bool answered, over;
};

struct mgc {
	struct agent agent;
	struct megaco_port port;
	struct list gateways, calls;
	uint32_t requests; /* numbers of Events */
};

/* ---- mgc.c ---- */

/* L's user has dialled DIGITS. */
void mgc_call_line(struct mgc_line *l, struct str digits);
/* The party that is called rings; has answered, with SDP (may be empty). */
void mgc_half_answers(struct mgc_half *h, struct str sdp);
/* H is gone, or can't be had: the other one hears STATUS; 0: it is hung up. */
void mgc_half_leaves(struct mgc_half *h, unsigned status);

/* ---- mgc_gateway.c ---- */

/* 0 or ERR_NOMEM. */
int mgc_gateways_begin(struct mgc *mgc);
void mgc_gateways_end(struct mgc *mgc);
struct mgc_line *mgc_line_of_number(const struct mgc *mgc, struct str number);
/* H's telephone and a stream, which is to send to REMOTE where that is not
 * empty, come into a context: FN gets the reply. */
void mgc_line_add(
    struct mgc_half *h, bool rings, struct str remote, megaco_done_fn *fn);
/* H's telephone plays SIGNAL ("": none; NULL: as before), its stream sends to
 * REMOTE; TALKS: both ways. */
void mgc_line_modify(
    struct mgc_half *h, const char *signal, struct str remote, bool talks);
/* H's context ends; its telephone is idle, or plays SIGNAL until it is hung up.
 */
void mgc_line_release(struct mgc_half *h, const char *signal);

#endif
