/*
 * Bad input over connections, of strangers and of telephone networks: what is
 * broken, cut, or nothing gets the right status or is dropped, and the same
 * nodes serve afterwards.
 */
#include "bad_input.h"

#include "isup/isup.h"
#include "isup/m3ua.h"

#define WWW "WWW-Authenticate: "
#define OPTIONS_HEAD                                                       \
	"OPTIONS sip:b.example SIP/2.0\n"                                  \
	"Via: SIP/2.0/TCP 192.0.2.9:5060;branch=z9hG4bKs\nFrom: <sip:t@t>" \
	";tag=t\nTo: <sip:b.example>\nCall-ID: s\nCSeq: 1 OPTIONS\n"

/* ---- streams ---- */

static void
broken_streams(void)
{
	static const struct {
		const char *name, *text;
		unsigned repeat, status;
		const char *rule;
	} rows[] = {
		{ "length below", OPTIONS_HEAD "Content-Length: 2\n\nhello\n\n",
		    1, 200, RULE("stream-length") },
		{ "negative length", OPTIONS_HEAD "Content-Length: -1\n\n", 1,
		    400, RULE("stream-length") },
		{ "length in words", OPTIONS_HEAD "Content-Length: x\n\n", 1,
		    400, RULE("stream-length") },
		{ "no length", OPTIONS_HEAD "\n", 1, 400,
		    RULE("stream-length") },
		{ "two lengths",
		    OPTIONS_HEAD "Content-Length: 0\nContent-Length: 1\n\n", 1,
		    400, RULE("stream-length") },
		{ "huge length",
		    OPTIONS_HEAD "Content-Length: 99999999999999999999\n\n", 1,
		    513, "\"fault\":\"too-large\"" },
		{ "endless header", "X: y\n", 20000, 0,
		    "\"fault\":\"too-large\"" },
		{ "endless line", "0123456789abcdef", 5000, 0,
		    "\"fault\":\"too-large\"" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b = BUF_INIT;
		struct line *l;
		unsigned status = 0;

		start("");
		l = tcp_tester_connect(&sender_tcp, 2);
		for (unsigned k = 0; k < rows[i].repeat; k++)
			add_lines(&b, rows[i].text);
		line_send(l, buf_view(&b));
		stage_run(&suffering, 3000);
		if (sender->n > 0)
			status = tester_status(sender, 0);
		CU_ASSERT(
		    check(rows[i].name, "status", status, rows[i].status));
		CU_ASSERT(check(rows[i].name, rows[i].rule,
		    stage_count(&suffering, rows[i].rule, NODE("prx"), NULL) >
			0,
		    1));
		/* Nothing more can be read there. */
		CU_ASSERT(l->c == NULL);
		buf_free(&b);
		stop();
	}
}

/* A length above what comes: the sender's next message is eaten, and the last
 * is torn. */
static void
length_above(void)
{
	struct buf b = BUF_INIT;
	struct line *l;

	start("");
	l = tcp_tester_connect(&sender_tcp, 2);
	add_lines(&b, OPTIONS_HEAD "Content-Length: 400\n\n");
	add_lines(&b, OPTIONS_HEAD "Content-Length: 0\n\n");
	line_send(l, buf_view(&b));
	stage_run(&suffering, 1000);
	CU_ASSERT_EQUAL(sender->n, 0);
	line_close(l);
	stage_run(&suffering, 1000);
	STAGE_HAS(&suffering, 1, KIND("bad"), RULE("stream-torn"), NULL);
	buf_free(&b);
	stop();
}

/* Empty lines by the thousand, on connections by the hundred. */
static void
keep_alives(void)
{
	struct buf b = BUF_INIT;

	start("");
	for (unsigned i = 0; i < 10000; i++)
		buf_puts(&b, "\r\n\r\n");
	for (unsigned i = 0; i < 500; i++) {
		struct line *l;

		sender_tcp.nlines = 0;
		l = tcp_tester_connect(&sender_tcp, 2);
		stage_run(&suffering, 25);
		line_send(l, str_slice(buf_view(&b), 0, i > 0 ? 40 : b.n));
		stage_run(&suffering, i > 0 ? 25 : 2000);
		CU_ASSERT_PTR_NOT_NULL(l->c);
		if (i % 2 == 0)
			line_abort(l);
		else
			line_close(l);
	}
	STAGE_HAS(&suffering, 0, KIND("bad"), NULL, NULL);
	buf_free(&b);
	sender_tcp.nlines = 0;
	stop();
}

/* Each message broken off in each of its parts: nobody takes it for one, and
 * the rest comes too late. */
static void
cut_everywhere(void)
{
	static const char *const methods[] = { "INVITE", "ACK", "BYE", "CANCEL",
		"OPTIONS", "REGISTER", "MESSAGE" };

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		unsigned torn = 0;

		start("");
		for (size_t at = 1; at < 300; at += 23) {
			struct buf b = BUF_INIT;
			struct line *l;
			char id[20];

			sender_tcp.nlines = 0;
			l = tcp_tester_connect(
			    &sender_tcp, at % 2 == 0 ? 2 : 5);
			snprintf(id, sizeof(id), "x%u", ++sender_serial);
			line_request(l, &b, methods[i], "sip:bob@192.0.2.5", id,
			    "", LINE_CONTACT, "hello");
			stage_run(&suffering, 25);
			at = at < b.n ? at : b.n - 1;
			line_send(l, str_slice(buf_view(&b), 0, at));
			stage_run(&suffering, 50);
			line_close(l);
			stage_run(&suffering, 50);
			torn++;
			if (at == b.n - 1)
				at = 300;
			buf_free(&b);
		}
		CU_ASSERT_EQUAL(sender->n, 0);
		STAGE_HAS(&suffering, torn, KIND("bad"), RULE("stream-torn"),
		    "\"torn\"");
		sender_tcp.nlines = 0;
		stop();
	}
}

