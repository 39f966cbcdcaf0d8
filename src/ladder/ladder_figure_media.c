/*
 * Many packets one way, summed up: a band from lifeline to lifeline, with what
 * they are in one of the gaps between them.
 */
#include "ladder/ladder_figure_in.h"

#include <math.h>

#define SIZE  8.5
#define HALF  7.0 /* of the band's height */
#define GREEN "#17683a"

/* "RTP PCMA Alice → Bob ×891", with NAMES; else the arrow alone says whose. */
static void
put_text(const struct picture *p, const struct layout_row *r, bool names,
    struct buf *b)
{
	buf_str(b, r->label);
	buf_putc(b, ' ');
	if (names) {
		buf_str(b, p->l->columns[r->from].label);
		buf_puts(b, " → ");
		buf_str(b, p->l->columns[r->to].label);
	} else {
		buf_puts(b, r->from < r->to ? "→" : "←");
	}
	buf_printf(b, " ×%u", r->copies);
	if (b->err != 0)
		p->figure.out->err = b->err;
}

/* As much as goes between two lifelines. */
static double
choose_text(const struct picture *p, const struct layout_row *r, struct buf *b)
{
	double width;

	put_text(p, r, true, b);
	width = figure_text_width(buf_view(b), SIZE, false);
	if (width <= p->column - 20)
		return width;
	buf_clear(b);
	put_text(p, r, false, b);
	return figure_text_width(buf_view(b), SIZE, false);
}

/* Where in the band at Y the text stands: in the middle of a gap, or beside it
 * where a bracket stands there. */
static double
text_at(
    const struct picture *p, const struct layout_row *r, double y, double width)
{
	static const double parts[] = { 0.5, 0.44, 0.56, 0.38, 0.62 };
	size_t one = r->from < r->to ? r->from : r->to;
	size_t other = r->from < r->to ? r->to : r->from;

	for (size_t i = 0; i < 5; i++) {
		for (size_t c = one; c < other; c++) {
			double x = p->x[c] + (p->x[c + 1] - p->x[c]) * parts[i];
			struct placed box = { x - width / 2 - 2, y - SIZE / 2,
				x + width / 2 + 2, y + SIZE / 2, 0 };

			if (box.left > p->x[c] + 5 &&
			    box.right < p->x[c + 1] - 5 &&
			    !picture_crossed(p, ANYBODY, &box))
				return x;
		}
	}
	return (p->x[one] + p->x[one + 1]) / 2;
}

/* Lower where something stands already. */
void
picture_settle_media(struct picture *p, const struct layout_row *r)
{
	size_t one = r->from < r->to ? r->from : r->to;
	size_t other = r->from < r->to ? r->to : r->from;
	double left = p->x[one] + picture_bar_half(p, one, r->y);
	double right = p->x[other] - picture_bar_half(p, other, r->y);
	double y = picture_y(p, r->y) + (p->l->true_time ? 8 : -3);
	struct stand *s = &p->stands[r - p->l->rows];
	struct buf text = BUF_INIT;

	if (one == other)
		return;
	s->box = (struct placed){ left, y - HALF, right, y + HALF, 0 };
	for (int i = 0; i < 64 && !picture_free(p, &s->box); i++) {
		s->box.top += 8;
		s->box.bottom += 8;
	}
	s->text = picture_inside(p, &s->box);
	if (s->text) {
		s->width = choose_text(p, r, &text);
		s->at.y = (s->box.top + s->box.bottom) / 2;
		s->at.x = text_at(p, r, s->at.y, s->width);
		picture_place(p, &s->box);
	}
	buf_free(&text);
}

void
picture_media(struct picture *p, const struct layout_row *r)
{
	static const struct figure_font font = { SIZE, GREEN, false, false };
	const struct stand *s = &p->stands[r - p->l->rows];
	struct buf text = BUF_INIT;

	if (!s->text)
		return;
	choose_text(p, r, &text);
	figure_box(&p->figure, s->box.left, s->box.top, s->box.right,
	    s->box.bottom, "#e3f1e8", GREEN, false);
	figure_text(&p->figure, s->at.x, s->at.y, buf_view(&text),
	    FIGURE_CENTRE, &font);
	buf_free(&text);
}
