/*
 * A network as a list, where it does not fit as a picture: first what is under
 * way, then the links, those with something on them or the matter with them
 * before the others, then the nodes that are gone.  Where there are more quiet
 * links than lines, those of a node share one.
 */
#include "text/utf8.h"
#include "ladder/layout.h"
#include "pictures/network/network_picture.h"

struct list {
	const struct network_state *s;
	const struct grid_area *a;
	size_t y;
	bool counts; /* lines are only counted */
};

static void
put_listed_flight(struct list *l, const struct network_flight *f)
{
	bool lost = f->stage == FLIGHT_LOST;
	unsigned flags = f->current ? GRID_BRIGHT : 0;
	size_t x = 0;

	x += grid_text(l->a, x, l->y, str_of(f->text), SIZE_MAX,
		 lost ? STYLE_LOST : f->style) +
	     2;
	x += grid_text(
	    l->a, x, l->y, network_label(l->s, f->src), 16, STYLE_PLAIN);
	grid_put(l->a, x + 1, l->y, lost ? GLYPH_LOST : GLYPH_TO_RIGHT,
	    lost ? STYLE_LOST : f->style);
	x += 3;
	grid_text(l->a, x, l->y, network_label(l->s, f->dst), 16, STYLE_PLAIN);
	grid_flag(l->a, 0, l->y, l->a->w, 1, flags);
	l->y++;
}

/* The messages on link I behind X. */
static void
put_on_link(struct list *l, size_t x, size_t i)
{
	for (size_t k = 0; k < l->s->nflights; k++) {
		const struct network_flight *f = &l->s->flights[k];

		if (f->link != i)
			continue;
		grid_put(l->a, x, l->y,
		    f->stage == FLIGHT_LOST ? GLYPH_LOST
		    : f->back               ? GLYPH_TO_LEFT
					    : GLYPH_TO_RIGHT,
		    f->style);
		x += 2;
		x += grid_text(
			 l->a, x, l->y, str_of(f->text), SIZE_MAX, f->style) +
		     2;
	}
}

static void
put_link(struct list *l, size_t i)
{
	const struct network_link *k = &l->s->links[i];
	struct buf text = BUF_INIT;
	size_t x;

	x = grid_text(
	    l->a, 0, l->y, network_label(l->s, k->a), 14, STYLE_PLAIN);
	grid_fill(l->a, x + 1, l->y, 3, 1, k->down ? GLYPH_DOTS : GLYPH_LINE,
	    k->down ? STYLE_LOST : STYLE_PLAIN);
	x += 5;
	x += grid_text(
		 l->a, x, l->y, network_label(l->s, k->b), 14, STYLE_PLAIN) +
	     2;
	network_link_words(k, LINK_WORDS, &text);
	x += grid_text(l->a, x, l->y, buf_view(&text), SIZE_MAX,
		 network_link_is_usual(k) ? STYLE_DIM : STYLE_WARNING) +
	     2;
	put_on_link(l, x, i);
	l->y++;
	buf_free(&text);
}

static bool
is_busy(const struct list *l, size_t i)
{
	if (!network_link_is_usual(&l->s->links[i]))
		return true;
	for (size_t k = 0; k < l->s->nflights; k++)
		if (l->s->flights[k].link == i)
			return true;
	return false;
}

/* ---- many links ---- */

/* The node at the other end of quiet link I, if it is one of NODE's and has not
 * been told yet; else NETWORK_NONE. */
static uint32_t
untold(const struct list *l, size_t i, uint32_t node, const bool *told)
{
	const struct network_link *k = &l->s->links[i];

	if (told[i] || is_busy(l, i))
		return NETWORK_NONE;
	return k->a == node ? k->b : k->b == node ? k->a : NETWORK_NONE;
}

