/*
 * Finds the passage of a message through a B2BUA or a queue: from which
 * message of its other leg a message was made.  b2bua_changes_compare.c
 * compares the two.
 */
#include "follower/b2bua_changes.h"

#include "base/err.h"
#include "machine/tables.h"
#include "role/role.h"
#include "rules/rule_names.h"
#include "rules/rules.h"
#include "follower/sent_message.h"

/* ---- through a queue ---- */

/* N (or NULL) is a box whose callers wait. */
static bool
is_queue(const struct trace_node *n)
{
	return n != NULL && role_plays(n->role, "queue");
}

/* Record SEQ is a step of a call that waits, named ID, or, where that is empty,
 * of any: then it is its name. */
static bool
is_step_of(
    const struct trace *t, uint64_t seq, struct str *id, struct buf *name)
{
	struct trace_rec rec;
	LOCAL_BUF scratch = BUF_INIT;
	struct str text = STR_NULL;
	bool is = false;

	if (trace_kind_of(t, seq) != TRACE_FSM)
		return false;
	trace_get(t, seq, &rec);
	if (str_is(trace_str(&rec, "machine", &scratch),
		machine_queue_call.name)) {
		text = trace_str(&rec, "id", &scratch);
		is = id->n == 0 || str_eq(text, *id);
	}
	if (is && id->n == 0) {
		buf_str(name, text);
		*id = buf_view(name);
	}
	return is;
}

/* Record SEQ is a machine's first step. */
static bool
is_first_step(const struct trace *t, uint64_t seq)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	return str_is(trace_str(&rec, "from", &scratch),
	    state_word(machine_queue_call.start));
}

/*
 * Record SEQ is a step of a call that waits: the first one of that call, which
 * its caller's INVITE has caused; else 0. What a queue sends for one caller is
 * caused by what happens to another, who has left an agent free, or a place in
 * front of him: so the chain of causes leads to the messages of a call that
 * this one has nothing to do with. For whom an agent was called is told by the
 * machine of the call that waits.
 */
static uint64_t
queue_begin(const struct trace *t, uint64_t seq)
{
	uint32_t node = trace_node_of(t, seq);
	LOCAL_BUF name = BUF_INIT;
	struct str id = STR_NULL;
	uint64_t first = 0;

	if (is_step_of(t, seq, &id, &name) && name.err == 0)
		first = seq;
	while (first != 0 && seq > 1 && !is_first_step(t, first)) {
		seq--;
		if (trace_node_of(t, seq) == node &&
		    is_step_of(t, seq, &id, &name))
			first = seq;
	}
	return first;
}

/* The last `send` up to LAST by which NODE has called a second party in a call
 * with the Call-ID A or B; 0: none. */
static uint64_t
queue_called(const struct trace *t, uint32_t node, uint64_t last, struct str a,
    struct str b)
{
	struct sent_message m = SENT_MESSAGE_INIT;
	const char *rule = rule_at(RULE_PAIR_CALL)->key;
	uint64_t found = 0;

	for (uint64_t seq = last; seq > 0 && found == 0; seq--) {
		struct trace_rec rec;

		if (trace_kind_of(t, seq) != TRACE_SEND ||
		    trace_node_of(t, seq) != node)
			continue;
		trace_get(t, seq, &rec);
		if (str_is(trace_rule(&rec), rule) &&
		    sent_message_read_record(&m, t, &rec) == 0 &&
		    (str_eq(m.send.call_id, a) || str_eq(m.send.call_id, b)))
			found = seq;
	}
	sent_message_free(&m);
	return found;
}

/* ---- through a B2BUA: which message was made of which ---- */

/* Steps of a chain of causes that are looked at. */
#define STEPS 100000
/* So near behind a message stands the note that joins its call with another. */
#define NOTE_NEAR 8
/* Records behind a message among which what was made of it is looked for. */
#define BEHIND 2000

const char *const b2bua_change_fate_words[B2BUA_CHANGE_FATE_COUNT] = {
#define X(id, word) word,
	B2BUA_CHANGE_FATES(X)
#undef X
};

/* N (or NULL) is of the class B2BUA. */
static bool
is_box(const struct trace_node *n)
{
	struct str words = n != NULL ? n->role : STR_NULL;

	while (words.n > 0) {
		const struct role *r = role_find(str_cut(words, ' ', &words));

		if (r != NULL && r->class == ROLE_CLASS_B2BUA)
			return true;
	}
	return false;
}

