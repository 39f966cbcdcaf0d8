/*
 * The ladder's picture made to fit: smaller where a page or column is narrow,
 * wider where texts find no room.
 */
#include <math.h>

#include "ladder/ladder_figure_in.h"

#define LABEL_SMALL 8.5 /* where room is short */

/* ---- to a width in print ---- */

/* How much smaller everything becomes before labels have smaller type, before
 * they have two lines, and before they are cut. */
#define SCALE_SMALL 0.9
#define SCALE_TWO   0.75
#define SCALE_CUT   ((LADDER_TYPE_LEAST + 0.05) / SMALLEST_TYPE)
/* Where a ladder goes over several pages beside each other. */
#define SCALE_TILE 0.8
/* Between two lifelines, at least, in points before scaling. */
#define LEAST_CUT  58.0
#define LEAST_TILE 76.0 /* on pages beside each other */

/* What a row would like to have between two lifelines. */
static double
row_least(const struct picture *p, const struct layout_row *r)
{
	const struct layout *l = p->l;
	double w;

	if (r->item == LAYOUT_TIMER && r->from + 1 < l->ncolumns &&
	    !p->fit.narrow) {
		w = figure_text_width(r->label, 9, true) + 32;
		if (r->since != LAYOUT_NONE && l->rows[r->since].number > 0)
			w += figure_text_width(STR(" (since F99)"), 9, true);
		return w;
	}
	if (r->item != LAYOUT_MESSAGE)
		return 0;
	w = picture_words_width(p, r, LABEL_WHOLE);
	if (p->fit.two)
		w = fmin(w, picture_words_width(p, r, LABEL_TWO));
	w += !p->fit.narrow ? 24 : l->nbars > 0 ? 21 : 12;
	if (r->lost && !r->loss.arrived && !p->fit.bare)
		w += 20 + figure_text_width(r->loss.text, 8.5, false) / 2;
	return w;
}

/* LEAST, or what notes need between two lifelines, where they are there. */
static double
with_notes(const struct picture *p, double least)
{
	double notes = p->fit.over ? 0 : picture_notes_width(p->l, LAYOUT_NONE);

	least = notes > 0 && notes + 34 > least ? notes + 34 : least;
	return least + p->lanes;
}

static bool
numbered(const struct layout *l)
{
	for (size_t i = 0; i < l->nrows; i++)
		if (l->rows[i].number > 0)
			return true;
	return false;
}

/* With numbers in front of labels it is more. */
static double
least_cut(const struct picture *p)
{
	return with_notes(p, LEAST_CUT + (numbered(p->l) ? 8 : 0));
}

/* What the widest label needs. */
static double
label_least(const struct picture *p)
{
	double widest = least_cut(p);

	for (size_t i = 0; i < p->l->nrows; i++) {
		double w = row_least(p, &p->l->rows[i]) + p->lanes;

		widest = w > widest ? w : widest;
	}
	return widest;
}

/* Makes columns as wide as WIDTH lets them be, within limits. */
static void
set_columns(struct picture *p, double width, double least, double most)
{
	size_t n = p->l->ncolumns;
	double span = n > 1 ? p->l->columns[n - 1].x - p->l->columns[0].x : 0;

	/* The parts at the sides depend a little on the columns. */
	for (int i = 0; span > 0 && i < 4; i++) {
		double column = p->column + (width - p->fit.least_width) / span;

		column = column < most ? column : most;
		column = column > least ? column : least;
		if (fabs(column - p->column) < 0.1)
			break;
		picture_measure(p, column);
	}
}

static double
less(double a, double b)
{
	return a < b ? a : b;
}

/*
 * What gives way, one after the other, in a page or column that is too narrow.
 * First the room beside labels goes; then labels have smaller type, and all of
 * it is drawn somewhat smaller; then labels have two lines. Labels are cut only
 * if the smallest type would be too small to read, and only at last everything
 * becomes as small as it must.
 */
static const struct {
	double label_size;
	double scale; /* down to that everything is drawn smaller */
	bool narrow, two, bare, cut;
} ways[] = {
	{ LABEL_SIZE, SCALE_SMALL, false, false, false, false },
	{ LABEL_SMALL, SCALE_TWO, true, false, false, false },
	{ LABEL_SMALL, SCALE_TWO, true, true, true, false },
	{ LABEL_SMALL, SCALE_CUT, true, true, true, false },
	{ LABEL_SMALL, SCALE_CUT, true, true, true, true },
};

