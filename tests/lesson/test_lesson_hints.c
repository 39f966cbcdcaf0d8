/*
 * What a hint names is there: each filter in it finds a record of the lab's
 * run, and each record that it names is one.  If it cites RFCs, the one of the
 * task's own rule is among them, also in what numbers draw.  LAB=labs/busy asks
 * of one lab alone.
 */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/lessons.h"
#include "rules/rules.h"
#include "trace/record_name.h"
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
	struct related_calls *related = NULL;
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	bool found = false;

	CU_ASSERT_EQUAL_FATAL(record_filter_serve(f, t, &related), 0);
	for (uint64_t seq = 1; seq <= trace_count(t) && !found; seq++) {
		if (!record_filter_may(f, t, seq))
			continue;
		trace_get(t, seq, &rec);
		found = record_filter_match(f, t, &rec, &scratch);
	}
	related_calls_destroy(related);
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
	return trace_record_name_is(text) && !chr_is_digit(text.p[0]) &&
	       trace_record_name_find(t, text, &seq, &d) != 0;
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

/* ---- what they cite ---- */

/* So many numbers draw each of a task's others. */
#define NUMBERS 12

/* TEXT cites RFCs, and not that of RULE. */
static bool
cites_another(struct str text, const struct rule *rule)
{
	bool cites = false, same = false;
	ptrdiff_t at;

	while ((at = str_find(text, "RFC ")) >= 0) {
		text = str_slice(text, (size_t)at + 4, text.n);
		cites |= text.n > 0 && chr_is_digit(text.p[0]);
		same |= strtoul(text.p, NULL, 10) == rule->rfc;
	}
	return cites && !same;
}

static void
look_at_cited(const char *lab)
{
	unsigned told[LESSON_TASKS_MAX] = { 0 }; /* bits of others */

	for (int n = 0; n <= NUMBERS; n++) {
		struct diag d = DIAG_INIT;
		struct lesson *l = NULL;
		char student[16] = "";

		if (n > 0)
			snprintf(student, sizeof(student), "%d", n);
		CU_ASSERT_EQUAL_FATAL(lesson_load(&l, lab, student, &d), 0);
		for (size_t i = 0; i < lesson_count(l); i++) {
			const struct lesson_task *t = lesson_task(l, i);
			const struct rule *rule = rule_at(t->rule);

			if (rule == NULL || t->nhints == 0 ||
			    (told[i] >> t->other & 1) != 0 ||
			    !cites_another(str_of(t->hints[0]), rule))
				continue;
			told[i] |= 1u << t->other;
			printf("BAD  %s %zu, %u: RFC %u %s (%s), but: %s\n",
			    lab, i + 1, t->other, rule->rfc, rule->section,
			    rule->key, t->hints[0]);
			CU_FAIL("a hint cites another RFC than the rule");
		}
		lesson_destroy(l);
	}
}

static void
hints_cite_the_rule(void)
{
	if (getenv("LAB") != NULL)
		look_at_cited(getenv("LAB"));
	else
		each_lesson(look_at_cited);
}

CHECK_MAIN("lesson_hints",
    { "what they name is there", what_hints_name_is_there },
    { "they cite the rule's RFC", hints_cite_the_rule })
