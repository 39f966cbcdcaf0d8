/*
 * A text to be read in a pane: lines of styled pieces, of which some lead to a
 * record.  The code that makes one knows nothing of screens; the pane that
 * shows it scrolls it, moves a cursor over its lines and follows them.
 */
#ifndef DRAW_DOC_H
#define DRAW_DOC_H

#include "base/field.h"
#include "draw/grid.h"

struct doc_piece {
	size_t from, to; /* into the text */
	uint8_t style;
};

struct doc_line {
	size_t first, end; /* pieces */
	uint64_t seq;      /* the record it leads to; 0: none */
};

struct doc {
	struct buf text; /* as it came; made safe when it is drawn */
	struct doc_piece *pieces;
	size_t npieces, pieces_cap;
	struct doc_line *lines;
	size_t nlines, lines_cap;
	int err; /* 0 or ERR_NOMEM: write all of it, then look once */
};

#define DOC_INIT ((struct doc){ .text = BUF_INIT })

void doc_free(struct doc *d);
void doc_clear(struct doc *d); /* memory kept */

/* Only the first NLINES remain. */
void doc_cut(struct doc *d, size_t nlines);

/* Begins a line that leads to record SEQ (0: nowhere).  Pieces go onto the last
 * line; without one they begin it. */
void doc_line(struct doc *d, uint64_t seq);
void doc_put(struct doc *d, enum canvas_style style, struct str text);
void doc_puts(struct doc *d, enum canvas_style style, const char *text);
void doc_printf(struct doc *d, enum canvas_style style, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Spaces until the line is CELLS wide. */
void doc_pad(struct doc *d, size_t cells);
/* TEXT, clipped to CELLS; clipped text ends in "…". */
void
doc_clip(struct doc *d, enum canvas_style style, struct str text, size_t cells);
/* TEXT so that it ends at cell WIDTH, with two spaces before it at the least;
 * on a line of its own where there is no room. */
void doc_right(
    struct doc *d, enum canvas_style style, struct str text, size_t width);
/* TEXT as one or more lines of at most WIDTH cells, broken between words (or
 * wide characters), behind what the present line has; the lines it begins are
 * indented and lead where the present one does.  A line's end in TEXT ends a
 * line.  There is room for 16 cells at the least, whatever WIDTH says. */
void doc_wrap(struct doc *d, enum canvas_style style, struct str text,
    size_t indent, size_t width);

/* As doc_wrap, in a column that begins at cell COLUMN; or on the next line
 * where the present line is longer or the column would be narrow. */
void doc_wrap_beside(struct doc *d, enum canvas_style style, struct str text,
    size_t column, size_t width);

/* How to put a text of which a part is marked. */
struct doc_marked {
	enum canvas_style style, mark;
	size_t from, to; /* bytes of the text in style MARK */
	size_t indent, width;
	const char *also; /* line ends, as wrap_fits */
};
/* As doc_wrap, but line ends in TEXT are shown like other controls. */
void
doc_wrap_marked(struct doc *d, struct str text, const struct doc_marked *m);
/* The bytes FROM … TO of TEXT on the present line. */
void doc_put_marked(struct doc *d, struct str text, size_t from, size_t to,
    const struct doc_marked *m);

/* What line I of FROM has, behind what the present line has; nothing where
 * there is no such line. */
void doc_append(struct doc *d, const struct doc *from, size_t line);

/* Cells of line I; of the present line, 0 without one. */
size_t doc_width(const struct doc *d, size_t line);
size_t doc_used(const struct doc *d);

/* Lines TOP … into A, SKIP cells of each left out; the line CHOSEN (SIZE_MAX:
 * none) is flagged GRID_CHOSEN over the whole width. */
void doc_draw(const struct doc *d, const struct grid_area *a, size_t top,
    size_t skip, size_t chosen);

/* All of it as text, or in ANSI colours.  0 or ERR_NOMEM. */
int doc_write(const struct doc *d, struct buf *out);
int doc_write_colour(const struct doc *d, enum theme theme, struct buf *out);

/* ---- what was drawn on a grid, as lines of a text ---- */

/* Appends the lines of G to D, without the spaces at their ends and the empty
 * lines at the foot.  What has not happened yet is dim; D's err has G's as
 * well.
 */
void doc_put_grid(struct doc *d, const struct grid *g);

/* ---- JSON, for pages and programs that draw the text themselves ---- */

/* What a line and a piece have: docs/TRACE.md. */
extern const struct field doc_line_fields[], doc_piece_fields[];

/*
 * Appends D as an object:
 * {"lines":[{"record":3,"pieces":[{"style":"bold","text":"INVITE"}]}]}. The
 * text is as safe as a terminal's. 0 or ERR_NOMEM, then with a part of it.
 */
int doc_write_json(const struct doc *d, struct buf *out);
/* The same as member `lines` of an object that is open. */
int doc_put_lines(const struct doc *d, struct buf *out);

/* ---- bytes that are no text ---- */

/*
 * Lines of 16 bytes, or of 8 where WIDTH is too small: the offset, the bytes,
 * and what of them ASCII has a sign for. Each leads to SEQ.
 */
void hex_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d);

/* "08 83 10": a few bytes, appended; "…" stands for the rest. */
void hex_line(struct str bytes, struct buf *out);

/* BYTES can be read as lines of text: UTF-8 with few control characters. */
bool hex_is_text(struct str bytes);
/* BYTES; those of a message whose body is a text in GB 18030 with that in
 * UTF-8, kept in SCRATCH, whose err tells of missing memory. */
struct str hex_as_text(struct str bytes, struct buf *scratch);

#endif
