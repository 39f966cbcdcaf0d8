/*
 * Who asks? 401 and 407, what is accepted and what not: RFC 3261 section 22,
 * RFC 7616, RFC 8760.  Testers are the clients, and compute what they answer.
 */
#include "fixtures/stage.h"

#include "fixtures/golden.h"

#include "node/users.h"
#include "node/auth.h"
#include "roles/proxy/proxy_in.h"
#include "roles/registrar/registrar_in.h"
#include "sip/digest.h"
#include "trace/reader.h"
#include "words/record_text.h"

static struct stage s;
static struct tester t;
static unsigned branch;

/* How a tester answers a challenge; 0 and NULL: as it should. */
struct answer {
	const char *user, *password; /* alice, "wonder land" */
	const char *method, *uri, *body;
	unsigned nc;
	unsigned field; /* which of the challenges */
	bool no_qop, integrity, no_response;
	enum digest_algorithm session; /* instead of the challenge's */
};

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "phone", 9);
	stage_node(
	    &s, "srv", "proxy registrar location", "B.example", 2, attrs);
	CU_ASSERT_EQUAL_FATAL(
	    node_set_attr(stage_add(&s, "alice", "ua", "b.example", 3,
			      "aor=sip:alice@b.example"),
		"password", "wonder land"),
	    0);
}

static void
stop(void)
{
	STAGE_STOP(&s, 40000);
	tester_close(&t);
}

static const char *
or_else(const char *text, const char *fallback)
{
	return text != NULL ? text : fallback;
}

/* The credentials that answer the challenge in the I-th message. */
static const char *
answer(size_t i, const struct answer *k)
{
	static struct buf line;
	bool proxy = tester_status(&t, i) == 407;
	const struct msg_field *f = msg_field(tester_at(&t, i),
	    proxy ? MSG_H_PROXY_AUTHENTICATE : MSG_H_WWW_AUTHENTICATE,
	    k->field);
	struct digest_challenge ch = { 0 };
	struct digest_credentials c = { 0 };
	char hex[DIGEST_HEX] = "";

	buf_clear(&line);
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	CU_ASSERT_EQUAL(digest_challenge_read(f->value, &ch), 0);
	c.username = str_of(or_else(k->user, "alice"));
	c.realm = ch.realm;
	c.nonce = ch.nonce;
	c.uri = str_of(or_else(k->uri, "sip:b.example"));
	c.cnonce = STR("c\\nonce");
	c.algorithm = k->session != 0 ? k->session : ch.algorithm;
	c.has_algorithm = true;
	c.qop = k->no_qop      ? DIGEST_QOP_NONE
		: k->integrity ? DIGEST_QOP_AUTH_INT
			       : DIGEST_QOP_AUTH;
	c.nc = k->nc != 0 ? k->nc : 1;
	digest_response(&c, str_of(or_else(k->password, "wonder land")),
	    str_of(or_else(k->method, "REGISTER")), str_of(k->body), hex);
	c.response = str_of(k->no_response ? "" : hex);
	buf_puts(&line, proxy ? "Proxy-Authorization: " : "Authorization: ");
	digest_credentials_write(&c, &line);
	buf_putc(&line, '\n');
	return buf_cstr(&line);
}

/* Sends a REGISTER and gives the index of what comes back. */
static size_t
ask(const char *extra)
{
	char b[20];
	size_t n = t.n;

	snprintf(b, sizeof(b), "%u", ++branch);
	tester_ask(&t, 2, "REGISTER", "sip:b.example", "<sip:alice@b.example>",
	    "r", branch, b, extra);
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(t.n, n + 1);
	return t.n - 1;
}

static unsigned
ask_status(const char *extra)
{
	return tester_status(&t, ask(extra));
}

/* Lines of kind auth with that op, and with MORE (may be NULL) in them. */
static size_t
noted(const char *op, const char *more)
{
	char text[40];

	snprintf(text, sizeof(text), "\"op\":\"%s\"", op);
	return stage_count(&s, KIND("auth"), text, more);
}

#define REASON(text) "\"reason\":\"" text "\""

/* ---- the registrar ---- */

