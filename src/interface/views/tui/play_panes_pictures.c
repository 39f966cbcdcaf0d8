/*
 * The panes that are pictures, and the log.  A picture that takes more lines
 * than its pane has is drawn away from the screen in as many as it takes, and
 * a window of it is shown, from texts[pane].top on.  The log is a window of the
 * records around the position already.
 */
#include "views/tui/play_panes.h"

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
	p->own.machines = mem_zalloc(1, sizeof(*p->own.machines));
	if (p->own.machines == NULL)
		return ERR_NOMEM;
	play_any_machine(p);
	return 0;
}

static void
machines_done(struct play *p)
{
	mem_free(p->own.machines);
}

void
play_any_machine(struct play *p)
{
	p->own.machines->chosen = SIZE_MAX;
}

static uint64_t
way_of_machines(struct play *p)
{
	return p->own.machines->chosen;
}

static void
look_at_machines(struct play *p, struct pane_moment *m)
{
	m->machine = p->own.machines->chosen;
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
		p->own.machines->chosen = at + 1 < n ? at + 1 : 0;
	else if (r == REQ_PANE_UP)
		p->own.machines->chosen = at > 0 ? at - 1 : n - 1;
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
board_pane_draw(struct play *p, enum play_pane pane, const struct grid_area *a)
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
		board_pane_draw(p, pane, a);
		return;
	}
	window = grid_all(&whole);
	board_pane_draw(p, pane, &window);
	window = grid_part(&window, 0, top, a->w, a->h);
	grid_copy(a, &window);
	grid_free(&whole);
}

/* ---- the handset's pane, and its keypad ---- */

/* A key is held so long, with the way to the next. */
#define KEY_NS INT64_C(150000000)

/*
 * The keypad, and keys on their way to the handset: keys typed or pressed with
 * the mouse go to the phone as acts at the moment that is shown.
 *
 * An act repeats the run, and in the past it makes a branch; a number is many
 * keys, though. So keys that come while an act is on its way go with the next
 * one; the moment moves on to where a finger has left the key; and the branch
 * that the last key made gives way to the one of the next.
 */
struct play_keypad {
	bool in_use;        /* keys typed in the pane go to it */
	bool pressing;      /* the act on its way is of keys */
	struct buf waiting; /* keys pressed meanwhile */
	int64_t until;      /* time to play on to; 0: stand still */
	int64_t left;       /* the moment that the last act led to */
	size_t branch;      /* branch made by keys alone, or SIZE_MAX */
	size_t from;        /* branch to be replaced by the next; SIZE_MAX */
};

static void
look_at_handset(struct play *p, struct pane_moment *m)
{
	m->keypad = play_where(p) == PLACE_KEYPAD;
}

static struct handset_view
handset_of(struct play *p)
{
	struct pane_moment m;

	play_moment(p, PANE_HANDSET, &m);
	return pane_handset_of(&m);
}

void
play_keypad(struct play *p)
{
	struct handset_view h = handset_of(p);

	p->pane = PANE_HANDSET;
	p->in_pane = true;
	if (h.f == NULL || handset_view_node(&h).n == 0)
		play_tell(p, _("there is no handset here"));
	else if (p->src->act == NULL)
		play_tell(p, _("this is a recording: no action is possible"));
	else
		p->own.keypad->in_use = true;
}

void
play_keypad_leave(struct play *p)
{
	p->own.keypad->in_use = false;
}

void
play_keypad_close(struct play *p)
{
	if (p->doing.going)
		play_act_cancel(p);
	buf_clear(&p->own.keypad->waiting);
	p->own.keypad->in_use = p->own.keypad->pressing = false;
	p->own.keypad->until = 0;
	p->own.keypad->branch = SIZE_MAX;
}

/* ---- pressing ---- */

/* What the requests press, in their order. */
static const char *const named[] = { "{call}", "{ok}", "{end}", "{clear}",
	"{up}", "{down}", "{soft1}", "{soft2}" };

_Static_assert(COUNT_OF(named) == REQ_PRESS_SOFT2 - REQ_PRESS_CALL + 1,
    "a key for each request");

static int64_t
board_pane_count_keys(struct str keys)
{
	int64_t n = 0;
	bool name = false;

	for (size_t i = 0; i < keys.n; i++) {
		if (keys.p[i] == '{')
			name = true;
		else if (keys.p[i] == '}')
			name = false;
		n += !name;
	}
	return n;
}

/* All that waits, as one act. */
static void
send_keys(struct play *p)
{
	struct play_keypad *k = p->own.keypad;
	struct handset_view h = handset_of(p);
	LOCAL_BUF on = BUF_INIT, keys = BUF_INIT;
	struct act_arg arg = { "keys", NULL };

	if (h.f == NULL || k->waiting.n == 0 || p->doing.going)
		return;
	buf_str(&on, handset_view_node(&h));
	buf_str(&keys, buf_view(&k->waiting));
	buf_clear(&k->waiting);
	arg.value = buf_cstr(&keys);
	/* A branch that consists of keys alone goes on as another, unless the
	 * position has gone back in it. */
	k->from = p->now == k->branch && h.t_ns >= k->left ? p->now : SIZE_MAX;
	if (k->until < h.t_ns)
		k->until = h.t_ns;
	k->until += board_pane_count_keys(buf_view(&keys)) * KEY_NS;
	k->pressing = true;
	k->left = h.t_ns;
	if (play_act_do(p, buf_cstr(&on), "press", &arg, 1) != 0) {
		play_complain(p, &p->diag);
		play_keypad_failed(p);
	}
}

