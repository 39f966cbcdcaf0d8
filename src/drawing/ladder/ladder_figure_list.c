/*
 * The lines that follow the ladder's picture, set in columns of sheets; see
 * ladder/ladder_figure_list_in.h.
 */
#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "draw/wrap.h"
#include "ladder/ladder_figure_in.h"
#include "ladder/ladder_figure_list_in.h"
#include "ladder/ladder_messages.h"
#include "text/utf8.h"
#include "words/time_words.h"

#define LIST_NONE SIZE_MAX
/* Between the cells of one line's text; no safe text has it. */
#define LIST_CUT '\x1f'

static const struct list_look {
	double size, above, height; /* above: not where a column begins */
} list_looks[LIST_KIND_COUNT] = {
	[LIST_TITLE] = { 12, 16, 18 },
	[LIST_HEADING] = { 9, 10, 14 },
	[LIST_TABLE] = { 8, 0, 14 },
	[LIST_ROW] = { 8.5, 0, 12 },
	[LIST_CODE] = { LIST_CODE_SIZE, 0, 9.8 },
	[LIST_SENTENCE] = { 8.5, 3, 12 },
};

/* Between the table's cells. */
#define CELL_GAP 12.0

/* The state of the making. */
struct making {
	struct listing *s;
	const struct layout *l;
	uint64_t seq;
	size_t heading; /* the last one */
	struct buf scratch;
};

static void
listing_add_line(struct listing *s, enum list_kind kind, struct str text,
    uint64_t seq, size_t of)
{
	if (ARRAY_ROOM(&s->lines, &s->room, s->nlines + 1) != 0) {
		s->err = ERR_NOMEM;
		return;
	}
	s->lines[s->nlines++] =
	    (struct list_line){ kind, s->text.n, text.n, seq, of };
	buf_str(&s->text, text);
}

/* TEXT as lines of safe text. */
static void
listing_add_lines(struct making *m, enum list_kind kind, struct str text)
{
	while (text.n > 0) {
		struct str line = str_cut(text, '\n', &text);

		listing_add_line(m->s, kind, line, m->seq, m->heading);
	}
}

static void
take_heading(void *arg, const struct layout_row *r, struct str text)
{
	struct making *m = arg;

	m->seq = r->seq;
	m->heading = m->s->nlines;
	listing_add_line(m->s, LIST_HEADING, text, r->seq, LIST_NONE);
}

static void
put_message_lines(void *arg, struct str bytes)
{
	struct making *m = arg;
	struct str text;

	buf_clear(&m->scratch);
	ladder_messages_put(
	    bytes, 0, (size_t)(m->s->width / LIST_LETTER), &m->scratch);
	text = buf_view(&m->scratch);
	/* The empty line behind the header of a message without a body. */
	while (text.n > 0 && text.p[text.n - 1] == '\n')
		text.n--;
	listing_add_lines(m, LIST_CODE, text);
}

static void
take_sentence(void *arg, struct str text, bool between)
{
	struct making *m = arg;

	(void)between;
	buf_clear(&m->scratch);
	utf8_add_safe(&m->scratch, text);
	listing_add_lines(m, LIST_SENTENCE, buf_view(&m->scratch));
}

static int
add_messages(struct making *m, const struct trace *t)
{
	static const struct ladder_messages_form form = { .arrows = true,
		.heading = take_heading,
		.bytes = put_message_lines,
		.sentence = take_sentence };

	m->seq = 0;
	listing_add_line(m->s, LIST_TITLE, str_of(_("Messages")), 0, LIST_NONE);
	return ladder_messages_each(t, m->l, &form, m);
}

/* One of a row's cells behind the others; how wide it is counts. */
static void
add_cell(struct making *m, size_t cell, struct str text)
{
	double width =
	    figure_text_width(text, list_looks[LIST_ROW].size, cell == 0);

	if (width > m->s->cells[cell])
		m->s->cells[cell] = width;
	if (cell > 0)
		buf_putc(&m->scratch, LIST_CUT);
	utf8_add_safe(&m->scratch, text);
}

