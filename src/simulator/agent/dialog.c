/* Dialogs and their usages; see agent/dialog.h. */
#include "agent/dialog.h"

#include "agent/call_in.h"
#include "agent/session_timer.h"
#include "base/err.h"
#include "base/mem.h"
#include "node/uri.h"
#include "rules/rule_names.h"

#include <stddef.h>

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

static int
agent_dialog_show(struct agent_dialog *d)
{
	struct str key = write_own_key(d);

	d->listed = true;
	return d->agent->key.err != 0 ? ERR_NOMEM
				      : map_put(d->agent->by_dialog, key, d);
}

/* From now on agent_dialog_of does not find D; or (show) finds it again: 0 or
 * ERR_NOMEM. */
static void
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
static int
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
static void
agent_dialog_set_self(struct agent_dialog *d, struct agent_self *self)
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
		agent_dialog_set_self(u->dialog, agent_self_for(agent, m->uri));
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
	return str_of(
	    agent_self_contact(d->self, agent_dialog_face(d), d->contact_by));
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

/*
 * The dialogs of a call, and how a call is found by what arrives.
 *
 * A called side has one dialog.  An INVITE that is forked brings the caller an
 * early dialog for each branch that rings, all of one call (RFC 3261 13.1,
 * 13.2.2.1); the first 2xx makes its dialog the call's main one, and further
 * 2xx become calls of their own (13.2.2.4).
 */

/* Early dialogs of one call beside the main one, at most. */
#define EARLY_MAX 64

/* ---- usages ---- */

/* RFC 5057 5.1: the call can't go on in it. */
static void
lose_usage(struct agent_usage *usage, unsigned status)
{
	struct agent_call_usage *u = (struct agent_call_usage *)(void *)usage;

	if (u->call->main == u)
		agent_call_end(
		    u->call, EVENT_NOT_SENT, RULE_USAGE_DIALOG_LOST, status);
	else
		agent_call_end_usage(u, RULE_USAGE_DIALOG_LOST);
}

static const struct agent_usage_ops usage_ops = { .lost = lose_usage };

struct agent_call_usage *
agent_call_usage_in(const struct agent_dialog *d)
{
	if (d == NULL)
		return NULL;
	list_each (struct agent_usage, u, &d->usages, link)
		if (u->ops == &usage_ops && !u->over)
			return (struct agent_call_usage *)(void *)u;
	return NULL;
}

struct agent_call *
agent_call_of(struct agent *agent, const struct msg *m)
{
	struct agent_call_usage *u =
	    agent_call_usage_in(agent_dialog_of(agent, m));

	return u != NULL ? u->call : NULL;
}

static bool
agent_dialog_matches(const struct agent_call_usage *u, const struct msg *m)
{
	return sip_dialog_matches(u->usage.dialog->sip, m);
}

struct agent_call_usage *
agent_call_usage_of(const struct agent_call *c, const struct msg *m)
{
	if (c->main != NULL && agent_dialog_matches(c->main, m))
		return c->main;
	list_each (struct agent_call_usage, u, &c->early, link)
		if (agent_dialog_matches(u, m))
			return u;
	return NULL;
}

bool
agent_call_dialog_is(const struct agent_call *c, enum state_id state)
{
	return c->dialog != NULL && sip_dialog_is(c->dialog->sip, state);
}

static void
set_main(struct agent_call *c, struct agent_call_usage *u)
{
	c->main = u;
	c->dialog = u != NULL ? u->usage.dialog : NULL;
}

static size_t
count_early(const struct agent_call *c)
{
	size_t n = 0;

	list_foreach (node, &c->early) {
		n++;
	}
	return n;
}

int
agent_call_open(struct agent_call *c, struct sip_dialog *sip)
{
	struct agent_call_usage *u = mem_zalloc(1, sizeof(*u));
	int err;

	if (u == NULL) {
		sip_dialog_destroy(sip);
		return ERR_NOMEM;
	}
	u->call = c;
	list_init(&u->link);
	list_init(&u->prack.clients);
	err = agent_dialog_open(c->agent, sip, &u->usage, &usage_ops);
	if (err != 0) {
		mem_free(u);
		return err;
	}
	u->usage.dialog->contact_by = c->contact_by;
	u->usage.dialog->face = c->face;
	agent_dialog_set_self(u->usage.dialog, c->self);
	err = agent_call_offer_split(c, u);
	if (c->main == NULL)
		set_main(c, u);
	else
		list_append(&c->early, &u->link);
	return err;
}

/* 13.2.2.4: the branch that is answered first. */
static void
make_main(struct agent_call *c, struct agent_call_usage *u)
{
	if (u == c->main)
		return;
	list_remove(&u->link);
	list_append(&c->early, &c->main->link);
	set_main(c, u);
}

void
agent_call_prefer(struct agent_call *c, const struct msg *m)
{
	struct agent_call_usage *u = agent_call_usage_of(c, m);

	if (u != NULL)
		make_main(c, u);
}

int
agent_call_take_dialog(
    struct agent_call *c, struct sip_bytes *invite, const struct msg *response)
{
	struct agent_call_usage *u = agent_call_usage_of(c, response);
	bool ok = response->status >= 200;
	struct sip_dialog *sip;
	int err = 0;

