/*
 * What lives at a moment of a trace: the state as a text, what can be acted
 * on, and what a call lacks as its trace ends.
 */
#include "words/state_doc.h"

#include "base/i18n.h"
#include "role/role.h"
#include "role/verb.h"
#include "trace/record_name.h"
#include "words/hearing_doc.h"
#include "words/node_doc_in.h"
#include "words/state_words.h"
#include "words/time_words.h"

/* ---- the state at a position ---- */

#define WIDTH_USUAL 80

/* "At 2.000 s, after record 105. Messages sent: 12; …" */
static void
put_state_counts(struct node_view *v)
{
	struct state_at_counts n = state_at_count_all(v->f, STR_NULL);
	struct buf b = BUF_INIT;
	char time[TIME_ROOM];

	buf_printf(&b,
	    _("At %s s, after record %llu. Messages sent: %llu; lost: %llu; "
	      "timers fired: %llu."),
	    time_text(v->now, time), (unsigned long long)v->seq,
	    (unsigned long long)n.sends, (unsigned long long)n.drops,
	    (unsigned long long)n.timers_fired);
	doc_line(v->d, v->seq);
	doc_wrap(v->d, STYLE_PLAIN, buf_view(&b), 0, v->width);
	buf_end(&b, &v->d->err);
}

static void
state_doc_put_node(struct node_view *v, struct str name)
{
	doc_line(v->d, 0);
	node_view_turn(v, name);
	node_put(v);
}

/* A node at which nothing lives is not worth a line. */
static void
state_doc_put_nodes(struct node_view *v)
{
	const struct trace_head *head = trace_head(v->t);
	size_t before, none = v->d->nlines;

	for (size_t i = 0; i < head->nnodes; i++) {
		before = v->d->nlines;
		doc_line(v->d, 0);
		node_view_turn(v, head->nodes[i].name);
		if (!node_put(v))
			doc_cut(v->d, before);
	}
	if (v->d->nlines > none)
		return;
	doc_line(v->d, 0);
	doc_line(v->d, 0);
	doc_wrap(
	    v->d, STYLE_DIM, str_of(_("Nothing exists now.")), 0, v->width);
}

/* Where the trace tells of media. */
static void
put_hearings(struct node_view *v, const char *node)
{
	if (trace_first_of(v->t, TRACE_MEDIA) == 0)
		return;
	hearing_doc(v->t, v->f, node != NULL ? str_of(node) : STR_NULL, v->now,
	    v->width, v->d);
}

int
state_doc(const struct trace *t, uint64_t seq, int64_t t_ns, const char *node,
    size_t width, struct doc *d, struct diag *diag)
{
	struct node_view v;
	struct state_at *f = NULL;
	int err;

	if (node != NULL &&
	    (err = trace_check_node(t, str_of(node), diag)) != 0)
		return err;
	if (t_ns < 0)
		t_ns = seq > 0 ? trace_time_of(t, seq) : 0;
	err = state_at_create(&f);
	if (err == 0)
		err = state_at_advance(f, t, seq);
	if (err == 0) {
		v = node_view_of(
		    t, f, seq, t_ns, width != 0 ? width : WIDTH_USUAL, d);
		v.ruled = true;
		put_state_counts(&v);
		if (node != NULL)
			state_doc_put_node(&v, str_of(node));
		else
			state_doc_put_nodes(&v);
		put_hearings(&v, node);
		err = d->err;
	}
	state_at_destroy(f);
	return err;
}

/* ---- what can be acted on at a moment ---- */

struct acting {
	const struct trace *t;
	const struct state_at *f;
	struct str node;
	acted_fn *fn;
	void *arg;
	struct buf scratch;
};

static const char *
call_words(const struct state_at *f, const struct state_at_call *call)
{
	static const struct {
		const char *state, *words;
	} rows[] = {
		{ "early", N_("call, ringing") },
		{ "confirmed", N_("call, answered") },
	};

	if (state_call_waits(f, call) != NULL)
		return state_call_waits(f, call);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (str_is(call->state, rows[i].state))
			return i18n_text(rows[i].words);
	return _("call, not answered yet");
}

static void
tell_calls(struct acting *a, bool of_node)
{
	const struct state_at_call *call;
	size_t at = 0;

	while (a->f != NULL &&
	       (call = state_at_next_call(a->f, STR_NULL, &at)) != NULL)
		if (str_eq(call->node, a->node) == of_node &&
		    !str_is(call->state, "terminating"))
			a->fn(a->arg,
			    &(struct acted){ .kind = ACTED_CALL,
				.on = call->id,
				.text = str_of(call_words(a->f, call)) });
}

/* Subscriptions that a node has asked for; that of a REFER is its call's. */
static void
tell_subscriptions(struct acting *a)
{
	const struct state_at_transaction *s;
	struct trace_rec rec;
	size_t at = 0;

	while (a->f != NULL &&
	       (s = state_at_next_transaction(a->f, STR_NULL, &at)) != NULL) {
		if (!str_is(s->machine_name, "subscription") ||
		    state_at_find_call(a->f, s->node, s->id) != NULL)
			continue;
		trace_get(a->t, s->first, &rec);
		if (str_is(trace_str(&rec, "event", &a->scratch), "SUBSCRIBE"))
			a->fn(a->arg, &(struct acted){ .kind = ACTED_CALL,
					  .on = s->id,
					  .text = str_of(_("subscription")) });
	}
}

