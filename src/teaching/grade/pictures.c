/* Draws ladders into papers. */
#include "grade/report.h"

#include "base/err.h"
#include "draw/figure.h"
#include "ladder/ladder_file.h"
#include "text/xml.h"

/* A ladder of more rows than fit a page is not a figure. */
#define ROWS_MOST 120

/* ---- to be drawn ---- */

#define BLANK_WIDTH  420.0
#define BLANK_HEIGHT 300.0

/* A node that sends or receives. */
static bool
pictures_takes_part(const struct trace *t, struct str name)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_send s;
	struct trace_rec rec;
	bool found = false;

	for (uint64_t seq = 0;
	     !found && trace_next(t, TRACE_SEND, &seq, &rec);) {
		found = trace_get_send(&rec, &s, &scratch) == 0 &&
			(str_eq(s.src, name) || str_eq(s.dst, name));
	}
	return found;
}

static void
put_lifeline(struct buf *svg, struct str name, double x)
{
	buf_puts(svg, "<text font-size=\"11\" text-anchor=\"middle\" "
		      "font-weight=\"bold\" y=\"16\" x=\"");
	xml_put_number(svg, x);
	buf_puts(svg, "\">");
	xml_put(svg, name);
	buf_puts(svg, "</text><path stroke=\"#5b636e\" stroke-width=\"0.8\" "
		      "fill=\"none\" d=\"M");
	xml_put_number(svg, x);
	buf_puts(svg, " 24V");
	xml_put_number(svg, BLANK_HEIGHT);
	buf_puts(svg, "\"/>\n");
}

/* The lifelines alone. */
static int
put_blank(struct paper_figure *f, const struct trace *t)
{
	const struct trace_head *h = trace_head(t);
	size_t n = 0, i = 0;

	for (size_t k = 0; k < h->nnodes; k++)
		n += pictures_takes_part(t, h->nodes[k].name);
	buf_printf(&f->svg,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%dpt\" "
	    "height=\"%dpt\" viewBox=\"0 0 %d %d\" "
	    "font-family=\"" FIGURE_FAMILY "\">\n",
	    (int)BLANK_WIDTH, (int)BLANK_HEIGHT, (int)BLANK_WIDTH,
	    (int)BLANK_HEIGHT);
	for (size_t k = 0; k < h->nnodes; k++) {
		if (!pictures_takes_part(t, h->nodes[k].name))
			continue;
		put_lifeline(&f->svg, h->nodes[k].name,
		    BLANK_WIDTH * ((double)i++ + 0.5) / (double)n);
		buf_printf(&f->text, "%.*s\t", STR_ARG(h->nodes[k].name));
	}
	buf_puts(&f->svg, "</svg>\n");
	return f->svg.err != 0 ? f->svg.err : f->text.err;
}

/* ---- drawn ---- */

/* What can be read in print: the smallest type of a ladder whose labels have 6
 * points, which is smaller than they are. */
#define LEAST_TYPE 5.3

/* Says where F, the last figure so far, stands. */
static int
put_figure_place(struct paper *p, struct paper_figure *f)
{
	if (!paper_measure(f))
		return ERR_SYNTAX;
	buf_printf(&p->text, "\n![figure %zu]\n\n", p->nfigures);
	return p->text.err;
}

/* The ladder that F has, which is too wide for one page, on pages beside each
 * other instead: F is the first. */
static int
put_pages(struct paper *p, struct paper_figure *f, const struct trace *t,
    const struct layout *l, struct diag *d)
{
	struct ladder_file_options file = { .title = "",
		.page = 1,
		.paper_width = PAPER_ROOM_WIDTH,
		.paper_height = PAPER_ROOM_HEIGHT };
	struct diag none = DIAG_INIT;
	int err;

	buf_clear(&f->svg);
	err = ladder_file_write("svg", t, l, &file, &f->svg, d);
	while (err == 0 && f != NULL) {
		LOCAL_BUF svg = BUF_INIT;

		err = put_figure_place(p, f);
		file.page++;
		/* Behind the last page there is none. */
		if (err == 0 &&
		    ladder_file_write("svg", t, l, &file, &svg, &none) == 0)
			f = paper_add_figure(p);
		else
			f = NULL;
		if (f != NULL)
			buf_move(&f->svg, &svg);
	}
	return err;
}

/* CUTS become F's. */
static void
take_cuts(struct paper_figure *f, struct ladder_cuts *cuts)
{
	f->cuts = cuts->at;
	f->ncuts = cuts->n;
	f->names_top = cuts->names_top;
	f->names_bottom = cuts->names_bottom;
	f->least = LEAST_TYPE / cuts->type;
	cuts->at = NULL;
}

/* As wide as a page; the heading above it has its title. */
static int
put_drawn(struct paper *p, struct paper_figure *f, const struct trace *t,
    struct diag *d)
{
	struct layout_options o = LAYOUT_OPTIONS;
	LOCAL(ladder_cuts_free) struct ladder_cuts cuts = { .at = NULL };
	struct ladder_file_options text = { .width = 80 };
	struct ladder_file_options file = {
		.title = "", .print_width = PAPER_ROOM_WIDTH, .cuts = &cuts
	};
	struct layout *l = NULL;
	int err;

	o.max_rows = ROWS_MOST;
	err = layout_create(&l, t, &o, d);
	if (err == 0)
		err = ladder_file_write("svg", t, l, &file, &f->svg, d);
	if (err == 0)
		err = ladder_file_write("txt", t, l, &text, &f->text, d);
	if (err == 0 && cuts.type < LEAST_TYPE)
		err = put_pages(p, f, t, l, d);
	else if (err == 0) {
		take_cuts(f, &cuts);
		err = put_figure_place(p, f);
	}
	layout_destroy(l);
	return err;
}

int
paper_put_ladder(
    struct paper *p, const struct trace *t, bool blank, struct diag *d)
{
	struct paper_figure *f = paper_add_figure(p);
	int err;

	if (f == NULL)
		return 0;
	err = blank ? put_blank(f, t) : put_drawn(p, f, t, d);
	if (err == 0 && blank)
		err = put_figure_place(p, f);
	return diag_fail(d, err);
}
