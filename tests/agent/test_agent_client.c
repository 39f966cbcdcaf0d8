/*
 * One request of a user agent through challenges, redirections and servers that
 * fail: RFC 3261 8.1.3, 22; RFC 7616; RFC 3263 4.3.  Testers are the servers.
 */
#include "roles/ua/ua.h"
#include "msg/header_names.h"
#include "sip/digest.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t, u; /* 192.0.2.9, 192.0.2.8 */

static void
start(const char *attrs)
{
	STAGE_OPEN(&s, &t, "nine", 9);
	tester_open(&s, &u, "eight", 8);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
	CU_ASSERT_EQUAL(world_add_domain(s.w, "b.example", t.node), 0);
	CU_ASSERT_EQUAL(world_add_domain(s.w, "c.example", u.node), 0);
}

static void
stop(void)
{
	STAGE_STOP(&s, 80000);
	tester_close(&t);
	tester_close(&u);
}

#define WWW   "WWW-Authenticate: "
#define PROXY "Proxy-Authenticate: "
#define ASK(realm, nonce) \
	"Digest realm=\"" realm "\", nonce=\"" nonce "\", qop=\"auth\"\n"

/* The N-th request METHOD that T has got; TESTER_GOT where there is none. */
static size_t
request(struct tester *to, const char *method, size_t n)
{
	return tester_find(to, method, 0, n);
}

static void
answer(struct tester *to, const char *method, size_t n, unsigned status,
    const char *tag, const char *extra)
{
	tester_answer(to, request(to, method, n), status, tag, extra);
	stage_run(&s, 25);
}

/* The credentials for REALM in that message: nc, 0 where they are not right. */
static unsigned
proves(struct tester *to, size_t i, const char *header, const char *realm,
    const char *user, const char *password)
{
	const struct msg *m = tester_at(to, i);
	const struct msg_field *f;
	struct digest_credentials c;
	char hex[DIGEST_HEX];

	for (size_t n = 0; (f = msg_field_named(m, header, n)) != NULL; n++)
		if (digest_credentials_read(f->value, &c) == 0 &&
		    str_is(c.realm, realm) && str_is(c.username, user) &&
		    str_eq(c.uri, m->uri) &&
		    digest_response(&c, str_of(password), m->method_name,
			m->body, hex) == 0 &&
		    str_is(c.response, hex))
			return c.qop == DIGEST_QOP_NONE ? 1 : c.nc;
	return 0;
}

#define AUTH  "Authorization"
#define PAUTH "Proxy-Authorization"

/* Two messages of one request: what stays and what does not (22.2). */
static bool
repeats(struct tester *to, size_t a, size_t b)
{
	char id[100], from[200], via[200];
	bool same;

	snprintf(id, sizeof(id), "%.*s",
	    STR_ARG(msg_value(tester_at(to, a), MSG_H_CALL_ID)));
	snprintf(from, sizeof(from), "%.*s",
	    STR_ARG(msg_value(tester_at(to, a), MSG_H_FROM)));
	snprintf(via, sizeof(via), "%.*s",
	    STR_ARG(msg_value(tester_at(to, a), MSG_H_VIA)));
	same = str_is(msg_value(tester_at(to, b), MSG_H_CALL_ID), id) &&
	       str_is(msg_value(tester_at(to, b), MSG_H_FROM), from);
	return same && !str_is(msg_value(tester_at(to, b), MSG_H_VIA), via);
}

/* ---- challenges ---- */

/* RFC 3665 2.1: 401, the same again with credentials; 10.2.4: the refresh has
 * them from the start, with the next nc (RFC 7616 3.4). */
