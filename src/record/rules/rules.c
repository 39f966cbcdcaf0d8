/* Looking rules up. */
#include "rules/rules.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "rules/rule_names.h"
#include "rules/rules_table.h"

static const struct rule rules[] = { [RULE_NONE] = { "", "", 0, "", "" },
#define X(id, key, rfc, section, text) \
	[RULE_##id] = { key, "rfc" #rfc "-" section, rfc, section, text },
	RULES(X)
#undef X
};

/* Most rules are another one already by how long their words are, and most of
 * the others by the last letter. */
static const struct {
	uint8_t key, why;
} lengths[] = { [RULE_NONE] = { 0, 0 },
#define X(id, key, rfc, section, text) \
	[RULE_##id] = { sizeof(key) - 1, sizeof("rfc" #rfc "-" section) - 1 },
	RULES(X)
#undef X
};

const struct rule *
rule_at(enum rule_id rule)
{
	return rule > RULE_NONE && rule < RULE_COUNT ? &rules[rule] : NULL;
}

static bool
rules_is_word(struct str s, const char *word, size_t n)
{
	return s.n == n && n > 0 && s.p[n - 1] == word[n - 1] &&
	       memcmp(s.p, word, n) == 0;
}

enum rule_id
rule_find_id(struct str key)
{
	const struct rule *rule = rule_find(key, STR_NULL);

	return rule != NULL ? (enum rule_id)(rule - rules) : RULE_NONE;
}

const struct rule *
rule_find(struct str key, struct str why)
{
	const struct rule *first = NULL;

	for (int i = RULE_NONE + 1; i < RULE_COUNT; i++) {
		if (rules_is_word(key, rules[i].key, lengths[i].key))
			return &rules[i];
		if (first == NULL &&
		    rules_is_word(why, rules[i].why, lengths[i].why))
			first = &rules[i];
	}
	return first;
}
