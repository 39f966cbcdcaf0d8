/*
 * The panes: rows of a table, each with what draws it.  A pane that is a text
 * is made anew when the position, the width or the way it is shown changes.
 */
#include "views/tui/play.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "views/machines/machines_view.h"
#include "words/message_doc.h"
#include "views/network/network_view.h"
#include "words/explain_doc.h"
#include "words/node_doc.h"
#include "words/record_line.h"

typedef int make_fn(struct play *p, struct play_text *text);
typedef void draw_fn(struct play *p, const struct grid_area *a);

static int
make_message(struct play *p, struct play_text *t)
{
	uint64_t seq = play_message_seq(p);

	if (seq == 0) {
		doc_puts(&t->doc, STYLE_DIM, _("No message yet: → steps on."));
		return 0;
	}
	message_doc(t->trace, seq,
	    &(struct message_options){
		.width = t->width, .annotated = !p->raw, .compare_hop = true },
	    &t->doc);
	return 0;
}

static int
make_why(struct play *p, struct play_text *t)
{
	(void)p;
	if (t->seq == 0) {
		doc_puts(&t->doc, STYLE_DIM,
		    _("Nothing has happened yet: → steps on."));
		return 0;
	}
	explain_doc(t->trace, t->seq,
	    &(struct explain_options){ .width = t->width, .brief = true },
	    &t->doc);
	return 0;
}

static int
make_node(struct play *p, struct play_text *t)
{
	const struct fold *f;
	int err = track_at(play_view(p)->track, t->seq, &f);

	if (err != 0)
		return err;
	node_doc(t->trace, f, buf_view(&p->node), t->seq, t->t_ns, t->width,
	    &t->doc);
	return 0;
}

/* The state of the world as the pictures want it. */
static const struct fold *
state_of(struct play *p)
{
	struct play_view *v = play_view(p);
	const struct fold *f;

	return track_at(v->track, v->seq, &f) == 0 ? f : NULL;
}

static struct machines_view
machines_of(struct play *p)
{
	struct play_view *v = play_view(p);

	return (struct machines_view){ .t = v->trace,
		.f = state_of(p),
		.seq = v->seq,
		.t_ns = v->t_ns,
		.node = buf_view(&p->node),
		.chosen = p->machine };
}

static void
draw_machines(struct play *p, const struct grid_area *a)
{
	struct machines_view m = machines_of(p);

	if (m.f != NULL)
		machines_view_draw(&m, a);
}

static void
draw_network(struct play *p, const struct grid_area *a)
{
	struct play_view *v = play_view(p);
	struct network_view n = { .t = v->trace,
		.seq = v->seq,
		.t_ns = v->t_ns,
		.node = buf_view(&p->node) };

	network_view_draw(&n, a);
}

/* Every record around the position, which is its cursor. */
static void
draw_log(struct play *p, const struct grid_area *a)
{
	struct play_view *v = play_view(p);
	uint64_t seq = v->seq, next;
	struct canvas c = CANVAS_INIT;
	struct record_columns columns;
	struct trace_rec rec;
	size_t n = 0;

	c.ascii = a->g->ascii;
	record_columns_measure(&columns, v->trace, 3);
	for (uint64_t back = seq; n < a->h / 2; n++) {
		back = play_kept_back(p, back);
		if (back == 0)
			break;
		seq = back;
	}
	if (seq == 0)
		seq = play_kept_next(p, 0);
	for (size_t y = 0; y < a->h && seq != 0; y++) {
		trace_get(v->trace, seq, &rec);
		record_line(v->trace, &columns, &rec, a->w, &c);
		grid_canvas(a, 0, y, &c, 0);
		if (seq > v->seq)
			grid_flag(a, 0, y, a->w, 1, GRID_FUTURE);
		if (seq == v->seq)
			grid_flag(a, 0, y, a->w, 1, GRID_CHOSEN);
		if (play_seqs_has(&v->found, seq))
			grid_flag(a, 0, y, 6, 1, GRID_FOUND);
		/* The position is shown even where the filter has nothing. */
		next = play_kept_next(p, seq);
		seq = seq < v->seq && (next > v->seq || next == 0) ? v->seq
								   : next;
	}
	canvas_free(&c);
}

