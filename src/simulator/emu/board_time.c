/*
 * Time from instructions: NOW = BASE + floor(INSTRUCTIONS * CPI / CLOCK),
 * without rounding on the way.  The base moves to each instant at which the
 * processor wakes.
 */
#include "emu/board_in.h"

/* An instruction lasts CPI / 1000 / CLOCK seconds: NUM / CLOCK ns. */
static uint64_t
num(const struct board *b)
{
	return b->config.cpi * UINT64_C(1000000);
}

int64_t
board_now(const struct board *b)
{
	uint64_t ns = counter_muldiv(b->s.insns, num(b), b->config.clock_hz);

	return ns > (uint64_t)(NEVER - b->s.base_ns)
		   ? NEVER
		   : b->s.base_ns + (int64_t)ns;
}

uint64_t
board_insns_until(const struct board *b, int64_t t)
{
	if (t <= b->s.base_ns)
		return 0;
	if (t == NEVER)
		return UINT64_MAX;
	return counter_muldiv_up(
	    (uint64_t)(t - b->s.base_ns), b->config.clock_hz, num(b));
}

void
board_set_now(struct board *b, int64_t t)
{
	b->s.insns_before += b->s.insns;
	b->s.insns = 0;
	b->s.base_ns = t;
}

uint64_t
board_instructions(const struct board *b)
{
	return b->s.insns_before + b->s.insns;
}
