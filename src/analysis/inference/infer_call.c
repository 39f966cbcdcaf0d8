/*
 * Calls of the two ends (RFC 3261 13 to 15), their dialogs, and calls that a
 * node joins.  The caller sends an INVITE with no Via but its own, the called
 * node keeps one that arrives.
 */
#include "inference/infer_call.h"

#include "base/err.h"
#include "inference/infer.h"
#include "inference/infer_usage.h"
#include "msg/header_names.h"
#include "rules/messages.h"
#include "rules/rule_names.h"
#include "text/json.h"

/* ---- dialogs, of subscriptions too (RFC 3261 12, RFC 6665 4.4.1) ---- */

/* Routes of one dialog; RFC 3261 names no limit, so this is ours. */
#define ROUTES_MAX 32

static struct str
first_uri(const struct msg *msg, enum msg_header header)
{
	struct msg_values it = { 0 };
	struct msg_addr addr;
	struct str value;

	if (!msg_next_value(msg, header, &it, &value) ||
	    msg_addr_read(value, &addr) != 0 || addr.star)
		return STR_NULL;
	return addr.uri;
}

/* The route set as a JSON array into f->list; BACKWARDS as the caller has it
 * (12.1.2).  Empty where there is none. */
static void
call_usage_read_routes(struct infer *f, bool backwards)
{
	struct str route[ROUTES_MAX], value;
	struct msg_values it = { 0 };
	size_t n = 0;

	buf_clear(&f->list);
	while (n < ROUTES_MAX &&
	       msg_next_value(&f->co->msg, MSG_H_RECORD_ROUTE, &it, &value))
		route[n++] = value;
	for (size_t i = 0; i < n; i++) {
		buf_putc(&f->list, i == 0 ? '[' : ',');
		json_put_str(&f->list, route[backwards ? n - 1 - i : i]);
	}
	if (n > 0)
		buf_putc(&f->list, ']');
	if (f->list.err != 0)
		f->err = f->list.err;
}

static void
keep_dialog_text(struct infer *f, struct str text, uint32_t *number)
{
	int err = numbers_of(f->co->texts, text, number);

	if (err != 0)
		f->err = err;
}

/* What the INVITE in co->msg says: the other side, its target, its routes. */
static void
infer_call_read(struct infer *f, struct infer_call *c)
{
	keep_dialog_text(f,
	    first_uri(&f->co->msg, c->caller ? MSG_H_TO : MSG_H_FROM),
	    &c->peer);
	infer_dialogs_read(f, &c->dialogs);
}

void
infer_dialogs_read(struct infer *f, struct infer_dialogs *c)
{
	keep_dialog_text(f, first_uri(&f->co->msg, MSG_H_CONTACT), &c->target);
	call_usage_read_routes(f, false);
	keep_dialog_text(f, buf_view(&f->list), &c->routes);
}

/* Target and routes, where a dialog begins or the 2xx sets them again. */
static void
write_route_set(struct infer *f, const struct infer_dialogs *c)
{
	struct str target = c->uac ? first_uri(&f->co->msg, MSG_H_CONTACT)
				   : numbers_text(f->co->texts, c->target);
	struct str routes = numbers_text(f->co->texts, c->routes);

	if (target.n > 0)
		trace_put_str(f->w, "remote_target", target);
	if (c->uac) {
		call_usage_read_routes(f, true);
		routes = buf_view(&f->list);
	}
	if (routes.n > 0)
		trace_put_json(f->w, "routes", routes);
}

/* A dialog in STATE is not confirmed yet: responses to the INVITE matter. */
static bool
is_opening_state(const struct infer *f, enum state_id state)
{
	return state == f->dialog_machine->start || state == STATE_EARLY;
}

