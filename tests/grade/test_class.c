/*
 * A class's marks: rosters as schools write them, and which of several
 * submissions counts.
 */
#include "fixtures/check.h"
#include "base/err.h"
#include "base/mem.h"
#include "grade/class.h"
#include "text/json.h"

#include <string.h>

/* ---- rosters ---- */

static void
rosters(void)
{
	static const struct {
		const char *text;
		int err;
		size_t n;
		const char *id, *name, *group; /* of the last row */
		const char *remark;
	} rows[] = {
		{ "id,name,class\n1,A,x\n2,B,y\n", 0, 2, "2", "B", "y", "" },
		{ "学号;姓名;班级\r\n1;张三;一班\r\n", 0, 1, "1", "张三",
		    "一班", "" },
		{ "\xef\xbb\xbf学号\t姓名\n7\t李四\n", 0, 1, "7", "李四", "",
		    "" },
		/* GBK: 学号,姓名 / 9,张 */
		{ "\xd1\xa7\xba\xc5,\xd0\xd5\xc3\xfb\n9,\xd5\xc5\n", 0, 1, "9",
		    "张", "", "" },
		{ "name,id\n\"B, C \"\"x\"\"\", 5 \n", 0, 1, "5", "B, C \"x\"",
		    "", "" },
		{ "id,name\n1,\"two\nlines\"\n2,B\n", 0, 2, "2", "B", "", "" },
		{ "id,name\n1,A\n1,B\n", 0, 1, "1", "A", "", "twice" },
		{ "id,name\n,A\n2,B\n", 0, 1, "2", "B", "",
		    "no student number" },
		{ "id,name\n\n\n3,C", 0, 1, "3", "C", "", "" },
		{ "id\n", 0, 0, NULL, NULL, NULL, "" },
		{ "", ERR_SYNTAX, 0, NULL, NULL, NULL, NULL },
		{ "a,b\n1,2\n", ERR_SYNTAX, 0, NULL, NULL, NULL, NULL },
		{ "id\n\xff\xff\n", ERR_SYNTAX, 0, NULL, NULL, NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct diag d = DIAG_INIT;
		struct roster r;
		int err =
		    roster_read_text(&r, str_of(rows[i].text), "class.csv", &d);

		CU_ASSERT_EQUAL(err, rows[i].err);
		CU_ASSERT((err != 0) == (d.text[0] != '\0'));
		CU_ASSERT_EQUAL(r.n, rows[i].n);
		if (err == 0 && r.n == rows[i].n && r.n > 0) {
			const struct roster_row *last = &r.rows[r.n - 1];

			CU_ASSERT_STRING_EQUAL(last->id, rows[i].id);
			CU_ASSERT_STRING_EQUAL(last->name, rows[i].name);
			CU_ASSERT_STRING_EQUAL(last->group, rows[i].group);
			CU_ASSERT_PTR_EQUAL(roster_find(&r, rows[i].id), last);
		}
		if (err == 0)
			CU_ASSERT(strstr(buf_cstr(&r.remarks),
				      rows[i].remark) != NULL);
		roster_free(&r);
	}
}

static int
any_word(char word[ROSTER_WORD_N + 1])
{
	strcpy(word, "ABCDEFGH");
	return 0;
}

/* Empty cells of a column of words are filled, and nothing else changes. */
static void
words(void)
{
	static const struct {
		const char *text, *filled;
		size_t n;
	} rows[] = {
		{ "id,word\n1,\n2,x\n3\n", "id,word\n1,W\n2,x\n3,W\n", 2 },
		{ "word;id\r\n;1\r\n\"\";2", "word;id\r\nW;1\r\nW;2", 2 },
		{ "id,word,name\n1,  ,A\n", "id,word,name\n1,W,A\n", 1 },
		{ "id,word\n,\n\n---,\n", "id,word\n,\n\n---,\n", 0 },
		{ "id,name,group,word\n1", "id,name,group,word\n1,,,W", 1 },
		{ "id,name\n1,A\n", "id,name\n1,A\n", 0 },
		{ "id,name,word\n1,\"=A, \"\"B\"\"\",\n",
		    "id,name,word\n1,\"=A, \"\"B\"\"\",W\n", 1 },
		{ "\xef\xbb\xbfid,word\n1,\n", "\xef\xbb\xbfid,word\n1,W\n",
		    1 },
		/* GBK: 学号,暗号 */
		{ "\xd1\xa7\xba\xc5,\xb0\xb5\xba\xc5\n9,\n",
		    "\xef\xbb\xbf学号,暗号\n9,W\n", 1 },
		{ "", "", 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct diag d = DIAG_INIT;
		LOCAL_BUF out = BUF_INIT, want = BUF_INIT;
		size_t n;

		CU_ASSERT_EQUAL(roster_fill_words(str_of(rows[i].text), "r.csv",
				    any_word, &out, &n, &d),
		    0);
		for (const char *s = rows[i].filled; *s != '\0'; s++)
			if (*s == 'W')
				buf_puts(&want, "ABCDEFGH");
			else
				buf_putc(&want, *s);
		CU_ASSERT_EQUAL(n, rows[i].n);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&out), buf_cstr(&want));
	}
}

