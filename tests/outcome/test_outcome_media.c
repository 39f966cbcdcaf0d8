/*
 * Who heard nothing of whom in a call that its messages ended well: a lab that
 * is about that, and small ones that are made here.
 */
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/exported.h"
#include "fixtures/labs.h"
#include "outcome/outcome.h"

#include <stdlib.h>

/* The outcomes of T's INVITEs are called TOLD, in their order; TEXT is in a
 * sentence of theirs. */
static void
try_trace(
    const struct trace *t, const char *what, const char *told, const char *text)
{
	struct outcomes *o = NULL;
	LOCAL_BUF all = BUF_INIT, words = BUF_INIT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(outcomes_read(&o, t), 0);
	for (size_t i = 0; i < outcomes_count(o); i++) {
		const struct outcome *one = outcomes_at(o, i);

		if (!str_is(one->method, "INVITE"))
			continue;
		outcome_put_sentence(one, &words);
		buf_puts(&words, " ");
		buf_printf(
		    &all, "%s%s", all.n > 0 ? " " : "", outcome_name(one->id));
	}
	if (strcmp(buf_cstr(&all), told) != 0 ||
	    strstr(buf_cstr(&words), text) == NULL)
		printf("BAD %s: %s (%s), expected %s (%s)\n", what,
		    buf_cstr(&all), buf_cstr(&words), told, text);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&all), told);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&words), text));
	outcomes_destroy(o);
}

static void
try_lab(const char *lab, const char *told, const char *text)
{
	const struct lab_options options = LAB_OPTIONS;
	struct trace *t = lab_trace(lab, &options);

	try_trace(t, lab, told, text);
	trace_destroy(t);
}

