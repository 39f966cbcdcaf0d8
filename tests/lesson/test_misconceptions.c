/*
 * docs/MISCONCEPTIONS.md: each sentence stands in the task of its row, in both
 * languages; the run of the row refutes it, as that task judges it; and where
 * options of choices hold it they are there, and wrong.
 */
#include "fixtures/check.h"
#include "fixtures/lessons.h"
#include "lesson/handout.h"

#include <ctype.h>

#define ROWS 60

enum { NUMBER, BELIEVED, RIGHT, SECTION, TASKS, RUN, CELLS };

struct row {
	struct str cells[CELLS];
};

struct page {
	struct buf text;
	struct row rows[ROWS];
};

/* "| 1 | … |" is a row; headings and the like are none. */
static bool
read_row(struct str line, struct row *row)
{
	if (!str_starts(line, "| ") || line.n < 4 ||
	    !isdigit((unsigned char)line.p[2]))
		return false;
	line = str_slice(line, 1, line.n);
	for (size_t i = 0; i < CELLS; i++) {
		row->cells[i] = str_trim(str_cut(line, '|', &line));
		CU_ASSERT(row->cells[i].n > 0);
	}
	CU_ASSERT_EQUAL(line.n, 0);
	return true;
}

static void
read_rows(const char *folder, struct page *page)
{
	size_t n = 0;
	struct str rest;

	page->text = BUF_INIT;
	read_text(folder, "MISCONCEPTIONS.md", &page->text);
	rest = buf_view(&page->text);
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);
		struct row row;
		char number[8];

		if (!read_row(line, &row))
			continue;
		CU_ASSERT_FATAL(n < ROWS);
		page->rows[n++] = row;
		snprintf(number, sizeof(number), "%zu", n);
		CU_ASSERT(str_is(row.cells[NUMBER], number));
	}
	CU_ASSERT_EQUAL_FATAL(n, ROWS);
}

/* ---- where it is asked ---- */

/* "`LAB` TASK", or "`LAB` TASK b" of a choice. */
struct place {
	char lab[64]; /* its folder */
	unsigned task;
	char option; /* 0: none */
};

static bool
look_read_uri_place(struct str *cell, struct place *out)
{
	struct str lab;
	char rest[8], option[2] = "";

	*out = (struct place){ .lab = "labs/" };
	str_cut(*cell, '`', cell);
	lab = str_cut(*cell, '`', cell);
	if (lab.n == 0)
		return false;
	snprintf(out->lab, sizeof(out->lab), "labs/%.*s", STR_ARG(lab));
	snprintf(rest, sizeof(rest), "%.*s", STR_ARG(*cell));
	CU_ASSERT_FATAL(sscanf(rest, "%u %1[a-d]", &out->task, option) >= 1);
	out->option = option[0];
	return true;
}

/* TEXT with a space for each stretch of white space. */
static void
put_flat(struct str text, struct buf *out)
{
	while (text.n > 0) {
		struct str line = str_trim(str_cut(text, '\n', &text));

		buf_printf(out, "%.*s ", STR_ARG(line));
	}
}

static bool
stands_in(struct str believed, const struct place *at, const char *lang)
{
	struct handout h = HANDOUT_INIT;
	LOCAL_BUF flat = BUF_INIT, quoted = BUF_INIT;
	struct diag d = DIAG_INIT;
	bool found;

	CU_ASSERT_EQUAL_FATAL(handout_read(&h, at->lab, lang, &d), 0);
	CU_ASSERT_FATAL(at->task >= 1 && at->task <= h.ntasks);
	put_flat(h.tasks[at->task - 1], &flat);
	buf_printf(&quoted, strcmp(lang, "en") == 0 ? "\"%.*s\"" : "“%.*s”",
	    STR_ARG(believed));
	found = str_find(buf_view(&flat), buf_cstr(&quoted)) >= 0;
	handout_free(&h);
	return found;
}

static bool
is_wrong_option(const struct place *at)
{
	struct lesson *l = fixture_lesson(at->lab);
	const struct lesson_task *t =
	    at->task <= lesson_count(l) ? lesson_task(l, at->task - 1) : NULL;
	size_t i = (size_t)(at->option - 'a');
	bool wrong = at->option != 0 && t != NULL && t->kind == LESSON_CHOICE &&
		     i < t->noptions && !t->options[i].right;

	lesson_destroy(l);
	return wrong;
}

static void
places(void)
{
	struct page en, zh;

	read_rows("docs", &en);
	read_rows("docs/zh", &zh);
	for (size_t i = 0; i < ROWS; i++) {
		const struct str *e = en.rows[i].cells, *z = zh.rows[i].cells;
		struct str tasks = e[TASKS];
		struct place at;

		CU_ASSERT_FATAL(look_read_uri_place(&tasks, &at));
		CU_ASSERT_EQUAL(at.option, 0);
		if (!stands_in(e[BELIEVED], &at, "en") ||
		    !stands_in(z[BELIEVED], &at, "zh_CN")) {
			printf("BAD  row %zu: not in %s %u\n", i + 1, at.lab,
			    at.task);
			CU_FAIL("a sentence is not that of its task");
		}
		while (look_read_uri_place(&tasks, &at))
			if (!is_wrong_option(&at)) {
				printf("BAD  row %zu: %s %u %c\n", i + 1,
				    at.lab, at.task, at.option);
				CU_FAIL("no wrong option");
			}
	}
	buf_free(&en.text);
	buf_free(&zh.text);
}

