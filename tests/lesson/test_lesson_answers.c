/*
 * What a student writes: answers in UTF-8, GB 18030 and with any line ends, in
 * every form that people give a number, and what is no answer; the form that is
 * filled in, and JSON; handouts.
 */
#include "text/charset.h"
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "lesson/answers.h"
#include "lesson/handout.h"

#include <string.h>

static const struct {
	const char *text;
	const char *task1, *task2;
} good[] = {
	{ "", "", "" },
	{ "# nothing\n\n", "", "" },
	{ "1: b\n2: 3.02 s\n", "b", "3.02 s" },
	{ "1: b\r\n2: 3.02 s\r\n", "b", "3.02 s" },
	{ "1: b\r2: 3.02 s\r", "b", "3.02 s" },
	{ "\xef\xbb\xbf"
	  "1: b\n2: c",
	    "b", "c" },
	{ "1. b\n2) c\n", "b", "c" },
	{ "1：甲\n2、乙\n", "甲", "乙" },
	{ "1．甲\n", "甲", "" },
	{ "１：甲\n２）乙\n", "甲", "乙" },
	{ "１． ３．０２\n", "３．０２", "" },
	{ "1:\n３．０２ s\n", "３．０２ s", "" },
	/* GB 18030: 甲, 乙, and a full-width colon. */
	{ "1: \xbc\xd7\n2\xa3\xba\xd2\xd2\n", "甲", "乙" },
	{ "2:\n  alice -> bob INVITE\n\n  bob -> alice 180\n1: x\n", "x",
	    "alice -> bob INVITE\nbob -> alice 180" },
	/* A record's number is no comment, a task's is one. */
	{ "2:\n  #1 alice -> bob INVITE\n#15 bob → alice 180\n1: x\n", "x",
	    "#1 alice -> bob INVITE\n#15 bob → alice 180" },
	{ "2:\n  #142\n", "", "#142" },
	{ "2: 142\n#143\n# 9 a -> b INVITE\n#a -> b INVITE\n", "", "142" },
	{ "#1 a -> b INVITE\n2: x\n#1: a -> b INVITE\n#3 tries\n", "", "x" },
	/* Numbers within an answer are none of tasks. */
	{ "1:\n3.02 s\n", "3.02 s", "" },
	{ "1: a\n  2: b\n", "a\n2: b", "" },
	{ "1: a\n2023 b\n", "a\n2023 b", "" },
	{ "lab: direct-call\nstudent: 2023001\n1: lab: x\n", "lab: x", "" },
	{ "Lab：direct-call\n学号: 1\n", NULL, NULL },
	{ "1:\n2:\n", "", "" },
};

static const struct {
	const char *text, *says;
	size_t n; /* 0: to the end of TEXT */
	unsigned line;
} bad[] = {
	{ "1: a\n\n# b\n1: c\n", "task 1 is answered twice", 0, 4 },
	{ "hello\n1: a\n", "begins with its task's number", 0, 1 },
	{ "-1: a\n", "begins with its task's number", 0, 1 },
	{ "1: a\0b\n", "not text in UTF-8, UTF-16 or GB 18030", 7, 0 },
	{ "1: \xff\xff\xff\n", "not text in UTF-8, UTF-16 or GB 18030", 0, 0 },
	{ "1: \x81", "not text in UTF-8, UTF-16 or GB 18030", 0, 0 },
	{ "\x7f\x45\x4c\x46\x02\x01\x01", "begins with its task's number", 0,
	    1 },
};

static void
reads(void)
{
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct diag d = DIAG_INIT;
		struct answers a;
		int err =
		    answers_read(&a, str_of(good[i].text), "answers.txt", &d);

		if (good[i].task1 == NULL) {
			CU_ASSERT(err != 0);
			answers_free(&a);
			continue;
		}
		if (err != 0)
			printf("BAD  %s: %s\n", good[i].text, d.text);
		CU_ASSERT_EQUAL(err, 0);
		CU_ASSERT_STRING_EQUAL(
		    buf_cstr(&a.tasks[0].text), good[i].task1);
		CU_ASSERT_STRING_EQUAL(
		    buf_cstr(&a.tasks[1].text), good[i].task2);
		answers_free(&a);
	}
}

/* Numbers that no lab has a task for: what is remarked. */
static const struct {
	const char *text;
	unsigned stray;
} strays[] = {
	{ "13: x\n1: a\n", 13 },
	{ "1: a\n999: x\n  y\n14: z\n", 999 },
	{ "1: a\n0: x\n0: y\n", 0 },
};