/* A step by EVENT, or by a response where that is EVENT_NONE. */
static void
call_usage_step_dialog(struct infer *f, const struct infer_dialogs *c,
    struct infer_dialog *d, int64_t t, uint64_t cause, enum event_id event,
    unsigned status, bool sent)
{
	const struct machine_edge *e =
	    infer_edge(f->dialog_machine, d->state, event, status, sent);
	struct str local = numbers_text(f->co->texts, d->local);
	struct str remote = numbers_text(f->co->texts, d->remote);

	if (e == NULL || e->from == e->to || f->err != 0)
		return;
	trace_open(
	    f->w, TRACE_DIALOG, t, f->co->nodes[c->node].name, cause, e->rule);
	buf_clear(&f->id);
	buf_str(&f->id, local);
	buf_putc(&f->id, '/');
	buf_str(&f->id, remote);
	if (f->id.err != 0)
		f->err = f->id.err;
	trace_put_str(f->w, "id", buf_view(&f->id));
	trace_put_cstr(f->w, "from", state_word(e->from));
	trace_put_cstr(f->w, "to", state_word(e->to));
	trace_put_str(f->w, "call_id", numbers_text(f->co->ids, c->call));
	trace_put_str(f->w, "local_tag", local);
	trace_put_str(f->w, "remote_tag", remote);
	if (is_opening_state(f, d->state))
		write_route_set(f, c);
	trace_put_bool(f->w, "inferred", true);
	trace_close(f->w);
	d->state = e->to;
}

void
infer_dialog(struct infer *f, struct infer_dialogs *c, uint32_t local,
    uint32_t remote, int64_t t, uint64_t cause, enum event_id event,
    unsigned status, bool sent)
{
	struct infer_dialog *d = NULL;

	for (size_t i = 0; d == NULL && i < c->n; i++)
		if (c->of[i].local == local && c->of[i].remote == remote)
			d = &c->of[i];
	if (d == NULL) {
		if (c->n == INFER_DIALOGS)
			return;
		d = &c->of[c->n++];
		*d = (struct infer_dialog){ local, remote,
			f->dialog_machine->start, 0 };
	}
	if (is_opening_state(f, d->state))
		call_usage_step_dialog(f, c, d, t, cause, event, status, sent);
}

void
infer_step_dialog(struct infer *f, struct infer_dialogs *c, uint32_t local,
    uint32_t remote, int64_t t, uint64_t cause, enum event_id event)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->of[i].local == local && c->of[i].remote == remote)
			call_usage_step_dialog(
			    f, c, &c->of[i], t, cause, event, 0, false);
}

/* A BYE, TX (NULL: not known), happens as EVENT to the dialog with these tags.
 */
static void
infer_bye(struct infer *f, struct infer_dialogs *c, struct infer_tx *tx,
    uint32_t local, uint32_t remote, int64_t t, uint64_t cause,
    enum event_id event)
{
	for (size_t i = 0; i < c->n; i++) {
		struct infer_dialog *d = &c->of[i];

		if (d->local != local || d->remote != remote)
			continue;
		call_usage_step_dialog(f, c, d, t, cause, event, 0, false);
		if (tx == NULL || tx->bye != NULL)
			continue;
		tx->bye = d;
		tx->dialogs = c;
		d->byes++;
	}
}

/* RFC 5407 2: a dialog is mortal as long as a BYE's transaction lives. */
void
infer_bye_over(struct infer *f, struct infer_tx *tx, int64_t t, uint64_t cause)
{
	if (--tx->bye->byes == 0)
		call_usage_step_dialog(f, tx->dialogs, tx->bye, t, cause,
		    EVENT_BYE_OVER, 0, false);
	tx->bye = NULL;
}

static bool
infer_has_dialog(const struct infer_dialogs *c, uint32_t local)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->of[i].local == local)
			return true;
	return false;
}

/* All early dialogs of C end by EVENT. */
static void
infer_end_dialogs(struct infer *f, struct infer_dialogs *c, int64_t t,
    uint64_t cause, enum event_id event)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->of[i].state == STATE_EARLY)
			call_usage_step_dialog(
			    f, c, &c->of[i], t, cause, event, 0, false);
}

/* ---- calls ---- */

struct infer_call *
infer_find_call(
    const struct infer *f, uint32_t node, uint32_t call, bool caller)
{
	uint32_t key[3] = { node, call, caller };

	if (call == 0)
		return NULL;
	return map_get(f->calls, BYTES_OF(key));
}

