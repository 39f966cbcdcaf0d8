/* Sheets of a paper, lines of text and figures on them. */
#include <math.h>
#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "draw/figure.h"
#include "draw/paper_press_in.h"
#include "draw/wrap.h"
#include "text/utf8.h"
#include "text/xml.h"

/* Of a line. */
#define LEAST_CELLS 8
/* Code within a line is smaller than the text around it: 0.88em. */
#define CODE_IN_LINE 0.88

/* ---- pages ---- */

struct sheet *
press_sheet(struct press *s)
{
	return &s->sheets[s->n - 1];
}

double
press_top(const struct press *s)
{
	return MARGIN + (s->p->head.n > 0 ? HEAD_LINE : 0);
}

void
press_put_line(struct buf *svg, double x, double y, double size,
    const char *more, struct str text)
{
	buf_puts(svg, "<text x=\"");
	xml_put_number(svg, x);
	buf_puts(svg, "\" y=\"");
	xml_put_number(svg, y);
	buf_printf(svg, "\" font-size=\"%d\"%s>", (int)size, more);
	xml_put(svg, text);
	buf_puts(svg, "</text>\n");
}

void
press_end_sheet(struct press *s)
{
	LOCAL_BUF number = BUF_INIT;

	if (s->n == s->first)
		return;
	press_sheet(s)->low = s->y;
	buf_printf(&number, "%zu", s->n - s->first);
	press_put_line(&press_sheet(s)->svg, PAGE_WIDTH / 2,
	    PAGE_HEIGHT - MARGIN, SMALL,
	    " text-anchor=\"middle\" fill=\"#5b636e\"", buf_view(&number));
	buf_puts(&press_sheet(s)->svg, "</svg>\n");
}

void
press_begin_sheet(struct press *s)
{
	struct sheet *sheet;

	press_end_sheet(s);
	s->err = ARRAY_ROOM(&s->sheets, &s->cap, s->n + 1);
	if (s->err != 0)
		return;
	sheet = &s->sheets[s->n++];
	memset(sheet, 0, sizeof(*sheet));
	buf_printf(&sheet->svg,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%dpt\" "
	    "height=\"%dpt\" viewBox=\"0 0 %d %d\" font-family=\"%s\" "
	    "fill=\"#1b1f24\" xml:space=\"preserve\">\n",
	    (int)PAGE_WIDTH, (int)PAGE_HEIGHT, (int)PAGE_WIDTH,
	    (int)PAGE_HEIGHT, FIGURE_FAMILY);
	s->y = press_top(s);
	if (s->p->head.n > 0) {
		press_put_line(&sheet->svg, MARGIN, MARGIN + HEAD, HEAD,
		    " fill=\"#3c444f\"", buf_view(&s->p->head));
	}
}

bool
press_make_room(struct press *s, double height)
{
	if (s->err == 0 && s->y + height > BOTTOM && s->y > press_top(s))
		press_begin_sheet(s);
	return s->err == 0;
}

/* ---- texts ---- */

void
press_read_spans(struct styled *st, struct str text, enum markdown_style base)
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

void
press_free_styled(struct styled *st)
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
	struct buf *svg = &press_sheet(s)->svg;

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

/* TEXT has Chinese characters: from U+3000 on three bytes, the first of them
 * 0xE3 or more. */
static bool
has_wide(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] >= 0xe3)
			return true;
	return false;
}

/* How wide the bytes FROM … TO are as a line. */
static double
measure_line(const struct styled *st, size_t from, size_t to, double size)
{
	double wide = 0;

	while (from < to) {
		char style = st->styles.p[from];
		size_t end = from;
		struct str run;

		while (end < to && st->styles.p[end] == style)
			end++;
		run = str_slice(buf_view(&st->text), from, end);
		wide +=
		    style == MARKDOWN_CODE_SPAN
			? (double)utf8_width(run) * CODE_CELL * CODE_IN_LINE *
			      size
			: figure_text_width(run, size, style == MARKDOWN_BOLD);
		from = end;
	}
	return wide;
}

/* How many bytes from FROM on go onto a line of WIDTH.  CELLS is what a usual
 * line has. */
static size_t
press_fit_line(const struct styled *st, size_t from, size_t cells, double width,
    double size)
{
	struct str rest = str_slice(buf_view(&st->text), from, st->text.n);
	size_t n;

	for (;; cells--) {
		n = wrap_fits(rest, cells, NULL, NULL);
		if (cells <= LEAST_CELLS ||
		    measure_line(st, from, from + n, size) <= width)
			return n;
	}
}

