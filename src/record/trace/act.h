/*
 * Acts of a person while a run is shown, and the verbs offered for them: shared
 * by the code that shows a run and the code that runs it.
 */
#ifndef TRACE_ACT_H
#define TRACE_ACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct act_arg {
	const char *key, *value;
};

/* VERB on a node ("alice"), a call ("alice/1"), a link ("alice-lan1",
 * "alice--lan1") or the message that the record sends or receives ("message":
 * drop, delay by=, duplicate, edit text=). */
struct act {
	const char *on, *verb;
	const struct act_arg *args;
	size_t nargs;
	/* When, before the record behind the one it comes after; of no use for
	 * a message.  0, or earlier than that one: right after it. */
	int64_t at_ns;
};

/* Arguments of a verb that are asked for, at most. */
#define ACT_VERB_ARGS 8

/* A verb that makes sense at a moment. */
struct act_verb {
	const char *name;
	/* The arguments that a person is asked for, in order; NULL behind the
	 * last.  "*" takes "name=value". */
	const char *params[ACT_VERB_ARGS];
	const char *hints[ACT_VERB_ARGS]; /* examples of each, or NULL */
	bool needed[ACT_VERB_ARGS];       /* it can't be left out */
	const char *text; /* what it does, in the user's language */
	char now[32];     /* the value in force, "20%"; empty: unknown */
};

#endif
