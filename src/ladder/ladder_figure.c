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
#define MARGIN       30.0
#define AXIS_WIDTH   72.0
#define COLUMN_LEAST 128.0
#define COLUMN_MOST  260.0
#define UNIT_ORDER   27.0
#define UNIT_TRUE    28.0
#define SIDE         72.0
/* Of a node's place in its domain's box, at both sides of its lifeline. */
#define HALF_LEAST 50.0
#define HALF_MOST  76.0
#define TITLE_MOST 900.0
#define FOOT       64.0
#define NAMES      52.0

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

void
picture_line(const struct picture *p, const struct layout_row *r,
    struct figure_point line[2], struct figure_point *arrow)
{
	double sign = r->from < r->to ? 1 : -1, part;

	line[0] = (struct figure_point){
		p->x[r->from] + sign * picture_bar_half(p, r->from, r->y),
		picture_y(p, r->y)
	};
	line[1] = (struct figure_point){
		p->x[r->to] - sign * picture_bar_half(p, r->to, r->y_end),
		picture_y(p, r->y_end)
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

/* X, Y as seen from the middle of BOX, turned with it. */
static struct figure_point
seen_from(const struct placed *box, double x, double y)
{
	double cos = sqrt(1 - box->sin * box->sin);

	x -= (box->left + box->right) / 2;
	y -= (box->top + box->bottom) / 2;
	return (struct figure_point){ x * cos + y * box->sin,
		y * cos - x * box->sin };
}

/* Whether the line from A to B touches the box (Liang and Barsky's test). */
static bool
touches(const struct placed *box, struct figure_point a, struct figure_point b)
{
	struct figure_point from_a = seen_from(box, a.x, a.y);
	struct figure_point to_b = seen_from(box, b.x, b.y);
	double half = (box->right - box->left) / 2;
	double high = (box->bottom - box->top) / 2;
	double dx = to_b.x - from_a.x, dy = to_b.y - from_a.y;
	double from = 0, to = 1;
	const double p[] = { -dx, dx, -dy, dy };
	const double q[] = { from_a.x + half, half - from_a.x, from_a.y + high,
		high - from_a.y };

	for (int i = 0; i < 4; i++) {
		double t;

		if (p[i] == 0) {
			if (q[i] < 0)
				return false;
			continue;
		}
		t = q[i] / p[i];
		if (p[i] < 0 && t > from)
			from = t;
		else if (p[i] > 0 && t < to)
			to = t;
	}
	return from <= to;
}

/* How far from its own row a line may cross a row's label. */
#define NEAR 24

bool
picture_crossed(const struct picture *p, size_t row, const struct placed *at)
{
	size_t first = row > NEAR ? row - NEAR : 0;

	for (size_t i = first; i < p->l->nrows && i <= row + NEAR; i++) {
		const struct layout_row *r = &p->l->rows[i];
		struct figure_point line[2];

		if (i == row || r->item != LAYOUT_MESSAGE || r->from == r->to)
			continue;
		picture_line(p, r, line, NULL);
		if (touches(at, line[0], line[1]))
			return true;
	}
	return false;
}

/* Whether B lies beside A, seen along A's sides. */
static bool
beside(const struct placed *a, const struct placed *b)
{
	double cos = sqrt(1 - b->sin * b->sin);
	double half = (b->right - b->left) / 2, high = (b->bottom - b->top) / 2;
	double x = (b->left + b->right) / 2, y = (b->top + b->bottom) / 2;
	double left = INFINITY, right = -INFINITY;
	double top = INFINITY, bottom = -INFINITY;

	for (int i = 0; i < 4; i++) {
		double dx = i & 1 ? half : -half, dy = i & 2 ? high : -high;
		struct figure_point at = seen_from(
		    a, x + dx * cos - dy * b->sin, y + dx * b->sin + dy * cos);

		left = at.x < left ? at.x : left;
		right = at.x > right ? at.x : right;
		top = at.y < top ? at.y : top;
		bottom = at.y > bottom ? at.y : bottom;
	}
	half = (a->right - a->left) / 2;
	high = (a->bottom - a->top) / 2;
	return left >= half || right <= -half || top >= high || bottom <= -high;
}

bool
picture_free(const struct picture *p, const struct placed *at)
{
	size_t n = p->nplaced < PLACED_MAX ? p->nplaced : PLACED_MAX;

	for (size_t i = 0; i < n; i++) {
		const struct placed *q = &p->placed[i];

		if (at->sin == 0 && q->sin == 0) {
			if (at->left < q->right && q->left < at->right &&
			    at->top < q->bottom && q->top < at->bottom)
				return false;
		} else if (!beside(at, q) && !beside(q, at)) {
			return false;
		}
	}
	return true;
}

void
picture_place(struct picture *p, const struct placed *at)
{
	p->placed[p->nplaced++ % PLACED_MAX] = *at;
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

/* Room for the widest label between two lifelines. */
static double
column_width(const struct layout *l)
{
	double widest = COLUMN_LEAST;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];
		double w;

		if (r->item == LAYOUT_NOTE || r->item == LAYOUT_REFUSED)
			continue;
		w = figure_text_width(r->label, 10.5, true) + 62;
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

/* What the timers of the last lifeline take at its right. */
static double
side_width(const struct layout *l)
{
	double widest = SIDE;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];
		double w = figure_text_width(r->label, 9, true) + 24;

		if (r->item != LAYOUT_TIMER || r->from + 1 < l->ncolumns)
			continue;
		if (r->since != LAYOUT_NONE && l->rows[r->since].number > 0)
			w += figure_text_width(STR(" (since F99)"), 9, true);
		widest = w > widest ? w : widest;
	}
	return widest;
}

/* Where everything stands, across and down to the first row. */
static void
measure(struct picture *p)
{
	const struct layout *l = p->l;
	double column = column_width(l);
	double x = MARGIN + AXIS_WIDTH + SIDE;

	p->column = column;
	p->half = half_of(l, column);
	p->unit = l->true_time ? UNIT_TRUE : UNIT_ORDER;
	p->left = x;
	for (size_t i = 0; i < l->ncolumns; i++)
		p->x[i] = round(x + l->columns[i].x * column);
	p->right = l->ncolumns > 0 ? p->x[l->ncolumns - 1] : x + column;
	p->marks_at = p->right + side_width(l);
	p->width = p->marks_at + picture_marks_width(p->o->marks) + MARGIN;
	if (p->width < 420)
		p->width = 420;
	/* A long title makes it wider, within limits. */
	if (p->width < picture_title_width(p))
		p->width = picture_title_width(p) < TITLE_MOST
			       ? picture_title_width(p)
			   : p->width > TITLE_MOST ? p->width
						   : TITLE_MOST;
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
	return FOOT + (p->l->nbars > 0 ? 16 : 0) +
	       (layout_warning(p->l) != NULL ? 16 : 0);
}

/* The pages, and how large each is. */
static int
measure_pages(struct picture *p)
{
	const struct ladder_figure_options *o = p->o;
	double above = p->top + 22, below = 26 + foot_height(p), ratio;

	p->npages = 0;
	p->to = p->l->height;
	if (o->paper_width <= 0 || o->paper_height <= 0) {
		p->npages = 1;
		p->height = above + p->l->height * p->unit + below;
		return 0;
	}
	/* A narrow ladder is not made larger. */
	if (p->width < o->paper_width)
		p->width = o->paper_width;
	ratio = o->paper_height / o->paper_width;
	p->height = p->width * ratio;
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
	mem_free(p->bars);
	mem_free(p->bars_of);
	mem_free(p);
}

static int
make_picture(struct picture **out, const struct layout *l,
    const struct ladder_figure_options *o)
{
	static const struct ladder_figure_options plain;
	struct picture *p = mem_zalloc(1, sizeof(*p));
	int err = ERR_NOMEM;

	*out = NULL;
	if (p == NULL)
		return ERR_NOMEM;
	p->l = l;
	p->o = o != NULL ? o : &plain;
	p->x = mem_zalloc(l->ncolumns + 1, sizeof(*p->x));
	if (p->x != NULL)
		err = picture_sort_bars(p);
	if (err == 0) {
		measure(p);
		err = measure_pages(p);
	}
	if (err != 0) {
		free_picture(p);
		return err;
	}
	*out = p;
	return 0;
}

static void
draw_page(struct picture *p, const struct figure_device *device,
    const struct figure_info *info, struct buf *out)
{
	double page = p->height;

	p->bottom = picture_y(p, p->to) + 26;
	if (p->npages > 1 && p->page + 1 < p->npages)
		p->bottom = picture_y(p, p->to);
	figure_begin(&p->figure, device, out, p->width, page, info);
	figure_size(&p->figure, p->o->width > 0         ? p->o->width
				: p->o->paper_width > 0 ? p->o->paper_width
							: 0);
	picture_head(p);
	if (p->npages > 1)
		figure_clip(&p->figure, p->top, p->bottom);
	picture_axis(p);
	picture_bars(p);
	picture_brackets(p);
	picture_rows(p);
	if (p->npages > 1)
		figure_clip_end(&p->figure);
	picture_foot(p);
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
	int err = make_picture(&p, l, o);

	if (err != 0)
		return err;
	put_about(p, &about);
	info = (struct figure_info){ name_of(p), buf_view(&about),
		str_of(p->o->source != NULL ? p->o->source : "") };
	for (size_t i = 0; err == 0 && i < p->npages; i++) {
		buf_clear(&page);
		picture_page(p, i);
		draw_page(p, device, &info, &page);
		err = page.err != 0 ? page.err : about.err;
		if (err == 0)
			err = fn(&page, i, p->npages, arg);
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
