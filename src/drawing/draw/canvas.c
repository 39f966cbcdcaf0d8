/* Glyphs and their substitutes in ASCII; see draw/canvas.h. */
#include "draw/canvas.h"

#include <stddef.h>

#include "base/err.h"
#include "draw/theme.h"

static const struct {
	const char *utf8;
	char ascii[2];
} canvas_glyphs[] = {
#define X(id, utf8, ascii) { utf8, { ascii, 0 } },
	CANVAS_GLYPHS(X)
#undef X
};

struct str
canvas_glyph_text(enum canvas_glyph glyph, bool ascii)
{
	return str_of(
	    ascii ? canvas_glyphs[glyph].ascii : canvas_glyphs[glyph].utf8);
}

/* The character C in ASCII: as the glyph that it is, or what looks like it;
 * what ASCII has no sign for is one '?' for each cell. */
const char *
canvas_ascii(uint32_t c)
{
	size_t used;
	static const struct {
		uint32_t code;
		const char *ascii;
	} looks[] = {
		{ 0xa0, " " },
		{ 0xb5, "u" },
		{ 0x3bc, "u" },
		{ 0xb7, "-" },
		{ 0xd7, "x" },
		{ 0x2013, "-" },
		{ 0x2014, "-" },
		{ 0x2018, "'" },
		{ 0x2019, "'" },
		{ 0x201c, "\"" },
		{ 0x201d, "\"" },
		{ 0x2190, "<" },
		{ 0x2192, ">" },
		{ 0x21bb, "r" },
		{ 0x2212, "-" },
	};
	for (size_t i = 0; i < COUNT_OF(looks); i++)
		if (looks[i].code == c)
			return looks[i].ascii;
	for (size_t i = 0; i < GLYPH_COUNT; i++)
		if (utf8_decode(str_of(canvas_glyphs[i].utf8), &used) == c)
			return canvas_glyphs[i].ascii;
	return utf8_cells(c) == 2 ? "??" : "?";
}

const char *
canvas_style_word(unsigned style)
{
	static const char *const words[] = {
#define X(id, word) word,
		CANVAS_STYLES(X)
#undef X
	};

	return style < STYLE_COUNT ? words[style] : NULL;
}
