/*
 * How a call stands as its trace ends: what would have had to come and did not,
 * by the messages of its Call-ID.
 */
#ifndef WORDS_UNENDED_H
#define WORDS_UNENDED_H

#include "trace/reader.h"

/* X(ID, sentence): the last thing that has come of a call, and what has not. */
#define UNENDED_ROWS(X)                                                       \
	X(UNANSWERED,                                                         \
	    N_("Here the trace ends, and no final response was seen: nobody " \
	       "has answered, refused or given up."))                         \
	X(CANCELLED,                                                          \
	    N_("Here the trace ends, and no final response to the INVITE "    \
	       "was seen: the CANCEL has not ended it."))                     \
	X(UNACKNOWLEDGED,                                                     \
	    N_("Here the trace ends, and no ACK was seen: who answered does " \
	       "not know that this was heard."))                              \
	X(TALKING,                                                            \
	    N_("Here the trace ends, and no BYE was seen: nobody has hung "   \
	       "up."))                                                        \
	X(HUNG_UP,                                                            \
	    N_("Here the trace ends, and no response to the BYE was seen."))

enum unended {
#define X(id, text) UNENDED_##id,
	UNENDED_ROWS(X)
#undef X
	/* The call has ended, or there is none. */
	UNENDED_NOT
};

/* Its sentence, translated. */
const char *unended_text(enum unended how);

/* How the call stands of which record SEQ of T tells, or what has led to it, as
 * T ends.  Reads all messages of T; UNENDED_NOT also without memory. */
enum unended unended_find(const struct trace *t, uint64_t seq);

#endif
