/* Which faults there are. */
#include "search/candidates.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "machine/machine.h"
#include "trace/state_at.h"

#include <stdlib.h>
#include <string.h>

#define MS INT64_C(1000000)
/* So long before or after a timer. */
#define NEAR_NS MS
/* How long a node is down that starts again. */
#define RESTART_NS (1000 * MS)
/* At rest is who has had nothing to do for so long, and has a while to go. */
#define REST_NS (2000 * MS)
/* How long a link is down: so that a request is retransmitted, and longer than
 * any transaction lives (64 * T1, RFC 3261 17). */
static const int64_t downs[] = { 1000 * MS, 35000 * MS };
/* Timers that a message is held against, the next ones. */
#define TIMERS_MOST 8

/* How much later a message may come, so that it matters. */
struct moments {
	int64_t by[2 * TIMERS_MOST];
	size_t n;
};

struct finder {
	struct candidates *c;
	const struct trace *t;
	const struct search_wish *w;
	uint64_t *arrives;    /* by send: its first recv; 0: none */
	struct moments *late; /* of each message that arrives, and … */
	size_t nlate, late_cap;
	uint32_t *late_of;    /* … by send: its place there, from 1 */
	bool *moves;          /* by record: something comes of it */
	uint64_t event;       /* the first record of the event */
	uint64_t before;      /* the last record of the event before */
	uint64_t crashed_at;  /* the last event that has a crash, and … */
	uint32_t crashed;     /* … of whom */
	bool *busy;           /* by node: it has done something by now */
	enum state_id *calls; /* of the calls that may be given up: now */
	uint64_t acted;       /* the last event behind which acts are tried */
	struct buf scratch;
};

static bool
wants(const struct finder *f, enum fault_kind kind)
{
	return (f->w->kinds & 1u << kind) != 0;
}

static int
candidate_add(struct finder *f, const struct found_fault *fault, bool idle)
{
	struct candidates *c = f->c;

	if (ARRAY_ROOM(&c->list, &c->cap, c->n + 1) != 0)
		return ERR_NOMEM;
	c->list[c->n++] = (struct candidate){ *fault, idle };
	return 0;
}

/* ---- records known to be without effect ---- */

/* Nothing that a node does comes of a record of such a kind. */
static bool
candidate_is_silent(enum trace_kind kind)
{
	return kind == TRACE_DROP || kind == TRACE_NOTE || kind == TRACE_END ||
	       kind == TRACE_PACKET || kind == TRACE_FAULT;
}

