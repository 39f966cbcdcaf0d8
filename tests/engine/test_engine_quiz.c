/*
 * Predictions in the engine are those of rung play: the same questions one
 * after the other, the same bytes of what was answered, and for the task that
 * asks for them the points that grade/mark.h gives the hand-in.
 */
#include "engine_lab.h"

#include "base/err.h"
#include "fixtures/check.h"
#include "grade/handin.h"
#include "quiz/quiz.h"
#include "text/json.h"

#include <string.h>

#define LAB  "labs/pick-up"
#define DATE "2026-11-24T08:00:00Z"
#define TASK 4 /* four predictions at the first try */

/* The engine, and beside it what rung play has. */
static struct engine *e;
static struct engine_work work;
static struct engine_question at;
static struct quiz asked;
static struct quiz_score score;
static struct buf out;

static void
begin(void)
{
	struct engine_inputs in = { .student = "2023001" };
	struct engine_progress p;
	struct engine_branch b;
	struct engine_lab lab;
	struct diag d = DIAG_INIT;

	CU_ASSERT_TRUE_FATAL(engine_lab_read(&lab, LAB));
	in.texts = lab.list;
	in.ntexts = lab.n;
	CU_ASSERT_EQUAL_FATAL(engine_open(&e, &in, &d), 0);
	CU_ASSERT_EQUAL_FATAL(engine_advance(e, 0, 0, &p, &d), 0);
	engine_lab_free(&lab);
	work = (struct engine_work){ .answers = ANSWERS_INIT };
	at = (struct engine_question){ .asks = ENGINE_NEXT, .work = &work };
	CU_ASSERT_TRUE_FATAL(engine_branch(e, 0, &b));
	CU_ASSERT_EQUAL_FATAL(quiz_make(b.trace, 0, &asked), 0);
	score = QUIZ_SCORE_INIT;
}

static void
end(void)
{
	quiz_free(&asked);
	quiz_score_free(&score);
	answers_free(&work.answers);
	buf_free(&out);
	engine_close(e);
}

/* ---- answering, there and here ---- */

/* The engine's verdict on ANSWER, in OUT. */
static struct json_value
verdict(const char *answer)
{
	struct diag d = DIAG_INIT;
	struct json_value v;
	struct str text;

	buf_clear(&out);
	CU_ASSERT_EQUAL_FATAL(
	    engine_verdict(e, &at, str_of(answer), &out, &d), 0);
	text = buf_view(&out);
	CU_ASSERT_EQUAL_FATAL(json_read(&text, &v), 0);
	return v;
}

static bool
is_asked_the_same(void)
{
	struct diag d = DIAG_INIT;
	struct json_value v;
	struct str text;

	buf_clear(&out);
	CU_ASSERT_EQUAL_FATAL(engine_question(e, &at, &out, &d), 0);
	text = buf_view(&out);
	return json_read(&text, &v) == 0 &&
	       json_int_or(json_member(v, "record"), 0) ==
		   (int64_t)asked.next &&
	       json_int_or(json_member(v, "at"), 0) == (int64_t)asked.at &&
	       json_int_or(json_member(v, "tries"), 0) == quiz_tries(&asked);
}

/* The NTH option that is right, or wrong, from 1. */
static unsigned
find_option(bool right, unsigned nth)
{
	for (size_t i = 0; i < asked.noptions; i++) {
		const struct quiz_pick pick = { .option = i };

		if ((quiz_check(&asked, &pick) != QUIZ_WRONG) == right &&
		    nth-- == 1)
			return (unsigned)i + 1;
	}
	CU_FAIL_FATAL("no such option");
	return 0;
}

/* To what follows, there and here; false: there is nothing. */
static bool
go_on(struct json_value v)
{
	struct json_value follows = json_member(v, "follows");
	struct quiz next;
	struct str word;
	size_t nth;
	int err = quiz_make_following(&asked, &score, &next, &nth);

	quiz_free(&asked);
	asked = next;
	CU_ASSERT_EQUAL(err == 0, follows.type == JSON_OBJECT);
	if (err != 0)
		return false;
	CU_ASSERT_EQUAL(json_plain(json_member(follows, "asks"), &word), 0);
	at.asks = str_is(word, "means") ? ENGINE_MEANS : ENGINE_NEXT;
	CU_ASSERT_EQUAL(at.asks == ENGINE_MEANS, asked.fact != NULL);
	at.seq = (uint64_t)json_int_or(json_member(follows, "record"), 0);
	at.nth = (size_t)json_int_or(json_member(follows, "nth"), 99);
	return true;
}

/* Presses, as rung play does; the engine is told the same, and has the same. */
static bool
press(const unsigned *keys, size_t n)
{
	struct quiz_state s = { .free = false };
	LOCAL_BUF answer = BUF_INIT, want = BUF_INIT;
	struct json_value v;
	bool more;

	CU_ASSERT_TRUE(is_asked_the_same());
	quiz_start(&s, false);
	for (size_t i = 0; i < n; i++) {
		CU_ASSERT_EQUAL(
		    quiz_press(&asked, &s, keys[i], &score), QUIZ_STAY);
		if (keys[i] == QUIZ_SHOW)
			buf_puts(&answer, " ?");
		else
			buf_printf(&answer, " %u", keys[i] - QUIZ_DIGIT);
	}
	v = verdict(buf_cstr(&answer));
	CU_ASSERT_TRUE(json_is_true(json_member(v, "done")));
	quiz_score_write(&score, &want);
	CU_ASSERT_TRUE(
	    str_eq(buf_view(&want), buf_view(&work.answers.predictions)));
	/* The first outcome is the one that counts. */
	v = verdict("?");
	CU_ASSERT_TRUE(
	    str_eq(buf_view(&want), buf_view(&work.answers.predictions)));
	more = go_on(v);
	return more;
}

