/*
 * Bad input: what is broken, endless or a lie gets the right status or is
 * dropped, a record says why, and the same nodes serve a call and a
 * registration afterwards as if nothing had been.
 */
#include "bad_input.h"

#include "msg/header_names.h"

#define WWW   "WWW-Authenticate: "
#define PROXY "Proxy-Authenticate: "

#define CREDENTIALS(nc, name)                                                \
	"Authorization: Digest username=\"" name "\", realm=\"b.example\", " \
	"nonce=\"1\", uri=\"sip:b.example\", qop=auth, cnonce=\"c\", "       \
	"response=\"0123456789abcdef0123456789abcdef\", nc=" nc "\n"

/* ---- challenges ---- */

static const struct challenge {
	const char *name;
	unsigned status;
	const char *lines;
	unsigned repeat;  /* so often the same line */
	unsigned invites; /* before alice gives up */
	const char *rule;
} challenges[] = {
	{ "none", 401, "", 1, 1, RULE("invite-failed") },
	{ "no nonce", 401, WWW "Digest realm=\"b.example\"\n", 1, 1,
	    RULE("auth-unknown") },
	{ "no realm", 407, PROXY "Digest nonce=\"1\"\n", 1, 1,
	    RULE("auth-unknown") },
	{ "Basic", 401, WWW "Basic realm=\"b.example\"\n", 1, 1,
	    RULE("auth-unknown") },
	{ "no quotes", 401, WWW "Digest realm=b.example, nonce=\"1\"\n", 1, 2,
	    RULE("auth-refused") },
	{ "garbage", 407, PROXY "\x80\x81,,,=\"\\\n", 1, 1,
	    RULE("auth-unknown") },
	{ "algorithm", 401,
	    WWW "Digest realm=\"b.example\", nonce=\"1\", algorithm=XOR\n", 1,
	    1, RULE("auth-unknown") },
	{ "realm with escapes", 401,
	    WWW "Digest realm=\"b.ex\\\"ample\\\\\", nonce=\"1\"\n", 1, 1,
	    RULE("auth-no-password") },
	{ "another realm", 407, PROXY "Digest realm=\"c\", nonce=\"1\"\n", 1, 1,
	    RULE("auth-no-password") },
	{ "many", 401, WWW "Digest realm=\"c\", nonce=\"1\"\n", 240, 1,
	    RULE("auth-no-password") },
	{ "nonce with escapes", 401,
	    WWW "Digest realm=\"b.example\", nonce=\"a\\\"b\\\\\"\n", 1, 2,
	    RULE("auth-refused") },
	{ "always stale", 407,
	    PROXY "Digest realm=\"b.example\", nonce=\"1\", stale=true\n", 1,
	    70, RULE("uac-attempts") },
};

/* Answers every INVITE alike until none comes: how many there were. */
static unsigned
challenge(const struct challenge *k)
{
	struct buf lines = BUF_INIT;
	unsigned n = 0;

	repeat(&lines, k->lines, k->repeat);
	sender->n = 0;
	stage_call(&suffering, "alice", "sip:peer@192.0.2.9");
	for (;;) {
		size_t i;

		stage_run(&suffering, 25);
		i = tester_find(sender, "INVITE", 0, 0);
		if (i == TESTER_GOT || n > 200)
			break;
		n++;
		tester_answer(sender, i, k->status, "x", buf_cstr(&lines));
		sender->n = 0;
	}
	buf_free(&lines);
	return n;
}

static void
broken_challenges(void)
{
	for (size_t i = 0; i < sizeof(challenges) / sizeof(challenges[0]);
	     i++) {
		const struct challenge *k = &challenges[i];

		start("");
		CU_ASSERT(check(k->name, "INVITEs", challenge(k), k->invites));
		CU_ASSERT(stage_call_is(
		    &suffering, suffering.result.object, "terminated"));
		CU_ASSERT(check(k->name, k->rule,
		    stage_count(&suffering, k->rule, NODE("alice"), NULL) > 0,
		    1));
		stop();
	}
}

/* What is longer than a message may be is no message. */
static void
a_thousand_challenges(void)
{
	struct challenge k = { "thousand", 401,
		WWW "Digest realm=\"c\", nonce=\"1\"\n", 1000, 1, "" };

	start("");
	challenge(&k);
	CU_ASSERT(more(RULE("bad-response")) >= 1);
	CU_ASSERT(
	    stage_call_is(&suffering, suffering.result.object, "calling"));
	stage_run(&suffering, 40000);
	CU_ASSERT(
	    stage_call_is(&suffering, suffering.result.object, "terminated"));
	stop();
}

