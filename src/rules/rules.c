/* Looking rules up. */
#include "rules/rules.h"

#include <stddef.h>

static const struct rule rules[] = { [RULE_NONE] = { "", "", 0, "", "" },
#define X(id, key, rfc, section, text) \
	[RULE_##id] = { key, "rfc" #rfc "-" section, rfc, section, text },
	RULES(X)
#undef X
};

const struct rule *
rule_at(enum rule_id rule)
{
	return rule > RULE_NONE && rule < RULE_COUNT ? &rules[rule] : NULL;
}

const struct rule *
rule_find(struct str key, struct str why)
{
	const struct rule *first = NULL;

	for (int i = RULE_NONE + 1; i < RULE_COUNT; i++) {
		if (key.n > 0 && str_is(key, rules[i].key))
			return &rules[i];
		if (first == NULL && why.n > 0 && str_is(why, rules[i].why))
			first = &rules[i];
	}
	return first;
}
