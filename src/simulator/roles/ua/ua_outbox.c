/* See roles/ua/ua_outbox.h. */
#include "roles/ua/ua_outbox.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "roles/ua/ua_verbs.h"
#include "rules/rule_names.h"

#include <string.h>

#define TEXTS 4 /* of a parcel */

/* A parcel that waits, or is under way. */
struct outgoing {
	struct list link; /* in ua->outbox, in the order of their turns */
	struct ua *ua;
	struct agent_call *call; /* NULL: outside of calls */
	struct ua_parcel parcel;
	char *texts[TEXTS];          /* that its slices are of */
	struct agent_client *client; /* NULL: it waits */
	unsigned status;
	size_t bytes; /* that it takes */
};

/* ---- copies ---- */

static void
outgoing_free(struct outgoing *o)
{
	if (o == NULL)
		return;
	list_remove(&o->link);
	agent_client_drop(o->client);
	for (size_t i = 0; i < TEXTS; i++)
		mem_free(o->texts[i]);
	sim_give_back_memory(agent_sim(&o->ua->agent), o->bytes);
	mem_free(o);
}

static struct outgoing *
outgoing_create(struct ua *ua, struct agent_call *c, const struct ua_parcel *p)
{
	struct outgoing *o = mem_zalloc(1, sizeof(*o));
	struct str *slices[TEXTS];

	if (o == NULL)
		return NULL;
	list_append(&ua->outbox, &o->link);
	o->ua = ua;
	o->call = c;
	o->parcel = *p;
	slices[0] = &o->parcel.uri;
	slices[1] = &o->parcel.type;
	slices[2] = &o->parcel.body;
	slices[3] = &o->parcel.package;
	o->bytes = sizeof(*o);
	for (size_t i = 0; i < TEXTS; i++)
		o->bytes += slices[i]->n;
	sim_take_memory(agent_sim(&ua->agent), o->bytes);
	for (size_t i = 0; i < TEXTS; i++) {
		if (slices[i]->n == 0)
			continue;
		o->texts[i] = mem_dup(slices[i]->p, slices[i]->n);
		if (o->texts[i] == NULL) {
			outgoing_free(o);
			return NULL;
		}
		slices[i]->p = o->texts[i];
	}
	return o;
}

/* ---- the request ---- */

/* In the order in which they are written. */
struct fields {
	struct sip_header list[4];
	size_t n;
	struct buf date, expires;
};

static void
outbox_add_field(struct fields *f, const char *name, struct str value)
{
	f->list[f->n].name = name;
	f->list[f->n++].value = value;
}

static void
outbox_write_fields(const struct outgoing *o, struct fields *f)
{
	const struct world *w = o->ua->agent.node->world;

	if (o->parcel.package.n > 0) {
		/* RFC 6086 4.2.1, 4.3.1 */
		outbox_add_field(f, "Info-Package", o->parcel.package);
		if (o->parcel.body.n > 0)
			outbox_add_field(
			    f, "Content-Disposition", STR("Info-Package"));
	}
	if (o->parcel.expires_s >= 0) {
		/* RFC 3428 4: with the time since when it counts. */
		msg_date_write(world_date_now(w), &f->date);
		buf_printf(&f->expires, "%lld", (long long)o->parcel.expires_s);
		outbox_add_field(f, "Date", buf_view(&f->date));
		outbox_add_field(f, "Expires", buf_view(&f->expires));
	}
}

/* C has a dialog, and is not hung up (agent_call_talks). */
static bool
has_open_dialog(const struct agent_call *c)
{
	return c->dialog != NULL && c->end.bye == NULL &&
	       c->machine.state >= STATE_EARLY &&
	       c->machine.state <= STATE_CONFIRMED;
}

static int
build_parcel(struct outgoing *o, struct agent_request *r)
{
	struct fields f = { .date = BUF_INIT, .expires = BUF_INIT };
	struct sip_request_spec spec = {
		.method = str_of(msg_method_name(o->parcel.method)),
		.content_type = o->parcel.type,
		.body = o->parcel.body,
		.headers = f.list,
		.uri = o->parcel.uri,
	};
	int err;

	outbox_write_fields(o, &f);
	spec.nheaders = f.n;
	if (f.date.err != 0 || f.expires.err != 0)
		err = ERR_NOMEM;
	else if (o->call != NULL && !has_open_dialog(o->call))
		err = ERR_STATE;
	else
		err = ua_build(o->ua, o->call, &spec, r);
	buf_free(&f.date);
	buf_free(&f.expires);
	return err;
}

/* ---- turns ---- */

static const struct agent_client_ops client_ops;

static int
start_parcel(struct outgoing *o)
{
	struct agent_request r = { 0 };
	int err = build_parcel(o, &r);

	r.hears_late = true;
	if (err == 0)
		err = agent_client_start(&o->ua->agent, &r, o->parcel.why,
		    &client_ops, o, &o->client);
	sip_bytes_unref(r.bytes);
	return err;
}

