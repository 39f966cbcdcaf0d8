/*
 * The lines of the machines' pane that are no diagram: timers with their bars,
 * the list of all machines, what else the node has.
 */
#include "base/err.h"
#include "base/mem.h"
#include "pictures/machines/machines_view_in.h"
#include "pictures/machines/machines_view_pane_in.h"
#include "text/utf8.h"
#include "words/record_text.h"
#include "words/state_words.h"
#include "words/time_words.h"

/* Cells: of a timer's bar at the most; of the columns of the list. */
#define BAR_MOST    24
#define WHAT_CELLS  10
#define KIND_CELLS  12
#define STATE_CELLS 12

/* ---- timers ---- */

/* How much of CELLS cells LEFT of LENGTH are, in eighths. */
static size_t
eighths(int64_t left, int64_t length, size_t cells)
{
	if (left >= length)
		return cells * 8;
	return (
	    size_t)((double)left / (double)length * (double)(cells * 8) + 0.5);
}

/* The bar between X and END. */
static void
machine_rows_draw_bar(
    struct pane *p, size_t x, size_t end, int64_t left, int64_t length)
{
	static const uint8_t parts[8] = { GLYPH_SHADE, GLYPH_BAR_8TH,
		GLYPH_BAR_4TH, GLYPH_BAR_3_8, GLYPH_BAR_HALF, GLYPH_BAR_5_8,
		GLYPH_BAR_3_4, GLYPH_BAR_7_8 };
	size_t full = eighths(left, length, end - x);

	grid_fill(p->a, x, p->y, end - x, 1, GLYPH_SHADE, STYLE_DIM);
	grid_fill(p->a, x, p->y, full / 8, 1, GLYPH_BLOCK, STYLE_TIMER);
	if (full % 8 != 0 && x + full / 8 < end)
		grid_put(p->a, x + full / 8, p->y,
		    (enum canvas_glyph)parts[full % 8], STYLE_TIMER);
}

/* "0.480 s" with three decimals, so that it counts down evenly; "due at 3240 s"
 * where that is past.  Nothing where it is not known. */
static void
machine_rows_put_left(const struct machines_view *v,
    const struct state_at_timer *t, struct buf *b)
{
	if (t->due < v->t_ns) {
		state_put_left(b, t->due, v->t_ns);
		return;
	}
	time_put(b, t->due - v->t_ns);
	buf_puts(b, " s");
}

/* "Timer A     0.480 s  ██████▌░░░  set anew"; OWNER where it is not shown
 * what it belongs to. */
static void
draw_timer(struct pane *p, const struct state_at_timer *t, bool owner)
{
	int64_t left = t->due - p->v->t_ns;
	bool just = t->since == p->v->t_ns && t->last <= p->v->seq;
	const char *mark = !just                       ? ""
			   : machines_rearmed(p->v, t) ? _("set anew")
						       : _("just set");
	size_t mark_w = owner ? 0 : utf8_width(str_of(mark)), x = 27, end, n;

	buf_clear(&p->text);
	timer_put_short(&p->text, t->name);
	pane_put(p, 0, buf_view(&p->text), 14, STYLE_TIMER);
	buf_clear(&p->text);
	machine_rows_put_left(p->v, t, &p->text);
	n = utf8_width(buf_view(&p->text));
	n = pane_put(
	    p, n < 10 ? 25 - n : 15, buf_view(&p->text), SIZE_MAX, STYLE_BOLD);
	x = n + 2 > x ? n + 2 : x;
	end = p->a->w > x + mark_w + 2 ? p->a->w - mark_w - 2 : x;
	if (end > x + BAR_MOST)
		end = x + BAR_MOST;
	if (owner) {
		pane_put(p, x, t->id, SIZE_MAX, STYLE_DIM);
	} else if (left >= 0 && t->length > 0 && end > x + 3) {
		machine_rows_draw_bar(p, x, end, left, t->length);
		pane_puts(p, end + 1, mark, STYLE_CHANGED);
	}
	p->y++;
}

static void
machine_rows_add_timer(struct soonest *s, const struct state_at_timer *t)
{
	size_t i = s->n;

	while (i > 0 && (s->list[i - 1]->due > t->due ||
			    (s->list[i - 1]->due == t->due &&
				s->list[i - 1]->last > t->last)))
		i--;
	if (i == TIMERS_MOST)
		return;
	s->n = s->n < TIMERS_MOST ? s->n + 1 : TIMERS_MOST;
	memmove(s->list + i + 1, s->list + i,
	    (s->n - i - 1) * sizeof(const struct state_at_timer *));
	s->list[i] = t;
}

