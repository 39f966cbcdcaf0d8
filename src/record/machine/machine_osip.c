/*
 * libosip2's names of a transaction's states, events and callbacks: one row for
 * each kind of step.  Its machines know no `accepted` (RFC 6026), no transport
 * error as an event and no transaction that is given up; such steps have none.
 */
#include "machine/machine_osip.h"

#include <string.h>

#include "base/err.h"
#include "base/rows.h"
#include "machine/tables.h"

#define NAME(name)        #name,
#define NAME_BEHIND(name) "OSIP_" #name,
#define KILL_OF(machine)  "OSIP_" #machine "_KILL_TRANSACTION",

static const char *const events[] = { OSIP_EVENTS(NAME) };
static const char *const callbacks[] = { OSIP_CALLBACKS(NAME_BEHIND) };
static const char *const kills[] = { OSIP_MACHINES(KILL_OF) };
static const char *const types[] = { OSIP_MACHINES(NAME) };

const char *
machine_osip_event_at(uint32_t type)
{
	return type < COUNT_OF(events) ? events[type] : NULL;
}

const char *
machine_osip_callback_at(uint32_t type)
{
	return type < COUNT_OF(callbacks) ? callbacks[type] : NULL;
}

const char *
machine_osip_kill_at(uint32_t type)
{
	return type < COUNT_OF(kills) ? kills[type] : NULL;
}

const char *
machine_osip_machine_at(uint32_t type)
{
	return type < COUNT_OF(types) ? types[type] : NULL;
}

/* ---- states ---- */

static const struct {
	const struct machine *machine;
	enum state_id state;
	const char *name;
} states[] = {
	{ &machine_ict, STATE_NONE, "ICT_PRE_CALLING" },
	{ &machine_ict, STATE_CALLING, "ICT_CALLING" },
	{ &machine_ict, STATE_PROCEEDING, "ICT_PROCEEDING" },
	{ &machine_ict, STATE_COMPLETED, "ICT_COMPLETED" },
	{ &machine_ict, STATE_TERMINATED, "ICT_TERMINATED" },
	{ &machine_ist, STATE_NONE, "IST_PRE_PROCEEDING" },
	{ &machine_ist, STATE_PROCEEDING, "IST_PROCEEDING" },
	{ &machine_ist, STATE_COMPLETED, "IST_COMPLETED" },
	{ &machine_ist, STATE_CONFIRMED, "IST_CONFIRMED" },
	{ &machine_ist, STATE_TERMINATED, "IST_TERMINATED" },
	{ &machine_nict, STATE_NONE, "NICT_PRE_TRYING" },
	{ &machine_nict, STATE_TRYING, "NICT_TRYING" },
	{ &machine_nict, STATE_PROCEEDING, "NICT_PROCEEDING" },
	{ &machine_nict, STATE_COMPLETED, "NICT_COMPLETED" },
	{ &machine_nict, STATE_TERMINATED, "NICT_TERMINATED" },
	{ &machine_nist, STATE_NONE, "NIST_PRE_TRYING" },
	{ &machine_nist, STATE_TRYING, "NIST_TRYING" },
	{ &machine_nist, STATE_PROCEEDING, "NIST_PROCEEDING" },
	{ &machine_nist, STATE_COMPLETED, "NIST_COMPLETED" },
	{ &machine_nist, STATE_TERMINATED, "NIST_TERMINATED" },
};

const char *
machine_osip_state(const struct machine *m, enum state_id state)
{
	for (size_t i = 0; i < COUNT_OF(states); i++)
		if (states[i].machine == m && states[i].state == state)
			return states[i].name;
	return NULL;
}

/* ---- steps ---- */

#define ANY    STATE_NONE
#define BOTH   "STATUS_2XX…3456XX"
#define ERRORS "_STATUS_3XX…6XX_"
#define FINALS "_STATUS_2XX…6XX_"

