/*
 * The panel as it was seen last.  Memory is compared with that at times that
 * the firmware alone determines, so a change is seen at the same time in every
 * run.
 */
#include "emu/board_in.h"
#include "emu/lcd.h"

#include <string.h>

/* Copies the picture; whether it is another than before. */
static bool
copy(struct screen *s, const struct lcd_picture *p, const uint8_t *from)
{
	bool changed =
	    !s->on || s->w != p->w || s->h != p->h || s->bits != p->bits;

	s->on = true;
	s->w = p->w;
	s->h = p->h;
	s->bits = p->bits;
	for (uint32_t y = 0; y < p->h; y++) {
		uint8_t *to = s->pixels + (size_t)y * p->stride;
		const uint8_t *row = from + (size_t)y * p->pitch;

		if (!changed && memcmp(to, row, p->stride) == 0)
			continue;
		changed = true;
		memcpy(to, row, p->stride);
	}
	return changed;
}

void
screen_look(struct board *b)
{
	struct screen *s = &b->screen;
	struct lcd_picture p;
	const uint8_t *from = NULL;
	bool changed;

	if (lcd_picture(b, &p))
		from = board_bytes(b, p.at, p.pitch * (p.h - 1) + p.stride);
	if (from != NULL) {
		changed = copy(s, &p, from);
	} else {
		changed = s->on;
		s->on = false;
		s->w = s->h = s->bits = 0;
	}
	if (changed)
		board_say(b, BOARD_OUT_SCREEN, 0, NULL, 0);
}

static unsigned
stride_of(const struct screen *s)
{
	return (s->w * s->bits + 7) / 8;
}

void
board_screen(const struct board *b, struct board_screen *s)
{
	const struct screen *have = &b->screen;

	s->on = have->on;
	s->w = have->w;
	s->h = have->h;
	s->bits = have->bits;
	s->stride = stride_of(have);
	s->pixels = have->pixels;
}
