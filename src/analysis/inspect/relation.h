/*
 * A rule as a row: a field of a message is in a relation to a field of another
 * one.  A row says when it is asked (of which messages), what stands on the
 * left and on the right, and how the two stand to each other;
 * inspect/relations.h has the rows, inspect/relation.c asks them.
 *
 *	left      a part (field_parts.c) of a message: of the message itself, or
 *	          of the other message that the row names (other_message.c)
 *	relation  a row of RELATIONS
 *	right     as left, or a constant
 *
 * If the moment of a row does not apply, or its right side is missing, nothing
 * is found. A missing left side breaks the row.  AS_NOTHING: a side that is
 * missing is an empty text.
 */
#ifndef INSPECT_RELATION_H
#define INSPECT_RELATION_H

#include "base/i18n.h"
#include "base/str.h"
#include "msg/header_id.h"
#include "msg/methods.h"

/* clang-format off */
/* X(ID, what a reader calls it): the message itself (HERE), or the other
 * message that a row compares it with. */
#define OTHER_MESSAGES(X) \
	X(HERE, N_("here")) \
	/* what a response answers, as it came to its server */ \
	X(REQUEST, N_("in its request")) \
	/* the way that it came, for parts of a response's transaction */ \
	X(WAY, N_("its request"))                                        \
	/* what a CANCEL or an ACK is for */ \
	X(INVITE, N_("in the INVITE")) \
	/* what an ACK for a rejection is for, and the rejection */ \
	X(REFUSED, N_("in the rejected INVITE")) \
	X(REFUSAL, N_("in the response that rejected it")) \
	/* the request that this one repeats changed, and its rejection */ \
	X(FAILED, N_("in the previous request")) \
	X(FAILURE, N_("in its rejection")) \
	/* what a proxy forwards, as it came */ \
	X(CAME, N_("as it arrived")) \
	/* what a box has made a request of, outside of dialogs */ \
	X(MADE, N_("in the request from which it was made")) \
	/* the request, and the response, that have made the dialog */ \
	X(FIRST, N_("in the first request")) \
	X(MAKER, N_("in the response that made the dialog")) \
	/* a request within a dialog, as far as the dialog is known */ \
	X(ROUTED, N_("as the dialog has it")) \
	/* the 2xx that an ACK is for */ \
	X(ACCEPTED, N_("in the 2xx")) \
	/* the reliable provisional response that a PRACK is for, or the \
	 * one before, to the same request */ \
	X(RELIABLE, N_("in the provisional response")) \
	/* the offer that a description answers */ \
	X(OFFER, N_("in the offer")) \
	/* on what this side, and the other one, has agreed last */ \
	X(AGREED, N_("in what was agreed")) \
	X(THEIRS, N_("in what the peer has agreed to")) \
	/* this side's first answer to the offer that it answers */ \
	X(ANSWERED, N_("in the previous answer")) \
	/* this side's offer in an INVITE that has no answer yet */ \
	X(PENDING, N_("in the pending offer")) \
	/* this side's last description, whatever became of it */ \
	X(LAST, N_("in the last description")) \
	/* the same request before it had credentials, and its answer */ \
	X(TRIED, N_("in the first attempt")) \
	X(CHALLENGE, N_("in the challenge")) \
	/* the same request before, which was accepted */ \
	X(SUCCEEDED, N_("before")) \
	/* the 422 to the same request before */ \
	X(TOO_SMALL, N_("in the 422")) \
	/* this side's INVITE or UPDATE that has no final response yet */ \
	X(WAITING, N_("its own pending request")) \
	/* the challenge that has given credentials their nonce */ \
	X(NONCE, N_("in the challenge of its nonce")) \
	/* that, before any request has used the nonce */ \
	X(FRESH, N_("in the challenge of its nonce")) \
	/* what took credentials with the request's nonce before */ \
	X(TAKEN, N_("in the response to the previous use of its nonce")) \
	/* the 2xx to that, and the NOTIFY before */ \
	X(GRANT, N_("in the response to the SUBSCRIBE")) \
	X(EARLIER, N_("in the previous NOTIFY")) \
	/* the 2xx to the last publication of the same resource */ \
	X(PUBLISHED, N_("in the response to the previous PUBLISH")) \
	/* the response that the tag of the cancelled request's server is of */ \
	X(RUNG, N_("in the response to the INVITE"))                         \
	/* the REFER that has asked for an INVITE with Replaces */           \
	X(REFERRED, N_("in the REFER"))                                      \
	/* the last message of the dialog that an INVITE has named for its \
	 * place; and while its server is rung in that */                    \
	X(REPLACED, N_("in the call that it replaces"))                      \
	X(RANG, N_("in the call that rings"))                                \
	/* the 491 to this side's INVITE or UPDATE before */                 \
	X(GLARED, N_("since its 491"))                                       \
	/* the first 2xx to the INVITE, by the same phone */                 \
	X(FIRST_2XX, N_("in the first 2xx"))                                 \
	/* the other side's INVITE or UPDATE before, without an answer yet */ \
	X(OVERTAKEN, N_("in the previous request that is pending"))                 \
	/* this side's BYE */                                                \
	X(BYE, N_("in the BYE"))                                             \
	/* what has come for the NOTIFY before */                            \
	X(TOLD, N_("in the response to the previous NOTIFY"))                  \
	/* the offer that a PRACK has to answer */                           \
	X(WANTED, N_("in the offer that arrived"))                              \
	/* what a NOTIFY tells of */ \
	X(SUBSCRIPTION, N_("in the SUBSCRIBE"))

