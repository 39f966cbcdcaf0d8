/* Glyphs by their code: a table in order, found by halving. */
#include "firmware/phone/font.h"

/* clang-format off */
#define H(code, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)                \
	{ 0x##code, 8, 0, {                                                    \
	    0x##a, 0x##b, 0x##c, 0x##d, 0x##e, 0x##f, 0x##g, 0x##h,            \
	    0x##i, 0x##j, 0x##k, 0x##l, 0x##m, 0x##n, 0x##o, 0x##p } },
#define W2(row) 0x##row >> 8, 0x##row & 0xFF
#define W(code, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)                \
	{ 0x##code, 16, 0, {                                                   \
	    W2(a), W2(b), W2(c), W2(d), W2(e), W2(f), W2(g), W2(h),            \
	    W2(i), W2(j), W2(k), W2(l), W2(m), W2(n), W2(o), W2(p) } },
/* clang-format on */

const struct font_glyph font_glyphs[] = {
#include "firmware/phone/font.inc"
};
const uint32_t font_count = sizeof(font_glyphs) / sizeof(*font_glyphs);

/* The last glyph of the basic plane that we take: U+FFFD. */
static const struct font_glyph *const replacement =
    &font_glyphs[sizeof(font_glyphs) / sizeof(*font_glyphs) - 1];

const struct font_glyph *
font_find(uint32_t code)
{
	uint32_t from = 0, to = font_count;

	while (from < to) {
		uint32_t middle = from + (to - from) / 2;

		if (font_glyphs[middle].code == code)
			return &font_glyphs[middle];
		if (font_glyphs[middle].code < code)
			from = middle + 1;
		else
			to = middle;
	}
	return replacement;
}
