/* The tables of machines: whole, connected, and as the RFCs have them. */
#include "fixtures/check.h"
#include "machine/machine.h"

#include <string.h>

static void
lookups(void)
{
	const struct machine *m;
	size_t n = 0;

	while ((m = machine_at(n)) != NULL) {
		CU_ASSERT(machine_find(str_of(m->name)) == m);
		/* A node's are shown below its heading, but for these. */
		CU_ASSERT(m->heading != NULL || machine_transacts(m) ||
			  m == machine_find(STR("dialog")) ||
			  m == machine_find(STR("call")));
		n++;
	}
	CU_ASSERT(n >= 8);
	m = machine_at(0);
	CU_ASSERT(machine_find_state(m, STR("accepted")) != NULL);
	CU_ASSERT(machine_find_state(m, STR("confirmed")) == NULL);
	CU_ASSERT(machine_find_timer(m, STR("M")) != NULL);
	CU_ASSERT(machine_find_timer(m, STR("L")) == NULL);
	CU_ASSERT(machine_ends(m, STR("terminated")));
	CU_ASSERT(!machine_ends(m, STR("calling")));
	CU_ASSERT(!machine_ends(m, STR("nowhere")));
	CU_ASSERT(machine_ends(NULL, STR("terminated")));
}

static bool
said(const char *s)
{
	return s != NULL && s[0] != '\0';
}

/* EVENT is no timer's, or that of one of M's. */
static bool
is_of_a_timer(const struct machine *m, enum event_id event)
{
	if (!str_starts(str_of(event_word(event)), "Timer "))
		return true;
	for (size_t i = 0; i < m->ntimers; i++)
		if (m->timers[i].event == event)
			return true;
	return false;
}