/* ---- Vias ---- */

static void
wrong_vias(void)
{
	static const struct {
		const char *name, *via, *record;
	} rows[] = {
		{ "another branch",
		    "Via: SIP/2.0/UDP 192.0.2.6:5060;branch=z9hG4bKother\n",
		    RULE("stray-response") },
		{ "another host", "Via: SIP/2.0/UDP 192.0.2.7:5060;branch=@\n",
		    RULE("stray-response") },
		{ "another port", "Via: SIP/2.0/UDP 192.0.2.6:5999;branch=@\n",
		    RULE("stray-response") },
		{ "another name", "Via: SIP/2.0/UDP alice.example;branch=@\n",
		    RULE("stray-response") },
		{ "none", "", RULE("bad-response") },
		{ "no branch", "Via: SIP/2.0/UDP 192.0.2.6:5060\n",
		    RULE("stray-response") },
		{ "garbage", "Via: SIP/2.0/UDP [::::1;branch=@\n",
		    RULE("bad-response") },
		/* 8.1.3.3 */
		{ "one too many",
		    "Via: SIP/2.0/UDP 192.0.2.6:5060;branch=@\n"
		    "Via: SIP/2.0/UDP 192.0.2.8:5060;branch=z9hG4bKz\n",
		    RULE("response-vias") },
	};
	struct msg_via via = { 0 };
	char branch[100], lines[300];
	size_t n;

	start("");
	STAGE_CALL(&suffering, "alice", "sip:peer@192.0.2.9", 15);
	msg_via_read(msg_value(tester_at(sender, 0), MSG_H_VIA), &via);
	snprintf(branch, sizeof(branch), "%.*s", STR_ARG(via.branch));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *at = strchr(rows[i].via, '@');
		char tag[80], id[200];

		n = at != NULL ? (size_t)(at - rows[i].via)
			       : strlen(rows[i].via);
		snprintf(lines, sizeof(lines), "%.*s%s%s", (int)n, rows[i].via,
		    at != NULL ? branch : "", at != NULL ? at + 1 : "");
		tester_tag(sender, 0, MSG_H_FROM, tag);
		snprintf(id, sizeof(id), "%.*s",
		    STR_ARG(msg_value(tester_at(sender, 0), MSG_H_CALL_ID)));
		more(rows[i].record);
		tester_say(sender, 6,
		    "SIP/2.0 486 Busy\n%sFrom: <sip:alice@b.example>;tag=%s\n"
		    "To: <sip:peer@192.0.2.9>;tag=q\nCall-ID: %s\n"
		    "CSeq: 1 INVITE\nContent-Length: 0\n\n",
		    lines, tag, id);
		stage_run(&suffering, 15);
		CU_ASSERT(check(
		    rows[i].name, rows[i].record, more(rows[i].record), 1));
		CU_ASSERT(stage_call_is(
		    &suffering, suffering.result.object, "calling"));
	}
	/* The right one after all those. */
	tester_answer(sender, 0, 486, "q", "");
	stage_run(&suffering, 15);
	CU_ASSERT(
	    stage_call_is(&suffering, suffering.result.object, "terminated"));
	stop();
}

/* 16.7 step 3: where no Via is left for the caller, the proxy is not where the
 * response belongs. */
static void
no_via_left(void)
{
	struct msg_via via = { 0 };
	char branch[100];

	start("");
	stage_do(&suffering, "prx", "bind", NULL, "aor", "carol", "contact",
	    "sip:peer@192.0.2.9", NULL);
	STAGE_CALL(&suffering, "alice", "sip:carol@b.example", 50);
	CU_ASSERT_EQUAL_FATAL(sender->n, 1);
	msg_via_read(msg_value(tester_at(sender, 0), MSG_H_VIA), &via);
	snprintf(branch, sizeof(branch), "%.*s", STR_ARG(via.branch));
	tester_say(sender, 2,
	    "SIP/2.0 486 Busy\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=%s\n"
	    "From: <sip:alice@b.example>;tag=a\nTo: <sip:c>;tag=q\n"
	    "Call-ID: x\nCSeq: 1 INVITE\nContent-Length: 0\n\n",
	    branch);
	stage_run(&suffering, 50);
	STAGE_HAS(&suffering, 1, RULE("response-vias"), NODE("prx"), NULL);
	CU_ASSERT(
	    !stage_call_is(&suffering, suffering.result.object, "terminated"));
	tester_answer(sender, 0, 486, "q", "");
	stage_run(&suffering, 50);
	CU_ASSERT(
	    stage_call_is(&suffering, suffering.result.object, "terminated"));
	stop();
}