double
press_set_text(struct press *s, const struct styled *st, double x, double width,
    double size, bool draw, bool pages)
{
	struct str all = buf_view(&st->text), rest = all;
	double cell = has_wide(all) ? WIDE_CELL : CELL;
	size_t cells = (size_t)(width / (size * cell)) + LEAST_CELLS;
	double begin = s->y, high = 0;

	while (rest.n > 0 && s->err == 0) {
		size_t from = (size_t)(rest.p - all.p);
		size_t n = press_fit_line(st, from, cells, width, size);

		if (draw && pages)
			press_make_room(s, size * LEADING);
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

void
press_put_text(struct press *s, struct str text, double indent, double size,
    enum markdown_style base)
{
	struct styled st = { BUF_INIT, BUF_INIT };

	press_read_spans(&st, text, base);
	if (st.text.err != 0 || st.styles.err != 0)
		s->err = ERR_NOMEM;
	else
		press_set_text(
		    s, &st, MARGIN + indent, FULL - indent, size, true, true);
	press_free_styled(&st);
}

double
press_measure_text(struct press *s, struct str text, double indent)
{
	struct styled st = { BUF_INIT, BUF_INIT };
	double high;

	press_read_spans(&st, text, MARKDOWN_PLAIN);
	high = press_set_text(s, &st, 0, FULL - indent, BODY, false, false);
	press_free_styled(&st);
	return high;
}

/* ---- figures on pages ---- */

/* So much smaller it becomes, to fit a page. */
#define SMALLER 0.85
/* Of a page: what may stay empty below which a figure is not cut; what a part
 * of one has at least. */
#define EMPTY_MOST 0.25
#define PART_LEAST 0.12

enum place { PLACE_HERE, PLACE_NEXT, PLACE_CUT };

static double
page_height(const struct press *s)
{
	return BOTTOM - press_top(s);
}

static double
scale_across(const struct paper_figure *f)
{
	return fmin(1, FULL / f->width);
}

/* The factor by which F fits ROOM, if it is to become no smaller than LEAST;
 * else 0. */
static double
scale_to(const struct paper_figure *f, double room, double least)
{
	double scale = fmin(scale_across(f), room / f->height);

	return scale >= fmax(least, f->least) ? scale : 0;
}

/*
 * Where F stands that would begin ABOVE points further down the page, and by
 * what factor. A figure that does not fit the rest of a page becomes a little
 * smaller, or stands on the next page if little is left empty by that. A longer
 * one is cut where it may be: each part fills its page except for the last,
 * after which the text goes on.
 */
static enum place
choose_figure_place(const struct press *s, const struct paper_figure *f,
    double above, double *scale)
{
	double page = page_height(s), room = BOTTOM - s->y - above;
	double least = SMALLER * scale_across(f);

	*scale = scale_to(f, room, least);
	if (*scale > 0)
		return PLACE_HERE;
	/* What can't be cut becomes as small as it must. */
	*scale = f->ncuts == 0 ? fmin(scale_across(f), page / f->height)
			       : scale_to(f, page, 0);
	if (f->ncuts == 0)
		return f->height * *scale > room ? PLACE_NEXT : PLACE_HERE;
	if (*scale > 0 && room < page * EMPTY_MOST)
		return PLACE_NEXT;
	*scale = scale_across(f);
	return room < page * EMPTY_MOST ? PLACE_NEXT : PLACE_CUT;
}

double
press_measure_figure(
    const struct press *s, const struct paper_figure *f, double above)
{
	double scale;

	switch (choose_figure_place(s, f, above, &scale)) {
	case PLACE_HERE:
		return f->height * scale;
	case PLACE_NEXT:
		return page_height(s);
	default:
		return page_height(s) * EMPTY_MOST;
	}
}

/* What lies between FROM and TO of F, points before SCALE. */
static void
press_put_part(struct press *s, const struct paper_figure *f, double scale,
    double from, double to)
{
	struct sheet *sheet = press_sheet(s);

	if (sheet->nparts == PAPER_FIGURES_MAX)
		return;
	sheet->parts[sheet->nparts++] = (struct raster_part){
		.svg = buf_view(&f->svg),
		.x = MARGIN + (FULL - f->width * scale) / 2,
		.y = s->y - from * scale,
		.width = f->width * scale,
		.height = f->height * scale,
		.from = from * scale,
		.to = to * scale,
	};
	s->y += (to - from) * scale;
}

/* The last place at which the part from FROM on can be cut that is to be MOST
 * high at most; its end: it need not be cut; 0: it can't. */
static double
press_find_cut(
    const struct paper_figure *f, double from, double most, double least)
{
	double best = 0;

	if (f->height - from <= most)
		return f->height;
	for (size_t i = 0; i < f->ncuts; i++)
		if (f->cuts[i] - from <= most && f->cuts[i] > from &&
		    f->height - f->cuts[i] >= least)
			best = f->cuts[i];
	return best;
}

/* F over pages, from the present one on. */
static void
put_cut(struct press *s, const struct paper_figure *f, double scale)
{
	double least = page_height(s) * PART_LEAST / scale, from = 0;

	while (s->err == 0 && from < f->height) {
		double room = (BOTTOM - s->y) / scale, to;

		if (from > 0)
			room -= f->names_bottom - f->names_top;
		to = press_find_cut(f, from, room, least);
		/* Nothing there is high enough for a page to have no place. */
		if (to <= 0 && s->y <= press_top(s))
			to = fmin(from + fmax(room, least), f->height);
		if (to > 0 && from > 0)
			press_put_part(
			    s, f, scale, f->names_top, f->names_bottom);
		if (to > 0) {
			press_put_part(s, f, scale, from, to);
			from = to;
		}
		if (from < f->height)
			press_begin_sheet(s);
	}
}

void
press_put_figure(struct press *s, const struct paper_figure *f)
{
	double scale;
	enum place place = choose_figure_place(s, f, 0, &scale);

	if (place == PLACE_NEXT && s->y > press_top(s)) {
		press_begin_sheet(s);
		if (s->err != 0)
			return;
		place = choose_figure_place(s, f, 0, &scale);
	}
	if (place == PLACE_CUT)
		put_cut(s, f, scale);
	else
		press_put_part(s, f, scale, 0, f->height);
	s->y += BODY;
}
