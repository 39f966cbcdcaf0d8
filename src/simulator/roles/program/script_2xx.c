/*
 * A 2xx with which a program has answered an INVITE goes out again until its
 * ACK comes (RFC 3261 13.3.1.4): no transaction does that, and no program shall
 * have to.
 */
#include "roles/program/script_in.h"

#include "msg/parts.h"
#include "node/timer.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

static void fire_again(void *arg);
static const struct node_timer again = { "2xx", RULE_INVITE_2XX_AGAIN,
	fire_again, NULL };

static void
plan_again(struct script_request *r)
{
	struct node *n = r->thing.script->agent.node;
	int64_t due = sim_now(node_sim(n)) + r->ok.interval;

	node_timer_set(n, &r->ok.again, &again, n->name, due, r);
}

void
script_2xx_unacked(struct script_request *r)
{
	struct script *s = r->thing.script;
	struct sip_bytes *ok = r->ok.bytes;
	struct script_news news = { .event = SCRIPT_ON_UNACKED };

	if (ok == NULL)
		return;
	sip_bytes_ref(ok);
	node_timer_stop(
	    s->agent.node, &r->ok.again, &again, s->agent.node->name);
	script_2xx_stop(r);
	news.m = world_read(s->agent.node->world, ok);
	script_tell(s, &news);
	sip_bytes_unref(ok);
}

static void
fire_again(void *arg)
{
	struct script_request *r = arg;
	struct node *n = r->thing.script->agent.node;
	struct sip_origin why = { RULE_INVITE_2XX_AGAIN, 0 };

	node_timer_fired(n, &r->ok.again, &again, n->name);
	if (sim_now(node_sim(n)) >= r->ok.deadline) {
		script_2xx_unacked(r);
		return;
	}
	r->ok.interval *= 2;
	if (r->ok.interval > SIP_T2_NS)
		r->ok.interval = SIP_T2_NS;
	plan_again(r);
	/* R may be over after this. */
	sip_server_respond(r->tr, r->ok.bytes, &why);
}

void
script_2xx_start(struct script_request *r, struct sip_bytes *ok)
{
	r->ok.bytes = sip_bytes_ref(ok);
	list_append(&r->thing.script->unacked, &r->ok.link);
	r->ok.interval = SIP_T1_NS;
	r->ok.deadline =
	    sim_now(node_sim(r->thing.script->agent.node)) + SIP_64T1_NS;
	plan_again(r);
}

void
script_2xx_stop(struct script_request *r)
{
	struct node *n = r->thing.script->agent.node;

	list_remove(&r->ok.link);
	sim_cancel(node_sim(n), r->ok.again);
	r->ok.again = 0;
	sip_bytes_unref(r->ok.bytes);
	r->ok.bytes = NULL;
}

/* ACK is for the 2xx OK: of the same dialog, with its number (13.2.2.4). */
static bool
is_acked(const struct msg *ack, const struct msg *ok)
{
	struct msg_cseq one, other;

	return msg_cseq_read(msg_value(ack, MSG_H_CSEQ), &one) == 0 &&
	       msg_cseq_read(msg_value(ok, MSG_H_CSEQ), &other) == 0 &&
	       one.number == other.number &&
	       str_eq(msg_value(ack, MSG_H_CALL_ID),
		   msg_value(ok, MSG_H_CALL_ID)) &&
	       str_eq(msg_tag_of(ack, MSG_H_TO), msg_tag_of(ok, MSG_H_TO));
}

void
script_2xx_acked(struct script *s, const struct msg *ack)
{
	struct node *n = s->agent.node;

	list_each (struct script_request, r, &s->unacked, ok.link) {
		if (!is_acked(ack, world_read(n->world, r->ok.bytes)))
			continue;
		node_timer_stop(n, &r->ok.again, &again, n->name);
		script_2xx_stop(r);
	}
}
