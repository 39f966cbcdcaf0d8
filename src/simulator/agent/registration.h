/*
 * Registering: RFC 3261 10.2, RFC 3327, RFC 3608.  A usage of a user agent that
 * has no dialog: a contact is bound to an address-of-record, and refreshed
 * before its time is over.  When that begins, and for how long, is for the user
 * of the agent.
 *
 *   registration.c           its machine (machine/usages.c), refresh, answers,
 *                            its end by the registrar (RFC 3680), its
 *                            recovery (RFC 5626 4.5)
 *   registration_request.c   the REGISTER
 *                            its flow, if it is over one of several (RFC 5626)
 */
#ifndef AGENT_REGISTRATION_H
#define AGENT_REGISTRATION_H

#include "agent/agent.h"
#include "node/flow.h"
#include "node/node_machine.h"

#define AGENT_REGISTRATION "registration" /* of machine/machine.h */

/* All zero at first, except for `agent`. */
struct agent_registration {
	struct agent *agent; /* borrowed */
	char *call_id;
	char *from_tag;
	uint32_t cseq;
	uint32_t realms;            /* that have challenged this Call-ID */
	struct machine_run machine; /* of the own address-of-record */
	/* RFC 5626: it is over one of several flows, each a registration;
	 * `next` is that over the next one. */
	unsigned reg_id; /* from 1 on; 0: no flows */
	bool plain;      /* reg-id is of no use here (439) */
	struct agent_registration *next;
	char *id;   /* in the trace; NULL: the address-of-record */
	char *bare; /* its Contact, where that is not the agent's usual one */
	struct node_keepalive alive;
	bool held;         /* until it is known how the phone is seen (STUN) */
	int64_t expires_s; /* the interval asked for; 0: remove the binding */
	int64_t refresh_s; /* the same, of the own Contact */
	char *contact;     /* others than the own, separated by commas, "*"
			      for all, "" to ask only; NULL: the own */
	char *aor;         /* another user's (10.2); NULL: the own */
	bool told;         /* a script has given `expires_s` */
	/* That of the own Contact as it went out last; NULL: it never has. */
	const struct node_face *face;
	struct agent_client *client;
	bool again; /* `next_s` is to be asked for after that */
	int64_t next_s;
	sim_event refresh;
	sim_event retry; /* after the registrar has ended it */
	int64_t retried; /* when it last asked again at once; 0: never */
	/* RFC 5626 4.5, with the attribute `register`: after a failure, and how
	 * many there were in a row. */
	sim_event recovery;
	unsigned failures;
};

/* R is over the flow REG_ID, from 1 on, behind FIRST (NULL: it is the first).
 * 0 or ERR_NOMEM. */
int agent_registration_over(struct agent_registration *r, unsigned reg_id,
    struct agent_registration *first);
/* What was held back goes out now. */
void agent_registration_go(struct agent_registration *r);
/* Binds the own Contact for EXPIRES_S seconds; 0: takes it away.  REFRESH: its
 * time has come.  While a REGISTER is under way it waits for its answer (10.2).
 * 0 (also where no registrar is known, which is recorded), ERR_NOMEM,
 * ERR_SYNTAX. */
int
agent_register(struct agent_registration *r, int64_t expires_s, bool refresh);
/* The same for other CONTACTs or another AOR (see above; NULL: the own), once.
 * ERR_STATE: the last one is not answered yet. */
int agent_register_other(struct agent_registration *r, const char *contact,
    const char *aor, int64_t expires_s, bool told, struct diag *d);
/* The own Contact is bound, as far as the agent knows. */
bool agent_is_registered(const struct agent_registration *r);
/* It was bound for EXPIRES_S seconds before the run began. */
void agent_registration_warm(struct agent_registration *r, int64_t expires_s);
/* A NOTIFY's BODY says how the own registration stands (agent/reg_info.h). */
void agent_registration_told(struct agent_registration *r, struct str body);
/* The S-CSCF has lost what it knew of the phone, which registers again; not
 * more often than once a minute. */
void agent_registration_restore(struct agent_registration *r);
/* Frees all of it without a message or a record; R is as at its start. */
void agent_registration_stop(struct agent_registration *r);

/* registration_request.c, for registration.c */
/* The Call-ID of all REGISTERs, made once.  0 or ERR_NOMEM. */
int agent_registration_prepare(struct agent_registration *r);
/* The Contact that R binds where it is not told another. */
const char *agent_registration_contact(const struct agent_registration *r);
/* The next REGISTER: REQUEST's bytes are the caller's.  0, ERR_SYNTAX,
 * ERR_NOMEM. */
int agent_registration_build(
    struct agent_registration *r, struct agent_request *request);

/* registration_request.c, for registration.c */
/* What R is called in the trace. */
const char *agent_registration_id(const struct agent_registration *r);
/* How R's flow stands is noted for the agent's other requests; the first of the
 * flows. */
struct agent_registration *
agent_registration_note(const struct agent_registration *r);
/* M, a 2xx from DST, has bound R's Contact: its flow is kept alive. */
void agent_registration_keep(
    struct agent_registration *r, const struct addr *dst, const struct msg *m);
/* R's flow has failed. */
void agent_registration_again(struct agent_registration *r);

/* For how many seconds M, a 2xx, binds the own Contact. */
int64_t agent_registration_granted(
    const struct agent_registration *r, const struct msg *m);

/*
 * An S-CSCF that has lost its users' data (3GPP TS 23.380): it answers 504 with
 * a body that wants an initial registration, TS 24.229 5.1.2A.1.6, 5.4.3.2,
 * 7.6.  The text of these was not at hand; names and order of the elements
 * follow public implementations (Kamailio, Clearwater).
 */
#define RESTORATION_TYPE "application/3gpp-ims+xml"

/* M, a final response, asks AGENT to register again: it has such a body and
 * comes from a server of AGENT's Service-Route (P-Asserted-Identity). */
bool restoration_is_wanted(const struct agent *agent, const struct msg *m);

#endif
