/* The panel's font: in order, of two widths, with what the phone must be able
 * to write. */
#include "fixtures/check.h"

#include "firmware/phone/font.h"

#include <string.h>

static void
order(void)
{
	CU_ASSERT(font_count > 3755 + 94);
	for (uint32_t i = 0; i < font_count; i++) {
		const struct font_glyph *g = &font_glyphs[i];

		CU_ASSERT(g->width == 8 || g->width == 16);
		CU_ASSERT_EQUAL(g->pad, 0);
		CU_ASSERT(i == 0 || font_glyphs[i - 1].code < g->code);
		CU_ASSERT_PTR_EQUAL(font_find(g->code), g);
		/* a narrow one has nothing behind its sixteen rows */
		for (unsigned r = g->width * 2u; r < sizeof(g->rows); r++)
			CU_ASSERT_EQUAL(g->rows[r], 0);
	}
}

static void
characters(void)
{
	static const uint32_t wide[] = { 0x4F60, 0x597D, 0x5F20, 0x9F20, 0xFF01,
		0x3002 };

	for (uint32_t c = ' '; c < 0x100; c++)
		if (c < 0x7F || c > 0x9F)
			CU_ASSERT_EQUAL(font_find(c)->code, c);
	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++) {
		CU_ASSERT_EQUAL(font_find(wide[i])->code, wide[i]);
		CU_ASSERT_EQUAL(font_find(wide[i])->width, 16);
	}
	/* GNU Unifont's A: eight pixels wide, its foot in row 13 */
	CU_ASSERT_EQUAL(font_find('A')->width, 8);
	CU_ASSERT_EQUAL(font_find('A')->rows[13], 0x42);
	CU_ASSERT_EQUAL(font_find('A')->rows[14], 0);
	/* what there is not */
	CU_ASSERT_EQUAL(font_find(0)->code, 0xFFFD);
	CU_ASSERT_EQUAL(font_find(0x1F600)->code, 0xFFFD);
	CU_ASSERT_EQUAL(font_find(UINT32_MAX)->code, 0xFFFD);
}

CHECK_MAIN("firmware_font", { "order", order }, { "characters", characters })
