/*
 * Two values word by word.  A word is what stands between separators; the
 * parameter it belongs to says how it compares: `branch`, `tag` and the like
 * stand for each other.
 */
#include "trace/meaning_in.h"

#include "base/addr.h"
#include "base/err.h"
#include "base/mem.h"

/* Parameters whose values are made anew in every run, and how they compare.
 * RFC 3261 8.1.1.7, 19.3; RFC 7616 3.3, 3.4; RFC 3581; RFC 5626, 5627. */
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
	{ "response", { WORD_ANY, 0 } },
	{ "rspauth", { WORD_ANY, 0 } },
	{ "rport", { WORD_ANY, 0 } },
};

static struct word_class
class_of(struct str param)
{
	for (size_t i = 0; i < sizeof(params) / sizeof(*params); i++)
		if (str_iis(param, params[i].name))
			return params[i].class;
	return (struct word_class){ WORD_PLAIN, 0 };
}

static bool
is_word(char c)
{
	return chr_is_alnum(c) || (c & 0x80) != 0 ||
	       (c != '\0' && strchr("-._!%*+`'~$^{}|", c) != NULL);
}

/* A byte of an address as text. */
static bool
is_address(char c)
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

	if (s.n > 0 && s.p[0] == '[') {
		ptrdiff_t end = str_chr(str_slice(s, 0, 60), ']');

		n = end > 0 ? (size_t)end + 1 : 0;
		if (n == 0 || addr_parse(str_slice(s, 1, n - 1), a) != 0)
			return 0;
	} else {
		if (s.n < 2 || !(chr_is_digit(s.p[0]) || s.p[0] == ':' ||
				   is_address(s.p[0])))
			return 0;
		for (; n < s.n && n < 56 && is_address(s.p[n]); n++)
			colons += s.p[n] == ':';
		if (colons < 2)
			for (n = 0; n < s.n && n < 56 &&
				    (chr_is_digit(s.p[n]) || s.p[n] == '.');
			     n++)
				;
		if (n < 2 || (n < s.n && is_word(s.p[n])) ||
		    addr_parse(str_slice(s, 0, n), a) != 0)
			return 0;
		if (colons >= 2)
			return n;
	}
	if (n + 1 < s.n && s.p[n] == ':' && chr_is_digit(s.p[n + 1]))
		for (n++; n < s.n && chr_is_digit(s.p[n]); n++)
			;
	return n;
}

/* ---- words that stand for each other ---- */

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

static int
stands(struct meaning *m, char kind, const struct value_place *at, struct str a,
    struct str b, bool learn)
{
	struct str sa = at->scoped ? buf_view(&m->scope[0]) : STR_NULL;
	struct str sb = at->scoped ? buf_view(&m->scope[1]) : STR_NULL;
	struct str ka = put_word_key(&m->key, kind, sa, a);
	struct str kb = put_word_key(&m->other, kind, sb, b);
	uintptr_t pa, pb;

	if (m->key.err != 0 || m->other.err != 0)
		return -ERR_NOMEM;
	pa = (uintptr_t)map_get(m->stands[0], ka);
	pb = (uintptr_t)map_get(m->stands[1], kb);
	if (pa == pb && (pa != 0 || !learn))
		return 0;
	if (learn) {
		/* Also where they did not agree: so that is said once. */
		void *pair = (void *)++m->npairs;

		if (map_put(m->stands[0], ka, pair) != 0 ||
		    map_put(m->stands[1], kb, pair) != 0)
			return -ERR_NOMEM;
	}
	return pa != pb;
}

static int
same_address(struct meaning *m, const struct addr *a, const struct addr *b,
    struct str text_a, struct str text_b, bool learn)
{
	static const struct value_place plain = { .scoped = false };
	static const uint8_t zero[16];
	struct str ka = { (const char *)a->ip, a->len };
	struct str kb = { (const char *)b->ip, b->len };
	void *na = map_get(m->addresses[0], ka);
	void *nb = map_get(m->addresses[1], kb);

	if (na != NULL || nb != NULL)
		return na != nb;
	/* 0.0.0.0 puts on hold (RFC 3264 8.4): no address stands for it. */
	if (str_eq(text_a, text_b))
		return 0;
	if (memcmp(a->ip, zero, a->len) == 0 ||
	    memcmp(b->ip, zero, b->len) == 0)
		return 1;
	return stands(m, 'A', &plain, ka, kb, learn);
}