static struct str
label_of(const struct layout *l, size_t column)
{
	return column < l->ncolumns ? l->columns[column].name : STR("");
}

static void
add_number(struct making *m, const struct layout_row *r)
{
	struct buf b = BUF_INIT;

	buf_clear(&m->scratch);
	buf_printf(&b, "F%u", r->number);
	add_cell(m, 0, buf_view(&b));
	buf_clear(&b);
	time_put(&b, r->t);
	buf_puts(&b, " s");
	add_cell(m, 1, buf_view(&b));
	buf_clear(&b);
	buf_str(&b, r->named.n > 0 ? r->named : r->label);
	layout_put_marks(r, LAYOUT_AGAIN, &b);
	if (r->lost)
		buf_printf(&b, _(", %.*s"), STR_ARG(r->loss.text));
	add_cell(m, 2, buf_view(&b));
	add_cell(m, 3, label_of(m->l, r->from));
	add_cell(m, 4, label_of(m->l, r->to));
	listing_add_line(
	    m->s, LIST_ROW, buf_view(&m->scratch), r->seq, m->heading);
	buf_end(&b, &m->s->err);
}

static void
add_numbers(struct making *m)
{
	const char *heads[LIST_CELLS] = { "", _("time"), _("message"),
		_("from"), _("to") };

	m->heading = m->s->nlines;
	for (size_t i = 0; i < LIST_CELLS; i++)
		add_cell(m, i, str_of(heads[i]));
	listing_add_line(m->s, LIST_TABLE, buf_view(&m->scratch), 0, LIST_NONE);
	for (size_t i = 0; i < m->l->nrows; i++)
		if (m->l->rows[i].number > 0)
			add_number(m, &m->l->rows[i]);
	m->heading = LIST_NONE;
}

/* Sums of widths differ by less: the last cell gets the rest. */
#define ROUNDING 0.01

/* Where the table is too wide, its widest cell gives way. */
static void
fit_cells(struct listing *s)
{
	double rest = s->width - (LIST_CELLS - 1) * CELL_GAP - ROUNDING;
	size_t widest = 0;

	for (size_t i = 0; i < LIST_CELLS; i++) {
		rest -= s->cells[i];
		if (s->cells[i] > s->cells[widest])
			widest = i;
	}
	if (rest < 0)
		s->cells[widest] += rest;
	if (s->cells[widest] < 20)
		s->cells[widest] = 20;
	for (size_t i = 0; i + 1 < LIST_CELLS; i++)
		s->cells[i] += CELL_GAP;
}

/* Which bytes of TEXT go on a line of WIDTH, where a cell is too long: whole
 * words, if there are several. */
static size_t
fitting(struct str text, bool bold, double width)
{
	double size = list_looks[LIST_ROW].size;
	size_t best = 0, at = 0;

	if (figure_text_width(text, size, bold) <= width)
		return text.n;
	while (at < text.n) {
		size_t used;

		utf8_decode(str_slice(text, at, text.n), &used);
		if (at > 0 && figure_text_width(str_slice(text, 0, at + used),
				  size, bold) > width)
			break;
		at += used;
		if (at < text.n && text.p[at] == ' ')
			best = at;
	}
	return best > 0 ? best : at;
}

/* One line of a row with CELLS, as much of each as fits into its width; the
 * rest remains there.  True: there is a rest. */
static bool
take_list_line(struct making *m, struct str cells[LIST_CELLS])
{
	bool left = false;
	double x = 0;

	buf_clear(&m->scratch);
	for (size_t i = 0; i < LIST_CELLS; i++) {
		double width = i + 1 < LIST_CELLS
				   ? m->s->cells[i] - CELL_GAP / 2
				   : m->s->width - x;
		size_t n = fitting(cells[i], i == 0, width);

		if (i > 0)
			buf_putc(&m->scratch, LIST_CUT);
		buf_str(&m->scratch, str_slice(cells[i], 0, n));
		cells[i] = wrap_rest(str_slice(cells[i], n, cells[i].n));
		left = left || cells[i].n > 0;
		x += m->s->cells[i];
	}
	return left;
}

