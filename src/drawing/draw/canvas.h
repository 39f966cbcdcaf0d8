/*
 * Pictures made of characters consist of glyphs, each with a substitute in
 * ASCII, and of styles by meaning.  They are drawn on a grid (draw/grid.h).
 */
#ifndef DRAW_CANVAS_H
#define DRAW_CANVAS_H

#include "text/utf8.h"

/* X(ID, UTF-8, ASCII) */
#define CANVAS_GLYPHS(X)        \
	X(SPACE, " ", ' ')      \
	X(LIFE, "│", '|')       \
	X(HEAVY, "┃", '!')      \
	X(TWICE, "║", 'H')      \
	X(LINE, "─", '-')       \
	X(DOUBLE, "═", '=')     \
	X(DOTS, "┄", '.')       \
	X(MEDIA, "═", '=')      \
	X(EARLY, "╍", '"')      \
	X(VIDEO, "━", '#')      \
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
	X(WRONG, "✗", 'n')      \
	X(TICK, "┤", '+')       \
	X(SINGLE, "]", ']')     \
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
 * X(ID, word): what a cell means; draw/theme.c says how each looks.  TITLE
 * heads something, KEY is a key to press, LIT a machine's state now and EDGE
 * the step just taken, CHANGED what differs from before, LINK leads to another
 * record, RULE is an RFC and section, CODE text to type as it stands, MARK a
 * user's mark.
 */
#define CANVAS_STYLES(X)              \
	X(PLAIN, "plain")             \
	X(DIM, "dim")                 \
	X(BOLD, "bold")               \
	X(REQUEST, "request")         \
	X(PROVISIONAL, "provisional") \
	X(SUCCESS, "success")         \
	X(REDIRECTION, "redirection") \
	X(FAILURE, "failure")         \
	X(SIGNALLING, "signalling")   \
	X(OTHER, "other")             \
	X(LOST, "lost")               \
	X(TIMER, "timer")             \
	X(HERE, "here")               \
	X(TITLE, "title")             \
	X(FRAME, "frame")             \
	X(KEY, "key")                 \
	X(LIT, "lit")                 \
	X(EDGE, "edge")               \
	X(CHANGED, "changed")         \
	X(LINK, "link")               \
	X(WARNING, "warning")         \
	X(RULE, "rule")               \
	X(CODE, "code")               \
	X(MARK, "mark")

enum canvas_style {
#define X(id, word) STYLE_##id,
	CANVAS_STYLES(X)
#undef X
	    STYLE_COUNT
};

/* "request"; NULL behind the last. */
const char *canvas_style_word(unsigned style);
/* What a glyph looks like; a constant. */
struct str canvas_glyph_text(enum canvas_glyph glyph, bool ascii);

/* The character C in ASCII: as the glyph that it is, or what looks like it;
 * what ASCII has no sign for is one '?' for each cell. */
const char *canvas_ascii(uint32_t c);

#endif
