/*
 * Who heard nothing of whom in a call that its messages ended well: a lab that
 * is about that, and small ones that are made here.
 */
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "outcome/outcome.h"

#include <stdlib.h>

/* The outcomes of the INVITEs in the trace of LAB are called TOLD, in their
 * order; TEXT is in the sentence of the first. */
static void
try_lab(const char *lab, const char *told, const char *text)
{
	const struct lab_options options = LAB_OPTIONS;
	struct trace *t = lab_trace(lab, &options);
	struct outcomes *o = NULL;
	LOCAL_BUF all = BUF_INIT, first = BUF_INIT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(outcomes_read(&o, t), 0);
	for (size_t i = 0; i < outcomes_count(o); i++) {
		const struct outcome *one = outcomes_at(o, i);

		if (!str_is(one->method, "INVITE"))
			continue;
		if (all.n == 0)
			outcome_put_sentence(one, &first);
		buf_printf(
		    &all, "%s%s", all.n > 0 ? " " : "", outcome_name(one->id));
	}
	if (strcmp(buf_cstr(&all), told) != 0 ||
	    strstr(buf_cstr(&first), text) == NULL)
		printf("BAD %s: %s (%s), expected %s (%s)\n", lab,
		    buf_cstr(&all), buf_cstr(&first), told, text);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&all), told);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&first), text));
	outcomes_destroy(o);
	trace_destroy(t);
}

static void
a_lab_is_told(void)
{
	try_lab("labs/one-way-audio",
	    "one-way-media ended-on-hold one-way-media one-way-media",
	    "alice heard nothing of bob, whose packets went to "
	    "192.168.1.20:49170.");
}

/* Of many allocations each of a few fails. */
static void
allocations_fail(void)
{
	const struct lab_options options = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/one-way-audio", &options);
	struct outcomes *o = NULL;
	unsigned long n = 1;
	int err = ERR_NOMEM;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (; err != 0 && n < 1000000; n += n < 50 ? 1 : n / 10) {
		mem_fail_from(n);
		err = outcomes_read(&o, t);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		outcomes_destroy(o);
		o = NULL;
	}
	CU_ASSERT_EQUAL(err, 0);
	trace_destroy(t);
}

/* ---- small labs ---- */

/* What happens between the answer and the BYE after 6 s; further words of a's
 * and b's attributes, and of b's link. */
static const struct {
	const char *meanwhile, *a, *b, *link, *told, *text;
} rows[] = {
	{ "", "", "", "", "ended", "a ended the call after 6.0" },
	/* What is late comes behind its turn. */
	{ "", "", "", ", jitter=\"400ms\"", "media-late", "heard little of" },
	/* The link comes up again for the BYE that is sent once more. */
	{ "at(\"5s\", function() link(\"net\", \"b\"):down() end)\n"
	  "at(\"7s\", function() link(\"net\", \"b\"):up() end)\n",
	    "", "", "", "media-stopped", "heard nothing of" },
	/* It comes up before. */
	{ "at(\"2s\", function() link(\"net\", \"b\"):down() end)\n"
	  "at(\"3s\", function() link(\"net\", \"b\"):up() end)\n",
	    "", "", "", "ended", "a ended" },
	/* Nobody wants to hear. */
	{ "", ", media=false", ", media=false", "", "ended", "a ended" },
};

static bool
write_file(const char *folder, const char *name, const struct buf *b)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return buf_write_file(b, path) == 0;
}

static void
small_labs_are_told(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		LOCAL_BUF lab = BUF_INIT, graph = BUF_INIT;
		char folder[] = "/tmp/outcome_XXXXXX", path[96];

		CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
		buf_printf(&lab,
		    "lab { title = \"m\", topology = \"m.gv\", duration = "
		    "\"20s\" }\n%sscript(function()\n"
		    "local call = node(\"a\"):invite(\"b\")\n"
		    "if wait(call, \"confirmed\") then sleep \"6s\" "
		    "call:bye() end\nend)\n",
		    rows[i].meanwhile);
		buf_printf(&graph,
		    "graph m {\nedge [delay=\"10ms\"]\n"
		    "a [role=ua, media=true%s]\nnet [shape=ellipse]\n"
		    "b [role=ua, media=true, answer=\"0s\"%s]\n"
		    "a -- net\nnet -- b [delay=\"10ms\"%s]\n}\n",
		    rows[i].a, rows[i].b, rows[i].link);
		CU_ASSERT_TRUE_FATAL(write_file(folder, "lab.lua", &lab));
		CU_ASSERT_TRUE_FATAL(write_file(folder, "m.gv", &graph));
		try_lab(folder, rows[i].told, rows[i].text);
		snprintf(path, sizeof(path), "%s/lab.lua", folder);
		unlink(path);
		snprintf(path, sizeof(path), "%s/m.gv", folder);
		unlink(path);
		rmdir(folder);
	}
}

CHECK_MAIN("outcome media", { "a lab about it", a_lab_is_told },
    { "allocations fail", allocations_fail },
    { "small labs", small_labs_are_told })