/* ---- strangers ---- */

/* send{raw=} of every byte to everybody, from everybody. */
static void
raw_bytes(void)
{
	static const char *const nodes[] = { "prx", "sl", "red", "bob",
		"alice" };
	char all[256];

	for (unsigned i = 0; i < 255; i++)
		all[i] = (char)(i + 1);
	all[255] = '\0';
	start("");
	for (size_t i = 0; i < 25; i++)
		CU_ASSERT_EQUAL(stage_do(&suffering, nodes[i / 5], "send", NULL,
				    "raw", all, "to", nodes[i % 5], NULL),
		    0);
	stage_run(&suffering, 100);
	STAGE_HAS(&suffering, 25, KIND("bad"), NULL, NULL);
	/* Each alone, the one that ends a string included. */
	for (unsigned i = 0; i < 256; i++) {
		struct addr dst = stage_addr(2 + i % 5);
		char one = (char)i;

		tester_send(sender, &dst, (struct str){ &one, 1 });
	}
	stage_run(&suffering, 100);
	CU_ASSERT_EQUAL(sender->n, 0);
	stop();
}

/* ISUP of any type, of any contents, for any circuit, from anybody, at a
 * gateway and an exchange: when all circuits were reset a call goes over them.
 */
static void
any_signals(void)
{
	static const uint8_t types[] = { ISUP_IAM, ISUP_SAM, ISUP_COT, ISUP_ACM,
		ISUP_CON, ISUP_ANM, ISUP_REL, ISUP_SUS, ISUP_RES, ISUP_RLC,
		ISUP_RSC, ISUP_BLO, ISUP_UBL, ISUP_BLA, ISUP_UBA, ISUP_CPG,
		ISUP_UCIC, ISUP_CFN, ISUP_GRS, 0xEA, 0xFF };
	struct node *gw, *ex;
	uint64_t x = 88172645463325252u;

	start("");
	gw = stage_node(&suffering, "gw", "gateway", "", 7, "trunks=ex:1-3");
	ex = stage_node(&suffering, "ex", "switch", "", 8,
	    "trunks=gw:1-3 telephones=2125550100 pick_up=20ms");
	/* They did not know each other when they came up. */
	node_crash(gw);
	CU_ASSERT_EQUAL(node_start(gw), 0);
	node_crash(ex);
	CU_ASSERT_EQUAL(node_start(ex), 0);
	for (unsigned i = 0; i < 4000; i++) {
		const unsigned host = 7 + i % 2;
		struct mtp_label label = { 512 + 15 - host, 512 + host, 2 };
		struct addr dst = stage_addr(host);
		struct buf isup = BUF_INIT, out = BUF_INIT;

		x ^= x << 13, x ^= x >> 7, x ^= x << 17;
		label.opc += x % 97 == 0;
		buf_putc(&isup, (char)types[x % sizeof(types)]);
		for (unsigned k = 0; k < (x >> 8) % 24; k++)
			buf_putc(&isup, (char)(x >> (k * 5) % 60 &
					       ((x >> 16) % 3 ? 7 : 255)));
		mtp3_put_isup(
		    &label, 1 + (unsigned)(x >> 20) % 4, buf_view(&isup), &out);
		dst.port = TRACE_PORT_ISUP;
		tester_send(sender, &dst,
		    str_slice(buf_view(&out), 0,
			x % 31 == 0 ? (x >> 32) % 9 : out.n));
		buf_free(&isup);
		buf_free(&out);
		if (i % 50 == 0)
			stage_run(&suffering, 500);
	}
	stage_run(&suffering, 400000);
	CU_ASSERT(
	    stage_count(&suffering, KIND("bad"), NODE("ex"), "isup") > 100);
	for (unsigned i = 1; i <= 3; i++) {
		char at_gw[] = "ex:0", at_ex[] = "gw:0";

		at_gw[3] = at_ex[3] = (char)('0' + i);
		stage_do(
		    &suffering, "gw", "reset", NULL, "circuit", at_gw, NULL);
		stage_do(
		    &suffering, "ex", "reset", NULL, "circuit", at_ex, NULL);
	}
	stage_run(&suffering, 100000);
	STAGE_CALL(&suffering, "alice", "sip:+12125550100@192.0.2.7", 2000);
	STAGE_HAS(&suffering, 1, KIND("call"), NODE("alice"),
	    "\"state\":\"confirmed\"");
	stage_do(&suffering, "ex", "hang_up", NULL, NULL);
	stop();
}

CHECK_MAIN("bad_streams", { "broken streams", broken_streams },
    { "length above", length_above }, { "keep-alives", keep_alives },
    { "cut everywhere", cut_everywhere }, { "raw bytes", raw_bytes },
    { "any signals", any_signals })
