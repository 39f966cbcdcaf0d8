/*
 * The dialogs of a call, and how a call is found by what arrives.
 *
 * A called side has one dialog.  An INVITE that is forked brings the caller an
 * early dialog for each branch that rings, all of one call (RFC 3261 13.1,
 * 13.2.2.1); the first 2xx makes its dialog the call's main one, and further
 * 2xx become calls of their own (13.2.2.4).
 */
#include "agent/call_priv.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"

/* Early dialogs of one call beside the main one, at most. */
#define EARLY_MAX 64

/* ---- keys ---- */

/* The dialog's key, into agent->key: 12, Call-ID, local and remote tag. */
static struct str
write_key(struct agent *agent, struct str call_id, struct str local,
    struct str remote)
{
	buf_clear(&agent->key);
	buf_str(&agent->key, call_id);
	buf_putc(&agent->key, '\n');
	buf_str(&agent->key, local);
	buf_putc(&agent->key, '\n');
	buf_str(&agent->key, remote);
	return buf_view(&agent->key);
}

static struct str
write_dialog_key(struct agent *agent, const struct sip_dialog *d)
{
	return write_key(agent, str_of(d->call_id), str_of(d->local_tag),
	    str_of(d->remote_tag));
}

struct agent_call *
agent_call_of(struct agent *agent, const struct msg *m)
{
	struct str to = msg_tag(msg_value(m, MSG_H_TO));
	struct str from = msg_tag(msg_value(m, MSG_H_FROM));

	/* No dialog of ours is without a tag of ours. */
	if ((m->request ? to.n : from.n) == 0)
		return NULL;
	return map_get(agent->by_dialog,
	    write_key(agent, msg_value(m, MSG_H_CALL_ID),
		m->request ? to : from, m->request ? from : to));
}

static int
listen_to(struct agent_call *c, const struct sip_dialog *d)
{
	struct str key = write_dialog_key(c->agent, d);

	return c->agent->key.err != 0 ? ERR_NOMEM
				      : map_put(c->agent->by_dialog, key, c);
}

int
agent_call_listen(struct agent_call *c)
{
	return listen_to(c, c->dialog);
}

static void
unlisten(struct agent_call *c, const struct sip_dialog *d)
{
	struct str key = write_dialog_key(c->agent, d);

	if (map_get(c->agent->by_dialog, key) == c)
		map_remove(c->agent->by_dialog, key);
}

/* ---- dialogs ---- */

static struct agent_call_early *
find_early(const struct agent_call *c, const struct sip_dialog *d)
{
	list_foreach (node, &c->early) {
		struct agent_call_early *e =
		    LIST_ENTRY(node, struct agent_call_early, link);

		if (e->dialog == d)
			return e;
	}
	return NULL;
}

struct sip_dialog *
agent_call_dialog(const struct agent_call *c, const struct msg *m)
{
	if (c->dialog != NULL && sip_dialog_matches(c->dialog, m))
		return c->dialog;
	list_foreach (node, &c->early) {
		struct agent_call_early *e =
		    LIST_ENTRY(node, struct agent_call_early, link);

		if (sip_dialog_matches(e->dialog, m))
			return e->dialog;
	}
	return NULL;
}

