/*
 * Requests of 119 sizes that are too large for UDP were 119 remarks, and each
 * repetition that came too early was a warning of its own, since their words
 * name bytes and milliseconds.  The same mistake of one node is one finding.
 */
#include "fixtures/inspect_check.h"
#include "fixtures/inspect_scene.h"
#include "rules/rule_names.h"

#define MANY 12

static uint64_t
count_one(struct buf *text, enum rule_id rule)
{
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	struct inspect *in;
	uint64_t n = 0, count = 0;

	scene_write(buf_cstr(text), false, &out);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "scene", &d), 0);
	in = inspect_trace(t, "scene");
	for (size_t i = 0; i < inspect_report(in)->nfindings; i++) {
		const struct inspect_finding *f =
		    &inspect_report(in)->findings[i];

		if (inspect_clause_at(f->clause)->rule != rule)
			continue;
		n++;
		count += f->count;
	}
	CU_ASSERT_EQUAL(n, 1);
	inspect_destroy(in);
	trace_destroy(t);
	buf_free(&out);
	buf_free(text);
	return count;
}

static void
sizes_are_one(void)
{
	struct buf text = BUF_INIT;

	for (int i = 0; i < MANY; i++) {
		buf_printf(&text,
		    "%d a>b OPTIONS c=c%d cs=%d | Subject: ", 10 * i, i, i + 1);
		for (int k = 0; k < 1300 + i; k++)
			buf_putc(&text, 'x');
		buf_putc(&text, '\n');
	}
	CU_ASSERT_EQUAL(count_one(&text, RULE_TRANSPORT_SIZE), MANY);
}

static void
repetitions_are_one(void)
{
	struct buf text = BUF_INIT;

	for (int i = 0; i < MANY; i++)
		buf_printf(&text,
		    "%d a>b OPTIONS c=c%d br=z9hG4bKx%d\n"
		    "%d a>b again OPTIONS\n",
		    1000 * i, i, i, 1000 * i + 100 + i);
	CU_ASSERT_EQUAL(count_one(&text, RULE_NICT_TIMER_E), MANY);
}

static void
numbers_are_one(void)
{
	struct buf text = BUF_INIT;

	for (int i = 0; i < MANY; i++)
		buf_printf(&text,
		    "%d a>b OPTIONS c=c%d br=z9hG4bKx%d cs=%d\n"
		    "%d b>a 200/OPTIONS c=c%d | CSeq: %d OPTIONS\n",
		    10 * i, i, i, i + 1, 10 * i + 5, i, i + 40);
	CU_ASSERT_EQUAL(count_one(&text, RULE_RESPONSE_FIELDS), MANY);
}

CHECK_MAIN("one mistake counted", { "sizes", sizes_are_one },
    { "early repetitions", repetitions_are_one },
    { "numbers", numbers_are_one })
