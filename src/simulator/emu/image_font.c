/*
 * The font of an image: a sorted table `font_glyphs` of `font_count` glyphs,
 * each a code (16 bits), its width (8 or 16), a byte of nothing, and 32 bytes
 * of rows; looked up by what is drawn.
 */
#include "base/bisect.h"
#include "base/err.h"
#include "base/mem.h"
#include "emu/bytes_in.h"
#include "emu/image_in.h"

#include <stdlib.h>

#define GLYPH_SIZE 36u
#define GLYPHS_MAX 65536u

static const uint8_t *
glyph_at(const struct image_font *f, uint32_t i)
{
	return f->glyphs + (size_t)i * GLYPH_SIZE;
}

static int
compare(const uint8_t *glyph, unsigned width, const uint8_t *rows)
{
	if (glyph[2] != width)
		return glyph[2] < width ? -1 : 1;
	return memcmp(glyph + 4, rows, width == 16 ? 32 : 16);
}

static int
by_rows(const void *a, const void *b, void *arg)
{
	const uint32_t *i = a, *j = b;
	const uint8_t *g = glyph_at(arg, *j);
	int c = compare(glyph_at(arg, *i), g[2], g + 4);

	return c != 0 ? c : (*i > *j) - (*i < *j);
}

int
image_read_font(struct image *im)
{
	struct image_font *f = &im->font;
	uint32_t at, count_at, n;
	const uint8_t *count = NULL;

	if (image_find(im, "font_glyphs", &at) &&
	    image_find(im, "font_count", &count_at))
		count = image_bytes(im, count_at, 4);
	if (count == NULL)
		return 0;
	n = get32(count);
	if (n > GLYPHS_MAX)
		return 0;
	f->glyphs = image_bytes(im, at, (uint64_t)n * GLYPH_SIZE);
	if (f->glyphs == NULL)
		return 0;
	f->by_rows = mem_alloc((size_t)n * sizeof(*f->by_rows));
	if (f->by_rows == NULL)
		return ERR_NOMEM;
	f->n = n;
	for (uint32_t i = 0; i < n; i++)
		f->by_rows[i] = i;
	qsort_r(f->by_rows, n, sizeof(*f->by_rows), by_rows, f);
	return 0;
}

uint32_t
image_font_code(const struct image *im, unsigned width, const uint8_t rows[32])
{
	const struct image_font *f = &im->font;
	size_t i;

	BISECT(
	    i, 0, f->n, compare(glyph_at(f, f->by_rows[i]), width, rows) < 0);
	if (i == f->n || compare(glyph_at(f, f->by_rows[i]), width, rows) != 0)
		return 0;
	return get16(glyph_at(f, f->by_rows[i]));
}
