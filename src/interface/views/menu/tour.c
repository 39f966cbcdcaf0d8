/*
 * The tour is a picture of the screen in small, with a word in each part, and
 * below it a line for each key.  Its width follows from its words, which are
 * longer or shorter in another language.
 */
#include "views/menu/tour.h"

#include "base/i18n.h"
#include "text/utf8.h"
#include "draw/doc.h"

#define PICTURE_LINES 8

static void
tour_text(const struct grid_area *a, size_t x, size_t y,
    enum canvas_style style, const char *s)
{
	if (x < a->w)
		grid_text(a, x, y, str_of(s), a->w - x, style);
}

static size_t
tour_cells_of(const char *s)
{
	return utf8_width(str_of(s));
}

/* ---- the picture ---- */

/* An arrow of the small ladder from column FROM to TO, with its LABEL. */
static void
tour_draw_arrow(const struct grid_area *a, size_t y, size_t from, size_t to,
    const char *label, enum canvas_style style)
{
	size_t left = from < to ? from : to, right = from < to ? to : from;

	tour_text(a, left + 2, y, style, label);
	grid_fill(a, left + 1, y + 1, right - left - 1, 1, GLYPH_LINE, style);
	grid_put(a, from, y + 1, from < to ? GLYPH_FROM_LEFT : GLYPH_FROM_RIGHT,
	    STYLE_FRAME);
	grid_put(a, from < to ? to - 1 : to + 1, y + 1,
	    from < to ? GLYPH_TO_RIGHT : GLYPH_TO_LEFT, style);
}

static void
tour_draw_ladder(const struct grid_area *a)
{
	const size_t alice = 3, bob = 19;

	tour_text(a, alice - 2, 0, STYLE_BOLD, "alice");
	tour_text(a, bob - 1, 0, STYLE_BOLD, "bob");
	grid_fill(a, alice, 1, 1, a->h - 1, GLYPH_LIFE, STYLE_FRAME);
	grid_fill(a, bob, 1, 1, a->h - 1, GLYPH_LIFE, STYLE_FRAME);
	tour_draw_arrow(a, 1, alice, bob, "INVITE", STYLE_REQUEST);
	tour_draw_arrow(a, 3, bob, alice, "180 Ringing", STYLE_PROVISIONAL);
	grid_put(a, 0, 4, GLYPH_HERE, STYLE_BOLD);
	grid_flag(a, 1, 3, a->w - 1, 2, GRID_BRIGHT);
	grid_put(a, alice, 5, GLYPH_TO_DOWN, STYLE_FRAME);
	grid_put(a, bob, 5, GLYPH_TO_DOWN, STYLE_FRAME);
	tour_text(a, alice + 2, 5, STYLE_DIM, _("time"));
}

/* Its tabs, and what it is for. */
static void
tour_draw_pane(const struct grid_area *a)
{
	const char *const tabs[] = { _("Message"), _("Why"), _("Machines") };
	LOCAL(doc_free) struct doc d = DOC_INIT;
	struct grid_area part = grid_part(a, 0, 2, a->w, a->h - 2);
	size_t x = 0;

	for (size_t i = 0; i < COUNT_OF(tabs); i++) {
		tour_text(a, x, 0, i == 1 ? STYLE_TITLE : STYLE_DIM, tabs[i]);
		x += tour_cells_of(tabs[i]) + 2;
	}
	doc_wrap(&d, STYLE_PLAIN,
	    str_of(_("What the marked message says, why it was sent, and the "
		     "state machines.")),
	    0, part.w);
	doc_draw(&d, &part, 0, 0, SIZE_MAX);
}

static void
draw_picture(const struct grid_area *a)
{
	const size_t split = 24;
	struct grid_area part;

	grid_box(a, 0, 0, a->w, a->h, STYLE_FRAME);
	grid_fill(a, split, 1, 1, a->h - 2, GLYPH_LIFE, STYLE_FRAME);
	grid_put(a, split, 0, GLYPH_TEE_DOWN, STYLE_FRAME);
	grid_put(a, split, a->h - 1, GLYPH_TEE_UP, STYLE_FRAME);
	tour_text(a, 2, 0, STYLE_DIM, _(" the ladder "));
	tour_text(a, split + 2, 0, STYLE_DIM, _(" a pane "));
	part = grid_part(a, 1, 1, split - 1, a->h - 2);
	tour_draw_ladder(&part);
	part = grid_part(a, split + 2, 1, a->w - split - 3, a->h - 2);
	tour_draw_pane(&part);
}

/* ---- the keys ---- */

struct line {
	const char *key, *does;
};

/* One line a key; of the lines LINES the first that fit. */
static void
tour_draw_keys(const struct grid_area *a, const struct line *lines, size_t n)
{
	size_t wide = 0;

	for (size_t i = 0; i < n; i++)
		if (tour_cells_of(lines[i].key) > wide)
			wide = tour_cells_of(lines[i].key);
	for (size_t i = 0; i < n && i < a->h; i++) {
		tour_text(a, 1, i, STYLE_KEY, lines[i].key);
		tour_text(a, wide + 3, i, STYLE_PLAIN, lines[i].does);
	}
}

void
tour_draw(const struct tour_keys *keys, const struct grid_area *area)
{
	const struct line lines[] = {
		{ keys->next, _("the next message") },
		{ keys->back, _("back; nothing is lost") },
		{ keys->choose, _("choose a line") },
		{ keys->pane, _("another pane") },
		{ keys->cause, _("go to its cause") },
		{ keys->help, _("all keys, if you are stuck") },
		{ keys->quit, _("leave; rung play continues later") },
	};
	const size_t n = COUNT_OF(lines);
	bool picture, frame = area->h >= n + 4 && area->w >= 40;
	size_t w = area->w < TOUR_WIDTH ? area->w : TOUR_WIDTH;
	size_t h = area->h < TOUR_HEIGHT ? area->h : TOUR_HEIGHT;
	struct grid_area a;

	picture = w == TOUR_WIDTH && h == TOUR_HEIGHT;
	if (!picture && h > n + 4)
		h = n + 4;
	a = grid_part(area, (area->w - w) / 2, (area->h - h) / 2, w, h);
	grid_fill(&a, 0, 0, w, h, GLYPH_SPACE, STYLE_PLAIN);
	if (frame) {
		grid_box(&a, 0, 0, w, h, STYLE_FRAME);
		a = grid_part(&a, 2, 1, w - 4, h - 2);
	}
	tour_text(&a, 0, 0, STYLE_TITLE, _("Welcome! Press any key to begin."));
	a = grid_part(&a, 0, 1, a.w, a.h - 1);
	if (a.h > n) {
		tour_text(&a, 0, 0, STYLE_PLAIN,
		    _("Predict what comes, then look, and ask why it was "
		      "sent."));
		a = grid_part(&a, 0, 1, a.w, a.h - 1);
	}
	if (picture) {
		struct grid_area part = grid_part(&a, 0, 0, a.w, PICTURE_LINES);

		draw_picture(&part);
		a = grid_part(&a, 0, PICTURE_LINES, a.w, a.h - PICTURE_LINES);
	}
	tour_draw_keys(&a, lines, n);
}