/* Continues texts too long for their cells on further lines. */
static void
wrap_rows(struct making *m)
{
	struct listing *s = m->s;
	struct list_line *lines = s->lines;
	struct buf text = s->text, empty = BUF_INIT;
	size_t nlines = s->nlines;

	s->lines = NULL;
	s->nlines = s->room = 0;
	s->text = empty;
	for (size_t i = 0; i < nlines && s->err == 0; i++) {
		struct str rest = str_slice(
		    buf_view(&text), lines[i].at, lines[i].at + lines[i].n);
		struct str cells[LIST_CELLS];
		bool more;

		for (size_t k = 0; k < LIST_CELLS; k++)
			cells[k] = str_cut(rest, LIST_CUT, &rest);
		do {
			more = take_list_line(m, cells);
			listing_add_line(s, lines[i].kind,
			    buf_view(&m->scratch), lines[i].seq, lines[i].of);
			/* Only the first is the heading said again. */
		} while (more && s->err == 0 && lines[i].kind == LIST_ROW);
	}
	buf_end(&text, &s->err);
	mem_free(lines);
}

int
list_make(struct listing *s, const struct layout *l, const struct trace *t,
    bool numbers, double width)
{
	struct making m = {
		.s = s, .l = l, .heading = LIST_NONE, .scratch = BUF_INIT
	};
	int err = 0;

	*s = (struct listing){ .text = BUF_INIT, .width = width };
	for (size_t i = 0; i < l->nrows && numbers; i++)
		if (l->rows[i].number > 0) {
			add_numbers(&m);
			break;
		}
	fit_cells(s);
	wrap_rows(&m);
	if (t != NULL && l->nmessages > 0)
		err = add_messages(&m, t);
	if (err == 0)
		err = s->err | m.scratch.err | s->text.err;
	buf_free(&m.scratch);
	return err != 0 ? ERR_NOMEM : 0;
}

void
list_free(struct listing *s)
{
	buf_free(&s->text);
	mem_free(s->lines);
	mem_free(s->columns);
	mem_free(s->heights);
	*s = (struct listing){ .text = BUF_INIT };
}

/* ---- lines set in columns of sheets ---- */

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
listing_is_heading(const struct list_line *line)
{
	return line->kind <= LIST_TABLE;
}

/* What a column that begins with line FIRST has room for: the line after it.
 * *HEADING is its last heading but the first line, *AT where that stands. */
static size_t
listing_take_lines(const struct listing *s, size_t first, double most,
    double *height, size_t *heading, double *at)
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
		if (listing_is_heading(&s->lines[i]) && i > first &&
		    !listing_is_heading(&s->lines[i - 1])) {
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
listing_fill(const struct listing *s, size_t first, double most, double *height)
{
	size_t heading, end;
	double at;

	end = listing_take_lines(s, first, most, height, &heading, &at);
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
		size_t end = listing_fill(s, first, most, &h);

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
listing_add_sheet(struct listing *s)
{
	if (ARRAY_RESIZE(&s->columns, s->ncolumns + s->across) != 0 ||
	    ARRAY_RESIZE(&s->heights, s->nsheets + 1) != 0)
		return ERR_NOMEM;
	s->ncolumns += s->across;
	s->nsheets++;
	return 0;
}

/*
 * A column that begins within a message, or within the table, says its heading
 * again; a heading never stands alone at the end of one.
 */
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

		if (listing_add_sheet(s) != 0)
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
listing_draw_cells(
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
listing_draw_line(
    struct place *p, const struct list_line *line, bool first, bool again)
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
		listing_draw_cells(p, text, &font, y);
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
	listing_draw_line(p, &said, true, true);
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
		listing_draw_line(p, line, i == c->first, false);
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
