/*
 * The dialogs of a call, and how a call is found by what arrives.
 *
 * A callee has one dialog.  An INVITE that is forked brings the caller an
 * early dialog for each branch that rings, all of one call (RFC 3261 13.1,
 * 13.2.2.1); the first 2xx makes its dialog the call's main one, and further
 * 2xx become calls of their own (13.2.2.4).
 */
#include "agent/call.h"

#include "agent/call_in.h"
#include "base/err.h"
#include "base/mem.h"
#include "rules/rule_names.h"

#include <stddef.h>

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
 * phones has rejected, that of U; C waits for others where it was the last. */
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
