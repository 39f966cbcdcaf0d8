/*
 * The methods and status codes, one row each, with where they are defined and
 * what they are for (our own sentences).
 */
#ifndef MSG_METHODS_H
#define MSG_METHODS_H

#include "base/i18n.h"
#include "base/str.h"

/* Facts about a method, for msg_method_is; the table in msg/usages.h says which
 * method has which. */
enum {
	MSG_FORMS = 1, /* forms a dialog where it comes outside of any (RFC
			* 3261 12, 6665 4.1, 3515 2) */
	MSG_REFRESHES =
	    2,           /* refreshes the target (12.2; 3311 5.1; 6665 4.4.1) */
	MSG_OFFERS = 4,  /* may have an offer (RFC 6337 2.2, table 1) */
	MSG_CONTACT = 8, /* has a Contact (8.1.1.8, 12.2.1.1, tables 2, 3) */
	MSG_STARTS = 16, /* begins its usage */
	MSG_EARLY = 32,  /* also before its dialog is confirmed */
	MSG_SPARED = 64, /* its usage can do without it (RFC 5057 5.1, note 3)
			  */
};

/* X(ID, RFC, section, what it is for) */
#define MSG_METHODS(X)                                                      \
	X(INVITE, 3261, "13", N_("invites a user to a session"))            \
	X(ACK, 3261, "17.1.1.3", N_("confirms a final response to INVITE")) \
	X(BYE, 3261, "15", N_("ends a session"))                            \
	X(CANCEL, 3261, "9",                                                \
	    N_("cancels a request that has no final response yet"))         \
	X(REGISTER, 3261, "10", N_("tells a registrar where a user is"))    \
	X(OPTIONS, 3261, "11",                                              \
	    N_("asks for the capabilities of a UA or server"))              \
	X(PRACK, 3262, "6",                                                 \
	    N_("acknowledges a reliable provisional response"))             \
	X(SUBSCRIBE, 6665, "3.1", N_("asks for notifications of an event")) \
	X(NOTIFY, 6665, "3.2", N_("notifies a subscriber of an event"))     \
	X(UPDATE, 3311, "5",                                                \
	    N_("changes a session, even before the call is answered"))      \
	X(MESSAGE, 3428, "4", N_("carries an instant message"))             \
	X(INFO, 6086, "4", N_("carries information within a dialog"))       \
	X(REFER, 3515, "2", N_("asks a UA to contact a third party"))       \
	X(PUBLISH, 3903, "3", N_("publishes the state of an event"))

enum msg_method {
	MSG_OTHER, /* an extension method */
#define X(id, rfc, section, text) MSG_##id,
	MSG_METHODS(X)
#undef X
	    MSG_METHOD_COUNT
};

/* Methods are case-sensitive (7.1). */
enum msg_method msg_method_find(struct str name);
/* The method's name that NAME, which is none, most likely means, or NULL. */
const char *msg_method_meant(struct str name);
const char *msg_method_name(enum msg_method m); /* "" for MSG_OTHER */
/* All FACTS hold of M; none is known of MSG_OTHER. */
bool msg_method_is(enum msg_method m, unsigned facts);

struct msg_status_info {
	unsigned code;
	const char *phrase; /* the protocol's English words */
	unsigned rfc;
	const char *section; /* may be empty */
	const char *text;    /* our sentence, untranslated */
};

/* The row of CODE, or NULL. */
const struct msg_status_info *msg_status(unsigned code);
/* The default phrase, "Unknown" where there is no row. */
const char *msg_status_phrase(unsigned code);

#endif