struct agent_call_answer *
agent_call_dialog_answer(struct agent_call *c, const struct msg *m)
{
	struct sip_dialog *d = agent_call_dialog(c, m);
	struct agent_call_early *e = d != NULL ? find_early(c, d) : NULL;

	if (e != NULL)
		return &e->answer;
	return d != NULL ? &c->answer : NULL;
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

/* D is C's now (or freed): as its main one where it has none. */
static int
add_dialog(struct agent_call *c, struct sip_dialog *d)
{
	struct agent_call_early *e;

	if (c->dialog == NULL) {
		c->dialog = d;
		return listen_to(c, d);
	}
	e = mem_zalloc(1, sizeof(*e));
	if (e == NULL) {
		sip_dialog_destroy(d);
		return ERR_NOMEM;
	}
	e->dialog = d;
	list_append(&c->early, &e->link);
	return listen_to(c, d);
}

static void
free_early(struct agent_call_early *e)
{
	list_remove(&e->link);
	mem_free(e);
}

/* 13.2.2.4: the branch that is answered first. */
static void
make_main(struct agent_call *c, struct sip_dialog *d)
{
	struct agent_call_early *e = find_early(c, d);
	struct agent_call_answer answer;

	if (e == NULL)
		return;
	answer = e->answer;
	e->dialog = c->dialog;
	e->answer = c->answer;
	c->dialog = d;
	c->answer = answer;
}

int
agent_call_take_dialog(
    struct agent_call *c, struct sip_bytes *invite, const struct msg *response)
{
	struct sip_dialog *d = agent_call_dialog(c, response);
	bool ok = response->status >= 200;
	int err = 0;

	if (d == NULL && !ok && count_early(c) >= EARLY_MAX)
		return ERR_LIMIT;
	if (d == NULL) {
		err = sip_dialog_uac(&d, c->agent->node->stack,
		    world_read(c->agent->node->world, invite), response);
		if (err == 0)
			err = add_dialog(c, d);
		if (err != 0)
			d = NULL;
	} else if (ok) {
		err = sip_dialog_confirm_uac(d, response);
	}
	if (ok && d != NULL)
		make_main(c, d);
	return err;
}

int
agent_call_split(struct agent_call *c, struct agent_call *other,
    struct sip_bytes *invite, const struct msg *response)
{
	struct sip_dialog *d = agent_call_dialog(c, response);
	struct agent_call_early *e = d != NULL ? find_early(c, d) : NULL;

	if (e != NULL) {
		unlisten(c, d);
		free_early(e);
		other->dialog = d;
		if (listen_to(other, d) != 0)
			return ERR_NOMEM;
	}
	return agent_call_take_dialog(other, invite, response);
}

/* ---- end ---- */

void
agent_call_end_dialog(
    struct agent_call *c, struct sip_dialog *d, enum rule_id why)
{
	struct agent_call_early *e = find_early(c, d);

	sip_dialog_end(d, why);
	unlisten(c, d);
	sip_dialog_destroy(d);
	if (e != NULL) {
		free_early(e);
		return;
	}
	c->dialog = NULL;
	c->answer = (struct agent_call_answer){ 0 };
}

void
agent_call_end_early(struct agent_call *c, enum rule_id why)
{
	list_foreach (node, &c->early) {
		agent_call_end_dialog(c,
		    LIST_ENTRY(node, struct agent_call_early, link)->dialog,
		    why);
	}
}

void
agent_call_end_dialogs(struct agent_call *c, enum rule_id why)
{
	if (c->dialog != NULL)
		agent_call_end_dialog(c, c->dialog, why);
	agent_call_end_early(c, why);
}

void
agent_call_close_dialogs(struct agent_call *c, enum rule_id why)
{
	if (c->dialog != NULL) {
		sip_dialog_end(c->dialog, why);
		unlisten(c, c->dialog);
	}
	if (c->client == NULL || !c->client->accepted) {
		agent_call_end_early(c, why);
		return;
	}
	/* 13.2.2.4: whatever becomes of the one that was answered, the others
	 * wait for a 2xx as long as the INVITE's transaction lives. */
	list_foreach (node, &c->early) {
		unlisten(
		    c, LIST_ENTRY(node, struct agent_call_early, link)->dialog);
	}
}

void
agent_call_free_dialogs(struct agent_call *c)
{
	list_foreach (node, &c->early) {
		struct agent_call_early *e =
		    LIST_ENTRY(node, struct agent_call_early, link);

		unlisten(c, e->dialog);
		sip_dialog_destroy(e->dialog);
		free_early(e);
	}
	if (c->dialog != NULL) {
		unlisten(c, c->dialog);
		sip_dialog_destroy(c->dialog);
		c->dialog = NULL;
	}
}
