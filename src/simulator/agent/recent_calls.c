/* Calls that are just over; see agent/recent_calls.h. */
#include "agent/recent_calls.h"

#include "agent/replaces.h"
#include "base/err.h"
#include "base/mem.h"
#include "sip/defaults.h"

struct recent_call {
	struct list link; /* in order */
	char *key;        /* Call-ID, local and remote tag */
	int64_t until;
};

int
agent_recent_calls_begin(struct agent_recent_calls *e)
{
	list_init(&e->order);
	return map_create(&e->by_dialog);
}

static void
drop_recent(struct agent *agent, struct recent_call *e)
{
	struct str key = str_of(e->key);

	if (map_get(agent->recent_calls.by_dialog, key) == e)
		map_remove(agent->recent_calls.by_dialog, key);
	list_remove(&e->link);
	sim_give_back_memory(agent_sim(agent), sizeof(*e) + key.n);
	mem_free(e->key);
	mem_free(e);
}

void
agent_recent_calls_forget(struct agent *agent)
{
	list_each (struct recent_call, e, &agent->recent_calls.order, link)
		drop_recent(agent, e);
}

void
agent_recent_calls_free(struct agent *agent)
{
	if (agent->recent_calls.by_dialog == NULL)
		return;
	agent_recent_calls_forget(agent);
	map_destroy(agent->recent_calls.by_dialog);
	agent->recent_calls.by_dialog = NULL;
}

/* The first to have ended are the first to be forgotten. */
static void
drop_old(struct agent *agent)
{
	int64_t now = sim_now(agent_sim(agent));

	list_each (struct recent_call, e, &agent->recent_calls.order, link) {
		if (e->until > now)
			return;
		drop_recent(agent, e);
	}
}

static void
add_dialog(struct agent *agent, const struct sip_dialog *d)
{
	struct recent_call *e = mem_zalloc(1, sizeof(*e));
	struct str key = agent_write_key(agent, str_of(d->call_id),
	    str_of(d->local_tag), str_of(d->remote_tag));

	if (e != NULL && agent->key.err == 0)
		e->key = mem_dup(key.p, key.n);
	if (e == NULL || e->key == NULL ||
	    map_put(agent->recent_calls.by_dialog, str_of(e->key), e) != 0) {
		if (e != NULL)
			mem_free(e->key);
		mem_free(e);
		agent_fail_memory(agent);
		return;
	}
	e->until = sim_now(agent_sim(agent)) + SIP_64T1_NS;
	list_append(&agent->recent_calls.order, &e->link);
	sim_take_memory(agent_sim(agent), sizeof(*e) + key.n);
}

void
agent_recent_calls_add(struct agent_call *c)
{
	drop_old(c->agent);
	if (c->dialog != NULL)
		add_dialog(c->agent, c->dialog->sip);
	list_each (struct agent_call_usage, u, &c->early, link)
		if (u->usage.dialog != NULL && u->usage.dialog != c->dialog)
			add_dialog(c->agent, u->usage.dialog->sip);
}

bool
agent_recent_calls_has(struct agent *agent, const struct agent_place_name *name)
{
	drop_old(agent);
	return map_get(agent->recent_calls.by_dialog,
		   agent_write_key(agent, name->call_id, name->to_tag,
		       name->from_tag)) != NULL;
}