/* ---- what the task is worth ---- */

static int64_t
points_here(void)
{
	const struct engine_question q = {
		.asks = ENGINE_TASK, .nth = TASK, .work = &work
	};
	struct diag d = DIAG_INIT;
	struct json_value v;
	struct str text;

	buf_clear(&out);
	CU_ASSERT_EQUAL(engine_verdict(e, &q, STR_NULL, &out, &d), 0);
	text = buf_view(&out);
	CU_ASSERT_EQUAL(json_read(&text, &v), 0);
	return json_int_or(json_member(v, "points"), -1);
}

/* The same of what is handed in. */
static int64_t
points_there(void)
{
	LOCAL_BUF file = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct work w = WORK_INIT;
	struct mark m = MARK_INIT;
	int64_t points;

	CU_ASSERT_EQUAL(engine_handin(e, &work, DATE, &file, &d), 0);
	CU_ASSERT_EQUAL(
	    handin_read_text(&w, buf_view(&file), "file", NULL, &d), 0);
	CU_ASSERT_EQUAL(mark_work(&m, &w, NULL, &d), 0);
	points = m.results[TASK].points;
	mark_free(&m);
	work_free(&w);
	return points;
}

static void
is_as_play(void)
{
	unsigned right, wrong[2];
	bool more;

	begin();
	CU_ASSERT_EQUAL(points_here(), 0);
	/* Wrong, then right; wrong twice; wrong, then the solution; the
	 * solution. */
	wrong[0] = QUIZ_DIGIT + find_option(false, 1);
	wrong[1] = QUIZ_DIGIT + find_option(true, 1);
	CU_ASSERT_TRUE(press(wrong, 2));
	wrong[0] = QUIZ_DIGIT + find_option(false, 1);
	wrong[1] = QUIZ_DIGIT + find_option(false, 2);
	CU_ASSERT_TRUE(press(wrong, 2));
	wrong[0] = QUIZ_DIGIT + find_option(false, 1);
	wrong[1] = QUIZ_SHOW;
	CU_ASSERT_TRUE(press(wrong, 2));
	CU_ASSERT_TRUE(press(&wrong[1], 1));
	CU_ASSERT_EQUAL(points_here(), points_there());
	for (int64_t n = 1; n <= 4; n++) {
		right = QUIZ_DIGIT + find_option(true, 1);
		CU_ASSERT_TRUE(press(&right, 1));
		CU_ASSERT_EQUAL(points_here(), points_there());
	}
	CU_ASSERT_EQUAL(points_here(), LESSON_POINT);
	/* To the last message. */
	do {
		right = QUIZ_DIGIT + find_option(true, 1);
		more = press(&right, 1);
	} while (more);
	CU_ASSERT_TRUE(score.n > 10);
	CU_ASSERT_EQUAL(points_there(), LESSON_POINT);
	end();
}

static void
tells_no_more_than_play(void)
{
	static const char *const refused[] = { "", "0", "99", "x", "? ?", "1 1",
		"1,2", "-1" };
	struct diag d = DIAG_INIT;
	struct json_value v;
	LOCAL_BUF first = BUF_INIT;
	uint64_t next;

	begin();
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		buf_clear(&out);
		d = DIAG_INIT;
		CU_ASSERT_EQUAL(
		    engine_verdict(e, &at, str_of(refused[i]), &out, &d),
		    ERR_SYNTAX);
	}
	CU_ASSERT_EQUAL(work.answers.predictions.n, 0);
	/* Another may be tried: what is right is not told. */
	buf_printf(&first, "%u", find_option(false, 1));
	v = verdict(buf_cstr(&first));
	CU_ASSERT_FALSE(json_is_true(json_member(v, "done")));
	CU_ASSERT_EQUAL(json_member(v, "follows").type, JSON_NONE);
	CU_ASSERT_TRUE(str_find(buf_view(&out), "Instead") < 0);
	CU_ASSERT_TRUE(str_find(buf_view(&out), "\"right\",") < 0);
	CU_ASSERT_EQUAL(work.answers.predictions.n, 0);
	/* What was made up counts as little as in a hand-in. */
	next = asked.next;
	buf_printf(&work.answers.predictions,
	    "[{\"seq\":%llu,\"tries\":1,\"right\":true,\"record\":\"%016llx\","
	    "\"first\":{\"src\":\"carol\",\"dst\":\"bob\",\"status\":603}}]",
	    (unsigned long long)next, 1ull);
	CU_ASSERT_EQUAL(points_here(), 0);
	CU_ASSERT_EQUAL(points_there(), 0);
	at.asks = ENGINE_SCORE;
	buf_clear(&out);
	CU_ASSERT_EQUAL(engine_question(e, &at, &out, &d), 0);
	CU_ASSERT_TRUE(
	    str_find(buf_view(&out), "{\"asked\":1,\"right\":1,") == 0);
	CU_ASSERT_EQUAL(
	    engine_verdict(e, &at, STR("1"), &out, &d), ERR_NOTFOUND);
	end();
}

CHECK_MAIN("engine_quiz", { "it is as in rung play", is_as_play },
    { "it tells no more", tells_no_more_than_play })
