/*
 * Why a call ended: one sentence for each call, registration, subscription or
 * other request of a trace, proven by records, and made from messages alone
 * (follower/follower.h), so that a capture tells as much as a run.  The legs of
 * a B2BUA are one call.  What can't be proved is not said: of what a trace does
 * not show the sentence says that it is not seen.
 */
#ifndef OUTCOME_OUTCOME_H
#define OUTCOME_OUTCOME_H

#include "base/buf.h"
#include "base/field.h"
#include "base/i18n.h"
#include "follower/follower.h"

/* How much an outcome matters. */
enum outcome_level {
	OUTCOME_OPEN,    /* it goes on, or a part of it is outside the trace */
	OUTCOME_END,     /* it ended as a user wanted it to */
	OUTCOME_TROUBLE, /* it did not */
};

/*
 * X(ID, word, level, section, few words for a list where the status of the call
 * tells less, sentence, what to do next), the worst first.  In a sentence words
 * in braces stand for others: {caller}, who asked first; {by}, whose deed it
 * is; {with}, the node at the other end; {at}, an address; {method}; {status}
 * and {reason} as they were sent; {count}; {time}; {text}, further words of the
 * message or of a packet's loss.
 */
#define OUTCOMES(X)                                                            \
	X(CLOSED, "closed-port", TROUBLE, "RFC 3261 18.4", N_("closed port"),  \
	    N_("The {method} from {by} to {at} met a closed port "             \
	       "({count}x)."),                                                 \
	    N_("Check whether a program listens at {at}."))                    \
	X(CLOSED_BEHIND, "closed-port-behind", TROUBLE, "RFC 3261 16.9",       \
	    N_("closed port"),                                                 \
	    N_("{status} for {caller}: the {method} from {by} to {at} met a "  \
	       "closed port ({count}x)."),                                     \
	    N_("Check whether a program listens at {at}."))                    \
	X(LOST, "lost", TROUBLE, "RFC 3261 18.4",                              \
	    /* TRANSLATORS: packets were */ N_("lost"),                        \
	    N_("The {method} from {by} did not reach {at}: {text} "            \
	       "({count}x)."),                                                 \
	    N_("Check the path from {by} to {at}."))                           \
	X(LOST_BEHIND, "lost-behind", TROUBLE, "RFC 3261 16.9", N_("lost"),    \
	    N_("{status} for {caller}: the {method} from {by} did not reach "  \
	       "{at}: {text} ({count}x)."),                                    \
	    N_("Check the path from {by} to {at}."))                           \
	X(SILENT, "no-answer-seen", TROUBLE, "RFC 3261 17.1.1.2",              \
	    N_("no response"),                                                 \
	    N_("No answer to the {method} from {by} to {at} is seen "          \
	       "({count}x in {time}){text}."),                                 \
	    N_("Capture at {at} as well: is the request there?"))              \
	X(SILENT_BEHIND, "no-answer-seen-behind", TROUBLE, "RFC 3261 16.7",    \
	    N_("no response"),                                                 \
	    N_("{status} for {caller}: no answer to the {method} from {by} "   \
	       "to {at} is seen ({count}x in {time}){text}."),                 \
	    N_("Capture at {at} as well: is the request there?"))              \
	X(UNHEARD, "answer-unheard", TROUBLE, "RFC 3261 18.2.2",               \
	    N_("response lost"),                                               \
	    N_("{by} answered the {method} from {caller} with {status}, and "  \
	       "the answer did not arrive."),                                  \
	    N_("Compare the Via of the request with the address that it came " \
	       "from."))                                                       \
	X(ACK_LOST, "ack-lost", TROUBLE, "RFC 3261 13.3.1.4", N_("ACK lost"),  \
	    N_("{by} sent its 2xx {count} times: the ACK from {with} did not " \
	       "reach {at}: {text}."),                                         \
	    N_("Check the path from {with} to {at}."))                         \
	X(CUT, "cut-without-ack", TROUBLE, "RFC 3261 13.3.1.4", N_("no ACK"),  \
	    N_("{by} sent its 2xx {count} times, no ACK from {with} came, "    \
	       "and {by} ended the call after {time}."),                       \
	    N_("Check the Contact of the 2xx, to which the ACK goes, and its " \
	       "Record-Route."))                                               \
	X(NO_ACK, "no-ack", TROUBLE, "RFC 3261 13.3.1.4", N_("no ACK"),        \
	    N_("{by} sent its 2xx {count} times, and no ACK from {with} "      \
	       "came."),                                                       \
	    N_("Check the Contact of the 2xx, to which the ACK goes, and its " \
	       "Record-Route."))                                               \
	X(ACK_UNHEARD, "ack-unheard", TROUBLE, "RFC 3261 13.3.1.4",            \
	    N_("ACK not heard"),                                               \
	    N_("{by} sent its 2xx {count} times, although an ACK from {with} " \
	       "is seen."),                                                    \
	    N_("Compare the CSeq, the branch and the target of the ACK with "  \
	       "the 2xx. If they match, the ACK may be lost after the "        \
	       "capture point: capture at {by} as well."))                     \
	X(NO_PRACK, "no-prack", TROUBLE, "RFC 3262 3", N_("no PRACK"),         \
	    N_("{by} sent a reliable provisional response, and no PRACK from " \
	       "{with} came."),                                                \
	    N_("Check whether {with} supports 100rel."))                       \
	X(WITHIN, "no-answer-within", TROUBLE, "RFC 3261 12.2.1.2",            \
	    N_("no response"),                                                 \
	    N_("No answer to the {method} from {by} within the call is seen "  \
	       "({count}x)."),                                                 \
	    N_("Check the target of the dialog: who receives what is sent "    \
	       "there?"))                                                      \
	X(SESSION_TIMER, "session-expired", TROUBLE, "RFC 4028 10",            \
	    N_("not refreshed"),                                               \
	    N_("{by} ended the call after {time}: no refresh came within the " \
	       "session interval of {count} s."),                              \
	    N_("Check who had to refresh: the refresher parameter of the "     \
	       "last 2xx."))                                                   \
	X(REFRESH, "refresh-rejected", TROUBLE, "RFC 4028 7.4",                \
	    N_("refresh rejected"),                                            \
	    N_("{with} rejected the {method} that should refresh the session " \
	       "with {status} {reason}, and {by} ended the call after "        \
	       "{time}."),                                                     \
	    N_("Check why {with} does not accept the {method}."))              \
	X(NO_PASSWORD, "no-credentials", TROUBLE, "RFC 3261 22.2",             \
	    N_("no credentials"),                                              \
	    N_("{by} asked {caller} for credentials ({status}), and {caller} " \
	       "sent none."),                                                  \
	    N_("Check whether {caller} has a user name and a password for "    \
	       "this realm."))                                                 \
	X(PASSWORD, "wrong-password", TROUBLE, "RFC 3261 22.2",                \
	    N_("wrong password"),                                              \
	    N_("{by} rejected the credentials of {caller} ({count}x, "         \
	       "{status})."),                                                  \
	    N_("Compare user name, realm and password at both ends."))         \
	X(NONCE, "nonce-never-serves", TROUBLE, "RFC 7616 3.3",                \
	    N_("nonce rejected"),                                              \
	    N_("{by} answers each nonce that {caller} uses with a new one "    \
	       "({count}x, stale)."),                                          \
	    N_("Check how long a nonce of {by} is valid, and whether several " \
	       "servers answer at one address."))                              \
	X(LOOP, "loop", TROUBLE, "RFC 3261 16.3", N_("loop"),                  \
	    N_("The {method} from {caller} went in a loop: {by} rejected it "  \
	       "with {status} {reason}."),                                     \
	    N_("Check the routes between the proxies."))                       \
	X(HOPS, "too-many-hops", TROUBLE, "RFC 3261 21.4.21", "",              \
	    N_("The {method} from {caller} used up its Max-Forwards: {by} "    \
	       "rejected it with {status} {reason}."),                         \
	    N_("Check the routes between the proxies, and the Max-Forwards "   \
	       "with which the {method} began."))                              \
	X(RETRY, "retry-after-ignored", TROUBLE, "RFC 3261 21.5.4",            \
	    N_("too early"),                                                   \
	    N_("{by} asked {caller} to wait {count} s ({status}, "             \
	       "Retry-After), and {caller} tried again after {time}."),        \
	    N_("Check what {caller} does with Retry-After."))                  \
	X(TRANSFER_LEFT, "transfer-left", TROUBLE, "RFC 5589 6.1",             \
	    N_("transfer failed"),                                             \
	    N_("The transfer that {with} asked {by} for failed with {status} " \
	       "{reason}; {with} had ended the first call, and {by} was left " \
	       "without one."),                                                \
	    N_("Check why {with} did not wait for the last NOTIFY."))          \
	X(TRANSFER, "transfer-failed", TROUBLE, "RFC 3515 2.4.5",              \
	    N_("transfer failed"),                                             \
	    N_("The transfer that {with} asked {by} for failed with {status} " \
	       "{reason}; the first call stayed as it was."),                  \
	    N_("Check the call that {by} made for it."))                       \
	X(ONE_WAY, "one-way-media", TROUBLE, "RFC 3264 5.1", "",               \
	    N_("{by} heard nothing of {with}, whose packets went to {at}."),   \
	    N_("Is that address, from the description that {with} received, "  \
	       "reachable from {with}?"))                                      \
	X(UNSEEN, "no-media-seen", TROUBLE, "RFC 3264 5.1", "",                \
	    N_("No media from {with} to {by} are seen, although {by} sends "   \
	       "to {at}."),                                                    \
	    N_("Capture at {with} as well: does it send, and to which "        \
	       "address?"))                                                    \
	X(STOPPED, "media-stopped", TROUBLE, "RFC 3264 8", "",                 \
	    N_("When the call ended, {by} heard nothing of {with} any more."), \
	    N_("Check the path from {with} to {by}."))                         \
	X(CEASED, "no-more-media-seen", TROUBLE, "RFC 3264 8", "",             \
	    N_("No media from {with} to {by} are seen in the last {time} of "  \
	       "the call, although {by} continued to send."),                  \
	    N_("Check the path from {with} to {by}."))                         \
	X(LATE, "media-late", TROUBLE, "RFC 3550 6.4.1", "",                   \
	    N_("{by} heard little of {with}: more than a tenth of the "        \
	       "packets "                                                      \
	       "came too late."),                                              \
	    N_("Check the path from {with} to {by}: what delays packets "      \
	       "there?"))                                                      \
	X(LAPSED, "registration-lapsed", TROUBLE, "RFC 3261 10.2.4",           \
	    N_("lapsed"),                                                      \
	    N_("The registration of {caller} at {with} expired: its lifetime " \
	       "was {count} s, and no refresh came in that time."),            \
	    N_("Check why {caller} did not refresh it."))                      \
	X(NO_NOTIFY, "no-notify", TROUBLE, "RFC 6665 4.2.1.2",                 \
	    N_("no NOTIFY"),                                                   \
	    N_("{with} accepted the subscription of {caller}, and no NOTIFY "  \
	       "is seen."),                                                    \
	    N_("Check the Contact of {caller}, to which the NOTIFY goes."))    \
	X(REJECTED, "rejected", TROUBLE, "RFC 3261 13.3.1.3", "",              \
	    N_("{by} rejected the {method} from {caller} with {status} "       \
	       "{reason}{text}."),                                             \
	    N_("Ask {by} why: its logs, or its settings for this user."))      \
	X(REDIRECTED, "redirected", END, "RFC 3261 8.1.3.4", "",               \
	    N_("{by} redirected {caller} to {text}, and {caller} did not go "  \
	       "there."),                                                      \
	    "")                                                                \
	X(ELSEWHERE, "answered-elsewhere", END, "RFC 3326 2", "",              \
	    N_("The {method} to {with} was cancelled after {time}: the call "  \
	       "was answered elsewhere."),                                     \
	    "")                                                                \
	X(ANEW, "credentials-anew", END, "RFC 3261 22.2", "",                  \
	    N_("{by} asked {caller} for credentials ({status}), and {caller} " \
	       "sent them with another Call-ID."),                             \
	    "")                                                                \
	X(RANG, "rang", END, "RFC 3261 16.8", "",                              \
	    N_("It rang for {time} and nobody answered ({status})."), "")      \
	X(BUSY, "busy", END, "RFC 3261 21.4.24", "",                           \
	    N_("{by} was busy ({status})."), "")                               \
	X(DECLINED, "declined", END, "RFC 3261 21.6.2", "",                    \
	    N_("{by} declined the call ({status})."), "")                      \
	X(CANCELLED, "cancelled", END, "RFC 3261 9.1", "",                     \
	    N_("{caller} cancelled the {method} after {time}."), "")           \
	X(HELD, "ended-on-hold", END, "RFC 3264 8.4", "",                      \
	    N_("{by} ended the call after {time}, while {with} had it on "     \
	       "hold."),                                                       \
	    "")                                                                \
	X(ENDED, "ended", END, "RFC 3261 15", "",                              \
	    N_("{by} ended the call after {time}."), "")                       \
	X(DONE, "done", END, "RFC 3261 8.1.3", "",                             \
	    N_("{with} accepted the {method} from {caller} ({status})."), "")  \
	X(ANSWERED, "answered", END, "RFC 3261 11.2", "",                      \
	    N_("{with} answered the {method} from {caller} with {status} "     \
	       "{reason}."),                                                   \
	    "")                                                                \
	X(OPEN, "open", OPEN, "", "", N_("It continues when the trace ends."), \
	    "")                                                                \
	X(PART, "part", OPEN, "", "",                                          \
	    N_("The trace contains only a part of it."), "")

