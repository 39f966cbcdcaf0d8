/* The page: nothing in a trace leaves its place in it, its parts are there for
 * whoever reads it in whatever way, and its states are those of the fold. */
#include "fixtures/check.h"
#include "fixtures/state_at_count.h"
#include "fixtures/labs.h"
#include "fixtures/page_check.h"
#include "fixtures/sample_crossing.h"
#include "fixtures/sample_more.h"

#include "base/err.h"
#include "base/mem.h"
#include "views/html/html_page.h"
#include "text/xml.h"
#include "draw/html_put.h"

#include <time.h>

static struct buf
page_of(const struct trace *t, const struct layout_options *o)
{
	struct layout_options usual = LAYOUT_OPTIONS;
	struct html_options page = { .layout = o };
	struct layout *l = NULL;
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(
	    layout_create(&l, t, o != NULL ? o : &usual, &d), 0);
	CU_ASSERT_EQUAL(html_page_write(t, l, &page, &out, &d), 0);
	if (d.err != 0)
		printf("  %s\n", d.text);
	layout_destroy(l);
	return out;
}

static void
escaping(void)
{
	static const struct {
		const char *text, *markup, *json;
	} cases[] = {
		{ "", "", "\"\"" },
		{ "a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;",
		    "\"a\\u003cb\\u003e\\u0026\\\"'\"" },
		{ "</script><!-- ]]>", "&lt;/script&gt;&lt;!-- ]]&gt;",
		    "\"\\u003c/script\\u003e\\u003c!-- ]]\\u003e\"" },
		{ "\033[31m\x7f", "␛[31m␡", "\"␛[31m␡\"" },
		{ "\xe2\x80\xae", "&lt;U+202E&gt;",
		    "\"\\u003cU+202E\\u003e\"" },
		{ "\xe2\x80\xa8", "&lt;U+2028&gt;",
		    "\"\\u003cU+2028\\u003e\"" },
		{ "\xff", "\xef\xbf\xbd", "\"\xef\xbf\xbd\"" },
		{ "\xef\xbf\xbe", "\xef\xbf\xbd", "\"\xef\xbf\xbd\"" },
		{ "\\u0041", "\\u0041", "\"\\\\u0041\"" },
		{ "呼叫", "呼叫", "\"呼叫\"" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf b = BUF_INIT;

		xml_put(&b, str_of(cases[i].text));
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), cases[i].markup);
		buf_clear(&b);
		html_put_json(&b, str_of(cases[i].text));
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), cases[i].json);
		buf_free(&b);
	}
}

static void
lines_stay_lines(void)
{
	LOCAL_BUF b = BUF_INIT;

	xml_put_lines(&b, STR("a\r\nb\n<"));
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "a\nb\n&lt;");
	buf_clear(&b);
	xml_put(&b, STR("a\nb"));
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "a␊b");
	buf_clear(&b);
	html_put_json(&b, STR("a\nb"));
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "\"a\\nb\"");
}

/* The page's data, which must be one JSON value and nothing else. */
static struct json_value
data_of(const struct buf *page)
{
	static const char start[] = "id=\"p-data\">";
	struct str s = buf_view(page);
	struct json_value v = { JSON_NONE, STR_NULL };
	ptrdiff_t at = str_find(s, start);

	CU_ASSERT_FATAL(at > 0);
	s = str_slice(s, (size_t)at + strlen(start), s.n);
	CU_ASSERT_EQUAL(json_read(&s, &v), 0);
	json_skip_space(&s);
	CU_ASSERT(str_starts(s, "</script>"));
	return v;
}

static void
is_sound(const struct trace *t)
{
	struct buf page = page_of(t, NULL), twice = page_of(t, NULL);

	CU_ASSERT_PTR_NULL(page_wrong(buf_view(&page)));
	CU_ASSERT_EQUAL(page_count(buf_view(&page), "<script"), 2);
	CU_ASSERT_EQUAL(data_of(&page).type, JSON_OBJECT);
	CU_ASSERT(str_eq(buf_view(&page), buf_view(&twice)));
	buf_free(&page);
	buf_free(&twice);
}