static void
registers(void)
{
	char cnonce[2][40];

	start("password=secret expires=100s");
	STAGE_DO(&s, 25, "bob", "register", NULL);
	CU_ASSERT_EQUAL(proves(&t, 0, AUTH, "b.example", "bob", "secret"), 0);
	answer(&t, "REGISTER", 0, 401, "r", WWW ASK("b.example", "one"));
	CU_ASSERT_EQUAL_FATAL(t.n, 2);
	CU_ASSERT(repeats(&t, 0, 1));
	CU_ASSERT(tester_has(&t, 1, "CSeq", "2 REGISTER"));
	CU_ASSERT(tester_has(&t, 1, "To", "<sip:bob@b.example>"));
	CU_ASSERT(!tester_has(&t, 1, "To", "tag"));
	CU_ASSERT(tester_has(&t, 1, "Contact", "expires=100"));
	CU_ASSERT_EQUAL(proves(&t, 1, AUTH, "b.example", "bob", "secret"), 1);
	STAGE_HAS(
	    &s, 1, KIND("auth"), "\"op\":\"answer\"", RULE("auth-answer"));
	answer(&t, "REGISTER", 1, 200, "r",
	    "Contact: <sip:bob@192.0.2.3:5060>;expires=100\n");
	stage_run(&s, 90000);
	CU_ASSERT_EQUAL_FATAL(t.n, 3);
	CU_ASSERT(tester_has(&t, 2, "CSeq", "3 REGISTER"));
	CU_ASSERT_EQUAL(proves(&t, 2, AUTH, "b.example", "bob", "secret"), 2);
	STAGE_HAS(&s, 1, RULE("auth-ahead-server"), NULL, NULL);
	for (size_t i = 0; i < 2; i++) {
		struct digest_credentials c = { 0 };

		digest_credentials_read(
		    msg_value(tester_at(&t, i + 1), MSG_H_AUTHORIZATION), &c);
		snprintf(cnonce[i], 40, "%.*s", STR_ARG(c.cnonce));
	}
	CU_ASSERT(cnonce[0][0] != '\0' && strcmp(cnonce[0], cnonce[1]) == 0);
	/* The nonce is old by now: not the password's fault. */
	answer(&t, "REGISTER", 2, 401, "r",
	    WWW "Digest realm=\"b.example\", nonce=\"two\", qop=\"auth\", "
		"stale=true\n");
	CU_ASSERT_EQUAL_FATAL(t.n, 4);
	CU_ASSERT(tester_has(&t, 3, "CSeq", "4 REGISTER"));
	CU_ASSERT(tester_has(&t, 3, AUTH, "nonce=\"two\""));
	CU_ASSERT_EQUAL(proves(&t, 3, AUTH, "b.example", "bob", "secret"), 1);
	answer(&t, "REGISTER", 3, 200, "r", "Expires: 0\n");
	stop();
}

/* RFC 3665 2.5, RFC 3261 22.1: not twice with what was refused. */
static void
wrong_password(void)
{
	start("password=wrong");
	STAGE_DO(&s, 25, "bob", "register", NULL);
	answer(&t, "REGISTER", 0, 401, "r", WWW ASK("b.example", "one"));
	answer(&t, "REGISTER", 1, 401, "r", WWW ASK("b.example", "two"));
	CU_ASSERT_EQUAL(t.n, 2);
	STAGE_HAS(
	    &s, 1, KIND("auth"), "\"op\":\"give-up\"", RULE("auth-refused"));
	/* The next one begins with what is known, and may be asked once. */
	node_set_attr(world_find(s.w, "bob"), "password", "right");
	STAGE_DO(&s, 25, "bob", "register", NULL);
	CU_ASSERT_EQUAL(proves(&t, 2, AUTH, "b.example", "bob", "right"), 2);
	answer(&t, "REGISTER", 2, 401, "r", WWW ASK("b.example", "three"));
	CU_ASSERT_EQUAL(proves(&t, 3, AUTH, "b.example", "bob", "right"), 1);
	answer(&t, "REGISTER", 3, 401, "r", WWW ASK("b.example", "four"));
	CU_ASSERT_EQUAL(t.n, 4);
	stop();
	/* Nobody's password is for that realm. */
	start("password=x accounts=eve:y@c.example");
	STAGE_CALL(&s, "bob", "sip:x@b.example", 25);
	answer(&t, "INVITE", 0, 401, "r", WWW ASK("d.example", "one"));
	TESTER_HAS(&t, 1, "INVITE", 0);
	STAGE_HAS(&s, 1, KIND("call"), "\"status\":401", RULE("invite-failed"));
	STAGE_HAS(&s, 1, KIND("auth"), RULE("auth-no-password"), NULL);
	stop();
}

/* 22.3: several realms, one after the other and at once; the ACKs and the
 * requests of the dialog have the same credentials (22.1). */
