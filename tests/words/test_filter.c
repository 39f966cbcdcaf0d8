/* Filters of records: what they mean, and what is said of mistakes. */
#include "fixtures/check.h"
#include "fixtures/sample_more.h"
#include "text/utf8.h"

#include "base/err.h"
#include "words/record_filter.h"

static size_t
count(struct trace *t, const char *text)
{
	struct record_filter f;
	struct diag d = DIAG_INIT;
	LOCAL_BUF scratch = BUF_INIT;
	size_t n = 0;

	CU_ASSERT_EQUAL(record_filter_parse(&f, text, t, &d), 0);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct trace_rec rec;

		trace_get(t, seq, &rec);
		n += record_filter_match(&f, t, &rec, &scratch);
	}
	return n;
}

static void
words(void)
{
	struct trace *t = sample_lost_invite();

	CU_ASSERT_EQUAL(count(t, ""), trace_count(t));
	CU_ASSERT_EQUAL(count(t, "kind=send"), 21);
	CU_ASSERT_EQUAL(count(t, "kind=recv,drop"), 21);
	CU_ASSERT_EQUAL(count(t, "kind=send method=INVITE"), 4);
	CU_ASSERT_EQUAL(count(t, "  kind=send\tmethod=INVITE src=atl "), 2);
	CU_ASSERT_EQUAL(count(t, "kind=send status=2xx"), 6);
	CU_ASSERT_EQUAL(count(t, "kind=send status=100,180"), 5);
	CU_ASSERT_EQUAL(count(t, "kind=send cseq=BYE"), 6);
	CU_ASSERT_EQUAL(count(t, "kind=send call=c1"), 21);
	CU_ASSERT_EQUAL(count(t, "kind=send call=c2"), 0);
	CU_ASSERT_EQUAL(count(t, "kind=send proto=sip dst=bob"), 3);
	CU_ASSERT_EQUAL(count(t, "kind=send from=7s"), 6);
	CU_ASSERT_EQUAL(count(t, "kind=send to=10ms"), 3);
	CU_ASSERT_EQUAL(count(t, "node=atl kind=timer,fsm"), 6);
	trace_destroy(t);
}

