/*
 * The panel as text: eight rows of twenty cells of 8 by 16 pixels, each on the
 * same grid always, so that an observer that knows the font can read the
 * screen.  A Chinese character takes two cells.  Screens are written as a
 * whole; only cells that have changed are drawn.
 */
#ifndef FIRMWARE_PHONE_PANEL_H
#define FIRMWARE_PHONE_PANEL_H

#include <stdbool.h>
#include <stdint.h>

#define PANEL_ROWS 8
#define PANEL_COLS 20

/* What a cell shows of its character. */
#define PANEL_INVERSE 0x01u
#define PANEL_RIGHT   0x02u /* the right half of a wide one */
#define PANEL_BIG     0x04u /* a quarter of one twice as large: */
#define PANEL_BIG_X   0x08u /*   a right one */
#define PANEL_BIG_Y   0x10u /*   a lower one */

struct panel_cell {
	uint16_t code;
	uint16_t style;
};

struct panel {
	struct panel_cell shown[PANEL_ROWS][PANEL_COLS];
	struct panel_cell next[PANEL_ROWS][PANEL_COLS];
};

/* All light; nothing is known of what the frame buffer held. */
void panel_start(struct panel *p);
/* Begins a new screen, all blank. */
void panel_clear(struct panel *p);
/* Writes UTF-8 TEXT from COL on, as much of it as the row holds; the column
 * after it.  STYLE is 0 or PANEL_INVERSE. */
unsigned panel_put(struct panel *p, unsigned row, unsigned col,
    const char *text, unsigned style);
/* Columns that TEXT takes. */
unsigned panel_width(const char *text);
void panel_centre(struct panel *p, unsigned row, const char *text);
/* A dark row with LEFT at its left end and RIGHT at its right. */
void
panel_bar(struct panel *p, unsigned row, const char *left, const char *right);
/* ASCII twice as large, in ROW and the one below, in the middle. */
void panel_big(struct panel *p, unsigned row, const char *text);
/* Writes TEXT in rows FIRST to LAST, broken where a row is full, without its
 * first SKIP rows.  How many rows it takes in all. */
unsigned panel_wrap(struct panel *p, unsigned first, unsigned last,
    const char *text, unsigned skip);
/* Draws what has changed. */
void panel_show(struct panel *p);

#endif
