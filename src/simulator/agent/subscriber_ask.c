/*
 * The messages of a subscription at the side that asks: SUBSCRIBEs sent (RFC
 * 6665 4.1.2) and NOTIFYs that come (4.1.3).
 */

#include "agent/notifier.h"
#include "agent/refer.h"
#include "agent/subscriber.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "msg/usages.h"
#include "node/locate.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

/* ---- responses ---- */

static enum event_id
find_subscribe_event(const struct agent_subscriber *s, enum rule_id why)
{
	if (s->refers)
		return EVENT_REFER_SENT;
	if (why == RULE_REDIAL_SUBSCRIBE && !agent_subscriber_lives(s))
		return EVENT_REDIAL;
	if (why == RULE_CONFERENCE_ASK)
		return EVENT_ISFOCUS;
	return why == RULE_SUBSCRIBE_STOP &&
		       !agent_subscriber_is(s, STATE_NOTIFY_WAIT)
		   ? EVENT_UNSUBSCRIBE
		   : EVENT_SUBSCRIBE;
}

static void
subscribe_sending(struct agent_client *q, void *arg)
{
	struct agent_subscriber *s = arg;

	if (s->usage.dialog == NULL || s->refers)
		s->cseq = q->number;
	if (q->attempts > 0)
		return;
	agent_subscriber_step(s, find_subscribe_event(s, q->why), q->why);
}

/* 4.1.2.4: its NOTIFY has as much time from whichever server it goes to. */
static void
subscribe_sent(struct agent_client *q, void *arg)
{
	(void)q;
	agent_subscriber_await(arg);
}

/* From one that has failed none is waited for. */
static void
subscribe_again(
    struct agent_client *q, unsigned status, enum rule_id why, void *arg)
{
	(void)q, (void)why;
	if (status == 408 || status == 503)
		agent_subscriber_timer_stop(arg, AGENT_SUBSCRIBER_TIMER_NOTIFY);
}

/* 8.2.1, 21.4.17: asked again with what the notifier wants at least. */
static bool
ask_for_longer(struct agent_subscriber *s, const struct msg *m)
{
	uint32_t least;

	if (s->refers ||
	    !agent_package_wants_longer(m, s->asked_s, &s->longer, &least))
		return false;
	return agent_subscriber_refresh(s, least, RULE_SUBSCRIBE_LONGER) == 0;
}

/* The request has failed with STATUS, which is EVENT by WHY to a subscription
 * that was not there yet: that may end the subscription, or all that shares its
 * dialog; a refresh that only failed leaves it to run out (4.1.2.2). */
static void
handle_failed_subscribe(struct agent_subscriber *s, unsigned status,
    enum event_id event, enum rule_id why)
{
	enum msg_effect effect = msg_usage_effect(status);
	struct agent_dialog *d = s->usage.dialog;

	if (s->refers || agent_subscriber_is(s, STATE_NOTIFY_WAIT)) {
		agent_subscriber_end(s, event, why, status);
		return;
	}
	if (effect == MSG_ENDS_NOTHING && !s->unwanted) {
		agent_subscriber_refused(s);
		return;
	}
	if (effect == MSG_ENDS_DIALOG)
		agent_dialog_lose(d, &s->usage, status, RULE_USAGE_DIALOG_LOST);
	agent_subscriber_end(s, event,
	    effect == MSG_ENDS_DIALOG   ? RULE_USAGE_DIALOG_LOST
	    : why == RULE_REFER_REFUSED ? RULE_USAGE_LOST
					: why,
	    status);
}

/* 4.1.2.3 */
static void
send_unsubscribe(struct agent_subscriber *s)
{
	if (agent_subscriber_refresh(s, 0, RULE_SUBSCRIBE_STOP) != 0)
		agent_subscriber_end(s, EVENT_STOP, RULE_SUBSCRIBE_STOP, 0);
}

/* M, a 2xx, grants that nothing is told (RFC 4488 4), and nothing was yet: S is
 * over, and freed. */
