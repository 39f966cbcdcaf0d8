/*
 * What a program (node/program.h) does with the calls of a voice menu
 * (menu=FILE).  The program of a call is a sequence: it answers the call,
 * plays, collects digits, transfers it, hangs up. It asks for one step after
 * the other, and after each waits until its node reports the result.
 *
 * The node does not depend on the language of the program: it begins a talk
 * for each call, continues it when the awaited event has come, and ends it
 * with the call.
 */
#ifndef NODE_MENU_PROGRAM_H
#define NODE_MENU_PROGRAM_H

#include "node/program.h"

/* The functions of it: X(ID, name). */
#define MENU_EVENTS(X)     \
	X(CALL, "on_call") \
	X(END, "on_end")

enum menu_event {
#define X(id, name) MENU_ON_##id,
	MENU_EVENTS(X)
#undef X
	    MENU_EVENT_COUNT
};

const char *menu_event_name(enum menu_event e);

/* Digits that one wish can be for, and that wait for it. */
#define MENU_DIGITS 64

/* What it wants of its node next; kept by the talk until it is gone on with. */
struct menu_wish {
	/* RING, ANSWER, PLAY, COLLECT, TRANSFER, HANG_UP, REJECT; DONE: it has
	 * said all; FAILED. */
	enum trace_program_verdict verdict;
	enum trace_program_fault fault; /* of FAILED */
	unsigned status;                /* of REJECT, of FAILED */
	unsigned digits;                /* of COLLECT: at most so many */
	int64_t time_ns;  /* how long it rings, plays, waits for a digit */
	bool barge;       /* of PLAY: a digit ends it */
	struct buf text;  /* the announcement; the target; the reason phrase */
	const char *file; /* where that stands */
	unsigned line;
};

/* What has come of it. */
struct menu_outcome {
	bool done;       /* PLAY: to its end; TRANSFER: it is done */
	unsigned status; /* of TRANSFER, as the NOTIFY says; 0: none */
	char digits[MENU_DIGITS + 1]; /* of COLLECT … */
	const char *ended_by; /* … and why there are no more: a literal */
};

struct menu_talk;

struct menu_ops {
	/* INVITE has come from SRC.  0 with a talk that is gone on with for the
	 * first wish, or ERR_NOMEM. */
	int (*begin)(struct program *p, const struct msg *invite,
	    const struct addr *src, struct menu_talk **t);
	/* OUTCOME is what the last wish has led to (of the first: nothing).  0
	 * with the next one, good until T is gone on with or ended, or
	 * ERR_NOMEM. */
	int (*go_on)(struct menu_talk *t, const struct menu_outcome *outcome,
	    const struct menu_wish **wish);
	/* T is over, and freed.  TELL: the program may hear of it; an error
	 * there is in *WISH then, FAILED, and good as long as the program.  0
	 * or ERR_NOMEM. */
	int (*end)(struct menu_talk *t, bool tell, struct menu_wish *wish);
};

#endif