/* No word has two ids: the trace tells words. */
static void
words(void)
{
	static const char *const all[] = {
#define X(id, word) word,
		MACHINE_EVENT_WORDS(X)
#undef X
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		for (size_t k = 0; k < i; k++)
			CU_ASSERT(strcmp(all[i], all[k]) != 0);
}

/* Every edge leads between states of the machine, its timer events are the
 * machine's timers, no edge stands twice, and a final state has no way out. */
static void
edges(void)
{
	const struct machine *m;

	for (size_t i = 0; (m = machine_at(i)) != NULL; i++) {
		for (size_t k = 0; k < m->nedges; k++) {
			const struct machine_edge *e = &m->edges[k];
			const struct machine_state *from =
			    machine_state_of(m, e->from);

			CU_ASSERT(from != NULL || e->from == m->start);
			CU_ASSERT(from == NULL || !from->final);
			CU_ASSERT(machine_state_of(m, e->to) != NULL);
			CU_ASSERT(machine_edge_rfc(e) > 0 &&
				  said(machine_edge_section(e)) &&
				  said(e->text) && e->event != EVENT_NONE);
			CU_ASSERT(is_of_a_timer(m, e->event));
			CU_ASSERT(
			    machine_edge_of(m, e->from, e->event, e->to) == e);
			CU_ASSERT(machine_step(m, str_of(state_word(e->from)),
				      str_of(event_word(e->event)),
				      str_of(state_word(e->to))) == e);
		}
		for (size_t k = 0; k < m->ntimers; k++) {
			const struct machine_timer *t = &m->timers[k];

			CU_ASSERT(said(t->value) && said(t->text));
			CU_ASSERT(t->state == STATE_NONE ||
				  machine_state_of(m, t->state) != NULL);
			CU_ASSERT(t->also == STATE_NONE ||
				  machine_state_of(m, t->also) != NULL);
			CU_ASSERT(
			    t->event == EVENT_NONE ||
			    str_is(str_of(t->name), event_word(t->event) + 6));
		}
	}
}

/* From the start every state can be reached, and from every state an end where
 * the machine has one: a registration goes on as long as its phone. */
static void
connected(void)
{
	const struct machine *m;

	for (size_t i = 0; (m = machine_at(i)) != NULL; i++) {
		bool seen[16] = { false }, ends[16] = { false };
		bool endless = true;

		CU_ASSERT_FATAL(m->nstates < 16);
		for (size_t k = 0; k < m->nstates; k++) {
			ends[k] = m->states[k].final;
			endless &= !ends[k];
		}
		for (size_t round = 0; round < m->nstates; round++) {
			for (size_t k = 0; k < m->nedges; k++) {
				const struct machine_edge *e = &m->edges[k];
				const struct machine_state *from =
				    machine_state_of(m, e->from);
				size_t to =
				    (size_t)(machine_state_of(m, e->to) -
					     m->states);
				bool start = e->from == m->start;

				if (start || seen[from - m->states])
					seen[to] = true;
				if (start && from != NULL)
					seen[from - m->states] = true;
				if (from != NULL && ends[to])
					ends[from - m->states] = true;
			}
		}
		for (size_t k = 0; k < m->nstates; k++)
			CU_ASSERT(seen[k] && (ends[k] || endless));
	}
}

/* A to M, each in its machine (RFC 3261 Table 4; C is the proxy's own). */
static void
timers(void)
{
	static const char *const in[] = { "ABDM", "EFK", "GHIL", "J" };

	for (size_t i = 0; i < 4; i++) {
		const struct machine *m = machine_at(i);

		CU_ASSERT_EQUAL(m->ntimers, strlen(in[i]));
		for (const char *c = in[i]; *c != '\0'; c++)
			CU_ASSERT(machine_find_timer(m, (struct str){ c, 1 }) !=
				  NULL);
	}
}

static bool
leads(const char *machine, const char *from, const char *event, const char *to)
{
	const struct machine *m = machine_find(str_of(machine));

	return machine_step(m, str_of(from), str_of(event), str_of(to)) != NULL;
}

static void
steps(void)
{
	CU_ASSERT(leads("ICT", "", "INVITE sent", "calling"));
	CU_ASSERT(leads("ICT", "none", "request sent", "calling"));
	CU_ASSERT(leads("ICT", "calling", "timer A", "calling"));
	CU_ASSERT(leads("ICT", "calling", "180", "proceeding"));
	CU_ASSERT(leads("ICT", "calling", "2xx", "accepted"));
	CU_ASSERT(leads("ICT", "proceeding", "486", "completed"));
	CU_ASSERT(leads("ICT", "accepted", "Timer M", "terminated"));
	CU_ASSERT(leads("NICT", "none", "OPTIONS sent", "trying"));
	CU_ASSERT(leads("NICT", "trying", "300-699", "completed"));
	CU_ASSERT(leads("NICT", "trying", "2xx", "completed"));
	CU_ASSERT(leads("IST", "none", "INVITE", "proceeding"));
	CU_ASSERT(leads("IST", "proceeding", "200 sent", "accepted"));
	CU_ASSERT(leads("IST", "completed", "ACK", "confirmed"));
	CU_ASSERT(leads("IST", "confirmed", "Timer I", "terminated"));
	CU_ASSERT(leads("NIST", "trying", "300-699 sent", "completed"));
	CU_ASSERT(leads("NIST", "trying", "", "completed"));
	CU_ASSERT(leads("call", "calling", "100", "proceeding"));
	CU_ASSERT(leads("subscription", "init", "REFER sent", "notify_wait"));
	/* No phone here sends it; captures have it. */
	CU_ASSERT(leads("subscription", "init", "SUBSCRIBE", "notify_wait"));
	/* What must not be. */
	CU_ASSERT(!leads("ICT", "calling", "2xx", "terminated"));
	CU_ASSERT(!leads("ICT", "calling", "486", "accepted"));
	CU_ASSERT(!leads("ICT", "calling", "200 sent", "accepted"));
	CU_ASSERT(!leads("ICT", "terminated", "", "calling"));
	CU_ASSERT(!leads("IST", "proceeding", "ACK", "confirmed"));
	CU_ASSERT(!leads("NIST", "none", "ACK", "trying"));
}

/* A response without its event: the called side of a capture rings at 180, and
 * goes on waiting at 182. */
static void
statuses(void)
{
	const struct machine *m = machine_find(STR("call"));
	const struct {
		enum state_id from;
		unsigned status;
		bool sent;
		enum state_id to;
	} rows[] = {
		{ STATE_PROCEEDING, 180, true, STATE_EARLY },
		{ STATE_PROCEEDING, 182, true, STATE_PROCEEDING },
		{ STATE_PROCEEDING, 200, true, STATE_MORATORIUM },
		{ STATE_EARLY, 200, true, STATE_MORATORIUM },
		{ STATE_EARLY, 302, false, STATE_TERMINATED },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct machine_edge *e = machine_next_status(
		    m, rows[i].from, rows[i].status, rows[i].sent);

		CU_ASSERT_FATAL(e != NULL);
		CU_ASSERT_EQUAL(e->to, rows[i].to);
	}
	CU_ASSERT_PTR_NULL(machine_next_status(m, STATE_CALLING, 180, true));
}

CHECK_MAIN("machines", { "lookups", lookups }, { "words", words },
    { "edges", edges }, { "connected", connected }, { "timers", timers },
    { "steps", steps }, { "statuses", statuses })