/* A pane is a text or a picture. */
static const struct {
	make_fn *make;
	draw_fn *draw;
} panes[PANE_COUNT] = {
	[PANE_MESSAGE] = { make_message, NULL },
	[PANE_WHY] = { make_why, NULL },
	[PANE_MACHINES] = { NULL, draw_machines },
	[PANE_NETWORK] = { NULL, draw_network },
	[PANE_NODE] = { make_node, NULL },
	[PANE_LOG] = { NULL, draw_log },
	[PANE_HANDSET] = { NULL, play_handset_draw },
};

static const char *const titles[PANE_COUNT] = {
#define X(id, request, title) [PANE_##id] = title,
	PLAY_PANES(X)
#undef X
};

const char *
play_pane_title(enum play_pane pane)
{
	return titles[pane];
}

/* What the text depends on beside the position. */
static uint64_t
variant_of(struct play *p)
{
	return (str_hash(buf_view(&p->node)) ^
		   str_hash(buf_view(&p->find_text))) *
		   2 +
	       p->raw;
}

/* ---- what was searched for ---- */

static void
put_line(const struct doc *d, size_t line, struct buf *out)
{
	buf_clear(out);
	for (size_t k = d->lines[line].first; k < d->lines[line].end; k++)
		buf_str(out, str_slice(buf_view(&d->text), d->pieces[k].from,
				 d->pieces[k].to));
}

/* Every place in line LINE, which stands at Y, that has it. */
static void
mark_found(struct play *p, const struct play_text *t, size_t line,
    const struct grid_area *a, size_t y, struct buf *text)
{
	struct str rest;
	ptrdiff_t at;
	size_t x = 0;

	put_line(&t->doc, line, text);
	rest = buf_view(text);
	while ((at = play_find_in(p, rest)) >= 0) {
		size_t end = (size_t)at + p->find_text.n;
		size_t cells = utf8_width(str_slice(rest, (size_t)at, end));

		x += utf8_width(str_slice(rest, 0, (size_t)at));
		if (x >= t->skip && x - t->skip < a->w)
			grid_flag(a, x - t->skip, y,
			    cells < a->w - (x - t->skip) ? cells
							 : a->w - (x - t->skip),
			    1, GRID_FOUND);
		x += cells;
		rest = str_slice(rest, end, rest.n);
	}
}

/* The position is a match: the line that has it is to be seen. */
static void
show_found(struct play *p, struct play_text *t, size_t h)
{
	struct play_view *v = play_view(p);
	struct buf text = BUF_INIT;

	if (p->find_text.n == 0 || !play_seqs_has(&v->found, v->seq))
		return;
	for (size_t i = 0; i < t->doc.nlines; i++) {
		put_line(&t->doc, i, &text);
		if (play_find_in(p, buf_view(&text)) < 0)
			continue;
		t->cursor = i;
		t->top = i < t->top || i >= t->top + h
			     ? i - (i < h / 2 ? i : h / 2)
			     : t->top;
		break;
	}
	buf_free(&text);
}

