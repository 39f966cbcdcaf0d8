/*
 * The parts of a board, for src/simulator/emu only.
 *
 * `struct state` is the whole state of a board except memory and the
 * processor's registers.  It holds no pointers into the host but to static
 * text, and is never assigned as a whole from a variable (its padding is 0).
 */
#ifndef EMU_BOARD_IN_H
#define EMU_BOARD_IN_H

#include "emu/board.h"
#include "emu/counter_in.h"
#include "emu/device_in.h"
#include "emu/out_in.h"

/* ---- the devices' states ---- */

struct uart {
	uint32_t reg[11];
	uint32_t n;
	char line[256];
};

/* Registers as they lie in the device's page. */
struct intc {
	union {
		struct {
			uint32_t srcpnd, intmod, intmsk, priority, intpnd;
			uint32_t intoffset, subsrcpnd, intsubmsk;
		};
		uint32_t reg[8];
	};
	uint32_t lines; /* INTC_IRQ, INTC_FIQ: what the processor sees */
};

#define TIMERS 5
struct timers {
	uint32_t tcfg0, tcfg1, tcon;
	uint32_t tcntb[TIMERS], tcmpb[TIMERS];
	uint32_t tcnt[TIMERS]; /* where it stands while it does not run */
	struct counter run[TIMERS];
};

struct watchdog {
	union {
		struct {
			uint32_t wtcon, wtdat, wtcnt;
		};
		uint32_t reg[3];
	};
	struct counter run;
};

struct rtc {
	uint32_t rtccon, ticnt;
	struct counter tick;
};

#define DMAS 4
struct dma {
	uint32_t reg[DMAS][9];
	uint32_t src[DMAS], dst[DMAS]; /* of the transfer under way */
	uint32_t units[DMAS];          /* of it; 0: none */
	struct counter run[DMAS];
};

#define AUDIO_HZ 8000u

#define GPIO_REGS 47u
struct gpio {
	uint32_t reg[GPIO_REGS];
	uint32_t pins;  /* of port F, as last seen */
	uint32_t fresh; /* keys that went down and were not seen yet */
	uint32_t cause[BOARD_KEYS];
};

struct cs_frame {
	uint32_t n, cause;
	uint8_t bytes[CS_FRAME_MAX];
};

#define CS_REGS 0xc0u /* 16 bits each: PacketPage up to 0x0180 */
struct cs8900 {
	uint16_t reg[CS_REGS];
	uint16_t pp;    /* the PacketPage pointer */
	uint32_t first; /* of the frames in the queue */
	uint32_t n;
	uint32_t shown; /* the first one's event was read */
	uint32_t at;    /* bytes read of it, status and length included */
	uint32_t missed;
	uint32_t tx_state, tx_n, tx_wanted, tx_event;
	struct cs_frame queue[CS_RX_FRAMES];
	uint8_t tx[CS_FRAME_MAX + 2];
};

struct probe {
	union {
		struct {
			uint32_t id, cause, hold, report, heap, stack;
		};
		uint32_t reg[6];
	};
};

#define PHASE_DEPTH 16
struct phase_stack {
	uint32_t n;
	uint32_t lr[PHASE_DEPTH], sp[PHASE_DEPTH];
	uint32_t phase[PHASE_DEPTH];
};

struct state {
	/* Time: `insns` instructions after `base_ns`. */
	int64_t base_ns;
	uint64_t insns;
	uint64_t insns_before; /* base_ns */
	int64_t look_ns;       /* when the panel is looked at next */
	int64_t boot_ns;       /* until then the boot loader is at work */
	int64_t rtc_ahead_s;   /* what the firmware set its clock forward by */
	uint32_t idle, dead, thumb;
	uint32_t watchdog_bit; /* it has run out: reset at the next chance */
	uint32_t keys;         /* held, one bit each */
	uint32_t boot_cause;
	uint32_t block; /* where the last one began */

	struct intc intc;
	struct uart uart;
	struct timers timers;
	struct watchdog watchdog;
	struct rtc rtc;
	struct dma dma;
	struct gpio gpio;
	struct cs8900 cs;
	struct probe probe;
	uint32_t power[6], lcd[25], memctl[13], iis[4];
	struct phase_stack phases;
	struct board_fault fault;
};

/* What the panel showed when it was looked at last. */
struct screen {
	struct board_screen seen; /* of `pixels` */
	uint8_t pixels[BOARD_SCREEN_MAX];
};

struct profile {
	uint64_t phase[PHASES];
	uint64_t *function; /* instructions of each of the image's; owned */
};

