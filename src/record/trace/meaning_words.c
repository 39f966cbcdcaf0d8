/* Two values word by word, and words that stand for each other. */
#include "base/addr.h"
#include "base/err.h"
#include "trace/meaning_in.h"

/* ---- words that stand for each other ---- */

static const struct str all[2];

static struct str
put_word_key(struct buf *b, char kind, struct str scope, struct str word)
{
	buf_clear(b);
	buf_putc(b, kind);
	buf_str(b, scope);
	buf_putc(b, '\0');
	buf_str(b, word);
	return buf_view(b);
}

/* The numbers of the pairs of both, 0: none; the keys stay in M. */
static void
find_pairs(struct meaning *m, char kind, const struct str scope[2],
    struct str a, struct str b, uintptr_t pair[2])
{
	struct str ka = put_word_key(&m->key, kind, scope[0], a);
	struct str kb = put_word_key(&m->other, kind, scope[1], b);

	pair[0] = (uintptr_t)map_get(m->stands[0], ka);
	pair[1] = (uintptr_t)map_get(m->stands[1], kb);
}

/* A's and B's words, which stand for others, met before: that was said. */
static int
met_before(struct meaning *m, bool learn)
{
	buf_putc(&m->key, '\0');
	buf_str(&m->key, buf_view(&m->other));
	if (m->key.err != 0)
		return -ERR_NOMEM;
	if (map_get(m->astray, buf_view(&m->key)) != NULL)
		return 0;
	return learn && map_put(m->astray, buf_view(&m->key), m) != 0
		   ? -ERR_NOMEM
		   : 1;
}

/*
 * A's word of KIND, of the two SCOPEs, stands for B's: each word of A for one
 * of B, which is the only one that it stands for, whether both are alike or
 * not.
 */
static int
meaning_stands(struct meaning *m, char kind, const struct str scope[2],
    struct str a, struct str b, bool learn)
{
	uintptr_t pair[2];
	void *both;

	find_pairs(m, kind, scope, a, b, pair);
	if (m->key.err != 0 || m->other.err != 0)
		return -ERR_NOMEM;
	if (pair[0] == pair[1] && (pair[0] != 0 || !learn))
		return 0;
	/* The pair that there is stays: where one message went astray, the next
	 * is as it was. */
	if (pair[0] != pair[1])
		return met_before(m, learn);
	both = (void *)++m->npairs;
	if (map_put(m->stands[0], buf_view(&m->key), both) != 0 ||
	    map_put(m->stands[1], buf_view(&m->other), both) != 0)
		return -ERR_NOMEM;
	return 0;
}

/* Whether one of both is known to stand for another word. */
static bool
meaning_is_known(struct meaning *m, char kind, const struct str scope[2],
    struct str a, struct str b)
{
	uintptr_t pair[2];

	find_pairs(m, kind, scope, a, b, pair);
	return pair[0] != 0 || pair[1] != 0;
}

/* Two words of no class: alike, or known to be each other's. */
static int
meaning_word(struct meaning *m, struct str a, struct str b)
{
	bool alike = str_eq(a, b);

	/* Alike, and yet each is a word of another node's. */
	if (alike && (!m->renamed || map_get(m->own[0], a) == NULL ||
			 map_get(m->own[1], b) == NULL))
		return 0;
	buf_clear(&m->key);
	buf_str(&m->key, a);
	buf_putc(&m->key, '\0');
	buf_str(&m->key, b);
	if (m->key.err != 0)
		return -ERR_NOMEM;
	return map_get(m->words, buf_view(&m->key)) == NULL;
}

/* ---- addresses ---- */

/* Where none is said it is the usual one; an address of record, which has none
 * either, says nothing of ports. */
static int
same_port(struct meaning *m, const struct str host[2], uint16_t a, uint16_t b,
    bool learn)
{
	const uint16_t usual = addr_transports[ADDR_DEFAULT].port;
	const uint16_t port[2] = { a != 0 ? a : usual, b != 0 ? b : usual };

	if (a == 0 && b == 0)
		return 0;
	return meaning_stands(m, 'P', host,
	    (struct str){ (const char *)&port[0], sizeof(port[0]) },
	    (struct str){ (const char *)&port[1], sizeof(port[1]) }, learn);
}

/* Two addresses of TEXTs, each perhaps with a port. */
static int
meaning_address(struct meaning *m, const struct addr *a, const struct addr *b,
    struct str text_a, struct str text_b, bool learn)
{
	static const uint8_t zero[16];
	struct str host[2] = { { (const char *)a->ip, a->len },
		{ (const char *)b->ip, b->len } };
	void *na = map_get(m->addresses[0], host[0]);
	void *nb = map_get(m->addresses[1], host[1]);
	bool held_a = memcmp(a->ip, zero, a->len) == 0;
	bool held_b = memcmp(b->ip, zero, b->len) == 0;
	int same;

