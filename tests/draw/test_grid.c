/* Screens of cells: edges, wide characters, marks, controls, ASCII. */
#include "fixtures/check.h"
#include "fixtures/grid_styles.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "draw/grid.h"

#include <string.h>

static struct grid g;
static struct grid_area all;

static void
start(size_t width, size_t height, bool ascii)
{
	CU_ASSERT_EQUAL_FATAL(grid_init(&g, width, height, ascii), 0);
	all = grid_all(&g);
}

/* The screen is TEXT; ends it. */
static bool
shows(const char *text)
{
	LOCAL_BUF out = BUF_INIT;
	bool same;

	CU_ASSERT_EQUAL(grid_write(&g, &out), 0);
	same = strcmp(buf_cstr(&out), text) == 0;
	if (!same)
		printf("shown:\n%sexpected:\n%s", buf_cstr(&out), text);
	grid_free(&g);
	return same;
}

static bool
shows_styles(const char *text)
{
	LOCAL_BUF out = BUF_INIT;
	bool same;

	CU_ASSERT_EQUAL(grid_write_styles(&g, &out), 0);
	same = strcmp(buf_cstr(&out), text) == 0;
	if (!same)
		printf("shown:\n%sexpected:\n%s", buf_cstr(&out), text);
	grid_free(&g);
	return same;
}

/* Heads and tails of wide characters stand in pairs, all text is whole UTF-8.
 */
static bool
is_whole(void)
{
	for (size_t i = 0; i < g.width * g.height; i++) {
		const struct grid_cell *cell = &g.cells[i];
		struct str text = { cell->text, cell->n };
		size_t cells = utf8_width(text);

		if (cell->n > sizeof(cell->text) || !utf8_valid(text))
			return false;
		if (cell->tail &&
		    (i % g.width == 0 || utf8_width((struct str){
					     cell[-1].text, cell[-1].n }) != 2))
			return false;
		if (cells > 2 ||
		    (cells == 2 && ((i + 1) % g.width == 0 || !cell[1].tail)))
			return false;
	}
	return true;
}

static void
text_is_clipped(void)
{
	start(10, 4, false);
	CU_ASSERT_EQUAL(grid_text(&all, 0, 0, STR("INVITE"), 10, 0), 6);
	CU_ASSERT_EQUAL(grid_text(&all, 7, 0, STR("180 Ringing"), 99, 0), 3);
	CU_ASSERT_EQUAL(grid_text(&all, 2, 1, STR("INVITE"), 4, 0), 4);
	CU_ASSERT_EQUAL(grid_text(&all, 9, 2, STR("ab"), 2, 0), 1);
	CU_ASSERT_EQUAL(grid_text(&all, 10, 2, STR("x"), 1, 0), 0);
	CU_ASSERT_EQUAL(grid_text(&all, 0, 4, STR("x"), 1, 0), 0);
	CU_ASSERT_EQUAL(grid_text(&all, 0, 3, STR("x"), 0, 0), 0);
	CU_ASSERT_EQUAL(grid_text(&all, 0, 3, STR_NULL, 5, 0), 0);
	CU_ASSERT(shows("INVITE 18…\n  INV…\n         …\n\n"));
}

static void
boxes(void)
{
	start(6, 4, false);
	grid_box(&all, 0, 0, 6, 4, STYLE_FRAME);
	grid_box(&all, 2, 1, 2, 2, STYLE_FRAME);
	grid_box(&all, 0, 0, 1, 4, STYLE_FRAME);
	CU_ASSERT(shows("┌────┐\n│ ┌┐ │\n│ └┘ │\n└────┘\n"));
	start(6, 3, true);
	grid_box(&all, 1, 0, 9, 3, STYLE_FRAME);
	CU_ASSERT(shows(" +----\n |\n +----\n"));
}