static bool
ends_silently(struct agent_subscriber *s, const struct msg *m)
{
	if (!s->silent || !agent_refer_sub_is_off(m) ||
	    !agent_subscriber_is(s, STATE_NOTIFY_WAIT))
		return false;
	agent_subscriber_end(
	    s, EVENT_2XX_NO_REFER_SUB, RULE_REFER_UNHEARD, m->status);
	return true;
}

/* A 2xx to SUBSCRIBE says for how long (4.1.2.1). */
static void
handle_accepted_subscribe(struct agent_subscriber *s, const struct msg *m)
{
	uint32_t seconds;

	if (s->ops->accepted != NULL)
		s->ops->accepted(s, m->status);
	if (ends_silently(s, m))
		return;
	s->longer = 0;
	if (!s->refers && str_u32(msg_value(m, MSG_H_EXPIRES), &seconds) == 0 &&
	    seconds > 0 && seconds < s->asked_s)
		s->asked_s = seconds;
	if (agent_subscriber_is(s, STATE_NOTIFY_WAIT))
		agent_subscriber_step(s, EVENT_2XX,
		    s->silent ? RULE_REFER_SUB_KEPT : RULE_REFER_2XX);
	else if (s->unwanted && s->usage.dialog != NULL && s->asked_s != 0)
		send_unsubscribe(s);
}

static void
handle_refused_subscribe(struct agent_subscriber *s, const struct msg *m)
{
	s->after_s = 0;
	node_retry_after(m, &s->after_s);
	handle_failed_subscribe(
	    s, m->status, EVENT_300_699, RULE_REFER_REFUSED);
}

static void
subscribe_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct agent_subscriber *s = arg;
	unsigned status = in->m->status;

	if (status < 200)
		return;
	s->realms = q->realms;
	if (s->usage.dialog != NULL)
		s->usage.dialog->realms = q->realms;
	if (!agent_subscriber_lives(s))
		return;
	if (status < 300)
		handle_accepted_subscribe(s, in->m);
	else if (!ask_for_longer(s, in->m))
		handle_refused_subscribe(s, in->m);
}

static void
subscribe_failed(struct agent_client *q, unsigned status, void *arg)
{
	struct agent_subscriber *s = arg;

	(void)q;
	if (agent_subscriber_lives(s))
		handle_failed_subscribe(s, status, EVENT_TIMEOUT,
		    status == 408 ? RULE_UAC_408 : RULE_UAC_503);
}

static const struct agent_client_ops subscribe_ops = {
	.sending = subscribe_sending,
	.sent = subscribe_sent,
	.again = subscribe_again,
	.response = subscribe_response,
	.failed = subscribe_failed,
};

/* ---- how the first NOTIFY is known ---- */

struct agent_subscriber *
agent_subscriber_asked(struct agent *agent, const struct msg *m)
{
	return map_get(
	    agent->by_ask, agent_write_key(agent, msg_value(m, MSG_H_CALL_ID),
			       msg_tag_of(m, MSG_H_TO), STR_NULL));
}

void
agent_subscriber_forget_ask(struct agent_subscriber *s)
{
	struct str key;

	if (s->call_id == NULL || s->tag == NULL)
		return;
	key = agent_write_key(
	    s->agent, str_of(s->call_id), str_of(s->tag), STR_NULL);
	if (map_get(s->agent->by_ask, key) == s)
		map_remove(s->agent->by_ask, key);
}

/* R is about to go out outside of dialogs: the NOTIFY that answers it finds S.
 */
static int
note_ask(struct agent_subscriber *s, const struct agent_request *r)
{
	const struct msg *m = world_read(s->agent->node->world, r->bytes);
	struct str call_id = msg_value(m, MSG_H_CALL_ID), key;

	if (s->call_id == NULL)
		s->call_id = mem_dup(call_id.p, call_id.n);
	if (s->call_id == NULL)
		return ERR_NOMEM;
	key = agent_write_key(s->agent, call_id, str_of(s->tag), STR_NULL);
	return s->agent->key.err != 0 ? ERR_NOMEM
				      : map_put(s->agent->by_ask, key, s);
}

/* ---- SUBSCRIBE ---- */

static void
write_subscribe_event(const struct agent_subscriber *s, struct buf *out)
{
	buf_puts(out, s->package->row->name);
	if (s->id[0] != '\0')
		buf_printf(out, ";id=%s", s->id);
}

