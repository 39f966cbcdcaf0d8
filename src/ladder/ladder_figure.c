/*
 * The ladder's picture: how large it is and in which order it is drawn.  What
 * is drawn later lies above: bars and lines over lifelines, texts over all.
 */
#include "ladder/ladder_figure.h"

#include "base/err.h"
#include "base/mem.h"
#include "ladder/ladder_figure_in.h"

#include <math.h>

/* Points. */
#define MARGIN     30.0
#define AXIS_WIDTH 72.0
#define UNIT_ORDER 27.0
#define UNIT_TRUE  28.0
/* How much higher that becomes where it is crowded: each time, at most. */
#define STRETCH      1.4
#define STRETCH_MOST 6.0
#define SIDE         72.0
/* Of a node's place in its domain's box, at both sides of its lifeline. */
#define HALF_LEAST 50.0
#define HALF_MOST  76.0
#define TITLE_MOST 900.0
#define FOOT       64.0
#define SENTENCES  26.0 /* of it */
#define NAMES      52.0
/* Of the axis of time, from the first lifeline; what it takes at least where
 * room is short. */
#define CUT         22.0 /* of the margins, in a column of a report */
#define AXIS_AWAY   92.0
#define AXIS_CLOSE  24.0
#define FRAME       12.0 /* of a domain, beside a name */
#define TIMES       56.0
#define WIDER       8 /* attempts */
#define SCALE_WIDER 0.7
#define WIDTH_OWN   420.0
#define WIDTH_LEAST 240.0
/* Lines that would be seen as one, in units of the layout; how far apart they
 * are drawn, and of how many, in points; rows that are looked at for that. */
#define ONE_LINE    0.06
#define PARTED      5.0
#define PARTED_MOST 35.0
#define NEAR        200

double
picture_y(const struct picture *p, double y)
{
	return p->top + 22 + (y - p->from) * p->unit;
}

/*
 * Where a message was lost.  The text that says so stands behind the cross,
 * where its line would have gone on: the cross keeps clear of the next lifeline
 * by as much, as far as the label in front allows.
 */
static double
lost_x(const struct picture *p, const struct layout_row *r)
{
	double from = p->x[r->from], to = p->x[r->to];
	double sign = to > from ? 1 : -1, x = from + (to - from) * 0.5;
	double text = figure_text_width(r->lost_text, 8.5, false) + 16;
	double start = from, end = to;

	/* The gap between two lifelines that its middle lies in. */
	for (size_t i = 0; i < p->l->ncolumns; i++) {
		if ((p->x[i] - x) * sign > 1 && (p->x[i] - end) * sign < 0)
			end = p->x[i];
		if ((x - p->x[i]) * sign > -1 && (p->x[i] - start) * sign > 0)
			start = p->x[i];
	}
	if ((end - x) * sign < text)
		x = end - sign * text;
	if ((x - start) * sign < (end - start) * sign * 0.4)
		x = start + (end - start) * 0.4;
	return x;
}

/* Whether their lines would be seen as one. */
static bool
are_one_line(const struct layout_row *a, const struct layout_row *b)
{
	bool same = a->from == b->from && a->to == b->to;
	bool back = a->from == b->to && a->to == b->from;

	if (a->item != LAYOUT_MESSAGE || b->item != LAYOUT_MESSAGE ||
	    a->from == a->to)
		return false;
	return (same && fabs(a->y - b->y) < ONE_LINE &&
		   fabs(a->y_end - b->y_end) < ONE_LINE) ||
	       (back && fabs(a->y - b->y_end) < ONE_LINE &&
		   fabs(a->y_end - b->y) < ONE_LINE);
}