/* digest=md5: it asks by MD5 alone, and takes nothing else. */
static void
md5_alone(void)
{
	const struct msg *m;
	size_t i;

	start("auth=true digest=md5");
	i = ask("");
	m = tester_at(&t, i);
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
	return tester_status(&t, i) == 401 &&
	       tester_has(&t, i, "WWW-Authenticate", "stale=true");
}

static bool
is_fresh(size_t i)
{
	return tester_status(&t, i) == 401 &&
	       !tester_has(&t, i, "WWW-Authenticate", "stale");
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

		CU_ASSERT_EQUAL(tester_status(&t, got), counts[k].status);
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
	branch++;
	tester_say(&t, 2,
	    "REGISTER sip:b.example SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK%u\n"
	    "From: <sip:alice@b.example>;tag=b\n"
	    "To: <sip:alice@b.example>\n"
	    "Call-ID: b\n"
	    "CSeq: %u REGISTER\n"
	    "%s"
	    "Content-Type: text/plain\n"
	    "Content-Length: %zu\n\n%s",
	    branch, branch, extra, strlen(body), body);
	stage_run(&s, 100);
	return t.n - 1;
}

static void
integrity(void)
{
	struct answer k = { .integrity = true, .body = "hello" };
	size_t i;

	start("auth=true");
	i = ask("");
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask_with_body(answer(i, &k), "hello")), 200);
	k.nc = 2;
	CU_ASSERT(is_fresh(ask_with_body(answer(i, &k), "hallo")));
	CU_ASSERT_EQUAL(noted("refuse", "\"qop\":\"auth-int\""), 1);
	/* Without qop=auth-int nobody minds. */
	k.integrity = false;
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask_with_body(answer(i, &k), "hallo")), 200);
	/* RFC 8760 2.6 item 7: no body. */
	k = (struct answer){ .integrity = true, .body = "", .nc = 3 };
	CU_ASSERT_EQUAL(ask_status(answer(i, &k)), 200);
	stop();
}

