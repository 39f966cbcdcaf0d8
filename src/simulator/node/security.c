/* See node/security.h. */
#include "node/security.h"

#include "base/dates.h"
#include "base/mem.h"
#include "node/node.h"
#include "node/world.h"

#define DAY_S       INT64_C(86400)
#define TICKET_LIFE (7200 * SIM_S) /* what servers say of theirs */
#define ROOT_NAME   "rung root CA"

/* ---- certificates ---- */

/* The word KEY=VALUE of a node's attribute `certificate`; where there is none,
 * VALUE stays as it is. */
static bool
security_find_word(const struct node *n, const char *key, struct str *value)
{
	struct str rest = str_of(node_attr(n, "certificate", ""));

	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest), after;

		if (str_is(str_cut(word, '=', &after), key) && after.n > 0) {
			*value = after;
			return true;
		}
	}
	return false;
}

/* Its host as KIND has it, "DNS" or "URI:sip". */
static void
write_host(const struct node *n, const char *kind, struct buf *out)
{
	buf_printf(out, "%s:%s%s%s", kind, n->name,
	    n->domain[0] != '\0' ? "." : "", n->domain);
}

/* The names of a host and its addresses; of a server of domains also these, and
 * the name in its Via.  Where there is a URI only URIs count (RFC 5922 7.1). */
static void
write_own_names(const struct node *n, struct buf *out)
{
	const char *via = node_attr(n, "via", NULL);
	size_t at = 0, before;
	struct str domain;
	void *entry;

	write_host(n, "DNS", out);
	before = out->n;
	if (via != NULL)
		buf_printf(out, " URI:sip:%s", via);
	while (map_next(n->world->domains, &at, &domain, &entry)) {
		if (entry != n)
			continue;
		buf_puts(out, " URI:sip:");
		buf_str(out, domain);
	}
	if (out->n > before)
		write_host(n, " URI:sip", out);
	for (size_t i = 0; i < n->nfaces; i++) {
		buf_puts(out, " IP:");
		addr_write_host(&n->faces[i].addr, out);
	}
}

/* "name=a.example,sip:b.example": as names of a certificate. */
static void
write_given_names(struct str given, struct buf *out)
{
	while (given.n > 0) {
		struct str one = str_cut(given, ',', &given);
		struct addr a;

		buf_puts(out, out->n > 0 ? " " : "");
		buf_puts(out, addr_parse(one, &a) == 0 ? "IP:"
			      : str_chr(one, ':') >= 0 ? "URI:"
						       : "DNS:");
		buf_str(out, one);
	}
}

/* A day alone begins at midnight. */
static bool
security_read_date(struct str value, int64_t *s)
{
	char day[] = "YYYY-MM-DDT00:00:00Z";
	int64_t ns;

	if (value.n == 10) {
		memcpy(day, value.p, value.n);
		value = str_of(day);
	}
	if (date_read(value, &ns) != 0)
		return false;
	*s = ns / SIM_S;
	return true;
}

/* A date of `certificate`, or FALLBACK. */
static int64_t
date_of(const struct node *n, const char *key, int64_t fallback_s)
{
	struct str value;

	if (security_find_word(n, key, &value))
		security_read_date(value, &fallback_s);
	return fallback_s;
}

static bool
security_is_word(struct str key, struct str value)
{
	int64_t s;

	if (str_is(key, "from") || str_is(key, "until"))
		return security_read_date(value, &s);
	if (str_is(key, "key"))
		return str_has_word(STR("ecdsa rsa"), value);
	return value.n > 0 && (str_is(key, "name") || str_is(key, "issuer"));
}

bool
node_is_certificate(struct str words)
{
	while (words.n > 0) {
		struct str word = str_cut(words, ' ', &words), value, key;

		key = str_cut(word, '=', &value);
		if (word.n > 0 && !security_is_word(key, value))
			return false;
	}
	return true;
}

/* The faults of certificates that a topology may ask for. */
static void
spoil(struct str fault, struct tls_certificate *c, int64_t now_s)
{
	if (str_is(fault, "wrong-name"))
		c->names = STR("DNS:other.invalid URI:sip:other.invalid");
	else if (str_is(fault, "expired"))
		c->until_s = now_s - DAY_S;
	else if (str_is(fault, "self-signed"))
		c->issuer = c->subject;
	else if (str_is(fault, "unknown-issuer"))
		c->issuer = STR("nobody's CA");
}

static void
write_certificates(struct node_security *s)
{
	const struct node *n = s->node;
	struct str fault = str_of(node_attr(n, "certificate_fault", ""));
	int64_t now_s = world_date_now(n->world);
	struct buf names = BUF_INIT;
	struct tls_certificate c = { .issuer = STR(ROOT_NAME) };
	struct str word;

	if (security_find_word(n, "name", &word))
		write_given_names(word, &names);
	else
		write_own_names(n, &names);
	security_find_word(n, "issuer", &c.issuer);
	s->rsa = security_find_word(n, "key", &word) && str_is(word, "rsa");
	c.rsa = s->rsa;
	c.names = buf_view(&names);
	word = str_cut(c.names, ' ', &word);
	str_cut(word, ':', &c.subject);
	c.from_s = date_of(n, "from", n->world->date.epoch_s - 30 * DAY_S);
	c.until_s = date_of(n, "until", n->world->date.epoch_s + 365 * DAY_S);
	spoil(fault, &c, now_s);
	tls_certificate_write(&c, &s->leaf);
	if (str_is(fault, "garbled") && s->leaf.err == 0)
		s->leaf.p[s->leaf.n / 2] ^= 1;
	s->weakened = str_is(fault, "downgrade");
	if (!str_eq(c.issuer, c.subject)) {
		c.subject = c.issuer;
		c.names = STR_NULL;
		c.ca = true;
		c.until_s = c.from_s + 3650 * DAY_S;
		tls_certificate_write(&c, &s->root);
	}
	buf_end(&names, &s->leaf.err);
}

