/*
 * The roles that a node may play: a row each, with all that is asked of a role
 * by whoever does not play it.  What a role does stands in nodes/; what it
 * can be told, in role/verb.h.
 */
#ifndef ROLE_ROLE_H
#define ROLE_ROLE_H

#include "base/buf.h"
#include "base/i18n.h"

/* X(NAME, word, letter): what a node is to the rules, which bind classes
 * (inspect/clauses.h).  Words are in English in files for programs; whoever
 * shows one translates it. */
#define ROLE_CLASSES(X)                    \
	X(TERMINAL, N_("terminal"), 'T')   \
	X(PROXY, N_("proxy"), 'P')         \
	X(REGISTRAR, N_("registrar"), 'R') \
	X(REDIRECT, N_("redirect"), 'D')   \
	X(B2BUA, N_("b2bua"), 'B')         \
	X(GATEWAY, N_("gateway"), 'G')

enum role_class {
#define X(name, word, letter) ROLE_CLASS_##name,
	ROLE_CLASSES(X)
#undef X
	    ROLE_CLASS_COUNT,
	ROLE_CLASS_NONE = ROLE_CLASS_COUNT /* no SIP */
};

extern const char *const role_class_words[ROLE_CLASS_COUNT];
extern const char role_class_letters[ROLE_CLASS_COUNT];

/* What a role is, in bits above those of the roles themselves (ROLE_BIT). */
enum role_trait {
	ROLE_LATER = 0,
	ROLE_NOW = 1 << 24,      /* this version has it */
	ROLE_USER = 1 << 25,     /* it has a user, who is called by the node's
				    name */
	ROLE_PHONE = 1 << 26,    /* a phone in somebody's hand */
	ROLE_AGENT = 1 << 27,    /* it makes calls, or takes them */
	ROLE_HABITS = 1 << 28,   /* … as the attributes of phones say */
	ROLE_SERVER = 1 << 29,   /* it serves a domain's users */
	ROLE_FIRMWARE = 1 << 30, /* a firmware plays it, which knows what the
				    words of attributes mean */
};

/*
 * X(word, NOW or LATER, traits, class, tag, name, brief, sentence): the word in
 * topologies and traces; whether this version has it, as role_WORD in nodes/;
 * what it is (above); its class; what stands in the small picture of a network,
 * at most ten letters; what people call it, alone and among others; what it is,
 * in a sentence.  Attributes name the roles that they belong to, or a trait
 * (scenario/topology_attrs.h).
 */