/* If there is more room than needed, columns take it; type never grows. */
void
picture_fit(struct picture *p)
{
	double natural = p->fit.natural = p->column;

	if (p->fit.printed <= 0)
		return;
	if (p->fit.least_width <= p->fit.printed) {
		set_columns(p, p->fit.printed, natural,
		    natural > COLUMN_MOST ? natural : COLUMN_MOST);
		return;
	}
	p->fit.squeezed = true;
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		/* A page of paper has more on it. */
		if ((p->fit.smaller || p->o->paper_height > 0) && ways[i].two &&
		    ways[i].scale > SCALE_CUT)
			continue;
		p->types.label = ways[i].label_size;
		p->fit.narrow = ways[i].narrow;
		p->fit.two = ways[i].two;
		p->fit.bare = ways[i].bare;
		p->fit.over =
		    p->fit.narrow && !p->fit.keep_off && p->o->marks == NULL;
		picture_measure(p, p->column);
		set_columns(p, p->fit.printed / ways[i].scale,
		    ways[i].cut ? less(least_cut(p), p->column)
				: less(label_least(p), p->column),
		    p->column);
		if (p->fit.printed >= p->fit.least_width * ways[i].scale - 0.5)
			return;
	}
}

int
picture_tile(struct picture *p)
{
	p->tiles.n = 1;
	p->tiles.window = p->width;
	if (p->o->paper_width <= 0 ||
	    SMALLEST_TYPE * picture_scale(p) >= LADDER_TYPE_LEAST)
		return 0;
	p->types.label = LABEL_SIZE;
	p->fit.narrow = p->fit.two = p->fit.bare = p->fit.over = false;
	picture_measure(
	    p, fmax(less(label_least(p), p->fit.natural), LEAST_TILE) +
		   p->fit.wider);
	return picture_break_beside(p, p->fit.printed / SCALE_TILE);
}

double
picture_scale(const struct picture *p)
{
	return p->fit.printed > 0
		   ? p->fit.printed / (p->tiles.window - 2 * p->fit.cut)
		   : 1;
}

/* ---- more room, where texts find none ---- */

/* How much higher a unit of true time becomes: each time, at most. */
#define STRETCH      1.4
#define STRETCH_MOST 6.0
#define WIDER        8 /* attempts */
#define SCALE_WIDER  0.7
/* What stays below the last thing there is. */
#define TRIM_LEAVES 6.0

/* How many texts find no place, as it is measured. */
static size_t
count_tight(struct picture *p, const struct figure_device *device)
{
	struct buf nothing = BUF_INIT;

	p->figure = (struct figure){
		.device = device, .out = &nothing, .width = p->width
	};
	p->fit.tight = p->fit.struck = 0;
	for (size_t i = 0; i < p->pages.n * p->tiles.n; i++) {
		picture_begin(p, i);
		picture_settle(p);
	}
	return nothing.err != 0 ? 0 : p->fit.tight;
}

/* Where notes are many and true time gives them little room, there is more at
 * the right and below, as far as that helps. */
static int
widen_for_notes(struct picture *p, const struct figure_device *device)
{
	double notes = picture_notes_width(p->l, LAYOUT_NONE);
	double more = p->more, below = p->below;
	size_t least, tight;
	int err = 0;

	if (notes <= 0 || !p->l->true_time || p->l->nrows > TIPS_MOST ||
	    p->tiles.n > 1)
		return 0;
	least = tight = count_tight(p, device);
	for (int i = 0; err == 0 && i < 3 && tight > 0; i++) {
		p->more += p->fit.over ? 0 : notes + 12;
		p->below += 60;
		err = picture_place_all(p);
		tight = err == 0 ? count_tight(p, device) : least;
		if (tight >= least)
			continue;
		least = tight;
		more = p->more;
		below = p->below;
	}
	if (err == 0 && p->more + p->below > more + below) {
		p->more = more;
		p->below = below;
		err = picture_place_all(p);
	}
	return err;
}

/* How much of it comes to stand on a line or a bar, and what can't be said,
 * on all pages. */
static size_t
count_struck(struct picture *p, const struct figure_device *device)
{
	struct buf nothing = BUF_INIT;
	unsigned long long unsaid = 0;

	p->figure = (struct figure){
		.device = device, .out = &nothing, .width = p->width
	};
	p->fit.struck = 0;
	for (size_t i = 0; i < p->pages.n * p->tiles.n; i++) {
		picture_begin(p, i);
		picture_settle(p);
		unsaid |= p->fit.unsaid;
	}
	p->fit.unsaid = unsaid;
	return nothing.err != 0 ? 0 : p->fit.struck;
}

static int
place_taller(struct picture *p, double taller, double wider, double below)
{
	p->fit.taller = taller;
	p->fit.wider = wider;
	p->below = below + 120 * taller;
	return picture_place_all(p);
}

/* Pages beside each other give more room to everything, where that helps, and
 * are more. */
static int
widen_parts(struct picture *p, const struct figure_device *device)
{
	double best_taller = 0, best_wider = 0, wider = 0;
	const double below = p->below;
	size_t least, struck;
	int err = 0;

	if (p->tiles.n <= 1 || p->l->nrows > TIPS_MOST)
		return 0;
	least = count_struck(p, device);
	if (least == 0)
		return 0;
	for (int i = 1; err == 0 && least > 0 && i <= WIDER; i++) {
		/* As long as the type need not be smaller for that. */
		wider += p->tiles.window + 20 < p->fit.printed / SCALE_WIDER
			     ? 20
			     : 0;
		err = place_taller(p, 0.25 * i, wider, below);
		struck = err == 0 ? count_struck(p, device) : least;
		if (struck >= least)
			continue;
		least = struck;
		best_taller = p->fit.taller;
		best_wider = wider;
	}
	if (err == 0)
		err = place_taller(p, best_taller, best_wider, below);
	return err;
}

