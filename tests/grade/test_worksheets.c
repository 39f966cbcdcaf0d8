/*
 * Worksheets and keys of every lab, in both languages: a sheet says what each
 * task is worth and whose lab it is of, and nothing of the answers; a key has
 * the reasons of its check.lua.
 */
#include "grade/worksheet.h"

#include "base/err.h"
#include "base/i18n.h"
#include "fixtures/check.h"
#include "fixtures/lessons.h"

#include <string.h>

/* The last part of LAB's path. */
static const char *
name_of(const char *lab)
{
	const char *slash = strrchr(lab, '/');

	return slash != NULL ? slash + 1 : lab;
}

static void
make(struct paper *p, const char *lab, const struct worksheet_options *o)
{
	struct diag d = DIAG_INIT;

	*p = PAPER_INIT;
	if (worksheet_make(p, name_of(lab), o, &d) != 0)
		printf("  %s: %s\n", lab, d.text);
	CU_ASSERT_EQUAL_FATAL(p->text.err, 0);
}

static void
expect(struct str text, bool there, const char *lab, const char *what)
{
	bool is = str_find(text, what) >= 0;

	if (is != there)
		printf("BAD  %s: %s “%s”\n", name_of(lab),
		    there ? "does not say" : "says", what);
	CU_ASSERT_EQUAL(is, there);
}

/* Each reason that T has is on the key and not on the sheet. */
static void
expect_reasons(const struct lesson_task *t, const char *lab, struct str key,
    struct str sheet)
{
	if (t->why != NULL) {
		expect(key, true, lab, t->why);
		expect(sheet, false, lab, t->why);
	}
	for (size_t k = 0; k < t->noptions; k++) {
		const struct lesson_option *o = &t->options[k];

		if (o->right || o->why == NULL)
			continue;
		expect(key, true, lab, o->why);
		expect(sheet, false, lab, o->why);
	}
}

static void
expect_worth(const struct lesson_task *t, const char *lab, struct str text)
{
	bool zh = strcmp(i18n_language(), "zh_CN") == 0;
	unsigned points = t->points / LESSON_POINT;
	LOCAL_BUF worth = BUF_INIT;

	buf_printf(&worth,
	    zh ? "\n%u. （`%s`，%u 分）" : "\n%u. (`%s`, %u %s) ", t->number,
	    name_of(lab), points, points == 1 ? "point" : "points");
	expect(text, true, lab, buf_cstr(&worth));
}

/* With sanitizers one lab of four: the code is the same.  A board computes
 * long: their sheets are looked at once, AGAIN (in Chinese, as Moodle reads
 * them) one's. */
static bool
is_looked_at(const char *lab, bool again)
{
	if (again && lab_is_slow(lab) && strcmp(lab, "labs/handset-call") != 0)
		return false;
	return !IS_SANITIZED || strlen(lab) % 4 == 0;
}

static void
look_at_sheets(const char *lab)
{
	const struct worksheet_options plain = { .key = false };
	const struct worksheet_options teacher = { .key = true };
	struct lesson *l;
	struct paper sheet, key;
	LOCAL_BUF sum = BUF_INIT;

	if (!is_looked_at(lab, strcmp(i18n_language(), "zh_CN") == 0))
		return;
	l = fixture_lesson(lab);
	make(&sheet, lab, &plain);
	make(&key, lab, &teacher);
	for (size_t i = 0; i < lesson_count(l); i++) {
		const struct lesson_task *t = lesson_task(l, i);

		expect_worth(t, lab, buf_view(&sheet.text));
		expect_worth(t, lab, buf_view(&key.text));
		expect_reasons(
		    t, lab, buf_view(&key.text), buf_view(&sheet.text));
	}
	buf_printf(&sum, "/ %u", lesson_points(l) / LESSON_POINT);
	CU_ASSERT(str_ends(buf_view(&sheet.head), buf_cstr(&sum)));
	paper_free(&sheet);
	paper_free(&key);
	lesson_destroy(l);
}

