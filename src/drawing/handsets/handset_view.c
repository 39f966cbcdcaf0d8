/* The handset's pane put together; see handsets/handset_view.h. */
#include "handsets/handset_view.h"

#include "base/i18n.h"
#include "handsets/handset_in.h"
#include "role/role.h"

/* Beside the screen there must be so much for the keypad to go below it. */
#define BESIDE_LEAST 30
/* No handset takes more lines. */
#define TALL   400
#define TALLER 4

static const struct trace_node *
first_handset(const struct trace *t)
{
	const struct trace_head *h = trace_head(t);

	for (size_t i = 0; i < h->nnodes; i++)
		if ((role_traits(h->nodes[i].role) & TRAIT_FIRMWARE) != 0)
			return &h->nodes[i];
	return NULL;
}

bool
handset_view_has(const struct trace *t)
{
	return first_handset(t) != NULL;
}

struct str
handset_view_node(const struct handset_view *v)
{
	const struct trace_node *n = trace_find_node(v->t, v->node);

	if (n == NULL || (role_traits(n->role) & TRAIT_FIRMWARE) == 0)
		n = first_handset(v->t);
	return n != NULL ? n->name : STR_NULL;
}

static struct handset_look
look_at(const struct handset_view *v)
{
	struct handset_look l = { .v = v,
		.node = handset_view_node(v),
		.width = HANDSET_WIDTH,
		.height = HANDSET_HEIGHT };
	struct buf memory = BUF_INIT;
	struct trace_board r;
	struct trace_rec rec;

	if (l.node.n > 0)
		l.board = fold_find_board(v->f, l.node);
	if (l.board == NULL || l.board->lcd == 0)
		return l;
	trace_get(v->t, l.board->lcd, &rec);
	if (trace_get_board(&rec, &r, &memory) == 0 && r.width > 0) {
		l.width = r.width;
		l.height = r.height;
	}
	buf_free(&memory);
	return l;
}

bool
handset_view_is_up(const struct handset_view *v)
{
	struct handset_look l = look_at(v);

	return l.board == NULL || !l.board->down;
}

/* Where each part stands. */
struct places {
	enum handset_form form;
	bool frame;
	struct grid_area screen; /* with its frame */
	struct grid_area keypad; /* w 0: none */
	struct grid_area rest[HANDSET_AREAS];
	size_t nrest;
};

static bool
fits(const struct handset_look *l, enum handset_form form,
    const struct grid_area *a)
{
	size_t w, h;

	handset_screen_size(l, form, &w, &h);
	return w <= a->w && h <= a->h;
}

/* As large as the lines SEEN at once allow. */
static void
place_screen(struct places *p, const struct handset_look *l,
    const struct grid_area *a, const struct grid_area *seen)
{
	size_t w, h;

	p->form = a->g->ascii                      ? HANDSET_TEXT
		  : fits(l, HANDSET_HALVES, seen)  ? HANDSET_HALVES
		  : fits(l, HANDSET_BRAILLE, seen) ? HANDSET_BRAILLE
						   : HANDSET_TEXT;
	handset_screen_size(l, p->form, &w, &h);
	p->frame = w + 2 <= a->w && h + 2 <= a->h;
	p->screen =
	    grid_part(a, 0, 0, p->frame ? w + 2 : w, p->frame ? h + 2 : h);
}

static void
add_rest(
    struct places *p, const struct grid_area *a, size_t x, size_t y, size_t w)
{
	struct grid_area part;

	if (x > a->w || y > a->h)
		return;
	part = grid_part(a, x, y, w, a->h);
	if (part.w >= HANDSET_BLOCKS_W && part.h > 0)
		p->rest[p->nrest++] = part;
}

/* The keypad below the screen, as on a phone; all that is beside and below
 * them is for the rest. */
static void
place_below(struct places *p, const struct grid_area *a)
{
	size_t w = p->screen.w, h = p->screen.h;
	size_t x = w > HANDSET_KEYPAD_W ? (w - HANDSET_KEYPAD_W) / 2 : 0;

	/* Below a large screen it leaves room beside itself. */
	if (w >= HANDSET_KEYPAD_W + 2 + HANDSET_BLOCKS_W)
		x = 0;
	p->keypad = grid_part(a, x, h, HANDSET_KEYPAD_W, HANDSET_KEYPAD_H);
	add_rest(p, a, w + 2, 0, a->w);
	if (x == 0 && w > HANDSET_KEYPAD_W)
		add_rest(
		    p, a, HANDSET_KEYPAD_W + 2, h, w - HANDSET_KEYPAD_W - 2);
	else
		add_rest(p, a, 0, h + HANDSET_KEYPAD_H + 1, w);
}

