/*
 * The ladder and the panes: how wide each stands, the tabs above, and how much
 * of a pane is out of sight.  Where there is much room two panes stand side by
 * side, the chosen one and its usual companion.
 */
#include "views/tui/play_panes.h"

#include "base/i18n.h"
#include "text/utf8.h"

/* The ladder's share beside a pane. */
#define LADDER_LEAST 44
#define LADDER_MOST  70
#define COLUMN_LEAST 12
#define COLUMN_USUAL 18
#define PANE_LEAST   44
#define PANE_USUAL   60
/* What the ladder gives so that the tabs next to it keep their names. */
#define GIVES_MOST 6
/* From here on there are two panes; the second has so many cells. */
#define TWO_FROM     160
#define SECOND_LEAST 40
#define SECOND_SLIM  36 /* where the first one's tabs need the rest */
#define SECOND_USUAL 48

/* The text about a pane's extent takes about so many cells. */
#define MORE_CELLS 20

/* ---- tabs ---- */

/* How tabs are written: with shorter names, so many cells between. */
struct tabs {
	bool brief;
	size_t gap;
};

static const struct tabs wide_tabs = { false, 2 }, near_tabs = { false, 1 },
			 brief_tabs = { true, 1 };

static struct str
tab_name(unsigned pane, bool brief)
{
	const struct pane *o = play_panes[pane]->pane;

	return str_of(
	    i18n_text(brief && o->brief != NULL ? o->brief : o->title));
}

/* Of all tabs, and one cell before them. */
static size_t
tabs_width(struct play *p, struct tabs tabs)
{
	size_t cells = 1;

	for (unsigned i = 0; i < PANE_COUNT; i++)
		cells +=
		    play_pane_offered(p, i)
			? 2 + tabs.gap + utf8_width(tab_name(i, tabs.brief))
			: 0;
	return cells - tabs.gap;
}

/* The first key of its request. */
static size_t
sides_put_number(const struct grid_area *a, size_t x, unsigned pane)
{
	static const enum play_request requests[] = {
#define X(id) [PANE_##id] = REQ_##id,
		PLAY_PANES(X)
#undef X
	};
	const char *keys = play_requests[requests[pane]].keys;

	return grid_text(a, x, 0, str_slice(str_of(keys), 0, 1), 1, STYLE_KEY);
}

static size_t
put_pane_title(struct play *p, const struct grid_area *a, size_t x,
    enum play_pane pane, bool brief, bool chosen)
{
	size_t cells = grid_text(a, x, 0, tab_name(pane, brief), a->w,
	    chosen ? STYLE_TITLE : STYLE_DIM);

	if (chosen)
		grid_flag(a, x, 0, cells, 1,
		    p->in_pane && pane == p->pane ? GRID_CHOSEN : GRID_BRIGHT);
	return cells;
}

/* "1 2 3 4 5 6  Why": where there is no room for all names. */
static size_t
draw_numbers(struct play *p, const struct grid_area *a)
{
	size_t x = 1;

	for (unsigned i = 0; i < PANE_COUNT; i++) {
		if (!play_pane_offered(p, i))
			continue;
		sides_put_number(a, x, i);
		if (i == p->pane)
			grid_flag(a, x, 0, 1, 1, GRID_CHOSEN);
		x += 2;
	}
	return x + 1 + put_pane_title(p, a, x + 1, p->pane, false, true);
}

/* How tabs are written in W cells: near each other where that leaves room to
 * say behind them how much of the pane there is, "▼ 9 of 53  Tab ↓". */
static struct tabs
choose_tabs(struct play *p, size_t w)
{
	size_t wide = tabs_width(p, wide_tabs), near = tabs_width(p, near_tabs);

	if (wide <= w && (wide + MORE_CELLS <= w || near + MORE_CELLS > w))
		return wide_tabs;
	return near <= w + 1 ? near_tabs : brief_tabs;
}

