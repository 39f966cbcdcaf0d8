/* The tables of machines: whole, connected, and as the RFCs have them. */
#include "fixtures/check.h"
#include "machine/machine.h"
#include "machine/times.h"

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

/* An event leads to one state, and to a rule or at least a section. */
static void
one_way(void)
{
	const struct machine *m;

	for (size_t i = 0; (m = machine_at(i)) != NULL; i++) {
		for (size_t k = 0; k < m->nedges; k++)
			CU_ASSERT(machine_next(m, m->edges[k].from,
				      m->edges[k].event) == &m->edges[k]);
		CU_ASSERT_PTR_NULL(machine_next(m, m->start, EVENT_ACK));
		CU_ASSERT_PTR_NULL(
		    machine_next(m, STATE_TERMINATED, EVENT_2XX));
	}
}

/* What a figure says of a timer's length is what it lasts. */
static void
lengths(void)
{
	static const struct {
		int32_t ms, most_ms;
		enum machine_over reliable;
		const char *value;
	} rows[] = {
		{ SIP_T1_MS, SIP_64T1_MS, MACHINE_NEVER, "T1, 2*T1, 4*T1, …" },
		{ SIP_T1_MS, SIP_64T1_MS, MACHINE_SAME, "T1, 2*T1, 4*T1, …" },
		{ SIP_T1_MS, SIP_T2_MS, MACHINE_NEVER, "T1, 2*T1, … T2" },
		{ SIP_T1_MS, SIP_T2_MS, MACHINE_SAME, "T1, 2*T1, … T2" },
		{ SIP_64T1_MS, 0, MACHINE_SAME, "64*T1" },
		{ SIP_64T1_MS, 0, MACHINE_ZERO, "64*T1; TCP 0" },
		{ SIP_D_MS, 0, MACHINE_ZERO, "32 s; TCP 0" },
		{ SIP_T4_MS, 0, MACHINE_ZERO, "T4; TCP 0" },
		{ SIP_TRYING_MS, 0, MACHINE_SAME, "200 ms" },
		{ SIP_AGAIN_MS, 0, MACHINE_SAME, "60 s; reliable 150 s" },
		{ TIME_DNS_RETRY_MS, 4 * TIME_DNS_RETRY_MS, MACHINE_SAME,
		    "2 s, 4 s, 8 s" },
		/* RFC 8489 6.2.1 */
		{ 500, 16000, MACHINE_NEVER, "500 ms, 1 s, 2 s, …" },
		{ 16 * 500, 0, MACHINE_SAME, "16*RTO" },
		/* ITU-T Q.764 annex A */
		{ TIME_ISUP_T1_MS, 0, MACHINE_SAME, "15 s to 60 s" },
		{ TIME_ISUP_T1_MS, 0, MACHINE_SAME,
		    "15 s to 60 s; T13: 5 min to 15 min" },
		{ TIME_ISUP_T1_MS, 0, MACHINE_SAME,
		    "15 s to 60 s; T15: 5 min to 15 min" },
		{ TIME_ISUP_T1_MS, 0, MACHINE_SAME,
		    "15 s to 60 s; T17: 5 min to 15 min" },
		{ TIME_ISUP_T1_MS, 0, MACHINE_SAME,
		    "15 s to 60 s; T19: 5 min to 15 min" },
		{ TIME_ISUP_T1_MS, 0, MACHINE_SAME,
		    "15 s to 60 s; T21: 5 min to 15 min" },
		{ TIME_ISUP_T1_MS, 0, MACHINE_SAME,
		    "15 s to 60 s; T23: 5 min to 15 min" },
		{ TIME_ISUP_T5_MS, 0, MACHINE_SAME, "5 min to 15 min" },
		{ TIME_ISUP_T6_MS, 0, MACHINE_SAME, "60 s to 120 s" },
		{ TIME_ISUP_T7_MS, 0, MACHINE_SAME, "20 s to 30 s" },
		{ TIME_ISUP_T8_MS, 0, MACHINE_SAME, "10 s to 15 s" },
		{ TIME_ISUP_T9_MS, 0, MACHINE_SAME, "90 s to 180 s" },
		{ TIME_ISUP_T10_MS, 0, MACHINE_SAME, "4 s to 6 s" },
		{ TIME_ISUP_T11_MS, 0, MACHINE_SAME, "15 s to 20 s" },
	};
	const struct machine *m;

	for (size_t i = 0; (m = machine_at(i)) != NULL; i++)
		for (size_t k = 0; k < m->ntimers; k++) {
			const struct machine_timer *t = &m->timers[k];
			bool found = t->ms == 0;

			for (size_t r = 0; r < sizeof(rows) / sizeof(*rows);
			     r++)
				found |= t->ms == rows[r].ms &&
					 t->most_ms == rows[r].most_ms &&
					 t->reliable == rows[r].reliable &&
					 strcmp(t->value, rows[r].value) == 0;
			CU_ASSERT(found);
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

static bool
is_called(const char *machine, enum state_id from, const char *event,
    const char *want)
{
	const char *name = machine_osip_event(
	    machine_find(str_of(machine)), from, str_of(event));

	if (name == NULL || want == NULL)
		return name == want;
	return strcmp(name, want) == 0;
}

/* As in osip.h. */
static void
names_of_libosip2(void)
{
	CU_ASSERT(
	    is_called("ICT", STATE_NONE, "request sent", "SND_REQINVITE"));
	CU_ASSERT(is_called("ICT", STATE_CALLING, "Timer A", "TIMEOUT_A"));
	CU_ASSERT(is_called("ICT", STATE_CALLING, "1xx", "RCV_STATUS_1XX"));
	CU_ASSERT(
	    is_called("ICT", STATE_CALLING, "300-699", "RCV_STATUS_3456XX"));
	CU_ASSERT(is_called("ICT", STATE_ACCEPTED, "2xx", NULL));
	CU_ASSERT(is_called("ICT", STATE_ACCEPTED, "Timer M", NULL));
	CU_ASSERT(is_called("NICT", STATE_NONE, "OPTIONS sent", "SND_REQUEST"));
	CU_ASSERT(is_called("NICT", STATE_TRYING, "200", "RCV_STATUS_2XX"));
	CU_ASSERT(is_called("IST", STATE_NONE, "request", "RCV_REQINVITE"));
	CU_ASSERT(
	    is_called("IST", STATE_PROCEEDING, "2xx sent", "SND_STATUS_2XX"));
	CU_ASSERT(is_called("IST", STATE_COMPLETED, "ACK", "RCV_REQACK"));
	CU_ASSERT(
	    is_called("NIST", STATE_TRYING, "1xx sent", "SND_STATUS_1XX"));
	CU_ASSERT(is_called("NIST", STATE_COMPLETED, "Timer J", "TIMEOUT_J"));
	CU_ASSERT(is_called("dialog", STATE_EARLY, "2xx", NULL));
	CU_ASSERT(is_called("ICT", STATE_CALLING, "transport error", NULL));
}

CHECK_MAIN("machines", { "lookups", lookups }, { "words", words },
    { "edges", edges }, { "connected", connected }, { "one way", one_way },
    { "timers", timers }, { "lengths", lengths }, { "steps", steps },
    { "statuses", statuses }, { "names of libosip2", names_of_libosip2 })