/* KEYS as acts have them, "1001#" or "{call}". */
static void
play_keypad_press(struct play *p, const char *keys)
{
	struct handset_view h = handset_of(p);

	if (p->src->act == NULL || h.f == NULL ||
	    handset_view_node(&h).n == 0) {
		play_keypad(p); /* says why not */
		return;
	}
	if (!handset_view_is_up(&h)) {
		play_tell(
		    p, _("the handset is down; a offers to start it again"));
		return;
	}
	buf_puts(&p->own.keypad->waiting, keys);
	send_keys(p);
}

void
play_keypad_request(struct play *p, enum play_request r)
{
	play_keypad_press(p, named[r - REQ_PRESS_CALL]);
}

static bool
typed_keys(struct play *p, struct str keys)
{
	return keys.n == 0 || play_keypad_keys(p, keys);
}

void
play_keypad_ask(struct play *p)
{
	play_ask(p, _("keys: "), STR_NULL, typed_keys);
	buf_printf(&p->box.hint, _("such as %s; "), "1001#, {call}");
	buf_puts(&p->box.hint, _("Esc stops"));
}

bool
play_keypad_keys(struct play *p, struct str keys)
{
	LOCAL_BUF b = BUF_INIT;

	buf_str(&b, keys);
	play_keypad_press(p, buf_cstr(&b));
	return true;
}

bool
play_keypad_key(struct play *p, struct key key)
{
	enum play_request r = play_where(p) == PLACE_KEYPAD
				  ? request_of_key(PLACE_KEYPAD, key)
				  : REQ_NONE;
	char digit[2] = { 0, 0 };

	key = key_plain(key);
	if (r == REQ_PRESS && key.ch < 128) {
		digit[0] = (char)key.ch;
		play_keypad_press(p, digit);
	} else if (r >= REQ_PRESS_CALL && r <= REQ_PRESS_SOFT2) {
		play_keypad_request(p, r);
	} else {
		p->own.keypad->until = 0;
		return false;
	}
	p->kept.unsaved = true;
	return true;
}

bool
play_keypad_mouse(struct play *p, size_t x, size_t y)
{
	struct handset_view h = handset_of(p);
	struct grid_area a = p->drawn.pane;
	size_t top, end, all;
	const char *key;

	if (p->pane != PANE_HANDSET || h.f == NULL)
		return false;
	play_picture_extent(p, PANE_HANDSET, &a, &top, &end, &all);
	h.room = a.h;
	a.h = all > a.h ? all : a.h;
	key = handset_view_hit(&h, &a, x, y + top);
	if (key == NULL)
		return false;
	play_keypad(p);
	if (p->own.keypad->in_use)
		play_keypad_press(p, key);
	return true;
}

/* ---- results ---- */

void
play_keypad_failed(struct play *p)
{
	buf_clear(&p->own.keypad->waiting);
	p->own.keypad->pressing = false;
	p->own.keypad->until = 0;
}

void
play_keypad_done(struct play *p, bool branched)
{
	struct play_keypad *k = p->own.keypad;

	if (!k->pressing)
		return;
	k->pressing = false;
	if (branched && k->from != SIZE_MAX && k->from < p->nviews &&
	    k->from != p->now)
		play_delete_branch(p, k->from);
	/* That it was done is seen; a branch that is new is said. */
	if (!branched || k->from != SIZE_MAX)
		buf_clear(&p->say);
	if (branched)
		k->branch = p->now;
	send_keys(p);
}

/* Moves on to the moment when the keys have been pressed; true: waits for the
 * run to get there. */
static bool
keypad_work(struct play *p)
{
	struct play_keypad *k = p->own.keypad;
	struct play_view *v = play_view(p);
	uint64_t count = trace_count(v->trace);
	int64_t until = k->until;

	if (until == 0 || p->doing.going)
		return false;
	if (!v->done && (count == 0 || trace_time_of(v->trace, count) <= until))
		return true;
	k->until = 0;
	if (v->t_ns < until) {
		play_seek(p, trace_at_time(v->trace, until));
		play_stand_at(p, until);
		k->left = play_view(p)->t_ns;
	}
	return false;
}

/* ---- the pane ---- */

static bool
handset_do(struct play *p, enum play_request r)
{
	if (r == REQ_PANE_OPEN)
		play_keypad(p);
	return true;
}

static enum play_place
handset_place(const struct play *p)
{
	return p->own.keypad->in_use ? PLACE_KEYPAD : PLACE_PANE;
}

static int
open_handset(struct play *p)
{
	p->own.keypad = mem_zalloc(1, sizeof(*p->own.keypad));
	if (p->own.keypad == NULL)
		return ERR_NOMEM;
	p->own.keypad->branch = p->own.keypad->from = SIZE_MAX;
	return 0;
}

static void
handset_done(struct play *p)
{
	if (p->own.keypad == NULL)
		return;
	buf_free(&p->own.keypad->waiting);
	mem_free(p->own.keypad);
}

const struct play_pane_ops play_handset_pane = { .pane = &pane_handset,
	.look = look_at_handset,
	.open = open_handset,
	.done = handset_done,
	.work = keypad_work,
	.place = handset_place,
	.request = handset_do };
