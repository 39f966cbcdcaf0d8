/* Nonces and their counts (node/nonces.h). */
#include "node/nonces.h"

#include "base/err.h"
#include "base/list.h"
#include "base/map.h"
#include "base/mem.h"

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

/* Those that are too old go, and one more where there is no room. */
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
