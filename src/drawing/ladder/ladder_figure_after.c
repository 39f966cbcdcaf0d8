/*
 * What follows the ladder: the list of its numbers and its messages, below it
 * in its scale, or on pages of their own.  Those have type of the same size
 * whatever became of the ladder's.
 */
#include "ladder/ladder_figure_in.h"

#include "base/i18n.h"

#include <math.h>

#define EDGE  30.0
#define ABOVE 56.0 /* on a page */
#define BELOW 44.0
#define GAP   24.0
/* Letters that a line of a message has, if it can: those of RFCs. */
#define LETTERS 72.0
/* Below a ladder type becomes smaller to have them, but not by more. */
#define SCALE_LEAST 0.75
/* Several columns go no further down than a page would. */
#define HEIGHT_MOST 760.0

/* How many columns a line of WIDTH has room for. */
static size_t
columns_in(double width)
{
	double n = (width + GAP) / (LETTERS * LIST_LETTER + GAP);

	return n >= 2 ? (size_t)n : 1;
}

/* What stays clear above the page's number. */
#define NUMBER_CLEAR 30.0

/* The numbers in ACROSS columns of type SHRINK times as large as on a page of
 * their own, below the ladder on its last page.  True where they have room
 * there, each on a line. */
static bool
fits_on_last(struct picture *p, size_t across, double shrink)
{
	double scale = shrink / picture_scale(p);
	double used = picture_used(p) + GAP / 2 * scale;
	double height = (p->height - NUMBER_CLEAR - used) / scale;
	double width = (p->width - 2 * EDGE) / scale;
	size_t numbers = 0;

	for (size_t i = 0; i < p->l->nrows; i++)
		numbers += p->l->rows[i].number > 0;
	p->list_scale = scale;
	p->list_gap = GAP * scale;
	p->list_at = used;
	return height > 0 &&
	       list_make(&p->list, p->l, NULL, true,
		   (width - (double)(across - 1) * GAP) / (double)across) ==
		   0 &&
	       p->list.nlines == numbers + 1 &&
	       list_set(&p->list, across, height) == 0 &&
	       p->list.nsheets == 1 && p->list.heights[0] <= height;
}

/* In one column or two; a little smaller is better than a page of its own. */
static bool
set_on_last(struct picture *p)
{
	static const double shrinks[] = { 1, 0.9, 0.8, SCALE_LEAST };

	if (p->tiles > 1 || p->o->messages != NULL)
		return false;
	for (size_t i = 0; i < sizeof(shrinks) / sizeof(shrinks[0]); i++)
		for (size_t across = 1; across <= 2; across++) {
			if (fits_on_last(p, across, shrinks[i]))
				return true;
			list_free(&p->list);
		}
	return false;
}

static int
set_on_paper(struct picture *p)
{
	const struct ladder_figure_options *o = p->o;
	double room = o->paper_width - 2 * EDGE;
	size_t across = columns_in(room);
	int err;

	p->list_last = set_on_last(p);
	if (p->list_last)
		return 0;
	p->list_scale = 1;
	p->list_gap = GAP;
	err = list_make(&p->list, p->l, o->messages, o->numbers,
	    (room - (double)(across - 1) * GAP) / (double)across);
	if (err == 0)
		err =
		    list_set(&p->list, across, o->paper_height - ABOVE - BELOW);
	p->total += p->list.nsheets;
	return err;
}

/* As large as the ladder's type: what belongs together has one scale. */
static int
set_below(struct picture *p)
{
	double room = p->width - 2 * EDGE, own;
	double scale = 1;
	size_t across = columns_in(room);
	int err;

	own = (room - (double)(across - 1) * GAP) / (double)across;
	if (own < LETTERS * LIST_LETTER) {
		scale = fmax(own / (LETTERS * LIST_LETTER), SCALE_LEAST);
		own /= scale;
	}
	p->list_scale = scale;
	p->list_gap = GAP * scale;
	err = list_make(&p->list, p->l, p->o->messages, p->o->numbers, own);
	if (err == 0)
		err = list_set(&p->list, across, across > 1 ? HEIGHT_MOST : 0);
	/* Its line stands half a gap above it. */
	p->list_at = fmax(p->height, picture_used(p) + GAP / 2 * scale);
	p->height = p->list_at;
	for (size_t i = 0; err == 0 && i < p->list.nsheets; i++)
		p->height += (p->list.heights[i] + GAP) * scale;
	return err;
}

int
picture_list(struct picture *p)
{
	p->total = p->npages * p->tiles;
	if (p->o->messages == NULL && !p->o->numbers)
		return 0;
	return p->o->paper_width > 0 && p->o->paper_height > 0 ? set_on_paper(p)
							       : set_below(p);
}

void
picture_list_below(struct picture *p)
{
	double y = p->list_at;
	struct figure_pen pen = { 0.6, PALE, NULL, FIGURE_PLAIN };

	if (p->o->paper_width > 0 && (!p->list_last || p->page + 1 < p->npages))
		return;
	for (size_t i = 0; i < p->list.nsheets; i++) {
		struct figure_point line[] = { { EDGE, y - GAP / 2 *
							       p->list_scale },
			{ p->width - EDGE, y - GAP / 2 * p->list_scale } };

		figure_line(&p->figure, line, 2, &pen);
		list_draw(&p->list, &p->figure, i, EDGE, y, p->list_scale,
		    p->list_gap);
		y += (p->list.heights[i] + GAP) * p->list_scale;
	}
}

void
picture_list_page(struct picture *p, size_t i)
{
	static const struct figure_font title = { 11, INK, true, false };
	static const struct figure_font foot = { 8, GREY, false, false };
	struct figure_pen pen = { 0.6, PALE, NULL, FIGURE_PLAIN };
	struct figure_point line[] = { { EDGE, 44 },
		{ p->figure.width - EDGE, 44 } };
	struct str text =
	    p->o->title != NULL ? str_of(p->o->title) : p->l->title;
	struct buf b = BUF_INIT;

	figure_fit(&b, text, title.size, true, p->figure.width - 2 * EDGE);
	figure_text(&p->figure, EDGE, 34, buf_view(&b), FIGURE_LEFT, &title);
	figure_line(&p->figure, line, 2, &pen);
	list_draw(&p->list, &p->figure, i, EDGE, ABOVE, 1, GAP);
	buf_clear(&b);
	if (p->o->footer != NULL)
		figure_fit(&b, str_of(p->o->footer), foot.size, false,
		    p->figure.width - 2 * EDGE - 80);
	figure_text(&p->figure, EDGE, p->figure.height - 22, buf_view(&b),
	    FIGURE_LEFT, &foot);
	picture_page_number(p, p->npages * p->tiles + i);
	buf_end(&b, &p->figure.out->err);
}
