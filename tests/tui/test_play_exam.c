/* What the pane Lab keeps of a student, and how it goes in an exam. */
#include "base/err.h"
#include "fixtures/check.h"
#include "lesson_desk.h"

/* ---- kept ---- */

static void
answers_come_back(void)
{
	struct desk k = { 0 };
	struct buf state = BUF_INIT;
	struct answers a;
	struct exam e;

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, "7", 0, STR_NULL));
	desk_open_task(&k, 1);
	driver_press(&k.v, "H Down Enter Enter 7 Enter");
	driver_press(&k.v, "Enter Backspace 1 Enter");
	desk_open_task(&k, 3);
	driver_press(&k.v, "Enter b Enter");
	desk_put_kept(&k, &state);
	desk_get_up(&k);
	CU_ASSERT_EQUAL(kept_lesson_find(buf_view(&state), &a, &e), 0);
	CU_ASSERT_STRING_EQUAL(a.student, "7");
	CU_ASSERT_STRING_EQUAL(a.lab, "each-kind");
	CU_ASSERT_EQUAL(a.tasks[0].hints, 1);
	CU_ASSERT_EQUAL(a.tasks[0].tries, 2);
	CU_ASSERT_TRUE(str_is(buf_view(&a.tasks[2].text), "b"));
	CU_ASSERT_EQUAL(e.seconds, 0);
	answers_free(&a);
	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, "7", 0, buf_view(&state)));
	DRIVER_TELLS(&k.v, "8 z", "3 of 15 points");
	desk_shows(&k, "· 7");
	desk_shows(&k, "[✓] 1. 3/4 points");
	desk_shows(&k, "[✗] 3. 0/2 points");
	CU_ASSERT_EQUAL(k.v.p->own.lesson->answers.tasks[0].tries, 2);
	desk_get_up(&k);
	/* They are no other student's. */
	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, "8", 0, buf_view(&state)));
	DRIVER_TELLS(&k.v, "8 z", "0 of 15 points");
	desk_get_up(&k);
	buf_free(&state);
}

/* Whatever a file holds, it is no more than answers. */
static void
damaged_states(void)
{
	static const char *const states[] = {
		"", "{", "[]", "{\"lesson\":3}",
		"{\"lesson\":{\"answers\":[],\"exam\":[]}}",
		"{\"lesson\":{\"answers\":{\"tasks\":[{\"task\":99},{\"task\":"
		"1,"
		"\"hints\":-3,\"text\":7}]},\"exam\":{\"seconds\":-1}}}",
		"{\"lesson\":{\"exam\":{\"seconds\":99999999,\"begun\":1e9}}}"
	};

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		struct desk k = { 0 };

		CU_ASSERT_TRUE_FATAL(
		    desk_sit_down(&k, NULL, 0, str_of(states[i])));
		DRIVER_TELLS(&k.v, "8", "0 of 15 points");
		desk_get_up(&k);
	}
}

/* ---- an exam ---- */

static void
an_exam_tells_nothing(void)
{
	struct desk k = { .clock = 1000 };
	struct buf state = BUF_INIT;

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, "7", 1800, STR_NULL));
	desk_shows(&k, "exam 30:00");
	desk_hides(&k, "Why");
	desk_open_task(&k, 3);
	DRIVER_TELLS(&k.v, "Enter b Enter", "[•] 3. 2 points");
	desk_hides(&k, "wrong");
	desk_hides(&k, "It takes back");
	DRIVER_TELLS(&k.v, "H", "not during an exam");
	driver_press(&k.v, "Q");
	CU_ASSERT_FALSE(k.v.p->predicting);
	/* Nor what belongs together. */
	DRIVER_TELLS(&k.v, "Esc Esc m", "not during an exam");
	DRIVER_TELLS(
	    &k.v, ": brackets Space dialog Enter", "not during an exam");
	CU_ASSERT_EQUAL(k.v.p->ladder.brackets, 0);
	driver_press(&k.v, "8");
	driver_press(&k.v, "2");
	CU_ASSERT_NOT_EQUAL(k.v.p->pane, PANE_WHY);
	k.clock += 754;
	CU_ASSERT_TRUE(play_exam_goes_on(k.v.p));
	desk_shows(&k, "exam 17:26");
	desk_put_kept(&k, &state);
	desk_get_up(&k);
	/* What was practised with is gone. */
	state.n--;
	buf_puts(&state, ",\"brackets\":3}");
	/* The clock has gone on meanwhile. */
	k.clock += 1000;
	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, "7", 0, buf_view(&state)));
	desk_shows(&k, "exam 0:46");
	CU_ASSERT_EQUAL(k.v.p->ladder.brackets, 0);
	desk_open_task(&k, 3);
	driver_press(&k.v, "Up Enter");
	k.clock += 46;
	driver_settle(&k.v);
	desk_shows(&k, "exam over");
	CU_ASSERT_FALSE(play_exam_goes_on(k.v.p));
	/* No verdict, no try. */
	for (size_t i = 0; i < LESSON_TASKS_MAX; i++) {
		CU_ASSERT_EQUAL(k.v.p->own.lesson->answers.tasks[i].tries, 0);
		CU_ASSERT_EQUAL(k.v.p->own.lesson->answers.tasks[i].wrong, 0);
	}
	DRIVER_TELLS(&k.v, "Down Enter", "answers can't be changed");
	desk_shows(&k, "• a) BYE");
	CU_ASSERT_EQUAL(play_act_do(k.v.p, "alice", "bye", NULL, 0), ERR_STATE);
	desk_shows(&k, "• a) BYE");
	desk_open_task(&k, 1);
	DRIVER_TELLS(&k.v, "Enter", "answers can't be changed");
	desk_put_kept(&k, &state);
	CU_ASSERT_TRUE(
	    str_find(buf_view(&state), "\"begun\":1000,\"ended\":2800") > 0);
	desk_get_up(&k);
	buf_free(&state);
}

/* What is drawn when the time is over is the answer. */
static void
an_exam_ends_a_drawing(void)
{
	struct desk k = { .clock = 5 };

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 60, STR_NULL));
	desk_open_task(&k, 6);
	DRIVER_TELLS(&k.v, "Enter Enter Enter Enter", "alice ─▶ bob INVITE");
	k.clock += 60;
	driver_settle(&k.v);
	CU_ASSERT_FALSE(k.v.p->own.lesson->in_arrows);
	desk_shows(&k, "exam over");
	desk_get_up(&k);
}

/* ---- what there is otherwise ---- */

static void
students_have_their_own(void)
{
	struct desk k = { 0 };

	/* What is played is the lab as it stands, so it counts as a run that
	 * somebody has made of this student's lab. */
	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, "2023001", 0, STR_NULL));
	desk_open_task(&k, 2);
	DRIVER_TELLS(&k.v, "Enter 3 . 0 1 Space s Enter", "[✗] 2.");
	desk_get_up(&k);
}

CHECK_MAIN("play_exam", { "answers_come_back", answers_come_back },
    { "damaged_states", damaged_states },
    { "an_exam_tells_nothing", an_exam_tells_nothing },
    { "an_exam_ends_a_drawing", an_exam_ends_a_drawing },
    { "students_have_their_own", students_have_their_own })