static bool
go_together(const struct outgoing *a, const struct outgoing *b)
{
	return a->call == b->call && a->parcel.method == b->parcel.method &&
	       str_eq(a->parcel.uri, b->parcel.uri);
}

/* The first request of O's sequence (go_together). */
static struct outgoing *
first_like(const struct outgoing *o)
{
	list_each (struct outgoing, other, &o->ua->outbox, link)
		if (go_together(o, other))
			return other;
	return NULL;
}

/* RFC 5057 5.1: the other side may not know the call any more.  O's call may
 * be freed. */
static void
end_lost_call(struct outgoing *o)
{
	if (o->call != NULL)
		agent_call_fails_by(o->call->main, o->parcel.method, o->status);
}

static void
tell_answered(struct outgoing *o)
{
	struct ua *ua = o->ua;
	struct agent_call *c = o->call;

	if (o->parcel.answered != NULL)
		o->parcel.answered(
		    ua, c != NULL ? str_of(c->peer) : o->parcel.uri, o->status);
}

/* Sends O, and where that fails the next parcel for the same call or URI, until
 * one is under way.  O may be NULL. */
static void
start_next(struct outgoing *o)
{
	while (o != NULL && o->client == NULL) {
		struct outgoing *next;
		int err = start_parcel(o);

		if (err == 0)
			return;
		agent_fail_nomem(&o->ua->agent, err);
		tell_answered(o);
		list_remove(&o->link);
		next = first_like(o);
		outgoing_free(o);
		o = next;
	}
}

/* O has its final answer: the next may go.  O is freed. */
static void
finish_parcel(struct outgoing *o, unsigned status)
{
	o->status = status;
	list_remove(&o->link);
	tell_answered(o);
	end_lost_call(o);
	start_next(first_like(o));
	outgoing_free(o);
}

static void
on_parcel_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	(void)q;
	if (in->m->status >= 200)
		finish_parcel(arg, in->m->status);
}

static void
on_parcel_failed(struct agent_client *q, unsigned status, void *arg)
{
	(void)q;
	finish_parcel(arg, status);
}

static const struct agent_client_ops client_ops = {
	.response = on_parcel_response,
	.failed = on_parcel_failed,
};

/* Sends P, which is copied, when its turn comes: C is the call that it belongs
 * to, NULL for none.  0, or why it can't be sent: ERR_NOMEM, ERR_SYNTAX,
 * ERR_NOTFOUND, ERR_STATE (C has no dialog), ERR_LIMIT (it would be too long).
 */
static int
ua_outbox_send(struct ua *ua, struct agent_call *c, const struct ua_parcel *p)
{
	struct outgoing *o = outgoing_create(ua, c, p);
	int err;

	if (o == NULL)
		return ERR_NOMEM;
	if (first_like(o) != o)
		return 0;
	err = start_parcel(o);
	if (err != 0)
		outgoing_free(o);
	return err;
}

/* ---- their end ---- */

static void
free_of(struct ua *ua, const struct agent_call *c)
{
	struct list *next;

	for (struct list *at = ua->outbox.next; at != &ua->outbox; at = next) {
		struct outgoing *o = LIST_ENTRY(at, struct outgoing, link);

		next = at->next;
		if (c == NULL || o->call == c)
			outgoing_free(o);
	}
}

void
ua_outbox_leave(struct agent_call *c)
{
	free_of(ua_of(c), c);
}

void
ua_outbox_stop(struct ua *ua)
{
	free_of(ua, NULL);
}

/* ---- Instant messages: RFC 3428 ---- */

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

/* RFC 3261 20.11: what may be left aside, and is not text, was not rejected. */
static bool
outbox_is_text(const struct msg *m)
{
	return m->body.n == 0 || (str_iis(agent_call_type_of(m), AGENT_TEXT) &&
				     !agent_call_is_encoded(m));
}

static void
outbox_show(struct agent *agent, const struct msg *m)
{
	struct str text = cut_text(m->body);
	struct buf out = BUF_INIT;
	struct msg_addr from = { 0 };
	enum rule_id why = find_delay(agent, m) >= 0 ? RULE_MESSAGE_EXPIRED
			   : !outbox_is_text(m)      ? RULE_BODY_OPTIONAL
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

/* A phone shows text, and what its user reads is a remark in the trace.  What
 * the settings say of calls (busy, forward) does not matter to messages; their
 * rejection has an attribute of its own. */
void
ua_messaged(struct agent *agent, const struct sip_in *in)
{
	if (agent_refuse_request(agent, in))
		return;
	if (strcmp(node_attr(agent->node, "messages", "accept"), "accept") !=
	    0) {
		node_answer(agent->node, in, 603, RULE_MESSAGE_DECLINED);
	} else {
		outbox_show(agent, in->m);
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
	LOCAL_BUF out = BUF_INIT;

	buf_printf(&out, "message to %.*s ", STR_ARG(to));
	if (status == 202)
		buf_puts(&out, "is kept for later: 202");
	else if (status >= 600)
		buf_printf(&out, "is not wanted: %u", status);
	else if (status == 0)
		buf_puts(&out, "could not be sent");
	else
		buf_printf(&out, "was not delivered: %u", status);
	if (!arrived)
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
		? _("%s can't send a message to %s: its address is not known")
	    : err == ERR_STATE
		? _("%s can't send a message to %s: there is no dialog")
		: _("%s can't send this to %s: the values do not make a "
		    "message"),
	    ua->agent.node->name, to);
}

/* The message of ARGS (text=, type=, expires=) to TARGET, or within C. */
static int
outbox_send_message(struct ua *ua, struct agent_call *c, const char *target,
    const struct node_args *args, struct diag *d)
{
	struct ua_parcel p = { 0 };
	LOCAL_BUF uri = BUF_INIT;
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
	return err;
}

int
ua_verb_message(const struct node_act *a)
{
	const char *target = node_arg(a->args, "target");

	if (target == NULL)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("message needs the URI of the recipient"));
	return outbox_send_message(a->role, NULL, target, a->args, a->d);
}

