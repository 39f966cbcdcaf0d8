/*
 * The tables of the four transaction machines against libosip2's: its public
 * functions get real messages, in each state each event that a table has, and
 * its timers.  A step goes to the same state, sends the same and tells the
 * same; a difference has a row below with its reason, and a row without a
 * difference is a fault, too.  What libosip2 has not is held against the RFCs.
 * Each row of the tables is then changed in each way, and each change is found.
 */
#include "base/buf.h"
#include "fixtures/check.h"
#include "machine/tables.h"

#include <stdarg.h>
#include <sys/time.h>

#include <osip2/osip.h>
#include <osipparser2/osip_message.h>
#include <osipparser2/osip_parser.h>

/* Where the tables and what they are held against differ. */
static unsigned faults;
static bool quiet;

static void
fault(const char *format, ...)
{
	va_list args;

	faults++;
	if (quiet)
		return;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	CU_FAIL("a table does otherwise");
}

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

/* A table may be another one for a while (each_change). */
static struct {
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

static const struct machine *const originals[] = { &machine_ict, &machine_nict,
	&machine_ist, &machine_nist };

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

/* One of libosip2's transactions, in a state. */
struct walk {
	osip_transaction_t *t;
	osip_message_t *request;
};

static osip_transaction_t *
walk_begin(struct walk *w, const struct way *way, const char *transport)
{
	const char *method = machines[way->machine].method;
	LOCAL_BUF text = BUF_INIT;
	osip_t *osip = library();

	put_message("", method, transport, &text);
	CU_ASSERT_EQUAL_FATAL(osip_message_init(&w->request), 0);
	CU_ASSERT_EQUAL_FATAL(
	    osip_message_parse(w->request, text.p, text.n), 0);
	CU_ASSERT_EQUAL_FATAL(
	    osip_transaction_init(
		&w->t, machines[way->machine].type, osip, w->request),
	    0);
	for (size_t i = 0; i < 4 && way->by[i] != 0; i++)
		execute(w->t, find_event(way->by[i]), method);
	CU_ASSERT_EQUAL_FATAL(state_of(w->t), way->state);
	return w->t;
}

static void
walk_end(struct walk *w)
{
	osip_transaction_free(w->t);
	osip_message_free(w->request);
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
	struct walk walk;
	osip_transaction_t *t = walk_begin(&walk, way, "UDP");

	execute(t, event, method);
	if ((state_of(t) != to || seen.does != does ||
		seen.killed != machine_ends_in(m, to)) &&
	    !is_known(m, word_of(way->state), events[event].id))
		fault("  %s, %s, %s: %s, %x; libosip2: %s, %x%s\n", m->name,
		    word_of(way->state), event_word(events[event].id),
		    word_of(to), does, word_of(state_of(t)), seen.does,
		    seen.killed ? ", over" : "");
	walk_end(&walk);
}

/* The table of WAY's machine has EVENT, as the program has it. */
static bool
has_event(const struct way *way, enum event_id event)
{
	const struct machine *m = originals[way->machine];

	for (size_t i = 0; i < m->nedges; i++)
		if (m->edges[i].event == event)
			return true;
	return false;
}

static void
drive_all(size_t machine)
{
	for (size_t i = 0; i < COUNT_OF(ways); i++)
		for (size_t k = 0; k < COUNT_OF(events); k++)
			if (ways[i].machine == machine &&
			    has_event(&ways[i], events[k].id))
				drive(&ways[i], k);
}

/* ---- steps that libosip2 has not ---- */

/* Of `accepted` it knows nothing, its user gives a transaction up, and the
 * transport fails outside of it; what is absorbed is not seen.  Where it
 * differs the RFC has it so. */
static const struct step {
	size_t machine;
	enum state_id from;
	enum event_id event;
	enum state_id to;
	unsigned does;
} rfc[] = {
	/* RFC 3261 17.1.4, and 9.1. */
	{ 0, STATE_CALLING, EVENT_TRANSPORT_ERROR, STATE_TERMINATED, 0 },
	{ 0, STATE_COMPLETED, EVENT_TRANSPORT_ERROR, STATE_TERMINATED, 0 },
	{ 0, STATE_PROCEEDING, EVENT_GIVEN_UP, STATE_TERMINATED, 0 },
	{ 1, STATE_TRYING, EVENT_TRANSPORT_ERROR, STATE_TERMINATED, 0 },
	{ 1, STATE_PROCEEDING, EVENT_TRANSPORT_ERROR, STATE_TERMINATED, 0 },
	{ 3, STATE_PROCEEDING, EVENT_TRANSPORT_ERROR, STATE_TERMINATED, 0 },
	{ 3, STATE_COMPLETED, EVENT_TRANSPORT_ERROR, STATE_TERMINATED, 0 },
	/* RFC 4320 4.2. */
	{ 3, STATE_TRYING, EVENT_GIVEN_UP, STATE_TERMINATED, 0 },
	{ 3, STATE_PROCEEDING, EVENT_GIVEN_UP, STATE_TERMINATED, 0 },
	/* RFC 3261 17.2.1. */
	{ 2, STATE_COMPLETED, EVENT_TIMER_H, STATE_TERMINATED,
	    MACHINE_GIVES_UP },
	/* RFC 6026 7.2, 8.4. */
	{ 0, STATE_CALLING, EVENT_2XX, STATE_ACCEPTED, MACHINE_TELLS },
	{ 0, STATE_PROCEEDING, EVENT_2XX, STATE_ACCEPTED, MACHINE_TELLS },
	{ 0, STATE_ACCEPTED, EVENT_2XX, STATE_ACCEPTED, MACHINE_TELLS },
	{ 0, STATE_ACCEPTED, EVENT_TIMER_M, STATE_TERMINATED, 0 },
	/* RFC 6026 7.1, 8.7. */
	{ 2, STATE_PROCEEDING, EVENT_2XX_SENT, STATE_ACCEPTED,
	    MACHINE_SENDS_RESPONSE },
	{ 2, STATE_PROCEEDING, EVENT_TRANSPORT_ERROR, STATE_PROCEEDING, 0 },
	{ 2, STATE_COMPLETED, EVENT_TRANSPORT_ERROR, STATE_COMPLETED, 0 },
	{ 2, STATE_ACCEPTED, EVENT_TRANSPORT_ERROR, STATE_ACCEPTED, 0 },
	{ 2, STATE_ACCEPTED, EVENT_REQUEST, STATE_ACCEPTED, 0 },
	{ 2, STATE_ACCEPTED, EVENT_2XX_SENT, STATE_ACCEPTED,
	    MACHINE_SENDS_RESPONSE },
	{ 2, STATE_ACCEPTED, EVENT_ACK, STATE_ACCEPTED, MACHINE_TELLS },
	{ 2, STATE_ACCEPTED, EVENT_TIMER_L, STATE_TERMINATED, 0 },
	/* 17.1.2.2, 17.2.1, 17.2.2: absorbed. */
	{ 1, STATE_COMPLETED, EVENT_200_699, STATE_COMPLETED, 0 },
	{ 2, STATE_CONFIRMED, EVENT_ACK, STATE_CONFIRMED, 0 },
	{ 3, STATE_TRYING, EVENT_REQUEST, STATE_TRYING, 0 },
};

/* Of the states and deeds libosip2 tells nothing of E. */
static bool
is_beyond(const struct machine_edge *e)
{
	return e->from == STATE_ACCEPTED || e->event == EVENT_GIVEN_UP ||
	       e->event == EVENT_TRANSPORT_ERROR ||
	       (e->from == e->to && e->does == 0);
}

static const struct step *
find_step(size_t machine, const struct machine_edge *e)
{
	for (size_t i = 0; i < COUNT_OF(rfc); i++)
		if (rfc[i].machine == machine && rfc[i].from == e->from &&
		    rfc[i].event == e->event)
			return &rfc[i];
	return NULL;
}

static void
compare_beyond(size_t machine)
{
	const struct machine *m = machines[machine].table;

	for (size_t i = 0; i < m->nedges; i++) {
		const struct machine_edge *e = &m->edges[i];
		const struct step *step = find_step(machine, e);

		if (step != NULL ? step->to != e->to || step->does != e->does
				 : is_beyond(e))
			fault("  %s, %s, %s: in no RFC\n", m->name,
			    word_of(e->from), event_word(e->event));
	}
	for (size_t i = 0; i < COUNT_OF(rfc); i++)
		if (rfc[i].machine == machine &&
		    machine_next(m, rfc[i].from, rfc[i].event) == NULL)
			fault("  %s, %s, %s: is not in the table\n", m->name,
			    word_of(rfc[i].from), event_word(rfc[i].event));
}

/* ---- timers ---- */

/* libosip2's timers: how long, since when, and until how many ms they double.
 */
struct clockwork {
	char name;
	type_t fires;
	int *length;
	struct timeval *start;
};

#define CLOCKWORKS 4
#define CLOCK(name, T, context, x)                                 \
	{                                                          \
		name, TIMEOUT_##T, &(context)->timer_##x##_length, \
		    &(context)->timer_##x##_start                  \
	}

/* Those of T, behind the last one without a name.  L and M are RFC 6026's. */
static void
find_clockworks(const osip_transaction_t *t, struct clockwork c[CLOCKWORKS])
{
	memset(c, 0, CLOCKWORKS * sizeof(*c));
	if (t->ctx_type == ICT) {
		c[0] = (struct clockwork)CLOCK('A', A, t->ict_context, a);
		c[1] = (struct clockwork)CLOCK('B', B, t->ict_context, b);
		c[2] = (struct clockwork)CLOCK('D', D, t->ict_context, d);
	} else if (t->ctx_type == NICT) {
		c[0] = (struct clockwork)CLOCK('E', E, t->nict_context, e);
		c[1] = (struct clockwork)CLOCK('F', F, t->nict_context, f);
		c[2] = (struct clockwork)CLOCK('K', K, t->nict_context, k);
	} else if (t->ctx_type == IST) {
		c[0] = (struct clockwork)CLOCK('G', G, t->ist_context, g);
		c[1] = (struct clockwork)CLOCK('H', H, t->ist_context, h);
		c[2] = (struct clockwork)CLOCK('I', I, t->ist_context, i);
	} else {
		c[0] = (struct clockwork)CLOCK('J', J, t->nist_context, j);
	}
}

/* The table's timer of that name; a fault where there is none. */
static const struct machine_timer *
find_timer(const struct machine *m, char name)
{
	const char text[] = { name, '\0' };
	const struct machine_timer *row = machine_find_timer(m, str_of(text));
	LOCAL_BUF event = BUF_INIT;

	buf_printf(&event, "Timer %c", name);
	if (row == NULL ||
	    strcmp(event_word(row->event), buf_cstr(&event)) != 0) {
		fault("  %s: no Timer %c\n", m->name, name);
		return NULL;
	}
	return row;
}

static void
compare_length(const struct machine *m, const struct machine_timer *row,
    int length, bool stream)
{
	int ms = row->ms;

	if (stream && row->reliable != MACHINE_SAME)
		ms = row->reliable == MACHINE_ZERO ? 0 : -1;
	/* Where the two differ nothing is repeated over such a transport. */
	if (is_known(m, stream ? "TCP" : "UDP", row->event) ? ms != -1
							    : length != ms)
		fault("  Timer %s, %s: %d ms; libosip2: %d\n", row->name,
		    stream ? "TCP" : "UDP", ms, length);
}

static void
compare_lengths(size_t machine, bool stream)
{
	const struct machine *m = machines[machine].table;
	const struct way begin = { machine, STATE_NONE, { 0 } };
	struct clockwork c[CLOCKWORKS];
	struct walk w;

	find_clockworks(walk_begin(&w, &begin, stream ? "TCP" : "UDP"), c);
	for (size_t i = 0; c[i].name != '\0'; i++) {
		const struct machine_timer *row = find_timer(m, c[i].name);

		if (row != NULL)
			compare_length(m, row, *c[i].length, stream);
	}
	walk_end(&w);
}

/* C's timer, which is over, fires in T's state. */
static bool
fires(osip_transaction_t *t, const struct clockwork *c)
{
	static void (*const ask[])(osip_t *) = {
		[ICT] = osip_timers_ict_execute,
		[IST] = osip_timers_ist_execute,
		[NICT] = osip_timers_nict_execute,
		[NIST] = osip_timers_nist_execute,
	};
	bool is = false;
	osip_event_t *e;

	*c->start = (struct timeval){ 1, 0 };
	ask[t->ctx_type](library());
	while ((e = osip_fifo_tryget(t->transactionff)) != NULL) {
		is |= e->type == c->fires;
		osip_free(e);
	}
	return is;
}

/* As often as it takes from T1 to 64*T1. */
#define DOUBLINGS 6

/* How long C's timer of WAY is, which has begun with MS, in the end. */
static int
double_it(const struct way *way, size_t i, const struct machine_timer *row)
{
	const char *method = machines[way->machine].method;
	struct clockwork c[CLOCKWORKS];
	struct walk w;
	osip_transaction_t *t = walk_begin(&w, way, "UDP");
	int ms;

	find_clockworks(t, c);
	for (unsigned n = 0; n < DOUBLINGS; n++)
		execute(t, find_event(row->event), method);
	ms = *c[i].length;
	walk_end(&w);
	return ms;
}

/* Timer E's length hangs on a clock in libosip2: 17.1.2.2 has T2 for it. Timers
 * that end their machine fire once. */
static void
compare_doubling(const struct way *way, const struct clockwork *c, size_t i)
{
	const struct machine_timer *row =
	    find_timer(machines[way->machine].table, c[i].name);
	int most, ends;

	if (row == NULL || row->state != way->state)
		return;
	most = row->most_ms != 0 && row->ms << DOUBLINGS > row->most_ms
		   ? row->most_ms
	       : row->most_ms != 0 ? row->ms << DOUBLINGS
				   : 0;
	ends = c[i].name == 'E'                  ? 4000
	       : strchr("AG", c[i].name) != NULL ? double_it(way, i, row)
						 : 0;
	if (most != ends)
		fault("  Timer %c: %d ms in the end; libosip2: %d\n", c[i].name,
		    most, ends);
}

/* There is a way to STATE, or it is NONE. */
static bool
has_way(size_t machine, enum state_id state)
{
	for (size_t i = 0; i < COUNT_OF(ways); i++)
		if (ways[i].machine == machine && ways[i].state == state)
			return true;
	return false;
}

/* In which states each timer runs. */
static void
compare_running(const struct way *way)
{
	const struct machine *m = machines[way->machine].table;
	struct clockwork c[CLOCKWORKS];
	struct walk w;
	osip_transaction_t *t = walk_begin(&w, way, "UDP");

	find_clockworks(t, c);
	for (size_t i = 0; c[i].name != '\0'; i++)
		*c[i].start = (struct timeval){ -1, 0 };
	for (size_t i = 0; c[i].name != '\0'; i++) {
		const struct machine_timer *row = find_timer(m, c[i].name);
		bool runs =
		    row != NULL && way->state != STATE_NONE &&
		    (row->state == way->state || row->also == way->state);

		if (row != NULL && (fires(t, &c[i]) != runs ||
				       !has_way(way->machine, row->also)))
			fault("  Timer %c %s in %s\n", c[i].name,
			    runs ? "runs" : "does not run",
			    word_of(way->state));
		*c[i].start = (struct timeval){ -1, 0 };
	}
	for (size_t i = 0; c[i].name != '\0'; i++)
		compare_doubling(way, c, i);
	walk_end(&w);
}

/* RFC 6026 7.1, 7.2. */
static void
compare_accepted(size_t machine)
{
	const struct machine *m = machines[machine].table;
	const struct machine_timer *row;

	if (machine % 2 == 1)
		return;
	row = find_timer(m, machine == 0 ? 'M' : 'L');
	if (row != NULL &&
	    (row->ms != 32000 || row->most_ms != 0 ||
		row->reliable != (machine == 0 ? MACHINE_SAME : MACHINE_SAME) ||
		row->state != STATE_ACCEPTED || row->also != STATE_NONE))
		fault("  Timer %s\n", row->name);
}

static void
compare_timers(size_t machine)
{
	compare_lengths(machine, false);
	compare_lengths(machine, true);
	compare_accepted(machine);
	for (size_t i = 0; i < COUNT_OF(ways); i++)
		if (ways[i].machine == machine)
			compare_running(&ways[i]);
}

/* ---- all of it ---- */

static unsigned
count_faults(size_t machine)
{
	faults = 0;
	drive_all(machine);
	compare_beyond(machine);
	compare_timers(machine);
	return faults;
}

static void
each_machine(void)
{
	for (size_t i = 0; i < COUNT_OF(machines); i++)
		CU_ASSERT_EQUAL(count_faults(i), 0);
}

/* ---- a changed table is found ---- */

#define EDGES  32
#define TIMERS 8

static struct changed {
	struct machine table;
	struct machine_edge edges[EDGES];
	struct machine_timer timers[TIMERS];
} changed;

/* The machine's table, which may be changed now. */
static struct changed *
change(size_t machine)
{
	const struct machine *m = originals[machine];

	changed.table = *m;
	memcpy(changed.edges, m->edges, m->nedges * sizeof(*m->edges));
	memcpy(changed.timers, m->timers, m->ntimers * sizeof(*m->timers));
	changed.table.edges = changed.edges;
	changed.table.timers = changed.timers;
	machines[machine].table = &changed.table;
	return &changed;
}

static unsigned tried, missed;

static void
find_change(size_t machine, const char *what, const char *where)
{
	quiet = true;
	tried++;
	if (count_faults(machine) == 0) {
		missed++;
		printf("  %s: %s of %s changed, and nobody sees it\n",
		    originals[machine]->name, what, where);
	}
	quiet = false;
}

static void
change_edge(size_t machine, size_t i)
{
	const struct machine *m = originals[machine];
	const struct machine_edge *e = &m->edges[i];
	const char *where = event_word(e->event);

	for (size_t k = 0; k < m->nstates; k++) {
		change(machine)->edges[i].to = m->states[k].id;
		if (m->states[k].id != e->to)
			find_change(machine, "the end", where);
	}
	for (size_t k = 0; k < m->nedges; k++) {
		change(machine)->edges[i].event = m->edges[k].event;
		if (m->edges[k].event != e->event)
			find_change(machine, "the event", where);
	}
	for (unsigned bit = 1; bit <= MACHINE_GIVES_UP; bit <<= 1) {
		change(machine)->edges[i].does ^= bit;
		find_change(machine, "what is done", where);
	}
	change(machine)->edges[i] = m->edges[m->nedges - 1];
	changed.table.nedges--;
	find_change(machine, "all", where);
}

static void
change_timer(size_t machine, size_t i)
{
	const struct machine *m = originals[machine];
	const struct machine_timer *t = &m->timers[i];

	change(machine)->timers[i].ms *= 2;
	find_change(machine, "the length", t->name);
	change(machine)->timers[i].most_ms = t->most_ms != 0 ? 0 : t->ms * 2;
	find_change(machine, "the limit", t->name);
	for (enum machine_over k = MACHINE_SAME; k <= MACHINE_NEVER; k++) {
		change(machine)->timers[i].reliable = k;
		if (k != t->reliable)
			find_change(machine, "TCP", t->name);
	}
	for (size_t k = 0; k < m->nstates; k++) {
		change(machine)->timers[i].state = m->states[k].id;
		if (m->states[k].id != t->state)
			find_change(machine, "the state", t->name);
		change(machine)->timers[i].also = m->states[k].id;
		if (m->states[k].id != t->also && m->states[k].id != t->state)
			find_change(machine, "the other state", t->name);
	}
	change(machine)->timers[i].event = EVENT_REQUEST;
	find_change(machine, "the event", t->name);
	change(machine)->timers[i] = m->timers[m->ntimers - 1];
	changed.table.ntimers--;
	find_change(machine, "all", t->name);
}

static void
each_change(void)
{
	tried = missed = 0;
	for (size_t k = 0; k < COUNT_OF(machines); k++) {
		for (size_t i = 0; i < originals[k]->nedges; i++)
			change_edge(k, i);
		for (size_t i = 0; i < originals[k]->ntimers; i++)
			change_timer(k, i);
		machines[k].table = originals[k];
	}
	printf("  %u changes, %u of them not seen\n", tried, missed);
	CU_ASSERT_EQUAL(missed, 0);
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

CHECK_MAIN("sip_osip", { "each machine", each_machine },
    { "all differences are met", all_are_met },
    { "each change of a table is found", each_change })
