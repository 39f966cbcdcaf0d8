/*
 * A media gateway (RFC 3525): telephone lines and streams of RTP, which its
 * controller connects.  What the files of the role share.
 *
 *   mg.c          the role: its life, its controller, commands; streams of
 *                 RTP; contexts and terminations as machines
 *   mg_line.c     lines: hook, digits, tones, and Notify commands
 */
#ifndef ROLES_SOFTSWITCH_MG_IN_H
#define ROLES_SOFTSWITCH_MG_IN_H

#include "machine/machine.h"
#include "roles/softswitch/megaco_port.h"
#include "rtp/rtp_session.h"

/* X(ID, name): what a line can be asked to look out for. */
#define MG_EVENTS(X)    \
	X(ON, "al/on")  \
	X(OFF, "al/of") \
	X(DIGITS, "dd/ce")

enum mg_event {
#define X(id, name) MG_##id,
	MG_EVENTS(X)
#undef X
	    MG_EVENT_COUNT
};

struct mg_line {
	struct list link; /* in mg->lines, as in the topology */
	struct mg *mg;
	char *name;
	struct machine_run machine; /* "termination" */
	bool off;
	uint32_t context;     /* 0: none */
	uint32_t request;     /* number of its Events … */
	unsigned events;      /* … bits of what they ask for */
	const char *signal;   /* a row of signals; NULL: none */
	struct buf map;       /* its digit map */
	struct buf collected; /* digits */
	struct buf dialled;   /* the digits that the user has yet to press */
	sim_event press, timer;
};

struct mg_stream {
	struct list link; /* in mg->streams */
	struct mg *mg;
	struct machine_run machine; /* "termination" */
	char name[24];              /* "RTP/1" */
	uint32_t context;
	int64_t since;
	enum megaco_value mode; /* COUNT: not said */
	struct sip_sdp_session sdp;
	struct rtp_session *rtp;
};

struct mg_context {
	struct list link; /* in mg->active */
	uint32_t number;
	struct machine_run machine; /* "context" */
};

struct mg {
	struct node *node;
	struct megaco_port port;
	struct addr controller;
	bool served; /* it has said that we serve */
	struct list lines, streams, active;
	uint32_t contexts, nstreams; /* that were made */
	sim_event again;
};

/* ---- mg_line.c ---- */

/* 0 or ERR_NOMEM. */
int mg_lines_begin(struct mg *mg);
void mg_lines_end(struct mg *mg);
struct mg_line *mg_line_find(const struct mg *mg, struct str name);
/* The descriptors of command IT are carried out at L: 0, or an error. */
unsigned mg_line_apply(struct mg_line *l, const struct megaco_item *it);
/* What has already happened and was asked for is told. */
void mg_line_look(struct mg_line *l);
/* It is subtracted, and idle again. */
void mg_line_clear(struct mg_line *l);
extern const struct node_verb mg_verbs[];

/* ---- mg.c ---- */

/* The termination, whose fields tell how it is now, takes the step EVENT; an
 * ADD or a SUBTRACT is one of its context's as well. */
void mg_line_step(struct mg_line *l, enum event_id event);

#endif
