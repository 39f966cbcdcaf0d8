/*
 * What a device of the board is: a page of registers and, where it does
 * something by itself, when.  One row in `devices` each; adding one is one row
 * and one file.
 *
 * Devices see time only through board_now, which inside an access is the end of
 * the block of instructions that makes it.  They change memory, the processor
 * or the queue of outputs through board_in.h alone, and what they keep is in
 * struct state.
 */
#ifndef EMU_DEVICE_IN_H
#define EMU_DEVICE_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct board;

#define DEVICE_PAGE 0x1000u

struct device {
	uint32_t base; /* of its page */
	/* A bus of 16 bits: OFFSET is even; elsewhere a multiple of four. */
	bool narrow;
	/* The registers are NKEPT words at offset KEPT in struct state where
	 * READ or WRITE is NULL. */
	uint32_t nkept;
	size_t kept;
	/* The word at OFFSET in the page. */
	uint32_t (*read)(struct board *b, uint32_t offset);
	void (*write)(struct board *b, uint32_t offset, uint32_t value);
	void (*reset)(struct board *b); /* its state is all 0 before */
	/* When it does something by itself next, or NEVER.  PASS is called at
	 * the first end of a block at or after that time. */
	int64_t (*due)(const struct board *b);
	void (*pass)(struct board *b, int64_t now);
};

/* The registers of a device that keeps them in struct state's MEMBER. */
#define DEVICE_KEEPS(member)                    \
	.kept = offsetof(struct state, member), \
	.nkept = sizeof(((struct state *)0)->member) / sizeof(uint32_t)

extern const struct device device_cs8900, device_memctl, device_intc,
    device_dma, device_power, device_lcd, device_uart, device_timers,
    device_watchdog, device_iis, device_gpio, device_rtc, device_probe;

/* All of them, NULL at the end. */
extern const struct device *const devices[];

#endif
