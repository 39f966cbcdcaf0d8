/*
 * H.248 in text form: messages of a call between two gateways read, what is
 * wrong with one, digit maps, writing in both forms, what its lines say, and
 * what tshark reads.
 */
#include "fixtures/check.h"

#include "fixtures/capture_made.h"
#include "draw/doc.h"
#include "megaco/megaco.h"
#include "words/describe.h"
#include "words/telephony_doc.h"

#include <string.h>

#define HEAD "!/1 [192.0.2.10]:2944 "

/* What each is named, and what stands behind that on its arrow. */
static const struct {
	const char *text, *name, *says;
} good[] = {
	{ "T=1{C=-{SC=ROOT{SV{MT=RS,RE=\"901 Cold Boot\",V=1}}}}",
	    "ServiceChange", " ROOT (T 1)" },
	{ "P=1{C=-{SC=ROOT{SV{V=1}}}}", "Reply ServiceChange", " ROOT (T 1)" },
	{ "T=101{C=-{MF=A1{E=11{al/of{strict=state}}}}}", "Modify",
	    " A1 (T 101)" },
	{ "T=2{C=-{N=A1{OE=11{20261121T10000000:al/of{init=false}}}}}",
	    "Notify", " A1 al/of (T 2)" },
	{ "T=102{C=-{MF=A1{E=12{al/on,dd/ce{DM=dm1}},SG{cg/dt},"
	  "DM=dm1{(0S|5xxxxxx|E|F)}}}}",
	    "Modify", " A1 cg/dt (T 102)" },
	{ "T=3{C=-{N=A1{OE=12{20261121T10000750 : "
	  "dd/ce{ds=\"5550123\",Meth=UM}}}}}",
	    "Notify", " A1 dd/ce 5550123 (T 3)" },
	{ "T=103{C=${A=A1{E=13{al/on}},A=${M{ST=1{O{MO=RC,nt/jit=40},L{\r\n"
	  "v=0\r\nc=IN IP4 $\r\nm=audio $ RTP/AVP 8\r\n}}}}}}",
	    "Add", " A1 (T 103)" },
	{ "P=103{C=2001{A=A1,A=RTP/1{M{ST=1{L{\r\nv=0\r\nc=IN IP4 "
	  "192.0.2.11\r\n"
	  "a=x:{\\\\}\r\nm=audio 40000 RTP/AVP 8\r\n}}}}}}",
	    "Reply Add", " A1 (T 103)" },
	{ "T=108{C=2001{S=A1{AT{}},O-S=RTP/1{AT{Statistics}}}}", "Subtract",
	    " A1 (T 108)" },
	{ "P=108{C=2001{S=A1,S=RTP/1{SA{rtp/ps=100,nt/dur=2000}}}}",
	    "Reply Subtract", " A1 (T 108)" },
	{ "P=109{C=5{ER=411{\"no such context\"}}}", "Reply Error",
	    ": 411 (T 109)" },
	{ "T=7{C=-{W-AV=*{AT{M,E,SG}}}}", "AuditValue", " * (T 7)" },
	{ "T=8{C=4{PR=3,EG,TP{A1,T,OW},MV=A1{SG{SL=1{al/ri{DR=200,NC={TO,"
	  "IBE}}}}}}}",
	    "Move", " A1 SL (T 8)" },
	{ "P=4{IA,C=2{MF=A1}}", "Reply Modify", " A1 (T 4)" },
	{ "PN=4{}", "Pending", " (T 4)" },
	{ "K{1-3,7}", "Ack", "" },
	{ "ER=406{}", "Error", ": 406" },
	/* tshark knows no comments. */
	{ "T=9{ ; a comment }\r\nContext = - { Modify = A1 { Signals { } } } "
	  "}\n"
	  "T=10{C=*{AV=ROOT{AT{}}}}",
	    "Modify", " A1 (T 9)" },
};

#define ROWS (sizeof(good) / sizeof(good[0]))

/* With the head. */
static struct str
full(struct buf *b, const char *text)
{
	buf_clear(b);
	buf_puts(b, HEAD);
	buf_puts(b, text);
	return (struct str){ b->p, b->n };
}

