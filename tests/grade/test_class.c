/*
 * A class's marks: rosters as schools write them, which of several submissions
 * counts, and answers that are alike, which honest students' never are.
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

#define TASKS   6
#define OPTIONS 4
#define LABS    4
#define PEOPLE  40

/*
 * A student's answers: in the first three tasks an option, of which 0 is right
 * and 1 a mistake that most make, and which has another letter for each
 * student; in the others wrong numbers of all kinds, and what is right there is
 * another for each student.
 */
struct made {
	unsigned answers[TASKS];
	bool right[TASKS];
	char letters[3][OPTIONS]; /* of each option */
};

static void
draw_letters(char *letters)
{
	for (unsigned i = 0; i < OPTIONS; i++) {
		unsigned k = draw(i + 1);

		letters[i] = letters[k];
		letters[k] = (char)('a' + i);
	}
}

/* What is right in the last three tasks for STUDENT; SPREAD: of so many values,
 * half of the wrong answers being the next of them; 0: nobody else's. */
static unsigned spread;

static unsigned
right_value(unsigned student)
{
	return 5000 + (spread > 0 ? student % spread : student);
}

static unsigned
wrong_value(unsigned student)
{
	if (spread > 0 && draw(2) == 0)
		return right_value(student + 1);
	return 10 + draw(400);
}

static void
make_answers(struct made *m, unsigned student)
{
	for (unsigned t = 0; t < TASKS; t++) {
		m->right[t] = draw(100) < 60;
		if (t < 3) {
			draw_letters(m->letters[t]);
			m->answers[t] = m->right[t]    ? 0
					: draw(10) < 8 ? 1
						       : 2 + draw(2);
		} else {
			m->answers[t] = m->right[t] ? right_value(student)
						    : wrong_value(student);
		}
	}
}

static void
put_task(struct buf *line, unsigned t, const struct made *m)
{
	buf_printf(line,
	    "%s{\"task\":%u,\"verdict\":\"%s\",\"points\":%d,\"of\":1,",
	    t > 0 ? "," : "", t + 1, m->right[t] ? "GOOD" : "BAD", m->right[t]);
	if (t < 3)
		buf_printf(line,
		    "\"kind\":\"choice\",\"plain\":\"%c\",\"believed\":\"o%"
		    "u\"}",
		    m->letters[t][m->answers[t]], m->answers[t]);
	else
		buf_printf(line, "\"plain\":\"%u\",\"believed\":\"x\"}",
		    m->answers[t]);
}

static void
put_work(struct class *c, unsigned lab, unsigned student, const struct made *m)
{
	LOCAL_BUF line = BUF_INIT;

	buf_printf(&line,
	    "{\"file\":\"%u\",\"lab\":\"l%u\",\"student\":\"%u\","
	    "\"points\":1,\"of\":6,\"tasks\":[",
	    student, lab, student);
	for (unsigned t = 0; t < TASKS; t++)
		put_task(&line, t, m);
	buf_puts(&line, "]}");
	CU_ASSERT_EQUAL(class_take_line(c, buf_view(&line)), 0);
}

/* What the last student has from the one before. */
enum copied { NOTHING, NUMBERS, OPTIONS_TOO, LETTERS, LETTERS_ALONE, OWN };

static void
copy_numbers(struct made *m, const struct made *from)
{
	for (unsigned t = 3; t < TASKS; t++) {
		m->answers[t] = from->answers[t];
		m->right[t] = false;
	}
}

static void
copy_choices(struct made *m, const struct made *from, bool letters)
{
	for (unsigned t = 0; t < 3; t++) {
		char letter = from->letters[t][from->answers[t]];
		unsigned o = from->answers[t];

		for (unsigned i = 0; letters && i < OPTIONS; i++)
			if (m->letters[t][i] == letter)
				o = i;
		m->answers[t] = o;
		m->right[t] = o == 0;
	}
}

/* One task has values of one's own, wrong in any way unless RIGHT; all others
 * are right. */
static void
make_own(struct made *m, unsigned student, bool right)
{
	for (unsigned t = 0; t < TASKS; t++) {
		m->right[t] = t < 3 || right;
		m->answers[t] = t < 3   ? 0
				: right ? right_value(student)
					: 10 + draw(5000);
	}
	/* The last two tasks are the same for everybody. */
	m->answers[4] = m->answers[5] = 7;
	m->right[4] = m->right[5] = true;
}

static void
copy_own(struct made *m, const struct made *from)
{
	m->answers[3] = from->answers[3];
	m->right[3] = false;
}

static void
make_class(struct class *c, unsigned n, unsigned labs, enum copied copied)
{
	for (unsigned lab = 0; lab < labs; lab++) {
		struct made m, before = { .right = { false } };

		for (unsigned i = 0; i < n; i++) {
			make_answers(&m, i);
			if (copied == OWN) {
				make_own(&m, i, i + 2 >= n);
				if (i == n - 1)
					copy_own(&m, &before);
				put_work(c, lab, i, &m);
				before = m;
				continue;
			}
			if (i == n - 1 && copied != NOTHING &&
			    copied != LETTERS_ALONE)
				copy_numbers(&m, &before);
			if (i == n - 1 && copied > NUMBERS)
				copy_choices(&m, &before, copied >= LETTERS);
			put_work(c, lab, i, &m);
			before = m;
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

		/* Own values of a large range, and of small ones. */
		spread = i % 3 == 0 ? 0 : 1 + i % 7;
		make_class(&c, PEOPLE, 1 + i % LABS, NOTHING);
		called += c.npairs > 0;
		class_free(&c);
	}
	spread = 0;
	printf("  %u of %u classes have a pair\n", called, classes);
	CU_ASSERT_EQUAL(called, 0);
}

/* So many of 20 classes in which the last one has copied have that pair. */
static unsigned
count_found(unsigned labs, enum copied copied)
{
	unsigned found = 0;

	random_state = 7;
	for (unsigned i = 0; i < 20; i++) {
		struct class c = CLASS_INIT;

		make_class(&c, PEOPLE, labs, copied);
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
	return found;
}

/* Whoever has copied is named, whether options were copied by their letters or
 * by what they say, or left alone. */
static void
copied(void)
{
	static const struct {
		unsigned labs;
		enum copied copied;
	} rows[] = { { 4, NUMBERS }, { 3, OPTIONS_TOO }, { 3, LETTERS },
		{ 12, LETTERS_ALONE }, { 3, OWN } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		unsigned found = count_found(rows[i].labs, rows[i].copied);

		printf("  row %zu: %u of 20 copies are named\n", i, found);
		CU_ASSERT(found >= 15);
	}
}

CHECK_MAIN("class", { "rosters", rosters }, { "the latest on time", latest },
    { "an exam counts", exam_counts }, { "sums", sums }, { "lines", lines },
    { "honest students", honest }, { "a copy", copied })