enum other_message {
#define X(id, text) OTHER_MESSAGE_##id,
	OTHER_MESSAGES(X)
#undef X
	    OTHER_MESSAGE_COUNT
};

/* Parts of a session description (field_parts_sdp.c).  Lists have a line for
 * each stream, or for what a stream has several of, that begins with its
 * number; of streams that are not used (port 0) they have none.  Before a tab
 * stands what a line is about (KEYED). */
#define PARTS_SESSION(X)                                                     \
	X(VERSION)      /* that */                                           \
	X(SESSION_ID)   /* the second word of o= */                          \
	X(EDITION)      /* "o=…<tab>v=0 s=- …": o=, and all else */      \
	X(SESSION)      /* all but o= */                                     \
	X(TIMES)        /* t= lines */                                       \
	X(LINE)         /* the first line of type `word`: "s=-" */           \
	X(ORDER)        /* types of its lines, each once: "vosct" */         \
	X(STREAM_ORDER) /* the same of each stream: "mca" */                 \
	X(STREAMS)      /* how many m= lines */                              \
	X(KINDS)        /* of each m= line, used or not: "audio" */          \
	X(PROTOCOLS)    /* "1<tab>RTP/AVP" */                                \
	X(FORMATS)      /* "1 0" */                                          \
	X(DYNAMIC)      /* "1 101": formats that a=rtpmap must name */       \
	X(CODECS)       /* of these: "1 101<tab>telephone-event/8000" */     \
	X(TYPES)        /* "1 PCMU/8000<tab>0", of all formats */            \
	X(NAMED)        /* "0<tab>PCMU/8000", as a=rtpmap has it … */      \
	X(STATIC)       /* … and as RFC 3551 has it */                     \
	X(CLOCKS)       /* "opus<tab>48000/2" */                             \
	X(EVENT_CLOCKS) /* of telephone-event: "1 8000" … */               \
	X(CODEC_CLOCKS) /* … and of all other formats */                   \
	X(MODES)        /* "1 97<tab>packetization-mode=1" */                \
	X(TAKEN)        /* "1<tab>PCMU/8000": codecs of an answer … */     \
	X(OFFERED)      /* … and the formats that these may be one of */         \
	X(DIRECTION)    /* "1<tab>sendonly" … */                           \
	X(ANSWERABLE)   /* … and the directions that may answer it */               \
	X(ATTRIBUTE)    /* `word` of each stream or the session */           \
	X(LABELS)       /* the same up to the first space: "1 101" */        \
	X(EACH)         /* "1" for each a=`word` */                          \
	X(SAYS)         /* its values, without a number */                   \
	X(SHORTEST)     /* the size of the shortest of these */              \
	X(DIRECTIONS)   /* "1" for each attribute of a direction */          \
	X(PRINTED)   /* "1 " of each stream of RTP with a fingerprint … */ \
	X(SETTLED)   /* … and of each with a=setup; or what `word`, an     \
			attribute, says of these, and of all others */     \
	X(SETUPS)    /* "1 active" or passive */                             \
	X(ENDS)      /* "1 …<tab>active": DTLS between two ports */        \
	X(CRYPTO)    /* "1 1 AES_CM_128_HMAC_SHA1_80" */                     \
	X(KEYS)      /* "1 inline:…" */                                    \
	X(KEY_SIZES) /* "AES_CM_128_HMAC_SHA1_80<tab>30": bytes */           \
	X(SECURE)    /* "1 " of each by RTP/SAVP or `word` … */          \
	X(KEYED)     /* … and of each one that tells of keys */            \
	X(GROUPED)   /* words of a=group, a line each */

