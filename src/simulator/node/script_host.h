/*
 * Between a node and the script that it runs (role=script): the script is told
 * of every message and timer, and acts through its host, functions of the
 * node's role.  A route (node/program.h) only decides.  Neither side knows the
 * other's language.
 */
#ifndef NODE_SCRIPT_HOST_H
#define NODE_SCRIPT_HOST_H

#include "node/fields.h"
#include "node/program.h"
#include "sip/build.h"
#include "sip/forward.h"

/* What a script is told: X(ID, its function). */
#define SCRIPT_EVENTS(X)                                                       \
	X(START, "on_start")     /* the node is up */                          \
	X(REQUEST, "on_request") /* also an ACK that matches no transaction */ \
	X(REPLY, "on_reply")     /* a response to what it has sent */          \
	X(FAILURE, "on_failure") /* none came, or it could not go out */       \
	X(CANCEL, "on_cancel")   /* of a request that waits */                 \
	X(UNACKED, "on_unacked") /* no ACK has come for a 2xx of its */        \
	X(HANGUP, "on_hangup")   /* a call of its is to end */                 \
	X(RESPONSE, "on_response") /* without transactions: any */             \
	X(MESSAGE, "on_message")   /* of another protocol */

enum script_event {
#define X(id, name) SCRIPT_ON_##id,
	SCRIPT_EVENTS(X)
#undef X
	    SCRIPT_EVENT_COUNT,
	SCRIPT_ON_TIMER = SCRIPT_EVENT_COUNT,
};

/* The name of its function; of a timer "after". */
const char *script_event_name(enum script_event e);

/* Requests that came, requests that were sent and timers have numbers, from 1;
 * no two of a node's life have the same. */
struct script_news {
	enum script_event event;
	const struct msg *m;     /* the request; of a REPLY the response */
	struct addr src;         /* where M came from */
	uint64_t recv;           /* of a REQUEST: seq of its recv record */
	unsigned request;        /* its number; with transactions 0: an ACK */
	const struct sip_in *in; /* of a REQUEST without a transaction */
	const struct msg *sent;  /* of REPLY and FAILURE: what was sent */
	unsigned number; /* … and its number; of a TIMER, the timer's */
	unsigned status; /* of FAILURE: 408 or 503 */
	/* Of a HANGUP: TEXT is the call's name.
	 * Of a MESSAGE: its protocol as records have it, the name of the
	 * sending node ("": not a node), and its bytes. */
	const char *protocol, *from;
	struct str text;
};

/* A place in a program's file and the rule that the program obeys there;
 * RULE_NONE: the rule of the node's action. */
struct script_place {
	const char *file; /* as long as the program; NULL: nowhere */
	unsigned line;
	enum rule_id rule;
	bool watches; /* of a timer: it is to ask whether the other side of a
			 call is there */
};

/* What has come of telling it. */
struct script_said {
	bool failed;
	enum trace_program_fault fault;
	struct script_place where; /* of the fault */
	bool keeps; /* it has said false: a response goes no further */
};

/* How a request is sent on. */
struct script_way {
	struct str uri; /* its new Request-URI; empty: the one that it has */
	struct sip_change change;
	struct str branch; /* of its Via; empty: a new one */
	uint64_t recv;     /* as in the news that it came with */
	bool
	    stays; /* 16.6 step 4: what follows in its dialog comes here as well
		    */
};

/* A step of a machine of its own. */
struct script_step {
	struct str id, to, event; /* EVENT may be empty */
};

/* A step of one of rung's machines (machine/machine.h) that the program plays:
 * of MACHINE's that has ID, by EVENT as its table has it. */
struct script_turn {
	struct str machine, id, event;
	struct str peer; /* of a call: the other side's URI */
	unsigned status; /* the response that did it; 0: none */
};

/* A stream of its own, by what both sides have said. */
struct script_media {
	struct str name;
	struct str own, theirs;  /* descriptions; OWN empty: it is over */
	struct str from;         /* the one that it relays; empty: it has its
				  * own */
	bool answered;           /* THEIRS is the answer, else the offer */
	uint32_t source, awaits; /* its SSRC, and the other side's; 0: any */
};

/* What the role does for the program, each with PLACE, which says where.  0, or
 * D's error, or ERR_NOMEM.  ROLE is program->role. */
struct script_host {
	/* Answers REQUEST by SPEC, whose To tag and Contact are filled in where
	 * they are missing.  *NUMBER is 0 where a transaction repeats it. */
	int (*reply)(void *role, const struct script_place *place,
	    unsigned request, struct sip_response_spec *spec, unsigned *number,
	    struct diag *d);
	/* Sends a request: what SPEC has not is filled in.  From and To may
	 * have tags. */
	int (*send)(void *role, const struct script_place *place,
	    struct sip_request_spec *spec, unsigned *number, struct diag *d);
	/* Sends M on: REQUEST, or an ACK (0). */
	int (*forward)(void *role, const struct script_place *place,
	    unsigned request, const struct msg *m, const struct script_way *way,
	    unsigned *number, struct diag *d);
	/* Sends what has NUMBER once more, and what that is.  NULL where
	 * transactions do so. */
	int (*again)(void *role, const struct script_place *place,
	    unsigned number, struct diag *d);
	const struct msg *(*sent)(void *role, unsigned number);
	/* The machine ID of the program's own goes to STATE, by EVENT, which
	 * may be empty.  0 or ERR_NOMEM, or D's error. */
	int (*state)(void *role, const struct script_place *place,
	    const struct script_step *step, struct diag *d);
	/* Takes the step TURN; *NOW is the state that it leads to, the one
	 * before where the table has no such step.  0 or ERR_NOMEM, or D's
	 * error.  NULL: it has no such machines. */
	int (*turn)(void *role, const struct script_turn *turn,
	    const char **now, struct diag *d);
	/* Sends TEXT, a message of PROTOCOL, to a node's name or an address. */
	int (*message)(void *role, const struct script_place *place,
	    struct str protocol, struct str to, struct str text,
	    struct diag *d);
	/* Takes back an INVITE that it has sent (9.1). */
	int (*cancel)(void *role, const struct script_place *place,
	    unsigned number, struct diag *d);
	/* The program is notified of *NUMBER after NS; 0 or ERR_NOMEM. */
	int (*after)(void *role, const struct script_place *place, int64_t ns,
	    unsigned *number);
	void (*stop)(void *role, unsigned number);
	/* M flows, or flows otherwise, or is over. */
	int (*stream)(void *role, const struct script_place *place,
	    const struct script_media *m, struct diag *d);
};

#endif
