/*
 * Subscriptions that go through a box: RFC 6665, RFC 3515.  A SUBSCRIBE, or a
 * REFER, outside of calls makes a dialog on either side; a request in the one
 * goes on in the other, until a NOTIFY ends the subscription.  The far side's
 * dialog is that which its first NOTIFY makes (RFC 6665 4.4.1), so it need not
 * wait for the 2xx.
 */
#include "pair/pair_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "msg/usages.h"
#include "node/timer.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

#include <assert.h>
#include <stddef.h>

/* The near side is who has asked. */
enum { NEAR, FAR };

struct track_side {
	struct agent_usage usage; /* first; without a dialog at first */
	struct pair_track *track;
};

struct pair_track {
	struct list link; /* in pairs->asked until a NOTIFY came, else in
			     pairs->tracks */
	struct pairs *pairs;
	struct track_side sides[2];
	struct sip_bytes *request; /* the near side's, until its dialog is
				      there */
	char *near_tag;            /* the box's towards the near side */
	/* Of the request to the far side; no Call-ID: it was within a call, as
	 * whose dialogs' usages it lives on when that is over (RFC 5057 5.5).
	 */
	char *call_id, *tag;
	sim_event expiry; /* its end was not reported in time */
};

/* Seconds of a subscription that says no time: RFC 3515 2.4.4, 6665 4.1.2.2. */
#define HOUR_S 3600

static_assert(offsetof(struct track_side, usage) == 0, "a usage comes first");

static void on_expiry(void *arg);

static const struct node_timer expiry = { "expire", RULE_SUBSCRIBE_EXPIRED,
	on_expiry, NULL };

/* Without a word: its dialogs may be gone already. */
static void
release_track(struct pair_track *t)
{
	sim_cancel(agent_sim(&t->pairs->agent), t->expiry);
	pair_passed_leave(t->pairs, t);
	list_remove(&t->link);
	for (int i = 0; i < 2; i++)
		agent_usage_leave(&t->sides[i].usage);
	sip_bytes_unref(t->request);
	mem_free(t->near_tag);
	mem_free(t->call_id);
	mem_free(t->tag);
	mem_free(t);
}

static void
free_track(struct pair_track *t)
{
	node_timer_stop(t->pairs->agent.node, &t->expiry, &expiry, t->near_tag);
	for (int i = 0; i < 2; i++)
		agent_usage_end(&t->sides[i].usage, RULE_PAIR_OVER);
	release_track(t);
}

void
pair_track_drop(struct pair_track *t)
{
	free_track(t);
}

void
pair_tracks_end(struct pairs *pairs)
{
	list_each (struct pair_track, t, &pairs->asked, link)
		release_track(t);
	list_each (struct pair_track, t, &pairs->tracks, link)
		release_track(t);
}

/* RFC 6665 4.1.2.4, 4.2.1.4: neither side counts on it any more. */
static void
on_expiry(void *arg)
{
	struct pair_track *t = arg;

	node_timer_fired(
	    t->pairs->agent.node, &t->expiry, &expiry, t->near_tag);
	free_track(t);
}

/* NOTIFY with PARAMS in its Subscription-State: T lives for so long, and until
 * the NOTIFY that ends it can't come any more. */
static void
pair_track_note_time(struct pair_track *t, struct str params)
{
	struct node *n = t->pairs->agent.node;
	struct str value;
	uint32_t seconds = HOUR_S;

	if (msg_param(params, "expires", &value) &&
	    str_u32(value, &seconds) != 0)
		seconds = HOUR_S;
	node_timer_set(n, &t->expiry, &expiry, t->near_tag,
	    sim_now(node_sim(n)) + (int64_t)seconds * SIM_S + SIP_64T1_NS, t);
}

/* RFC 5057 5.1: the dialog of one side is gone. */
static void
lose_side(struct agent_usage *usage, unsigned status)
{
	(void)status;
	free_track(((struct track_side *)(void *)usage)->track);
}

static const struct agent_usage_ops usage_ops = { .lost = lose_side };

