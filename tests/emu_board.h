/*
 * Boards for tests: an ELF file around a few words of ARM code, and a board
 * that runs it.  The code lies at EMU_CODE; with IRQ the interrupt vector leads
 * to its second word, with SWI the software interrupt's does.
 */
#ifndef EMU_BOARD_H_TEST
#define EMU_BOARD_H_TEST

#include "base/buf.h"
#include "base/err.h"
#include "base/ref.h"
#include "check.h"
#include "emu/board_in.h"
#include "emu/core_in.h"
#include "emu/image_in.h"

#define EMU_CODE 0x30008000u
#define EMU_DATA 0x30010000u /* where programs leave results */
#define EMU_RAM  (256u << 10)
#define EMU_MS   INT64_C(1000000)
#define EMU_S    INT64_C(1000000000)

struct emu_symbol {
	const char *name;
	uint32_t at, n;
	uint32_t type; /* 2: function, 1: object */
};

struct emu_program {
	const uint32_t *words;
	size_t n; /* bytes */
	bool irq, fiq, swi;
	const struct emu_symbol *symbols;
	size_t nsymbols;
	/* More memory, at EMU_CODE + 0x4000. */
	const void *data;
	size_t ndata;
};

#define EMU_PROGRAM(code) .words = (code), .n = sizeof(code)

/* The file of P; the caller frees. */
struct buf emu_elf(const struct emu_program *p);

/* A board that runs P; NULL where there is none.  C may be NULL. */
struct board *
emu_board(const struct emu_program *p, const struct board_config *c);
uint32_t emu_word(const struct board *b, uint32_t address);

/* Runs to T; what comes out is appended to LOG (or thrown away), a line each:
 * "KIND T CAUSE VALUE BYTES". */
enum board_stop emu_run(struct board *b, int64_t t, struct buf *log);

/* A number that differs where memory, registers or devices do. */
uint64_t emu_hash(const struct board *b);

#endif
