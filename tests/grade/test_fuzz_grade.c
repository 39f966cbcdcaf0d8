/*
 * Readers of what comes from students' machines, on texts changed by a fixed
 * stream of numbers: hand-ins, reports, rosters, the lines of judging
 * processes, comments, plans, and Markdown.
 */
#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "fixtures/check.h"
#include "text/markdown.h"
#include "draw/paper.h"
#include "grade/class.h"
#include "grade/comment.h"
#include "grade/handin.h"
#include "grade/report.h"
#include "lesson/plan.h"

/* More with RUNG_FUZZ_SECONDS. */
#define ROUNDS (getenv("RUNG_FUZZ_SECONDS") != NULL ? 20000u : 8000u)

static uint64_t state = 0x2545f4914f6cdd1du;

static uint32_t
draw(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 32) % below;
}

static const char *const pieces[] = { "{", "}", "[", "]", "\"", ":", ",",
	"\\u0000", "\\", "null", "true", "1e9", "-1", "99999999999999999999",
	"\"lab\":\"", "\"inputs\":{", "\"runs\":[", "\"version\":1", "\n", "\r",
	"\t", "|", "```", "# ", "1. ", "- ", "    ", "**", "`", "[x](y)", "*",
	"![figure 1]", "![lines 9]", "<!-- rung-hand-in ", " -->", "\xff",
	"\xe4\xb8\xad", ";", "学号", "..", "/", "|---|" };
#define PIECES (sizeof(pieces) / sizeof(pieces[0]))

/* SEED changed, in an allocation of its own with nothing behind it. */
static struct str
change(struct str seed, struct buf *b)
{
	size_t at = draw((uint32_t)seed.n + 1);
	char *own;

	buf_clear(b);
	buf_add(b, seed.p, at);
	for (uint32_t i = draw(5); i > 0; i--)
		buf_puts(b, pieces[draw(PIECES)]);
	at += draw(draw(8) == 0 ? 400 : 6);
	if (at < seed.n)
		buf_add(b, seed.p + at, seed.n - at);
	for (uint32_t i = draw(3); i > 0 && b->n > 0; i--)
		b->p[draw((uint32_t)b->n)] = (char)draw(256);
	own = mem_realloc(mem_dup(b->p, b->n), b->n > 0 ? b->n : 1);
	CU_ASSERT_PTR_NOT_NULL_FATAL(own);
	return (struct str){ own, b->n };
}

/* ---- seeds ---- */

static void
make_handin(struct buf *handin, struct buf *report)
{
	struct work w = WORK_INIT;
	struct mark m = MARK_INIT;
	struct paper p = PAPER_INIT;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL_FATAL(work_find_lab(&w, NULL, "direct-call", &d), 0);
	CU_ASSERT_EQUAL_FATAL(answers_set(&w.answers, 1, STR("b")), 0);
	CU_ASSERT_EQUAL_FATAL(work_add_run(&w, mem_strdup("lab.lua"),
				  mem_strdup("labs/direct-call/lab.lua"), NULL),
	    0);
	CU_ASSERT_EQUAL_FATAL(mark_work(&m, &w, "1", &d), 0);
	CU_ASSERT_EQUAL_FATAL(
	    handin_write(&w, &m, "1", "2026-11-21T00:00:00Z", handin, &d), 0);
	CU_ASSERT_EQUAL_FATAL(
	    report_make(&p, &w, &m, "1", "2026-11-21T00:00:00Z", &d), 0);
	CU_ASSERT_EQUAL_FATAL(paper_put_markdown(&p, 1, report, NULL), 0);
	paper_free(&p);
	mark_free(&m);
	work_free(&w);
}

/* ---- readers ---- */

static void
try_handin(struct str text, bool whole)
{
	struct diag d = DIAG_INIT;
	struct work w;
	int err = handin_read_text(&w, text, "x", NULL, &d);

	CU_ASSERT((err != 0) == (d.text[0] != '\0'));
	CU_ASSERT(!whole || (err == 0 && !w.edited));
	CU_ASSERT(w.nruns <= WORK_RUNS_MAX);
	work_free(&w);
}

static void
try_report(struct str text)
{
	LOCAL_BUF handin = BUF_INIT;
	bool coded;
	int err = report_read(text, &handin, &coded);

	CU_ASSERT(err == 0 || err == ERR_NOTFOUND);
	if (err == 0)
		try_handin(buf_view(&handin), false);
}

static void
try_roster(struct str text)
{
	struct diag d = DIAG_INIT;
	struct roster r;
	int err = roster_read_text(&r, text, "x", &d);

	CU_ASSERT((err != 0) == (d.text[0] != '\0'));
	for (size_t i = 0; i < r.n; i++)
		CU_ASSERT(r.rows[i].id[0] != '\0');
	roster_free(&r);
}

static void
try_line(struct str text)
{
	struct class c = CLASS_INIT;
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_EQUAL(class_take_line(&c, text), 0);
	CU_ASSERT_EQUAL(class_settle(&c, NULL), 0);
	CU_ASSERT_EQUAL(class_find_copies(&c), 0);
	CU_ASSERT_EQUAL(class_put_csv(&c, &out), 0);
	CU_ASSERT_EQUAL(class_put_json(&c, &out), 0);
	CU_ASSERT_EQUAL(class_put_html(&c, &out), 0);
	CU_ASSERT_EQUAL(class_put_text(&c, &out), 0);
	CU_ASSERT(utf8_valid(buf_view(&out)));
	class_free(&c);
}

