/*
 * Which machines a node has at a position, and which of them the record there
 * is about.  The list comes from the state; what the record at the position has
 * just ended is no longer in it, but still to be looked at.
 */
#include "pictures/machines/machines_view_in.h"

/* Looking for what a record concerns goes so many causes back, and looks at
 * so many records behind it. */
#define CAUSES_MOST 24
#define BEHIND_MOST 64

struct str
machines_node(const struct machines_view *v)
{
	uint64_t seq = v->seq, last;
	uint32_t number;

	/* The trace's own slice of it is compared at once. */
	number = trace_find_name(v->t, v->node);
	if (v->node.n > 0)
		return number != TRACE_NO_NODE ? trace_name(v->t, number)
					       : v->node;
	last = seq > BEHIND_MOST ? seq - BEHIND_MOST : 0;
	for (; seq > last && seq <= trace_count(v->t); seq--) {
		number = trace_node_of(v->t, seq);
		if (number != TRACE_NO_NODE)
			return trace_name(v->t, number);
	}
	return STR_NULL;
}

/* ---- steps: what a record says of a machine ---- */

/* Kinds whose records are steps of machines, with their keys. */
static const struct {
	enum trace_kind kind;
	const char *machine; /* a key, or behind "=" the name itself */
	const char *to;
} step_kinds[] = {
	{ TRACE_FSM, "machine", "to" },
	{ TRACE_DIALOG, "=dialog", "to" },
	{ TRACE_CALL, "=call", "state" },
};

/* A field of REC, as a slice that lasts as long as the trace or the walk. */
static struct str
field(const struct trace_rec *rec, const char *key, struct buf *keep)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct str s = trace_str(rec, key, &scratch);

	/* Escaped: decoded and appended to the texts kept. */
	if (scratch.n > 0 && s.p == scratch.p && s.n <= keep->cap - keep->n) {
		size_t from = keep->n;

		buf_str(keep, s);
		s = str_slice(buf_view(keep), from, keep->n);
	} else if (scratch.n > 0 && s.p == scratch.p) {
		s = STR_NULL;
	}
	return s;
}

/* REC is a step of a machine: E is that machine behind it. */
static bool
read_step(
    const struct trace_rec *rec, struct machines_entry *e, struct buf *keep)
{
	size_t i = 0;

	while (i < COUNT_OF(step_kinds) && step_kinds[i].kind != rec->kind)
		i++;
	if (i == COUNT_OF(step_kinds))
		return false;
	buf_clear(keep);
	/* Slices must not move. */
	if (buf_reserve(keep, rec->object.raw.n) != 0)
		return false;
	*e = (struct machines_entry){
		.node = rec->node,
		.id = field(rec, "id", keep),
		.state = field(rec, step_kinds[i].to, keep),
		.name = step_kinds[i].machine[0] == '='
			    ? str_of(step_kinds[i].machine + 1)
			    : field(rec, step_kinds[i].machine, keep),
		.first = rec->seq,
		.last = rec->seq,
		.since = rec->t,
	};
	e->m = machine_find(e->name);
	return true;
}

/* ---- the list ---- */

void
machines_walk_begin(struct machines_walk *w, const struct machines_view *v)
{
	struct machines_entry e;
	struct trace_rec rec;

	*w = (struct machines_walk){ .v = v,
		.node = machines_node(v),
		.dialog = machine_find(STR("dialog")),
		.call = machine_find(STR("call")),
		.scratch = BUF_INIT };
	if (v->seq == 0 || v->seq > trace_count(v->t))
		return;
	trace_get(v->t, v->seq, &rec);
	if (!str_eq(rec.node, w->node) || !read_step(&rec, &e, &w->scratch) ||
	    !machine_ends(e.m, e.state))
		return;
	w->ended = e;
	w->ended.ended = true;
}

void
machines_walk_end(struct machines_walk *w)
{
	buf_free(&w->scratch);
}

/* What lives, of any of the state's kinds. */
#define ENTRY(x, called, machine)               \
	((struct machines_entry){ .m = machine, \
	    .node = (x)->node,                  \
	    .name = called,                     \
	    .id = (x)->id,                      \
	    .state = (x)->state,                \
	    .first = (x)->first,                \
	    .last = (x)->last,                  \
	    .since = (x)->since })