/* In order of sending, each below those before it; of very many, less. */
void
picture_part_lines(struct picture *p)
{
	const struct layout *l = p->l;

	for (size_t i = 1; l->true_time && i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];
		double below = 0;

		for (size_t k = i; k-- > 0 && i - k < NEAR;) {
			if (l->rows[k].y < r->y - ONE_LINE)
				break;
			if (are_one_line(&l->rows[k], r))
				below = fmax(
				    below, p->stands[k].down +
					       (p->stands[k].down < PARTED_MOST
						       ? PARTED
						       : PARTED / 8));
		}
		p->stands[i].down = below;
	}
}

void
picture_line(const struct picture *p, const struct layout_row *r,
    struct figure_point line[2], struct figure_point *arrow)
{
	double sign = r->from < r->to ? 1 : -1, part;
	double down = p->stands[r - p->l->rows].down;

	line[0] = (struct figure_point){
		p->x[r->from] + sign * picture_bar_half(p, r->from, r->y),
		picture_y(p, r->y) + down
	};
	line[1] = (struct figure_point){
		p->x[r->to] - sign * picture_bar_half(p, r->to, r->y_end),
		picture_y(p, r->y_end) + down
	};
	if (arrow != NULL)
		*arrow = line[1];
	if (r->lost && !r->arrived) {
		part = (lost_x(p, r) - line[0].x) / (line[1].x - line[0].x);
		line[1].x = lost_x(p, r);
		/* It fell as far as others do on their whole way. */
		if (r->y_end <= r->y + 0.01 && p->l->true_time)
			line[1].y += p->unit * part;
		if (arrow != NULL)
			arrow->y = line[0].y + (line[1].y - line[0].y) / part;
	}
	if (r->under_way) {
		/* Nobody knows how far it has come. */
		line[1].x = (line[0].x + line[1].x) / 2;
		line[1].y += p->l->true_time ? p->unit / 2 : 0;
	}
}

/* Of its role on one line. */
static double
role_width(struct str role)
{
	struct buf lines[2] = { BUF_INIT, BUF_INIT };
	double width;

	picture_role(role, 1e6, lines);
	width = figure_text_width(buf_view(&lines[0]), ROLE_SIZE, false);
	buf_free(&lines[0]);
	buf_free(&lines[1]);
	return width;
}

/* What timers and brackets take of the room between two lifelines; one lane
 * has room in any case. */
static double
lanes_width(const struct picture *p)
{
	double widest = 0;

	for (size_t i = 0; i < p->l->nrows; i++) {
		const struct layout_row *r = &p->l->rows[i];
		double reach;

		if (r->item != LAYOUT_TIMER || r->from + 1 == p->l->ncolumns)
			continue;
		reach = picture_timer_reach(p, r) - 12;
		widest = reach > widest ? reach : widest;
	}
	return widest + picture_brackets_width(p);
}

/* A timer's name beside its line, and that line; lanes come on top. */
static double
timer_width(const struct picture *p, const struct layout_row *r)
{
	const struct layout *l = p->l;
	double w = figure_text_width(r->label, 10.5, true) + 62, own;

	own = figure_text_width(r->label, 9, true) + 40;
	if (r->since != LAYOUT_NONE && l->rows[r->since].number > 0)
		own += figure_text_width(STR(" (since F99)"), 9, true);
	return fmax(w, own);
}

/* Room for the widest label between two lifelines. */
static double
column_width(const struct picture *p)
{
	const struct layout *l = p->l;
	double widest = COLUMN_LEAST, notes;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];
		double w;

		if (r->item == LAYOUT_NOTE || r->item == LAYOUT_REFUSED)
			continue;
		w = r->item == LAYOUT_TIMER
			? timer_width(p, r)
			: figure_text_width(r->label, 10.5, true) + 62;
		/* Turned labels need more room for their numbers. */
		if (r->number > 0 && l->true_time)
			w += 22;
		if (r->lost && !r->arrived)
			w += 20 +
			     figure_text_width(r->lost_text, 8.5, false) / 2;
		if (w > widest)
			widest = w;
	}
	for (size_t i = 0; i < l->ncolumns; i++) {
		double w = role_width(l->columns[i].role) + 34;
		double name = figure_text_width(l->columns[i].label, 12, true);

		if (name + 16 > w)
			w = name + 16;
		w = w < 2 * HALF_MOST + 12 ? w : 2 * HALF_MOST + 12;
		if (w > widest)
			widest = w;
	}
	/* Notes stand between lifelines. */
	notes = picture_notes_width(l, LAYOUT_NONE) + 34;
	widest = notes > widest ? notes : widest;
	return widest < COLUMN_MOST ? widest : COLUMN_MOST;
}

