/*
 * What a person may tell a node, a call, a link or a message, as it is offered:
 * the most useful first, in words for people, and only what makes sense at the
 * moment.  Nodes and runs accept more than that: node/node.h, scenario/run.h.
 */
#ifndef SESSION_VERB_ROWS_H
#define SESSION_VERB_ROWS_H

#include "base/diag.h"
#include "session/session.h"

/* What holds of a thing at a moment; a row asks for all of its bits. */
enum verb_moment {
	MOMENT_UP = 1 << 0, /* a node, a link */
	MOMENT_DOWN = 1 << 1,
	MOMENT_ASKED = 1 << 2,    /* a call that came in, not answered */
	MOMENT_ASKING = 1 << 3,   /* one that went out, not answered */
	MOMENT_ANSWERED = 1 << 4, /* not over */
	MOMENT_TALKING = 1 << 5,  /* … and acknowledged */
	MOMENT_HOLDING = 1 << 6,  /* this side has the other one on hold */
	MOMENT_NOT_HOLDING = 1 << 7,
	MOMENT_SENT_AWAY = 1 << 8,   /* a 3xx has come */
	MOMENT_STAYING = 1 << 9,     /* no transfer of it is under way */
	MOMENT_DIALOG = 1 << 10,     /* a call that has one, early or not */
	MOMENT_SUBSCRIBED = 1 << 11, /* a subscription of its node, not over */
};

enum verb_thing { THING_NODE, THING_CALL, THING_LINK, THING_MESSAGE };

/* What an argument may be. */
enum verb_kind {
	KIND_ANY,
	KIND_TARGET, /* a node, a user, a URI */
	KIND_URI,
	KIND_TIME,
	KIND_SHARE,
	KIND_BOOL,
	KIND_STREAMS,
	KIND_HOLD,
	KIND_RING,     /* 180 to 183 */
	KIND_REFUSE,   /* 300 to 699 */
	KIND_RELIABLE, /* of the INVITE's provisional responses */
	KIND_HEADERS,  /* "Name: value" */
	KIND_TYPE,     /* "text/plain" */
	KIND_METHOD,
	KIND_Q,    /* 0 to 1 */
	KIND_LINE, /* of text */
	KIND_KEYS, /* of a handset */
	KIND_DIGITS,
	KIND_DTMF,
	KIND_OPEN,
	KIND_NODE_SETTING, /* name=value */
	KIND_LINK_SETTING,
};

struct verb_arg {
	const char *key; /* NULL: none; "*": name=value */
	enum verb_kind kind;
	const char *hint; /* an example */
	bool needed;
};

struct verb_row {
	enum verb_thing thing;
	const char *name;
	unsigned moment;
	const char *text; /* untranslated */
	struct verb_arg args[ACT_VERB_ARGS];
	const char *does; /* the verb that does it, with the argument's key;
			     NULL: its own name */
};

/* The table, I from 0, NULL behind the last. */
const struct verb_row *verb_row(size_t i);
const struct verb_row *verb_row_find(enum verb_thing thing, const char *name);

/* verb_args.c: VALUE suits ARG of the row's verb, said of ON; 0, or D's error
 * with what is expected. */
int verb_arg_check(const struct verb_row *row, const struct verb_arg *arg,
    const char *on, const char *value, struct diag *d);

/* verb_moment.c: what holds of ON, a node's or call's name or a link's as acts
 * have it ("a--b"), right after record AFTER. */
unsigned verb_moment(const struct trace *t, uint64_t after,
    enum verb_thing thing, const char *on);
/* Appends the value that the last `set` up to record AFTER gave KEY of ON;
 * false where there was no such `set`. */
bool verb_last_set(const struct trace *t, uint64_t after, const char *on,
    const char *key, struct buf *value);

#endif