/* Letters, digits and dots of CELL: the same in both languages. */
static void
put_bare(struct str cell, struct buf *out)
{
	for (size_t i = 0; i < cell.n; i++)
		if (isalnum((unsigned char)cell.p[i]) || cell.p[i] == '.')
			buf_putc(out, cell.p[i]);
}

static void
languages(void)
{
	static const int same[] = { SECTION, TASKS, RUN };
	struct page en, zh;

	read_rows("docs", &en);
	read_rows("docs/zh", &zh);
	for (size_t i = 0; i < ROWS * 3; i++) {
		struct buf a = BUF_INIT, b = BUF_INIT;

		put_bare(en.rows[i / 3].cells[same[i % 3]], &a);
		put_bare(zh.rows[i / 3].cells[same[i % 3]], &b);
		if (!str_eq(buf_view(&a), buf_view(&b)))
			printf("BAD  row %zu: %s / %s\n", i / 3 + 1,
			    buf_cstr(&a), buf_cstr(&b));
		CU_ASSERT(str_eq(buf_view(&a), buf_view(&b)));
		buf_free(&a);
		buf_free(&b);
	}
	buf_free(&en.text);
	buf_free(&zh.text);
}

/* ---- the runs ---- */

/* The run of "LAB --act '…'", for what a script of one's own would do. */
static struct trace *
run_act(struct str command)
{
	struct lab_options o = LAB_OPTIONS;
	ptrdiff_t at = str_find(command, " --act '");
	char folder[80], act[200];

	CU_ASSERT_FATAL(at > 0 && str_ends(command, "'"));
	snprintf(folder, sizeof(folder), "labs/%.*s", (int)at, command.p);
	snprintf(act, sizeof(act), "%.*s", (int)(command.n - (size_t)at - 9),
	    command.p + at + 8);
	o.act = act;
	return lab_trace(folder, &o);
}

/* What the task says of the run of COMMAND, "LAB --set …". */
static bool
refutes(struct str command, const struct place *at, struct named_runs *named)
{
	struct lesson *l = fixture_lesson(at->lab);
	struct trace *lab = lab_trace(at->lab, &LAB_OPTIONS), *run = NULL;
	struct lesson_work w = {
		.lab = lab, .run = named_runs_find, .arg = named
	};
	struct lesson_answer answer = { .text = command };
	struct lesson_result r = LESSON_RESULT_INIT;
	LOCAL_BUF key = BUF_INIT;
	struct diag d = DIAG_INIT;
	bool good;

	switch (lesson_task(l, at->task - 1)->kind) {
	case LESSON_FIND: /* what is wrong is found in that very run */
		CU_ASSERT(str_is(command, at->lab + strlen("labs/")));
		CU_ASSERT_EQUAL(
		    lesson_key(l, at->task - 1, lab, &key, NULL, &d), 0);
		answer.text = buf_view(&key);
		break;
	case LESSON_GOAL:
		run = run_act(command);
		w.runs = (const struct trace *const *)&run;
		w.nruns = 1;
		break;
	default:
		CU_ASSERT_EQUAL(lesson_task(l, at->task - 1)->kind, LESSON_RUN);
	}
	CU_ASSERT_EQUAL(lesson_judge(l, at->task - 1, &answer, &w, &r), 0);
	good = r.verdict == LESSON_GOOD;
	if (!good)
		printf("BAD  %s %u: %.*s is %s: %s\n", at->lab, at->task,
		    STR_ARG(command), lesson_verdict_name(r.verdict),
		    buf_cstr(&r.why));
	lesson_result_free(&r);
	trace_destroy(run);
	trace_destroy(lab);
	lesson_destroy(l);
	return good;
}

static void
runs(void)
{
	static const char begin[] = "`rung run ";
	struct named_runs named = { .n = 0 };
	struct page page;

	read_rows("docs", &page);
	for (size_t i = 0; i < ROWS; i += IS_SANITIZED ? 5 : 1) {
		struct str tasks = page.rows[i].cells[TASKS];
		struct str command = page.rows[i].cells[RUN];
		struct place at;

		CU_ASSERT_FATAL(look_read_uri_place(&tasks, &at));
		CU_ASSERT_FATAL(
		    str_starts(command, begin) && str_ends(command, "`"));
		command = str_slice(command, strlen(begin), command.n - 1);
		CU_ASSERT(refutes(command, &at, &named));
	}
	named_runs_free(&named);
	buf_free(&page.text);
}

CHECK_MAIN("misconceptions", { "places", places }, { "languages", languages },
    { "runs", runs })
