/*
 * The right answers of all labs, as people write them: with an input method's
 * full-width letters, in quotes, with a point at the end, they stay right; with
 * another value beside them, wherever it stands, they are right no more.
 */
#include "fixtures/check.h"
#include "fixtures/lessons.h"

#include <stdlib.h>

static unsigned right, none;

/* A task of a lab and its key. */
struct case_of {
	const char *lab;
	struct lesson *lesson;
	struct trace *trace;
	size_t i;
	struct buf key;
};

static void
judged_as(const struct case_of *c, const struct buf *answer, bool good)
{
	struct lesson_work lw = { .lab = c->trace };
	struct lesson_answer a = { .text = buf_view(answer) };
	struct lesson_result r;

	CU_ASSERT_EQUAL(lesson_judge(c->lesson, c->i, &a, &lw, &r), 0);
	if ((r.verdict == LESSON_GOOD) != good)
		printf("BAD  %s %zu: “%s” is %s: %s\n", c->lab, c->i + 1,
		    buf_cstr(answer), lesson_verdict_name(r.verdict),
		    buf_cstr(&r.why));
	CU_ASSERT_EQUAL(r.verdict == LESSON_GOOD, good);
	*(good ? &right : &none) += 1;
	lesson_result_free(&r);
}

/* ---- other spellings ---- */

static void
put_wide(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c == ' ')
			utf8_encode(out, 0x3000);
		else if (c > ' ' && c < 0x7f)
			utf8_encode(out, 0xfee0u + c);
		else
			buf_putc(out, text.p[i]);
	}
}

static void
spelt(const struct case_of *c)
{
	static const char *const around[] = { "  %s  ", "“%s”", "「%s」",
		"‘%s’", "**%s**", "%s.", "%s。" };
	bool lines = str_chr(buf_view(&c->key), '\n') >= 0;
	LOCAL_BUF b = BUF_INIT;

	put_wide(&b, buf_view(&c->key));
	judged_as(c, &b, true);
	for (size_t i = 0; !lines && i < sizeof(around) / sizeof(around[0]);
	     i++) {
		struct str form = str_of(around[i]);
		ptrdiff_t at = str_find(form, "%s");

		buf_clear(&b);
		buf_str(&b, str_slice(form, 0, (size_t)at));
		buf_str(&b, buf_view(&c->key));
		buf_str(&b, str_slice(form, (size_t)at + 2, form.n));
		judged_as(c, &b, true);
	}
}

/* A find's values without their words, and with prose between them. */
static void
find_is_spelt(const struct case_of *c)
{
	LOCAL_BUF bare = BUF_INIT, prose = BUF_INIT;
	struct str key = buf_view(&c->key), value;

	while (key.n > 0) {
		struct str word = str_cut(key, ' ', &key);
		struct str name = str_cut(word, '=', &value);

		buf_printf(&bare, "%.*s ", STR_ARG(value));
		buf_printf(&prose, "it is the %.*s %.*s, ", STR_ARG(name),
		    STR_ARG(value));
	}
	judged_as(c, &bare, true);
	judged_as(c, &prose, true);
}

/* ---- two where one is asked for ---- */

/* Another node, rule or record than VALUE. */
static void
put_other(
    const struct case_of *c, struct str name, struct str value, struct buf *out)
{
	const struct trace_head *h = trace_head(c->trace);

	if (str_is(name, "rule"))
		buf_puts(out, str_find(value, "register-star") >= 0
				  ? "ict-send"
				  : "register-star");
	else if (str_is(name, "record"))
		buf_puts(out, str_is(value, "1") ? "2" : "1");
	else
		buf_str(out, str_eq(h->nodes[0].name, value)
				 ? h->nodes[1].name
				 : h->nodes[0].name);
}

