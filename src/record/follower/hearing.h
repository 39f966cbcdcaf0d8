/*
 * Hearing at a moment: for each side of a call the streams that it is to hear,
 * their offer and answer, whether it hears them, since when, and why not.  Of
 * the records `media` and of the messages alone; of a capture of its streams,
 * of which only that they go somewhere is known.
 */
#ifndef FOLLOWER_HEARING_H
#define FOLLOWER_HEARING_H

#include "base/i18n.h"
#include "follower/exchange.h"
#include "trace/state_at.h"

/*
 * X(ID, word, it is heard, how much it asks for a reason, what that means).
 * Faults ask most, then states that a user wants or that will pass, then sound
 * that is heard.  In the text words in braces stand for others: `listener`,
 * `speaker`; `sender` (the speaker, or a box that forwards its media), `goes`
 * (where that sends to), `there` (the node at that address; of LINK a link, of
 * DOWN who is on the way, of THROUGH who mixes), `waits` (where the listener
 * expects it), `says` (the direction that was said), `sound` (a sound that is
 * not a user's).  A new one is decided by a hearing_decide_… of
 * follower/hearing_why.c; tests/cli/hearing.case has a call for each that a run
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
	    N_("{listener} hears the silence of {speaker}: nobody else can "   \
	       "be heard there."))                                             \
	X(EARLY, "early", true, 2,                                             \
	    N_("{listener} hears {speaker} before the answer: early media."))  \
	X(FLOWS, "flows", true, 2,                                             \
	    N_("{speaker} sends to {listener}; the capture does not show "     \
	       "what arrives."))                                               \
	X(SENT, "sent", true, 2,                                               \
	    N_("{listener} receives {codec} from {speaker}; the capture does " \
	       "not show whether it plays it."))                               \
	X(REPORTED, "reported", true, 2,                                       \
	    N_("{listener} receives {codec} from {speaker}; its reports say "  \
	       "{lost} lost."))                                                \
	X(PREVIEW, "preview", true, 2,                                         \
	    N_("{listener} receives {codec} from {speaker} before the "        \
	       "answer; the capture does not show whether it plays it."))      \
	X(PAUSE, "pause", false, 3,                                            \
	    N_("The capture shows nothing of what {speaker} sends to "         \
	       "{listener} now."))                                             \
	X(LATE, "late", true, 4,                                               \
	    N_("{listener} hears little of {speaker}: more than a tenth of "   \
	       "the packets come too late to be played."))                     \
	X(TYPE, "type", false, 4,                                              \
	    N_("{listener} receives media from {speaker} with a payload type " \
	       "that was not agreed, and can't play them."))                   \
	X(STOPPED, "stopped", false, 4,                                        \
	    N_("{speaker} continues to send, but nothing comes to {listener} " \
	       "any more."))                                                   \
	X(DROPPED, "dropped", false, 4,                                        \
	    N_("{speaker} continues to send, but nothing comes to {listener} " \
	       "any more: it is lost at {there}; {why}."))                     \
	X(LINK, "link", false, 4,                                              \
	    N_("{speaker} continues to send, but nothing comes to "            \
	       "{listener}: the link {there} is down."))                       \
	X(DOWN, "down", false, 4,                                              \
	    N_("{speaker} continues to send, but nothing comes to "            \
	       "{listener}: {there} is down."))                                \
	X(GONE, "gone", false, 4,                                              \
	    N_("Nothing comes from {speaker} any more, without notice."))      \
	X(UNFED, "unfed", false, 4,                                            \
	    N_("{speaker} relays to {listener} what it receives, but it "      \
	       "receives nothing any more."))                                  \
	X(ENDED, "ended", false, 1,                                            \
	    N_("{speaker} has ended the call, and no longer sends."))          \
	X(UNAGREED, "unagreed", false, 1,                                      \
	    N_("Nothing is agreed yet for {listener}: there is no answer to "  \
	       "the offer."))                                                  \
	X(REFUSED, "refused", false, 4,                                        \
	    N_("The call has no sound: the answer rejects the stream with "    \
	       "port 0."))                                                     \
	X(DEAF, "deaf", false, 4,                                              \
	    N_("{listener} runs no media (media=true is not set), so it "      \
	       "hears nothing."))                                              \
	X(UNSEEN, "unseen", false, 4,                                          \
	    N_("{listener} has a call, but the capture has no stream to it "   \
	       "now."))                                                        \
	X(HOLDS, "holds", false, 3,                                            \
	    N_("{listener} hears nothing because it wants nothing: its own "   \
	       "description says {says}."))                                    \
	X(HELD, "held", false, 3,                                              \
	    N_("{listener} hears nothing because {speaker} is asked to send "  \
	       "nothing: its description says {says}."))                       \
	X(MUTE, "mute", false, 4,                                              \
	    N_("{speaker} has agreed, but runs no media (media=true is not "   \
	       "set): nothing is sent there."))                                \
	X(LATER, "later", false, 1,                                            \
	    N_("Nothing is agreed yet for {speaker}: the answer has not come " \
	       "there."))                                                      \
	X(UNSENT, "unsent", false, 3,                                          \
	    N_("{speaker} should send, but sends nothing yet."))               \
	X(UNCONNECTED, "unconnected", false, 4,                                \
	    N_("{speaker} sends nothing: the TCP connection for it was not "   \
	       "opened, or is closed."))                                       \
	X(UNREACHED, "unreached", false, 4,                                    \
	    N_("{speaker} sends nothing: ICE has found no path to the peer; "  \
	       "none of its addresses has answered."))                         \
	X(REMOVED, "removed", false, 1,                                        \
	    N_("{speaker} no longer sends this: the stream was removed from "  \
	       "the call."))                                                   \
	X(COMING, "coming", false, 3,                                          \
	    N_("{sender} begins to send to {goes}; nothing has come to "       \
	       "{listener} yet."))                                             \
	X(PRIVATE, "private", false, 4,                                        \
	    N_("{sender} sends to {goes}, the address that it was given. "     \
	       "This private address can't be reached from outside its "       \
	       "network, and {sender} is outside."))                           \
	X(NAT, "nat", false, 4,                                                \
	    N_("{sender} sends to {goes}, which is the NAT {there}; nothing "  \
	       "comes through to {listener}."))                                \
	X(BOX, "box", false, 4,                                                \
	    N_("{sender} sends to {goes}, which is {there}; that relays "      \
	       "nothing to {listener}."))                                      \
	X(ELSEWHERE, "elsewhere", false, 4,                                    \
	    N_("{sender} sends to {goes}, but {listener} waits at {waits}."))  \
	X(MOVED, "moved", false, 4,                                            \
	    N_("{sender} sends to {goes}, an address that {listener} has "     \
	       "left: nothing comes any more."))                               \
	X(KEY, "key", false, 4,                                                \
	    N_("{speaker} sends encrypted media, and {listener} can't "        \
	       "decrypt them: {speaker} does not use the key that {listener} " \
	       "was given."))                                                  \
	X(SOURCE, "source", false, 4,                                          \
	    N_("{speaker} sends media with another SSRC than {listener} was "  \
	       "given (y=), so {listener} discards them."))                    \
	X(NOTHING, "nothing", false, 4,                                        \
	    N_("{sender} sends to {goes}, but nothing has come to "            \
	       "{listener}."))                                                 \
	X(NOBODY, "nobody", false, 4,                                          \
	    N_("Nothing has come to {listener}, and no record shows that "     \
	       "anybody sends there."))                                        \
	X(OVER, "over", false, 1,                                              \
	    N_("{listener} has no call now, so there is nothing to hear."))

enum hearing_state {
#define X(id, word, heard, asks, text) HEARING_##id,
	HEARING_STATES(X)
#undef X
	    HEARING_STATE_COUNT
};

/* One row of the table; slices of the trace or of its state. */
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
    const struct state_at *f, struct str listener, size_t most);
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
