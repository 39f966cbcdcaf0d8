/*
 * Links from inside: a branch that the engine was acted on in is a link that
 * another engine opens, with no file; and memory may be short.
 */
#include "fixtures/check.h"
#include "base/err.h"
#include "base/mem.h"
#include "engine_lab.h"
#include "inputs/inputs.h"
#include "trace/page_link.h"

#include <string.h>

#define LAB  "labs/two-proxies"
#define PAGE "https://example.org/rung.html"

static void
add_records(struct engine *e, size_t branch, struct buf *out)
{
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL_FATAL(engine_records(e, branch, 0, out, &d), 0);
}

/* LINK in the place of what LAB would open; its records. */
static void
open_link(struct engine_lab *lab, struct str link, struct buf *records)
{
	const struct engine_text was = lab->list[0];
	struct engine *e;

	/* The script stays: the link names it. */
	lab->list[lab->n] = was;
	lab->list[0] = (struct engine_text){ LAB "/a.link", link };
	lab->n++;
	e = engine_lab_run(lab);
	CU_ASSERT_PTR_NOT_NULL_FATAL(e);
	add_records(e, 0, records);
	engine_close(e);
	lab->n--;
	lab->list[0] = was;
}

static void
branches_are_links(void)
{
	const struct act crash = { .on = "bob", .verb = "crash" };
	struct engine_progress p;
	struct engine_lab lab;
	struct diag d = DIAG_INIT;
	struct engine *e;

	CU_ASSERT_TRUE_FATAL(
	    engine_lab_read(&lab, LAB) && lab.n < ENGINE_TEXTS);
	e = engine_lab_run(&lab);
	CU_ASSERT_PTR_NOT_NULL_FATAL(e);
	CU_ASSERT_EQUAL_FATAL(engine_act(e, 0, 40, &crash, &d), 0);
	CU_ASSERT_EQUAL_FATAL(engine_advance(e, ENGINE_ACT, 0, &p, &d), 0);
	CU_ASSERT_EQUAL(engine_advance(e, 1, 0, &p, &d), 0);
	for (size_t i = 0; i < 2; i++) {
		struct buf link = BUF_INIT, was = BUF_INIT, is = BUF_INIT;

		add_records(e, i, &was);
		CU_ASSERT_EQUAL_FATAL(engine_link(e, i, PAGE, &link, &d), 0);
		CU_ASSERT_TRUE(str_starts(buf_view(&link), PAGE "#1."));
		CU_ASSERT_TRUE(link.n < 240);
		open_link(&lab, buf_view(&link), &is);
		CU_ASSERT_TRUE(str_eq(buf_view(&was), buf_view(&is)));
		buf_free(&link);
		buf_free(&was);
		buf_free(&is);
	}
	engine_close(e);
	engine_lab_free(&lab);
}

/* There and back, with memory or without. */
static int
make_and_read(void)
{
	struct inputs in = { .topology = mem_strdup("graph { a }"),
		.topology_file = mem_strdup("a.gv") };
	struct inputs back = { .lab = NULL };
	LOCAL_BUF link = BUF_INIT;
	struct diag d = DIAG_INIT;
	int err = in.topology != NULL && in.topology_file != NULL
		      ? inputs_link(&in, "a.html", &link, &d)
		      : ERR_NOMEM;

	if (err == 0)
		err = inputs_take_link(&back, buf_view(&link), &d);
	if (err == 0)
		CU_ASSERT_STRING_EQUAL(back.topology, in.topology);
	inputs_free(&in);
	inputs_free(&back);
	return err;
}

static void
memory_may_be_short(void)
{
	unsigned long all;

	mem_count();
	CU_ASSERT_EQUAL(make_and_read(), 0);
	all = mem_count();
	CU_ASSERT_TRUE(all > 5);
	for (unsigned long n = 1; n <= all; n++) {
		mem_fail_only(n);
		CU_ASSERT_EQUAL(make_and_read(), ERR_NOMEM);
		mem_fail_from(0);
	}
}

/* What is meant as a link, and what is not. */
static void
links_are_told(void)
{
	static const struct {
		const char *text;
		bool is;
	} rows[] = {
		{ "#1.x", true },
		{ " rung:1.x\n", true },
		{ "HTTPS://a", true },
		{ "file:///a/rung.html#1.x", true },
		{ "a/rung.html#9.x", true },
		{ "javascript:a.html#1.x", false },
		{ "#1", false },
		{ "#x.1", false },
		{ "a.lua#1.x", false },
		{ "#1. comment\ngraph { a }", false },
		{ "https is a word", false },
		{ "rung.html", false },
		{ "", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CU_ASSERT_EQUAL(page_link_is(str_of(rows[i].text)), rows[i].is);
}

CHECK_MAIN("links", { "branches are links", branches_are_links },
    { "memory may be short", memory_may_be_short },
    { "links are told", links_are_told })
