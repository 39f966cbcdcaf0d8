/*
 * The states of a machine as patterned bars on its lifeline, and their legend.
 * Patterns are lines drawn within the bar, for a printer without colours.
 */
#include "ladder/ladder_figure_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "machine/machine.h"

#define HALF 4.5
/* Its place among the states met, STATES_MAX where it is not there. */
static size_t
state_at(const struct picture *p, struct str state)
{
	size_t i = 0;

	while (i < p->nstates && !str_eq(p->states[i], state))
		i++;
	return i < p->nstates ? i : STATES_MAX;
}

/* A state has the same pattern in every figure; those that are in no
 * transaction take what their place gives. */
static size_t
pattern_of(const struct picture *p, struct str state)
{
	static const char *const fixed[FIGURE_PATTERNS] = { "calling",
		"proceeding", "accepted", "trying", "completed", "confirmed" };

	for (size_t i = 0; i < FIGURE_PATTERNS; i++)
		if (str_is(state, fixed[i]))
			return i;
	return state_at(p, state);
}

/* By column, each column's in their order. */
int
picture_sort_bars(struct picture *p)
{
	const struct layout *l = p->l;
	size_t *of;

	p->bars = mem_zalloc(l->nbars + 1, sizeof(*p->bars));
	of = p->bars_of = mem_zalloc(l->ncolumns + 2, sizeof(*p->bars_of));
	if (p->bars == NULL || of == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < l->nbars; i++) {
		struct str state = l->bars[i].state;

		of[l->bars[i].column + 1]++;
		if (p->nstates < STATES_MAX && state_at(p, state) == STATES_MAX)
			p->states[p->nstates++] = state;
	}
	for (size_t c = 0; c < l->ncolumns; c++)
		of[c + 1] += of[c];
	for (size_t i = 0; i < l->nbars; i++)
		p->bars[of[l->bars[i].column]++] = i;
	/* Each now says where the next begins. */
	for (size_t c = l->ncolumns; c > 0; c--)
		of[c] = of[c - 1];
	of[0] = 0;
	return 0;
}

static void
draw_bar(struct picture *p, double x, double top, double bottom, size_t which)
{
	figure_bar(&p->figure, x - HALF, top, x + HALF, bottom, AXIS, which);
}

/* Where B stands; false: it is not seen on this page. */
static bool
bar_at(const struct picture *p, const struct layout_bar *b, struct placed *at)
{
	double x = p->x[b->column], left = x - HALF, right = x + HALF;

	*at = (struct placed){ x - HALF, picture_y(p, b->y), x + HALF,
		picture_y(p, b->y_end), 0 };
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
			draw_bar(p, p->x[b->column], at.top, at.bottom,
			    pattern_of(p, b->state));
	}
}

double
picture_bar_half(const struct picture *p, size_t column, double y)
{
	size_t lo = p->bars_of[column], hi = p->bars_of[column + 1], first = lo;

	/* The last that begins at Y or above. */
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (p->l->bars[p->bars[mid]].y <= y)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (size_t i = lo; i > first && i + 4 > lo; i--)
		if (p->l->bars[p->bars[i - 1]].y_end >= y)
			return HALF;
	return 0;
}

/* All bars are of one lifeline and one kind of machine. */
static bool
is_one_machine(const struct layout *l)
{
	for (size_t i = 1; i < l->nbars; i++)
		if (l->bars[i].column != l->bars[0].column ||
		    !str_eq(l->bars[i].machine, l->bars[0].machine))
			return false;
	return true;
}

/* "atl, INVITE client transaction:" where one machine is shown. */
static double
draw_machine(
    struct picture *p, double x, double y, const struct figure_font *font)
{
	const struct layout *l = p->l;
	const struct machine *m = machine_find(l->bars[0].machine);
	bool several = !is_one_machine(l);
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

size_t
picture_legend(struct picture *p, double y)
{
	static const struct figure_font font = { 8, GREY, false, false };
	const struct layout *l = p->l;
	double x = p->edge + 30, end = p->edge + p->window - 30;
	size_t shown = 0;

	if (l->nbars > 0)
		x += draw_machine(p, x, y, &font);
	for (size_t i = 0; i < p->nstates; i++) {
		double width = figure_text_width(p->states[i], 8, false);

		if (x + 16 + width > end)
			continue;
		draw_bar(
		    p, x + HALF, y - 5, y + 5, pattern_of(p, p->states[i]));
		figure_text(
		    &p->figure, x + 14, y, p->states[i], FIGURE_LEFT, &font);
		x += 14 + width + 22;
		shown++;
	}
	picture_work_legend(p, x, end, y);
	return shown;
}

/* " ICT", or " IST/ICT" of a lifeline that goes over to another kind. */
static void
put_machines(const struct picture *p, size_t column, struct buf *b)
{
	const struct layout *l = p->l;
	size_t i = p->bars_of[column];
	struct str first = l->bars[p->bars[i]].machine;

	buf_putc(b, ' ');
	buf_str(b, first);
	while (i < p->bars_of[column + 1] &&
	       str_eq(l->bars[p->bars[i]].machine, first))
		i++;
	if (i == p->bars_of[column + 1])
		return;
	buf_putc(b, '/');
	buf_str(b, l->bars[p->bars[i]].machine);
}

/* "Alice ICT, atl IST": which machines stand at each lifeline, where they are
 * several. */
void
picture_machines(const struct picture *p, struct buf *b)
{
	const struct layout *l = p->l;

	if (is_one_machine(l))
		return;
	for (size_t c = 0; c < l->ncolumns; c++) {
		if (p->bars_of[c] == p->bars_of[c + 1])
			continue;
		if (b->n > 0)
			buf_puts(b, _(", "));
		buf_str(b, l->columns[c].name);
		put_machines(p, c, b);
	}
}
