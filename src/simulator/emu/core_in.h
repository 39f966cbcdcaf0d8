/*
 * The processor: an ARM926 by Unicorn 2.0.1, and what has to be known of it.
 *
 * - The model is chosen before anything is mapped.
 * - Instructions are counted by blocks, before each is executed; that is exact
 *   but in a block that faults.
 * - uc_emu_stop is called where a block begins and nowhere else: from within an
 *   access to a device it would leave the program counter at the start of the
 *   block, whose accesses would then be made twice.
 * - Whether an interrupt is taken is looked at before each block while one
 *   asks, so it is taken at the same instruction in every run.
 * - After a fault the program counter is the start of the block.
 * - The library exports tens of thousands of names and calls itself through
 *   them, a GLib of its own among them: it is loaded by itself
 *   (base/library.h), so that no name clashes with one of ours or of pango.
 * - Translated code is dropped by ranges.  To flush all of it would clear, and
 *   so occupy, the whole GiB that is reserved for it.
 * - Unicorn ends the process where there is no room for its 1 GiB of translated
 *   code, so the room is tried first.
 */
#ifndef EMU_CORE_IN_H
#define EMU_CORE_IN_H

#include "emu/board.h"

struct core;

#define CORE_SP 13u
#define CORE_LR 14u
#define CORE_PC 15u

enum core_stop {
	CORE_LIMIT, /* a block was not begun: the limit, or an interrupt */
	CORE_WAITS, /* it waits for an interrupt (CP15's way) */
	CORE_SWI,   /* a software interrupt was executed; PC is after it */
	CORE_FAULT, /* see core_fault */
};

/* Makes a processor with B's memory, vectors and devices mapped.  0, ERR_NOMEM,
 * or with a sentence in D ERR_LIMIT or ERR_UNSUPPORTED (there is no Unicorn).
 */
int core_create(struct core **c, struct board *b, struct diag *d);
void core_destroy(struct core *c);

/* Runs until the limit of the board. */
enum core_stop core_run(struct core *c);
/* What the fault was, and the address that was accessed. */
enum board_fault_kind core_fault(const struct core *c, uint32_t *address);

/* As after switching on: supervisor mode, interrupts off.  Drops all translated
 * code. */
void core_reset(struct core *c);
/* Drops what was translated from [ADDRESS, ADDRESS + N). */
void core_forget(struct core *c, uint32_t address, uint32_t n);

uint32_t core_get(const struct core *c, unsigned r); /* 0 to 15 */
void core_set(struct core *c, unsigned r, uint32_t value);
uint32_t core_cpsr(const struct core *c);
uint32_t core_spsr(const struct core *c);
/* Goes on at ADDRESS; with bit 0 in Thumb. */
void core_jump(struct core *c, uint32_t address);

/* The exceptions that the board makes (ARM Architecture Reference Manual,
 * A2.6). */
enum core_exception {
	CORE_EXCEPTION_SWI,
	CORE_EXCEPTION_IRQ,
	CORE_EXCEPTION_FIQ
};
void core_enter(struct core *c, enum core_exception e);
/* The board asks for an interrupt that the processor does not mask: *E. */
bool core_interrupted(const struct board *b, enum core_exception *e);

#endif