static void
keep_text(struct play *p, enum play_pane pane, const struct grid_area *a)
{
	struct play_text *t = &p->texts[pane];
	size_t width = a->w;
	struct play_view *v = play_view(p);
	unsigned long lacked = mem_failures();
	uint64_t variant = variant_of(p);

	if (t->trace == v->trace && t->seq == v->seq && t->t_ns == v->t_ns &&
	    t->width == width && t->variant == variant)
		return;
	if (t->seq != v->seq || t->trace != v->trace)
		t->top = t->cursor = t->skip = 0;
	t->trace = v->trace;
	t->seq = v->seq;
	t->t_ns = v->t_ns;
	t->width = width;
	t->variant = variant;
	doc_clear(&t->doc);
	if (panes[pane].make(p, t) != 0 || t->doc.err != 0 ||
	    mem_failures() != lacked) {
		doc_clear(&t->doc);
		doc_puts(&t->doc, STYLE_WARNING, _("out of memory"));
		t->trace = NULL;
	}
	/* The cursor begins where there is something to follow. */
	for (size_t i = 0; i < t->doc.nlines; i++)
		if (t->doc.lines[i].seq != 0 && t->doc.lines[i].seq != t->seq) {
			t->cursor = t->cursor == 0 ? i : t->cursor;
			break;
		}
	show_found(p, t, a->h);
}

void
play_text_draw(
    struct play *p, struct play_text *t, const struct grid_area *a, bool cursor)
{
	struct buf text = BUF_INIT;

	if (a->h == 0)
		return;
	if (cursor && t->cursor < t->top)
		t->top = t->cursor;
	if (cursor && t->cursor >= t->top + a->h)
		t->top = t->cursor - a->h + 1;
	doc_draw(&t->doc, a, t->top, t->skip, cursor ? t->cursor : SIZE_MAX);
	for (size_t y = 0;
	     p->find_text.n > 0 && y < a->h && t->top + y < t->doc.nlines; y++)
		mark_found(p, t, t->top + y, a, y, &text);
	buf_free(&text);
}

/* Where the pane's text has its cursor. */
static bool
has_cursor(const struct play *p, enum play_pane pane)
{
	return p->in_pane && pane == p->pane;
}

void
play_draw_pane(struct play *p, enum play_pane pane, const struct grid_area *a)
{
	if (panes[pane].draw != NULL) {
		panes[pane].draw(p, a);
		return;
	}
	keep_text(p, pane, a);
	play_text_draw(p, &p->texts[pane], a, has_cursor(p, pane));
}

/* "machine 2 of 5": one is drawn, the arrows choose it. */
static void
put_machine(struct play *p, struct buf *b)
{
	struct machines_view m = machines_of(p);
	size_t n = m.f != NULL ? machines_view_count(&m) : 0;

	if (n > 1)
		buf_printf(
		    b, _("machine %zu of %zu"), machines_view_shown(&m) + 1, n);
}

void
play_pane_put_more(struct play *p, enum play_pane pane,
    const struct grid_area *a, struct buf *b)
{
	const struct play_text *t = &p->texts[pane];
	struct buf key = BUF_INIT;
	size_t end;

	if (pane == PANE_MACHINES)
		put_machine(p, b);
	if (panes[pane].make == NULL)
		return;
	keep_text(p, pane, a);
	if (t->doc.nlines <= a->h)
		return;
	end = t->top + a->h < t->doc.nlines ? t->top + a->h : t->doc.nlines;
	if (t->top > 0)
		buf_puts(b, p->o.ascii ? "^" : "▲");
	if (end < t->doc.nlines)
		buf_puts(b, p->o.ascii ? "v" : "▼");
	/* TRANSLATORS: lines of a text up to the last one shown, "8 of 70". */
	buf_printf(b, _(" %zu of %zu"), end, t->doc.nlines);
	if (!p->in_pane && pane == p->pane) {
		request_put_key(REQ_PANE_NEXT, p->o.ascii, &key);
		buf_putc(&key, ' ');
		request_put_key(REQ_PANE_DOWN, p->o.ascii, &key);
		buf_printf(b, "  %s", buf_cstr(&key));
	}
	buf_free(&key);
}