static void
wide_characters(void)
{
	struct grid_area a;

	start(6, 5, false);
	CU_ASSERT_EQUAL(grid_text(&all, 0, 0, STR("爱丽丝"), 6, 0), 6);
	grid_put(&all, 1, 0, GLYPH_LIFE, 0); /* over a tail */
	grid_put(&all, 4, 0, GLYPH_LIFE, 0); /* over a head */
	CU_ASSERT(is_whole());
	CU_ASSERT_EQUAL(grid_text(&all, 0, 1, STR("爱丽丝"), 5, 0), 5);
	grid_text(&all, 0, 2, STR("abcdef"), 6, 0);
	grid_text(&all, 1, 2, STR("爱"), 2, 0);
	CU_ASSERT_EQUAL(grid_text(&all, 5, 3, STR("爱"), 2, 0), 1);
	/* Drawn beside an area, it takes the half within it along. */
	grid_text(&all, 0, 4, STR("爱丽丝"), 6, 0);
	a = grid_part(&all, 1, 0, 2, 5);
	grid_text(&a, 0, 4, STR("xy"), 2, 0);
	CU_ASSERT(is_whole());
	CU_ASSERT(shows(" │丽│\n爱丽…\na爱def\n     …\n xy 丝\n"));
}

/* A text cut at both of its ends. */
static void
texts_scroll(void)
{
	static const struct str text = { "a爱b丽cd", 10 };

	start(4, 6, false);
	for (size_t skip = 0; skip < 5; skip++)
		CU_ASSERT_EQUAL(grid_text_part(&all, -(ptrdiff_t)skip, skip,
				    text, STYLE_PLAIN),
		    8);
	grid_text_part(&all, 2, 5, STR("cd"), STYLE_PLAIN);
	grid_text_part(&all, 0, 6, text, STYLE_PLAIN);
	grid_text_part(&all, -99, 5, text, STYLE_PLAIN);
	grid_text_part(&all, 4, 5, text, STYLE_PLAIN);
	CU_ASSERT(is_whole());
	CU_ASSERT(shows("a爱b\n爱b\n b丽\nb丽c\n丽cd\n  cd\n"));
}

static void
marks_stay_with_their_letter(void)
{
	LOCAL_BUF b = BUF_INIT;

	start(4, 4, false);
	CU_ASSERT_EQUAL(grid_text(&all, 0, 0, STR("e\xcc\x81x"), 4, 0), 2);
	/* Alone, at the beginning, it has no cell to stand in. */
	CU_ASSERT_EQUAL(grid_text(&all, 0, 1, STR("\xcc\x81o"), 4, 0), 1);
	/* More marks than a cell has room for: whole ones are left out. */
	buf_putc(&b, 'z');
	for (int i = 0; i < 40; i++)
		buf_puts(&b, "\xcc\x81");
	buf_putc(&b, '!');
	CU_ASSERT_EQUAL(grid_text(&all, 0, 2, buf_view(&b), 4, 0), 2);
	CU_ASSERT(is_whole());
	CU_ASSERT_EQUAL(g.cells[8].n, 15);
	CU_ASSERT_EQUAL(g.cells[9].text[0], '!');
	buf_clear(&b);
	buf_puts(&b, "爱");
	for (int i = 0; i < 10; i++)
		buf_puts(&b, "\xe2\x83\x9d");
	CU_ASSERT_EQUAL(grid_text(&all, 0, 3, buf_view(&b), 4, 0), 2);
	CU_ASSERT(is_whole());
	grid_free(&g);
}

static void
ascii(void)
{
	LOCAL_BUF out = BUF_INIT;

	start(14, 4, true);
	grid_text(&all, 0, 0, STR("a → b ← c ↻ …"), 14, 0);
	grid_text(&all, 0, 1, STR("爱 e\xcc\x81 µs − · ü"), 14, 0);
	grid_text(&all, 0, 2, STR("“x” it’s a very long text"), 14, 0);
	grid_text(&all, 0, 3, STR("╳│─▶ ░█"), 14, 0);
	CU_ASSERT_EQUAL(grid_write(&g, &out), 0);
	for (size_t i = 0; i < out.n; i++)
		CU_ASSERT(
		    out.p[i] == '\n' || (out.p[i] >= ' ' && out.p[i] < 0x7f));
	CU_ASSERT(shows("a > b < c r ~\n?? e us - - ?\n\"x\" it's a ve~\n"
			"X|-> .#\n"));
}

