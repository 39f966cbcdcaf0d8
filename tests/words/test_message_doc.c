/* A message for a pane: raw, explained, with what has changed. */
#include "fixtures/doc_check.h"
#include "fixtures/labs.h"
#include "fixtures/sample_more.h"

#include "words/compare_doc.h"
#include "draw/line_diff.h"
#include "words/message_doc.h"

struct showing {
	struct trace *t;
	uint64_t seq;
	bool annotated, compare_hop;
	uint64_t previous;
};

static void
make(struct doc *d, size_t width, void *arg)
{
	const struct showing *s = arg;

	message_doc(s->t, s->seq,
	    &(struct message_options){ .width = width,
		.annotated = s->annotated,
		.compare_hop = s->compare_hop,
		.previous = s->previous },
	    d);
}

/* The N-th send (from 1) from SRC of START, "INVITE" or "180". */
static uint64_t
find(const struct trace *t, const char *src, const char *start, unsigned n)
{
	LOCAL_BUF b = BUF_INIT;
	uint64_t found = 0;

	for (uint64_t seq = 1; seq <= trace_count(t) && found == 0; seq++) {
		struct trace_send s;
		struct trace_rec rec;
		char status[16];

		trace_get(t, seq, &rec);
		if (trace_get_send(&rec, &s, &b) != 0)
			continue;
		snprintf(status, sizeof(status), "%u", s.status);
		if (str_is(s.src, src) &&
		    (str_is(s.method, start) || strcmp(status, start) == 0) &&
		    --n == 0)
			found = seq;
	}
	CU_ASSERT_FATAL(found != 0);
	return found;
}

static void
goldens(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct showing s = { .t = lab_trace("labs/two-proxies", &o) };
	uint64_t most;

	CU_ASSERT_PTR_NOT_NULL_FATAL(s.t);
	most = trace_count(s.t);
	s.seq = find(s.t, "bil", "INVITE", 1);
	doc_golden("message-raw.txt", most, make, &s);
	s.compare_hop = true;
	doc_golden("message-hop.txt", most, make, &s);
	s.annotated = true;
	doc_golden("message-annotated.txt", most, make, &s);
	doc_without_memory(make, &s);
	s.annotated = false;
	s.seq = find(s.t, "atl", "200", 2);
	doc_golden("message-response.txt", most, make, &s);
	doc_without_memory(make, &s);
	trace_destroy(s.t);
}

static void
has(struct showing *s, const char *text)
{
	struct doc d = DOC_INIT;

	make(&d, 80, s);
	CU_ASSERT(doc_is_sound(&d, 80, trace_count(s->t)));
	CU_ASSERT(doc_has(&d, text));
	doc_free(&d);
}

static void
what_it_is_compared_with(void)
{
	struct showing s = { .t = sample_lost_invite(), .compare_hop = true };

	/* 4: alice's INVITE; 5 its recv; 10 and 15: atl's, again; 12: a drop */
	s.seq = 4;
	has(&s, "INVITE · alice → atl · UDP 192.0.2.1:5060 → 192.0.2.2:5060 · "
		"284 bytes\nrecord 4\n\nINVITE sip:bob");
	s.seq = 10;
	has(&s, "changed since alice → atl (record 5)\n");
	has(&s, "~ Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK-atl-1");
	has(&s, "was z9hG4bK-alice-1\n");
	s.seq = 15;
	has(&s, "retransmitted, the same bytes as record 10\n");
	s.seq = 12;
	has(&s, "lost on the link");
	s.seq = 16;
	has(&s, "arrived after 20 ms");
	s.seq = 10;
	s.previous = 10;
	has(&s, "nothing has changed since atl → bil (record 10)\n");
	s.previous = 9999;
	has(&s, "changed since alice → atl (record 5)\n");
	/* No message: a sentence. */
	s.seq = 1;
	has(&s, "There is no message in this record.\n");
	s.seq = 0;
	has(&s, "There is no message in this record.\n");
	s.seq = 9999;
	has(&s, "There is no message in this record.\n");
	trace_destroy(s.t);
}