static void
in_english(void)
{
	i18n_choose("en");
	each_lesson_some(look_at_sheets);
}

static void
in_chinese(void)
{
	if (IS_SANITIZED)
		return; /* the same code again */
	i18n_choose("zh");
	each_lesson_some(look_at_sheets);
	i18n_choose("en");
}

/* What a number is wrong by is told by its value, and the rule's sentence once
 * a task. */
static void
known_mistakes_have_values(void)
{
	const struct worksheet_options o = { .key = true };
	struct paper key;

	make(&key, "labs/lost-messages", &o);
	expect(buf_view(&key.text), true, "labs/lost-messages",
	    "**1 s:** It is one second after the second INVITE");
	expect(buf_view(&key.text), true, "labs/lost-messages",
	    "**c:** Every client transaction does, even a phone's: if the "
	    "INVITE had been lost before atl, Alice's phone would have "
	    "retransmitted it. RFC 3261 17.1.1.2.\n");
	expect(
	    buf_view(&key.text), true, "labs/lost-messages", "Records 55, 71.");
	paper_free(&key);
}

/* ---- GIFT, as Moodle reads it (question/format/gift) ---- */

/* TEXT with what is escaped out of the way: \x as '?'. */
static void
hide_escaped(struct str text, struct buf *out)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\\' && i + 1 < text.n) {
			CU_ASSERT_PTR_NOT_NULL(
			    strchr("~=#{}:n\\", text.p[i + 1]));
			buf_puts(out, "?");
			i++;
		} else {
			buf_putc(out, text.p[i]);
		}
	}
}

static enum lesson_kind
kind_of_answers(struct str a)
{
	if (a.n == 0)
		return LESSON_RUN; /* an essay */
	if (a.p[0] == '#')
		return LESSON_NUMBER;
	if (str_chr(a, '~') >= 0)
		return LESSON_CHOICE;
	CU_ASSERT(str_find(a, "->") < 0); /* else it is a match */
	return LESSON_TEXT;
}

static size_t
count_text(struct str text, const char *what)
{
	size_t n = 0;
	ptrdiff_t at;

	while ((at = str_find(text, what)) >= 0) {
		n++;
		text = str_slice(text, (size_t)at + strlen(what), text.n);
	}
	return n;
}

/* Known values of task I: mistakes, or those that are right. */
static size_t
count_known(struct lesson *l, size_t i, const struct trace *t, bool right)
{
	struct diag d = DIAG_INIT;
	size_t n = 0;

	for (size_t k = 0, none = 0; none < 4; k++) {
		struct lesson_work work = { .lab = t };
		struct lesson_answer a;
		struct lesson_result r;
		struct buf value = BUF_INIT;

		CU_ASSERT_EQUAL((right ? lesson_right_value : lesson_mistake)(
				    l, i, k, t, &value, &d),
		    0);
		a = (struct lesson_answer){ .text = buf_view(&value) };
		CU_ASSERT_EQUAL(lesson_judge(l, i, &a, &work, &r), 0);
		none = value.n > 0 ? 0 : none + 1;
		/* No time is before the beginning. */
		n += value.n > 0 && value.p[0] != '-' &&
		     (right ? r.verdict == LESSON_GOOD
			    : r.verdict == LESSON_BAD &&
				  !str_eq(buf_view(&r.why),
				      str_of(lesson_task(l, i)->why)));
		lesson_result_free(&r);
		buf_free(&value);
	}
	return n;
}

/* The answers A of task I have every right value, every known mistake with
 * what is said of it, and what is said of any other. */