/* ---- which counts ---- */

static void
add(struct class *c, const char *student, const char *date, unsigned points,
    const char *failed)
{
	LOCAL_BUF line = BUF_INIT;

	buf_printf(&line,
	    "{\"file\":\"f%zu\",\"lab\":\"l\",\"student\":\"%s\","
	    "\"date\":\"%s\",\"points\":%u,\"of\":10",
	    c->n, student, date, points);
	if (failed != NULL)
		json_put_field(&line, "failed", str_of(failed));
	buf_putc(&line, '}');
	CU_ASSERT_EQUAL(class_take_line(c, buf_view(&line)), 0);
}

static unsigned
points_that_count(const struct class *c, const char *student)
{
	unsigned points = 9999, n = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->entries[i].counts &&
		    strcmp(c->entries[i].student, student) == 0) {
			points = c->entries[i].points;
			n++;
		}
	CU_ASSERT_EQUAL(n, 1);
	return points / LESSON_POINT;
}

static void
latest(void)
{
	struct class c = CLASS_INIT;
	LOCAL_BUF text = BUF_INIT;

	add(&c, "a", "2026-11-01T00:00:00Z", 3, NULL);
	add(&c, "a", "2026-11-02T00:00:00Z", 5, NULL);
	add(&c, "a", "2026-11-04T00:00:00Z", 9, NULL);
	add(&c, "b", "2026-11-04T00:00:00Z", 4, NULL);
	add(&c, "c", "2026-11-01T00:00:00Z", 6, NULL);
	add(&c, "c", "2026-11-02T00:00:00Z", 0, "damaged");
	CU_ASSERT_EQUAL(class_settle(&c, "2026-11-03T00:00:00Z"), 0);
	CU_ASSERT_EQUAL(points_that_count(&c, "a"), 5);
	CU_ASSERT_EQUAL(points_that_count(&c, "b"), 4);
	CU_ASSERT_EQUAL(points_that_count(&c, "c"), 6);
	CU_ASSERT_EQUAL(class_put_text(&c, &text), 0);
	CU_ASSERT(strstr(buf_cstr(&text),
		      "a, l: 5/10\n"
		      "    f0 does not count: f1 is later\n"
		      "    f2 came late and does not count\n"
		      "b, l: 4/10 (late)\n"
		      "c, l: 6/10\n"
		      "    f5 does not count: damaged\n") != NULL);
	class_free(&c);
}

/* Two labs: what somebody has not handed in is nothing; a task that nobody has
 * answered comes last. */
