/*
 * Tasks that a number draws: which one a student has, what the handout of that
 * student says in each language, what goes into a graded set, and what is told
 * of others that can't be.
 */
#include "base/i18n.h"
#include "fixtures/check.h"
#include "fixtures/lessons.h"

static const char check[] =
    "lesson { minutes = 5 }\n"
    "task { number = 1, points = 2, unit = 'messages', others = {\n"
    "	{ ask = { 'Two?', zh = '二？' }, number = 2, ahead = true },\n"
    "	{ ask = { 'Who?\\n\\n    rung show x kind=call', zh = '谁？' },\n"
    "	  text = 'secret', hint = 'h' },\n"
    "} }\n"
    "task { number = 4 }\n";

static const char handout[] = "# X\n\n## Tasks\n\n"
			      "1. One, and\n   more?\n\n"
			      "       rung show x\n\n"
			      "2. Four?\n\n## Try\n\nThat.\n";

/* The words of each of the three, as the handout has them. */
static const struct {
	const char *has, *has_not, *key;
	enum lesson_kind kind;
} rows[] = {
	{ "1. One, and\n   more?\n\n       rung show x\n\n2. Four?", "Two", "1",
	    LESSON_NUMBER },
	{ "1. Two?\n\n   When you have answered:\n\n       rung show x\n\n"
	  "2. Four?",
	    "more", "2", LESSON_NUMBER },
	{ "1. Who?\n\n       rung show x kind=call\n\n2. Four?",
	    "rung show x\n", "secret", LESSON_TEXT },
};

static struct lesson *
take(const char *text, const char *student, struct diag *d)
{
	struct lesson *l = NULL;

	*d = DIAG_INIT;
	(void)lesson_take_texts(
	    &l, "x", str_of(text), str_of(handout), student, d);
	return l;
}

static bool
has(struct str text, const char *part)
{
	return str_find(text, part) >= 0;
}

static void
one_student(const char *student, unsigned *drawn)
{
	struct diag d;
	struct lesson *l = take(check, student, &d);
	LOCAL_BUF key = BUF_INIT, zh = BUF_INIT;
	const struct lesson_task *t;

	CU_ASSERT_PTR_NOT_NULL_FATAL(l);
	t = lesson_task(l, 0);
	CU_ASSERT_FATAL(t->other < 3);
	drawn[t->other]++;
	CU_ASSERT_EQUAL(t->kind, rows[t->other].kind);
	CU_ASSERT_EQUAL(t->points, 2 * LESSON_POINT);
	CU_ASSERT_EQUAL(t->ahead, t->other == 1);
	CU_ASSERT_EQUAL(t->nhints, t->other == 2 ? 1 : 0);
	CU_ASSERT(has(lesson_handout(l), rows[t->other].has));
	CU_ASSERT(!has(lesson_handout(l), rows[t->other].has_not));
	CU_ASSERT(has(lesson_handout(l), "2. Four?\n\n## Try\n\nThat.\n"));
	CU_ASSERT(str_eq(lesson_task(l, 1)->text, STR("Four?")));
	CU_ASSERT_EQUAL(lesson_key(l, 0, NULL, &key, NULL, &d), 0);
	CU_ASSERT(str_starts(buf_view(&key), rows[t->other].key));
	CU_ASSERT_EQUAL(
	    lesson_put_handout(l, str_of(handout), "zh_CN", &zh, &d), 0);
	CU_ASSERT_EQUAL(has(buf_view(&zh), "1. 二？\n"), t->other == 1);
	CU_ASSERT_EQUAL(has(buf_view(&zh), "1. 谁？\n"), t->other == 2);
	lesson_destroy(l);
}

/* Nobody in particular has the task itself; of 300 each third has each. */
static void
numbers_draw(void)
{
	unsigned drawn[3] = { 0 };
	char student[16];

	one_student("", drawn);
	CU_ASSERT_EQUAL(drawn[0], 1);
	for (unsigned n = 0; n < 300; n++) {
		snprintf(student, sizeof(student), "%u", 20260000 + n);
		one_student(student, drawn);
	}
	for (size_t i = 0; i < 3; i++)
		CU_ASSERT(drawn[i] > 70 && drawn[i] < 130);
}

/* Questions have what each asks and no key; a student draws the same of them.
 */
static void
questions_alone(void)
{
	struct diag d;
	struct lesson *l = take(check, "", &d), *set, *whole;
	LOCAL_BUF text = BUF_INIT, with = BUF_INIT;
	char student[16];

	CU_ASSERT_EQUAL_FATAL(
	    lesson_put_questions(l, "midterm", "x", &text, &d), 0);
	CU_ASSERT(has(buf_view(&text), "Two?"));
	CU_ASSERT(has(buf_view(&text), "谁？"));
	CU_ASSERT(!has(buf_view(&text), "secret"));
	lesson_put_shuffle("x", &with);
	buf_puts(&with, check);
	for (unsigned n = 0; n < 20; n++) {
		snprintf(student, sizeof(student), "%u", 20260000 + n);
		set = take(buf_cstr(&text), student, &d);
		whole = take(buf_cstr(&with), student, &d);
		CU_ASSERT_PTR_NOT_NULL_FATAL(set);
		CU_ASSERT_PTR_NOT_NULL_FATAL(whole);
		CU_ASSERT_EQUAL(
		    lesson_task(set, 0)->other, lesson_task(whole, 0)->other);
		CU_ASSERT_EQUAL(
		    lesson_task(set, 0)->points, lesson_task(whole, 0)->points);
		CU_ASSERT_EQUAL(
		    lesson_task(set, 0)->ahead, lesson_task(whole, 0)->ahead);
		CU_ASSERT(str_eq(lesson_handout(set), lesson_handout(whole)));
		lesson_destroy(set);
		lesson_destroy(whole);
	}
	lesson_destroy(l);
}

/* Whoever writes them hears of it, not the student who draws one. */
static void
what_can_not_be(void)
{
	static const struct {
		const char *others, *said;
	} wrong[] = {
		{ "3", "needs a list in braces" },
		{ "{ 3 }", "needs its fields in braces" },
		{ "{ { number = 2 } }", "needs what it asks" },
		{ "{ { ask = 'x' } }", "needs a kind" },
		{ "{ { ask = 'x', number = 2, points = 3 } }", "no field" },
		{ "{ { ask = 'x', number = 2, others = {} } }", "no field" },
		{ "{ { ask = 'x', text = 'y', number = 1 } }", "one kind" },
		{ "{ { ask = 'x', choice = { 'a', 'b' } } }", "right = true" },
		{ "{ { ask = 'x', number = 2, rule = 'nix' } }", "no rule" },
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct buf text = BUF_INIT;
		struct diag d;
		struct lesson *l;

		buf_printf(
		    &text, "task { number = 1, others = %s }", wrong[i].others);
		l = take(buf_cstr(&text), "", &d);
		CU_ASSERT_PTR_NULL(l);
		if (!has(str_of(d.text), wrong[i].said))
			printf("BAD  %s: %s\n", wrong[i].others, d.text);
		CU_ASSERT(has(str_of(d.text), wrong[i].said));
		buf_free(&text);
		lesson_destroy(l);
	}
}

CHECK_MAIN("lesson_others", { "numbers draw", numbers_draw },
    { "questions alone", questions_alone },
    { "what can not be", what_can_not_be })
