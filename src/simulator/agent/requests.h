/*
 * Requests that come to a user agent: RFC 3261 8.2 outside of dialogs, 12.2.2
 * within them.  Which methods an agent serves is its table of methods, of which
 * its Allow is made as well.
 */
#ifndef AGENT_REQUESTS_H
#define AGENT_REQUESTS_H

#include "agent/call.h"
#include "agent/refer.h"
#include "agent/notifier.h"

/*
 * The handlers of a method: WITHIN for requests in a call's session, OUTSIDE
 * for requests outside of dialogs and, where there is no WITHIN, for those of a
 * dialog's other usages.  NULL: such requests get a 481; a 405 where both are
 * NULL.
 */
struct agent_method {
	enum msg_method method;
	void (*within)(struct agent_call *c, const struct sip_in *in);
	void (*outside)(struct agent *agent, const struct sip_in *in);
};

/*
 * An agent lists its methods once, as LIST(X, AND) with a row X(ID, within,
 * outside) for each and AND between two rows: LIST(AGENT_METHOD_ROW,
 * AGENT_METHOD_AND) makes the table, LIST(AGENT_METHOD_NAME, ", ") its Allow.
 * ACK and CANCEL have no handlers: they are matched to their call.
 */
#define AGENT_METHOD_ROW(id, within, outside) \
	{                                     \
		MSG_##id, within, outside     \
	}
#define AGENT_METHOD_AND                       ,
#define AGENT_METHOD_NAME(id, within, outside) #id

/* What the role that has the agent says of it. */
struct agent_ops {
	const struct agent_method *methods;
	size_t nmethods;
	/* RFC 6665: the packages it notifies of. */
	const struct agent_service *services;
	size_t nservices;
	/* Its S-CSCF has lost what it knew of it (agent/registration.h).  May
	 * be NULL. */
	void (*restore)(struct agent *agent);
	/* A call of it has taken the step EVENT.  May be NULL. */
	void (*stepped)(struct agent_call *c, enum event_id event);
	/* IN is in D, a dialog without a session; it has answered it.  NULL: it
	 * answers what `outside` of a method does, no more. */
	bool (*in_dialog)(struct agent *agent, struct agent_dialog *d,
	    const struct sip_in *in);
	/* It stands for many: requests to two of them are no copies of one
	 * (8.2.2.2), whatever their names. */
	bool stands_for_many;
	/* The agent can't be called: each INVITE outside of dialogs is
	 * rejected. */
	bool uncalled;
	/* RFC 3856 5: URI is one of those for whom it answers, beside its own
	 * user; NULL: none. */
	bool (*named)(const struct agent *agent, struct str uri);
	/* The user of AGENT's that URI, of a request that has come, is for;
	 * NULL (also of the function): AGENT itself. */
	struct agent_identity *(*self_for)(struct agent *agent, struct str uri);
	/* 8.2.2.1: the status for a request to an unknown user; NULL: 404. */
	unsigned (*stranger)(const struct agent *agent);
	/* RFC 3515: a REFER from the other side of C (NULL: outside of calls)
	 * may make it call; NULL: never. */
	bool (*may_refer)(
	    const struct agent *agent, const struct agent_call *c);
	/* IN, a REFER in C (NULL: outside of calls), asks for TO: 0, or the
	 * status with which it is rejected, by *WHY.  NULL: only an INVITE can
	 * be asked for. */
	unsigned (*judge_refer)(struct agent *agent, struct agent_call *c,
	    const struct sip_in *in, const struct agent_refer_target *to,
	    enum rule_id *why);
	/* Calls TO, on behalf of BY (of Referred-By; may be empty), or, where
	 * its method is BYE, finds the call that is to end.  0 with the
	 * call, or why it can't be.  Not NULL where `may_refer` is not. */
	int (*refer)(struct agent *agent, struct agent_call *c,
	    const struct agent_refer_target *to, struct str by,
	    struct agent_call **made);
};

/* The agent of one of N's roles, or NULL where none is one. */
struct agent *agent_of_node(const struct node *n);
/* The call NAME of any of N's agents, or NULL. */
struct agent_call *agent_call_of_node(const struct node *n, const char *name);

/* For a struct node_role whose state begins with its agent. */
int agent_role_moved(void *role);
enum node_claim agent_role_claim(void *role, const struct sip_in *in);
void agent_role_request(void *role, const struct sip_in *in);
void agent_role_cancel(void *role, void *user, const struct sip_in *in);
bool agent_role_stray(void *role, const struct sip_in *in);
bool agent_role_knows(void *role, const char *object);
/* All of them, except for CANCELLED in place of agent_role_cancel. */
#define AGENT_ROLE(cancelled)                                 \
	.moved = agent_role_moved, .claim = agent_role_claim, \
	.request = agent_role_request, .cancel = cancelled,   \
	.stray = agent_role_stray, .knows = agent_role_knows

/* For the methods of an agent that says no more of itself than its node does:
 * an OPTIONS (11) outside of dialogs, and in a call. */
void agent_asked(struct agent *agent, const struct sip_in *in);
void agent_described(struct agent_call *c, const struct sip_in *in);

/* Its calls and subscriptions are freed: its node has crashed, or its run is
 * over. */
void agent_usages_end(struct agent *agent);

/* IN is of a dialog that AGENT no longer knows: it has a To tag, comes to
 * AGENT's Contact, and has a method that AGENT answers. */
bool agent_request_lost(const struct agent *agent, const struct sip_in *in);
/* METHOD is in AGENT's table. */
bool agent_answers(const struct agent *agent, enum msg_method method);
/* 8.2.2.3: a rejection of the extensions that IN requires was sent.  Of any
 * request but an INVITE outside of dialogs that is done before its row has it.
 */
bool agent_refuse_extensions(struct agent *agent, const struct sip_in *in);

#endif