/* Every byte of a block and span lies in the text. */
static void
try_markdown(struct str text)
{
	struct paper p = PAPER_INIT;
	struct markdown_block b;
	struct markdown m;
	LOCAL_BUF out = BUF_INIT;
	size_t blocks = 0;

	markdown_begin(&m, text);
	while (markdown_next(&m, &b)) {
		CU_ASSERT(b.text.n == 0 ||
			  (b.text.p >= text.p &&
			      b.text.p + b.text.n <= text.p + text.n));
		blocks++;
	}
	CU_ASSERT(blocks <= text.n);
	buf_str(&p.text, text);
	CU_ASSERT_EQUAL(paper_put_html(&p, 1, &out, NULL), 0);
	CU_ASSERT_EQUAL(paper_put_markdown(&p, 1, &out, NULL), 0);
	paper_free(&p);
}

/* What is read of a plan lies in it, and so does what a comment has. */
static bool
lies_in(struct str s, struct str text)
{
	return s.n == 0 || (s.p >= text.p && s.p + s.n <= text.p + text.n);
}

static void
try_plan(struct str text)
{
	struct diag d = DIAG_INIT;
	struct plan p;
	int err = plan_read(&p, text, "x", &d);

	CU_ASSERT((err != 0) == (d.text[0] != '\0'));
	CU_ASSERT(p.n <= PLAN_STEPS_MAX && p.nsheets <= PLAN_LINES_MAX);
	CU_ASSERT(lies_in(p.title, text) && lies_in(p.aim, text) &&
		  lies_in(p.wrong, text) && lies_in(p.homework, text));
	for (size_t i = 0; i < p.n; i++)
		CU_ASSERT(lies_in(p.steps[i].text, text) &&
			  lies_in(p.steps[i].vote, text) &&
			  p.steps[i].right <= p.steps[i].noptions &&
			  p.steps[i].noptions <= PLAN_OPTIONS_MAX);
	for (size_t i = 0; i < p.nsheets; i++)
		CU_ASSERT(lies_in(p.sheets[i].text, text));
}

static void
try_comment(struct str text)
{
	struct diag d = DIAG_INIT, none = DIAG_INIT;
	LOCAL_BUF again = BUF_INIT;
	struct comment c, same;
	int err = comment_read(&c, text, &d);

	CU_ASSERT((err != 0 && err != ERR_NOTFOUND) == (d.text[0] != '\0'));
	if (err != 0)
		return;
	CU_ASSERT(lies_in(c.text, text) && lies_in(c.lab, text));
	CU_ASSERT_EQUAL(comment_put(&c, &again, &none), 0);
	CU_ASSERT_EQUAL(comment_read(&same, buf_view(&again), &none), 0);
	CU_ASSERT(str_eq(c.text, same.text) && c.task == same.task &&
		  str_eq(c.student, same.student) && c.note == same.note);
}

static void
all(void)
{
	static const char plan[] =
	    "# A\n\nAim.\n\n### 0–10: One\n\nText.\n\n```step\nlab: busy\n"
	    "moment: ACK@a\nask: Q?\nvote: W?\n- a\n+ b\nsheet: busy 1\n"
	    "```\n\n### 10-20：二\n\nx\n\n## Homework\n\nH.\n";
	static const char comment[] = "rung-question\nlab: busy\nstudent: 1\n"
				      "task: 3\ndate: 2026\n\nWhy?\r\n中\n";
	static const char roster[] =
	    "学号,姓名,班级\n1,\"A, B\",x\n2;C;y\n,D,\n";
	static const char line[] =
	    "{\"file\":\"a.rung\",\"lab\":\"l\",\"student\":\"1\",\"date\":"
	    "\"2026-11-21T00:00:00Z\",\"points\":1.5,\"of\":2,\"tasks\":[{"
	    "\"task\":1,\"verdict\":\"BAD\",\"points\":0.5,\"of\":1,\"answer\":"
	    "\"x<\",\"believed\":\"=y\"}],\"remarks\":[\"r\"]}";
	static const char page[] =
	    "# A\n\n**b** `c` [d](e)\n\n1. One\n   goes on\n\n       code\n"
	    "2. Two\n\n| a | b |\n|---|---|\n| 1 | `x|y` |\n\n```lua "
	    "f\nx\n```\n"
	    "![figure 1]\n\n![lines 3]\n- i\n";
	struct buf handin = BUF_INIT, report = BUF_INIT, b = BUF_INIT;
	void (*const tries[])(struct str) = { try_report, try_roster, try_line,
		try_markdown, try_plan, try_comment };
	struct str seeds[COUNT_OF(tries)];

	make_handin(&handin, &report);
	seeds[0] = buf_view(&report);
	seeds[1] = str_of(roster);
	seeds[2] = str_of(line);
	seeds[3] = str_of(page);
	seeds[4] = str_of(plan);
	seeds[5] = str_of(comment);
	try_handin(buf_view(&handin), true);
	for (unsigned i = 0, n = ROUNDS; i < n; i++) {
		struct str text = change(buf_view(&handin), &b);

		try_handin(text, false);
		mem_free((char *)(uintptr_t)text.p);
		for (size_t k = 0; k < COUNT_OF(tries); k++) {
			text = change(seeds[k], &b);
			tries[k](text);
			mem_free((char *)(uintptr_t)text.p);
		}
	}
	buf_free(&b);
	buf_free(&handin);
	buf_free(&report);
}

CHECK_MAIN("fuzz_grade", { "what students send", all })
