/* Where the panel's picture lies. */
#ifndef EMU_LCD_H
#define EMU_LCD_H

#include <stdbool.h>
#include <stdint.h>

struct board;

struct lcd_picture {
	uint32_t w, h, bits; /* a pixel */
	uint32_t at;         /* address of the first row */
	uint32_t stride;     /* bytes of a row that are shown */
	uint32_t pitch;      /* bytes from one row to the next */
};

/* False where the panel is off, or set to what this board's can't show.  That
 * the picture lies in memory is still to be seen. */
bool lcd_picture(const struct board *b, struct lcd_picture *p);

#endif
