/*
 * What NATs have to do with what is under way: their bindings as they are at
 * the position, each with the timer that runs, and the messages that have other
 * addresses now than when they were sent.
 */
#include "pictures/network/network_view_in.h"

#include "text/utf8.h"
#include "machine/tables.h"
#include "words/record_text.h"
#include "words/time_words.h"

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
due_of(const struct fold *f, const struct fold_transaction *b)
{
	const struct fold_timer *t;
	size_t at = 0;

	while ((t = fold_next_timer(f, b->node, &at)) != NULL)
		if (str_eq(t->machine, b->machine_name) && str_eq(t->id, b->id))
			return t->due;
	return -1;
}

/* "home  udp 192.168.1.20:5060>203.0.113.7:5060        299 s". */
static void
put_binding(struct lines *l, const struct fold_transaction *b)
{
	const struct network_view *v = l->s->v;
	struct buf left = BUF_INIT, right = BUF_INIT;
	int64_t due = l->a != NULL ? due_of(v->f, b) : -1;

	utf8_add_safe(&left, utf8_clip(b->node, 14));
	buf_puts(&left, "  ");
	utf8_add_safe(&left, b->id);
	if (due >= v->t_ns)
		time_put_length(
		    &right, (due - v->t_ns) / 1000000000 * 1000000000);
	put_nat_line(l, buf_view(&left), buf_view(&right), STYLE_PLAIN);
	buf_free(&left);
	buf_free(&right);
}

static void
put_bindings(struct lines *l)
{
	const struct fold_transaction *b;
	size_t at = 0;

	while (l->y < l->most &&
	       (b = fold_next_transaction(l->s->v->f, STR_NULL, &at)) != NULL)
		if (b->machine == &machine_nat_binding)
			put_binding(l, b);
}

/* ---- messages ---- */

/* "a → b" of record SEQ, or nothing. */
static void
put_ends(const struct trace *t, uint64_t seq, struct buf *out)
{
	struct buf src = BUF_INIT, dst = BUF_INIT;
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
	buf_free(&src);
	buf_free(&dst);
}

/* "INVITE  192.0.2.10:5060 → 203.0.113.7:5060, 192.0.2.10:5060 →
 * 192.168.1.20:5060": as it was sent, and as it is now. */
static void
put_translated_flight(struct lines *l, const struct network_flight *f)
{
	const struct trace *t = l->s->v->t;
	struct buf sent = BUF_INIT, now = BUF_INIT, line = BUF_INIT;
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
	buf_free(&sent);
	buf_free(&now);
	buf_free(&line);
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

static size_t
put_all(struct lines *l)
{
	if (!has_nat(l->s))
		return 0;
	for (size_t i = 0; i < l->s->nflights && l->y < l->most; i++)
		put_translated_flight(l, &l->s->flights[i]);
	put_bindings(l);
	return l->y;
}

size_t
network_nats_height(const struct network_state *s, size_t room)
{
	struct lines l = { .s = s, .most = room / SHARE };

	return put_all(&l);
}

void
network_nats_draw(const struct network_state *s, const struct grid_area *area)
{
	struct lines l = { .s = s, .a = area, .most = area->h };

	put_all(&l);
}
