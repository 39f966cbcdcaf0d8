/*
 * The redirect server: RFC 3261 8.3.  The tester asks; `fake` plays a location
 * service that does what it likes.
 */
#include "fixtures/stage.h"

static struct stage s;
static struct tester t, fake;
static unsigned branch;

/* `srv`, host 2, redirects for b.example and is registrar, too. */
static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "phone", 9);
	memset(&fake, 0, sizeof(fake));
	stage_node(
	    &s, "srv", "redirect registrar location", "B.example", 2, attrs);
}

/* `srv` asks `loc`, host 5, which is `fake`. */
static void
start_fake(const char *attrs)
{
	char all[100];

	stage_open(&s);
	tester_open(&s, &t, "phone", 9);
	snprintf(all, sizeof(all), "location=loc %s", attrs);
	stage_node(&s, "srv", "redirect", "b.example", 2, all);
	tester_open(&s, &fake, "loc", 5);
	net_udp_close(fake.sock);
	CU_ASSERT_EQUAL_FATAL(net_udp_open(fake.node->host, TRACE_PORT_LOCATION,
				  tester_recv, &fake, &fake.sock),
	    0);
}

static void
stop(void)
{
	STAGE_STOP(&s, 70000);
	tester_close(&t);
	tester_close(&fake);
}

/* Sends a request; the index of what comes back, an INVITE acknowledged. */
static size_t
ask(const char *method, const char *uri, const char *extra)
{
	size_t before = t.n;
	char id[20];

	snprintf(id, sizeof(id), "x%u", ++branch);
	tester_ask(&t, 2, method, uri, "<sip:bob@b.example>", id, 1, id, extra);
	stage_run(&s, 100);
	if (strcmp(method, "INVITE") == 0)
		tester_ask(&t, 2, "ACK", uri, "<sip:bob@b.example>;tag=x", id,
		    1, id, "");
	stage_run(&s, 20);
	return t.n > before ? t.n - 1 : TESTER_GOT;
}

static unsigned
status_of(const char *method, const char *uri)
{
	return tester_status(&t, ask(method, uri, ""));
}

static void
do_bind(const char *aor, const char *contact, const char *key, const char *v)
{
	CU_ASSERT_EQUAL(stage_do(&s, "srv", "bind", NULL, "aor", aor, "contact",
			    contact, key, v, NULL),
	    0);
}

static size_t
contacts(size_t i)
{
	return msg_count_values(tester_at(&t, i), MSG_H_CONTACT);
}

#define BOB "sip:bob@b.example"

/* ---- a location service elsewhere ---- */

/* Answers the last question; FMT has the id. */
static void
answer(const char *fmt)
{
	struct addr dst;
	struct json_value v;
	struct str text;
	char reply[400];
	int64_t id = -1;

	CU_ASSERT_FATAL(fake.n > 0);
	text = buf_view(&fake.got[fake.n - 1].bytes);
	dst = fake.got[fake.n - 1].src;
	if (json_read(&text, &v) == 0)
		json_int(json_member(v, "id"), &id);
	snprintf(reply, sizeof(reply), fmt, (long long)id);
	tester_send(&fake, &dst, str_of(reply));
	stage_run(&s, 20);
}

#define SAYS(status, contacts)                                      \
	"{\"op\":\"answer\",\"id\":%lld,\"status\":\"" status "\"," \
	"\"contacts\":[" contacts "]}"
#define HERE "{\"uri\":\"sip:bob@192.0.2.3\",\"expires\":9,\"q\":1000}"

static void
invite(const char *id)
{
	tester_ask(&t, 2, "INVITE", BOB, "<" BOB ">", id, 1, id, CONTACT(9));
	stage_run(&s, 25);
}

static void
acknowledge(const char *id)
{
	tester_ask(&t, 2, "ACK", BOB, "<" BOB ">;tag=x", id, 1, id, CONTACT(9));
	stage_run(&s, 25);
}

