/*
 * More room, where texts find none.  Everything is placed and nothing drawn, to
 * see how much comes to stand upon lines and bars; then there is more room at
 * the right, between lifelines or between rows, and the best attempt is kept.
 */
#include "ladder/ladder_figure_in.h"

#include <math.h>

/* How much higher a unit of true time becomes: each time, at most. */
#define STRETCH      1.4
#define STRETCH_MOST 6.0
#define WIDER        8 /* attempts */
#define SCALE_WIDER  0.7
/* What stays below the last thing there is. */
#define TRIM_LEAVES 6.0

/* Whether everything finds a place, as it is measured. */
static bool
has_room_between(struct picture *p, const struct figure_device *device)
{
	struct buf nothing = BUF_INIT;

	p->figure = (struct figure){
		.device = device, .out = &nothing, .width = p->width
	};
	p->tight = false;
	p->struck = 0;
	for (size_t i = 0; i < p->npages * p->tiles && !p->tight; i++) {
		picture_begin(p, i);
		picture_settle(p);
	}
	return !p->tight || nothing.err != 0;
}

/* Where notes are many and true time gives them little room, there is more at
 * the right and below. */
static int
widen_for_notes(struct picture *p, const struct figure_device *device)
{
	double notes = picture_notes_width(p->l, LAYOUT_NONE);
	int err = 0;

	if (notes <= 0 || !p->l->true_time || p->l->nrows > TIPS_MOST ||
	    p->tiles > 1)
		return 0;
	for (int i = 0; err == 0 && i < 3 && !has_room_between(p, device);
	     i++) {
		p->more += p->over ? 0 : notes + 12;
		p->below += 60;
		err = picture_place_all(p);
	}
	return err;
}

/* How much of it comes to stand upon a line or a bar, and what can't be said,
 * on all pages. */
static size_t
count_struck(struct picture *p, const struct figure_device *device)
{
	struct buf nothing = BUF_INIT;
	unsigned long long unsaid = 0;

	p->figure = (struct figure){
		.device = device, .out = &nothing, .width = p->width
	};
	p->struck = 0;
	for (size_t i = 0; i < p->npages * p->tiles; i++) {
		picture_begin(p, i);
		picture_settle(p);
		unsaid |= p->unsaid;
	}
	p->unsaid = unsaid;
	return nothing.err != 0 ? 0 : p->struck;
}

static int
place_taller(struct picture *p, double taller, double wider, double below)
{
	p->taller = taller;
	p->wider = wider;
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

	if (p->tiles <= 1 || p->l->nrows > TIPS_MOST)
		return 0;
	least = count_struck(p, device);
	if (least == 0)
		return 0;
	for (int i = 1; err == 0 && least > 0 && i <= WIDER; i++) {
		/* As long as the type need not be smaller for that. */
		wider += p->window + 20 < p->printed / SCALE_WIDER ? 20 : 0;
		err = place_taller(p, 0.25 * i, wider, below);
		struck = err == 0 ? count_struck(p, device) : least;
		if (struck >= least)
			continue;
		least = struck;
		best_taller = p->taller;
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
	while (err == 0 && least > 0 && p->stretch < STRETCH_MOST) {
		if (p->aside)
			p->stretch = fmin(p->stretch * STRETCH, STRETCH_MOST);
		p->aside = true;
		err = picture_place_all(p);
		struck = err == 0 ? count_struck(p, device) : least;
		if (struck >= least)
			continue;
		least = struck;
		best = p->stretch;
	}
	if (err == 0 && p->stretch > best) {
		p->stretch = best;
		err = picture_place_all(p);
		(void)count_struck(p, device);
	}
	return err != 0 || p->unsaid == 0 ? err : picture_place_all(p);
}

/* Narrow columns may have no room for a reason, which is then said in the
 * foot. */
static int
place_unsaid(struct picture *p, const struct figure_device *device)
{
	if (!p->bare || p->l->true_time || p->l->nrows > TIPS_MOST)
		return 0;
	(void)count_struck(p, device);
	return p->unsaid != 0 ? picture_place_all(p) : 0;
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

	if (!p->l->true_time || !p->uneven || p->l->nrows > TIPS_MOST)
		return 0;
	before = count_struck(p, device);
	p->alike = true;
	err = picture_place_all(p);
	if (err == 0 && count_struck(p, device) > before) {
		p->alike = false;
		err = picture_place_all(p);
		if (err == 0)
			(void)count_struck(p, device);
	}
	return err != 0 || p->unsaid == 0 ? err : picture_place_all(p);
}

/* All of it once more, measured anew. */
static int
widen_again(struct picture *p, const struct figure_device *device)
{
	int err;

	p->more = p->below = 0;
	p->stretch = 1;
	p->aside = false;
	err = picture_place_all(p);
	return err == 0 ? widen(p, device) : err;
}

static int
widen_all(struct picture *p, const struct figure_device *device)
{
	int err = widen(p, device);

	/* In true time notes upon lifelines may have no room there either: then
	 * they have it beside them, and type is smaller. */
	if (err == 0 && p->over && p->l->true_time &&
	    p->l->nrows <= TIPS_MOST && count_struck(p, device) > 0) {
		p->keep_off = true;
		err = widen_again(p, device);
	}
	/* Columns for labels on two lines may be too narrow for the rest. */
	if (err == 0 && p->two && !p->smaller && p->tiles == 1 &&
	    p->l->nrows <= TIPS_MOST && count_struck(p, device) > 0) {
		p->smaller = true;
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
	for (size_t i = 0; i < p->tiles; i++) {
		picture_begin(p, (p->npages - 1) * p->tiles + i);
		picture_settle(p);
		lowest = fmax(lowest, picture_lowest(p));
	}
	p->below = fmax(
	    0, p->below - fmax(0, p->bottom - fmax(lowest, 0) - TRIM_LEAVES));
	return nothing.err != 0 ? nothing.err : picture_place_all(p);
}

int
picture_widen(struct picture *p, const struct figure_device *device)
{
	int err = widen_all(p, device);

	if (err == 0)
		err = make_alike(p, device);
	return err == 0 ? trim_below(p, device) : err;
}
