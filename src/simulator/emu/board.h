/*
 * The board: an S3C2410A with memory, Ethernet, keypad, panel and audio (see
 * emu/s3c2410a.h) that runs a firmware image.
 *
 * Time is a simulator's, in nanoseconds, and is made of instructions: each
 * takes CPI cycles of the clock.  A board runs up to a given time and stops
 * before that where something happened that others can see.  Inputs come at the
 * time up to which it was run last:
 *
 *	board_run(b, t);                    until it says UNTIL or IDLE
 *	board_frame(b, bytes, cause);       a frame arrives at t
 *	while (board_run(b, next) == BOARD_OUTPUT)
 *		while (board_next(b, &out))
 *			…
 *
 * The same inputs at the same times give the same outputs and the same memory,
 * however often and how far board_run was called in between.
 */
#ifndef EMU_BOARD_H
#define EMU_BOARD_H

#include "base/buf.h"
#include "base/diag.h"
#include "emu/image.h"
#include "emu/s3c2410a.h"

#include <stdbool.h>
#include <stdint.h>

/* What a processor is at while it handles a message, told by the functions of
 * libosip2 that it is in: X(ID, word in traces). */
#define PHASE_TABLE(X)        \
	X(OTHER, "other")     \
	X(PARSE, "parse")     \
	X(MACHINE, "machine") \
	X(BUILD, "build")

enum phase {
#define X(id, word) PHASE_##id,
	PHASE_TABLE(X)
#undef X
	    PHASES
};

/* The phase that the function NAME begins; PHASE_OTHER where it begins none. */
enum phase phase_of(const char *name);
/* Its word; static. */
const char *phase_word(enum phase phase);

struct board;

#define BOARD_CLOCK_HZ 203000000u
#define BOARD_CPI      1500u
#define BOARD_RAM      (8u << 20)
#define BOARD_NEVER    INT64_MAX

struct board_config {
	struct image *image; /* shared: the board holds a reference */
	uint64_t clock_hz;   /* 1 MHz to 1 GHz; 0: BOARD_CLOCK_HZ */
	uint32_t cpi;        /* thousandths of a cycle, 100 to 100,000;
				0: BOARD_CPI */
	uint32_t ram;        /* bytes, 64 KiB to 64 MiB, whole pages of 4 KiB;
				0: BOARD_RAM */
	uint8_t mac[6];
	struct str cmdline; /* less than S3C_CMDLINE_MAX bytes, no NUL */
	int64_t epoch_s;    /* seconds since 1970 when time is 0 */
	int64_t start_ns;   /* when it is switched on */
	uint32_t cause;     /* what PROBE_CAUSE holds at first */
	/* What its microphone picks up from time 0 on, again and again, 8,000
	 * samples a second; borrowed; NULL: nothing. */
	const int16_t *sound;
	size_t nsound;
	bool turns; /* it says BOARD_OUT_TURN */
};

/*
 * A board, switched on.  0, ERR_NOMEM, or with a sentence in D: ERR_RANGE (the
 * configuration, or a segment of the image outside its memory), ERR_LIMIT (no
 * room for the processor: Unicorn wants 1 GiB of address space for each).
 */
int
board_create(struct board **b, const struct board_config *c, struct diag *d);
void board_destroy(struct board *b);

/* ---- running ---- */

enum board_stop {
	BOARD_UNTIL,  /* it computes, and UNTIL is reached */
	BOARD_IDLE,   /* it sleeps, and UNTIL is reached: see board_wake */
	BOARD_OUTPUT, /* something waits in board_next; run on after that */
	BOARD_DEAD,   /* it crashed, and stays so */
	BOARD_SPENT,  /* emulating it cost more than board_allow gave */
	BOARD_ERROR,  /* the host had no memory; it can't be used any more */
};

/* Runs until UNTIL_NS, which may be before board_now: then it does nothing. */
enum board_stop board_run(struct board *b, int64_t until_ns);

/*
 * How much emulating it may cost from now on, and what it did since then: a
 * count, about a nanosecond of a usual host each (emu/board_profile.c).  At
 * first there is no bound.  It has no effect on what the board does but to stop
 * it.
 */
void board_allow(struct board *b, uint64_t effort);
uint64_t board_effort(const struct board *b);

/* What time it is on the board: at the end of the instructions executed, up to
 * a few beyond the time to which board_run was to run. */
int64_t board_now(const struct board *b);
/* While it sleeps: when a timer of its own wakes it or something of its own
 * is to be seen; BOARD_NEVER where only others can wake it. */