static void
proxies(void)
{
	size_t i;

	start("password=p accounts=carol:q@c.example");
	STAGE_CALL(&s, "bob", "sip:x@b.example", 25);
	answer(&t, "INVITE", 0, 407, "r", PROXY ASK("b.example", "one"));
	i = request(&t, "ACK", 0);
	CU_ASSERT(!tester_has(&t, i, PAUTH, "Digest"));
	i = request(&t, "INVITE", 1);
	CU_ASSERT(repeats(&t, 0, i));
	CU_ASSERT(tester_has(&t, i, "CSeq", "2 INVITE"));
	CU_ASSERT_EQUAL(proves(&t, i, PAUTH, "b.example", "bob", "p"), 1);
	CU_ASSERT(stage_call_is(&s, "bob/1", "calling"));
	STAGE_HAS(
	    &s, 1, KIND("call"), "\"status\":407", RULE("auth-answer-proxy"));
	/* The next proxy asks, and a server behind it (a fork). */
	answer(&t, "INVITE", 1, 407, "r",
	    PROXY ASK("c.example", "two") WWW ASK("c.example", "three"));
	i = request(&t, "ACK", 1);
	CU_ASSERT(tester_has(&t, i, PAUTH, "nonce=\"one\""));
	i = request(&t, "INVITE", 2);
	CU_ASSERT(tester_has(&t, i, "CSeq", "3 INVITE"));
	CU_ASSERT_EQUAL(proves(&t, i, PAUTH, "b.example", "bob", "p"), 2);
	CU_ASSERT_EQUAL(proves(&t, i, PAUTH, "c.example", "carol", "q"), 1);
	CU_ASSERT_EQUAL(proves(&t, i, AUTH, "c.example", "carol", "q"), 1);
	answer(&t, "INVITE", 2, 200, "p", CONTACT(9));
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	i = request(&t, "ACK", 2);
	CU_ASSERT(tester_has(&t, i, "CSeq", "3 ACK"));
	CU_ASSERT(tester_has(&t, i, PAUTH, "nonce=\"one\""));
	CU_ASSERT(tester_has(&t, i, PAUTH, "nonce=\"two\""));
	CU_ASSERT(tester_has(&t, i, AUTH, "nonce=\"three\""));
	STAGE_DO(&s, 25, "bob", "bye", "bob/1");
	i = request(&t, "BYE", 0);
	CU_ASSERT(tester_has(&t, i, "CSeq", "4 BYE"));
	CU_ASSERT_EQUAL(proves(&t, i, PAUTH, "b.example", "bob", "p"), 3);
	CU_ASSERT_EQUAL(proves(&t, i, AUTH, "c.example", "carol", "q"), 2);
	/* In a dialog, too, a challenge is answered. */
	answer(&t, "BYE", 0, 407, "",
	    PROXY "Digest realm=\"b.example\", nonce=\"four\", stale=true\n");
	i = request(&t, "BYE", 1);
	CU_ASSERT(tester_has(&t, i, "CSeq", "5 BYE"));
	CU_ASSERT_EQUAL(proves(&t, i, PAUTH, "b.example", "bob", "p"), 1);
	answer(&t, "BYE", 1, 200, "", "");
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	/* 22.3: not cached across dialogs, since none is the outbound one. */
	STAGE_CALL(&s, "bob", "sip:x@b.example", 25);
	i = request(&t, "INVITE", 3);
	CU_ASSERT(!tester_has(&t, i, PAUTH, "Digest"));
	CU_ASSERT(tester_has(&t, i, "CSeq", "1 INVITE"));
	answer(&t, "INVITE", 3, 486, "r", "");
	stop();
}

