/*
 * What a program that decides for a node (node/program.h) can say, and why it
 * can fail: the words of `route` records, and what they mean.
 */
#ifndef TRACE_PROGRAM_H
#define TRACE_PROGRAM_H

#include "base/i18n.h"
#include "base/str.h"

/* What it says: X(ID, word). */
#define TRACE_PROGRAM_VERDICTS(X)                                     \
	X(DEFAULT, "default")   /* as the node would by itself */     \
	X(PARALLEL, "parallel") /* targets: all at once */            \
	X(IN_TURN, "in_turn")   /* one group of them after another */ \
	X(WEIGHTED, "weighted") /* the same, in an order drawn */     \
	X(REJECT, "reject")     /* a status */                        \
	X(REDIRECT, "redirect") /* 3xx, the targets for Contacts */   \
	X(FAILED, "failed")                                           \
	/* What a script does (node/script_host.h). */                \
	X(REPLY, "reply")     /* answers, with a status */            \
	X(SEND, "send")       /* a request of its own */              \
	X(FORWARD, "forward") /* sends what has come on */            \
	X(CANCEL, "cancel")   /* takes a request back */              \
	X(AGAIN, "again")     /* the same once more */                \
	X(STREAM, "stream")   /* lets media flow */                   \
	/* of a call that comes to a voice menu */                    \
	X(RING, "ring")                                               \
	X(ANSWER, "answer")                                           \
	X(PLAY, "play")         /* text, for a time */                \
	X(COLLECT, "collect")   /* digits */                          \
	X(TRANSFER, "transfer") /* to a target */                     \
	X(HANG_UP, "hang_up")                                         \
	X(DONE, "done") /* it has said all: the call ends */

enum trace_program_verdict {
#define X(id, word) TRACE_PROGRAM_##id,
	TRACE_PROGRAM_VERDICTS(X)
#undef X
	    TRACE_PROGRAM_VERDICT_COUNT
};

const char *trace_program_word(enum trace_program_verdict v);

/* The name in `fsm` records of machines that programs make up. */
#define TRACE_PROGRAM_MACHINE "script"

/* Why it has failed: X(ID, word, status that comes of it, what it means). */
#define TRACE_PROGRAM_FAULTS(X)                                              \
	X(ERROR, "error", 500, N_("there is an error in it"))                \
	X(ENDLESS, "endless", 500, N_("it did not end within its limits"))   \
	X(RATE, "rate", 503,                                                 \
	    N_("it has done more than it may in a short time"))              \
	X(MEMORY, "memory", 500, N_("it asks for more memory than allowed")) \
	X(FIELD, "field", 500,                                               \
	    N_("it changes something that a proxy must not change"))         \
	X(NONSENSE, "nonsense", 500, N_("its result is not a decision"))     \
	X(TARGET, "target", 500,                                             \
	    N_("it names a target to which no request can be sent"))

enum trace_program_fault {
#define X(id, word, status, text) TRACE_PROGRAM_FAULT_##id,
	TRACE_PROGRAM_FAULTS(X)
#undef X
	    TRACE_PROGRAM_FAULT_COUNT
};

const char *trace_program_fault_word(enum trace_program_fault f);
/* The one with that word, or TRACE_PROGRAM_FAULT_COUNT. */
enum trace_program_fault trace_program_fault_find(struct str word);
/* In the user's language. */
const char *trace_program_fault_text(enum trace_program_fault f);
unsigned trace_program_fault_status(enum trace_program_fault f);

#endif
