/*
 * The event packages (RFC 6665 5) known by name, a row each: the text of an
 * explanation.  Packages that agents understand have a row of AGENT_PACKAGES
 * (agent/package.h) next to it.
 */
#ifndef MSG_PACKAGES_H
#define MSG_PACKAGES_H

#include "base/i18n.h"

/* X(ID, name, RFC, what its news are about) */
/* clang-format off */
#define MSG_PACKAGES(X)                                                        \
	X(CONFERENCE, "conference", 4575,                                      \
	    N_("the participants of a conference"))                              \
	X(DIALOG, "dialog", 4235,                                              \
	    N_("the calls of a user's phones, for example for a busy lamp"))            \
	X(KPML, "kpml", 4730, N_("the keys that a user presses"))              \
	X(MESSAGE_SUMMARY, "message-summary", 3842,                            \
	    N_("how many voice messages are waiting"))                         \
	X(PRESENCE, "presence", 3856,                                          \
	    N_("whether and how a user can be reached"))                       \
	X(PRESENCE_WINFO, "presence.winfo", 3857,                              \
	    N_("who watches a user's presence"))                               \
	X(REFER, "refer", 3515, N_("the progress of a REFER"))                  \
	X(REG, "reg", 3680, N_("a user's registrations"))                      \
	X(UA_PROFILE, "ua-profile", 6080, N_("a device's settings"))
/* clang-format on */

enum msg_package_id {
#define X(id, name, rfc, text) MSG_PACKAGE_##id,
	MSG_PACKAGES(X)
#undef X
	    MSG_PACKAGE_COUNT
};

/* A word of a registry: an option tag, a package. */
struct msg_word {
	const char *name; /* as Event has it (RFC 6665 8.2.1) */
	unsigned rfc;
	const char *text; /* to be translated */
};
extern const struct msg_word msg_packages[MSG_PACKAGE_COUNT];

#endif
