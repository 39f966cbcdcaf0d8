/*
 * The ladder as a file: a table of formats, each a function from a layout to
 * bytes.
 */
#ifndef LADDER_LADDER_FILE_H
#define LADDER_LADDER_FILE_H

#include "base/diag.h"
#include "ladder/ladder_figure.h"
#include "ladder/ladder_marks.h"
#include "ladder/layout.h"

struct ladder_file_options {
	const char *title; /* NULL: the trace's own */
	bool unsaid;       /* of pictures: no line says where it comes from */
	size_t width;      /* of text; 0: 80, more where labels need it */
	bool ascii;        /* of text */
	bool messages;     /* of text, Markdown, figures: they follow in full */
	bool numbers;      /* of figures: a list of them follows */
	bool pinned;       /* of a graph: with the places of the figure */
	unsigned marks;    /* brackets: bits, 1 << enum ladder_mark_kind */
	/* Of pictures: how wide in print, in points (0: as wide as it is);
	 * pages of paper, in points, and which of them (0: all that there are);
	 * dots an inch of a bitmap (0: 150). */
	double print_width, paper_width, paper_height, dpi;
	size_t page;
	bool one_page; /* of a pdf: however long it is, else on A4 */
	/* Gets where a picture on one page may be cut, to be freed with
	 * ladder_cuts_free; may be NULL. */
	struct ladder_cuts *cuts;
	/* Gets a sentence for the person where the picture is not what it
	 * should be: its type too small to be read; may be NULL. */
	struct buf *remark;
};

/* The names of the formats, NULL behind the last; also endings of files. */
const char *ladder_file_format(size_t i);
/* Format I is of KIND: "text", lines of characters; "figure", nodes and arrows
 * at places; "picture", a figure that has a size in print; "", any. */
bool ladder_file_is(size_t i, struct str kind);
/* "svg" of "x.svg"; NULL where the ending is not a format. */
const char *ladder_file_format_of(const char *file);

/* Appends L, which was made from T, in FORMAT to OUT, of which a drain gets
 * texts piece by piece.  0 or D's error; of OUT's D has none where it has a
 * drain. */
int ladder_file_write(const char *format, const struct trace *t,
    const struct layout *l, const struct ladder_file_options *o,
    struct buf *out, struct diag *d);

/* The same in SVG, of pages the first: no other process has part in it. */
int ladder_svg_write(const struct trace *t, const struct layout *l,
    const struct ladder_file_options *o, struct buf *out, struct diag *d);

/* Appends the ladder as one JSON object (columns, rows, states; not translated)
 * and a newline.  0 or ERR_NOMEM. */
int ladder_json_write(const struct layout *l, struct buf *out);

/*
 * The ladder as a page of Markdown (CommonMark with GitHub's tables): the
 * figure for mermaid, the figure as text, what its marks mean, and, if
 * asked for, the messages.
 */
struct ladder_md_options {
	const char *title;  /* NULL: the trace's own */
	const char *footer; /* where it comes from, or NULL */
	const char *source; /* the same in full, or NULL */
	size_t width;       /* of the figure as text; 0: 80 */
	bool ascii;         /* of the figure as text */
	bool messages;
	const struct ladder_marks *marks; /* beside the figure as text */
};

/* Appends the page of L, which was made from T.  O may be NULL.  0 or
 * ERR_NOMEM. */
int ladder_md_write(const struct trace *t, const struct layout *l,
    const struct ladder_md_options *o, struct buf *out);

#endif