/* The first row that fits a step.  A NULL event, where type_t has none. */
static const struct step {
	const struct machine *machine;
	enum event_id event;
	enum state_id from; /* ANY: every one that no row above names */
	const char *name, *callback;
} steps[] = {
	{ &machine_ict, EVENT_REQUEST_SENT, ANY, "SND_REQINVITE",
	    "OSIP_ICT_INVITE_SENT" },
	{ &machine_ict, EVENT_TIMER_A, ANY, "TIMEOUT_A",
	    "OSIP_ICT_INVITE_SENT_AGAIN" },
	{ &machine_ict, EVENT_TIMER_B, ANY, "TIMEOUT_B",
	    "OSIP_ICT_STATUS_TIMEOUT" },
	{ &machine_ict, EVENT_TIMER_D, ANY, "TIMEOUT_D", NULL },
	{ &machine_ict, EVENT_1XX, ANY, "RCV_STATUS_1XX",
	    "OSIP_ICT_STATUS_1XX_RECEIVED" },
	{ &machine_ict, EVENT_2XX, ANY, "RCV_STATUS_2XX",
	    "OSIP_ICT_STATUS_2XX_RECEIVED" },
	{ &machine_ict, EVENT_300_699, STATE_COMPLETED, "RCV_STATUS_3456XX",
	    "OSIP_ICT_STATUS_3456XX_RECEIVED_AGAIN" },
	{ &machine_ict, EVENT_300_699, ANY, "RCV_STATUS_3456XX",
	    "OSIP_ICT" ERRORS "RECEIVED" },
	{ &machine_ict, EVENT_TRANSPORT_ERROR, ANY, NULL,
	    "OSIP_ICT_TRANSPORT_ERROR" },
	{ &machine_nict, EVENT_REQUEST_SENT, ANY, "SND_REQUEST",
	    "OSIP_NICT_…_SENT" },
	{ &machine_nict, EVENT_TIMER_E, ANY, "TIMEOUT_E",
	    "OSIP_NICT_REQUEST_SENT_AGAIN" },
	{ &machine_nict, EVENT_TIMER_F, ANY, "TIMEOUT_F",
	    "OSIP_NICT_STATUS_TIMEOUT" },
	{ &machine_nict, EVENT_TIMER_K, ANY, "TIMEOUT_K", NULL },
	{ &machine_nict, EVENT_1XX, ANY, "RCV_STATUS_1XX",
	    "OSIP_NICT_STATUS_1XX_RECEIVED" },
	{ &machine_nict, EVENT_200_699, STATE_COMPLETED, "RCV_" BOTH,
	    "OSIP_NICT" FINALS "RECEIVED_AGAIN" },
	{ &machine_nict, EVENT_200_699, ANY, "RCV_" BOTH,
	    "OSIP_NICT" FINALS "RECEIVED" },
	{ &machine_nict, EVENT_TRANSPORT_ERROR, ANY, NULL,
	    "OSIP_NICT_TRANSPORT_ERROR" },
	{ &machine_ist, EVENT_REQUEST, STATE_PROCEEDING, "RCV_REQINVITE",
	    "OSIP_IST_INVITE_RECEIVED_AGAIN" },
	{ &machine_ist, EVENT_REQUEST, STATE_COMPLETED, "RCV_REQINVITE",
	    "OSIP_IST_INVITE_RECEIVED_AGAIN" },
	{ &machine_ist, EVENT_REQUEST, ANY, "RCV_REQINVITE",
	    "OSIP_IST_INVITE_RECEIVED" },
	{ &machine_ist, EVENT_1XX_SENT, ANY, "SND_STATUS_1XX",
	    "OSIP_IST_STATUS_1XX_SENT" },
	{ &machine_ist, EVENT_2XX_SENT, ANY, "SND_STATUS_2XX",
	    "OSIP_IST_STATUS_2XX_SENT" },
	{ &machine_ist, EVENT_300_699_SENT, ANY, "SND_STATUS_3456XX",
	    "OSIP_IST" ERRORS "SENT" },
	{ &machine_ist, EVENT_TIMER_G, ANY, "TIMEOUT_G",
	    "OSIP_IST_STATUS_3456XX_SENT_AGAIN" },
	{ &machine_ist, EVENT_TIMER_H, ANY, "TIMEOUT_H", NULL },
	{ &machine_ist, EVENT_TIMER_I, ANY, "TIMEOUT_I", NULL },
	{ &machine_ist, EVENT_ACK, STATE_CONFIRMED, "RCV_REQACK",
	    "OSIP_IST_ACK_RECEIVED_AGAIN" },
	{ &machine_ist, EVENT_ACK, ANY, "RCV_REQACK", "OSIP_IST_ACK_RECEIVED" },
	{ &machine_ist, EVENT_TRANSPORT_ERROR, ANY, NULL,
	    "OSIP_IST_TRANSPORT_ERROR" },
	{ &machine_nist, EVENT_REQUEST, STATE_TRYING, "RCV_REQUEST",
	    "OSIP_NIST_REQUEST_RECEIVED_AGAIN" },
	{ &machine_nist, EVENT_REQUEST, STATE_PROCEEDING, "RCV_REQUEST",
	    "OSIP_NIST_REQUEST_RECEIVED_AGAIN" },
	{ &machine_nist, EVENT_REQUEST, STATE_COMPLETED, "RCV_REQUEST",
	    "OSIP_NIST_REQUEST_RECEIVED_AGAIN" },
	{ &machine_nist, EVENT_REQUEST, ANY, "RCV_REQUEST",
	    "OSIP_NIST_…_RECEIVED" },
	{ &machine_nist, EVENT_1XX_SENT, ANY, "SND_STATUS_1XX",
	    "OSIP_NIST_STATUS_1XX_SENT" },
	{ &machine_nist, EVENT_200_699_SENT, ANY, "SND_" BOTH,
	    "OSIP_NIST" FINALS "SENT" },
	{ &machine_nist, EVENT_TIMER_J, ANY, "TIMEOUT_J", NULL },
	{ &machine_nist, EVENT_TRANSPORT_ERROR, ANY, NULL,
	    "OSIP_NIST_TRANSPORT_ERROR" },
};