static bool
next_transaction(struct machines_walk *w, struct machines_entry *e)
{
	const struct state_at_transaction *x =
	    state_at_next_transaction(w->v->f, w->node, &w->at);

	if (x == NULL)
		return false;
	*e = ENTRY(x, x->machine_name, x->machine);
	e->tr = x;
	return true;
}

static bool
next_dialog(struct machines_walk *w, struct machines_entry *e)
{
	const struct state_at_dialog *x =
	    state_at_next_dialog(w->v->f, w->node, &w->at);

	if (x == NULL)
		return false;
	*e = ENTRY(x, STR("dialog"), w->dialog);
	e->dialog = x;
	return true;
}

static bool
next_call(struct machines_walk *w, struct machines_entry *e)
{
	const struct state_at_call *x =
	    state_at_next_call(w->v->f, w->node, &w->at);

	if (x == NULL)
		return false;
	*e = ENTRY(x, STR("call"), w->call);
	e->call = x;
	return true;
}

static bool
next_ended(struct machines_walk *w, struct machines_entry *e)
{
	*e = w->ended;
	w->ended.ended = false;
	return e->ended;
}

bool
machines_walk_next(struct machines_walk *w, struct machines_entry *e)
{
	static bool (*const stages[])(struct machines_walk * w,
	    struct machines_entry * e) = { next_transaction, next_dialog,
		next_call, next_ended };

	/* Without a name the state would give all nodes' machines. */
	if (w->node.n == 0)
		return false;
	while (w->stage < (int)COUNT_OF(stages)) {
		if (stages[w->stage](w, e))
			return true;
		w->stage++;
		w->at = 0;
	}
	return false;
}

size_t
machines_view_count(const struct machines_view *v)
{
	struct machines_walk w;
	size_t n = 0;

	/* Without a name the state would count all nodes' machines. */
	machines_walk_begin(&w, v);
	if (w.node.n > 0)
		n = state_at_count_machines(v->f, w.node) + w.ended.ended;
	machines_walk_end(&w);
	return n;
}

uint64_t
machines_view_seq(const struct machines_view *v, size_t i)
{
	struct machines_walk w;
	struct machines_entry e;
	uint64_t seq = 0;

	machines_walk_begin(&w, v);
	while (seq == 0 && machines_walk_next(&w, &e))
		if (i-- == 0)
			seq = e.last;
	machines_walk_end(&w);
	return seq;
}

/* ---- what the record concerns ---- */

/* What the state has of E; NULL if it is not alive. */
static const void *
find_alive(const struct machines_view *v, const struct machines_entry *e)
{
	if (str_is(e->name, "dialog"))
		return state_at_find_dialog(v->f, e->node, e->id);
	if (str_is(e->name, "call"))
		return state_at_find_call(v->f, e->node, e->id);
	return state_at_find_transaction(v->f, e->node, e->name, e->id);
}

static bool
is_alive_as(const struct machines_entry *e, const void *alive)
{
	return e->tr == alive || e->dialog == alive || e->call == alive;
}

/* The place of the entry of which the state has ALIVE. */
static size_t
place_of_alive(const struct machines_view *v, const void *alive)
{
	struct machines_walk w;
	struct machines_entry e;
	size_t i = 0, found = SIZE_MAX;

	machines_walk_begin(&w, v);
	while (found == SIZE_MAX && machines_walk_next(&w, &e)) {
		if (is_alive_as(&e, alive))
			found = i;
		i++;
	}
	machines_walk_end(&w);
	return found;
}

/* The place of the entry that WANTED is, or SIZE_MAX. */
static size_t
place_of_entry(
    const struct machines_view *v, const struct machines_entry *wanted)
{
	const void *alive = find_alive(v, wanted);
	struct machines_walk w;
	size_t found = SIZE_MAX;

	if (alive != NULL)
		return place_of_alive(v, alive);
	/* What has just ended is the last. */
	machines_walk_begin(&w, v);
	if (w.ended.ended && str_eq(w.ended.name, wanted->name) &&
	    str_eq(w.ended.id, wanted->id))
		found = state_at_count_machines(v->f, w.node);
	machines_walk_end(&w);
	return found;
}