static struct infer_call *
call_usage_new(struct infer *f, uint32_t node, uint32_t call, bool caller)
{
	uint32_t key[3] = { node, call, caller };
	struct infer_call *c = key_value(f->calls, BYTES_OF(key), sizeof(*c));

	if (c == NULL) {
		f->err = ERR_NOMEM;
		return NULL;
	}
	c->dialogs.node = node;
	c->dialogs.call = call;
	c->dialogs.uac = c->caller = caller;
	c->state = f->call_machine->start;
	c->number = ++f->ncalls[node];
	return c;
}

struct str
infer_call_id(struct infer *f, const struct infer_call *c)
{
	buf_clear(&f->id);
	buf_printf(&f->id, "%s/%u", f->co->nodes[c->dialogs.node].name,
	    (unsigned)c->number);
	if (f->id.err != 0)
		f->err = f->id.err;
	return buf_view(&f->id);
}

/* An INVITE goes out again because of what the one before was told. */
static enum rule_id
rule_of_step(const struct infer_call *c, const struct machine_edge *e)
{
	bool again = c->refused != 0 && e->to == STATE_CALLING;

	return again ? rule_of_retry(c->refused, e->rule) : e->rule;
}

struct infer_pair {
	struct infer_usage u;
	struct infer_call *calls[2]; /* the one that came, the one that it made
				      */
};

static bool
call_usage_is_over(const struct infer *f, const struct infer_call *c)
{
	return machine_ends_in(f->call_machine, c->state);
}

/* What the record of a step says besides: the calls that there are. */
static void
call_usage_put(struct infer *f, const struct infer_usage *u)
{
	const struct infer_pair *p = (const struct infer_pair *)(const void *)u;
	static const char *const sides[] = { "first", "second" };

	for (int i = 0; i < 2; i++)
		if (p->calls[i] != NULL && !call_usage_is_over(f, p->calls[i]))
			trace_put_str(
			    f->w, sides[i], infer_call_id(f, p->calls[i]));
}

/* CALL is the first of its legs, or a sign that proves it makes it one. */
static bool
call_usage_is_proved(const struct correlation *co, uint32_t call)
{
	const struct correlation_call *c = &co->calls[call];

	return c->leg_of == 0 || c->by < CORRELATION_BY_PARTIES;
}

/* The call at C's node that C goes on with: one that came, lives, and is in no
 * pair. */
static struct infer_call *
call_usage_find_first(struct infer *f, const struct infer_call *c)
{
	const struct correlation *co = f->co;
	uint32_t call = co->calls[c->dialogs.call].leg_of;

	if (!call_usage_is_proved(co, c->dialogs.call))
		return NULL;
	if (call == 0)
		call = c->dialogs.call;
	/* Bounded, as at other_leg in infer.c. */
	for (unsigned n = 0; call != 0 && n < 8; n++) {
		struct infer_call *other =
		    infer_find_call(f, c->dialogs.node, call, false);

		if (call != c->dialogs.call && other != NULL &&
		    !call_usage_is_over(f, other) &&
		    call_usage_is_proved(co, call))
			return other;
		call = co->calls[call].leg;
	}
	return NULL;
}

/* "pbx/pair-1" */
static uint32_t
name_pair(struct infer *f, uint32_t node)
{
	buf_clear(&f->id);
	buf_printf(&f->id, "%s/pair-%u", f->co->nodes[node].name,
	    (unsigned)++f->npairs[node]);
	if (f->id.err != 0)
		f->err = f->id.err;
	return f->err == 0 ? infer_number(f, buf_view(&f->id)) : 0;
}

