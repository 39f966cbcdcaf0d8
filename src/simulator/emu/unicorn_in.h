/* The processor's inside: for core*.c alone. */
#ifndef EMU_UNICORN_IN_H
#define EMU_UNICORN_IN_H

#include "base/library.h"
#include "emu/board_in.h"

#include <unicorn/unicorn.h>

#define UNICORN_FUNCTIONS(X)  \
	X(uc_open)            \
	X(uc_close)           \
	X(uc_ctl)             \
	X(uc_context_alloc)   \
	X(uc_context_free)    \
	X(uc_context_restore) \
	X(uc_context_save)    \
	X(uc_emu_start)       \
	X(uc_emu_stop)        \
	X(uc_hook_add)        \
	X(uc_mem_map)         \
	X(uc_mem_map_ptr)     \
	X(uc_mem_unmap)       \
	X(uc_mmio_map)        \
	X(uc_reg_read)        \
	X(uc_reg_write)

/* Loaded by core_create. */
extern struct unicorn {
	UNICORN_FUNCTIONS(LIBRARY_POINTER)
} unicorn;

#define DEVICES_MAX 16

/* Unicorn's numbers of exceptions (QEMU's). */
#define EXCEPTION_SWI  2u
#define EXCEPTION_NONE UINT32_MAX

struct core_device {
	struct board *board;
	const struct device *dev;
};

/* What executing a block costs, kept so as not to look through its code each
 * time. */
#define CORE_COSTS 2048u
struct core_cost {
	uint32_t address, size, effort; /* size 0: none */
};

struct core {
	uc_engine *uc;
	struct board *board;
	uc_context *fresh;   /* as after switching on */
	bool stopped;        /* a block was not begun */
	uint32_t exception;  /* the number of the one executed */
	uint32_t translated; /* instructions, since all were last dropped */
	uint32_t address;    /* that was accessed where nothing is */
	uc_err err;
	struct core_cost cost[CORE_COSTS];
	struct core_device device[DEVICES_MAX];
};

/* Registers as after switching on; nothing translated counts any more. */
void core_restore(struct core *c);

#endif
