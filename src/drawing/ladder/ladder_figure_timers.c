/*
 * Timers beside their lifeline. In true time a line goes from when a timer was
 * set to when it fired, in a lane where no other runs; one of no length is a
 * mark at its time. A timer for which no lane is left has only the end of its
 * line.
 */
#include <math.h>

#include "ladder/ladder_figure_in.h"

#define BROWN "#7a5600"

#define NEAR  200 /* rows that are looked at for lanes */
#define LANES 6
#define LANE  7.0  /* points */
#define ENTRY 22.0 /* from the names to the first row */
#define SHORT 12.0 /* a line of no such height would be all head */
#define GAP   2.0  /* before a name */
#define SIZE  9.0
#define SMALL 7.5

static bool
run_together(const struct layout_row *a, const struct layout_row *b)
{
	return a->from == b->from && a->y > b->y_end && b->y > a->y_end;
}

double
picture_timer_reach(const struct picture *p, const struct layout_row *r)
{
	return 12 + picture_marks_reach(p, r->from) +
	       LANE * p->stands[r - p->l->rows].lane;
}

void
picture_share_lanes(struct picture *p, enum layout_item item, unsigned most,
    bool (*meet)(const struct layout_row *a, const struct layout_row *b))
{
	const struct layout *l = p->l;

	for (size_t i = 0; l->true_time && i < l->nrows; i++) {
		unsigned taken = 0, lane = 0;

		if (l->rows[i].item != item)
			continue;
		for (size_t k = i; k-- > 0 && i - k < NEAR;)
			if (l->rows[k].item == item &&
			    meet(&l->rows[k], &l->rows[i]))
				taken |= 1u << p->stands[k].lane;
		while (lane < most && (taken >> lane & 1) != 0)
			lane++;
		p->stands[i].lane = lane;
	}
}

/* LANES: there is none left. */
void
picture_timer_lanes(struct picture *p)
{
	picture_share_lanes(p, LAYOUT_TIMER, LANES, run_together);
}

/* Where it fired, as its line shows it. */
static struct figure_point
find_firing(const struct picture *p, const struct layout_row *r)
{
	return (struct figure_point){ p->x[r->from] + picture_timer_reach(p, r),
		picture_paper_y(p, r->y) };
}

/* Set before the part of the time that is shown. */
static bool
was_running(const struct picture *p, const struct layout_row *r)
{
	return p->l->true_time && p->l->nticks > 0 &&
	       r->t_end < p->l->ticks[0].t;
}

static bool
is_moment(const struct picture *p, const struct layout_row *r)
{
	return p->l->true_time && !was_running(p, r) &&
	       picture_paper_y(p, r->y) - picture_paper_y(p, r->y_end) < SHORT;
}

/* From when it was set; in order of time it says nothing of that. */
static void
find_timer_line(const struct picture *p, const struct layout_row *r,
    struct figure_point line[2])
{
	line[0] = line[1] = find_firing(p, r);
	if (is_moment(p, r)) {
		/* From the lifeline. */
		line[0].x = p->x[r->from];
	} else if (p->stands[r - p->l->rows].lane == LANES) {
		line[0].y -= SHORT;
	} else if (p->l->true_time) {
		line[0].y = picture_paper_y(p, r->y_end) -
			    (was_running(p, r) ? ENTRY : 0);
	} else {
		line[0].y -= 13;
		line[1].y += 11;
	}
}

void
picture_settle_timer_line(struct picture *p, const struct layout_row *r)
{
	struct figure_point line[2];

	find_timer_line(p, r, line);
	if (picture_tile_has(p, line[1].x))
		picture_place_line(
		    p, (size_t)(r - p->l->rows), line[0], line[1]);
}

void
picture_put_timer(const struct picture *p, const struct layout_row *r,
    struct buf *text, struct buf *why)
{
	struct str section, rfc = str_cut(r->why, '-', &section);

	/* TRANSLATORS: "Timer A 500 ms since F3" */
	if (r->since != LAYOUT_NONE && p->l->rows[r->since].number > 0)
		buf_printf(text,
		    r->brief.n == 1 ? _("%.*s since F%u")
				    : _("%.*s (since F%u)"),
		    STR_ARG(r->label), p->l->rows[r->since].number);
	else
		buf_str(text, r->label);
	/* "rfc3261-17.1.1.2" as "RFC 3261 17.1.1.2". */
	if (str_starts(rfc, "rfc") && section.n > 0) {
		buf_puts(why, "RFC ");
		buf_str(why, str_slice(rfc, 3, rfc.n));
		buf_putc(why, ' ');
		buf_str(why, section);
	}
}

/* The name's lines: two where columns are narrow and it is longer than the rule
 * below it.  Returns how many. */
static size_t
break_timer_name(const struct picture *p, struct str text, struct str why,
    struct str lines[2])
{
	double width = figure_text_width(why, SMALL, false);
	double best = figure_text_width(text, SIZE, true);