/* Messages of all kinds that are not what one expects. */
static struct trace *
odd(void)
{
	struct sample s;
	LOCAL_BUF big = BUF_INIT;
	uint64_t r, q;

	sample_begin(&s, "Odd messages");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "b", "location", "", "");
	r = sample_rec(&s, "act", "a", 0, NULL, ",'by':'person'");
	/* 2: without a text; 3: nothing at all */
	sample_rec(&s, "send", "a", r, NULL,
	    ",'src':'a','dst':'b','proto':'sip','start':'INVITE',"
	    "'size':1234567");
	sample_rec(&s, "send", "a", r, NULL, ",'x':1");
	/* 4: the location service's; 5: DNS */
	sample_rec(&s, "send", "a", r, NULL,
	    ",'src':'a','dst':'b','proto':'location','start':'query',"
	    "'transport':'udp','src_addr':'192.0.2.1:5070',"
	    "'dst_addr':'192.0.2.2:5070','text':"
	    "'{\\u0022op\\u0022:\\u0022query\\u0022,\\u0022id\\u0022:7}'");
	sample_rec(&s, "send", "a", r, NULL,
	    ",'src':'a','dst':'b','proto':'dns','base64':"
	    "'AAEBAAABAAAAAAAAB2V4YW1wbGUDY29tAAAjAAE='");
	/* 6: a body that is no text; 7: arrived with other bytes */
	q = sample_rec(&s, "send", "a", r, NULL,
	    ",'src':'a','dst':'b','proto':'sip','start':'MESSAGE','base64':"
	    "'TUVTU0FHRSBzaXA6YiBTSVAvMi4wDQpDb250ZW50LUxlbmd0aDogNA0KDQoA"
	    "//4B'");
	sample_rec(&s, "recv", "b", q, NULL,
	    ",'of':6,'text':'MESSAGE sip:x SIP/2.0\\r\\n\\r\\n'");
	/* 8, 9: text that came torn */
	q = sample_rec(&s, "send", "a", r, NULL,
	    ",'src':'a','dst':'b','proto':'sip','start':'BYE','text':"
	    "'BYE sip:b SIP/2.0\\r\\nTo: <sip:b>\\r\\n\\r\\n'");
	sample_rec(&s, "recv", "b", q, NULL,
	    ",'of':8,'text':'BYE sip:b SIP/2.0\\r\\nTo: <sip:x>\\r\\n\\r\\n'");
	/* 10: one line of 64 KiB; 11: 64 KiB of line ends */
	for (int i = 0; i < 16384; i++)
		buf_puts(&big, "abc,");
	sample_rec(&s, "send", "a", r, NULL,
	    ",'src':'a','dst':'b','proto':'sip','start':'X','text':'%s'",
	    buf_cstr(&big));
	buf_clear(&big);
	for (int i = 0; i < 8192; i++)
		buf_puts(&big, "a=b\\n\\n\\n\\n\\n");
	sample_rec(&s, "send", "a", r, NULL,
	    ",'src':'a','dst':'b','proto':'sip','start':'X','fwd':9,"
	    "'text':'%s'",
	    buf_cstr(&big));
	return sample_end(&s);
}

static void
odd_messages(void)
{
	struct showing s = { .t = odd(), .compare_hop = true };

	s.seq = 2;
	has(&s, "INVITE · a → b · 1,234,567 bytes · record 2\n\n"
		"The trace does not contain the text of this message.\n");
	s.seq = 3;
	has(&s, "0 bytes · record 3");
	s.seq = 4;
	has(&s, "query · a → b · location · UDP 192.0.2.1:5070");
	has(&s, "{\"op\":\"query\",\"id\":7}");
	s.annotated = true;
	has(&s, "op          query\nid          7\n");
	s.seq = 5;
	has(&s, "QUESTION     example.com  NAPTR\n");
	s.annotated = false;
	has(&s, "0000  00 01 01 00 00 01");
	has(&s, "mple.com..#..");
	s.annotated = true;
	s.seq = 6;
	has(&s, "0000  00 ff fe 01");
	s.annotated = false;
	has(&s, "Content-Length: 4\n\n0000  00 ff fe 01");
	s.seq = 7;
	has(&s, "MESSAGE sip:x SIP/2.0\n");
	s.seq = 9;
	has(&s, "changed on the way, since record 8\n");
	has(&s, "~ To: <sip:x>  was b\n");
	doc_golden("message-torn.txt", 9, make, &s);
	for (s.seq = 10; s.seq <= 11; s.seq++)
		for (int i = 0; i < 2; i++) {
			s.annotated = i == 1;
			has(&s, "65,536 bytes");
		}
	trace_destroy(s.t);
}

static void
location(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct showing s = { .t = lab_trace("labs/lying-location", &o),
		.annotated = true };

	CU_ASSERT_PTR_NOT_NULL_FATAL(s.t);
	s.seq = find(s.t, "loc", "answer", 1);
	doc_golden("message-location.txt", s.seq, make, &s);
	trace_destroy(s.t);
}

/* ---- changed on its way ---- */

/* The lab with TEXT in place of the message that record SEQ sends. */
static struct trace *
edited(uint64_t seq, const char *text)
{
	struct lab_options o = LAB_OPTIONS;
	char act[1024];

	snprintf(act, sizeof(act), "%llu:message.edit:text=%s",
	    (unsigned long long)seq, text);
	o.act = act;
	return lab_trace("labs/two-proxies", &o);
}