/* A dialog goes by the Call-ID of its messages. */
static void
dialogs(void)
{
	struct sample s;
	struct trace *t;

	sample_begin(&s, "dialogs");
	sample_node(&s, "bob", "ua", "", "");
	sample_rec(&s, "act", "bob", 0, NULL, ",'by':'person'");
	sample_rec(&s, "dialog", "bob", 1, NULL, ",'call_id':'c1@x'");
	sample_rec(&s, "dialog", "bob", 1, NULL, ",'call_id':'c2@x'");
	sample_rec(&s, "dialog", "bob", 1, NULL, "%s", "");
	t = sample_end(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL(count(t, "call=c1"), 1);
	CU_ASSERT_EQUAL(count(t, "call=c1@x kind=dialog"), 1);
	CU_ASSERT_EQUAL(count(t, "call=c"), 2);
	CU_ASSERT_EQUAL(count(t, "call=d"), 0);
	/* A word alone is a text. */
	CU_ASSERT_EQUAL(count(t, "C1@X"), count(t, "text=c1@x"));
	CU_ASSERT_EQUAL(count(t, "c1@x kind=dialog"), 1);
	trace_destroy(t);
}

/* Members of records that are about no message, or of any. */
static void
members(void)
{
	struct sample s;
	struct trace *t;

	sample_begin(&s, "members");
	sample_node(&s, "bob", "ua", "", "");
	sample_rec(&s, "act", "bob", 0, NULL, ",'by':'person','verb':'set'");
	sample_rec(&s, "nat", "bob", 1, "nat-mapping",
	    ",'op':'made','inner':'10.0.0.1:5060'");
	sample_rec(&s, "fsm", "bob", 1, "ict-send",
	    ",'machine':'ICT','id':'a\\u0062c','from':'none','to':'calling'");
	sample_rec(&s, "dialog", "bob", 1, NULL, ",'from':'none','to':'early'");
	sample_rec(&s, "call", "bob", 1, NULL,
	    ",'id':'bob/1','from':'idle','state':'early'");
	sample_rec(&s, "fault", "bob", 1, NULL, ",'fault':2,'effect':'drop'");
	t = sample_end(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL(count(t, "verb=set,crash"), 1);
	CU_ASSERT_EQUAL(count(t, "op=made inner=10.0.0.1:5060"), 1);
	CU_ASSERT_EQUAL(count(t, "op=forgotten"), 0);
	CU_ASSERT_EQUAL(count(t, "rule=nat-mapping,ict-send"), 2);
	CU_ASSERT_EQUAL(count(t, "rule=rfc3261-17.1.1.2"), 1);
	CU_ASSERT_EQUAL(count(t, "machine=ICT id=abc"), 1);
	CU_ASSERT_EQUAL(count(t, "left=none"), 2);
	CU_ASSERT_EQUAL(count(t, "into=early"), 1);
	CU_ASSERT_EQUAL(count(t, "state=early left=idle"), 1);
	CU_ASSERT_EQUAL(count(t, "fault=2 effect=drop"), 1);
	CU_ASSERT_EQUAL(count(t, "fault=drop"), 0);
	trace_destroy(t);
}

/* Of a filter's words those that ask for a member of records let those kinds
 * through of which docs/TRACE.md has that member in its tables. */
static void
as_the_page_says(void)
{
	static const char *const words[] = { "op", "machine", "id", "name",
		"event", "state", "verb", "aor", "inner", "outer", "how",
		"verdict", "realm", "reason", "effect", "fault" };
	uint32_t said[sizeof(words) / sizeof(words[0])] = { 0 };
	enum trace_kind kind = TRACE_KIND_COUNT;
	LOCAL_BUF page = BUF_INIT;
	struct str rest, line, cell;

	CU_ASSERT_EQUAL_FATAL(
	    buf_read_file(&page, "docs/TRACE.md", 1 << 20), 0);
	for (rest = buf_view(&page); rest.n > 0;) {
		line = str_cut_line(rest, &rest);
		if (str_starts(line, "### `"))
			kind = trace_kind_find(
			    str_cut(str_slice(line, 5, line.n), '`', &line));
		else if (str_starts(line, "## "))
			kind = TRACE_KIND_COUNT;
		cell = str_cut(str_slice(line, 1, line.n), '|', &line);
		for (size_t i = 0; kind < TRACE_KIND_COUNT && line.n > 0 &&
				   i < sizeof(words) / sizeof(words[0]);
		     i++) {
			char code[24];

			snprintf(code, sizeof(code), "`%s`", words[i]);
			if (str_find(cell, code) >= 0)
				said[i] |= UINT32_C(1) << kind;
		}
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct record_filter f;
		struct diag d = DIAG_INIT;
		char text[24];

		snprintf(text, sizeof(text), "%s=x", words[i]);
		CU_ASSERT_EQUAL(record_filter_parse(&f, text, NULL, &d), 0);
		if (f.kinds != said[i])
			printf("  %s: %x, %x\n", words[i], f.kinds, said[i]);
		CU_ASSERT_EQUAL(f.kinds, said[i]);
	}
}

static void
mistakes(void)
{
	static const struct {
		const char *text;
		int err;
		const char *says;
	} cases[] = {
		{ "mehtod=INVITE", ERR_SYNTAX, "method" },
		{ "zzzzzzzz=1", ERR_SYNTAX, "cseq" },
		{ "rule=dns-lei", ERR_NOTFOUND, "dns-lie" },
		{ "rule=zzzzzzzzzz", ERR_NOTFOUND, "zzzzzzzzzz" },
		{ "node=", ERR_SYNTAX, "node=" },
		{ "node=alcie", ERR_NOTFOUND, "alice" },
		{ "kind=tiemr", ERR_NOTFOUND, "timer" },
		{ "status=20", ERR_SYNTAX, "2xx" },
		{ "status=2x0", ERR_SYNTAX, "2xx" },
		{ "status=900", ERR_SYNTAX, "2xx" },
		{ "from=soon", ERR_SYNTAX, "soon" },
		{ "from=2s to=1s", ERR_RANGE, "from" },
		{ "\033[31m=1", ERR_SYNTAX, "␛" },
		{ "a=1 a=1", ERR_SYNTAX, "" },
	};
	struct trace *t = sample_lost_invite();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct record_filter f;
		struct diag d = DIAG_INIT;
		struct buf out = BUF_INIT;

		CU_ASSERT_EQUAL(record_filter_parse(&f, cases[i].text, t, &d),
		    cases[i].err);
		diag_write(&d, &out);
		CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&out), cases[i].says));
		buf_free(&out);
	}
	trace_destroy(t);
}

static void
too_many(void)
{
	struct record_filter f;
	struct diag d = DIAG_INIT;
	LOCAL_BUF text = BUF_INIT;

	for (unsigned i = 0; i <= FILTER_WORDS; i++)
		buf_puts(&text, "kind=send ");
	CU_ASSERT_EQUAL(
	    record_filter_parse(&f, buf_cstr(&text), NULL, &d), ERR_LIMIT);
}

CHECK_MAIN("filter", { "words", words }, { "dialogs", dialogs },
    { "members", members }, { "as the page says", as_the_page_says },
    { "mistakes", mistakes }, { "too_many", too_many })
