/*
 * The rules: where the protocol decided, a record's `why` names the RFC and
 * section and its `rule` one row of this table, whose sentence (our own) says
 * what that section asks at this point.
 *
 * X(ID, key in the file, RFC, section, level, sentence)
 *
 * The level is that of the sentence of the section that the row states: MUST,
 * MUST_NOT, SHOULD, SHOULD_NOT or MAY (RFC 2119).  TELLS: the section only
 * describes, as informational RFCs and those before RFC 2119 do.  It is shown
 * after the section ("RFC 3261 15.1.2, MUST: …").  The sentence contains the
 * word of its level once, in capitals, where the requirement is stated; the
 * rest is in the present tense.
 */
#ifndef RULES_RULES_H
#define RULES_RULES_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/i18n.h"
#include "base/str.h"
#include "rules/rule_id.h"

enum rule_level {
	RULE_TELLS, /* a description */
	RULE_MUST,
	RULE_MUST_NOT,
	RULE_SHOULD,
	RULE_SHOULD_NOT,
	RULE_MAY,
	RULE_LEVEL_COUNT
};

struct rule {
	const char *key;     /* "ict-timer-a" */
	const char *why;     /* "rfc3261-17.1.1.2" */
	unsigned rfc;        /* 3261; 0: of no RFC */
	const char *section; /* "17.1.1.2"; of no RFC "GB/T28181 9.1" */
	enum rule_level level;
	const char *text; /* untranslated; show it through i18n_text */
};

/* The row of RULE; NULL for RULE_NONE. */
const struct rule *rule_at(enum rule_id rule);
/* The row with that key, else the first row with that `why`, else NULL. */
const struct rule *rule_find(struct str key, struct str why);
/* ERR_NOTFOUND with D's sentence: there is no rule NAME; it says which may be
 * meant. */
int rule_refuse(struct str name, struct diag *d);
/* The id of that with KEY; RULE_NONE: there is none. */
enum rule_id rule_find_id(struct str key);

/* "MUST NOT", or "description". */
const char *rule_level_name(enum rule_level level);
/* Whether WORD names the level: as above, or in one word ("must-not"). */
bool rule_level_is(enum rule_level level, struct str word);
/* "RFC 3261 15.1.2" */
void rule_put_section(const struct rule *rule, struct buf *out);
/* "RFC 3261 15.1.2, MUST"; a description is the section only. */
void rule_put_place(const struct rule *rule, struct buf *out);
/* "RFC 3261 15.1.2, MUST: The …", in the language in use. */
void rule_put(const struct rule *rule, struct buf *out);

#endif
