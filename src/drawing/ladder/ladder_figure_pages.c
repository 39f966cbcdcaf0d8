/*
 * A ladder over pages of paper: where it is broken, below each other and
 * beside each other.
 */
#include <math.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "ladder/ladder_figure_in.h"

/* ---- pages below each other ---- */

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

/*
 * The best place for a page that begins at FROM to end, TO at the latest:
 * between rows where no line is under way, if there is such a place in its last
 * half; otherwise lines go on at the top of the next.
 */
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
tile_row_after(const struct picture *p, size_t at, double from)
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

	p->pages.breaks = mem_zalloc(most, sizeof(*p->pages.breaks));
	if (p->pages.breaks == NULL)
		return ERR_NOMEM;
	while (from + units < p->l->height && p->pages.n + 1 < most) {
		from = break_before(p, row, from, from + units);
		p->pages.breaks[p->pages.n++] = from;
		row = tile_row_after(p, row, from);
	}
	p->pages.n++;
	return 0;
}

void
picture_page(struct picture *p, size_t page)
{
	p->pages.now = page;
	p->pages.from = page > 0 ? p->pages.breaks[page - 1] : 0;
	p->pages.to =
	    page + 1 < p->pages.n ? p->pages.breaks[page] : p->l->height;
}

bool
picture_on_page(const struct picture *p, double y, double y_end)
{
	double top = y < y_end ? y : y_end, bottom = y < y_end ? y_end : y;

	return p->pages.n <= 1 ||
	       (bottom >= p->pages.from && top < p->pages.to) ||
	       (p->pages.now + 1 == p->pages.n && top >= p->pages.from);
}

/* ---- pages beside each other ---- */

#define MARGIN 30.0
#define BEYOND 6.0 /* the part shown behind the name of a lifeline */
#define LANE   10.0

/* The part shown beyond a lifeline where the ladder is broken. */
static double
beyond(const struct picture *p)
{
	return p->half + BEYOND;
}

/* The window that shows each gap between two lifelines whole, and the part at
 * the right of the last one. */
static double
least_window(const struct picture *p)
{
	double side = p->marks_at - p->more - p->right;
	double least = side + beyond(p) + 2 * MARGIN;

	for (size_t i = 1; i < p->l->ncolumns; i++) {
		double left = i > 1 ? p->x[i - 1] - beyond(p) - MARGIN : 0;

		least = fmax(least, p->x[i] + beyond(p) + MARGIN - left);
	}
	return least;
}

/* Where T, which begins, ends: at LIMIT at the latest. */
static void
end_tile(const struct picture *p, struct tile *t, double limit)
{
	t->to = t->right = limit;
	for (size_t i = 0; i < p->l->ncolumns; i++) {
		if (p->x[i] <= t->from || p->x[i] + beyond(p) > limit)
			continue;
		t->to = p->x[i];
		t->right = p->x[i] + beyond(p);
	}
	if (t->to < limit || p->lane <= 0)
		return;
	for (double x = p->marks_at - LANE; x <= limit; x += p->lane)
		if (x > t->from)
			t->to = t->right = x;
}

/*
 * A page ends behind a lifeline, which stands on the next one again: so an
 * arrow between two neighbours is whole on one page, and of a longer one each
 * page has its way from lifeline to lifeline. Brackets at the right are parted
 * between their lanes.
 */
int
picture_break_beside(struct picture *p, double window)
{
	struct tile t = { -INFINITY, 0, -INFINITY, 0 };

	p->tiles.window = fmax(window, least_window(p));
	for (p->tiles.n = 0; t.to < INFINITY; p->tiles.n++) {
		double edge = p->tiles.n > 0 ? t.left - MARGIN : 0;

		if (ARRAY_RESIZE(&p->tiles.parts, p->tiles.n + 1) != 0)
			return ERR_NOMEM;
		if (edge + p->tiles.window >= p->width)
			t.to = t.right = INFINITY;
		else
			end_tile(p, &t, edge + p->tiles.window - MARGIN);
		p->tiles.parts[p->tiles.n] = t;
		t.from = t.to;
		t.left = t.to - (t.right - t.to);
	}
	if (p->tiles.n == 1)
		p->tiles.window = p->width;
	return 0;
}

void
picture_beside(struct picture *p, size_t tile)
{
	p->tiles.now = tile;
	p->tiles.edge = tile > 0 ? p->tiles.parts[tile].left - MARGIN : 0;
}

/* The page's part of the ladder: all of it where none is next to it. */
static const struct tile *
tile_of(const struct picture *p)
{
	static const struct tile whole = { .from = -INFINITY,
		.to = INFINITY,
		.left = -INFINITY,
		.right = INFINITY };

	return p->tiles.n > 1 ? &p->tiles.parts[p->tiles.now] : &whole;
}

bool
picture_tile_has(const struct picture *p, double x)
{
	const struct tile *t = tile_of(p);

	return x >= t->from && x < t->to;
}

bool
picture_has_some(const struct picture *p, double x, double end)
{
	const struct tile *t = tile_of(p);

	return fmax(x, end) > t->from + BEYOND && fmin(x, end) < t->to - BEYOND;
}

bool
picture_part(const struct picture *p, double *left, double *right)
{
	const struct tile *t = tile_of(p);

	*left = fmax(*left, t->left);
	*right = fmin(*right, t->right);
	return *left < *right;
}

/* ---- cuts ---- */

/* In front of a row, in units of y: its label stands above it.  How far below
 * the row before at least. */
static const double before[] = { 0.5, 0.6, 0.7, 0.8 };

#define BEHIND 0.15

static bool
goes_over(const struct layout_row *r)
{
	return r->item == LAYOUT_TIMER || r->item == LAYOUT_MEDIA;
}

static bool
has_no_text(const struct picture *p, double y)
{
	const struct placed strip = {
		.right = p->width, .top = y - 1, .bottom = y + 1
	};

	return picture_free(p, &strip);
}

/* The height of a cut between LOW and TOP, units of y; 0: there is none. */
static double
find_page_cut(const struct picture *p, double low, double top)
{
	for (size_t i = 0; i < COUNT_OF(before); i++) {
		double y = picture_paper_y(p, top - before[i]);

		if (top - before[i] >= low + BEHIND && has_no_text(p, y))
			return y;
	}
	return 0;
}

static int
add_cut(struct ladder_cuts *cuts, double y)
{
	if (ARRAY_RESIZE(&cuts->at, cuts->n + 1) != 0)
		return ERR_NOMEM;
	cuts->at[cuts->n++] = y;
	return 0;
}

/*
 * The picture may be cut, so that it goes on on another page, in front of a
 * row, where no line is under way and no text stands. Lifelines, states and
 * timers go over the cut.
 */
int
picture_cut(const struct picture *p, struct ladder_cuts *cuts)
{
	double scale = picture_scale(p), low = 0;
	int err = 0;

	cuts->names_top = (p->head - 2) * scale;
	cuts->names_bottom = (p->top + 6) * scale;
	cuts->type = SMALLEST_TYPE * scale;
	for (size_t i = 0; err == 0 && i < p->l->nrows; i++) {
		const struct layout_row *r = &p->l->rows[i];
		double y = find_page_cut(p, low, fmin(r->y, r->y_end));

		if (i > 0 && y > 0)
			err = add_cut(cuts, y * scale);
		if (!goes_over(r))
			low = fmax(low, fmax(r->y, r->y_end));
	}
	return err;
}

void
ladder_cuts_free(struct ladder_cuts *cuts)
{
	mem_free(cuts->at);
	*cuts = (struct ladder_cuts){ .at = NULL };
}
