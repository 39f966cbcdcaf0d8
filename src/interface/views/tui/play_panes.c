/*
 * The panes: texts and pictures, how much of them is seen, moving in them.  A
 * pane that is a text is made again when the position, the width or the way it
 * is shown changes.
 */
#include "views/tui/play_panes.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "text/utf8.h"

/* ---- the message ---- */

/* How it is shown: each line explained; as it was sent, nothing told of it; its
 * packets. */
enum form { EXPLAINED, RAW, LAYERS, FORMS };

struct play_message {
	enum form form;
};

static int
open_message(struct play *p)
{
	p->own.message = mem_zalloc(1, sizeof(*p->own.message));
	return p->own.message != NULL ? 0 : ERR_NOMEM;
}

static void
message_done(struct play *p)
{
	mem_free(p->own.message);
}

void
play_raw_or_explained(struct play *p)
{
	p->own.message->form = (p->own.message->form + 1) % FORMS;
	if (p->own.message->form == LAYERS && play_is_exam(p))
		p->own.message->form = EXPLAINED;
}

static uint64_t
way_of_message(struct play *p)
{
	return p->own.message->form;
}

static void
pane_look_at_message(struct play *p, struct pane_moment *m)
{
	m->message = play_message_seq(p);
	m->tip = play_hold_tip(p);
	m->raw = p->own.message->form == RAW || play_is_exam(p);
	m->layers = p->own.message->form == LAYERS && !play_is_exam(p);
}

const struct play_pane_ops play_message_pane = { .pane = &pane_message,
	.look = pane_look_at_message,
	.open = open_message,
	.done = message_done,
	.way = way_of_message };

/* ---- why, the node ---- */

/* Why calls ended; the list of calls tells it as well. */
struct play_why {
	struct outcomes *ends; /* of TRACE; NULL: there is none yet */
	const struct trace *trace;
	uint64_t count; /* its records when it was looked at last */
};

/* The trace has grown by so little that its calls are not judged again as long
 * as it grows: by one part in so many. */
#define GROWN 16

static int
open_why(struct play *p)
{
	p->own.why = mem_zalloc(1, sizeof(*p->own.why));
	return p->own.why != NULL ? 0 : ERR_NOMEM;
}

static void
forget_ends(struct play *p, const struct trace *t)
{
	if (p->own.why->trace != t)
		return;
	outcomes_destroy(p->own.why->ends);
	*p->own.why = (struct play_why){ .ends = NULL };
}

static void
why_done(struct play *p)
{
	if (p->own.why != NULL)
		outcomes_destroy(p->own.why->ends);
	mem_free(p->own.why);
}

static bool
why_work(struct play *p)
{
	struct play_why *w = p->own.why;
	const struct trace *t = play_view(p)->trace;
	uint64_t before = w->count, judged;

	if (w->trace != t) {
		forget_ends(p, w->trace);
		if (outcomes_create(&w->ends, t, NULL) != 0)
			return false;
		w->trace = t;
	}
	judged = outcomes_position(w->ends);
	w->count = trace_count(t);
	if (w->count != before && w->count - judged < judged / GROWN)
		return true;
	return outcomes_extend(w->ends, play_slice(p, PLAY_WORK_RECORDS));
}

const struct outcomes *
play_call_ends(const struct play *p)
{
	return p->hiding || p->predicting || play_is_exam(p) ? NULL
							     : p->own.why->ends;
}

static uint64_t
way_of_why(struct play *p)
{
	const struct outcomes *e = play_call_ends(p);

	return e != NULL ? outcomes_position(e) : 0;
}

static void
look_at_why(struct play *p, struct pane_moment *m)
{
	m->past = p->hiding;
	m->ends = play_call_ends(p);
}

static bool
may_explain(struct play *p)
{
	return !play_is_exam(p);
}

const struct play_pane_ops play_why_pane = { .pane = &pane_why,
	.look = look_at_why,
	.there = may_explain,
	.open = open_why,
	.done = why_done,
	.work = why_work,
	.forget = forget_ends,
	.way = way_of_why };

const struct play_pane_ops play_node_pane = { .pane = &pane_node };

/* ---- a pair of calls ---- */

static void
look_at_pair(struct play *p, struct pane_moment *m)
{
	m->message = play_message_seq(p);
	m->past = p->hiding;
}

static bool
may_compare(struct play *p)
{
	return may_explain(p) && pane_pair.there(play_view(p)->trace);
}

