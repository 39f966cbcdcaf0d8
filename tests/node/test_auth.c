/*
 * Who asks? 401 and 407, what is accepted and what not: RFC 3261 section 22,
 * RFC 7616, RFC 8760.  Testers are the clients, and compute what they answer.
 */
#include "auth_phone.h"

#include "fixtures/golden.h"

#include "msg/header_names.h"
#include "words/record_text.h"

#define DIGEST "Authorization: Digest "
#define PARTS  "username=\"alice\", realm=\"B.example\", nonce=\"n\", "

/* ---- the registrar ---- */

/* digest=md5: it asks by MD5 alone, and takes nothing else. */
static void
md5_alone(void)
{
	const struct msg *m;
	size_t i;

	start("auth=true digest=md5");
	i = ask("");
	m = tester_at(&phone, i);
	CU_ASSERT_PTR_NULL(msg_field(m, MSG_H_WWW_AUTHENTICATE, 1));
	CU_ASSERT(str_find(msg_value(m, MSG_H_WWW_AUTHENTICATE), "MD5") > 0);
	CU_ASSERT_EQUAL(
	    ask_status(answer(i, &(struct answer){ .session = DIGEST_SHA256 })),
	    401);
	CU_ASSERT_EQUAL(noted("challenge", REASON("scheme")), 1);
	CU_ASSERT_EQUAL(
	    ask_status(answer(i, &(struct answer){ .nc = 1 })), 200);
	stop();
}

static bool
is_stale(size_t i)
{
	return tester_status(&phone, i) == 401 &&
	       tester_has(&phone, i, "WWW-Authenticate", "stale=true");
}

static bool
is_fresh(size_t i)
{
	return tester_status(&phone, i) == 401 &&
	       !tester_has(&phone, i, "WWW-Authenticate", "stale");
}

/* 22.1: the challenge is repeated, and not stale. */
static void
wrong(void)
{
	size_t i;

	start("auth=true");
	i = ask("");
	CU_ASSERT(is_fresh(
	    ask(answer(i, &(struct answer){ .password = "wonderland" }))));
	CU_ASSERT_EQUAL(noted("refuse", REASON("password")), 1);
	CU_ASSERT(
	    is_fresh(ask(answer(i, &(struct answer){ .user = "Alice" }))));
	CU_ASSERT(is_fresh(ask(answer(i, &(struct answer){ .user = "" }))));
	CU_ASSERT(is_fresh(
	    ask(answer(i, &(struct answer){ .user = "\\\"al\xff ice@" }))));
	CU_ASSERT_EQUAL(noted("refuse", REASON("user")), 3);
	/* A response for another method, or URI, is none. */
	CU_ASSERT(
	    is_fresh(ask(answer(i, &(struct answer){ .method = "INVITE" }))));
	CU_ASSERT_EQUAL(noted("refuse", RULE("auth-wrong-password")), 2);
	/* None of these has used the count up. */
	CU_ASSERT_EQUAL(ask_status(answer(i, &(struct answer){ 0 })), 200);
	/* The same user by other writings. */
	CU_ASSERT_EQUAL(ask_status(answer(i, &(struct answer){ .nc = 2,
						 .user = "alice@b.example" })),
	    200);
	CU_ASSERT_EQUAL(ask_status(answer(
			    i, &(struct answer){ .nc = 3, .user = "al\\ice" })),
	    200);
	stop();
}

/* RFC 7616 3.4: the same count twice; counts may be left out, or overtake. */
static void
replay(void)
{
	static const struct {
		unsigned nc, status;
	} counts[] = { { 1, 200 }, { 1, 401 }, { 9, 200 }, { 5, 200 },
		{ 5, 401 }, { 1, 401 }, { 100, 200 }, { 37, 200 }, { 36, 401 },
		{ 4294967295, 200 }, { 101, 401 } };
	char *first;
	size_t i;

	start("auth=true");
	i = ask("");
	first = mem_strdup(answer(i, &(struct answer){ .nc = 1 }));
	for (size_t k = 0; k < sizeof(counts) / sizeof(counts[0]); k++) {
		size_t got =
		    ask(answer(i, &(struct answer){ .nc = counts[k].nc }));

		CU_ASSERT_EQUAL(tester_status(&phone, got), counts[k].status);
		CU_ASSERT_EQUAL(is_stale(got), counts[k].status == 401);
	}
	CU_ASSERT_EQUAL(noted("replay", RULE("auth-replay")), 5);
	/* The very bytes, with another Contact. */
	CU_ASSERT(is_stale(ask(first)));
	mem_free(first);
	/* There is no count 0. */
	i = ask("");
	first = mem_strdup(answer(i, &(struct answer){ .nc = 2 }));
	CU_ASSERT_EQUAL(ask_status(first), 200);
	mem_free(first);
	stop();
}

