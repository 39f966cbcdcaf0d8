/*
 * One record's way into the state: one function for each kind that changes
 * what lives; the rest is only counted.
 */
#include "trace/state_at_in.h"

#include "base/err.h"
#include "trace/reader_in.h"

/* One record on its way into the state. */
struct step {
	struct state_at *f;
	struct str node;
	uint64_t seq;
	int64_t t;
	uint32_t owner;
	bool nomem;
};

/* Looks for all KEYS of the record at once. */
#define GATHER(s, keys, values)                           \
	trace_members_of((s)->f->trace, (s)->seq, (keys), \
	    sizeof(keys) / sizeof(*(keys)), (values))
/* A key known when this is compiled. */
#define KEY(lit)                        \
	{                               \
		"" lit, sizeof(lit) - 1 \
	}

int
state_at_text(struct state_at *f, struct json_value v, struct str *text)
{
	*text = STR_NULL;
	if (v.type != JSON_STRING || json_plain(v, text) == 0)
		return 0;
	buf_clear(&f->scratch);
	if (json_text(v, &f->scratch) != 0)
		return ERR_NOMEM;
	*text = state_at_keep_text(f, buf_view(&f->scratch));
	return text->p != NULL ? 0 : ERR_NOMEM;
}

static struct str
step_text(struct step *s, struct json_value v)
{
	struct str text;

	s->nomem |= state_at_text(s->f, v, &text) != 0;
	return text;
}

/* The texts of a list, a line each; values of other types are left out. */
static struct str
step_lines(struct step *s, struct json_value list)
{
	LOCAL_BUF lines = BUF_INIT;
	struct json_value v;
	struct str kept = STR_NULL;
	size_t at = 0;

	while (json_item(list, &at, &v)) {
		struct str text = step_text(s, v);

		if (text.n > 0 && lines.n > 0)
			buf_putc(&lines, '\n');
		buf_str(&lines, text);
	}
	if (lines.err == 0 && lines.n > 0)
		kept = state_at_keep_text(s->f, buf_view(&lines));
	s->nomem |= lines.n > 0 && kept.p == NULL;
	return kept;
}

/* A later record may leave out what an earlier one said. */
static void
update(struct str *to, struct str text)
{
	if (text.n > 0)
		*to = text;
}

static void *
put_entry(
    struct step *s, enum table which, struct str b, struct str c, bool *made)
{
	void *e = state_at_table_put(
	    &s->f->tables[which], s->owner, s->node, b, c, made);

	s->nomem |= e == NULL;
	return e;
}

static void
remove_key(struct step *s, enum table which, struct str b, struct str c)
{
	s->nomem |=
	    state_at_table_remove(&s->f->tables[which], s->node, b, c) != 0;
}

/* What M's owner ID had running stops with it. */
static void
remove_timers(struct step *s, const struct machine *m, struct str id)
{
	for (size_t i = 0; m != NULL && i < m->ntimers; i++)
		remove_key(s, TIMERS, id, str_of(m->timers[i].name));
}

static void
step_fsm(struct step *s)
{
	static const struct str keys[] = { KEY("machine"), KEY("id"), KEY("to"),
		KEY("method") };
	struct json_value v[4];
	struct transaction_entry *e;
	const struct machine *m;
	struct str machine, id, to;
	bool made;

	GATHER(s, keys, v);
	machine = step_text(s, v[0]);
	id = step_text(s, v[1]);
	to = step_text(s, v[2]);
	m = machine_find(machine);
	if (machine_ends(m, to)) {
		remove_key(s, TRANSACTIONS, machine, id);
		remove_timers(s, m, id);
		/* What sends and hears without a call (RFC 3525: a termination)
		 * ends with itself. */
		if (state_at_find_call(s->f, s->node, id) == NULL)
			s->nomem |= state_at_media_end(s->f, s->node, id) != 0;
		return;
	}
	e = put_entry(s, TRANSACTIONS, machine, id, &made);
	if (e == NULL)
		return;
	if (made) {
		e->v.node = s->node;
		e->v.id = id;
		e->v.machine = m;
		e->v.machine_name = machine;
		e->v.first = s->seq;
		if (m != NULL && (str_is(str_of(m->name), "ICT") ||
				     str_is(str_of(m->name), "IST")))
			e->v.method = STR("INVITE");
	}
	if (made || !str_eq(e->v.state, to))
		e->v.since = s->t;
	e->v.state = to;
	e->v.last = s->seq;
	update(&e->v.method, step_text(s, v[3]));
}