static double
half_of(const struct layout *l, double column)
{
	double half = HALF_LEAST;

	for (size_t i = 0; i < l->ncolumns; i++) {
		const struct layout_column *c = &l->columns[i];
		double name = figure_text_width(c->label, 12, true) / 2 + 8;
		double role = role_width(c->role) / 2 + 8;

		half = name > half ? name : half;
		half = role > half ? role : half;
	}
	half = half < HALF_MOST ? half : HALF_MOST;
	return half < column / 2 - 5 ? half : column / 2 - 5;
}

/* Lines for the roles, as wide as the names' places are. */
static int
role_lines(const struct picture *p)
{
	int most = 1;

	for (size_t i = 0; i < p->l->ncolumns; i++) {
		struct buf lines[2] = { BUF_INIT, BUF_INIT };
		int n =
		    picture_role(p->l->columns[i].role, 2 * p->half - 8, lines);

		most = n > most ? n : most;
		buf_free(&lines[0]);
		buf_free(&lines[1]);
	}
	return most;
}

/* What is lost at the last lifeline has its reason behind it, if need be. */
static double
reason_aside(const struct picture *p, const struct layout_row *r)
{
	if (!p->aside || !r->lost || !r->arrived || r->to + 1 < p->l->ncolumns)
		return 0;
	return fmin(figure_text_width(r->lost_text, 8.5, false),
		   p->column * 0.9) +
	       24;
}

/* What the timers of the last lifeline take at its right; its notes stand
 * there, too, and in true time those of others. */
/* Pages beside each other have room for names beside all of its lines. */
static double
last_reach(const struct picture *p)
{
	double reach = 0;

	for (size_t i = 0; i < p->l->nrows && p->taller > 0; i++) {
		const struct layout_row *r = &p->l->rows[i];

		if (r->item == LAYOUT_TIMER && r->from + 1 == p->l->ncolumns)
			reach = fmax(reach, picture_timer_reach(p, r) + 8);
	}
	return reach;
}

static double
side_width(const struct picture *p, double least)
{
	const struct layout *l = p->l;
	double notes = picture_notes_width(
	    l, l->true_time ? LAYOUT_NONE : l->ncolumns - 1);
	double widest = notes + 56 > least && notes > 0 ? notes + 56 : least;
	double reach = last_reach(p);

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];
		double w = figure_text_width(r->label, 9, true) + 18;

		widest = fmax(widest, reason_aside(p, r));
		if (r->from + 1 == l->ncolumns)
			widest = fmax(widest, picture_media_aside(r));
		if (r->item != LAYOUT_TIMER || r->from + 1 < l->ncolumns)
			continue;
		w += fmax(picture_timer_reach(p, r), reach);
		if (r->since != LAYOUT_NONE && l->rows[r->since].number > 0)
			w += figure_text_width(STR(" (since F99)"), 9, true);
		widest = w > widest ? w : widest;
	}
	return widest;
}

/* How wide it is: what its parts need, and what the title would like. */
static void
measure_width(struct picture *p)
{
	double least = WIDTH_OWN, title = picture_title_width(p);

	if (p->printed > 0 && p->printed < least)
		least = p->printed > WIDTH_LEAST ? p->printed : WIDTH_LEAST;
	p->width =
	    p->marks_at +
	    picture_marks_width(p->o->marks, p->o->paper_height > 0, &p->lane) +
	    MARGIN;
	p->least_width = p->width - 2 * p->cut;
	p->width = p->width > least ? p->width : least;
	/* A long title makes it wider, within limits. */
	title = title < TITLE_MOST ? title : TITLE_MOST;
	if (p->printed <= 0 && p->width < title)
		p->width = title;
	/* A narrow ladder is not made larger. */
	if (p->width - 2 * p->cut < p->printed)
		p->width = p->printed + 2 * p->cut;
	p->least_width =
	    p->least_width > WIDTH_LEAST ? p->least_width : WIDTH_LEAST;
}

