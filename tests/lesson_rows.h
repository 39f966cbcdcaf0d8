/*
 * For tests of what answers are worth: a row is a task, an answer and what that
 * is worth; the scripts lie in a folder that lesson_rows_begin makes.
 */
#ifndef LESSON_ROWS_H
#define LESSON_ROWS_H

#include "labs.h"
#include "lesson/lesson.h"

#include <sys/stat.h>

static char folder[] = "/tmp/rung-judge-XXXXXX";

/* The labs that tasks are about. */
enum lab { CALL, TWO, LOST, LABS };

static const char *const lab_names[LABS] = { "labs/direct-call",
	"labs/two-proxies", "labs/lost-messages" };

static struct trace *traces[LABS];

struct row {
	const char *task, *answer;
	enum lesson_verdict verdict;
	unsigned points; /* hundredths */
	const char *why; /* stands in the sentences; NULL: anything may */
	enum lab lab;
};

__attribute__((unused)) static void
put_file(const char *name, const char *text)
{
	struct buf b = BUF_INIT;
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	buf_puts(&b, text);
	CU_ASSERT_EQUAL(buf_write_file(&b, path), 0);
	buf_free(&b);
}

__attribute__((unused)) static int
load_script(const char *script, struct lesson **l, struct diag *d)
{
	put_file("check.lua", script);
	*d = DIAG_INIT;
	return lesson_load(l, folder, "", d);
}

__attribute__((unused)) static struct lesson *
load(const char *script)
{
	struct lesson *l = NULL;
	struct diag d;

	if (load_script(script, &l, &d) != 0)
		printf("  %s\n  %s\n", script, d.text);
	CU_ASSERT_PTR_NOT_NULL_FATAL(l);
	return l;
}

__attribute__((unused)) static bool
is_as_said(const struct row *row, const struct lesson_result *r)
{
	return r->verdict == row->verdict && r->points == row->points &&
	       (row->why == NULL ||
		   strstr(buf_cstr(&r->why), row->why) != NULL);
}

__attribute__((unused)) static void
judge_row(const struct row *row)
{
	struct lesson *l = load(row->task);
	struct lesson_work work = { .lab = traces[row->lab] };
	struct lesson_answer answer = { .text = str_of(row->answer) };
	struct lesson_result r;

	CU_ASSERT_EQUAL(lesson_judge(l, 0, &answer, &work, &r), 0);
	if (!is_as_said(row, &r))
		printf("BAD  %s\n  “%s” is %s, %u, not %s, %u: %s\n", row->task,
		    row->answer, lesson_verdict_name(r.verdict), r.points,
		    lesson_verdict_name(row->verdict), row->points,
		    buf_cstr(&r.why));
	CU_ASSERT(is_as_said(row, &r));
	lesson_result_free(&r);
	lesson_destroy(l);
}

__attribute__((unused)) static void
judge_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		judge_row(&rows[i]);
}

#define EACH(rows) judge_rows(rows, sizeof(rows) / sizeof((rows)[0]))

__attribute__((unused)) static void
begins(void)
{
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	for (size_t i = 0; i < LABS; i++) {
		traces[i] = lab_trace(lab_names[i], &LAB_OPTIONS);
		CU_ASSERT_PTR_NOT_NULL_FATAL(traces[i]);
	}
}

#define RIGHT LESSON_GOOD, 100
#define WRONG LESSON_BAD, 0

__attribute__((unused)) static void
ends(void)
{
	static const char *const names[] = { "check.lua", "README.md" };
	char path[256];

	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	CU_ASSERT_EQUAL(rmdir(folder), 0);
	for (size_t i = 0; i < LABS; i++)
		trace_destroy(traces[i]);
}

#endif
