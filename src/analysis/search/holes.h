/*
 * The holes of SIP: a row for each gap of the protocol into which one or two
 * faults can bring a run. A row says which invariant breaks then, what the
 * fault must have hit, which messages must have been lost, and the section
 * that leaves it open; docs/HOLES.md is made of the rows.
 *
 * A broken run without a row shows a fault of rung's nodes, or of this table.
 */
#ifndef SEARCH_HOLES_H
#define SEARCH_HOLES_H

#include "search/fault.h"
#include "search/judge.h"

/* What a fault has struck, as seen from where it is broken. */
enum hole_place {
	HOLE_AT_SELF,      /* the node itself */
	HOLE_AT_END,       /* another end of the call */
	HOLE_AT_RELAY,     /* a proxy on the way */
	HOLE_AT_REGISTRAR, /* a registrar or location service; beside that */
	HOLE_AT_APART,     /* a node that has no part in it */
	HOLE_AT_LINK,
	HOLE_AT_MESSAGE,
};

/* Kinds of messages. */
enum hole_message {
	HOLE_IS_INVITE,
	HOLE_IS_PROVISIONAL, /* response to one, as the next two */
	HOLE_IS_SUCCESS,
	HOLE_IS_REFUSAL,
	HOLE_IS_ACK,
	HOLE_IS_CANCEL,
	HOLE_IS_BYE,
	HOLE_IS_OTHER,
	HOLE_IS_FOREIGN, /* of another signalling than SIP */
	HOLE_IS_DIAMETER,
};

/* Bits of the columns. */
#define HOLE_DIES (1u << FAULT_CRASH | 1u << FAULT_RESTART)
#define HOLE_LATE (1u << FAULT_LATE | 1u << FAULT_OVERTAKEN)
#define HOLE_DOWN (1u << FAULT_DOWN)
#define HOLE_ANY  FAULT_ALL

#define HOLE_IS(id) (1u << HOLE_IS_##id)
#define HOLE_OF(id) (1u << INVARIANT_##id)
#define HOLE_ANSWER (HOLE_IS(SUCCESS) | HOLE_IS(REFUSAL))

/*
 * X(ID, word, invariants, kinds of faults, what they befell, messages of which
 * one never arrived, messages of which one was hit, marks, RFC, section, what
 * happens, why nothing in the protocol mends it and what does, lab and acts of
 * the smallest run; an --until behind the lab's name where its duration is too
 * short); 0 in a column behind the kinds: any.
 *
 * What was struck is of one fault; the first row that a run has all columns of
 * is its own.
 */