/* The first record of KIND about send OF. */
static uint64_t
about(const struct trace *t, enum trace_kind kind, uint64_t of)
{
	struct trace_rec rec;

	for (uint64_t seq = of + 1; seq <= trace_count(t); seq++) {
		trace_get(t, seq, &rec);
		if (rec.kind == kind && trace_int(&rec, "of", 0) == (int64_t)of)
			return seq;
	}
	return 0;
}

static void
a_person_edits(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/two-proxies", &o);
	struct showing s = { .compare_hop = true };
	LOCAL_BUF now = BUF_INIT, b = BUF_INIT;
	struct trace_rec rec;
	struct str text;
	uint64_t seq;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	seq = find(t, "bob", "180", 1);
	trace_get(t, seq, &rec);
	text = trace_bytes(&rec, &b);
	for (size_t i = 0; i < text.n; i++) {
		struct str rest = str_slice(text, i, text.n);

		if (str_starts(rest, "180 Ringing")) {
			buf_puts(&now, "183 Session Progress");
			i += 10;
		} else if (text.p[i] == '\r' || text.p[i] == '\n') {
			buf_puts(&now, text.p[i] == '\r' ? "\\r" : "\\n");
		} else {
			buf_add(&now, &text.p[i], 1);
		}
	}
	trace_destroy(t);
	s.t = edited(seq, buf_cstr(&now));
	CU_ASSERT_PTR_NOT_NULL_FATAL(s.t);
	s.seq = seq;
	doc_golden("message-edited.txt", trace_count(s.t), make, &s);
	doc_without_memory(make, &s);
	has(&s, "edited on its way by a person · ");
	has(&s, "~ SIP/2.0 183 Session Progress  was 180 Ringing\n");
	/* The same said of its arrival, and in every form. */
	s.seq = about(s.t, TRACE_RECV, seq);
	has(&s, "edited on its way by a person · ");
	has(&s, "~ SIP/2.0 183 Session Progress  was 180 Ringing\n");
	s.compare_hop = false;
	has(&s, "~ SIP/2.0 183 Session Progress  was 180 Ringing\n");
	s.annotated = true;
	has(&s, "~ SIP/2.0 183 Session Progress  was 180 Ringing\n");
	trace_destroy(s.t);
}

static void
edits_of_all_kinds(void)
{
	struct showing s = { .compare_hop = true };

	s.t = edited(8, "");
	CU_ASSERT_PTR_NOT_NULL_FATAL(s.t);
	s.seq = 8;
	has(&s, "edited on its way by a person · 0 bytes instead · record 9\n"
		"Nothing is left of what alice sent:\n\nREGISTER sip:");
	trace_destroy(s.t);
	s.t = edited(8, "\\x01\\xff\\xfe");
	CU_ASSERT_PTR_NOT_NULL_FATAL(s.t);
	has(&s, "First what alice sent, then the bytes on the "
		"wire:\n\nREGISTER sip:");
	has(&s, "\n0000  01 ff fe");
	trace_destroy(s.t);
}

/* Two messages beside each other are what travelled. */
static void
compared_are(struct trace *t, uint64_t a, uint64_t b, const char *text)
{
	struct doc d = DOC_INIT;

	compare_doc(t, a, t, b, 118, &d);
	CU_ASSERT(doc_is_sound(&d, 118, trace_count(t)));
	CU_ASSERT(doc_has(&d, text));
	CU_ASSERT(doc_has(&d, "rewritten on its way by the script"));
	doc_free(&d);
}

/* What a trace may say of it, and may leave out. */
static void
changed_by_others(void)
{
	struct showing s = { .compare_hop = true };
	struct sample m;
	uint64_t r, q;

	sample_begin(&m, "Changed");
	sample_node(&m, "a", "ua", "", "");
	r = sample_rec(&m, "act", "a", 0, NULL, ",'by':'person'");
	/* 2-4: its bytes with the arrival; 5, 6: with the fault; 7, 8: nowhere;
	 * 9, 10: as it was */
	for (int i = 0; i < 4; i++) {
		static const char *const faults[] = {
			",'of':2,'fault':1,'effect':'rewrite'",
			",'of':5,'effect':'corrupt','text':'X: y\\r\\n'",
			",'of':7,'fault':2,'effect':'edit'",
			",'of':9,'effect':'edit','base64':'WDogeQ0K'",
		};

		q = sample_rec(&m, "send", "a", r, NULL,
		    ",'src':'a','dst':'b','proto':'sip','text':'X: %s\\r\\n'",
		    i == 3 ? "y" : "x");
		sample_rec(&m, "fault", NULL, q, NULL, "%s", faults[i]);
		if (i == 0)
			sample_rec(&m, "recv", "b", q, NULL,
			    ",'of':2,'text':'X: z\\r\\n'");
	}
	s.t = sample_end(&m);
	s.seq = 2;
	has(&s, "rewritten on its way by the script · 6 bytes instead · "
		"record 3\nThese are the bytes on the wire; the marked parts "
		"differ from "
		"what a sent.\n\n~ X: z  was x\n");
	s.seq = 5;
	compared_are(s.t, 2, 9, "~ X: z");
	has(&s,
	    "damaged on its way by a person · 6 bytes instead · record 6\n");
	s.seq = 7;
	has(&s, "edited on its way · record 8\nThe trace does not contain the "
		"bytes "
		"on the wire; this is what a sent.\n\nX: x\n");
	s.seq = 9;
	has(&s, "Yet the bytes on the wire are what a sent.\n\nX: y\n");
	trace_destroy(s.t);
}

