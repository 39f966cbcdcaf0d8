/*
 * Asking for passwords (node/node_auth.h): RFC 3261 section 22, RFC 7616, RFC
 * 8760.
 *
 * Each challenge goes out in two header fields with one nonce, SHA-256 above
 * MD5: RFC 8760 2.3 wants one field for each algorithm, the preferred on top,
 * and a user agent of RFC 3261 knows MD5 alone.  (RFC 3665 is older than that
 * and shows the second only.)  Both qop are offered, as in RFC 3261 22.2: what
 * protects the body is the user agent's choice.
 *
 * The uri of the credentials (22.4 item 6, RFC 8760 2.6 item 6): with one Via
 * the request comes from the client itself, and no proxy can have changed its
 * Request-URI, so the two must be equivalent.  Where it came through a proxy,
 * which may have retargeted it, a proxy takes any URI, since it forwards to
 * anywhere for its users, and a registrar one that names it.
 */
#include "node/node_auth.h"

#include "base/err.h"
#include "base/list.h"
#include "base/map.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/accounts.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "sip/build.h"
#include "sip/digest.h"

/* ---- Nonces and their counts ---- */

struct nonce {
	struct list link; /* in order of age */
	int64_t since;
	uint32_t greatest; /* count that was seen; 0: none yet */
	uint64_t seen;     /* bit i: greatest - i was */
	size_t n;
	char text[];
};

struct nonces {
	struct map *table; /* text → struct nonce * */
	struct list oldest;
};

int
nonces_create(struct nonces **np)
{
	struct nonces *n = mem_zalloc(1, sizeof(*n));

	*np = NULL;
	if (n == NULL)
		return ERR_NOMEM;
	list_init(&n->oldest);
	if (map_create(&n->table) != 0) {
		mem_free(n);
		return ERR_NOMEM;
	}
	*np = n;
	return 0;
}

static void
drop_nonce(struct nonces *n, struct nonce *one)
{
	map_remove(n->table, (struct str){ one->text, one->n });
	list_remove(&one->link);
	mem_free(one);
}

void
nonces_destroy(struct nonces *n)
{
	if (n == NULL)
		return;
	list_each (struct nonce, e, &n->oldest, link)
		mem_free(e);
	map_destroy(n->table);
	mem_free(n);
}

/* Removes nonces that are too old, and one more where there is no room. */
static void
sweep_nonces(struct nonces *n, int64_t now)
{
	struct list *first;

	while ((first = list_first(&n->oldest)) != NULL) {
		struct nonce *one = LIST_ENTRY(first, struct nonce, link);

		if (now - one->since < NONCES_LIFE_NS &&
		    map_count(n->table) < NONCES_MAX)
			return;
		drop_nonce(n, one);
	}
}

int
nonces_add(struct nonces *n, struct str nonce, int64_t now)
{
	struct nonce *one;

	sweep_nonces(n, now);
	one = map_get(n->table, nonce);
	if (one != NULL)
		drop_nonce(n, one);
	one = mem_zalloc(1, sizeof(*one) + nonce.n);
	if (one == NULL)
		return ERR_NOMEM;
	one->since = now;
	one->seen = 1; /* there is no count 0 */
	one->n = nonce.n;
	if (nonce.n > 0)
		memcpy(one->text, nonce.p, nonce.n);
	if (map_put(n->table, nonce, one) != 0) {
		mem_free(one);
		return ERR_NOMEM;
	}
	list_append(&n->oldest, &one->link);
	return 0;
}

size_t
nonces_count(const struct nonces *n)
{
	return map_count(n->table);
}

enum nonces_verdict
nonces_use(struct nonces *n, struct str nonce, uint32_t nc, int64_t now)
{
	struct nonce *one = map_get(n->table, nonce);
	uint32_t ahead, behind;

	if (one == NULL || now - one->since >= NONCES_LIFE_NS)
		return NONCES_STALE;
	if (nc > one->greatest) {
		ahead = nc - one->greatest;
		one->seen = ahead < 64 ? one->seen << ahead | 1 : 1;
		one->greatest = nc;
		return NONCES_GOOD;
	}
	behind = one->greatest - nc;
	if (behind >= 64 || (one->seen >> behind & 1) != 0)
		return NONCES_REPLAY;
	one->seen |= UINT64_C(1) << behind;
	return NONCES_GOOD;
}

/* Characters of a nonce: 124 bits. */
#define NONCE_CHARS 24

/* What challenges offer, the preferred first. */
static const enum digest_algorithm offered[] = { DIGEST_SHA256, DIGEST_MD5 };

struct auth {
	struct node *node;
	bool proxy;
	struct buf realm; /* as text */
	struct buf user;  /* address-of-record of the last one */
	struct buf text;  /* scratch */
};

