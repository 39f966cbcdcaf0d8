/*
 * One line of a picture made of characters: cells with a glyph or a piece of
 * text each, and a style by meaning.  It comes out as UTF-8 or ASCII, plain or
 * in ANSI colours, always as wide as it says: wide characters take two cells,
 * and half of one is never left standing.  All text is made safe on its way in.
 */
#ifndef DRAW_CANVAS_H
#define DRAW_CANVAS_H

#include "base/utf8.h"
#include "draw/theme.h"

/* X(ID, UTF-8, ASCII) */
#define CANVAS_GLYPHS(X)        \
	X(SPACE, " ", ' ')      \
	X(LIFE, "│", '|')       \
	X(LINE, "─", '-')       \
	X(DOTS, "┄", '.')       \
	X(MEDIA, "═", '=')      \
	X(FROM_LEFT, "├", '|')  \
	X(FROM_RIGHT, "┤", '|') \
	X(CROSS, "┼", '+')      \
	X(TO_RIGHT, "▶", '>')   \
	X(TO_LEFT, "◀", '<')    \
	X(LOST, "╳", 'X')       \
	X(WAIT, "┊", ':')       \
	X(TURN_DOWN, "┐", '+')  \
	X(TURN_BACK, "┘", '+')  \
	X(MORE, "…", '~')       \
	X(HERE, "▶", '>')       \
	X(PAST, "▽", 'v')       \
	X(ON_LEFT, "‹", '<')    \
	X(ON_RIGHT, "›", '>')   \
	X(BLOCK, "█", '#')      \
	X(SHADE, "░", '.')      \
	X(CORNER_TL, "┌", '+')  \
	X(CORNER_TR, "┐", '+')  \
	X(CORNER_BL, "└", '+')  \
	X(CORNER_BR, "┘", '+')  \
	X(TEE_DOWN, "┬", '+')   \
	X(TEE_UP, "┴", '+')     \
	X(TO_UP, "▲", '^')      \
	X(TO_DOWN, "▼", 'v')    \
	X(WILL_RIGHT, "▷", '>') \
	X(WILL_LEFT, "◁", '<')  \
	X(FALLS, "╲", '\\')     \
	X(RISES, "╱", '/')      \
	X(BULLET, "•", '*')     \
	X(CHECK, "✓", 'y')      \
	X(BAR_8TH, "▏", ' ')    \
	X(BAR_4TH, "▎", ' ')    \
	X(BAR_3_8, "▍", ' ')    \
	X(BAR_HALF, "▌", '=')   \
	X(BAR_5_8, "▋", '=')    \
	X(BAR_3_4, "▊", '=')    \
	X(BAR_7_8, "▉", '=')

enum canvas_glyph {
#define X(id, utf8, ascii) GLYPH_##id,
	CANVAS_GLYPHS(X)
#undef X
	    GLYPH_COUNT
};

/*
 * X(ID): what a cell means; draw/theme.c says how each looks.
 * TITLE heads something, KEY is a key to press, LIT a machine's state now and
 * EDGE the step just taken, CHANGED what differs from before, LINK leads to
 * another record, RULE is an RFC and section, MARK a user's mark.
 */
#define CANVAS_STYLES(X) \
	X(PLAIN)         \
	X(DIM)           \
	X(BOLD)          \
	X(REQUEST)       \
	X(PROVISIONAL)   \
	X(SUCCESS)       \
	X(REDIRECTION)   \
	X(FAILURE)       \
	X(OTHER)         \
	X(LOST)          \
	X(TIMER)         \
	X(HERE)          \
	X(TITLE)         \
	X(FRAME)         \
	X(KEY)           \
	X(LIT)           \
	X(EDGE)          \
	X(CHANGED)       \
	X(LINK)          \
	X(WARNING)       \
	X(RULE)          \
	X(MARK)

enum canvas_style {
#define X(id) STYLE_##id,
	CANVAS_STYLES(X)
#undef X
	    STYLE_COUNT
};

struct canvas_cell {
	uint32_t at; /* of text: where in `text`; of a glyph: its number */
	uint16_t n;  /* bytes of text; 0: a glyph */
	uint8_t style;
	bool tail; /* the second cell of what stands before it */
};

struct canvas {
	struct canvas_cell *cells;
	size_t width, cap;
	struct buf text; /* safe text of this line */
	bool ascii;
	int err;
};

#define CANVAS_INIT ((struct canvas){ .text = BUF_INIT })

void canvas_free(struct canvas *c);
/* An empty line of WIDTH cells. */
void canvas_start(struct canvas *c, size_t width);
/* Cells outside the line are left out. */
void canvas_put(struct canvas *c, size_t x, enum canvas_glyph glyph,
    enum canvas_style style);
void canvas_fill(struct canvas *c, size_t from, size_t to,
    enum canvas_glyph glyph, enum canvas_style style);
/* Text from cell X on, at most CELLS of it; what is clipped ends in "…".
 * Returns the cells taken. */
size_t canvas_text(struct canvas *c, size_t x, struct str text, size_t cells,
    enum canvas_style style);
/* What CELL shows, without its style: a slice into C or a constant. */
struct str canvas_cell_text(const struct canvas *c, size_t x);
/* Appends the line in THEME's looks, spaces at its end left out, with a
 * newline.  0 or the first error since canvas_start. */
int canvas_end(struct canvas *c, enum theme theme, struct buf *out);

/* What a glyph looks like; a constant. */
struct str canvas_glyph_text(enum canvas_glyph glyph, bool ascii);

#endif
