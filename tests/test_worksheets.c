/*
 * Worksheets and keys of every lab, in both languages: a sheet says what each
 * task is worth and whose lab it is of, and nothing of the answers; a key has
 * the reasons of its check.lua.
 */
#include "grade/worksheet.h"

#include "base/i18n.h"
#include "check.h"
#include "lessons.h"

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
	struct buf worth = BUF_INIT;

	buf_printf(&worth,
	    zh ? "\n%u. （`%s`，%u 分）" : "\n%u. (`%s`, %u %s) ", t->number,
	    name_of(lab), points, points == 1 ? "point" : "points");
	expect(text, true, lab, buf_cstr(&worth));
	buf_free(&worth);
}

static void
look_at_sheets(const char *lab)
{
	const struct worksheet_options plain = { .key = false };
	const struct worksheet_options teacher = { .key = true };
	struct lesson *l = load(lab);
	struct paper sheet, key;
	struct buf sum = BUF_INIT;

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
	buf_free(&sum);
	paper_free(&sheet);
	paper_free(&key);
	lesson_destroy(l);
}

static void
in_english(void)
{
	i18n_choose("en");
	each_lesson(look_at_sheets);
}

static void
in_chinese(void)
{
	if (IS_SANITIZED)
		return; /* the same code again */
	i18n_choose("zh");
	each_lesson(look_at_sheets);
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
	    "**1 s:** One second after the second INVITE");
	expect(buf_view(&key.text), true, "labs/lost-messages",
	    "**c:** Every client transaction does, a phone's too: had the "
	    "INVITE been lost before atl, Alice's phone would have repeated "
	    "it. RFC 3261 17.1.1.2.\n");
	expect(
	    buf_view(&key.text), true, "labs/lost-messages", "Records 55, 71.");
	paper_free(&key);
}

CHECK_MAIN("worksheets", { "each task's worth, lab and reasons", in_english },
    { "the same in Chinese", in_chinese },
    { "known mistakes", known_mistakes_have_values })
