/*
 * The roles that a node may play, a row each, and sets of them.
 */
#ifndef ROLE_ROWS_H
#define ROLE_ROWS_H

#include "role/role.h"

/* Further rows, of a test alone. */
#ifndef ROLE_ROWS_MORE
#define ROLE_ROWS_MORE(X)
#endif

/*
 * X(word, traits, class, tag, name, brief, sentence): the word in topologies
 * and traces (role_WORD in roles/ plays it); what it is like (role.h); its
 * class; its name in the small picture of a network, at most ten letters; its
 * usual names, alone and among others; a sentence about it.  Attributes name
 * the roles that they belong to, or a trait (topology/topology_attrs.h).
 */
/* clang-format off */
#define ROLE_ROWS(X)                                                           \
	X(ua, TRAIT_USER | TRAIT_PHONE | TRAIT_AGENT | TRAIT_HABITS,           \
	    TERMINAL, "ua", N_("user agent"), N_("user agent"),                \
	    N_("a user agent: a phone that calls and is called"))              \
	X(proxy, TRAIT_SERVER,                                                 \
	    PROXY, "proxy", N_("proxy"), N_("proxy"),                          \
	    N_("a proxy: forwards requests towards their target"))            \
	X(registrar, TRAIT_SERVER,                                             \
	    REGISTRAR, "reg", N_("registrar"), N_("registrar"),                \
	    N_("a registrar: accepts REGISTER for its domain"))                \
	X(location, 0,                                                         \
	    NONE, "loc", N_("location service"), N_("location"),               \
	    N_("a location service: knows where each user can be reached"))        \
	X(redirect, TRAIT_SERVER,                                              \
	    REDIRECT, "redir", N_("redirect server"), N_("redirect"),          \
	    N_("a redirect server: answers with the addresses to try"))        \
	X(presence, 0,                                                         \
	    TERMINAL, "presence", N_("presence agent"), N_("presence"),        \
	    N_("a presence agent: stores and reports the state of users"))           \
	X(b2bua, TRAIT_AGENT,                                                  \
	    B2BUA, "b2bua", N_("back-to-back user agent"), N_("B2BUA"),        \
	    N_("a back-to-back user agent: one call on each leg"))          \
	X(sbc, TRAIT_AGENT,                                                    \
	    B2BUA, "sbc", N_("session border controller"), N_("SBC"),          \
	    N_("a session border controller: a back-to-back user agent between two networks that hides one from the other"))        \
	X(queue, TRAIT_USER | TRAIT_AGENT | TRAIT_SUBJECT,                     \
	    B2BUA, "queue", N_("call queue"), N_("queue"),                     \
	    N_("a queue of calls: callers wait until one of its agents is "    \
	       "free"))                                                        \
	X(controller, TRAIT_AGENT,                                             \
	    B2BUA, "controller", N_("controller"), N_("controller"),           \
	    N_("a controller: calls two parties and lets them talk"))          \
	X(gateway, TRAIT_AGENT,                                                \
	    GATEWAY, "gateway", N_("gateway"), N_("gateway"),                  \
	    N_("a gateway to the telephone network"))                          \
	X(switch, 0,                                                           \
	    NONE, "switch", N_("telephone exchange"), N_("exchange"),          \
	    N_("a telephone exchange: has telephones, and circuits to other exchanges"))                                                      \
	X(dns, 0,                                                              \
	    NONE, "dns", N_("name server"), N_("name server"),                 \
	    N_("a name server: answers questions of the DNS"))                 \
	X(handset,                                                             \
	    TRAIT_USER | TRAIT_PHONE | TRAIT_AGENT | TRAIT_FIRMWARE,           \
	    TERMINAL, "handset", N_("handset"), N_("handset"),                 \
	    N_("a phone whose firmware runs on an emulated board"))            \
	X(voicemail, TRAIT_USER | TRAIT_AGENT,                                 \
	    TERMINAL, "vmail", N_("voice mail"), N_("voice mail"),             \
	    N_("voice mail: answers the calls of people who did not"))           \
	X(conference, TRAIT_USER | TRAIT_AGENT | TRAIT_SUBJECT,                \
	    TERMINAL, "conf", N_("conference server"), N_("conference"),       \
	    N_("a conference server: the focus of conferences"))           \
	X(script, TRAIT_USER | TRAIT_AGENT,                                    \
	    TERMINAL, "script", N_("programmed node"), N_("program"),          \
	    N_("a node that is defined by its program in Lua"))          \
	X(menu, TRAIT_USER | TRAIT_AGENT | TRAIT_SUBJECT,                      \
	    TERMINAL, "menu", N_("voice menu"), N_("voice menu"),              \
	    N_("a voice menu: answers calls, plays, collects digits and "      \
	       "transfers, as its program says"))                              \
	X(nat, 0,                                                              \
	    NONE, "nat", N_("NAT"), N_("NAT"),                                 \
	    N_("a NAT: translates the addresses of a network behind it"))      \
	X(stun, 0,                                                             \
	    NONE, "stun", N_("STUN server"), N_("STUN"),                       \
	    N_("a STUN server: reports the address from which a request came"))    \
	X(hss, 0,                                                              \
	    NONE, "hss", N_("home subscriber server"), N_("HSS"),              \
	    N_("a home subscriber server: knows the users of an IMS network, their keys, and the server of each"))                       \
	X(mgc, TRAIT_AGENT,                                                    \
	    TERMINAL, "mgc", N_("media gateway controller"), N_("MGC"),        \
	    N_("a media gateway controller: makes calls for the telephones "   \
	       "of its gateways"))                                             \
	X(mg, 0,                                                               \
	    NONE, "mg", N_("media gateway"), N_("media gateway"),              \
	    N_("a media gateway: telephones and streams, which its controller "\
	       "connects"))                                                    \
	ROLE_ROWS_MORE(X)
