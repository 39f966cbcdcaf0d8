/*
 * The state machines of the vocabulary, as tables: the four transactions of
 * RFC 3261 17 with the `accepted` state of RFC 6026, dialogs (12), calls (13 to
 * 15), registrations (10) and subscriptions (RFC 6665).  The names are those of
 * the trace's `fsm`, `dialog`, `call` and `timer` records.
 *
 * All texts here are untranslated; show them through i18n_text.
 */
#ifndef MACHINE_MACHINE_H
#define MACHINE_MACHINE_H

#include "base/i18n.h"
#include "base/str.h"
#include "machine/ids.h"
#include "rules/rule_id.h"

struct rule;

struct machine_state {
	enum state_id id;
	bool final;       /* the machine ends with it */
	const char *text; /* what it waits for */
};

/* What a step of a transaction does, besides what follows for its timers. */
enum machine_deed {
	MACHINE_SENDS_REQUEST = 1,
	MACHINE_SENDS_RESPONSE = 2,
	MACHINE_SENDS_ACK = 4, /* of a client, for a non-2xx */
	MACHINE_TELLS = 8,     /* the message goes up to its user */
	MACHINE_GIVES_UP = 16, /* its user hears of a timeout */
};

struct machine_edge {
	enum state_id from;
	enum event_id event;
	enum state_id to;
	enum rule_id rule; /* that it obeys, where its caller names no other */
	unsigned rfc;      /* 3261; 0: as its rule */
	const char *section; /* "17.1.1.2" */
	const char *text;    /* the action on the way */
	unsigned does; /* enum machine_deed; of the four transactions alone */
};

/* What a timer is over a reliable transport. */
enum machine_over {
	MACHINE_SAME,  /* as long */
	MACHINE_ZERO,  /* over at once */
	MACHINE_NEVER, /* not set: there is nothing to repeat */
};

struct machine_timer {
	const char *name;           /* "A" */
	enum event_id event;        /* when it fires; NONE: no step */
	int32_t ms;                 /* its length; 0: as VALUE says */
	int32_t most_ms;            /* it doubles up to that; 0: it does not */
	enum machine_over reliable; /* over such a transport */
	const char *value;          /* "T1, 2*T1, 4*T1, …" */
	enum state_id state, also;  /* in which it runs; or NONE */
	const char *text;           /* what it is for */
};

#define MACHINE_RANKS   8
#define MACHINE_COLUMNS 3

struct machine {
	const char *name;  /* "ICT" */
	const char *title; /* "INVITE client transaction" */
	/* Title above the machines of this kind of a node, "Registrations";
	 * NULL: of a transaction, and where its records are of a kind of their
	 * own (calls, dialogs). */
	const char *heading;
	bool again; /* one that has ended begins again with its next step */
	unsigned rfc;
	const char *section;
	enum state_id start; /* before the first step: NONE, or a state */
	/* Where its states are in a picture, from top to bottom, from left to
	 * right; NONE leaves a place free.  Those not named follow below. */
	enum state_id grid[MACHINE_RANKS][MACHINE_COLUMNS];
	const struct machine_state *states;
	size_t nstates;
	const struct machine_edge *edges;
	size_t nedges;
	const struct machine_timer *timers;
	size_t ntimers;
};

/* One of them that runs. */
struct machine_run {
	const struct machine *table;
	enum state_id state; /* NONE: it has not begun */
};

/* It is in STATE. */
static inline bool
machine_run_is(const struct machine_run *m, enum state_id state)
{
	return m->state == state;
}

/* It has begun, and not ended. */
bool machine_run_lives(const struct machine_run *m);
/* The state from which its next step leads: where it has not begun, or begins
 * again, the table's start. */
enum state_id machine_run_state(const struct machine_run *m);
/* That step, by EVENT; NULL where the table has none. */
const struct machine_edge *
machine_run_next(const struct machine_run *m, enum event_id event);

/* The machines in order, at most so many; NULL behind the last. */
#define MACHINE_MOST 32
const struct machine *machine_at(size_t i);
/* By name, whatever the case of its letters; NULL where there is none. */
const struct machine *machine_find(struct str name);

/* The word of S's state. */
static inline const char *
machine_state_name(const struct machine_state *s)
{
	return state_word(s->id);
}

const struct machine_state *
machine_find_state(const struct machine *m, struct str name);
/* The state ID of M; NULL where it has none such. */
const struct machine_state *
machine_state_of(const struct machine *m, enum state_id id);
const struct machine_timer *
machine_find_timer(const struct machine *m, struct str name);
/*
 * The step from FROM to TO (an empty FROM is the start).  EVENT is an event of
 * the table or something of its kind: "180" is a "1xx", "OPTIONS" a "request".
 * Empty, it leaves the choice: the first edge that leads there.  NULL where
 * the table has no such step.
 */
const struct machine_edge *machine_step(
    const struct machine *m, struct str from, struct str event, struct str to);
/* The same; an edge with exactly these ids is looked for first. */
const struct machine_edge *machine_edge_of(const struct machine *m,
    enum state_id from, enum event_id event, enum state_id to);
/* The step that EVENT, as the table writes it, makes in state FROM; NULL where
 * the table has none. */
const struct machine_edge *
machine_next(const struct machine *m, enum state_id from, enum event_id event);
/* The first step that leads from FROM to TO, by whatever event; NULL. */
const struct machine_edge *
machine_way(const struct machine *m, enum state_id from, enum state_id to);
/* The step that a response with STATUS makes in state FROM, received or SENT;
 * NULL. */
const struct machine_edge *machine_next_status(
    const struct machine *m, enum state_id from, unsigned status, bool sent);
/* EVENT is what ID stands for, or something of its kind, as above. */
bool machine_event_fits(struct str event, enum event_id id);
/* What RFC and section say of E. */
unsigned machine_edge_rfc(const struct machine_edge *e);
const char *machine_edge_section(const struct machine_edge *e);
/* RULE, which may be NULL, is of that section. */
bool machine_edge_obeys(const struct machine_edge *e, const struct rule *rule);
/* T runs in STATE. */
bool machine_timer_runs(const struct machine_timer *t, enum state_id state);
/* What M's timer NAME is for, when it is set and when it fires: the rule of the
 * step that it makes; RULE_NONE where it makes none. */
enum rule_id machine_timer_rule(const struct machine *m, struct str name);
/* A transaction of RFC 3261 17. */
bool machine_transacts(const struct machine *m);
/* The status codes that E's event stands for, "1xx sent" for 100 to 199; false
 * where it is not a response. */
bool machine_edge_statuses(
    const struct machine_edge *e, unsigned *first, unsigned *last);
/* NAME is a final state of M; where M is NULL, "terminated". */
bool machine_ends(const struct machine *m, struct str name);
/* STATE is one of M's final states. */
bool machine_ends_in(const struct machine *m, enum state_id state);

#endif
