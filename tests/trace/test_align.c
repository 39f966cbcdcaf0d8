/*
 * Two traces aligned by meaning: what is too much, what is missing, what moved,
 * what changed; calls that come in another order; names that differ; whatever
 * traces can hold; and no memory.
 */
#include "align_story.h"
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "trace/lcs.h"
#include "words/diff_text.h"

#include <time.h>

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static const struct say call[] = {
	{ 0, "alice", "atl", "INVITE", "INVITE", "c", "1", 0, 0, false, NULL },
	{ 1, "atl", "alice", "100", "INVITE", "c", "1", 1, 0, false, NULL },
	{ 1, "atl", "bob", "INVITE", "INVITE", "c", "2", 1, 0, false, NULL },
	{ 2, "bob", "atl", "180", "INVITE", "c", "2", 3, 0, false, NULL },
	{ 3, "atl", "alice", "180", "INVITE", "c", "1", 4, 0, false, NULL },
	{ 9, "bob", "atl", "200", "INVITE", "c", "2", 3, 0, false, NULL },
	{ 10, "atl", "alice", "200", "INVITE", "c", "1", 6, 0, false, NULL },
	{ 11, "alice", "bob", "ACK", "ACK", "c", "3", 7, 0, false, NULL },
	{ 20, "bob", "alice", "BYE", "BYE", "c", "4", 0, 0, false, NULL },
	{ 21, "alice", "bob", "200", "BYE", "c", "4", 9, 0, false, NULL },
};

#define ROWS "=========="

static struct align *
align(
    const struct trace *a, const struct trace *b, const struct align_options *o)
{
	struct diag d = DIAG_INIT;
	struct align *al = NULL;

	CU_ASSERT_FATAL(a != NULL && b != NULL);
	if (align_create(&al, a, b, o, &d) != 0)
		printf("  %s\n", d.text);
	return al;
}

/* The stories A and B, each told by another run, in WANT's rows. */
static void
stories(const struct say *a, size_t na, const struct say *b, size_t nb,
    const struct align_options *o, const char *want)
{
	struct story sa = { a, na, "x", 2, "alice atl bob" };
	struct story sb = { b, nb, "y", 7, "bob alice atl" };
	struct trace *ta = story_trace(&sa), *tb = story_trace(&sb);
	struct align *al = align(ta, tb, o);

	if (strcmp(story_rows(al), want) != 0)
		printf("  %s instead of %s\n", story_rows(al), want);
	CU_ASSERT_STRING_EQUAL(story_rows(al), want);
	if (al != NULL)
		CU_ASSERT_EQUAL(al->same, strspn(want, "=") == strlen(want));
	align_destroy(al);
	trace_destroy(ta);
	trace_destroy(tb);
}

static void
with_call(const struct say *b, size_t nb, const char *want)
{
	stories(call, COUNT(call), b, nb, NULL, want);
}

/* CALL without message GONE, with MORE behind message AT (from 1; 0: none). */
static size_t
change(struct say *out, size_t gone, size_t at, const struct say *more)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT(call); i++) {
		if (i + 1 != gone)
			out[n++] = call[i];
		if (at != 0 && i + 1 == at)
			out[n++] = *more;
	}
	for (size_t i = 0; i < n; i++)
		out[i].cause = 0;
	return n;
}

static void
same(void)
{
	with_call(call, COUNT(call), ROWS);
	stories(call, 0, call, 0, NULL, "");
	stories(call, 0, call, 2, NULL, "++");
	stories(call, 2, call, 0, NULL, "--");
}

static void
missing_and_extra(void)
{
	static const struct say again = { 5, "alice", "atl", "INVITE", "INVITE",
		"c", "1", 0, 1, false, NULL };
	static const struct say options = { 8, "bob", "alice", "OPTIONS",
		"OPTIONS", "c", "9", 0, 0, false, NULL };
	struct say b[20];
	size_t n;

	n = change(b, 5, 0, NULL);
	with_call(b, n, "====-=====");
	n = change(b, 0, 5, &again);
	with_call(b, n, "=====+=====");
	n = change(b, 0, 5, &options);
	with_call(b, n, "=====+=====");
	n = change(b, 2, 5, &options);
	with_call(b, n, "=-===+=====");
	stories(b, n, call, COUNT(call), NULL, "=+===-=====");
}

/* 180 and 200 swapped on one way; BYE before the ACK is free, unless all order
 * counts. */
