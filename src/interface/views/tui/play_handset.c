/*
 * The handset's pane, and its keypad: keys typed or pressed with the mouse go
 * to the phone as acts at the moment that is shown.
 *
 * An act repeats the run, and in the past it makes a branch; a number is many
 * keys, though.  So keys that come while an act is on its way go with the next
 * one; the moment moves on to where a finger has left the key; and the branch
 * that the last key made gives way to the one of the next.
 */
#include "views/tui/play.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

/* A key is held so long, with the way to the next. */
#define KEY_NS INT64_C(150000000)

/* The keypad, and keys on their way to the handset. */
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
		play_tell(
		    p, _("this is a recording: nothing can be done in it"));
	else
		p->keypad->in_use = true;
}

void
play_keypad_leave(struct play *p)
{
	p->keypad->in_use = false;
}

void
play_keypad_close(struct play *p)
{
	if (p->doing.going)
		play_act_cancel(p);
	buf_clear(&p->keypad->waiting);
	p->keypad->in_use = p->keypad->pressing = false;
	p->keypad->until = 0;
	p->keypad->branch = SIZE_MAX;
}

/* ---- pressing ---- */

/* What the requests press, in their order. */
static const char *const named[] = { "{call}", "{ok}", "{end}", "{clear}",
	"{up}", "{down}", "{soft1}", "{soft2}" };

_Static_assert(
    sizeof(named) / sizeof(named[0]) == REQ_PRESS_SOFT2 - REQ_PRESS_CALL + 1,
    "a key for each request");

static int64_t
count_keys(struct str keys)
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
	struct play_keypad *k = p->keypad;
	struct handset_view h = handset_of(p);
	struct buf on = BUF_INIT, keys = BUF_INIT;
	struct act_arg arg = { "keys", NULL };

	if (h.f == NULL || k->waiting.n == 0 || p->doing.going)
		goto out;
	buf_str(&on, handset_view_node(&h));
	buf_str(&keys, buf_view(&k->waiting));
	buf_clear(&k->waiting);
	arg.value = buf_cstr(&keys);
	/* What is only a branch of keys goes on as another, unless one has
	 * gone back in it. */
	k->from = p->now == k->branch && h.t_ns >= k->left ? p->now : SIZE_MAX;
	if (k->until < h.t_ns)
		k->until = h.t_ns;
	k->until += count_keys(buf_view(&keys)) * KEY_NS;
	k->pressing = true;
	k->left = h.t_ns;
	if (play_act_do(p, buf_cstr(&on), "press", &arg, 1) != 0) {
		play_complain(p, &p->diag);
		play_keypad_failed(p);
	}
out:
	buf_free(&on);
	buf_free(&keys);
}

void
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
	buf_puts(&p->keypad->waiting, keys);
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
	buf_printf(&p->hint, _("such as %s; "), "1001#, {call}");
	buf_puts(&p->hint, _("Esc stops"));
}

bool
play_keypad_keys(struct play *p, struct str keys)
{
	struct buf b = BUF_INIT;

	buf_str(&b, keys);
	play_keypad_press(p, buf_cstr(&b));
	buf_free(&b);
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
		p->keypad->until = 0;
		return false;
	}
	p->unsaved = true;
	return true;
}

bool
play_keypad_mouse(struct play *p, size_t x, size_t y)
{
	struct handset_view h = handset_of(p);
	struct grid_area a = p->pane_area;
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
	if (p->keypad->in_use)
		play_keypad_press(p, key);
	return true;
}

/* ---- what comes of it ---- */

void
play_keypad_failed(struct play *p)
{
	buf_clear(&p->keypad->waiting);
	p->keypad->pressing = false;
	p->keypad->until = 0;
}

void
play_keypad_done(struct play *p, bool branched)
{
	struct play_keypad *k = p->keypad;

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
	struct play_keypad *k = p->keypad;
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
	return p->keypad->in_use ? PLACE_KEYPAD : PLACE_PANE;
}

static int
open_handset(struct play *p)
{
	p->keypad = mem_zalloc(1, sizeof(*p->keypad));
	if (p->keypad == NULL)
		return ERR_NOMEM;
	p->keypad->branch = p->keypad->from = SIZE_MAX;
	return 0;
}

static void
handset_done(struct play *p)
{
	if (p->keypad == NULL)
		return;
	buf_free(&p->keypad->waiting);
	mem_free(p->keypad);
}

const struct play_pane_ops play_handset_pane = { .pane = &pane_handset,
	.look = look_at_handset,
	.open = open_handset,
	.done = handset_done,
	.work = keypad_work,
	.place = handset_place,
	.request = handset_do };
