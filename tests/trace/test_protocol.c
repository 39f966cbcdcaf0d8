/*
 * Protocols by their rows: each is treated as its class and arrow have it, by
 * whoever looks at traces; one without a row, or a send that names none, has
 * its place, too.
 */
#include "fixtures/check.h"
#include "fixtures/sample_trace.h"

#include "ladder/ladder_arrow.h"
#include "measures/measures.h"
#include "quiz/quiz.h"
#include "calls/calls.h"
#include "words/describe.h"
#include "words/decoded_doc.h"
#include "words/telephony_doc.h"

static void
rows_by_their_names(void)
{
	for (unsigned p = 0; p < TRACE_PROTO_COUNT; p++) {
		struct str name = str_of(trace_proto_name(p));

		CU_ASSERT_EQUAL(trace_proto_find(name), p);
		CU_ASSERT_EQUAL(trace_class_of(name) == TRACE_CLASS_SIP,
		    str_is(name, "sip"));
	}
	CU_ASSERT_EQUAL(trace_proto_find(STR_NULL), TRACE_PROTO_SIP);
	CU_ASSERT_EQUAL(trace_proto_find(STR("sips")), TRACE_PROTO_COUNT);
	CU_ASSERT_EQUAL(trace_class_of(STR("sips")), TRACE_CLASS_CONTROL);
	CU_ASSERT_EQUAL(trace_arrow_of(STR("sips"), 200), TRACE_ARROW_OTHER);
}

static void
arrows_of_sip_by_status(void)
{
	static const struct {
		unsigned status;
		enum trace_arrow arrow;
	} rows[] = { { 0, TRACE_ARROW_REQUEST },
		{ 100, TRACE_ARROW_PROVISIONAL },
		{ 199, TRACE_ARROW_PROVISIONAL }, { 200, TRACE_ARROW_SUCCESS },
		{ 302, TRACE_ARROW_REDIRECTION }, { 400, TRACE_ARROW_FAILURE },
		{ 699, TRACE_ARROW_FAILURE } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CU_ASSERT_EQUAL(
		    trace_arrow_of(STR("sip"), rows[i].status), rows[i].arrow);
		CU_ASSERT_EQUAL(
		    trace_arrow_of(STR_NULL, rows[i].status), rows[i].arrow);
		CU_ASSERT_EQUAL(trace_arrow_of(STR("rtp"), rows[i].status),
		    trace_arrow_of(STR("rtp"), 0));
	}
}

static struct trace *
make_invite(const char *proto)
{
	struct sample s;

	sample_begin(&s, "protocol");
	sample_node(&s, "a", "ua", "a.example", "");
	sample_node(&s, "b", "ua", "a.example", "");
	sample_rec(&s, "send", "a", 0, NULL,
	    ",'src':'a','dst':'b','proto':'%s','start':'INVITE',"
	    "'cseq':'1 INVITE','call_id':'c1','branch':'z9hG4bK1',"
	    "'text':'INVITE sip:b@b.example SIP/2.0\\r\\n\\r\\n'",
	    proto);
	return sample_end(&s);
}

static size_t
count_measured(const struct trace *t)
{
	struct measures *m = NULL;
	size_t n;

	CU_ASSERT_EQUAL_FATAL(measures_create(&m), 0);
	while (measures_extend(m, t, 100))
		;
	n = measures_count(m);
	measures_destroy(m);
	return n;
}

static size_t
count_calls(const struct trace *t)
{
	struct calls *c = NULL;
	size_t n;

	CU_ASSERT_EQUAL_FATAL(calls_create(&c), 0);
	while (calls_extend(c, t, 100))
		;
	n = calls_count(c);
	calls_destroy(c);
	return n;
}