static void
moved(void)
{
	struct say b[COUNT(call)];
	struct align_options o = ALIGN_OPTIONS;

	memcpy(b, call, sizeof(b));
	b[3] = call[5];
	b[5] = call[3];
	b[3].t = 2;
	b[5].t = 9;
	b[4].cause = b[6].cause = 0;
	with_call(b, COUNT(b), "===a==b====");
	memcpy(b, call, sizeof(b));
	b[7] = call[8];
	b[8] = call[7];
	b[7].t = b[8].t = 11;
	b[9].cause = 8;
	with_call(b, COUNT(b), ROWS);
	o.order = true;
	stories(call, COUNT(call), b, COUNT(b), &o, "=======a=b=");
}

/* What came before what it follows from in the other. */
static void
early(void)
{
	struct say b[COUNT(call)];

	memcpy(b, call, sizeof(b));
	b[6] = call[7];
	b[7] = call[6];
	b[6].t = b[7].t = 10;
	b[6].cause = 0;
	b[7].cause = 6;
	with_call(b, COUNT(b), "======b=a==");
}

static void
changed(void)
{
	struct say b[COUNT(call)];
	struct align_options o = ALIGN_OPTIONS;

	memcpy(b, call, sizeof(b));
	b[3].lost = true;
	b[8].more = "Reason: SIP;cause=200\r\n";
	b[9].branch = "5"; /* not of its request */
	with_call(b, COUNT(b), "===~====~~");
	o.fields = false;
	memcpy(b, call, sizeof(b));
	b[8].more = "Reason: SIP;cause=200\r\n";
	stories(call, COUNT(call), b, COUNT(b), &o, ROWS);
}

/* One that is challenged first: what was accepted is like what was accepted. */
static void
challenged(void)
{
	static const struct say list[] = {
		{ 0, "alice", "atl", "INVITE", "INVITE", "c", "1", 0, 0, false,
		    NULL },
		{ 1, "atl", "alice", "407", "INVITE", "c", "1", 0, 0, false,
		    NULL },
		{ 2, "alice", "atl", "ACK", "ACK", "c", "1", 0, 0, false,
		    NULL },
		{ 9, "alice", "atl", "INVITE", "INVITE", "c", "2", 0, 0, false,
		    NULL },
		{ 10, "atl", "alice", "200", "INVITE", "c", "2", 0, 0, false,
		    NULL },
	};
	static const struct say plain[] = {
		{ 0, "alice", "atl", "INVITE", "INVITE", "c", "1", 0, 0, false,
		    NULL },
		{ 1, "atl", "alice", "180", "INVITE", "c", "1", 0, 0, false,
		    NULL },
		{ 2, "atl", "alice", "200", "INVITE", "c", "1", 0, 0, false,
		    NULL },
	};

	stories(plain, 3, list, 5, NULL, "+++=-=");
	stories(list, 5, plain, 3, NULL, "---=+=");
}

/* The ACK to a failure is of the INVITE's transaction and one hop (RFC 3261
 * 17.1.1.3), that to a 2xx a request of its own (13.2.2.4): no likes. */
static void
acks(void)
{
	static const struct say busy[] = {
		{ 0, "alice", "bob", "INVITE", "INVITE", "c", "1", 0, 0, false,
		    NULL },
		{ 1, "bob", "alice", "486", "INVITE", "c", "1", 1, 0, false,
		    NULL },
		{ 2, "alice", "bob", "ACK", "ACK", "c", "1", 2, 0, false,
		    NULL },
	};
	static const struct say taken[] = {
		{ 0, "alice", "bob", "INVITE", "INVITE", "c", "1", 0, 0, false,
		    NULL },
		{ 1, "bob", "alice", "200", "INVITE", "c", "1", 1, 0, false,
		    NULL },
		{ 2, "alice", "bob", "ACK", "ACK", "c", "2", 2, 0, false,
		    NULL },
		{ 3, "bob", "alice", "200", "INVITE", "c", "1", 0, 2, false,
		    NULL },
		{ 4, "alice", "bob", "ACK", "ACK", "c", "2", 4, 3, false,
		    NULL },
	};
	struct say older[5];

	stories(busy, 3, taken, 3, NULL, "=--++");
	stories(taken, 3, busy, 3, NULL, "=--++");
	stories(busy, 3, busy, 3, NULL, "===");
	stories(taken, 3, taken, 5, NULL, "===++");
	stories(busy, 3, taken, 5, NULL, "=--++++");
	/* By what it acknowledges, where somebody keeps the branch. */
	memcpy(older, taken, sizeof(older));
	older[2].branch = "1";
	stories(busy, 3, older, 3, NULL, "=--++");
	/* The branch alone differs. */
	stories(taken, 3, older, 3, NULL, "==~");
}

