/*
 * The panes that are pictures, and the log.  A picture that takes more lines
 * than its pane has is drawn away from the screen in as many as it takes, and
 * a window of it is shown, from texts[pane].top on.  The log is a window of the
 * records around the position already.
 */
#include "views/tui/play.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "views/machines/machines_view.h"
#include "views/network/network_view.h"
#include "words/record_line.h"

/* ---- the machines ---- */

struct play_machines {
	size_t chosen; /* of the node's; SIZE_MAX: any */
};

static int
open_machines(struct play *p)
{
	p->machines = mem_zalloc(1, sizeof(*p->machines));
	if (p->machines == NULL)
		return ERR_NOMEM;
	play_any_machine(p);
	return 0;
}

static void
machines_done(struct play *p)
{
	mem_free(p->machines);
}

void
play_any_machine(struct play *p)
{
	p->machines->chosen = SIZE_MAX;
}

static uint64_t
way_of_machines(struct play *p)
{
	return p->machines->chosen;
}

static struct machines_view
machines_of(struct play *p)
{
	struct play_view *v = play_view(p);

	return (struct machines_view){ .t = v->trace,
		.f = play_fold(p),
		.room = p->room,
		.seq = v->seq,
		.t_ns = v->t_ns,
		.node = buf_view(&p->node),
		.chosen = p->machines->chosen };
}

static size_t
machines_height(struct play *p, const struct grid_area *a)
{
	struct machines_view m = machines_of(p);

	return m.f != NULL ? machines_view_height(&m, a) : 0;
}

static void
draw_machines(struct play *p, const struct grid_area *a)
{
	struct machines_view m = machines_of(p);

	if (m.f != NULL)
		machines_view_draw(&m, a);
}

/* Which of N machines is shown. */
static size_t
machine_shown(const struct machines_view *m, size_t *n)
{
	size_t at;

	*n = m->f != NULL ? machines_view_count(m) : 0;
	at = *n > 0 ? machines_view_shown(m) : 0;
	return at < *n ? at : 0;
}

/* "machine 2 of 5": one is drawn, the arrows choose it. */
static void
put_machine_number(struct play *p, bool brief, struct buf *b)
{
	struct machines_view m = machines_of(p);
	size_t n, at = machine_shown(&m, &n);

	if (n > 1)
		buf_printf(b, brief ? "%zu/%zu  " : _("machine %zu of %zu"),
		    at + 1, n);
}

static bool
machines_lead(struct play *p)
{
	struct machines_view m = machines_of(p);

	return m.f != NULL && machines_view_count(&m) > 0;
}

static bool
machines_do(struct play *p, enum play_request r)
{
	struct machines_view m = machines_of(p);
	size_t n, at = machine_shown(&m, &n);
	uint64_t seq;

	if (n == 0)
		return true;
	if (r == REQ_PANE_DOWN)
		p->machines->chosen = at + 1 < n ? at + 1 : 0;
	else if (r == REQ_PANE_UP)
		p->machines->chosen = at > 0 ? at - 1 : n - 1;
	else if (r == REQ_PANE_OPEN) {
		seq = machines_view_seq(&m, at);
		if (seq != 0)
			play_jump_from_pane(p, seq);
	}
	return true;
}

const struct play_pane_ops play_machines_pane = { .title = N_("Machines"),
	.brief = N_("FSM"),
	.open = open_machines,
	.done = machines_done,
	.way = way_of_machines,
	.height = machines_height,
	.draw = draw_machines,
	.request = machines_do,
	.leads = machines_lead,
	.put = put_machine_number };

/* ---- the network ---- */

static struct network_view
network_of(struct play *p)
{
	struct play_view *v = play_view(p);

	return (struct network_view){ .t = v->trace,
		.f = play_fold(p),
		.room = p->room,
		.seq = v->seq,
		.t_ns = v->t_ns,
		.node = buf_view(&p->node) };
}

static size_t
network_height(struct play *p, const struct grid_area *a)
{
	struct network_view n = network_of(p);

	return n.f != NULL ? network_view_height(&n, a) : 0;
}

static void
draw_network(struct play *p, const struct grid_area *a)
{
	struct network_view n = network_of(p);

	if (n.f != NULL)
		network_view_draw(&n, a);
}

const struct play_pane_ops play_network_pane = { .title = N_("Network"),
	.brief = N_("Net"),
	.height = network_height,
	.draw = draw_network };

/* ---- the log ---- */

/* The first of H lines around the position; 0: none is shown. */
static uint64_t
log_first(struct play *p, size_t h)
{
	uint64_t seq = play_view(p)->seq, back = seq;

	for (size_t n = 0; n < h / 2; n++) {
		back = play_kept_back(p, back);
		if (back == 0)
			break;
		seq = back;
	}
	seq = seq != 0 ? seq : play_kept_next(p, 0);
	return seq <= play_last_shown(p) ? seq : 0;
}

