/*
 * The tables of the four transaction machines against libosip2's: its public
 * functions get real messages, in each state each event that a table has, and
 * its timers.  A step goes to the same state, sends the same and tells the
 * same; a difference has a row below with its reason, and a row without a
 * difference is a fault, too.
 */
#include "fixtures/check.h"
#include "machine/tables.h"

#include <sys/time.h>

#include <osip2/osip.h>
#include <osipparser2/osip_message.h>
#include <osipparser2/osip_parser.h>

/* ---- what libosip2 does ---- */

static struct {
	unsigned does; /* enum machine_deed */
	bool killed;
} seen;

static int
on_send(osip_transaction_t *t, osip_message_t *m,
    char *host, /* NOLINT(readability-non-const-parameter) */
    int port, int socket)
{
	(void)host;
	(void)port;
	(void)socket;
	seen.does |= MSG_IS_RESPONSE(m) ? MACHINE_SENDS_RESPONSE
		     : t->ctx_type == ICT && MSG_IS_ACK(m)
			 ? MACHINE_SENDS_ACK
			 : MACHINE_SENDS_REQUEST;
	return 0;
}

static void
on_message(int type, osip_transaction_t *t, osip_message_t *m)
{
	(void)t;
	(void)m;
	if (type == OSIP_ICT_STATUS_TIMEOUT || type == OSIP_NICT_STATUS_TIMEOUT)
		seen.does |= MACHINE_GIVES_UP;
	else
		seen.does |= MACHINE_TELLS;
}

static void
on_kill(int type, osip_transaction_t *t)
{
	(void)type;
	(void)t;
	seen.killed = true;
}

/* What a client's user hears of; a server's hears it of the stack. */
static const osip_message_callback_type_t told[] = {
	OSIP_ICT_STATUS_1XX_RECEIVED,
	OSIP_ICT_STATUS_2XX_RECEIVED,
	OSIP_ICT_STATUS_3XX_RECEIVED,
	OSIP_ICT_STATUS_4XX_RECEIVED,
	OSIP_ICT_STATUS_5XX_RECEIVED,
	OSIP_ICT_STATUS_6XX_RECEIVED,
	OSIP_ICT_STATUS_TIMEOUT,
	OSIP_NICT_STATUS_1XX_RECEIVED,
	OSIP_NICT_STATUS_2XX_RECEIVED,
	OSIP_NICT_STATUS_3XX_RECEIVED,
	OSIP_NICT_STATUS_4XX_RECEIVED,
	OSIP_NICT_STATUS_5XX_RECEIVED,
	OSIP_NICT_STATUS_6XX_RECEIVED,
	OSIP_NICT_STATUS_TIMEOUT,
};

static osip_t *
library(void)
{
	static osip_t *osip;

	if (osip != NULL)
		return osip;
	CU_ASSERT_EQUAL_FATAL(osip_init(&osip), 0);
	osip_set_cb_send_message(osip, on_send);
	for (size_t i = 0; i < COUNT_OF(told); i++)
		osip_set_message_callback(osip, told[i], on_message);
	for (int i = 0; i < OSIP_KILL_CALLBACK_COUNT; i++)
		osip_set_kill_transaction_callback(osip, i, on_kill);
	return osip;
}

/* ---- messages and events ---- */

static const struct {
	enum event_id id;
	type_t timer;      /* of a timer; else UNKNOWN_EVT */
	const char *start; /* of a message: its status, or "" for a request */
	bool sent;
} events[] = {
	{ EVENT_REQUEST_SENT, UNKNOWN_EVT, "", true },
	{ EVENT_REQUEST, UNKNOWN_EVT, "", false },
	{ EVENT_ACK, UNKNOWN_EVT, "ACK", false },
	{ EVENT_1XX, UNKNOWN_EVT, "180 Ringing", false },
	{ EVENT_2XX, UNKNOWN_EVT, "200 OK", false },
	{ EVENT_300_699, UNKNOWN_EVT, "486 Busy Here", false },
	{ EVENT_200_699, UNKNOWN_EVT, "404 Not Found", false },
	{ EVENT_1XX_SENT, UNKNOWN_EVT, "180 Ringing", true },
	{ EVENT_2XX_SENT, UNKNOWN_EVT, "200 OK", true },
	{ EVENT_300_699_SENT, UNKNOWN_EVT, "486 Busy Here", true },
	{ EVENT_200_699_SENT, UNKNOWN_EVT, "404 Not Found", true },
	{ EVENT_TIMER_A, TIMEOUT_A, NULL, false },
	{ EVENT_TIMER_B, TIMEOUT_B, NULL, false },
	{ EVENT_TIMER_D, TIMEOUT_D, NULL, false },
	{ EVENT_TIMER_E, TIMEOUT_E, NULL, false },
	{ EVENT_TIMER_F, TIMEOUT_F, NULL, false },
	{ EVENT_TIMER_K, TIMEOUT_K, NULL, false },
	{ EVENT_TIMER_G, TIMEOUT_G, NULL, false },
	{ EVENT_TIMER_H, TIMEOUT_H, NULL, false },
	{ EVENT_TIMER_I, TIMEOUT_I, NULL, false },
	{ EVENT_TIMER_J, TIMEOUT_J, NULL, false },
};

