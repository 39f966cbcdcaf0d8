/*
 * A hand-in whose date was no date, or was taken out, came on time whatever the
 * deadline, and one from another time zone was compared as a text.
 */
#include "fixtures/check.h"
#include "grade/class.h"
#include "grade/handin.h"
#include "text/json.h"

#include <string.h>

#define DEADLINE "2026-11-30T15:59:59Z"

static const struct row {
	const char *date, *shown;
	bool late, told;
} rows[] = {
	{ "2026-11-30T15:59:59Z", "2026-11-30T15:59:59Z", false, false },
	{ "2026-11-30T16:00:00Z", "2026-11-30T16:00:00Z", true, false },
	{ "2026-11-30T23:59:59+08:00", "2026-11-30T15:59:59Z", false, false },
	{ "2026-11-30T12:00:00-08:00", "2026-11-30T20:00:00Z", true, false },
	{ "soon", "soon", true, true },
	{ "0", "0", true, true },
	{ "2026-13-01T00:00:00Z", "2026-13-01T00:00:00Z", true, true },
	{ " 2026-11-01T00:00:00Z", " 2026-11-01T00:00:00Z", true, true },
	{ "?", "?", true, true },
	/* A folder has none. */
	{ "", "", false, false },
};

static void
add_work(struct class *c, const char *student, const char *date)
{
	LOCAL_BUF line = BUF_INIT;

	buf_puts(&line, "{\"file\":");
	json_put_str(&line, str_of(student));
	json_put_field(&line, "lab", STR("l"));
	json_put_field(&line, "student", str_of(student));
	json_put_field(&line, "date", str_of(date));
	buf_puts(&line, ",\"points\":1,\"of\":9}");
	CU_ASSERT_EQUAL(class_take_line(c, buf_view(&line)), 0);
}

static void
dates(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (int has = 0; has < 2; has++) {
			struct class c = CLASS_INIT;
			const struct class_entry *e;

			add_work(&c, "1", rows[i].date);
			CU_ASSERT_EQUAL(
			    class_settle(&c, has ? DEADLINE : NULL), 0);
			e = &c.entries[0];
			CU_ASSERT_STRING_EQUAL(e->date, rows[i].shown);
			CU_ASSERT_EQUAL(e->late, has && rows[i].late);
			CU_ASSERT_EQUAL(str_find(buf_view(&e->remarks),
					    "is not a date") >= 0,
			    rows[i].told);
			class_free(&c);
		}
}

/* Among several of one student what has no date is not the latest. */
static void
which_counts(void)
{
	struct class c = CLASS_INIT;

	add_work(&c, "1", "2026-11-01T00:00:00Z");
	add_work(&c, "1", "9999");
	CU_ASSERT_EQUAL(class_settle(&c, NULL), 0);
	for (size_t i = 0; i < c.n; i++)
		CU_ASSERT_EQUAL(c.entries[i].counts,
		    strcmp(c.entries[i].date, "9999") != 0);
	class_free(&c);
}

/* A hand-in without its date has one that is none. */
static void
taken_out(void)
{
	static const char text[] =
	    "{\"kind\":\"hand-in\",\"version\":1,\"rung\":\"0.0.0\",\"lab\":"
	    "\"direct-call\",\"student\":\"1\",\"answers\":"
	    "{\"lab\":\"direct-call\",\"student\":\"1\","
	    "\"tasks\":[]},\"runs\":[]}";
	struct diag d = DIAG_INIT;
	struct work w = WORK_INIT;

	(void)handin_read_text(&w, str_of(text), "x.rung", NULL, &d);
	CU_ASSERT_PTR_NOT_NULL_FATAL(w.date);
	CU_ASSERT_STRING_EQUAL(w.date, "?");
	work_free(&w);
}

CHECK_MAIN("late_without_date", { "dates", dates },
    { "which counts", which_counts }, { "taken out", taken_out })
