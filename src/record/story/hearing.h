/*
 * Hearing at a moment: for each side of a call the streams that it is to hear,
 * their offer and answer, whether it hears them, since when, and why not.  Of
 * the records `media` and of the messages alone; of a capture of its streams,
 * of which only that they go somewhere is known.
 */
#ifndef STORY_HEARING_H
#define STORY_HEARING_H

#include "base/i18n.h"
#include "story/exchange.h"
#include "trace/fold.h"

/*
 * X(ID, word, it is heard, how much it asks for a reason, what that means).
 * Faults ask most, then states that a user wants or that will pass, then sound
 * that is heard.  In the text words in braces stand for others: `listener`,
 * `speaker`; `sender` (the speaker, or a box that forwards its media), `goes`
 * (where that sends to), `there` (the node at that address; of LINK a link, of
 * DOWN who is on the way, of THROUGH who mixes), `waits` (where the listener
 * expects it), `says` (the direction that was said), `sound` (a sound that is
 * no user's).  A new one is decided by a hearing_decide_… of
 * story/hearing_why.c; tests/cli/hearing.case has a call for each that a run
 * can show.
 */
#define HEARING_STATES(X)                                                      \
	X(HEARS, "hears", true, 2, N_("{listener} hears {speaker}."))          \
	X(SILENCE, "silence", true, 3,                                         \
	    N_("{listener} hears the silence of {speaker}, whose user says "   \
	       "nothing."))                                                    \
	X(QUIET, "quiet", true, 2,                                             \
	    N_("{listener} hears the silence of {speaker}, which says "        \
	       "nothing."))                                                    \
	X(MUTED, "muted", true, 3,                                             \
	    N_("{listener} hears the silence of {speaker}, which is muted."))  \
	X(SOUND, "sound", true, 2,                                             \
	    N_("{listener} hears {sound} from {speaker}."))                    \
	X(THROUGH, "through", true, 2,                                         \
	    N_("{listener} hears {speaker}, through {there}."))                \
	X(ALONE, "alone", true, 2,                                             \
	    N_("{listener} hears the silence of {speaker}: nobody else is to " \
	       "be heard there."))                                             \
	X(EARLY, "early", true, 2,                                             \
	    N_("{listener} hears {speaker} before the answer: early media."))  \
	X(FLOWS, "flows", true, 2,                                             \
	    N_("{speaker} sends to {listener}; what arrives of it the "        \
	       "capture does not tell."))                                      \
	X(SENT, "sent", true, 2,                                               \
	    N_("{listener} is sent {codec} by {speaker}; whether it hears "    \
	       "that is not seen here."))                                      \
	X(REPORTED, "reported", true, 2,                                       \
	    N_("{listener} is sent {codec} by {speaker}; its reports say "     \
	       "{lost} lost."))                                                \
	X(PREVIEW, "preview", true, 2,                                         \
	    N_("{listener} is sent {codec} by {speaker} before the answer; "   \
	       "whether it hears that is not seen here."))                     \
	X(PAUSE, "pause", false, 3,                                            \
	    N_("Of what {speaker} sends to {listener} nothing is seen here "   \
	       "now."))                                                        \
	X(LATE, "late", true, 4,                                               \
	    N_("{listener} hears little of {speaker}: more than a tenth of "   \
	       "what comes is too late for its turn."))                        \
	X(TYPE, "type", false, 4,                                              \
	    N_("What {speaker} sends comes to {listener} with a payload type " \
	       "that {listener} has not agreed upon, and can't be played."))   \
	X(STOPPED, "stopped", false, 4,                                        \
	    N_("{speaker} goes on sending, and nothing of it comes to "        \
	       "{listener} any more."))                                        \
	X(DROPPED, "dropped", false, 4,                                        \
	    N_("{speaker} goes on sending, and nothing of it comes to "        \
	       "{listener} any more: it is lost at {there}; {why}."))          \
	X(LINK, "link", false, 4,                                              \
	    N_("{speaker} goes on sending, and nothing of it comes to "        \
	       "{listener}: the link {there} is down."))                       \
	X(DOWN, "down", false, 4,                                              \
	    N_("{speaker} goes on sending, and nothing of it comes to "        \
	       "{listener}: {there} is down."))                                \
	X(GONE, "gone", false, 4,                                              \
	    N_("Nothing comes from {speaker} any more, which has not said "    \
	       "so."))                                                         \
	X(UNFED, "unfed", false, 4,                                            \
	    N_("{speaker} sends {listener} what comes to it, and nothing "     \
	       "comes there any more."))                                       \
	X(ENDED, "ended", false, 1,                                            \
	    N_("{speaker} has ended the call, and sends nothing any more."))   \
	X(UNAGREED, "unagreed", false, 1,                                      \
	    N_("Nothing is agreed yet for {listener}: there is no answer to "  \
	       "the offer."))                                                  \
	X(REFUSED, "refused", false, 4,                                        \
	    N_("The call has no sound: the answer refuses the stream with "    \
	       "port 0."))                                                     \
	X(DEAF, "deaf", false, 4,                                              \
	    N_("{listener} runs no media (media=true is not said): what "      \
	       "comes there is not heard."))                                   \
	X(UNSEEN, "unseen", false, 4,                                          \
	    N_("{listener} has a call, and the capture has no stream that "    \
	       "goes there now."))                                             \
	X(HOLDS, "holds", false, 3,                                            \
	    N_("{listener} hears nothing because it wants nothing: its own "   \
	       "description says {says}."))                                    \
	X(HELD, "held", false, 3,                                              \
	    N_("{listener} hears nothing because {speaker} is to send "        \
	       "nothing: its description says {says}."))                       \
	X(MUTE, "mute", false, 4,                                              \
	    N_("{speaker} has agreed, and runs no media (media=true is not "   \
	       "said): nothing is sent there."))                               \
	X(LATER, "later", false, 1,                                            \
	    N_("Nothing is agreed yet for {speaker}: the answer has not come " \
	       "there."))                                                      \
	X(UNSENT, "unsent", false, 3,                                          \
	    N_("{speaker} is to send, and sends nothing yet."))                \
	X(UNCONNECTED, "unconnected", false, 4,                                \
	    N_("{speaker} sends nothing: the TCP connection for it has not "   \
	       "come about, or is gone."))                                     \
	X(UNREACHED, "unreached", false, 4,                                    \
	    N_("{speaker} sends nothing: by ICE there is no way to the other " \
	       "side; none of its addresses has answered."))                   \
	X(REMOVED, "removed", false, 1,                                        \
	    N_("{speaker} sends this no more: the stream has been taken out "  \
	       "of the call."))                                                \
	X(COMING, "coming", false, 3,                                          \
	    N_("{sender} begins to send to {goes}; nothing of it has come to " \
	       "{listener} yet."))                                             \
	X(PRIVATE, "private", false, 4,                                        \
	    N_("{sender} sends to {goes}, as it was told: a private address, " \
	       "which is no good outside of its own network, and {sender} is " \
	       "outside."))                                                    \
	X(NAT, "nat", false, 4,                                                \
	    N_("{sender} sends to {goes}, which is the NAT {there}; nothing "  \
	       "of it comes through to {listener}."))                          \
	X(BOX, "box", false, 4,                                                \
	    N_("{sender} sends to {goes}, which is {there}; that passes "      \
	       "nothing on to {listener}."))                                   \
	X(ELSEWHERE, "elsewhere", false, 4,                                    \
	    N_("{sender} sends to {goes}, and {listener} waits at {waits}."))  \
	X(MOVED, "moved", false, 4,                                            \
	    N_("{sender} sends to {goes}, an address that {listener} has "     \
	       "left: nothing of it comes any more."))                         \
	X(KEY, "key", false, 4,                                                \
	    N_("What {speaker} sends comes sealed, and {listener} can't open " \
	       "it: by the key that it was told {speaker} does not seal."))    \
	X(SOURCE, "source", false, 4,                                          \
	    N_("What {speaker} sends comes to {listener} with another SSRC "   \
	       "than {listener} was told (y=), and is not taken."))            \
	X(NOTHING, "nothing", false, 4,                                        \
	    N_("{sender} sends to {goes}, and nothing of it has come to "      \
	       "{listener}."))                                                 \
	X(NOBODY, "nobody", false, 4,                                          \
	    N_("Nothing has come to {listener}, and no record tells that "     \
	       "anybody sends there."))                                        \
	X(OVER, "over", false, 1,                                              \
	    N_("{listener} has no call, or no more, so there is nothing to "   \
	       "hear."))