int64_t board_wake(const struct board *b);
/* It sleeps, and neither a timer nor a frame nor a key will wake it. */
bool board_asleep_for_ever(const struct board *b);

/* ---- from outside; CAUSE is the caller's number of what happened ---- */

/*
 * A whole frame without checksum, at most CS_FRAME_MAX bytes.  False where it
 * is lost because the controller holds CS_RX_FRAMES that were not read; one
 * for another address, or while the receiver is off, is ignored.
 */
bool board_frame(struct board *b, struct str bytes, uint32_t cause);

enum board_key {
#define X(id, row, column, name) BOARD_KEY_##id,
	HANDSET_KEYS(X)
#undef X
	    BOARD_KEYS
};

void board_key(struct board *b, enum board_key key, bool down, uint32_t cause);
/* As scripts write it; static. */
const char *board_key_name(enum board_key key);
/* False where no key has that name. */
bool board_key_find(struct str name, enum board_key *key);

/* ---- what it did ---- */

/* X(ID, word): frame: bytes; uart: a line; report: what the firmware told the
 * probe; screen: it changed; audio: samples, 16 bits, little-endian; hold:
 * `value` calls and transactions live; fault: a sentence, see board_fault;
 * watchdog: it is being reset.  turn: a struct board_turn. */
#define BOARD_OUT_TABLE(X)      \
	X(FRAME, "frame")       \
	X(UART, "uart")         \
	X(REPORT, "report")     \
	X(SCREEN, "screen")     \
	X(AUDIO, "audio")       \
	X(HOLD, "hold")         \
	X(FAULT, "fault")       \
	X(WATCHDOG, "watchdog") \
	X(TURN, "turn")

enum board_out_kind {
#define X(id, word) BOARD_OUT_##id,
	BOARD_OUT_TABLE(X)
#undef X
};

struct board_out {
	enum board_out_kind kind;
	int64_t t;
	uint32_t cause; /* PROBE_CAUSE at that time */
	uint32_t value;
	struct str bytes; /* hostile; valid until the next call but board_next
			     or a look at the board */
};

/* The next of what happened, in its order; false when there is no more. */
bool board_next(struct board *b, struct board_out *out);

/* X(ID, word): trace/board.h has what a person reads */
#define BOARD_FAULT_TABLE(X)      \
	X(UNDEFINED, "undefined") \
	X(READ, "read")           \
	X(WRITE, "write")         \
	X(FETCH, "fetch")         \
	X(SWI, "swi")             \
	X(ABORT, "abort")

enum board_fault_kind {
#define X(id, word) BOARD_FAULT_##id,
	BOARD_FAULT_TABLE(X)
#undef X
};

struct board_registers {
	uint32_t r[16]; /* 13 is SP, 14 LR, 15 PC */
	uint32_t cpsr, spsr;
	const char *mode; /* as ARM writes it: "svc"; or "?" */
};

struct board_fault {
	enum board_fault_kind kind;
	uint32_t address; /* that was accessed; else where the block began */
	uint32_t block;   /* where the block with the fault began */
	struct board_registers registers;
};

/* The fault that it died of; NULL while it lives. */
const struct board_fault *board_fault(const struct board *b);
const char *board_fault_word(enum board_fault_kind kind); /* static */

/* ---- the panel ---- */

struct board_screen {
	bool on;
	unsigned w, h;
	unsigned bits;   /* a pixel: 1 (1 is dark) or 16 (5:6:5) */
	unsigned stride; /* bytes a row */
	/* Leftmost pixel in the highest bit, or 16 bits little-endian. */
	const uint8_t *pixels;
};

#define BOARD_SCREEN_SIDE 320u              /* pixels, at most */
#define BOARD_SCREEN_MAX  (320u * 240u * 2) /* bytes, at most */

/* The panel as it was when the board looked last: when it went to sleep, else
 * every 20 ms of computing.  Valid until the board runs again. */
const struct board_screen *board_screen(const struct board *b);
/* The pixel is dark: of 16 bits, darker than half.  X < w, Y < h. */
bool board_screen_dark(const struct board_screen *s, unsigned x, unsigned y);
/* Row ROW (of 16 pixels) as text, appended to OUT without the blanks at its
 * end; cells that match no character are blanks.  Nothing where the image has
 * no font or there is no such row. */
void board_screen_text(const struct board *b, unsigned row, struct buf *out);

/* ---- looking in ---- */

struct image *board_image(const struct board *b); /* borrowed */
void board_registers(const struct board *b, struct board_registers *r);
uint64_t board_instructions(const struct board *b); /* since it was made */

