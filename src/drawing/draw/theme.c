/* The tables of looks; see draw/theme.h. */
#include "draw/theme.h"

#include "draw/grid.h"

#define B LOOK_BOLD
#define D LOOK_DIM
#define R LOOK_REVERSE
#define U LOOK_UNDERLINE

/* clang-format off */
/* Style: default, light, contrast, colour-blind.  Monochrome has attributes
 * alone (the last column).  Light has a white ground of its own. */
static const struct {
	struct look by[4];
	unsigned mono;
} looks[STYLE_COUNT] = {
	[STYLE_PLAIN] =       { { { -1, -1, 0 }, { 0, 15, 0 }, { 15, 0, 0 }, { -1, -1, 0 } }, 0 },
	[STYLE_DIM] =         { { { 8, -1, 0 },  { 8, 15, 0 }, { 7, 0, 0 },  { 8, -1, 0 } }, D },
	[STYLE_BOLD] =        { { { -1, -1, B }, { 0, 15, B }, { 15, 0, B }, { -1, -1, B } }, B },
	[STYLE_REQUEST] =     { { { 12, -1, 0 }, { 4, 15, 0 }, { 14, 0, B }, { 12, -1, 0 } }, 0 },
	[STYLE_PROVISIONAL] = { { { 3, -1, 0 },  { 0, 15, 0 }, { 11, 0, 0 }, { 7, -1, 0 } }, 0 },
	[STYLE_SUCCESS] =     { { { 2, -1, 0 },  { 2, 15, 0 }, { 10, 0, B }, { 14, -1, B } }, 0 },
	[STYLE_REDIRECTION] = { { { 13, -1, 0 }, { 5, 15, 0 }, { 13, 0, B }, { 13, -1, 0 } }, 0 },
	[STYLE_FAILURE] =     { { { 9, -1, 0 },  { 1, 15, 0 }, { 9, 0, B },  { 11, -1, B } }, 0 },
	[STYLE_SIGNALLING] =  { { { 11, -1, 0 }, { 5, 15, 0 }, { 11, 0, B }, { 13, -1, 0 } }, 0 },
	[STYLE_OTHER] =       { { { 6, -1, 0 },  { 6, 15, 0 }, { 15, 0, 0 }, { 6, -1, 0 } }, 0 },
	[STYLE_LOST] =        { { { 9, -1, B },  { 1, 15, B }, { 9, 0, B },  { 11, -1, B } }, B },
	[STYLE_TIMER] =       { { { 5, -1, 0 },  { 5, 15, 0 }, { 13, 0, 0 }, { 5, -1, 0 } }, 0 },
	[STYLE_HERE] =        { { { -1, -1, B | R }, { 15, 4, B }, { 0, 15, B }, { -1, -1, B | R } }, B | R },
	[STYLE_TITLE] =       { { { -1, -1, B }, { 0, 15, B }, { 15, 0, B }, { -1, -1, B } }, B },
	[STYLE_FRAME] =       { { { 8, -1, 0 },  { 8, 15, 0 }, { 15, 0, 0 }, { 8, -1, 0 } }, 0 },
	[STYLE_KEY] =         { { { 14, -1, B }, { 4, 15, B }, { 11, 0, B }, { 14, -1, B } }, B },
	[STYLE_LIT] =         { { { 0, 11, B },  { 15, 4, B }, { 0, 11, B }, { 0, 11, B } }, B | R },
	[STYLE_EDGE] =        { { { 11, -1, B }, { 1, 15, B }, { 11, 0, B }, { 11, -1, B } }, B },
	[STYLE_CHANGED] =     { { { 13, -1, B }, { 5, 15, B }, { 13, 0, B }, { 14, -1, B } }, B | U },
	[STYLE_LINK] =        { { { -1, -1, U }, { 4, 15, U }, { 15, 0, U }, { -1, -1, U } }, U },
	[STYLE_WARNING] =     { { { 11, -1, B }, { 1, 15, B }, { 11, 0, B }, { 11, -1, B } }, B },
	[STYLE_RULE] =        { { { 6, -1, 0 },  { 6, 15, 0 }, { 14, 0, 0 }, { 6, -1, 0 } }, 0 },
	[STYLE_CODE] =        { { { 6, -1, 0 },  { 6, 15, 0 }, { 14, 0, 0 }, { 6, -1, 0 } }, B },
	[STYLE_MARK] =        { { { 13, -1, B }, { 5, 15, B }, { 13, 0, B }, { 13, -1, B } }, B },
};
/* clang-format on */

