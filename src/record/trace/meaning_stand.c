/*
 * Words that stand for each other: each word of A for one of B, which is the
 * only one that it stands for, whether both are alike or not.
 */
#include "trace/meaning_in.h"

#include "base/err.h"

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

int
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

bool
meaning_is_known(struct meaning *m, char kind, const struct str scope[2],
    struct str a, struct str b)
{
	uintptr_t pair[2];

	find_pairs(m, kind, scope, a, b, pair);
	return pair[0] != 0 || pair[1] != 0;
}

int
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

int
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

int
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