static void
place_beside(struct places *p, const struct grid_area *a)
{
	size_t w = p->screen.w, x = w + 1;

	p->keypad = grid_part(a, x, 0, HANDSET_KEYPAD_W, HANDSET_KEYPAD_H);
	if (a->w >= x + HANDSET_KEYPAD_W + 1 + HANDSET_BLOCKS_W)
		add_rest(p, a, x + HANDSET_KEYPAD_W + 1, 0, a->w);
	else
		add_rest(p, a, x, HANDSET_KEYPAD_H + 1, a->w);
	add_rest(p, a, 0,
	    p->screen.h > HANDSET_KEYPAD_H + 1 ? p->screen.h + 1
					       : HANDSET_KEYPAD_H + 1,
	    a->w);
}

static void
place(struct places *p, const struct handset_look *l, const struct grid_area *a)
{
	struct grid_area seen = *a;
	bool below, beside;

	if (l->v->room > 0 && l->v->room < a->h)
		seen.h = l->v->room;
	*p = (struct places){ .keypad = { .g = a->g } };
	place_screen(p, l, a, &seen);
	beside = a->w >= p->screen.w + 1 + HANDSET_KEYPAD_W &&
		 seen.h >= HANDSET_KEYPAD_H;
	below = seen.h >= p->screen.h + HANDSET_KEYPAD_H ||
		(seen.h < a->h && !beside);
	if (below && (!beside || a->w >= p->screen.w + 2 + BESIDE_LEAST)) {
		place_below(p, a);
	} else if (beside) {
		place_beside(p, a);
	} else {
		add_rest(p, a, p->screen.w + 1, 0, a->w);
		add_rest(p, a, 0, p->screen.h + 1, a->w);
	}
}

static void
draw_sentence(const struct grid_area *a, const char *text)
{
	struct doc d = DOC_INIT;

	doc_line(&d, 0);
	doc_wrap(&d, STYLE_DIM, str_of(text), 0, a->w);
	doc_draw(&d, a, 0, 0, SIZE_MAX);
	doc_free(&d);
}

static void
draw_screen(const struct handset_look *l, const struct places *p)
{
	const struct grid_area *a = &p->screen;
	struct grid_area in = *a;
	bool down = l->board != NULL && l->board->down;

	if (p->frame) {
		grid_box(a, 0, 0, a->w, a->h,
		    down           ? STYLE_LOST
		    : l->v->keypad ? STYLE_KEY
				   : STYLE_FRAME);
		grid_text(a, 2, 0, l->node, a->w - 4, STYLE_TITLE);
		in = grid_part(a, 1, 1, a->w - 2, a->h - 2);
	}
	if (l->board == NULL || l->board->lcd == 0)
		grid_text(&in, 1, 0, str_of(_("(dark)")), in.w, STYLE_DIM);
	else
		handset_screen_draw(l, p->form, &in);
	if (down)
		grid_paint(&in, 0, 0, in.w, in.h, STYLE_DIM);
}

void
handset_view_draw(const struct handset_view *v, const struct grid_area *a)
{
	struct handset_look l = look_at(v);
	size_t used[HANDSET_AREAS];
	struct places p;

	if (l.node.n == 0) {
		draw_sentence(
		    a, _("No node of this network is a handset: a node with "
			 "role=handset is a phone whose firmware runs on an "
			 "emulated board."));
		return;
	}
	place(&p, &l, a);
	draw_screen(&l, &p);
	if (p.keypad.w > 0)
		handset_keypad_draw(&l, &p.keypad);
	handset_blocks_put(&l, p.rest, p.nrest, true, used);
}

/* The last line of A's parts. */
static size_t
end_of(const struct places *p, const size_t *used, const struct grid_area *a)
{
	size_t end = p->screen.y + p->screen.h;

	if (p->keypad.w > 0 && p->keypad.y + p->keypad.h > end)
		end = p->keypad.y + p->keypad.h;
	for (size_t i = 0; i < p->nrest; i++)
		if (used[i] > 0 && p->rest[i].y + used[i] > end)
			end = p->rest[i].y + used[i];
	return end - a->y;
}

size_t
handset_view_height(const struct handset_view *v, const struct grid_area *a)
{
	struct handset_view whole = *v;
	struct handset_look l = look_at(&whole);
	struct grid_area tall = *a;
	size_t used[HANDSET_AREAS];
	struct places p;

	if (l.node.n == 0)
		return a->h;
	place(&p, &l, a);
	if (handset_blocks_put(&l, p.rest, p.nrest, false, used) &&
	    p.keypad.w > 0)
		return a->h;
	whole.room = a->h;
	do {
		tall.h += TALLER;
		place(&p, &l, &tall);
	} while (!handset_blocks_put(&l, p.rest, p.nrest, false, used) &&
		 tall.h < TALL);
	return end_of(&p, used, a);
}

const char *
handset_view_hit(
    const struct handset_view *v, const struct grid_area *a, size_t x, size_t y)
{
	struct handset_look l = look_at(v);
	struct places p;

	if (l.node.n == 0)
		return NULL;
	place(&p, &l, a);
	if (p.keypad.w == 0 || x + a->x < p.keypad.x || y + a->y < p.keypad.y)
		return NULL;
	return handset_keypad_hit(x + a->x - p.keypad.x, y + a->y - p.keypad.y);
}