#define FIELDS 3

/* Event, Accept and Expires; TEXT has what they point into. */
static int
write_subscribe_fields(const struct agent_subscriber *s, struct buf *event,
    struct buf *expires, struct sip_header *out)
{
	write_subscribe_event(s, event);
	buf_u64(expires, s->asked_s);
	out[0] = (struct sip_header){ "Event", buf_view(event) };
	out[1] = (struct sip_header){ "Accept", str_of(s->package->type) };
	out[2] = (struct sip_header){ "Expires", buf_view(expires) };
	return event->err != 0 || expires->err != 0 ? ERR_NOMEM : 0;
}

static int
build_ask(struct agent_subscriber *s, struct sip_request_spec *spec,
    struct agent_request *r)
{
	struct agent_dialog *d = s->usage.dialog;
	int err;

	if (d != NULL) {
		spec->contact = agent_dialog_contact(d);
		return agent_dialog_request(d, spec, r);
	}
	if (s->tag == NULL)
		s->tag = sip_stack_new_token(
		    s->agent->node->stack, SIP_STREAM_TAG, 8);
	if (s->tag == NULL)
		return ERR_NOMEM;
	r->self = s->self;
	err = agent_request_build(s->agent, *spec, str_of(s->tag), r);
	return err == 0 ? note_ask(s, r) : err;
}

int
agent_subscriber_send(
    struct agent_subscriber *s, struct sip_request_spec *spec, enum rule_id why)
{
	struct agent_request r = { 0 };
	int err = build_ask(s, spec, &r);

	if (err != 0) {
		sip_bytes_unref(r.bytes);
		return err;
	}
	/* A repeated request chooses its way again. */
	r.hears_late = why == RULE_SUBSCRIBE_SEND || why == RULE_REFER_SEND;
	return agent_client_replace(
	    s->agent, &r, why, &subscribe_ops, s, &s->client);
}

/* 4.1.2.1 outside of a dialog, 4.1.2.2 within its own. */
static int
send_subscribe(struct agent_subscriber *s, enum rule_id why)
{
	LOCAL_BUF event = BUF_INIT, expires = BUF_INIT;
	struct sip_header headers[FIELDS];
	struct sip_request_spec spec = {
		.method = STR("SUBSCRIBE"),
		.uri = str_of(s->uri),
		.headers = headers,
		.nheaders = FIELDS,
		.call_id = str_of(s->call_id),
	};
	int err = write_subscribe_fields(s, &event, &expires, headers);

	/* 22.2, 8.1.3.5: asked once more with the next number. */
	if (s->usage.dialog == NULL && s->cseq > 0)
		spec.cseq = s->cseq + 1;
	if (err == 0)
		err = agent_subscriber_send(s, &spec, why);
	return err;
}

int
agent_subscribe(struct agent *agent, const struct agent_subscribe *what,
    struct agent_subscriber **sp)
{
	struct agent_subscriber *s = agent_subscriber_new(agent, what, NULL);
	int err = s == NULL ? ERR_NOMEM : send_subscribe(s, what->why);

	*sp = err == 0 || what->kept ? s : NULL;
	if (err != 0 && s != NULL)
		agent_subscriber_end(s, EVENT_NOT_SENT, RULE_UAC_NO_TARGET,
		    what->kept ? 503 : 0);
	return err;
}

int
agent_subscriber_again(struct agent_subscriber *s, enum rule_id why)
{
	agent_subscriber_forget_ask(s);
	mem_free(s->call_id);
	mem_free(s->tag);
	s->call_id = s->tag = NULL;
	s->cseq = 0;
	s->realms = 0;
	s->siblings = 0;
	s->asked_s = s->wanted_s;
	s->again = sim_now(agent_sim(s->agent));
	return send_subscribe(s, why);
}

int
agent_subscriber_refresh(
    struct agent_subscriber *s, uint32_t expires_s, enum rule_id why)
{
	s->asked_s = expires_s;
	agent_subscriber_timer_stop(s, AGENT_SUBSCRIBER_TIMER_REFRESH);
	return send_subscribe(s, why);
}

