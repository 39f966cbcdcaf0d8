/*
 * A rule by its number, for code that only passes rules on.  The rules are in
 * rules/rule_names.h, their sentences in rules/rules.h; so a new rule
 * recompiles only the files that name rules.
 */
#ifndef RULES_RULE_ID_H
#define RULES_RULE_ID_H

#include <stdint.h>

enum rule_id {
	RULE_NONE,
	/* RULE_…, of rules/rule_names.h */
	RULE_LARGEST = UINT16_MAX
};

#endif
