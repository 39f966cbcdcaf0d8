/*
 * Where the columns stand on a screen of some width.  As many cells as labels
 * need, or fewer; but where not all columns would have LEAST cells for a label,
 * only some of them are seen, at equal distances.
 */
#include "ladder/ladder_screen_in.h"

#include <string.h>

/* Lifelines do not stand nearer, if there is room for that. */
#define COMFORT 18
/* More than that is not left free behind the last lifeline. */
#define RIGHT_MOST 12

static size_t
least_inner(const struct ladder_screen *s)
{
	return s->mode == LADDER_USUAL ? LEAST_ABOVE : LEAST_IN;
}

/* Cells left of the middle of a column's name. */
static size_t
half_name(const struct ladder_screen *s, size_t column)
{
	size_t cells = utf8_width(s->l->columns[column].name);

	return (cells < NAME_MOST ? cells : NAME_MOST) / 2;
}

static size_t
larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* The first lifeline where no column is hidden. */
static size_t
left_of_all(const struct ladder_screen *s)
{
	return larger(s->time_cells, half_name(s, 0) + 1);
}

static size_t
right_of_all(const struct ladder_screen *s)
{
	size_t right = s->fit.right < RIGHT_MOST ? s->fit.right : RIGHT_MOST;

	return larger(half_name(s, s->l->ncolumns - 1) + 1, right);
}

static size_t
sum(const size_t *values, size_t n)
{
	size_t total = 0;

	for (size_t i = 0; i < n; i++)
		total += values[i];
	return total;
}

/* Every column has its place. */
static void
place_all(struct ladder_screen *s, size_t room)
{
	size_t n = s->fit.n, least = least_inner(s), share;
	/* What stands in its arrow has a dash and a head beside it. */
	size_t more = s->mode == LADDER_USUAL ? 0 : 3;
	const size_t *wanted = s->fit.wish;

	if (sum(wanted, n) + n * more > room)
		wanted = s->fit.need;
	/* Nobody's wish takes more than its share from the others. */
	share = n > 0 && room / n > more ? room / n - more : 0;
	for (size_t i = 0; i < n; i++) {
		size_t most = larger(s->fit.need[i], share);

		s->gaps[i] =
		    larger((wanted[i] < most ? wanted[i] : most) + more, least);
	}
	/* The others will be as wide. */
	if (n > 0 && sum(s->gaps, n) + COMFORT <= room)
		s->gaps[0] = larger(s->gaps[0], COMFORT);
	if (sum(s->gaps, n) <= room)
		ladder_text_grow(s->gaps, n, room);
	else
		ladder_text_shrink(s->gaps, n, room, least);
	s->first = 0;
	s->end = n + 1;
	s->x[0] = left_of_all(s);
	for (size_t i = 0; i < n; i++)
		s->x[i + 1] = s->x[i] + 1 + s->gaps[i];
}

/* How many columns have room behind cell X with TAIL cells after the last. */
static size_t
count_from(const struct ladder_screen *s, size_t x, size_t width, size_t tail)
{
	if (width <= x + tail + 1)
		return 1;
	return 1 + (width - x - tail - 1) / (least_inner(s) + 1);
}

/* As many as there is room for, from the one that was asked for on; the last
 * ones fill the screen. */
static void
place_some(struct ladder_screen *s, size_t asked, size_t width)
{
	size_t n = s->l->ncolumns, right = right_of_all(s);
	size_t hidden = s->edge_left + least_inner(s), x, shown, room, step;
	size_t last = count_from(s, hidden, width, right);
	size_t first = asked < n - last ? asked : n - last;

	x = first > 0 ? hidden : left_of_all(s);
	shown = count_from(s, x, width, right);
	if (first + shown < n) {
		shown = count_from(s, x, width, least_inner(s));
		right = least_inner(s);
	} else {
		shown = n - first;
	}
	step = least_inner(s) + 1;
	room = width > x + right + 1 ? width - x - right - 1 : 0;
	if (shown > 1 && room / (shown - 1) > step)
		step = room / (shown - 1);
	s->first = first;
	s->end = first + shown;
	for (size_t i = 0; i < shown; i++)
		s->x[first + i] = x + i * step;
}

static bool
join(size_t *a, size_t *b)
{
	bool same = *a == *b;

	*a = *b = larger(*a, *b);
	return same;
}

void
ladder_screen_join(struct ladder_screen *s, struct ladder_screen *other)
{
	struct ladder_fit *a = &s->fit, *b = &other->fit;
	bool same = true;

	if (s->l->ncolumns != other->l->ncolumns || s->l->ncolumns == 0)
		return;
	for (size_t i = 0; i < a->n; i++) {
		same = join(&a->need[i], &b->need[i]) && same;
		same = join(&a->wish[i], &b->wish[i]) && same;
	}
	same = join(&s->time_cells, &other->time_cells) && same;
	if (!join(&a->right, &b->right) || !same)
		s->width = other->width = SIZE_MAX;
}

/* The columns that are seen, under the names that sentences and commands use,
 * as a ladder of their own for its head. */
static void
fit_head(struct ladder_screen *s, size_t width)
{
	const struct layout *l = s->l;
	struct layout *part = &s->part;
	size_t n = 0;

	part->columns = l->columns + s->first;
	part->ncolumns = s->end - s->first;
	for (size_t i = 0; i < l->nframes; i++) {
		const struct layout_frame *d = &l->frames[i];

		if (d->last < s->first || d->first >= s->end)
			continue;
		part->frames[n] = (struct layout_frame){ d->name,
			larger(d->first, s->first) - s->first,
			(d->last < s->end ? d->last : s->end - 1) - s->first };
		n++;
	}
	part->nframes = n;
	s->head.l = part;
	s->head.x = s->x + s->first;
	s->head.room = width;
	s->head.width = width - ladder_hidden_cells(s);
	s->head.title_from = ladder_scale_cells(s);
	s->head.title_to = width - 1;
	ladder_text_place_titles(&s->head);
}

/* Where some are hidden they count, too, so that the head is always as high. */
static size_t
count_name_lines(const struct ladder_screen *s)
{
	size_t widest = 0;

	if (s->end - s->first == s->l->ncolumns)
		return ladder_text_name_lines(&s->part, s->x, NAME_LINES_MOST);
	for (size_t i = 0; i < s->l->ncolumns; i++)
		widest = larger(widest, utf8_width(s->l->columns[i].name));
	return widest > least_inner(s) ? 2 : 1;
}

void
ladder_screen_fit(struct ladder_screen *s, size_t width, size_t first)
{
	size_t n = s->l->ncolumns, fixed;

	if (width > WIDTH_MOST)
		width = WIDTH_MOST;
	if (n == 0 || (s->width == width && s->asked == first))
		return;
	s->width = width;
	s->asked = first;
	s->edge_left = s->time_cells - 1;
	fixed = left_of_all(s) + n + right_of_all(s);
	if (fixed + (n - 1) * least_inner(s) <= width || n == 1)
		place_all(s, width > fixed ? width - fixed : 0);
	else
		place_some(s, first, width);
	fit_head(s, width);
	s->head.name_lines = count_name_lines(s);
	memset(s->life, 0, WIDTH_MOST);
	for (size_t i = s->first; i < s->end; i++)
		if (s->x[i] < WIDTH_MOST)
			s->life[s->x[i]] = 1;
}
