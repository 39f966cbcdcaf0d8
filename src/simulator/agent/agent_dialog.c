/* Dialogs and their usages; see agent/agent_dialog.h. */
#include "agent/agent_dialog.h"

#include "agent/session_timer.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "node/uri.h"
#include "rules/rule_names.h"

/* ---- keys ---- */

/* 12: Call-ID, local and remote tag. */
static struct str
write_own_key(const struct agent_dialog *d)
{
	return agent_write_key(d->agent, str_of(d->sip->call_id),
	    str_of(d->sip->local_tag), str_of(d->sip->remote_tag));
}

struct agent_dialog *
agent_dialog_of(struct agent *agent, const struct msg *m)
{
	struct str to, from;

	if (map_count(agent->by_dialog) == 0)
		return NULL;
	to = msg_tag_of(m, MSG_H_TO);
	from = msg_tag_of(m, MSG_H_FROM);
	/* No dialog of ours is without a tag of ours. */
	if ((m->request ? to.n : from.n) == 0)
		return NULL;
	return map_get(agent->by_dialog,
	    agent_write_key(agent, msg_value(m, MSG_H_CALL_ID),
		m->request ? to : from, m->request ? from : to));
}

int
agent_dialog_show(struct agent_dialog *d)
{
	struct str key = write_own_key(d);

	d->listed = true;
	return d->agent->key.err != 0 ? ERR_NOMEM
				      : map_put(d->agent->by_dialog, key, d);
}

/* From now on agent_dialog_of does not find D; or (show) finds it again: 0 or
 * ERR_NOMEM. */
void
agent_dialog_hide(struct agent_dialog *d)
{
	struct str key;

	if (!d->listed)
		return;
	d->listed = false;
	key = write_own_key(d);
	if (map_get(d->agent->by_dialog, key) == d)
		map_remove(d->agent->by_dialog, key);
}

/* ---- life ---- */

static void
free_dialog(struct agent_dialog *d)
{
	agent_dialog_hide(d);
	list_each (struct agent_client, q, &d->clients, within)
		agent_client_orphan(q);
	sip_dialog_destroy(d->sip);
	ref_drop(d->self);
	mem_free(d);
}

void
agent_dialog_join(struct agent_dialog *d, struct agent_usage *u,
    const struct agent_usage_ops *ops)
{
	u->ops = ops;
	u->dialog = d;
	u->over = false;
	list_append(&d->usages, &u->link);
}

/* Makes a dialog that owns SIP (freed where this fails), with U as its first
 * usage; agent_dialog_of finds it from now on.  0 or ERR_NOMEM. */
int
agent_dialog_open(struct agent *agent, struct sip_dialog *sip,
    struct agent_usage *u, const struct agent_usage_ops *ops)
{
	struct agent_dialog *d = mem_zalloc(1, sizeof(*d));
	int err;

	u->dialog = NULL;
	if (d == NULL) {
		sip_dialog_destroy(sip);
		return ERR_NOMEM;
	}
	d->agent = agent;
	d->self = ref_keep(agent->self);
	d->sip = sip;
	d->contact_by =
	    agent_contact_by(ADDR_DEFAULT, str_of(sip->remote_target));
	list_init(&d->usages);
	list_init(&d->clients);
	agent_dialog_join(d, u, ops);
	err = agent_dialog_show(d);
	if (err != 0)
		agent_usage_leave(u);
	return err;
}

/* This side is SELF in D. */
void
agent_dialog_set_self(struct agent_dialog *d, struct agent_identity *self)
{
	ref_keep(self);
	ref_drop(d->self);
	d->self = self;
}

int
agent_dialog_accept(struct agent *agent, const struct msg *m, struct str tag,
    enum event_id event, struct agent_usage *u,
    const struct agent_usage_ops *ops)
{
	struct sip_dialog *sip;
	int err = sip_dialog_uas(&sip, agent->node->stack, m, tag, event);

	if (err == 0)
		err = agent_dialog_open(agent, sip, u, ops);
	if (err == 0)
		agent_dialog_set_self(
		    u->dialog, agent_identity_for(agent, m->uri));
	return err;
}

/* ---- usages ---- */

char *
agent_subscription_name(struct agent *agent, const char *package)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, "%s/%s-%u", agent->node->name, package,
	    ++agent->node->nsubscriptions);
	return buf_take(&b);
}

/* Any of D's but BUT that is not over, or NULL. */
static struct agent_usage *
next_live_usage(struct agent_dialog *d, const struct agent_usage *but)
{
	list_each (struct agent_usage, u, &d->usages, link)
		if (u != but && !u->over)
			return u;
	return NULL;
}

/* One of D's but BUT still needs it. */
static bool
is_used(const struct agent_dialog *d, const struct agent_usage *but)
{
	list_each (struct agent_usage, u, &d->usages, link)
		if (u != but && !u->over && !u->mortal)
			return true;
	return false;
}

bool
agent_usage_is_alone(const struct agent_usage *u)
{
	return !is_used(u->dialog, u);
}

void
agent_usage_end(struct agent_usage *u, enum rule_id why)
{
	struct agent_dialog *d = u->dialog;

	if (d == NULL || u->over)
		return;
	u->over = true;
	if (next_live_usage(d, NULL) != NULL) {
		/* Its session's BYE was before. */
		if (!is_used(d, NULL) && sip_dialog_stands(d->sip))
			sip_dialog_step(d->sip, EVENT_LAST_USAGE, why);
		return;
	}
	sip_dialog_end(d->sip, why);
	agent_dialog_hide(d);
}

void
agent_usage_leave(struct agent_usage *u)
{
	struct agent_dialog *d = u->dialog;

	if (d == NULL)
		return;
	u->dialog = NULL;
	list_remove(&u->link);
	if (list_empty(&d->usages))
		free_dialog(d);
}

void
agent_dialog_lose(struct agent_dialog *d, const struct agent_usage *but,
    unsigned status, enum rule_id why)
{
	/* Keeps D until all have heard of it. */
	struct agent_usage mark;
	struct agent_usage *u;

	agent_dialog_join(d, &mark, NULL);
	mark.over = true;
	sip_dialog_end(d->sip, why);
	agent_dialog_hide(d);
	while ((u = next_live_usage(d, but)) != NULL) {
		u->over = true;
		u->ops->lost(u, status);
	}
	agent_usage_leave(&mark);
}

/* ---- requests within ---- */

const struct node_face *
agent_dialog_face(const struct agent_dialog *d)
{
	const struct node *n = d->agent->node;
	const struct node_face *f = d->face;
	struct addr next;

	if (f == NULL && n->nfaces > 1 &&
	    world_locate_for(n->world, n,
		node_next_uri(str_of(d->sip->remote_target),
		    d->sip->nroutes > 0 ? str_of(d->sip->routes[0]) : STR_NULL),
		&next) == 0)
		f = node_face_toward(n, &next);
	return f != NULL ? f : n->faces;
}

struct str
agent_dialog_contact(const struct agent_dialog *d)
{
	return str_of(agent_identity_contact(
	    d->self, agent_dialog_face(d), d->contact_by));
}

int
agent_dialog_request(struct agent_dialog *d, struct sip_request_spec *spec,
    struct agent_request *r)
{
	struct sip_header list[AGENT_SESSION_REQUEST_FIELDS];
	struct sip_request_spec whole = *spec;

	agent_session_announce(d->agent, &whole, list);
	*r = (struct agent_request){
		.dialog = d,
		.cseq = &d->sip->local_cseq,
		.realms = d->realms,
	};
	return sip_dialog_request(d->sip, &whole, &r->bytes, &r->strict);
}