/*
 * X(ID, op in the trace, reason there, rule, what then): what may come out of
 * looking at credentials, the one that counts of several last.
 */
#define OUTCOMES(X)                                                      \
	X(NONE, "challenge", NULL, RULE_AUTH_401, ASK)                   \
	X(REALM, "challenge", "realm", RULE_AUTH_OTHER_REALM, ASK)       \
	X(SCHEME, "challenge", "scheme", RULE_AUTH_SCHEME, ASK)          \
	X(MALFORMED, "refuse", "malformed", RULE_AUTH_MALFORMED, REFUSE) \
	X(URI, "refuse", "uri", RULE_AUTH_URI, REFUSE)                   \
	X(UNKNOWN, "refuse", "user", RULE_AUTH_NOBODY, ASK)              \
	X(WRONG, "refuse", "password", RULE_AUTH_WRONG, ASK)             \
	X(STALE, "stale", "nonce", RULE_AUTH_STALE, ASK_AGAIN)           \
	X(REPLAY, "replay", "nc", RULE_AUTH_REPLAY, ASK_AGAIN)           \
	X(ACCEPT, "accept", NULL, RULE_AUTH_ACCEPT, PASS)

enum outcome {
#define X(id, op, reason, rule, reply) OUTCOME_##id,
	OUTCOMES(X)
#undef X
};

static const struct {
	const char *op, *reason;
	enum rule_id rule;
	enum { PASS, ASK, ASK_AGAIN, REFUSE } reply;
} outcomes[] = {
#define X(id, op, reason, rule, reply) { op, reason, rule, reply },
	OUTCOMES(X)
#undef X
};

/* ---- life ---- */

/* The attribute: does it ask, and for all requests? */
static bool
auth_asks(const struct auth *a, bool *all)
{
	*all = str_is(str_of(node_attr(a->node, "auth", "")), "all");
	return *all || node_attr_bool(a->node, "auth", false);
}

/* Which of those is the first that it offers. */
static size_t
first_offered(const struct auth *a)
{
	return str_is(str_of(node_attr(a->node, "digest", "")), "md5");
}

int
auth_create(struct auth **ap, struct node *n, bool proxy)
{
	struct auth *a = mem_zalloc(1, sizeof(*a));

	*ap = NULL;
	if (a == NULL)
		return ERR_NOMEM;
	a->node = n;
	a->proxy = proxy;
	/* 22.1: a realm is globally unique: a host or domain name. */
	if (n->domain[0] != '\0')
		buf_puts(&a->realm, n->domain);
	else
		addr_write_host(node_addr(n), &a->realm);
	if (a->realm.err != 0 ||
	    (n->nonces == NULL && nonces_create(&n->nonces) != 0)) {
		auth_destroy(a);
		return ERR_NOMEM;
	}
	*ap = a;
	return 0;
}

void
auth_destroy(struct auth *a)
{
	if (a == NULL)
		return;
	buf_free(&a->realm);
	buf_free(&a->user);
	buf_free(&a->text);
	mem_free(a);
}

struct str
auth_realm(const struct auth *a)
{
	return buf_view(&a->realm);
}

/* ---- who is asked ---- */

/* A REGISTER for a domain whose registrar, on another node, will ask. */
static bool
is_for_registrar(const struct auth *a, const struct msg *m)
{
	const struct node *registrar;
	struct msg_uri u;

	if (m->method != MSG_REGISTER || msg_uri_read(m->uri, &u) != 0 ||
	    !u.sip)
		return false;
	registrar = world_registrar(a->node->world, u.host);
	return registrar != NULL && registrar != a->node;
}

static bool
proxy_asks(const struct auth *a, const struct msg *m, bool all)
{
	struct msg_addr from;

	/* 22.1: neither ACK nor CANCEL can be sent again with credentials. */
	if (m->method == MSG_ACK || m->method == MSG_CANCEL)
		return false;
	if (msg_tag_of(m, MSG_H_TO).n > 0 || is_for_registrar(a, m))
		return false;
	if (all || !node_is_own(a->node, m->uri))
		return true;
	return msg_addr_read(msg_value(m, MSG_H_FROM), &from) == 0 &&
	       node_is_domain(a->node, from.uri);
}

/* ---- credentials ---- */

/* The text of a quoted string, in B. */
static struct str
auth_unquote(const struct auth *a, struct str inside, struct buf *b)
{
	buf_clear(b);
	digest_unescape(inside, b);
	node_fail_nomem(a->node, b->err);
	return buf_view(b);
}

static bool
is_realm(struct auth *a, struct str inside)
{
	return str_eq(auth_unquote(a, inside, &a->text), buf_view(&a->realm));
}

static bool
auth_is_offered(const struct auth *a, const struct digest_credentials *c)
{
	size_t i = first_offered(a);

	while (i < COUNT_OF(offered) && offered[i] != c->algorithm)
		i++;
	return i < COUNT_OF(offered);
}