#undef B
#undef D
#undef R
#undef U

static const char *const names[] = { [THEME_NONE] = "",
#define X(id, name) name,
	THEMES(X)
#undef X
};

const char *
theme_name(enum theme theme)
{
	return names[theme];
}

enum theme
theme_of_name(struct str name)
{
	enum theme only = THEME_NONE;

	for (unsigned i = THEME_NONE + 1; i < THEME_COUNT; i++) {
		if (str_is(name, names[i]))
			return i;
		if (name.n > 0 &&
		    str_eq(str_slice(str_of(names[i]), 0, name.n), name))
			only = only == THEME_NONE ? i : THEME_NONE;
	}
	return only;
}

/* What has not happened yet stands back; in the light theme it keeps its
 * weight, since a projector eats grey. */
static void
set_back(struct look *look, enum theme theme)
{
	if (theme == THEME_MONO)
		look->attrs = (look->attrs & ~LOOK_BOLD) | LOOK_DIM;
	else if (theme == THEME_CONTRAST)
		*look = (struct look){ 7, 0, 0 };
	else if (theme != THEME_LIGHT)
		*look = (struct look){ 8, look->bg, 0 };
	else
		look->attrs &= ~LOOK_BOLD;
}

struct look
theme_look(enum theme theme, unsigned style, unsigned flags)
{
	struct look look;

	if (style >= STYLE_COUNT)
		style = STYLE_PLAIN;
	if (theme == THEME_NONE || theme == THEME_MONO)
		look = (struct look){ -1, -1, looks[style].mono };
	else
		look = looks[style].by[theme - THEME_DEFAULT];
	if (flags & GRID_FUTURE)
		set_back(&look, theme);
	if (flags & GRID_BRIGHT)
		look.attrs |= LOOK_BOLD;
	if (flags & (GRID_FOUND | GRID_FOREIGN))
		look.attrs |= LOOK_UNDERLINE;
	if ((flags & GRID_FOUND) && theme != THEME_MONO) {
		look.fg = 0;
		look.bg = 11;
	}
	if ((flags & GRID_FOREIGN) && theme != THEME_MONO)
		look.fg = theme == THEME_LIGHT ? 5 : 13;
	if (flags & GRID_CHOSEN)
		look.attrs ^= LOOK_REVERSE;
	return look;
}

static void
put_colour(struct buf *out, int colour, int dark, int bright)
{
	if (colour >= 0)
		buf_printf(out, ";%d",
		    colour < 8 ? dark + colour : bright + colour - 8);
}

void
theme_put(enum theme theme, unsigned style, struct buf *out)
{
	static const struct {
		unsigned attr;
		const char *sgr;
	} attrs[] = {
		{ LOOK_BOLD, ";1" },
		{ LOOK_DIM, ";2" },
		{ LOOK_UNDERLINE, ";4" },
		{ LOOK_REVERSE, ";7" },
	};
	struct look look = theme_look(theme, style, 0);

	if (theme == THEME_NONE)
		return;
	buf_puts(out, "\033[0");
	for (size_t i = 0; i < COUNT_OF(attrs); i++)
		if ((look.attrs & attrs[i].attr) != 0)
			buf_puts(out, attrs[i].sgr);
	put_colour(out, look.fg, 30, 90);
	put_colour(out, look.bg, 40, 100);
	buf_putc(out, 'm');
}

bool
theme_has_ground(enum theme theme)
{
	return theme != THEME_NONE && theme_look(theme, STYLE_PLAIN, 0).bg >= 0;
}

void
theme_put_end(enum theme theme, unsigned style, struct buf *out)
{
	if (theme_has_ground(theme)) {
		if (style != STYLE_PLAIN)
			theme_put(theme, STYLE_PLAIN, out);
		buf_puts(out, "\033[K");
		style = STYLE_COUNT;
	}
	if (theme != THEME_NONE && style != STYLE_PLAIN)
		buf_puts(out, "\033[0m");
}