/* From the times to the first lifeline, where there is little room: the first
 * name stands above the times. */
static double
axis_close(const struct picture *p)
{
	double name = p->half + FRAME - TIMES;

	return name > AXIS_CLOSE ? name : AXIS_CLOSE;
}

void
picture_measure(struct picture *p, double column)
{
	const struct layout *l = p->l;
	double x;

	p->column = column;
	p->lanes = lanes_width(p);
	p->label = column - p->lanes - (p->squeezed ? 10 : 18) -
		   (l->nbars > 0 ? 9 : 0);
	p->half = half_of(l, column);
	p->unit = (l->true_time ? UNIT_TRUE * p->stretch : UNIT_ORDER) *
		  (1 + p->taller);
	p->axis =
	    p->squeezed && p->o->marks == NULL ? axis_close(p) : AXIS_AWAY;
	x = p->squeezed ? MARGIN + TIMES + p->axis : MARGIN + AXIS_WIDTH + SIDE;
	p->left = x;
	for (size_t i = 0; i < l->ncolumns; i++)
		p->x[i] = round(x + l->columns[i].x * column);
	p->right = l->ncolumns > 0 ? p->x[l->ncolumns - 1] : x + column;
	p->marks_at = p->right +
		      side_width(p, p->squeezed ? p->half + 6 : SIDE) + p->more;
	measure_width(p);
	p->head = MARGIN;
	if ((p->o->title != NULL ? p->o->title[0] != '\0' : l->title.n > 0))
		p->head += 24;
	if (p->o->subtitle != NULL)
		p->head += 18;
	/* Names without domains need no line for them. */
	p->head += l->ndomains > 0 ? 6 : -6;
	p->role_lines = role_lines(p);
	p->names = NAMES + 10 * (p->role_lines - 1);
	p->top = p->head + p->names + 2;
}

/* What the legend and the footer take. */
static double
foot_height(const struct picture *p)
{
	double sentences = picture_sentences_height(p);

	return FOOT + (sentences > SENTENCES ? sentences - SENTENCES : 0) +
	       (p->l->nbars > 0 || p->l->nworks > 0 ? 16 : 0) +
	       (layout_warning(p->l) != NULL ? 16 : 0);
}

/* The pages, and how large each is. */
static int
measure_pages(struct picture *p)
{
	const struct ladder_figure_options *o = p->o;
	double above = p->top + 22, below = 26 + p->below + foot_height(p);

	p->npages = 0;
	p->to = p->l->height;
	if (o->paper_width <= 0 || o->paper_height <= 0) {
		p->npages = 1;
		p->height = above + p->l->height * p->unit + below;
		return 0;
	}
	p->height = p->window * o->paper_height / o->paper_width;
	/* Nor is there ever less than a few rows on a page. */
	if (p->height - above - below < 8 * p->unit)
		p->height = above + below + 8 * p->unit;
	return picture_break(p, p->height - above - below);
}

static struct str
name_of(const struct picture *p)
{
	return p->l->title.n > 0 ? p->l->title : STR("ladder");
}

