/*
 * Clock and power (S3C2410A manual, chapter 7).  The boot loader has set the
 * main PLL to the board's clock, as near as m, p and s allow, and HCLK and PCLK
 * to a half and a quarter of it; the PLLs stay so, whatever is written, for how
 * fast the processor is is the topology's choice.  CLKCON's IDLE bit stops the
 * processor until an interrupt asks.
 */
#include "emu/board_in.h"

#define PAGE 0x4c000000u

/* FCLK = XTAL * (m + 8) / ((p + 2) * 2^s) */
struct pll {
	uint32_t m, p, s;
};

static struct pll
pll_of(uint32_t con)
{
	return (struct pll){ con >> 12 & 0xff, con >> 4 & 0x3f, con & 3 };
}

/* How far XTAL * M / DEN is from HZ, times DEN. */
static uint64_t
distance(uint64_t hz, uint64_t m, uint64_t den)
{
	uint64_t have = S3C_XTAL_HZ * m, want = hz * den;

	return have > want ? have - want : want - have;
}

static uint32_t
nearest_pll(uint64_t hz)
{
	uint32_t best = 0;
	uint64_t best_off = UINT64_MAX, best_den = 1;

	for (uint32_t p = 0; p < 64; p++)
		for (uint32_t s = 0; s < 4; s++) {
			uint64_t den = (uint64_t)(p + 2) << s, off;
			uint64_t m = (hz * den + S3C_XTAL_HZ / 2) / S3C_XTAL_HZ;

			m = m < 8 ? 8 : m > 263 ? 263 : m;
			off = distance(hz, m, den);
			if (best_off != UINT64_MAX &&
			    off * best_den >= best_off * den)
				continue;
			best_off = off;
			best_den = den;
			best = (uint32_t)(m - 8) << 12 | p << 4 | s;
		}
	return best;
}

void
power_find_pll(struct board *b)
{
	b->power0[0] = nearest_pll(b->config.clock_hz);
	b->power0[1] = nearest_pll(48000000);
}

void
power_pclk(const struct board *b, uint64_t *num, uint64_t *den)
{
	struct pll pll = pll_of(b->s.power[1]);
	uint32_t divide = b->s.power[5];

	*num = UINT64_C(1000000000) * ((pll.p + 2) << pll.s);
	*num <<= (divide >> 1 & 1) + (divide & 1);
	*den = (uint64_t)S3C_XTAL_HZ * (pll.m + 8);
}

static void
power_write(struct board *b, uint32_t offset, uint32_t value)
{
	switch (PAGE + offset) {
	case S3C_CLKCON:
		b->s.power[3] = value & ~S3C_CLKCON_IDLE;
		if ((value & S3C_CLKCON_IDLE) != 0) {
			b->s.idle = 1;
			board_kick(b);
		}
		break;
	case S3C_CLKDIVN:
		b->s.power[5] = value & 3;
		timers_retime(b);
		watchdog_retime(b);
		break;
	case S3C_LOCKTIME:
	case S3C_CLKSLOW:
		b->s.power[offset / 4] = value;
		break;
	default:
		break;
	}
}

static void
power_reset(struct board *b)
{
	b->s.power[0] = 0x00ffffff;
	b->s.power[1] = b->power0[0];
	b->s.power[2] = b->power0[1];
	b->s.power[3] = 0x7fff0;
	b->s.power[4] = 4;
	b->s.power[5] = 3;
}

const struct device device_power = {
	.base = PAGE,
	DEVICE_KEEPS(power),
	.write = power_write,
	.reset = power_reset,
};

/* The memory controller (chapter 5): the boot loader has set it up, and it
 * keeps what is written to it. */
const struct device device_memctl = {
	.base = 0x48000000u,
	DEVICE_KEEPS(memctl),
};
