/*
 * Graphs that Graphviz lays out itself (state machines, networks): what their
 * files have in common, and the pictures of them.  Labels are tables of
 * Graphviz's HTML-like language, every text in them escaped here.
 */
#ifndef DRAW_DOT_HTML_H
#define DRAW_DOT_HTML_H

#include "base/diag.h"

/* As draw/dot_put.c has them: the first are common where reports are written,
 * the last have the arrows and the Chinese characters. */
#define DOT_HTML_FAMILY \
	"Helvetica,Arial,DejaVu Sans,WenQuanYi Zen Hei,sans-serif"

/* Appends TEXT, made safe; nothing in it is markup. */
void dot_html_text(struct buf *b, struct str text);
/* A figure is as wide as its widest text. */
#define DOT_HTML_CELLS 80

/* Appends TEXT in a font of SIZE points and COLOUR; what is longer than
 * DOT_HTML_CELLS ends in "…". */
void dot_html_font(
    struct buf *b, struct str text, double size, const char *colour, bool bold);
/* The same as a row of a table. */
void dot_html_row(
    struct buf *b, struct str text, double size, const char *colour, bool bold);

/* The formats of dot_html_write: gv, svg, png, pdf; NULL behind the last. */
const char *dot_html_format(size_t i);
/* 0, or ERR_NOTFOUND with a sentence in D where FORMAT is none of them. */
int dot_html_check(const char *format, struct diag *d);
/* Appends the graph of the file DOT, laid out by ENGINE ("dot", "neato"), in
 * FORMAT to OUT.  0, ERR_NOTFOUND where there is no such format, or as
 * render_svg and raster_write; with a sentence in D. */
int dot_html_write(struct str dot, const char *engine, const char *format,
    struct buf *out, struct diag *d);

#endif
