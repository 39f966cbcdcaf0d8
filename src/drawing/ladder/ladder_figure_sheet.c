/*
 * Lines set in columns of sheets; see ladder/ladder_figure_list_in.h.  A column
 * that begins within a message, or within the table, says its heading again; a
 * heading never stands alone at the end of one.
 */
#include "ladder/ladder_figure_list_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "ladder/ladder_figure_in.h"

/* What stays with a heading; how full a column is that can do without more. */
#define TOGETHER 3
#define FULL     0.75

static double
height_of_line(const struct list_line *line, bool first)
{
	const struct list_look *look = &list_looks[line->kind];

	return look->height + (first ? 0 : look->above);
}

/* Of the heading that is said again in front of LINE. */
static double
again_height(const struct listing *s, size_t line)
{
	size_t of = s->lines[line].of;

	return of == LIST_NONE || of == line
		   ? 0
		   : height_of_line(&s->lines[of], true);
}

static bool
is_heading(const struct list_line *line)
{
	return line->kind <= LIST_TABLE;
}

/* What a column that begins with line FIRST has room for: the line behind it.
 * *HEADING is its last heading but the first line, *AT where that stands. */
static size_t
take_lines(const struct listing *s, size_t first, double most, double *height,
    size_t *heading, double *at)
{
	double y = first < s->nlines ? again_height(s, first) : 0;
	size_t i = first;

	*heading = LIST_NONE;
	*at = 0;
	while (i < s->nlines) {
		double next = y + height_of_line(&s->lines[i], i == first);

		/* One line at least, whatever its height. */
		if (next > most && i > first)
			break;
		if (is_heading(&s->lines[i]) && i > first &&
		    !is_heading(&s->lines[i - 1])) {
			*heading = i;
			*at = y;
		}
		y = next;
		i++;
	}
	*height = y;
	return i;
}

/* Where a column that begins with line FIRST ends; its height in *HEIGHT.  What
 * does not fit whole goes over with its heading, where little is lost. */
static size_t
fill(const struct listing *s, size_t first, double most, double *height)
{
	size_t heading, end;
	double at;

	end = take_lines(s, first, most, height, &heading, &at);
	if (end == s->nlines || heading == LIST_NONE)
		return end;
	if (end - heading >= TOGETHER &&
	    (at < most * FULL || s->lines[end].of != heading ||
		s->lines[heading].kind == LIST_TABLE))
		return end;
	*height = at;
	return heading;
}

/* Where a sheet that begins with line FIRST ends. */
static size_t
fill_sheet(const struct listing *s, size_t first, double most, double *height,
    struct list_column *columns)
{
	for (size_t i = 0; i < s->across; i++) {
		double h;
		size_t end = fill(s, first, most, &h);

		*height = i == 0 || h > *height ? h : *height;
		if (columns != NULL)
			columns[i] = (struct list_column){ first, end };
		first = end;
	}
	return first;
}

/* The height at which the rest fills its columns alike. */
static double
even_height(const struct listing *s, size_t first, double most)
{
	double all = 0, h;

	for (size_t i = first; i < s->nlines; i++)
		all += height_of_line(&s->lines[i], i == first);
	for (h = all / (double)s->across; h < most; h += 10) {
		double got;

		if (fill_sheet(s, first, h, &got, NULL) == s->nlines)
			return h;
	}
	return most;
}

static int
add_sheet(struct listing *s)
{
	if (ARRAY_RESIZE(&s->columns, s->ncolumns + s->across) != 0 ||
	    ARRAY_RESIZE(&s->heights, s->nsheets + 1) != 0)
		return ERR_NOMEM;
	s->ncolumns += s->across;
	s->nsheets++;
	return 0;
}

int
list_set(struct listing *s, size_t across, double height)
{
	double endless = 1;
	size_t first = 0;

	for (size_t i = 0; i < s->nlines; i++)
		endless += height_of_line(&s->lines[i], false);
	s->across = across;
	while (first < s->nlines) {
		double most = height > 0 ? height : endless, got = 0;
		struct list_column *columns;
		size_t end;

		if (add_sheet(s) != 0)
			return ERR_NOMEM;
		columns = s->columns + s->ncolumns - across;
		end = fill_sheet(s, first, most, &got, columns);
		if (end == s->nlines && across > 1)
			end = fill_sheet(s, first, even_height(s, first, most),
			    &got, columns);
		s->heights[s->nsheets - 1] = got;
		first = end;
	}
	return 0;
}

/* Where lines are drawn. */
struct place {
	const struct listing *s;
	struct figure *f;
	double x, y, scale;
};

