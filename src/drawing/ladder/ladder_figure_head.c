/* What frames the ladder's picture: title, axis, provenance. */
#include "text/utf8.h"
#include "ladder/ladder_arrow.h"
#include "ladder/ladder_figure_in.h"
#include "words/time_words.h"

/* From one line of the footer to the next. */
#define SENTENCE 13.0

static const struct figure_font title_font = { 15, INK, true, false };
static const struct figure_font subtitle_font = { 10.5, GREY, false, false };
static const struct figure_font time_font = { 9, GREY, false, false };
static const struct figure_font gap_font = { 8, GREY, false, true };
static const struct figure_font foot_font = { 8, GREY, false, false };

static struct str
picture_head_title_of(const struct picture *p)
{
	return p->o->title != NULL ? str_of(p->o->title) : p->l->title;
}

double
picture_title_width(const struct picture *p)
{
	return figure_text_width(
		   picture_head_title_of(p), title_font.size, true) +
	       60;
}

/* How much of TEXT goes on a line: whole words, or letters that are words;
 * 0: none. */
static size_t
fitting_title(struct str text, double width)
{
	size_t best = 0, i = 0;

	while (i < text.n) {
		size_t used;
		uint32_t c = utf8_decode(str_slice(text, i, text.n), &used);
		size_t end = c == ' ' ? i : i + used;

		i += used;
		if (c != ' ' && utf8_cells(c) < 2)
			continue;
		if (figure_text_width(
			str_slice(text, 0, end), title_font.size, true) > width)
			break;
		best = end;
	}
	return best;
}

int
picture_title_lines(const struct picture *p, double width)
{
	struct str title = picture_head_title_of(p);

	if (title.n == 0)
		return 0;
	return figure_text_width(title, title_font.size, true) > width - 60 &&
		       fitting_title(title, width - 60) > 0
		   ? 2
		   : 1;
}

static void
picture_head_draw_title(struct picture *p, double y)
{
	double width = p->tiles.window - 60;
	struct str rest = picture_head_title_of(p);
	struct buf b = BUF_INIT;

	for (int i = 0; i < p->types.title_lines; i++) {
		size_t n = i + 1 < p->types.title_lines
			       ? fitting_title(rest, width)
			       : rest.n;

		buf_clear(&b);
		figure_fit(&b, str_trim(str_slice(rest, 0, n)), title_font.size,
		    true, width);
		figure_text(&p->figure, p->tiles.edge + 30, y + TITLE_LINE * i,
		    buf_view(&b), FIGURE_LEFT, &title_font);
		rest = str_trim(str_slice(rest, n, rest.n));
	}
	buf_end(&b, &p->figure.out->err);
}

void
picture_head(struct picture *p)
{
	double y = 30;

	if (p->types.title_lines > 0) {
		picture_head_draw_title(p, y + 6);
		y += 24 + TITLE_LINE * (p->types.title_lines - 1);
	}
	if (p->o->subtitle != NULL)
		figure_text(&p->figure, p->tiles.edge + 30, y + 4,
		    str_of(p->o->subtitle), FIGURE_LEFT, &subtitle_font);
	picture_lifelines(p);
}

/* Where time is left out, across the ladder. */
static void
gap_line(const struct picture *p, const struct layout_gap *g,
    struct figure_point line[2])
{
	double y = picture_paper_y(p, g->y);

	line[0] = (struct figure_point){ p->left - p->axis + 10, y };
	line[1] = (struct figure_point){ p->right + 30, y };
}

static bool
has_room_for_gap(const struct picture *p, double y, double half)
{
	return p->pages.n <= 1 || (y - half >= p->top && y + half <= p->bottom);
}

void
picture_settle_gaps(struct picture *p)
{
	for (size_t i = 0; i < p->l->ngaps; i++) {
		struct figure_point line[2];

		gap_line(p, &p->l->gaps[i], line);
		if (has_room_for_gap(p, line[0].y, 5))
			picture_place_line(p, NOBODY, line[0], line[1]);
	}
}

void
picture_put_gap(const struct layout_gap *g, struct buf *b)
{
	int64_t left = g->to - g->from;
	int64_t unit = left > 1000000000 ? 10000000 : 1000000;

	/* The part left out need not be known to the nanosecond. */
	time_put_length(
	    b, left > unit ? (left + unit / 2) / unit * unit : left);
}

