/* Which character a picture of 8 or 16 by 16 pixels is, by an image's font. */
#ifndef EMU_IMAGE_FONT_H
#define EMU_IMAGE_FONT_H

#include "emu/image.h"

/*
 * The character whose glyph of WIDTH (8 or 16) is exactly ROWS, from the top:
 * 16 rows of one byte or two, the leftmost pixel in the highest bit.  The
 * lowest code where several look alike; 0 where none does.
 */
uint32_t
image_font_code(const struct image *im, unsigned width, const uint8_t rows[32]);

#endif
