/*
 * What each lab asks: something of its run before it is looked at, something
 * that is changed, something drawn, found or built; and the hints of what is
 * typed, drawn or found, each of which names a record, pane, section or filter,
 * and no two of which are alike.  LAB=labs/busy asks of one lab alone.
 */
#include "fixtures/check.h"
#include "fixtures/lessons.h"

#include <stdlib.h>

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

CHECK_MAIN("lesson_asks", { "kinds", kinds })