/* "1 Message  2 Why …", the one shown lit.  Returns the cell behind them. */
static size_t
draw_tabs(struct play *p, const struct grid_area *a)
{
	struct tabs tabs = choose_tabs(p, a->w);
	size_t all = tabs_width(p, tabs);
	/* Rather no cell before them than no names. */
	size_t x = all > a->w ? 0 : 1;

	if (all > a->w + 1)
		return draw_numbers(p, a);
	for (unsigned i = 0; i < PANE_COUNT; i++) {
		if (!play_pane_offered(p, i))
			continue;
		x += sides_put_number(a, x, i) + 1;
		x += put_pane_title(p, a, x, i, tabs.brief, i == p->pane);
		x += tabs.gap;
	}
	return x - tabs.gap;
}

/* ---- panes ---- */

/* PANE in A, whose first line has its tabs up to cell TABS; how much there is
 * of it is there, else on its last line. */
static void
draw_with_more(struct play *p, enum play_pane pane, const struct grid_area *a,
    size_t tabs, struct grid_area *in)
{
	LOCAL_BUF more = BUF_INIT;
	size_t cells, y = 0;
	bool hides;

	*in = grid_part(a, 1, 1, a->w > 1 ? a->w - 1 : 0, a->h);
	play_measure_anew(p, pane);
	hides = play_pane_put_more(p, pane, in, &more);
	cells = utf8_width(buf_view(&more));
	if (hides && tabs + cells + 3 > a->w && in->h > 2) {
		in->h--;
		y = a->h - 1;
		buf_clear(&more);
		play_pane_put_more(p, pane, in, &more);
		cells = utf8_width(buf_view(&more));
	}
	play_draw_pane(p, pane, in);
	if (cells > 0 && cells + 2 < a->w &&
	    (y > 0 || tabs + cells + 3 <= a->w)) {
		grid_fill(a, a->w - cells - 2, y, cells + 2, 1, GLYPH_SPACE,
		    STYLE_PLAIN);
		grid_text(
		    a, a->w - cells - 1, y, buf_view(&more), cells, STYLE_KEY);
	}
	play_measure_anew(p, pane);
}

void
play_draw_pane_alone(struct play *p, const struct grid_area *a)
{
	struct grid_area top = grid_part(a, 0, 0, a->w, 1);

	draw_with_more(p, p->pane, a, draw_tabs(p, &top), &p->drawn.pane);
}

enum play_pane
play_second_pane(const struct play *p)
{
	if (play_is_exam(p))
		return p->pane == PANE_MESSAGE ? PANE_NETWORK : PANE_MESSAGE;
	return p->pane == PANE_WHY ? PANE_MESSAGE : PANE_WHY;
}

static void
draw_second(struct play *p, const struct grid_area *a)
{
	enum play_pane pane = play_second_pane(p);
	size_t x = 1;

	x += sides_put_number(a, x, pane) + 1;
	x += put_pane_title(p, a, x, pane, false, true);
	draw_with_more(p, pane, a, x, &p->drawn.second);
}

/* ---- shares ---- */

/* What the ladder must have beside a pane, so that its labels can be read; more
 * columns than have room scroll. */
static size_t
ladder_needs(struct play *p)
{
	size_t needs = 10 + play_view(p)->layout->ncolumns * COLUMN_LEAST;

	return needs < LADDER_LEAST  ? LADDER_LEAST
	       : needs < LADDER_MOST ? needs
				     : LADDER_MOST;
}

bool
play_fits_beside(struct play *p, size_t w)
{
	return w >= ladder_needs(p) + 1 + PANE_LEAST;
}

/* What the ladder gives of SHARE of W cells so that tabs of TABS cells fit
 * next to it; 0 where that is too much, or they do already. */
static size_t
cells_to_give(size_t w, size_t share, size_t tabs)
{
	size_t pane = w - share - 1;

	return pane < tabs && pane + GIVES_MOST >= tabs ? tabs - pane : 0;
}

