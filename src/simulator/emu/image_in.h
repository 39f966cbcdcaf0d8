/* The parts of an image, for src/simulator/emu only. */
#ifndef EMU_IMAGE_IN_H
#define EMU_IMAGE_IN_H

#include "emu/image.h"

#define IMAGE_SEGMENTS  16
#define IMAGE_FUNCTIONS 65535u     /* the first is "nowhere" */
#define IMAGE_CODE_MAX  (4u << 20) /* bytes whose functions are told apart */
#define IMAGE_LIST_N    0x1100u    /* what the boot loader's list may take */

struct image_segment {
	uint32_t at;     /* where the boot loader puts it */
	uint32_t linked; /* where symbols say that it is */
	uint32_t from;   /* in the file */
	uint32_t n_file, n;
	bool code;
};

struct image_function {
	uint32_t at, n;
	uint32_t name;  /* in `names` */
	uint8_t phase;  /* enum board_phase */
	uint8_t traced; /* enum traced_function + 1; 0: none */
};

/* The glyphs of the screen's font, in the order of their pixels. */
struct image_font {
	const uint8_t *glyphs; /* in `elf` */
	uint32_t n;
	uint32_t *by_rows; /* owned */
};

struct image {
	char *elf; /* owned copy */
	size_t n;
	uint32_t entry; /* bit 0: Thumb */
	bool thumb;     /* some function is Thumb code */
	struct image_segment seg[IMAGE_SEGMENTS];
	size_t nseg;
	struct image_function *fn; /* by address; the first is "nowhere" */
	size_t nfn;
	const uint8_t *symbols; /* in `elf`: SYMBOL_SIZE bytes each */
	uint32_t nsymbols;
	char *names; /* owned: the symbols' names, made printable */
	uint32_t names_n;
	/* For each word from `code` on the function it lies in. */
	uint16_t *function_of;
	uint32_t code, code_n;
	struct image_font font;
};

/*
 * The character whose glyph of WIDTH (8 or 16) is exactly ROWS, from the top:
 * 16 rows of one byte or two, the leftmost pixel in the highest bit.  The
 * lowest code where several look alike; 0 where none does.
 */
uint32_t
image_font_code(const struct image *im, unsigned width, const uint8_t rows[32]);

/* The function at ADDRESS by the table above: 0 is nowhere. */
static inline uint32_t
image_index(const struct image *im, uint32_t address)
{
	uint32_t word = (address - im->code) / 4;

	return word < im->code_n ? im->function_of[word] : 0;
}

#endif
