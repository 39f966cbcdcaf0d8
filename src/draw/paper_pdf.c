/*
 * Papers as PDF: pages of A4.  A line of text has as many cells as fit if each
 * were as wide as a letter of code, so that no font makes it too long.
 */
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/xml_put.h"
#include "draw/figure.h"
#include "draw/markdown.h"
#include "draw/paper.h"
#include "draw/raster.h"
#include "draw/wrap.h"

#include <string.h>

/* Points. */
#define PAGE_WIDTH  595.0
#define PAGE_HEIGHT 842.0
#define MARGIN      54.0
#define FULL        (PAGE_WIDTH - 2 * MARGIN)
#define BODY        10.0 /* sizes of type */
#define CODE        8.0
#define SMALL       8.0
#define HEAD        9.0
#define LEADING     1.42 /* of the size */
#define CELL        0.51 /* of the size: a letter, on the average of a line */
#define CODE_CELL   0.61
#define ITEM_INDENT 18.0
#define ANSWER_LINE 24.0
#define COLUMNS_MAX 12

struct sheet {
	struct buf svg;
	struct raster_part parts[PAPER_FIGURES_MAX];
	size_t nparts;
};

struct press {
	const struct paper *p;
	struct sheet *sheets;
	size_t n, cap;
	double y; /* where the next line begins */
	int err;
	/* Rows of the table that is being read. */
	struct str rows[64];
	size_t nrows;
	bool head; /* the first of them is one */
};

/* ---- pages ---- */

static struct sheet *
now(struct press *s)
{
	return &s->sheets[s->n - 1];
}

static void
put_line_of(struct buf *svg, double x, double y, double size, const char *more,
    struct str text)
{
	buf_puts(svg, "<text x=\"");
	xml_put_number(svg, x);
	buf_puts(svg, "\" y=\"");
	xml_put_number(svg, y);
	buf_printf(svg, "\" font-size=\"%d\"%s>", (int)size, more);
	xml_put(svg, text);
	buf_puts(svg, "</text>\n");
}

static void
end_sheet(struct press *s)
{
	struct buf number = BUF_INIT;

	if (s->n == 0)
		return;
	buf_printf(&number, "%zu", s->n);
	put_line_of(&now(s)->svg, PAGE_WIDTH / 2, PAGE_HEIGHT - 28, SMALL,
	    " text-anchor=\"middle\" fill=\"#5b636e\"", buf_view(&number));
	buf_puts(&now(s)->svg, "</svg>\n");
	buf_free(&number);
}

static void
begin_sheet(struct press *s)
{
	struct sheet *grown;
	struct sheet *sheet;

	end_sheet(s);
	if (s->n == s->cap) {
		size_t cap = s->cap > 0 ? 2 * s->cap : 8;

		grown = mem_realloc_array(s->sheets, cap, sizeof(*grown));
		if (grown == NULL) {
			s->err = ERR_NOMEM;
			return;
		}
		s->sheets = grown;
		s->cap = cap;
	}
	sheet = &s->sheets[s->n++];
	memset(sheet, 0, sizeof(*sheet));
	buf_printf(&sheet->svg,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%dpt\" "
	    "height=\"%dpt\" viewBox=\"0 0 %d %d\" font-family=\"%s\" "
	    "fill=\"#1b1f24\" xml:space=\"preserve\">\n",
	    (int)PAGE_WIDTH, (int)PAGE_HEIGHT, (int)PAGE_WIDTH,
	    (int)PAGE_HEIGHT, FIGURE_FAMILY);
	s->y = MARGIN;
	if (s->p->head.n > 0) {
		put_line_of(&sheet->svg, MARGIN, MARGIN - 18, HEAD,
		    " fill=\"#3c444f\"", buf_view(&s->p->head));
	}
}

/* Room for HEIGHT points, on another page where this one has none. */
static bool
make_room(struct press *s, double height)
{
	if (s->err == 0 && s->y + height > PAGE_HEIGHT - MARGIN &&
	    s->y > MARGIN)
		begin_sheet(s);
	return s->err == 0;
}