	/* 0.0.0.0 puts on hold (RFC 3264 8.4): no address stands for it. */
	if (held_a || held_b)
		return !str_eq(text_a, text_b);
	if (na != nb)
		return 1;
	if (na == NULL) {
		same = meaning_stands(m, 'A', all, host[0], host[1], learn);
		if (same != 0)
			return same;
	} else {
		host[0] = host[1] =
		    (struct str){ (const char *)&na, sizeof(na) };
	}
	return same_port(m, host, a->port, b->port, learn);
}

/* ---- users ---- */

/* Two users of URIs, of the hosts HOST. */
static int
meaning_user(struct meaning *m, const struct value_place *at,
    const struct str host[2], struct str a, struct str b, bool learn)
{
	bool named =
	    map_get(m->own[0], a) != NULL || map_get(m->own[1], b) != NULL;

	if (!meaning_is_known(m, 'U', host, a, b) && (!at->makes || named)) {
		int same = meaning_word(m, a, b);

		if (same != 0 || !at->makes)
			return same;
	}
	return meaning_stands(m, 'U', host, a, b, learn);
}

/* ---- two values word by word ---- */

/* Parameters whose values are made again in every run, and how they compare.
 * RFC 3261 8.1.1.7, 19.3; RFC 7616 3.3, 3.4; RFC 3581; RFC 5626, 5627; of
 * bodies RFC 4235 4.1; 3GPP TS 33.203 for AKA's keys; of URIs RFC 3891, 3911,
 * 4538, 3515; RFC 2046 5.1. */
static const struct {
	const char *name;
	struct word_class class;
} params[] = {
	{ "branch", { WORD_STANDS, 'b' } },
	{ "tag", { WORD_STANDS, 't' } },
	{ "from-tag", { WORD_STANDS, 't' } },
	{ "to-tag", { WORD_STANDS, 't' } },
	{ "local-tag", { WORD_STANDS, 't' } },
	{ "remote-tag", { WORD_STANDS, 't' } },
	{ "nonce", { WORD_STANDS, 'n' } },
	{ "nextnonce", { WORD_STANDS, 'n' } },
	{ "opaque", { WORD_STANDS, 'o' } },
	{ "cnonce", { WORD_STANDS, 'c' } },
	{ "gr", { WORD_STANDS, 'g' } },
	{ "temp-gruu", { WORD_STANDS, 'g' } },
	{ "pub-gruu", { WORD_STANDS, 'g' } },
	{ "+sip.instance", { WORD_STANDS, 'g' } },
	{ "remote", { WORD_STANDS, 'u' } },
	{ "icid-value", { WORD_STANDS, 'i' } },
	{ "call-id", { WORD_STANDS, 'i' } },
	{ "ck", { WORD_STANDS, 'k' } },
	{ "ik", { WORD_STANDS, 'k' } },
	{ "boundary", { WORD_ANY, 0 } },
	{ "auts", { WORD_STANDS, 'k' } },
	{ "Refer-To", { WORD_HEADER, 0 } },
	{ "Replaces", { WORD_HEADER, 0 } },
	{ "Join", { WORD_HEADER, 0 } },
	{ "Target-Dialog", { WORD_HEADER, 0 } },
	{ "response", { WORD_ANY, 0 } },
	{ "rspauth", { WORD_ANY, 0 } },
	{ "rport", { WORD_ANY, 0 } },
	{ "oc-seq", { WORD_ANY, 0 } },
};

static struct word_class
meaning_word_class_of(struct str param)
{
	for (size_t i = 0; i < COUNT_OF(params); i++)
		if (str_iis(param, params[i].name))
			return params[i].class;
	return (struct word_class){ WORD_PLAIN, 0 };
}

static bool
meaning_word_is_whole(char c)
{
	return chr_is_alnum(c) || (c & 0x80) != 0 ||
	       (c != '\0' && strchr("-._!%*+`'~$^{}|", c) != NULL);
}

/* A byte of an address as text. */
static bool
meaning_word_is_address(char c)
{
	return chr_is_digit(c) || c == '.' || c == ':' ||
	       (chr_lower(c) >= 'a' && chr_lower(c) <= 'f');
}

/* "192.0.2.1:5060", "[2001:db8::1]", "2001:db8::1": how long the address is
 * that S begins with; 0: it begins with none. */
