/* Papers as PDF: pages of A4. */
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "text/xml.h"
#include "draw/figure.h"
#include "draw/paper_press_in.h"
#include "draw/wrap.h"

#include <string.h>

/* ---- blocks ---- */

static void
put_pdf_code(struct press *s, const struct markdown_block *b, double indent)
{
	struct str rest = b->text, line;
	size_t cells = (size_t)((FULL - indent - 8) / (CODE * CODE_CELL));

	while (markdown_code_line(b, &rest, &line))
		do {
			size_t n = wrap_fits(line, cells, " ", NULL);
			struct str part = str_slice(line, 0, n);

			if (!press_make_room(s, CODE * LEADING))
				return;
			press_put_line(&press_sheet(s)->svg,
			    MARGIN + indent + 8, s->y + CODE, CODE,
			    " font-family=\"" FIGURE_CODE_FAMILY "\"", part);
			s->y += CODE * LEADING;
			line = str_slice(line, n, line.n);
		} while (line.n > 0);
	s->y += BODY * 0.5;
}

static void
put_answer_lines(struct press *s, unsigned n, double indent)
{
	for (unsigned i = 0; i < n && press_make_room(s, ANSWER_LINE); i++) {
		struct buf *svg = &press_sheet(s)->svg;

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

/* The figure that B is, or NULL. */
static const struct paper_figure *
find_block_figure(const struct press *s, const struct markdown_block *b)
{
	unsigned n =
	    b->kind == MARKDOWN_PARAGRAPH ? paper_mark(b->text, "figure") : 0;

	return n > 0 && n <= s->p->nfigures ? &s->p->figures[n - 1] : NULL;
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
pdf_measure_columns(const struct press *s, double widths[COLUMNS_MAX])
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
			    (double)utf8_width(cells[c]) * BODY * WIDE_CELL +
			    12;

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
put_table_rule(struct press *s, double width)
{
	struct buf *svg = &press_sheet(s)->svg;

	buf_puts(svg, "<path stroke=\"#c3cad3\" stroke-width=\"0.5\" d=\"M");
	xml_put_number(svg, MARGIN);
	buf_putc(svg, ' ');
	xml_put_number(svg, s->y);
	buf_puts(svg, "h");
	xml_put_number(svg, width);
	buf_puts(svg, "\"/>\n");
}

static void
put_pdf_row(struct press *s, struct str row, const double *widths, bool head)
{
	struct str cells[COLUMNS_MAX];
	size_t n = read_cells(row, cells);
	struct styled st[COLUMNS_MAX];
	double high = 0, x = MARGIN;

	memset(st, 0, sizeof(st));
	for (size_t c = 0; c < n; c++) {
		double h;

		press_read_spans(
		    &st[c], cells[c], head ? MARKDOWN_BOLD : MARKDOWN_PLAIN);
		if (st[c].text.err != 0 || st[c].styles.err != 0)
			s->err = ERR_NOMEM;
		h = press_set_text(
		    s, &st[c], 0, widths[c] - 8, BODY - 1, false, false);
		high = h > high ? h : high;
	}
	if (press_make_room(s, high + 6))
		for (size_t c = 0; c < n; c++) {
			press_set_text(s, &st[c], x + 2, widths[c] - 8,
			    BODY - 1, true, false);
			x += widths[c];
		}
	for (size_t c = 0; c < n; c++)
		press_free_styled(&st[c]);
	s->y += high + 3;
	if (s->err == 0)
		put_table_rule(s, x - MARGIN);
	s->y += 3;
}

static void
end_pdf_table(struct press *s)
{
	double widths[COLUMNS_MAX];

	if (s->nrows == 0)
		return;
	pdf_measure_columns(s, widths);
	for (size_t r = 0; r < s->nrows && s->err == 0; r++)
		put_pdf_row(s, s->rows[r], widths, r == 0 && s->head);
	s->nrows = 0;
	s->y += BODY * 0.6;
}

/* ---- the whole ---- */

/* How high B is, which belongs to an item. */
static double
measure_within(struct press *s, const struct markdown_block *b)
{
	const struct paper_figure *f = find_block_figure(s, b);
	unsigned lines = paper_mark(b->text, "lines");
	struct str rest = b->text, line;
	double high = BODY * 0.5;

	if (f != NULL)
		return press_measure_figure(s, f, 0);
	if (lines > 0)
		return lines * ANSWER_LINE + BODY * 0.8;
	if (b->kind == MARKDOWN_CODE)
		while (markdown_code_line(b, &rest, &line))
			high += CODE * LEADING;
	else
		high += press_measure_text(s, b->text, ITEM_INDENT);
	return high;
}

/* What item B needs to stand on one page with all that belongs to it; where
 * that is more than half a page, with its first lines.  M is behind it. */
static double
measure_item(struct press *s, const struct markdown_block *b, struct markdown m)
{
	double high = press_measure_text(s, b->text, ITEM_INDENT) + BODY * 0.3;
	struct markdown_block next;

	while (high < PAGE_HEIGHT / 2 && markdown_next(&m, &next) &&
	       next.within && next.kind != MARKDOWN_ITEM)
		high += measure_within(s, &next);
	return high < PAGE_HEIGHT / 2 ? high : 2 * BODY * LEADING;
}

static double
heading_size(const struct markdown_block *b)
{
	return b->level == 1 ? 16 : b->level == 2 ? 12.5 : 11;
}

/* What follows a heading has to begin on its page: how high that is.  M is
 * behind the heading, which takes HIGH; both together. */
static double
measure_below(struct press *s, struct markdown m, double high)
{
	struct markdown_block next;

	while (markdown_next(&m, &next)) {
		const struct paper_figure *f = find_block_figure(s, &next);

		if (f != NULL)
			return high + press_measure_figure(s, f, high);
		if (next.kind == MARKDOWN_ITEM)
			return high + measure_item(s, &next, m);
		if (next.kind != MARKDOWN_HEADING)
			break;
		high += heading_size(&next) * (LEADING + 0.95);
	}
	return high + 4 * BODY;
}

/* M is behind the heading. */
static void
put_pdf_heading(
    struct press *s, const struct markdown_block *b, struct markdown m)
{
	double size = heading_size(b);

	s->y += s->y > press_top(s) ? size * 0.7 : 0;
	if (!press_make_room(s, measure_below(s, m, size * LEADING)))
		return;
	press_put_text(s, b->text, 0, size, MARKDOWN_BOLD);
	s->y += size * 0.25;
}

/* M is behind it. */
static void
put_pdf_item(struct press *s, const struct markdown_block *b, struct markdown m)
{
	LOCAL_BUF mark = BUF_INIT;

	if (b->number > 0) {
		buf_printf(&mark, "%u.", b->number);
		s->y += s->y > press_top(s) ? BODY * 0.5 : 0;
	} else {
		buf_puts(&mark, "•");
	}
	if (press_make_room(s, measure_item(s, b, m))) {
		press_put_line(&press_sheet(s)->svg, MARGIN + ITEM_INDENT - 5,
		    s->y + BODY, BODY, " text-anchor=\"end\"", buf_view(&mark));
		press_put_text(s, b->text, ITEM_INDENT, BODY, MARKDOWN_PLAIN);
		s->y += BODY * 0.3;
	}
}

static void
put_pdf_paragraph(
    struct press *s, const struct markdown_block *b, double indent)
{
	const struct paper_figure *f = find_block_figure(s, b);
	unsigned lines = paper_mark(b->text, "lines");

	if (f != NULL) {
		press_put_figure(s, f);
	} else if (lines > 0) {
		put_answer_lines(s, lines, indent);
	} else {
		press_put_text(s, b->text, indent, BODY, MARKDOWN_PLAIN);
		s->y += BODY * 0.5;
	}
}

static void
put_pdf_block(
    struct press *s, const struct markdown_block *b, struct markdown m)
{
	double indent = b->within ? ITEM_INDENT : 0;

	if (b->kind == MARKDOWN_ROW) {
		if (b->level == 0)
			end_pdf_table(s);
		if (s->nrows == 0)
			s->head = b->level == 0;
		s->err = ARRAY_ROOM(&s->rows, &s->rows_cap, s->nrows + 1);
		if (s->err == 0)
			s->rows[s->nrows++] = b->text;
		return;
	}
	end_pdf_table(s);
	switch (b->kind) {
	case MARKDOWN_HEADING:
		put_pdf_heading(s, b, m);
		break;
	case MARKDOWN_ITEM:
		put_pdf_item(s, b, m);
		break;
	case MARKDOWN_CODE:
		put_pdf_code(s, b, indent);
		break;
	default:
		put_pdf_paragraph(s, b, indent);
	}
}

static int
print_sheets(struct press *s, struct buf *out, struct diag *d)
{
	struct raster_info info = { buf_view(&s->p->title),
		buf_view(&s->p->source) };
	LOCAL_MEM struct raster_page *pages = mem_zalloc(s->n, sizeof(*pages));
	int err = pages == NULL ? ERR_NOMEM : 0;

	for (size_t i = 0; err == 0 && i < s->n; i++) {
		err = s->sheets[i].svg.err;
		pages[i] = (struct raster_page){ buf_view(&s->sheets[i].svg),
			s->sheets[i].parts, s->sheets[i].nparts };
	}
	if (err == 0)
		err = raster_sheets(pages, s->n, &info, out, d);
	return err;
}

/* Appends EXTRA, a line, as a comment (ISO 32000-1 7.2.4).  Behind it the
 * trailer comes once more, since readers look for that at the file's end. */
static int
append_comment(struct str extra, struct buf *out)
{
	static const char mark[] = "\nstartxref\n";
	struct str pdf = buf_view(out), end;
	LOCAL_BUF tail = BUF_INIT;
	ptrdiff_t at;

	if (extra.n == 0)
		return 0;
	/* It is in the last lines. */
	pdf = str_slice(pdf, pdf.n > 64 ? pdf.n - 64 : 0, pdf.n);
	at = str_find(pdf, mark);
	if (at < 0)
		return 0;
	end = str_slice(pdf, (size_t)at + 1, pdf.n);
	buf_str(&tail, end);
	buf_putc(out, '%');
	buf_str(out, extra);
	buf_str(out, buf_view(&tail));
	return tail.err != 0 ? tail.err : out->err;
}

/* P on pages of its own. */
static void
put_pdf_paper(struct press *s, const struct paper *p)
{
	struct markdown_block b;
	struct markdown m;

	s->p = p;
	press_begin_sheet(s);
	markdown_begin(&m, buf_view(&p->text));
	while (s->err == 0 && markdown_next(&m, &b))
		put_pdf_block(s, &b, m);
	if (s->err == 0)
		end_pdf_table(s);
	press_end_sheet(s);
	s->first = s->n;
}

int
press_set(struct press *s, const struct paper *list, size_t n)
{
	*s = (struct press){ .p = list };
	for (size_t i = 0; i < n && s->err == 0; i++)
		put_pdf_paper(s, &list[i]);
	s->p = list;
	return s->err;
}

void
press_free(struct press *s)
{
	for (size_t i = 0; i < s->n; i++)
		buf_free(&s->sheets[i].svg);
	mem_free(s->sheets);
	mem_free(s->rows);
}

int
paper_put_pdf(
    const struct paper *list, size_t n, struct buf *out, struct diag *d)
{
	struct press s;
	int err = press_set(&s, list, n);

	if (err == 0)
		err = print_sheets(&s, out, d);
	for (size_t i = 0; i < n && err == 0; i++)
		err = append_comment(buf_view(&list[i].extra), out);
	press_free(&s);
	return err;
}
