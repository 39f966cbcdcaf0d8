/*
 * What a handset computed for its messages: a thin bar at the left of the
 * lifeline, how much it was for those who point at it.
 */
#include "ladder/ladder_figure_in.h"

#include "words/board_words.h"

#define WIDE  3.0
#define APART 1.5
#define LEAST 2.0 /* points high, so that it is seen */

static void
put_work_tip(struct picture *p, const struct layout_work *w, struct buf *tip)
{
	const struct layout_row *r = &p->l->rows[w->row];

	buf_printf(tip, "#%llu, ", (unsigned long long)w->seq);
	buf_str(tip, p->l->columns[r->from].name);
	buf_puts(tip, ": ");
	board_put_work(tip, w->count, (uint64_t)(w->t_end - w->t));
}

void
picture_works(struct picture *p)
{
	struct buf tip = BUF_INIT;

	for (size_t i = 0; i < p->l->nworks; i++) {
		const struct layout_work *w = &p->l->works[i];
		size_t column = p->l->rows[w->row].from;
		double x = p->x[column] - APART -
			   picture_bar_half(p, column, w->y_end);
		double top = picture_y(p, w->y),
		       bottom = picture_y(p, w->y_end);
		struct figure_mark mark = { NULL, "computing", STR_NULL };

		if (!picture_on_page(p, w->y, w->y_end))
			continue;
		buf_clear(&tip);
		put_work_tip(p, w, &tip);
		mark.tip = buf_view(&tip);
		figure_group(&p->figure, &mark);
		figure_box(&p->figure, x - WIDE,
		    bottom - top < LEAST ? bottom - LEAST : top, x, bottom,
		    BROWN, NULL, false);
		figure_group_end(&p->figure);
	}
	buf_end(&tip, &p->figure.out->err);
}

void
picture_work_legend(struct picture *p, double x, double end, double y)
{
	static const struct figure_font font = { 8, GREY, false, false };
	struct str text = str_of(_("computing"));

	if (p->l->nworks == 0 ||
	    x + 9 + figure_text_width(text, 8, false) > end)
		return;
	figure_box(&p->figure, x, y - 5, x + WIDE, y + 5, BROWN, NULL, false);
	figure_text(&p->figure, x + 9, y, text, FIGURE_LEFT, &font);
}
