/*
 * What passes through a pair of calls, two user agents back to back (RFC 7092
 * 3): of methods, and of the header fields of messages that go on, a row each,
 * with the rule and a sentence.  The boxes act by these rows, and what is told
 * of them is read from the same.
 */
#ifndef MACHINE_PASSING_H
#define MACHINE_PASSING_H

#include "msg/headers.h"
#include "msg/methods.h"
#include "rules/rule_id.h"

/* X(ID, word, text): what becomes of something. */
#define PASS_WAYS(X)                                                      \
	X(CARRIED, N_("carried over"), N_("stands there as it came"))     \
	X(CHANGED, N_("changed"), N_("stands there, but not as it came")) \
	X(DROPPED, N_("dropped"), N_("does not go on"))                   \
	X(OWN, N_("its own"), N_("the box has its own on either side"))   \
	X(ANSWERED, N_("answered here"), N_("the box answers by itself"))

enum pass_way {
#define X(id, word, text) PASS_##id,
	PASS_WAYS(X)
#undef X
	    PASS_WAY_COUNT
};

struct pass_word {
	const char *word, *text; /* to be translated */
};
extern const struct pass_word pass_words[PASS_WAY_COUNT];

struct pass_field {
	enum msg_header id; /* MSG_H_OTHER: all that have no row */
	enum pass_way request, response;
	bool hidden; /* a box that hides its network drops it */
	enum rule_id rule;
	const char *text; /* to be translated */
};

struct pass_method {
	enum msg_method method;
	enum pass_way way;
	enum rule_id rule;
	const char *text; /* to be translated */
};

/* The row of the field with ID; never NULL. */
const struct pass_field *pass_field_of(enum msg_header id);
/* The row of METHOD, or NULL: no box knows it. */
const struct pass_method *pass_method_of(enum msg_method method);
/* All of them, in order; NULL behind the last. */
const struct pass_field *pass_field_at(size_t i);
const struct pass_method *pass_method_at(size_t i);

/* What becomes of the field with ID in a request (REQUEST), or in a response;
 * HIDES: the box hides its network. */
enum pass_way pass_way_of(enum msg_header id, bool request, bool hides);

#endif
