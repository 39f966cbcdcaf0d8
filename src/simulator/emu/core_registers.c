/* The processor's registers, modes and exceptions. */
#include "emu/core_in.h"
#include "emu/unicorn_in.h"

#define MODE_BITS 0x1fu
#define THUMB     0x20u
#define MASK_FIQ  0x40u
#define MASK_IRQ  0x80u

static const int ids[16] = { UC_ARM_REG_R0, UC_ARM_REG_R1, UC_ARM_REG_R2,
	UC_ARM_REG_R3, UC_ARM_REG_R4, UC_ARM_REG_R5, UC_ARM_REG_R6,
	UC_ARM_REG_R7, UC_ARM_REG_R8, UC_ARM_REG_R9, UC_ARM_REG_R10,
	UC_ARM_REG_R11, UC_ARM_REG_R12, UC_ARM_REG_SP, UC_ARM_REG_LR,
	UC_ARM_REG_PC };

/* ARM Architecture Reference Manual, A2.6: where it goes on, in which mode,
 * what is masked beside IRQ, and how far behind PC the link is. */
static const struct {
	uint32_t vector, mode, mask, link;
} exceptions[] = {
	[CORE_EXCEPTION_SWI] = { 0x08, 0x13, 0, 0 },
	[CORE_EXCEPTION_IRQ] = { 0x18, 0x12, 0, 4 },
	[CORE_EXCEPTION_FIQ] = { 0x1c, 0x11, MASK_FIQ, 4 },
};

static uint32_t
get(const struct core *c, int id)
{
	uint32_t value = 0;

	unicorn.uc_reg_read(c->uc, id, &value);
	return value;
}

static void
set(struct core *c, int id, uint32_t value)
{
	unicorn.uc_reg_write(c->uc, id, &value);
}

uint32_t
core_get(const struct core *c, unsigned r)
{
	return get(c, ids[r & 15]);
}

void
core_set(struct core *c, unsigned r, uint32_t value)
{
	set(c, ids[r & 15], value);
}

uint32_t
core_cpsr(const struct core *c)
{
	return get(c, UC_ARM_REG_CPSR);
}

uint32_t
core_spsr(const struct core *c)
{
	return get(c, UC_ARM_REG_SPSR);
}

void
core_jump(struct core *c, uint32_t address)
{
	uint32_t cpsr = core_cpsr(c) & ~THUMB;

	set(c, UC_ARM_REG_CPSR, cpsr | ((address & 1) != 0 ? THUMB : 0));
	set(c, UC_ARM_REG_PC, address);
}

void
core_reset(struct core *c)
{
	core_restore(c);
	for (unsigned r = 0; r < 15; r++)
		core_set(c, r, 0);
	set(c, UC_ARM_REG_CPSR, 0x13 | MASK_IRQ | MASK_FIQ);
}

bool
core_interrupted(const struct board *b, enum core_exception *e)
{
	uint32_t lines = b->s.intc.lines, cpsr;

	if (lines == 0)
		return false;
	cpsr = core_cpsr(b->core);
	*e = (lines & INTC_FIQ) != 0 && (cpsr & MASK_FIQ) == 0
		 ? CORE_EXCEPTION_FIQ
		 : CORE_EXCEPTION_IRQ;
	return *e == CORE_EXCEPTION_FIQ ||
	       ((lines & INTC_IRQ) != 0 && (cpsr & MASK_IRQ) == 0);
}

void
core_enter(struct core *c, enum core_exception e)
{
	uint32_t cpsr = core_cpsr(c), pc = core_get(c, CORE_PC) & ~1u;

	set(c, UC_ARM_REG_CPSR,
	    (cpsr & ~(MODE_BITS | THUMB)) | exceptions[e].mode | MASK_IRQ |
		exceptions[e].mask);
	set(c, UC_ARM_REG_SPSR, cpsr);
	core_set(c, CORE_LR, pc + exceptions[e].link);
	core_set(c, CORE_PC, exceptions[e].vector);
}