static size_t
count_offers(uint64_t is)
{
	size_t n = 0;

	for (const struct verb *v = verb_rows; v < verb_rows + VERB_COUNT; v++)
		for (const struct verb_offer *o = v->offers;
		     verb_is_of(v, VERB_OF_NODE, is) && o->name != NULL; o++)
			n++;
	return n;
}

static void
tell_nodes(struct acting *a, bool chosen)
{
	const struct trace_head *h = trace_head(a->t);

	for (size_t i = 0; i < h->nnodes; i++) {
		const struct trace_node *n = &h->nodes[i];

		if (str_eq(n->name, a->node) != chosen)
			continue;
		buf_clear(&a->scratch);
		role_put(&a->scratch, n->role, " · ");
		a->fn(a->arg, &(struct acted){ .kind = ACTED_NODE,
				  .on = n->name,
				  .text = buf_view(&a->scratch),
				  .addr = n->addr,
				  .offers = count_offers(role_is(n->role)) });
	}
}

static void
tell_links(struct acting *a)
{
	const struct trace_head *h = trace_head(a->t);

	for (size_t i = 0; i < h->nlinks; i++) {
		buf_clear(&a->scratch);
		buf_printf(&a->scratch, "%.*s-%.*s", STR_ARG(h->links[i].a),
		    STR_ARG(h->links[i].b));
		a->fn(a->arg, &(struct acted){ .kind = ACTED_LINK,
				  .on = buf_view(&a->scratch),
				  .text = str_of(_("link")) });
	}
}

int
acted_each(const struct trace *t, const struct state_at *f, struct str node,
    acted_fn *fn, void *arg)
{
	struct acting a = { t, f, node, fn, arg, BUF_INIT };
	int err;

	tell_calls(&a, true);
	tell_nodes(&a, true);
	tell_calls(&a, false);
	tell_subscriptions(&a);
	tell_nodes(&a, false);
	tell_links(&a);
	err = a.scratch.err;
	buf_free(&a.scratch);
	return err;
}

/* ---- what a call lacks as its trace ends ---- */

const char *
unended_text(enum unended how)
{
	static const char *const texts[] = {
#define X(id, text) text,
		UNENDED_ROWS(X)
#undef X
	};

	return _(texts[how]);
}

/* What has been seen of one call. */
struct seen {
	bool invite, cancel, answered, refused, ack, bye, bye_over;
};

static void
state_doc_note_request(struct seen *s, struct str method)
{
	if (str_is(method, "INVITE")) {
		s->invite = true;
		s->refused = false; /* it goes out again: 401, 422, 3xx */
	} else if (str_is(method, "CANCEL"))
		s->cancel = true;
	else if (str_is(method, "ACK"))
		s->ack = s->answered;
	else if (str_is(method, "BYE"))
		s->bye = true;
}

static void
state_doc_note_response(struct seen *s, struct str method, unsigned status)
{
	if (status < 200)
		return;
	if (str_is(method, "BYE") && status != 401 && status != 407)
		s->bye_over = true;
	if (!str_is(method, "INVITE"))
		return;
	if (status < 300)
		s->answered = true;
	else
		s->refused = true;
}

static enum unended
judge_call(const struct seen *s)
{
	if (!s->invite || s->bye_over)
		return UNENDED_NOT;
	if (s->bye)
		return UNENDED_HUNG_UP;
	if (s->answered)
		return s->ack ? UNENDED_TALKING : UNENDED_UNACKNOWLEDGED;
	if (s->refused)
		return UNENDED_NOT;
	return s->cancel ? UNENDED_CANCELLED : UNENDED_UNANSWERED;
}

bool
state_find_call(const struct trace *t, uint64_t seq, struct buf *id)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_send send;
	struct trace_rec rec;

	for (; seq != 0 && id->n == 0; seq = trace_cause_of(t, seq)) {
		uint64_t sent = seq;

		trace_get(t, seq, &rec);
		if (rec.kind == TRACE_RECV)
			sent = trace_send_of(t, &rec);
		if (sent == 0 || trace_kind_of(t, sent) != TRACE_SEND)
			continue;
		trace_get(t, sent, &rec);
		if (trace_get_send_parts(
			&rec, TRACE_SEND_CALL_ID, &send, &scratch) == 0)
			buf_str(id, send.call_id);
	}
	return id->err == 0 && id->n > 0;
}

enum unended
unended_find_call(const struct trace *t, uint64_t seq)
{
	LOCAL_BUF id = BUF_INIT, scratch = BUF_INIT;
	struct seen seen = { false };
	struct trace_send send;
	struct trace_rec rec;
	bool found = state_find_call(t, seq, &id);

	for (uint64_t i = 0; found && trace_next(t, TRACE_SEND, &i, &rec);) {
		if (trace_get_send_parts(&rec,
			TRACE_SEND_CALL_ID | TRACE_SEND_START | TRACE_SEND_CSEQ,
			&send, &scratch) != 0 ||
		    !str_eq(send.call_id, buf_view(&id)) || trace_is_retx(t, i))
			continue;
		if (send.status == 0)
			state_doc_note_request(&seen, send.method);
		else
			state_doc_note_response(
			    &seen, send.cseq_method, send.status);
	}
	return judge_call(&seen);
}
