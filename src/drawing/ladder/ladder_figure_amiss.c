/*
 * What is amiss with media, in red below their band: that they do not arrive,
 * that they go elsewhere than SDP says, that nobody asked for their payload
 * type.  Where there is no place for it, it stands in the foot.
 */
#include "ladder/ladder_figure_in.h"

#include <math.h>

#define SIZE 8.5
#define HIGH 10.0

void
picture_put_amiss(const struct layout_row *r, struct buf *b)
{
	buf_str(b, r->amiss);
	if (r->lost && r->amiss.n > 0)
		buf_puts(b, _(": "));
	if (r->lost)
		buf_str(b, r->lost_text);
}

double
picture_amiss_width(const struct layout_row *r)
{
	struct buf b = BUF_INIT;
	double w = 0;

	if (r->item == LAYOUT_MEDIA)
		picture_put_amiss(r, &b);
	if (b.n > 0)
		w = figure_text_width(buf_view(&b), SIZE, false);
	buf_free(&b);
	return w;
}

/* Whether W points go below the band AT, in the middle of it or at one of its
 * ends. */
static bool
place_amiss(
    struct picture *p, const struct placed *at, double w, struct placed *box)
{
	double xs[] = { (at->left + at->right - w) / 2, at->left + 6,
		at->right - 6 - w, at->right + 12, at->left - 12 - w };

	for (int down = 0; down < 4; down++) {
		for (size_t i = 0; i < sizeof(xs) / sizeof(xs[0]); i++) {
			double y = i < 3 ? at->bottom + 1 + 5 * down
					 : (at->top + at->bottom - HIGH) / 2;

			*box =
			    (struct placed){ xs[i], y, xs[i] + w, y + HIGH, 0 };
			if (picture_inside(p, box) && picture_free(p, box) &&
			    !picture_on_lifeline(p, box) &&
			    !picture_crossed(p, ANYBODY, box))
				return true;
		}
	}
	return false;
}

void
picture_settle_amiss(struct picture *p, const struct layout_row *r)
{
	struct stand *s = &p->stands[r - p->l->rows];
	double w = picture_amiss_width(r);

	s->amiss = w > 0 && place_amiss(p, &s->box, w, &s->amiss_box);
	if (s->amiss)
		picture_place(p, &s->amiss_box);
	else if (w > 0)
		p->unsaid |= 1ull << r->reason;
}

void
picture_amiss(struct picture *p, const struct layout_row *r)
{
	static const struct figure_font font = { SIZE, RED, false, false };
	const struct stand *s = &p->stands[r - p->l->rows];
	const struct placed *box = &s->amiss_box;
	struct buf b = BUF_INIT;

	if (!s->amiss)
		return;
	picture_put_amiss(r, &b);
	figure_text(&p->figure, (box->left + box->right) / 2,
	    (box->top + box->bottom) / 2, buf_view(&b), FIGURE_CENTRE, &font);
	buf_end(&b, &p->figure.out->err);
}
