/*
 * What the firmware says of its calls, its registration, its transactions and
 * timers (firmware/README.md), as the records that a user agent writes of
 * these. The lines come from a program that may have gone wrong: what cannot be
 * understood becomes a line of the console.
 */
#include "roles/handset/handset_in.h"

#include "base/mem.h"
#include "machine/tables.h"
#include "rules/rule_names.h"

#include <stdio.h>
#include <string.h>

/* The record just closed is the cause of what the line leads to. */
static void
handset_report_tell_state(
    struct handset *h, const char *object, enum state_id state, uint64_t seq)
{
	const struct world_watch *watch = &h->node->world->watch;

	sim_set_cause(node_sim(h->node), seq);
	h->cause = seq;
	if (watch->changed != NULL)
		watch->changed(object, state_word(state), watch->arg);
}

/* "N STATE PEER CALL-ID" */
static bool
report_call(struct handset *h, struct str rest)
{
	struct str number = str_cut(rest, ' ', &rest);
	struct str state = str_cut(rest, ' ', &rest);
	struct str peer = str_cut(rest, ' ', &rest);
	const struct machine_state *to =
	    machine_find_state(&machine_call, state);
	struct handset_call *c;
	struct trace_writer *w;
	char id[96];
	uint32_t n;

	if (str_u32(number, &n) != 0 || to == NULL)
		return false;
	snprintf(id, sizeof(id), "%s/%u", h->node->name, n);
	c = &h->calls[n % HANDSET_CALLS];
	if (c->number != n)
		*c = (struct handset_call){ n, STATE_IDLE };
	w = node_record(h->node, TRACE_CALL,
	    handset_call_rule(h, &machine_call, c->state, to->id));
	trace_put_cstr(w, "id", id);
	trace_put_cstr(w, "from", state_word(c->state));
	trace_put_cstr(w, "state", machine_state_name(to));
	trace_put_str(w, "peer", peer);
	c->state = to->id;
	handset_report_tell_state(h, id, to->id, trace_close(w));
	handset_media_call(h, rest, id, to->id);
	return true;
}

/* "STATE EVENT".  A registration that stands is refreshed, not made. */
static bool
report_registration(struct handset *h, struct str rest)
{
	struct machine_run *m = &h->registration;
	enum state_id from;
	struct str event, word = str_cut(rest, ' ', &event);
	bool stands = machine_run_is(m, STATE_REGISTERED) ||
		      machine_run_is(m, STATE_REFRESHING);
	const struct machine_edge *e;
	struct trace_writer *w;
	char *aor;

	m->table = &machine_registration;
	from = machine_run_state(m);
	if (str_is(word, "registering") && stands)
		word = STR("refreshing");
	e = machine_step(m->table, str_of(state_word(from)), event, word);
	aor = e != NULL ? node_aor(h->node) : NULL;
	if (aor == NULL)
		return false;
	w = node_record(h->node, TRACE_FSM, e->rule);
	trace_put_cstr(w, "machine", m->table->name);
	trace_put_cstr(w, "id", aor);
	trace_put_cstr(w, "from", state_word(from));
	trace_put_cstr(w, "to", state_word(e->to));
	trace_put_cstr(w, "event", event_word(e->event));
	mem_free(aor);
	m->state = e->to;
	handset_report_tell_state(h, h->node->name, e->to, trace_close(w));
	return true;
}

/* "MACHINE ID FROM TO EVENT" */
static bool
report_fsm(struct handset *h, struct str rest)
{
	struct str machine = str_cut(rest, ' ', &rest);
	struct str id = str_cut(rest, ' ', &rest);
	struct str from = str_cut(rest, ' ', &rest);
	struct str to = str_cut(rest, ' ', &rest);
	const struct machine *m = machine_find(machine);
	const struct machine_edge *e =
	    m != NULL ? machine_step(m, from, rest, to) : NULL;
	struct trace_writer *w;

	if (e == NULL)
		return false;
	w = node_record(h->node, TRACE_FSM, e->rule);
	trace_put_cstr(w, "machine", m->name);
	trace_put_str(w, "id", id);
	trace_put_str(w, "from", from);
	trace_put_str(w, "to", to);
	trace_put_str(w, "event", rest);
	h->cause = trace_close(w);
	return true;
}

/* "NAME set|fire|stop MS MACHINE ID" */
static bool
report_timer(struct handset *h, struct str rest)
{
	static const char *const ops[] = { "set", "fire", "stop" };
	struct str name = str_cut(rest, ' ', &rest);
	struct str op = str_cut(rest, ' ', &rest);
	struct str ms = str_cut(rest, ' ', &rest);
	struct str machine = str_cut(rest, ' ', &rest);
	int64_t now = sim_now(node_sim(h->node));
	const struct machine *m;
	struct trace_writer *w;
	uint32_t length;
	size_t i = 0;

	while (i < 3 && !str_is(op, ops[i]))
		i++;
	if (i == 3 || str_u32(ms, &length) != 0)
		return false;
	m = machine_find(machine);
	w = node_record(h->node, TRACE_TIMER, machine_timer_rule(m, name));
	trace_put_cstr(w, "op", ops[i]);
	trace_put_str(w, "name", name);
	if (machine.n > 0)
		trace_put_str(w, "machine", machine);
	trace_put_str(w, "id", rest);
	if (i == 0) {
		trace_put_int(w, "due", now + length * SIM_MS);
		trace_put_int(w, "length", length * SIM_MS);
	}
	trace_close(w);
	return true;
}

/* "SIZE LIMIT ADDRESS URI": a request goes by TCP. */
static bool
report_size(struct handset *h, struct str rest)
{
	struct str size = str_cut(rest, ' ', &rest);
	struct str limit = str_cut(rest, ' ', &rest);
	struct str next = str_cut(rest, ' ', &rest);
	struct trace_writer *w;
	uint32_t n, most;

	if (str_u32(size, &n) != 0 || str_u32(limit, &most) != 0)
		return false;
	w = node_record(h->node, TRACE_ROUTE, RULE_TRANSPORT_SIZE);
	trace_put_cstr(w, "how", "size");
	trace_put_str(w, "target", rest);
	trace_put_str(w, "next", next);
	trace_put_int(w, "size", n);
	trace_put_int(w, "limit", most);
	h->cause = trace_close(w);
	return true;
}

static const struct {
	const char *word;
	bool (*fn)(struct handset *h, struct str rest);
} reports[] = {
	{ "call", report_call },
	{ "registration", report_registration },
	{ "fsm", report_fsm },
	{ "timer", report_timer },
	{ "size", report_size },
};

void
handset_report_reset(struct handset *h)
{
	memset(h->calls, 0, sizeof(h->calls));
	handset_media_stop(h);
	h->registration.state = STATE_NONE;
}

void
handset_report(struct handset *h, struct str line)
{
	struct trace_writer *w;
	struct str rest, word = str_cut(line, ' ', &rest);

	for (size_t i = 0; i < COUNT_OF(reports); i++)
		if (str_is(word, reports[i].word) && reports[i].fn(h, rest))
			return;
	w = handset_record(h, "report");
	trace_put_bytes(w, line);
	trace_close(w);
}