static const struct {
	const struct machine *table;
	osip_fsm_type_t type;
	const char *method;
	bool client;
} machines[] = {
	{ &machine_ict, ICT, "INVITE", true },
	{ &machine_nict, NICT, "OPTIONS", true },
	{ &machine_ist, IST, "INVITE", false },
	{ &machine_nist, NIST, "OPTIONS", false },
};

/* A message that begins with START, of a transaction of METHOD. */
static void
put_message(
    const char *start, const char *method, const char *transport, struct buf *b)
{
	if (start[0] == '\0' || strcmp(start, "ACK") == 0)
		buf_printf(b, "%s sip:bob@192.0.2.2 SIP/2.0\r\n",
		    start[0] == '\0' ? method : start);
	else
		buf_printf(b, "SIP/2.0 %s\r\n", start);
	buf_printf(b,
	    "Via: SIP/2.0/%s 192.0.2.1:5060;branch=z9hG4bK1\r\n"
	    "Max-Forwards: 70\r\nFrom: <sip:alice@a.example.com>;tag=a\r\n"
	    "To: <sip:bob@b.example.com>;tag=b\r\nCall-ID: c\r\n"
	    "CSeq: 1 %s\r\nContent-Length: 0\r\n\r\n",
	    transport, strcmp(start, "ACK") == 0 ? start : method);
}

static osip_event_t *
event_of(size_t i, const char *method)
{
	LOCAL_BUF text = BUF_INIT;
	osip_event_t *e;
	osip_message_t *m;

	if (events[i].start == NULL) {
		e = osip_malloc(sizeof(*e));
		CU_ASSERT_PTR_NOT_NULL_FATAL(e);
		*e = (osip_event_t){ .type = events[i].timer };
		return e;
	}
	put_message(events[i].start, method, "UDP", &text);
	e = osip_parse(text.p, text.n);
	CU_ASSERT_PTR_NOT_NULL_FATAL(e);
	if (!events[i].sent)
		return e;
	m = e->sip;
	osip_free(e);
	return osip_new_outgoing_sipmessage(m);
}

static size_t
find_event(enum event_id id)
{
	size_t i = 0;

	while (i < COUNT_OF(events) && events[i].id != id)
		i++;
	return i;
}

/* ---- states ---- */

static const struct {
	state_t osip;
	enum state_id id;
} states[] = {
	{ ICT_PRE_CALLING, STATE_NONE },
	{ ICT_CALLING, STATE_CALLING },
	{ ICT_PROCEEDING, STATE_PROCEEDING },
	{ ICT_COMPLETED, STATE_COMPLETED },
	{ ICT_TERMINATED, STATE_TERMINATED },
	{ NICT_PRE_TRYING, STATE_NONE },
	{ NICT_TRYING, STATE_TRYING },
	{ NICT_PROCEEDING, STATE_PROCEEDING },
	{ NICT_COMPLETED, STATE_COMPLETED },
	{ NICT_TERMINATED, STATE_TERMINATED },
	{ IST_PRE_PROCEEDING, STATE_NONE },
	{ IST_PROCEEDING, STATE_PROCEEDING },
	{ IST_COMPLETED, STATE_COMPLETED },
	{ IST_CONFIRMED, STATE_CONFIRMED },
	{ IST_TERMINATED, STATE_TERMINATED },
	{ NIST_PRE_TRYING, STATE_NONE },
	{ NIST_TRYING, STATE_TRYING },
	{ NIST_PROCEEDING, STATE_PROCEEDING },
	{ NIST_COMPLETED, STATE_COMPLETED },
	{ NIST_TERMINATED, STATE_TERMINATED },
};

static enum state_id
state_of(const osip_transaction_t *t)
{
	for (size_t i = 0; i < COUNT_OF(states); i++)
		if (states[i].osip == t->state)
			return states[i].id;
	CU_FAIL_FATAL("a state of no machine");
	return STATE_NONE;
}

/* How a state is come to: events from the beginning on.  A server has sent a
 * response where it may repeat one. */