/* The same of a capture of it at NODE; NULL: of all links. */
static void
try_capture(
    const char *lab, const char *node, const char *told, const char *text)
{
	const struct lab_options options = { .detail = TRACE_NETWORK };
	struct trace *t = lab_trace(lab, &options);
	struct trace *c = t != NULL ? export_trace_at(t, lab, node) : NULL;

	try_trace(c, node != NULL ? node : lab, told, text);
	trace_destroy(c);
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

static void
its_captures_are_told(void)
{
	static const struct {
		const char *node, *told, *text;
	} all[] = {
		/* What frank and gina send is seen, and not that it does not
		 * arrive. */
		{ NULL, "one-way-media ended-on-hold ended ended",
		    "192.168.1.20 heard nothing of 192.0.2.30, whose packets "
		    "went to 192.168.1.20:49170." },
		{ "alice", "no-media-seen",
		    "No media from 192.0.2.30 to 192.168.1.20 are seen, "
		    "although 192.168.1.20 sends to 192.0.2.30:49170." },
		{ "erin", "no-media-seen", "No media from" },
		{ "hugo", "no-more-media-seen", "in the last 3." },
		{ "carol", "ended-on-hold", "" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		try_capture("labs/one-way-audio", all[i].node, all[i].told,
		    all[i].text);
}

/* Of many allocations each of a few fails. */
static void
fail_allocations(const struct trace *t)
{
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
}

static void
allocations_fail(void)
{
	const struct lab_options options = { .detail = TRACE_NETWORK };
	struct trace *t = lab_trace("labs/one-way-audio", &options);
	struct trace *c = export_trace(t, "one-way-audio");

	fail_allocations(t);
	fail_allocations(c);
	trace_destroy(c);
	trace_destroy(t);
}

/* Its records of media have other bytes. */
static void
captures_are_hostile(void)
{
	const struct lab_options options = { .detail = TRACE_NETWORK };
	struct trace *t = lab_trace("labs/one-way-audio", &options);
	struct trace *c = export_trace(t, "one-way-audio");
	unsigned read = 0;

	for (unsigned seed = 0; seed < 60; seed++) {
		LOCAL_BUF text = BUF_INIT;
		struct outcomes *o = NULL;
		struct trace *other = NULL;
		struct diag d = DIAG_INIT;

		for (uint64_t seq = 0; seq <= trace_count(c); seq++) {
			size_t at = text.n;

			buf_str(&text, trace_line(c, seq));
			buf_putc(&text, '\n');
			if (seq == 0 || trace_kind_of(c, seq) != TRACE_MEDIA)
				continue;
			for (at += 60 + seed * 7; at < text.n; at += 97 + seed)
				if (text.p[at] >= '0' && text.p[at] <= '9')
					text.p[at] =
					    (char)('0' + (at + seed) % 10);
		}
		if (trace_load_buf(&other, &text, "s", &d) == 0) {
			CU_ASSERT_EQUAL(outcomes_read(&o, other), 0);
			read++;
		}
		outcomes_destroy(o);
		trace_destroy(other);
	}
	CU_ASSERT(read > 10);
	trace_destroy(c);
	trace_destroy(t);
}

/* ---- small labs ---- */

/* What happens between the answer and the BYE after 6 s; further words of a's
 * and b's attributes, and of b's link. */
static const struct {
	const char *meanwhile, *a, *b, *link, *told, *text;
	/* The outcome in captures at a and at b. */
	const char *at_a, *at_b;
} rows[] = {
	{ "", "", "", "", "ended", "a ended the call after 6.0", "ended",
	    "ended" },
	/* What is late comes behind its turn. */
	{ "", "", "", ", jitter=\"400ms\"", "media-late", "heard little of",
	    "ended", "ended" },
	/* The link comes up again for the BYE that is sent once more. */
	{ "at(\"5s\", function() link(\"net\", \"b\"):down() end)\n"
	  "at(\"7s\", function() link(\"net\", \"b\"):up() end)\n",
	    "", "", "", "media-stopped", "heard nothing of", "ended", "ended" },
	/* As it comes up both are there again, if only for a moment. */
	{ "at(\"2s\", function() link(\"net\", \"b\"):down() end)\n"
	  "at(\"7s\", function() link(\"net\", \"b\"):up() end)\n",
	    "", "", "", "media-stopped", "heard nothing of", "ended", "ended" },
	/* It comes up before. */
	{ "at(\"2s\", function() link(\"net\", \"b\"):down() end)\n"
	  "at(\"3s\", function() link(\"net\", \"b\"):up() end)\n",
	    "", "", "", "ended", "a ended", "ended", "ended" },
	/* Nobody wants to hear. */
	{ "", ", media=false", ", media=false", "", "ended", "a ended", "ended",
	    "ended" },
	/* What goes to a does not come to its new address, which is seen at a
	 * alone.  With comfort noise, or G.729, it may be silence. */
	{ "at(\"2800ms\", function() node(\"a\"):set { addr = \"192.0.2.9\" } "
	  "end)\n",
	    "", "", "", "one-way-media", "heard nothing of",
	    "no-more-media-seen", "ended" },
	{ "at(\"2800ms\", function() node(\"a\"):set { addr = \"192.0.2.9\" } "
	  "end)\n",
	    ", codecs=\"PCMU CN\"", ", codecs=\"PCMU CN\"", "", "one-way-media",
	    "heard nothing of", "ended", "ended" },
	{ "at(\"2800ms\", function() node(\"a\"):set { addr = \"192.0.2.9\" } "
	  "end)\n",
	    ", codecs=\"G729\"", ", codecs=\"G729\"", "", "one-way-media",
	    "heard nothing of", "ended", "ended" },
	/* One sends nothing. */
	{ "", "", ", media=false", "", "ended", "a ended", "no-media-seen",
	    "no-media-seen" },
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
		try_capture(folder, "a", rows[i].at_a, "");
		try_capture(folder, "b", rows[i].at_b, "");
		snprintf(path, sizeof(path), "%s/lab.lua", folder);
		unlink(path);
		snprintf(path, sizeof(path), "%s/m.gv", folder);
		unlink(path);
		rmdir(folder);
	}
}

CHECK_MAIN("outcome media", { "a lab about it", a_lab_is_told },
    { "its captures", its_captures_are_told },
    { "allocations fail", allocations_fail },
    { "hostile captures", captures_are_hostile },
    { "small labs", small_labs_are_told })