/* X(ID): a part of a message; field_parts.c has a reader for each. */
#define PARTS(X) \
	X(NOTHING) \
	X(CONSTANT) /* `word` */ \
	X(METHOD) \
	X(STATUS) \
	X(TARGET) /* the Request-URI */ \
	X(TARGET_USER) \
	X(TARGET_PARAM) \
	X(TARGET_HEADERS) \
	X(FIELD)     /* the first value of `header`, as it stands */ \
	X(VALUES)    /* all, a line each */ \
	X(HOW_MANY)  /* values */ \
	X(BARE)      /* the first one without its parameters */ \
	X(BARES)     /* so are all, a line each */ \
	X(PARAM)     /* its parameter `word`; a flag is "" */ \
	X(LISTED)    /* `word`, where a value is that */ \
	X(KNOWN)     /* `word`, where Supported or Require has it */ \
	X(NUMBER)    /* the number that it begins with */ \
	X(URI)       /* that of the first value */ \
	X(URIS)      /* of all, a line each */ \
	X(URI_AHEAD) /* the one that says where the message goes */ \
	X(URI_PARAM) /* of the first one, its parameter `word` */ \
	X(SCHEME)    /* "sips" */ \
	X(REQUIRED)  /* values of Require and Proxy-Require */ \
	X(OPTIONS)   /* values of Supported and Require */ \
	X(ACCEPTED)  /* values of Accept and its like */ \
	X(WITHOUT)   /* the values that have not the parameter `word` */ \
	X(UNMET)     /* a field that the method asks for, but Contact */ \
	X(INTERVAL)  /* that its Contact has, or Expires */ \
	X(BOUND)     /* URIs of Contacts whose interval is not 0 */ \
	X(UNBOUND)   /* and of those whose interval is 0 */ \
	X(PROLONGED) /* Contacts that have more time than the request asks */ \
	X(MALFORMED) /* the first field that has not its form */ \
	X(MISPLACED) /* the first that has no place in the message */ \
	X(PARTY)     /* From or To without its tag */ \
	X(TAG) \
	X(CALLER) /* "Call-ID<tab>tag" */ \
	X(CSEQ) /* the number of CSeq */ \
	X(CSEQ_ALL)       /* both, or those of RAck: "1 INVITE" */ \
	X(RACK)       /* the first number of RAck */ \
	X(RSEQ_FIRST) /* the first RSeq that its INVITE has got */ \
	X(REPLACES)       /* what it names, or what a URI of Refer-To says: */ \
	X(REPLACES_PARAM) /* Call-ID, a parameter */ \
	X(REPLACES_TAG)   /* the to-tag that it should have */ \
	X(CONFIRMED)      /* the highest RSeq that a PRACK has named; or 0 */ \
	X(VIAS_BELOW) /* the Vias but the top one, a line each */ \
	X(BRANCH)     /* of the top Via */ \
	X(SENT_BY) \
	X(VIA_TRANSPORT) \
	X(VIA_PARTS)  /* the top Via as it goes back, a line each */ \
	X(RECEIVED)   /* of the top Via */ \
	X(RPORT)      /* its value, a port */ \
	X(ASKS_RPORT) /* it has rport */ \
	X(DIGEST)     /* a parameter of a challenge or credentials */ \
	X(DIGEST_RAW) /* the same with its quotes */ \
	X(BODY) \
	X(BODY_SIZE) \
	X(LOST_PARTS) /* the boundary of a multipart, where it has no parts */ \
	X(BODY_STATUS) /* of a message/sipfrag */ \
	X(LOOSE_LINE)  /* of its head: the first that ends with LF alone */ \
	X(OPEN_LINE)   /* … or with neither */ \
	X(SOURCE)      /* the address that it was sent from */ \
	X(DESTINATION) \
	X(SINCE)       /* how many ms before it was */ \
	X(FAR_END) /* where it has to go, on its target's host */ \
	/* Of the transaction of a response; the message is WAY: */ \
	X(SOURCE_PORT) /* where its Via has the address */ \
	X(ASKED_AT)    /* where the request went to, as it knows that */ \
	X(CAME_FROM)   /* where it came from, as its Via knows that */ \
	X(RECEIVER)    /* where it was sent to from another host */ \
	X(RETURNS)     /* where the response may go, a line each */ \
	X(VIA_PLACE)   /* and where its Via says, of that host */ \
	X(TRANSPORT)   /* by which it is sent */ \
	X(ENCRYPTED)   /* that, or what its Via says, where it is TLS */ \
	X(BODY_LINE) /* the first line */ \
	X(TARGETS) /* that, and each Route, a line each */ \
	/* Leads to the other side of a dialog; it is ROUTED: */ \
	X(FAR_TARGETS) /* of requests, a line each; the last one counts */ \
	X(FAR_ROUTES)  /* and their Routes */ \
	X(VIAS)       /* all */ \
	X(DIGEST_SIZE) /* digits 0 to 9 and a to f */ \
	/* Names of parameters: all, with quotes, without them. */ \
	X(DIGEST_NAMES) \
	X(DIGEST_QUOTED) \
	X(DIGEST_PLAIN) \
	X(CHALLENGE_TWICE) /* a realm and algorithm of two */ \
	/* Of all challenges or credentials. */ \
	X(NONCES) \
	X(ALGORITHMS) \
	X(LOST)    /* "Name: value", of this, and not of HERE */ \
	/* Of bodies: what a SUBSCRIBE names, and its package. */ \
	X(BODY_TYPES) \
	X(DEFAULT_TYPE) \
	X(BODY_NAME)    /* of its first line: "Messages-Waiting" */ \
	X(BODY_VERSION) /* of a document of XML */ \
	/* Of a session description. */ \
	PARTS_SESSION(X)