static void
draw_gap(struct picture *p, const struct layout_gap *g, double x)
{
	double y = picture_paper_y(p, g->y);
	struct figure_point zigzag[] = { { x, y - 9 }, { x, y - 5 },
		{ x - 4, y - 3 }, { x + 4, y + 2 }, { x, y + 4 },
		{ x, y + 9 } };
	struct figure_point across[2];
	struct figure_pen pen = { 0.8, AXIS, NULL, FIGURE_PLAIN };
	struct figure_pen dots = { 0.6, PALE, "dotted", FIGURE_PLAIN };
	struct buf b = BUF_INIT;

	if (!has_room_for_gap(p, y, 5))
		return;
	gap_line(p, g, across);
	figure_line(&p->figure, across, 2, &dots);
	if (!picture_tile_has(p, x))
		return;
	figure_line(&p->figure, zigzag, 6, &pen);
	picture_put_gap(g, &b);
	figure_text(
	    &p->figure, x - 9, y, buf_view(&b), FIGURE_RIGHT, &gap_font);
	buf_end(&b, &p->figure.out->err);
}

static const struct figure_pen axis_pen = { 0.8, AXIS, NULL, FIGURE_PLAIN };

static void
draw_tick(struct picture *p, const struct layout_tick *tick, double x)
{
	double y = picture_paper_y(p, tick->y);
	struct figure_point line[] = { { x - 4, y }, { x, y } };
	struct buf b = BUF_INIT;

	time_put(&b, tick->t);
	buf_puts(&b, " s");
	figure_text(
	    &p->figure, x - 8, y, buf_view(&b), FIGURE_RIGHT, &time_font);
	if (p->l->true_time)
		figure_line(&p->figure, line, 2, &axis_pen);
	buf_end(&b, &p->figure.out->err);
}

void
picture_axis(struct picture *p)
{
	const struct layout *l = p->l;
	double x = p->left - p->axis;
	double from = picture_paper_y(p, 0) - 12;
	static const struct figure_mark times = { NULL, "times", { NULL, 0 } };
	const struct layout_tick *shown = NULL;
	struct bundle bundle = { .mark = &times, .x = x - 8 };

	for (size_t i = 0; l->true_time && i <= l->ngaps; i++) {
		double to = i < l->ngaps ? picture_paper_y(p, l->gaps[i].y) - 9
					 : p->bottom - 10;
		struct figure_point line[] = { { x, from }, { x, to } };

		figure_line(&p->figure, line, 2, &axis_pen);
		if (i < l->ngaps) {
			draw_gap(p, &l->gaps[i], x);
			from = picture_paper_y(p, l->gaps[i].y) + 9;
		}
	}
	for (size_t i = 0; i < l->nticks && picture_tile_has(p, x); i++) {
		/* In order of time, rows of one moment say it once. */
		if (!picture_on_page(p, l->ticks[i].y, l->ticks[i].y) ||
		    !has_room_for_gap(p, picture_paper_y(p, l->ticks[i].y), 5))
			continue;
		if (shown != NULL && l->ticks[i].t == shown->t)
			continue;
		shown = &l->ticks[i];
		picture_bundle(p, &bundle, shown->y);
		draw_tick(p, shown, x);
	}
	picture_bundle_end(p, &bundle);
}

/* How much of TEXT goes on a line of the footer: whole words. */
static size_t
fitting_words(struct str text, double room)
{
	size_t best = 0;

	for (size_t i = 1; i <= text.n; i++) {
		if (i < text.n && text.p[i] != ' ')
			continue;
		if (best > 0 && figure_text_width(str_slice(text, 0, i),
				    foot_font.size, false) > room)
			break;
		best = i;
	}
	return best;
}

/* One more sentence of the footer, on a line of its own where it must; lines
 * end with \n. */