static const struct way {
	size_t machine;
	enum state_id state;
	enum event_id by[4];
} ways[] = {
	{ 0, STATE_NONE, { 0 } },
	{ 0, STATE_CALLING, { EVENT_REQUEST_SENT } },
	{ 0, STATE_PROCEEDING, { EVENT_REQUEST_SENT, EVENT_1XX } },
	{ 0, STATE_COMPLETED, { EVENT_REQUEST_SENT, EVENT_300_699 } },
	{ 1, STATE_NONE, { 0 } },
	{ 1, STATE_TRYING, { EVENT_REQUEST_SENT } },
	{ 1, STATE_PROCEEDING, { EVENT_REQUEST_SENT, EVENT_1XX } },
	{ 1, STATE_COMPLETED, { EVENT_REQUEST_SENT, EVENT_200_699 } },
	{ 2, STATE_NONE, { 0 } },
	{ 2, STATE_PROCEEDING, { EVENT_REQUEST, EVENT_1XX_SENT } },
	{ 2, STATE_COMPLETED, { EVENT_REQUEST, EVENT_300_699_SENT } },
	{ 2, STATE_CONFIRMED,
	    { EVENT_REQUEST, EVENT_300_699_SENT, EVENT_ACK } },
	{ 3, STATE_NONE, { 0 } },
	{ 3, STATE_TRYING, { EVENT_REQUEST } },
	{ 3, STATE_PROCEEDING, { EVENT_REQUEST, EVENT_1XX_SENT } },
	{ 3, STATE_COMPLETED, { EVENT_REQUEST, EVENT_200_699_SENT } },
};

/* Steps, and timers over a transport, that libosip2 has otherwise. */
static struct difference {
	const char *machine, *from, *event, *why;
	bool met;
} differences[] = {
	{ "ICT", "calling", "2xx",
	    "RFC 6026 7.2: a 2xx leads to accepted, where further ones go up",
	    false },
	{ "ICT", "proceeding", "2xx", "the same", false },
	{ "IST", "proceeding", "2xx sent",
	    "RFC 6026 7.1: so does the 2xx that is sent", false },
	{ "IST", "completed", "Timer H",
	    "its user hears of the end; 17.2.1 has it hear of the failure",
	    false },
	{ "ICT", "TCP", "Timer A",
	    "it has a length, for connections that are made slowly; 17.1.1.2 "
	    "repeats nothing over a reliable transport",
	    false },
	{ "NICT", "TCP", "Timer E", "the same, 17.1.2.2", false },
};

static const char *
word_of(enum state_id state)
{
	return state == STATE_NONE ? "" : state_word(state);
}

static bool
is_known(const struct machine *m, const char *from, enum event_id event)
{
	for (size_t i = 0; i < COUNT_OF(differences); i++) {
		struct difference *d = &differences[i];

		if (strcmp(d->machine, m->name) == 0 &&
		    strcmp(d->from, from) == 0 &&
		    strcmp(d->event, event_word(event)) == 0)
			return d->met = true;
	}
	return false;
}

/* ---- each event in each state ---- */

static void
execute(osip_transaction_t *t, size_t event, const char *method)
{
	memset(&seen, 0, sizeof(seen));
	osip_transaction_execute(t, event_of(event, method));
}

static void
drive(const struct way *way, size_t event)
{
	const struct machine *m = machines[way->machine].table;
	const char *method = machines[way->machine].method;
	const struct machine_edge *e =
	    machine_next(m, way->state, events[event].id);
	enum state_id to = e != NULL ? e->to : way->state;
	unsigned does = e != NULL ? e->does : 0;
	LOCAL_BUF text = BUF_INIT;
	osip_message_t *request;
	osip_t *osip = library();
	osip_transaction_t *t;

	CU_ASSERT_EQUAL_FATAL(osip_message_init(&request), 0);
	put_message("", method, "UDP", &text);
	CU_ASSERT_EQUAL_FATAL(osip_message_parse(request, text.p, text.n), 0);
	CU_ASSERT_EQUAL_FATAL(osip_transaction_init(&t,
				  machines[way->machine].type, osip, request),
	    0);
	for (size_t i = 0; i < 4 && way->by[i] != 0; i++)
		execute(t, find_event(way->by[i]), method);
	CU_ASSERT_EQUAL_FATAL(state_of(t), way->state);
	execute(t, event, method);
	if ((state_of(t) != to || seen.does != does ||
		seen.killed != machine_ends_in(m, to)) &&
	    !is_known(m, word_of(way->state), events[event].id)) {
		printf("  %s, %s, %s: %s, %x; libosip2: %s, %x%s\n", m->name,
		    word_of(way->state), event_word(events[event].id),
		    word_of(to), does, word_of(state_of(t)), seen.does,
		    seen.killed ? ", over" : "");
		CU_FAIL("libosip2 does otherwise");
	}
	osip_transaction_free(t);
	osip_message_free(request);
}

