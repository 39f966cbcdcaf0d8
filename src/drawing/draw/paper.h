/*
 * Papers: worksheets, keys and reports.  Their text is Markdown
 * (text/markdown.h), in which a line alone
 *
 *	![figure 3]     is figure 3 of the list of figures, from 1
 *	![lines 4]      are four empty lines to write on
 *
 * A paper is written as Markdown, as a page of HTML or as a PDF of A4 pages.
 */
#ifndef DRAW_PAPER_H
#define DRAW_PAPER_H

#include "base/diag.h"

#define PAPER_FIGURES_MAX 64

struct paper_figure {
	struct buf svg;  /* with its width and height in points */
	struct buf text; /* the same as text, for Markdown */
	double width, height;
	/* The places of possible cuts, from its top, and the part repeated
	 * above the rest behind a cut; none: it stays whole. */
	double *cuts; /* owned */
	size_t ncuts;
	double names_top, names_bottom;
	double least; /* the factor by which it can still be read */
};

struct paper {
	struct buf text; /* Markdown */
	struct paper_figure figures[PAPER_FIGURES_MAX];
	size_t nfigures;
	struct buf title, source; /* of a PDF's or page's head */
	struct buf head;          /* a line on top of each page; may be empty */
	/* Put at the end: "<!-- NAME WORD -->\n"; in Markdown an unused
	 * definition of a link, "[NAME]: WORD". */
	struct buf extra;
};

#define PAPER_INIT ((struct paper){ .nfigures = 0 })

void paper_free(struct paper *p);

/* Room for a figure more, to be filled in; NULL where there is none.  Its size
 * is read from the SVG by paper_measure. */
struct paper_figure *paper_add_figure(struct paper *p);
/* Reads width and height of F's svg; false where it says none. */
bool paper_measure(struct paper_figure *f);

/* What a page of a PDF has room for, points: below two headings. */
#define PAPER_ROOM_WIDTH  510.0
#define PAPER_ROOM_HEIGHT 640.0

/* FILE's ending names the form: .md, .html, .pdf.  ERR_NOTFOUND: it is none of
 * them; else 0 or D's error. */
int paper_write(
    const struct paper *p, const char *file, struct buf *out, struct diag *d);

/* The same of the N papers of LIST, which follow each other: each begins a page
 * of its own, from 1 on.  Title and source are the first one's. */
int paper_write_all(const struct paper *list, size_t n, const char *file,
    struct buf *out, struct diag *d);

/* 0 where FILE's ending is one of those; else D's error, which names them and
 * ALSO, a further ending that the caller can write (may be NULL). */
int paper_refuse(const char *file, const char *also, struct diag *d);

/* The forms, of N papers.  0 or D's error; only the PDF can fail for another
 * reason than memory. */
int paper_put_markdown(
    const struct paper *list, size_t n, struct buf *out, struct diag *d);
int paper_put_html(
    const struct paper *list, size_t n, struct buf *out, struct diag *d);
/* TEXT, Markdown, as the member KEY of a JSON object: elements of a page, which
 * are well-formed XML. */
void paper_json_html(struct buf *out, const char *key, struct str text);
int paper_put_pdf(
    const struct paper *list, size_t n, struct buf *out, struct diag *d);

/* "![figure 3]" alone in a paragraph: WORD and its number, 0: it is none. */
unsigned paper_mark(struct str paragraph, const char *word);

#endif