static void
draw_cells(
    struct place *p, struct str text, const struct figure_font *font, double y)
{
	double size = font->size / p->scale, x = 0;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < LIST_CELLS; i++) {
		struct figure_font own = *font;
		struct str cell = str_cut(text, LIST_CUT, &text);
		double width = p->s->cells[i];

		own.bold = own.bold || i == 0;
		buf_clear(&b);
		figure_fit(&b, cell, size, own.bold,
		    i + 1 < LIST_CELLS ? width - 6 : p->s->width - x);
		figure_text(p->f, p->x + x * p->scale, y, buf_view(&b),
		    FIGURE_LEFT, &own);
		x += width;
	}
	buf_end(&b, &p->f->out->err);
}

static void
draw_fitting(
    struct place *p, struct str text, const struct figure_font *font, double y)
{
	struct buf b = BUF_INIT;

	figure_fit(&b, text, font->size / p->scale, font->bold, p->s->width);
	figure_text(p->f, p->x, y, buf_view(&b), FIGURE_LEFT, font);
	buf_end(&b, &p->f->out->err);
}

static void
draw_line(struct place *p, const struct list_line *line, bool first, bool again)
{
	static const struct figure_font fonts[LIST_KIND_COUNT] = {
		[LIST_TITLE] = { 0, INK, true, false },
		[LIST_HEADING] = { 0, INK, true, false },
		[LIST_TABLE] = { 0, GREY, false, true },
		[LIST_ROW] = { 0, INK, false, false },
		[LIST_CODE] = { 0, INK, false, false },
		[LIST_SENTENCE] = { 0, GREY, false, true },
	};
	const struct list_look *look = &list_looks[line->kind];
	struct str text =
	    str_slice(buf_view(&p->s->text), line->at, line->at + line->n);
	struct figure_font font = fonts[line->kind];
	double y;

	p->y += first ? 0 : look->above * p->scale;
	y = p->y + look->size * 0.6 * p->scale;
	p->y += look->height * p->scale;
	font.size = look->size * p->scale;
	if (again && line->kind == LIST_HEADING) {
		font.bold = false;
		font.italic = true;
		font.colour = GREY;
	}
	if (line->kind == LIST_TABLE || line->kind == LIST_ROW)
		draw_cells(p, text, &font, y);
	else if (line->kind == LIST_CODE)
		figure_text(p->f, p->x, y, text, FIGURE_CODE, &font);
	else
		draw_fitting(p, text, &font, y);
}

/* "F5 INVITE Alice → atl", which began in the column before. */
static void
draw_again(struct place *p, const struct list_line *line)
{
	const struct listing *all = p->s;
	struct listing own = *all;
	struct list_line said = *line;
	struct buf b = BUF_INIT;

	if (line->kind == LIST_HEADING) {
		/* TRANSLATORS: "F5 INVITE Alice → atl, continued" */
		buf_printf(&b, _("%.*s, continued"), (int)line->n,
		    own.text.p + line->at);
		own.text = b;
		said.at = 0;
		said.n = b.n;
	}
	p->s = &own;
	draw_line(p, &said, true, true);
	p->s = all;
	buf_end(&b, &p->f->out->err);
}

static void
draw_column(struct place *p, const struct list_column *c)
{
	const struct listing *s = p->s;
	uint64_t seq = 0;
	struct buf id = BUF_INIT;
	struct figure_mark mark = { NULL, "listing", { NULL, 0 } };

	if (c->first < c->end && again_height(s, c->first) > 0)
		draw_again(p, &s->lines[s->lines[c->first].of]);
	for (size_t i = c->first; i < c->end; i++) {
		const struct list_line *line = &s->lines[i];

		if (i == c->first || line->seq != seq) {
			if (i > c->first)
				figure_group_end(p->f);
			buf_clear(&id);
			seq = line->seq;
			if (line->kind == LIST_HEADING)
				buf_printf(
				    &id, "m%llu", (unsigned long long)seq);
			mark.id = id.n > 0 ? buf_cstr(&id) : NULL;
			figure_group(p->f, &mark);
		}
		draw_line(p, line, i == c->first, false);
	}
	if (c->first < c->end)
		figure_group_end(p->f);
	buf_end(&id, &p->f->out->err);
}

void
list_draw(const struct listing *s, struct figure *f, size_t i, double left,
    double top, double scale, double gap)
{
	for (size_t k = 0; k < s->across; k++) {
		struct place p = { s, f,
			left + (double)k * (s->width * scale + gap), top,
			scale };

		draw_column(&p, &s->columns[i * s->across + k]);
	}
}
