/*
 * Two students whose numbers draw the same seed have the same tags.  Who had
 * copied such a tag was told among the remarks alone; and where one of the two
 * was named, the sentence said that the tag was that one's alone.  Who has
 * copied is evidence by itself, and stands beside others of whom there is; of
 * whom it may be, all are said; one is named where it must be that one.
 */
#include "fixtures/check.h"
#include "base/i18n.h"
#include "grade/class.h"

#include <string.h>

/* One piece of work of one task, whose right value is a tag. */
struct piece {
	const char *lab, *student, *own, *foreign;
};

static void
add_line(struct class *c, struct buf *line)
{
	CU_ASSERT_EQUAL_FATAL(line->err, 0);
	CU_ASSERT_EQUAL(class_take_line(c, buf_view(line)), 0);
	buf_free(line);
}

static void
add_piece(struct class *c, const struct piece *p)
{
	struct buf line = BUF_INIT;
	bool wrong = p->foreign[0] != '\0';

	buf_printf(&line,
	    "{\"file\":\"%s.rung\",\"lab\":\"%s\",\"student\":\"%s\","
	    "\"tasks\":[{\"task\":1,\"verdict\":\"%s\",\"answer\":\"%s\","
	    "\"plain\":\"%s\"}]}",
	    p->student, p->lab, p->student, wrong ? "BAD" : "GOOD",
	    wrong ? p->foreign : p->own, wrong ? p->foreign : p->own);
	add_line(c, &line);
	buf_printf(&line,
	    "{\"values_of\":\"%s\",\"values\":[{\"task\":1,\"own\":\"%s\","
	    "\"token\":true,\"foreign\":\"%s\",\"slip\":false}]}",
	    p->student, p->own, p->foreign);
	add_line(c, &line);
}

static void
make_class(struct class *c, const struct piece *pieces)
{
	*c = CLASS_INIT;
	for (; pieces->lab != NULL; pieces++)
		add_piece(c, pieces);
	CU_ASSERT_EQUAL(class_settle(c, NULL), 0);
	CU_ASSERT_EQUAL(class_find_copies(c), 0);
}

/* PUT writes what has each of WORDS, up to NULL. */
static void
says(int (*put)(const struct class *c, struct buf *out), const struct class *c,
    const char *const *words)
{
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_EQUAL(put(c, &out), 0);
	for (; *words != NULL; words++) {
		CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&out), *words));
		if (strstr(buf_cstr(&out), *words) == NULL)
			printf("BAD  no “%s” in\n%s\n", *words, buf_cstr(&out));
	}
}

/* The only pair of C is A's, from B; NULL: from one of several. */
static void
has_pair(const struct class *c, const char *a, const char *b)
{
	const struct class_pair *p = &c->pairs[0];

	CU_ASSERT_EQUAL_FATAL(c->npairs, 1);
	CU_ASSERT(p->taken);
	CU_ASSERT_STRING_EQUAL(c->entries[p->a].student, a);
	if (b == NULL)
		CU_ASSERT_EQUAL(p->b, CLASS_SEVERAL);
	if (p->b != CLASS_SEVERAL)
		CU_ASSERT_STRING_EQUAL(c->entries[p->b].student, b);
}

/* One tag, of two. */
static void
one_tag(void)
{
	static const struct piece pieces[] = { { "l", "101", "tagtagab", "" },
		{ "l", "102", "tagtagab", "" }, { "l", "103", "tagtagcd", "" },
		{ "l", "104", "tagtagef", "tagtagab" },
		{ NULL, NULL, NULL, NULL } };
	static const char *const text[] = {
		"evidence of a copy, please check: 104 from one of several\n"
		"    l, task 1, 104.rung: “tagtagab” is right for 101, 102 "
		"alone\n",
		NULL
	};
	static const char *const html[] = {
		"<li>104 ← one of several<br/>l, task 1", NULL
	};
	static const char *const json[] = { "\n{\"a\":\"104\",\"taken\":true,",
		NULL };
	static const char *const chinese[] = {
		"有抄袭的证据，请查看：104，来自几人之一\n"
		"    l，任务 1，104.rung：“tagtagab”只对 101、102 正确\n",
		NULL
	};
	struct class c;

	make_class(&c, pieces);
	has_pair(&c, "104", NULL);
	CU_ASSERT_EQUAL(c.remarks.n, 0);
	says(class_put_text, &c, text);
	says(class_put_html, &c, html);
	says(class_put_json, &c, json);
	class_free(&c);
	CU_ASSERT_EQUAL(i18n_choose("zh"), 0);
	make_class(&c, pieces);
	says(class_put_text, &c, chinese);
	class_free(&c);
	CU_ASSERT_EQUAL(i18n_choose("en"), 0);
}

/* Two tags, each of two, of whom one has both: so this one it is. */
static void
two_tags(void)
{
	static const struct piece pieces[] = { { "l", "101", "tagtagab", "" },
		{ "l", "102", "tagtagab", "" }, { "l", "103", "tagtagcd", "" },
		{ "l", "104", "tagtagef", "tagtagab" },
		{ "m", "101", "tagtagkl", "" }, { "m", "102", "tagtagmn", "" },
		{ "m", "103", "tagtagkl", "" },
		{ "m", "104", "tagtagop", "tagtagkl" },
		{ NULL, NULL, NULL, NULL } };
	static const char *const text[] = {
		"evidence of a copy, please check: 104 from 101\n"
		"    l, task 1, 104.rung: “tagtagab” is right for 101, 102 "
		"alone\n"
		"    m, task 1, 104.rung: “tagtagkl” is right for 101, 103 "
		"alone\n",
		NULL
	};
	struct class c;

	make_class(&c, pieces);
	has_pair(&c, "104", "101");
	says(class_put_text, &c, text);
	class_free(&c);
}

/* The second tag is neither's: there is nobody who has both. */
static void
two_sources(void)
{
	static const struct piece pieces[] = { { "l", "101", "tagtagab", "" },
		{ "l", "102", "tagtagab", "" }, { "l", "103", "tagtagcd", "" },
		{ "l", "104", "tagtagef", "tagtagab" },
		{ "m", "101", "tagtagij", "" }, { "m", "102", "tagtagmn", "" },
		{ "m", "103", "tagtagkl", "" }, { "m", "105", "tagtagkl", "" },
		{ "m", "104", "tagtagop", "tagtagkl" },
		{ NULL, NULL, NULL, NULL } };
	struct class c;

	make_class(&c, pieces);
	has_pair(&c, "104", NULL);
	CU_ASSERT_EQUAL(c.pairs[0].ncopies, 2);
	class_free(&c);
}

/* Of more than four a sentence does not say that it has all. */
static void
many_owners(void)
{
	static const struct piece pieces[] = { { "l", "101", "tagtagab", "" },
		{ "l", "102", "tagtagab", "" }, { "l", "103", "tagtagab", "" },
		{ "l", "104", "tagtagab", "" }, { "l", "105", "tagtagab", "" },
		{ "l", "106", "tagtagef", "tagtagab" },
		{ NULL, NULL, NULL, NULL } };
	static const char *const text[] = {
		"is right for 101, 102, 103, 104, … alone\n", NULL
	};
	struct class c;

	make_class(&c, pieces);
	has_pair(&c, "106", NULL);
	says(class_put_text, &c, text);
	class_free(&c);
}

CHECK_MAIN("copier_of_shared_tags", { "one tag of two students", one_tag },
    { "two tags with one owner in common", two_tags },
    { "two tags with none", two_sources }, { "many owners", many_owners })