enum outcome_id {
#define X(id, word, level, section, brief, text, next) OUTCOME_IS_##id,
	OUTCOMES(X)
#undef X
	    OUTCOME_COUNT
};

#define OUTCOME_PROOFS 4

/* Slices are the outcomes' or the trace's. */
struct outcome {
	enum outcome_id id;
	struct str call_id, method; /* of the first request */
	uint64_t first;             /* its record */
	struct str caller, by, with, at, reason, text;
	unsigned status, count;
	int64_t ns;                     /* of {time} */
	uint64_t proof[OUTCOME_PROOFS]; /* records, the first of them first */
	size_t nproof;
	/* The last message that is sent in any leg, or that a proof is of;
	 * where the outcomes read T themselves. */
	uint64_t last;
};

struct outcomes;

/* Reads all of T, which stays until O is gone.  0 or ERR_NOMEM. */
int outcomes_read(struct outcomes **o, const struct trace *t);
void outcomes_destroy(struct outcomes *o); /* may be NULL */

/*
 * Of T, which may grow, a part at a time, with F NULL.  A reader with a
 * follower F of its own shows each message of T behind follower_apply or
 * follower_apply_arrival, and each record of a loss, and then judges.  T and F
 * stay until O is gone.
 */
int outcomes_create(
    struct outcomes **o, const struct trace *t, const struct follower *f);