/* C has gone out; its incoming half came before. */
static void
begin_pair(struct infer *f, struct infer_call *c, int64_t t, uint64_t cause)
{
	struct infer_call *first = call_usage_find_first(f, c);
	uint32_t node = c->dialogs.node;
	struct infer_pair *p;

	/* A second place is tried once the first has rejected. */
	if (first == NULL || (first->pair != NULL &&
				 !call_usage_is_over(f, first->pair->calls[1])))
		return;
	p = infer_usage_new(f,
	    (uint32_t[4]){
		INFER_PAIR, node, first->dialogs.call, c->dialogs.call },
	    sizeof(*p), "pair", node, c->dialogs.call);
	if (p == NULL)
		return;
	p->u.id = name_pair(f, node);
	p->u.put = call_usage_put;
	p->calls[0] = first;
	first->pair = c->pair = p;
	cause = infer_usage_step(f, &p->u, t, cause, EVENT_INVITE_RECEIVED, 0);
	p->calls[1] = c;
	infer_usage_step(f, &p->u, t, cause, EVENT_INVITE_SENT, 0);
}

/* Called after a step of C's, whose record is CAUSE. */
static void
follow_pair_step(
    struct infer *f, struct infer_call *c, int64_t t, uint64_t cause)
{
	struct infer_pair *p = c->pair;

	if (f->err != 0)
		return;
	if (p == NULL && c->caller && c->state == STATE_CALLING)
		begin_pair(f, c, t, cause);
	else if (p != NULL && call_usage_is_over(f, c))
		infer_usage_step(f, &p->u, t, cause, EVENT_LEFT, 0);
	else if (p != NULL && c->caller && c->state == STATE_CONFIRMED &&
		 infer_usage_is_in(&p->u, STATE_SECOND))
		infer_usage_step(f, &p->u, t, cause, EVENT_2XX, 0);
}

/* A step by EVENT, or by a response where that is EVENT_NONE. */
static void
call_usage_step(struct infer *f, struct infer_call *c, int64_t t,
    uint64_t cause, enum event_id event, unsigned status, bool sent)
{
	const struct machine_edge *e;
	struct str peer = numbers_text(f->co->texts, c->peer);
	uint64_t seq;

	/* 100 says nothing of the callee, and has an edge of its own. */
	if (status == 100 && event == EVENT_NONE) {
		if (sent)
			return;
		event = EVENT_100;
	}
	e = infer_edge(f->call_machine, c->state, event,
	    event == EVENT_NONE ? status : 0, sent);
	if (e == NULL || e->from == e->to)
		return;
	trace_open(f->w, TRACE_CALL, t, f->co->nodes[c->dialogs.node].name,
	    cause, rule_of_step(c, e));
	trace_put_str(f->w, "id", infer_call_id(f, c));
	trace_put_cstr(f->w, "from", state_word(e->from));
	trace_put_cstr(f->w, "state", state_word(e->to));
	if (peer.n > 0)
		trace_put_str(f->w, "peer", peer);
	if (status != 0)
		trace_put_int(f->w, "status", status);
	trace_put_bool(f->w, "inferred", true);
	seq = trace_close(f->w);
	c->state = e->to;
	follow_pair_step(f, c, t, seq);
}

/* ---- the timer that repeats a 2xx, RFC 3261 13.3.1.4 ---- */

static uint64_t
write_call_timer(struct infer *f, const struct infer_call *c, const char *op,
    int64_t t, uint64_t cause, int64_t length)
{
	const struct infer_timer it = { c->dialogs.node, NULL, "2xx",
		infer_call_id(f, c), RULE_INVITE_2XX_AGAIN };

	return infer_write_timer(f, &it, op, t, cause, length);
}

uint64_t
infer_call_repeat(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct infer_call *c = infer_find_call(f, m->src, m->call, false);
	int64_t gap;
	uint64_t fired;

	if (c == NULL || c->set == 0)
		return 0;
	gap = m->t - c->sent;
	c->sent = m->t;
	if (!infer_gap_fits(gap, &c->interval, SIP_T2_NS))
		return 0;
	fired = write_call_timer(f, c, "fire", m->t, c->set, -1);
	c->set = write_call_timer(f, c, "set", m->t, fired, c->interval);
	return fired;
}

/* ---- requests ---- */

