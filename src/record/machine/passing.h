/*
 * The elements that pass through a pair of calls, two user agents back to back
 * (RFC 7092 3): a row for each method and header field, with the rule and a
 * sentence; for lines of session descriptions as well.  The boxes act by these
 * rows, and explanations are read from the same.
 */
#ifndef MACHINE_PASSING_H
#define MACHINE_PASSING_H

#include "msg/header_id.h"
#include "msg/methods.h"
#include "rules/rule_id.h"

/* X(ID, word, text): what becomes of something. */
#define PASS_WAYS(X)                                                   \
	X(CARRIED, N_("carried over"), N_("is copied"))                \
	X(CHANGED, N_("changed"), N_("is copied, but changed"))        \
	X(DROPPED, N_("dropped"), N_("is not relayed"))                \
	X(OWN, N_("its own"), N_("the B2BUA has its own on each leg")) \
	X(ANSWERED, N_("answered here"), N_("the B2BUA answers by itself"))

enum pass_way {
#define X(id, word, text) PASS_##id,
	PASS_WAYS(X)
#undef X
	    PASS_WAY_COUNT
};

struct pass_word {
	const char *word, *text; /* to be translated */
};
extern const struct pass_word pass_words[PASS_WAY_COUNT];

/* What a box that hides its network makes of a field that goes on. */
enum pass_hiding {
	PASS_SHOWN,  /* it says nothing of it */
	PASS_HIDDEN, /* dropped */
	PASS_NAMED,  /* an address in it becomes the box's */
	PASS_BOUND,  /* a URI in it becomes one of the box's, which leads there
		      */
};

struct pass_field {
	enum msg_header id; /* MSG_H_OTHER: all that have no row */
	enum pass_way request, response;
	enum pass_hiding hiding;
	enum rule_id rule;
	const char *text; /* to be translated */
};

struct pass_method {
	enum msg_method method;
	enum pass_way way;
	enum rule_id rule;
	const char *text; /* to be translated */
};

/* X(ID, status, rule, the failure in one half, the other half's view): the
 * status that the other half is rejected with; 0: the one received. */
#define PASS_FAULTS(X)                                                         \
	X(REFUSED, 0, PAIR_CHANGE, N_("a change is rejected, also with 491"),  \
	    N_("nothing: it has rejected the change, and the party may ask "   \
	       "again"))                                                       \
	X(CANCELLED, 487, CANCEL_487, N_("a change is withdrawn by CANCEL"),   \
	    N_("a CANCEL, as soon as it may be sent; an accepted change is "   \
	       "undone by one more re-INVITE"))                                \
	X(PENDING, 491, PAIR_PENDING,                                          \
	    N_("a change comes while the other leg is being changed"),         \
	    N_("nothing"))                                                     \
	X(UNPASSED, 488, PAIR_UNPASSED,                                        \
	    N_("an offer of which the B2BUA may relay nothing"),               \
	    N_("nothing"))                                                     \
	X(NO_PORT, 500, RTP_PORTS,                                             \
	    N_("the B2BUA has no port left for the media of a change"),        \
	    N_("nothing"))                                                     \
	X(LATE, 504, PAIR_LATE,                                                \
	    N_("an UPDATE comes before the other leg can be asked"),           \
	    N_("nothing"))                                                     \
	X(ALONE, 480, PAIR_ALONE,                                              \
	    N_("a change comes when the other leg has no party"),              \
	    N_("nothing"))                                                     \
	X(GONE, 500, PAIR_OTHER_DIALOG,                                        \
	    N_("a request is answered with 481 or the like: the dialog does "  \
	       "not exist any more"),                                          \
	    N_("nothing: it ends, and the other leg is ended by a BYE"))       \
	X(UNANSWERED, 504, PAIR_UNANSWERED,                                    \
	    N_("a request outside of calls is not answered, or answered with " \
	       "408"),                                                         \
	    N_("nothing"))

enum pass_fault {
#define X(id, status, rule, what, heard) PASS_FAULT_##id,
	PASS_FAULTS(X)
#undef X
	    PASS_FAULT_COUNT
};