enum part {
#define X(id) PART_##id,
	PARTS(X)
#undef X
	    PART_COUNT
};

/* X(ID): how left stands to right.  Of lists each line counts. */
#define RELATIONS(X) \
	X(PRESENT) \
	X(ABSENT) \
	X(EQUAL) /* the same bytes */ \
	X(ALIKE) /* whatever the case of letters */ \
	X(DIFFERENT) \
	X(SAME_URI)  /* RFC 3261 19.1.4 */ \
	X(SAME_URIS) /* of two lists, in any order */ \
	X(SAME_ROUTES) /* one by one, with all parameters of right */ \
	X(URIS_OF)   /* each URI of left is one of right … */ \
	X(NO_URI_OF) /* … and none is */ \
	X(LEADS)     /* left leads where a URI of right does */ \
	X(SAME_HOST) /* addresses, whatever their ports */ \
	X(OTHER_HOST) \
	X(ALONE) /* right is the only line of left, or none of these */ \
	X(REACHED) /* a URI with an address is not private, or right is */ \
	X(ONE_OF) /* left is a line of right, or a word of it */ \
	X(NONE_OF) \
	X(SUBSET)   /* each line of left is one of right */ \
	X(APART)    /* none is */ \
	X(DISTINCT) /* no line of left is there twice */ \
	X(TYPE_OF)  /* a media type that right has, or its range */ \
	X(BEGINS)   /* left begins with right */ \
	X(ONE_MORE) /* numbers: left is right + 1 */ \
	X(AT_MOST) \
	X(AT_LEAST) \
	X(MORE) \
	X(KEYED) /* of lines with the same beginning, to a tab, one is the same to its end */ \
	X(MEETS)    /* one is */ \
	X(SHARES)   /* so it is of those with the same beginning, to a tab */ \
	X(ENDS) /* left ends with the routes of right */ \
	X(ORDERED) /* letters of each line of left come as in right */

enum relation_kind {
#define X(id) RELATION_##id,
	RELATIONS(X)
#undef X
	    RELATION_COUNT
};

/* clang-format on */

/* Of which messages a row is asked; all of these hold. */
enum {
	WHERE_OWN = 1 << 0,     /* not forwarded; a request has one Via */
	WHERE_PASSED = 1 << 1,  /* forwarded, and what came was seen */
	WHERE_OUTSIDE = 1 << 2, /* of no dialog: no tag in (its request's) To */
	WHERE_INSIDE = 1 << 3,  /* of a dialog whose beginning was seen */
	WHERE_OFFER = 1 << 4,   /* it has an offer … */
	WHERE_ANSWER = 1 << 5,  /* … an answer to one that was seen */
	WHERE_TAGGED = 1 << 6,  /* a tag in To */
	WHERE_DATAGRAM = 1 << 7, /* by UDP */
	WHERE_UNSAID = 1 << 8,   /* an answer may not have had its offer or
				     answer in a reliable 1xx before */
	WHERE_SDP = 1 << 9,      /* it has a session description of its own */
	WHERE_CALLER = 1 << 10,  /* its dialog was begun by its sender */
	WHERE_COOKIE = 1 << 11,  /* its branch is no RFC 2543's, nor one of
				  * another CSeq alone */
	WHERE_LOST = 1 << 12,    /* of no transaction, except for its branch */
	WHERE_RPORT = 1 << 13, /* rport in its top Via; it was asked for … */
	WHERE_RECEIVED = 1 << 14, /* … and received */
	WHERE_CALLED = 1 << 15,   /* its dialog was begun by the other side */
	/* A response: neither its request nor a reliable one before has a
	 * description. */
	WHERE_UNDESCRIBED = 1 << 16,
	/* It says the same as this side's description before, except for o=. */
	WHERE_SAME = 1 << 17,
	WHERE_RECORDED = 1 << 18, /* a proxy has added one */
	WHERE_FOREIGN = 1 << 19,  /* its Request-URI was not the proxy's */
	WHERE_DIGEST = 1 << 20,   /* it has challenges or credentials */
	WHERE_FAR = 1 << 21,      /* a proxy was there before, or is after it */
	WHERE_REFUSED = 1 << 22,  /* an ACK whose INVITE was rejected */
	WHERE_TAGS = 1 << 23,     /* its sender has to know tags */
};

