/*
 * A ladder over pages of paper: where it is broken.  A page ends between rows
 * where no line is under way, if there is such a place in its last half;
 * otherwise lines go on at the top of the next.
 */
#include "ladder/ladder_figure_in.h"

#include "base/err.h"
#include "base/mem.h"

/* The least and the greatest height at which a row is drawn. */
static double
row_top(const struct layout_row *r)
{
	return r->y < r->y_end ? r->y : r->y_end;
}

static double
row_bottom(const struct layout_row *r)
{
	return r->y < r->y_end ? r->y_end : r->y;
}

/* The best place for a page that begins at FROM to end, TO at the latest. */
static double
break_before(const struct picture *p, size_t first, double from, double to)
{
	const struct layout *l = p->l;
	double low = from, best = from;

	/* LOW: how far down the rows so far reach. */
	for (size_t i = first; i < l->nrows; i++) {
		double top = row_top(&l->rows[i]);

		if (top > to)
			break;
		if (top > low && top - 0.55 > from)
			best = top - 0.5;
		/* A timer's line and media may go on over the page. */
		if (l->rows[i].item != LAYOUT_TIMER &&
		    l->rows[i].item != LAYOUT_MEDIA &&
		    row_bottom(&l->rows[i]) > low)
			low = row_bottom(&l->rows[i]);
	}
	return best > from + (to - from) / 2 ? best : to;
}

/* The first row that is not above FROM. */
static size_t
row_after(const struct picture *p, size_t at, double from)
{
	while (at < p->l->nrows && row_top(&p->l->rows[at]) < from)
		at++;
	return at;
}

int
picture_break(struct picture *p, double room)
{
	double units = room / p->unit, from = 0;
	size_t most = (size_t)(p->l->height / (units / 2)) + 2, row = 0;

	p->breaks = mem_zalloc(most, sizeof(*p->breaks));
	if (p->breaks == NULL)
		return ERR_NOMEM;
	while (from + units < p->l->height && p->npages + 1 < most) {
		from = break_before(p, row, from, from + units);
		p->breaks[p->npages++] = from;
		row = row_after(p, row, from);
	}
	p->npages++;
	return 0;
}

void
picture_page(struct picture *p, size_t page)
{
	p->page = page;
	p->from = page > 0 ? p->breaks[page - 1] : 0;
	p->to = page + 1 < p->npages ? p->breaks[page] : p->l->height;
}

bool
picture_on_page(const struct picture *p, double y, double y_end)
{
	double top = y < y_end ? y : y_end, bottom = y < y_end ? y_end : y;

	return p->npages <= 1 || (bottom >= p->from && top < p->to) ||
	       (p->page + 1 == p->npages && top >= p->from);
}
