/*
 * Calls of the two ends (RFC 3261 13 to 15): whoever sends an INVITE with no
 * Via but its own calls, and whoever keeps one that arrives is called.
 */
#include "inference/infer_call.h"

#include "base/err.h"
#include "base/mem.h"
#include "rules/messages.h"
#include "rules/rule_names.h"

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
new_call(struct infer *f, uint32_t node, uint32_t call, bool caller)
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

/* A step by EVENT, or by a response where that is EVENT_NONE. */
static void
step_call(struct infer *f, struct infer_call *c, int64_t t, uint64_t cause,
    enum event_id event, unsigned status, bool sent)
{
	const struct machine_edge *e;
	struct str peer = numbers_text(f->co->texts, c->peer);
	uint64_t seq;

	/* 100 says nothing of the called side, and has an edge of its own. */
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
	infer_pair_stepped(f, c, t, seq);
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
note_invite(struct infer *f, uint32_t i, bool caller, int64_t t, uint64_t cause)
{
	const struct correlation_message *m = &f->co->m[i];
	uint32_t node = caller ? m->src : m->dst;
	struct infer_call *c = infer_find_call(f, node, m->call, caller);

	if (m->to_tag != 0 || m->retx != CORRELATION_NONE || m->call == 0)
		return;
	if (c == NULL)
		c = new_call(f, node, m->call, caller);
	if (c == NULL)
		return;
	c->cseq = m->cseq;
	infer_call_read(f, c);
	step_call(f, c, t, cause,
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
	step_call(f, c, m->t_last, cause, EVENT_ACK, 0, false);
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
request_sent(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	uint64_t cause = f->place[i].send;
	struct infer_call *c;

	if (m->fwd != CORRELATION_NONE || m->nvias != 1)
		return;
	if (m->method == MSG_INVITE) {
		note_invite(f, i, true, m->t, cause);
	} else if (m->method == MSG_CANCEL) {
		c = infer_find_call(f, m->src, m->call, true);
		if (c != NULL)
			step_call(f, c, m->t, cause, EVENT_CANCEL, 0, false);
	} else if (m->method == MSG_BYE) {
		c = infer_call_of_tag(f, m->src, m->call, m->from_tag);
		if (c == NULL)
			return;
		infer_bye(f, &c->dialogs, infer_find_tx(f, m->src, m->tx, true),
		    m->from_tag, m->to_tag, m->t, cause, EVENT_BYE_SENT);
		step_call(f, c, m->t, cause, EVENT_BYE, 0, false);
	} else if (m->method == MSG_ACK) {
		c = infer_find_call(f, m->src, m->call, true);
		if (c != NULL)
			infer_step_dialog(f, &c->dialogs, m->from_tag,
			    m->to_tag, m->t, cause, EVENT_ACK_SENT);
	}
}

static void
request_received(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	uint64_t cause = f->place[i].effect;
	struct infer_call *c;

	if (m->method == MSG_ACK) {
		note_ack(f, m, cause);
		return;
	}
	/* A proxy passes on what is not for it, or answers in another's
	 * place. */
	if (m->passed)
		return;
	if (m->method == MSG_INVITE && correlation_keeps(f->co, m->dst)) {
		note_invite(f, i, false, m->t_last, cause);
	} else if (m->method == MSG_CANCEL) {
		c = infer_find_call(f, m->dst, m->call, false);
		if (c == NULL || c->set != 0)
			return;
		step_call(
		    f, c, m->t_last, cause, EVENT_CANCEL_RECEIVED, 0, false);
		infer_end_dialogs(
		    f, &c->dialogs, m->t_last, cause, EVENT_CANCEL);
	} else if (m->method == MSG_BYE) {
		c = infer_call_of_tag(f, m->dst, m->call, m->to_tag);
		if (c == NULL)
			return;
		infer_bye(f, &c->dialogs,
		    infer_find_tx(f, m->dst, m->tx, false), m->to_tag,
		    m->from_tag, m->t_last, cause, EVENT_BYE);
		step_call(f, c, m->t_last, cause, EVENT_BYE_RECEIVED, 0, false);
	}
}

/* ---- responses ---- */

/* It is not the end: the caller will try again with what it has learnt. */
static bool
is_tried_again(
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
		if (is_tried_again(f, m, i))
			return;
	} else if (m->status > 100 && m->to_tag != 0) {
		infer_dialog(f, &c->dialogs, local, remote, t, cause,
		    EVENT_NONE, m->status, sent);
	}
	step_call(f, c, t, cause, EVENT_NONE, m->status, sent);
	if (sent && m->status / 100 == 2 && c->set == 0 &&
	    m->retx == CORRELATION_NONE) {
		c->interval = SIP_T1_NS;
		c->sent = t;
		c->set = write_call_timer(f, c, "set", t, cause, SIP_T1_NS);
	}
}

static void
note_response(struct infer *f, uint32_t i, bool sent, int64_t t, uint64_t cause)
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
		step_call(f, c, t, cause, EVENT_NONE, m->status, false);
	}
}

void
infer_call_sent(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];

	if (f->err != 0)
		return;
	if (m->status == 0)
		request_sent(f, i);
	else
		note_response(f, i, true, m->t, f->place[i].send);
}

void
infer_call_received(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];

	if (f->err != 0)
		return;
	if (m->status == 0)
		request_received(f, i);
	else
		note_response(f, i, false, m->t_last, f->place[i].effect);
}

void
infer_call_timeout(
    struct infer *f, uint32_t node, uint32_t call, int64_t t, uint64_t cause)
{
	struct infer_call *c = infer_find_call(f, node, call, true);

	if (c != NULL)
		step_call(f, c, t, cause, EVENT_TIMEOUT, 0, false);
}