/* 22.3: the realm of the outbound proxy; what was learnt before the run. */
static void
ahead(void)
{
	struct ua *ua;
	size_t i;

	start("password=p outbound=srv accounts=bob:q@c.example");
	t.node->domain[0] = '\0';
	stage_node(&s, "srv", "", "b.example", 7, "");
	ua = node_role_state(world_find(s.w, "bob"), "ua");
	CU_ASSERT_EQUAL(agent_auth_learn(&ua->agent,
			    STR("Digest realm=\"b.example\", nonce=\"n\", "
				"qop=\"auth\", algorithm=SHA-256")),
	    0);
	CU_ASSERT_EQUAL(agent_auth_learn(&ua->agent,
			    STR("Digest realm=\"c.example\", nonce=\"m\"")),
	    0);
	CU_ASSERT_EQUAL(agent_auth_learn(&ua->agent,
			    STR("Digest realm=\"d.example\", nonce=\"m\"")),
	    0);
	CU_ASSERT(agent_auth_learn(&ua->agent, STR("Basic realm=\"d\"")) != 0);
	CU_ASSERT_EQUAL(ua->agent.keys.n, 3);
	CU_ASSERT_EQUAL(world_add_domain(s.w, "b.example", t.node), 0);
	node_set_attr(world_find(s.w, "bob"), "outbound", "nine");
	strcpy(t.node->domain, "");
	ua_warm(ua);
	STAGE_HAS(&s, 1, KIND("timer"), "\"refresh\"", NULL);
	STAGE_DO(&s, 25, "bob", "register", NULL);
	CU_ASSERT(tester_has(&t, 0, "CSeq", "1 REGISTER"));
	CU_ASSERT_EQUAL(proves(&t, 0, AUTH, "b.example", "bob", "p"), 1);
	CU_ASSERT(!tester_has(&t, 0, PAUTH, "Digest"));
	answer(&t, "REGISTER", 0, 200, "r", "");
	STAGE_CALL(&s, "bob", "sip:x@c.example", 25);
	i = request(&t, "INVITE", 0);
	CU_ASSERT_EQUAL(proves(&t, i, PAUTH, "c.example", "bob", "q"), 1);
	CU_ASSERT(!tester_has(&t, i, PAUTH, "b.example"));
	answer(&t, "INVITE", 0, 486, "r", "");
	stop();
	/* The outbound proxy's realm, whoever is called. */
	STAGE_OPEN(&s, &t, "nine", 9);
	tester_open(&s, &u, "eight", 8);
	stage_node(&s, "srv", "", "b.example", 7, "");
	stage_node(&s, "bob", "ua", "b.example", 3, "password=p outbound=srv");
	ua = node_role_state(world_find(s.w, "bob"), "ua");
	agent_auth_learn(
	    &ua->agent, STR("Digest realm=\"b.example\", nonce=\"n\""));
	stage_call(&s, "bob", "sip:x@192.0.2.9");
	CU_ASSERT(stage_count(&s, KIND("send"), "\"dst\":\"srv\"",
		      "Proxy-Authorization: Digest username=\\\"bob\\\"") == 1);
	stage_do(&s, "bob", "cancel", "bob/1", NULL);
	stop();
}

/* RFC 8760 2.4, RFC 7616 3.3: which challenges are understood, and which of
 * one realm is taken. */
static void
algorithms(void)
{
	static const struct {
		const char *challenges, *taken; /* NULL: none */
	} rows[] = {
		{ WWW "Digest realm=\"b.example\", nonce=\"a\", "
		      "algorithm=SHA-512-256, qop=\"auth\"\n" WWW
		      "Digest realm=\"b.example\", nonce=\"b\", "
		      "algorithm=MD5, qop=\"auth\"\n",
		    "algorithm=SHA-512-256" },
		{ WWW "Digest realm=\"b.example\", nonce=\"a\", "
		      "algorithm=MD5, qop=\"auth\"\n" WWW
		      "Digest realm=\"b.example\", nonce=\"b\", "
		      "algorithm=SHA-256, qop=\"auth\"\n",
		    "nonce=\"a\"" },
		{ WWW "Digest realm=\"b.example\", nonce=\"a\", "
		      "algorithm=FOO, qop=\"auth\"\n" WWW
		      "Basic realm=\"b.example\"\n" WWW
		      "Digest realm=\"b.example\", nonce=\"b\", "
		      "algorithm=SHA-256-sess, qop=\"auth-int\"\n",
		    "algorithm=SHA-256-sess" },
		{ WWW "Digest realm=\"b.example\", nonce=\"a\", "
		      "algorithm=MD5-sess, qop=\"auth,auth-int\", "
		      "opaque=\"o\"\n",
		    "opaque=\"o\"" },
		{ WWW "Digest realm=\"b.example\", nonce=\"a\"\n", "nonce" },
		{ WWW "Digest realm=\"b.example\"\n", NULL },
		{ WWW "Digest nonce=\"b.example\n", NULL },
		{ WWW "\n", NULL },
		{ "", NULL },
		{ "Via: SIP/2.0/UDP x\n" PROXY ",,,=\n", NULL },
	};

	start("password=p");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t at;

		t.n = 0;
		STAGE_DO(&s, 25, "bob", "options", NULL, "target",
		    "sip:x@192.0.2.9");
		answer(&t, "OPTIONS", 0, 401, "r", rows[i].challenges);
		at = request(&t, "OPTIONS", 1);
		CU_ASSERT((at != TESTER_GOT) == (rows[i].taken != NULL));
		if (at == TESTER_GOT)
			continue;
		if (!tester_has(&t, at, AUTH, rows[i].taken))
			printf("  row %zu\n", i);
		CU_ASSERT(tester_has(&t, at, AUTH, rows[i].taken));
		CU_ASSERT_EQUAL(
		    proves(&t, at, AUTH, "b.example", "bob", "p"), 1);
		answer(&t, "OPTIONS", 1, 200, "r", "");
	}
	CU_ASSERT(stage_count(&s, KIND("bad"), RULE("auth-unknown"), NULL) > 4);
	stop();
}