/* ---- texts ---- */

/* A text with the style of each byte. */
struct styled {
	struct buf text, styles;
};

static void
read_spans(struct styled *st, struct str text, enum markdown_style base)
{
	struct markdown_span span;

	while (markdown_span_next(&text, &span)) {
		enum markdown_style style =
		    span.style == MARKDOWN_PLAIN || span.style == MARKDOWN_LINK
			? base
			: span.style;
		bool space = false;

		for (size_t i = 0; i < span.text.n; i++) {
			char c = span.text.p[i];
			bool blank = c == '\n' || c == ' ';

			/* Line ends and indents are one space. */
			if (blank && space && style != MARKDOWN_CODE_SPAN)
				continue;
			space = blank;
			buf_putc(&st->text, c == '\n' ? ' ' : c);
			buf_putc(&st->styles, (char)style);
		}
	}
}

static void
free_styled(struct styled *st)
{
	buf_free(&st->text);
	buf_free(&st->styles);
}

/* The bytes FROM … TO as one line. */
static void
put_pieces(struct press *s, const struct styled *st, size_t from, size_t to,
    double x, double size)
{
	static const char *const looks[] = {
		[MARKDOWN_PLAIN] = "",
		[MARKDOWN_CODE_SPAN] = " font-family=\"" FIGURE_CODE_FAMILY
				       "\" font-size=\"0.88em\"",
		[MARKDOWN_BOLD] = " font-weight=\"bold\"",
		[MARKDOWN_ITALIC] = " font-style=\"italic\"",
		[MARKDOWN_LINK] = "",
	};
	struct buf *svg = &now(s)->svg;

	buf_puts(svg, "<text x=\"");
	xml_put_number(svg, x);
	buf_puts(svg, "\" y=\"");
	xml_put_number(svg, s->y + size);
	buf_printf(
	    svg, "\" font-size=\"%d.%d\">", (int)size, (int)(size * 10) % 10);
	while (from < to) {
		size_t end = from;
		char style = st->styles.p[from];

		while (end < to && st->styles.p[end] == style)
			end++;
		buf_printf(svg, "<tspan%s>", looks[(int)style]);
		xml_put(svg, str_slice(buf_view(&st->text), from, end));
		buf_puts(svg, "</tspan>");
		from = end;
	}
	buf_puts(svg, "</text>\n");
}

/* How high ST is in a column of WIDTH; with DRAW it is drawn from s->y, on
 * further pages where PAGES. */
static double
set_text(struct press *s, const struct styled *st, double x, double width,
    double size, bool draw, bool pages)
{
	struct str all = buf_view(&st->text), rest = all;
	size_t cells = (size_t)(width / (size * CELL));
	double begin = s->y, high = 0;

	while (rest.n > 0 && s->err == 0) {
		size_t n = wrap_fits(rest, cells > 8 ? cells : 8, NULL, NULL);
		size_t from = (size_t)(rest.p - all.p);

		if (draw && pages)
			make_room(s, size * LEADING);
		if (draw && s->err == 0) {
			put_pieces(s, st, from, from + n, x, size);
			s->y += size * LEADING;
		}
		high += size * LEADING;
		rest = wrap_rest(str_slice(rest, n, rest.n));
	}
	if (draw && !pages)
		s->y = begin;
	return high;
}

static void
put_text(struct press *s, struct str text, double indent, double size,
    enum markdown_style base)
{
	struct styled st = { BUF_INIT, BUF_INIT };

	read_spans(&st, text, base);
	if (st.text.err != 0 || st.styles.err != 0)
		s->err = ERR_NOMEM;
	else
		set_text(
		    s, &st, MARGIN + indent, FULL - indent, size, true, true);
	free_styled(&st);
}

/* ---- blocks ---- */