static unsigned
security_read_versions(struct str words)
{
	unsigned bits = 0;

	while (words.n > 0) {
		struct str word = str_cut(words, ' ', &words);

		for (unsigned v = 0; v < TLS_VERSION_COUNT; v++)
			if (str_is(word, tls_versions[v].word))
				bits |= 1U << v;
	}
	return bits != 0 ? bits : (1U << TLS_VERSION_COUNT) - 1;
}

/* ---- life ---- */

uint64_t
node_security_seed(struct node_security *s)
{
	return rng_u64(&s->random) + (uint64_t)s->node->lives * 2;
}

static struct node_security *
create_security(struct node *n)
{
	struct node_security *s = mem_zalloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->node = n;
	list_init(&s->tickets);
	rng_init(&s->random, sim_seed(node_sim(n)), n->name, "tls");
	/* Another life has another key: so it knows no tickets of the last. */
	s->ticket_key = node_security_seed(s) | 1;
	s->versions = security_read_versions(str_of(node_attr(n, "tls", "")));
	s->mutual = node_attr_bool(n, "client_certificate", false);
	buf_puts(&s->anchors, node_attr(n, "trusts", ROOT_NAME));
	write_certificates(s);
	if (s->leaf.err != 0 || s->root.err != 0 || s->anchors.err != 0) {
		node_security_destroy(s);
		return NULL;
	}
	return s;
}

struct node_security *
node_security(struct node *n)
{
	if (n->security == NULL)
		n->security = create_security(n);
	return n->security;
}

static void
free_ticket(struct security_ticket *t)
{
	list_remove(&t->link);
	buf_free(&t->bytes);
	mem_free(t);
}

void
node_security_destroy(struct node_security *s)
{
	if (s == NULL)
		return;
	list_each (struct security_ticket, t, &s->tickets, link)
		free_ticket(t);
	buf_free(&s->leaf);
	buf_free(&s->root);
	buf_free(&s->anchors);
	mem_free(s);
}

/* ---- whom it seeks ---- */

static struct str
key_of_destination(const struct addr *a, char key[19])
{
	memset(key, 0, 19);
	key[0] = (char)a->len;
	memcpy(key + 1, a->ip, a->len);
	memcpy(key + 17, &a->port, sizeof(a->port));
	return (struct str){ key, 19 };
}

void
node_seek_host(struct node *n, const struct addr *dst, struct str host)
{
	char key[19], *copy, *old;
	struct str k = key_of_destination(dst, key);

	if (n->sought == NULL && map_create(&n->sought) != 0) {
		node_fail_memory(n);
		return;
	}
	old = map_get(n->sought, k);
	if (old != NULL && str_eq(str_of(old), host))
		return;
	copy = mem_dup(host.p, host.n);
	if (copy == NULL || map_put(n->sought, k, copy) != 0) {
		node_fail_memory(n);
		mem_free(copy);
		return;
	}
	mem_free(old);
}

void
node_write_sought(const struct node *n, const struct addr *dst, struct buf *out)
{
	char key[19];
	const char *host =
	    n->sought != NULL ? map_get(n->sought, key_of_destination(dst, key))
			      : NULL;
	struct addr bare = *dst;

	bare.port = 0;
	if (host != NULL)
		buf_puts(out, host);
	else
		addr_write(&bare, out);
}

/* ---- tickets ---- */

static struct security_ticket *
find_ticket(struct node_security *s, const struct addr *dst)
{
	list_each (struct security_ticket, t, &s->tickets, link)
		if (addr_eq(&t->dst, dst))
			return t;
	return NULL;
}

struct security_ticket *
security_ticket_find(struct node_security *s, const struct addr *dst)
{
	struct security_ticket *t = find_ticket(s, dst);

	return t != NULL && sim_now(node_sim(s->node)) < t->until_ns ? t : NULL;
}

void
security_ticket_keep(struct node_security *s, const struct addr *dst,
    enum tls_version version, struct str ticket)
{
	struct security_ticket *t = find_ticket(s, dst);

	if (t == NULL) {
		t = mem_zalloc(1, sizeof(*t));
		if (t == NULL) {
			node_fail_memory(s->node);
			return;
		}
		t->dst = *dst;
		list_init(&t->link);
		list_append(&s->tickets, &t->link);
	}
	t->version = version;
	t->until_ns = sim_now(node_sim(s->node)) + TICKET_LIFE;
	buf_clear(&t->bytes);
	buf_str(&t->bytes, ticket);
	node_fail_nomem(s->node, t->bytes.err);
}
