/*
 * A classmate's file with one's own number inside, later than one's own, took
 * the place of it without a word.  What a file's, a folder's or the roster's
 * name says is told where it is another number, and such a file never counts
 * before one that agrees.
 */
#include "fixtures/check.h"
#include "grade/class.h"
#include "text/json.h"

#include <string.h>

static const char roster[] = "学号,姓名\n2023001,张三\n2023002,李四\n"
			     "2023003,张三丰\n2023004,Li Wei\n"
			     "20230011,王五\n";

static void
add_work(struct class *c, const char *file, const char *student,
    const char *date, unsigned points)
{
	LOCAL_BUF line = BUF_INIT;

	buf_puts(&line, "{\"file\":");
	json_put_str(&line, str_of(file));
	json_put_field(&line, "lab", STR("l"));
	json_put_field(&line, "student", str_of(student));
	json_put_field(&line, "date", str_of(date));
	buf_printf(&line, ",\"points\":%u,\"of\":9}", points);
	CU_ASSERT_EQUAL(class_take_line(c, buf_view(&line)), 0);
}

static void
begin_class(struct class *c, bool rostered)
{
	struct diag d = DIAG_INIT;

	*c = CLASS_INIT;
	if (rostered)
		CU_ASSERT_EQUAL(roster_read_text(&c->roster, str_of(roster),
				    "class.csv", &d),
		    0);
}

static const struct class_entry *
find_counting(const struct class *c, const char *student)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->entries[i].counts &&
		    strcmp(c->entries[i].student, student) == 0)
			return &c->entries[i];
	return NULL;
}

/* ---- what names say ---- */

/* NAMED: the number that FILE says; "": none. */
static const struct row {
	const char *file, *inside, *named;
	bool rostered;
} rows[] = {
	{ "2023001.rung", "2023001", "2023001", true },
	{ "hw_2023002_final.rung", "2023001", "2023002", true },
	{ "x.rung", "2023001", "", true },
	{ "张三_作业.rung", "2023001", "2023001", true },
	{ "李四.rung", "2023001", "2023002", true },
	{ "张三丰.rung", "2023001", "2023003", true },
	{ "张三丰.rung", "2023003", "2023003", true },
	{ "li_wei-hw1.rung", "2023001", "2023004", true },
	{ "20230011.rung", "2023001", "20230011", true },
	{ "20230011.rung", "20230011", "20230011", true },
	{ "2023001 and 2023002.rung", "2023002", "2023002", true },
	/* The outermost folder is the platform's. */
	{ "2023002_李四/2023001.rung", "2023001", "2023002", true },
	{ "week 3/2023002/2023001.rung", "2023001", "2023002", true },
	{ "2023001/lab of 2023002/x.rung", "2023001", "2023001", true },
	/* A number that nobody has, but the school gives. */
	{ "2023009.rung", "2023001", "2023009", true },
	{ "2023009.rung", "2023001", "2023009", false },
	/* No numbers of students. */
	{ "20261121.rung", "20260001", "", false },
	{ "20261321.rung", "20260001", "20261321", false },
	{ "homework2.rung", "1", "", false },
	{ "8613800.rung", "2023001", "", false },
	{ "2023.rung", "2023001", "", false },
	{ "12023002.rung", "2023001", "", true },
};

static void
names(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		bool other =
		    r->named[0] != '\0' && strcmp(r->named, r->inside) != 0;
		struct class c;

		begin_class(&c, r->rostered);
		add_work(&c, r->file, r->inside, "2026-11-01T00:00:00Z", 9);
		add_work(&c, "z", "2", "2026-11-01T00:00:00Z", 9);
		CU_ASSERT_EQUAL(class_settle(&c, NULL), 0);
		for (size_t k = 0; k < c.n; k++) {
			const struct class_entry *e = &c.entries[k];

			if (strcmp(e->file, r->file) != 0)
				continue;
			if (strcmp(e->named, r->named) != 0)
				printf("BAD  “%s” says “%s”, not “%s”\n",
				    e->file, e->named, r->named);
			CU_ASSERT_STRING_EQUAL(e->named, r->named);
			CU_ASSERT_EQUAL(e->misnamed, other);
			CU_ASSERT((strstr(buf_cstr(&c.remarks),
				       "its name says") != NULL) == other);
		}
		class_free(&c);
	}
}

/* Work without a number inside is of whom its name says: by a number that
 * stands alone, not by one that is a part of another. */
static void
number_alone(void)
{
	static const struct {
		const char *file, *student;
	} files[] = { { "2023002.rung", "2023002" },
		{ "hw_2023002-2.rung", "2023002" },
		{ "作业2023002号.rung", "2023002" }, { "U2023002.rung", "" },
		{ "2023002X.rung", "" }, { "12023002.rung", "" } };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct class c;

		begin_class(&c, true);
		add_work(&c, files[i].file, "", "2026-11-01T00:00:00Z", 9);
		CU_ASSERT_EQUAL(class_settle(&c, NULL), 0);
		CU_ASSERT_STRING_EQUAL(c.entries[0].student, files[i].student);
		CU_ASSERT_EQUAL(
		    c.entries[0].row != NULL, files[i].student[0] != '\0');
		class_free(&c);
	}
}

/* ---- which counts ---- */