/* Something in the list has T; what has just ended is in it as well. */
static bool
is_owned(const struct pane *p, const struct state_at_timer *t)
{
	return state_at_timer_is_owned(p->v->f, t) ||
	       (p->walk.ended.node.n > 0 && machines_owns(&p->walk.ended, t));
}

void
pane_find_timers(struct pane *p, struct str node)
{
	uint32_t hash = state_at_hash_id(p->e.id);
	const struct state_at_timer *t;
	size_t at = 0;

	while ((t = state_at_next_timer(p->v->f, node, &at)) != NULL)
		if (p->any && t->id_hash == hash && machines_owns(&p->e, t))
			machine_rows_add_timer(&p->timers, t);
		else if (p->nothers < TABLE_MOST && !is_owned(p, t))
			p->others[p->nothers++] = t;
}

void
pane_draw_timers(struct pane *p, size_t lines)
{
	for (size_t i = 0; i < p->timers.n && i < lines; i++)
		draw_timer(p, p->timers.list[i], false);
}

/* ---- the list ---- */

/* An entry of the list that is drawn. */
struct listed {
	struct machines_entry e;
	size_t place;
	struct soonest timers;
	uint32_t hash; /* of its id */
	size_t next;   /* the next in its bucket, plus 1; 0: none */
};

/* The part of the list that is drawn, found by the hashes of the ids: a node
 * may have thousands of timers, and each is looked at once. */
#define BUCKETS 64

struct listing {
	struct listed *list;
	size_t n;
	size_t buckets[BUCKETS]; /* plus 1 */
};

/* Gives each its timers. */
static void
list_timers(struct pane *p, struct listing *l)
{
	const struct state_at_timer *t;
	size_t at = 0;

	for (size_t i = 0; i < l->n; i++) {
		uint32_t hash = state_at_hash_id(l->list[i].e.id);

		l->list[i].hash = hash;
		l->list[i].next = l->buckets[hash % BUCKETS];
		l->buckets[hash % BUCKETS] = i + 1;
	}
	while (l->n > 0 && (t = state_at_next_timer(
				p->v->f, l->list[0].e.node, &at)) != NULL)
		for (size_t i = l->buckets[t->id_hash % BUCKETS]; i != 0;
		     i = l->list[i - 1].next)
			if (l->list[i - 1].hash == t->id_hash &&
			    machines_owns(&l->list[i - 1].e, t))
				machine_rows_add_timer(
				    &l->list[i - 1].timers, t);
}

/* Timers behind X, as far as there is room: "A 0.480 s". */
static size_t
put_soonest_timers(struct pane *p, size_t x, const struct soonest *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct state_at_timer *t = s->list[i];

		if (t->due < 0)
			continue;
		buf_clear(&p->text);
		buf_printf(&p->text, "%.*s ", STR_ARG(utf8_clip(t->name, 10)));
		machine_rows_put_left(p->v, t, &p->text);
		if (x + utf8_width(buf_view(&p->text)) > p->a->w)
			break;
		x = pane_put(p, x, buf_view(&p->text), SIZE_MAX, STYLE_TIMER) +
		    2;
	}
	return x;
}

struct str
pane_entry_kind(const struct pane *p, const struct machines_entry *e,
    struct buf *kind, struct buf *scratch)
{
	buf_clear(kind);
	if (e->m != NULL && pane_side(e->m) == NULL) {
		buf_str(kind, e->dialog != NULL && e->dialog->remote_tag.n > 0
				  ? e->dialog->remote_tag
				  : e->id);
		return str_of(i18n_text(e->m->title));
	}
	if (pane_side(e->m) != NULL)
		buf_printf(kind, "%s ", pane_side(e->m));
	buf_str(kind, e->name);
	return machines_method(p->v, e, scratch);
}

/* What E is, in two columns: "INVITE", "client ICT". */
static void
machine_rows_put_kind(struct pane *p, size_t x, const struct machines_entry *e)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct str what = pane_entry_kind(p, e, &p->text, &scratch);
	bool titled = e->m != NULL && pane_side(e->m) == NULL;
	size_t w = titled ? utf8_width(what) : 0, over;

	/* A long title takes of the place after it. */
	pane_put(p, x, what, titled ? SIZE_MAX : WHAT_CELLS - 1, STYLE_REQUEST);
	over = w < WHAT_CELLS ? 0 : w + 1 - WHAT_CELLS;
	if (over < KIND_CELLS - 1)
		pane_put(p, x + WHAT_CELLS + over, buf_view(&p->text),
		    KIND_CELLS - 1 - over, STYLE_PLAIN);
}

