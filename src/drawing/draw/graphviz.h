/*
 * Graphs that Graphviz lays out (state machines, networks, ladders): what their
 * files have in common, and the pictures of them, made by the program `dot`,
 * which only this file knows.  Forms other than SVG go on through
 * draw/raster.h.  Labels are text, or tables of Graphviz's HTML-like language;
 * every text in them is escaped here.
 */
#ifndef DRAW_GRAPHVIZ_H
#define DRAW_GRAPHVIZ_H

#include "base/buf.h"
#include "base/diag.h"

/* FIGURE_FAMILY of draw/figure.h. */
#define DOT_HTML_FAMILY \
	"Helvetica,Arial,DejaVu Sans,WenQuanYi Zen Hei,sans-serif"

/* What rows are in. */
#define DOT_HTML_TABLE \
	"<table border=\"0\" cellspacing=\"0\" cellpadding=\"1\">"

/* Appends TEXT in a font of SIZE points and COLOUR, as a table that has as much
 * room as it takes in any family (draw/figure.h); a text longer than
 * DOT_HTML_CELLS ends in "…".  Nothing where TEXT is empty. */
void dot_html_font(
    struct buf *b, struct str text, double size, const char *colour, bool bold);
/* The same, in the middle, as a row of a table. */
void dot_html_row(
    struct buf *b, struct str text, double size, const char *colour, bool bold);
/* The same at the left of a cell that goes over so many COLUMNS. */
void dot_html_left(struct buf *b, struct str text, double size,
    const char *colour, bool bold, unsigned columns);

/* The formats of dot_html_write: gv, svg, png, pdf; NULL behind the last. */
const char *dot_html_format(size_t i);
/* 0, or ERR_NOTFOUND with a sentence in D where FORMAT is none of them. */
int dot_html_check(const char *format, struct diag *d);
/* Appends the graph of the file DOT, laid out by ENGINE ("dot", "neato";
 * "nop2" for what has its places), in FORMAT to OUT: the same bytes for the
 * same DOT.  0, ERR_NOTFOUND where there is no such format, ERR_SYNTAX, an
 * error of program_run, or as raster_write; with a sentence in D. */
int dot_html_write(struct str dot, const char *engine, const char *format,
    struct buf *out, struct diag *d);

/* ---- strings in Graphviz's language, for every writer of it ---- */

/* TEXT in quotes as DOT wants it: nothing in it can end the string, begin an
 * escape of Graphviz's own or become an entity. */
void dot_quote(struct buf *b, struct str text);
/* The lines of TEXT as a label.  END is Graphviz's end of a line: "\\n" centres
 * it and stands between lines; "\\l" sets it left and stands behind each. */
void dot_quote_lines(struct buf *b, struct str text, const char *end);
/* NAME as that of a node: a plain word, or in quotes where it is none or a word
 * of the language. */
void dot_put_id(struct buf *b, struct str name);

#endif
