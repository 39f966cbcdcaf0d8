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

static void
look_at_machines(struct play *p, struct pane_moment *m)
{
	m->machine = p->machines->chosen;
}

static struct machines_view
machines_of(struct play *p)
{
	struct pane_moment m;

	play_moment(p, PANE_MACHINES, &m);
	return pane_machines_of(&m);
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

const struct play_pane_ops play_machines_pane = { .pane = &pane_machines,
	.look = look_at_machines,
	.open = open_machines,
	.done = machines_done,
	.way = way_of_machines,
	.request = machines_do,
	.leads = machines_lead,
	.put = put_machine_number };

/* ---- the network ---- */

const struct play_pane_ops play_network_pane = { .pane = &pane_network };

/* ---- the log ---- */

static uint64_t
step_kept(uint64_t seq, int by, void *arg)
{
	return by < 0 ? play_kept_back(arg, seq) : play_kept_next(arg, seq);
}

static bool
is_record_found(uint64_t seq, void *arg)
{
	return play_seqs_has(&play_view(arg)->found, seq);
}

static void
look_at_log(struct play *p, struct pane_moment *m)
{
	m->records = (struct pane_records){ step_kept, is_record_found,
		play_last_shown(p), p };
}

static void
log_extent(struct play *p, const struct grid_area *a, size_t *top, size_t *end,
    size_t *n)
{
	size_t h = a->h;
	uint64_t first, last, next;
	struct pane_moment m;

	play_moment(p, PANE_LOG, &m);
	first = last = next = pane_log_first(&m, h);
	for (size_t y = 0; y < h && next != 0; y++) {
		last = next;
		next = pane_log_next(&m, next);
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

const struct play_pane_ops play_log_pane = { .pane = &pane_log,
	.look = look_at_log,
	.extent = log_extent,
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
	struct pane_moment m;
	size_t most;

	if (play_panes[pane]->extent != NULL) {
		play_panes[pane]->extent(p, a, top, end, n);
		return;
	}
	keep_top(p, pane);
	p->room = a->h;
	if (t->w != a->w || t->h != a->h || t->w == 0)
		t->lines = play_moment(p, pane, &m)
			       ? play_panes[pane]->pane->height(&m, a)
			       : 0;
	t->w = a->w;
	t->h = a->h;
	*n = t->lines;
	most = *n > a->h ? *n - a->h : 0;
	*top = t->top < most ? t->top : most;
	*end = *n < a->h ? *n : *top + a->h;
}

static void
draw_pane(struct play *p, enum play_pane pane, const struct grid_area *a)
{
	struct pane_moment m;

	if (play_panes[pane]->draw != NULL)
		play_panes[pane]->draw(p, a);
	else if (play_moment(p, pane, &m))
		play_panes[pane]->pane->draw(&m, a);
}

void
play_picture_draw(
    struct play *p, enum play_pane pane, const struct grid_area *a)
{
	struct grid_area window;
	struct grid whole;
	size_t top, end, n = 0;

	p->room = a->h;
	if (play_pane_is_high(pane))
		play_picture_extent(p, pane, a, &top, &end, &n);
	if (n <= a->h || grid_init(&whole, a->w, n, a->g->ascii) != 0) {
		draw_pane(p, pane, a);
		return;
	}
	window = grid_all(&whole);
	draw_pane(p, pane, &window);
	window = grid_part(&window, 0, top, a->w, a->h);
	grid_copy(a, &window);
	grid_free(&whole);
}