static void
put_code(struct press *s, const struct markdown_block *b, double indent)
{
	struct str rest = b->text, line;
	size_t cells = (size_t)((FULL - indent - 8) / (CODE * CODE_CELL));

	while (markdown_code_line(b, &rest, &line))
		do {
			size_t n = wrap_fits(line, cells, " ", NULL);
			struct str part = str_slice(line, 0, n);

			if (!make_room(s, CODE * LEADING))
				return;
			put_line_of(&now(s)->svg, MARGIN + indent + 8,
			    s->y + CODE, CODE,
			    " font-family=\"" FIGURE_CODE_FAMILY "\"", part);
			s->y += CODE * LEADING;
			line = str_slice(line, n, line.n);
		} while (line.n > 0);
	s->y += BODY * 0.5;
}

static void
put_answer_lines(struct press *s, unsigned n, double indent)
{
	for (unsigned i = 0; i < n && make_room(s, ANSWER_LINE); i++) {
		struct buf *svg = &now(s)->svg;

		s->y += ANSWER_LINE;
		buf_puts(svg, "<path stroke=\"#9aa3af\" stroke-width=\"0.6\" "
			      "d=\"M");
		xml_put_number(svg, MARGIN + indent);
		buf_putc(svg, ' ');
		xml_put_number(svg, s->y);
		buf_puts(svg, "H");
		xml_put_number(svg, PAGE_WIDTH - MARGIN);
		buf_puts(svg, "\"/>\n");
	}
	s->y += BODY * 0.8;
}

/* What there is room for beside a heading. */
#define FIGURE_MOST (PAGE_HEIGHT - 2 * MARGIN - 50)

static double
scale_figure(const struct paper_figure *f)
{
	double scale = 1;

	if (f->width > FULL)
		scale = FULL / f->width;
	if (f->height * scale > FIGURE_MOST)
		scale = FIGURE_MOST / f->height;
	return scale;
}

/* The figure that B is, or NULL. */
static const struct paper_figure *
figure_of(const struct press *s, const struct markdown_block *b)
{
	unsigned n =
	    b->kind == MARKDOWN_PARAGRAPH ? paper_mark(b->text, "figure") : 0;

	return n > 0 && n <= s->p->nfigures ? &s->p->figures[n - 1] : NULL;
}

static void
put_figure(struct press *s, const struct paper_figure *f)
{
	double scale = scale_figure(f);
	struct sheet *sheet;

	if (!make_room(s, f->height * scale))
		return;
	sheet = now(s);
	if (sheet->nparts == PAPER_FIGURES_MAX)
		return;
	sheet->parts[sheet->nparts++] = (struct raster_part){
		.svg = buf_view(&f->svg),
		.x = MARGIN + (FULL - f->width * scale) / 2,
		.y = s->y,
		.width = f->width * scale,
		.height = f->height * scale,
	};
	s->y += f->height * scale + BODY;
}

/* ---- tables ---- */

static size_t
read_cells(struct str row, struct str cells[COLUMNS_MAX])
{
	size_t n = 0;

	while (n < COLUMNS_MAX && markdown_cell(&row, &cells[n]))
		n++;
	return n;
}

/* Widths by what the columns hold, narrow ones in full. */
static size_t
measure_columns(const struct press *s, double widths[COLUMNS_MAX])
{
	struct str cells[COLUMNS_MAX];
	double sum = 0, narrow = 0, wide = 0;
	size_t columns = 0;

	memset(widths, 0, COLUMNS_MAX * sizeof(*widths));
	for (size_t r = 0; r < s->nrows; r++) {
		size_t n = read_cells(s->rows[r], cells);

		columns = n > columns ? n : columns;
		for (size_t c = 0; c < n; c++) {
			double w =
			    (double)utf8_width(cells[c]) * BODY * CELL + 12;

			widths[c] = w > widths[c] ? w : widths[c];
		}
	}
	for (size_t c = 0; c < columns; c++) {
		sum += widths[c];
		if (widths[c] > FULL / (double)columns)
			wide += widths[c];
		else
			narrow += widths[c];
	}
	for (size_t c = 0; sum > FULL && c < columns; c++)
		if (widths[c] > FULL / (double)columns)
			widths[c] *= (FULL - narrow) / wide;
	return columns;
}

