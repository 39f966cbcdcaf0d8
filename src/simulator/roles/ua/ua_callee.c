/*
 * Which INVITEs become a call of a phone, and what it does then: it rings,
 * answers after a time, refuses, waits for a line, as its attributes say.
 * RFC 3261 13.3.
 */
#include "roles/ua/ua.h"

#include "base/err.h"
#include "msg/parts.h"
#include "node/users.h"
#include "rules/rule_names.h"

#include <string.h>

/* How long it rings where `forward_no_answer` says what comes then, and
 * `no_answer` not when. */
#define UA_PATIENCE (20 * SIM_S)

static int
refuse_call(
    struct agent_call *c, const struct agent_refusal *r, struct str reason)
{
	struct sip_response_spec spec = {
		.status = r->status,
		.reason = reason,
		.contact = r->contact,
		.headers = r->headers,
		.nheaders = r->nheaders,
		.content_type = r->content_type,
		.body = r->body,
	};

	if (r->text.err == 0)
		return agent_call_refuse(c, &spec, r->why);
	agent_fail_memory(c->agent);
	return r->text.err;
}

/* ---- what happens by itself ---- */

static void
answer_by_itself(struct agent_call *c)
{
	agent_note_act(c->agent, "answer", c->name);
	agent_call_answer(c);
}

/* The attribute `answer`, after so long. */
void
ua_fire_answer(struct agent_call *c)
{
	answer_by_itself(c);
}

/* The attribute `no_answer`. */
void
ua_fire_no_answer(struct agent_call *c)
{
	unsigned status = agent_refusal_status(c->agent, 480);
	struct agent_refusal r = { .text = BUF_INIT };

	if (ua_send_elsewhere(ua_of(c), "forward_no_answer", &r)) {
		agent_note_act(c->agent, "redirect", c->name);
		refuse_call(c, &r, STR_NULL);
		buf_free(&r.text);
		return;
	}
	agent_note_act(c->agent, "reject", c->name);
	agent_call_reject(c, status, NULL,
	    status >= 600 ? RULE_INVITE_EVERYWHERE : RULE_INVITE_UNANSWERED);
}

/* The attribute `forward_no_answer`, where the phone obeys it. */
static bool
forwards_unanswered(const struct agent_call *c)
{
	struct agent_refusal r = { .text = BUF_INIT };
	bool forwards = ua_send_elsewhere(ua_of(c), "forward_no_answer", &r);

	buf_free(&r.text);
	return forwards;
}

/* There is a line for the call: the phone rings, or answers at once, and then
 * nobody needs to hear that it rings (13.3.1.1). */
static void
give_line(struct agent_call *c)
{
	const struct node *n = c->agent->node;
	const char *answer = node_attr(n, "answer", NULL);
	const char *progress = node_attr(n, "progress", "180");
	int64_t after = node_attr_time(n, "answer", 2 * SIM_S);
	int64_t patience = node_attr_time(n, "no_answer", -1);
	int64_t now = sim_now(agent_sim(c->agent));
	/* Who has a script, or gives up at some time, has no habit of
	 * answering but what the topology says. */
	bool answers = answer != NULL ? strcmp(answer, "never") != 0
				      : !ua_call_of(c)->watched && patience < 0;

	if (patience < 0 && forwards_unanswered(c))
		patience = UA_PATIENCE;
	ua_queue_leave(c);
	if (answer != NULL && answers && after == 0) {
		answer_by_itself(c);
		return;
	}
	if (strcmp(progress, "none") == 0)
		agent_call_plan_100(c);
	else if (agent_call_ring(c, strcmp(progress, "183") == 0 ? 183 : 180) !=
		 0)
		return;
	if (answers)
		ua_timer_set(c, UA_TIMER_ANSWER, now + after);
	if (patience >= 0)
		ua_timer_set(c, UA_TIMER_NO_ANSWER, now + patience);
}

static void
join_queue(struct agent_call *c)
{
	struct ua_call *u = ua_call_of(c);

	u->queued = true;
	list_append(&ua_of(c)->queue, &u->in_queue);
	ua_of(c)->nqueue++;
}

