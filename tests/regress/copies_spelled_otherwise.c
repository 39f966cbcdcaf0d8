/*
 * Whoever typed another's wrong answers anew, with full-width letters, was not
 * found: answers were compared as they stood.  They are compared by what is
 * meant.
 */
#include "fixtures/check.h"
#include "lesson/answers.h"
#include "lesson/lesson.h"

static void
each_kind(void)
{
	static const struct {
		enum lesson_kind kind;
		const char *one, *other;
		bool same;
	} rows[] = {
		{ LESSON_TIME, "2.02 s", "２０２０ 毫秒", true },
		{ LESSON_TIME, "2.02 s", "about 2,02 s", true },
		{ LESSON_TIME, "2.02 s", "2.03 s", false },
		{ LESSON_TIME, "later", "“later”", true },
		{ LESSON_NUMBER, "7 messages", "７", true },
		{ LESSON_NUMBER, "266,437", "266437", true },
		{ LESSON_NUMBER, "7", "8", false },
		{ LESSON_CHOICE, "（B）", "选 b", true },
		{ LESSON_CHOICE, "b", "c", false },
		{ LESSON_TEXT, "the Via header", "“Via”.", true },
		{ LESSON_TEXT, "Via", "From", false },
		{ LESSON_FIND, "node=bob record=9", "record：９，node：bob",
		    true },
		{ LESSON_FIND, "node=bob record=9", "node=bob record=8",
		    false },
		{ LESSON_DRAW, "a -> b INVITE",
		    " 9  1.000  a  send  INVITE → b", true },
		{ LESSON_DRAW, "a -> b INVITE", "b <- a INVITE", true },
		{ LESSON_DRAW, "a -> b INVITE", "b -> a INVITE", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct lesson_task t = { .kind = rows[i].kind,
			.noptions = 4,
			.asks_node = true,
			.asks_record = true };
		struct buf one = BUF_INIT, other = BUF_INIT;

		CU_ASSERT_EQUAL(
		    answer_put_plain(&t, str_of(rows[i].one), &one), 0);
		CU_ASSERT_EQUAL(
		    answer_put_plain(&t, str_of(rows[i].other), &other), 0);
		if (str_eq(buf_view(&one), buf_view(&other)) != rows[i].same)
			printf(
			    "BAD  %s | %s\n", buf_cstr(&one), buf_cstr(&other));
		CU_ASSERT_EQUAL(
		    str_eq(buf_view(&one), buf_view(&other)), rows[i].same);
		buf_free(&one);
		buf_free(&other);
	}
}

CHECK_MAIN("copies_spelled_otherwise", { "each kind of task", each_kind })
