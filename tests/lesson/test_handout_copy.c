/* Handouts that change: the commands of a copy's name the copy, and nothing
 * else does; the commands of a task that is asked first stand below a line. */
#include "fixtures/check.h"
#include "lesson/handout.h"

static const struct {
	const char *text, *folder, *want; /* want NULL: as it was */
} rows[] = {
	{ "    rung play busy\n", "mine", "    rung play mine\n" },
	{ "       rung show busy -m method=ACK\n", "hw/1",
	    "       rung show hw/1 -m method=ACK\n" },
	{ "    rung run busy --set bob.busy=true  # busy again\n", "a b",
	    "    rung run 'a b' --set bob.busy=true  # busy again\n" },
	{ "    rung parse labs/busy/ack.sip\n", "mine",
	    "    rung parse mine/ack.sip\n" },
	{ "    rung diff busy cancel", "mine", "    rung diff mine cancel" },
	{ "in a copy, `rung show mine`.\n", "it's",
	    "in a copy, `rung show 'it'\\''s'`.\n" },
	{ "Of `busy` and `rung run busy` the", "作业",
	    "Of `busy` and `rung run 作业` the" },
	/* Other labs, other words, what makes the copy. */
	{ "    rung run busy-2 busy=1 labs/busy-2/a.sip\n", "mine", NULL },
	{ "    rung copy busy mine\n", "hw", NULL },
	{ "rung run busy, as prose, is left\n", "mine", NULL },
	{ "  rung run busy\n", "mine", NULL },
	{ "`rung run busy\n", "mine", NULL },
	{ "`\n``\n```\n    rung\n\n", "mine", NULL },
	{ "", "mine", NULL },
};

static void
texts(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *want =
		    rows[i].want != NULL ? rows[i].want : rows[i].text;
		struct buf out = BUF_INIT;

		CU_ASSERT_EQUAL(handout_put_copy(str_of(rows[i].text), "busy",
				    rows[i].folder, &out),
		    0);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&out), want);
		buf_free(&out);
	}
}

static void
asked_first(void)
{
	static const struct {
		const char *text, *want; /* want NULL: as it was */
	} items[] = {
		{ "## Tasks\n\n1. Who?\n\n       rung run a\n\n2. What?\n",
		    "## Tasks\n\n1. Who?\n\n   When you have answered:\n\n"
		    "       rung run a\n\n2. What?\n" },
		{ "## 任务\n\n1. 谁？\n\n       rung run a\n",
		    "## 任务\n\n1. 谁？\n\n   作答之后：\n\n"
		    "       rung run a\n" },
		{ "## Tasks\n1. Who?\n       rung run a\n   And why?\n",
		    "## Tasks\n1. Who?\n\n   When you have answered:\n"
		    "       rung run a\n   And why?\n" },
		{ "## Tasks\n\n1. Who?\n\n## Try\n\n       rung run a\n",
		    NULL },
		{ "## Tasks\n\n1. Who?", NULL },
	};

	for (size_t i = 0; i < COUNT_OF(items); i++) {
		struct handout h = HANDOUT_INIT;

		buf_puts(&h.text, items[i].text);
		handout_find_tasks(&h);
		for (int twice = 0; twice < 2; twice++) {
			CU_ASSERT_EQUAL(handout_ask_first(&h, 0), 0);
			CU_ASSERT_STRING_EQUAL(buf_cstr(&h.text),
			    items[i].want != NULL ? items[i].want
						  : items[i].text);
		}
		handout_free(&h);
	}
}

CHECK_MAIN("handout_copy", { "texts", texts }, { "asked_first", asked_first })