/* ---- it begins ---- */

/* IN, which is to make dialogs on both sides; NULL: no memory. */
static struct pair_track *
create_track(struct pairs *pairs, const struct sip_in *in)
{
	struct pair_track *t = mem_zalloc(1, sizeof(*t));
	struct sip_stack *stack = pairs->agent.node->stack;

	if (t == NULL)
		return NULL;
	list_init(&t->link);
	t->pairs = pairs;
	for (int i = 0; i < 2; i++) {
		list_init(&t->sides[i].usage.link);
		t->sides[i].track = t;
	}
	t->near_tag = sip_stack_new_token(stack, SIP_STREAM_TAG, 8);
	t->tag = sip_stack_new_token(stack, SIP_STREAM_TAG, 8);
	t->request = sip_bytes_ref(in->bytes);
	if (t->near_tag == NULL || t->tag == NULL) {
		free_track(t);
		return NULL;
	}
	list_append(&pairs->asked, &t->link);
	return t;
}

struct pair_track *
pair_track_within(
    struct pair_leg *near, struct pair_leg *far, const struct sip_in *in)
{
	struct pairs *pairs = pairs_of(near->call.agent);
	struct pair_track *t = create_track(pairs, in);

	if (t == NULL)
		return NULL;
	agent_dialog_join(near->call.dialog, &t->sides[NEAR].usage, &usage_ops);
	agent_dialog_join(far->call.dialog, &t->sides[FAR].usage, &usage_ops);
	list_remove(&t->link);
	list_append(&pairs->tracks, &t->link);
	return t;
}

/* By what the NOTIFY that answers R is known. */
static int
pair_track_keep_names(struct pair_track *t, const struct agent_request *r)
{
	const struct msg *m = world_read(t->pairs->agent.node->world, r->bytes);
	struct str id = msg_value(m, MSG_H_CALL_ID);

	t->call_id = mem_dup(id.p, id.n);
	return t->call_id != NULL ? 0 : ERR_NOMEM;
}

void
pair_track(struct agent *agent, const struct sip_in *in)
{
	struct pairs *pairs = pairs_of(agent);
	struct pair_target to = PAIR_TARGET_INIT;
	struct agent_request r = { .contact = AGENT_CONTACT_WAY };
	struct pair_track *t = NULL;
	int err;

	if (!pair_aim(pairs, in, &to)) {
		pair_target_free(&to);
		return;
	}
	t = create_track(pairs, in);
	err = t == NULL ? ERR_NOMEM
			: pair_build_outside(
			      pairs, in, &to, str_of(t->tag), STR_NULL, &r);
	if (err == 0)
		err = pair_track_keep_names(t, &r);
	if (err == 0)
		err = pair_send_on(pairs, in, &r, t, NULL);
	if (err != 0) {
		pair_refuse_passing(pairs, in, err);
		if (t != NULL)
			free_track(t);
	}
	sip_bytes_unref(r.bytes);
	pair_target_free(&to);
}

/* ---- its dialogs ---- */

/* The near side's dialog, made of its request, by EVENT; where it is there
 * nothing is done.  0, ERR_NOMEM, ERR_SYNTAX. */
static int
open_near(struct pair_track *t, enum event_id event)
{
	struct agent *agent = &t->pairs->agent;
	int err;

	if (t->sides[NEAR].usage.dialog != NULL)
		return 0;
	err = agent_dialog_accept(agent,
	    world_read(agent->node->world, t->request), str_of(t->near_tag),
	    event, &t->sides[NEAR].usage, &usage_ops);
	if (err == 0) {
		sip_bytes_unref(t->request);
		t->request = NULL;
	}
	return err;
}

/* ASKED is what T's dialogs are to come of, not a refresh within them. */
static bool
is_beginning(const struct pair_track *t, const struct sip_in *asked)
{
	return t->call_id == NULL ? asked->m->method == MSG_REFER
				  : msg_tag_of(asked->m, MSG_H_TO).n == 0;
}

