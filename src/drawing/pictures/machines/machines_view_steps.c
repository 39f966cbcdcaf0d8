/*
 * What a machine's records leave to be found out: which edge of its table a
 * step took, if the record does not name the event; the method of a
 * transaction; whether a timer was set again.
 */
#include "pictures/machines/machines_view_in.h"
#include "rules/rules.h"
#include "words/record_text.h"
#include "words/state_words.h"

/* The limit of records searched back for a step's cause. */
#define CAUSES_MOST 4
/* An earlier setting of a timer is looked for among so many records. */
#define BACK_MOST 400
/* The last message of a machine that has ended, so many causes back. */
#define BEFORE_MOST 8

/* The events that a message can be: a response by its status; a request by
 * its method; each as sent or received, a request also without that. */
static const struct machine_edge *
step_by_message(const struct machine *m, struct str from, struct str to,
    const struct trace *t, const struct trace_rec *rec)
{
	static const char *const endings[2][2][3] = {
		{ { " received", "", NULL }, { "", NULL } },
		{ { " sent", "", NULL }, { " sent", NULL } },
	};
	LOCAL_BUF scratch = BUF_INIT, event = BUF_INIT;
	const struct machine_edge *edge = NULL;
	const char *const *ending;
	struct trace_send what;
	struct trace_rec send;

	if (record_message(t, rec, &send) &&
	    trace_get_send(&send, &what, &scratch) == 0) {
		ending = endings[rec->kind == TRACE_SEND][what.status != 0];
		for (; edge == NULL && *ending != NULL; ending++) {
			buf_clear(&event);
			if (what.status != 0)
				buf_u64(&event, what.status);
			else
				buf_str(&event, what.method);
			if (event.n > 0)
				buf_puts(&event, *ending);
			if (event.n > 0)
				edge =
				    machine_step(m, from, buf_view(&event), to);
		}
	}
	return edge;
}

/* A timer that fired. */
static const struct machine_edge *
step_by_timer(const struct machine *m, struct str from, struct str to,
    const struct trace_rec *rec)
{
	LOCAL_BUF name = BUF_INIT, event = BUF_INIT;
	const struct machine_edge *edge;

	buf_printf(
	    &event, "Timer %.*s", STR_ARG(trace_str(rec, "name", &name)));
	edge = machine_step(m, from, buf_view(&event), to);
	if (edge == NULL)
		edge = machine_step(m, from, STR("timeout"), to);
	return edge;
}

/* A person's acts, and the machine's event for each. */
static const struct machine_edge *
step_by_act(const struct machine *m, struct str from, struct str to,
    const struct trace_rec *rec)
{
	static const struct {
		const char *verb;
		enum event_id event;
	} acts[] = {
		{ "invite", EVENT_INVITE_SENT },
		{ "bye", EVENT_BYE },
		{ "cancel", EVENT_CANCEL },
		{ "cancel", EVENT_CANCEL_UNSENT },
		{ "hold", EVENT_RE_INVITE },
		{ "resume", EVENT_RE_INVITE },
		{ "reinvite", EVENT_RE_INVITE },
		{ "answer", EVENT_2XX_SENT },
		{ "reject", EVENT_300_699_SENT },
	};
	LOCAL_BUF scratch = BUF_INIT;
	struct str verb = trace_str(rec, "verb", &scratch);
	const struct machine_edge *edge = NULL;

	for (size_t i = 0; i < COUNT_OF(acts) && edge == NULL; i++)
		if (str_is(verb, acts[i].verb))
			edge = machine_step(
			    m, from, str_of(event_word(acts[i].event)), to);
	return edge;
}

/* By what caused the step: the nearest cause that is an event of M. */
static const struct machine_edge *
step_by_cause(const struct trace *t, const struct machine *m, struct str from,
    struct str to, uint64_t seq)
{
	const struct machine_edge *edge = NULL;
	uint32_t node = trace_node_of(t, seq);
	struct trace_rec rec;

	for (int i = 0; i < CAUSES_MOST && edge == NULL; i++) {
		seq = trace_cause_of(t, seq);
		if (seq == 0)
			break;
		trace_get(t, seq, &rec);
		/* What happens elsewhere is not an event here. */
		if (trace_node_of(t, seq) != node)
			break;
		if (rec.kind == TRACE_RECV || rec.kind == TRACE_SEND)
			edge = step_by_message(m, from, to, t, &rec);
		else if (rec.kind == TRACE_TIMER)
			edge = step_by_timer(m, from, to, &rec);
		else if (rec.kind == TRACE_ACT)
			edge = step_by_act(m, from, to, &rec);
	}
	return edge;
}

/*
 * What tells which of several edges a step took: the rule that its record
 * names, since caller and callee have different ones; its event or
 * status; what caused it.
 */
struct signs {
	int64_t status; /* 0: none */
	const struct rule *rule;
	const struct machine_edge *by_event, *by_cause;
};