/* A whole call more, before, between and behind others. */
static void
calls(void)
{
	struct say a[40], b[40];
	char names[4][4];

	for (size_t extra = 0; extra < 4; extra++) {
		char want[64] = "";
		size_t na = 0, nb = 0;

		for (size_t k = 0; k < 4; k++) {
			snprintf(names[k], sizeof(names[k]), "%zu", k);
			for (size_t i = 0; i < COUNT(call); i++) {
				b[nb] = call[i];
				b[nb].t += (int)(1000 * k);
				b[nb].cause = 0;
				b[nb].call = names[k];
				if (k != extra)
					a[na++] = b[nb];
				nb++;
				strcat(want, k == extra ? "+" : "=");
			}
		}
		stories(a, na, b, nb, NULL, want);
	}
}

/* B's people have other names. */
static void
maps(void)
{
	static const struct align_map both[] = { { "alice", "carol" },
		{ "bob", "dave" }, { "atl", "alice" } };
	struct say b[COUNT(call)];
	struct story sa = { call, COUNT(call), "x", 2, "alice atl bob" };
	struct story sb = { b, COUNT(b), "y", 2, "carol alice dave" };
	struct align_options o = ALIGN_OPTIONS;
	struct diag d = DIAG_INIT;
	struct trace *ta = story_trace(&sa), *tb;
	struct align *al;

	memcpy(b, call, sizeof(b));
	for (size_t i = 0; i < COUNT(b); i++) {
		for (size_t k = 0; k < 3; k++) {
			if (strcmp(call[i].src, both[k].a) == 0)
				b[i].src = both[k].b;
			if (strcmp(call[i].dst, both[k].a) == 0)
				b[i].dst = both[k].b;
		}
	}
	tb = story_trace(&sb);
	o.maps = both;
	o.nmaps = 3;
	al = align(ta, tb, &o);
	CU_ASSERT_STRING_EQUAL(story_rows(al), ROWS);
	align_destroy(al);
	o.nmaps = 2;
	al = align(ta, tb, &o);
	CU_ASSERT(al != NULL && !al->same);
	align_destroy(al);
	o.maps = &both[1];
	o.nmaps = 1;
	CU_ASSERT_EQUAL(align_create(&al, tb, ta, &o, &d), ERR_NOTFOUND);
	CU_ASSERT(
	    str_starts(str_of(d.text), "A has no node “bob”; there are "));
	trace_destroy(ta);
	trace_destroy(tb);
}

static void
options(void)
{
	static const char *const names[] = { "bob", "alice" };
	struct align_options o = ALIGN_OPTIONS;
	struct story s = { call, COUNT(call), "x", 2, "alice atl bob" };
	struct trace *t = story_trace(&s);
	struct diag d = DIAG_INIT;
	struct align *al;

	o.nodes = names;
	o.nnodes = 1;
	al = align(t, t, &o);
	CU_ASSERT_STRING_EQUAL(story_rows(al), "======");
	align_destroy(al);
	o.nnodes = 2;
	al = align(t, t, &o);
	CU_ASSERT_STRING_EQUAL(story_rows(al), "===");
	align_destroy(al);
	o.nnodes = 0;
	o.from_ns = 10000000;
	o.to_ns = 20000000;
	al = align(t, t, &o);
	CU_ASSERT_STRING_EQUAL(story_rows(al), "===");
	align_destroy(al);
	o = ALIGN_OPTIONS;
	o.call = "xc";
	al = align(t, t, &o);
	CU_ASSERT_STRING_EQUAL(story_rows(al), ROWS);
	align_destroy(al);
	o.call = "nobody";
	CU_ASSERT_EQUAL(align_create(&al, t, t, &o, &d), ERR_NOTFOUND);
	CU_ASSERT_PTR_NULL(al);
	trace_destroy(t);
}

/* ---- fields ---- */

/* What differs in messages that are alike but for these fields, as "Name: a /
 * b; …" in *SAID. */
static void
fields(const char *a, const char *b, const char *want)
{
	struct say one = call[0], two = call[0];
	struct story sa = { &one, 1, "x", 2, "alice atl bob" };
	struct story sb = { &two, 1, "y", 7, "bob alice atl" };
	LOCAL_BUF said = BUF_INIT;
	struct trace *ta, *tb;
	struct align *al;

	one.more = a;
	two.more = b;
	ta = story_trace(&sa);
	tb = story_trace(&sb);
	al = align(ta, tb, NULL);
	for (size_t i = 0; al != NULL && i < al->nfields; i++)
		buf_printf(&said, "%s%.*s: %.*s / %.*s", i > 0 ? "; " : "",
		    STR_ARG(al->fields[i].name), STR_ARG(al->fields[i].a),
		    STR_ARG(al->fields[i].b));
	if (strcmp(buf_cstr(&said), want) != 0)
		printf("  “%s” instead of “%s”\n", buf_cstr(&said), want);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&said), want);
	align_destroy(al);
	trace_destroy(ta);
	trace_destroy(tb);
}