enum hearing_state {
#define X(id, word, heard, asks, text) HEARING_##id,
	HEARING_STATES(X)
#undef X
	    HEARING_STATE_COUNT
};

/* One row of the table; slices of the trace or the fold. */
struct hearing {
	struct str listener, speaker; /* nodes; the latter may be unknown */
	struct str call, type;        /* of the listener */
	struct str call_there;        /* of the speaker; or empty */
	bool is_one_of;               /* of rows that their calls tell apart */
	struct str codec, goes;
	struct str sender,
	    there; /* of what does not arrive; and LINK's, DOWN's, THROUGH's */
	enum trace_drop why; /* of DROPPED */
	const char *says;    /* of HOLDS and HELD: the direction said */
	struct str sound;    /* a word of docs/TRACE.md; or empty */
	enum hearing_state state;
	bool has_exchange;
	struct exchange exchange; /* of the listener */
	/* Records; 0: none. */
	uint64_t agree, agree_there; /* of the listener, of the speaker */
	uint64_t flow, hear, quality;
	uint64_t report;  /* of REPORTED, the listener's last … */
	int64_t lost;     /* … which says so, in 10,000ths */
	uint64_t decides; /* what the state is so because of */
	int64_t since;    /* it hears; or the deciding record */
};

struct hearings {
	struct hearing *list;
	size_t n, cap;
	size_t more;                       /* that had no room */
	struct exchange_reader *exchanges; /* of the same trace; or NULL */
};
#define HEARINGS_INIT ((struct hearings){ .list = NULL })

/* Of node LISTENER (STR_NULL: of all), at most MOST rows, in the order in which
 * the calls came.  F stands at the moment.  H is begun by HEARINGS_INIT, and
 * serves for all moments of T.  0 or ERR_NOMEM. */
int hearings_read(struct hearings *h, const struct trace *t,
    const struct fold *f, struct str listener, size_t most);
void hearings_free(struct hearings *h);

bool hearing_is_heard(enum hearing_state s);
unsigned hearing_asks(enum hearing_state s);
const char *hearing_word(enum hearing_state s);
const char *hearing_text(enum hearing_state s); /* translated */

/* The node that has sent the stream received from record HEAR of T on, boxes
 * that forward it left out; STR_NULL: no record tells. */
struct str hearing_sender(const struct trace *t, uint64_t hear);
/* The same; else the node at the source address, or that address where it is no
 * node's in T. */
struct str hearing_speaker(const struct trace *t, uint64_t hear);

/* The `hear` of the source that record SEQ is of; 0: none. */
uint64_t hearing_began(const struct trace *t, uint64_t seq);

/* Behind the MOS of REC, where its scale is not the narrowband one: "wideband"
 * in the user's language; NULL: it is. */
const char *hearing_scale(const struct trace_rec *rec);

#endif
