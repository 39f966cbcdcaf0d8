/*
 * Figures on pages.  One that does not fit what is left of a page becomes a
 * little smaller, or stands on the next page where little is left empty by
 * that; a longer one is cut where it may be, and each part fills its page but
 * for the last, behind which the text goes on.
 */
#include "draw/paper_press_in.h"

#include <math.h>

/* So much smaller it becomes, to fit a page. */
#define SMALLER 0.85
/* Of a page: what may stay empty below which a figure is not cut; what a part
 * of one has at least. */
#define EMPTY_MOST 0.25
#define PART_LEAST 0.12

enum place { PLACE_HERE, PLACE_NEXT, PLACE_CUT };

static double
page_height(const struct press *s)
{
	return BOTTOM - press_top(s);
}

static double
scale_across(const struct paper_figure *f)
{
	return fmin(1, FULL / f->width);
}

/* The factor by which F fits ROOM, if it is to become no smaller than LEAST;
 * else 0. */
static double
scale_to(const struct paper_figure *f, double room, double least)
{
	double scale = fmin(scale_across(f), room / f->height);

	return scale >= fmax(least, f->least) ? scale : 0;
}

/* Where F stands that would begin ABOVE points further down the page, and by
 * what factor. */
static enum place
choose_figure_place(const struct press *s, const struct paper_figure *f,
    double above, double *scale)
{
	double page = page_height(s), room = BOTTOM - s->y - above;
	double least = SMALLER * scale_across(f);

	*scale = scale_to(f, room, least);
	if (*scale > 0)
		return PLACE_HERE;
	/* What can't be cut becomes as small as it must. */
	*scale = f->ncuts == 0 ? fmin(scale_across(f), page / f->height)
			       : scale_to(f, page, 0);
	if (f->ncuts == 0)
		return f->height * *scale > room ? PLACE_NEXT : PLACE_HERE;
	if (*scale > 0 && room < page * EMPTY_MOST)
		return PLACE_NEXT;
	*scale = scale_across(f);
	return room < page * EMPTY_MOST ? PLACE_NEXT : PLACE_CUT;
}

double
press_measure_figure(
    const struct press *s, const struct paper_figure *f, double above)
{
	double scale;

	switch (choose_figure_place(s, f, above, &scale)) {
	case PLACE_HERE:
		return f->height * scale;
	case PLACE_NEXT:
		return page_height(s);
	default:
		return page_height(s) * EMPTY_MOST;
	}
}

/* What lies between FROM and TO of F, points before SCALE. */
static void
put_part(struct press *s, const struct paper_figure *f, double scale,
    double from, double to)
{
	struct sheet *sheet = press_sheet(s);

	if (sheet->nparts == PAPER_FIGURES_MAX)
		return;
	sheet->parts[sheet->nparts++] = (struct raster_part){
		.svg = buf_view(&f->svg),
		.x = MARGIN + (FULL - f->width * scale) / 2,
		.y = s->y - from * scale,
		.width = f->width * scale,
		.height = f->height * scale,
		.from = from * scale,
		.to = to * scale,
	};
	s->y += (to - from) * scale;
}

/* The last place at which the part from FROM on can be cut that is to be MOST
 * high at most; its end: it need not be cut; 0: it can't. */
static double
find_cut(const struct paper_figure *f, double from, double most, double least)
{
	double best = 0;

	if (f->height - from <= most)
		return f->height;
	for (size_t i = 0; i < f->ncuts; i++)
		if (f->cuts[i] - from <= most && f->cuts[i] > from &&
		    f->height - f->cuts[i] >= least)
			best = f->cuts[i];
	return best;
}

/* F over pages, from the present one on. */
static void
put_cut(struct press *s, const struct paper_figure *f, double scale)
{
	double least = page_height(s) * PART_LEAST / scale, from = 0;

	while (s->err == 0 && from < f->height) {
		double room = (BOTTOM - s->y) / scale, to;

		if (from > 0)
			room -= f->names_bottom - f->names_top;
		to = find_cut(f, from, room, least);
		/* Nothing there is high enough for a page to have no place. */
		if (to <= 0 && s->y <= press_top(s))
			to = fmin(from + fmax(room, least), f->height);
		if (to > 0 && from > 0)
			put_part(s, f, scale, f->names_top, f->names_bottom);
		if (to > 0) {
			put_part(s, f, scale, from, to);
			from = to;
		}
		if (from < f->height)
			press_begin_sheet(s);
	}
}

void
press_put_figure(struct press *s, const struct paper_figure *f)
{
	double scale;
	enum place place = choose_figure_place(s, f, 0, &scale);

	if (place == PLACE_NEXT && s->y > press_top(s)) {
		press_begin_sheet(s);
		if (s->err != 0)
			return;
		place = choose_figure_place(s, f, 0, &scale);
	}
	if (place == PLACE_CUT)
		put_cut(s, f, scale);
	else
		put_part(s, f, scale, 0, f->height);
	s->y += BODY;
}