/* "Ladder diagram: Alice, atl, Bob. Messages: …" */
static void
put_about(const struct picture *p, struct buf *b)
{
	const struct layout *l = p->l;
	const char *warning = layout_warning(l);
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < l->ncolumns; i++) {
		if (i > 0)
			buf_puts(&names, _(", "));
		buf_str(&names, l->columns[i].label);
	}
	/* TRANSLATORS: the nodes, "Alice, atl, Bob" */
	buf_printf(b, _("Ladder diagram of %s."), buf_cstr(&names));
	buf_putc(b, ' ');
	buf_free(&names);
	buf_printf(b, _("Messages: %zu; lost: %zu; retransmitted: %zu."),
	    l->nmessages + l->nfolded, l->nlost, l->nretx);
	if (warning != NULL) {
		buf_putc(b, ' ');
		buf_puts(b, warning);
	}
}

static void
free_picture(struct picture *p)
{
	mem_free(p->x);
	mem_free(p->breaks);
	mem_free(p->parts);
	mem_free(p->bars);
	mem_free(p->bars_of);
	list_free(&p->list);
	mem_free(p->stands);
	mem_free(p->titles);
	picture_room_free(p);
	mem_free(p);
}

/* Where everything stands, on which paper. */
static int
place(struct picture *p)
{
	int err;

	mem_free(p->breaks);
	mem_free(p->parts);
	p->breaks = NULL;
	p->parts = NULL;
	p->squeezed = false;
	picture_measure(p, column_width(p) + lanes_width(p));
	picture_fit(p);
	err = picture_tile(p);
	return err != 0 ? err : measure_pages(p);
}

/* Page PAGE of the ladder's, from 0. */
static void
begin_page(struct picture *p, size_t page)
{
	picture_page(p, page / p->tiles);
	picture_beside(p, page % p->tiles);
	p->bottom = picture_y(p, p->to);
	if (p->page + 1 == p->npages)
		p->bottom += 26 + p->below;
}

