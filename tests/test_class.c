/*
 * A class's marks: rosters as schools write them, which of several submissions
 * counts, and answers that are alike, which honest students' never are.
 */
#include "check.h"
#include "base/err.h"
#include "base/mem.h"
#include "grade/class.h"
#include "trace/json.h"

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
		{ "id,name\n1,A\n1,B\n", 0, 1, "1", "A", "", "already" },
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

/* ---- which counts ---- */

static void
add(struct class *c, const char *student, const char *date, unsigned points,
    const char *failed)
{
	struct buf line = BUF_INIT;

	buf_printf(&line,
	    "{\"file\":\"f%zu\",\"lab\":\"l\",\"student\":\"%s\","
	    "\"date\":\"%s\",\"points\":%u,\"of\":10",
	    c->n, student, date, points);
	if (failed != NULL)
		json_put_field(&line, "failed", str_of(failed));
	buf_putc(&line, '}');
	CU_ASSERT_EQUAL(class_take_line(c, buf_view(&line)), 0);
	buf_free(&line);
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
	struct buf text = BUF_INIT;

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
	CU_ASSERT(
	    strstr(buf_cstr(&text), "a, l: 5/10\n"
				    "    f0 does not count\n"
				    "    f2 came late and does not count\n"
				    "b, l: 4/10 (late)\n"
				    "c, l: 6/10\n"
				    "    f5 does not count\n") != NULL);
	buf_free(&text);
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
	CU_ASSERT_EQUAL(class_find_alike(&c), 0);
	class_free(&c);
}

/* ---- alike ---- */

static uint64_t random_state;

static unsigned
draw(unsigned n)
{
	random_state =
	    random_state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(random_state >> 33) % n;
}

#define TASKS 6
#define LABS  3

/* A student's answers: of the first three tasks a mistake that most make, of
 * the others wrong numbers of all kinds; what is right there is another for
 * each student. */
struct made {
	unsigned answers[TASKS];
	bool right[TASKS];
};

static void
make_answers(struct made *m, unsigned student)
{
	for (unsigned t = 0; t < TASKS; t++) {
		m->right[t] = draw(100) < 60;
		m->answers[t] = m->right[t] ? 5000 + (t < 3 ? 0 : student)
				: t < 3     ? draw(10) < 8 ? 1 : 2 + draw(2)
					    : 10 + draw(400);
	}
}

static void
put_work(struct class *c, unsigned lab, unsigned student, const struct made *m)
{
	struct buf line = BUF_INIT;

	buf_printf(&line,
	    "{\"file\":\"%u\",\"lab\":\"l%u\",\"student\":\"%u\","
	    "\"points\":1,\"of\":6,\"tasks\":[",
	    student, lab, student);
	for (unsigned t = 0; t < TASKS; t++)
		buf_printf(&line,
		    "%s{\"task\":%u,\"verdict\":\"%s\",\"points\":%d,"
		    "\"of\":1,\"answer\":\"%u\",\"believed\":\"x\"}",
		    t > 0 ? "," : "", t + 1, m->right[t] ? "GOOD" : "BAD",
		    m->right[t], m->answers[t]);
	buf_puts(&line, "]}");
	CU_ASSERT_EQUAL(class_take_line(c, buf_view(&line)), 0);
	buf_free(&line);
}

/* A class of N with so many labs; with COPIED the last student has all from the
 * one before, whose numbers are not the student's own. */
static void
make_class(struct class *c, unsigned n, unsigned labs, bool copied)
{
	for (unsigned lab = 0; lab < labs; lab++) {
		struct made m;

		for (unsigned i = 0; i < n; i++) {
			if (!copied || i < n - 1)
				make_answers(&m, i);
			for (unsigned t = 3; copied && i == n - 1 && t < TASKS;
			     t++)
				m.right[t] = false;
			put_work(c, lab, i, &m);
		}
	}
	CU_ASSERT_EQUAL(class_settle(c, NULL), 0);
	CU_ASSERT_EQUAL(class_find_alike(c), 0);
}

/* 1,000 classes of 40 have 780,000 pairs. */
static void
honest(void)
{
	unsigned classes = IS_SANITIZED ? 20 : 1000, called = 0;

	random_state = 1;
	for (unsigned i = 0; i < classes; i++) {
		struct class c = CLASS_INIT;

		make_class(&c, 40, 1 + i % LABS, false);
		called += c.npairs > 0;
		class_free(&c);
	}
	printf("  %u of %u classes have a pair\n", called, classes);
	CU_ASSERT_EQUAL(called, 0);
}

static void
copied(void)
{
	unsigned found = 0;

	random_state = 7;
	for (unsigned i = 0; i < 20; i++) {
		struct class c = CLASS_INIT;

		make_class(&c, 40, LABS, true);
		for (size_t k = 0; k < c.npairs; k++) {
			/* Nobody else is named. */
			CU_ASSERT_STRING_EQUAL(
			    c.entries[c.pairs[k].a].student, "38");
			CU_ASSERT_STRING_EQUAL(
			    c.entries[c.pairs[k].b].student, "39");
		}
		found += c.npairs > 0;
		class_free(&c);
	}
	printf("  %u of 20 copies are named\n", found);
	CU_ASSERT(found >= 15);
}

CHECK_MAIN("class", { "rosters", rosters }, { "the latest on time", latest },
    { "lines", lines }, { "honest students", honest }, { "a copy", copied })
