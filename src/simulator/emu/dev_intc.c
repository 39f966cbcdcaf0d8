/*
 * Interrupt controller (S3C2410A manual, chapter 14).  A source stays pending
 * until it is cleared; of those that are not masked the lowest number is shown
 * in INTPND and asks for an IRQ until it is cleared there too.  Sources in
 * groups (UART, external interrupts 4 to 23) ask again as long as something in
 * the group does.  The arbiters' rotation is left out: the order is that of the
 * numbers, which is what they start with.
 */
#include "emu/board_in.h"

#define PAGE 0x4a000000u

void
intc_update(struct board *b)
{
	struct intc *c = &b->s.intc;
	uint32_t open;

	if ((c->subsrcpnd & ~c->intsubmsk & 7u) != 0)
		intc_raise(b, S3C_INT_UART0);
	gpio_update(b);
	open = c->srcpnd & ~c->intmsk;
	if (c->intpnd == 0) {
		uint32_t irq = open & ~c->intmod;

		c->intpnd = irq & (0u - irq);
	}
	c->lines = (c->intpnd != 0 ? INTC_IRQ : 0) |
		   ((open & c->intmod) != 0 ? INTC_FIQ : 0);
}

bool
intc_wakes(const struct board *b)
{
	return (b->s.intc.srcpnd & ~b->s.intc.intmsk) != 0;
}

bool
intc_open(const struct board *b, unsigned source)
{
	return (b->s.intc.intmsk >> source & 1) == 0;
}

static uint32_t
intc_read(struct board *b, uint32_t offset)
{
	const struct intc *c = &b->s.intc;

	if (PAGE + offset == S3C_INTOFFSET)
		return c->intpnd != 0 ? (uint32_t)__builtin_ctz(c->intpnd) : 0;
	return PAGE + offset <= S3C_INTSUBMSK ? c->reg[offset / 4] : 0;
}

static void
intc_write(struct board *b, uint32_t offset, uint32_t value)
{
	struct intc *c = &b->s.intc;

	switch (PAGE + offset) {
	case S3C_SRCPND:
		/* What ran out by now was pending already. */
		timers_sync(b);
		watchdog_sync(b);
		rtc_sync(b);
		c->srcpnd &= ~value;
		board_kick(b);
		break;
	case S3C_INTPND:
	case S3C_SUBSRCPND:
		c->reg[offset / 4] &= ~value;
		break;
	default:
		if (PAGE + offset <= S3C_INTSUBMSK)
			c->reg[offset / 4] = value;
		break;
	}
}

static void
intc_reset(struct board *b)
{
	b->s.intc.intmsk = 0xffffffff;
	b->s.intc.intsubmsk = 0x7ff;
	b->s.intc.priority = 0x7f;
}

const struct device device_intc = {
	.base = PAGE,
	.read = intc_read,
	.write = intc_write,
	.reset = intc_reset,
};
