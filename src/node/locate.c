/* Questions for an address, and the locator that answers them at once. */
#include "node/locate.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/world.h"

#include <assert.h>

static bool
names_transport(struct str uri)
{
	struct msg_uri u;
	struct str named;

	return msg_uri_read(uri, &u) != 0 ||
	       msg_param(u.params, "transport", &named);
}

/* By the transport that its asker likes, where the URI leaves it open. */
static void
choose_transport(const struct node_question *q, struct addr *dst)
{
	if (q->liked != ADDR_UDP)
		dst->transport = q->liked;
}

static void
tell_answer(struct node_question *q, int err, struct addr *dst)
{
	if (err == 0)
		choose_transport(q, dst);
	q->fn(err, dst, q->arg);
}

int
node_locate_add(struct node_question *q, const struct addr *dst)
{
	if (ARRAY_ROOM(&q->more, &q->more_cap, q->nmore + 1) != 0)
		return ERR_NOMEM;
	q->more[q->nmore++] = *dst;
	return 0;
}

bool
node_locate_has_next(const struct node_question *q)
{
	return q->next < q->nmore;
}

bool
node_locate_next(struct node_question *q, struct addr *dst)
{
	if (!node_locate_has_next(q))
		return false;
	*dst = q->more[q->next++];
	choose_transport(q, dst);
	return true;
}

void
node_locate(struct node *n, struct str uri, enum addr_transport liked,
    node_located_fn *fn, void *arg, struct node_question *q)
{
	struct addr dst = { 0 };
	int err;

	assert(!q->open);
	node_locate_stop(q);
	*q = (struct node_question){ .node = n, .fn = fn, .arg = arg };
	q->liked = liked != ADDR_UDP && names_transport(uri) ? ADDR_UDP : liked;
	err = n->world->locator->ask(q, uri, &dst);
	q->open = err == ERR_STOPPED;
	if (q->open)
		sim_hold(node_sim(n));
	else
		tell_answer(q, err, &dst);
}

void
node_locate_answer(struct node_question *q, int err, const struct addr *dst)
{
	struct sim *sim = node_sim(q->node);
	struct addr copy = *dst;

	q->open = false;
	tell_answer(q, err, &copy);
	sim_release(sim);
}

void
node_locate_stop(struct node_question *q)
{
	mem_free(q->more);
	q->more = NULL;
	q->nmore = q->more_cap = q->next = 0;
	if (!q->open)
		return;
	q->open = false;
	q->node->world->locator->forget(q);
	sim_release(node_sim(q->node));
}

static int
ask_directory(struct node_question *q, struct str uri, struct addr *dst)
{
	return world_locate(q->node->world, uri, dst);
}

const struct node_locator node_directory = { .ask = ask_directory };
