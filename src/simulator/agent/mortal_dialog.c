/* Dialogs after a BYE; see agent/mortal_dialog.h. */
#include "agent/mortal_dialog.h"

#include "base/mem.h"
#include "rules/rule_names.h"

struct agent_mortal {
	struct agent_usage usage;
	struct list link;         /* in agent->mortals */
	struct list received;     /* BYEs that came */
	struct agent_client *bye; /* this side's, once its call is over */
	unsigned byes;            /* whose transactions live, of either side */
	bool sent;                /* one of them is this side's */
};

/* A BYE that came, while its transaction lives. */
struct received {
	struct list link;
	struct agent_mortal *mortal;
	struct sip_transaction *tr;
};

/* ---- life ---- */

static void
free_received(struct received *r)
{
	list_remove(&r->link);
	mem_free(r);
}

static void
free_mortal(struct agent_mortal *m)
{
	list_each (struct received, r, &m->received, link) {
		sip_transaction_set_user(r->tr, NULL, NULL);
		free_received(r);
	}
	agent_client_drop(m->bye);
	list_remove(&m->link);
	agent_usage_leave(&m->usage);
	mem_free(m);
}

/* RFC 5057 5.1: another usage has found that the dialog is gone. */
static void
lose_mortal(struct agent_usage *u, unsigned status)
{
	(void)status;
	free_mortal((struct agent_mortal *)(void *)u);
}

static const struct agent_usage_ops usage_ops = { .lost = lose_mortal };

struct agent_mortal *
agent_mortal_in(const struct agent_dialog *d)
{
	list_each (struct agent_usage, u, &d->usages, link)
		if (u->ops == &usage_ops && !u->over)
			return (struct agent_mortal *)(void *)u;
	return NULL;
}

/* One BYE more.  NULL when out of memory. */
static struct agent_mortal *
mortal_add_bye(struct agent_dialog *d)
{
	struct agent_mortal *m = agent_mortal_in(d);

	if (m == NULL) {
		m = mem_zalloc(1, sizeof(*m));
		if (m == NULL) {
			agent_fail_memory(d->agent);
			return NULL;
		}
		list_init(&m->received);
		list_append(&d->agent->mortals, &m->link);
		agent_dialog_join(d, &m->usage, &usage_ops);
		m->usage.mortal = true;
	}
	m->byes++;
	return m;
}

void
agent_mortal_release(struct agent_mortal *m)
{
	if (m == NULL || --m->byes > 0)
		return;
	agent_usage_end(&m->usage, RULE_DIALOG_MORGUE);
	free_mortal(m);
}

/* RFC 5407 2: no new request may be sent in D.  Pending requests get their
 * answers and do not go out again; but a BYE does, with credentials (appendix
 * D). */
static void
end_requests(struct agent_dialog *d)
{
	list_each (struct agent_client, q, &d->clients, within)
		if (world_read(d->agent->node->world, q->base)->method !=
		    MSG_BYE)
			agent_client_orphan(q);
}

/* No other usage needs the dialog of SESSION, which a BYE ends. */
static void
step_dialog(
    const struct agent_usage *session, enum event_id event, enum rule_id why)
{
	struct agent_dialog *d = session->dialog;

	if (!agent_usage_is_alone(session) ||
	    sip_dialog_is(d->sip, STATE_MORTAL))
		return;
	sip_dialog_step(d->sip, event, why);
	end_requests(d);
}

/* ---- this side's BYE ---- */

struct agent_mortal *
agent_mortal_hold(struct agent_dialog *d, const struct agent_usage *session,
    enum event_id event, enum rule_id why)
{
	struct agent_mortal *m = mortal_add_bye(d);

	if (session != NULL)
		step_dialog(session, event, why);
	return m;
}

/* SESSION's BYE goes out, by WHY; agent_mortal_leave when its transaction has
 * ended, or agent_mortal_take before. */
void
agent_mortal_begin(struct agent_usage *session, enum rule_id why)
{
	struct agent_mortal *m =
	    agent_mortal_hold(session->dialog, session, EVENT_BYE_SENT, why);

	if (m != NULL)
		m->sent = true;
}

/* The transaction of D's own BYE has ended, or never was. */
void
agent_mortal_leave(struct agent_dialog *d)
{
	struct agent_mortal *m = agent_mortal_in(d);

	if (m == NULL || !m->sent)
		return;
	m->sent = false;
	agent_mortal_release(m);
}

static void
release_after_bye(struct agent_client *q, void *arg)
{
	(void)q;
	agent_mortal_release(arg);
}

static const struct agent_client_ops mortal_bye_ops = { .ended =
							    release_after_bye };

void
agent_mortal_take(struct agent_dialog *d, struct agent_client *q)
{
	struct agent_mortal *m = d != NULL ? agent_mortal_in(d) : NULL;

	if (m == NULL || !m->sent || q == NULL)
		agent_client_drop(q);
	else
		agent_client_pass(q, &mortal_bye_ops, m, &m->bye);
}

/* ---- the other side's ---- */

static void
received_ended(struct sip_transaction *tr, void *arg)
{
	struct received *r = arg;
	struct agent_mortal *m = r->mortal;

	(void)tr;
	free_received(r);
	agent_mortal_release(m);
}

static const struct sip_transaction_ops received_ops = {
	.ended = received_ended,
};

/* TR, of a BYE that came, is waited for. */
static void
keep_received(struct agent_mortal *m, struct sip_transaction *tr)
{
	struct received *r = mem_zalloc(1, sizeof(*r));

	if (r == NULL) {
		agent_fail_memory(m->usage.dialog->agent);
		return;
	}
	r->mortal = m;
	r->tr = tr;
	list_append(&m->received, &r->link);
	m->byes++;
	sip_transaction_set_user(tr, &received_ops, r);
}

void
agent_mortal_answer(struct agent_dialog *d, const struct agent_usage *session,
    const struct sip_in *in)
{
	/* Held here: the transaction may be over with its answer. */
	struct agent_mortal *m = mortal_add_bye(d);

	if (m != NULL)
		keep_received(m, in->tr);
	node_answer(d->agent->node, in, 200, RULE_BYE_RECV);
	if (session != NULL)
		step_dialog(session, EVENT_BYE, RULE_DIALOG_BYE_RECV);
	agent_mortal_release(m);
}

void
agent_mortals_end(struct agent *agent)
{
	list_each (struct agent_mortal, m, &agent->mortals, link)
		free_mortal(m);
}