static const struct step *
find_step(const struct machine *m, enum state_id from, enum event_id event)
{
	if (from == STATE_ACCEPTED)
		return NULL;
	for (size_t i = 0; i < COUNT_OF(steps); i++)
		if (steps[i].machine == m && steps[i].event == event &&
		    (steps[i].from == ANY || steps[i].from == from))
			return &steps[i];
	return NULL;
}

/* Of a range that has several, the one that STATUS is an event of. */
static const char *
pick_status(const char *name, char status)
{
	bool sent = name[0] == 'S';

	if (strstr(name, BOTH) == NULL || status < '2' || status > '6')
		return name;
	if (status == '2')
		return sent ? "SND_STATUS_2XX" : "RCV_STATUS_2XX";
	return sent ? "SND_STATUS_3456XX" : "RCV_STATUS_3456XX";
}

const char *
machine_osip_event(
    const struct machine *m, enum state_id from, struct str event)
{
	const struct step *s = NULL;

	if (m == NULL || event.n == 0)
		return NULL;
	for (size_t i = 0; i < m->nedges && s == NULL; i++)
		if (m->edges[i].from == from &&
		    machine_event_fits(event, m->edges[i].event))
			s = find_step(m, from, m->edges[i].event);
	if (s == NULL || s->name == NULL)
		return NULL;
	/* "200-699" is a range, "200" and "2xx" are not. */
	return event.n > 3 && event.p[3] == '-'
		   ? s->name
		   : pick_status(s->name, event.p[0]);
}

const char *
machine_osip_callback(const struct machine *m, const struct machine_edge *e)
{
	const struct step *s = find_step(m, e->from, e->event);

	return s != NULL ? s->callback : NULL;
}

/* ---- whose words are shown ---- */

static enum machine_vocabulary chosen;

const char *
machine_vocabulary_at(size_t i)
{
	static const char *const words[] = {
		[MACHINE_WORDS_RFC] = "rfc",
		[MACHINE_WORDS_OSIP] = "osip",
	};

	return i < COUNT_OF(words) ? words[i] : NULL;
}

int
machine_vocabulary_choose(struct str name)
{
	for (size_t i = 0; machine_vocabulary_at(i) != NULL; i++)
		if (str_is(name, machine_vocabulary_at(i))) {
			chosen = (enum machine_vocabulary)i;
			return 0;
		}
	return ERR_NOTFOUND;
}

enum machine_vocabulary
machine_vocabulary_chosen(void)
{
	return chosen;
}
