/*
 * Messages read in place: the frame, the faults and where they are, lists of
 * values, and the torture messages of RFC 4475 and RFC 5118.
 */
#include "fixtures/check.h"

#include "base/buf.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/message.h"

#include <string.h>

static struct msg m; /* large */

#define VIA "Via: SIP/2.0/UDP a.example;branch=z9hG4bK1\r\n"
#define BASIC                                                            \
	VIA "From: <sip:a@a.example>;tag=1\r\nTo: <sip:b@b.example>\r\n" \
	    "Call-ID: c\r\n"
#define CSEQ  "CSeq: 7 OPTIONS\r\n"
#define START "OPTIONS sip:b@b.example SIP/2.0\r\n"

static enum msg_fault
read_text(const char *text, struct str *at)
{
	return msg_read(&m, str_of(text), at);
}

/* What msg_read, and where that finds nothing msg_check, says. */
static enum msg_fault
judge_compare_runs(const char *text, struct str *at)
{
	enum msg_fault f = read_text(text, at);

	return f != MSG_FAULT_NONE ? f : msg_check(&m, at);
}

#define FAULT(text, fault, where)                                       \
	do {                                                            \
		struct str at_;                                         \
		CU_ASSERT_EQUAL(                                        \
		    judge_compare_runs(text, &at_), MSG_FAULT_##fault); \
		CU_ASSERT_TRUE(str_is(at_, where));                     \
	} while (0)

static void
reads_a_request(void)
{
	struct str at;

	CU_ASSERT_EQUAL(read_text(START BASIC CSEQ
			    "X-Odd :  one\r\n\ttwo \r\nl: 3\r\n\r\nabcde",
			    &at),
	    MSG_FAULT_NONE);
	CU_ASSERT_TRUE(m.request);
	CU_ASSERT_EQUAL(m.method, MSG_OPTIONS);
	CU_ASSERT_TRUE(str_is(m.method_name, "OPTIONS"));
	CU_ASSERT_TRUE(str_is(m.uri, "sip:b@b.example"));
	CU_ASSERT_TRUE(str_is(m.version, "SIP/2.0"));
	CU_ASSERT_EQUAL(m.nfields, 7);
	CU_ASSERT_TRUE(str_is(m.fields[5].name, "X-Odd"));
	CU_ASSERT_TRUE(str_is(m.fields[5].value, "one\r\n\ttwo"));
	CU_ASSERT_TRUE(str_is(m.fields[5].line, "X-Odd :  one\r\n\ttwo \r\n"));
	CU_ASSERT_EQUAL(m.fields[5].id, MSG_H_OTHER);
	CU_ASSERT_EQUAL(m.fields[6].id, MSG_H_CONTENT_LENGTH);
	/* 18.3: cut to Content-Length */
	CU_ASSERT_TRUE(str_is(m.body, "abc"));
	CU_ASSERT_EQUAL(msg_check(&m, NULL), MSG_FAULT_NONE);
	CU_ASSERT_PTR_NOT_NULL(msg_field_named(&m, "x-odd", 0));
	CU_ASSERT_PTR_NULL(msg_field_named(&m, "x-odd", 1));
	CU_ASSERT_PTR_NOT_NULL(msg_field_named(&m, "Content-Length", 0));
	CU_ASSERT_TRUE(str_is(msg_value(&m, MSG_H_CALL_ID), "c"));
	CU_ASSERT_PTR_NULL(msg_value(&m, MSG_H_ROUTE).p);
}

static void
reads_a_response(void)
{
	CU_ASSERT_EQUAL(read_text("\r\n\r\nSIP/2.0 404 Not  Found\r\n" BASIC
				  "CSeq: 1 INVITE\r\n\r\n",
			    NULL),
	    MSG_FAULT_NONE);
	CU_ASSERT_FALSE(m.request);
	CU_ASSERT_EQUAL(m.status, 404);
	CU_ASSERT_TRUE(str_is(m.reason, "Not  Found"));
	CU_ASSERT_EQUAL(m.method, MSG_INVITE);
	CU_ASSERT_EQUAL(read_text("SIP/2.0 100 \r\n\r\n", NULL), 0);
	CU_ASSERT_EQUAL(m.reason.n, 0);
	CU_ASSERT_EQUAL(m.method, MSG_OTHER);
}

static void
finds_frame_faults(void)
{
	FAULT("", EMPTY, "");
	FAULT("\r\n\r\n", EMPTY, "\r\n\r\n");
	FAULT("hello", START_LINE, "hello");
	FAULT("hello\r\n\r\n", START_LINE, "hello");
	FAULT("A  sip:b SIP/2.0\r\n\r\n", START_LINE, "A  sip:b SIP/2.0");
	FAULT("A sip:b SIP/2.0 \r\n\r\n", START_LINE, "A sip:b SIP/2.0 ");
	FAULT("A sip:b x SIP/2.0\r\n\r\n", START_LINE, "A sip:b x SIP/2.0");
	FAULT("A <sip:b> SIP/2.0\r\n\r\n", START_LINE, "A <sip:b> SIP/2.0");
	FAULT("A@ sip:b SIP/2.0\r\n\r\n", START_LINE, "A@ sip:b SIP/2.0");
	FAULT("A SIP/2.0\r\n\r\n", START_LINE, "A SIP/2.0");
	FAULT("SIP/2.0 99 x\r\n\r\n", START_LINE, "SIP/2.0 99 x");
	FAULT("SIP/2.0 700 x\r\n\r\n", START_LINE, "SIP/2.0 700 x");
	FAULT(
	    "SIP/2.0 4294967301 x\r\n\r\n", START_LINE, "SIP/2.0 4294967301 x");
	FAULT("SIP/2.0 200\r\n\r\n", START_LINE, "SIP/2.0 200");
	FAULT("A sip:b SIP/7.0\r\n\r\n", VERSION, "SIP/7.0");
	FAULT("SIP/1.0 200 OK\r\n\r\n", VERSION, "SIP/1.0");
	FAULT(START BASIC, NO_END, "");
	FAULT(START "To: x", NO_END, "To: x");
	FAULT(START " To: x\r\n\r\n", FIELD, " To: x");
	FAULT(START "To x\r\n\r\n", FIELD, "To x");
	FAULT(START ": x\r\n\r\n", FIELD, ": x");
	FAULT(START "T o: x\r\n\r\n", FIELD, "T o: x");
	FAULT(START "To: x\rFrom: y\r\n\r\n", BARE_CR, "\r");
	FAULT(START "To: x\nFrom: y\r\n\r\n", BARE_CR, "\n");
	FAULT(START BASIC CSEQ "l: 6\r\n\r\nabcde", LENGTH, "6");
	FAULT(START BASIC CSEQ "l: 99999999999999999999999\r\n\r\n", LENGTH,
	    "99999999999999999999999");
	FAULT(START BASIC CSEQ "l: -1\r\n\r\n", VALUE, "-1");
	FAULT(START BASIC CSEQ "l:\r\n\r\n", VALUE, "l:\r\n");
}

static void
reads_on_behind_a_fault(void)
{
	struct str at;

	CU_ASSERT_EQUAL(read_text(START "junk\r\n" BASIC CSEQ "\r\nbody", &at),
	    MSG_FAULT_FIELD);
	CU_ASSERT_EQUAL(m.nfields, 5);
	CU_ASSERT_TRUE(str_is(m.body, "body"));
	CU_ASSERT_EQUAL(msg_check(&m, NULL), MSG_FAULT_NONE);
}

static void
judges_nul(void)
{
#define NUL(s)                   \
	(struct str)             \
	{                        \
		s, sizeof(s) - 1 \
	}
	struct str at;

	CU_ASSERT_EQUAL(
	    msg_read(&m, NUL(START "To: \"a\0b\" <sip:x>\r\n\r\n"), &at),
	    MSG_FAULT_NONE);
	CU_ASSERT_EQUAL(
	    msg_read(&m, NUL(START "To: \"a\\\0b\" <sip:x>\r\n\r\n\0"), &at),
	    MSG_FAULT_NONE);
	CU_ASSERT_EQUAL(
	    msg_read(&m, NUL(START "To: \"a\" \0<sip:x>\r\n\r\n"), &at),
	    MSG_FAULT_NUL);
	CU_ASSERT_EQUAL(at.n, 1);
	CU_ASSERT_EQUAL(
	    msg_read(&m, NUL(START "To: \"a\0 <sip:x>\r\n\r\n"), &at),
	    MSG_FAULT_NUL);
	CU_ASSERT_EQUAL(msg_read(&m, NUL("SIP/2.0 200 \"\0\"\r\n\r\n"), &at),
	    MSG_FAULT_NUL);
#undef NUL
}

static void
finds_missing_and_twice(void)
{
	FAULT(START BASIC "\r\n", MISSING, "OPTIONS sip:b@b.example SIP/2.0");
	FAULT(START BASIC CSEQ "i: d\r\n\r\n", TWICE, "i: d\r\n");
	FAULT(START BASIC CSEQ "l: 0\r\nContent-Length: 0\r\n\r\n", TWICE,
	    "Content-Length: 0\r\n");
	FAULT(START BASIC CSEQ VIA "\r\n", NONE, "");
}

static void
finds_bad_values(void)
{
#define ALSO(line, what) FAULT(START BASIC CSEQ line "\r\n\r\n", VALUE, what)
	ALSO("Max-Forwards: -1", "-1");
	ALSO("Max-Forwards: ten", "ten");
	ALSO("Expires: 1h", "1h");
	ALSO("Contact: <sip:a@b", "<sip:a@b");
	ALSO("Contact: sip:a@b?Route=x", "sip:a@b?Route=x");
	ALSO("Contact: \"a <sip:a@b>", "\"a <sip:a@b>");
	ALSO("Route: *", "*");
	ALSO("Route: <sip:p;lr>, nonsense", "<sip:p;lr>, nonsense");
	ALSO("Via: SIP/2.0/UDP", "SIP/2.0/UDP");
	ALSO("Via: SIP/2.0/UDP a;=", "SIP/2.0/UDP a;=");
	ALSO("Contact: <sip:2001:db8::1>", "<sip:2001:db8::1>");
	FAULT(START BASIC "CSeq: 1 INVITE\r\n\r\n", VALUE, "1 INVITE");
	FAULT(START BASIC "CSeq: 4294967296 OPTIONS\r\n\r\n", VALUE,
	    "4294967296 OPTIONS");
	FAULT("OPTIONS sip:2001:db8::9 SIP/2.0\r\n" BASIC CSEQ "\r\n", VALUE,
	    "sip:2001:db8::9");
	FAULT("OPTIONS odd:thing SIP/2.0\r\n" BASIC CSEQ "\r\n", NONE, "");
	FAULT(START BASIC CSEQ "Contact: *\r\nMax-Forwards: 000\r\n\r\n", NONE,
	    "");
	FAULT(START BASIC CSEQ "Route: <sip:p;lr>,,<sip:q>\r\n\r\n", NONE, "");
#undef ALSO
}

/* START, a header line of N times UNIT after HEAD, and the end. */
static enum msg_fault
repeat(const char *head, const char *unit, size_t n, const char *tail)
{
	LOCAL_BUF b = BUF_INIT;
	enum msg_fault f;

	buf_puts(&b, START);
	buf_puts(&b, head);
	for (size_t i = 0; i < n; i++)
		buf_puts(&b, unit);
	buf_puts(&b, tail);
	f = msg_read(&m, buf_view(&b), NULL);
	return f;
}

static void
keeps_the_limits(void)
{
	CU_ASSERT_EQUAL(repeat("", "a:\r\n", 256, "\r\n"), MSG_FAULT_NONE);
	CU_ASSERT_EQUAL(m.nfields, 256);
	CU_ASSERT_EQUAL(repeat("", "a:\r\n", 257, "\r\n"), MSG_FAULT_TOO_LARGE);
	CU_ASSERT_EQUAL(m.nfields, 256);
	CU_ASSERT_EQUAL(repeat("c: <sip:a>", ";a=b", 64, "\r\n\r\n"), 0);
	CU_ASSERT_EQUAL(
	    repeat("c: <sip:a>", ";a=b", 65, "\r\n\r\n"), MSG_FAULT_TOO_LARGE);
	CU_ASSERT_EQUAL(
	    repeat("c: <sip:a?", "&a=b", 65, ">\r\n\r\n"), MSG_FAULT_TOO_LARGE);
	CU_ASSERT_EQUAL(repeat("m: ", "<sip:a;b>;c,", 65, "*\r\n\r\n"), 0);
	CU_ASSERT_EQUAL(repeat("s: \"", ";", 65, "\"\r\n\r\n"), 0);
	CU_ASSERT_EQUAL(repeat("s: ", "x", 16000, "\r\n\r\n"), 0);
	CU_ASSERT_EQUAL(
	    repeat("s: ", "x", 16384, "\r\n\r\n"), MSG_FAULT_TOO_LARGE);
	CU_ASSERT_EQUAL(repeat("\r\n", "x", 65000, ""), MSG_FAULT_NONE);
	CU_ASSERT_EQUAL(m.body.n, 65000);
	CU_ASSERT_EQUAL(repeat("\r\n", "x", 65536, ""), MSG_FAULT_TOO_LARGE);
}

static void
walks_values(void)
{
	struct msg_values it = { 0 };
	struct str v;

	read_text(START "Route: <sip:a,b;lr> , \"x,y\\\",\" <sip:c>\r\n" VIA
			"Route:\r\nRoute: ,, <sip:d>,\r\n"
			"Date: Sat, 13 Nov 2010 23:29:00 GMT\r\n\r\n",
	    NULL);
	CU_ASSERT_TRUE(msg_next_value(&m, MSG_H_ROUTE, &it, &v));
	CU_ASSERT_TRUE(str_is(v, "<sip:a,b;lr>"));
	CU_ASSERT_EQUAL(it.field, 0);
	CU_ASSERT_TRUE(msg_next_value(&m, MSG_H_ROUTE, &it, &v));
	CU_ASSERT_TRUE(str_is(v, "\"x,y\\\",\" <sip:c>"));
	CU_ASSERT_TRUE(msg_next_value(&m, MSG_H_ROUTE, &it, &v));
	CU_ASSERT_TRUE(str_is(v, "<sip:d>"));
	CU_ASSERT_EQUAL(it.field, 3);
	CU_ASSERT_FALSE(msg_next_value(&m, MSG_H_ROUTE, &it, &v));
	CU_ASSERT_EQUAL(msg_count_values(&m, MSG_H_ROUTE), 3);
	/* a Date has a comma and is no list */
	CU_ASSERT_EQUAL(msg_count_values(&m, MSG_H_DATE), 1);
}

/* Each row is found by its name, in any letters, and by its compact form. */
static void
finds_headers(void)
{
	for (unsigned i = 1; i < MSG_H_COUNT; i++) {
		const struct msg_header_info *row =
		    msg_header_info((enum msg_header)i);
		char name[64];
		size_t n = strlen(row->name);

		CU_ASSERT_EQUAL(msg_header_find(str_of(row->name)), i);
		for (size_t k = 0; k <= n; k++)
			name[k] = chr_is_alpha(row->name[k]) && k % 2
				      ? (char)(row->name[k] ^ 0x20)
				      : row->name[k];
		CU_ASSERT_EQUAL(msg_header_find(str_of(name)), i);
		name[n - 1]++;
		CU_ASSERT_NOT_EQUAL(msg_header_find(str_of(name)), i);
		if (row->compact != 0)
			CU_ASSERT_EQUAL(
			    msg_header_find((struct str){ &row->compact, 1 }),
			    i);
		CU_ASSERT_TRUE(row->rfc >= 2543 && row->text[0] != '\0');
	}
	CU_ASSERT_EQUAL(msg_header_find(STR("I")), MSG_H_CALL_ID);
	CU_ASSERT_EQUAL(msg_header_find(STR_NULL), MSG_H_OTHER);
	CU_ASSERT_EQUAL(msg_header_find(STR("")), MSG_H_OTHER);
	CU_ASSERT_EQUAL(msg_header_find(STR("\xe9")), MSG_H_OTHER);
	CU_ASSERT_EQUAL(msg_header_find(STR("X-Unknown")), MSG_H_OTHER);
	CU_ASSERT_PTR_NULL(msg_header_info(MSG_H_OTHER));
}

static void
finds_methods_and_statuses(void)
{
	unsigned known = 0;

	CU_ASSERT_EQUAL(msg_method_find(STR("REFER")), MSG_REFER);
	CU_ASSERT_EQUAL(msg_method_find(STR("refer")), MSG_OTHER);
	CU_ASSERT_STRING_EQUAL(msg_method_name(MSG_PRACK), "PRACK");
	CU_ASSERT_STRING_EQUAL(msg_method_name(MSG_OTHER), "");
	for (unsigned code = 0; code < 1000; code++) {
		const struct msg_status_info *row = msg_status(code);

		if (row == NULL)
			continue;
		known++;
		CU_ASSERT_EQUAL(row->code, code);
		CU_ASSERT_STRING_EQUAL(msg_status_phrase(code), row->phrase);
	}
	CU_ASSERT_TRUE(known >= 75);
	CU_ASSERT_STRING_EQUAL(msg_status_phrase(486), "Busy Here");
	CU_ASSERT_STRING_EQUAL(msg_status_phrase(299), "Unknown");
}

static void
names_faults(void)
{
	for (unsigned i = 0; i < MSG_FAULT_COUNT; i++) {
		CU_ASSERT_PTR_NOT_NULL_FATAL(msg_fault_name((enum msg_fault)i));
		CU_ASSERT_PTR_NOT_NULL(msg_fault_text((enum msg_fault)i));
	}
	CU_ASSERT_STRING_EQUAL(
	    msg_fault_name(MSG_FAULT_START_LINE), "start-line");
	CU_ASSERT_EQUAL(msg_fault_status(MSG_FAULT_TOO_LARGE), 513);
}

/* The torture messages that are judged otherwise than the index says. */
static const struct {
	const char *file;
	bool refused; /* by us */
	const char *why;
} differences[] = {
	{ "rfc4475/baddate.dat", false,
	    "RFC 4475 3.1.2.12: no reason to refuse where Date is not used" },
	{ "rfc5118/ipv6-in-sdp.dat", true,
	    "its Content-Length is larger than its body" },
};

static bool
is_refused(struct str wellformed, struct str file)
{
	for (size_t i = 0; i < sizeof(differences) / sizeof(differences[0]);
	     i++)
		if (str_is(file, differences[i].file))
			return differences[i].refused;
	/* lenient, rfc2543 and semantic are to be read */
	return str_is(wellformed, "no");
}

static void
judge_torture(struct str row)
{
	struct str col[10], at = STR_NULL;
	char path[512];
	LOCAL_BUF b = BUF_INIT;
	enum msg_fault f;

	for (size_t i = 0; i < 10; i++)
		col[i] = str_cut(row, '\t', &row);
	snprintf(path, sizeof(path), "%s/torture/%.*s", check_data(),
	    STR_ARG(col[0]));
	CU_ASSERT_EQUAL_FATAL(buf_read_file(&b, path, 65536), 0);
	f = msg_read(&m, buf_view(&b), &at);
	if (f == MSG_FAULT_NONE)
		f = msg_check(&m, &at);
	if ((f != MSG_FAULT_NONE) != is_refused(col[6], col[0])) {
		printf("%.*s: %s at \"%.*s\"\n", STR_ARG(col[0]),
		    msg_fault_name(f), STR_ARG(at));
		CU_FAIL("a torture message is judged otherwise");
	}
}

static void
judges_torture(void)
{
	LOCAL_BUF index = BUF_INIT;
	struct str rest, line;
	char path[512];

	snprintf(path, sizeof(path), "%s/torture/index.tsv", check_data());
	if (buf_read_file(&index, path, 1 << 20) != 0) {
		check_skip("no torture messages beside the project");
		return;
	}
	rest = buf_view(&index);
	str_cut(rest, '\n', &rest);
	while (rest.n > 0) {
		line = str_cut(rest, '\n', &rest);
		if (line.n > 0)
			judge_torture(line);
	}
}

CHECK_MAIN("message", { "a request is read", reads_a_request },
    { "a response is read", reads_a_response },
    { "faults of the frame are found", finds_frame_faults },
    { "reading goes on behind a fault", reads_on_behind_a_fault },
    { "NUL is allowed in quoted strings and bodies", judges_nul },
    { "missing and doubled fields are found", finds_missing_and_twice },
    { "malformed values are found", finds_bad_values },
    { "the limits hold", keeps_the_limits },
    { "lists of values are walked", walks_values },
    { "header rows are found", finds_headers },
    { "methods and status codes are found", finds_methods_and_statuses },
    { "faults have names", names_faults },
    { "torture messages are judged as their RFC says", judges_torture })