static void
messages_are_read(void)
{
	LOCAL_BUF b = BUF_INIT, name = BUF_INIT, says = BUF_INIT;
	struct megaco m;

	for (size_t i = 0; i < ROWS; i++) {
		struct str bytes = full(&b, good[i].text);

		if (megaco_read(bytes, &m) != 0)
			printf("%s: %u at %.*s\n", good[i].text, m.fault,
			    (int)m.at.n, m.at.p);
		CU_ASSERT_EQUAL(m.fault, 0);
		CU_ASSERT(str_is(m.sender, "[192.0.2.10]:2944"));
		buf_clear(&name);
		buf_clear(&says);
		megaco_write_name(bytes, &name);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&name), good[i].name);
		describe_megaco(bytes, &says);
		if (strcmp(buf_cstr(&says), good[i].says) != 0)
			printf("%s: %s\n", good[i].text, buf_cstr(&says));
		CU_ASSERT_STRING_EQUAL(buf_cstr(&says), good[i].says);
	}
}

static void
what_is_wrong_is_said(void)
{
	static const struct {
		const char *text;
		unsigned fault;
	} bad[] = {
		{ "", 400 },
		{ "T=1{C=-{MF=A1{SG{}}}", 400 },
		{ "T=x{C=-{MF=A1}}", 400 },
		{ "FOO=1{}", 400 },
		{ "T=1{MF=A1}", 403 },
		{ "T=1{C=x{MF=A1}}", 403 },
		{ "T=1{C=-{XY=A1}}", 443 },
		{ "T=1{C=-{MF}}", 442 },
		{ "T=1{C=-{MF=A1,}}", 442 },
		{ "T=1{C=-{MF=A1 MF=A2}}", 442 },
		{ "T=1{C=-{MF=A1{FOO{}}}}", 444 },
		{ "T=1{C=-{N=A1{M{}}}}", 444 },
		{ "T=1{C=-{MF=A1{M{O{MO=Sideways}}}}}", 449 },
		{ "T=1{C=-{MF=A1{M{O{FOO=1}}}}}", 445 },
		{ "T=1{C=-{MF=A1{E=1{offhook}}}}", 451 },
		{ "T=1{C=-{MF=A1{SG{dialtone}}}}", 452 },
		{ "T=1{C=-{MF=A1{SG{cg/dt{FOO}}}}}", 446 },
		{ "T=1{C=-{SC=ROOT{SV{MT=Sometime}}}}", 449 },
		{ "T=1{C=-{SC=ROOT{SV{RE=\"why\"}}}}", 442 },
	};
	struct buf b = BUF_INIT;
	struct megaco m;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		megaco_read(full(&b, bad[i].text), &m);
		if (m.fault != bad[i].fault)
			printf("%s: %u\n", bad[i].text, m.fault);
		CU_ASSERT_EQUAL(m.fault, bad[i].fault);
		CU_ASSERT_PTR_NOT_NULL(megaco_error_words(m.fault));
	}
	CU_ASSERT_EQUAL(
	    megaco_read(STR("MEGACO/2 [192.0.2.1] T=1{}"), &m), 406);
	CU_ASSERT_EQUAL(megaco_read(STR("INVITE sip:a@b SIP/2.0"), &m), 400);
	CU_ASSERT(m.body.p == NULL);
	/* Braces in braces in braces. */
	buf_clear(&b);
	buf_puts(&b, HEAD "T=1{C=-{MF=A1{E=1{");
	for (unsigned i = 0; i < 1000; i++)
		buf_puts(&b, "al/of{EM{E=1{");
	buf_puts(&b, "al/on");
	for (unsigned i = 0; i < 1000; i++)
		buf_puts(&b, "}}}");
	buf_puts(&b, "}}}}");
	CU_ASSERT_EQUAL(megaco_read((struct str){ b.p, b.n }, &m), 400);
	buf_free(&b);
}

/* Each octet of each message missing, or another. */
static void
any_octet_may_be_wrong(void)
{
	LOCAL_BUF b = BUF_INIT, out = BUF_INIT;
	struct megaco m;

	for (size_t i = 0; i < ROWS; i++) {
		size_t n = full(&b, good[i].text).n;

		for (size_t k = 0; k < n; k++) {
			char was = b.p[k];
			char *copy = malloc(k > 0 ? k : 1);

			CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
			memcpy(copy, b.p, k);
			megaco_read((struct str){ copy, k }, &m);
			free(copy);
			b.p[k] = "{}=,\"; 7"[k % 8];
			buf_clear(&out);
			describe_megaco((struct str){ b.p, n }, &out);
			b.p[k] = was;
		}
	}
}