static void
add_sentence(const struct picture *p, struct buf *b, const char *text)
{
	double room = p->tiles.window - 66;
	struct str rest = str_of(text), line = buf_view(b);

	for (ptrdiff_t at; (at = str_chr(line, '\n')) >= 0;)
		line = str_slice(line, (size_t)at + 1, line.n);
	if (line.n > 0)
		buf_putc(b,
		    figure_text_width(line, foot_font.size, false) +
				figure_text_width(rest, foot_font.size, false) >
			    room
			? '\n'
			: ' ');
	while (rest.n > 0) {
		size_t n = fitting_words(rest, room);

		buf_str(b, str_slice(rest, 0, n));
		rest = str_slice(rest, n < rest.n ? n + 1 : n, rest.n);
		if (rest.n > 0)
			buf_putc(b, '\n');
	}
}

void
picture_page_number(struct picture *p, size_t page)
{
	struct buf b = BUF_INIT;

	if (p->pages.total <= 1)
		return;
	buf_printf(&b, _("page %zu of %zu"), page + 1, p->pages.total);
	figure_text(&p->figure, p->figure.width - p->figure.cut_right - 30,
	    p->figure.height - 22, buf_view(&b), FIGURE_RIGHT, &foot_font);
	buf_end(&b, &p->figure.out->err);
}

/* "What the loss of a message costs: nothing (grey), time (green)." */
static void
add_costs(const struct picture *p, struct buf *b)
{
	bool there[LAYOUT_COST_COUNT] = { false };
	struct buf list = BUF_INIT, says = BUF_INIT;

	for (size_t i = 0; i < p->l->nrows; i++)
		there[p->l->rows[i].cost] = true;
	for (size_t i = 0; i < p->l->npieces; i++)
		there[p->l->pieces[i].cost] = true;
	for (unsigned i = LAYOUT_COST_UNKNOWN + 1; i < LAYOUT_COST_COUNT; i++) {
		if (!there[i])
			continue;
		buf_puts(&list, list.n > 0 ? _(", ") : "");
		buf_puts(&list, ladder_cost_text((enum layout_cost)i));
		buf_printf(
		    &list, _(" (%s)"), i18n_text(ladder_costs[i].colour));
	}
	buf_printf(&says,
	    /* TRANSLATORS: "nothing (grey), time (green)" */
	    p->l->npieces > 0 ? _("Cost of losing a message, and of a crash at "
				  "that point: %s.")
			      : _("Cost of losing a message: %s."),
	    buf_cstr(&list));
	if (list.n > 0)
		add_sentence(p, b, buf_cstr(&says));
	buf_end(&list, &b->err);
	buf_end(&says, &b->err);
}

/* What the signs mean that are in this figure, and no others. */
static void
add_signs(const struct picture *p, struct buf *b)
{
	const struct layout *l = p->l;
	bool again = false, folded = false, gone = false, other = false;
	bool signalling = false;
	unsigned marks = layout_marks(l);

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		if (r->item != LAYOUT_MESSAGE)
			continue;
		again |= r->repeat.retx > 0;
		folded |= r->repeat.folded > 0;
		gone |= r->repeat.gone > 0;
		other |= ladder_arrows[r->arrow].mark == LAYOUT_HAS_OTHER;
		signalling |= r->arrow == TRACE_ARROW_SIGNALLING;
	}
	if (again)
		add_sentence(p, b, _("↻1 is the first retransmission."));
	if (folded)
		add_sentence(p, b, _("↻+1 is one more retransmission."));
	if (gone)
		add_sentence(p, b, _("╳1 means that one of them was lost."));
	if (signalling)
		add_sentence(p, b,
		    _("Dashed lines with full heads belong to the telephone "
		      "network."));
	if (other)
		add_sentence(p, b, _("Dotted lines are not SIP."));
	for (size_t i = 0; i < LAYOUT_STREAM_COUNT; i++)
		if ((marks & ladder_streams[i].mark) != 0 &&
		    ladder_streams[i].text != NULL)
			add_sentence(p, b, i18n_text(ladder_streams[i].text));
}

/* What found no place below its band. */
static void
add_amiss(const struct picture *p, const struct layout_row *r, struct buf *b)
{
	struct buf text = BUF_INIT;

	if (picture_amiss_width(r) <= 0)
		return;
	buf_str(&text, r->label);
	buf_putc(&text, ' ');
	layout_put_packets(r, &text);
	buf_puts(&text, _(": "));
	picture_put_amiss(r, &text);
	buf_putc(&text, '.');
	add_sentence(p, b, buf_cstr(&text));
	buf_end(&text, &b->err);
}