static void
sums(void)
{
	static const char *const texts[] = {
		"{\"lab\":\"l\",\"student\":\"a\",\"points\":3,\"of\":10,"
		"\"tasks\":[{\"verdict\":\"MISSING\",\"of\":1},"
		"{\"verdict\":\"BAD\",\"answer\":\"x\",\"of\":1}]}",
		"{\"lab\":\"m\",\"student\":\"b\",\"points\":1,\"of\":5}",
		"{\"lab\":\"m\",\"student\":\"a\",\"points\":2.5,\"of\":5}",
	};
	struct class c = CLASS_INIT;
	LOCAL_BUF out = BUF_INIT;
	const char *hard;

	for (size_t i = 0; i < 3; i++)
		CU_ASSERT_EQUAL(class_take_line(&c, str_of(texts[i])), 0);
	CU_ASSERT_EQUAL(class_settle(&c, NULL), 0);
	CU_ASSERT_EQUAL(class_put_text(&c, &out), 0);
	CU_ASSERT(strstr(buf_cstr(&out),
		      "a, all labs: 5.5/15\nb, all labs: 1/15\n") != NULL);
	buf_clear(&out);
	CU_ASSERT_EQUAL(class_put_json(&c, &out), 0);
	CU_ASSERT(strstr(buf_cstr(&out), "{\"student\":\"a\",\"points\":5.5,"
					 "\"of\":15}") != NULL);
	buf_clear(&out);
	CU_ASSERT_EQUAL(class_put_html(&c, &out), 0);
	CU_ASSERT(strstr(buf_cstr(&out), "5.5/15</td><td class=\"p\">3/10"
					 "</td><td class=\"p\">2.5/5") != NULL);
	hard = strstr(buf_cstr(&out), "The hardest tasks first");
	CU_ASSERT_FATAL(hard != NULL);
	CU_ASSERT(strstr(hard, "<td class=\"p\">2</td>") <
		  strstr(hard, "<td class=\"p\">1</td><td><span"));
	class_free(&c);
}

/* Homework does not take the place of an exam, be it later or better. */
static void
exam_counts(void)
{
	struct class c = CLASS_INIT;
	LOCAL_BUF text = BUF_INIT;

	CU_ASSERT_EQUAL(
	    class_take_line(
		&c, STR("{\"file\":\"exam\",\"lab\":\"l\",\"student\":\"a\","
			"\"date\":\"2026-11-01T00:00:00Z\",\"points\":3,"
			"\"of\":10,\"exam_limit_s\":1800,\"exam_begun\":"
			"\"2026-11-01T00:00:00Z\",\"exam_ended\":"
			"\"2026-11-01T00:20:00Z\"}")),
	    0);
	add(&c, "a", "2026-11-02T00:00:00Z", 9, NULL);
	CU_ASSERT_EQUAL(class_settle(&c, NULL), 0);
	CU_ASSERT_EQUAL(points_that_count(&c, "a"), 3);
	CU_ASSERT_EQUAL(class_put_text(&c, &text), 0);
	CU_ASSERT(strstr(buf_cstr(&text), "f1 is not of the exam") != NULL);
	buf_clear(&text);
	CU_ASSERT_EQUAL(class_put_json(&c, &text), 0);
	CU_ASSERT(strstr(buf_cstr(&text), "\"exam_limit_s\":1800") != NULL);
	class_free(&c);
}

/* Lines that no process of ours writes do no harm. */
static void
lines(void)
{
	static const char *const texts[] = { "", "x", "{", "[]", "{}",
		"{\"tasks\":[1,{},[]]}", "{\"points\":\"x\",\"of\":-1}",
		"{\"points\":99999999999999999999}",
		"{\"tasks\":[{\"points\":1.5,\"of\":2,\"verdict\":\"?\"}]}" };
	struct class c = CLASS_INIT;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		CU_ASSERT_EQUAL(class_take_line(&c, str_of(texts[i])), 0);
	CU_ASSERT_EQUAL(class_settle(&c, NULL), 0);
	CU_ASSERT_EQUAL(class_find_copies(&c), 0);
	class_free(&c);
}

CHECK_MAIN("class", { "rosters", rosters }, { "words", words },
    { "the latest on time", latest }, { "an exam counts", exam_counts },
    { "sums", sums }, { "lines", lines })