/* ---- redirections ---- */

/* 8.1.3.4: in the order of q; the same but for Request-URI, CSeq and branch. */
static void
follows(void)
{
	size_t i;

	start("");
	STAGE_CALL(&s, "bob", "sip:x@b.example", 25);
	answer(&t, "INVITE", 0, 180, "gone", CONTACT(9));
	CU_ASSERT(stage_call_is(&s, "bob/1", "early"));
	answer(&t, "INVITE", 0, 302, "r",
	    "Contact: <sip:low@c.example>;q=0.1, "
	    "<sip:high@192.0.2.9;method=INVITE;x=y?Subject=hi%20you&Route=%3c"
	    "sip:evil%3e&From=me&Call-Info=%3chttp://x%3e>;q=0.9\n"
	    "Contact: <mailto:x@y>, <sip:x@b.example>, *\n");
	i = request(&t, "INVITE", 1);
	CU_ASSERT_EQUAL_FATAL(i < TESTER_GOT, true);
	CU_ASSERT(str_is(tester_at(&t, i)->uri, "sip:high@192.0.2.9;x=y"));
	CU_ASSERT(repeats(&t, 0, i));
	CU_ASSERT(tester_has(&t, i, "CSeq", "2 INVITE"));
	CU_ASSERT(tester_has(&t, i, "To", "<sip:x@b.example>"));
	CU_ASSERT(!tester_has(&t, i, "To", "tag"));
	/* 19.1.5 */
	CU_ASSERT(tester_has(&t, i, "Subject", "hi you"));
	CU_ASSERT(tester_has(&t, i, "Call-Info", "<http://x>"));
	CU_ASSERT(msg_field(tester_at(&t, i), MSG_H_ROUTE, 0) == NULL);
	CU_ASSERT(str_find(tester_at(&t, i)->body, "m=audio") > 0);
	CU_ASSERT(stage_call_is(&s, "bob/1", "calling"));
	STAGE_HAS(&s, 1, KIND("dialog"), "\"to\":\"terminated\"", "gone");
	STAGE_HAS(&s, 1, KIND("route"), "\"how\":\"redirect\"",
	    RULE("redirect-follow"));
	STAGE_HAS(&s, 1, KIND("bad"), RULE("redirect-headers"), NULL);
	CU_ASSERT(
	    stage_count(&s, KIND("bad"), RULE("redirect-unusable"), NULL) > 0);
	STAGE_HAS(
	    &s, 1, KIND("bad"), RULE("redirect-loop"), "\"fault\":\"tried\"");
	/* That one fails: the next. */
	answer(&t, "INVITE", 1, 486, "r", "");
	TESTER_HAS(&u, 1, "INVITE", 0);
	CU_ASSERT(str_is(tester_at(&u, 0)->uri, "sip:low@c.example"));
	CU_ASSERT(tester_has(&u, 0, "CSeq", "3 INVITE"));
	CU_ASSERT(!tester_has(&u, 0, "Subject", ""));
	STAGE_HAS(&s, 1, KIND("route"), RULE("redirect-next"), NULL);
	answer(&u, "INVITE", 0, 200, "z", CONTACT(8));
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	CU_ASSERT(tester_has(&u, request(&u, "ACK", 0), "CSeq", "3 ACK"));
	STAGE_DO(&s, 25, "bob", "bye", "bob/1");
	CU_ASSERT(tester_has(&u, request(&u, "BYE", 0), "CSeq", "4 BYE"));
	stop();
}

