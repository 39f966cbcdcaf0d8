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
	struct board_screen now = { true, p->w, p->h, p->bits, p->stride,
		s->pixels };
	bool changed = !s->seen.on || s->seen.w != p->w || s->seen.h != p->h ||
		       s->seen.bits != p->bits;

	s->seen = now;
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
		changed = s->seen.on;
		s->seen = (struct board_screen){ .pixels = s->pixels };
	}
	if (changed)
		board_say(b, BOARD_OUT_SCREEN, 0, NULL, 0);
}

const struct board_screen *
board_screen(const struct board *b)
{
	return &b->screen.seen;
}
