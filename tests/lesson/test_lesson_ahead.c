/*
 * Where a run is covered before the first try of what is asked ahead
 * (lesson_asks_from): what comes before that does not give the answer. AHEAD=1
 * says of each lab where that is.
 */
#include "fixtures/check.h"
#include "fixtures/lessons.h"
#include "grade/rerun.h"

#include <stdlib.h>

static unsigned tasks, told, whole;

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

static void
try_student(const char *lab, const char *student)
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
		if (lesson_task(l, i)->ahead)
			try_task(lab, student, l, i, t);
	variant_free(&v);
	trace_destroy(t);
	lesson_destroy(l);
}

static void
try_lab(const char *lab)
{
	try_student(lab, "");
	try_student(lab, "2023007");
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
}

CHECK_MAIN("lesson_ahead", { "covered", covered })