/* The same record in each protocol, in one that has no row, and in none. */
static void
everybody_asks_the_class(void)
{
	for (unsigned p = 0; p < TRACE_PROTO_COUNT + 2; p++) {
		const char *name = p < TRACE_PROTO_COUNT ? trace_proto_name(p)
				   : p == TRACE_PROTO_COUNT ? "?"
							    : "";
		enum trace_class class = trace_class_of(str_of(name));
		bool sip = class == TRACE_CLASS_SIP;
		bool media = class == TRACE_CLASS_MEDIA;
		struct trace *t = make_invite(name);
		struct layout *l = NULL;

		CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, NULL, NULL), 0);
		CU_ASSERT_EQUAL_FATAL(l->nrows, 1);
		CU_ASSERT_EQUAL(
		    l->rows[0].item, media ? LAYOUT_MEDIA : LAYOUT_MESSAGE);
		CU_ASSERT_EQUAL(l->rows[0].class, class);
		CU_ASSERT_EQUAL(
		    l->rows[0].arrow, trace_arrow_of(str_of(name), 0));
		CU_ASSERT_EQUAL(quiz_is_asked(t, 1), !media);
		CU_ASSERT_EQUAL(count_calls(t), sip);
		CU_ASSERT_EQUAL(count_measured(t), sip);
		layout_destroy(l);
		trace_destroy(t);
	}
}

static void
what_location_says(void)
{
	static const struct {
		const char *bytes, *says;
	} rows[] = {
		{ "{\"op\":\"query\",\"aor\":\"sip:bob@b.example\"}",
		    " bob@b.example" },
		{ "{\"contacts\":[{\"uri\":\"sip:bob@192.0.2.1\"},"
		  "{\"uri\":\"sip:bob@192.0.2.2\"}]}",
		    ": bob@192.0.2.1" },
		{ "{\"contacts\":[]}", ": nobody" },
		{ "{\"contacts\":[7]}", "" },
		{ "{\"contacts\":[{\"uri\":7}]}", "" },
		{ "{\"contacts\":7}", "" },
		{ "{\"aor\":\"\\u001b[2J\"}", " ␛[2J" },
		{ "{\"aor\":\"sip:bob", "" },
		{ "[", "" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;

		describe_location(str_of(rows[i].bytes), &out);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&out), rows[i].says);
		buf_free(&out);
	}
}

/* The answer to SRV _sip._udp.example.com (tests/dns/test_dns.c has its bytes).
 */
static const char dns_answer[] =
    "\x1a\x2b\x85\0\0\1\0\1\0\0\0\1\4_sip\4_udp\7example\3com\0\0\x21\0\1"
    "\xc0\x0c\0\x21\0\1\0\0\1\x2c\0\x18\0\x0a\0\x3c\x13\xc4\4sip1\7example"
    "\3com\0\xc0\x39\0\1\0\1\0\0\1\x2c\0\4\xc0\0\2\x0b";

static void
want_dns(struct str bytes, const char *says, size_t gist)
{
	LOCAL_BUF out = BUF_INIT, framed = BUF_INIT;

	CU_ASSERT_EQUAL(describe_dns(bytes, &out), gist);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), says);
	/* the same over TCP */
	buf_clear(&out);
	buf_putc(&framed, (char)(bytes.n >> 8));
	buf_putc(&framed, (char)bytes.n);
	buf_str(&framed, bytes);
	describe_dns(buf_view(&framed), &out);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), says);
}

static void
what_dns_says(void)
{
	struct str answer = { dns_answer, sizeof(dns_answer) - 1 };
	LOCAL_BUF m = BUF_INIT;

	want_dns(answer, ": 1 SRV, 1 A", 7);
	/* The head alone, with the question: of the query, of an answer without
	 * records, of one that is cut off, of a name that is not there. */
	buf_str(&m, str_slice(answer, 0, 39));
	memcpy(m.p + 6, "\0\0\0\0\0\0", 6);
	want_dns(buf_view(&m), ": no such record", 0);
	m.p[2] = '\x87';
	want_dns(buf_view(&m), ": truncated", 0);
	m.p[3] = '\3';
	want_dns(buf_view(&m), ": NXDOMAIN", 0);
	m.p[2] = '\1';
	want_dns(buf_view(&m), " SRV _sip._udp.example.com", 4);
	want_dns(str_slice(answer, 0, 40), "", 0);
	want_dns(STR(""), "", 0);
}