/* At rung serve others said this number, too, or were put out. */
static void
first_one_counts(void)
{
	static const char *const files[] = { "l-2023001.out.rung",
		"l-2023001.other7.2.rung", "l-2023001.2.rung" };

	for (size_t n = 1; n <= 3; n++) {
		struct class c;
		const struct class_entry *e;

		begin_class(&c, true);
		for (size_t i = n; i-- > 0;)
			add_work(&c, files[i], "2023001",
			    i == 0 ? "2026-11-03T00:00:00Z"
				   : "2026-11-02T00:00:00Z",
			    9);
		CU_ASSERT_EQUAL(class_settle(&c, NULL), 0);
		e = find_counting(&c, "2023001");
		CU_ASSERT_PTR_NOT_NULL_FATAL(e);
		CU_ASSERT_STRING_EQUAL(e->file, files[n - 1]);
		CU_ASSERT_EQUAL(
		    strstr(buf_cstr(&e->remarks), "was excluded") != NULL,
		    n < 3);
		/* Of two who are there neither is taken in silence. */
		CU_ASSERT_EQUAL(strstr(buf_cstr(&e->remarks),
				    "another person has used") != NULL,
		    n == 3);
		CU_ASSERT_EQUAL(e->contested, n == 3);
		class_free(&c);
	}
}

static void
agreeing_one_counts(void)
{
	static const char *const others[] = { "2023002.rung",
		"2023002_x/2023001.rung", "李四/x.rung", "李四.zip/x.rung" };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		const struct class_entry *e;
		struct buf text = BUF_INIT;
		struct class c;

		begin_class(&c, true);
		add_work(
		    &c, "2023001.rung", "2023001", "2026-11-01T00:00:00Z", 9);
		add_work(&c, others[i], "2023001", "2026-11-02T00:00:00Z", 0);
		CU_ASSERT_EQUAL(class_settle(&c, NULL), 0);
		e = find_counting(&c, "2023001");
		CU_ASSERT_PTR_NOT_NULL_FATAL(e);
		CU_ASSERT_EQUAL(e->points, 9 * LESSON_POINT);
		CU_ASSERT_EQUAL(class_put_text(&c, &text), 0);
		CU_ASSERT(strstr(buf_cstr(&text), others[i]) != NULL);
		CU_ASSERT(strstr(buf_cstr(&text),
			      "does not count: its name says 2023002") != NULL);
		CU_ASSERT(strstr(buf_cstr(&text),
			      "its name says 2023002, but the number in it is "
			      "2023001") != NULL);
		CU_ASSERT(
		    strstr(buf_cstr(&text), "nothing from 2023002") != NULL);
		buf_free(&text);
		class_free(&c);
	}
}

/* Neither a late nor a better one, nor one of an exam, is overtaken by what has
 * another's name. */
static void
never_before(void)
{
	const struct class_entry *e;
	struct class c;

	begin_class(&c, true);
	add_work(&c, "2023001.rung", "2023001", "2026-11-09T00:00:00Z", 3);
	add_work(&c, "2023002.rung", "2023001", "2026-11-01T00:00:00Z", 9);
	CU_ASSERT_EQUAL(class_settle(&c, "2026-11-05T00:00:00Z"), 0);
	e = find_counting(&c, "2023001");
	CU_ASSERT_PTR_NOT_NULL_FATAL(e);
	CU_ASSERT_EQUAL(e->points, 3 * LESSON_POINT);
	CU_ASSERT(e->late);
	class_free(&c);
}

/* Alone it counts, and is told beside the marks, in every form. */
static void
alone(void)
{
	static int (*const puts[])(const struct class *, struct buf *) = {
		class_put_text, class_put_csv, class_put_html, class_put_json
	};
	struct class c;

	begin_class(&c, true);
	add_work(&c, "2023002.rung", "2023001", "2026-11-01T00:00:00Z", 9);
	CU_ASSERT_EQUAL(class_settle(&c, NULL), 0);
	CU_ASSERT_PTR_NOT_NULL(find_counting(&c, "2023001"));
	for (size_t i = 0; i < sizeof(puts) / sizeof(puts[0]); i++) {
		struct buf text = BUF_INIT;

		CU_ASSERT_EQUAL(puts[i](&c, &text), 0);
		CU_ASSERT(
		    strstr(buf_cstr(&text), "its name says 2023002") != NULL);
		buf_free(&text);
	}
	class_free(&c);
}

/* Work without a number is whose name it has, which is told. */
static void
without_number(void)
{
	const struct class_entry *e;
	struct class c;

	begin_class(&c, true);
	add_work(&c, "李四/answers", "", "", 5);
	CU_ASSERT_EQUAL(class_settle(&c, NULL), 0);
	e = find_counting(&c, "2023002");
	CU_ASSERT_PTR_NOT_NULL_FATAL(e);
	CU_ASSERT_PTR_NOT_NULL(e->row);
	CU_ASSERT(!e->misnamed);
	CU_ASSERT(strstr(buf_cstr(&e->remarks), "no student number") != NULL);
	class_free(&c);
}

CHECK_MAIN("classmates_later_file", { "a number stands alone", number_alone },
    { "what names say", names },
    { "the one that agrees counts", agreeing_one_counts },
    { "who said the number first counts", first_one_counts },
    { "never before it", never_before }, { "alone", alone },
    { "without a number", without_number })