/* Two that name each other; the list exhausted; a 6xx; a target that is
 * nowhere. */
static void
loops(void)
{
	start("");
	STAGE_CALL(&s, "bob", "sip:x@b.example", 25);
	answer(&t, "INVITE", 0, 301, "r", "Contact: <sip:y@c.example>\n");
	answer(&u, "INVITE", 0, 302, "r", "Contact: <sip:x@B.example>\n");
	TESTER_HAS(&t, 1, "INVITE", 0);
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	STAGE_HAS(&s, 1, KIND("call"), "\"status\":302", RULE("invite-failed"));
	STAGE_CALL(&s, "bob", "sip:x@b.example", 25);
	answer(&t, "INVITE", 1, 300, "r",
	    "Contact: <sip:n@nowhere.example>, <sip:1@c.example>, "
	    "<sip:2@c.example>\n");
	CU_ASSERT(str_is(
	    tester_at(&u, request(&u, "INVITE", 1))->uri, "sip:1@c.example"));
	STAGE_HAS(&s, 1, KIND("bad"), RULE("uac-no-target"), "nowhere");
	answer(&u, "INVITE", 1, 603, "r", "");
	TESTER_HAS(&u, 2, "INVITE", 0);
	CU_ASSERT(stage_call_is(&s, "bob/2", "terminated"));
	/* None at all; not by SIP. */
	STAGE_CALL(&s, "bob", "sip:x@b.example", 25);
	answer(&t, "INVITE", 2, 302, "r", "");
	CU_ASSERT(stage_call_is(&s, "bob/3", "terminated"));
	/* 21.3.5 */
	STAGE_CALL(&s, "bob", "sip:x@b.example", 25);
	answer(&t, "INVITE", 3, 380, "r", "Contact: <sip:2@c.example>\n");
	STAGE_HAS(&s, 1, KIND("call"), "\"status\":380", RULE("invite-failed"));
	TESTER_HAS(&u, 2, "INVITE", 0);
	stop();
}

/* redirect=never, redirect=ask: the user's word. */
static void
asks(void)
{
	start("redirect=never");
	STAGE_CALL(&s, "bob", "sip:x@b.example", 25);
	answer(&t, "INVITE", 0, 302, "r", "Contact: <sip:y@c.example>\n");
	CU_ASSERT_EQUAL(u.n, 0);
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	stop();
	start("redirect=ask");
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "follow", "bob/1", NULL), ERR_NOTFOUND);
	STAGE_CALL(&s, "bob", "sip:x@b.example", 25);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "follow", "bob/1", NULL), ERR_STATE);
	answer(&t, "INVITE", 0, 180, "r", CONTACT(9));
	answer(&t, "INVITE", 0, 302, "r",
	    "Contact: <sip:y@c.example>;q=0.5, <sip:z@c.example>\n");
	CU_ASSERT(stage_call_is(&s, "bob/1", "proceeding"));
	/* It waits for longer than any transaction lives. */
	stage_run(&s, 60000);
	CU_ASSERT(stage_call_is(&s, "bob/1", "proceeding"));
	CU_ASSERT_EQUAL(u.n, 0);
	STAGE_DO(&s, 25, "bob", "follow", "bob/1");
	CU_ASSERT(str_is(tester_at(&u, 0)->uri, "sip:z@c.example"));
	/* Asked again for the next. */
	answer(&u, "INVITE", 0, 404, "r", "");
	CU_ASSERT(stage_call_is(&s, "bob/1", "proceeding"));
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "cancel", "bob/1", NULL), 0);
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	TESTER_HAS(&u, 0, "CANCEL", 0);
	/* Where it leads is nowhere. */
	STAGE_CALL(&s, "bob", "sip:x@b.example", 25);
	answer(&t, "INVITE", 1, 302, "r", "Contact: <sip:y@d.example>\n");
	stage_do(&s, "bob", "follow", "bob/2", NULL);
	CU_ASSERT(stage_call_is(&s, "bob/2", "terminated"));
	/* Hanging up is giving up, too. */
	STAGE_CALL(&s, "bob", "sip:x@b.example", 25);
	answer(&t, "INVITE", 2, 302, "r", "Contact: <sip:y@c.example>\n");
	stage_do(&s, "bob", "bye", "bob/3", NULL);
	CU_ASSERT(stage_call_is(&s, "bob/3", "terminated"));
	stop();
}

