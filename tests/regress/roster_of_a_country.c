/*
 * Each row of a roster was looked for among all those before it, and each known
 * student among all others: 200,000 rows took more than a minute.
 */
#include "base/err.h"
#include "grade/class.h"

#include "fixtures/check.h"

#include <time.h>

#define ROWS   200000u
#define OTHERS 150000u /* the rest are there already, otherwise spelled */

/* Seconds of the processor, of which a fifth is taken; what was
 * quadratic took sixty times as much. */
#define SECONDS_MOST (IS_SANITIZED ? 10.0 : 1.0)

static double
processor_seconds(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

static void
put_rows(struct buf *text)
{
	buf_puts(text, "id,name\n");
	for (unsigned i = 0; i < ROWS; i++)
		buf_printf(text, "%s%u,n\n", i < OTHERS ? "s" : " S",
		    10000000 + i % OTHERS);
}

static void
is_read_and_searched_in_a_second(void)
{
	struct class c = CLASS_INIT;
	struct diag d = DIAG_INIT;
	LOCAL_BUF text = BUF_INIT;
	double begun;

	put_rows(&text);
	begun = processor_seconds();
	CU_ASSERT_EQUAL_FATAL(
	    roster_read_text(&c.roster, buf_view(&text), "r.csv", &d), 0);
	CU_ASSERT_EQUAL(c.roster.n, OTHERS);
	CU_ASSERT_EQUAL(
	    str_count(buf_view(&c.roster.remarks), '\n'), ROWS - OTHERS);
	CU_ASSERT_PTR_EQUAL(
	    roster_find(&c.roster, "S10149999 "), &c.roster.rows[OTHERS - 1]);
	CU_ASSERT_PTR_NULL(roster_find(&c.roster, "s10150000"));
	CU_ASSERT_TRUE(processor_seconds() - begun < SECONDS_MOST);
	CU_ASSERT_EQUAL(
	    class_take_line(&c, STR("{\"file\":\"s10149999\"}")), 0);
	begun = processor_seconds();
	CU_ASSERT_EQUAL(submission_owner_find(&c), 0);
	CU_ASSERT_TRUE(processor_seconds() - begun < SECONDS_MOST);
	CU_ASSERT_STRING_EQUAL(c.entries[0].student, "s10149999");
	class_free(&c);
}

CHECK_MAIN("roster_of_a_country",
    { "is read and searched in a second", is_read_and_searched_in_a_second })