#define SEARCH_HOLES(X)                                                        \
	X(CRASHED_END, "crashed-end", HOLE_OF(ONE_SIDED), HOLE_DIES,           \
	    HOLE_AT(END), 0, 0, 0, 3261, "15",                                 \
	    N_("One side of a call crashes."),                                 \
	    N_("A call ends only by BYE, and while it lasts SIP sends "        \
	       "nothing, "                                                     \
	       "so the peer waits for a BYE that will never be sent. A "       \
	       "session "                                                      \
	       "timer (RFC 4028) ends the call, or a phone that hangs up "     \
	       "when "                                                         \
	       "it hears no media."),                                          \
	    "direct-call", "29:bob.crash")                                     \
	X(BYE_AT_PROXY, "bye-at-proxy", HOLE_OF(ONE_SIDED) | HOLE_OF(HELD),    \
	    HOLE_DIES, HOLE_AT(RELAY), HOLE_IS(BYE), 0, 0, 3261, "12.2",       \
	    N_("A BYE goes to a proxy that has crashed."),                     \
	    N_("The route set of a dialog stays what it was when the dialog "  \
	       "began, so its requests go to a proxy that is gone, and the "   \
	       "peer learns nothing. A session timer (RFC 4028) frees it, or " \
	       "a "                                                            \
	       "second proxy behind the name in the Record-Route (RFC 3263 "   \
	       "4.2)."),                                                       \
	    "early-dialogs", "278:px.crash")                                   \
	X(LOST_BYE, "lost-bye", HOLE_OF(ONE_SIDED) | HOLE_OF(HELD), HOLE_DOWN, \
	    HOLE_AT(LINK), HOLE_IS(BYE), 0, 0, 3261, "15.1.1",                 \
	    N_("A BYE is lost until its sender gives up."),                    \
	    N_("The phone that hangs up has left the call when it sends the "  \
	       "BYE. It stops retransmitting after 64*T1, whether the BYE "    \
	       "has "                                                          \
	       "arrived or not. A session timer (RFC 4028) frees the peer."),  \
	    "direct-call",                                                     \
	    "54@8039ms:alice--router.down 115@43039ms:alice--router.up")       \
	X(REFUSED_BYE, "refused-bye", HOLE_OF(ONE_SIDED) | HOLE_OF(HELD),      \
	    HOLE_ANY, 0, 0, 0, HOLE_REFUSED, 3261, "21.5.4",                   \
	    N_("An overloaded proxy rejects a BYE."),                          \
	    N_("A server may answer any request with 503, and the phone that " \
	       "hangs up has left the call, whatever the response. A proxy "   \
	       "that rejects requests outside of dialogs first (RFC 7339 "     \
	       "5.10.1) forwards the BYE, or a session timer (RFC 4028) "      \
	       "frees "                                                        \
	       "the peer."),                                                   \
	    "trunk-unreachable", "81:message.delay:by=1979ms")                 \
	X(EARLY_BYE, "early-bye", HOLE_OF(ONE_SIDED), HOLE_DOWN,               \
	    HOLE_AT(LINK), 0, 0, HOLE_TOO_EARLY, 3261, "18.1.1",               \
	    N_("A BYE by UDP overtakes the 200 of its call, which TCP "        \
	       "delays."),                                                     \
	    N_("The callee hangs up when no ACK has arrived, and the caller, " \
	       "who knows of no call yet, answers 481. TCP then delivers the " \
	       "200, which it has retransmitted all the time, and the caller " \
	       "begins a call that is over. A large message goes by TCP and "  \
	       "a "                                                            \
	       "small one by UDP: one connection for both keeps their order, " \
	       "or a session timer (RFC 4028) frees the caller."),             \
	    "ims-triggers --until=60s",                                        \
	    "580@1194ms:core--scscf.down 906@36194ms:core--scscf.up")          \
	X(WAITS_FOR_PHONE, "waits-for-phone", HOLE_OF(WAITS), HOLE_DIES,       \
	    HOLE_AT(END), 0, 0, 0, 3261, "17.1.1.2",                           \
	    N_("A phone crashes while it rings."),                             \
	    N_("After a provisional response an INVITE has no timer left: it " \
	       "waits for a final one without a limit. The caller hangs up, "  \
	       "an "                                                           \
	       "Expires in the INVITE ends it (RFC 3261 13.2.1), or Timer C "  \
	       "of "                                                           \
	       "a proxy (RFC 3261 16.8)."),                                    \
	    "direct-call", "11:bob.crash")                                     \
	X(WAITS_FOR_PROXY, "waits-for-proxy", HOLE_OF(WAITS), HOLE_DIES,       \
	    HOLE_AT(RELAY), 0, 0, 0, 3261, "16.8",                             \
	    N_("A proxy crashes while it waits for an answer."),               \
	    N_("Timer C, which would have ended the call, belonged to the "    \
	       "proxy and is gone with it, and the caller's own INVITE has "   \
	       "no "                                                           \
	       "timer after a provisional response. The caller hangs up, or "  \
	       "an "                                                           \
	       "Expires in the INVITE ends it (RFC 3261 13.2.1)."),            \
	    "busy", "54:atl.crash")                                            \
	X(LOST_ANSWER, "lost-answer", HOLE_OF(WAITS), HOLE_DOWN,               \
	    HOLE_AT(LINK), HOLE_ANSWER, 0, 0, 3261, "17.2.1",                  \
	    N_("The final response to an INVITE is lost until its sender "     \
	       "gives up."),                                                   \
	    N_("It is retransmitted for 64*T1 and then no more, but the "      \
	       "INVITE "                                                       \
	       "that waits for it has no timer after a provisional response. " \
	       "The caller hangs up, or an Expires in the INVITE ends it "     \
	       "(RFC "                                                         \
	       "3261 13.2.1)."),                                               \
	    "busy", "117@1119ms:lan1--alice.down 192@36119ms:lan1--alice.up")  \
	X(CRASHED_CALLER, "crashed-caller", HOLE_OF(RINGS_ON), HOLE_DIES,      \
	    HOLE_AT(END), 0, 0, 0, 3261, "9",                                  \
	    N_("A caller crashes while the other phone rings."),               \
	    N_("A phone that rings learns only by CANCEL that the call was "   \
	       "given up, and a phone that has crashed sends none. An "        \
	       "Expires "                                                      \
	       "in the INVITE ends it (RFC 3261 13.3.1), or Timer C of a "     \
	       "proxy "                                                        \
	       "(RFC 3261 16.8)."),                                            \
	    "rfc3311-8", "5:alice.crash")                                      \
	X(CANCEL_AT_PROXY, "cancel-at-proxy", HOLE_OF(RINGS_ON), HOLE_DIES,    \
	    HOLE_AT(RELAY), 0, 0, 0, 3261, "16.10",                            \
	    N_("A CANCEL goes to a proxy that has crashed."),                  \
	    N_("A CANCEL goes from hop to hop, each with its own branch: a "   \
	       "proxy that has forgotten the INVITE can't cancel it. An "      \
	       "Expires in the INVITE ends the ringing (RFC 3261 13.3.1)."),   \
	    "cancel", "89:bil.crash")                                          \
	X(LOST_CANCEL, "lost-cancel", HOLE_OF(RINGS_ON), HOLE_DOWN,            \
	    HOLE_AT(LINK), HOLE_IS(CANCEL), 0, 0, 3261, "9.1",                 \
	    N_("A CANCEL is lost until its sender gives up."),                 \
	    N_("The caller that cancels considers the call ended after "       \
	       "64*T1, "                                                       \
	       "whether the CANCEL has arrived or not, and the other phone "   \
	       "continues to ring. An Expires in the INVITE ends it (RFC "     \
	       "3261 "                                                         \
	       "13.3.1)."),                                                    \
	    "cancel", "145@7169ms:lan2--bob.down 261@42169ms:lan2--bob.up")    \
	X(UNSENT_CANCEL, "unsent-cancel", HOLE_OF(RINGS_ON), HOLE_DOWN,        \
	    HOLE_AT(LINK), HOLE_IS(PROVISIONAL), 0, 0, 3261, "9.1",            \
	    N_("All provisional responses to an INVITE are lost, and the "     \
	       "caller gives up."),                                            \
	    N_("A CANCEL must not be sent before a provisional response has "  \
	       "arrived, so the phone that rings learns nothing. Reliable "    \
	       "provisional responses (RFC 3262) are retransmitted, and if "   \
	       "none is confirmed, the INVITE is rejected."),                  \
	    "cancel", "87@1079ms:bil--lan2.down 149@36079ms:bil--lan2.up")     \
	X(LATE_INVITE, "late-invite",                                          \
	    HOLE_OF(RINGS_ON) | HOLE_OF(UNACKNOWLEDGED), HOLE_LATE,            \
	    HOLE_AT(MESSAGE), 0, HOLE_IS(INVITE), 0, 3261, "17.2.1",           \
	    N_("An INVITE arrives after its caller has given up."),            \
	    N_("A transaction that has ended is forgotten, so a copy of its "  \
	       "INVITE that arrives later is a new call, of which its caller " \
	       "knows nothing. Only the fact that networks lose a packet "     \
	       "rather than keep it for half a minute (T4, RFC 3261 "          \
	       "17.1.2.2) "                                                    \
	       "prevents it."),                                                \
	    "rfc5407-3.1.2", "9:message.delay:by=31899ms")                     \
	X(LATE_SUCCESS, "late-200", HOLE_OF(UNACKNOWLEDGED),                   \
	    HOLE_LATE | HOLE_DOWN, HOLE_AT(MESSAGE) | HOLE_AT(LINK), 0, 0,     \
	    HOLE_STRAY, 6026, "8.9",                                           \
	    N_("A 200 arrives after its INVITE was given up."),                \
	    N_("A response without a transaction is discarded, so the callee " \
	       "considers itself in a call although the caller has reported "  \
	       "408 or 487. The callee hangs up when no ACK has arrived "      \
	       "after "                                                        \
	       "64*T1 (RFC 3261 13.3.1.4); a caller that answers even such a " \
	       "200 by ACK and BYE does more than it has to."),                \
	    "rfc5407-3.1.3", "29:message.delay:by=31911ms")                    \
	X(LOST_H323, "lost-h323", HOLE_OF(LEGS), HOLE_ANY, 0, 0, 0, 0, 4123,   \
	    "5.1.1",                                                           \
	    N_("A message of H.323 is lost, or one side of its gateway "       \
	       "crashes."),                                                    \
	    N_("A call of H.323 ends only by ReleaseComplete. H.225.0 uses "   \
	       "TCP, which retransmits what is lost and reports that a peer "  \
	       "has crashed; here each message is one datagram and is never "  \
	       "retransmitted. A gateway that asks by StatusInquiry whether "  \
	       "its calls are still known ends them."),                        \
	    "h323-gateway", "97:message.drop")                                 \
	X(LOST_BINDINGS, "lost-bindings", HOLE_OF(UNBOUND), HOLE_DIES,         \
	    HOLE_AT(REGISTRAR), 0, 0, HOLE_UNTOLD, 3261, "10.3",               \
	    N_("A registrar crashes, and its bindings are gone."),             \
	    N_("A registrar sends a phone nothing unasked, so nobody reaches " \
	       "the phone until it registers again. It does so before its "    \
	       "binding expires, earlier if keep-alives show that the "        \
	       "registrar is gone (RFC 5626 4.4), and not at all if bindings " \
	       "outlive a crash."),                                            \
	    "rfc3665-2.1", "28:registrar.crash")                               \
	X(SILENT_REMOVAL, "silent-removal", HOLE_OF(UNBOUND), HOLE_ANY,        \
	    HOLE_AT(SELF) | HOLE_AT(LINK), 0, 0, HOLE_UNBIND, 3680, "1",       \
	    N_("A registrar removes a binding, and the phone does not learn "  \
	       "of "                                                           \
	       "it."),                                                         \
	    N_("RFC 3261 has no message that reports it, and the "             \
	       "subscription "                                                 \
	       "that would inform the phone was lost with the fault. The "     \
	       "next "                                                         \
	       "REGISTER, before the binding would have expired, restores "    \
	       "it."),                                                         \
	    "registration-events",                                             \
	    "22@1019ms:lan--desk.down 212@36019ms:lan--desk.up")               \
	X(FORGOTTEN_HOME, "forgotten-home", HOLE_OF(HOME), HOLE_DIES,          \
	    HOLE_AT(REGISTRAR), 0, 0, 0, 6733, "8.6",                          \
	    N_("An S-CSCF restarts while it reports a registration to the "    \
	       "home "                                                         \
	       "subscriber server."),                                          \
	    N_("The server stores a registration that the S-CSCF has "         \
	       "forgotten "                                                    \
	       "by then, and Cx keeps no session that would end. The entry "   \
	       "stays until the phone registers again, or until a call finds " \
	       "the S-CSCF without a profile, which then rejects the call or " \
	       "restores the profile (TS 23.380 4). A peer that checks "       \
	       "Origin-State-Id (RFC 6733 8.16) sees that it has grown."),     \
	    "ims-triggers", "189:scscf.crash 265@1135ms:scscf.restart")        \
	X(UNHEARD_HOME, "unheard-home", HOLE_OF(HOME), HOLE_DOWN,              \
	    HOLE_AT(LINK), HOLE_IS(DIAMETER), 0, 0, 6733, "5.5",               \
	    N_("The home subscriber server has stored a registration, and "    \
	       "its "                                                          \
	       "answer is lost for good."),                                    \
	    N_("The S-CSCF, which has received nothing, rejects the "          \
	       "registration, and can't take it back if it reaches nobody. A " \
	       "peer that is watched (RFC 6733 5.5) gets the request by "      \
	       "another path; otherwise the next registration corrects it."),  \
	    "ims-triggers", "198:core--hss.down")                              \
	X(BOTH_CRASHED, "both-crashed", HOLE_OF(PAID) | HOLE_OF(HELD),         \
	    HOLE_DIES, HOLE_AT(END), 0, 0, 0, 4028, "1",                       \
	    N_("Both sides of a call crash."),                                 \
	    N_("A proxy that does accounting learns only by BYE that a call "  \
	       "is "                                                           \
	       "over, and nobody is left to send one. A session timer (RFC "   \
	       "4028) also tells the proxy when to stop counting."),           \
	    "two-proxies", "149:bob.crash 149:alice.crash")

