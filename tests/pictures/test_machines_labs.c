/* The step that a state diagram shows and the rule that its record names, for
 * every step of every lab: they must not contradict. */
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "fixtures/steps.h"
#include "trace/state_at.h"
#include "machine/machine.h"
#include "rules/rules.h"
#include "pictures/machines/machines_view_in.h"

struct step {
	struct buf name; /* what the machine's name may point into */
	const struct machine *m;
};

static bool
read_step(const struct trace *t, uint64_t seq, struct step *s)
{
	enum trace_kind kind = trace_kind_of(t, seq);
	struct str name = kind == TRACE_DIALOG ? STR("dialog") : STR("call");
	struct trace_rec rec;

	if (kind != TRACE_FSM && kind != TRACE_DIALOG && kind != TRACE_CALL)
		return false;
	trace_get(t, seq, &rec);
	if (kind == TRACE_FSM)
		name = trace_str(&rec, "machine", &s->name);
	s->m = machine_find(name);
	return s->m != NULL;
}

/* An INVITE goes out, and again, and questions are asked, for many reasons,
 * each with a rule of its own; the pane shows the record's rule there. */
static bool
may_differ(const struct machine *m, const struct machine_edge *e)
{
	static const struct {
		const char *machine;
		enum event_id event;
	} rows[] = { { "call", EVENT_INVITE_SENT }, { "name", EVENT_QUESTION },
		{ "stun", EVENT_REQUEST_SENT },
		/* Who is removed, and why; a program's BYE without an ACK. */
		{ "participant", EVENT_BYE }, { "dialog", EVENT_BYE_SENT } };

	for (size_t i = 0; e != NULL && i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(m->name, rows[i].machine) == 0 &&
		    e->event == rows[i].event)
			return true;
	return false;
}

/* A controller's pairs go by the flows of RFC 3725, which the record names;
 * the table has the step of any pair. */
static bool
goes_by_flow(const struct machine *m, const struct machine_edge *e,
    const struct rule *rule)
{
	return e != NULL && strcmp(m->name, "pair") == 0 && rule != NULL &&
	       rule->rfc == 3725;
}

static bool
agrees(const struct trace *t, uint64_t seq, const struct step *s)
{
	const struct machine_edge *e = machines_edge(t, s->m, seq);
	const struct rule *rule = machines_rule(t, seq);

	if (e != NULL && machine_edge_obeys(e, rule))
		return true;
	/* A crash ends a call by no step and by no rule. */
	if (e == NULL && rule == NULL && trace_kind_of(t, seq) == TRACE_CALL)
		return true;
	/* No PRACK has come: several steps of the table fit, and none is
	 * claimed. */
	if (e == NULL && trace_kind_of(t, seq) == TRACE_CALL &&
	    rule->rfc == 3262)
		return true;
	/* Nor has an early dialog of a gateway's an event of its own, which
	 * ends because of a REL. */
	if (e == NULL && trace_kind_of(t, seq) == TRACE_DIALOG &&
	    rule != NULL && rule->rfc == 3261 &&
	    strcmp(rule->section, "12.3") == 0)
		return true;
	return may_differ(s->m, e) || goes_by_flow(s->m, e, rule);
}

static void
check_lab(const char *name, const struct trace *t)
{
	size_t steps = 0;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct step s = { .name = BUF_INIT };
		const struct machine_edge *e;

		if (read_step(t, seq, &s)) {
			steps++;
			if (!agrees(t, seq, &s)) {
				e = machines_edge(t, s.m, seq);
				printf("  %s: record %llu: the edge of the %s "
				       "has %s %s\n",
				    name, (unsigned long long)seq, s.m->name,
				    e != NULL ? event_word(e->event) : "none",
				    e != NULL ? machine_edge_section(e) : "");
				CU_FAIL("edge and record have other rules");
			}
		}
		buf_free(&s.name);
	}
	CU_ASSERT(steps > 0);
}

static void
steps_have_the_rule_of_their_record(void)
{
	char *names[LABS_MAX];
	size_t n = labs_list(names, true);

	CU_ASSERT(n > 20);
	for (size_t i = 0; i < n; i++) {
		struct lab_options o = LAB_OPTIONS;
		struct trace *t = lab_trace(names[i], &o);

		CU_ASSERT_FATAL(t != NULL);
		check_lab(names[i], t);
		trace_destroy(t);
	}
	labs_free(names, n);
}

