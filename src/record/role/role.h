/*
 * Questions about a node's roles, for code outside of the roles.  The roles are
 * the rows of role/rows.h, which is for code that needs a set of certain roles,
 * or all of them: other code asks by a role's word or by a trait, and is not
 * recompiled for a new row.  A role's behaviour is in roles/; its verbs, in
 * role/verb.h.
 */
#ifndef ROLE_ROLE_H
#define ROLE_ROLE_H

#include "base/buf.h"
#include "base/i18n.h"

/* X(NAME, word, letter): the classes of nodes that rules bind
 * (inspect/clauses.h).  Words are in English in files for programs; code that
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

/* What a role is like, in bits of a word of its own. */
enum role_trait {
	TRAIT_USER = 1 << 0,     /* it has a user, called by the node's name */
	TRAIT_PHONE = 1 << 1,    /* a phone with a human user */
	TRAIT_AGENT = 1 << 2,    /* it makes calls, or takes them */
	TRAIT_HABITS = 1 << 3,   /* … as the attributes of phones say */
	TRAIT_SERVER = 1 << 4,   /* it serves a domain's users, and has
				    the attributes of servers: transport,
				    tls, certificate, certificate_fault,
				    trusts, client_certificate, parser,
				    dns, location, srv, inbound,
				    country */
	TRAIT_SUBJECT = 1 << 5,  /* what a call is for: where one is, phones
				    call it rather than each other */
	TRAIT_FIRMWARE = 1 << 6, /* a firmware plays it, which knows what the
				    words of attributes mean */
};

struct role {
	const char *word;
	uint64_t is;     /* its ROLE_BIT */
	unsigned traits; /* enum role_trait */
	enum role_class class;
	const char *tag;
	const char *name, *brief, *sentence; /* to be translated */
};

/* The row of WORD, or NULL. */
const struct role *role_find(struct str word);

/* The set of the roles that WORDS name, with spaces between them.  Unknown ones
 * are nothing. */
uint64_t role_is(struct str words);

/* The traits that any of the roles has that WORDS name. */
unsigned role_traits(struct str words);

/* WORD, a role's, is one of WORDS. */
static inline bool
role_plays(struct str words, const char *word)
{
	return str_has_word(words, str_of(word));
}

/* Appends the names of the roles WORDS, SEPARATOR between them: "proxy ·
 * registrar".  Unknown ones are appended as they are, to be made safe by the
 * code that shows them. */
void role_put(struct buf *b, struct str words, const char *separator);

/* One of several, by its short name. */
void role_put_brief(struct buf *b, struct str word);

#endif