/* Each thing that it may say or not say. */
static void
elsewhere(void)
{
	static const struct {
		const char *says;
		unsigned status;
		size_t contacts;
	} rows[] = {
		{ SAYS("ok", HERE), 302, 1 },
		{ SAYS("ok", ""), 480, 0 },
		{ SAYS("unknown", ""), 404, 0 },
		{ SAYS("gone", HERE), 410, 0 },
		{ SAYS("incomplete", ""), 484, 0 },
		{ SAYS("ambiguous", HERE), 485, 1 },
		{ SAYS("refused", ""), 500, 0 },
		{ SAYS("full", HERE), 500, 0 },
		{ SAYS("out-of-order", ""), 500, 0 },
	};

	start_fake("");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char id[20];

		snprintf(id, sizeof(id), "e%zu", i);
		invite(id);
		answer(rows[i].says);
		CU_ASSERT_EQUAL(tester_status(&t, t.n - 1), rows[i].status);
		CU_ASSERT_EQUAL(contacts(t.n - 1), rows[i].contacts);
		acknowledge(id);
	}
	/* Quick enough not to say 100 first (17.2.1). */
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 100), 0);
	stop();
}

/* 100 after 200 ms; then nothing, or nothing that can be read. */
static void
silent(void)
{
	static const struct {
		const char *attrs, *says;
		unsigned status;
	} rows[] = {
		{ "", NULL, 480 },
		{ "unlocated=504", NULL, 504 },
		{ "unlocated=504", "garbage", 502 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start_fake(rows[i].attrs);
		invite("i1");
		tester_ask(&t, 2, "OPTIONS", BOB, "<" BOB ">", "o", 1, "o", "");
		stage_run(&s, 160);
		if (rows[i].says != NULL)
			answer(rows[i].says);
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 100), 0);
		stage_run(&s, 40);
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 100), 1);
		CU_ASSERT_EQUAL(
		    stage_count(&s, KIND("send"), RULE("redirect-100"), NULL),
		    1);
		stage_run(&s, 1500);
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", rows[i].status), 1);
		CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 100), 0);
		CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", rows[i].status), 1);
		acknowledge("i1");
		stop();
	}
}

/* 8.3, 9.2: before and after the answer. */
static void
cancelled(void)
{
	start_fake("");
	invite("i1");
	tester_ask(&t, 2, "CANCEL", BOB, "<" BOB ">", "i1", 1, "i1", "");
	tester_ask(&t, 2, "CANCEL", BOB, "<" BOB ">", "i1", 1, "i1", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 200), 2);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 487), 1);
	acknowledge("i1");
	answer(SAYS("ok", HERE));
	stage_run(&s, 300);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 302), 0);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 100), 0);
	invite("i2");
	answer(SAYS("ok", HERE));
	tester_ask(&t, 2, "CANCEL", BOB, "<" BOB ">", "i2", 1, "i2", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 200), 3);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 302), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 487), 1);
	acknowledge("i2");
	stop();
}

/* Repeated requests ask once; a crash in the middle of a question. */
static void
repeats_and_crashes(void)
{
	start_fake("");
	invite("i1");
	invite("i1");
	CU_ASSERT_EQUAL(fake.n, 1);
	answer(SAYS("ok", HERE));
	invite("i1");
	CU_ASSERT_EQUAL(fake.n, 1);
	CU_ASSERT(tester_count(&t, "INVITE", 302) >= 2);
	acknowledge("i1");
	invite("i2");
	tester_ask(&t, 2, "OPTIONS", BOB, "<" BOB ">", "o", 1, "o", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(stage_do(&s, "srv", "crash", NULL, NULL), 0);
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "srv", "restart", NULL, NULL), 0);
	answer(SAYS("ok", HERE));
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 302), 0);
	stage_run(&s, 1000);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 100), 0);
	invite("i2");
	answer(SAYS("ok", HERE));
	acknowledge("i2");
	CU_ASSERT(tester_status(&t, t.n - 1) == 302);
	stop();
}