static void
what_must_differ(void)
{
	/* Addresses of the same node, by whatever port. */
	fields("Contact: <sip:a@192.0.2.1:5060>\r\n",
	    "Contact: <sip:a@192.0.7.2>\r\n", "");
	fields("Contact: <sip:a@192.0.2.1>\r\n",
	    "Contact: <sip:a@192.0.7.1>\r\n",
	    "Contact: <sip:a@192.0.2.1> / <sip:a@192.0.7.1>");
	fields("Date: Sat, 13 Nov 2010 23:29:00 GMT\r\n",
	    "Date: Sun, 14 Nov 2010 00:00:00 GMT\r\n", "");
	fields("Authorization: Digest realm=\"a\", nonce=\"ab==\", "
	       "response=\"1,2\", nc=1\r\n",
	    "Authorization: Digest realm=\"a\", nonce=\"cd\", "
	    "response=\"3\", nc=1\r\n",
	    "");
	fields("Replaces: r@x;to-tag=1;from-tag=2\r\n",
	    "Replaces: s;to-tag=3;from-tag=4\r\n", "");
}

static void
what_does(void)
{
	fields("Supported: a, b\r\n", "Supported: a\r\nSupported: c\r\n",
	    "Supported: b / c");
	fields("Supported: a, b\r\n", "k: b\r\n", "Supported: a / ");
	fields("X-One: 1\r\n", "X-Two: 2\r\n", "X-One: 1 / ; X-Two:  / 2");
	fields("Expires: 1\r\n", "Expires: 2\r\n", "Expires: 1 / 2");
	fields("Expires:  1 \r\n", "expires: 1\r\n", "");
	/* One tag can't stand for two. */
	fields("X: tag=1;tag=1\r\nY: tag=2\r\n",
	    "X: tag=a;tag=a\r\nY: tag=a\r\n", "");
	fields("Refer-To: <sip:a>;tag=1;x;tag=1\r\n",
	    "Refer-To: <sip:a>;tag=a;x;tag=b\r\n",
	    "Refer-To: <sip:a>;tag=1;x;tag=1 / <sip:a>;tag=a;x;tag=b");
	/* A Via more below. */
	fields("", "Via: SIP/2.0/UDP 192.0.7.3;branch=z9hG4bKq\r\n",
	    "Via:  / SIP/2.0/UDP 192.0.7.3;branch=z9hG4bKq");
}

#define BODY "Content-Type: application/sdp\r\n\r\nv=0\r\n"

static void
sessions(void)
{
	fields(BODY "o=- 1 1 IN IP4 192.0.2.1\r\nm=audio 9 RTP/AVP 0\r\n",
	    BODY "o=- 7 5 IN IP4 192.0.7.2\r\nm=audio 8 RTP/AVP 0\r\n", "");
	fields(BODY "m=audio 9 RTP/AVP 0 8\r\na=sendrecv\r\n",
	    BODY "m=audio 0 RTP/AVP 0\r\na=sendonly\r\n",
	    "SDP m=: 9 / 0; SDP m=: RTP/AVP 0 8 / RTP/AVP 0; "
	    "SDP a=sendrecv:  / ; SDP a=sendonly:  / ");
	fields(BODY "c=IN IP4 192.0.2.1\r\n", BODY "c=IN IP4 0.0.0.0\r\n",
	    "SDP c=: IN IP4 192.0.2.1 / IN IP4 0.0.0.0");
	fields(
	    BODY "o=\r\no= \r\no=a b\r\n", BODY "o=\r\no= \r\no=a b\r\n", "");
	fields(BODY, "",
	    "Content-Type: application/sdp / ; Content-Length:  / 0; "
	    "body: v=0\r\n"
	    "Content-Length: 0\r\n\r\n / ");
}

/* ---- the pieces ---- */

static uint64_t
next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* The length of a longest common row, by the plain table. */
static size_t
plain_lcs(const uint64_t *a, size_t na, const uint64_t *b, size_t nb)
{
	static size_t row[64][64];

	for (size_t i = 0; i <= na; i++)
		for (size_t j = 0; j <= nb; j++) {
			size_t up = i > 0 ? row[i - 1][j] : 0;
			size_t left = j > 0 ? row[i][j - 1] : 0;

			row[i][j] = up > left ? up : left;
			if (i > 0 && j > 0 && a[i - 1] == b[j - 1] &&
			    row[i - 1][j - 1] + 1 > row[i][j])
				row[i][j] = row[i - 1][j - 1] + 1;
		}
	return row[na][nb];
}