/* The table of WAY's machine has EVENT. */
static bool
has_event(const struct way *way, enum event_id event)
{
	const struct machine *m = machines[way->machine].table;

	for (size_t i = 0; i < m->nedges; i++)
		if (m->edges[i].event == event)
			return true;
	return false;
}

/* Each step is driven but those of which libosip2 knows nothing: its user gives
 * a transaction up, and the transport fails outside of it. */
static void
all_are_driven(void)
{
	for (size_t k = 0; k < COUNT_OF(machines); k++)
		for (size_t i = 0; i < machines[k].table->nedges; i++) {
			const struct machine_edge *e =
			    &machines[k].table->edges[i];
			bool is = e->event == EVENT_GIVEN_UP ||
				  e->event == EVENT_TRANSPORT_ERROR ||
				  e->from == STATE_ACCEPTED;

			for (size_t w = 0; w < COUNT_OF(ways); w++)
				is |= ways[w].machine == k &&
				      ways[w].state == e->from &&
				      find_event(e->event) < COUNT_OF(events);
			CU_ASSERT(is);
		}
}

static void
each_step(void)
{
	for (size_t i = 0; i < COUNT_OF(ways); i++)
		for (size_t k = 0; k < COUNT_OF(events); k++)
			if (has_event(&ways[i], events[k].id))
				drive(&ways[i], k);
}

/* ---- timers ---- */

/* How long libosip2's timer NAME of T is at first, ms; -1: it never runs. */
static int
length_of(const osip_transaction_t *t, char name)
{
	switch (name) {
	case 'A':
		return t->ict_context->timer_a_length;
	case 'B':
		return t->ict_context->timer_b_length;
	case 'D':
		return t->ict_context->timer_d_length;
	case 'E':
		return t->nict_context->timer_e_length;
	case 'F':
		return t->nict_context->timer_f_length;
	case 'G':
		return t->ist_context->timer_g_length;
	case 'H':
		return t->ist_context->timer_h_length;
	case 'I':
		return t->ist_context->timer_i_length;
	case 'J':
		return t->nist_context->timer_j_length;
	case 'K':
		return t->nict_context->timer_k_length;
	default:
		return 0;
	}
}

/* Timers L and M are RFC 6026's. */
static void
compare_lengths(
    const osip_transaction_t *t, const struct machine *m, bool stream)
{
	for (size_t i = 0; i < m->ntimers; i++) {
		const struct machine_timer *row = &m->timers[i];
		int ms = row->ms;

		if (stream && row->reliable != MACHINE_SAME)
			ms = row->reliable == MACHINE_ZERO ? 0 : -1;
		if (row->name[0] == 'L' || row->name[0] == 'M' ||
		    length_of(t, row->name[0]) == ms ||
		    is_known(m, stream ? "TCP" : "UDP", row->event))
			continue;
		printf("  Timer %s, %s: %d ms; libosip2: %d\n", row->name,
		    stream ? "TCP" : "UDP", ms, length_of(t, row->name[0]));
		CU_FAIL("a timer is as long");
	}
}

static void
lengths(void)
{
	for (size_t k = 0; k < 2 * COUNT_OF(machines); k++) {
		LOCAL_BUF text = BUF_INIT;
		bool stream = k % 2 == 1;
		osip_t *osip = library();
		osip_message_t *request;
		osip_transaction_t *t;

		put_message(
		    "", machines[k / 2].method, stream ? "TCP" : "UDP", &text);
		CU_ASSERT_EQUAL_FATAL(osip_message_init(&request), 0);
		CU_ASSERT_EQUAL_FATAL(
		    osip_message_parse(request, text.p, text.n), 0);
		CU_ASSERT_EQUAL_FATAL(osip_transaction_init(&t,
					  machines[k / 2].type, osip, request),
		    0);
		compare_lengths(t, machines[k / 2].table, stream);
		osip_transaction_free(t);
		osip_message_free(request);
	}
}

static void
all_are_met(void)
{
	for (size_t i = 0; i < COUNT_OF(differences); i++) {
		if (!differences[i].met)
			printf("  no such difference: %s, %s, %s\n",
			    differences[i].machine, differences[i].from,
			    differences[i].event);
		CU_ASSERT(differences[i].met);
	}
}

CHECK_MAIN("sip_osip", { "each event in each state", each_step },
    { "all are driven", all_are_driven }, { "timers", lengths },
    { "all differences are met", all_are_met })
