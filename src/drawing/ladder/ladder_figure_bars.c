/*
 * The parts along a lifeline: the states of a machine as patterned bars with
 * their legend, timers, a handset's computations.
 */
#include <math.h>

#include "base/err.h"
#include "base/mem.h"
#include "ladder/ladder_figure_in.h"
#include "machine/machine.h"
#include "words/record_text.h"

#define BROWN "#7a5600"

/*
 * The states of a machine as patterned bars on its lifeline, and their
 * legend. Patterns are lines drawn within the bar, for a printer without
 * colours.
 */

#define HALF 4.5

/* Its place among the states met, STATES_MAX where it is not there. */
static size_t
bars_state_at(const struct picture *p, struct str state)
{
	size_t i = 0;

	while (i < p->bars.nstates && !str_eq(p->bars.states[i], state))
		i++;
	return i < p->bars.nstates ? i : STATES_MAX;
}

/* A state has the same pattern in every figure; other states take the pattern
 * of their place. */
size_t
picture_pattern(const struct picture *p, struct str state)
{
	static const char *const fixed[FIGURE_PATTERNS] = { "calling",
		"proceeding", "accepted", "trying", "completed", "confirmed" };

	for (size_t i = 0; i < FIGURE_PATTERNS; i++)
		if (str_is(state, fixed[i]))
			return i;
	return bars_state_at(p, state) % FIGURE_PATTERNS;
}

/* By column, each column's in their order. */
int
picture_sort_bars(struct picture *p)
{
	const struct layout *l = p->l;
	size_t *of;

	p->bars.list = mem_zalloc(l->nbars + 1, sizeof(*p->bars.list));
	of = p->bars.of = mem_zalloc(l->ncolumns + 2, sizeof(*p->bars.of));
	if (p->bars.list == NULL || of == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < l->nbars; i++) {
		struct str state = l->bars[i].state;

		of[l->bars[i].column + 1]++;
		if (p->bars.nstates < STATES_MAX &&
		    bars_state_at(p, state) == STATES_MAX)
			p->bars.states[p->bars.nstates++] = state;
	}
	for (size_t c = 0; c < l->ncolumns; c++)
		of[c + 1] += of[c];
	for (size_t i = 0; i < l->nbars; i++)
		p->bars.list[of[l->bars[i].column]++] = i;
	/* Each now says where the next begins. */
	for (size_t c = l->ncolumns; c > 0; c--)
		of[c] = of[c - 1];
	of[0] = 0;
	return 0;
}

static void
bars_draw(struct picture *p, double x, double top, double bottom, size_t which)
{
	figure_bar(&p->figure, x - HALF, top, x + HALF, bottom, AXIS, which);
}

/* Where B stands; false: it is not seen on this page. */
static bool
bar_at(const struct picture *p, const struct layout_bar *b, struct placed *at)
{
	double x = p->x[b->column], left = x - HALF, right = x + HALF;

	*at = (struct placed){ x - HALF, picture_paper_y(p, b->y), x + HALF,
		picture_paper_y(p, b->y_end), 0 };
	return at->bottom - at->top >= 1 && picture_part(p, &left, &right) &&
	       picture_on_page(p, b->y, b->y_end);
}

void
picture_settle_bars(struct picture *p)
{
	for (size_t i = 0; i < p->l->nbars; i++) {
		struct placed at;

		if (bar_at(p, &p->l->bars[i], &at))
			picture_place_bar(p, &at);
	}
}

void
picture_bars(struct picture *p)
{
	for (size_t i = 0; i < p->l->nbars; i++) {
		const struct layout_bar *b = &p->l->bars[i];
		struct placed at;

		if (bar_at(p, b, &at))
			bars_draw(p, p->x[b->column], at.top, at.bottom,
			    picture_pattern(p, b->state));
	}
}

double
picture_bar_half(const struct picture *p, size_t column, double y)
{
	size_t lo = p->bars.of[column], hi = p->bars.of[column + 1], first = lo;

	/* The last that begins at Y or above. */
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (p->l->bars[p->bars.list[mid]].y <= y)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (size_t i = lo; i > first && i + 4 > lo; i--)
		if (p->l->bars[p->bars.list[i - 1]].y_end >= y)
			return HALF;
	return 0;
}

/* All bars are of one lifeline and one kind of machine. */
bool
picture_is_one_machine(const struct layout *l)
{
	for (size_t i = 1; i < l->nbars; i++)
		if (l->bars[i].column != l->bars[0].column ||
		    !str_eq(l->bars[i].machine, l->bars[0].machine))
			return false;
	return true;
}

/* "atl, INVITE client transaction:" where one machine is shown. */
static double
bars_draw_machine(
    struct picture *p, double x, double y, const struct figure_font *font)
{
	const struct layout *l = p->l;
	const struct machine *m = machine_find(l->bars[0].machine);
	bool several = !picture_is_one_machine(l);
	struct buf b = BUF_INIT;
	double width;

	if (several && !l->bars[0].inferred)
		return 0;
	if (!several) {
		buf_str(&b, l->columns[l->bars[0].column].name);
		buf_puts(&b, " · ");
	}
	if (!several && m != NULL)
		buf_puts(&b, i18n_text(m->title));
	else if (!several)
		buf_str(&b, l->bars[0].machine);
	if (l->bars[0].inferred)
		buf_puts(&b, _(" (inferred)"));
	figure_text(&p->figure, x, y, buf_view(&b), FIGURE_LEFT, font);
	width = figure_text_width(buf_view(&b), font->size, font->bold) + 14;
	buf_end(&b, &p->figure.out->err);
	return width;
}

#define WIDE 3.0

