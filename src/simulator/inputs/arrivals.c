/* The list of arrivals from outside; see inputs/arrivals.h. */
#include "inputs/arrivals.h"

#include "base/array.h"
#include "base/bisect.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"

#include <string.h>

const char *
arrival_verb(unsigned what)
{
	static const char *const verbs[] = {
#define X(id, verb) verb,
		ARRIVALS(X)
#undef X
	};

	return what < ARRIVAL_COUNT ? verbs[what] : NULL;
}

/* ---- the list ---- */

static void
arrivals_free(void *p)
{
	struct arrivals *l = p;

	/* One block each, which begins with the node's name. */
	for (size_t i = 0; i < l->n; i++)
		mem_free((char *)l->list[i].node);
	mem_free(l->list);
}

struct arrivals *
arrivals_share(struct arrivals *list)
{
	return ref_keep(list);
}

void
arrivals_drop(struct arrivals *list)
{
	ref_drop(list);
}

/* Copies FROM with its texts. */
static int
copy_arrival(struct arrival *to, const struct arrival *from)
{
	size_t node = strlen(from->node) + 1, face = strlen(from->face) + 1;
	char *p = mem_alloc(node + face + from->bytes.n);

	if (p == NULL)
		return ERR_NOMEM;
	*to = *from;
	to->node = memcpy(p, from->node, node);
	to->face = memcpy(p + node, from->face, face);
	to->bytes.p = p + node + face;
	if (from->bytes.n > 0)
		memcpy(p + node + face, from->bytes.p, from->bytes.n);
	return 0;
}

static int
insert_arrival(struct arrivals *l, const struct arrival *a)
{
	struct arrival own;
	size_t at;
	int err = 0;

	if (l->n >= ARRIVALS_MAX || a->bytes.n > ARRIVAL_BYTES_MAX ||
	    l->bytes + a->bytes.n > ARRIVALS_BYTES_MAX)
		return ERR_LIMIT;
	err = ARRAY_ROOM(&l->list, &l->cap, l->n + 1);
	if (err == 0)
		err = copy_arrival(&own, a);
	if (err != 0)
		return err;
	BISECT(at, 0, l->n, l->list[at].t_ns <= a->t_ns);
	memmove(l->list + at + 1, l->list + at,
	    (l->n - at) * sizeof(struct arrival));
	l->list[at] = own;
	l->n++;
	l->bytes += a->bytes.n;
	return 0;
}

/* *LIST becomes one that is not shared. */
static int
own_list(struct arrivals **list)
{
	struct arrivals *own;
	int err = 0;

	if (*list != NULL && ref_holders(*list) == 1)
		return 0;
	own = ref_alloc(sizeof(*own), arrivals_free);
	if (own == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; *list != NULL && err == 0 && i < (*list)->n; i++)
		err = insert_arrival(own, &(*list)->list[i]);
	ref_drop(err == 0 ? *list : own);
	if (err == 0)
		*list = own;
	return err;
}

int
arrivals_add(struct arrivals **list, const struct arrival *a)
{
	int err = own_list(list);

	return err == 0 ? insert_arrival(*list, a) : err;
}