/* ---- servers that fail ---- */

/* RFC 3263 4.3: silence, 503; the same request with another branch. */
static void
fails_over(void)
{
	char seq[40];

	start("outbound=nine_eight");
	node_set_attr(world_find(s.w, "bob"), "outbound", "nine  none eight");
	STAGE_CALL(&s, "bob", "sip:x@d.example", 31900);
	CU_ASSERT_EQUAL(u.n, 0);
	stage_run(&s, 200);
	CU_ASSERT_EQUAL_FATAL(u.n, 1);
	snprintf(seq, sizeof(seq), "%.*s",
	    STR_ARG(msg_value(tester_at(&t, 0), MSG_H_CSEQ)));
	CU_ASSERT_STRING_EQUAL(seq, "1 INVITE");
	CU_ASSERT(tester_has(&u, 0, "CSeq", "1 INVITE"));
	CU_ASSERT(str_is(msg_value(tester_at(&u, 0), MSG_H_ROUTE),
	    "<sip:192.0.2.8:5060;lr>"));
	/* It counts as a 408; the next server is chosen because of that. */
	STAGE_HAS(
	    &s, 1, KIND("call"), "\"status\":408", RULE("uac-timeout-408"));
	/* There is no third one. */
	answer(&u, "INVITE", 0, 503, "r", "");
	STAGE_HAS(&s, 1, KIND("call"), "\"status\":503", RULE("invite-failed"));
	/* A 503; and a 100 says that somebody is there. */
	STAGE_CALL(&s, "bob", "sip:x@d.example", 25);
	tester_answer(&t, t.n - 1, 503, "r", "");
	stage_run(&s, 25);
	TESTER_HAS(&u, 2, "INVITE", 0);
	answer(&u, "INVITE", 1, 404, "r", "");
	CU_ASSERT(stage_call_is(&s, "bob/2", "terminated"));
	t.n = u.n = 0;
	STAGE_DO(&s, 25, "bob", "options", NULL, "target", "sip:x@d.example");
	answer(&t, "OPTIONS", 0, 100, "", "");
	stage_run(&s, 40000);
	CU_ASSERT_EQUAL(u.n, 0);
	stop();
}

/* 8.1.3.1: a connection that is refused counts as 503. */
static void
refused(void)
{
	start("outbound=nine transport=tcp");
	node_set_attr(world_find(s.w, "bob"), "outbound", "nine eight");
	STAGE_CALL(&s, "bob", "sip:x@d.example", 100);
	/* Once for the first server, once for the last. */
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	STAGE_HAS(
	    &s, 2, KIND("call"), "\"status\":503", RULE("uac-transport-503"));
	stop();
}

/* 18.1.1: too large for UDP, and nobody there takes TCP: by UDP all the same.
 * What follows is about the attempt that lives. */
static void
too_large(void)
{
	char target[1300];
	size_t i;

	start("");
	snprintf(target, sizeof(target), "sip:x@192.0.2.9;y=%0900d", 7);
	STAGE_CALL(&s, "bob", target, 50);
	CU_ASSERT_EQUAL_FATAL(t.n, 1);
	CU_ASSERT(tester_has(&t, 0, "Via", "SIP/2.0/UDP"));
	answer(&t, "INVITE", 0, 180, "r", CONTACT(9));
	STAGE_DO(&s, 50, "bob", "cancel", "bob/1");
	i = request(&t, "CANCEL", 0);
	CU_ASSERT_FATAL(i < TESTER_GOT);
	answer(&t, "CANCEL", 0, 200, "r", "");
	answer(&t, "INVITE", 0, 487, "r", "");
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	stop();
}

/* ---- memory ---- */

/* A call that is challenged, sent elsewhere, changed and hung up, in which
 * allocation N of STEP and all after it fail.  0 or an error. */
