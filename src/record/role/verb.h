/*
 * What nodes, their calls, links and messages can be told to do: a row each,
 * from which come the names and arguments that scripts and people give, the
 * offers of a moment with their questions, and the words of its acts.  A role
 * has a function for each of its rows (struct node_verb).
 */
#ifndef ROLE_VERB_H
#define ROLE_VERB_H

#include "base/str.h"
#include "role/verbs_table.h"

/* On what a verb is said.  A subscription has a name like a call's. */
enum verb_thing {
	VERB_OF_NODE,
	VERB_OF_CALL,
	VERB_OF_LINK,
	VERB_OF_MESSAGE,
	VERB_OF_RUN,
};

/* Of a node whatever it is, a router too; of one that plays any role
 * (role/rows.h). */
#define VERB_ANY_NODE UINT64_C(0)
#define VERB_ANY_ROLE ROLE_ANY

/* What holds of a thing at a moment; an offer asks for all of its bits. */
enum verb_moment {
	MOMENT_EVER = 0,
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
	KIND_BODY, /* any bytes; a line where people write it */
	KIND_KEYS, /* of a handset */
	KIND_DIGITS,
	KIND_DTMF,
	KIND_OPEN,
	KIND_NODE_SETTING, /* name=value */
	KIND_LINK_SETTING,
};

struct verb_arg {
	const char *key; /* NULL behind the last; "*": any name */
	enum verb_kind kind;
	const char *example; /* some, with ", " between, or NULL */
	bool placed;         /* it need not be named, in this order */
};

struct verb_offer {
	const char *name; /* NULL behind the last */
	unsigned moment;
	bool also;        /* it stands behind the offers without this */
	const char *asks; /* for these arguments: verb_offer_asks */
	const char *text; /* what it does, to be translated */
};

struct verb_clause {
	const char *arg;       /* that it tells; NULL: all */
	const char *attribute; /* that may have made it happen, or NULL */
	const char *text;      /* NULL behind the last; to be translated */
};

/* Limits: arguments of a verb; offers of a verb; clauses. */
#define VERB_ARGS    8
#define VERB_OFFERS  5
#define VERB_CLAUSES 3

struct verb {
	const char *name;
	enum verb_thing thing;
	const uint64_t *roles; /* the set of roles that have it */
	const char *sentence;  /* what it does, for docs/SCENARIO.md */
	struct verb_arg args[VERB_ARGS + 1];
	struct verb_offer offers[VERB_OFFERS + 1];
	struct verb_clause clauses[VERB_CLAUSES + 1];
};

enum verb_id {
#define X(owner, name, ...) VERB_##owner##_##name,
	VERB_ROWS(X)
#undef X
	    VERB_COUNT
};
extern const struct verb verb_rows[VERB_COUNT];

/* The argument KEY of V, also where V takes any name; NULL: it has no such. */
const struct verb_arg *verb_arg(const struct verb *v, const char *key);

/* The name of the I-th argument that need not be named, or NULL. */
const char *verb_placed(const struct verb *v, size_t i);

/* The same of the first verb called NAME that has such an argument. */
const char *verb_placed_of(struct str name, size_t i);

/* Cuts the next argument off ASKS, which is O->asks at first: that of V, and
 * whether it must be given; NULL behind the last. */
const struct verb_arg *
verb_offer_asks(const struct verb *v, struct str *asks, bool *needed);

/* The offer called NAME of a THING (a node, or a call of a node, whose roles
 * are IS), and its verb; NULL: none. */
const struct verb_offer *verb_offer_find(enum verb_thing thing, uint64_t is,
    const char *name, const struct verb **v);

/* A THING (as above) has V. */
bool verb_is_of(const struct verb *v, enum verb_thing thing, uint64_t is);

#endif
