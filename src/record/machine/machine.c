/*
 * Looking things up in the tables of machines.  The tables are in
 * machine/transactions.c, usages.c and telephone.c.
 */
#include "machine/machine.h"

#include <assert.h>
#include <string.h>

#include "machine/tables.h"
#include "rules/rules.h"

static const struct machine *const machines[] = {
	&machine_ict,
	&machine_nict,
	&machine_ist,
	&machine_nist,
	&machine_dialog,
	&machine_call,
	&machine_registration,
	&machine_subscription,
	&machine_publication,
	&machine_offers,
	&machine_pair,
	&machine_queue_call,
	&machine_participant,
	&machine_nat_binding,
	&machine_name,
	&machine_stun,
	&machine_circuit,
	&machine_blocking,
	&machine_sip_isup,
	&machine_isup_sip,
	&machine_exchange,
	&machine_hss_user,
	&machine_context,
	&machine_termination,
	&machine_media_gateway,
};

static_assert(
    COUNT_OF(machines) <= MACHINE_MOST, "who keeps all has room for all");

const struct machine *
machine_at(size_t i)
{
	return i < COUNT_OF(machines) ? machines[i] : NULL;
}

const struct machine *
machine_find(struct str name)
{
	for (size_t i = 0; i < COUNT_OF(machines); i++)
		if (str_iis(name, machines[i]->name))
			return machines[i];
	return NULL;
}

const struct machine_state *
machine_find_state(const struct machine *m, struct str name)
{
	for (size_t i = 0; i < m->nstates; i++)
		if (str_is(name, machine_state_name(&m->states[i])))
			return &m->states[i];
	return NULL;
}

const struct machine_state *
machine_state_of(const struct machine *m, enum state_id id)
{
	for (size_t i = 0; i < m->nstates; i++)
		if (m->states[i].id == id)
			return &m->states[i];
	return NULL;
}

const struct machine_timer *
machine_find_timer(const struct machine *m, struct str name)
{
	for (size_t i = 0; i < m->ntimers; i++)
		if (str_is(name, m->timers[i].name))
			return &m->timers[i];
	return NULL;
}

/* "180", "1xx", "300-699" as a range of status codes. */
static bool
machine_read_range(struct str s, unsigned *lo, unsigned *hi)
{
	struct str rest, first = str_cut(s, '-', &rest);
	uint32_t code;

	if (s.n == 3 && chr_is_digit(s.p[0]) && str_ends(s, "xx")) {
		*lo = (unsigned)(s.p[0] - '0') * 100;
		*hi = *lo + 99;
		return true;
	}
	if (str_u32(first, &code) != 0)
		return false;
	*lo = *hi = code;
	if (rest.p == NULL)
		return true;
	if (str_u32(rest, &code) != 0)
		return false;
	*hi = code;
	return true;
}

static bool
is_method(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 'A' || s.p[i] > 'Z')
			return false;
	return s.n > 0 && !str_is(s, "ACK");
}

bool
machine_event_fits(struct str event, enum event_id id)
{
	const char *edge = event_word(id);
	struct str event_tail, edge_tail, kind;
	unsigned lo, hi, from, to;

	if (event.n == 0 || str_iis(event, edge))
		return true;
	event = str_cut(event, ' ', &event_tail);
	kind = str_cut(str_of(edge), ' ', &edge_tail);
	if (!str_eq(event_tail, edge_tail))
		return false;
	if (machine_read_range(event, &lo, &hi) &&
	    machine_read_range(kind, &from, &to))
		return from <= lo && hi <= to;
	return str_is(kind, "request") && is_method(event);
}

/* Most names differ in their first letter. */
static inline bool
machine_is_named(struct str a, const char *b)
{
	return a.n > 0 && a.p[0] == b[0] && str_is(a, b);
}

const struct machine_edge *
machine_step(
    const struct machine *m, struct str from, struct str event, struct str to)
{
	if (from.n == 0 || str_is(from, "none"))
		from = str_of(state_word(m->start));
	for (size_t i = 0; i < m->nedges; i++)
		if (machine_is_named(from, state_word(m->edges[i].from)) &&
		    machine_is_named(to, state_word(m->edges[i].to)) &&
		    machine_event_fits(event, m->edges[i].event))
			return &m->edges[i];
	return NULL;
}

