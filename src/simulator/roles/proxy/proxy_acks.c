/* The ACKs that a proxy has forwarded lately. */
#include "roles/proxy/proxy_in.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"

struct ack {
	struct list link; /* the oldest first */
	int64_t t;
	uint64_t send;
	size_t n;
	char branch[];
};

struct proxy_acks {
	struct sim *sim;
	struct map *by_branch;
	struct list acks;
};

int
proxy_acks_create(struct proxy_acks **ap, struct sim *sim)
{
	struct proxy_acks *a = mem_zalloc(1, sizeof(*a));

	*ap = NULL;
	if (a == NULL)
		return ERR_NOMEM;
	a->sim = sim;
	list_init(&a->acks);
	if (map_create_borrowing(&a->by_branch) != 0) {
		mem_free(a);
		return ERR_NOMEM;
	}
	*ap = a;
	return 0;
}

static void
forget_ack(struct proxy_acks *a, struct ack *k)
{
	map_remove(a->by_branch, (struct str){ k->branch, k->n });
	list_remove(&k->link);
	mem_free(k);
}

void
proxy_acks_destroy(struct proxy_acks *a)
{
	if (a == NULL)
		return;
	list_each (struct ack, k, &a->acks, link)
		forget_ack(a, k);
	map_destroy(a->by_branch);
	mem_free(a);
}

uint64_t
proxy_acks_first(struct proxy_acks *a, struct str branch)
{
	int64_t now = sim_now(a->sim);
	const struct ack *k;

	list_each (struct ack, old, &a->acks, link) {
		if (now - old->t <= SIP_64T1_NS)
			break;
		forget_ack(a, old);
	}
	k = map_get(a->by_branch, branch);
	return k != NULL ? k->send : 0;
}

int
proxy_acks_add(struct proxy_acks *a, struct str branch, uint64_t send)
{
	struct ack *k = mem_zalloc(1, sizeof(*k) + branch.n);

	if (k == NULL)
		return ERR_NOMEM;
	k->t = sim_now(a->sim);
	k->send = send;
	k->n = branch.n;
	memcpy(k->branch, branch.p, branch.n);
	if (map_put(a->by_branch, (struct str){ k->branch, k->n }, k) != 0) {
		mem_free(k);
		return ERR_NOMEM;
	}
	list_append(&a->acks, &k->link);
	return 0;
}