/* Every step of every lab stands in its machine's table and begins where the
 * last step of that machine ended. */
static void
steps_are_of_their_table(void)
{
	char *names[LABS_MAX];
	size_t n = labs_list(names, true);
	struct steps all;

	for (size_t i = 0; i < n; i++) {
		struct lab_options o = LAB_OPTIONS;
		struct buf out = BUF_INIT;
		struct diag d = DIAG_INIT;
		struct str rest;

		CU_ASSERT_EQUAL_FATAL(lab_run(names[i], &o, &out, &d), 0);
		steps_begin(&all);
		rest = buf_view(&out);
		while (rest.n > 0)
			steps_line(&all, str_cut(rest, '\n', &rest));
		if (all.bad > 0)
			printf("  … in %s\n", names[i]);
		CU_ASSERT_EQUAL(all.bad, 0);
		CU_ASSERT(all.n > 0);
		steps_end(&all);
		buf_free(&out);
	}
	labs_free(names, n);
}

/* The called side's edges are its own: RFC 3261 12.1.1 and 13.3.1.4, not the
 * caller's 12.1.2 and 13.2.2.4. */
static void
the_called_side_has_its_own_edges(void)
{
	static const struct {
		const char *machine, *from, *to, *event, *section;
	} steps[] = {
		{ "dialog", "none", "early", "1xx sent", "12.1.1" },
		{ "dialog", "early", "moratorium", "2xx sent", "12.1" },
		{ "dialog", "moratorium", "confirmed", "ACK", "2" },
		{ "call", "early", "moratorium", "2xx sent", "13.3.1.4" },
		{ "call", "moratorium", "confirmed", "ACK", "13.3.1.4" },
	};
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/two-proxies", &o);
	size_t found = 0;

	CU_ASSERT_FATAL(t != NULL);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct step s = { .name = BUF_INIT };
		const struct machine_edge *e;

		if (!str_is(trace_name(t, trace_node_of(t, seq)), "bob") ||
		    trace_kind_of(t, seq) == TRACE_FSM ||
		    !read_step(t, seq, &s))
			continue;
		e = machines_edge(t, s.m, seq);
		for (size_t i = 0;
		     e != NULL && i < sizeof(steps) / sizeof(*steps); i++)
			if (strcmp(s.m->name, steps[i].machine) == 0 &&
			    strcmp(state_word(e->from), steps[i].from) == 0 &&
			    strcmp(state_word(e->to), steps[i].to) == 0) {
				CU_ASSERT_STRING_EQUAL(
				    event_word(e->event), steps[i].event);
				CU_ASSERT_STRING_EQUAL(
				    machine_edge_section(e), steps[i].section);
				found++;
			}
		buf_free(&s.name);
	}
	CU_ASSERT_EQUAL(found, sizeof(steps) / sizeof(*steps));
	trace_destroy(t);
}

/* With the caller's ACK, call and dialog are confirmed both. */
static void
call_and_dialog_agree(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/strict-router", &o);
	size_t acks = 0;

	CU_ASSERT_FATAL(t != NULL);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		const struct rule *rule = machines_rule(t, seq);
		const struct state_at_dialog *d;
		const struct state_at_call *c;
		struct state_at *f;
		size_t at = 0;

		if (trace_kind_of(t, seq) != TRACE_SEND || rule == NULL ||
		    strcmp(rule->key, "invite-ack") != 0)
			continue;
		acks++;
		CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
		CU_ASSERT_EQUAL_FATAL(state_at_advance(f, t, seq + 1), 0);
		d = state_at_next_dialog(f, STR("alice"), &at);
		c = state_at_find_call(f, STR("alice"), STR("alice/1"));
		CU_ASSERT(d != NULL && str_is(d->state, "confirmed"));
		CU_ASSERT(c != NULL && str_is(c->state, "confirmed"));
		state_at_destroy(f);
	}
	CU_ASSERT_EQUAL(acks, 1);
	trace_destroy(t);
}

CHECK_MAIN("machines of labs",
    { "steps have the rule of their record",
	steps_have_the_rule_of_their_record },
    { "steps are of their table", steps_are_of_their_table },
    { "call and dialog agree", call_and_dialog_agree },
    { "the called side has its own edges", the_called_side_has_its_own_edges })