/* How well E fits; negative: not at all. */
static int
rate_edge(const struct machine_edge *e, const struct signs *s)
{
	unsigned first, last;

	if (s->status != 0 && machine_edge_statuses(e, &first, &last) &&
	    (s->status < first || s->status > last))
		return -1;
	/* Several rules may be of one section. */
	return 4 * machine_edge_obeys(e, s->rule) +
	       (s->rule != NULL && rule_at(e->rule) == s->rule) +
	       (e == s->by_event) + (e == s->by_cause);
}

/* The edge FROM → TO that fits best, or the only one; NULL where several fit
 * alike: none is claimed then. */
static const struct machine_edge *
best_fit(const struct machine *m, struct str from, struct str to,
    const struct signs *s)
{
	const struct machine_edge *best = NULL;
	int most = 0;
	size_t n = 0, alike = 0;

	for (size_t i = 0; i < m->nedges; i++) {
		const struct machine_edge *e = &m->edges[i];
		int fits = rate_edge(e, s);

		if (!str_is(from, state_word(e->from)) ||
		    !str_is(to, state_word(e->to)) || fits < 0)
			continue;
		alike += fits == most;
		if (n++ == 0 || fits > most) {
			most = fits;
			best = e;
			alike = 1;
		}
	}
	return n == 1 || (most > 0 && alike == 1) ? best : NULL;
}

const struct rule *
machines_rule(const struct trace *t, uint64_t seq)
{
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	return trace_rule_row(&rec);
}

/* By the status of the record itself, of a response sent or received. */
static const struct machine_edge *
step_by_status(
    const struct machine *m, struct str from, struct str to, int64_t status)
{
	const struct machine_edge *edge;
	LOCAL_BUF event = BUF_INIT;

	buf_i64(&event, status);
	edge = machine_step(m, from, buf_view(&event), to);
	if (edge == NULL) {
		buf_puts(&event, " sent");
		edge = machine_step(m, from, buf_view(&event), to);
	}
	return edge;
}

const struct machine_edge *
machines_edge(const struct trace *t, const struct machine *m, uint64_t seq)
{
	LOCAL_BUF a = BUF_INIT, b = BUF_INIT, c = BUF_INIT;
	const struct machine_edge *edge = NULL;
	struct str from, to, event;
	struct signs s = { 0 };
	struct trace_rec rec;

	if (m == NULL || seq == 0 || seq > trace_count(t))
		return NULL;
	trace_get(t, seq, &rec);
	from = trace_str(&rec, "from", &a);
	if (from.n == 0 || str_is(from, "none"))
		from = str_of(state_word(m->start));
	to = trace_str(&rec, rec.kind == TRACE_CALL ? "state" : "to", &b);
	event = trace_str(&rec, "event", &c);
	if (event.n > 0) {
		edge = machine_step(m, from, event, to);
	} else {
		s.status = trace_int(&rec, "status", 0);
		s.status = s.status > 0 && s.status < 1000 ? s.status : 0;
		if (s.status != 0)
			s.by_event = step_by_status(m, from, to, s.status);
		s.by_cause = step_by_cause(t, m, from, to, seq);
		s.rule = machines_rule(t, seq);
		edge = best_fit(m, from, to, &s);
	}
	return edge;
}

/* Of one that has ended: what it last sent or received. */
static struct str
method_before(const struct trace *t, uint64_t seq, struct buf *scratch)
{
	struct trace_rec rec, send;
	struct trace_send what;

	for (int i = 0; i < BEFORE_MOST && seq != 0; i++) {
		trace_get(t, seq, &rec);
		if ((rec.kind == TRACE_SEND || rec.kind == TRACE_RECV) &&
		    record_message(t, &rec, &send) &&
		    trace_get_send(&send, &what, scratch) == 0)
			return what.cseq_method;
		seq = rec.cause;
	}
	return STR_NULL;
}

struct str
machines_method(const struct machines_view *v, const struct machines_entry *e,
    struct buf *scratch)
{
	if (e->dialog != NULL || e->call != NULL || e->first == 0)
		return STR_NULL;
	if (e->tr != NULL)
		return state_method(v->t, v->f, e->tr, scratch);
	return method_before(v->t, e->last, scratch);
}

bool
machines_rearmed(
    const struct machines_view *v, const struct state_at_timer *timer)
{
	uint64_t seq = timer->last;
	uint64_t last = seq > BACK_MOST ? seq - BACK_MOST : 0;
	uint32_t node = trace_node_of(v->t, seq);
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	bool found = false;

	while (!found && seq > last + 1) {
		seq--;
		if (trace_kind_of(v->t, seq) != TRACE_TIMER ||
		    trace_node_of(v->t, seq) != node)
			continue;
		trace_get(v->t, seq, &rec);
		found =
		    str_eq(trace_str(&rec, "name", &scratch), timer->name) &&
		    str_eq(trace_str(&rec, "id", &scratch), timer->id);
	}
	return found;
}

bool
machines_owns(
    const struct machines_entry *e, const struct state_at_timer *timer)
{
	if (e->tr != NULL)
		return state_at_owns_timer(e->tr, timer);
	return str_eq(e->node, timer->node) && str_eq(e->id, timer->id) &&
	       (timer->machine.n == 0 || str_eq(timer->machine, e->name));
}