/* A nonce without a count serves once (RFC 2069). */
static void
old_clients(void)
{
	size_t i;

	start("auth=true");
	i = ask("");
	CU_ASSERT_EQUAL(ask_status(answer(
			    i, &(struct answer){ .no_qop = true, .field = 1 })),
	    200);
	CU_ASSERT_EQUAL(ask_status(answer(
			    i, &(struct answer){ .no_qop = true, .field = 1 })),
	    401);
	CU_ASSERT_EQUAL(
	    ask_status(answer(i, &(struct answer){ .nc = 7 })), 401);
	CU_ASSERT_EQUAL(noted("replay", NULL), 2);
	/* RFC 8760 2.7: no response yet. */
	CU_ASSERT(
	    is_fresh(ask(answer(i, &(struct answer){ .no_response = true }))));
	CU_ASSERT_EQUAL(noted("challenge", RULE("auth-401")), 2);
	stop();
}

/* A REGISTER with a body. */
static size_t
ask_with_body(const char *extra, const char *body)
{
	asked_branch++;
	tester_say(&phone, 2,
	    "REGISTER sip:b.example SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK%u\n"
	    "From: <sip:alice@b.example>;tag=b\n"
	    "To: <sip:alice@b.example>\n"
	    "Call-ID: b\n"
	    "CSeq: %u REGISTER\n"
	    "%s"
	    "Content-Type: text/plain\n"
	    "Content-Length: %zu\n\n%s",
	    asked_branch, asked_branch, extra, strlen(body), body);
	stage_run(&asked, 100);
	return phone.n - 1;
}

static void
integrity(void)
{
	struct answer k = { .integrity = true, .body = "hello" };
	size_t i;

	start("auth=true");
	i = ask("");
	CU_ASSERT_EQUAL(
	    tester_status(&phone, ask_with_body(answer(i, &k), "hello")), 200);
	k.nc = 2;
	CU_ASSERT(is_fresh(ask_with_body(answer(i, &k), "hallo")));
	CU_ASSERT_EQUAL(noted("refuse", "\"qop\":\"auth-int\""), 1);
	/* Without qop=auth-int nobody minds. */
	k.integrity = false;
	CU_ASSERT_EQUAL(
	    tester_status(&phone, ask_with_body(answer(i, &k), "hallo")), 200);
	/* RFC 8760 2.6 item 7: no body. */
	k = (struct answer){ .integrity = true, .body = "", .nc = 3 };
	CU_ASSERT_EQUAL(ask_status(answer(i, &k)), 200);
	stop();
}

/* 400, or no answer to the challenge at all. */
static void
garbage(void)
{
	static const struct {
		const char *line;
		unsigned status;
		const char *note;
	} rows[] = {
		{ DIGEST PARTS "uri=\"sip:b.example\"\n", 400,
		    REASON("malformed") },
		{ DIGEST PARTS "uri=\"sip:b.example\", response=\"aa\", "
			       "qop=auth, nc=1, cnonce=\"x\"\n",
		    400, REASON("malformed") },
		{ DIGEST "username=\"alice\"\n", 400, REASON("malformed") },
		{ DIGEST PARTS "uri=\"sip:c.example\", response=\"aa\"\n", 400,
		    REASON("uri") },
		/* RFC 4475 3.3.7 */
		{ "Authorization: NoOneKnowsThisScheme opaque-data=here\n", 401,
		    REASON("scheme") },
		{ "Authorization: Basic YWxpY2U6d29uZGVyIGxhbmQ=\n", 401,
		    REASON("scheme") },
		{ DIGEST PARTS "uri=\"sip:b.example\", response=\"aa\", "
			       "algorithm=SHA-512-256\n",
		    401, REASON("scheme") },
		{ DIGEST PARTS "uri=\"sip:b.example\", response=\"aa\", "
			       "algorithm=XYZ\n",
		    401, REASON("scheme") },
		{ DIGEST "username=\"alice\", realm=\"c.example\", "
			 "nonce=\"n\", uri=\"sip:x\", response=\"aa\"\n",
		    401, REASON("realm") },
		/* Another's business, whatever is wrong with it. */
		{ DIGEST "realm=\"c.example\"\n", 401, REASON("realm") },
		{ "Proxy-" DIGEST PARTS "uri=\"sip:b.example\"\n", 401,
		    RULE("auth-401") },
	};

	start("auth=true");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t before =
		    stage_count(&asked, KIND("auth"), rows[i].note, NULL);

		CU_ASSERT_EQUAL(ask_status(rows[i].line), rows[i].status);
		CU_ASSERT_EQUAL(
		    stage_count(&asked, KIND("auth"), rows[i].note, NULL),
		    before + 1);
	}
	CU_ASSERT_EQUAL(stage_count(&asked, KIND("auth"), NULL, NULL),
	    sizeof(rows) / sizeof(rows[0]));
	stop();
}

