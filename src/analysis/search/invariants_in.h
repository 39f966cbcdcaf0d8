/* Shared by the checks of invariants. */
#ifndef SEARCH_INVARIANTS_IN_H
#define SEARCH_INVARIANTS_IN_H

#include "msg/sdp.h"
#include "search/invariants.h"
#include "follower/sent_message.h"

struct check {
	const struct trace *t;
	const struct state_at *state;
	const struct traffic *usual, *now;
	bool busy; /* something is still under way: it is not quiet yet */
	struct findings *out;
	int err; /* 0 or ERR_NOMEM */
};

void check_found(
    struct check *c, enum invariant what, struct str node, uint64_t record);
/* NODE has crashed and was not started again: nothing is asked of it. */
bool check_is_down(const struct check *c, struct str node);
/* It is the run without faults, or one that differs by what persons do alone:
 * by no loss, delay or crash. */
bool check_is_undisturbed(const struct check *c);
/* NODE, of the trace's head, has the address of AT, "ip:port" or a URI with
 * one, at the end of the run. */
bool check_is_at(const struct check *c, struct str node, struct str at);

/* NODE has a timer that runs, of MACHINE ("" of a call), by one of the names in
 * NAMES, or by any (NULL). */
bool check_runs_timer(const struct check *c, struct str node,
    const char *machine, const char *names);
/* A handset, which tells of its calls and not of their dialogs, is up and in a
 * call: one with the address of TARGET, or any (STR_NULL). */
bool check_handset_is_in(const struct check *c, struct str target);

/* invariants_sdp.c: a session description that a message of the run has. */
struct described {
	struct sent_message message;
	struct buf text;
	struct msg_sdp sdp;
};

/* That of record SEQ, a message or its arrival; false: it has none. */
bool described_read(struct check *c, uint64_t seq, struct described *d);
void described_free(struct described *d);
/* Record SEQ is not of a program, nor because of a body that a script gave. */
bool described_is_ours(const struct check *c, uint64_t seq);
/* A fault has changed what some message says. */
bool described_are_changed(const struct check *c);
void check_unfit(struct check *c);

/* invariants.c */
bool check_is_program(const struct check *c, struct str node);
/* The record with which the event began in which record SEQ was written. */
uint64_t check_event_of(const struct trace *t, uint64_t seq);
/* invariants_programs.c */
void check_programs(struct check *c);

/* invariants.c: some request of a node that is up waits for what may still
 * come. */
bool check_is_busy(const struct check *c);
void check_dialogs(struct check *c);
void check_transactions(struct check *c);
void check_bindings(struct check *c);
/* invariants_messages.c */
void check_messages(struct check *c);
/* invariants_session.c */
void check_sessions(struct check *c);
/* invariants_networks.c */
void check_networks(struct check *c);
/* invariants_h323.c */
void check_h323(struct check *c);
/* invariants_session.c */
void check_faces(struct check *c);

#endif