static int
story(int step, unsigned long n, unsigned long *count)
{
	static const char *const asks =
	    PROXY ASK("b.example", "one") WWW ASK("c.example", "two");
	int err = 0;

	start("password=p accounts=c:d@c.example");
	/* The testers' own memory does not fail. */
	for (size_t i = 0; i < 16; i++) {
		buf_reserve(&t.got[i].bytes, 4000);
		buf_reserve(&u.got[i].bytes, 4000);
	}
	for (int i = 0; err == 0 && i < 8; i++) {
		size_t invite = request(&t, "INVITE", i == 1 ? 0 : 1);

		if (i == 1)
			tester_answer(&t, invite, 407, "r", asks);
		else if (i == 2)
			tester_answer(&t, invite, 302, "r",
			    "Contact: <sip:y@192.0.2.8?Subject=a>\n");
		else if (i == 3)
			tester_answer(
			    &u, request(&u, "INVITE", 0), 180, "r", CONTACT(8));
		else if (i == 4)
			tester_answer(
			    &u, request(&u, "INVITE", 0), 200, "r", CONTACT(8));
		else if (i == 6)
			tester_answer(
			    &u, request(&u, "INVITE", 1), 200, "", CONTACT(9));
		mem_count();
		if (i == step)
			mem_fail_from(n);
		if (i == 0)
			err = stage_do(&s, "bob", "invite", NULL, "target",
			    "sip:x@b.example", NULL);
		if (i == 5)
			err = stage_do(&s, "bob", "reinvite", "bob/1", NULL);
		if (i == 7)
			err = stage_do(&s, "bob", "bye", "bob/1", NULL);
		if (err == 0 && !stage_run(&s, 25))
			err = sim_error(s.w->sim)->err;
		if (i == step)
			*count = mem_count();
		mem_fail_from(0);
	}
	return err;
}

static void
leave(void)
{
	STAGE_CLOSE(&s, &t);
	tester_close(&u);
}

static void
no_memory(void)
{
	unsigned long all = 0, n, ignored;

	for (int step = 0; step < 8; step++) {
		CU_ASSERT_EQUAL(story(step, 0, &all), 0);
		CU_ASSERT(all > 5);
		TESTER_HAS(&t, 1, "BYE", 0);
		leave();
		for (n = 1; n <= all; n++) {
			int err = story(step, n, &ignored);

			CU_ASSERT(err == ERR_NOMEM || err == 0);
			leave();
		}
	}
}

/* 26.2.2: without TLS nothing goes to a sips URI, not even through a proxy. */
static void
sips(void)
{
	static const char *const outbound[] = { "", "outbound=nine" };

	for (size_t i = 0; i < 2; i++) {
		start(outbound[i]);
		stage_call(&s, "bob", "sips:x@192.0.2.9");
		CU_ASSERT_PTR_NOT_NULL(strstr(s.w->lost.text, "TLS"));
		s.w->lost = DIAG_INIT;
		CU_ASSERT_EQUAL(stage_do(&s, "bob", "options", NULL, "target",
				    "SIPS:x@b.example", NULL),
		    0);
		CU_ASSERT_PTR_NOT_NULL(strstr(s.w->lost.text, "TLS"));
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(t.n, 0);
		CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
		STAGE_HAS(&s, 2, KIND("bad"), RULE("uac-tls"), NULL);
		stop();
	}
	/* A redirection there is passed over. */
	start("");
	STAGE_CALL(&s, "bob", "sip:x@b.example", 25);
	answer(&t, "INVITE", 0, 302, "r",
	    "Contact: <sips:x@192.0.2.8>, <sip:y@192.0.2.8>;q=0.1\n");
	CU_ASSERT_EQUAL_FATAL(u.n, 1);
	CU_ASSERT(str_is(tester_at(&u, 0)->uri, "sip:y@192.0.2.8"));
	STAGE_HAS(&s, 1, KIND("bad"), "\"fault\":\"tls\"", RULE("uac-tls"));
	answer(&u, "INVITE", 0, 404, "r", "");
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	stop();
}

CHECK_MAIN("agent_client", { "registers", registers },
    { "wrong password", wrong_password }, { "proxies", proxies },
    { "ahead", ahead }, { "algorithms", algorithms }, { "follows", follows },
    { "loops", loops }, { "asks", asks }, { "fails over", fails_over },
    { "refused", refused }, { "too large", too_large }, { "sips", sips },
    { "no memory", no_memory })