const struct machine_edge *
machine_next(const struct machine *m, enum state_id from, enum event_id event)
{
	for (size_t i = 0; i < m->nedges; i++)
		if (m->edges[i].from == from && m->edges[i].event == event)
			return &m->edges[i];
	return NULL;
}

const struct machine_edge *
machine_way(const struct machine *m, enum state_id from, enum state_id to)
{
	for (size_t i = 0; i < m->nedges; i++)
		if (m->edges[i].from == from && m->edges[i].to == to)
			return &m->edges[i];
	return NULL;
}

const struct machine_edge *
machine_edge_of(const struct machine *m, enum state_id from,
    enum event_id event, enum state_id to)
{
	for (size_t i = 0; i < m->nedges; i++)
		if (m->edges[i].from == from && m->edges[i].event == event &&
		    m->edges[i].to == to)
			return &m->edges[i];
	return machine_step(m, str_of(state_word(from)),
	    str_of(event_word(event)), str_of(state_word(to)));
}

const struct machine_edge *
machine_next_status(
    const struct machine *m, enum state_id from, unsigned status, bool sent)
{
	for (size_t i = 0; i < m->nedges; i++) {
		const struct machine_edge *e = &m->edges[i];
		unsigned first, last;

		if (e->from == from &&
		    machine_edge_statuses(e, &first, &last) &&
		    status >= first && status <= last &&
		    str_ends(str_of(event_word(e->event)), " sent") == sent)
			return e;
	}
	return NULL;
}

unsigned
machine_edge_rfc(const struct machine_edge *e)
{
	return e->rfc != 0 ? e->rfc : rule_at(e->rule)->rfc;
}

const char *
machine_edge_section(const struct machine_edge *e)
{
	return e->rfc != 0 ? e->section : rule_at(e->rule)->section;
}

bool
machine_edge_obeys(const struct machine_edge *e, const struct rule *rule)
{
	return rule != NULL && rule->rfc == machine_edge_rfc(e) &&
	       strcmp(rule->section, machine_edge_section(e)) == 0;
}

bool
machine_timer_runs(const struct machine_timer *t, enum state_id state)
{
	return state != STATE_NONE && (t->state == state || t->also == state);
}

enum rule_id
machine_timer_rule(const struct machine *m, struct str name)
{
	const struct machine_timer *t =
	    m != NULL ? machine_find_timer(m, name) : NULL;

	if (t == NULL || t->event == EVENT_NONE)
		return RULE_NONE;
	for (size_t i = 0; i < m->nedges; i++)
		if (m->edges[i].event == t->event)
			return m->edges[i].rule;
	return RULE_NONE;
}

bool
machine_transacts(const struct machine *m)
{
	return m == &machine_ict || m == &machine_nict || m == &machine_ist ||
	       m == &machine_nist;
}

bool
machine_edge_statuses(
    const struct machine_edge *e, unsigned *first, unsigned *last)
{
	struct str rest;

	return machine_read_range(
	    str_cut(str_of(event_word(e->event)), ' ', &rest), first, last);
}

bool
machine_ends(const struct machine *m, struct str name)
{
	const struct machine_state *s;

	if (m == NULL)
		return str_is(name, "terminated");
	s = machine_find_state(m, name);
	return s != NULL && s->final;
}

bool
machine_ends_in(const struct machine *m, enum state_id state)
{
	const struct machine_state *s = machine_state_of(m, state);

	return s != NULL && s->final;
}

bool
machine_run_lives(const struct machine_run *m)
{
	return m->state != STATE_NONE && !machine_ends_in(m->table, m->state);
}

enum state_id
machine_run_state(const struct machine_run *m)
{
	bool begins = m->state == STATE_NONE ||
		      (m->table->again && machine_ends_in(m->table, m->state));

	return begins ? m->table->start : m->state;
}

const struct machine_edge *
machine_run_next(const struct machine_run *m, enum event_id event)
{
	return machine_next(m->table, machine_run_state(m), event);
}