static size_t
address_length(struct str s, struct addr *a)
{
	size_t n = 0, colons = 0;
	uint64_t number;

	if (s.n > 0 && s.p[0] == '[') {
		ptrdiff_t end = str_chr(str_slice(s, 0, 60), ']');

		n = end > 0 ? (size_t)end + 1 : 0;
		if (n == 0 || addr_parse(str_slice(s, 1, n - 1), a) != 0)
			return 0;
	} else {
		if (s.n < 2 || !(chr_is_digit(s.p[0]) || s.p[0] == ':' ||
				   meaning_word_is_address(s.p[0])))
			return 0;
		for (; n < s.n && n < 56 && meaning_word_is_address(s.p[n]);
		     n++)
			colons += s.p[n] == ':';
		if (colons < 2)
			for (n = 0; n < s.n && n < 56 &&
				    (chr_is_digit(s.p[n]) || s.p[n] == '.');
			     n++)
				;
		if (n < 2 || (n < s.n && meaning_word_is_whole(s.p[n])) ||
		    addr_parse(str_slice(s, 0, n), a) != 0)
			return 0;
		if (colons >= 2)
			return n;
	}
	if (n + 1 < s.n && s.p[n] == ':' && chr_is_digit(s.p[n + 1])) {
		size_t port = ++n;

		while (n < s.n && chr_is_digit(s.p[n]))
			n++;
		if (str_u64(str_slice(s, port, n), &number) == 0)
			a->port = (uint16_t)number;
	}
	return n;
}

static int
same_standing(struct meaning *m, char kind, const struct value_place *at,
    struct str a, struct str b, bool learn)
{
	const struct str scope[2] = {
		at->scoped ? buf_view(&m->scope[0]) : STR_NULL,
		at->scoped ? buf_view(&m->scope[1]) : STR_NULL,
	};

	return meaning_stands(m, kind, scope, a, b, learn);
}

/* "a%40b%3Bto-tag%3Dc" as "a@b;to-tag=c", into OUT. */
static struct str
meaning_word_unescape(struct str s, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < s.n; i++) {
		uint64_t byte;

		if (s.p[i] == '%' &&
		    str_hex(str_slice(s, i + 1, i + 3), 2, &byte) == 0) {
			buf_putc(out, (char)byte);
			i += 2;
		} else {
			buf_putc(out, s.p[i]);
		}
	}
	return buf_view(out);
}

/* The part of a URI that stands for the header field NAME. */
static int
same_header(
    struct meaning *m, struct str name, struct str a, struct str b, bool learn)
{
	struct value_place at = meaning_place(name);
	struct str ua = meaning_word_unescape(a, &m->plain[0]);
	struct str ub = meaning_word_unescape(b, &m->plain[1]);

	if (m->plain[0].err != 0 || m->plain[1].err != 0)
		return -ERR_NOMEM;
	return meaning_value(m, &at, ua, ub, learn);
}

static int
same_word(struct meaning *m, struct word_class class, struct str param,
    const struct value_place *at, struct str a, struct str b, bool learn)
{
	if (class.rule == WORD_ANY)
		return 0;
	if (class.rule == WORD_ZERO)
		return str_is(a, "0") != str_is(b, "0");
	if (class.rule == WORD_HEADER)
		return same_header(m, param, a, b, learn);
	if (class.rule == WORD_STANDS)
		return same_standing(m, class.kind, at, a, b, learn);
	return meaning_word(m, a, b);
}

/* A word of no class: a host that is none (RFC 7118 5) stands for one. */
static int
same_plain(struct meaning *m, struct str a, struct str b, bool learn)
{
	static const struct value_place everywhere = { .scoped = false };

	if (str_ends(a, ".invalid") && str_ends(b, ".invalid"))
		return same_standing(m, 'H', &everywhere, a, b, learn);
	return meaning_word(m, a, b);
}

/* ---- walking ---- */

struct walk {
	struct str rest;
	struct str word;  /* read last */
	struct str param; /* the word before the last '=', until it ends */
	bool in_uri;      /* a scheme and its colon have been read last */
};

static void
pass_space(struct walk *w)
{
	while (w->rest.n > 0 && chr_is_space(w->rest.p[0]))
		w->rest = str_slice(w->rest, 1, w->rest.n);
}

/* N bytes are a word. */
static struct str
meaning_word_take(struct walk *w, size_t n)
{
	w->word = str_slice(w->rest, 0, n);
	w->rest = str_slice(w->rest, n, w->rest.n);
	return w->word;
}

