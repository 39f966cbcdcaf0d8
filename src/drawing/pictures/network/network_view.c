/*
 * The network's pane: the picture or the list, and below it the last event and
 * the messages under way, with the bindings of NATs that concern them.
 */
#include "pictures/network/network_view.h"

#include "machine/tables.h"
#include "pictures/network/network_picture.h"
#include "pictures/network/network_view_in.h"
#include "text/utf8.h"
#include "words/record_text.h"
#include "words/time_words.h"

/* ---- the list ---- */

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
net_view_put_link(struct list *l, size_t i)
{
	const struct network_link *k = &l->s->links[i];
	LOCAL_BUF text = BUF_INIT;
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
}

static bool
net_view_is_busy(const struct list *l, size_t i)
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

	if (told[i] || net_view_is_busy(l, i))
		return NETWORK_NONE;
	return k->a == node ? k->b : k->b == node ? k->a : NETWORK_NONE;
}

/* "n_lan ─── n_px, nadia, nils, nora  2 ms": the quiet links of NODE. */
static void
net_view_put_group(struct list *l, uint32_t node, bool *told)
{
	LOCAL_BUF names = BUF_INIT, delay = BUF_INIT;
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
				net_view_put_group(l, i, told);
}

/* Lines that the list takes when as many as AREA has are
 * seen at once. */
static size_t
network_list_height(const struct network_state *s, const struct grid_area *area)
{
	struct list l = { .s = s, .a = area, .counts = true };
	size_t quiet = 0, all;

	for (size_t i = 0; i < s->nflights; i++)
		l.y += s->flights[i].link == NETWORK_NONE;
	for (uint32_t i = 0; i < s->nnodes; i++)
		l.y += s->crashed[i];
	for (size_t i = 0; i < s->nlinks; i++)
		quiet += !net_view_is_busy(&l, i);
	l.y += s->nlinks - quiet;
	all = l.y + quiet;
	put_groups(&l);
	return all > area->h && l.y <= area->h ? l.y : all;
}

/*
 * A network as a list, where it does not fit as a picture: first messages under
 * way, then the links, busy and faulty ones before the others, then the nodes
 * that are gone. If there are more quiet links than lines, those of a node
 * share one. Returns the lines used.
 */
static size_t
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
		if (!net_view_is_busy(&l, i))
			quiet++;
		else if (l.y < area->h)
			net_view_put_link(&l, i);
	if (l.y + quiet > area->h)
		put_groups(&l);
	else
		for (size_t i = 0; i < s->nlinks; i++)
			if (!net_view_is_busy(&l, i))
				net_view_put_link(&l, i);
	return l.y < area->h ? l.y : area->h;
}

/* ---- NATs ---- */

/* Of the lines that the pane has, these are for NATs. */
#define SHARE 3

struct lines {
	const struct network_state *s;
	const struct grid_area *a; /* NULL: they are only counted */
	size_t y, most;
};

static void
put_nat_line(struct lines *l, struct str left, struct str right, unsigned style)
{
	if (l->y == l->most)
		return;
	if (l->a != NULL) {
		size_t w = utf8_width(right);

		grid_text(l->a, 0, l->y, left,
		    l->a->w > w + 1 ? l->a->w - w - 1 : 0, style);
		if (w > 0 && w < l->a->w)
			grid_text(l->a, l->a->w - w, l->y, right, SIZE_MAX,
			    STYLE_TIMER);
	}
	l->y++;
}

/* ---- bindings ---- */

static int64_t
due_of(const struct state_at *f, const struct state_at_transaction *b)
{
	const struct state_at_timer *t;
	size_t at = 0;

	while ((t = state_at_next_timer(f, b->node, &at)) != NULL)
		if (str_eq(t->machine, b->machine_name) && str_eq(t->id, b->id))
			return t->due;
	return -1;
}

/* "home  udp 192.168.1.20:5060>203.0.113.7:5060        299 s". */
static void
net_view_put_binding(struct lines *l, const struct state_at_transaction *b)
{
	const struct network_view *v = l->s->v;
	LOCAL_BUF left = BUF_INIT, right = BUF_INIT;
	int64_t due = l->a != NULL ? due_of(v->f, b) : -1;

	utf8_add_safe(&left, utf8_clip(b->node, 14));
	buf_puts(&left, "  ");
	utf8_add_safe(&left, b->id);
	if (due >= v->t_ns)
		time_put_length(
		    &right, (due - v->t_ns) / 1000000000 * 1000000000);
	put_nat_line(l, buf_view(&left), buf_view(&right), STYLE_PLAIN);
}

static void
net_view_put_bindings(struct lines *l)
{
	const struct state_at_transaction *b;
	size_t at = 0;

	while (l->y < l->most && (b = state_at_next_transaction(
				      l->s->v->f, STR_NULL, &at)) != NULL)
		if (b->machine == &machine_nat_binding)
			net_view_put_binding(l, b);
}

/* ---- messages ---- */

/* "a → b" of record SEQ, or nothing. */
static void
put_ends(const struct trace *t, uint64_t seq, struct buf *out)
{
	LOCAL_BUF src = BUF_INIT, dst = BUF_INIT;
	struct trace_rec rec;
	struct str a, b;

	trace_get(t, seq, &rec);
	a = trace_str(&rec, "src_addr", &src);
	b = trace_str(&rec, "dst_addr", &dst);
	if (a.n > 0 && b.n > 0) {
		utf8_add_safe(out, a);
		buf_puts(out, " → ");
		utf8_add_safe(out, b);
	}
}