/* How wide the ladder is next to panes of W cells in all that want PANES of
 * them: what it likes, as long as they have what their figures need. */
static size_t
ladder_share(struct play *p, size_t w, size_t panes)
{
	size_t likes = 16 + play_view(p)->layout->ncolumns * COLUMN_USUAL;
	size_t needs = ladder_needs(p), share, gives;
	size_t most = w > panes + needs ? w - panes : needs;

	share = likes < needs ? needs : likes < most ? likes : most;
	gives = cells_to_give(w, share, tabs_width(p, near_tabs) - 1);
	if (gives == 0)
		gives = cells_to_give(w, share, tabs_width(p, brief_tabs) - 1);
	return share - gives;
}

/* A with a line behind its first CELLS, or beneath its first LINES: returns the
 * part before it, and in *REST the part behind. */
struct grid_area
play_split(const struct grid_area *a, size_t cells, struct grid_area *rest)
{
	grid_fill(a, cells, 0, 1, a->h, GLYPH_LIFE, STYLE_FRAME);
	*rest = grid_part(a, cells + 1, 0, a->w - cells - 1, a->h);
	return grid_part(a, 0, 0, cells, a->h);
}

static struct grid_area
split_lines(const struct grid_area *a, size_t lines, struct grid_area *rest)
{
	grid_fill(a, 0, lines, a->w, 1, GLYPH_LINE, STYLE_FRAME);
	*rest = grid_part(a, 0, lines, a->w, a->h - lines);
	return grid_part(a, 0, 0, a->w, lines);
}

void
play_draw_ladder_alone(struct play *p, const struct grid_area *a)
{
	p->drawn.ladder = *a;
	p->drawn.ladder_lines = a->h;
	play_draw_ladder(p, p->now, a);
}

static void
draw_three(struct play *p, const struct grid_area *a)
{
	size_t share = ladder_share(p, a->w, PANE_USUAL + SECOND_USUAL + 2);
	size_t rest = a->w - share - 2, first = rest / 2;
	size_t tabs = tabs_width(p, near_tabs);
	struct grid_area ladder, panes, pane, second;

	/* The chosen one may be a figure; the second is a text. */
	if (first < PANE_USUAL && rest > SECOND_LEAST + first)
		first = rest - SECOND_LEAST < PANE_USUAL ? rest - SECOND_LEAST
							 : PANE_USUAL;
	/* A few cells more, and its tabs have their names. */
	if (first < tabs && first + GIVES_MOST >= tabs &&
	    rest >= SECOND_SLIM + tabs)
		first = tabs;
	ladder = play_split(a, share, &panes);
	play_draw_ladder_alone(p, &ladder);
	pane = play_split(&panes, first, &second);
	/* A cell clear of the frame at its right. */
	pane.w--;
	play_draw_pane_alone(p, &pane);
	draw_second(p, &second);
}

void
play_draw_sides(struct play *p, const struct grid_area *a)
{
	struct grid_area ladder, pane;

	if (a->w >= TWO_FROM) {
		draw_three(p, a);
		return;
	}
	if (play_fits_beside(p, a->w))
		ladder =
		    play_split(a, ladder_share(p, a->w, PANE_USUAL), &pane);
	else
		ladder = split_lines(a, a->h * 11 / 20, &pane);
	play_draw_ladder_alone(p, &ladder);
	play_draw_pane_alone(p, &pane);
}

void
play_draw_question(struct play *p, const struct grid_area *a)
{
	bool beside = play_fits_beside(p, a->w);
	struct grid_area ladder, quiz;

	if (beside)
		ladder =
		    play_split(a, ladder_share(p, a->w, PANE_USUAL), &quiz);
	else
		ladder =
		    split_lines(a, a->h > 20 ? a->h - 11 : a->h / 2, &quiz);
	play_draw_ladder_alone(p, &ladder);
	quiz = grid_part(&quiz, 1, 1, quiz.w - 1, quiz.h - 1);
	play_draw_pane(p, PANE_QUIZ, &quiz);
}