static void
rows_are(const char *old, const char *now, const char *want)
{
	static const char signs[] = { ' ', '~', '+', '-' };
	struct line_diff d;
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(line_diff(&d, str_of(old), str_of(now)), 0);
	for (size_t i = 0; i < d.n; i++) {
		const struct line_diff_row *r = &d.rows[i];

		buf_putc(&out, signs[r->change]);
		if (r->change == LINE_CHANGED) {
			buf_str(
			    &out, str_slice(r->old, r->old_from, r->old_to));
			buf_putc(&out, '>');
			buf_str(
			    &out, str_slice(r->now, r->now_from, r->now_to));
		} else {
			buf_str(&out, r->now.p != NULL ? r->now : r->old);
		}
		buf_putc(&out, '\n');
	}
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), want);
	if (strcmp(buf_cstr(&out), want) != 0)
		printf("%s", buf_cstr(&out));
	line_diff_free(&d);
}

static void
lines_that_differ(void)
{
	rows_are("", "", "");
	rows_are("a\r\nb\r\n", "a\nb", " a\n b\n");
	rows_are("", "a\n", "+a\n");
	rows_are("a\n", "", "-a\n");
	rows_are("Max-Forwards: 70\n", "Max-Forwards: 69\n", "~70>69\n");
	rows_are("A: 1\nB: 2\n", "B: 2\nA: 1\n", "-A: 1\n B: 2\n+A: 1\n");
	/* A Via on top, and what a server adds to the one below. */
	rows_are("Via: SIP/2.0/UDP a;branch=z9hG4bK1\nTo: b\n",
	    "Via: SIP/2.0/UDP p;branch=z9hG4bK2\n"
	    "Via: SIP/2.0/UDP a;branch=z9hG4bK1;received=1.2.3.4\nTo: b\n",
	    "+Via: SIP/2.0/UDP p;branch=z9hG4bK2\n~>;received=1.2.3.4\n"
	    " To: b\n");
	/* Attributes of another name have nothing to do with each other. */
	rows_are("a=sendrecv\n", "a=ptime:20\n", "-a=sendrecv\n+a=ptime:20\n");
	rows_are("a=rtpmap:0 PCMU/8000\n", "a=rtpmap:8 PCMA/8000\n",
	    "~0 PCMU>8 PCMA\n");
}

static void
many_lines_that_differ(void)
{
	LOCAL_BUF a = BUF_INIT, b = BUF_INIT;
	struct line_diff d;
	int err = ERR_NOMEM;

	for (int i = 0; i < 3000; i++) {
		buf_printf(&a, "X: %d\n", i);
		buf_printf(&b, "X: %d\n", i + 7919);
	}
	CU_ASSERT_EQUAL(line_diff(&d, buf_view(&a), buf_view(&b)), 0);
	CU_ASSERT_EQUAL(d.n, 6000);
	line_diff_free(&d);
	for (unsigned long n = 1; err != 0 && n < 20; n++) {
		mem_fail_from(n);
		err = line_diff(&d, STR("A: 1\nB: 2\n"), STR("B: 3\nC: 4\n"));
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		line_diff_free(&d);
	}
	CU_ASSERT_EQUAL(err, 0);
}

static void
counts(void)
{
	static const struct {
		uint64_t n;
		const char *text;
	} rows[] = { { 0, "0 bytes" }, { 1, "1 byte" }, { 999, "999 bytes" },
		{ 1000, "1,000 bytes" }, { 1234567, "1,234,567 bytes" },
		{ UINT64_MAX, "18,446,744,073,709,551,615 bytes" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b = BUF_INIT;

		message_put_bytes(&b, rows[i].n);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), rows[i].text);
		buf_free(&b);
	}
}

CHECK_MAIN("message_doc", { "goldens", goldens },
    { "what_it_is_compared_with", what_it_is_compared_with },
    { "odd_messages", odd_messages }, { "location", location },
    { "a_person_edits", a_person_edits },
    { "edits_of_all_kinds", edits_of_all_kinds },
    { "changed_by_others", changed_by_others },
    { "lines_that_differ", lines_that_differ },
    { "many_lines_that_differ", many_lines_that_differ }, { "counts", counts })
