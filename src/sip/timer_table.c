/* The rows of the timer table. */
#include "sip/timer_table.h"

#include <stddef.h>

#define AT(ctx, letter)                                \
	offsetof(struct ctx, timer_##letter##_length), \
	    offsetof(struct ctx, timer_##letter##_start)

static const struct sip_timer_row ict[] = {
	{ SIP_ICT, "A", false, TIMEOUT_A, { ICT_CALLING, ICT_CALLING },
	    AT(osip_ict, a), RULE_ICT_TIMER_A, RULE_ICT_TIMER_A },
	{ SIP_ICT, "B", false, TIMEOUT_B, { ICT_CALLING, ICT_CALLING },
	    AT(osip_ict, b), RULE_ICT_TIMER_B, RULE_ICT_TIMER_B },
	{ SIP_ICT, "D", false, TIMEOUT_D, { ICT_COMPLETED, ICT_COMPLETED },
	    AT(osip_ict, d), RULE_ICT_TIMER_D, RULE_ICT_TIMER_D },
	{ SIP_ICT, "M", true, UNKNOWN_EVT, { ICT_TERMINATED, ICT_TERMINATED },
	    0, 0, RULE_ICT_TIMER_M, RULE_ICT_TIMER_M },
};

static const struct sip_timer_row nict[] = {
	{ SIP_NICT, "E", false, TIMEOUT_E, { NICT_TRYING, NICT_PROCEEDING },
	    AT(osip_nict, e), RULE_NICT_TIMER_E, RULE_NICT_TIMER_E },
	{ SIP_NICT, "F", false, TIMEOUT_F, { NICT_TRYING, NICT_PROCEEDING },
	    AT(osip_nict, f), RULE_NICT_TIMER_F, RULE_NICT_TIMER_F },
	{ SIP_NICT, "K", false, TIMEOUT_K, { NICT_COMPLETED, NICT_COMPLETED },
	    AT(osip_nict, k), RULE_NICT_TIMER_K, RULE_NICT_TIMER_K },
};

static const struct sip_timer_row ist[] = {
	{ SIP_IST, "G", false, TIMEOUT_G, { IST_COMPLETED, IST_COMPLETED },
	    AT(osip_ist, g), RULE_IST_TIMER_G, RULE_IST_TIMER_G },
	{ SIP_IST, "H", false, TIMEOUT_H, { IST_COMPLETED, IST_COMPLETED },
	    AT(osip_ist, h), RULE_IST_TIMER_H, RULE_IST_TIMER_H },
	{ SIP_IST, "I", false, TIMEOUT_I, { IST_CONFIRMED, IST_CONFIRMED },
	    AT(osip_ist, i), RULE_IST_TIMER_I, RULE_IST_TIMER_I },
	{ SIP_IST, "L", true, UNKNOWN_EVT, { IST_TERMINATED, IST_TERMINATED },
	    0, 0, RULE_IST_TIMER_L, RULE_IST_TIMER_L },
};

static const struct sip_timer_row nist[] = {
	{ SIP_NIST, "J", false, TIMEOUT_J, { NIST_COMPLETED, NIST_COMPLETED },
	    AT(osip_nist, j), RULE_NIST_TIMER_J, RULE_NIST_TIMER_J },
};

#define ROWS(table)                                       \
	{                                                 \
		table, sizeof(table) / sizeof((table)[0]) \
	}

static const struct {
	const struct sip_timer_row *rows;
	size_t n;
} tables[] = {
	[SIP_ICT] = ROWS(ict),
	[SIP_NICT] = ROWS(nict),
	[SIP_IST] = ROWS(ist),
	[SIP_NIST] = ROWS(nist),
};

const struct sip_timer_row *
sip_timer_rows(enum sip_machine machine, size_t *n)
{
	*n = tables[machine].n;
	return tables[machine].rows;
}
