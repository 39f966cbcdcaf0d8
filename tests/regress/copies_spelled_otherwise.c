/*
 * Whoever typed another's wrong answers anew, with full-width letters, was not
 * found: answers were compared as they stood.  They are compared by what is
 * meant.
 */
#include "fixtures/check.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "fixtures/class_made.h"
#include "grade/class.h"
#include "grade/mark.h"

#include <string.h>

#define PEOPLE 20
#define COPIER (PEOPLE - 1)
#define OTHER  (PEOPLE - 2)

static const char *const lab_paths[] = { "labs/direct-call",
	"labs/lost-messages", "labs/session-timer", "labs/two-proxies" };
#define LABS (sizeof(lab_paths) / sizeof(lab_paths[0]))

/* TEXT with an input method's letters, digits and signs. */
static void
put_wide(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] > ' ' && text.p[i] < 0x7f)
			utf8_encode(out, 0xfee0u + (uint32_t)text.p[i]);
		else
			buf_putc(out, text.p[i]);
}

/* The wrong answers of WHO in OF, which are those of another who is honest. */
static void
fill(const struct made_lab *of, unsigned who, bool wide, struct answers *a)
{
	struct made_draw r = { 31 * who + 7 };

	for (size_t i = 0; i < lesson_count(of->lesson); i++) {
		struct buf text = BUF_INIT, typed = BUF_INIT;

		if (!made_is_asked(of, i))
			continue;
		made_put_mistake(of, i, STR_NULL, &r, &text);
		if (wide)
			put_wide(&typed, buf_view(&text));
		else
			buf_str(&typed, buf_view(&text));
		CU_ASSERT_EQUAL(
		    answers_set(a, (unsigned)i + 1, buf_view(&typed)), 0);
		buf_free(&text);
		buf_free(&typed);
	}
}

/* Adds L's answers in W to C as the process of the submission tells them. */
static void
add_marks(struct class *c, const struct made_lab *l, const struct work *w)
{
	struct lesson_work lw = { .lab = l->trace };
	LOCAL_BUF line = BUF_INIT;
	struct mark m = MARK_INIT;

	m.lesson = l->lesson;
	m.trace = l->trace;
	m.n = lesson_count(l->lesson);
	for (size_t i = 0; i < m.n; i++) {
		struct lesson_answer a = { .text = buf_view(
					       &w->answers.tasks[i].text) };

		CU_ASSERT_EQUAL(
		    lesson_judge(l->lesson, i, &a, &lw, &m.results[i]), 0);
	}
	CU_ASSERT_EQUAL(mark_put_json(&m, w, "f", &line), 0);
	CU_ASSERT_EQUAL(class_take_line(c, str_trim(buf_view(&line))), 0);
	for (size_t i = 0; i < m.n; i++)
		lesson_result_free(&m.results[i]);
}

static void
add_work(struct class *c, const char *lab, unsigned who, bool wide)
{
	struct work w = WORK_INIT;
	struct made_lab own, of;
	char id[32], other[32];

	made_id(who, id);
	made_id(who == COPIER ? OTHER : who, other);
	made_lab_open(&own, lab, id);
	made_lab_open(&of, lab, other);
	w.name = mem_strdup(lab);
	w.answers.student = mem_strdup(id);
	fill(&of, who == COPIER ? OTHER : who, wide, &w.answers);
	add_marks(c, &own, &w);
	made_lab_close(&own);
	made_lab_close(&of);
	work_free(&w);
}

/* How alike the last two are, whose answers are the same; WIDE: one of them
 * has typed them otherwise. */
static double
score_of_copy(bool wide)
{
	struct class c = CLASS_INIT;
	double score = 0;

	for (size_t lab = 0; lab < LABS; lab++)
		for (unsigned i = 0; i < PEOPLE; i++)
			add_work(&c, lab_paths[lab], i, wide && i == COPIER);
	CU_ASSERT_EQUAL(class_settle(&c, NULL), 0);
	CU_ASSERT_EQUAL(class_find_alike(&c), 0);
	CU_ASSERT_EQUAL_FATAL(c.npairs, 1);
	score = c.pairs[0].score;
	class_free(&c);
	return score;
}

static void
spelled_otherwise(void)
{
	CU_ASSERT_EQUAL(score_of_copy(true), score_of_copy(false));
}

/* ---- each kind ---- */

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

CHECK_MAIN("copies_spelled_otherwise", { "copied", spelled_otherwise },
    { "each kind of task", each_kind })