void
agent_subscriber_stop(struct agent_subscriber *s)
{
	if (s->unwanted)
		return;
	s->unwanted = true;
	if (agent_subscriber_lives(s)) {
		if (s->usage.dialog != NULL)
			send_unsubscribe(s);
		return;
	}
	/* It waited to be asked for again. */
	agent_subscriber_timer_stop(s, AGENT_SUBSCRIBER_TIMER_RETRY);
	agent_subscriber_timer_stop(s, AGENT_SUBSCRIBER_TIMER_RECOVERY);
	agent_subscriber_free(s);
}

/* ---- The subscription of a NOTIFY: RFC 6665 4.1.3, 4.4.1, 8.2.1 ---- */

static void
lose_subscriber(struct agent_usage *u, unsigned status)
{
	agent_subscriber_end((struct agent_subscriber *)(void *)u,
	    EVENT_300_699, RULE_USAGE_DIALOG_LOST, status);
}

const struct agent_usage_ops agent_subscriber_usage = { .lost =
							    lose_subscriber };

/* Of the package and with the id of an Event; of the first REFER in a dialog
 * the id may be left out (RFC 3515 2.4.6). */
static bool
is_event_of(const struct agent_subscriber *s,
    const struct agent_package *package, struct str id)
{
	uint32_t cseq;

	if (s->package != package || !agent_subscriber_lives(s))
		return false;
	if (!s->refers)
		return str_is(id, s->id);
	if (id.n == 0)
		return s->first;
	/* The REFER may have gone out again with another number. */
	return str_u32(id, &cseq) == 0 && cseq == s->cseq;
}

static struct agent_subscriber *
find_subscriber_in_dialog(const struct agent_dialog *d,
    const struct agent_package *package, struct str id)
{
	list_each (struct agent_usage, u, &d->usages, link) {
		struct agent_subscriber *s =
		    (struct agent_subscriber *)(void *)u;

		if (u->ops == &agent_subscriber_usage && !u->over &&
		    is_event_of(s, package, id))
			return s;
	}
	return NULL;
}

/* One more subscription of the SUBSCRIBE that has made S; NULL when out of
 * memory. */
static struct agent_subscriber *
make_sibling(struct agent_subscriber *s)
{
	struct agent_subscribe what = {
		.package = s->package,
		.uri = str_of(s->uri),
		.id = str_of(s->id),
		.self = s->self,
		.expires_s = s->asked_s,
		.ops = s->ops,
		.arg = s->arg,
	};
	struct agent_subscriber *other =
	    agent_subscriber_new(s->agent, &what, NULL);

	if (other == NULL)
		return NULL;
	other->sibling = true;
	s->siblings++;
	other->tag = mem_strdup(s->tag);
	other->cseq = s->cseq;
	other->realms = s->realms;
	if (other->tag == NULL) {
		agent_subscriber_free(other);
		return NULL;
	}
	agent_subscriber_step(other, EVENT_SUBSCRIBE, RULE_SUBSCRIBE_FORKED);
	return other;
}

/* The NOTIFY M makes S's dialog: 0, ERR_NOMEM, ERR_SYNTAX (its Contact). */
static int
open_subscriber_dialog(struct agent_subscriber *s, const struct msg *m)
{
	int err = agent_dialog_accept(s->agent, m, str_of(s->tag), EVENT_NOTIFY,
	    &s->usage, &agent_subscriber_usage);

	if (err != 0)
		return err;
	s->usage.dialog->sip->local_cseq = s->cseq;
	s->usage.dialog->realms = s->realms;
	return 0;
}

/* A NOTIFY of one more branch may make a subscription, too (4.1.4, 5.4.9). */
static bool
may_fork(const struct agent_subscriber *s, enum rule_id *why)
{
	*why = RULE_NOTIFY_FORK;
	if (!s->package->forks || s->unwanted)
		return false;
	*why = RULE_NOTIFY_FORKS;
	return s->siblings < SIP_FORKS_MAX;
}

/* The subscription of IN, of PACKAGE with ID; NULL: none, for the reason *WHY.
 * *FORKED: it is of another branch than the one that has made that one. */