/* Where true time has lines so close to each other that texts find no place,
 * there is more room at the right, then all of it becomes higher; what still
 * finds none is said in the foot. */
static int
stretch(struct picture *p, const struct figure_device *device)
{
	double best = 1;
	size_t least, struck;
	int err = 0;

	if (!p->l->true_time || p->l->nrows > TIPS_MOST)
		return 0;
	least = count_struck(p, device);
	while (err == 0 && least > 0 && p->fit.stretch < STRETCH_MOST) {
		if (p->fit.aside)
			p->fit.stretch =
			    fmin(p->fit.stretch * STRETCH, STRETCH_MOST);
		p->fit.aside = true;
		err = picture_place_all(p);
		struck = err == 0 ? count_struck(p, device) : least;
		if (struck >= least)
			continue;
		least = struck;
		best = p->fit.stretch;
	}
	if (err == 0 && p->fit.stretch > best) {
		p->fit.stretch = best;
		err = picture_place_all(p);
		(void)count_struck(p, device);
	}
	return err != 0 || p->fit.unsaid == 0 ? err : picture_place_all(p);
}

/* Narrow columns may have no room for a reason, which is then said in the
 * foot. */
static int
place_unsaid(struct picture *p, const struct figure_device *device)
{
	if (!p->fit.bare || p->l->true_time || p->l->nrows > TIPS_MOST)
		return 0;
	(void)count_struck(p, device);
	return p->fit.unsaid != 0 ? picture_place_all(p) : 0;
}

static int
widen(struct picture *p, const struct figure_device *device)
{
	int err = widen_for_notes(p, device);

	if (err == 0)
		err = widen_parts(p, device);
	if (err == 0)
		err = stretch(p, device);
	return err == 0 ? place_unsaid(p, device) : err;
}

/* In true time texts have found their places page by page: pages get about as
 * much as each other only where no more is struck through for that. */
static int
make_alike(struct picture *p, const struct figure_device *device)
{
	size_t before;
	int err;

	if (!p->l->true_time || !p->fit.uneven || p->l->nrows > TIPS_MOST)
		return 0;
	before = count_struck(p, device);
	p->fit.alike = true;
	err = picture_place_all(p);
	if (err == 0 && count_struck(p, device) > before) {
		p->fit.alike = false;
		err = picture_place_all(p);
		if (err == 0)
			(void)count_struck(p, device);
	}
	return err != 0 || p->fit.unsaid == 0 ? err : picture_place_all(p);
}

/* All of it once more, measured again. */
static int
widen_again(struct picture *p, const struct figure_device *device)
{
	int err;

	p->more = p->below = 0;
	p->fit.stretch = 1;
	p->fit.aside = false;
	err = picture_place_all(p);
	return err == 0 ? widen(p, device) : err;
}

static int
widen_all(struct picture *p, const struct figure_device *device)
{
	int err = widen(p, device);

	/* In true time notes on lifelines may have no room there either: then
	 * they have it beside them, and type is smaller. */
	if (err == 0 && p->fit.over && p->l->true_time &&
	    p->l->nrows <= TIPS_MOST && count_struck(p, device) > 0) {
		p->fit.keep_off = true;
		err = widen_again(p, device);
	}
	/* Columns for labels on two lines may be too narrow for the rest. */
	if (err == 0 && p->fit.two && !p->fit.smaller && p->tiles.n == 1 &&
	    p->l->nrows <= TIPS_MOST && count_struck(p, device) > 0) {
		p->fit.smaller = true;
		err = widen_again(p, device);
	}
	return err;
}

/* Room below all rows that nothing has taken goes. */
static int
trim_below(struct picture *p, const struct figure_device *device)
{
	struct buf nothing = BUF_INIT;
	double lowest = 0;

	if (p->below <= 0)
		return 0;
	p->figure = (struct figure){
		.device = device, .out = &nothing, .width = p->width
	};
	for (size_t i = 0; i < p->tiles.n; i++) {
		picture_begin(p, (p->pages.n - 1) * p->tiles.n + i);
		picture_settle(p);
		lowest = fmax(lowest, picture_lowest(p));
	}
	p->below = fmax(
	    0, p->below - fmax(0, p->bottom - fmax(lowest, 0) - TRIM_LEAVES));
	return nothing.err != 0 ? nothing.err : picture_place_all(p);
}

/*
 * Everything is placed and nothing drawn, to see how much comes to stand on
 * lines and bars. Then there is more room at the right, between lifelines or
 * between rows, and the best attempt is kept.
 */
int
picture_widen(struct picture *p, const struct figure_device *device)
{
	int err = widen_all(p, device);

	if (err == 0)
		err = make_alike(p, device);
	return err == 0 ? trim_below(p, device) : err;
}