/* ---- Routes ---- */

/* The final answer to a request by UDP; 0: there was none. */
static unsigned
answer_to(unsigned host, const char *method, const char *uri, const char *to,
    const char *extra, int64_t ms)
{
	unsigned status = 0;
	char id[20];

	snprintf(id, sizeof(id), "b%u", ++sender_serial);
	sender->n = 0;
	tester_ask(sender, host, method, uri, to, id, 1, id, extra);
	stage_run(&suffering, ms);
	for (size_t i = 0; i < sender->n; i++)
		if (tester_status(sender, i) >= 200)
			status = tester_status(sender, i);
	return status;
}

static void
routes_to_nowhere(void)
{
	static const struct {
		const char *name, *line;
		unsigned repeat, status;
		const char *rule;
	} rows[] = {
		{ "unknown domain", "Route: <sip:nowhere.example;lr>\n", 1, 500,
		    RULE("proxy-unreachable") },
		{ "own address", "Route: <sip:192.0.2.2;lr>\n", 100, 200,
		    RULE("proxy-by-location") },
		{ "own, then nowhere",
		    "Route: <sip:192.0.2.2;lr>, <sip:nowhere.example;lr>\n", 1,
		    500, RULE("proxy-unreachable") },
		{ "many", "Route: <sip:x.example;lr>\n", 200, 500,
		    RULE("proxy-unreachable") },
		{ "too many", "Route: <sip:x.example;lr>\n", 1000, 513,
		    RULE("message-large") },
		{ "IPv6 garbage", "Route: <sip:[2001:::1];lr>\n", 1, 500,
		    RULE("proxy-unreachable") },
		{ "open", "Route: <sip:192.0.2.2;lr\n", 1, 400,
		    RULE("bad-request") },
		{ "another scheme", "Route: <tel:+1;lr>\n", 1, 500,
		    RULE("proxy-unreachable") },
		{ "nobody has it", "Route: <sip:[2001:db8::99];lr>\n", 1, 408,
		    RULE("proxy-by-route") },
	};

	start("");
	stage_do(&suffering, "prx", "bind", NULL, "aor", "bob", "contact",
	    "sip:bob@192.0.2.5", NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf lines = BUF_INIT;
		unsigned status;

		buf_puts(&lines, CONTACT(9));
		repeat(&lines, rows[i].line, rows[i].repeat);
		more(rows[i].rule);
		status = answer_to(
		    2, "INVITE", BOB, "<" BOB ">", buf_cstr(&lines), 33000);
		CU_ASSERT(
		    check(rows[i].name, "status", status, rows[i].status));
		CU_ASSERT(check(
		    rows[i].name, rows[i].rule, more(rows[i].rule) > 0, 1));
		buf_free(&lines);
	}
	stop();
}

/* ---- redirections ---- */

static const struct redirection {
	const char *name;
	const char *contact; /* @: a new number; several: the line repeats */
	unsigned repeat;
	unsigned proxy, phone; /* copies sent, the first included */
} redirections[] = {
	{ "circle", "Contact: <sip:peer@192.0.2.9>\n", 1, 1, 1 },
	{ "two that differ in nothing",
	    "Contact: <sip:%70eer@192.0.2.9:5060>, <sip:peer@192.0.2.9>\n", 1,
	    2, 2 },
	{ "endless", "Contact: <sip:n~@192.0.2.9>\n", 1, 100, 70 },
	{ "none", "", 1, 1, 1 },
	{ "star", "Contact: *\n", 1, 1, 1 },
	{ "another scheme", "Contact: <tel:1>, <mailto:a@b>\n", 1, 1, 1 },
	{ "nowhere", "Contact: <sip:a@nowhere.example>\n", 1, 1, 1 },
	{ "hundreds", "Contact: <sip:n~@192.0.2.9>\n", 240, 100, 70 },
};

