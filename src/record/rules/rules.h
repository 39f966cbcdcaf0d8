/*
 * The rules: where the protocol decided, a record's `why` names the RFC and
 * section and its `rule` one row of this table, whose sentence (our own) says
 * what that section asks at this point.
 *
 * X(ID, key in the file, RFC, section, sentence)
 */
#ifndef RULES_RULES_H
#define RULES_RULES_H

#include "base/i18n.h"
#include "base/str.h"
#include "rules/rule_id.h"

struct rule {
	const char *key;     /* "ict-timer-a" */
	const char *why;     /* "rfc3261-17.1.1.2" */
	unsigned rfc;        /* 3261 */
	const char *section; /* "17.1.1.2" */
	const char *text;    /* untranslated; show it through i18n_text */
};

/* The row of RULE; NULL for RULE_NONE. */
const struct rule *rule_at(enum rule_id rule);
/* The row with that key, else the first row with that `why`, else NULL. */
const struct rule *rule_find(struct str key, struct str why);
/* The id of that with KEY; RULE_NONE: there is none. */
enum rule_id rule_find_id(struct str key);

#endif