static void
styles_and_flags(void)
{
	start(6, 2, false);
	grid_text(&all, 0, 0, STR("INV"), 6, STYLE_REQUEST);
	grid_text(&all, 3, 0, STR("爱"), 6, STYLE_LOST);
	grid_flag(&all, 0, 0, 1, 1, GRID_FUTURE);
	grid_flag(&all, 5, 0, 9, 9, GRID_CHOSEN);
	grid_paint(&all, 1, 0, 1, 1, STYLE_BOLD);
	CU_ASSERT(shows_styles("INV爱\nQbqxx#\n\n.....#\n"));
	/* Drawing over a flag takes it away, clearing takes all. */
	start(3, 1, false);
	grid_flag(&all, 0, 0, 3, 1, GRID_BRIGHT);
	grid_put(&all, 1, 0, GLYPH_LINE, STYLE_DIM);
	CU_ASSERT_EQUAL(g.cells[1].flags, 0);
	grid_clear(&g);
	CU_ASSERT_EQUAL(g.cells[0].flags, 0);
	CU_ASSERT(shows("\n"));
}

static void
sizes(void)
{
	start(0, 0, false);
	grid_text(&all, 0, 0, STR("x"), 1, 0);
	grid_fill(&all, 0, 0, 9, 9, GLYPH_LINE, 0);
	CU_ASSERT(shows(""));
	/* Nobody has such a terminal. */
	start(SIZE_MAX, 1, false);
	CU_ASSERT(g.width <= 4096);
	grid_free(&g);
}

static void
memory_runs_out(void)
{
	mem_fail_from(1);
	CU_ASSERT_EQUAL(grid_init(&g, 10, 10, false), ERR_NOMEM);
	mem_fail_from(0);
	grid_clear(&g);
	all = grid_all(&g);
	CU_ASSERT_EQUAL(grid_text(&all, 0, 0, STR("x"), 1, 0), 0);
	CU_ASSERT(shows(""));
	start(10, 1, false);
	for (unsigned long n = 1; n < 4; n++) {
		mem_fail_from(n);
		grid_text(&all, 0, 0, STR("x"), 1, 0);
		mem_fail_from(0);
	}
	CU_ASSERT_EQUAL(g.err, ERR_NOMEM);
	g.err = 0;
	CU_ASSERT(shows("x\n"));
}

/* Whatever is drawn over whatever: no half of a character, no broken text. */
static void
any_drawing(void)
{
	static const char *const texts[] = { "爱丽丝", "a爱b", "e\xcc\x81",
		"\xcc\x81", "INVITE", "\xff\x1b", "丽\xe2\x83\x9d丝", "" };
	uint64_t rng = 88172645463325252u;

	start(9, 3, false);
	for (int i = 0; i < 20000; i++) {
		struct grid_area a;
		size_t x, y;

		rng ^= rng << 13;
		rng ^= rng >> 7;
		rng ^= rng << 17;
		x = rng >> 8 & 15;
		y = rng >> 12 & 3;
		a = grid_part(
		    &all, rng >> 16 & 7, rng >> 20 & 1, rng >> 24 & 15, 3);
		if ((rng >> 28 & 3) == 0)
			grid_put(&a, x, y, (rng >> 32) % GLYPH_COUNT, 0);
		else
			grid_text(&a, x, y, str_of(texts[rng >> 32 & 7]),
			    rng >> 40 & 15, 0);
		if (!is_whole()) {
			CU_FAIL("half a character");
			break;
		}
	}
	grid_free(&g);
}

CHECK_MAIN("grid", { "text_is_clipped", text_is_clipped }, { "boxes", boxes },
    { "wide_characters", wide_characters }, { "texts_scroll", texts_scroll },
    { "marks_stay_with_their_letter", marks_stay_with_their_letter },
    { "ascii", ascii }, { "styles_and_flags", styles_and_flags },
    { "sizes", sizes }, { "memory_runs_out", memory_runs_out },
    { "any_drawing", any_drawing })