/* What keeps a row from being proved: then it is doubted, not broken. */
enum {
	DOUBT_CAPTURE =
	    1 << 0,            /* what a capture does not show may explain it */
	DOUBT_ALWAYS = 1 << 1, /* it should be, and need not be, so */
	MAY_LACK = 1 << 2,     /* a left side that lacks breaks nothing */
	AS_NOTHING = 1 << 3,   /* what a message lacks is an empty text */
	MAY_BE_NONE = 1 << 4,  /* of a description: no list on the right is an
				  empty one */
	ALSO_AGAIN = 1 << 5,   /* asked of a 2xx that comes again as well */
};

/* A part of a message. */
struct end {
	enum other_message message;
	enum part part;
	enum msg_header header;
	const char *word; /* of a parameter or an attribute; a constant */
};

struct relation {
	bool request;         /* of requests; */
	unsigned methods;     /* bits */
	unsigned least, most; /* of responses with these statuses */
	unsigned where;       /* WHERE_… */
	struct end given;     /* this must be there … */
	const char *is;       /* … and be this, or begin with it; or NULL */
	struct end left, right;
	enum relation_kind kind;
	unsigned doubt;
};

/* LEFT stands to RIGHT as KIND says; not of PRESENT and ABSENT. */
bool relation_holds(enum relation_kind kind, struct str left, struct str right);

/*
 * For rows.  Methods: M(INVITE) | M(UPDATE), EVERY, NOT(ACK).  The names below
 * are in rows without WHICH_ and SIDE_: R (inspect/relations.h) puts these
 * before them, so that no row has a comma too many until then.
 */
#define M(method)            (1u << MSG_##method)
#define EVERY                (~0u)
#define NOT(method)          (~M(method))
#define WHICH_REQUEST(which) .request = true, .methods = (which)
#define WHICH_RESPONSE(which, from, to) \
	.methods = (which), .least = (from), .most = (to)
#define WHICH_EACH(which) \
	.request = true, .methods = (which), .least = 100, .most = 699
/* All that may have an offer or an answer. */
#define WHICH_DESCRIBES                                                        \
	.request = true, .methods = M(INVITE) | M(ACK) | M(PRACK) | M(UPDATE), \
	.least = 101, .most = 299

/* Behind which messages: GIVEN(HERE(BARE, EVENT), "refer"); NULL: it is there.
 */
#define GIVEN(what, word) , .given = SIDE_##what, .is = word

/* HERE(TAG, TO), OF(REQUEST, TAG, TO), OF(REQUEST, CSEQ, OTHER). */
/* Each by itself: a name that goes through another macro would be expanded. */
#define SIDE_OF_WORD(at, what, of, name)                          \
	{                                                         \
		OTHER_MESSAGE_##at, PART_##what, MSG_H_##of, name \
	}
#define SIDE_OF(at, what, of)                                     \
	{                                                         \
		OTHER_MESSAGE_##at, PART_##what, MSG_H_##of, NULL \
	}
#define SIDE_HERE(what, of)                                       \
	{                                                         \
		OTHER_MESSAGE_HERE, PART_##what, MSG_H_##of, NULL \
	}
#define SIDE_HERE_WORD(what, of, name)                            \
	{                                                         \
		OTHER_MESSAGE_HERE, PART_##what, MSG_H_##of, name \
	}
#define SIDE_IS(text)                                                \
	{                                                            \
		OTHER_MESSAGE_HERE, PART_CONSTANT, MSG_H_OTHER, text \
	}
#define SIDE_NO_SIDE                                                \
	{                                                           \
		OTHER_MESSAGE_HERE, PART_NOTHING, MSG_H_OTHER, NULL \
	}

#endif
