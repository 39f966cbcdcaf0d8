/*
 * What each lab asks: something of its run before it is looked at, something
 * that is changed, something drawn, found or built; and the hints of what is
 * typed, drawn or found, each of which names a record, pane, section or filter,
 * and no two of which are alike.  LAB=labs/busy asks of one lab alone.
 */
#include "base/i18n.h"
#include "fixtures/check.h"
#include "fixtures/lessons.h"

#include <stdlib.h>

#define SEEN_MAX 4096

static char *seen[SEEN_MAX];
static size_t nseen;

/* Labs whose tasks are runs alone, and tasks that a run answers. */
static bool
is_handout(const char *lab)
{
	return str_starts(str_of(lab), "labs/handout-");
}

static unsigned
count_kinds(const struct lesson *l, unsigned kinds)
{
	unsigned n = 0;

	for (size_t i = 0; i < lesson_count(l); i++)
		n += (kinds >> lesson_task(l, i)->kind & 1) != 0;
	return n;
}

/* A task whose answer the lab's own run decides, and which is asked ahead of
 * it. */
static bool
asks_ahead(const struct lesson *l)
{
	bool asks = count_kinds(l, 1u << LESSON_PREDICT) > 0;

	for (size_t i = 0; i < lesson_count(l) && !asks; i++)
		asks = lesson_task(l, i)->ahead;
	return asks;
}

static void
complain_if(bool bad, const char *lab, const char *what)
{
	if (bad)
		printf("BAD  %s: %s\n", lab, what);
	CU_ASSERT(!bad);
}

static void
kinds_of(const char *lab)
{
	struct lesson *l = fixture_lesson(lab);

	if (lesson_count(l) > 0 && !is_handout(lab)) {
		complain_if(!asks_ahead(l), lab, "asks nothing ahead");
		complain_if(count_kinds(l,
				1u << LESSON_GOAL | 1u << LESSON_BUILD |
				    1u << LESSON_AGENT | 1u << LESSON_RUN) == 0,
		    lab, "lets nothing be changed");
		complain_if(
		    count_kinds(l, 1u << LESSON_DRAW | 1u << LESSON_FIND |
				       1u << LESSON_BUILD | 1u << LESSON_AGENT |
				       1u << LESSON_FIGURE) == 0,
		    lab, "has nothing drawn, found or built");
	}
	lesson_destroy(l);
}

static bool
is_hinted(enum lesson_kind kind)
{
	return lesson_kind_is_written(kind) && kind != LESSON_CHOICE;
}

/* It names where to look: a filter, header or pane in backticks, a record by
 * its number or name, a section. */
static bool
leads_somewhere(const char *hint)
{
	static const char *const words[] = { "`", "@", "RFC", "section",
		"Timer ", "定时器", "节", "pane", "窗格" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(hint, words[i]) != NULL)
			return true;
	return false;
}

static bool
is_new(const char *hint)
{
	for (size_t i = 0; i < nseen; i++)
		if (strcmp(seen[i], hint) == 0)
			return false;
	CU_ASSERT_FATAL(nseen < SEEN_MAX);
	seen[nseen++] = mem_strdup(hint);
	return true;
}

static void
hints_of_lesson(const char *lab, const struct lesson *l)
{
	for (size_t i = 0; i < lesson_count(l); i++) {
		const struct lesson_task *t = lesson_task(l, i);
		char what[700];

		if (!is_hinted(t->kind))
			continue;
		snprintf(what, sizeof(what), "task %zu (%s) has no hint", i + 1,
		    lesson_kind_name(t->kind));
		complain_if(t->nhints == 0, lab, what);
		for (size_t k = 0; k < t->nhints; k++) {
			snprintf(what, sizeof(what),
			    "task %zu: hint “%s” leads nowhere or is another's",
			    i + 1, t->hints[k]);
			complain_if(!leads_somewhere(t->hints[k]) ||
					!is_new(t->hints[k]),
			    lab, what);
		}
	}
}

static void
hints_of(const char *lab)
{
	static const char *const languages[] = { "en", "zh" };

	for (size_t i = 0; i < 2; i++) {
		struct lesson *l;

		CU_ASSERT_EQUAL(i18n_choose(languages[i]), 0);
		l = fixture_lesson(lab);
		hints_of_lesson(lab, l);
		lesson_destroy(l);
	}
	CU_ASSERT_EQUAL(i18n_choose("en"), 0);
}

static void
each(void (*fn)(const char *lab))
{
	if (getenv("LAB") != NULL)
		fn(getenv("LAB"));
	else
		each_lesson(fn);
}

static void
kinds(void)
{
	each(kinds_of);
}

static void
hints(void)
{
	each(hints_of);
	while (nseen > 0)
		mem_free(seen[--nseen]);
}

CHECK_MAIN("lesson_asks", { "kinds", kinds }, { "hints", hints })