/* An answer that would be longer than a message may be is a 500. */
static void
too_large(void)
{
	struct buf vias = BUF_INIT;
	char uri[80];

	start("");
	for (int k = 0; k < LOCATION_CONTACTS; k++) {
		snprintf(uri, sizeof(uri), "sip:%050d@h", k);
		do_bind("bob", uri, "q", "0.123");
	}
	CU_ASSERT_EQUAL(status_of("OPTIONS", BOB), 300);
	CU_ASSERT_EQUAL(contacts(t.n - 1), LOCATION_CONTACTS);
	for (int k = 0; k < 130; k++)
		buf_printf(&vias,
		    "Via: SIP/2.0/UDP 192.0.2.%d:5060;branch=z9hG4bKabcdefgh%d;"
		    "received=192.0.2.%d;rport=5060\n",
		    k, k, k);
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask("OPTIONS", BOB, buf_cstr(&vias))), 500);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("uas-too-large"), NULL), 1);
	CU_ASSERT_EQUAL(status_of("OPTIONS", BOB), 300);
	buf_free(&vias);
	stop();
}

/* ---- memory ---- */

static int
act(bool remote)
{
	struct node *n, *loc = NULL;
	int err = stage_try(&s);

	if (err != 0)
		return err;
	n = stage_add(&s, "srv",
	    remote ? "redirect" : "redirect registrar location", "b.example", 2,
	    remote ? "location=loc" : "");
	if (remote)
		loc = stage_add(
		    &s, "loc", "location", "b.example", 5, "think=250ms");
	if (n == NULL || (remote && loc == NULL))
		return ERR_NOMEM;
	err = node_start(n);
	if (err == 0 && remote)
		err = node_start(loc);
	if (err == 0)
		err = stage_do(&s, remote ? "loc" : "srv", "bind", NULL, "aor",
		    "bob", "contact", "sip:b@h", NULL);
	if (err != 0)
		return err;
	for (int i = 0; i < 2; i++) {
		static const struct trace_message m = { .proto =
							    TRACE_PROTO_SIP };
		struct addr src = stage_addr(2);
		static const char *const lines[] = {
			"INVITE sip:bob@b.example SIP/2.0\r\n"
			"Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKm1\r\n"
			"From: <sip:a@b>;tag=a\r\nTo: <sip:b@b>\r\n"
			"Call-ID: m\r\nCSeq: 1 INVITE\r\n\r\n",
			"CANCEL sip:bob@b.example SIP/2.0\r\n"
			"Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKm1\r\n"
			"From: <sip:a@b>;tag=a\r\nTo: <sip:b@b>\r\n"
			"Call-ID: m\r\nCSeq: 1 CANCEL\r\n\r\n",
		};

		/* To itself: no tester, which would need memory. */
		net_udp_send(
		    n->faces[0].sock, &src, str_of(lines[i]), &m, RULE_NONE);
		if (!stage_run(&s, 300))
			return sim_error(s.w->sim)->err;
	}
	return 0;
}

static void
no_memory(void)
{
	for (int remote = 0; remote < 2; remote++) {
		unsigned long all, n = 1;
		int err = ERR_NOMEM;

		mem_count();
		CU_ASSERT_EQUAL(act(remote != 0), 0);
		all = mem_count();
		CU_ASSERT_EQUAL(
		    stage_count(&s, KIND("send"), RULE("redirect-302"), NULL),
		    1);
		stage_close(&s);
		for (; err != 0 && n <= all + 1; n++) {
			mem_fail_from(n);
			err = act(remote != 0);
			mem_fail_from(0);
			stage_close(&s);
			CU_ASSERT(err == 0 || err == ERR_NOMEM);
		}
		CU_ASSERT_EQUAL(err, 0);
		CU_ASSERT(n >= all);
	}
}

CHECK_MAIN("redirect", { "elsewhere", elsewhere }, { "silent", silent },
    { "cancelled", cancelled }, { "repeats and crashes", repeats_and_crashes },
    { "too large", too_large }, { "no memory", no_memory }, )