static bool
uri_is_right(const struct auth *a, const struct msg *m, struct str uri)
{
	struct msg_uri u;

	if (str_eq(uri, m->uri) || msg_uri_equal(uri, m->uri))
		return true;
	if (msg_count_values(m, MSG_H_VIA) < 2)
		return false;
	return a->proxy ? msg_uri_read(uri, &u) == 0
			: node_is_own(a->node, uri);
}

/* RFC 7616 3.6 */
static enum outcome
check_response(
    struct auth *a, const struct msg *m, const struct digest_credentials *c)
{
	const struct accounts *known = world_accounts(a->node->world);
	const char *password;
	char hex[DIGEST_HEX];

	if (known == NULL) {
		node_fail_memory(a->node);
		return OUTCOME_UNKNOWN;
	}
	password =
	    accounts_password(known, auth_unquote(a, c->username, &a->text),
		buf_view(&a->realm), &a->user);
	node_fail_nomem(a->node, a->user.err);
	if (password == NULL)
		return OUTCOME_UNKNOWN;
	if (digest_response(
		c, str_of(password), m->method_name, m->body, hex) != 0 ||
	    !str_is(c->response, hex))
		return OUTCOME_WRONG;
	return OUTCOME_ACCEPT;
}

/* It was sent on from here and comes back (a spiral, RFC 5393 3.2), with the
 * count that it had the first time. */
static bool
has_passed(const struct auth *a, const struct msg *m)
{
	struct msg_values it = { 0 };
	struct msg_via via;
	struct addr addr;
	struct str v;

	while (msg_next_value(m, MSG_H_VIA, &it, &v)) {
		if (msg_via_read(v, &via) != 0 ||
		    addr_parse(via.host, &addr) != 0)
			continue;
		addr.port = msg_via_port(&via);
		if (node_face_at(a->node, &addr) != NULL &&
		    sip_client_exists(
			a->node->stack, via.branch, m->method_name))
			return true;
	}
	return false;
}

static enum outcome
check_nonce(
    struct auth *a, const struct msg *m, const struct digest_credentials *c)
{
	/* RFC 2069 has no count: such a nonce serves once. */
	uint32_t nc = c->qop == DIGEST_QOP_NONE ? UINT32_MAX : c->nc;
	enum nonces_verdict v =
	    nonces_use(a->node->nonces, auth_unquote(a, c->nonce, &a->text), nc,
		sim_now(node_sim(a->node)));

	if (v == NONCES_STALE)
		return OUTCOME_STALE;
	return v == NONCES_REPLAY && !has_passed(a, m) ? OUTCOME_REPLAY
						       : OUTCOME_ACCEPT;
}

/* One field's value; C has what could be read. */
static enum outcome
check_credentials(struct auth *a, const struct msg *m, struct str value,
    struct digest_credentials *c)
{
	int err = digest_credentials_read(value, c);
	enum outcome result;

	if (c->realm.p != NULL && !is_realm(a, c->realm))
		return OUTCOME_REALM;
	if (err != 0)
		return err == ERR_SYNTAX ? OUTCOME_MALFORMED : OUTCOME_SCHEME;
	if (!auth_is_offered(a, c))
		return OUTCOME_SCHEME;
	/* RFC 8760 2.7: from a client that was not challenged yet. */
	if (c->response.n == 0)
		return OUTCOME_NONE;
	if (!uri_is_right(a, m, c->uri))
		return OUTCOME_URI;
	result = check_response(a, m, c);
	return result == OUTCOME_ACCEPT ? check_nonce(a, m, c) : result;
}

/* All fields: several servers of one realm may each have got one (22.3). */
static enum outcome
auth_check_all(
    struct auth *a, const struct msg *m, struct digest_credentials *which)
{
	enum msg_header id =
	    a->proxy ? MSG_H_PROXY_AUTHORIZATION : MSG_H_AUTHORIZATION;
	enum outcome best = OUTCOME_NONE;
	const struct msg_field *f;

	memset(which, 0, sizeof(*which));
	for (size_t i = 0;
	     best != OUTCOME_ACCEPT && (f = msg_field(m, id, i)) != NULL; i++) {
		struct digest_credentials c;
		enum outcome o = check_credentials(a, m, f->value, &c);

		if (o > best) {
			best = o;
			*which = c;
		}
	}
	return best;
}

/* ---- what follows ---- */

static enum rule_id
auth_rule_of(const struct auth *a, enum outcome o)
{
	return o == OUTCOME_NONE && a->proxy ? RULE_AUTH_407 : outcomes[o].rule;
}

static unsigned
auth_status_of(const struct auth *a, enum outcome o)
{
	if (outcomes[o].reply == PASS)
		return 0;
	return outcomes[o].reply == REFUSE ? 400 : a->proxy ? 407 : 401;
}