static void
samples_are_sound(void)
{
	struct trace *traces[] = { sample_hostile(), sample_lost_invite(),
		sample_empty(), sample_chinese(), sample_mixed(),
		sample_losses(), sample_crossing(), sample_media(40),
		sample_every_line() };

	for (size_t i = 0; i < sizeof(traces) / sizeof(traces[0]); i++) {
		is_sound(traces[i]);
		trace_destroy(traces[i]);
	}
}

static size_t
living(const struct state_at *f)
{
	return state_at_calls(f) + state_at_dialogs(f) +
	       state_at_transactions(f) + state_at_timers(f) +
	       state_at_bindings(f);
}

static int64_t
number_at(struct json_value list, size_t i)
{
	struct json_value v;
	struct str key;
	size_t at = 0;
	int64_t n = -1;

	while (json_next(list.raw, &at, &key, &v) == 1)
		if (i-- == 0)
			CU_ASSERT_EQUAL(json_int(v, &n), 0);
	return n;
}

/* Walks the turns as the page does; as much lives as in the fold. */
static void
turns_are_the_fold(const char *lab)
{
	struct trace *t =
	    lab_trace(lab, &(struct lab_options){ .detail = TRACE_PROTOCOL });
	struct buf page = page_of(t, NULL);
	struct json_value turns = json_member(data_of(&page), "turns"), one, v;
	static bool on[100000];
	struct state_at *f = NULL;
	struct str key;
	size_t at = 0, n = 0, looks = 0;

	memset(on, 0, sizeof(on));
	CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
	while (json_next(turns.raw, &at, &key, &one) == 1) {
		uint64_t seq = (uint64_t)number_at(one, 0);
		size_t in = 0;
		int64_t id;

		if (seq == 0)
			break;
		CU_ASSERT_EQUAL(json_next(one.raw, &in, &key, &v), 1);
		while (json_next(one.raw, &in, &key, &v) == 1) {
			CU_ASSERT_EQUAL(json_int(v, &id), 0);
			CU_ASSERT_FATAL(id >= 0 && id < 100000);
			on[id] = !on[id];
			n += on[id] ? 1 : (size_t)-1;
		}
		CU_ASSERT_EQUAL(state_at_advance(f, t, seq), 0);
		CU_ASSERT_EQUAL(n, living(f));
		looks++;
	}
	CU_ASSERT(looks > 10);
	CU_ASSERT_EQUAL(state_at_advance(f, t, trace_count(t)), 0);
	CU_ASSERT_EQUAL(n, living(f));
	state_at_destroy(f);
	buf_free(&page);
	trace_destroy(t);
}

static void
states(void)
{
	turns_are_the_fold("labs/lost-messages");
	turns_are_the_fold("labs/forking");
	turns_are_the_fold("labs/crash");
	turns_are_the_fold("labs/rfc3665-3.8");
}

/* One call of a longer trace: its own messages, and what led to them. */
static void
a_part(void)
{
	struct trace *t = lab_trace("labs/two-proxies",
	    &(struct lab_options){ .detail = TRACE_PROTOCOL });
	struct layout_options o = LAYOUT_OPTIONS;
	struct buf all = page_of(t, NULL), part;

	o.from_ns = 1100 * MS;
	o.to_ns = 5000 * MS;
	part = page_of(t, &o);
	CU_ASSERT_PTR_NULL(page_wrong(buf_view(&part)));
	CU_ASSERT(part.n < all.n);
	CU_ASSERT_EQUAL(page_count(buf_view(&part), "<summary>"),
	    page_count(buf_view(&part), "<details open"));
	CU_ASSERT(page_count(buf_view(&part), "<summary>") <
		  page_count(buf_view(&all), "<summary>"));
	buf_free(&all);
	buf_free(&part);
	trace_destroy(t);
}