enum hole {
	HOLE_NONE, /* no row has it */
#define X(id, ...) HOLE_##id,
	SEARCH_HOLES(X)
#undef X
	    HOLE_COUNT
};

#define HOLE_AT(id) (1u << HOLE_AT_##id)

struct hole_row {
	const char *word;
	unsigned invariants; /* bits by enum invariant */
	unsigned kinds, places, lost, hit, marks;
	unsigned rfc;
	const char *section;
	const char *what, *why; /* untranslated */
	const char *lab, *acts; /* ACTS: with spaces between */
};

/* That of HOLE_NONE is empty. */
extern const struct hole_row hole_rows[HOLE_COUNT];

/* What one fault has struck; or all crashes that the lab itself makes. */
struct hole_struck {
	unsigned kinds;  /* FAULT_ bits */
	unsigned places; /* bits by enum hole_place */
	unsigned hit;    /* the message that it hit itself: enum hole_message */
};

struct hole_facts {
	enum invariant invariant;
	struct hole_struck struck[ATTEMPT_FAULTS + 1]; /* crashes: the last */
	size_t nstruck;
	/* Of the call or request, by enum hole_message: messages that never
	 * arrived. */
	unsigned lost;
	unsigned marks;
};

/* The first row that F has, or HOLE_NONE. */
enum hole hole_find(const struct hole_facts *f);

/*
 * Marks of a run: facts about its messages that tell which hole it fell into.
 */
enum {
	/* What shows it is a response whose transaction had ended before. */
	HOLE_STRAY = 1 << 0,
	/* A binding was removed at the registrar. */
	HOLE_UNBIND = 1 << 1,
	/* A server has rejected a BYE of the call with 503. */
	HOLE_REFUSED = 1 << 2,
	/* A BYE of the call has come before its receiver had the dialog:
	 * 481. */
	HOLE_TOO_EARLY = 1 << 3,
	/* No request of the node was rejected with 403 after a crash, by which
	 * the node would know that it has to register. */
	HOLE_UNTOLD = 1 << 4,
};

/*
 * The properties of the broken run T with N FAULTS and the verdict V that tell
 * which hole of the protocol it fell into. They are the objects of its faults,
 * as seen from where the invariant is broken, and the messages that never
 * arrived because of them. 0 or ERR_NOMEM.
 */
int hole_facts_find(struct hole_facts *f, const struct trace *t,
    const struct found_fault *faults, size_t n, const struct verdict *v);

#endif