void outcomes_take(struct outcomes *o, const struct followed_message *s);
void outcomes_take_drop(struct outcomes *o, uint64_t seq);
int outcomes_judge(struct outcomes *o); /* 0 or ERR_NOMEM */

/* Reads at most MAX more records, and judges behind the last; until then what
 * was judged before stays.  False: all is judged, or memory ran out. */
bool outcomes_extend(struct outcomes *o, uint64_t max);
int outcomes_error(const struct outcomes *o);         /* 0 or ERR_NOMEM */
uint64_t outcomes_position(const struct outcomes *o); /* records judged */

/* In the order of their first requests. */
size_t outcomes_count(const struct outcomes *o);
const struct outcome *outcomes_at(const struct outcomes *o, size_t i);
/* Of the call with this Call-ID, of whichever leg; NULL: none. */
const struct outcome *
outcomes_find(const struct outcomes *o, struct str call_id);
/* The same as a view that stands at record SEQ tells it: NULL while the call
 * goes on or has messages behind SEQ, so that nothing is given away, or if O is
 * NULL. */
const struct outcome *
outcomes_then(const struct outcomes *o, struct str call_id, uint64_t seq);
/* Walks all legs, from *AT = 0; their Call-IDs.  False at the end. */
bool outcomes_next(const struct outcomes *o, size_t *at, struct str *call_id);

enum outcome_level outcome_level(const struct outcome *o);
const char *outcome_name(enum outcome_id id);
/* OUTCOME_COUNT: there is none called WORD. */
enum outcome_id outcome_find_id(struct str word);
/* The word that WORD may be meant for; NULL: none. */
const char *outcome_nearest(struct str word);
const char *outcome_section(enum outcome_id id); /* may be empty */
/* Few words in the user's language, "closed port"; NULL: there are none. */
const char *outcome_brief(const struct outcome *o);
/* The sentence, in the user's language, and its proof: " (#326, #331)". */
void outcome_put_sentence(const struct outcome *o, struct buf *b);
void outcome_put_proof(const struct outcome *o, struct buf *b);
/* What to do next; nothing where there is no trouble. */
void outcome_put_next(const struct outcome *o, struct buf *b);
/* The same, and by which section it is judged. */
void outcome_put_advice(const struct outcome *o, struct buf *b);
/* Members of a JSON object (docs/TRACE.md). */
void outcome_put_json(const struct outcome *o, struct buf *b);
extern const struct field outcome_fields[];

#endif