static void
draw_entry(struct pane *p, const struct listed *l)
{
	const struct machines_entry *e = &l->e;
	size_t i = l->place;
	bool just = e->last != 0 && e->last == p->v->seq;
	size_t x = 2;

	if (i == p->shown)
		grid_put(p->a, 0, p->y, GLYPH_HERE, STYLE_BOLD);
	machine_rows_put_kind(p, x, e);
	x += WHAT_CELLS + KIND_CELLS;
	pane_put(p, x, state_name(e->m, e->state), SIZE_MAX,
	    just ? STYLE_EDGE : STYLE_BOLD);
	x += STATE_CELLS;
	if (e->call != NULL && state_call_waits(p->v->f, e->call) != NULL)
		pane_puts(
		    p, x, state_call_waits(p->v->f, e->call), STYLE_CHANGED);
	else if (e->call != NULL)
		pane_put(p, x, state_without_scheme(e->call->peer), SIZE_MAX,
		    STYLE_PLAIN);
	else
		put_soonest_timers(p, x, &l->timers);
	if (i == p->shown && p->v->chosen == i)
		grid_flag(p->a, 0, p->y, p->a->w, 1, GRID_CHOSEN);
	p->y++;
}

/* The first LINES entries from place FROM on, then of those before it as many
 * as are left, into L. */
static void
list_entries(
    struct machines_walk *w, size_t lines, size_t from, struct listing *l)
{
	struct machines_entry e;
	size_t before = 0, behind = 0;

	for (size_t i = 0; behind < lines && machines_walk_next(w, &e); i++) {
		/* Those before stand behind the others: at the end first. */
		size_t at = i >= from ? behind++ : lines + before;

		if (i < from && before == lines)
			continue;
		before += i < from;
		l->list[at] = (struct listed){ .e = e, .place = i };
	}
	if (before > lines - behind)
		before = lines - behind;
	memmove(&l->list[behind], &l->list[lines], before * sizeof(*l->list));
	l->n = behind + before;
}

void
pane_draw_list(struct pane *p, size_t lines, size_t from)
{
	struct listing l = { .n = 0 };
	struct machines_walk w;

	if (lines > p->count)
		lines = p->count;
	l.list = mem_zalloc(lines * 2 + 1, sizeof(*l.list));
	if (l.list == NULL) {
		p->text.err = ERR_NOMEM;
		return;
	}
	machines_walk_begin(&w, p->v);
	list_entries(&w, lines, from, &l);
	list_timers(p, &l);
	for (size_t i = 0; i < l.n; i++)
		draw_entry(p, &l.list[i]);
	machines_walk_end(&w);
	mem_free(l.list);
}

/* ---- tables ---- */

/* "sip:bob@b → sip:bob@192.0.2.4        3599 s" */
static void
draw_binding(struct pane *p, const struct state_at_binding *b)
{
	size_t x =
	    pane_put(p, 2, state_without_scheme(b->aor), SIZE_MAX, STYLE_BOLD);

	x = pane_puts(p, x, " → ", STYLE_DIM);
	x = pane_put(
	    p, x, state_without_scheme(b->contact), SIZE_MAX, STYLE_PLAIN);
	buf_clear(&p->text);
	if (b->expires >= p->v->t_ns)
		time_put_length(&p->text,
		    (b->expires - p->v->t_ns) / 1000000000 * 1000000000);
	buf_puts(&p->text, record_inferred(p->v->t, b->last));
	if (p->text.n > 0)
		pane_put_right(p, x, buf_view(&p->text), STYLE_TIMER);
	p->y++;
}

size_t
pane_count_tables(struct pane *p, struct str node)
{
	size_t at = 0, bindings = 0;

	while (bindings < TABLE_MOST &&
	       state_at_next_binding(p->v->f, node, &at) != NULL)
		bindings++;
	return bindings + (bindings > 0) + p->nothers + (p->nothers > 0);
}

/* What else the node has: bindings, and timers of nothing in the list.  The
 * node's name is not empty where there is a list. */
void
pane_draw_tables(struct pane *p, struct str node)
{
	const struct state_at_binding *b;
	size_t at = 0, first = p->y + 1;

	while (p->y + (p->y + 1 == first) < p->a->h &&
	       (b = state_at_next_binding(p->v->f, node, &at)) != NULL) {
		if (p->y + 1 == first)
			pane_put_rule(p, _("Bindings"));
		draw_binding(p, b);
	}
	if (p->nothers > 0 && p->y + 1 < p->a->h)
		pane_put_rule(p, _("Other timers"));
	for (size_t i = 0; i < p->nothers && p->y < p->a->h; i++)
		draw_timer(p, p->others[i], true);
}