int
ua_call_message(
    struct agent_call *c, const struct node_args *args, struct diag *d)
{
	return outbox_send_message(ua_of(c), c, NULL, args, d);
}

/* ---- INFO within a call: RFC 6086 4.2.1 ---- */

#define DIGITS 100 /* at one time */

static void
on_info_answered(struct ua *ua, struct str to, unsigned status)
{
	struct buf out = BUF_INIT;

	if (status >= 200 && status < 300)
		return;
	buf_printf(&out, "INFO to %.*s ", STR_ARG(to));
	if (status == 0)
		buf_puts(&out, "could not be sent");
	else
		buf_printf(&out, "was not taken: %u", status);
	node_note(ua->agent.node, RULE_INFO_REFUSED, &out);
}

/* Of several INFOs one waits for the answer to the other, so that digits arrive
 * in their order (4.4). */
static int
outbox_send_info(struct agent_call *c, struct ua_parcel *p, struct diag *d)
{
	int err;

	p->method = MSG_INFO;
	p->why = RULE_INFO_SEND;
	p->expires_s = -1;
	p->answered = on_info_answered;
	err = ua_outbox_send(ua_of(c), c, p);
	if (err == 0 || err == ERR_NOMEM)
		return err;
	return diag_set(d, err, NULL, 0,
	    err == ERR_STATE ? _("%s can't send an INFO: there is no dialog")
	    : err == ERR_NOTFOUND
		? _("%s can't send: the peer's Contact has no address")
		: _("%s can't send this: the values do not make a request"),
	    c->name);
}

int
ua_call_info(struct agent_call *c, const struct node_args *args, struct diag *d)
{
	struct ua_parcel p = {
		.type = node_arg_str(args, "type"),
		.body = node_arg_str(args, "body"),
		.package = node_arg_str(args, "package"),
	};

	if (p.body.n > 0 && p.type.n == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("an INFO with body= also needs type="));
	return outbox_send_info(c, &p, d);
}

/* ---- digits ---- */

static int
send_digit(struct agent_call *c, char digit, int64_t ms, struct diag *d)
{
	struct ua_parcel p = { .type = STR(AGENT_DTMF) };
	LOCAL_BUF body = BUF_INIT;

	buf_printf(
	    &body, "Signal=%c\r\nDuration=%lld\r\n", digit, (long long)ms);
	p.body = buf_view(&body);
	return body.err != 0 ? ERR_NOMEM : outbox_send_info(c, &p, d);
}

int
ua_call_dtmf(struct agent_call *c, const struct node_args *args, struct diag *d)
{
	static const char *const ways[] = {
		[RTP_EVENTS] = "events", [RTP_IN_BAND] = "in-band"
	};
	struct str how = str_of(node_attr(c->agent->node, "dtmf", "info"));
	struct str digits = node_arg_str(args, "digits");
	const char *text = node_arg(args, "duration");
	int64_t ns = UA_DTMF_MS * SIM_MS;
	int err = 0;

	for (size_t i = 0; i < digits.n; i++)
		if (!msg_is_digit(str_slice(digits, i, i + 1)))
			err = ERR_SYNTAX;
	if (err != 0 || digits.n == 0 || digits.n > DIGITS)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("digits are 0 to 9, *, # and A to D, at most %d"),
		    DIGITS);
	if (text != NULL && (param_time(str_of(text), &ns) != 0 ||
				ns < SIM_MS || ns > 60 * SIM_S))
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("the duration of a digit must be from 1ms to 60s, not "
		      "“%s”"),
		    text);
	for (size_t w = 0; w < COUNT_OF(ways); w++)
		if (str_is(how, ways[w]))
			return agent_call_media_press(c, (enum rtp_way)w,
			    digits, (unsigned)(ns / SIM_MS), d);
	for (size_t i = 0; i < digits.n && err == 0; i++)
		err = send_digit(c, digits.p[i], ns / SIM_MS, d);
	return err;
}
