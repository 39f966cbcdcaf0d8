/* Looking rules up. */
#include "rules/rules.h"

#include "base/err.h"
#include "base/param.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "rules/rule_names.h"
#include "rules/rules_table.h"

static const struct rule rules[] = { [RULE_NONE] = { "", "", 0, "", 0, "" },
#define X(id, key, rfc, section, level, text)                      \
	[RULE_##id] = { key, "rfc" #rfc "-" section, rfc, section, \
		RULE_##level, text },
	RULES(X)
#undef X
};

/* Most rules are another one already by how long their words are, and most of
 * the others by the last letter. */
static const struct {
	uint8_t key, why;
} lengths[] = { [RULE_NONE] = { 0, 0 },
#define X(id, key, rfc, section, level, text) \
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

int
rule_refuse(struct str name, struct diag *d)
{
	const struct rule *first = &rules[RULE_NONE + 1];
	const char *near = param_nearest(
	    name, &first->key, RULE_COUNT - RULE_NONE - 1, sizeof(*first));

	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    near != NULL ? _("there is no rule “%.*s”")
			 : _("there is no rule “%.*s”; a rule is a name such "
			     "as %s, or a section such as %s"),
	    (int)(name.n < 60 ? name.n : 60), name.p, first->key, first->why);
	return diag_meant(d, ERR_NOTFOUND, near);
}

const char *
rule_level_name(enum rule_level level)
{
	static const char *const level_names[RULE_LEVEL_COUNT] = {
		[RULE_TELLS] = "description",
		[RULE_MUST] = "MUST",
		[RULE_MUST_NOT] = "MUST NOT",
		[RULE_SHOULD] = "SHOULD",
		[RULE_SHOULD_NOT] = "SHOULD NOT",
		[RULE_MAY] = "MAY",
	};

	return level_names[level];
}

bool
rule_level_is(enum rule_level level, struct str word)
{
	const char *name = rule_level_name(level);

	for (size_t i = 0; i < word.n; i++)
		if (chr_lower(word.p[i]) !=
		    (name[i] == ' ' ? '-' : chr_lower(name[i])))
			return false;
	return word.n == strlen(name);
}

void
rule_put_section(const struct rule *rule, struct buf *out)
{
	/* A section of no RFC names its document itself. */
	if (rule->rfc != 0)
		buf_printf(out, "RFC %u%s", rule->rfc,
		    rule->section[0] != '\0' ? " " : "");
	buf_puts(out, rule->section);
}

void
rule_put_place(const struct rule *rule, struct buf *out)
{
	rule_put_section(rule, out);
	if (rule->level == RULE_TELLS)
		return;
	buf_printf(out, ", %s", rule_level_name(rule->level));
}

void
rule_put(const struct rule *rule, struct buf *out)
{
	rule_put_place(rule, out);
	buf_puts(out, _(": "));
	buf_puts(out, i18n_text(rule->text));
}