/* "n_lan ─── n_px, nadia, nils, nora  2 ms": the quiet links of NODE. */
static void
put_group(struct list *l, uint32_t node, bool *told)
{
	struct buf names = BUF_INIT, delay = BUF_INIT;
	const struct network_link *first = NULL;
	size_t x, room;
	bool alike = true;

	for (size_t i = 0; i < l->s->nlinks; i++) {
		uint32_t to = untold(l, i, node, told);

		if (to == NETWORK_NONE)
			continue;
		first = first != NULL ? first : &l->s->links[i];
		alike = alike && l->s->links[i].delay == first->delay;
		buf_puts(&names, names.n > 0 ? ", " : "");
		buf_str(&names, utf8_clip(network_label(l->s, to), 14));
		told[i] = true;
	}
	l->y += first != NULL;
	if (first != NULL && !l->counts) {
		size_t y = l->y - 1;

		x = grid_text(
		    l->a, 0, y, network_label(l->s, node), 14, STYLE_PLAIN);
		grid_fill(l->a, x + 1, y, 3, 1, GLYPH_LINE, STYLE_PLAIN);
		x += 5;
		room = l->a->w > x ? l->a->w - x : 0;
		if (alike)
			network_link_words(first, LINK_WORDS, &delay);
		if (utf8_width(buf_view(&names)) > room) {
			grid_text(l->a, x, y,
			    utf8_clip(buf_view(&names), room - (room > 0)),
			    room, STYLE_PLAIN);
			grid_put(l->a, l->a->w - 1, y, GLYPH_MORE, STYLE_DIM);
		} else {
			x += grid_text(l->a, x, y, buf_view(&names), room,
				 STYLE_PLAIN) +
			     2;
			grid_text(
			    l->a, x, y, buf_view(&delay), SIZE_MAX, STYLE_DIM);
		}
	}
	buf_free(&names);
	buf_free(&delay);
}

/* First what joins others, then the rest. */
static void
put_groups(struct list *l)
{
	bool told[NETWORK_LINKS] = { false };

	for (int router = 1; router >= 0; router--)
		for (uint32_t i = 0; i < l->s->nnodes + l->s->hub &&
				     (l->counts || l->y < l->a->h);
		     i++)
			if (network_is_router(l->s, i) == (router == 1))
				put_group(l, i, told);
}

size_t
network_list_height(const struct network_state *s, const struct grid_area *area)
{
	struct list l = { .s = s, .a = area, .counts = true };
	size_t quiet = 0, all;

	for (size_t i = 0; i < s->nflights; i++)
		l.y += s->flights[i].link == NETWORK_NONE;
	for (uint32_t i = 0; i < s->nnodes; i++)
		l.y += s->crashed[i];
	for (size_t i = 0; i < s->nlinks; i++)
		quiet += !is_busy(&l, i);
	l.y += s->nlinks - quiet;
	all = l.y + quiet;
	put_groups(&l);
	return all > area->h && l.y <= area->h ? l.y : all;
}

size_t
network_list_draw(const struct network_state *s, const struct grid_area *area)
{
	struct list l = { .s = s, .a = area };
	size_t quiet = 0;

	for (size_t i = 0; i < s->nflights && l.y < area->h; i++)
		if (s->flights[i].link == NETWORK_NONE)
			put_listed_flight(&l, &s->flights[i]);
	for (uint32_t i = 0; i < s->nnodes && l.y < area->h; i++)
		if (s->crashed[i]) {
			size_t x = grid_text(area, 0, l.y, network_label(s, i),
			    SIZE_MAX, STYLE_LOST);

			grid_text(area, x + 2, l.y++, str_of(_("crashed")),
			    SIZE_MAX, STYLE_LOST);
		}
	for (size_t i = 0; i < s->nlinks; i++)
		if (!is_busy(&l, i))
			quiet++;
		else if (l.y < area->h)
			put_link(&l, i);
	if (l.y + quiet > area->h)
		put_groups(&l);
	else
		for (size_t i = 0; i < s->nlinks; i++)
			if (!is_busy(&l, i))
				put_link(&l, i);
	return l.y < area->h ? l.y : area->h;
}
