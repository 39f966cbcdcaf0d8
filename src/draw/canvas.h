/*
 * One line of a picture made of characters: cells with a glyph or a piece of
 * text each, and a style by meaning.  It comes out as UTF-8 or ASCII, plain or
 * in ANSI colours, always as wide as it says: wide characters take two cells,
 * and half of one is never left standing.  All text is made safe on its way in.
 */
#ifndef DRAW_CANVAS_H
#define DRAW_CANVAS_H

#include "base/utf8.h"

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
 * X(ID, SGR parameters): what a cell means, and its colour on a terminal.
 * TITLE heads something, KEY is a key to press, LIT a machine's state now and
 * EDGE the step just taken, CHANGED what differs from before, LINK leads to
 * another record, RULE is an RFC and section, MARK a user's mark.
 */
#define CANVAS_STYLES(X)     \
	X(PLAIN, "")         \
	X(DIM, "2")          \
	X(BOLD, "1")         \
	X(REQUEST, "94")     \
	X(PROVISIONAL, "33") \
	X(SUCCESS, "32")     \
	X(REDIRECTION, "95") \
	X(FAILURE, "91")     \
	X(OTHER, "36")       \
	X(LOST, "1;91")      \
	X(TIMER, "35")       \
	X(HERE, "1;7")       \
	X(TITLE, "1")        \
	X(FRAME, "2")        \
	X(KEY, "1;36")       \
	X(LIT, "1;7")        \
	X(EDGE, "1;33")      \
	X(CHANGED, "1;35")   \
	X(LINK, "4")         \
	X(WARNING, "1;33")   \
	X(RULE, "36")        \
	X(MARK, "1;35")

enum canvas_style {
#define X(id, sgr) STYLE_##id,
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
/* Appends the line, spaces at its end left out, with a newline.  0 or the
 * first error since canvas_start. */
int canvas_end(struct canvas *c, bool colour, struct buf *out);

/* What a glyph looks like; a constant. */
struct str canvas_glyph_text(enum canvas_glyph glyph, bool ascii);
/* The SGR parameters of a style. */
const char *canvas_sgr(enum canvas_style style);

#endif
