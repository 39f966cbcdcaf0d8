/* What the tasks that are asked ahead hold of runs (lesson/prediction_hold.h).
 */
#include "fixtures/check.h"
#include "fixtures/lessons.h"
#include "lesson/prediction_hold.h"

#define LAB     "labs/rfc3891-7.1" /* its tasks 3 and 4 are asked ahead */
#define RECORDS 144

static struct lesson *l;
static struct answers a;

static struct prediction_hold
held(uint64_t third, uint64_t fourth)
{
	uint64_t from[LESSON_TASKS_MAX] = { 1, 1, third, fourth };

	return prediction_hold_of(l, &a, from, RECORDS);
}

static void
expect(struct prediction_hold h, unsigned own, uint64_t before, unsigned others)
{
	CU_ASSERT_EQUAL(h.own, own);
	CU_ASSERT_EQUAL(h.before, before);
	CU_ASSERT_EQUAL(h.others, others);
}

static void
first_that_tells(void)
{
	l = fixture_lesson(LAB);
	expect(held(89, 89), 3, 89, 0);
	expect(held(89, 40), 4, 40, 0);
	/* Of nothing known all may tell it. */
	expect(held(89, 0), 4, 1, 0);
	/* Behind the end it is about other runs. */
	expect(held(89, RECORDS + 1), 3, 89, 4);
	expect(held(RECORDS, RECORDS + 1), 3, RECORDS, 4);
	lesson_destroy(l);
}

static void
until_a_try(void)
{
	l = fixture_lesson(LAB);
	CU_ASSERT_EQUAL(answers_set(&a, 3, STR("  ")), 0);
	expect(held(89, 90), 3, 89, 0);
	CU_ASSERT_EQUAL(answers_set(&a, 3, STR("a")), 0);
	expect(held(89, 90), 4, 90, 0);
	/* One that was judged and taken back is a try, too. */
	buf_clear(&a.tasks[2].text);
	expect(held(89, 90), 3, 89, 0);
	buf_puts(&a.tasks[2].told, "a");
	expect(held(89, 90), 4, 90, 0);
	a.tasks[3].taught = true;
	expect(held(89, 90), 0, 0, 0);
	a.tasks[3] = (struct answer){ .looked = true };
	expect(held(89, RECORDS + 1), 0, 0, 0);
	answers_free(&a);
	lesson_destroy(l);
}

static void
comes_later(void)
{
	const uint64_t from[LESSON_TASKS_MAX] = { 88, 89, 89, RECORDS + 1,
		RECORDS + 1, 0 };
	struct prediction_hold h;

	l = fixture_lesson(LAB);
	h = prediction_hold_of(l, &a, from, RECORDS);
	CU_ASSERT_EQUAL(h.own, 3);
	for (size_t i = 0; i < lesson_count(l); i++)
		CU_ASSERT_EQUAL(
		    prediction_hold_hides(&h, l, i, from, RECORDS), i == 1);
	h = (struct prediction_hold){ .others = 4 };
	CU_ASSERT_FALSE(prediction_hold_hides(&h, l, 1, from, RECORDS));
	lesson_destroy(l);
}

CHECK_MAIN("lesson_hold", { "what comes later", comes_later },
    { "the first record that tells it", first_that_tells },
    { "until a try", until_a_try })