void
ua_queue_leave(struct agent_call *c)
{
	struct ua_call *u = ua_call_of(c);

	if (!u->queued)
		return;
	u->queued = false;
	list_remove(&u->in_queue);
	ua_of(c)->nqueue--;
}

void
ua_line_free(struct ua *ua)
{
	struct list *first = list_first(&ua->queue);
	struct agent_call *c;

	if (first == NULL)
		return;
	c = &LIST_ENTRY(first, struct ua_call, in_queue)->call;
	if (!ua_is_full(ua, c))
		give_line(c);
}

static void
tell_script(struct agent_call *c)
{
	const struct world_watch *watch = &c->agent->node->world->watch;

	ua_call_of(c)->watched =
	    watch->incoming != NULL &&
	    watch->incoming(c->agent->node->name, c->name, watch->arg);
}

static void
follow_settings(struct agent_call *c, int64_t expires_s)
{
	struct agent_refusal r;

	ua_judge_call(ua_of(c), c, &r);
	if (r.status != 0) {
		refuse_call(c, &r, STR_NULL);
		buf_free(&r.text);
		return;
	}
	if (expires_s >= 0)
		agent_call_timer_set(c, AGENT_CALL_TIMER_EXPIRES,
		    sim_now(agent_sim(c->agent)) + expires_s * SIM_S);
	if (!ua_is_full(ua_of(c), c)) {
		give_line(c);
		return;
	}
	/* 21.1.4: no line is free, but one will be. */
	join_queue(c);
	agent_call_ring(c, 182);
}

/* ---- a call comes in ---- */

/* RFC 3891 3: nobody is asked, and no line is needed; RFC 3911 4: who is to be
 * heard by others, too, is let in by whoever answers the phone. */
static void
take_place(
    struct agent_call *c, struct agent_call *old, const struct sip_in *in)
{
	agent_place_claim(c, old, in);
	if (!agent_place_is_sure(c))
		give_line(c);
	else if (agent_call_answer(c) == 0)
		agent_place_answered(c);
}

/* OLD: the call that IN is about, or NULL. */
static void
new_call(struct ua *ua, const struct sip_in *in, struct agent_call *old)
{
	struct agent_call *c = agent_call_invited(&ua->agent, &ua_call_ops, in);
	uint32_t expires;
	bool limited = str_u32(msg_value(in->m, MSG_H_EXPIRES), &expires) == 0;

	if (c == NULL)
		return;
	tell_script(c);
	if (old != NULL)
		take_place(c, old, in);
	else
		follow_settings(c, limited ? (int64_t)expires : -1);
}

/* RFC 5359 2.13: calls are to come through the proxy that screens them; 21.3.4:
 * from anybody else that one has to be used. */
static bool
sent_past_proxy(struct ua *ua, const struct sip_in *in)
{
	struct node *n = ua->agent.node;
	const struct node *proxy =
	    world_find(n->world, node_attr(n, "use_proxy", ""));
	struct buf contact = BUF_INIT;

	if (proxy == NULL || node_has_addr(proxy, &in->src))
		return false;
	node_write_address(node_face_toward(proxy, &in->src), "", &contact);
	node_reply_field(n, in, 305, "Contact", &contact, RULE_REDIRECT_305);
	return true;
}

/* RFC 3325 8: who calls, as far as the network knows; for a phone that says
 * whom it trusts. */
static void
note_asserted(const struct node *n, const struct sip_in *in)
{
	bool trusted = node_trusts(n, &in->src);
	struct str who = node_asserted_in(in->m);
	struct buf text = BUF_INIT;

	if (!node_has_trust(n) || who.n == 0)
		return;
	buf_puts(&text,
	    trusted ? "P-Asserted-Identity: " : "P-Asserted-Identity unused: ");
	buf_str(&text, who);
	node_note(
	    n, trusted ? RULE_IDENTITY_SHOWN : RULE_IDENTITY_IGNORED, &text);
}

void
ua_invited(struct agent *agent, const struct sip_in *in)
{
	struct ua *ua = (struct ua *)(void *)agent;
	struct agent_call *old;

	if (sent_past_proxy(ua, in) || agent_refuse_extensions(agent, in) ||
	    agent_refuse_request(agent, in))
		return;
	note_asserted(agent->node, in);
	if (agent_place_of(agent, in, &old))
		new_call(ua, in, old);
}
