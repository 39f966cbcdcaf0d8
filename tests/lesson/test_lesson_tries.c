/*
 * What wrong tries of a choice cost: as much as a hint each, where the lesson
 * says nothing else; what was told counts, and no answer twice.
 */
#include "base/err.h"
#include "fixtures/check.h"
#include "lesson/answers.h"
#include "fixtures/lesson_rows.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TASK                                                              \
	"task { choice = { \"to\", { \"from\", right = true }, \"via\", " \
	"\"route\" }, hint = \"x\", points = 2 }"

/* What the right answer B is worth where the options WRONG, bits, were tried
 * before and HINTS looked at. */
static unsigned
worth(const char *head, unsigned wrong, unsigned hints)
{
	LOCAL_BUF script = BUF_INIT;
	struct lesson *l;
	struct lesson_work work = { .lab = traces[CALL] };
	struct lesson_answer answer = {
		.text = STR("b"), .hints = hints, .wrong = wrong
	};
	struct lesson_result r;
	unsigned points;

	buf_printf(&script, "%s\n%s", head, TASK);
	l = load(buf_cstr(&script));
	CU_ASSERT_EQUAL(lesson_judge(l, 0, &answer, &work, &r), 0);
	CU_ASSERT_EQUAL(r.verdict, LESSON_GOOD);
	CU_ASSERT_EQUAL(r.option, 1);
	points = r.points;
	lesson_result_free(&r);
	lesson_destroy(l);
	return points;
}

static const struct {
	const char *head;
	unsigned wrong, hints, points;
} rows[] = {
	{ "", 0, 0, 200 },
	{ "", 1, 0, 150 },
	{ "lesson { minutes = 5 }", 1 | 4, 0, 100 },
	{ "", 1 | 4 | 8, 0, 50 },
	{ "", 1 | 4, 1, 50 },
	/* Not more than there are. */
	{ "", 1 | 4 | 8, 4, 0 },
	/* The right one is no wrong try, whatever a file says, nor is what the
	 * choice does not have. */
	{ "", 2, 0, 200 },
	{ "", 1u << 7, 0, 200 },
	{ "lesson { tries = 0 }", 1 | 4 | 8, 0, 200 },
	{ "lesson { tries = 0 }", 1 | 4 | 8, 1, 150 },
	{ "lesson { tries = 2 }", 1, 0, 100 },
	{ "lesson { tries = 4 }", 8, 0, 0 },
};

static void
wrong_tries_cost(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		unsigned points =
		    worth(rows[i].head, rows[i].wrong, rows[i].hints);

		if (points != rows[i].points)
			printf("BAD  row %zu is worth %u\n", i, points);
		CU_ASSERT_EQUAL(points, rows[i].points);
	}
}

/* The answer TEXT to task 1 is told as it is judged by L. */
static bool
tell(struct answers *a, struct lesson *l, const char *text)
{
	struct lesson_work work = { .lab = traces[CALL] };
	struct lesson_answer answer;
	struct lesson_result r;
	bool new = false;

	CU_ASSERT_EQUAL(answers_set(a, 1, str_of(text)), 0);
	answer = (struct lesson_answer){ .text = buf_view(&a->tasks[0].text) };
	CU_ASSERT_EQUAL(lesson_judge(l, 0, &answer, &work, &r), 0);
	CU_ASSERT_EQUAL(answers_tell(a, 1, &r, &new), 0);
	lesson_result_free(&r);
	return new;
}

static void
what_is_told_counts_once(void)
{
	struct answers a = ANSWERS_INIT, back;
	struct lesson *l = load(TASK);
	LOCAL_BUF kept = BUF_INIT;
	struct json_value v;
	struct str text;

	a.lab = mem_strdup("x");
	a.student = mem_strdup("7");
	CU_ASSERT_FALSE(tell(&a, l, ""));
	CU_ASSERT_TRUE(tell(&a, l, "c"));
	CU_ASSERT_FALSE(tell(&a, l, "c"));
	CU_ASSERT_TRUE(tell(&a, l, "z"));
	CU_ASSERT_TRUE(tell(&a, l, "c"));
	CU_ASSERT_TRUE(tell(&a, l, "route"));
	CU_ASSERT_TRUE(tell(&a, l, "b"));
	CU_ASSERT_EQUAL(a.tasks[0].tries, 5);
	CU_ASSERT_EQUAL(a.tasks[0].wrong, 4 | 8);
	CU_ASSERT_EQUAL(answers_put_json(&a, &kept), 0);
	text = buf_view(&kept);
	CU_ASSERT_EQUAL_FATAL(json_read(&text, &v), 0);
	CU_ASSERT_EQUAL(answers_from_json(&back, v), 0);
	CU_ASSERT_EQUAL(back.tasks[0].tries, 5);
	CU_ASSERT_EQUAL(back.tasks[0].wrong, 4 | 8);
	CU_ASSERT_FALSE(tell(&back, l, "b"));
	answers_free(&a);
	answers_free(&back);
	lesson_destroy(l);
}

/* What was kept before told answers stood in it. */
static void
tries_of_an_older_rung_go_on(void)
{
	struct str text = STR("{\"lab\":\"x\",\"student\":\"\",\"tasks\":[{"
			      "\"task\":1,\"text\":\"c\",\"tries\":2}]}");
	struct lesson *l = load(TASK);
	struct json_value v;
	struct answers a;

	CU_ASSERT_EQUAL_FATAL(json_read(&text, &v), 0);
	CU_ASSERT_EQUAL(answers_from_json(&a, v), 0);
	CU_ASSERT_FALSE(tell(&a, l, "c"));
	CU_ASSERT_EQUAL(a.tasks[0].tries, 2);
	answers_free(&a);
	lesson_destroy(l);
}

static void
no_such_cost(void)
{
	struct lesson *l = NULL;
	struct diag d;

	CU_ASSERT_EQUAL(
	    load_script("lesson { tries = 5 } " TASK, &l, &d), ERR_SYNTAX);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "tries"));
	CU_ASSERT_PTR_NULL(l);
}

CHECK_MAIN("lesson_tries", { "begins", begins },
    { "wrong_tries_cost", wrong_tries_cost },
    { "what_is_told_counts_once", what_is_told_counts_once },
    { "tries_of_an_older_rung_go_on", tries_of_an_older_rung_go_on },
    { "no_such_cost", no_such_cost }, { "ends", ends })