static int
same_word(struct meaning *m, struct word_class class,
    const struct value_place *at, struct str a, struct str b, bool learn)
{
	if (class.rule == WORD_ANY)
		return 0;
	if (class.rule == WORD_ZERO)
		return str_is(a, "0") != str_is(b, "0");
	if (class.rule == WORD_STANDS)
		return stands(m, class.kind, at, a, b, learn);
	if (str_eq(a, b))
		return 0;
	buf_clear(&m->key);
	buf_str(&m->key, a);
	buf_putc(&m->key, '\0');
	buf_str(&m->key, b);
	if (m->key.err != 0)
		return -ERR_NOMEM;
	return map_get(m->words, buf_view(&m->key)) == NULL;
}

/* ---- walking ---- */

struct walk {
	struct str rest;
	struct str word;  /* read last */
	struct str param; /* the word before the last '=', until it ends */
};

static void
pass_space(struct walk *w)
{
	while (w->rest.n > 0 && chr_is_space(w->rest.p[0]))
		w->rest = str_slice(w->rest, 1, w->rest.n);
}

/* N bytes are a word. */
static struct str
take_word(struct walk *w, size_t n)
{
	w->word = str_slice(w->rest, 0, n);
	w->rest = str_slice(w->rest, n, w->rest.n);
	return w->word;
}

/* Words of a class are all up to what ends a parameter. */
static size_t
word_length(struct str s, bool plain)
{
	size_t n = 0;

	if (!plain && s.p[0] == '"') {
		for (n = 1; n < s.n && s.p[n] != '"'; n++)
			n += s.p[n] == '\\' && n + 1 < s.n;
		return n < s.n ? n + 1 : n;
	}
	while (n < s.n && (plain ? is_word(s.p[n])
				 : !chr_is_space(s.p[n]) && s.p[n] != ';' &&
				       s.p[n] != ',' && s.p[n] != '>'))
		n++;
	return n;
}

/* One byte that is no word: the same in both, or 1. */
static int
same_mark(struct walk *a, struct walk *b)
{
	char c = a->rest.p[0];

	if (c != b->rest.p[0])
		return 1;
	if (c == '=')
		a->param = a->word;
	else if (c != '"')
		a->param = STR_NULL;
	a->rest = str_slice(a->rest, 1, a->rest.n);
	b->rest = str_slice(b->rest, 1, b->rest.n);
	a->word = STR_NULL;
	return 0;
}

static int
same_step(struct meaning *m, const struct value_place *at, struct walk *a,
    struct walk *b, bool learn)
{
	struct word_class class = class_of(a->param);
	bool plain = class.rule == WORD_PLAIN;
	struct addr aa = { 0 }, ab = { 0 };
	size_t na, nb;

	if (!plain) {
		na = word_length(a->rest, false);
		nb = word_length(b->rest, false);
		if (na > 0 && nb > 0)
			return same_word(m, class, at, take_word(a, na),
			    take_word(b, nb), learn);
	} else {
		na = address_length(a->rest, &aa);
		nb = address_length(b->rest, &ab);
		if (na > 0 && nb > 0)
			return same_address(m, &aa, &ab, take_word(a, na),
			    take_word(b, nb), learn);
	}
	na = word_length(a->rest, true);
	nb = word_length(b->rest, true);
	if (na > 0 && nb > 0)
		return same_word(m, (struct word_class){ WORD_PLAIN, 0 }, at,
		    take_word(a, na), take_word(b, nb), learn);
	return na > 0 || nb > 0 ? 1 : same_mark(a, b);
}

int
meaning_value(struct meaning *m, const struct value_place *at, struct str a,
    struct str b, bool learn)
{
	struct walk wa = { .rest = a }, wb = { .rest = b };
	int same = 0;

	if (at->whole.rule != WORD_PLAIN)
		return same_word(m, at->whole, at, a, b, learn);
	if (at->lead.rule != WORD_PLAIN && a.n > 0 && b.n > 0)
		same = same_word(m, at->lead, at,
		    take_word(&wa, word_length(wa.rest, false)),
		    take_word(&wb, word_length(wb.rest, false)), learn);
	while (same == 0) {
		pass_space(&wa);
		pass_space(&wb);
		if (wa.rest.n == 0 || wb.rest.n == 0)
			return wa.rest.n != wb.rest.n;
		same = same_step(m, at, &wa, &wb, learn);
	}
	return same;
}