/* The turn that the firmware is in. */
struct turn {
	int64_t begun_ns, slept_ns; /* slept_ns: when the last one ended */
	struct board_turn now;
};

struct core;
struct image_function;

struct board {
	struct board_config config; /* cmdline is owned */
	uint8_t *memory;            /* ram, then the vectors' page; mapped */
	uint8_t *vectors;
	struct core *core;
	uint64_t limit; /* of state.insns: the next block stops */
	/* What emulating it cost, and how much it may: no part of its state. */
	uint64_t effort, effort_most;
	int err;            /* ERR_NOMEM inside a run */
	uint32_t power0[2]; /* MPLLCON, UPLLCON as the boot loader sets them */
	struct state s;
	struct screen screen;
	struct profile profile;
	struct turn turn;
	/* A bit for each word of the image's code: a block of ARM code was
	 * seen to begin there.  Owned. */
	uint8_t *arm_code;
	struct outs outs;
};

/* ---- time (board.c) ---- */

/* How many instructions after the base it is T at the earliest. */
uint64_t board_insns_until(const struct board *b, int64_t t);
/* It is T now, and time is counted from here. */
void board_set_now(struct board *b, int64_t t);

/* The processor stops at the next block, and all that is due is worked out
 * again. */
static inline void
board_kick(struct board *b)
{
	b->limit = 0;
}

/* ---- memory (board.c) ---- */

/* The N bytes at ADDRESS; NULL where not all of them are memory. */
uint8_t *board_bytes(const struct board *b, uint32_t address, uint32_t n);
/* How many bytes of memory there are from ADDRESS on. */
uint32_t board_room(const struct board *b, uint32_t address);
/* Writes behind the processor's back, between blocks. */
void
board_store(struct board *b, uint32_t address, const void *from, uint32_t n);
/* What the boot loader does. */
void board_boot(struct board *b);

/* ---- outputs ---- */

/* Something happened that others can see: the run stops at the next block. */
void board_say(struct board *b, enum board_out_kind kind, uint32_t value,
    const void *bytes, size_t n);

/* ---- between devices ---- */

#define INTC_IRQ 1u
#define INTC_FIQ 2u
/* A source asks (S3C_INT_…); intc_update must follow. */
static inline void
intc_raise(struct board *b, unsigned source)
{
	b->s.intc.srcpnd |= 1u << source;
}
/* Works out what the processor sees. */
void intc_update(struct board *b);
/* Some source that is not masked asks: wakes the processor. */
bool intc_wakes(const struct board *b);
/* External interrupt N (4 to 23) asks. */
void gpio_eint(struct board *b, unsigned n);
/* Brings EINT0 to 3 in line with the pins and the keys. */
bool gpio_wakes(const struct board *b); /* a frame or a key would wake it */
/* The clock of timers and watchdog: NUM / DEN nanoseconds a period. */
void power_pclk(const struct board *b, uint64_t *num, uint64_t *den);
void power_find_pll(struct board *b); /* power0, from the clock wanted */
/* PCLK or sources change: *_sync bring what counts up to date before that,
 * *_retime let it count on at the new rate. */
void timers_sync(struct board *b);
void watchdog_sync(struct board *b);
void rtc_sync(struct board *b);
void timers_retime(struct board *b);
void watchdog_retime(struct board *b);

/* ---- parts ---- */

/* Loads capstone, before the first board_disassemble.  0, or ERR_UNSUPPORTED
 * with a sentence in D. */
int disasm_load(struct diag *d);
size_t board_arm_code_n(const struct board *b); /* bytes */
void board_reset_devices(struct board *b, bool by_watchdog);
void screen_look(struct board *b); /* puts BOARD_OUT_SCREEN if it changed */
void profile_enter(
    struct board *b, const struct image_function *fn, uint32_t address);
/* The enum traced_function of the function NAME, plus 1; 0: not traced. */
unsigned traced_function_of(const char *name);
/* The processor is at the entry of FN, which is traced. */
void turn_enter(struct board *b, const struct image_function *fn);

/* ---- what emulating costs the host, counted: see board_allow ---- */

#define EFFORT_STEP        1000u /* of a run of the processor or the devices */
#define EFFORT_DEVICE      40u   /* of an access to a device */
#define EFFORT_BOOT_BYTES  4u    /* of memory that is cleared */
#define EFFORT_TRANSLATION 3000u /* of a block … */
#define EFFORT_TRANSLATED  300u  /* … and of each of its instructions */

/* A block of SIZE bytes and N instructions, executed once. */
uint32_t effort_of_block(
    const struct board *b, uint32_t address, uint32_t size, uint32_t n);

#endif
