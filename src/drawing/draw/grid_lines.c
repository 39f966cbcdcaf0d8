/* Lines that meet; see draw/grid_lines.h. */
#include "draw/grid_lines.h"

enum canvas_glyph
grid_line_glyph(unsigned sides)
{
	static const uint8_t glyphs[16] = {
		[0] = GLYPH_SPACE,
		[SIDE_UP] = GLYPH_LIFE,
		[SIDE_DOWN] = GLYPH_LIFE,
		[SIDE_UP | SIDE_DOWN] = GLYPH_LIFE,
		[SIDE_LEFT] = GLYPH_LINE,
		[SIDE_RIGHT] = GLYPH_LINE,
		[SIDE_LEFT | SIDE_RIGHT] = GLYPH_LINE,
		[SIDE_DOWN | SIDE_RIGHT] = GLYPH_CORNER_TL,
		[SIDE_DOWN | SIDE_LEFT] = GLYPH_CORNER_TR,
		[SIDE_UP | SIDE_RIGHT] = GLYPH_CORNER_BL,
		[SIDE_UP | SIDE_LEFT] = GLYPH_CORNER_BR,
		[SIDE_UP | SIDE_DOWN | SIDE_RIGHT] = GLYPH_FROM_LEFT,
		[SIDE_UP | SIDE_DOWN | SIDE_LEFT] = GLYPH_FROM_RIGHT,
		[SIDE_DOWN | SIDE_LEFT | SIDE_RIGHT] = GLYPH_TEE_DOWN,
		[SIDE_UP | SIDE_LEFT | SIDE_RIGHT] = GLYPH_TEE_UP,
		[15] = GLYPH_CROSS,
	};

	return (enum canvas_glyph)glyphs[sides & 15];
}

enum canvas_glyph
grid_head_glyph(unsigned side)
{
	return side == SIDE_UP     ? GLYPH_TO_DOWN
	       : side == SIDE_DOWN ? GLYPH_TO_UP
	       : side == SIDE_LEFT ? GLYPH_TO_RIGHT
				   : GLYPH_TO_LEFT;
}

unsigned
grid_line_towards(size_t x, size_t y, size_t to_x, size_t to_y)
{
	if (x != to_x)
		return x < to_x ? SIDE_RIGHT : SIDE_LEFT;
	return y < to_y ? SIDE_DOWN : SIDE_UP;
}

unsigned
grid_line_back(unsigned side)
{
	switch (side) {
	case SIDE_UP:
		return SIDE_DOWN;
	case SIDE_DOWN:
		return SIDE_UP;
	case SIDE_LEFT:
		return SIDE_RIGHT;
	default:
		return SIDE_LEFT;
	}
}

void
grid_line_step(unsigned side, size_t *x, size_t *y)
{
	*x += side == SIDE_RIGHT;
	*x -= side == SIDE_LEFT;
	*y += side == SIDE_DOWN;
	*y -= side == SIDE_UP;
}
