/* The list of requests and its keys; see views/tui/requests.h. */
#include "views/tui/requests.h"

#include "base/i18n.h"

/* ---- keys and their names ---- */

static bool
key_same(struct key a, struct key b)
{
	return a.name == b.name && (a.name != KEY_IS_NONE || a.ch == b.ch);
}

const struct play_request_row play_requests[REQ_COUNT] = {
#define X(id, place, command, keys, brief, text) \
	[REQ_##id] = { PLACE_##place, command, keys, brief, text },
	PLAY_REQUESTS(X)
#undef X
};

const char *
play_place_title(enum play_place place)
{
	static const char *const titles[] = {
#define X(id, name, title) title,
		PLAY_PLACES(X)
#undef X
	};

	return titles[place];
}

static bool
row_has_key(const struct play_request_row *row, struct key key)
{
	struct str rest = str_of(row->keys), word;

	while (rest.n > 0) {
		word = str_cut(rest, ' ', &rest);
		if (key_same(key_of_name(word), key))
			return true;
	}
	return false;
}

static enum play_request
requests_find_in(enum play_place place, struct key key)
{
	for (unsigned i = 0; i < REQ_COUNT; i++)
		if (play_requests[i].place == place &&
		    row_has_key(&play_requests[i], key))
			return i;
	return REQ_NONE;
}

/* What counts where nothing else of everywhere does. */
static bool
counts_always(enum play_request r)
{
	return r == REQ_HELP || r == REQ_REDRAW || r == REQ_SUSPEND;
}

/* A phone in the hand, where the effect of a key is to be seen. */
static bool
counts_on_keypad(enum play_request r)
{
	static const enum play_request list[] = { REQ_NEXT, REQ_BACK,
		REQ_RECORD_NEXT, REQ_RECORD_BACK, REQ_LAST, REQ_PLAY,
		REQ_FASTER, REQ_SLOWER, REQ_ZOOM, REQ_COMMAND };

	for (size_t i = 0; i < COUNT_OF(list); i++)
		if (list[i] == r)
			return true;
	return counts_always(r);
}

enum play_request
request_of_key(enum play_place place, struct key key)
{
	enum play_request r;

	key = key_plain(key);
	r = requests_find_in(place, key);
	if (r != REQ_NONE)
		return r;
	r = requests_find_in(PLACE_EVERYWHERE, key);
	if (place == PLACE_KEYPAD)
		return r != REQ_NONE && counts_on_keypad(r) ? r : REQ_NONE;
	if (place == PLACE_LIST || place == PLACE_READ || place == PLACE_QUIZ ||
	    place == PLACE_LINE || place == PLACE_ARROWS)
		return r != REQ_NONE && counts_always(r) ? r : REQ_NONE;
	return r;
}

enum play_request
request_of_name(struct str name)
{
	enum play_request only = REQ_NONE;

	for (unsigned i = 0; i < REQ_COUNT; i++) {
		struct str command = str_of(play_requests[i].command);

		if (str_eq(command, name))
			return i;
		if (name.n > 0 && play_requests[i].place == PLACE_EVERYWHERE &&
		    str_eq(str_slice(command, 0, name.n), name)) {
			/* Two begin so. */
			if (only != REQ_NONE)
				return REQ_NONE;
			only = i;
		}
	}
	return only;
}

void
request_put_key(enum play_request r, bool ascii, struct buf *out)
{
	struct str rest;

	key_put(key_of_name(str_cut(str_of(play_requests[r].keys), ' ', &rest)),
	    ascii, out);
}

/* How far R goes, and whether down; 0: it is not a move. */
static size_t
reach_of(enum play_request r, size_t page, bool *down)
{
	/* Each is followed by that up, and by both for a page. */
	static const enum play_request firsts[] = { REQ_PANE_DOWN,
		REQ_TASK_DOWN, REQ_CALL_DOWN, REQ_LIST_DOWN, REQ_READ_DOWN };

	for (size_t i = 0; i < COUNT_OF(firsts); i++)
		if (r >= firsts[i] && r <= firsts[i] + 3) {
			*down = (r - firsts[i]) % 2 == 0;
			return r - firsts[i] < 2 ? 1 : page;
		}
	*down = r == REQ_LAST;
	return r == REQ_FIRST || r == REQ_LAST ? SIZE_MAX : 0;
}

bool
request_move(enum play_request r, size_t page, size_t n, size_t *at)
{
	size_t last = n > 0 ? n - 1 : 0;
	bool down;
	size_t by = reach_of(r, page, &down);

	if (by == 0)
		return false;
	if (down)
		*at = *at < last && by < last - *at ? *at + by : last;
	else
		*at = *at > by ? *at - by : 0;
	return true;
}

void
request_show(size_t *top, size_t at, size_t h)
{
	if (at < *top)
		*top = at;
	if (at >= *top + h)
		*top = at - h + 1;
}
