/*
 * The invariants of every run that has come to rest, whatever its faults: a
 * row each, with the section of the RFC that requires it.
 */
#ifndef SEARCH_INVARIANTS_H
#define SEARCH_INVARIANTS_H

#include "base/i18n.h"
#include "measures/measures.h"
#include "trace/state_at.h"

/* X(ID, word, RFC, section, what does not hold where it is broken); RFC 0: it
 * is the lab's own */
#define SEARCH_INVARIANTS(X)                                                   \
	X(ONE_SIDED, "one-sided", 3261, "15",                                  \
	    N_("a UA stays in a dialog that its peer has left, or never had")) \
	X(HALF_OPEN, "half-open", 3261, "13.3.1.4",                            \
	    N_("a dialog waits for an ACK that will never be sent"))           \
	X(UNACKNOWLEDGED, "unacknowledged", 3261, "13.2.2.4",                  \
	    N_("a caller that received 200 has neither acknowledged it nor "   \
	       "hung up"))                                                     \
	X(RINGS_ON, "rings-on", 3261, "9.2",                                   \
	    N_("a phone rings although its caller has given up"))              \
	X(WAITS, "waits", 3261, "17.1.1.2",                                    \
	    N_("an INVITE waits for an answer that will never come, and no "   \
	       "timer ends it"))                                               \
	X(OUTLIVES, "outlives", 3261, "17",                                    \
	    N_("a transaction continues without a timer that would end it"))   \
	X(OFFER_OPEN, "offer-open", 3264, "4",                                 \
	    N_("an offer has no answer, and none will come"))                  \
	X(SESSION, "session", 3264, "8",                                       \
	    N_("what one side of a B2BUA has said of its media differs from "  \
	       "what the other side received"))                                \
	X(ENDS, "ends", 3264, "6",                                             \
	    N_("the two ends of a call have different streams, codecs or "     \
	       "directions"))                                                  \
	X(PENDING, "pending", 3261, "14.2",                                    \
	    N_("a B2BUA answers a change with 491, although no other change "  \
	       "is "                                                           \
	       "pending in its calls"))                                        \
	X(UNFIT, "unfit", 3264, "8",                                           \
	    N_("a node ends a call or rejects a change because of a "          \
	       "description, although both sides have a codec in common"))     \
	X(CLAUSE, "clause", 3261, "8",                                         \
	    N_("a message breaks a rule that rung inspect checks"))            \
	X(FACES, "faces", 5853, "3.1",                                         \
	    N_("an SBC that hides its networks has told one side an address "  \
	       "of "                                                           \
	       "its other side"))                                              \
	X(WRONG_TARGET, "wrong-target", 3261, "12.2",                          \
	    N_("a UA sends its requests to an address at which its peer is "   \
	       "not"))                                                         \
	X(UNBOUND, "unbound", 3261, "10.3",                                    \
	    N_("a phone considers itself registered, but no registrar knows "  \
	       "it"))                                                          \
	X(STALE_BINDING, "stale-binding", 3261, "10.2.2",                      \
	    N_("a registrar has a binding that its phone has given up"))       \
	X(ASKED_AGAIN, "asked-again", 3261, "22.1",                            \
	    N_("credentials are requested again and again"))                   \
	X(STORM, "storm", 3261, "17",                                          \
	    N_("far more messages than retransmissions can explain"))          \
	X(PAID, "paid", 3261, "16.6",                                          \
	    N_("a proxy that does accounting saw a call begin and not end, "   \
	       "and "                                                          \
	       "nobody is in it"))                                             \
	X(CIRCUIT, "circuit", 3398, "11.2",                                    \
	    N_("a circuit is seized at one end and idle at the other"))        \
	X(LEGS, "legs", 4123, "5.1.1",                                         \
	    N_("a call of H.323 is over at one end, or at its gateway's SIP "  \
	       "side, but continues at the other"))                            \
	X(HOME, "home", 6733, "6.2",                                           \
	    N_("a home subscriber server has a user as registered whom no "    \
	       "S-CSCF has, or an S-CSCF has one whom the server does not"))   \
	X(STREAM, "stream", 3261, "15.1.1",                                    \
	    N_("a node sends media of a call that is over"))                   \
	X(SOURCE, "source", 3550, "7.1",                                       \
	    N_("a program relays messages, but nothing arrives for it any "    \
	       "more"))                                                        \
	X(IDLES, "idles", 6665, "4.2.3",                                       \
	    N_("a program's timer fires again and again without any effect"))  \
	X(HELD, "held", 3261, "16.6",                                          \
	    N_("a program holds a call that nobody is in"))                    \
	X(GROWS, "grows", 3261, "17",                                          \
	    N_("nobody does anything any more, and messages become more and "  \
	       "more, or a peer has more calls or subscriptions than it "      \
	       "began "                                                        \
	       "in the run without faults"))                                   \
	X(GOAL, "goal", 0, "", N_("a goal of the lab does not hold"))

enum invariant {
#define X(id, word, rfc, section, text) INVARIANT_##id,
	SEARCH_INVARIANTS(X)
#undef X
	    INVARIANT_COUNT
};

struct invariant_row {
	const char *word;
	unsigned rfc;
	const char *section;
	const char *text; /* untranslated */
};

extern const struct invariant_row invariant_rows[INVARIANT_COUNT];

/* It is broken at NODE, a number of the trace's; RECORD shows it. */
struct finding {
	enum invariant what;
	uint32_t node;
	uint64_t record;
	unsigned goal; /* of GOAL: which, from 1; 0 */
};

struct findings {
	struct finding *list;
	size_t n, cap;
};

/* How often a run without faults does a thing, by which others are held
 * against it. */
struct traffic {
	uint64_t sends;        /* messages */
	uint64_t challenges;   /* 401 and 407 */
	const struct trace *t; /* borrowed */
};

void traffic_count(struct traffic *c, const struct trace *t);
/* NOW has far more messages than repetitions of the USUAL traffic can be. */
bool traffic_is_storm(const struct traffic *now, const struct traffic *usual);

/*
 * What T, a whole trace with STATE at its end that does NOW, breaks, appended
 * to OUT; USUAL is what the run without faults does.  0 or ERR_NOMEM.
 */
int invariants_check(const struct trace *t, const struct state_at *state,
    const struct traffic *now, const struct traffic *usual,
    struct findings *out);
void findings_free(struct findings *f);

#endif