static void
picture_work_legend(struct picture *p, double x, double end, double y)
{
	static const struct figure_font font = { 8, GREY, false, false };
	struct str text = str_of(_("computing"));

	if (p->l->nworks == 0 ||
	    x + 9 + figure_text_width(text, 8, false) > end)
		return;
	figure_box(&p->figure, x, y - 5, x + WIDE, y + 5, BROWN, NULL, false);
	figure_text(&p->figure, x + 9, y, text, FIGURE_LEFT, &font);
}

size_t
picture_legend(struct picture *p, double y)
{
	static const struct figure_font font = { 8, GREY, false, false };
	const struct layout *l = p->l;
	double x = p->tiles.edge + 30,
	       end = p->tiles.edge + p->tiles.window - 30;
	size_t shown = 0;

	if (l->nbars > 0)
		x += bars_draw_machine(p, x, y, &font);
	for (size_t i = 0; i < p->bars.nstates; i++) {
		double width = figure_text_width(p->bars.states[i], 8, false);

		if (x + 16 + width > end)
			continue;
		bars_draw(p, x + HALF, y - 5, y + 5,
		    picture_pattern(p, p->bars.states[i]));
		figure_text(&p->figure, x + 14, y, p->bars.states[i],
		    FIGURE_LEFT, &font);
		x += 14 + width + 22;
		shown++;
	}
	picture_work_legend(p, x, end, y);
	return shown;
}

/* " ICT", or " IST/ICT" of a lifeline that goes over to another kind. */
static void
bars_put_machines(const struct picture *p, size_t column, struct buf *b)
{
	const struct layout *l = p->l;
	size_t i = p->bars.of[column];
	struct str first = l->bars[p->bars.list[i]].machine;

	buf_putc(b, ' ');
	buf_str(b, first);
	while (i < p->bars.of[column + 1] &&
	       str_eq(l->bars[p->bars.list[i]].machine, first))
		i++;
	if (i == p->bars.of[column + 1])
		return;
	buf_putc(b, '/');
	buf_str(b, l->bars[p->bars.list[i]].machine);
}

/* "Alice ICT, atl IST": which machines stand at each lifeline, where they are
 * several. */
void
picture_machines(const struct picture *p, struct buf *b)
{
	const struct layout *l = p->l;

	if (picture_is_one_machine(l))
		return;
	for (size_t c = 0; c < l->ncolumns; c++) {
		if (p->bars.of[c] == p->bars.of[c + 1])
			continue;
		if (b->n > 0)
			buf_puts(b, _(", "));
		buf_str(b, l->columns[c].name);
		bars_put_machines(p, c, b);
	}
}

/*
 * What a handset computed for its messages: a thin bar at the left of the
 * lifeline, how much it was for those who point at it.
 */

#define APART 1.5
#define LEAST 2.0 /* points high, so that it is seen */

static void
put_work_tip(struct picture *p, const struct layout_work *w, struct buf *tip)
{
	const struct layout_row *r = &p->l->rows[w->row];

	buf_printf(tip, "#%llu, ", (unsigned long long)w->seq);
	buf_str(tip, p->l->columns[r->from].name);
	buf_puts(tip, ": ");
	board_put_work(tip, w->count, (uint64_t)(w->t_end - w->t));
}

void
picture_works(struct picture *p)
{
	struct buf tip = BUF_INIT;

	for (size_t i = 0; i < p->l->nworks; i++) {
		const struct layout_work *w = &p->l->works[i];
		size_t column = p->l->rows[w->row].from;
		double x = p->x[column] - APART -
			   picture_bar_half(p, column, w->y_end);
		double top = picture_paper_y(p, w->y),
		       bottom = picture_paper_y(p, w->y_end);
		struct figure_mark mark = { NULL, "computing", STR_NULL };

		if (!picture_on_page(p, w->y, w->y_end))
			continue;
		buf_clear(&tip);
		put_work_tip(p, w, &tip);
		mark.tip = buf_view(&tip);
		figure_group(&p->figure, &mark);
		figure_box(&p->figure, x - WIDE,
		    bottom - top < LEAST ? bottom - LEAST : top, x, bottom,
		    BROWN, NULL, false);
		figure_group_end(&p->figure);
	}
	buf_end(&tip, &p->figure.out->err);
}

/*
 * Timers beside their lifeline. In true time a line goes from when one
 * was set to when it fired, in a lane where no other runs; one of no
 * length is a mark at its time. One for which no lane is left has only
 * the end of its line.
 */

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
bars_fired(const struct picture *p, const struct layout_row *r)
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
bars_is_short(const struct picture *p, const struct layout_row *r)
{
	return p->l->true_time && !was_running(p, r) &&
	       picture_paper_y(p, r->y) - picture_paper_y(p, r->y_end) < SHORT;
}

/* From when it was set; in order of time it says nothing of that. */
static void
bars_line_of(const struct picture *p, const struct layout_row *r,
    struct figure_point line[2])
{
	line[0] = line[1] = bars_fired(p, r);
	if (bars_is_short(p, r)) {
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

	bars_line_of(p, r, line);
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
	struct wish w = { .owner = row, .tie = bars_fired(p, r), .near = 4 };

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

	bars_line_of(p, r, line);
	if (!picture_tile_has(p, line[1].x))
		return;
	if (bars_is_short(p, r))
		draw_moment(p, line);
	else
		figure_line(&p->figure, line, 2, &pen);
	if (!s->text)
		return;
	if (picture_is_far(&s->box, bars_fired(p, r)))
		picture_draw_tie(p, &s->box, bars_fired(p, r), BROWN);
	draw_timer_name(p, r);
}
