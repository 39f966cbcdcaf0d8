/*
 * The panel's font: ASCII and Latin-1, the common Chinese characters (GB 2312
 * level 1) and what the phone's own texts need.  GNU Unifont 15.0.01, under the
 * SIL Open Font License 1.1; font.sh makes font.inc out of it.
 *
 * The table's symbols stay in the image: an emulator reads the screen by them.
 */
#ifndef FIRMWARE_PHONE_FONT_H
#define FIRMWARE_PHONE_FONT_H

#include <stdint.h>

#define FONT_HEIGHT 16

struct font_glyph {
	uint16_t code; /* Unicode, in the basic plane */
	uint8_t width; /* 8 or 16 */
	uint8_t pad;
	/* From the top, a row a byte (width 8: 16 are used) or two; the
	 * leftmost pixel in the highest bit; 1 is dark. */
	uint8_t rows[2 * FONT_HEIGHT];
};

extern const struct font_glyph font_glyphs[]; /* ascending by code */
extern const uint32_t font_count;

/* The glyph of the character CODE; of U+FFFD where the font has none.  Never
 * NULL. */
const struct font_glyph *font_find(uint32_t code);

#endif
