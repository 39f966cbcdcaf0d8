/* What the checks of invariants share. */
#ifndef SEARCH_INVARIANTS_IN_H
#define SEARCH_INVARIANTS_IN_H

#include "search/invariants.h"

struct check {
	const struct trace *t;
	const struct fold *fold;
	const struct traffic *usual, *now;
	bool busy; /* something is still under way: it is not quiet yet */
	struct findings *out;
	int err; /* 0 or ERR_NOMEM */
};

void check_found(
    struct check *c, enum invariant what, struct str node, uint64_t record);
/* NODE has crashed and was not started again: nothing is asked of it. */
bool check_is_down(const struct check *c, struct str node);
/* NODE, of the trace's head, has the address of AT, "ip:port" or a URI with
 * one, at the end of the run. */
bool check_is_at(const struct check *c, struct str node, struct str at);

/* NODE has a timer that runs, of MACHINE ("" of a call), by one of the names in
 * NAMES, or by any (NULL). */
bool check_runs_timer(const struct check *c, struct str node,
    const char *machine, const char *names);
/* A node that tells of no dialogs, a program's or a handset, is up, and may be
 * in a call: one with the address of TARGET, or any (STR_NULL). */
bool check_untold_is_in(const struct check *c, struct str target);

void check_transactions(struct check *c);
void check_bindings(struct check *c);
void check_messages(struct check *c);
/* invariants_session.c */
void check_sessions(struct check *c);
/* invariants_messages.c */
void check_networks(struct check *c);
/* invariants_session.c */
void check_faces(struct check *c);

#endif