/* clang-format on */

enum role_id {
#define X(word, ...) ROLE_##word,
	ROLE_ROWS(X)
#undef X
	    ROLE_COUNT
};

/* Sets of roles are 64 bits, one for each row: a role's own … */
#define ROLE_BIT(word) (UINT64_C(1) << ROLE_##word)

/* … and those of all roles that have a trait. */
#define ROLE_IF(word, traits, trait) \
	| (uint64_t)(((traits) & (trait)) != 0) << ROLE_##word
#define ROLE_IF_USER(w, t, ...)     ROLE_IF(w, t, TRAIT_USER)
#define ROLE_IF_PHONE(w, t, ...)    ROLE_IF(w, t, TRAIT_PHONE)
#define ROLE_IF_AGENT(w, t, ...)    ROLE_IF(w, t, TRAIT_AGENT)
#define ROLE_IF_HABITS(w, t, ...)   ROLE_IF(w, t, TRAIT_HABITS)
#define ROLE_IF_SERVER(w, t, ...)   ROLE_IF(w, t, TRAIT_SERVER)
#define ROLE_IF_FIRMWARE(w, t, ...) ROLE_IF(w, t, TRAIT_FIRMWARE)

#define ROLE_USER     (UINT64_C(0) ROLE_ROWS(ROLE_IF_USER))
#define ROLE_PHONE    (UINT64_C(0) ROLE_ROWS(ROLE_IF_PHONE))
#define ROLE_AGENT    (UINT64_C(0) ROLE_ROWS(ROLE_IF_AGENT))
#define ROLE_HABITS   (UINT64_C(0) ROLE_ROWS(ROLE_IF_HABITS))
#define ROLE_SERVER   (UINT64_C(0) ROLE_ROWS(ROLE_IF_SERVER))
#define ROLE_FIRMWARE (UINT64_C(0) ROLE_ROWS(ROLE_IF_FIRMWARE))

/* All of them. */
#define ROLE_ANY (~UINT64_C(0) >> (64 - ROLE_COUNT))

extern const struct role role_rows[ROLE_COUNT];

#endif