static void
step_dialog(struct step *s)
{
	static const struct str keys[] = { KEY("id"), KEY("to"), KEY("call_id"),
		KEY("local_tag"), KEY("remote_tag"), KEY("remote_target"),
		KEY("routes") };
	struct json_value v[7];
	struct dialog_entry *e;
	struct str id, to;
	bool made;

	GATHER(s, keys, v);
	id = step_text(s, v[0]);
	to = step_text(s, v[1]);
	if (str_is(to, "terminated")) {
		remove_key(s, DIALOGS, id, STR_NULL);
		return;
	}
	e = put_entry(s, DIALOGS, id, STR_NULL, &made);
	if (e == NULL)
		return;
	if (made) {
		e->v.node = s->node;
		e->v.id = id;
		e->v.first = s->seq;
	}
	if (made || !str_eq(e->v.state, to))
		e->v.since = s->t;
	e->v.state = to;
	e->v.last = s->seq;
	update(&e->v.call_id, step_text(s, v[2]));
	update(&e->v.local_tag, step_text(s, v[3]));
	update(&e->v.remote_tag, step_text(s, v[4]));
	update(&e->v.target, step_text(s, v[5]));
	/* An empty list says that there is no route any more. */
	if (v[6].type == JSON_ARRAY)
		e->v.routes = step_lines(s, v[6]);
}

/* Call ID is of MIX from now on. */
static void
enter_mix(struct step *s, struct str id, struct str mix)
{
	bool made;
	struct call_entry *e = put_entry(s, CALLS, id, STR_NULL, &made);

	if (e == NULL)
		return;
	if (e->v.mix.n == 0)
		e->v.mixed = s->seq;
	e->v.mix = mix;
}

/* Call ID and all that are mixed with it, with OTHER and all of its. */
static void
mix_calls(struct step *s, struct str id, struct str other)
{
	const struct state_at_call *b =
	    state_at_find_call(s->f, s->node, other);
	const struct state_at_call *a = state_at_find_call(s->f, s->node, id),
				   *c;
	struct str old = a->mix, mix;
	size_t at = 0;

	if (b == NULL)
		return;
	mix = b->mix.n > 0 ? b->mix : b->id;
	enter_mix(s, b->id, mix);
	enter_mix(s, id, mix);
	while (
	    old.n > 0 && (c = state_at_next_call(s->f, s->node, &at)) != NULL)
		if (str_eq(c->mix, old))
			enter_mix(s, c->id, mix);
}

static void
step_call(struct step *s)
{
	static const struct str keys[] = { KEY("id"), KEY("state"), KEY("peer"),
		KEY("mixed") };
	struct json_value v[4];
	struct call_entry *e;
	struct str id, state;
	bool made;

	GATHER(s, keys, v);
	id = step_text(s, v[0]);
	state = step_text(s, v[1]);
	if (str_is(state, "terminated")) {
		remove_key(s, CALLS, id, STR_NULL);
		remove_timers(s, machine_find(STR("call")), id);
		s->nomem |= state_at_media_end(s->f, s->node, id) != 0;
		return;
	}
	e = put_entry(s, CALLS, id, STR_NULL, &made);
	if (e == NULL)
		return;
	if (made) {
		e->v.node = s->node;
		e->v.id = id;
		e->v.first = s->seq;
		s->f->counts[s->owner].calls++;
		s->f->total.calls++;
	}
	if (made || !str_eq(e->v.state, state))
		e->v.since = s->t;
	e->v.state = state;
	e->v.last = s->seq;
	update(&e->v.peer, step_text(s, v[2]));
	if (v[3].type == JSON_STRING)
		mix_calls(s, id, step_text(s, v[3]));
}