bool
b2bua_passage_has_box(const struct trace *t)
{
	const struct trace_head *head = trace_head(t);

	for (size_t i = 0; i < head->nnodes; i++)
		if (is_box(&head->nodes[i]))
			return true;
	return false;
}

/* A node may give another call the Call-ID of the first. */
static bool
is_copy(const struct trace_send *in, const struct trace_send *out)
{
	return (in->status == 0) == (out->status == 0) &&
	       str_eq(sent_message_method(in), sent_message_method(out));
}

static bool
is_of_other_call(const struct trace_send *in, const struct trace_send *out)
{
	return !str_eq(in->call_id, out->call_id) ||
	       (is_copy(in, out) && !str_eq(in->branch, out->branch));
}

/* A rejection after which OUT goes once more, elsewhere or otherwise: then what
 * it was made of lies behind (RFC 3261 8.1.3). */
static bool
is_tried_again(const struct trace_send *in, const struct trace_send *out)
{
	return in->status >= 300 && out->status == 0 &&
	       str_eq(in->call_id, out->call_id) &&
	       str_eq(in->cseq_method, out->method);
}

static bool
is_request_for_call(const struct trace_send *s)
{
	return s->status == 0 && str_is(s->method, "INVITE");
}

/* From a message back along its causes. */
struct way {
	const struct trace *t;
	struct sent_message *out;
	uint32_t node; /* that has sent it; */
	bool queue;    /* a queue; */
	bool waited; /* and a call that waits was met: its first step came next
		      */
};

static struct way
begin_way(const struct trace *t, struct sent_message *out, bool queue)
{
	return (struct way){ t, out, trace_node_of(t, out->seq), queue, false };
}

static uint64_t
step_back(struct way *w, uint64_t seq)
{
	uint64_t cause = trace_cause_of(w->t, seq), first = 0;

	if (w->queue && !w->waited && cause != 0 &&
	    is_request_for_call(&w->out->send) &&
	    trace_node_of(w->t, cause) == w->node)
		first = queue_begin(w->t, cause);
	w->waited |= first != 0;
	return first != 0 ? first : cause;
}

/* A timer of the box's own has made it send OUT, so it was made of nothing;
 * except for a request that begins something and goes on to the next of its
 * targets, when the one before has not answered. */
static bool
is_by_itself(const struct sent_message *in, struct sent_message *out)
{
	if (out->send.status != 0 || !is_copy(&in->send, &out->send))
		return true;
	return sent_message_read_text(out) != 0 || out->to_tag.n > 0;
}

/* Walks W to the message received by its node in another call: IN, with record
 * *RECV. */
static int
walk_back(struct way *w, struct sent_message *in, uint64_t *recv)
{
	struct sent_message *out = w->out;
	uint64_t seq = out->seq;
	bool again = false, timed = false;

	for (unsigned i = 0; i < STEPS; i++) {
		int err;

		seq = step_back(w, seq);
		if (seq == 0)
			return ERR_NOTFOUND;
		timed |= trace_kind_of(w->t, seq) == TRACE_TIMER &&
			 trace_node_of(w->t, seq) == w->node;
		if (trace_kind_of(w->t, seq) != TRACE_RECV ||
		    trace_node_of(w->t, seq) != w->node)
			continue;
		err = sent_message_read(in, w->t, seq);
		if (err == ERR_NOMEM)
			return err;
		if (err != 0 || !in->sip)
			continue;
		if (is_of_other_call(&in->send, &out->send) &&
		    (!again || is_copy(&in->send, &out->send))) {
			*recv = seq;
			return timed && is_by_itself(in, out) ? ERR_NOTFOUND
							      : 0;
		}
		again |= is_tried_again(&in->send, &out->send);
		if (!again)
			return ERR_NOTFOUND;
	}
	return ERR_NOTFOUND;
}

/* The calls of IN and of W's message are the calls of one caller and its agent:
 * the cause of the one may be in another call. */
