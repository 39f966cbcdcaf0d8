/*
 * A rule by its number, for whoever hands one on.  Which there are stands in
 * rules/rule_names.h, what they say in rules/rules.h; so a new rule compiles
 * those alone that name rules.
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