void
pair_track_refused(
    struct pair_track *t, const struct sip_in *asked, unsigned status)
{
	/* A refresh that fails leaves it, except for what ends the subscription
	 * (RFC 5057 5.1). */
	if (is_beginning(t, asked) ||
	    msg_method_effect(asked->m->method, status) != MSG_ENDS_NOTHING)
		free_track(t);
}

void
pair_track_answer(struct pair_track *t, const struct sip_in *asked,
    const struct msg *m, struct sip_response_spec *spec)
{
	/* RFC 4488 4: nothing will be told of it. */
	struct str silent = STR_NULL;
	const struct msg_field *f = msg_field_named(m, "Refer-Sub", 0);
	int err;

	if (f != NULL)
		silent = f->value;
	if (m->status >= 300 || str_iis(silent, "false")) {
		pair_track_refused(t, asked, m->status);
		return;
	}
	if (!is_beginning(t, asked) || t->call_id == NULL)
		return;
	err = open_near(t, EVENT_2XX_SENT);
	spec->to_tag = str_of(t->near_tag);
	spec->record_route = true;
	agent_fail_nomem(&t->pairs->agent, err);
}

/* Whose dialog the NOTIFY M makes, or NULL. */
static struct pair_track *
pair_track_find_asked(const struct pairs *pairs, const struct msg *m)
{
	struct str id = msg_value(m, MSG_H_CALL_ID);
	struct str tag = msg_tag_of(m, MSG_H_TO);

	list_each (struct pair_track, t, &pairs->asked, link)
		if (t->call_id != NULL && str_is(id, t->call_id) &&
		    str_is(tag, t->tag))
			return t;
	return NULL;
}

/* IN goes on in the other dialog of T than that of SIDE. */
static void
pair_track_go_on(struct pair_track *t, int side, const struct sip_in *in)
{
	struct pairs *pairs = t->pairs;
	struct agent_dialog *d = t->sides[!side].usage.dialog;
	struct str state = msg_value(in->m, MSG_H_SUBSCRIPTION_STATE), params;
	bool told = in->m->method == MSG_NOTIFY;
	bool ends =
	    str_iis(msg_cut_params(state, &params), "terminated") && told;
	int err;

	if (!pair_may_go_on(pairs, in))
		return;
	if (told && !ends)
		pair_track_note_time(t, params);
	err = d == NULL ? ERR_NOTFOUND : pair_send_within(pairs, in, d, t);
	if (err != 0)
		pair_refuse_passing(pairs, in, err);
	if (ends)
		free_track(t);
}

void
pair_tracked(struct agent *agent, const struct sip_in *in)
{
	struct pairs *pairs = pairs_of(agent);
	struct pair_track *t = pair_track_find_asked(pairs, in->m);
	int err;

	if (t == NULL) {
		node_answer(agent->node, in, 481, RULE_DIALOG_NONE);
		return;
	}
	err = agent_dialog_accept(agent, in->m, str_of(t->tag), EVENT_NOTIFY,
	    &t->sides[FAR].usage, &usage_ops);
	if (err == 0) {
		list_remove(&t->link);
		list_append(&pairs->tracks, &t->link);
		t->sides[FAR].usage.dialog->sip->local_cseq = 1;
		err = open_near(t, EVENT_NOTIFY);
	}
	if (err == 0)
		pair_track_go_on(t, FAR, in);
	else
		pair_refuse_passing(pairs, in, err);
}

bool
pair_in_track(
    struct agent *agent, struct agent_dialog *d, const struct sip_in *in)
{
	(void)agent;
	/* RFC 5057 5.1: a call that shared its dialog with it is over. */
	if (msg_usage_method_find(in->m->method, MSG_USAGE_INVITE) != NULL)
		return false;
	list_each (struct agent_usage, u, &d->usages, link) {
		struct track_side *side = (struct track_side *)(void *)u;

		if (u->ops != &usage_ops || u->over)
			continue;
		pair_track_go_on(
		    side->track, (int)(side - side->track->sides), in);
		return true;
	}
	return false;
}