static void
remarks_strays(void)
{
	for (size_t i = 0; i < sizeof(strays) / sizeof(strays[0]); i++) {
		struct buf json = BUF_INIT;
		struct json_value v;
		struct answers a, back;
		struct str text;
		int err =
		    answers_read(&a, str_of(strays[i].text), "a.txt", NULL);

		CU_ASSERT_EQUAL(err, 0);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&a.tasks[0].text), "a");
		CU_ASSERT_EQUAL(answers_put_json(&a, &json), 0);
		text = buf_view(&json);
		CU_ASSERT_EQUAL(json_read(&text, &v), 0);
		CU_ASSERT_EQUAL(answers_from_json(&back, v), 0);
		CU_ASSERT(a.has_stray && back.has_stray);
		CU_ASSERT_EQUAL(a.stray, strays[i].stray);
		CU_ASSERT_EQUAL(back.stray, strays[i].stray);
		answers_free(&a);
		answers_free(&back);
		buf_free(&json);
	}
}

static void
refuses(void)
{
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		size_t n = bad[i].n != 0 ? bad[i].n : strlen(bad[i].text);
		struct diag d = DIAG_INIT;
		struct answers a;
		int err = answers_read(
		    &a, (struct str){ bad[i].text, n }, "answers.txt", &d);

		if (err != ERR_SYNTAX || strstr(d.text, bad[i].says) == NULL)
			printf("BAD  row %zu: %d, %s\n", i, err, d.text);
		CU_ASSERT_EQUAL(err, ERR_SYNTAX);
		CU_ASSERT_PTR_NOT_NULL(strstr(d.text, bad[i].says));
		CU_ASSERT_EQUAL(d.line, bad[i].line);
		CU_ASSERT_STRING_EQUAL(d.file, "answers.txt");
		answers_free(&a);
	}
}

static bool
same_answers(const struct answers *a, const struct answers *b)
{
	bool same =
	    strcmp(a->lab, b->lab) == 0 && strcmp(a->student, b->student) == 0;

	for (size_t i = 0; i < LESSON_TASKS_MAX; i++)
		same = same && str_eq(buf_view(&a->tasks[i].text),
				   buf_view(&b->tasks[i].text));
	return same;
}

#define SOME                                                          \
	"lab: direct-call\nstudent: 王\"1\"\n1: b\n2: \\n\xc3\xa4\n" \
	"5:\n  alice -> bob INVITE\n  bob -> alice 180\n"

/* The form with what is answered already, and JSON, give the same back. */
static void
comes_back(void)
{
	LOCAL_BUF form = BUF_INIT, json = BUF_INIT;
	struct answers a, b, c;
	struct diag d = DIAG_INIT;
	struct json_value v;
	struct lesson *l;
	struct str text;

	CU_ASSERT_EQUAL_FATAL(lesson_load(&l, "labs/direct-call", "", &d), 0);
	CU_ASSERT_EQUAL(answers_read(&a, STR(SOME), "x", &d), 0);
	a.tasks[1].hints = 2;
	CU_ASSERT_EQUAL(answers_write(&a, l, &form), 0);
	CU_ASSERT_EQUAL(answers_read(&b, buf_view(&form), "x", &d), 0);
	CU_ASSERT(same_answers(&a, &b));
	/* Texts of several lines as in the handout, without its indent. */
	CU_ASSERT(str_find(buf_view(&form), "\n# Which message does") >= 0);
	CU_ASSERT(str_find(buf_view(&form), "# Each script (*.lua)") >= 0);
	CU_ASSERT_EQUAL(answers_put_json(&a, &json), 0);
	text = buf_view(&json);
	CU_ASSERT_EQUAL(json_read(&text, &v), 0);
	CU_ASSERT_EQUAL(answers_from_json(&c, v), 0);
	CU_ASSERT(same_answers(&a, &c));
	CU_ASSERT_EQUAL(c.tasks[1].hints, 2);
	CU_ASSERT_EQUAL(c.predictions.n, 0);
	answers_free(&a);
	answers_free(&b);
	answers_free(&c);
	lesson_destroy(l);
}