static void
digits_fit_maps(void)
{
	static const char map[] = "T:16,S:4,L:16,(0S|5xxxxxx|9[1-4]x.|E|F1)";
	static const struct {
		const char *digits;
		enum megaco_digits fit;
	} rows[] = {
		{ "", MEGACO_DIGITS_MORE },
		{ "0", MEGACO_DIGITS_MAYBE },
		{ "01", MEGACO_DIGITS_NONE },
		{ "5", MEGACO_DIGITS_MORE },
		{ "555012", MEGACO_DIGITS_MORE },
		{ "5550123", MEGACO_DIGITS_FULL },
		{ "55501234", MEGACO_DIGITS_NONE },
		{ "9", MEGACO_DIGITS_MORE },
		{ "95", MEGACO_DIGITS_NONE },
		{ "91", MEGACO_DIGITS_MAYBE },
		{ "9377777777", MEGACO_DIGITS_MAYBE },
		{ "*", MEGACO_DIGITS_FULL },
		{ "#", MEGACO_DIGITS_MORE },
		{ "#1", MEGACO_DIGITS_FULL },
		{ "7", MEGACO_DIGITS_NONE },
	};
	LOCAL_BUF many = BUF_INIT;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum megaco_digits got =
		    megaco_match(str_of(map), str_of(rows[i].digits));

		if (got != rows[i].fit)
			printf("%s: %d\n", rows[i].digits, (int)got);
		CU_ASSERT_EQUAL(got, rows[i].fit);
	}
	CU_ASSERT_EQUAL(
	    megaco_match(STR("12|123"), STR("12")), MEGACO_DIGITS_MAYBE);
	CU_ASSERT_EQUAL(megaco_match(STR("(["), STR("1")), MEGACO_DIGITS_NONE);
	CU_ASSERT_EQUAL(megaco_match(STR("."), STR("1")), MEGACO_DIGITS_NONE);
	buf_fill(&many, 'x', 500);
	CU_ASSERT_EQUAL(
	    megaco_match(buf_view(&many), STR("1")), MEGACO_DIGITS_NONE);
}

/* ---- writing ---- */

static void
write_add(struct megaco_out *o, const char *sdp)
{
	megaco_begin(o, STR("[192.0.2.1]:2944"));
	megaco_open_number(o, MEGACO_TRANSACTION, 7);
	megaco_open(o, MEGACO_CONTEXT, STR("$"));
	megaco_open(o, MEGACO_ADD, STR("A1"));
	megaco_open_number(o, MEGACO_EVENTS, 5);
	megaco_put_named(o, "al/on", STR_NULL);
	megaco_close(o);
	megaco_open(o, MEGACO_SIGNALS, STR_NULL);
	megaco_close(o);
	megaco_close(o);
	megaco_open(o, MEGACO_ADD, STR("$"));
	megaco_open(o, MEGACO_MEDIA, STR_NULL);
	megaco_open_number(o, MEGACO_STREAM, 1);
	megaco_open(o, MEGACO_LOCAL_CONTROL, STR_NULL);
	megaco_put_value(o, MEGACO_MODE, MEGACO_VALUE_RECEIVE_ONLY);
	megaco_close(o);
	megaco_put_sdp(o, MEGACO_LOCAL, str_of(sdp));
	for (unsigned i = 0; i < 5; i++)
		megaco_close(o);
	megaco_open_number(o, MEGACO_TRANSACTION, 8);
	megaco_open(o, MEGACO_CONTEXT, STR("-"));
	megaco_open(o, MEGACO_NOTIFY, STR("A1"));
	megaco_open_number(o, MEGACO_OBSERVED, 5);
	megaco_open_seen(o, 86400000 + 3723450, "dd/ce");
	megaco_put_named(o, "ds", STR("\"12\""));
	for (unsigned i = 0; i < 5; i++)
		megaco_close(o);
	megaco_open_number(o, MEGACO_REPLY, 9);
	megaco_put_error(o, 430);
	megaco_close(o);
}