static int
candidate_compare_times(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static void
add_moment(struct moments *m, int64_t by)
{
	if (by <= 0 || by > CANDIDATES_LATE_NS)
		return;
	for (size_t i = 0; i < m->n; i++)
		if (m->by[i] == by)
			return;
	if (m->n < COUNT_OF(m->by))
		m->by[m->n++] = by;
}

/* The timers of NODE that run when something arrives at T. */
static void
add_timers(
    const struct state_at *state, struct str node, int64_t t, struct moments *m)
{
	const struct state_at_timer *timer;
	size_t at = 0;

	while ((timer = state_at_next_timer(state, node, &at)) != NULL) {
		add_moment(m, timer->due - NEAR_NS - t);
		add_moment(m, timer->due + NEAR_NS - t);
	}
}

/* SEND arrives for the first time with record SEQ, before which is STATE. */
static int
note_arrival(
    struct finder *f, uint64_t send, uint64_t seq, struct state_at *state)
{
	struct moments *m;
	int err;

	f->arrives[send] = seq;
	if (!wants(f, FAULT_LATE))
		return 0;
	err = ARRAY_ROOM(&f->late, &f->late_cap, f->nlate + 1);
	if (err == 0)
		err = state_at_advance(state, f->t, seq - 1);
	if (err != 0)
		return err;
	m = &f->late[f->nlate];
	m->n = 0;
	/* What runs at both ends when it comes. */
	add_timers(state, trace_name(f->t, trace_node_of(f->t, send)),
	    trace_time_of(f->t, seq), m);
	add_timers(state, trace_name(f->t, trace_node_of(f->t, seq)),
	    trace_time_of(f->t, seq), m);
	qsort(m->by, m->n, sizeof(m->by[0]), candidate_compare_times);
	f->late_of[send] = (uint32_t)++f->nlate;
	return 0;
}

static int
candidate_look_at(struct finder *f, uint64_t seq, struct state_at *state)
{
	struct trace_rec rec;
	uint64_t send;

	if (!candidate_is_silent(trace_kind_of(f->t, seq)))
		f->moves[trace_cause_of(f->t, seq)] = true;
	if (trace_kind_of(f->t, seq) != TRACE_RECV)
		return 0;
	trace_get(f->t, seq, &rec);
	send = trace_send_of(f->t, &rec);
	return send == 0 || f->arrives[send] != 0
		   ? 0
		   : note_arrival(f, send, seq, state);
}

static int
candidate_look_ahead(struct finder *f)
{
	uint64_t n = trace_count(f->t);
	struct state_at *state;
	int err = state_at_create(&state);

	f->arrives = mem_zalloc(n + 1, sizeof(*f->arrives));
	f->moves = mem_zalloc(n + 1, sizeof(*f->moves));
	f->late_of = mem_zalloc(n + 1, sizeof(*f->late_of));
	if (f->arrives == NULL || f->moves == NULL || f->late_of == NULL)
		err = ERR_NOMEM;
	for (uint64_t seq = 1; err == 0 && seq <= n; seq++)
		err = candidate_look_at(f, seq, state);
	state_at_destroy(state);
	return err;
}

/* ---- messages ---- */

static int
add_late(struct finder *f, uint64_t seq)
{
	struct found_fault fault = { .kind = FAULT_LATE, .after = seq };
	const struct moments *m = &f->late[f->late_of[seq] - 1];
	int err = 0;

	for (size_t i = 0; err == 0 && i < m->n; i++) {
		fault.by_ns = m->by[i];
		err = candidate_add(f, &fault, false);
	}
	return err;
}

/* When the next message on the way of that of SEQ comes; 0: none does. */
static int64_t
candidate_next_arrival(
    const struct finder *f, uint64_t seq, uint32_t from, uint32_t to)
{
	for (uint64_t i = seq + 1; i <= trace_count(f->t); i++) {
		uint64_t arrives = f->arrives[i];

		if (arrives != 0 && trace_node_of(f->t, i) == from &&
		    trace_node_of(f->t, arrives) == to)
			return trace_time_of(f->t, arrives);
		if (trace_time_of(f->t, i) >
		    trace_time_of(f->t, seq) + CANDIDATES_LATE_NS)
			break;
	}
	return 0;
}

static int
add_overtaken(struct finder *f, uint64_t seq)
{
	struct found_fault fault = { .kind = FAULT_OVERTAKEN, .after = seq };
	uint64_t arrives = f->arrives[seq];
	int64_t t = candidate_next_arrival(
	    f, seq, trace_node_of(f->t, seq), trace_node_of(f->t, arrives));

	fault.by_ns = t - trace_time_of(f->t, arrives) + NEAR_NS;
	return t == 0 || fault.by_ns <= 0 || fault.by_ns > CANDIDATES_LATE_NS
		   ? 0
		   : candidate_add(f, &fault, false);
}

static bool
candidate_is_wanted(const struct finder *f, const struct trace_send *send)
{
	const char *node = f->w->node, *method = f->w->method;

	return (node[0] == '\0' || str_is(send->src, node) ||
		   str_is(send->dst, node)) &&
	       (method[0] == '\0' || str_is(send->cseq_method, method) ||
		   str_is(send->method, method));
}

static int
add_message_faults(struct finder *f, uint64_t seq)
{
	struct found_fault fault = { .kind = FAULT_DROP, .after = seq };
	uint64_t arrives = f->arrives[seq];
	struct trace_send send;
	struct trace_rec rec;
	int err;

	trace_get(f->t, seq, &rec);
	err = trace_get_send(&rec, &send, &f->scratch);
	if (err != 0)
		return err == ERR_NOMEM ? err : 0;
	if (!candidate_is_wanted(f, &send))
		return 0;
	if (wants(f, FAULT_DROP))
		err = candidate_add(
		    f, &fault, arrives == 0 || !f->moves[arrives]);
	fault.kind = FAULT_DOUBLE;
	if (err == 0 && wants(f, FAULT_DOUBLE))
		err = candidate_add(f, &fault, false);
	if (err == 0 && arrives != 0 && wants(f, FAULT_LATE))
		err = add_late(f, seq);
	if (err == 0 && arrives != 0 && wants(f, FAULT_OVERTAKEN))
		err = add_overtaken(f, seq);
	return err;
}

/* ---- nodes and links ---- */

static bool
changes_state(enum trace_kind kind)
{
	return kind == TRACE_FSM || kind == TRACE_DIALOG ||
	       kind == TRACE_CALL || kind == TRACE_BINDING;
}

/* NODE crashes behind the event of record SEQ. */
static int
add_crash(struct finder *f, uint64_t seq)
{
	struct found_fault fault = { .kind = FAULT_CRASH, .after = seq };
	uint32_t node = trace_node_of(f->t, seq);
	struct str name = trace_name(f->t, node);
	int err = 0;

	if (node >= trace_head(f->t)->nnodes ||
	    (f->w->node[0] != '\0' && !str_is(name, f->w->node)) ||
	    (f->crashed_at == f->event && f->crashed == node))
		return 0;
	f->crashed_at = f->event;
	f->crashed = node;
	fault.on = node;
	if (wants(f, FAULT_CRASH))
		err = candidate_add(f, &fault, false);
	fault.kind = FAULT_RESTART;
	fault.by_ns = RESTART_NS;
	if (err == 0 && wants(f, FAULT_RESTART))
		err = candidate_add(f, &fault, false);
	return err;
}

/* LINK is down from right before the event in which a node of it sends. */
static int
add_down(struct finder *f, size_t link)
{
	struct found_fault fault = {
		.kind = FAULT_DOWN, .after = f->before, .on = (uint32_t)link
	};
	int64_t t = trace_time_of(f->t, f->event);
	int err = 0;

	if (f->before == 0)
		return 0;
	if (trace_time_of(f->t, f->before) < t - NEAR_NS)
		fault.at_ns = t - NEAR_NS;
	for (size_t i = 0; err == 0 && i < COUNT_OF(downs); i++) {
		fault.by_ns = downs[i];
		err = candidate_add(f, &fault, false);
	}
	return err;
}

static int
add_downs(struct finder *f, uint64_t seq)
{
	const struct trace_head *h = trace_head(f->t);
	struct str node = trace_name(f->t, trace_node_of(f->t, seq));
	int err = 0;

	for (size_t i = 0; err == 0 && i < h->nlinks; i++) {
		const struct trace_link *l = &h->links[i];

		if ((str_eq(l->a, node) || str_eq(l->b, node)) &&
		    (f->w->node[0] == '\0' || str_is(l->a, f->w->node) ||
			str_is(l->b, f->w->node)))
			err = add_down(f, i);
	}
	return err;
}

/* Nothing has happened for a while before SEQ: each node that has done
 * something starts again in it. */
static int
candidate_add_rest(struct finder *f, uint64_t seq)
{
	struct found_fault fault = {
		.kind = FAULT_REST, .after = f->before, .by_ns = RESTART_NS
	};
	int64_t t = trace_time_of(f->t, f->before);
	int err = 0;

	if (trace_time_of(f->t, seq) - t < REST_NS)
		return 0;
	fault.at_ns = t + RESTART_NS / 2;
	for (uint32_t i = 0; err == 0 && i < trace_head(f->t)->nnodes; i++) {
		fault.on = i;
		if (f->busy[i] && (f->w->node[0] == '\0' ||
				      str_is(trace_name(f->t, i), f->w->node)))
			err = candidate_add(f, &fault, false);
	}
	return err;
}

/* ---- acts ---- */

/* The call of record SEQ has taken a step. */
static void
note_call_state(struct finder *f, uint64_t seq)
{
	const struct machine_state *state;
	struct trace_rec rec;
	struct str id;

	trace_get(f->t, seq, &rec);
	state = machine_find_state(
	    machine_find(STR("call")), trace_str(&rec, "state", &f->scratch));
	id = trace_str(&rec, "id", &f->scratch);
	for (size_t i = 0; i < f->w->given_up; i++)
		if (str_is(id, f->w->tried->acts[i].on))
			f->calls[i] = state != NULL ? state->id : STATE_NONE;
}

/* The act I can be done now. */
static bool
may_try(const struct finder *f, size_t i)
{
	const struct input_act *a = &f->w->tried->acts[i];

	if (i >= f->w->given_up)
		return true;
	return strcmp(a->verb, "bye") == 0
		   ? f->calls[i] == STATE_CONFIRMED
		   : f->calls[i] == STATE_CALLING ||
			 f->calls[i] == STATE_PROCEEDING ||
			 f->calls[i] == STATE_EARLY;
}

/* Behind the event of record SEQ, which changes a state. */
static int
add_acts(struct finder *f, uint64_t seq)
{
	struct found_fault fault = { .kind = FAULT_ACT, .after = seq };
	int err = 0;

	if (f->w->tried == NULL || f->acted == f->event)
		return 0;
	f->acted = f->event;
	for (size_t i = 0; err == 0 && i < f->w->tried->nacts; i++) {
		fault.on = (uint32_t)i;
		if (may_try(f, i))
			err = candidate_add(f, &fault, false);
	}
	return err;
}

/* ---- all of them ---- */

/* SEQ is of another event than the record before it. */
static bool
begins_event(const struct finder *f, uint64_t seq)
{
	return f->event == 0 ||
	       trace_time_of(f->t, seq) != trace_time_of(f->t, f->event) ||
	       trace_cause_of(f->t, seq) < f->event;
}

static void
candidate_note_record(struct finder *f, uint64_t seq)
{
	enum trace_kind kind = trace_kind_of(f->t, seq);
	uint32_t node = trace_node_of(f->t, seq);

	if (node < trace_head(f->t)->nnodes &&
	    (changes_state(kind) || kind == TRACE_SEND))
		f->busy[node] = true;
	if (kind == TRACE_CALL && f->w->given_up > 0)
		note_call_state(f, seq);
}

static int
candidate_find_at(struct finder *f, uint64_t seq)
{
	enum trace_kind kind = trace_kind_of(f->t, seq);
	int err = 0;

	if (kind == TRACE_SEND) {
		err = add_message_faults(f, seq);
		if (err == 0 && wants(f, FAULT_DOWN) && f->w->method[0] == '\0')
			err = add_downs(f, seq);
	} else if (changes_state(kind) && f->w->method[0] == '\0') {
		err = add_crash(f, seq);
		if (err == 0 && wants(f, FAULT_ACT))
			err = add_acts(f, seq);
	}
	return err;
}

int
candidates_find(struct candidates *c, const struct trace *t, uint64_t after,
    const struct search_wish *w)
{
	struct finder f = { .c = c, .t = t, .w = w, .scratch = BUF_INIT };
	int err;

	memset(c, 0, sizeof(*c));
	f.busy = mem_zalloc(trace_head(t)->nnodes + 1, sizeof(*f.busy));
	f.calls = mem_zalloc(w->given_up + 1, sizeof(*f.calls));
	err = f.busy != NULL && f.calls != NULL ? candidate_look_ahead(&f)
						: ERR_NOMEM;
	for (uint64_t seq = 1; err == 0 && seq <= trace_count(t); seq++) {
		if (begins_event(&f, seq)) {
			f.before = f.event == 0 ? 0 : seq - 1;
			f.event = seq;
			if (f.before > after && wants(&f, FAULT_REST) &&
			    w->method[0] == '\0')
				err = candidate_add_rest(&f, seq);
		}
		candidate_note_record(&f, seq);
		if (err == 0 && seq > after)
			err = candidate_find_at(&f, seq);
	}
	mem_free(f.busy);
	mem_free(f.calls);
	mem_free(f.arrives);
	mem_free(f.late);
	mem_free(f.late_of);
	mem_free(f.moves);
	buf_free(&f.scratch);
	return err;
}

void
candidates_free(struct candidates *c)
{
	mem_free(c->list);
	memset(c, 0, sizeof(*c));
}
