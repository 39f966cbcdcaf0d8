/*
 * The states of a machine as patterned bars on its lifeline, and their legend;
 * what a handset executed, as a thin bar.
 */
#include "base/err.h"
#include "base/mem.h"
#include "ladder/ladder_figure_in.h"
#include "machine/machine.h"
#include "words/record_text.h"

#define BROWN "#7a5600"

/* ---- states ---- */

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

/* Patterns are lines drawn within the bar, for a printer without colours. */
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

/* ---- what a handset executed ---- */

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

/*
 * A thin bar at the left of the lifeline for each message; its tip says how
 * much it was.
 */
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