static void
both_forms_are_written(void)
{
	static const char brief[] =
	    "!/1 [192.0.2.1]:2944\r\n"
	    "T=7{C=${A=A1{E=5{al/on},SG{}},A=${M{ST=1{O{MO=RC},L{\r\n"
	    "v=0\r\nc=IN IP4 $\r\na=x:\\}\r\nm=audio $ RTP/AVP 0\r\n}}}}}}\r\n"
	    "T=8{C=-{N=A1{OE=5{20000102T01020345:dd/ce{ds=\"12\"}}}}}\r\n"
	    "P=9{ER=430{}}";
	LOCAL_BUF b = BUF_INIT;
	struct megaco_out o = { .out = &b, .brief = true };
	struct megaco m;

	write_add(&o, "v=0\r\nc=IN IP4 $\r\na=x:}\r\nm=audio $ RTP/AVP 0\r\n");
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), brief);
	CU_ASSERT_EQUAL(megaco_read(buf_view(&b), &m), 0);
	buf_clear(&b);
	o.brief = false;
	write_add(&o, "v=0\r\nc=IN IP4 $\r\na=x:}\r\nm=audio $ RTP/AVP 0\r\n");
	CU_ASSERT_EQUAL(megaco_read(buf_view(&b), &m), 0);
	CU_ASSERT(strstr(buf_cstr(&b), "\r\n  Context=${\r\n    Add=A1{\r\n") !=
		  NULL);
}

static void
its_lines(void)
{
	static const char *const wanted[] = { "H.248", "Transaction", "7.2.1",
		"off the hook", "(0S|5x)", "m=audio $ RTP/AVP 8",
		"the direction of media", "only receives", "dial tone",
		"a new context" };
	LOCAL_BUF b = BUF_INIT;
	struct doc d = DOC_INIT;

	CU_ASSERT(
	    megaco_doc(full(&b, "T=1{C=${A=A1{E=2{al/of,dd/ce{DM=d}},SG{cg/dt},"
				"DM=d{(0S|5x)},M{O{MO=RC},L{v=0\r\n"
				"m=audio $ RTP/AVP 8}}}}}"),
		1, 100, &d));
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		if (strstr(buf_cstr(&d.text), wanted[i]) == NULL)
			printf("no %s in %s\n", wanted[i], buf_cstr(&d.text));
		CU_ASSERT(strstr(buf_cstr(&d.text), wanted[i]) != NULL);
	}
	doc_free(&d);
	d = DOC_INIT;
	CU_ASSERT(megaco_doc(full(&b, "T=1{C=-{XY=A1}}"), 1, 100, &d));
	CU_ASSERT(strstr(buf_cstr(&d.text), "443") != NULL);
	CU_ASSERT(!megaco_doc(STR("what"), 1, 100, &d));
	doc_free(&d);
}

static void
tshark_reads_them(void)
{
	LOCAL_BUF file = BUF_INIT, text = BUF_INIT;
	char path[64], command[400], line[400];
	struct megaco_out o = { .out = &text };
	unsigned n = 0;
	FILE *f;

	if (system("command -v tshark > /dev/null 2>&1") != 0) {
		check_skip("no tshark");
		return;
	}
	made_file(&file, 1);
	for (unsigned i = 0; i < ROWS; i++) {
		struct buf udp, ip;

		if (i < ROWS - 1) {
			full(&text, good[i].text);
		} else {
			buf_clear(&text);
			write_add(&o, "v=0\r\nm=audio $ RTP/AVP 0\r\n");
		}
		udp = made_udp(2944, 2944, buf_view(&text));
		ip = made_ip4(1, 2, 17, (int)i, 0, &udp);
		ip = made_ether(0x0800, &ip);
		made_packet(&file, i, &ip);
	}
	CU_ASSERT_EQUAL_FATAL(made_write(&file, path), 0);
	snprintf(command, sizeof(command),
	    "tshark -n -r %s -T fields -E separator='|' -e megaco.version "
	    "-e megaco.parse_error -e _ws.malformed 2> /dev/null",
	    path);
	f = popen(command, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		n++;
		if (strcmp(line, "1||\n") != 0)
			printf("%u: %s", n, line);
		CU_ASSERT_STRING_EQUAL(line, "1||\n");
	}
	CU_ASSERT_EQUAL(n, ROWS);
	pclose(f);
	unlink(path);
}

CHECK_MAIN("megaco", { "messages are read", messages_are_read },
    { "what is wrong is said", what_is_wrong_is_said },
    { "any octet may be wrong", any_octet_may_be_wrong },
    { "digits fit maps", digits_fit_maps },
    { "both forms are written", both_forms_are_written },
    { "its lines", its_lines }, { "tshark reads them", tshark_reads_them })
