/*
 * Reliable provisional responses: RFC 3262.  The callee sends one with
 * `Require: 100rel` and a number, RSeq, and repeats it until a PRACK with this
 * number in its RAck has come (reliable.c); the calling side takes those of a
 * dialog in the order of their numbers, and confirms each (reliable_prack.c).
 */
#ifndef AGENT_RELIABLE_H
#define AGENT_RELIABLE_H

#include "base/list.h"
#include "sip/build.h"

struct agent;
struct agent_call;
struct agent_call_usage;
struct agent_client;
struct sip_transaction;

/* The attribute `reliable`, which an INVITE may be sent without regard to. */
enum agent_reliable_use {
	AGENT_RELIABLE_NO,        /* not known: 100rel is rejected */
	AGENT_RELIABLE_SUPPORTED, /* where the other side, or its user, asks */
	AGENT_RELIABLE_REQUIRED,  /* wherever there is something to say */
};

/* Of a call: how it does it, and the callee's numbers. */
struct agent_reliable {
	enum agent_reliable_use use;
	bool asked;     /* its user wants reliable ones next */
	uint32_t rseq;  /* of the last one; 0: there was none */
	bool open;      /* which has no PRACK yet … */
	bool described; /* … and a session description */
	bool answered;  /* one with a description was confirmed */
	bool held;      /* the 2xx had to wait for that */
	unsigned next;  /* the status that waits; 0: none */
	/* Caller: of the last one taken, whatever its dialog; 0: none was. */
	uint32_t taken;
	struct sip_bytes *bytes; /* the open one, while it is repeated */
	int64_t interval, deadline;
};

/* Of a caller's dialog. */
struct agent_prack {
	uint32_t rseq;       /* of the last one taken; 0: there was none */
	unsigned progress;   /* status of the last 1xx, reliable or not */
	struct list clients; /* PRACKs under way, by their `mate` */
	/* The last for a response with a description; compared only. */
	const struct agent_client *exchange;
	/* One waits for its answer to this offer (agent_prack_late); NULL: none
	 * does.  The RAck that it will have. */
	char *unanswered, *rack;
};

/* What AGENT supports, with commas: AGENT_CALL_SUPPORTED, except for what it
 * does not know.  Session timers come on top (agent_session_supported). */
const char *agent_supported(const struct agent *agent);
/* *USE: what WORD, a value of the attribute, means.  0 or ERR_NOTFOUND. */
int agent_reliable_find(const char *word, enum agent_reliable_use *use);
/* C, a new call, starts with its agent's attribute. */
void agent_reliable_begin(struct agent_call *c);
void agent_reliable_free(struct agent_call *c);
/* Allow and Supported of C's messages: C->ops->ncapabilities fields. */
const struct sip_header *
agent_reliable_capabilities(const struct agent_call *c);

/* ---- the callee: 3 (reliable.c) ---- */

/* Its user wants the next provisional responses reliable, or not.  0, or
 * ERR_STATE where the caller does not allow that. */
int agent_reliable_ask(struct agent_call *c, bool reliable, struct diag *d);
/* The last reliable response has no PRACK yet: true, and the response CODE is
 * kept until that comes. */
bool agent_reliable_waits(struct agent_call *c, unsigned code);
/* Sends the provisional response SPEC, in whatever way the INVITE asks for. */
int agent_reliable_respond(struct agent_call *c,
    const struct sip_response_spec *spec, enum rule_id why);
/* C's 2xx has to wait for a PRACK (5), after which it is sent. */
bool agent_reliable_holds(struct agent_call *c);
/* C's 2xx was sent: no provisional response is repeated any more. */
void agent_reliable_settle(struct agent_call *c);
/* IN is a PRACK within C's dialog. */
void agent_reliable_acked(struct agent_call *c, const struct sip_in *in);

/* ---- after a rejection (reliable.c) ---- */

/* C's INVITE is rejected; its last provisional response may have no PRACK yet.
 */
void agent_reliable_owe(struct agent_call *c);
/* TR, of an INVITE that was rejected, has ended. */
void
agent_reliable_forget(struct agent *agent, const struct sip_transaction *tr);
/* IN, a request within no dialog, is such a late PRACK, and was answered. */
bool agent_reliable_late(struct agent *agent, const struct sip_in *in);

/* ---- the calling side: 4 (reliable_prack.c) ---- */

/* M is a provisional response that wants a PRACK. */
bool agent_prack_is_wanted(const struct agent_call *c, const struct msg *m);
/* IN is such a response, but not the next in its dialog: it is ignored. */
bool agent_prack_ignores(struct agent_call *c, const struct sip_in *in);
/* M, where it wants one, gets its PRACK, in the dialog that it is of. */
void agent_prack_send(struct agent_call *c, const struct msg *m);
/* U ends: outcomes of its PRACKs are dropped. */
void agent_prack_stop(struct agent_call_usage *u);

/* What C's users has no answer to an offer yet (`describe` of struct
 * agent_call_ops) may have one now: PRACKs that wait for it are sent. */
void agent_prack_late(struct agent_call *c);

#endif
