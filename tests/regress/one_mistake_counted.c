/*
 * Requests of 119 sizes that are too large for UDP were 119 remarks, and each
 * repetition that came too early was a warning of its own, since their words
 * name bytes and milliseconds; so was each date, status, name and header line
 * that was quoted, and what a node did in two roles.  The same mistake of one
 * node is one finding; another header field is another mistake.
 */
#include "fixtures/inspect_check.h"
#include "fixtures/inspect_scene.h"
#include "rules/rule_names.h"

#define MANY 12

static uint64_t
count_one(struct buf *text, enum rule_id rule)
{
	LOCAL_BUF out = BUF_INIT;
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

/* What each of MANY messages quotes, in %d, and whose finding that is. */
static const struct {
	const char *what, *each;
	enum rule_id rule;
} quoting[] = {
	{ "dates", "%d a>b OPTIONS c=c%d br=z9hG4bKx%d | Date: the %d.\n",
	    RULE_FORM_DATE },
	{ "malformed values",
	    "%d a>b OPTIONS c=c%d br=z9hG4bKx%d | Contact: <sip:a@%d:x>\n",
	    RULE_FORM_VALUE },
	{ "lines that are no fields",
	    "%d a>b OPTIONS c=c%d br=z9hG4bKx%d | +nothing %d: x\n",
	    RULE_FORM_HEAD },
	{ "addresses in Via",
	    "%d a>b OPTIONS c=c%d | Via: SIP/2.0/UDP "
	    "10.0.0.%d;branch=z9hG4bKx%d\n",
	    RULE_VIA_OWN },
	{ "statuses",
	    "%d a>b OPTIONS c=c%d br=z9hG4bKx%d\n+ b>a 4%02d/OPTIONS c=c~ | "
	    "To: <sip:b@b.example>\n",
	    RULE_RESPONSE_TAG },
	{ "formats",
	    "%d a>b INVITE c=c%d br=z9hG4bKx%d sdp=1\n+ b>a 200/INVITE c=c~ "
	    "sdp=1 pt=%d\n",
	    RULE_ANSWER_FORMATS },
};

static void
quotes_are_one(void)
{
	for (size_t i = 0; i < sizeof(quoting) / sizeof(quoting[0]); i++) {
		unsigned failed = CU_get_number_of_failures();
		struct buf text = BUF_INIT, one = BUF_INIT;

		for (int k = 1; k <= MANY; k++) {
			buf_clear(&one);
			buf_printf(&one, quoting[i].each, 100 * k, k, k, k + 2);
			for (size_t c = 0; c < one.n; c++)
				if (one.p[c] == '+' && c > 0 &&
				    one.p[c - 1] == '\n')
					buf_printf(&text, "%d", 100 * k + 5);
				else if (one.p[c] == '~')
					buf_printf(&text, "%d", k);
				else
					buf_putc(&text, one.p[c]);
		}
		CU_ASSERT_EQUAL(count_one(&text, quoting[i].rule), MANY);
		buf_free(&one);
		if (CU_get_number_of_failures() != failed)
			printf("  (%s)\n", quoting[i].what);
	}
}

/* Contact and Date have nothing to do with each other. */
static void
fields_are_several(void)
{
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	struct inspect *in;
	size_t n = 0;

	scene_write("0 a>b OPTIONS | Contact: <sip:a@b:x>\n"
		    "10 a>b OPTIONS cs=2 br=z9hG4bK7 | Max-Forwards: x\n",
	    false, &out);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "scene", &d), 0);
	in = inspect_trace(t, "scene");
	for (size_t i = 0; i < inspect_report(in)->nfindings; i++)
		n += inspect_clause_at(inspect_report(in)->findings[i].clause)
			 ->rule == RULE_FORM_VALUE;
	CU_ASSERT_EQUAL(n, 2);
	inspect_destroy(in);
	trace_destroy(t);
}

/* A box answers REGISTER as a registrar, and calls as a box. */
static void
roles_are_one(void)
{
	struct buf text = BUF_INIT;

	buf_puts(&text,
	    "0 a>x REGISTER\n1 x>a 401/REGISTER | WWW-Authenticate: Digest "
	    "realm=\"x\", nonce=\"n\"\n"
	    "10 a>x REGISTER cs=2\n11 x>a 200/REGISTER\n"
	    "20 a>x INVITE c=c2 sdp=1\n21 x>a 407/INVITE c=c2 | "
	    "Proxy-Authenticate: Digest realm=\"x\", nonce=\"m\"\n"
	    "22 a>x ACK in c=c2 br=z9hG4bK4 uri=sip:b@b.example\n");
	CU_ASSERT_EQUAL(count_one(&text, RULE_DIGEST_QOP), 2);
}

CHECK_MAIN("one mistake counted", { "sizes", sizes_are_one },
    { "early repetitions", repetitions_are_one },
    { "numbers", numbers_are_one }, { "what is quoted", quotes_are_one },
    { "two header fields", fields_are_several },
    { "two roles of a node", roles_are_one })