#define DIGEST "Authorization: Digest "
#define PARTS  "username=\"alice\", realm=\"B.example\", nonce=\"n\", "

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
		    stage_count(&s, KIND("auth"), rows[i].note, NULL);

		CU_ASSERT_EQUAL(ask_status(rows[i].line), rows[i].status);
		CU_ASSERT_EQUAL(
		    stage_count(&s, KIND("auth"), rows[i].note, NULL),
		    before + 1);
	}
	CU_ASSERT_EQUAL(stage_count(&s, KIND("auth"), NULL, NULL),
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

/* ---- the proxy ---- */

static struct auth *guard;
static struct node_role guarded;
static char proved[80];

static void
guard_request(void *role, const struct sip_in *in)
{
	struct str user;

	if (in->m->method != MSG_ACK && !auth_check(guard, in, &user))
		return;
	if (in->m->method != MSG_ACK)
		snprintf(proved, sizeof(proved), "%.*s", STR_ARG(user));
	role_proxy.request(role, in);
}

/* A proxy that asks; the role that does so by itself is left as it is. */
static void
guard_proxy(const char *attrs)
{
	struct node *n;

	start(attrs);
	guard = NULL;
	if (role_proxy.auth != NULL)
		return;
	n = world_find(s.w, "srv");
	CU_ASSERT_EQUAL_FATAL(auth_create(&guard, n, true), 0);
	guarded = role_proxy;
	guarded.request = guard_request;
	CU_ASSERT_PTR_EQUAL_FATAL(n->role[0].ops, &role_proxy);
	n->role[0].ops = &guarded;
}

static void
guard_stop(void)
{
	stop();
	auth_destroy(guard);
}

/* Sends METHOD with that From host, and gives what comes back first. */
static size_t
send_as(const char *method, const char *from, const char *uri, const char *tag,
    const char *extra)
{
	size_t n = t.n;

	branch++;
	tester_say(&t, 2,
	    "%s %s SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK%u\n"
	    "From: <sip:x@%s>;tag=p\n"
	    "To: <%s>%s\n"
	    "Call-ID: p%u\n"
	    "CSeq: 1 %s\n"
	    "%s\n",
	    method, uri, branch, from, uri, tag, branch, method, extra);
	stage_run(&s, 100);
	return n;
}

static void
proxy_asks(void)
{
	static const struct {
		const char *method, *from, *uri, *tag;
		bool asked, all; /* with auth=true, with auth=all */
	} rows[] = {
		{ "MESSAGE", "b.example", "sip:bob@b.example", "", true, true },
		{ "MESSAGE", "c.example", "sip:bob@b.example", "", false,
		    true },
		{ "MESSAGE", "c.example", "sip:bob@192.0.2.2", "", false,
		    true },
		{ "MESSAGE", "c.example", "sip:x@192.0.2.8", "", true, true },
		{ "MESSAGE", "b.example", "sip:x@192.0.2.8", "", true, true },
		{ "MESSAGE", "b.example", "sip:x@192.0.2.8", ";tag=1", false,
		    false },
		{ "REGISTER", "b.example", "sip:d.example", "", false, false },
		{ "REGISTER", "b.example", "sip:e.example", "", true, true },
	};

	guard_proxy("");
	stage_node(&s, "reg", "registrar location", "D.example", 4, "");
	for (unsigned k = 0; k < 2 * sizeof(rows) / sizeof(rows[0]); k++) {
		unsigned i = k / 2;
		size_t got;

		node_set_attr(world_find(s.w, "srv"), "auth",
		    k % 2 == 0 ? "true" : "all");
		got = send_as(
		    rows[i].method, rows[i].from, rows[i].uri, rows[i].tag, "");
		CU_ASSERT_EQUAL(tester_status(&t, got) == 407,
		    k % 2 == 0 ? rows[i].asked : rows[i].all);
	}
	CU_ASSERT_EQUAL(
	    noted("challenge", RULE("auth-407")), noted("challenge", NULL));
	CU_ASSERT_EQUAL(stage_count(&s, "\"start\":401", NULL, NULL), 0);
	guard_stop();
}

/* RFC 5393: what comes back changed has the count of the first time; a copy
 * from elsewhere is a replay. */
static void
spiral(void)
{
	struct answer k = { .method = "MESSAGE", .uri = "sip:x@192.0.2.9" };
	struct buf copy = BUF_INIT;
	const char *line;
	size_t i, got, sent;

	guard_proxy("auth=all");
	i = send_as("MESSAGE", "b.example", k.uri, "", "");
	line = answer(i, &k);
	got = send_as("MESSAGE", "b.example", k.uri, "", line);
	CU_ASSERT(tester_is(&t, got, "MESSAGE"));
	/* Its Vias are kept, with one more on top, and another target. */
	buf_puts(&copy, "MESSAGE sip:y@192.0.2.9 SIP/2.0\r\n"
			"Via: SIP/2.0/UDP 192.0.2.9:5060"
			";branch=z9hG4bKspiral\r\n");
	for (size_t f = 0; f < tester_at(&t, got)->nfields; f++)
		buf_str(&copy, tester_at(&t, got)->fields[f].line);
	buf_puts(&copy, "\r\n");
	sent = t.n;
	tester_send(&t, &t.got[got].src, buf_view(&copy));
	stage_run(&s, 100);
	CU_ASSERT(tester_is(&t, sent, "MESSAGE"));
	CU_ASSERT(str_is(tester_at(&t, sent)->uri, "sip:y@192.0.2.9"));
	CU_ASSERT_EQUAL(noted("replay", NULL), 0);
	i = send_as("MESSAGE", "b.example", k.uri, "", line);
	CU_ASSERT_EQUAL(tester_status(&t, i), 407);
	CU_ASSERT_EQUAL(noted("replay", NULL), 1);
	/* An own Via that nothing was sent with is no proof. */
	buf_clear(&copy);
	buf_printf(
	    &copy, "Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKforged\n%s", line);
	i = send_as("MESSAGE", "b.example", k.uri, "", buf_cstr(&copy));
	CU_ASSERT_EQUAL(tester_status(&t, i), 407);
	CU_ASSERT_EQUAL(noted("replay", NULL), 2);
	buf_free(&copy);
	guard_stop();
}

/* ---- accounts ---- */

static const char *
password(const char *user, const char *realm)
{
	static struct buf aor;
	const char *found = accounts_password(
	    world_accounts(s.w), str_of(user), str_of(realm), &aor);

	return found != NULL ? found : "(none)";
}

static void
accounts(void)
{
	struct account a;
	struct str rest =
	    STR(" al:x@r  : bob:@b.example x carol:a:b@c@r :y@r d:p");
	struct node *n;

	CU_ASSERT(account_next(&rest, &a));
	CU_ASSERT(str_is(a.name, "al") && str_is(a.password, "x") &&
		  str_is(a.realm, "r"));
	CU_ASSERT(account_next(&rest, &a));
	CU_ASSERT(str_is(a.name, "bob") && a.password.n == 0 &&
		  str_is(a.realm, "b.example"));
	CU_ASSERT(account_next(&rest, &a));
	CU_ASSERT(str_is(a.name, "carol") && str_is(a.password, "a:b@c") &&
		  str_is(a.realm, "r"));
	CU_ASSERT(account_next(&rest, &a));
	CU_ASSERT(
	    str_is(a.name, "d") && str_is(a.password, "p") && a.realm.n == 0);
	CU_ASSERT(!account_next(&rest, &a));

	start("");
	stage_add(&s, "two", "ua", "B.example", 4,
	    "aor=sip:alice@b.example password=other");
	stage_add(&s, "dave", "ua", "b.example", 5, "password=d");
	n = stage_add(&s, "erin", "ua", "c.example", 6,
	    "aor=sip:er%69n@C.example password=e "
	    "registered=true");
	node_set_attr(
	    n, "accounts", "erin:guest@B.EXAMPLE alice:no@b.example own:1");
	stage_add(&s, "tel", "ua", "b.example", 7, "aor=tel:+1 password=d");
	/* The first counts, an account never before a password. */
	CU_ASSERT_STRING_EQUAL(password("alice", "b.example"), "wonder land");
	CU_ASSERT_STRING_EQUAL(password("dave", "b.example"), "d");
	CU_ASSERT_STRING_EQUAL(password("erin", "b.example"), "guest");
	CU_ASSERT_STRING_EQUAL(password("erin", "c.example"), "e");
	CU_ASSERT_STRING_EQUAL(password("own", "c.example"), "1");
	CU_ASSERT_STRING_EQUAL(password("own@c.example", "c.example"), "1");
	CU_ASSERT_STRING_EQUAL(
	    password("own@b.example", "c.example"), "(none)");
	CU_ASSERT_STRING_EQUAL(password("own", "b.example"), "(none)");
	CU_ASSERT_STRING_EQUAL(password("", "b.example"), "(none)");
	CU_ASSERT_STRING_EQUAL(password("@b.example", "b.example"), "(none)");
	CU_ASSERT_STRING_EQUAL(password("a b\"%", "b.example"), "(none)");
	CU_ASSERT_EQUAL(account_find(n, STR("b.example")), 0);
	CU_ASSERT_EQUAL(account_find(n, STR("c.example")), 0);
	CU_ASSERT_EQUAL(account_find(n, STR("d.example")), ERR_NOTFOUND);
	n = world_find(s.w, "dave");
	CU_ASSERT_EQUAL(account_find(n, STR("B.EXAMPLE")), 0);
	/* What the phone tries later is no news to the server. */
	node_set_attr(n, "password", "new");
	CU_ASSERT_STRING_EQUAL(password("dave", "b.example"), "d");
	stop();
}

/* An account that somebody of another domain has here. */
static void
guests(void)
{
	size_t i;

	start("auth=true");
	node_set_attr(stage_add(&s, "erin", "ua", "c.example", 4, ""),
	    "accounts", "x%20y:a@b@b.example");
	i = ask("");
	/* Known, whatever a guest may do. */
	ask(answer(i, &(struct answer){ .user = "x y", .password = "a@b" }));
	CU_ASSERT_EQUAL(noted("accept", "\"user\":\"x y\""), 1);
	stop();
}

/* ---- nonces ---- */

static void
nonces(void)
{
	struct nonces *n;
	char text[20];

	CU_ASSERT_EQUAL_FATAL(nonces_create(&n), 0);
	CU_ASSERT_EQUAL(nonces_use(n, STR("a"), 1, 0), NONCES_STALE);
	CU_ASSERT_EQUAL(nonces_add(n, STR("a"), 10), 0);
	CU_ASSERT_EQUAL(nonces_use(n, STR("a"), 0, 10), NONCES_REPLAY);
	CU_ASSERT_EQUAL(
	    nonces_use(n, STR("a"), 1, 9 + NONCES_LIFE_NS), NONCES_GOOD);
	CU_ASSERT_EQUAL(
	    nonces_use(n, STR("a"), 2, 10 + NONCES_LIFE_NS), NONCES_STALE);
	/* Old ones go, and the oldest where there are too many. */
	CU_ASSERT_EQUAL(nonces_add(n, STR("b"), 10 + NONCES_LIFE_NS), 0);
	CU_ASSERT_EQUAL(nonces_count(n), 1);
	for (int i = 0; i < NONCES_MAX; i++) {
		snprintf(text, sizeof(text), "%d", i);
		CU_ASSERT_EQUAL_FATAL(
		    nonces_add(n, str_of(text), 11 + NONCES_LIFE_NS), 0);
	}
	CU_ASSERT_EQUAL(nonces_count(n), NONCES_MAX);
	CU_ASSERT_EQUAL(
	    nonces_use(n, STR("b"), 1, 11 + NONCES_LIFE_NS), NONCES_STALE);
	CU_ASSERT_EQUAL(
	    nonces_use(n, STR("0"), 1, 11 + NONCES_LIFE_NS), NONCES_GOOD);
	/* One that is given out again begins anew. */
	CU_ASSERT_EQUAL(nonces_add(n, STR("0"), 12 + NONCES_LIFE_NS), 0);
	CU_ASSERT_EQUAL(
	    nonces_use(n, STR("0"), 1, 12 + NONCES_LIFE_NS), NONCES_GOOD);
	nonces_destroy(n);
	nonces_destroy(NULL);
}

/* A challenge for one who was there before the run. */
static void
warm(void)
{
	struct digest_challenge c;
	struct buf value = BUF_INIT;
	struct node *n;
	struct auth *a;

	start("");
	n = world_find(s.w, "srv");
	a = role_registrar.auth(node_role_state(n, "registrar"));
	CU_ASSERT_PTR_NOT_NULL_FATAL(a);
	CU_ASSERT(str_is(auth_realm(a), "B.example"));
	CU_ASSERT(!auth_warm(a, &value));
	CU_ASSERT_EQUAL(value.n, 0);
	node_set_attr(n, "auth", "true");
	CU_ASSERT(auth_warm(a, &value));
	CU_ASSERT_EQUAL(digest_challenge_read(buf_view(&value), &c), 0);
	CU_ASSERT_EQUAL(c.algorithm, DIGEST_SHA256);
	CU_ASSERT_EQUAL(nonces_count(n->nonces), 1);
	CU_ASSERT_EQUAL(nonces_use(n->nonces, c.nonce, 1, 0), NONCES_GOOD);
	buf_free(&value);
	stop();
}

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
	stage_run(&s, 300000);
	ask(answer(i, &(struct answer){ .nc = 2 }));
	buf_puts(&text, "{\"kind\":\"trace\",\"version\":1}\n");
	buf_str(&text, buf_view(&s.trace));
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
	ok = stage_run(&s, 1000);
	mem_fail_from(0);
	return ok && trace_writer_error(s.writer) == 0;
}