static void
lcs(void)
{
	uint64_t rng = 7, a[60], b[60];
	size_t match[60];

	for (int round = 0; round < 3000; round++) {
		size_t na = next(&rng) % 60, nb = next(&rng) % 60;
		size_t kinds = 1 + next(&rng) % 20, n = 0, last = 0;

		for (size_t i = 0; i < na; i++)
			a[i] = next(&rng) % kinds;
		for (size_t i = 0; i < nb; i++)
			b[i] = next(&rng) % kinds;
		CU_ASSERT_EQUAL_FATAL(lcs_match(a, na, b, nb, match), 0);
		for (size_t i = 0; i < na; i++) {
			if (match[i] == LCS_NONE)
				continue;
			CU_ASSERT_FATAL(match[i] < nb && match[i] >= last);
			CU_ASSERT(a[i] == b[match[i]]);
			last = match[i] + 1;
			n++;
		}
		CU_ASSERT_EQUAL(n, plain_lcs(a, na, b, nb));
	}
}

/* Sequences with nothing in common, and with little: bounded all the same. */
static void
lcs_large(void)
{
	size_t n = 100000;
	uint64_t *a = mem_zalloc(n, sizeof(*a)), *b = mem_zalloc(n, sizeof(*b));
	size_t *match = mem_zalloc(n, sizeof(*match));
	uint64_t rng = 5;
	clock_t start = clock();

	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < n; i++) {
			a[i] = round == 0 ? i : next(&rng) % (round + 1);
			b[i] = round == 0 ? n + i : next(&rng) % (round + 2);
		}
		CU_ASSERT_EQUAL(lcs_match(a, n, b, n, match), 0);
	}
	CU_ASSERT(clock() - start < 20 * CLOCKS_PER_SEC);
	mem_free(a);
	mem_free(b);
	mem_free(match);
}

/* ---- runs ---- */

static void
lab_seeds(void)
{
	static const char *const labs[] = { "labs/two-proxies", "labs/forking",
		"labs/rfc3665-3.2", "labs/digest-replay" };
	struct lab_options one = LAB_OPTIONS, two = LAB_OPTIONS;

	one.seed = 11;
	two.seed = 12;
	for (size_t i = 0; i < COUNT(labs); i++) {
		struct trace *a = lab_trace(labs[i], &one);
		struct trace *b = lab_trace(labs[i], &two);
		struct align *al = align(a, b, NULL);

		CU_ASSERT(al != NULL && al->same && al->a.n > 5);
		align_destroy(al);
		trace_destroy(a);
		trace_destroy(b);
	}
}

/* All of it, with each allocation failing in turn. */
static void
no_memory(void)
{
	struct say b[COUNT(call) + 1];
	struct say more = { 5, "alice", "atl", "INVITE", "INVITE", "c", "1", 0,
		1, false, NULL };
	struct story sa = { call, COUNT(call), "x", 2, "alice atl bob" };
	struct story sb = { b, 0, "y", 7, "bob alice atl" };
	struct trace *ta = story_trace(&sa), *tb;
	struct diff_text_options text = { .width = 80, .times = true };
	int err = ERR_NOMEM;

	sb.n = change(b, 3, 5, &more);
	b[7].more = "Reason: SIP;cause=200\r\n";
	tb = story_trace(&sb);
	for (unsigned long n = 1; err == ERR_NOMEM && n < 5000; n++) {
		struct buf out = BUF_INIT;
		struct align *al = NULL;

		mem_fail_from(n);
		err = align_create(&al, ta, tb, NULL, NULL);
		if (err == 0)
			err = diff_text_write(al, &text, &out);
		if (err == 0)
			err = diff_json_write(al, "a", "b", &out);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		align_destroy(al);
		buf_free(&out);
	}
	CU_ASSERT_EQUAL(err, 0);
	trace_destroy(ta);
	trace_destroy(tb);
}

CHECK_MAIN("align", { "same", same },
    { "missing and extra", missing_and_extra }, { "moved", moved },
    { "early", early }, { "changed", changed }, { "challenged", challenged },
    { "acks", acks }, { "sessions", sessions }, { "calls", calls },
    { "maps", maps }, { "options", options },
    { "what must differ", what_must_differ }, { "what does", what_does },
    { "lcs", lcs }, { "lcs, large", lcs_large }, { "lab seeds", lab_seeds },
    { "no memory", no_memory })