/* Whether everything finds a place, as it is measured. */
static bool
has_room(struct picture *p, const struct figure_device *device)
{
	struct buf nothing = BUF_INIT;

	p->figure = (struct figure){
		.device = device, .out = &nothing, .width = p->width
	};
	p->tight = false;
	p->struck = 0;
	for (size_t i = 0; i < p->npages * p->tiles && !p->tight; i++) {
		begin_page(p, i);
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
	for (int i = 0; err == 0 && i < 3 && !has_room(p, device); i++) {
		p->more += notes + 12;
		p->below += 60;
		err = place(p);
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
		begin_page(p, i);
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
	return place(p);
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
	least = struck = count_struck(p, device);
	while (err == 0 && least > 0 && p->stretch < STRETCH_MOST) {
		if (p->aside)
			p->stretch = fmin(p->stretch * STRETCH, STRETCH_MOST);
		p->aside = true;
		err = place(p);
		struck = err == 0 ? count_struck(p, device) : least;
		if (struck >= least)
			continue;
		least = struck;
		best = p->stretch;
	}
	if (err == 0 && p->stretch > best) {
		p->stretch = best;
		err = place(p);
		(void)count_struck(p, device);
	}
	return err != 0 || p->unsaid == 0 ? err : place(p);
}

static int
make_picture(struct picture **out, const struct layout *l,
    const struct ladder_figure_options *o, const struct figure_device *device)
{
	static const struct ladder_figure_options plain;
	struct picture *p = mem_zalloc(1, sizeof(*p));
	int err = ERR_NOMEM;

	*out = NULL;
	if (p == NULL)
		return ERR_NOMEM;
	p->l = l;
	p->stretch = 1;
	p->o = o != NULL ? o : &plain;
	p->x = mem_zalloc(l->ncolumns + 1, sizeof(*p->x));
	p->stands = mem_zalloc(l->nrows + 1, sizeof(*p->stands));
	p->titles = mem_zalloc(
	    p->o->marks != NULL ? p->o->marks->n + 1 : 1, sizeof(*p->titles));
	if (p->x != NULL && p->stands != NULL && p->titles != NULL)
		err = picture_sort_bars(p);
	if (err == 0) {
		picture_timer_lanes(p);
		picture_media_lanes(p);
		picture_part_lines(p);
		p->printed =
		    p->o->paper_width > 0 ? p->o->paper_width : p->o->width;
		p->cut = p->o->paper_width <= 0 && p->printed > 0 ? CUT : 0;
		err = place(p);
	}
	if (err == 0)
		err = widen_for_notes(p, device);
	if (err == 0)
		err = widen_parts(p, device);
	if (err == 0)
		err = stretch(p, device);
	if (err == 0)
		err = picture_list(p);
	if (err != 0) {
		free_picture(p);
		return err;
	}
	*out = p;
	return 0;
}

static void
clip_sides(struct picture *p)
{
	double left = p->edge, right = p->edge + p->window;

	picture_part(p, &left, &right);
	figure_clip_sides(&p->figure, left, right);
}

static void
draw_page(struct picture *p, const struct figure_device *device,
    const struct figure_info *info, struct buf *out)
{
	figure_begin(&p->figure, device, out, p->width, p->height, info);
	figure_size(&p->figure, p->printed);
	figure_cut(&p->figure, p->cut + p->edge,
	    p->tiles > 1 ? p->width - p->edge - p->window : p->cut);
	picture_settle(p);
	picture_extents(p);
	picture_head(p);
	if (p->tiles > 1)
		clip_sides(p);
	if (p->npages > 1 || p->tiles > 1)
		figure_clip(&p->figure, p->top, p->bottom);
	picture_axis(p);
	picture_bars(p);
	picture_works(p);
	picture_brackets(p);
	picture_rows(p);
	if (p->npages > 1 || p->tiles > 1)
		figure_clip_end(&p->figure);
	picture_foot(p);
	picture_list_below(p);
	figure_end(&p->figure);
}

/* Page PAGE of all, from 0. */
static void
draw(struct picture *p, const struct figure_device *device, size_t page,
    const struct figure_info *info, struct buf *out)
{
	if (page < p->npages * p->tiles) {
		begin_page(p, page);
		draw_page(p, device, info, out);
		return;
	}
	figure_begin(&p->figure, device, out, p->o->paper_width,
	    p->o->paper_height, info);
	picture_list_page(p, page - p->npages * p->tiles);
	figure_end(&p->figure);
}

int
ladder_figure_pages(const struct layout *l,
    const struct ladder_figure_options *o, const struct figure_device *device,
    ladder_page_fn *fn, void *arg)
{
	struct buf about = BUF_INIT, page = BUF_INIT;
	struct figure_info info;
	struct picture *p;
	int err = make_picture(&p, l, o, device);

	if (err != 0)
		return err;
	put_about(p, &about);
	info = (struct figure_info){ name_of(p), buf_view(&about),
		str_of(p->o->source != NULL ? p->o->source : "") };
	if (p->o->beside != NULL)
		*p->o->beside = p->tiles;
	if (p->o->type != NULL)
		*p->o->type = SMALLEST_TYPE * picture_scale(p);
	for (size_t i = 0; err == 0 && i < p->total; i++) {
		buf_clear(&page);
		draw(p, device, i, &info, &page);
		err = page.err != 0 ? page.err : about.err;
		if (err == 0)
			err = fn(&page, i, p->total, arg);
	}
	free_picture(p);
	buf_free(&page);
	buf_free(&about);
	return err;
}

static int
take_page(struct buf *page, size_t i, size_t n, void *arg)
{
	struct buf *out = arg;

	(void)i;
	(void)n;
	/* Most often it is the first thing there. */
	if (out->n == 0 && out->err == 0) {
		struct buf before = *out;

		*out = *page;
		*page = before;
	} else {
		buf_str(out, buf_view(page));
	}
	return out->err;
}

int
ladder_figure_write(const struct layout *l,
    const struct ladder_figure_options *o, const struct figure_device *device,
    struct buf *out)
{
	struct ladder_figure_options one = { 0 };

	if (o != NULL)
		one = *o;
	one.paper_width = one.paper_height = 0;
	return ladder_figure_pages(l, &one, device, take_page, out);
}