/* Copies N bytes from ADDRESS to TO; false where not all of them are memory. */
bool board_peek(const struct board *b, uint32_t address, void *to, size_t n);

struct board_memory {
	uint32_t ram;   /* bytes there are */
	uint32_t image; /* of them the image's */
	uint32_t heap;  /* most in use so far, by the firmware's word */
	uint32_t stack;
};

void board_memory(const struct board *b, struct board_memory *m);

struct board_line {
	uint32_t address;
	uint32_t word;
	unsigned size; /* 4 or 2 bytes; 0 where there is no memory */
	char text[80]; /* "" where it is not an instruction */
};

/* Disassembles N instructions into LINES, the first BEFORE instructions ahead
 * of ADDRESS, as ARM or Thumb, whichever the processor is in.  0 or ERR_NOMEM.
 */
int board_disassemble(const struct board *b, uint32_t address, size_t before,
    struct board_line *lines, size_t n);

/* ---- The firmware's loop ---- */

/* Functions of the image that a board can trace by their addresses: those of
 * rung's own firmware in which a turn of its loop begins and ends, and those of
 * libosip2 that a transaction goes through.  Tracing changes neither memory
 * nor time.  X(ID, function, what its registers say) */
#define TRACED_FUNCTIONS(X)                                       \
	X(BEGINS, "phone_step", NOTHING)                          \
	X(SLEEPS, "hal_wait", NOTHING)                            \
	X(DATAGRAM, "sip_receive", NOTHING)                       \
	X(KEY, "screens_key", NOTHING)                            \
	X(TIMER, "fire_tx_timer", NOTHING)                        \
	X(PARSE, "osip_message_parse", NOTHING)                   \
	X(EVENT, "osip_transaction_execute", EVENT)               \
	X(CALLBACK, "__osip_message_callback", NUMBER)            \
	X(KILL, "__osip_kill_transaction_callback", NUMBER)       \
	X(ADD_ICT, "__osip_add_ict", NOTHING)                     \
	X(ADD_IST, "__osip_add_ist", NOTHING)                     \
	X(ADD_NICT, "__osip_add_nict", NOTHING)                   \
	X(ADD_NIST, "__osip_add_nist", NOTHING)                   \
	X(REMOVE_ICT, "__osip_remove_ict_transaction", NOTHING)   \
	X(REMOVE_IST, "__osip_remove_ist_transaction", NOTHING)   \
	X(REMOVE_NICT, "__osip_remove_nict_transaction", NOTHING) \
	X(REMOVE_NIST, "__osip_remove_nist_transaction", NOTHING) \
	X(TIMERS_ICT, "osip_timers_ict_execute", NOTHING)         \
	X(TIMERS_IST, "osip_timers_ist_execute", NOTHING)         \
	X(TIMERS_NICT, "osip_timers_nict_execute", NOTHING)       \
	X(TIMERS_NIST, "osip_timers_nist_execute", NOTHING)

enum traced_function {
#define X(id, function, says) TRACED_##id,
	TRACED_FUNCTIONS(X)
#undef X
	    TRACED_FUNCTIONS_N
};

struct traced_call {
	uint32_t kind; /* enum traced_function */
	/* CALLBACK, KILL: the callback's type; EVENT: the event's type, and in
	 * `machine` the transaction's (osip_fsm_type_t): the firmware's word.
	 */
	uint32_t number, machine;
};

#define BOARD_TURN_MOST 24

/* A turn of the loop in which it did something. */
struct board_turn {
	int64_t slept_ns;  /* how long it had slept before */
	int64_t awake_ns;  /* from its beginning to its end */
	uint32_t lists[4]; /* transactions in libosip2's lists at its end: ICT,
			      IST, NICT, NIST */
	uint32_t n, left_out; /* calls that had no room */
	struct traced_call did[BOARD_TURN_MOST];
};

/* The name of the function KIND; static. */
const char *traced_function_at(enum traced_function kind);
/* The image has the functions in which a turn begins and ends. */
bool board_turns_known(const struct board *b);

/* ---- what the instructions went into ---- */

#define BOARD_TOP 10

struct board_profile {
	uint64_t instructions;
	uint64_t phase[PHASES];
	size_t ntop;
	struct {
		const char *name; /* printable ASCII, the image's */
		uint64_t instructions;
	} top[BOARD_TOP]; /* most first */
};

/* What was executed since the last call, into *P; counting starts again. */
void board_profile_take(struct board *b, struct board_profile *p);

#endif
