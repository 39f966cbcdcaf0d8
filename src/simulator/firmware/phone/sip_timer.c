/*
 * The machines' timers.  libosip2 keeps for each a time on its clock and would
 * look at all of them each time it is asked (osip_timers_*); here each is a
 * software timer that feeds the machine TIMEOUT_x when it is due.  Only those
 * count that belong to the machine's state: the library leaves others armed.
 *
 * RFC 3261 17.1.1.2, 17.1.2.2, 17.2.1, 17.2.2; Timers L and M RFC 6026.
 */
#include "firmware/phone/report.h"
#include "firmware/phone/sip.h"

#define NONE UINT64_MAX

struct row {
	osip_fsm_type_t machine;
	const char *name, *event;
	type_t type; /* UNKNOWN_EVT: ours, not the library's */
	state_t states[2];
	size_t length, start; /* in the machine's context */
};

#define AT(ctx, letter)                                \
	offsetof(struct ctx, timer_##letter##_length), \
	    offsetof(struct ctx, timer_##letter##_start)

/* By machine, in the order of osip_fsm_type_t; up to SIP_TIMERS each. */
static const struct row rows[] = {
	{ ICT, "A", "Timer A", TIMEOUT_A, { ICT_CALLING, ICT_CALLING },
	    AT(osip_ict, a) },
	{ ICT, "B", "Timer B", TIMEOUT_B, { ICT_CALLING, ICT_CALLING },
	    AT(osip_ict, b) },
	{ ICT, "D", "Timer D", TIMEOUT_D, { ICT_COMPLETED, ICT_COMPLETED },
	    AT(osip_ict, d) },
	{ ICT, "M", "Timer M", UNKNOWN_EVT, { ICT_TERMINATED, ICT_TERMINATED },
	    0, 0 },
	{ IST, "G", "Timer G", TIMEOUT_G, { IST_COMPLETED, IST_COMPLETED },
	    AT(osip_ist, g) },
	{ IST, "H", "Timer H", TIMEOUT_H, { IST_COMPLETED, IST_COMPLETED },
	    AT(osip_ist, h) },
	{ IST, "I", "Timer I", TIMEOUT_I, { IST_CONFIRMED, IST_CONFIRMED },
	    AT(osip_ist, i) },
	{ IST, "L", "Timer L", UNKNOWN_EVT, { IST_TERMINATED, IST_TERMINATED },
	    0, 0 },
	{ NICT, "E", "Timer E", TIMEOUT_E, { NICT_TRYING, NICT_PROCEEDING },
	    AT(osip_nict, e) },
	{ NICT, "F", "Timer F", TIMEOUT_F, { NICT_TRYING, NICT_PROCEEDING },
	    AT(osip_nict, f) },
	{ NICT, "K", "Timer K", TIMEOUT_K, { NICT_COMPLETED, NICT_COMPLETED },
	    AT(osip_nict, k) },
	{ NIST, "J", "Timer J", TIMEOUT_J, { NIST_COMPLETED, NIST_COMPLETED },
	    AT(osip_nist, j) },
};

static const struct row *
first_row(osip_fsm_type_t machine)
{
	const struct row *row = rows;

	while (row->machine != machine)
		row++;
	return row;
}

static bool
is_row(const struct row *row, osip_fsm_type_t machine)
{
	return row < rows + sizeof(rows) / sizeof(rows[0]) &&
	       row->machine == machine;
}

static void
fire_tx_timer(void *arg)
{
	struct tx_timer *t = arg;
	struct tx *tx = t->tx;
	const struct row *row = first_row(tx->type) + (t - tx->timers);

	report_timer(tx, row->name, "fire", 0);
	if (row->type == UNKNOWN_EVT)
		tx_over(tx, row->event);
	else
		tx_step(tx, row->event, row->type, NULL);
}

static void
arm_timer(
    struct tx *tx, const struct row *row, struct tx_timer *t, uint64_t due_us)
{
	uint64_t now = hal_now_us();

	t->tx = tx;
	timer_at(tx->sip->timers, &t->timer, due_us, fire_tx_timer, t);
	/* The machine counts from when it was made, some instructions ago. */
	report_timer(tx, row->name, "set",
	    due_us > now ? (uint32_t)((due_us - now + MS_US / 2) / MS_US) : 0);
}

/* The library's due time, NONE where the timer does not count. */
static uint64_t
library_due(const struct tx *tx, const struct row *row)
{
	const void *const contexts[] = {
		[ICT] = tx->osip->ict_context,
		[IST] = tx->osip->ist_context,
		[NICT] = tx->osip->nict_context,
		[NIST] = tx->osip->nist_context,
	};
	const char *ctx = contexts[tx->type];
	struct timeval start;
	int length;

	if ((tx->osip->state != row->states[0] &&
		tx->osip->state != row->states[1]) ||
	    row->type == UNKNOWN_EVT)
		return NONE;
	memcpy(&length, ctx + row->length, sizeof(length));
	memcpy(&start, ctx + row->start, sizeof(start));
	if (length < 0 || start.tv_sec < 0)
		return NONE;
	return (uint64_t)start.tv_sec * S_US + (uint64_t)start.tv_usec;
}

void
tx_timers_sync(struct tx *tx)
{
	const struct row *row = first_row(tx->type);

	for (struct tx_timer *t = tx->timers; is_row(row, tx->type);
	     row++, t++) {
		uint64_t due = tx->osip != NULL ? library_due(tx, row) : NONE;

		if (row->type == UNKNOWN_EVT)
			continue;
		if (due == NONE && t->timer.set) {
			timer_stop(tx->sip->timers, &t->timer);
			report_timer(tx, row->name, "stop", 0);
		}
		/* One that has fired stays armed in the library.  One that
		 * runs is left alone: the library moves Timer E at each 1xx
		 * and Timer I at each ACK, where 17.1.2.2 and 17.2.1 set them
		 * when E fires and when the first ACK comes. */
		if (due == NONE || t->timer.set || due == t->seen_us)
			continue;
		t->seen_us = due;
		arm_timer(tx, row, t, due);
	}
}

void
tx_timers_accepted(struct tx *tx)
{
	const struct row *row = first_row(tx->type);

	tx_timers_sync(tx);
	for (struct tx_timer *t = tx->timers; is_row(row, tx->type); row++, t++)
		if (row->type == UNKNOWN_EVT)
			arm_timer(tx, row, t, hal_now_us() + SIP_64T1_US);
}

void
tx_timers_stop(struct tx *tx)
{
	for (unsigned i = 0; i < SIP_TIMERS; i++)
		timer_stop(tx->sip->timers, &tx->timers[i].timer);
}
