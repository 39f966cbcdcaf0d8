/*
 * Looking things up in the tables of machines.  The tables stand in
 * machine/transactions.c, usages.c and offers.c.
 */
#include "machine/tables.h"

#include <string.h>

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
};

#define COUNT (sizeof(machines) / sizeof(*machines))

const struct machine *
machine_at(size_t i)
{
	return i < COUNT ? machines[i] : NULL;
}

const struct machine *
machine_find(struct str name)
{
	for (size_t i = 0; i < COUNT; i++)
		if (str_iis(name, machines[i]->name))
			return machines[i];
	return NULL;
}

const struct machine_state *
machine_find_state(const struct machine *m, struct str name)
{
	for (size_t i = 0; i < m->nstates; i++)
		if (str_is(name, m->states[i].name))
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
read_range(struct str s, unsigned *lo, unsigned *hi)
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

/* EVENT, as somebody wrote it, is the table's EDGE event. */
static bool
event_is(struct str event, const char *edge)
{
	struct str event_tail, edge_tail, kind;
	unsigned lo, hi, from, to;

	if (event.n == 0 || str_iis(event, edge))
		return true;
	event = str_cut(event, ' ', &event_tail);
	kind = str_cut(str_of(edge), ' ', &edge_tail);
	if (!str_eq(event_tail, edge_tail))
		return false;
	if (read_range(event, &lo, &hi) && read_range(kind, &from, &to))
		return from <= lo && hi <= to;
	return str_is(kind, "request") && is_method(event);
}

/* Most names differ in their first letter. */
static inline bool
is_named(struct str a, const char *b)
{
	return a.n > 0 && a.p[0] == b[0] && str_is(a, b);
}

const struct machine_edge *
machine_step(
    const struct machine *m, struct str from, struct str event, struct str to)
{
	if (from.n == 0 || str_is(from, "none"))
		from = str_of(m->start);
	for (size_t i = 0; i < m->nedges; i++)
		if (is_named(from, m->edges[i].from) &&
		    is_named(to, m->edges[i].to) &&
		    event_is(event, m->edges[i].event))
			return &m->edges[i];
	return NULL;
}

const struct machine_edge *
machine_next(const struct machine *m, const char *from, const char *event)
{
	/* Most who ask have their names where the table has them. */
	for (size_t i = 0; i < m->nedges; i++)
		if (m->edges[i].from == from && m->edges[i].event == event)
			return &m->edges[i];
	for (size_t i = 0; i < m->nedges; i++)
		if (machine_named(m->edges[i].from, from) &&
		    machine_named(m->edges[i].event, event))
			return &m->edges[i];
	return NULL;
}

const struct machine_edge *
machine_edge_of(const struct machine *m, const char *from, const char *event,
    const char *to)
{
	for (size_t i = 0; i < m->nedges; i++)
		if (machine_named(m->edges[i].from, from) &&
		    machine_named(m->edges[i].event, event) &&
		    machine_named(m->edges[i].to, to))
			return &m->edges[i];
	return machine_step(m, str_of(from), str_of(event), str_of(to));
}

const struct machine_edge *
machine_next_status(
    const struct machine *m, const char *from, unsigned status, bool sent)
{
	for (size_t i = 0; i < m->nedges; i++) {
		const struct machine_edge *e = &m->edges[i];
		unsigned first, last;

		if (strcmp(e->from, from) == 0 &&
		    machine_edge_statuses(e, &first, &last) &&
		    status >= first && status <= last &&
		    str_ends(str_of(e->event), " sent") == sent)
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
machine_timer_runs(const struct machine_timer *t, const char *name)
{
	return (t->state != NULL && machine_named(name, t->state)) ||
	       (t->also != NULL && machine_named(name, t->also));
}

enum rule_id
machine_timer_rule(const struct machine *m, struct str name)
{
	static const char timer[] = MACHINE_TIMER_EVENT;
	const size_t n = sizeof(timer) - 1;

	for (size_t i = 0; m != NULL && i < m->nedges; i++) {
		const char *event = m->edges[i].event;

		if (event[0] == timer[0] && strncmp(event, timer, n) == 0 &&
		    str_is(name, event + n))
			return m->edges[i].rule;
	}
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

	return read_range(str_cut(str_of(e->event), ' ', &rest), first, last);
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