static int
check_joined(const struct way *w, const struct sent_message *in)
{
	struct sent_message called = SENT_MESSAGE_INIT,
			    asked = SENT_MESSAGE_INIT;
	struct str a = in->send.call_id, b = w->out->send.call_id;
	uint64_t seq = queue_called(w->t, w->node, w->out->seq, a, b);
	uint64_t recv;
	struct way first;
	int err =
	    seq == 0 ? ERR_NOTFOUND : sent_message_read(&called, w->t, seq);

	if (err == 0 && seq != w->out->seq) {
		first = begin_way(w->t, &called, true);
		err = walk_back(&first, &asked, &recv);
		if (err == 0 && !str_eq(asked.send.call_id, a) &&
		    !str_eq(asked.send.call_id, b))
			err = ERR_NOTFOUND;
	}
	sent_message_free(&called);
	sent_message_free(&asked);
	return err;
}

/* A message that is forwarded outside of calls, or within one, as it came does
 * not wait. */
static bool
may_be_of_others(const struct way *w, const struct sent_message *in)
{
	return w->queue && !w->waited &&
	       (!is_copy(&in->send, &w->out->send) ||
		   str_is(sent_message_method(&w->out->send), "INVITE"));
}

/* Capture P's `to` is joined with the other call by something that no two calls
 * have, which the note after it says (docs/CAPTURES.md). */
static bool
is_proved(const struct b2bua_passage *p, const struct trace *t)
{
	static const char *const sure[] = { "x-call-id", "relay", "session-id",
		"icid", "sdp", "media" };
	uint64_t last = p->to + NOTE_NEAR;
	LOCAL_BUF scratch = BUF_INIT;
	bool proved = false;

	if (last > trace_count(t))
		last = trace_count(t);
	for (uint64_t seq = p->to + 1; seq <= last && !proved; seq++) {
		struct trace_rec rec;

		if (trace_kind_of(t, seq) != TRACE_NOTE ||
		    trace_cause_of(t, seq) != p->to)
			continue;
		trace_get(t, seq, &rec);
		for (size_t i = 0; i < COUNT_OF(sure); i++)
			proved |=
			    str_is(trace_str(&rec, "by", &scratch), sure[i]);
	}
	return proved;
}

int
b2bua_passage_find(struct b2bua_passage *p, const struct trace *t, uint64_t seq)
{
	/* By these a box says something of its own, whatever has come. */
	static const enum rule_id own[] = { RULE_PAIR_RANG,
		RULE_PAIR_NOT_SENT };
	struct sent_message out = SENT_MESSAGE_INIT, in = SENT_MESSAGE_INIT;
	int err = sent_message_read(&out, t, seq);
	const struct trace_node *box;
	struct way way;

	*p = (struct b2bua_passage){ .to = out.seq };
	if (err == 0 && out.send.retx != 0 && out.send.retx < out.seq)
		err = sent_message_read(&out, t, out.send.retx);
	box = err == 0 ? trace_find_node(t, out.sent.node) : NULL;
	if (err == 0 && (!out.sip || out.send.fwd != 0 || !is_box(box) ||
			    trace_has_rule(&out.sent, own, COUNT_OF(own))))
		err = ERR_NOTFOUND;
	if (err == 0) {
		way = begin_way(t, &out, is_queue(box));
		err = walk_back(&way, &in, &p->recv);
	}
	if (err == 0 && may_be_of_others(&way, &in))
		err = check_joined(&way, &in);
	if (err == 0) {
		p->from = in.seq;
		p->same = is_copy(&in.send, &out.send);
		p->inferred = trace_is_of_capture(t);
		p->proved = !p->inferred || is_proved(p, t);
	}
	sent_message_free(&out);
	sent_message_free(&in);
	return err;
}

int
b2bua_passage_find_next(
    struct b2bua_passage *p, const struct trace *t, uint64_t seq, uint64_t last)
{
	struct sent_message in = SENT_MESSAGE_INIT;
	int err = sent_message_read(&in, t, seq);
	const struct trace_node *box =
	    err == 0 && in.sip ? trace_find_node(t, in.send.dst) : NULL;
	uint64_t first = in.seq, end = first + BEHIND;

	sent_message_free(&in);
	if (err == ERR_NOMEM || !is_box(box))
		return err == ERR_NOMEM ? err : ERR_NOTFOUND;
	for (seq = first + 1; seq <= last && seq <= end; seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		err = b2bua_passage_find(p, t, seq);
		if (err == ERR_NOMEM || (err == 0 && p->from == first))
			return err;
	}
	return ERR_NOTFOUND;
}