/* The place of the first that owns TIMER, or SIZE_MAX. */
static size_t
place_of_any_owner(
    const struct machines_view *v, const struct state_at_timer *timer)
{
	struct machines_walk w;
	struct machines_entry e;
	size_t i = 0, found = SIZE_MAX;
	bool any;

	machines_walk_begin(&w, v);
	any = w.ended.ended || state_at_timer_is_owned(v->f, timer);
	while (any && found == SIZE_MAX && machines_walk_next(&w, &e)) {
		if (machines_owns(&e, timer))
			found = i;
		i++;
	}
	machines_walk_end(&w);
	return found;
}

/* Whose timer REC sets, fires or stops. */
static size_t
place_of_owner(const struct machines_view *v, const struct trace_rec *rec)
{
	LOCAL_BUF name = BUF_INIT, id = BUF_INIT, machine = BUF_INIT;
	struct state_at_timer timer = { .node = rec->node,
		.id = trace_str(rec, "id", &id),
		.name = trace_str(rec, "name", &name),
		.machine = trace_str(rec, "machine", &machine) };
	const void *alive = NULL;

	if (timer.machine.n > 0)
		alive = state_at_find_transaction(
		    v->f, timer.node, timer.machine, timer.id);
	return alive != NULL ? place_of_alive(v, alive)
			     : place_of_any_owner(v, &timer);
}

/* The place of the machine that record SEQ itself is about, if it is one of
 * the node's. */
static size_t
place_of_record(const struct machines_view *v, struct str node, uint64_t seq)
{
	LOCAL_BUF keep = BUF_INIT;
	struct machines_entry e;
	struct trace_rec rec;
	size_t found = SIZE_MAX;

	trace_get(v->t, seq, &rec);
	if (!str_eq(rec.node, node))
		return SIZE_MAX;
	if (read_step(&rec, &e, &keep))
		found = place_of_entry(v, &e);
	else if (rec.kind == TRACE_TIMER)
		found = place_of_owner(v, &rec);
	return found;
}

/* A step that record SEQ leads to at once, of a machine that lives already. */
static size_t
place_behind(const struct machines_view *v, struct str node)
{
	uint64_t count = trace_count(v->t), last = v->seq + BEHIND_MOST;
	size_t found = SIZE_MAX;

	for (uint64_t seq = v->seq + 1;
	     found == SIZE_MAX && seq <= count && seq <= last; seq++)
		if (trace_cause_of(v->t, seq) == v->seq &&
		    trace_kind_of(v->t, seq) == TRACE_FSM)
			found = place_of_record(v, node, seq);
	return found;
}

/* The one that moved last. */
static size_t
place_of_latest(const struct machines_view *v)
{
	struct machines_walk w;
	struct machines_entry e;
	size_t i = 0, found = SIZE_MAX;
	uint64_t last = 0;

	machines_walk_begin(&w, v);
	while (machines_walk_next(&w, &e)) {
		if (e.last >= last) {
			last = e.last;
			found = i;
		}
		i++;
	}
	machines_walk_end(&w);
	return found;
}

size_t
machines_find(const struct machines_view *v, size_t count)
{
	struct str node = machines_node(v);
	size_t found = SIZE_MAX;
	uint64_t seq = v->seq;

	if (v->chosen < count || count == 0)
		return count == 0 ? SIZE_MAX : v->chosen;
	if (seq == 0 || seq > trace_count(v->t))
		return place_of_latest(v);
	found = place_of_record(v, node, seq);
	if (found == SIZE_MAX)
		found = place_behind(v, node);
	for (int i = 0; found == SIZE_MAX && i < CAUSES_MOST; i++) {
		seq = trace_cause_of(v->t, seq);
		if (seq == 0)
			break;
		found = place_of_record(v, node, seq);
	}
	return found != SIZE_MAX ? found : place_of_latest(v);
}

size_t
machines_view_shown(const struct machines_view *v)
{
	return machines_find(v, machines_view_count(v));
}
