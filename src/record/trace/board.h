/*
 * What a handset's board writes (docs/TRACE.md, `board`), read with care: a
 * field that is missing, of another type or out of its range is empty or 0,
 * lists are cut at what there is room for.
 */
#ifndef TRACE_BOARD_H
#define TRACE_BOARD_H

#include "trace/reader.h"

/* X(ID, name in the file): a line on its console, a row of its screen, a key,
 * what its processor computed, why it can't go on, its watchdog, its firmware's
 * word. */
#define TRACE_BOARD_WHATS(X)    \
	X(UART, "uart")         \
	X(LCD, "lcd")           \
	X(KEY, "key")           \
	X(CYCLES, "cycles")     \
	X(FAULT, "fault")       \
	X(WATCHDOG, "watchdog") \
	X(REPORT, "report")     \
	X(TURN, "turn")

enum trace_board_what {
#define X(id, name) TRACE_BOARD_##id,
	TRACE_BOARD_WHATS(X)
#undef X
	    TRACE_BOARD_WHAT_COUNT
};

/* X(ID, name in the file, what the processor was at) */
#define TRACE_PHASES(X)                           \
	X(PARSE, "parse", N_("parsing"))          \
	X(MACHINE, "machine", N_("transactions")) \
	X(BUILD, "build", N_("building"))         \
	X(OTHER, "other", N_("other things"))

enum trace_phase {
#define X(id, name, text) TRACE_PHASE_##id,
	TRACE_PHASES(X)
#undef X
	    TRACE_PHASE_COUNT
};

const char *trace_phase_text(enum trace_phase phase); /* untranslated */

/* The sentence of a fault's name, untranslated; NULL where it is unknown. */
const char *trace_board_fault_text(struct str name);

#define TRACE_BOARD_ROW  16u  /* lines of pixels in a row */
#define TRACE_BOARD_ROWS 20u  /* rows of a screen at most … */
#define TRACE_BOARD_SIDE 320u /* … so that neither side is longer */
#define TRACE_BOARD_TOP  10u  /* functions */
#define TRACE_BOARD_CODE 16u  /* instructions around the present one */
#define TRACE_BOARD_HERE 3u   /* which of them that is */
#define TRACE_REGISTERS  17u  /* r0 … r15, CPSR */

struct trace_share {
	struct str name;
	uint64_t count;
};

struct trace_board {
	enum trace_board_what what; /* COUNT: none that is known */
	struct str text;
	/* lcd: the size in pixels; 0 where they make no screen, and then
	 * `row` is none */
	unsigned row, width, height;
	/* cycles */
	uint64_t count, ns;
	uint64_t phases[TRACE_PHASE_COUNT];
	struct trace_share top[TRACE_BOARD_TOP];
	size_t ntop;
	uint64_t ram, image, heap, stack; /* bytes; 0: unknown */
	/* cycles, fault */
	struct str fault, mode, at;
	int64_t address; /* -1: none */
	uint32_t registers[TRACE_REGISTERS];
	size_t nregisters;
	struct str code[TRACE_BOARD_CODE];
	size_t ncode;
};

/* What a record of kind `board` is about, at little cost.  COUNT for others. */
enum trace_board_what trace_board_what(const struct trace *t, uint64_t seq);
/* Record SEQ is a fault, which ends a board. */
bool trace_board_ends(const struct trace *t, uint64_t seq);

/*
 * All that REC, of kind `board`, says; slices into the trace or MEMORY, which
 * is cleared first.  0 or ERR_NOMEM.
 */
int trace_get_board(
    const struct trace_rec *rec, struct trace_board *b, struct buf *memory);

/*
 * The pixels of an `lcd` record, B its fields, appended to OUT: as many lines
 * of whole bytes as the row has in a screen of that height, white where the
 * record has fewer.  0, ERR_SYNTAX (no screen, or no base64) or ERR_NOMEM.
 */
int trace_board_pixels(
    const struct trace_rec *rec, const struct trace_board *b, struct buf *out);

#endif
