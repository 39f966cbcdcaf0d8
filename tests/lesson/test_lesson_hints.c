/*
 * What a hint names is there: each filter in it finds a record of the lab's
 * run, and each record that it names is one.  LAB=labs/busy asks of one lab
 * alone.
 */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/lessons.h"
#include "trace/select.h"
#include "words/record_filter.h"

#include <stdlib.h>

/* TEXT is a filter, each word of it KEY=VALUE with a key that filters have. */
static bool
is_filter(struct str text)
{
	struct str word, value;

	if (text.n == 0)
		return false;
	while (text.n > 0) {
		word = str_cut(text, ' ', &text);
		if (str_chr(word, '=') <= 0 ||
		    !record_filter_has(str_cut(word, '=', &value)) ||
		    value.n == 0)
			return false;
	}
	return true;
}

/* Some record of T is like F. */
static bool
is_found(struct record_filter *f, const struct trace *t)
{
	struct serving *serving = NULL;
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	bool found = false;

	CU_ASSERT_EQUAL_FATAL(record_filter_serve(f, t, &serving), 0);
	for (uint64_t seq = 1; seq <= trace_count(t) && !found; seq++) {
		if (!record_filter_may(f, t, seq))
			continue;
		trace_get(t, seq, &rec);
		found = record_filter_match(f, t, &rec, &scratch);
	}
	serving_destroy(serving);
	return found;
}

static bool
filter_finds(const char *text, const struct trace *t)
{
	struct record_filter f = RECORD_FILTER_ALL;
	struct diag d = DIAG_INIT;

	return record_filter_parse(&f, text, t, &d) == 0 && is_found(&f, t);
}

/* What stands in TEXT between backticks; false: that is neither, or is there.
 */
static bool
leads_nowhere(struct str text, const struct trace *t)
{
	char copy[300];
	uint64_t seq;
	struct diag d = DIAG_INIT;

	snprintf(copy, sizeof(copy), "%.*s", STR_ARG(text));
	if (is_filter(text))
		return !filter_finds(copy, t);
	return trace_select_is(text) && !chr_is_digit(text.p[0]) &&
	       trace_select(t, text, &seq, &d) != 0;
}

static void
look_at_hint(
    const char *lab, size_t task, const char *hint, const struct trace *t)
{
	struct str rest = str_of(hint), part;

	for (bool inside = false; rest.n > 0; inside = !inside) {
		part = str_cut(rest, '`', &rest);
		if (!inside || !leads_nowhere(part, t))
			continue;
		printf("BAD  %s: task %zu: nothing in the run is “%.*s”\n", lab,
		    task, STR_ARG(part));
		CU_FAIL("a hint leads nowhere");
	}
}

static void
look_at_lab(const char *lab)
{
	const unsigned others = 1u << LESSON_RUN | 1u << LESSON_GOAL |
				1u << LESSON_BUILD | 1u << LESSON_AGENT;
	struct lesson *l = fixture_lesson(lab);
	struct trace *t = lab_trace(lab, &LAB_OPTIONS);

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (size_t i = 0; i < lesson_count(l); i++) {
		const struct lesson_task *task = lesson_task(l, i);

		/* What asks for another run than the lab's. */
		if (others >> task->kind & 1)
			continue;
		for (size_t k = 0; k < task->nhints; k++)
			look_at_hint(lab, i + 1, task->hints[k], t);
	}
	trace_destroy(t);
	lesson_destroy(l);
}

static void
what_hints_name_is_there(void)
{
	if (getenv("LAB") != NULL)
		look_at_lab(getenv("LAB"));
	else
		each_lesson(look_at_lab);
}

CHECK_MAIN(
    "lesson_hints", { "what they name is there", what_hints_name_is_there })
