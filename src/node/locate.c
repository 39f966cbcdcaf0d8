/* Questions for an address, and the locator that answers them at once. */
#include "node/locate.h"

#include "base/err.h"
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

static void
tell_answer(struct node_question *q, int err, struct addr *dst)
{
	if (err == 0 && q->liked != ADDR_UDP)
		dst->transport = q->liked;
	q->fn(err, dst, q->arg);
}

void
node_locate(struct node *n, struct str uri, enum addr_transport liked,
    node_located_fn *fn, void *arg, struct node_question *q)
{
	struct addr dst = { 0 };
	int err;

	assert(!q->open);
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