/* RFC 8760 2.6 item 6: the same resource, as far as it can be told. */
static void
uris(void)
{
	static const char *const further =
	    "Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKx\n";
	struct buf lines = BUF_INIT;
	size_t i;

	start("auth=true");
	i = ask("");
	CU_ASSERT_EQUAL(
	    ask_status(answer(i, &(struct answer){ .uri = "SIP:B.EXAMPLE" })),
	    200);
	CU_ASSERT_EQUAL(ask_status(answer(i, &(struct answer){ .nc = 2,
						 .uri = "sip:192.0.2.2" })),
	    400);
	/* Behind a proxy: what means this registrar. */
	buf_puts(&lines, further);
	buf_puts(&lines,
	    answer(i, &(struct answer){ .nc = 2, .uri = "sip:192.0.2.2" }));
	CU_ASSERT_EQUAL(ask_status(buf_cstr(&lines)), 200);
	buf_clear(&lines);
	buf_puts(&lines, further);
	buf_puts(&lines,
	    answer(i, &(struct answer){ .nc = 3, .uri = "sip:c.example" }));
	CU_ASSERT_EQUAL(ask_status(buf_cstr(&lines)), 400);
	CU_ASSERT_EQUAL(noted("refuse", RULE("auth-uri")), 2);
	buf_free(&lines);
	stop();
}

/* ---- accounts ---- */

/* ---- words ---- */

/* Each outcome is a sentence. */
static void
words(void)
{
	struct buf text = BUF_INIT, all = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace_rec rec;
	struct trace *trace;
	size_t i;

	start("auth=true");
	i = ask("");
	ask(answer(i, &(struct answer){ .password = "x" }));
	ask(answer(i, &(struct answer){ .user = "nobody" }));
	ask(answer(i, &(struct answer){ 0 }));
	ask(answer(i, &(struct answer){ 0 }));
	ask(DIGEST "realm=\"c\"\n");
	ask("Authorization: Basic x=y\n");
	ask(DIGEST "x\n");
	ask(answer(i, &(struct answer){ .nc = 2, .uri = "sip:c.example" }));
	stage_run(&asked, 300000);
	ask(answer(i, &(struct answer){ .nc = 2 }));
	buf_puts(&text, "{\"kind\":\"trace\",\"version\":1}\n");
	buf_str(&text, buf_view(&asked.trace));
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&trace, &text, "auth", &d), 0);
	for (uint64_t k = 1; k <= trace_count(trace); k++) {
		trace_get(trace, k, &rec);
		if (rec.kind != TRACE_AUTH)
			continue;
		record_sentence(trace, &rec, &all);
		buf_putc(&all, '\n');
		record_summary(trace, &rec, &all);
		buf_putc(&all, '\n');
	}
	CU_ASSERT(golden_same("auth.txt", buf_view(&all)));
	trace_destroy(trace);
	buf_free(&all);
	buf_free(&text);
	stop();
}

/* ---- without memory ---- */

/* Runs on for a second, in which the N-th allocation (0: none) and all after it
 * fail; false where it has told that. */
static bool
run_without(unsigned long n)
{
	bool ok;

	if (n > 0)
		mem_fail_from(n);
	ok = stage_run(&asked, 1000);
	mem_fail_from(0);
	return ok && trace_writer_error(asked.writer) == 0;
}

/* 401, then 200; in one of the two exchanges memory runs out.  True when it
 * sufficed. */
static bool
dance(unsigned long first, unsigned long second)
{
	bool ok;

	start("auth=true");
	for (size_t i = 0; i < 2; i++)
		buf_reserve(&phone.got[i].bytes, 2000);
	tester_ask(&phone, 2, "REGISTER", "sip:b.example",
	    "<sip:alice@b.example>", "r", 1, "m1", "");
	ok = run_without(first);
	/* Whoever runs out of memory says so. */
	CU_ASSERT(!ok || tester_status(&phone, 0) == 401);
	if (ok && tester_status(&phone, 0) == 401) {
		tester_ask(&phone, 2, "REGISTER", "sip:b.example",
		    "<sip:alice@b.example>", "r", 2, "m2",
		    answer(0, &(struct answer){ 0 }));
		ok = run_without(second);
		CU_ASSERT(!ok || tester_status(&phone, 1) == 200);
	}
	STAGE_CLOSE(&asked, &phone);
	return ok;
}

static void
no_memory(void)
{
	unsigned long first = 1, second = 1;

	while (first < 3000 && !dance(first, 0))
		first++;
	while (second < 3000 && !dance(0, second))
		second++;
	CU_ASSERT(first > 10 && first < 3000);
	CU_ASSERT(second > 10 && second < 3000);
}

CHECK_MAIN("auth", { "by MD5 alone", md5_alone },
    { "wrong credentials", wrong }, { "replay", replay },
    { "RFC 2069", old_clients }, { "auth-int", integrity },
    { "garbage", garbage }, { "the uri", uris }, { "words", words },
    { "without memory", no_memory })
