/* The tables of looks; see views/tui/theme.h. */
#include "views/tui/theme.h"

#include "base/i18n.h"

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
	[STYLE_MARK] =        { { { 13, -1, B }, { 5, 15, B }, { 13, 0, B }, { 13, -1, B } }, B },
};
/* clang-format on */

#undef B
#undef D
#undef R
#undef U

static const struct {
	const char *name, *text;
} themes[] = {
#define X(id, name, text) { name, text },
	THEMES(X)
#undef X
};

const char *
theme_name(enum theme theme)
{
	return themes[theme].name;
}

const char *
theme_text(enum theme theme)
{
	return themes[theme].text;
}

enum theme
theme_of_name(struct str name)
{
	enum theme only = THEME_COUNT;

	for (unsigned i = 0; i < THEME_COUNT; i++) {
		if (str_is(name, themes[i].name))
			return i;
		if (name.n > 0 && str_starts(str_of(themes[i].name), "") &&
		    str_eq(str_slice(str_of(themes[i].name), 0, name.n), name))
			only = only == THEME_COUNT ? i : THEME_COUNT;
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
	if (theme == THEME_MONO)
		look = (struct look){ -1, -1, looks[style].mono };
	else
		look = looks[style].by[theme];
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