/* FORMS of how a right and a wrong value are put together: %r, %w. */
static void
put_pair(struct buf *out, const char *form, struct str name, struct str r,
    struct str w)
{
	for (; *form != '\0'; form++)
		if (*form == '%' && (form[1] == 'r' || form[1] == 'w'))
			buf_str(out, *++form == 'r' ? r : w);
		else if (*form == '%' && form[1] == 'n')
			form++, buf_str(out, name);
		else
			buf_putc(out, *form);
}

/* The key with one part that has two values: never all is right. */
static void
find_takes_one(const struct case_of *c, size_t part, const char *form)
{
	LOCAL_BUF text = BUF_INIT, other = BUF_INIT;
	struct str key = buf_view(&c->key), value;

	for (size_t i = 0; key.n > 0; i++) {
		struct str word = str_cut(key, ' ', &key);
		struct str name = str_cut(word, '=', &value);

		if (i != part) {
			buf_printf(&text, "%.*s ", STR_ARG(word));
			continue;
		}
		put_other(c, name, value, &other);
		put_pair(&text, form, name, value, buf_view(&other));
		buf_putc(&text, ' ');
	}
	judged_as(c, &text, false);
}

static void
two_are_none(const struct case_of *c, enum lesson_kind kind)
{
	static const char *const finds[] = { "%n=%r %n=%w", "%n=%w %n=%r",
		"%n=%r, %w", "%n=%w, %r", "%r %w", "%w %r", "%r or %w",
		"%n %w %n %r", "%n: %r/%w" };
	static const char *const values[] = { "%r or %w", "%w or %r", "%r, %w",
		"%w, %r", "%r、%w", "%r 或 %w", "%w 或 %r", "%r/%w", "%r %w",
		"%w %r" };
	LOCAL_BUF text = BUF_INIT, other = BUF_INIT;
	struct str key = buf_view(&c->key);
	size_t parts = str_count(key, '=');

	for (size_t i = 0; kind == LESSON_FIND && i < 9 * parts; i++)
		find_takes_one(c, i / 9, finds[i % 9]);
	if (kind == LESSON_NUMBER || kind == LESSON_TIME)
		buf_printf(&other, "%.9g%s", strtod(key.p, NULL) + 3,
		    kind == LESSON_TIME ? " s" : "");
	if (kind == LESSON_CHOICE) {
		key.n = 1;
		buf_puts(&other, key.p[0] == 'a' ? "b" : "a");
	}
	if (kind == LESSON_NUMBER)
		key = str_cut(key, ' ', &(struct str){ NULL, 0 });
	for (size_t i = 0; other.n > 0 && i < 10; i++) {
		buf_clear(&text);
		put_pair(&text, values[i], STR_NULL, key, buf_view(&other));
		judged_as(c, &text, false);
	}
}

/* ---- all labs ---- */

static void
try_lab(const char *lab)
{
	struct case_of c = { .lab = lab, .key = BUF_INIT };
	struct diag d = DIAG_INIT;

	c.lesson = fixture_lesson(lab);
	c.trace = lab_trace(lab, &LAB_OPTIONS);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c.trace);
	for (c.i = 0; c.i < lesson_count(c.lesson); c.i++) {
		enum lesson_kind kind = lesson_task(c.lesson, c.i)->kind;

		if (!lesson_kind_is_written(kind) || kind == LESSON_RUN)
			continue;
		buf_clear(&c.key);
		CU_ASSERT_EQUAL(
		    lesson_key(c.lesson, c.i, c.trace, &c.key, NULL, &d), 0);
		spelt(&c);
		if (kind == LESSON_FIND)
			find_is_spelt(&c);
		two_are_none(&c, kind);
	}
	buf_free(&c.key);
	lesson_destroy(c.lesson);
	trace_destroy(c.trace);
}

static void
all_labs(void)
{
	each_lesson(try_lab);
	printf("  %u spellings are right, %u pairs are none\n", right, none);
	CU_ASSERT(right > 2000 && none > 2000);
}

CHECK_MAIN("lesson_spelt", { "labs", all_labs })
