/*
 * The screen put together: a line on top that says where one is, the ladder,
 * the pane beside or below it, a caption for the lecture hall, the keys.
 *
 *	room for both         the pane stands at the right (play_sides.c)
 *	fewer, 20 lines       the pane stands below
 *	fewer lines           one of them at a time
 */
#include "views/tui/play_panes.h"

#include "base/i18n.h"
#include "text/utf8.h"
#include "words/caption.h"
#include "words/time_words.h"
#include "words/trace_words.h"

/* ---- over and under the ladder: boxes, the caption, the bottom line ---- */

/* The caption: one line for all in the hall, at Y. */
static void
play_draw_caption(struct play *p, const struct grid_area *a, size_t y)
{
	struct play_view *v = play_view(p);
	LOCAL_BUF b = BUF_INIT;

	if (v->seq > 0 && !p->predicting && !play_is_exam(p))
		caption_write(v->trace, v->seq, a->w - 2, &b);
	grid_text(a, 1, y, buf_view(&b), a->w - 1, STYLE_BOLD);
}

/* TEXT in as many lines as it needs, so many at most, the last one line Y:
 * messages are not cut. */
#define SAY_LINES 8

static void
draw_said(
    const struct grid_area *a, size_t y, struct str text, enum canvas_style s)
{
	LOCAL(doc_free) struct doc d = DOC_INIT;
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
}

/* The error in the typed text, or a hint. */
static void
draw_above_line(struct play *p, const struct grid_area *a, size_t y)
{
	if (p->say.n == 0 && p->box.hint.n == 0)
		return;
	grid_fill(a, 0, y, a->w, 1, GLYPH_SPACE, STYLE_PLAIN);
	if (p->say.n > 0)
		draw_said(a, y, buf_view(&p->say), STYLE_WARNING);
	else
		draw_said(a, y, buf_view(&p->box.hint), STYLE_DIM);
}

/* What the run is doubtful about is said where one begins, and where it ends.
 * While the rest is hidden it is no news yet: some of it the run itself found.
 */
