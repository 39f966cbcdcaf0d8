/*
 * The ladder as a page that is stepped through in a browser: one file, with
 * nothing from elsewhere, that works from a disk.  It holds the picture, every
 * message with its lines explained, why each record happened, and the state of
 * the nodes at each record.  Without its script, and on paper, the picture and
 * all messages can be read all the same.  docs/PAGE.md describes it.
 */
#ifndef VIEWS_HTML_HTML_PAGE_H
#define VIEWS_HTML_HTML_PAGE_H

#include "base/diag.h"
#include "ladder/layout.h"

/* More records, or more bytes, than a browser likes to step through. */
#define HTML_RECORDS 100000
#define HTML_BYTES   (200u << 20)
#define HTML_SOUND   (10u << 20) /* bytes of a WAV file: 10 minutes */
/* More messages than a student is asked about; a question takes about 1 KiB. */
#define HTML_QUESTIONS 500

struct html_options {
	const char *title;                   /* NULL: the trace's own */
	const struct layout_options *layout; /* of which L was made, or NULL */
	struct str wav;    /* a file of sound, to be played there; or empty */
	const char *sound; /* what it is, in words */
	struct str link;   /* where this run can be played; or empty */
	/* In print the picture would be so wide, points, and the page alone has
	 * its title; 0: 640, and it has it as well. */
	unsigned width;
};

/*
 * Appends the page of T with the ladder L to OUT: the same bytes for the same
 * trace, options and language.  0, ERR_NOMEM, or ERR_LIMIT where there is more
 * than HTML_RECORDS, HTML_BYTES or what the picture has room for, with a
 * sentence in D.  O may be NULL.
 */
int html_page_write(const struct trace *t, const struct layout *l,
    const struct html_options *o, struct buf *out, struct diag *d);

/* The parts of a page, for callers that have the rest of it already. */
struct html_parts {
	struct buf title; /* text */
	struct buf body;  /* elements, well-formed */
	struct buf data;  /* an object of JSON: README.md */
};
#define HTML_PARTS_INIT ((struct html_parts){ BUF_INIT, BUF_INIT, BUF_INIT })

/* Fills in P, which is empty; free it also after a failure.  Otherwise as
 * html_page_write. */
int html_parts_write(const struct trace *t, const struct layout *l,
    const struct html_options *o, struct html_parts *p, struct diag *d);
void html_parts_free(struct html_parts *p);

#endif