	if (u == NULL && !ok && count_early(c) >= EARLY_MAX)
		return ERR_LIMIT;
	if (u == NULL) {
		err = sip_dialog_uac(&sip, c->agent->node->stack,
		    world_read(c->agent->node->world, invite), response);
		if (err == 0)
			err = agent_call_open(c, sip);
		if (err == 0)
			u = agent_call_usage_of(c, response);
	} else if (ok) {
		err = sip_dialog_confirm_uac(u->usage.dialog->sip, response);
	}
	if (u != NULL && c->out.client != NULL)
		u->usage.dialog->realms = c->out.client->realms;
	if (ok && u != NULL)
		make_main(c, u);
	return err;
}

int
agent_call_split(struct agent_call *c, struct agent_call *other,
    struct sip_bytes *invite, const struct msg *response)
{
	struct agent_call_usage *u = agent_call_usage_of(c, response);
	int err;

	if (u != NULL && u != c->main) {
		list_remove(&u->link);
		u->call = other;
		set_main(other, u);
		err = agent_dialog_show(u->usage.dialog);
		if (err != 0)
			return err;
	}
	err = agent_call_take_dialog(other, invite, response);
	if (other->dialog != NULL)
		other->dialog->realms = c->out.client->realms;
	return err;
}

/* ---- end ---- */

static void
free_usage(struct agent_call_usage *u)
{
	agent_offer_free(&u->offer);
	agent_call_sdp_forget_answer(&u->answer);
	sip_sdp_free(&u->sdp);
	agent_prack_stop(u);
	agent_client_drop(u->update.client);
	agent_usage_leave(&u->usage);
	list_remove(&u->link);
	if (u->call->main == u)
		set_main(u->call, NULL);
	mem_free(u);
}

void
agent_call_end_usage(struct agent_call_usage *u, enum rule_id why)
{
	agent_offer_end(&u->offer);
	agent_usage_end(&u->usage, why);
	free_usage(u);
}

void
agent_call_end_branch(
    struct agent_call *c, struct agent_call_usage *u, enum rule_id why)
{
	struct list *next;

	agent_call_end_usage(u, why);
	next = list_first(&c->early);
	if (c->main != NULL || next == NULL)
		return;
	list_remove(next);
	set_main(c, LIST_ENTRY(next, struct agent_call_usage, link));
}

/* ---- one that ends before its INVITE does ---- */

/* RFC 6228 4: a proxy that forks tells the caller by a 199 that one of the
 * phones has refused, that of U; C waits for others where it was the last. */
static void
end_early_dialog(struct agent_call *c, struct agent_call_usage *u)
{
	agent_call_end_branch(c, u, RULE_EARLY_ENDED);
	if (c->main == NULL && c->machine.state == STATE_EARLY)
		agent_call_step(c, EVENT_199, RULE_EARLY_ENDED, 199);
}

/* The usage that IN, a 199, ends, or NULL.  A reliable one is acknowledged in
 * any case, so it makes a dialog to do that in. */
static struct agent_call_usage *
find_usage_of_199(struct agent_call *c, const struct sip_in *in)
{
	struct agent_call_usage *u = agent_call_usage_of(c, in->m);
	int err;

	if (u != NULL || !agent_prack_is_wanted(c, in->m))
		return u;
	err = agent_call_take_dialog(
	    c, agent_client_request(c->out.client), in->m);
	agent_fail_nomem(c->agent, err);
	return agent_call_usage_of(c, in->m);
}

void
agent_call_early_ended(struct agent_call *c, const struct sip_in *in)
{
	struct agent_call_usage *u = find_usage_of_199(c, in);

	if (u == NULL) {
		node_note_drop(c->agent->node, in->recv, TRACE_DROP_UNMATCHED,
		    RULE_EARLY_UNKNOWN);
		return;
	}
	agent_prack_send(c, in->m);
	/* A 199 does not say which usage of a dialog it ends. */
	if (agent_usage_is_alone(&u->usage) &&
	    sip_dialog_is(u->usage.dialog->sip, STATE_EARLY))
		end_early_dialog(c, u);
}

/* ---- all of them ---- */

void
agent_call_end_early(struct agent_call *c, enum rule_id why)
{
	list_each (struct agent_call_usage, u, &c->early, link)
		agent_call_end_usage(u, why);
}

void
agent_call_end_dialogs(struct agent_call *c, enum rule_id why)
{
	if (c->main != NULL)
		agent_call_end_usage(c->main, why);
	agent_call_end_early(c, why);
}

void
agent_call_close_dialogs(struct agent_call *c, enum rule_id why)
{
	agent_offer_end(agent_call_offer(c));
	if (c->main != NULL)
		agent_usage_end(&c->main->usage, why);
	if (c->out.client == NULL || !c->out.client->accepted) {
		agent_call_end_early(c, why);
		return;
	}
	/* 13.2.2.4: whatever becomes of the one that was answered, the others
	 * wait for a 2xx as long as the INVITE's transaction lives. */
	list_each (struct agent_call_usage, u, &c->early, link)
		agent_dialog_hide(u->usage.dialog);
}

void
agent_call_free_dialogs(struct agent_call *c)
{
	list_each (struct agent_call_usage, u, &c->early, link)
		free_usage(u);
	if (c->main != NULL)
		free_usage(c->main);
}

bool
agent_call_can_ask(const struct agent_call *c)
{
	return c->dialog != NULL && !agent_call_dialog_is(c, STATE_MORTAL);
}