/* How far a request goes, and whether down. */
static size_t
reach_of(enum play_request r, size_t page, bool *down)
{
	*down = r == REQ_PANE_DOWN || r == REQ_READ_DOWN ||
		r == REQ_PANE_PAGE_DOWN || r == REQ_READ_PAGE_DOWN;
	switch (r) {
	case REQ_PANE_DOWN:
	case REQ_PANE_UP:
	case REQ_READ_DOWN:
	case REQ_READ_UP:
		return 1;
	case REQ_PANE_PAGE_DOWN:
	case REQ_PANE_PAGE_UP:
	case REQ_READ_PAGE_DOWN:
	case REQ_READ_PAGE_UP:
		return page;
	default:
		return 0;
	}
}

void
play_text_move(
    struct play_text *t, enum play_request r, size_t page, bool cursor)
{
	size_t last = t->doc.nlines > 0 ? t->doc.nlines - 1 : 0;
	size_t *at = cursor ? &t->cursor : &t->top;
	bool down;
	size_t by = reach_of(r, page, &down);

	if (down)
		*at = *at + by < last ? *at + by : last;
	else
		*at = *at > by ? *at - by : 0;
}

/* To record SEQ; Esc comes back, for who uses no other key. */
static void
jump_from_pane(struct play *p, uint64_t seq)
{
	struct buf key = BUF_INIT;

	if (seq == play_view(p)->seq)
		return;
	play_jump(p, seq);
	p->jumped = true;
	request_put_key(REQ_RETURN, p->o.ascii, &key);
	play_say(p, _("%s or Esc returns"), buf_cstr(&key));
	buf_free(&key);
}

static bool
machines_do(struct play *p, enum play_request r)
{
	struct machines_view m = machines_of(p);
	size_t n = m.f != NULL ? machines_view_count(&m) : 0;
	size_t at = m.f != NULL ? machines_view_shown(&m) : 0;
	uint64_t seq;

	if (n == 0)
		return true;
	at = at < n ? at : 0;
	if (r == REQ_PANE_DOWN)
		p->machine = at + 1 < n ? at + 1 : 0;
	else if (r == REQ_PANE_UP)
		p->machine = at > 0 ? at - 1 : n - 1;
	else if (r == REQ_PANE_OPEN) {
		seq = machines_view_seq(&m, at);
		if (seq != 0)
			jump_from_pane(p, seq);
	}
	return true;
}

bool
play_pane_do(struct play *p, enum play_request r)
{
	struct play_text *t = &p->texts[p->pane];
	size_t page = p->pane_area.h > 2 ? p->pane_area.h - 2 : 1;

	if (r < REQ_PANE_DOWN || r > REQ_PANE_OPEN)
		return false;
	if (p->pane == PANE_MACHINES)
		return machines_do(p, r);
	if (p->pane == PANE_LOG) {
		int by = r == REQ_PANE_UP || r == REQ_PANE_PAGE_UP ? -1 : 1;
		size_t n = r == REQ_PANE_DOWN || r == REQ_PANE_UP ? 1 : page;

		while (r != REQ_PANE_OPEN && n-- > 0)
			play_step_kept(p, by);
		return true;
	}
	if (p->pane == PANE_HANDSET && r == REQ_PANE_OPEN)
		play_keypad(p, 0);
	if (panes[p->pane].make == NULL)
		return true;
	if (r != REQ_PANE_OPEN)
		play_text_move(t, r, page, true);
	else if (t->cursor < t->doc.nlines && t->doc.lines[t->cursor].seq != 0)
		jump_from_pane(p, t->doc.lines[t->cursor].seq);
	return true;
}

bool
play_pane_leads(struct play *p)
{
	const struct play_text *t = &p->texts[p->pane];
	struct machines_view m;

	if (p->pane == PANE_MACHINES) {
		m = machines_of(p);
		return m.f != NULL && machines_view_count(&m) > 0;
	}
	return panes[p->pane].make != NULL && t->cursor < t->doc.nlines &&
	       t->doc.lines[t->cursor].seq != 0 &&
	       t->doc.lines[t->cursor].seq != play_view(p)->seq;
}
