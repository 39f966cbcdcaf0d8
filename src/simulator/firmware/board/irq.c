/*
 * Interrupts (chapter 14): a table of functions by source.  Every source is an
 * IRQ; the controller's own order decides where two are pending.
 *
 * A source is cleared before its function runs: what happens meanwhile makes it
 * pending again, so nothing is lost, and a function that finds nothing to do
 * costs little.
 */
#include "firmware/board/board.h"

#define SOURCES 32
#define PSR_I   0x80u

static irq_fn *handlers[SOURCES];

void
irq_attach(unsigned source, irq_fn *fn)
{
	handlers[source] = fn;
	irq_clear(source);
	irq_unmask(source);
}

void
irq_mask(unsigned source)
{
	REG(S3C_INTMSK) |= 1u << source;
}

void
irq_unmask(unsigned source)
{
	REG(S3C_INTMSK) &= ~(1u << source);
}

void
irq_clear(unsigned source)
{
	REG(S3C_SRCPND) = 1u << source;
	REG(S3C_INTPND) = 1u << source;
}

uint32_t
irq_save(void)
{
	uint32_t psr = 0;

#ifdef __arm__
	uint32_t off = 0;

	__asm__ volatile("mrs %0, cpsr\n\torr %1, %0, #0x80\n\tmsr cpsr_c, %1"
			 : "=r"(psr), "=r"(off)
			 :
			 : "memory");
#endif
	return psr & PSR_I;
}

void
irq_restore(uint32_t saved)
{
#ifdef __arm__
	uint32_t psr = 0;

	__asm__ volatile(
	    "mrs %0, cpsr\n\tbic %0, %0, #0x80\n\torr %0, %0, %1\n\t"
	    "msr cpsr_c, %0"
	    : "=&r"(psr)
	    : "r"(saved & PSR_I)
	    : "memory");
#else
	(void)saved;
#endif
}

void
irq_dispatch(void)
{
	uint32_t source = REG(S3C_INTOFFSET) % SOURCES;

	if ((REG(S3C_INTPND) & 1u << source) == 0)
		return;
	irq_clear(source);
	if (handlers[source] != NULL)
		handlers[source]();
	else
		irq_mask(source);
}