static void
charsets(void)
{
	static const struct {
		const char *text, *plain;
	} rows[] = {
		{ "", "" },
		{ "\xef\xbb\xbf", "" },
		{ "a\r\nb\rc\n", "a\nb\nc\n" },
		{ "a\r\r\nb", "a\n\nb" },
		{ "\r", "\n" },
		{ "\xe4\xb8\xad", "中" },
		{ "\xd6\xd0\xce\xc4", "中文" },
		/* Four bytes of GB 18030. */
		{ "\x95\x32\x82\x36\xd6\xd0", "𠀀中" },
		{ "\xd6", NULL },
		{ "\xff\xff", NULL },
	};
	/* Their mark, and bytes with NULs among them. */
	static const struct {
		struct str text;
		const char *plain;
	} wide[] = {
		{ STR_INIT("\xff\xfe"), "" },
		{ STR_INIT("\xff\xfe"
			   "1\0:\0 \0\x2d\x4e\r\0\n\0"),
		    "1: 中\n" },
		{ STR_INIT("\xfe\xff\0a\0\r\0\n\x4e\x2d"), "a\n中" },
		{ STR_INIT("\xff\xfe\x40\xd8\x00\xdc"), "𠀀" },
		/* Half of a character, of a pair; a NUL. */
		{ STR_INIT("\xff\xfe"
			   "a\0b"),
		    NULL },
		{ STR_INIT("\xff\xfe\x40\xd8"
			   "a\0"),
		    NULL },
		{ STR_INIT("\xff\xfe"
			   "a\0\0\0"),
		    NULL },
		{ STR_INIT("a\0b"), NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;
		int err = charset_read(str_of(rows[i].text), &out);

		CU_ASSERT_EQUAL(err, rows[i].plain != NULL ? 0 : ERR_SYNTAX);
		if (rows[i].plain != NULL)
			CU_ASSERT_STRING_EQUAL(buf_cstr(&out), rows[i].plain);
		buf_free(&out);
	}
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
		struct buf out = BUF_INIT;
		int err = charset_read(wide[i].text, &out);

		CU_ASSERT_EQUAL(err, wide[i].plain != NULL ? 0 : ERR_SYNTAX);
		if (wide[i].plain != NULL)
			CU_ASSERT_STRING_EQUAL(buf_cstr(&out), wide[i].plain);
		buf_free(&out);
	}
}

/* ---- handouts ---- */

static void
handouts(void)
{
	static const struct {
		const char *text;
		size_t n;
		const char *title, *last;
	} rows[] = {
		{ "", 0, "", "" },
		{ "# A", 0, "A", "" },
		{ "1. x\n## Tasks", 0, "", "" },
		{ "# A\n## Tasks\n\n1. x\n2. y", 2, "A", "y" },
		{ "# A\n## 任务\n1. x\n   y\n\n       z\n## B\n2. w\n", 1, "A",
		    "x\n   y\n\n       z" },
		{ "## Tasks \n1. x\n", 1, "", "x" },
		{ "## Taskss\n1. x\n", 0, "", "" },
		{ "### Tasks\n1. x\n", 0, "", "" },
		{ "## Tasks\n1.x\n1 x\n", 0, "", "" },
		{ "## Tasks\n 1. x\n", 0, "", "" },
		{ "## Tasks\n1234. x\n", 0, "", "" },
		{ "## Tasks\n1. x\n## Tasks\n1. y\n", 2, "", "y" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct handout h = HANDOUT_INIT;

		buf_puts(&h.text, rows[i].text);
		handout_find_tasks(&h);
		if (h.ntasks != rows[i].n)
			printf("BAD  %s: %zu\n", rows[i].text, h.ntasks);
		CU_ASSERT_EQUAL(h.ntasks, rows[i].n);
		CU_ASSERT(str_is(h.title, rows[i].title));
		if (h.ntasks > 0)
			CU_ASSERT(str_is(h.tasks[h.ntasks - 1], rows[i].last));
		handout_free(&h);
	}
}

static void
many_tasks(void)
{
	struct handout h = HANDOUT_INIT;
	LOCAL_BUF one = BUF_INIT;

	buf_puts(&h.text, "## Tasks\n");
	for (unsigned i = 1; i < 100; i++)
		buf_printf(
		    &h.text, "%u. task\n   goes on\n\n       rung x\n", i);
	handout_find_tasks(&h);
	CU_ASSERT_EQUAL(h.ntasks, HANDOUT_TASKS_MAX);
	CU_ASSERT_EQUAL(handout_put_text(h.tasks[0], &one), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&one), "task\ngoes on\n\n    rung x");
	buf_clear(&one);
	CU_ASSERT_EQUAL(handout_put_text(STR_NULL, &one), 0);
	CU_ASSERT_EQUAL(one.n, 0);
	handout_free(&h);
}

/* Each allocation fails in turn. */
static void
no_memory(void)
{
	for (unsigned long n = 1; n < 60; n++) {
		struct diag d = DIAG_INIT;
		struct answers a;
		int err;

		mem_fail_only(n);
		err = answers_read(&a, STR(SOME), "x", &d);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		CU_ASSERT_EQUAL(err == 0, mem_failures() == 0);
		answers_free(&a);
		mem_fail_from(n);
		err = answers_read(&a, STR("1: \xbc\xd7\n"), "x", &d);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		answers_free(&a);
		mem_fail_from(0);
	}
}

CHECK_MAIN("lesson_answers", { "reads", reads }, { "refuses", refuses },
    { "remarks strays", remarks_strays }, { "comes back", comes_back },
    { "charsets", charsets }, { "handouts", handouts },
    { "many tasks", many_tasks }, { "no memory", no_memory })