static void
too_much(unsigned n, const char *sentence)
{
	struct trace *t = sample_long(n);
	struct layout *l = NULL;
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, NULL, NULL), 0);
	CU_ASSERT_EQUAL(html_page_write(t, l, NULL, &out, &d), ERR_LIMIT);
	CU_ASSERT(str_find(str_of(d.text), sentence) >= 0);
	if (str_find(str_of(d.text), sentence) < 0)
		printf("  %s\n", d.text);
	layout_destroy(l);
	trace_destroy(t);
}

static void
limits(void)
{
	too_much(HTML_RECORDS / 2 + 2000, "at most 100000");
}

static void
memory_runs_out(void)
{
	struct trace *t = sample_lost_invite();
	struct layout *l = NULL;
	int err = ERR_NOMEM;

	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, NULL, NULL), 0);
	for (unsigned long n = 1; err != 0 && n < 100000; n += 1 + n / 40) {
		struct buf out = BUF_INIT;

		mem_fail_from(n);
		err = html_page_write(t, l, NULL, &out, NULL);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		buf_free(&out);
	}
	CU_ASSERT_EQUAL(err, 0);
	layout_destroy(l);
	trace_destroy(t);
}

static uint64_t
next(uint64_t *state)
{
	/* xorshift64 */
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* TEXT with some letters of its records turned into what hurts. */
static void
mutate(struct buf *out, struct str text, uint64_t *rng)
{
	static const char *const pieces[] = { "<", "&", ">", "\\u0000",
		"\\u202e", "</script>", "]]>", "\\u001b", "9", "\\r\\n", "'",
		"\\\"", "<!--", "\\u2028", "\\uffff", "", "0", "send" };
	size_t at = (size_t)str_chr(text, '\n') + 1;

	buf_clear(out);
	buf_str(out, str_slice(text, 0, at));
	while (at < text.n) {
		size_t to = at + (size_t)(next(rng) % (text.n / 6));

		while (to + 1 < text.n && !(chr_is_alpha(text.p[to]) &&
					      chr_is_alnum(text.p[to + 1]) &&
					      chr_is_alnum(text.p[to - 1])))
			to++;
		if (to + 1 >= text.n)
			break;
		buf_str(out, str_slice(text, at, to));
		buf_puts(out,
		    pieces[next(rng) % (sizeof(pieces) / sizeof(pieces[0]))]);
		at = to + 1;
	}
	buf_str(out, str_slice(text, at, text.n));
}

static void
fuzz(void)
{
	struct lab_options o = { .detail = TRACE_PROTOCOL };
	LOCAL_BUF text = BUF_INIT, one = BUF_INIT;
	uint64_t rng = 0x2545f4914f6cdd1du;
	unsigned rounds = 0, loaded = 0;
	clock_t end = clock() + 4 * CLOCKS_PER_SEC;
	struct diag said = DIAG_INIT;

	CU_ASSERT_EQUAL_FATAL(lab_run("labs/rfc3665-3.7", &o, &text, &said), 0);
	while (rounds++ < 400 && clock() < end) {
		struct trace *t = NULL;
		struct buf page;
		struct diag d = DIAG_INIT;

		mutate(&one, buf_view(&text), &rng);
		if (trace_load_buf(&t, &one, "fuzz", &d) == 0) {
			loaded++;
			page = page_of(t, NULL);
			CU_ASSERT_PTR_NULL(page_wrong(buf_view(&page)));
			CU_ASSERT_EQUAL(data_of(&page).type, JSON_OBJECT);
			buf_free(&page);
		}
		trace_destroy(t);
	}
	CU_ASSERT(loaded > 5);
	printf("  %u rounds, %u loaded\n", rounds, loaded);
}

CHECK_MAIN("html", { "escaping", escaping },
    { "lines stay lines", lines_stay_lines },
    { "samples are sound", samples_are_sound }, { "states", states },
    { "a part", a_part }, { "limits", limits },
    { "memory runs out", memory_runs_out }, { "fuzz", fuzz })