const struct play_pane_ops play_pair_pane = {
	.pane = &pane_pair, .look = look_at_pair, .there = may_compare
};

/* ---- media ---- */

static bool
may_hear(struct play *p)
{
	return may_explain(p) && pane_media.there(play_view(p)->trace);
}

const struct play_pane_ops play_media_pane = { .pane = &pane_media,
	.there = may_hear };

const struct play_pane_ops *const play_panes[PANE_ALL] = {
	[PANE_MESSAGE] = &play_message_pane,
	[PANE_WHY] = &play_why_pane,
	[PANE_MACHINES] = &play_machines_pane,
	[PANE_NETWORK] = &play_network_pane,
	[PANE_NODE] = &play_node_pane,
	[PANE_LOG] = &play_log_pane,
	[PANE_HANDSET] = &play_handset_pane,
	[PANE_LAB] = &play_lesson_pane,
	[PANE_PAIR] = &play_pair_pane,
	[PANE_MEDIA] = &play_media_pane,
	[PANE_FAULTS] = &play_faults_pane,
	[PANE_CALLS] = &play_calls_pane,
	[PANE_QUIZ] = &play_quiz_pane,
};

int
play_panes_open(struct play *p)
{
	int err = 0;

	for (unsigned i = 0; err == 0 && i < PANE_ALL; i++)
		if (play_panes[i]->open != NULL)
			err = play_panes[i]->open(p);
	return err;
}

bool
play_panes_work(struct play *p)
{
	bool more = false;

	for (unsigned i = 0; i < PANE_ALL; i++)
		if (play_panes[i]->work != NULL)
			more |= play_panes[i]->work(p);
	return more;
}

void
play_panes_anew(struct play *p)
{
	play_panes_forget(p, NULL);
	for (unsigned i = 0; i < PANE_ALL; i++)
		if (play_panes[i]->anew != NULL)
			play_panes[i]->anew(p);
}

void
play_panes_done(struct play *p)
{
	for (unsigned i = 0; i < PANE_ALL; i++)
		if (play_panes[i]->done != NULL)
			play_panes[i]->done(p);
	for (unsigned i = 0; i < PANE_COUNT; i++)
		doc_free(&p->texts[i].doc);
}

uint64_t
play_pane_way(struct play *p, enum play_pane pane)
{
	return play_panes[pane]->way != NULL ? play_panes[pane]->way(p) : 0;
}

bool
play_moment(struct play *p, enum play_pane pane, struct pane_moment *m)
{
	const struct play_pane_ops *o = play_panes[pane];
	const struct play_view *v = play_view(p);

	*m = (struct pane_moment){ .t = v->trace,
		.state = o->pane->needs_state ? play_state(p) : NULL,
		.seq = v->seq,
		.t_ns = v->t_ns,
		.node = buf_view(&p->node),
		.machine = SIZE_MAX,
		.room = p->room };
	if (o->look != NULL)
		o->look(p, m);
	return m->state != NULL || !o->pane->needs_state;
}

static bool
pane_is_text(enum play_pane pane)
{
	const struct play_pane_ops *o = play_panes[pane];

	return o->draw == NULL && o->pane->make != NULL;
}

bool
play_pane_is_high(enum play_pane pane)
{
	const struct play_pane_ops *o = play_panes[pane];

	return o->draw == NULL && o->pane->height != NULL;
}

static bool
play_pane_there(struct play *p, enum play_pane pane)
{
	const struct play_pane_ops *o = play_panes[pane];

	if (o->there != NULL)
		return o->there(p);
	return o->pane->there == NULL || o->pane->there(play_view(p)->trace);
}

bool
play_pane_offered(struct play *p, enum play_pane pane)
{
	return pane == p->pane ||
	       (!play_panes[pane]->quiet && play_pane_there(p, pane));
}

void
play_panes_forget(struct play *p, const struct trace *t)
{
	for (unsigned i = 0; i < PANE_COUNT; i++)
		p->texts[i].trace = NULL;
	for (unsigned i = 0; t != NULL && i < PANE_ALL; i++)
		if (play_panes[i]->forget != NULL)
			play_panes[i]->forget(p, t);
}

/* What the text depends on beside the position. */
static uint64_t
variant_of(struct play *p, enum play_pane pane)
{
	return (str_hash(buf_view(&p->node)) ^
		   str_hash(buf_view(&p->search.find_text))) *
		   2 +
	       play_pane_way(p, pane);
}

