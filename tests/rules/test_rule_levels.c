/* Each rule's sentence says the word of its level, once and no other. */
#include "rules/rule_names.h"
#include "rules/rules.h"

#include "fixtures/check.h"

#include <stdio.h>
#include <string.h>

/* How often TEXT has WORD between other characters than letters. */
static unsigned
count_word(const char *text, const char *word)
{
	unsigned n = 0;

	for (const char *p = text; (p = strstr(p, word)) != NULL; p++)
		n += (p == text || !chr_is_alpha(p[-1])) &&
		     !chr_is_alpha(p[strlen(word)]);
	return n;
}

static void
test_sentence_says_its_level(void)
{
	for (int i = RULE_NONE + 1; i < RULE_COUNT; i++) {
		const struct rule *rule = rule_at((enum rule_id)i);
		unsigned all = count_word(rule->text, "MUST") +
			       count_word(rule->text, "SHOULD") +
			       count_word(rule->text, "MAY");
		bool said =
		    rule->level == RULE_TELLS
			? all == 0
			: all == 1 && count_word(rule->text,
					  rule_level_name(rule->level)) == 1;
		bool negative = strstr(rule->text, "MUST NOT") != NULL ||
				strstr(rule->text, "SHOULD NOT") != NULL;

		if (!said || negative != (rule->level == RULE_MUST_NOT ||
					     rule->level == RULE_SHOULD_NOT))
			printf("%s, %s: %s\n", rule->key,
			    rule_level_name(rule->level), rule->text);
		CU_ASSERT(said);
		CU_ASSERT_EQUAL(negative, rule->level == RULE_MUST_NOT ||
					      rule->level == RULE_SHOULD_NOT);
	}
}

static void
test_level_has_a_name(void)
{
	CU_ASSERT_STRING_EQUAL(rule_level_name(RULE_MUST_NOT), "MUST NOT");
	CU_ASSERT(rule_level_is(RULE_MUST_NOT, str_of("must-not")));
	CU_ASSERT(rule_level_is(RULE_TELLS, str_of("description")));
	CU_ASSERT_FALSE(rule_level_is(RULE_MUST, str_of("must-not")));
	CU_ASSERT_FALSE(rule_level_is(RULE_MUST_NOT, str_of("must")));
	CU_ASSERT_FALSE(rule_level_is(RULE_MUST, STR_NULL));
}

CHECK_MAIN("rule_levels",
    { "a_sentence_says_its_level", test_sentence_says_its_level },
    { "a_level_has_a_name", test_level_has_a_name })