/* An INVITE outside of a dialog begins a call, or tries it again. */
static void
call_usage_note_invite(
    struct infer *f, uint32_t i, bool caller, int64_t t, uint64_t cause)
{
	const struct correlation_message *m = &f->co->m[i];
	uint32_t node = caller ? m->src : m->dst;
	struct infer_call *c = infer_find_call(f, node, m->call, caller);

	if (m->to_tag != 0 || m->retx != CORRELATION_NONE || m->call == 0)
		return;
	if (c == NULL)
		c = call_usage_new(f, node, m->call, caller);
	if (c == NULL)
		return;
	c->cseq = m->cseq;
	infer_call_read(f, c);
	call_usage_step(f, c, t, cause,
	    caller ? EVENT_INVITE_SENT : EVENT_INVITE_RECEIVED, 0, false);
}

static void
note_ack(struct infer *f, const struct correlation_message *m, uint64_t cause)
{
	struct infer_call *c = infer_find_call(f, m->dst, m->call, false);

	if (c == NULL)
		return;
	infer_step_dialog(f, &c->dialogs, m->to_tag, m->from_tag, m->t_last,
	    cause, EVENT_ACK);
	if (c->set == 0)
		return;
	write_call_timer(f, c, "stop", m->t_last, cause, -1);
	c->set = 0;
	call_usage_step(f, c, m->t_last, cause, EVENT_ACK, 0, false);
}

struct infer_call *
infer_call_of_tag(
    const struct infer *f, uint32_t node, uint32_t call, uint32_t local)
{
	struct infer_call *c = infer_find_call(f, node, call, true);

	if (c == NULL || !infer_has_dialog(&c->dialogs, local))
		c = infer_find_call(f, node, call, false);
	return c != NULL && infer_has_dialog(&c->dialogs, local) ? c : NULL;
}

static void
request_sent(struct infer *f, uint32_t i, struct infer_tx *tx)
{
	const struct correlation_message *m = &f->co->m[i];
	uint64_t cause = f->place[i].send;
	struct infer_call *c;

	if (m->fwd != CORRELATION_NONE || m->nvias != 1)
		return;
	if (m->method == MSG_INVITE) {
		call_usage_note_invite(f, i, true, m->t, cause);
	} else if (m->method == MSG_CANCEL) {
		c = infer_find_call(f, m->src, m->call, true);
		if (c == NULL)
			return;
		c->cancelled = true;
		call_usage_step(f, c, m->t, cause, EVENT_CANCEL, 0, false);
	} else if (m->method == MSG_BYE) {
		c = infer_call_of_tag(f, m->src, m->call, m->from_tag);
		if (c == NULL)
			return;
		infer_bye(f, &c->dialogs, tx, m->from_tag, m->to_tag, m->t,
		    cause, EVENT_BYE_SENT);
		call_usage_step(f, c, m->t, cause, EVENT_BYE, 0, false);
	} else if (m->method == MSG_ACK) {
		c = infer_find_call(f, m->src, m->call, true);
		if (c != NULL)
			infer_step_dialog(f, &c->dialogs, m->from_tag,
			    m->to_tag, m->t, cause, EVENT_ACK_SENT);
	}
}

static void
request_received(struct infer *f, uint32_t i, struct infer_tx *tx)
{
	const struct correlation_message *m = &f->co->m[i];
	uint64_t cause = f->place[i].effect;
	struct infer_call *c;

	if (m->method == MSG_ACK) {
		note_ack(f, m, cause);
		return;
	}
	/* A proxy forwards a request for another node, or answers in another's
	 * place. */
	if (m->passed)
		return;
	if (m->method == MSG_INVITE && correlation_keeps(f->co, m->dst)) {
		call_usage_note_invite(f, i, false, m->t_last, cause);
	} else if (m->method == MSG_CANCEL) {
		c = infer_find_call(f, m->dst, m->call, false);
		if (c == NULL || c->set != 0)
			return;
		call_usage_step(
		    f, c, m->t_last, cause, EVENT_CANCEL_RECEIVED, 0, false);
		infer_end_dialogs(
		    f, &c->dialogs, m->t_last, cause, EVENT_CANCEL);
	} else if (m->method == MSG_BYE) {
		c = infer_call_of_tag(f, m->dst, m->call, m->to_tag);
		if (c == NULL)
			return;
		infer_bye(f, &c->dialogs, tx, m->to_tag, m->from_tag, m->t_last,
		    cause, EVENT_BYE);
		call_usage_step(
		    f, c, m->t_last, cause, EVENT_BYE_RECEIVED, 0, false);
	}
}

