/*
 * The state that an agent publishes: RFC 3903 4.  The compositor of its domain
 * keeps it under an entity tag, by which it is refreshed, changed and taken
 * away; there is no dialog.  One PUBLISH at a time: what changes meanwhile is
 * told after the answer.
 */
#ifndef AGENT_PUBLICATION_H
#define AGENT_PUBLICATION_H

#include "agent/agent.h"
#include "agent/package.h"
#include "node/node_machine.h"

#define AGENT_PUBLICATION "publication" /* of machine/machine.h */

/* The next step after the answer. */
enum agent_publication_next {
	AGENT_PUBLICATION_REST,
	AGENT_PUBLICATION_PUBLISH,
	AGENT_PUBLICATION_REMOVE,
};

/* All zero except for `agent` and `package`. */
struct agent_publication {
	struct agent *agent; /* borrowed */
	const struct agent_package *package;
	struct machine_run machine;
	char *etag;         /* of what the compositor has; NULL: nothing */
	char *body;         /* the published document */
	uint32_t expires_s; /* for how long it is to be kept */
	uint32_t asked_s;   /* Expires of the last request */
	unsigned longer;    /* 423s received in a row */
	bool whole;         /* the last request had the body */
	enum agent_publication_next next;
	struct agent_client *client;
	sim_event refresh;
	/* With the attribute `publish`: after a failure, and how many there
	 * were in a row. */
	sim_event recovery;
	unsigned failures;
};

/* Publishes BODY (copied) for EXPIRES_S seconds, as new state or in place of
 * what was published before.  0 (also where no address is known, which is
 * recorded), ERR_NOMEM, ERR_SYNTAX. */
int
agent_publish(struct agent_publication *p, struct str body, uint32_t expires_s);
/* Takes it away, or tries no more to publish it; ERR_STATE where nothing is
 * published. */
int agent_unpublish(struct agent_publication *p);
/* Frees all of it without a message or a record; P is as at its start. */
void agent_publication_stop(struct agent_publication *p);

#endif