/* "INVITE  192.0.2.10:5060 → 203.0.113.7:5060, 192.0.2.10:5060 →
 * 192.168.1.20:5060": as it was sent, and as it is now. */
static void
put_translated_flight(struct lines *l, const struct network_flight *f)
{
	const struct trace *t = l->s->v->t;
	LOCAL_BUF sent = BUF_INIT, now = BUF_INIT, line = BUF_INIT;
	uint64_t seq = f->packet;

	if (f->stage == FLIGHT_ARRIVED)
		seq = l->s->v->seq;
	put_ends(t, f->seq, &sent);
	if (seq != 0)
		put_ends(t, seq, &now);
	if (now.n > 0 && !str_eq(buf_view(&sent), buf_view(&now))) {
		buf_printf(&line, "%s  %s, ", f->text, buf_cstr(&sent));
		buf_str(&line, buf_view(&now));
		put_nat_line(l, buf_view(&line), STR_NULL, f->style);
	}
}

static bool
has_nat(const struct network_state *s)
{
	size_t n = trace_head(s->v->t)->nnodes;

	for (uint32_t i = 0; i < n; i++)
		if (network_forwards(s, i) && !network_is_router(s, i))
			return true;
	return false;
}

/*
 * The messages that have other addresses now than when they were sent; the
 * NATs' bindings at the position, each with the timer that runs.
 */
static size_t
net_view_put_all(struct lines *l)
{
	if (!has_nat(l->s))
		return 0;
	for (size_t i = 0; i < l->s->nflights && l->y < l->most; i++)
		put_translated_flight(l, &l->s->flights[i]);
	net_view_put_bindings(l);
	return l->y;
}

size_t
network_nats_height(const struct network_state *s, size_t room)
{
	struct lines l = { .s = s, .most = room / SHARE };

	return net_view_put_all(&l);
}

void
network_nats_draw(const struct network_state *s, const struct grid_area *area)
{
	struct lines l = { .s = s, .a = area, .most = area->h };

	net_view_put_all(&l);
}

/* ---- the pane ---- */

/* Lines below the picture, of a high pane and of another.  In a lower pane
 * there are none. */
#define CAPTION_HIGH 3
#define CAPTION      2
#define HIGH         20
#define LOW          8

/* "1.030 s  atl sent INVITE to bil." in the last lines. */
static void
draw_caption(const struct network_view *v, const struct grid_area *a)
{
	LOCAL_BUF text = BUF_INIT, words = BUF_INIT;
	struct trace_rec rec;
	struct str rest;

	if (v->seq == 0 || v->seq > trace_count(v->t)) {
		grid_text(a, 0, 0, str_of(_("Nothing has happened yet.")),
		    SIZE_MAX, STYLE_DIM);
		return;
	}
	trace_get(v->t, v->seq, &rec);
	time_put(&words, v->t_ns);
	buf_puts(&words, " s  ");
	record_sentence(v->t, &rec, &words);
	record_wrap(&text, buf_view(&words), 0, 2, a->w < 10 ? 10 : a->w);
	rest = buf_view(&text);
	for (size_t y = 0; y < a->h && rest.n > 0; y++) {
		struct str line = str_cut(rest, '\n', &rest);

		grid_text(a, 0, y, line, SIZE_MAX, STYLE_PLAIN);
	}
}

/* What was too much to look at one by one. */
static void
net_view_draw_more(
    const struct network_state *s, const struct grid_area *a, size_t y)
{
	LOCAL_BUF text = BUF_INIT;

	buf_printf(
	    &text, _("In transit, but not shown: %zu messages"), s->more);
	grid_text(a, 0, y, buf_view(&text), SIZE_MAX, STYLE_DIM);
}

static size_t
count_caption_lines(size_t room)
{
	return room >= HIGH ? CAPTION_HIGH : room >= LOW ? CAPTION : 0;
}

static void
read_state(struct network_state *s, const struct network_view *v)
{
	network_state_read(s, v);
	network_flights_find(s);
	network_flights_place(s);
}

size_t
network_view_height(const struct network_view *v, const struct grid_area *area)
{
	size_t h = count_caption_lines(area->h), lines;
	struct network_state s;
	struct network_picture p;
	struct grid_area top;

	h += h > 0;
	read_state(&s, v);
	h += network_nats_height(&s, area->h - h);
	top = grid_part(area, 0, 0, area->w, area->h - h);
	if (network_picture_place(&p, &s, &top))
		return area->h;
	lines = network_list_height(&s, &top);
	return lines > top.h ? lines + h : area->h;
}

void
network_view_draw(const struct network_view *v, const struct grid_area *area)
{
	bool all = v->room == 0 || v->room >= area->h;
	size_t h = count_caption_lines(all ? area->h : v->room), gap = h > 0;
	struct network_state s;
	struct network_picture p;
	struct grid_area top, low, nats;
	size_t mid;

	read_state(&s, v);
	mid = network_nats_height(&s, (all ? area->h : v->room) - h - gap);
	/* A list that goes on below the visible part has its caption above. */
	top = grid_part(
	    area, 0, all ? 0 : h + gap + mid, area->w, area->h - h - gap - mid);
	nats = grid_part(area, 0, all ? area->h - h - mid : h, area->w, mid);
	low = grid_part(area, 0, all ? area->h - h : 0, area->w, h);
	if (h > 0)
		draw_caption(v, &low);
	network_nats_draw(&s, &nats);
	if (all && network_picture_place(&p, &s, &top))
		network_picture_draw(&p);
	else
		network_list_draw(&s, &top);
	if (s.more > 0 && h > 0)
		net_view_draw_more(&s, area, all ? top.h : h);
}