static void
dns_as_lines(void)
{
	struct str answer = { dns_answer, sizeof(dns_answer) - 1 };
	struct doc d;
	LOCAL_BUF out = BUF_INIT;

	d = DOC_INIT;
	CU_ASSERT(decoded_doc(STR("dns"), answer, 1, 80, &d));
	CU_ASSERT_EQUAL(doc_write(&d, &out), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out),
	    "answer       NOERROR · authoritative (AA) · recursion desired "
	    "(RD)\n"
	    "ID           6699\n"
	    "QUESTION     _sip._udp.example.com  SRV\n"
	    "ANSWER       _sip._udp.example.com  300  SRV 10 60 5060 "
	    "sip1.example.com.\n"
	    "ADDITIONAL   sip1.example.com  300  A 192.0.2.11\n");
	doc_free(&d);
	buf_clear(&out);
	d = DOC_INIT;
	CU_ASSERT(
	    !decoded_doc(STR("dns"), str_slice(answer, 0, 45), 1, 80, &d));
	CU_ASSERT_EQUAL(doc_write(&d, &out), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out),
	    "DNS          can't be read: it ends before all the data it "
	    "announces\n\n");
	doc_free(&d);
}

/* REL 17 and IAM of circuit 5, from code 1 to code 2, behind SIO and label. */
static const char isup_rel[] =
    "\x85\x02\x40\x00\x50\x05\x00\x0c\x02\x00\x02\x84\x91";
static const char isup_iam[] =
    "\x85\x02\x40\x00\x50\x05\x00\x01\x00\x60\x01\x0a\x03\x02\x00\x04\x83"
    "\x10\x21\x03";

static void
want_isup(struct str bytes, const char *says, size_t gist)
{
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_EQUAL(describe_isup(bytes, &out), gist);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), says);
}

static void
what_isup_says(void)
{
	struct str rel = { isup_rel, sizeof(isup_rel) - 1 };
	struct str iam = { isup_iam, sizeof(isup_iam) - 1 };

	want_isup(rel, " 17 (CIC 5)", 3);
	want_isup(iam, " 123 (CIC 5)", 4);
	/* Of what can't be read the circuit is there. */
	want_isup(str_slice(rel, 0, 9), " (CIC 5)", 0);
	want_isup(str_slice(rel, 0, 6), "", 0);
	want_isup(STR("no isup"), "", 0);
}

static void
isup_as_lines(void)
{
	static const char *const wanted[] = { "Q.704 2.2",
		"From point code 1 to point code 2, signalling link",
		"Q.763 1.2", "Circuit 5 between", "The message type: REL.",
		"Q.763 3.12", "Q.850 cause 17: user busy." };
	struct str rel = { isup_rel, sizeof(isup_rel) - 1 };
	struct doc d = DOC_INIT;
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT(isup_doc(rel, 1, 80, &d));
	CU_ASSERT_EQUAL(doc_write(&d, &out), 0);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		CU_ASSERT(str_find(buf_view(&out), wanted[i]) >= 0);
	CU_ASSERT(str_find(buf_view(&out), "RFC 3204") < 0);
	doc_free(&d);
	buf_clear(&out);
	d = DOC_INIT;
	CU_ASSERT(!isup_doc(str_slice(rel, 0, 4), 1, 80, &d));
	doc_free(&d);
}

CHECK_MAIN("protocol", { "rows by their names", rows_by_their_names },
    { "arrows of SIP by status", arrows_of_sip_by_status },
    { "everybody asks the class", everybody_asks_the_class },
    { "what a location service says", what_location_says },
    { "what DNS says", what_dns_says }, { "DNS as lines", dns_as_lines },
    { "what ISUP says", what_isup_says }, { "ISUP as lines", isup_as_lines })
