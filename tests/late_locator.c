/* What late_locator.h declares. */
#include "late_locator.h"

#include "check.h"

#include <stdlib.h>

static struct late *late_all;
int64_t late_delay;
size_t late_asked, late_forgotten;

void
late_answer(void *arg)
{
	struct late *l = arg;

	if (l->q != NULL)
		node_locate_answer(l->q, l->err, &l->dst);
}

static int
late_ask(struct node_question *q, struct str uri, struct addr *dst)
{
	struct world *w = q->node->world;
	struct late *l = mem_zalloc(1, sizeof(*l));

	(void)dst;
	if (l == NULL)
		return ERR_NOTFOUND;
	l->next = late_all;
	late_all = l;
	late_asked++;
	l->q = q;
	l->err = world_locate_by(w, q->node, uri, q->liked, &l->dst);
	q->locator = l;
	sim_after(w->sim, late_delay, q->node->name, late_answer, l);
	return ERR_STOPPED;
}

static void
late_forget(struct node_question *q)
{
	((struct late *)q->locator)->q = NULL;
	late_forgotten++;
}

const struct node_locator late_locator = { .ask = late_ask,
	.forget = late_forget };

void
late_free(void)
{
	while (late_all != NULL) {
		struct late *next = late_all->next;

		mem_free(late_all);
		late_all = next;
	}
}
