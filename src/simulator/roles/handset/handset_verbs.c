/*
 * What one can do with a handset: press its keys, as a person would, and read
 * its screen.
 */
#include "roles/handset/handset_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "role/verb.h"

#include <string.h>

/* How long a finger stays on a key, and how long it takes to the next. */
#define KEY_DOWN (80 * SIM_MS)
#define KEY_UP   (70 * SIM_MS)

/* The key at TEXT, "5" or "{call}", and how long its name is there; BOARD_KEYS
 * where there is none. */
static enum board_key
key_at(const char *text, size_t *n)
{
	enum board_key key;
	struct str name = { text, 1 };
	const char *close;

	*n = 1;
	if (*text == '{') {
		close = strchr(text, '}');
		if (close == NULL)
			return BOARD_KEYS;
		name = (struct str){ text + 1, (size_t)(close - text) - 1 };
		*n = name.n + 2;
	}
	return board_key_find(name, &key) ? key : BOARD_KEYS;
}

static void
handset_verb_record_key(struct handset *h, const char *name)
{
	trace_put_cstr(handset_record(h, "key"), "text", name);
	node_record_cause(h->node);
}

/* A finger goes down on a key, or up from it. */
static void
move_finger(void *arg)
{
	struct handset *h = arg;
	struct sim *sim = node_sim(h->node);
	size_t n;
	enum board_key key = key_at(h->keys + h->key_at, &n);
	bool down = !h->key_down;

	h->key_down = down;
	if (down)
		handset_verb_record_key(h, board_key_name(key));
	handset_clock_ready(h);
	board_key(h->board, key, down, (uint32_t)sim_cause(sim));
	if (!down) {
		h->key_at += n;
		h->key_free = sim_now(sim) + KEY_UP;
	}
	if (!down && h->keys[h->key_at] == '\0') {
		mem_free(h->keys);
		h->keys = NULL;
		h->press = 0;
	} else {
		h->press = node_after(
		    h->node, down ? KEY_DOWN : KEY_UP, move_finger, h);
	}
	handset_clock_kick(h);
}

/* Behind the keys that are still to be pressed. */
static int
press(struct handset *h, const char *keys)
{
	struct sim *sim = node_sim(h->node);
	int64_t wait = h->key_free - sim_now(sim);
	LOCAL_BUF all = BUF_INIT;

	if (h->keys != NULL)
		buf_puts(&all, h->keys + h->key_at);
	buf_puts(&all, keys);
	if (all.err != 0)
		return ERR_NOMEM;
	mem_free(h->keys);
	h->key_at = 0;
	h->keys = buf_take(&all);
	if (h->keys == NULL)
		return ERR_NOMEM;
	if (h->press == 0)
		h->press =
		    node_after(h->node, wait > 0 ? wait : 0, move_finger, h);
	handset_clock_kick(h);
	return 0;
}

static int
check_keys(const char *keys, struct diag *d)
{
	for (size_t n; *keys != '\0'; keys += n)
		if (key_at(keys, &n) == BOARD_KEYS)
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("“%s” does not begin with a key; keys are 0 to "
			      "9, *, #, {call}, {end}, {ok}, {clear}, {up}, "
			      "{down}, {soft1}, {soft2}"),
			    keys);
	return 0;
}

static int
handset_verb_press(const struct node_act *a)
{
	const char *keys = node_arg(a->args, "keys");

	if (keys == NULL || keys[0] == '\0')
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("press needs keys, such as \"1001#\""));
	if (check_keys(keys, a->d) != 0)
		return a->d->err;
	return press(a->role, keys);
}

static int
handset_verb_dial(const struct node_act *a)
{
	const char *number = node_arg(a->args, "number");
	int err;

	if (number == NULL || number[0] == '\0' ||
	    strspn(number, "0123456789*") != strlen(number))
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("a handset dials only digits; other names must be in its "
		      "phone book"));
	err = press(a->role, number);
	return err != 0 ? err : press(a->role, "{call}");
}

static int
handset_verb_answer(const struct node_act *a)
{
	return press(a->role, "{call}");
}

static int
handset_verb_hangup(const struct node_act *a)
{
	return press(a->role, "{end}");
}

const struct node_verb handset_verbs[] = {
	/* clang-format off */
	HANDSET_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};

void
handset_verbs_stop(struct handset *h)
{
	sim_cancel(node_sim(h->node), h->press);
	h->press = 0;
}