/* ---- responses ---- */

/* It is not the end: the caller will try again with what it has learnt. */
static bool
call_usage_is_tried_again(
    const struct infer *f, const struct correlation_message *m, uint32_t i)
{
	struct correlation_call *c = &f->co->calls[m->call];
	uint32_t last = c->last_invite;

	if (m->status >= 500)
		return false;
	if (last != CORRELATION_NONE && last > i)
		return true;
	c->refused = true;
	return false;
}

/* A response to the INVITE of C's call, at either end. */
static void
note_invite_response(struct infer *f, struct infer_call *c, uint32_t i,
    bool sent, int64_t t, uint64_t cause)
{
	const struct correlation_message *m = &f->co->m[i];
	uint32_t local = sent ? m->to_tag : m->from_tag;
	uint32_t remote = sent ? m->from_tag : m->to_tag;

	if (m->cseq != c->cseq)
		return;
	if (m->status >= 300) {
		infer_end_dialogs(f, &c->dialogs, t, cause,
		    sent ? EVENT_300_699_SENT : EVENT_300_699);
		c->refused = m->status;
		if (call_usage_is_tried_again(f, m, i))
			return;
	} else if (m->status > 100 && m->to_tag != 0) {
		infer_dialog(f, &c->dialogs, local, remote, t, cause,
		    EVENT_NONE, m->status, sent);
	}
	call_usage_step(f, c, t, cause, EVENT_NONE, m->status, sent);
	if (sent && m->status / 100 == 2 && c->set == 0 &&
	    m->retx == CORRELATION_NONE) {
		c->interval = SIP_T1_NS;
		c->sent = t;
		c->set = write_call_timer(f, c, "set", t, cause, SIP_T1_NS);
	}
}

static void
call_usage_note_response(
    struct infer *f, uint32_t i, bool sent, int64_t t, uint64_t cause)
{
	const struct correlation_message *m = &f->co->m[i];
	struct infer_call *c;

	if (sent ? m->fwd != CORRELATION_NONE : m->nvias != 1)
		return;
	if (m->method == MSG_INVITE) {
		c = infer_find_call(f, sent ? m->src : m->dst, m->call, !sent);
		if (c != NULL)
			note_invite_response(f, c, i, sent, t, cause);
	} else if (m->method == MSG_BYE && !sent && m->status >= 200) {
		c = infer_call_of_tag(f, m->dst, m->call, m->from_tag);
		if (c == NULL)
			return;
		call_usage_step(f, c, t, cause, EVENT_NONE, m->status, false);
	}
}

void
infer_call_sent(struct infer *f, uint32_t i, struct infer_tx *tx)
{
	const struct correlation_message *m = &f->co->m[i];

	if (f->err != 0)
		return;
	if (m->status == 0)
		request_sent(f, i, tx);
	else
		call_usage_note_response(f, i, true, m->t, f->place[i].send);
}

void
infer_call_received(struct infer *f, uint32_t i, struct infer_tx *tx)
{
	const struct correlation_message *m = &f->co->m[i];

	if (f->err != 0)
		return;
	if (m->status == 0)
		request_received(f, i, tx);
	else
		call_usage_note_response(
		    f, i, false, m->t_last, f->place[i].effect);
}

void
infer_call_timeout(
    struct infer *f, uint32_t node, uint32_t call, int64_t t, uint64_t cause)
{
	struct infer_call *c = infer_find_call(f, node, call, true);

	if (c != NULL)
		call_usage_step(f, c, t, cause, EVENT_TIMEOUT, 0, false);
}
