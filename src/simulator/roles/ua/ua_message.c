/*
 * Instant messages: RFC 3428.  A phone shows text, and what its user reads is a
 * remark in the trace.  What the settings say of calls (busy, forward) does not
 * matter to messages; those that nobody wants have an attribute of their own.
 */
#include "roles/ua/ua_outbox.h"
#include "roles/ua/ua_verbs.h"

#include "base/err.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

#include <string.h>

#define SHOWN 200 /* bytes of a text, in the remark */

/* ---- one comes ---- */

/* How long ago the time that M has in Date and Expires was over; negative: it
 * is not.  7: without Date it counts from now on. */
static int64_t
find_delay(const struct agent *agent, const struct msg *m)
{
	int64_t now = world_date_now(agent->node->world), date;
	uint32_t expires;

	if (str_u32(msg_value(m, MSG_H_EXPIRES), &expires) != 0)
		return -1;
	if (msg_date_read(msg_value(m, MSG_H_DATE), &date) != 0)
		date = now;
	return now - date - (int64_t)expires;
}

/* Not in the middle of a character. */
static struct str
cut_text(struct str body)
{
	size_t n = SHOWN;

	if (body.n <= n)
		return str_trim(body);
	while (n > SHOWN - 4 && ((unsigned char)body.p[n] & 0xc0) == 0x80)
		n--;
	return str_trim(str_slice(body, 0, n));
}

/* RFC 3261 20.11: what may be left aside, and is no text, was not refused. */
static bool
is_text(const struct msg *m)
{
	return m->body.n == 0 || (str_iis(agent_call_type_of(m), AGENT_TEXT) &&
				     !agent_call_is_encoded(m));
}

static void
show(struct agent *agent, const struct msg *m)
{
	struct str text = cut_text(m->body);
	struct buf out = BUF_INIT;
	struct msg_addr from = { 0 };
	enum rule_id why = find_delay(agent, m) >= 0 ? RULE_MESSAGE_EXPIRED
			   : !is_text(m)             ? RULE_BODY_OPTIONAL
						     : RULE_MESSAGE_SHOW;

	msg_addr_read(msg_value(m, MSG_H_FROM), &from);
	buf_printf(&out, "message from %.*s", STR_ARG(from.uri));
	if (why == RULE_MESSAGE_EXPIRED)
		buf_puts(&out, ", not shown: it expired");
	else if (why == RULE_BODY_OPTIONAL)
		buf_printf(&out, ", not shown: its body is %.*s",
		    STR_ARG(msg_value(m, MSG_H_CONTENT_TYPE)));
	else
		buf_printf(&out, ": %.*s%s", STR_ARG(text),
		    m->body.n > SHOWN ? "…" : "");
	node_note(agent->node, why, &out);
	if (why == RULE_MESSAGE_SHOW)
		agent_tell(agent, "message");
}

void
ua_messaged(struct agent *agent, const struct sip_in *in)
{
	if (agent_refuse_request(agent, in))
		return;
	if (strcmp(node_attr(agent->node, "messages", "accept"), "accept") !=
	    0) {
		node_answer(agent->node, in, 603, RULE_MESSAGE_DECLINED);
	} else {
		show(agent, in->m);
		node_answer(agent->node, in, 200, RULE_MESSAGE_SHOW);
	}
}

void
ua_call_messaged(struct agent_call *c, const struct sip_in *in)
{
	ua_messaged(c->agent, in);
}

/* ---- one goes ---- */

static void
on_message_answered(struct ua *ua, struct str to, unsigned status)
{
	bool arrived = status >= 200 && status < 300 && status != 202;
	struct buf out = BUF_INIT;

	buf_printf(&out, "message to %.*s ", STR_ARG(to));
	if (status == 202)
		buf_puts(&out, "is kept for later: 202");
	else if (status >= 600)
		buf_printf(&out, "is not wanted: %u", status);
	else if (status == 0)
		buf_puts(&out, "could not be sent");
	else
		buf_printf(&out, "was not delivered: %u", status);
	if (arrived)
		buf_free(&out);
	else
		node_note(ua->agent.node,
		    status == 202   ? RULE_MESSAGE_RELAYED
		    : status >= 600 ? RULE_MESSAGE_DECLINED
				    : RULE_MESSAGE_FAILED,
		    &out);
	if (status != 202)
		agent_tell(&ua->agent, arrived ? "delivered" : "undelivered");
}

static int
read_message_args(
    const struct node_args *args, struct ua_parcel *p, struct diag *d)
{
	p->method = MSG_MESSAGE;
	p->why = RULE_MESSAGE_SEND;
	p->answered = on_message_answered;
	p->expires_s = -1;
	p->body = node_arg_str(args, "text");
	p->type = node_arg_str(args, "type");
	if (p->body.p == NULL)
		return diag_set(
		    d, ERR_SYNTAX, NULL, 0, _("message needs a text="));
	if (p->type.n == 0)
		p->type = STR(AGENT_TEXT);
	return node_arg_seconds(args, "expires", &p->expires_s, d);
}

static int
cant_send(const struct ua *ua, const char *to, int err, struct diag *d)
{
	if (err == ERR_NOMEM)
		return err;
	return diag_set(d, err, NULL, 0,
	    err == ERR_NOTFOUND
		? _("%s can't send %s a message: no address is known for it")
	    : err == ERR_STATE
		? _("%s can't send %s a message: there is no dialog")
		: _("%s can't send %s that: no message can be made of it"),
	    ua->agent.node->name, to);
}

/* The message of ARGS (text=, type=, expires=) to TARGET, or within C. */
static int
send_message(struct ua *ua, struct agent_call *c, const char *target,
    const struct node_args *args, struct diag *d)
{
	struct ua_parcel p = { 0 };
	struct buf uri = BUF_INIT;
	int err = read_message_args(args, &p, d);

	if (err != 0)
		return err;
	if (c == NULL)
		err = agent_write_target(&ua->agent, target, &uri);
	p.uri = buf_view(&uri);
	if (err == 0)
		err = ua_outbox_send(ua, c, &p);
	if (err != 0)
		err = cant_send(ua, c != NULL ? c->peer : target, err, d);
	buf_free(&uri);
	return err;
}

int
ua_verb_message(const struct node_act *a)
{
	const char *target = node_arg(a->args, "target");

	if (target == NULL)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("message needs the URI of whom it is for"));
	return send_message(a->role, NULL, target, a->args, a->d);
}

int
ua_call_message(
    struct agent_call *c, const struct node_args *args, struct diag *d)
{
	return send_message(ua_of(c), c, NULL, args, d);
}
