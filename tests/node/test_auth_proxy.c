/*
 * Who asks, at proxies and for accounts: 407, guests, nonces (RFC 3261 section
 * 22, RFC 7616).
 */
#include "auth_phone.h"

#include "node/accounts.h"
#include "roles/proxy/proxy_in.h"
#include "roles/registrar/registrar_in.h"

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
	n = world_find(asked.w, "srv");
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
	size_t n = phone.n;

	asked_branch++;
	tester_say(&phone, 2,
	    "%s %s SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK%u\n"
	    "From: <sip:x@%s>;tag=p\n"
	    "To: <%s>%s\n"
	    "Call-ID: p%u\n"
	    "CSeq: 1 %s\n"
	    "%s\n",
	    method, uri, asked_branch, from, uri, tag, asked_branch, method,
	    extra);
	stage_run(&asked, 100);
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
	stage_node(&asked, "reg", "registrar location", "D.example", 4, "");
	for (unsigned k = 0; k < 2 * sizeof(rows) / sizeof(rows[0]); k++) {
		unsigned i = k / 2;
		size_t got;

		node_set_attr(world_find(asked.w, "srv"), "auth",
		    k % 2 == 0 ? "true" : "all");
		got = send_as(
		    rows[i].method, rows[i].from, rows[i].uri, rows[i].tag, "");
		CU_ASSERT_EQUAL(tester_status(&phone, got) == 407,
		    k % 2 == 0 ? rows[i].asked : rows[i].all);
	}
	CU_ASSERT_EQUAL(
	    noted("challenge", RULE("auth-407")), noted("challenge", NULL));
	STAGE_HAS(&asked, 0, "\"start\":401", NULL, NULL);
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
	CU_ASSERT(tester_is(&phone, got, "MESSAGE"));
	/* Its Vias are kept, with one more on top, and another target. */
	buf_puts(&copy, "MESSAGE sip:y@192.0.2.9 SIP/2.0\r\n"
			"Via: SIP/2.0/UDP 192.0.2.9:5060"
			";branch=z9hG4bKspiral\r\n");
	for (size_t f = 0; f < tester_at(&phone, got)->nfields; f++)
		buf_str(&copy, tester_at(&phone, got)->fields[f].line);
	buf_puts(&copy, "\r\n");
	sent = phone.n;
	tester_send(&phone, &phone.got[got].src, buf_view(&copy));
	stage_run(&asked, 100);
	CU_ASSERT(tester_is(&phone, sent, "MESSAGE"));
	CU_ASSERT(str_is(tester_at(&phone, sent)->uri, "sip:y@192.0.2.9"));
	CU_ASSERT_EQUAL(noted("replay", NULL), 0);
	i = send_as("MESSAGE", "b.example", k.uri, "", line);
	CU_ASSERT_EQUAL(tester_status(&phone, i), 407);
	CU_ASSERT_EQUAL(noted("replay", NULL), 1);
	/* An own Via that nothing was sent with is no proof. */
	buf_clear(&copy);
	buf_printf(
	    &copy, "Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKforged\n%s", line);
	i = send_as("MESSAGE", "b.example", k.uri, "", buf_cstr(&copy));
	CU_ASSERT_EQUAL(tester_status(&phone, i), 407);
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
	    world_accounts(asked.w), str_of(user), str_of(realm), &aor);

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
	stage_add(&asked, "two", "ua", "B.example", 4,
	    "aor=sip:alice@b.example password=other");
	stage_add(&asked, "dave", "ua", "b.example", 5, "password=d");
	n = stage_add(&asked, "erin", "ua", "c.example", 6,
	    "aor=sip:er%69n@C.example password=e "
	    "registered=true");
	node_set_attr(
	    n, "accounts", "erin:guest@B.EXAMPLE alice:no@b.example own:1");
	stage_add(&asked, "tel", "ua", "b.example", 7, "aor=tel:+1 password=d");
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
	n = world_find(asked.w, "dave");
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
	node_set_attr(stage_add(&asked, "erin", "ua", "c.example", 4, ""),
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
	n = world_find(asked.w, "srv");
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

CHECK_MAIN("auth_proxy", { "whom a proxy asks", proxy_asks },
    { "a spiral", spiral }, { "accounts", accounts }, { "guests", guests },
    { "nonces", nonces }, { "challenges before the run", warm })