/* The auth record, which causes what follows. */
static void
record_outcome(
    struct auth *a, enum outcome o, const struct digest_credentials *c)
{
	struct trace_writer *w =
	    node_record(a->node, TRACE_AUTH, auth_rule_of(a, o));
	unsigned status = auth_status_of(a, o);

	trace_put_cstr(w, "op", outcomes[o].op);
	trace_put_cstr(w, "scheme", "Digest");
	trace_put_str(w, "realm", buf_view(&a->realm));
	if (o >= OUTCOME_MALFORMED && c->username.p != NULL)
		trace_put_str(
		    w, "user", auth_unquote(a, c->username, &a->text));
	if (o > OUTCOME_MALFORMED) {
		trace_put_cstr(
		    w, "algorithm", digest_algorithm_name(c->algorithm));
		if (c->qop != DIGEST_QOP_NONE) {
			trace_put_cstr(w, "qop", digest_qop_name(c->qop));
			trace_put_int(w, "nc", c->nc);
		}
	}
	if (outcomes[o].reason != NULL)
		trace_put_cstr(w, "reason", outcomes[o].reason);
	if (status != 0)
		trace_put_int(w, "status", status);
	node_record_cause(a->node);
}

/* A new nonce of the node's, appended to OUT. 0 or ERR_NOMEM. */
static int
make_nonce(struct auth *a, struct buf *out)
{
	sip_stack_token(a->node->stack, SIP_STREAM_NONCE, NONCE_CHARS, out);
	if (out->err != 0)
		return out->err;
	return nonces_add(
	    a->node->nonces, buf_view(out), sim_now(node_sim(a->node)));
}

static void
write_challenge(const struct auth *a, struct str nonce, bool stale,
    enum digest_algorithm algorithm, struct buf *out)
{
	const struct digest_challenge c = {
		.realm = buf_view(&a->realm),
		.nonce = nonce,
		.algorithm = algorithm,
		.has_algorithm = true,
		.stale = stale,
		.qop_auth = true,
		.qop_auth_int = true,
	};

	digest_challenge_write(&c, out);
}

/* 401 or 407 with a new challenge. */
static void
auth_send_challenge(
    struct auth *a, const struct sip_in *in, bool stale, enum rule_id why)
{
	const char *name = a->proxy ? "Proxy-Authenticate" : "WWW-Authenticate";
	struct buf nonce = BUF_INIT, values[COUNT_OF(offered)];
	struct sip_header headers[COUNT_OF(offered)];
	const size_t first = first_offered(a), n = COUNT_OF(offered) - first;
	struct sip_response_spec spec = {
		.status = a->proxy ? 407 : 401,
		.headers = headers,
		.nheaders = n,
	};
	int err = make_nonce(a, &nonce);

	for (size_t i = 0; i < n; i++) {
		values[i] = BUF_INIT;
		write_challenge(
		    a, buf_view(&nonce), stale, offered[first + i], &values[i]);
		headers[i] = (struct sip_header){ name, buf_view(&values[i]) };
		if (values[i].err != 0)
			err = values[i].err;
	}
	if (err == 0)
		node_reply(a->node, in, &spec, why);
	else
		node_fail_memory(a->node);
	for (size_t i = 0; i < n; i++)
		buf_free(&values[i]);
	buf_free(&nonce);
}

bool
auth_check(struct auth *a, const struct sip_in *in, struct str *user)
{
	struct digest_credentials c;
	enum rule_id why;
	enum outcome o;
	bool all;

	if (user != NULL)
		*user = STR_NULL;
	if (!auth_asks(a, &all) || (a->proxy && !proxy_asks(a, in->m, all)))
		return true;
	o = auth_check_all(a, in->m, &c);
	why = auth_rule_of(a, o);
	record_outcome(a, o, &c);
	switch (outcomes[o].reply) {
	case PASS:
		if (user != NULL)
			*user = buf_view(&a->user);
		return true;
	case ASK:
	case ASK_AGAIN:
		auth_send_challenge(a, in, outcomes[o].reply == ASK_AGAIN, why);
		break;
	case REFUSE:
		node_answer_bad(a->node, in,
		    a->proxy ? MSG_H_PROXY_AUTHORIZATION : MSG_H_AUTHORIZATION,
		    why);
		break;
	}
	return false;
}

bool
auth_warm(struct auth *a, struct buf *out)
{
	LOCAL_BUF nonce = BUF_INIT;
	bool all, warm = auth_asks(a, &all);

	if (warm && make_nonce(a, &nonce) != 0)
		node_fail_memory(a->node);
	if (warm)
		write_challenge(
		    a, buf_view(&nonce), false, offered[first_offered(a)], out);
	return warm;
}