static void
put_rule(struct press *s, double width)
{
	struct buf *svg = &now(s)->svg;

	buf_puts(svg, "<path stroke=\"#c3cad3\" stroke-width=\"0.5\" d=\"M");
	xml_put_number(svg, MARGIN);
	buf_putc(svg, ' ');
	xml_put_number(svg, s->y);
	buf_puts(svg, "h");
	xml_put_number(svg, width);
	buf_puts(svg, "\"/>\n");
}

static void
put_row(struct press *s, struct str row, const double *widths, bool head)
{
	struct str cells[COLUMNS_MAX];
	size_t n = read_cells(row, cells);
	struct styled st[COLUMNS_MAX];
	double high = 0, x = MARGIN;

	memset(st, 0, sizeof(st));
	for (size_t c = 0; c < n; c++) {
		double h;

		read_spans(
		    &st[c], cells[c], head ? MARKDOWN_BOLD : MARKDOWN_PLAIN);
		if (st[c].text.err != 0 || st[c].styles.err != 0)
			s->err = ERR_NOMEM;
		h = set_text(
		    s, &st[c], 0, widths[c] - 8, BODY - 1, false, false);
		high = h > high ? h : high;
	}
	if (make_room(s, high + 6))
		for (size_t c = 0; c < n; c++) {
			set_text(s, &st[c], x + 2, widths[c] - 8, BODY - 1,
			    true, false);
			x += widths[c];
		}
	for (size_t c = 0; c < n; c++)
		free_styled(&st[c]);
	s->y += high + 3;
	if (s->err == 0)
		put_rule(s, x - MARGIN);
	s->y += 3;
}

static void
end_table(struct press *s)
{
	double widths[COLUMNS_MAX];

	if (s->nrows == 0)
		return;
	measure_columns(s, widths);
	for (size_t r = 0; r < s->nrows && s->err == 0; r++)
		put_row(s, s->rows[r], widths, r == 0 && s->head);
	s->nrows = 0;
	s->y += BODY * 0.6;
}

/* ---- the whole ---- */

/* M is behind the heading. */
static void
put_heading(struct press *s, const struct markdown_block *b, struct markdown m)
{
	double size = b->level == 1 ? 16 : b->level == 2 ? 12.5 : 11;
	double below = 4 * BODY;
	const struct paper_figure *f = NULL;
	struct markdown_block next;

	if (markdown_next(&m, &next))
		f = figure_of(s, &next);
	if (f != NULL)
		below = f->height * scale_figure(f);
	s->y += s->y > MARGIN ? size * 0.7 : 0;
	/* A heading is not the last line of a page. */
	if (!make_room(s, size * LEADING + below))
		return;
	put_text(s, b->text, 0, size, MARKDOWN_BOLD);
	s->y += size * 0.25;
}

static double
measure_text(struct press *s, struct str text, double indent)
{
	struct styled st = { BUF_INIT, BUF_INIT };
	double high;

	read_spans(&st, text, MARKDOWN_PLAIN);
	high = set_text(s, &st, 0, FULL - indent, BODY, false, false);
	free_styled(&st);
	return high;
}

/* How high B is, which belongs to an item. */
static double
measure_within(struct press *s, const struct markdown_block *b)
{
	const struct paper_figure *f = figure_of(s, b);
	unsigned lines = paper_mark(b->text, "lines");
	struct str rest = b->text, line;
	double high = BODY * 0.5;

	if (f != NULL)
		return f->height * scale_figure(f) + BODY;
	if (lines > 0)
		return lines * ANSWER_LINE + BODY * 0.8;
	if (b->kind == MARKDOWN_CODE)
		while (markdown_code_line(b, &rest, &line))
			high += CODE * LEADING;
	else
		high += measure_text(s, b->text, ITEM_INDENT);
	return high;
}