struct pass_fault_row {
	unsigned status;
	enum rule_id rule;
	const char *what, *heard; /* to be translated */
};
extern const struct pass_fault_row pass_faults[PASS_FAULT_COUNT];

/* X(status, field, RFC, section): what a rejection that goes on must say, also
 * where the field is the box's own otherwise, or dropped. */
#define PASS_REFUSALS(X)                       \
	X(405, ALLOW, 3261, "21.4.6")          \
	X(415, ACCEPT, 3261, "21.4.13")        \
	X(415, ACCEPT_ENCODING, 3261, "8.2.3") \
	X(415, ACCEPT_LANGUAGE, 3261, "8.2.3") \
	X(420, UNSUPPORTED, 3261, "8.2.2.3")   \
	X(421, REQUIRE, 3261, "21.4.16")       \
	X(422, MIN_SE, 4028, "6")              \
	X(423, MIN_EXPIRES, 3261, "10.3")      \
	X(489, ALLOW_EVENTS, 6665, "8.3.2")

struct pass_refusal {
	unsigned status;
	enum msg_header id;
	unsigned rfc;
	const char *section;
};
/* NULL behind the last. */
const struct pass_refusal *pass_refusal_at(size_t i);
/* A rejection with STATUS must have the field with ID. */
bool pass_refusal_needs(unsigned status, enum msg_header id);

/* A line of a session description (RFC 8866 5). */
struct pass_line {
	char type;
	const char *attribute; /* of a=; NULL: any */
	enum pass_way way;
	enum pass_way anchored; /* of a box through which media go */
	enum rule_id rule;
	const char *text; /* to be translated */
};

/* X(ID, section of RFC 7092, name, text): what kind of box it is, from that
 * which touches least to that which touches most. */
#define PASS_BOXES(X)                                                       \
	X(PROXY, "3.1.1", N_("a Proxy-B2BUA"),                              \
	    N_("From, To, Contact and the body are copied: it is a proxy "  \
	       "that can also send messages of its own."))                  \
	X(SIGNALING, "3.1.2", N_("a Signaling-only B2BUA"),                 \
	    N_("Header fields are its own, bodies are copied."))            \
	X(SDP, "3.1.3", N_("an SDP-Modifying Signaling-only B2BUA"),        \
	    N_("The session description is changed, but media go past the " \
	       "B2BUA, to the same address and port."))                     \
	X(RELAY, "3.2.1", N_("a Media Relay"),                              \
	    N_("The address or the port of media is the B2BUA's own: it "   \
	       "relays media with the same payload."))                      \
	X(AWARE, "3.2.2", N_("a Media Aware B2BUA"),                        \
	    N_("It relays media with another profile or other keys: it "    \
	       "changes the packets around the payload."))                  \
	X(TERMINATION, "3.2.3", N_("a Media Termination B2BUA"),            \
	    N_("It relays media with formats that it did not receive: it "  \
	       "creates payload itself."))

enum pass_box {
#define X(id, section, name, text) PASS_BOX_##id,
	PASS_BOXES(X)
#undef X
	    PASS_BOX_COUNT
};

struct pass_box_row {
	const char *section, *name, *text; /* the latter to be translated */
};
extern const struct pass_box_row pass_boxes[PASS_BOX_COUNT];

/* The row of the field with ID; never NULL. */
const struct pass_field *pass_field_of(enum msg_header id);
/* The row of METHOD, or NULL: no box knows it. */
const struct pass_method *pass_method_of(enum msg_method method);
/* All of them, in order; NULL behind the last. */
const struct pass_field *pass_field_at(size_t i);
const struct pass_method *pass_method_at(size_t i);
/* The row of a line of TYPE, of an attribute its NAME; never NULL. */
const struct pass_line *pass_line_of(char type, struct str name);

/* What becomes of the field with ID in a request (REQUEST), or in a response;
 * HIDES: the box hides its network. */
enum pass_way pass_way_of(enum msg_header id, bool request, bool hides);

#endif