/* Answers every INVITE with a 302: how many there were. */
static unsigned
send_on(const struct redirection *k)
{
	unsigned n = 0;

	sender->n = 0;
	for (unsigned quiet = 0; quiet < 3;) {
		struct buf lines = BUF_INIT;
		size_t i;

		stage_run(&suffering, 15);
		i = tester_find(sender, "INVITE", 0, 0);
		if (i == TESTER_GOT || n > 300) {
			quiet++;
			continue;
		}
		repeat(&lines, k->contact, k->repeat);
		n++;
		tester_answer(sender, i, 302, "x", buf_cstr(&lines));
		/* Forked ones come together. */
		sender->got[i].bytes.n = 0;
		quiet = 0;
		buf_free(&lines);
		if (tester_find(sender, "INVITE", 0, 0) == TESTER_GOT)
			sender->n = 0;
	}
	return n;
}

static void
recursion_without_end(void)
{
	for (size_t i = 0; i < sizeof(redirections) / sizeof(redirections[0]);
	     i++) {
		const struct redirection *k = &redirections[i];

		start("recurse=true fork=sequential");
		stage_do(&suffering, "prx", "bind", NULL, "aor", "carol",
		    "contact", "sip:peer@192.0.2.9", NULL);
		/* Else she goes on by herself. */
		node_set_attr(
		    world_find(suffering.w, "alice"), "redirect", "never");
		stage_call(&suffering, "alice", "sip:carol@b.example");
		CU_ASSERT(check(k->name, "by proxy", send_on(k), k->proxy));
		stage_run(&suffering, 2000);
		CU_ASSERT(stage_call_is(
		    &suffering, suffering.result.object, "terminated"));
		stop();
		start("");
		stage_call(&suffering, "alice", "sip:peer@192.0.2.9");
		CU_ASSERT(check(k->name, "by phone", send_on(k), k->phone));
		stage_run(&suffering, 40000);
		CU_ASSERT(stage_call_is(
		    &suffering, suffering.result.object, "terminated"));
		stop();
	}
}

/* ---- REGISTER ---- */

static void
registers(void)
{
	static const struct {
		const char *name, *line;
		unsigned repeat, status;
		const char *rule;
	} rows[] = {
		{ "* and another",
		    "Contact: *, <sip:a@192.0.2.9>\nExpires: 0\n", 1, 400,
		    RULE("register-star") },
		{ "another and *",
		    "Contact: <sip:a@192.0.2.9>\nContact: *\nExpires: 0\n", 1,
		    400, RULE("register-star") },
		{ "* for a while", "Contact: *\nExpires: 5\n", 1, 400,
		    RULE("register-star") },
		{ "* without Expires", "Contact: *\n", 1, 400,
		    RULE("register-star") },
		{ "hundreds", "Contact: <sip:n~@192.0.2.9>\n", 240, 500,
		    RULE("register-crowd") },
		{ "a thousand", "Contact: <sip:n~@192.0.2.9>\n", 1000, 513,
		    RULE("message-large") },
		{ "no URI", "Contact: <>\n", 1, 400, RULE("bad-request") },
		{ "Path garbage",
		    "Contact: <sip:a@192.0.2.9>\nPath: \x80<<\nSupported: "
		    "path\n",
		    1, 400, RULE("bad-request") },
		{ "a Path without end",
		    "Contact: <sip:a@192.0.2.9>\nSupported: path\n"
		    "Path: <sip:#;lr>, <sip:#;lr>\n",
		    1, 513, RULE("register-large") },
	};

	start("");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf lines = BUF_INIT;
		unsigned status;

		repeat(&lines, rows[i].line, rows[i].repeat);
		more(rows[i].rule);
		status = answer_to(2, "REGISTER", "sip:b.example",
		    "<sip:carol@b.example>", buf_cstr(&lines), 100);
		CU_ASSERT(
		    check(rows[i].name, "status", status, rows[i].status));
		CU_ASSERT(check(
		    rows[i].name, rows[i].rule, more(rows[i].rule) > 0, 1));
		buf_free(&lines);
	}
	/* 10.3: all or nothing. */
	STAGE_HAS(&suffering, 0, KIND("binding"), NULL, NULL);
	stop();
}