static struct agent_subscriber *
find_subscriber(struct agent *agent, const struct sip_in *in,
    const struct agent_package *package, struct str id, bool *forked,
    enum rule_id *why)
{
	struct agent_dialog *d = agent_dialog_of(agent, in->m);
	struct agent_subscriber *s;

	*forked = false;
	*why = RULE_NOTIFY_NONE;
	if (d != NULL)
		return find_subscriber_in_dialog(d, package, id);
	s = agent_subscriber_asked(agent, in->m);
	if (s == NULL || !is_event_of(s, package, id))
		return NULL;
	*forked = s->usage.dialog != NULL;
	return !*forked || may_fork(s, why) ? s : NULL;
}

/* ---- whether it can be used ---- */

void
agent_refuse_event(
    struct agent *agent, const struct sip_in *in, enum rule_id why)
{
	struct buf list = BUF_INIT;

	agent_write_events(agent, &list);
	node_reply_field(agent->node, in, 489, "Allow-Events", &list, why);
}

static void
refuse_type(const struct agent_subscriber *s, const struct sip_in *in)
{
	struct sip_header accept = { "Accept", str_of(s->package->type) };
	struct sip_response_spec spec = {
		.status = 415, .headers = &accept, .nheaders = 1
	};

	node_reply(s->agent->node, in, &spec, RULE_NOTIFY_TYPE);
}

/* What the body says, for people; false: it says nothing that is of the
 * package. */
static bool
subscribe_read_body(
    struct agent_subscriber *s, struct str body, struct buf *out)
{
	int err = 0;

	if (s->package->read != NULL && body.n > 0)
		err = s->package->read(body, out);
	if (err == ERR_NOMEM || out->err != 0)
		agent_fail_memory(s->agent);
	return err == 0;
}

/* True: rejected. */
static bool
refuse_body(
    struct agent_subscriber *s, const struct sip_in *in, struct buf *out)
{
	struct sip_response_spec bad = { .status = 400,
		.reason = STR("Bad Body of NOTIFY") };
	struct str rest,
	    type = msg_cut_params(msg_value(in->m, MSG_H_CONTENT_TYPE), &rest);

	if ((in->m->body.n > 0 || s->refers) &&
	    !str_iis(type, s->package->type)) {
		refuse_type(s, in);
		return true;
	}
	if (s->ops->judge != NULL)
		bad.status = s->ops->judge(s, in, &bad.reason);
	else
		bad.status = subscribe_read_body(s, in->m->body, out) ? 0 : 400;
	if (bad.status == 0)
		return false;
	node_reply(s->agent->node, in, &bad, RULE_NOTIFY_BAD);
	return true;
}

/* ---- NOTIFY ---- */

/* IN, whose body says TEXT, is S's, or of one more branch of its request. */
static void
take_notify(struct agent_subscriber *s, bool forked, const struct sip_in *in,
    struct str text)
{
	struct agent *agent = s->agent;
	bool first = forked || s->usage.dialog == NULL;
	int err = 0;

	if (forked)
		s = make_sibling(s);
	if (s == NULL)
		err = ERR_NOMEM;
	else if (first)
		err = open_subscriber_dialog(s, in->m);
	if (err == ERR_NOMEM)
		agent_fail_memory(agent);
	else if (err != 0)
		node_answer_bad(
		    agent->node, in, MSG_H_CONTACT, RULE_NOTIFY_BAD);
	if (err == 0)
		agent_subscriber_notified(s, in, first, text);
	else if (forked && s != NULL)
		agent_subscriber_end(s, EVENT_300_699, RULE_NOTIFY_BAD, 0);
}

void
agent_notified(struct agent *agent, const struct sip_in *in)
{
	struct str params;
	const struct agent_package *package = agent_package_of(in->m, &params);
	struct agent_subscriber *s;
	LOCAL_BUF text = BUF_INIT;
	enum rule_id why;
	bool forked;

	if (package == NULL) {
		agent_refuse_event(agent, in, RULE_NOTIFY_EVENT);
		return;
	}
	s = find_subscriber(
	    agent, in, package, agent_package_event_id(params), &forked, &why);
	if (s == NULL)
		node_answer(agent->node, in, 481, why);
	else if (!refuse_body(s, in, &text))
		take_notify(s, forked, in, buf_view(&text));
}
