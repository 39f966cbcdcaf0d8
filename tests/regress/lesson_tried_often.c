/*
 * A lesson lives as long as the pane it is shown in: whoever tried some hundred
 * answers had used up what its check may compute in all, and every answer from
 * then on could not be checked.
 */
#include "fixtures/check.h"
#include "fixtures/lesson_rows.h"

#define TRIES 400

/* Some hundred thousand steps, as a check of a long lab takes. */
#define LONG                                                           \
	"task { number = function(t) local n = 0 for i = 1, 60000 do " \
	"n = n + 1 end return 7 end }"

static void
tries(void)
{
	struct lesson *l = load(LONG);
	struct lesson_work work = { .lab = traces[CALL] };
	unsigned good = 0;

	for (unsigned i = 0; i < TRIES; i++) {
		struct lesson_answer a = { .text = STR("7") };
		struct lesson_result r;

		CU_ASSERT_EQUAL(lesson_judge(l, 0, &a, &work, &r), 0);
		good += r.verdict == LESSON_GOOD;
		lesson_result_free(&r);
	}
	CU_ASSERT_EQUAL(good, TRIES);
	lesson_destroy(l);
}

/* One that does not end is stopped all the same, each time. */
static void
endless(void)
{
	struct lesson *l =
	    load("task { number = function(t) while true do end end }");
	struct lesson_work work = { .lab = traces[CALL] };
	struct lesson_answer a = { .text = STR("7") };
	struct lesson_result r;

	for (unsigned i = 0; i < 2; i++) {
		CU_ASSERT_EQUAL(lesson_judge(l, 0, &a, &work, &r), 0);
		CU_ASSERT_EQUAL(r.verdict, LESSON_ERROR);
		lesson_result_free(&r);
	}
	lesson_destroy(l);
}

CHECK_MAIN("lesson_tried_often", { "begins", begins }, { "tries", tries },
    { "endless", endless }, { "ends", ends })