/* A Service-Route that leads nowhere, or is none. */
static void
service_routes(void)
{
	static const char *const lines[] = {
		"Service-Route: <sip:nowhere.example;lr>\n",
		"Service-Route: \x80<<\n",
		"Service-Route: <sip:192.0.2.9;lr\n",
		"Service-Route: <tel:1>\n",
		"Contact: *\nMin-Expires: -1\nExpires: 99999999999\n",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		start("");
		world_add_domain(suffering.w, "b.example", sender->node);
		stage_do(&suffering, "alice", "register", NULL, NULL);
		stage_run(&suffering, 15);
		if (sender->n > 0)
			tester_answer(sender, 0, 200, "x", lines[i]);
		stage_run(&suffering, 40000);
		/* RFC 3608 5: the next 200 takes it away. */
		world_add_domain(
		    suffering.w, "b.example", world_find(suffering.w, "prx"));
		stage_do(&suffering, "alice", "register", NULL, NULL);
		stage_run(&suffering, 300);
		stop();
	}
}

/* ---- credentials ---- */

static void
credentials(void)
{
	static const struct {
		const char *name, *line;
		unsigned repeat, status;
		const char *rule;
	} rows[] = {
		{ "nc in letters", CREDENTIALS("zzzz", "bob"), 1, 400,
		    RULE("auth-malformed") },
		{ "nc too long", CREDENTIALS("0000000000001", "bob"), 1, 400,
		    RULE("auth-malformed") },
		{ "nobody", CREDENTIALS("00000001", ""), 1, 401,
		    RULE("auth-unknown-user") },
		{ "long name", CREDENTIALS("00000001", "#"), 1, 401,
		    RULE("auth-unknown-user") },
		{ "wrong", CREDENTIALS("00000001", "bob"), 1, 401,
		    RULE("auth-wrong-password") },
		{ "often", CREDENTIALS("00000001", "bob"), 50, 401,
		    RULE("auth-wrong-password") },
		{ "too often", CREDENTIALS("00000001", "bob"), 150, 513,
		    RULE("message-large") },
		{ "nothing", "Authorization: Digest\n", 1, 400,
		    RULE("auth-malformed") },
		{ "no pairs", "Authorization: Digest ,,,;\"\n", 1, 400,
		    RULE("auth-malformed") },
		{ "Basic", "Authorization: Basic Ym9iOng=\n", 1, 401,
		    RULE("auth-scheme") },
		{ "bytes", "Authorization: \x80\x81\xff\n", 1, 400,
		    RULE("auth-malformed") },
	};

	start("auth=all");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf lines = BUF_INIT;
		unsigned status;

		repeat(&lines, rows[i].line, rows[i].repeat);
		more(rows[i].rule);
		status = answer_to(2, "REGISTER", "sip:b.example",
		    "<sip:bob@b.example>", buf_cstr(&lines), 100);
		CU_ASSERT(
		    check(rows[i].name, "status", status, rows[i].status));
		CU_ASSERT(check(
		    rows[i].name, rows[i].rule, more(rows[i].rule) > 0, 1));
		buf_free(&lines);
	}
	STAGE_HAS(&suffering, 0, KIND("binding"), NULL, NULL);
	stop();
}

/* ---- strangers ---- */

static void
location_by_strangers(void)
{
	static const char *const texts[] = {
		"{\"op\":\"query\",\"id\":1,\"aor\":\"sip:bob@b.example\"}",
		"{\"op\":\"store\",\"id\":2,\"aor\":\"sip:bob@b.example\","
		"\"call_id\":\"c\",\"cseq\":1,\"star\":0,\"contacts\":[{"
		"\"uri\":\"sip:eve@192.0.2.9\",\"expires\":99,\"q\":1000}]}",
	};
	struct addr dst = stage_addr(2);

	start("");
	dst.port = TRACE_PORT_LOCATION;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		more(RULE("location-refused"));
		tester_send(sender, &dst, str_of(texts[i]));
		stage_run(&suffering, 50);
		CU_ASSERT(more(RULE("location-refused")) > 0);
	}
	tester_send(sender, &dst, STR("no packet at all"));
	stage_run(&suffering, 50);
	STAGE_HAS(&suffering, 0, KIND("binding"), NULL, NULL);
	stop();
}

CHECK_MAIN("bad_input", { "broken challenges", broken_challenges },
    { "a thousand challenges", a_thousand_challenges },
    { "wrong Vias", wrong_vias }, { "no Via left", no_via_left },
    { "routes to nowhere", routes_to_nowhere },
    { "recursion without end", recursion_without_end },
    { "registers", registers }, { "service routes", service_routes },
    { "credentials", credentials },
    { "location by strangers", location_by_strangers })