/* The line below SEQ, or 0: the position is shown even where the filter has
 * nothing. */
static uint64_t
log_next(struct play *p, uint64_t seq)
{
	uint64_t next = play_kept_next(p, seq), now = play_view(p)->seq;

	next = seq < now && (next > now || next == 0) ? now : next;
	return next <= play_last_shown(p) ? next : 0;
}

static void
draw_log(struct play *p, const struct grid_area *a)
{
	struct play_view *v = play_view(p);
	struct record_columns columns;
	uint64_t seq = log_first(p, a->h);
	struct trace_rec rec;

	record_columns_measure(&columns, v->trace, 3);
	for (size_t y = 0; y < a->h && seq != 0; y++) {
		struct grid_area line = grid_part(a, 0, y, a->w, 1);

		trace_get(v->trace, seq, &rec);
		record_line(v->trace, &columns, &rec, &line);
		if (seq > v->seq)
			grid_flag(a, 0, y, a->w, 1, GRID_FUTURE);
		if (seq == v->seq)
			grid_flag(a, 0, y, a->w, 1, GRID_CHOSEN);
		if (play_seqs_has(&v->found, seq))
			grid_flag(a, 0, y, 6, 1, GRID_FOUND);
		seq = log_next(p, seq);
	}
}

static void
log_extent(struct play *p, const struct grid_area *a, size_t *top, size_t *end,
    size_t *n)
{
	size_t h = a->h;
	uint64_t first = log_first(p, h), last = first, next = first;

	for (size_t y = 0; y < h && next != 0; y++) {
		last = next;
		next = log_next(p, next);
	}
	*top = play_kept_below(p, first);
	*end = play_kept_below(p, last + 1);
	*n = p->hiding ? *end : play_kept_below(p, UINT64_MAX);
	if (first == 0)
		*end = *n = 0;
}

/* Its cursor is the position. */
static bool
log_do(struct play *p, enum play_request r)
{
	int by = r == REQ_PANE_UP || r == REQ_PANE_PAGE_UP ? -1 : 1;
	size_t n =
	    r == REQ_PANE_DOWN || r == REQ_PANE_UP ? 1 : play_pane_page(p);

	while (r != REQ_PANE_OPEN && n-- > 0)
		play_step_kept(p, by);
	return true;
}

const struct play_pane_ops play_log_pane = { .title = N_("Log"),
	.extent = log_extent,
	.draw = draw_log,
	.request = log_do };

/* ---- all of them ---- */

/* Another picture begins at its top. */
static void
keep_top(struct play *p, enum play_pane pane)
{
	struct play_text *t = &p->texts[pane];
	struct play_view *v = play_view(p);
	uint64_t variant =
	    str_hash(buf_view(&p->node)) + play_pane_way(p, pane);

	if (t->trace != v->trace || t->seq != v->seq || t->variant != variant)
		t->top = 0;
	t->trace = v->trace;
	t->seq = v->seq;
	t->variant = variant;
}

void
play_measure_anew(struct play *p, enum play_pane pane)
{
	p->texts[pane].w = p->texts[pane].h = 0;
}

void
play_picture_extent(struct play *p, enum play_pane pane,
    const struct grid_area *a, size_t *top, size_t *end, size_t *n)
{
	struct play_text *t = &p->texts[pane];
	size_t most;

	if (play_panes[pane]->extent != NULL) {
		play_panes[pane]->extent(p, a, top, end, n);
		return;
	}
	keep_top(p, pane);
	p->room = a->h;
	if (t->w != a->w || t->h != a->h || t->w == 0)
		t->lines = play_panes[pane]->height(p, a);
	t->w = a->w;
	t->h = a->h;
	*n = t->lines;
	most = *n > a->h ? *n - a->h : 0;
	*top = t->top < most ? t->top : most;
	*end = *n < a->h ? *n : *top + a->h;
}

void
play_picture_draw(
    struct play *p, enum play_pane pane, const struct grid_area *a)
{
	struct grid_area window;
	struct grid whole;
	size_t top, end, n = 0;

	p->room = a->h;
	if (play_panes[pane]->height != NULL)
		play_picture_extent(p, pane, a, &top, &end, &n);
	if (n <= a->h || grid_init(&whole, a->w, n, a->g->ascii) != 0) {
		play_panes[pane]->draw(p, a);
		return;
	}
	window = grid_all(&whole);
	play_panes[pane]->draw(p, &window);
	window = grid_part(&window, 0, top, a->w, a->h);
	grid_copy(a, &window);
	grid_free(&whole);
}