static void
step_binding(struct step *s)
{
	static const struct str keys[] = { KEY("op"), KEY("aor"),
		KEY("contact"), KEY("expires"), KEY("q") };
	struct json_value v[5];
	struct binding_entry *e;
	struct str op, aor, contact;
	bool made;

	GATHER(s, keys, v);
	op = step_text(s, v[0]);
	aor = step_text(s, v[1]);
	contact = step_text(s, v[2]);
	if (str_is(op, "remove") || str_is(op, "expire")) {
		remove_key(s, BINDINGS, aor, contact);
		return;
	}
	e = put_entry(s, BINDINGS, aor, contact, &made);
	if (e == NULL)
		return;
	if (made) {
		e->v.node = s->node;
		e->v.aor = aor;
		e->v.contact = contact;
		e->v.first = s->seq;
		e->v.since = s->t;
	}
	e->v.last = s->seq;
	e->v.expires = json_int_or(v[3], -1);
	/* "q" is a text or a number; a number is shown as it stands. */
	update(
	    &e->v.q, v[4].type == JSON_NUMBER ? v[4].raw : step_text(s, v[4]));
}

/* The transaction that T is of lives, and takes T along when it ends. */
static bool
is_kept(const struct step *s, const struct state_at_timer *t)
{
	const struct state_at_transaction *owner;

	if (t->machine.n == 0)
		return false;
	owner = state_at_find_transaction(s->f, s->node, t->machine, t->id);
	return owner != NULL && owner->machine != NULL &&
	       machine_find_timer(owner->machine, t->name) != NULL;
}

/* Another one that a program has set in the same line, and later, goes on. */
static bool
timer_goes_on(const struct step *s, struct str id, struct str name)
{
	const struct timer_entry *e =
	    state_at_table_find(&s->f->tables[TIMERS], s->node, id, name);
	uint64_t set = trace_cause_of(s->f->trace, s->seq);

	return e != NULL && set < e->v.last && set != 0 &&
	       trace_kind_of(s->f->trace, set) == TRACE_TIMER;
}

static void
step_timer(struct step *s)
{
	static const struct str keys[] = { KEY("op"), KEY("name"), KEY("id"),
		KEY("due"), KEY("length"), KEY("machine") };
	struct json_value v[6];
	struct timer_entry *e;
	struct str op, name, id;
	bool made;

	GATHER(s, keys, v);
	op = step_text(s, v[0]);
	name = step_text(s, v[1]);
	id = step_text(s, v[2]);
	if (!str_is(op, "set")) {
		bool fired = str_is(op, "fire");

		s->f->counts[s->owner].timers_fired += fired;
		s->f->total.timers_fired += fired;
		if (!fired || !timer_goes_on(s, id, name))
			remove_key(s, TIMERS, id, name);
		return;
	}
	e = put_entry(s, TIMERS, id, name, &made);
	if (e == NULL)
		return;
	e->v = (struct state_at_timer){ .node = s->node,
		.id = id,
		.name = name,
		.machine = step_text(s, v[5]),
		.due = json_int_or(v[3], -1),
		.length = json_int_or(v[4], -1),
		.last = s->seq,
		.since = s->t,
		.id_hash = state_at_hash_id(id) };
	e->v.kept = is_kept(s, &e->v);
	if (e->v.due < 0 && e->v.length >= 0 && e->v.length <= INT64_MAX - s->t)
		e->v.due = s->t + e->v.length;
}

void
state_at_forget(struct state_at *f, uint32_t owner)
{
	state_at_table_drop(&f->tables[TRANSACTIONS], owner);
	state_at_table_drop(&f->tables[DIALOGS], owner);
	state_at_table_drop(&f->tables[CALLS], owner);
	state_at_table_drop(&f->tables[TIMERS], owner);
	state_at_table_drop(&f->tables[MEDIA], owner);
	state_at_table_drop(&f->tables[SOURCES], owner);
}

/* A crash takes what a host has in memory: transactions, dialogs, calls,
 * timers.  Bindings are the location service's; it tells by itself. */
static void
turn_host(struct step *s, struct str name, bool crash)
{
	uint32_t owner = trace_find_name(s->f->trace, name);

	/* In a trace that grows, one that is yet to come has nothing. */
	if (owner == TRACE_NO_NODE || ++owner >= s->f->ncounts)
		return;
	if (crash)
		state_at_forget(s->f, owner);
	s->nomem |= state_at_host_turn(s->f, s->seq, owner, crash) != 0;
	s->nomem |= state_at_board_turn(s->f, s->seq, owner, crash) != 0;
}

static void
set_host(struct step *s, struct str name, struct json_value args)
{
	uint32_t owner = trace_find_name(s->f->trace, name);

	if (owner != TRACE_NO_NODE && ++owner < s->f->ncounts)
		s->nomem |= state_at_host_set(s->f, s->seq, owner, args) != 0;
}