/* 401, then 200; in one of the two exchanges memory runs out.  True when it
 * sufficed. */
static bool
dance(unsigned long first, unsigned long second)
{
	bool ok;

	start("auth=true");
	for (size_t i = 0; i < 2; i++)
		buf_reserve(&t.got[i].bytes, 2000);
	tester_ask(&t, 2, "REGISTER", "sip:b.example", "<sip:alice@b.example>",
	    "r", 1, "m1", "");
	ok = run_without(first);
	/* Whoever runs out of memory says so. */
	CU_ASSERT(!ok || tester_status(&t, 0) == 401);
	if (ok && tester_status(&t, 0) == 401) {
		tester_ask(&t, 2, "REGISTER", "sip:b.example",
		    "<sip:alice@b.example>", "r", 2, "m2",
		    answer(0, &(struct answer){ 0 }));
		ok = run_without(second);
		CU_ASSERT(!ok || tester_status(&t, 1) == 200);
	}
	stage_close(&s);
	tester_close(&t);
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
    { "garbage", garbage }, { "the uri", uris },
    { "whom a proxy asks", proxy_asks }, { "a spiral", spiral },
    { "accounts", accounts }, { "guests", guests }, { "nonces", nonces },
    { "challenges before the run", warm }, { "words", words },
    { "without memory", no_memory })