static void
expect_answers(struct lesson *l, size_t i, const struct trace *t, struct str a)
{
	const struct lesson_task *task = lesson_task(l, i);
	size_t right = count_text(a, "\n\t="), wrong = count_text(a, "=%0%");
	size_t others = count_text(a, "\n\t~#") + count_text(a, "=%0%*#");

	if (task->kind == LESSON_CHOICE) {
		CU_ASSERT_EQUAL(right, 1);
		CU_ASSERT_EQUAL(count_text(a, "\n\t~"), task->noptions - 1);
		return;
	}
	CU_ASSERT_EQUAL(others, task->why != NULL);
	right -= wrong + count_known(l, i, t, true);
	wrong -= count_text(a, "=%0%*#") + count_known(l, i, t, false);
	CU_ASSERT_EQUAL(right, 0);
	CU_ASSERT_EQUAL(wrong, 0);
	if (right != 0 || wrong != 0)
		printf("BAD  %.*s\n", STR_ARG(a));
}

static void
expect_question(
    struct lesson *l, size_t i, const struct trace *t, struct str text)
{
	const struct lesson_task *task = lesson_task(l, i);
	enum lesson_kind kind = task->kind;
	struct buf points = BUF_INIT, plain = BUF_INIT;
	ptrdiff_t from, to;
	struct str q;

	buf_printf(&points, "[plain](%u ", task->points / LESSON_POINT);
	hide_escaped(text, &plain);
	q = str_trim(buf_view(&plain));
	CU_ASSERT(str_find(q, buf_cstr(&points)) >= 0);
	from = str_chr(q, '{');
	to = str_chr(q, '}');
	CU_ASSERT_FATAL(from > 0 && to > from);
	CU_ASSERT_EQUAL((size_t)to, q.n - 1);
	CU_ASSERT(str_find(q, "####") < 0);
	q = str_slice(q, (size_t)from + 1, (size_t)to);
	kind = kind == LESSON_TIME ? LESSON_NUMBER : kind;
	CU_ASSERT_EQUAL(kind_of_answers(str_trim(q)), kind);
	if (kind != LESSON_RUN)
		expect_answers(l, i, t, q);
	buf_free(&points);
	buf_free(&plain);
}

/* Each question of LAB's file; others Moodle can't ask. */
static void
look_at_gift(const char *lab)
{
	const struct worksheet_options o = { .key = false };
	LOCAL_BUF out = BUF_INIT, remark = BUF_INIT;
	struct trace *t;
	struct lesson *l;
	struct diag d = DIAG_INIT;
	int err;

	if (!is_looked_at(lab, true))
		return;
	t = lab_trace(lab, &LAB_OPTIONS);
	l = fixture_lesson(lab);
	err = worksheet_put_gift(name_of(lab), &o, &out, &remark, &d);
	CU_ASSERT(err == 0 || err == ERR_UNSUPPORTED);
	for (size_t i = 0; err == 0 && i < lesson_count(l); i++) {
		const struct lesson_task *task = lesson_task(l, i);
		struct buf name = BUF_INIT;
		struct str rest = buf_view(&out);
		ptrdiff_t at, end;

		buf_printf(&name, "\n::%s %u (", name_of(lab), task->number);
		at = str_find(rest, buf_cstr(&name));
		CU_ASSERT_EQUAL(at >= 0,
		    task->kind <= LESSON_TEXT || task->kind == LESSON_RUN);
		if (at >= 0) {
			rest = str_slice(rest, (size_t)at + 1, rest.n);
			end = str_find(rest, "\n\n");
			CU_ASSERT_FATAL(end > 0);
			expect_question(
			    l, i, t, str_slice(rest, 0, (size_t)end));
		}
		buf_free(&name);
	}
	lesson_destroy(l);
	trace_destroy(t);
}

static void
moodle_reads_gift(void)
{
	i18n_choose("en");
	each_lesson_some(look_at_gift);
}

CHECK_MAIN("worksheets", { "each task's worth, lab and reasons", in_english },
    { "the same in Chinese", in_chinese },
    { "known mistakes", known_mistakes_have_values },
    { "Moodle reads GIFT", moodle_reads_gift })