/* Call ID of the step's node, and all that are mixed with it. */
static void
mute_call(struct step *s, struct str id, bool mute)
{
	const struct state_at_call *c = state_at_find_call(s->f, s->node, id);
	struct str mix = c != NULL ? c->mix : STR_NULL;
	struct call_entry *e;
	size_t at = 0;
	bool made;

	while ((c = state_at_next_call(s->f, s->node, &at)) != NULL) {
		if (!str_eq(c->id, id) && (mix.n == 0 || !str_eq(c->mix, mix)))
			continue;
		e = put_entry(s, CALLS, c->id, STR_NULL, &made);
		if (e != NULL)
			e->v.muted = mute;
	}
}

static void
step_act(struct step *s)
{
	static const struct str keys[] = { KEY("verb"), KEY("on"),
		KEY("args") };
	struct json_value v[3];
	struct str verb, on;
	bool crash;

	GATHER(s, keys, v);
	verb = step_text(s, v[0]);
	on = step_text(s, v[1]);
	crash = str_is(verb, "crash");
	if (crash || str_is(verb, "restart"))
		turn_host(s, on, crash);
	else if (str_is(verb, "mute") || str_is(verb, "unmute"))
		mute_call(s, on, str_is(verb, "mute"));
	else if (str_find(on, "--") >= 0)
		s->nomem |=
		    state_at_link_act(s->f, s->seq, on, verb, v[2]) != 0;
	else if (str_is(verb, "set"))
		set_host(s, on, v[2]);
}

/* A fault of a handset's board ends it as a crash does. */
static void
step_board(struct step *s)
{
	s->nomem |= state_at_board_step(s->f, s->seq, s->owner) != 0;
	if (s->owner != 0 && trace_board_ends(s->f->trace, s->seq))
		s->nomem |=
		    state_at_host_turn(s->f, s->seq, s->owner, true) != 0;
}

static void
step_media(struct step *s)
{
	s->nomem |= state_at_media_step(s->f, s->seq, s->owner) != 0;
}

/* A drop without a message is a packet's, and TCP repeats that; the link has
 * lost it all the same. */
static void
step_drop(struct step *s)
{
	static const struct str keys[] = { KEY("of"), KEY("link") };
	struct json_value v[2];

	GATHER(s, keys, v);
	s->nomem |= state_at_link_lose(s->f, step_text(s, v[1])) != 0;
	if (v[0].type == JSON_NONE)
		return;
	s->f->total.drops++;
	s->f->counts[s->owner].drops++;
}

static void
count_record(struct state_at_counts *c, enum trace_kind kind, bool retx)
{
	switch (kind) {
	case TRACE_SEND:
		c->sends++;
		c->retransmissions += retx;
		break;
	case TRACE_RECV:
		c->recvs++;
		break;
	case TRACE_PACKET:
		c->packets++;
		break;
	case TRACE_FAULT:
		c->faults++;
		break;
	case TRACE_BAD:
		c->bad++;
		break;
	case TRACE_ACT:
		c->acts++;
		break;
	default:
		break;
	}
}

static void (*const steps[TRACE_KIND_COUNT])(struct step *) = {
	[TRACE_ACT] = step_act,
	[TRACE_DROP] = step_drop,
	[TRACE_FSM] = step_fsm,
	[TRACE_TIMER] = step_timer,
	[TRACE_DIALOG] = step_dialog,
	[TRACE_CALL] = step_call,
	[TRACE_BINDING] = step_binding,
	[TRACE_BOARD] = step_board,
	[TRACE_MEDIA] = step_media,
};

int
state_at_step(struct state_at *f, uint64_t seq)
{
	enum trace_kind kind = trace_kind_of(f->trace, seq);
	uint32_t node = trace_node_of(f->trace, seq);
	bool retx = trace_is_retx(f->trace, seq);
	/* The first owner is the network. */
	struct step s = { .f = f,
		.seq = seq,
		.owner = node != TRACE_NO_NODE ? node + 1 : 0 };

	count_record(&f->total, kind, retx);
	count_record(&f->counts[s.owner], kind, retx);
	if (steps[kind] == NULL)
		return 0;
	s.node = trace_name(f->trace, node);
	s.t = trace_time_of(f->trace, seq);
	steps[kind](&s);
	return s.nomem ? ERR_NOMEM : 0;
}
