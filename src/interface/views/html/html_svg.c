/*
 * The picture in the page.  This file, assets/html/ladder.js and sheets.js are
 * all that knows how the picture is made: that the element of the row of record
 * 12 has the id "r12".
 */
#include "ladder/ladder_file.h"
#include "views/html/html_in.h"

/* In print it would be so wide, points: on a screen of 1366 by 768 the ladder
 * of five nodes has type of 10 pixels then, beside the panes. */
#define PICTURE_WIDTH 640

int
html_svg(struct html *h)
{
	/* The page itself says where it comes from. */
	struct ladder_file_options o = { .title =
					     h->o->width > 0 ? "" : h->o->title,
		.unsaid = true,
		.print_width = h->o->width > 0 ? h->o->width : PICTURE_WIDTH };
	LOCAL_BUF svg = BUF_INIT;
	ptrdiff_t at;
	int err;

	err = ladder_svg_write(h->t, h->l, &o, &svg, h->d);
	if (err == 0) {
		/* The part before it is for a file of its own. */
		at = str_find(buf_view(&svg), "<svg");
		buf_str(h->out,
		    str_slice(buf_view(&svg), at > 0 ? (size_t)at : 0, svg.n));
	}
	return err;
}
