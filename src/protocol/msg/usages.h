/*
 * What shares a dialog, or does without one: the usages (RFC 5057), the methods
 * that each has, from which side, and what a failure ends.  What an agent
 * allows, where it answers 405, 481 or 489, which requests have a Contact, an
 * offer, a new target: all of it is asked here.  docs/METHODS.md shows it.
 */
#ifndef MSG_USAGES_H
#define MSG_USAGES_H

#include "msg/methods.h"

/* X(ID, name, RFC, section, has it a dialog, what it is) */
#define MSG_USAGES(X)                                                         \
	X(NONE, N_("none"), 3261, "12.2", true,                               \
	    N_("no usage: it is allowed inside and outside of a dialog and "  \
	       "changes neither"))                                            \
	X(INVITE, N_("session"), 5057, "4.1", true,                           \
	    N_("a call: a response to INVITE begins it, BYE ends it"))        \
	X(SUBSCRIPTION, N_("subscription"), 5057, "4.2", true,                \
	    N_("notifications of an event package: the first NOTIFY begins "  \
	       "it, a NOTIFY with the state terminated ends it"))             \
	X(REFER, N_("implicit subscription"), 3515, "2.4.4", true,            \
	    N_("notifications about the result of a REFER: the REFER begins " \
	       "it"))                                                         \
	X(REGISTRATION, N_("registration"), 3261, "10.2", false,              \
	    N_("a binding at the registrar: it has no dialog, but one "       \
	       "Call-ID"))                                                    \
	X(PUBLICATION, N_("publication"), 3903, "4", false,                   \
	    N_("state at an event state compositor: it has no dialog, but "   \
	       "one entity tag"))

enum msg_usage {
#define X(id, name, rfc, section, dialog, text) MSG_USAGE_##id,
	MSG_USAGES(X)
#undef X
	    MSG_USAGE_COUNT
};

/* The sender. */
enum msg_sender {
	MSG_BY_FIRST,  /* the initiator of the usage, or the side that has asked
			* for it */
	MSG_BY_SECOND, /* the other side */
	MSG_BY_BOTH,
};

/*
 * X(method, usage, sender, facts): a request of that usage.  Sources: INVITE,
 * ACK, BYE, CANCEL: RFC 3261 9, 12, 13, 15; PRACK: RFC 3262 5, 6; UPDATE: RFC
 * 3311 5; INFO: RFC 6086 4; SUBSCRIBE, NOTIFY: RFC 6665 4.1, 4.2, 4.4.1; REFER:
 * RFC 3515 2.4, RFC 6665 4.5; offers: RFC 6337 table 1; target refreshes: RFC
 * 5057 5.4.
 */
#define MSG_USAGE_METHODS(X)                                                   \
	X(INVITE, INVITE, MSG_BY_BOTH,                                         \
	    MSG_STARTS | MSG_FORMS | MSG_REFRESHES | MSG_OFFERS | MSG_CONTACT) \
	X(ACK, INVITE, MSG_BY_BOTH, 0)                                         \
	X(PRACK, INVITE, MSG_BY_FIRST, MSG_OFFERS | MSG_EARLY)                 \
	X(UPDATE, INVITE, MSG_BY_BOTH,                                         \
	    MSG_REFRESHES | MSG_OFFERS | MSG_CONTACT | MSG_EARLY | MSG_SPARED) \
	X(INFO, INVITE, MSG_BY_BOTH, MSG_EARLY | MSG_SPARED)                   \
	X(BYE, INVITE, MSG_BY_BOTH, MSG_EARLY)                                 \
	X(CANCEL, INVITE, MSG_BY_FIRST, MSG_EARLY)                             \
	X(SUBSCRIBE, SUBSCRIPTION, MSG_BY_FIRST,                               \
	    MSG_STARTS | MSG_FORMS | MSG_REFRESHES | MSG_CONTACT)              \
	X(NOTIFY, SUBSCRIPTION, MSG_BY_SECOND,                                 \
	    MSG_STARTS | MSG_REFRESHES | MSG_CONTACT | MSG_EARLY)              \
	X(REFER, REFER, MSG_BY_FIRST,                                          \
	    MSG_STARTS | MSG_FORMS | MSG_CONTACT | MSG_REFRESHES)              \
	X(NOTIFY, REFER, MSG_BY_SECOND,                                        \
	    MSG_STARTS | MSG_REFRESHES | MSG_CONTACT | MSG_EARLY)              \
	X(SUBSCRIBE, REFER, MSG_BY_FIRST, MSG_REFRESHES | MSG_CONTACT)         \
	X(REGISTER, REGISTRATION, MSG_BY_FIRST, MSG_STARTS)                    \
	X(PUBLISH, PUBLICATION, MSG_BY_FIRST, MSG_STARTS)                      \
	X(OPTIONS, NONE, MSG_BY_BOTH, MSG_STARTS | MSG_EARLY)                  \
	X(MESSAGE, NONE, MSG_BY_BOTH, MSG_STARTS | MSG_EARLY)

struct msg_usage_method {
	enum msg_method method;
	enum msg_usage usage;
	enum msg_sender sender;
	unsigned facts; /* of enum in msg/methods.h */
};

/* The row of M in USAGE, or NULL. */
const struct msg_usage_method *
msg_usage_method_find(enum msg_method m, enum msg_usage usage);
/* M comes with a To tag before there is a dialog: it is the answer to a request
 * that asked for one (a NOTIFY to a SUBSCRIBE: RFC 6665 4.4.1). */
bool msg_method_answers(enum msg_method m);

/* What a final response to a request within a dialog ends (RFC 5057 5.1). */
enum msg_effect {
	MSG_ENDS_NOTHING, /* the transaction alone */
	MSG_ENDS_USAGE,
	MSG_ENDS_DIALOG, /* and all usages in it */
};
/* STATUS: 200 to 699.  No answer at all is a 408: it ends the usage (5.2). */
enum msg_effect msg_usage_effect(unsigned status);
/* The same for a request of method M: one that belongs to no usage ends none,
 * and where its usage can do without it (MSG_SPARED) a 405 or 501 ends the
 * transaction alone. */
enum msg_effect msg_method_effect(enum msg_method m, unsigned status);

#endif
