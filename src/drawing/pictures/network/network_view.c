/*
 * The network's pane: the picture or the list, and below it what has just
 * happened and what is under way.
 */
#include "pictures/network/network_picture.h"
#include "ladder/layout.h"
#include "words/record_text.h"
#include "words/time_words.h"

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
	struct buf text = BUF_INIT, words = BUF_INIT;
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
	buf_free(&text);
	buf_free(&words);
}

/* What was too much to look at one by one. */
static void
draw_more(const struct network_state *s, const struct grid_area *a, size_t y)
{
	struct buf text = BUF_INIT;

	buf_printf(&text, _("Under way, but not shown: %zu messages"), s->more);
	grid_text(a, 0, y, buf_view(&text), SIZE_MAX, STYLE_DIM);
	buf_free(&text);
}

static size_t
caption_height(size_t room)
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
	size_t h = caption_height(area->h), lines;
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
	size_t h = caption_height(all ? area->h : v->room), gap = h > 0;
	struct network_state s;
	struct network_picture p;
	struct grid_area top, low, nats;
	size_t mid;

	read_state(&s, v);
	mid = network_nats_height(&s, (all ? area->h : v->room) - h - gap);
	/* A list that goes on below what is seen has its caption above. */
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
		draw_more(&s, area, all ? top.h : h);
}