static void
draw_remarks(struct play *p, const struct grid_area *a, size_t y)
{
	const struct play_view *v = play_view(p);
	bool at_end = v->done && v->seq == trace_count(v->trace);
	LOCAL_BUF b = BUF_INIT;
	const struct diag *d;

	if (p->src->remark == NULL || p->box.over != OVER_NOTHING ||
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
}

static void
play_draw_bottom(struct play *p, const struct grid_area *a, size_t y)
{
	struct play_view *v = play_view(p);
	/* A hold stands below the ladder. */
	const char *warning =
	    v->done && play_held_by(p) == 0 ? layout_warning(v->layout) : NULL;
	struct grid_area rest = *a;
	LOCAL_BUF b = BUF_INIT;

	rest.w -= play_exam_draw(p, a, y);
	a = &rest;
	play_find_put(p, &b);
	if (b.n == 0)
		play_lesson_put_made(p, &b);
	if (p->box.over == OVER_LINE) {
		draw_above_line(p, a, y - 1);
		p->drawn.cursor_x = line_edit_draw(&p->box.line, a, y);
		p->drawn.cursor_y = y;
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
}

/* In the title line of the keys' BOX: the words to be found. */
static void
put_find(struct play *p, const struct grid_area *box)
{
	bool typed = p->box.keys.find.n > 0;
	LOCAL_BUF b = BUF_INIT;
	size_t cells;

	buf_putc(&b, ' ');
	buf_puts(&b, typed ? _("find: ") : _("type to find"));
	buf_str(&b, buf_view(&p->box.keys.find));
	buf_puts(&b, typed ? "_ " : " ");
	cells = utf8_width(buf_view(&b));
	if (cells + utf8_width(str_of(p->box.title)) + 9 < box->w)
		grid_text(box, box->w - cells - 3, 0, buf_view(&b), cells,
		    typed ? STYLE_KEY : STYLE_DIM);
}

static void
draw_text_box(struct play *p, const struct grid_area *a)
{
	struct play_text *t = &p->box.text;
	struct grid_area box, in;
	size_t w = 0, lines = t->doc.nlines;

	for (size_t i = 0; i < t->doc.nlines; i++)
		if (doc_width(&t->doc, i) + 4 > w)
			w = doc_width(&t->doc, i) + 4;
	/* The box of keys stays as large as it was with all of them. */
	if (p->box.keys.shown && p->box.keys.find.n == 0) {
		p->box.keys.width = w;
		p->box.keys.lines = t->doc.nlines;
	}
	if (p->box.keys.shown) {
		w = p->box.keys.width;
		lines = p->box.keys.lines;
	}
	box = chooser_box(a, w, lines + 2, p->box.title);
	if (p->box.keys.shown)
		put_find(p, &box);
	in = grid_part(&box, 2, 1, box.w - 4, box.h - 2);
	if (t->top + in.h > t->doc.nlines)
		t->top = t->doc.nlines > in.h ? t->doc.nlines - in.h : 0;
	doc_draw(&t->doc, &in, t->top, 0, SIZE_MAX);
	chooser_box_more(&box, t->top > 0, t->top + in.h < t->doc.nlines);
}

static void
play_draw_over(struct play *p, const struct grid_area *a)
{
	p->drawn.over = *a;
	switch (p->box.over) {
	case OVER_CHOOSER:
		chooser_draw(&p->box.chooser, a);
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

#define LEAST_WIDTH  40
#define LEAST_HEIGHT 10
/* From here on places have words; from here on there is room for a pane
 * below. */
#define WIDE 100
#define HIGH 20

static bool
is_row_found(const struct layout_row *row, void *arg)
{
	const struct play_seqs *found = arg;

	return play_seqs_has(found, row->seq) ||
	       (row->end_seq != 0 && play_seqs_has(found, row->end_seq));
}

void
play_ladder_now(
    struct play *p, struct play_view *v, struct ladder_screen_now *now)
{
	const struct layout_row *parting;

	*now = LADDER_SCREEN_NOW;
	now->seq = v->seq;
	now->t = v->t_ns;
	now->row = v->seq > 0 ? layout_row_at(v->layout, v->seq) : LAYOUT_NONE;
	/* A timer that was set now has its row where it fires. */
	while (p->hiding && now->row != LAYOUT_NONE &&
	       v->layout->rows[now->row].seq > v->seq)
		now->row = now->row > 0 ? now->row - 1 : LAYOUT_NONE;
	now->top = v->top;
	now->first = v->first;
	now->column = play_column(p, v);
	now->marks = v->marks.list;
	now->nmarks = v->marks.n;
	/* Side by side, the row where the two part is marked. */
	parting = play_parting_row(p, v->number);
	v->parts = parting != NULL ? parting->seq : 0;
	if (v->parts != 0) {
		now->marks = &v->parts;
		now->nmarks = 1;
	}
	now->found = v->found.n > 0 ? is_row_found : NULL;
	now->arg = &v->found;
	now->present = p->o.present;
	now->hide_future = p->predicting || p->hiding;
}

/* "▶ ×1" while it plays. */
static void
put_speed(struct play *p, struct buf *b)
{
	buf_puts(b, p->playing ? "▶ ×" : "|| ×");
	buf_printf(b, "%g", play_speeds[p->speed]);
}

/* Where one is, in words, or in numbers alone where the line is short. */
static void
put_position(struct play *p, bool words, struct buf *b)
{
	struct play_view *v = play_view(p);
	unsigned long long count = trace_count(v->trace), seq = v->seq;
	const char *dot = " · ";

	if (p->hiding) {
		buf_printf(b, words ? _("message %zu") : "%zu",
		    play_message_number(p));
		buf_puts(b, dot);
		buf_printf(b, words ? _("record %llu") : "#%llu", seq);
	} else {
		buf_printf(b, words ? _("message %zu of %zu") : "%zu/%zu",
		    play_message_number(p), v->layout->nmessages);
		buf_puts(b, dot);
		buf_printf(b, words ? _("record %llu of %llu") : "#%llu/%llu",
		    seq, count);
		/* It grows yet. */
		if (!v->done)
			buf_puts(b, "+");
		if (play_is_live(p, v->number))
			buf_printf(
			    b, " %s", p->follows ? _("now") : _("running"));
	}
	buf_puts(b, dot);
	time_put(b, v->t_ns);
	buf_puts(b, " s  ");
}

/* Names the parts that are hidden, or shown in another way. */
static void
put_limits(struct play *p, struct buf *b)
{
	const char *words[2];
	size_t calls = play_list_words(&p->ladder.only, words, 2);

	if (play_chosen_put(p, b))
		return;
	if (p->search.filter_text.n > 0)
		buf_printf(
		    b, "  [%.*s]", STR_ARG(buf_view(&p->search.filter_text)));
	if (calls > 0)
		buf_printf(b, "  [%s]",
		    calls == 1 ? _("one call; o: all")
			       : _("some calls; o: all"));
	if (play_view(p)->layout->hidden > 0)
		buf_printf(b, _("  [%zu hidden; H: show]"),
		    play_view(p)->layout->hidden);
	if (p->hiding)
		buf_puts(b, _("  [rest hidden]"));
	if (p->node_fixed && p->ladder.hidden.n == 0)
		buf_printf(b, _("  [%.*s; 0: whoever acts]"),
		    STR_ARG(buf_view(&p->node)));
}

/* The title and the limits of the view, in CELLS: the limits are whole as long
 * as there is room for them, the title is cut. */
static void
play_view_put_title(struct play *p, size_t cells, struct buf *b)
{
	struct str title = title_translate(str_of(p->src->title));
	struct buf limits = BUF_INIT;
	size_t room = utf8_width(STR(" rung · "));

	put_limits(p, &limits);
	room += utf8_width(buf_view(&limits));
	room = cells > room ? cells - room : 0;
	buf_puts(b, " rung · ");
	if (utf8_width(title) <= room)
		buf_str(b, title);
	else
		buf_printf(b, "%.*s…",
		    STR_ARG(
			str_trim(utf8_clip(title, room > 0 ? room - 1 : 0))));
	buf_str(b, buf_view(&limits));
	buf_end(&limits, &b->err);
}

static void
draw_top(struct play *p, const struct grid_area *a)
{
	LOCAL_BUF left = BUF_INIT, right = BUF_INIT;
	size_t cells, used;

	if (!play_has_choice(p) || !p->in_calls) {
		put_position(p, a->w >= WIDE, &right);
		put_speed(p, &right);
	}
	if (p->nviews > 1) {
		struct str name = str_of(p->src->name(p->now, p->src->arg));

		/* A long name leaves the rest its place. */
		buf_puts(&right, "  ");
		if (a->w >= WIDE)
			buf_printf(&right, "%s ", _("branch"));
		buf_str(&right, utf8_clip(name, a->w >= WIDE ? 32 : 16));
	}
	buf_puts(&right, " ");
	grid_fill(a, 0, 0, a->w, 1, GLYPH_SPACE, STYLE_HERE);
	cells = utf8_width(buf_view(&right));
	used = cells < a->w ? a->w - cells : 0;
	play_view_put_title(p, used > 1 ? used - 1 : used, &left);
	grid_text(
	    a, 0, 0, buf_view(&left), used > 1 ? used - 1 : used, STYLE_HERE);
	grid_text(a, used, 0, buf_view(&right), a->w, STYLE_HERE);
}

/* The half beside shows the same lines, as long as ROW is among them: what both
 * have in common stands level. */
static bool
keep_level(struct play *p, struct play_view *v, size_t row, size_t height)
{
	size_t top = play_view(p)->top;
	size_t line = ladder_screen_line_of(v->ladder, row);

	if (v == play_view(p) || line < top || line + 1 >= top + height)
		return false;
	v->top = top;
	return true;
}

/* Lines that stay for the ladder where a task holds it. */
#define HELD_LADDER 6

/* Which task holds the ladder, below it; A becomes the rest. */
static void
draw_hold(struct play *p, struct grid_area *a)
{
	LOCAL_BUF b = BUF_INIT;
	struct doc text = DOC_INIT;
	struct grid_area below;

	if (!play_hold_put(p, &b) || a->w < 2)
		return;
	doc_wrap(&text, STYLE_MARK, buf_view(&b), 0, a->w - 2);
	if (text.err == 0 && text.nlines + HELD_LADDER <= a->h) {
		below =
		    grid_part(a, 1, a->h - text.nlines, a->w - 2, text.nlines);
		a->h -= text.nlines;
		doc_draw(&text, &below, 0, 0, SIZE_MAX);
	}
	doc_free(&text);
}

/* Where a task holds all of the run, its network can be seen. */
static bool
draw_network_instead(
    struct play *p, const struct play_view *v, const struct grid_area *a)
{
	struct grid_area part = grid_part(a, 1, 0, a->w - 2, a->h);
	struct pane_moment m;

	if (play_held_by(p) == 0 || a->w < 2 || v->layout->nrows > 0 ||
	    !play_moment(p, PANE_NETWORK, &m))
		return false;
	pane_network.draw(&m, &part);
	return true;
}

void
play_draw_ladder(struct play *p, size_t view, const struct grid_area *whole)
{
	struct play_view *v = &p->views[view];
	struct grid_area rest = *whole, *a = &rest;
	struct ladder_screen_now now;
	size_t head, look;

	draw_hold(p, a);
	if (draw_network_instead(p, v, a))
		return;
	play_ladder_now(p, v, &now);
	head = ladder_screen_head_lines(v->ladder, a->w);
	look = now.row;
	if (look == LAYOUT_NONE && v->layout->nrows > 0)
		look = 0;
	if (look != LAYOUT_NONE && a->h > head) {
		if (!keep_level(p, v, look, a->h - head))
			v->top = ladder_screen_top(
			    v->ladder, &now, a->h - head, look);
		/* The other half shows the same columns. */
		v->first = view != p->now ? play_view(p)->first
					  : ladder_screen_first(
						v->ladder, &now, a->w, look);
	}
	now.top = v->top;
	now.first = v->first;
	ladder_screen_draw(v->ladder, &now, a);
}

/* The name of a branch, and when it goes another way than the one beside. */
static void
draw_branch_name(struct play *p, size_t view, const struct grid_area *a)
{
	const struct layout_row *parting = play_parting_row(p, view);
	LOCAL_BUF b = BUF_INIT;
	size_t x = 1;

	x += grid_text(a, x, 0, str_of(p->src->name(view, p->src->arg)),
	    a->w - 2, STYLE_TITLE);
	if (parting != NULL) {
		time_put(&b, parting->t);
		x += 2;
		grid_put(a, x, 0, GLYPH_BULLET, STYLE_MARK);
		buf_puts(&b, " s");
		if (x + 2 < a->w)
			grid_text(
			    a, x + 2, 0, buf_view(&b), a->w - x - 2, STYLE_DIM);
	}
}

static void
draw_half(struct play *p, size_t view, const struct grid_area *a)
{
	struct grid_area part = grid_part(a, 0, 1, a->w, a->h - 1);

	draw_branch_name(p, view, a);
	if (view == p->now) {
		p->drawn.ladder = part;
		p->drawn.ladder_lines = part.h;
	}
	play_draw_ladder(p, view, &part);
}

/* Side by side, or where that is too narrow one above the other. */
static void
play_view_draw_beside(struct play *p, const struct grid_area *a)
{
	struct play_view *other = &p->views[p->beside];
	struct grid_area one, two;

	/* Both at the same time of day. */
	other->t_ns = play_view(p)->t_ns;
	other->seq = trace_at_time(other->trace, other->t_ns);
	if (a->w < WIDE) {
		one = grid_part(a, 0, 0, a->w, a->h / 2);
		two = grid_part(a, 0, one.h, a->w, a->h - one.h);
	} else {
		one = play_split(a, (a->w - 1) / 2, &two);
		two.w = one.w;
	}
	draw_half(p, p->now, &one);
	draw_half(p, p->beside, &two);
}

static void
draw_middle(struct play *p, const struct grid_area *a)
{
	bool fits = play_fits_beside(p, a->w);

	p->drawn.ladder = p->drawn.pane = p->drawn.second =
	    (struct grid_area){ 0 };
	if (p->in_calls) {
		play_draw_pane(p, PANE_CALLS, a);
	} else if (p->beside != SIZE_MAX && !p->in_pane) {
		play_view_draw_beside(p, a);
	} else if (p->predicting) {
		play_draw_question(p, a);
	} else if (p->pane_whole || (p->in_pane && !fits && a->h < HIGH)) {
		play_draw_pane_alone(p, a);
	} else if (fits || (a->h >= HIGH && !p->o.present)) {
		play_draw_sides(p, a);
	} else {
		play_draw_ladder_alone(p, a);
	}
}

static void
draw_too_small(const struct grid_area *a)
{
	LOCAL_BUF b = BUF_INIT;
	LOCAL(doc_free) struct doc d = DOC_INIT;

	buf_printf(&b, _("%zu×%zu is too small; at least %d×%d is needed"),
	    a->w, a->h, LEAST_WIDTH, LEAST_HEIGHT);
	doc_wrap(&d, STYLE_PLAIN, buf_view(&b), 0, a->w);
	doc_draw(&d, a, 0, 0, SIZE_MAX);
}

int
play_draw(struct play *p, struct grid *g)
{
	struct grid_area all = grid_all(g), middle;
	size_t caption_lines = p->o.present ? 1 : 0;
	int err = 0;

	grid_clear(g);
	p->drawn.cursor_x = SIZE_MAX;
	p->drawn.width = g->width;
	p->drawn.height = g->height;
	if (g->width < LEAST_WIDTH || g->height < LEAST_HEIGHT) {
		draw_too_small(&all);
		return 0;
	}
	err = play_fit_mode(p, g->height);
	if (err == 0)
		err = play_share_columns(p);
	if (err != 0)
		return err;
	draw_top(p, &all);
	middle = grid_part(&all, 0, 1, all.w, all.h - 2 - caption_lines);
	draw_middle(p, &middle);
	if (caption_lines > 0)
		play_draw_caption(p, &all, all.h - 2);
	play_draw_over(p, &middle);
	play_draw_bottom(p, &all, all.h - 1);
	return 0;
}