/* What item B needs to stand on one page with all that belongs to it; where
 * that is more than half a page, with its first lines.  M is behind it. */
static double
measure_item(struct press *s, const struct markdown_block *b, struct markdown m)
{
	double high = measure_text(s, b->text, ITEM_INDENT) + BODY * 0.3;
	struct markdown_block next;

	while (high < PAGE_HEIGHT / 2 && markdown_next(&m, &next) &&
	       next.within && next.kind != MARKDOWN_ITEM)
		high += measure_within(s, &next);
	return high < PAGE_HEIGHT / 2 ? high : 2 * BODY * LEADING;
}

/* M is behind it. */
static void
put_item(struct press *s, const struct markdown_block *b, struct markdown m)
{
	struct buf mark = BUF_INIT;

	if (b->number > 0)
		buf_printf(&mark, "%u.", b->number);
	else
		buf_puts(&mark, "•");
	if (make_room(s, measure_item(s, b, m))) {
		put_line_of(&now(s)->svg, MARGIN + ITEM_INDENT - 5, s->y + BODY,
		    BODY, " text-anchor=\"end\"", buf_view(&mark));
		put_text(s, b->text, ITEM_INDENT, BODY, MARKDOWN_PLAIN);
		s->y += BODY * 0.3;
	}
	buf_free(&mark);
}

static void
put_paragraph(struct press *s, const struct markdown_block *b, double indent)
{
	const struct paper_figure *f = figure_of(s, b);
	unsigned lines = paper_mark(b->text, "lines");

	if (f != NULL) {
		put_figure(s, f);
	} else if (lines > 0) {
		put_answer_lines(s, lines, indent);
	} else {
		put_text(s, b->text, indent, BODY, MARKDOWN_PLAIN);
		s->y += BODY * 0.5;
	}
}

static void
put_block(struct press *s, const struct markdown_block *b, struct markdown m)
{
	double indent = b->within ? ITEM_INDENT : 0;

	if (b->kind == MARKDOWN_ROW) {
		if (b->level == 0)
			end_table(s);
		if (s->nrows == 0)
			s->head = b->level == 0;
		if (s->nrows < sizeof(s->rows) / sizeof(s->rows[0]))
			s->rows[s->nrows++] = b->text;
		return;
	}
	end_table(s);
	switch (b->kind) {
	case MARKDOWN_HEADING:
		put_heading(s, b, m);
		break;
	case MARKDOWN_ITEM:
		put_item(s, b, m);
		break;
	case MARKDOWN_CODE:
		put_code(s, b, indent);
		break;
	default:
		put_paragraph(s, b, indent);
	}
}

static int
print_sheets(struct press *s, struct buf *out, struct diag *d)
{
	struct raster_info info = { buf_view(&s->p->title),
		buf_view(&s->p->source) };
	struct raster_page *pages = mem_zalloc(s->n, sizeof(*pages));
	int err = pages == NULL ? ERR_NOMEM : 0;

	for (size_t i = 0; err == 0 && i < s->n; i++) {
		err = s->sheets[i].svg.err;
		pages[i] = (struct raster_page){ buf_view(&s->sheets[i].svg),
			s->sheets[i].parts, s->sheets[i].nparts };
	}
	if (err == 0)
		err = raster_sheets(pages, s->n, &info, out, d);
	mem_free(pages);
	return err;
}

int
paper_put_pdf(const struct paper *p, struct buf *out, struct diag *d)
{
	struct press s = { .p = p };
	struct markdown_block b;
	struct markdown m;
	int err;

	begin_sheet(&s);
	markdown_begin(&m, buf_view(&p->text));
	while (s.err == 0 && markdown_next(&m, &b))
		put_block(&s, &b, m);
	if (s.err == 0)
		end_table(&s);
	if (s.n > 0)
		end_sheet(&s);
	err = s.err != 0 ? s.err : print_sheets(&s, out, d);
	for (size_t i = 0; i < s.n; i++)
		buf_free(&s.sheets[i].svg);
	mem_free(s.sheets);
	return err;
}