/* ---- what was searched for ---- */

static void
put_line_text(const struct doc *d, size_t line, struct buf *out)
{
	buf_clear(out);
	for (size_t k = d->lines[line].first; k < d->lines[line].end; k++)
		buf_str(out, str_slice(buf_view(&d->text), d->pieces[k].from,
				 d->pieces[k].to));
}

/* Every place in line LINE, which stands at Y, that has it. */
static void
mark_found_in_line(struct play *p, const struct play_text *t, size_t line,
    const struct grid_area *a, size_t y, struct buf *text)
{
	struct str rest;
	ptrdiff_t at;
	size_t x = 0;

	put_line_text(&t->doc, line, text);
	rest = buf_view(text);
	while ((at = play_find_in(p, rest)) >= 0) {
		size_t end = (size_t)at + p->search.find_text.n;
		size_t cells = utf8_width(str_slice(rest, (size_t)at, end));

		x += utf8_width(str_slice(rest, 0, (size_t)at));
		if (x < a->w)
			grid_flag(a, x, y, cells < a->w - x ? cells : a->w - x,
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
	LOCAL_BUF text = BUF_INIT;

	if (p->search.find_text.n == 0 || !play_seqs_has(&v->found, v->seq))
		return;
	for (size_t i = 0; i < t->doc.nlines; i++) {
		put_line_text(&t->doc, i, &text);
		if (play_find_in(p, buf_view(&text)) < 0)
			continue;
		t->cursor = i;
		t->top = i < t->top || i >= t->top + h
			     ? i - (i < h / 2 ? i : h / 2)
			     : t->top;
		break;
	}
}

static void
renew_pane_text(struct play *p, enum play_pane pane, const struct grid_area *a)
{
	struct play_text *t = &p->texts[pane];
	size_t width = a->w;
	struct play_view *v = play_view(p);
	unsigned long lacked = mem_failures();
	uint64_t variant = variant_of(p, pane);
	struct pane_moment m;
	bool anew;

	if (t->trace == v->trace && t->seq == v->seq && t->t_ns == v->t_ns &&
	    t->width == width && t->variant == variant)
		return;
	anew = t->seq != v->seq || t->trace != v->trace;
	if (anew)
		t->top = t->cursor = 0;
	t->trace = v->trace;
	t->seq = v->seq;
	t->t_ns = v->t_ns;
	t->width = width;
	t->variant = variant;
	doc_clear(&t->doc);
	if (play_moment(p, pane, &m))
		play_panes[pane]->pane->make(&m, width, &t->doc);
	if (t->doc.err != 0 || mem_failures() != lacked) {
		doc_clear(&t->doc);
		doc_puts(&t->doc, STYLE_WARNING, _("out of memory"));
		t->trace = NULL;
	}
	if (anew && play_panes[pane]->first < t->doc.nlines)
		t->cursor = play_panes[pane]->first;
	/* The cursor begins where there is something to follow. */
	for (size_t i = 0; i < t->doc.nlines; i++)
		if (t->doc.lines[i].seq != 0 && t->doc.lines[i].seq != t->seq) {
			t->cursor = t->cursor == 0 ? i : t->cursor;
			break;
		}
	show_found(p, t, a->h);
}

static void
play_text_draw(
    struct play *p, struct play_text *t, const struct grid_area *a, bool cursor)
{
	LOCAL_BUF text = BUF_INIT;

	if (a->h == 0)
		return;
	if (cursor)
		request_show(&t->top, t->cursor, a->h);
	doc_draw(&t->doc, a, t->top, 0, cursor ? t->cursor : SIZE_MAX);
	for (size_t y = 0; p->search.find_text.n > 0 && y < a->h &&
			   t->top + y < t->doc.nlines;
	     y++)
		mark_found_in_line(p, t, t->top + y, a, y, &text);
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
	if (!pane_is_text(pane)) {
		play_picture_draw(p, pane, a);
		return;
	}
	renew_pane_text(p, pane, a);
	play_text_draw(p, &p->texts[pane], a, has_cursor(p, pane));
}

/* The lines of PANE before the part shown in A, up to the last one shown, and
 * in all. */
static void
pane_extent_of(struct play *p, enum play_pane pane, const struct grid_area *a,
    size_t *top, size_t *end, size_t *n)
{
	const struct play_text *t = &p->texts[pane];

	if (!pane_is_text(pane)) {
		play_picture_extent(p, pane, a, top, end, n);
		return;
	}
	renew_pane_text(p, pane, a);
	*top = t->top;
	*n = t->doc.nlines;
	*end = t->top + a->h < *n ? t->top + a->h : *n;
}

bool
play_pane_put_more(struct play *p, enum play_pane pane,
    const struct grid_area *a, struct buf *b)
{
	LOCAL_BUF key = BUF_INIT;
	size_t top, end, n;
	bool more;

	pane_extent_of(p, pane, a, &top, &end, &n);
	more = top > 0 || end < n;
	if (play_panes[pane]->put != NULL)
		play_panes[pane]->put(p, more, b);
	if (!more)
		return false;
	if (top > 0)
		buf_puts(b, "▲");
	if (end < n)
		buf_puts(b, "▼");
	/* TRANSLATORS: lines of a text up to the last one shown, "8 of 70". */
	buf_printf(b, _(" %zu of %zu"), end, n);
	if (!p->in_pane && pane == p->pane) {
		request_put_key(REQ_PANE_NEXT, p->o.ascii, &key);
		buf_putc(&key, ' ');
		request_put_key(REQ_PANE_DOWN, p->o.ascii, &key);
		buf_printf(b, "  %s", buf_cstr(&key));
	}
	return true;
}

/* False: the picture is at its end already, or all of it is seen. */
static bool
scroll_picture(struct play *p, enum play_request r, size_t page)
{
	size_t top, end, n, to;

	if (p->drawn.pane.h == 0)
		return false;
	play_picture_extent(p, p->pane, &p->drawn.pane, &top, &end, &n);
	to = top;
	request_move(r, page, top + n - end + 1, &to);
	p->texts[p->pane].top = to;
	return to != top;
}

void
play_jump_from_pane(struct play *p, uint64_t seq)
{
	LOCAL_BUF key = BUF_INIT;

	if (seq == play_view(p)->seq)
		return;
	play_jump(p, seq);
	p->jumped = true;
	request_put_key(REQ_RETURN, p->o.ascii, &key);
	play_say(p, _("%s or Esc returns"), buf_cstr(&key));
}

size_t
play_pane_page(const struct play *p)
{
	return p->drawn.pane.h > 2 ? p->drawn.pane.h - 2 : 1;
}

enum play_pane
play_pane_keyed(const struct play *p)
{
	switch (play_where(p)) {
	case PLACE_CALLS:
		return PANE_CALLS;
	case PLACE_QUIZ:
		return PANE_QUIZ;
	case PLACE_LAB:
	case PLACE_ARROWS:
		return PANE_LAB;
	case PLACE_PANE:
		return p->pane;
	default:
		return PANE_ALL;
	}
}

bool
play_pane_do(struct play *p, enum play_request r)
{
	enum play_pane keyed = play_pane_keyed(p);
	const struct play_pane_ops *pane = play_panes[p->pane];
	struct play_text *t = &p->texts[p->pane];
	size_t page = play_pane_page(p);

	/* Those with keys of their own. */
	if (keyed >= PANE_COUNT || keyed == PANE_LAB)
		return keyed < PANE_ALL && play_panes[keyed]->request(p, r);
	if (r < REQ_PANE_DOWN || r > REQ_PANE_OPEN)
		return false;
	if (!pane_is_text(p->pane))
		return (play_pane_is_high(p->pane) &&
			   scroll_picture(p, r, page)) ||
		       pane->request == NULL || pane->request(p, r);
	if (r != REQ_PANE_OPEN)
		request_move(r, page, t->doc.nlines, &t->cursor);
	else if (pane->request != NULL)
		return pane->request(p, r);
	else if (t->cursor < t->doc.nlines && t->doc.lines[t->cursor].seq != 0)
		play_jump_from_pane(p, t->doc.lines[t->cursor].seq);
	return true;
}

bool
play_pane_leads(struct play *p)
{
	const struct play_pane_ops *pane = play_panes[p->pane];
	const struct play_text *t = &p->texts[p->pane];

	if (pane->leads != NULL)
		return pane->leads(p);
	return pane_is_text(p->pane) && t->cursor < t->doc.nlines &&
	       t->doc.lines[t->cursor].seq != 0 &&
	       t->doc.lines[t->cursor].seq != play_view(p)->seq;
}