/* Words of a class are all up to what ends a parameter. */
static size_t
meaning_word_length(struct str s, bool plain)
{
	size_t n = 0;

	if (!plain && s.p[0] == '"') {
		for (n = 1; n < s.n && s.p[n] != '"'; n++)
			n += s.p[n] == '\\' && n + 1 < s.n;
		return n < s.n ? n + 1 : n;
	}
	while (n < s.n && (plain ? meaning_word_is_whole(s.p[n])
				 : !chr_is_space(s.p[n]) && s.p[n] != ';' &&
				       s.p[n] != ',' && s.p[n] != '>'))
		n++;
	return n;
}

/* One byte that is not a word: the same in both, or 1. */
static int
same_mark(struct walk *a, struct walk *b)
{
	char c = a->rest.p[0];

	if (c != b->rest.p[0])
		return 1;
	a->in_uri =
	    c == ':' && (str_iis(a->word, "sip") || str_iis(a->word, "sips"));
	if (c == '=')
		a->param = a->word;
	else if (c != '"')
		a->param = STR_NULL;
	a->rest = str_slice(a->rest, 1, a->rest.n);
	b->rest = str_slice(b->rest, 1, b->rest.n);
	a->word = STR_NULL;
	return 0;
}

/* The length of the part before the '@' of a URI whose rest is S; 0: there is
 * no user. */
static size_t
user_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && !chr_is_space(s.p[n]) &&
	       strchr("@<>\",", s.p[n]) == NULL)
		n++;
	return n < s.n && s.p[n] == '@' ? n : 0;
}

/* The host of a URI whose user is N long. */
static struct str
host_of(struct str s, size_t n)
{
	struct str host = str_slice(s, n + 1, s.n);
	bool v6 = host.n > 0 && host.p[0] == '[';
	size_t length = 0;

	while (length < host.n && host.p[length] != ']' &&
	       (v6 || meaning_word_is_whole(host.p[length])))
		length++;
	return str_slice(host, 0, length);
}

static int
same_users(struct meaning *m, const struct value_place *at, struct walk *a,
    struct walk *b, bool learn)
{
	size_t na = user_length(a->rest), nb = user_length(b->rest);
	const struct str host[2] = { host_of(a->rest, na),
		host_of(b->rest, nb) };

	a->in_uri = false;
	if (na == 0 || nb == 0)
		return na != nb;
	return meaning_user(m, at, host, meaning_word_take(a, na),
	    meaning_word_take(b, nb), learn);
}

static int
same_step(struct meaning *m, const struct value_place *at, struct walk *a,
    struct walk *b, bool learn)
{
	struct word_class class = meaning_word_class_of(a->param);
	bool plain = class.rule == WORD_PLAIN;
	struct addr aa = { 0 }, ab = { 0 };
	size_t na, nb;

	if (a->in_uri)
		return same_users(m, at, a, b, learn);
	if (!plain) {
		na = meaning_word_length(a->rest, false);
		nb = meaning_word_length(b->rest, false);
		if (na > 0 && nb > 0)
			return same_word(m, class, a->param, at,
			    meaning_word_take(a, na), meaning_word_take(b, nb),
			    learn);
	} else {
		na = address_length(a->rest, &aa);
		nb = address_length(b->rest, &ab);
		if (na > 0 && nb > 0)
			return meaning_address(m, &aa, &ab,
			    meaning_word_take(a, na), meaning_word_take(b, nb),
			    learn);
	}
	na = meaning_word_length(a->rest, true);
	nb = meaning_word_length(b->rest, true);
	if (na > 0 && nb > 0)
		return same_plain(m, meaning_word_take(a, na),
		    meaning_word_take(b, nb), learn);
	return na > 0 || nb > 0 ? 1 : same_mark(a, b);
}

/*
 * A word is the text between separators; the parameter it belongs to says how
 * it compares: `branch`, `tag` and the like stand for each other.
 */
int
meaning_value(struct meaning *m, const struct value_place *at, struct str a,
    struct str b, bool learn)
{
	struct walk wa = { .rest = a }, wb = { .rest = b };
	int same = 0;

	if (at->whole.rule != WORD_PLAIN)
		return same_word(m, at->whole, STR_NULL, at, a, b, learn);
	if (at->lead.rule != WORD_PLAIN && a.n > 0 && b.n > 0)
		same = same_word(m, at->lead, STR_NULL, at,
		    meaning_word_take(&wa, meaning_word_length(wa.rest, false)),
		    meaning_word_take(&wb, meaning_word_length(wb.rest, false)),
		    learn);
	while (same == 0) {
		pass_space(&wa);
		pass_space(&wb);
		if (wa.rest.n == 0 || wb.rest.n == 0)
			return wa.rest.n != wb.rest.n;
		same = same_step(m, at, &wa, &wb, learn);
	}
	return same;
}
