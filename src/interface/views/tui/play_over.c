/*
 * What lies over and under the ladder: boxes, the caption, and the bottom line,
 * which is a prompt, an answer, or the keys.
 */
#include "views/tui/play.h"

#include "base/i18n.h"
#include "text/utf8.h"
#include "words/caption.h"

/* One line for everybody in the hall. */
void
play_draw_caption(struct play *p, const struct grid_area *a, size_t y)
{
	struct play_view *v = play_view(p);
	struct buf b = BUF_INIT;

	if (v->seq > 0 && !p->predicting && !play_is_exam(p))
		caption_write(v->trace, v->seq, a->w - 2, &b);
	grid_text(a, 1, y, buf_view(&b), a->w - 1, STYLE_BOLD);
	buf_free(&b);
}

/* TEXT in as many lines as it needs, so many at most, the last one line Y: what
 * is said is not cut. */
#define SAY_LINES 8

static void
draw_said(
    const struct grid_area *a, size_t y, struct str text, enum canvas_style s)
{
	struct doc d = DOC_INIT;
	struct grid_area in;
	size_t n;

	if (utf8_width(text) < a->w || a->w < 20) {
		grid_text(a, 1, y, text, a->w - 1, s);
		return;
	}
	doc_wrap(&d, s, text, 0, a->w - 2);
	n = d.nlines < SAY_LINES ? d.nlines : SAY_LINES;
	n = n < y ? n : y;
	grid_fill(a, 0, y + 1 - n, a->w, n, GLYPH_SPACE, STYLE_PLAIN);
	in = grid_part(a, 1, y + 1 - n, a->w - 1, n);
	doc_draw(&d, &in, 0, 0, SIZE_MAX);
	doc_free(&d);
}

/* What is wrong with what was typed, or what may be. */
static void
draw_above_line(struct play *p, const struct grid_area *a, size_t y)
{
	if (p->say.n == 0 && p->hint.n == 0)
		return;
	grid_fill(a, 0, y, a->w, 1, GLYPH_SPACE, STYLE_PLAIN);
	if (p->say.n > 0)
		draw_said(a, y, buf_view(&p->say), STYLE_WARNING);
	else
		draw_said(a, y, buf_view(&p->hint), STYLE_DIM);
}

/* What the run is doubtful about is said where one begins, and where it ends.
 * While the rest is hidden it is no news yet: some of it the run itself found.
 */
static void
draw_remarks(struct play *p, const struct grid_area *a, size_t y)
{
	const struct play_view *v = play_view(p);
	bool at_end = v->done && v->seq == trace_count(v->trace);
	struct buf b = BUF_INIT;
	const struct diag *d;

	if (p->src->remark == NULL || p->over != OVER_NOTHING ||
	    ((v->seq != 0 || p->hiding) && !at_end))
		return;
	for (size_t i = 0;
	     (d = p->src->remark(v->number, i, p->src->keeper)) != NULL; i++) {
		buf_puts(&b, i > 0 ? " · " : "");
		diag_write(d, &b);
	}
	if (b.n > 0) {
		grid_fill(a, 0, y, a->w, 1, GLYPH_SPACE, STYLE_PLAIN);
		draw_said(a, y, buf_view(&b), STYLE_WARNING);
	}
	buf_free(&b);
}

void
play_draw_bottom(struct play *p, const struct grid_area *a, size_t y)
{
	struct play_view *v = play_view(p);
	const char *warning = v->done ? layout_warning(v->layout) : NULL;
	struct grid_area rest = *a;
	struct buf b = BUF_INIT;

	rest.w -= play_exam_draw(p, a, y);
	a = &rest;
	play_find_put(p, &b);
	if (b.n == 0)
		play_lesson_put_made(p, &b);
	if (p->over == OVER_LINE) {
		draw_above_line(p, a, y - 1);
		p->cursor_x = line_edit_draw(&p->line, a, y);
		p->cursor_y = y;
	} else if (p->doing.going) {
		buf_clear(&b);
		buf_printf(&b,
		    _("the run is repeated up to there: %u %%; Esc "
		      "stops it"),
		    p->doing.percent);
		grid_text(a, 1, y, buf_view(&b), a->w - 1, STYLE_BOLD);
	} else if (b.n > 0) {
		grid_text(a, 1, y, buf_view(&b), a->w - 1, STYLE_BOLD);
	} else if (p->say.n > 0) {
		draw_said(a, y, buf_view(&p->say),
		    p->say_bad ? STYLE_WARNING : STYLE_BOLD);
	} else if (warning != NULL && v->seq == trace_count(v->trace)) {
		grid_text(a, 1, y, str_of(warning), a->w - 1, STYLE_WARNING);
	} else {
		draw_remarks(p, a, y - 1);
		play_put_keys(p, a, y);
	}
	buf_free(&b);
}

static void
draw_text_box(struct play *p, const struct grid_area *a)
{
	struct play_text *t = &p->over_text;
	struct grid_area box, in;
	size_t w = 0;

	for (size_t i = 0; i < t->doc.nlines; i++)
		if (doc_width(&t->doc, i) + 4 > w)
			w = doc_width(&t->doc, i) + 4;
	box = chooser_box(a, w, t->doc.nlines + 2, p->over_title);
	in = grid_part(&box, 2, 1, box.w - 4, box.h - 2);
	if (t->top + in.h > t->doc.nlines)
		t->top = t->doc.nlines > in.h ? t->doc.nlines - in.h : 0;
	doc_draw(&t->doc, &in, t->top, 0, SIZE_MAX);
	chooser_box_more(&box, t->top > 0, t->top + in.h < t->doc.nlines);
}

void
play_draw_over(struct play *p, const struct grid_area *a)
{
	p->over_area = *a;
	switch (p->over) {
	case OVER_CHOOSER:
		chooser_draw(&p->chooser, a);
		break;
	case OVER_DOC:
		draw_text_box(p, a);
		break;
	case OVER_TOUR:
		play_tour_draw(p, a);
		break;
	default:
		break;
	}
}
