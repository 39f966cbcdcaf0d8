/*
 * Where a run is covered before the first try of what is asked ahead
 * (lesson_asks_from): what comes before that does not give the answer. AHEAD=1
 * says of each lab where that is.
 */
#include "fixtures/check.h"
#include "fixtures/lessons.h"
#include "grade/rerun.h"
#include "lesson/prediction_hold.h"

#include <stdlib.h>

static unsigned tasks, told, whole, hidden;

/* T up to the record before SEQ. */
static struct trace *
trace_before(const struct trace *t, uint64_t seq)
{
	LOCAL_BUF text = BUF_INIT;
	struct trace *part = NULL;
	struct diag d = DIAG_INIT;

	for (uint64_t i = 0; i < seq; i++) {
		buf_str(&text, trace_line(t, i));
		buf_putc(&text, '\n');
	}
	CU_ASSERT_EQUAL_FATAL(trace_read_buf(&part, &text, "part", &d), 0);
	return part;
}

/* Those that a check computes by the run. */
static bool
is_computed(const struct lesson_task *t)
{
	return t->by_run &&
	       (t->kind == LESSON_NUMBER || t->kind == LESSON_TIME ||
		   t->kind == LESSON_TEXT);
}

static void
try_task(const char *lab, const char *student, struct lesson *l, size_t i,
    const struct trace *t)
{
	const struct lesson_task *task = lesson_task(l, i);
	LOCAL_BUF key = BUF_INIT, early = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *part;
	uint64_t from = 0;

	CU_ASSERT_EQUAL(lesson_asks_from(l, i, t, &from, &d), 0);
	CU_ASSERT_EQUAL(lesson_key(l, i, t, &key, NULL, &d), 0);
	tasks++;
	whole += from == 0;
	if (getenv("AHEAD") != NULL)
		printf("  %s %zu of %zu %s %s: %llu of %llu, %.3f s\n", lab + 5,
		    i + 1, lesson_count(l), student,
		    lesson_kind_name(task->kind), (unsigned long long)from,
		    (unsigned long long)trace_count(t),
		    from > 0 && from <= trace_count(t)
			? (double)trace_time_of(t, from) / 1e9
			: 0);
	if (from == 0 || from > trace_count(t) ||
	    (!is_computed(task) && task->kind != LESSON_DRAW))
		return;
	part = trace_before(t, from);
	if (lesson_key(l, i, part, &early, NULL, &d) == 0 &&
	    str_eq(buf_view(&key), buf_view(&early))) {
		printf("BAD  %s %zu, %s: before record %llu it is %s already\n",
		    lab, i + 1, student, (unsigned long long)from,
		    buf_cstr(&key));
		told++;
	}
	trace_destroy(part);
}

/* The next task of L after A: the first, or the one that holds what it is
 * about; SIZE_MAX: all are answered. */
static size_t
next_task(const struct lesson *l, const struct answers *a,
    const struct prediction_hold *h, const uint64_t *from, uint64_t records)
{
	size_t i = 0;

	while (i < lesson_count(l) && a->tasks[i].text.n > 0)
		i++;
	return i == lesson_count(l)                            ? SIZE_MAX
	       : prediction_hold_hides(h, l, i, from, records) ? h->own - 1
							       : i;
}

/* From task to task each is about what is seen of T by then, but for those that
 * are asked ahead. */
static void
try_order(const char *lab, const char *student, struct lesson *l,
    const struct trace *t)
{
	uint64_t from[LESSON_TASKS_MAX], records = trace_count(t);
	LOCAL(answers_free) struct answers a = ANSWERS_INIT;

	CU_ASSERT_EQUAL_FATAL(prediction_hold_find(l, t, from, NULL), 0);
	for (size_t turn = 0; turn <= lesson_count(l); turn++) {
		struct prediction_hold h =
		    prediction_hold_of(l, &a, from, records);
		size_t i = next_task(l, &a, &h, from, records);

		if (i == SIZE_MAX)
			return;
		if (!lesson_task(l, i)->ahead && h.own != 0 &&
		    from[i] <= records && from[i] >= h.before) {
			printf("BAD  %s %zu, %s: it is about record %llu, "
			       "which is hidden from %llu on\n",
			    lab, i + 1, student, (unsigned long long)from[i],
			    (unsigned long long)h.before);
			hidden++;
		}
		CU_ASSERT_EQUAL(a.tasks[i].text.n, 0);
		CU_ASSERT_EQUAL_FATAL(
		    answers_set(&a, (unsigned)i + 1, STR("1")), 0);
	}
	CU_FAIL("the tasks have no end");
}

static void
try_student(const char *lab, const char *student, bool order_alone)
{
	struct variant v = VARIANT_INIT;
	struct diag d = DIAG_INIT;
	struct lesson *l = NULL;
	struct trace *t = NULL;
	bool asks = false;

	CU_ASSERT_EQUAL_FATAL(lesson_load(&l, lab, student, &d), 0);
	for (size_t i = 0; i < lesson_count(l); i++)
		asks |= lesson_task(l, i)->ahead;
	CU_ASSERT_EQUAL_FATAL(variant_make(&v, l, &d), 0);
	if (asks)
		CU_ASSERT_EQUAL_FATAL(rerun_file(lab, &v, &t, NULL, &d), 0);
	for (size_t i = 0; i < lesson_count(l); i++)
		if (lesson_task(l, i)->ahead && !order_alone)
			try_task(lab, student, l, i, t);
	if (asks)
		try_order(lab, student, l, t);
	variant_free(&v);
	trace_destroy(t);
	lesson_destroy(l);
}

static void
try_lab(const char *lab)
{
	try_student(lab, "", false);
	try_student(lab, "2023007", false);
	for (int i = 1; getenv("AHEAD") != NULL && i < 9; i++) {
		char number[8];

		snprintf(number, sizeof(number), "%d", 10 + i);
		try_student(lab, number, true);
	}
}

static void
covered(void)
{
	if (getenv("AHEAD_OF") != NULL)
		try_lab(getenv("AHEAD_OF"));
	else if (getenv("AHEAD") != NULL)
		each_lesson(try_lab);
	else
		each_lesson_some(try_lab);
	printf("  %u tasks asked ahead; %u that their run tells before it is "
	       "covered; of %u all of it is covered\n",
	    tasks, told, whole);
	CU_ASSERT_EQUAL(told, 0);
	CU_ASSERT_EQUAL(hidden, 0);
}

CHECK_MAIN("lesson_ahead", { "covered", covered })