/* clang-format off */
#define ROLE_ROWS(X)                                                           \
	X(ua, NOW, ROLE_USER | ROLE_PHONE | ROLE_AGENT | ROLE_HABITS,          \
	    TERMINAL, "ua", N_("user agent"), N_("user agent"),                \
	    N_("a user agent: a phone that calls and is called"))              \
	X(proxy, NOW, ROLE_SERVER,                                             \
	    PROXY, "proxy", N_("proxy"), N_("proxy"),                          \
	    N_("a proxy: passes requests on towards their target"))            \
	X(registrar, NOW, ROLE_SERVER,                                         \
	    REGISTRAR, "reg", N_("registrar"), N_("registrar"),                \
	    N_("a registrar: accepts REGISTER for its domain"))                \
	X(location, NOW, 0,                                                    \
	    NONE, "loc", N_("location service"), N_("location"),               \
	    N_("a location service: knows where each user is reached"))        \
	X(redirect, NOW, ROLE_SERVER,                                          \
	    REDIRECT, "redir", N_("redirect server"), N_("redirect"),          \
	    N_("a redirect server: answers with the addresses to try"))        \
	X(presence, NOW, 0,                                                    \
	    TERMINAL, "presence", N_("presence agent"), N_("presence"),        \
	    N_("a presence agent: keeps and tells how users stand"))           \
	X(b2bua, NOW, ROLE_AGENT,                                              \
	    B2BUA, "b2bua", N_("back-to-back user agent"), N_("B2BUA"),        \
	    N_("a back-to-back user agent: one call on either side"))          \
	X(sbc, NOW, ROLE_AGENT,                                                \
	    B2BUA, "sbc", N_("session border controller"), N_("SBC"),          \
	    N_("a session border controller: a back-to-back user agent "       \
	       "between two networks, which hides one from the other"))        \
	X(queue, NOW, ROLE_USER | ROLE_AGENT,                                  \
	    B2BUA, "queue", N_("call queue"), N_("queue"),                     \
	    N_("a queue of calls: callers wait until one of its agents is "    \
	       "free"))                                                        \
	X(controller, NOW, ROLE_AGENT,                                         \
	    B2BUA, "controller", N_("controller"), N_("controller"),           \
	    N_("a controller: calls two parties and lets them talk"))          \
	X(gateway, NOW, ROLE_AGENT,                                            \
	    GATEWAY, "gateway", N_("gateway"), N_("gateway"),                  \
	    N_("a gateway to the telephone network"))                          \
	X(switch, NOW, 0,                                                      \
	    NONE, "switch", N_("telephone exchange"), N_("exchange"),          \
	    N_("a telephone exchange: telephones behind it, circuits to "      \
	       "others"))                                                      \
	X(recorder, LATER, ROLE_AGENT,                                         \
	    TERMINAL, "rec", N_("session recording server"), N_("recorder"),   \
	    N_("a session recording server: keeps what calls say"))            \
	X(dns, NOW, 0,                                                         \
	    NONE, "dns", N_("name server"), N_("name server"),                 \
	    N_("a name server: answers questions of the DNS"))                 \
	X(handset, NOW,                                                        \
	    ROLE_USER | ROLE_PHONE | ROLE_AGENT | ROLE_FIRMWARE,               \
	    TERMINAL, "handset", N_("handset"), N_("handset"),                 \
	    N_("a phone whose firmware runs on an emulated board"))            \
	X(voicemail, NOW, ROLE_USER | ROLE_AGENT,                              \
	    TERMINAL, "vmail", N_("voice mail"), N_("voice mail"),             \
	    N_("voice mail: takes the calls of people who did not"))           \
	X(conference, NOW, ROLE_USER | ROLE_AGENT,                             \
	    TERMINAL, "conf", N_("conference server"), N_("conference"),       \
	    N_("a conference server: the focus in which many talk"))           \
	X(script, NOW, ROLE_USER | ROLE_AGENT,                                 \
	    TERMINAL, "script", N_("programmed node"), N_("program"),              \
	    N_("a node that is what its program in Lua makes of it"))           \
	X(menu, NOW, ROLE_USER | ROLE_AGENT,                                   \
	    TERMINAL, "menu", N_("voice menu"), N_("voice menu"),              \
	    N_("a voice menu: answers calls, plays, collects digits and "      \
	       "transfers, as its program says"))                               \
	X(nat, NOW, 0,                                                         \
	    NONE, "nat", N_("NAT"), N_("NAT"),                                 \
	    N_("a NAT: translates the addresses of a network behind it"))      \
	X(stun, NOW, 0,                                                        \
	    NONE, "stun", N_("STUN server"), N_("STUN"),                       \
	    N_("a STUN server: tells who asks how others see his address"))    \
	X(hss, NOW, 0,                                                         \
	    NONE, "hss", N_("home subscriber server"), N_("HSS"),              \
	    N_("a home subscriber server: knows the users of an IMS network, " \
	       "their keys, and which server has each"))                        \
	X(mgc, NOW, ROLE_AGENT,                                                \
	    TERMINAL, "mgc", N_("media gateway controller"), N_("MGC"),        \
	    N_("a media gateway controller: makes calls for the telephones "   \
	       "of its gateways"))                                             \
	X(mg, NOW, 0,                                                          \
	    NONE, "mg", N_("media gateway"), N_("media gateway"),              \
	    N_("a media gateway: telephones and streams, which its controller "\
	       "connects"))
/* clang-format on */

enum role_id {
#define X(word, ...) ROLE_##word,
	ROLE_ROWS(X)
#undef X
	    ROLE_COUNT
};

#define ROLE_BIT(word) (1u << ROLE_##word)
#define ROLE_OWN       (ROLE_NOW - 1u) /* the bits of all */

struct role {
	const char *word;
	unsigned is; /* its ROLE_BIT, and its traits */
	enum role_class class;
	const char *tag;
	const char *name, *brief, *sentence; /* to be translated */
};
extern const struct role role_rows[ROLE_COUNT];

/* The row of WORD, or NULL. */
const struct role *role_find(struct str word);

/* What WORDS, roles with spaces between them, are together: bits as those of
 * struct role.is.  Unknown ones are nothing. */
unsigned role_is(struct str words);

/* Appends what WORDS are called, SEPARATOR between them: "proxy · registrar".
 * Unknown ones go by their own names, as they are: to be made safe by whoever
 * shows them. */
void role_put(struct buf *b, struct str words, const char *separator);

/* One of several, by its short name. */
void role_put_brief(struct buf *b, struct str word);

#endif
