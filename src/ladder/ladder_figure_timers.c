/*
 * Timers beside their lifeline.  In true time a line goes from when one was set
 * to when it fired, in a lane where no other runs; one of no length is a mark
 * at its time.  One for which no lane is left has only the end of its line.
 */
#include "ladder/ladder_figure_in.h"

#include "base/err.h"

#include <math.h>

#define NEAR  200 /* rows: timers that are looked at for their lanes */
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
	return a->y > b->y_end && b->y > a->y_end;
}

double
picture_timer_reach(const struct picture *p, const struct layout_row *r)
{
	return 12 + picture_marks_reach(p, r->from) +
	       LANE * p->stands[r - p->l->rows].lane;
}

/* Those of one node that run at the same time have different ones; LANES: there
 * is none left. */
void
picture_timer_lanes(struct picture *p)
{
	const struct layout *l = p->l;

	for (size_t i = 0; l->true_time && i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];
		unsigned taken = 0, lane = 0;

		if (r->item != LAYOUT_TIMER)
			continue;
		for (size_t k = i; k-- > 0 && i - k < NEAR;) {
			const struct layout_row *q = &l->rows[k];

			if (q->item == LAYOUT_TIMER && q->from == r->from &&
			    run_together(q, r))
				taken |= 1u << p->stands[k].lane;
		}
		while (lane < LANES && (taken >> lane & 1) != 0)
			lane++;
		p->stands[i].lane = lane;
	}
}

/* Where it fired, as its line shows it. */
static struct figure_point
fired(const struct picture *p, const struct layout_row *r)
{
	return (struct figure_point){ p->x[r->from] + picture_timer_reach(p, r),
		picture_y(p, r->y) };
}

/* Set before the part of the time that is shown. */
static bool
was_running(const struct picture *p, const struct layout_row *r)
{
	return p->l->true_time && p->l->nticks > 0 &&
	       r->t_end < p->l->ticks[0].t;
}

static bool
is_short(const struct picture *p, const struct layout_row *r)
{
	return p->l->true_time && !was_running(p, r) &&
	       picture_y(p, r->y) - picture_y(p, r->y_end) < SHORT;
}

/* From when it was set; in order of time it says nothing of that. */
static void
line_of(const struct picture *p, const struct layout_row *r,
    struct figure_point line[2])
{
	line[0] = line[1] = fired(p, r);
	if (is_short(p, r)) {
		/* From the lifeline. */
		line[0].x = p->x[r->from];
	} else if (p->stands[r - p->l->rows].lane == LANES) {
		line[0].y -= SHORT;
	} else if (p->l->true_time) {
		line[0].y =
		    picture_y(p, r->y_end) - (was_running(p, r) ? ENTRY : 0);
	} else {
		line[0].y -= 13;
		line[1].y += 11;
	}
}

void
picture_settle_timer_line(struct picture *p, const struct layout_row *r)
{
	struct figure_point line[2];

	line_of(p, r, line);
	if (picture_has(p, line[1].x))
		picture_place_line(
		    p, (size_t)(r - p->l->rows), line[0], line[1]);
}

/* "Timer A 500 ms since F3", and the rule behind it. */
static void
put_texts(const struct picture *p, const struct layout_row *r, struct buf *text,
    struct buf *why)
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
	if (text->err != 0 || why->err != 0)
		p->figure.out->err = ERR_NOMEM;
}

void
picture_settle_timer(struct picture *p, const struct layout_row *r)
{
	size_t row = (size_t)(r - p->l->rows);
	struct stand *s = &p->stands[row];
	struct buf text = BUF_INIT, why = BUF_INIT;
	struct wish w = { .owner = row, .tie = fired(p, r), .near = 4 };

	put_texts(p, r, &text, &why);
	w.width = fmax(figure_text_width(buf_view(&text), SIZE, true),
		      figure_text_width(buf_view(&why), SMALL, false)) +
		  2 * GAP;
	w.height = why.n > 0 ? 20 : 10;
	/* Fired on another page, it is named there. */
	if (picture_on_page(p, r->y, r->y) && picture_has(p, w.tie.x))
		s->text = picture_seek(p, &w, &s->box);
	buf_free(&text);
	buf_free(&why);
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

void
picture_timer(struct picture *p, const struct layout_row *r)
{
	static const struct figure_font font = { SIZE, BROWN, true, false };
	static const struct figure_font small = { SMALL, GREY, false, false };
	const struct stand *s = &p->stands[r - p->l->rows];
	struct figure_pen pen = { 1.0, BROWN, NULL, FIGURE_OPEN };
	struct buf text = BUF_INIT, why = BUF_INIT;
	struct figure_point line[2];
	double y;

	line_of(p, r, line);
	if (!picture_has(p, line[1].x))
		return;
	if (is_short(p, r))
		draw_moment(p, line);
	else
		figure_line(&p->figure, line, 2, &pen);
	if (s->text) {
		put_texts(p, r, &text, &why);
		if (picture_is_far(&s->box, fired(p, r)))
			picture_tie(p, &s->box, fired(p, r), BROWN);
		y = s->box.top + 5;
		figure_text(&p->figure, s->box.left + GAP, y, buf_view(&text),
		    FIGURE_LEFT, &font);
		figure_text(&p->figure, s->box.left + GAP, y + 10.5,
		    buf_view(&why), FIGURE_LEFT, &small);
	}
	buf_free(&text);
	buf_free(&why);
}