/* Reasons that found no place at their crosses. */
static void
add_unsaid(const struct picture *p, struct buf *b)
{
	unsigned long long left = p->fit.unsaid;
	struct buf text = BUF_INIT;

	for (size_t i = 0; left != 0 && i < p->l->nrows; i++) {
		const struct layout_row *r = &p->l->rows[i];

		if ((left >> r->loss.reason & 1) == 0)
			continue;
		if (r->item == LAYOUT_MEDIA) {
			add_amiss(p, r, b);
			continue;
		}
		if (!r->lost)
			continue;
		left &= ~(1ull << r->loss.reason);
		buf_clear(&text);
		/* TRANSLATORS: the reason, "the receiver had no room for it" */
		buf_printf(&text, _("A cross without a reason means: %.*s."),
		    STR_ARG(r->loss.text));
		add_sentence(p, b, buf_cstr(&text));
	}
	buf_end(&text, &b->err);
}

/* The lines below the legend, each with \n but the last. */
static void
picture_head_put_sentences(const struct picture *p, struct buf *b)
{
	const struct layout *l = p->l;
	struct buf machines = BUF_INIT, says = BUF_INIT;

	picture_machines(p, &machines);
	if (machines.n > 0) {
		/* TRANSLATORS: "Alice ICT, atl IST" */
		buf_printf(&says, _("States of: %s."), buf_cstr(&machines));
		add_sentence(p, b, buf_cstr(&says));
	}
	if (l->newest)
		add_sentence(p, b,
		    _("The state is that of the transaction of the newest "
		      "INVITE."));
	add_costs(p, b);
	add_signs(p, b);
	add_unsaid(p, b);
	if (l->true_time && l->ngaps > 0)
		add_sentence(p, b,
		    _("Gaps in the time axis are marked; elsewhere equal "
		      "times have equal heights."));
	else if (l->true_time)
		add_sentence(p, b, _("Equal times have equal heights."));
	if (p->o->marks != NULL && p->o->marks->crowded)
		add_sentence(p, b,
		    _("A name without a bracket: there was no room for more "
		      "brackets."));
	buf_end(&machines, &b->err);
	buf_end(&says, &b->err);
}

double
picture_sentences_height(const struct picture *p)
{
	LOCAL_BUF b = BUF_INIT;
	size_t lines = 1;

	picture_head_put_sentences(p, &b);
	for (size_t i = 0; i < b.n; i++)
		lines += b.p[i] == '\n';
	return SENTENCE * (double)lines;
}

static double
draw_sentences(struct picture *p, double y)
{
	struct buf b = BUF_INIT;
	struct str rest;

	picture_head_put_sentences(p, &b);
	rest = buf_view(&b);
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		figure_text(&p->figure, p->tiles.edge + 30, y, line,
		    FIGURE_LEFT, &foot_font);
		y += rest.n > 0 ? SENTENCE : 16;
	}
	buf_end(&b, &p->figure.out->err);
	return y;
}

void
picture_foot(struct picture *p)
{
	static const struct figure_font alarm = { 9, RED, true, false };
	const struct layout *l = p->l;
	const char *warning = layout_warning(l);
	double y = p->bottom + 20;

	picture_page_number(p, p->pages.now * p->tiles.n + p->tiles.now);
	if (l->nmessages == 0)
		figure_text(&p->figure,
		    p->tiles.n > 1 ? p->tiles.edge + p->tiles.window / 2
				   : (p->left + p->right) / 2,
		    p->bottom - 10, str_of(_("No messages.")), FIGURE_CENTRE,
		    &subtitle_font);
	if (picture_legend(p, y) > 0)
		y += 16;
	y = draw_sentences(p, y);
	if (warning != NULL) {
		figure_text(&p->figure, p->tiles.edge + 30, y, str_of(warning),
		    FIGURE_LEFT, &alarm);
		y += 16;
	}
	if (p->o->footer != NULL)
		figure_text(&p->figure, p->tiles.edge + 30, y,
		    str_of(p->o->footer), FIGURE_LEFT, &foot_font);
}