	lines[0] = text;
	if (!p->fit.narrow || best <= width)
		return 1;
	for (size_t i = 1; i + 1 < text.n; i++) {
		struct str one = str_slice(text, 0, i);
		struct str two = str_slice(text, i + 1, text.n);
		double wide;

		/* Not within "500 ms". */
		if (text.p[i] != ' ' ||
		    (text.p[i - 1] >= '0' && text.p[i - 1] <= '9'))
			continue;
		wide = fmax(figure_text_width(one, SIZE, true),
		    figure_text_width(two, SIZE, true));
		if (wide >= best)
			continue;
		best = wide;
		lines[0] = one;
		lines[1] = two;
	}
	return lines[0].n < text.n ? 2 : 1;
}

/* How wide TEXT and WHY are, and how high. */
static double
name_width(
    const struct picture *p, struct str text, struct str why, double *height)
{
	struct str lines[2] = { STR_NULL, STR_NULL };
	size_t n = break_timer_name(p, text, why, lines);
	double width = figure_text_width(why, SMALL, false);

	for (size_t i = 0; i < n; i++)
		width = fmax(width, figure_text_width(lines[i], SIZE, true));
	*height = 10 * (double)n + (why.n > 0 ? 10 : 0);
	return width + 2 * GAP;
}

double
picture_timer_width(const struct picture *p, const struct layout_row *r)
{
	LOCAL_BUF text = BUF_INIT, why = BUF_INIT;
	double height;

	picture_put_timer(p, r, &text, &why);
	return name_width(p, buf_view(&text), buf_view(&why), &height);
}

void
picture_settle_timer(struct picture *p, const struct layout_row *r)
{
	size_t row = (size_t)(r - p->l->rows);
	struct stand *s = &p->stands[row];
	struct buf text = BUF_INIT, why = BUF_INIT;
	struct wish w = { .owner = row, .tie = find_firing(p, r), .near = 4 };

	picture_put_timer(p, r, &text, &why);
	w.width = name_width(p, buf_view(&text), buf_view(&why), &w.height);
	/* Fired on another page, it is named there. */
	if (picture_on_page(p, r->y, r->y) && picture_tile_has(p, w.tie.x))
		s->text = picture_seek(p, &w, &s->box);
	buf_end(&text, &p->figure.out->err);
	buf_end(&why, &p->figure.out->err);
}

/* What shows that it took no time: a small lozenge. */
static void
draw_moment(struct picture *p, const struct figure_point line[2])
{
	struct figure_pen pen = { 1.0, BROWN, NULL, FIGURE_PLAIN };
	struct figure_point at = line[1];
	struct figure_point lozenge[] = { { at.x - 3, at.y },
		{ at.x, at.y - 3 }, { at.x + 3, at.y }, { at.x, at.y + 3 },
		{ at.x - 3, at.y } };
	struct figure_point tick[] = { line[0], { at.x - 3, at.y } };

	figure_line(&p->figure, tick, 2, &pen);
	figure_line(&p->figure, lozenge, 5, &pen);
}

/* Its name, and below it the rule. */
static void
draw_timer_name(struct picture *p, const struct layout_row *r)
{
	static const struct figure_font font = { SIZE, BROWN, true, false };
	static const struct figure_font small = { SMALL, GREY, false, false };
	const struct stand *s = &p->stands[r - p->l->rows];
	struct buf text = BUF_INIT, why = BUF_INIT;
	struct str lines[2] = { STR_NULL, STR_NULL };
	double y = s->box.top + 5;
	size_t n;

	picture_put_timer(p, r, &text, &why);
	n = break_timer_name(p, buf_view(&text), buf_view(&why), lines);
	picture_clear_lifeline(p, &s->box);
	for (size_t i = 0; i < n; i++)
		figure_text(&p->figure, s->box.left + GAP, y + 10 * (double)i,
		    lines[i], FIGURE_LEFT, &font);
	figure_text(&p->figure, s->box.left + GAP,
	    y + 10 * (double)(n - 1) + 10.5, buf_view(&why), FIGURE_LEFT,
	    &small);
	buf_end(&text, &p->figure.out->err);
	buf_end(&why, &p->figure.out->err);
}

void
picture_timer(struct picture *p, const struct layout_row *r)
{
	const struct stand *s = &p->stands[r - p->l->rows];
	struct figure_pen pen = { 1.0, BROWN, NULL, FIGURE_OPEN };
	struct figure_point line[2];

	find_timer_line(p, r, line);
	if (!picture_tile_has(p, line[1].x))
		return;
	if (is_moment(p, r))
		draw_moment(p, line);
	else
		figure_line(&p->figure, line, 2, &pen);
	if (!s->text)
		return;
	if (picture_is_far(&s->box, find_firing(p, r)))
		picture_draw_tie(p, &s->box, find_firing(p, r), BROWN);
	draw_timer_name(p, r);
}
