/*
 * The list of calls: first where there are many, and behind a key elsewhere.
 */
#include "views/tui/play.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

/* From so many calls on the list comes first. */
#define MANY 8
/* Calls whose ladder is drawn together, at most (play.c). */
#define TOGETHER 64

bool
play_calls_work(struct play *p)
{
	const struct trace *t = play_view(p)->trace;

	if (play_has_choice(p)) {
		p->calls = p->src->calls;
		return false;
	}
	if (p->calls == NULL || p->calls_trace != t) {
		calls_destroy(p->calls);
		p->calls = NULL;
		p->call_order.calls = NULL;
		p->calls_trace = t;
		p->call_cursor = p->call_top = 0;
		buf_clear(&p->calls_marked);
		if (calls_create(&p->calls) != 0)
			return false;
	}
	return calls_extend(p->calls, t, play_slice(p, PLAY_WORK_RECORDS));
}

bool
play_calls_many(struct play *p)
{
	return p->calls != NULL && calls_count(p->calls) >= MANY &&
	       calls_in_state(p->calls, CALLS_IN_CALL) +
		       calls_in_state(p->calls, CALLS_COMPLETED) >=
		   MANY / 2;
}

void
play_calls_open(struct play *p, int by)
{
	(void)by;
	p->in_calls = true;
	p->beside = SIZE_MAX;
	p->predicting = false;
}

static bool
is_sifted(const struct play *p)
{
	return play_has_choice(p) ? p->call_filter.n > 0 : p->filter_text.n > 0;
}

/* The calls, *N of them; with a filter those that have a message which it lets
 * through.  0 or ERR_NOMEM. */
static int
list_rows(struct play *p, uint32_t *rows, size_t *n)
{
	const struct play_seqs *kept = &play_view(p)->kept;
	size_t all = calls_count(p->calls);
	bool *has = NULL;

	if (is_sifted(p)) {
		has = mem_zalloc(all + 1, sizeof(*has));
		if (has == NULL)
			return ERR_NOMEM;
		if (play_has_choice(p))
			play_chosen_sift(p, has);
		else
			calls_among(p->calls, kept->list, kept->n, has);
	}
	*n = 0;
	for (size_t i = 0; i < all; i++)
		if (has == NULL || has[i])
			rows[(*n)++] = (uint32_t)i;
	mem_free(has);
	return 0;
}

static struct calls_look
look_now(struct play *p)
{
	struct calls_look look = CALLS_LOOK;

	if (play_has_choice(p))
		return look;
	look.position = play_view(p)->seq;
	look.t_ns = play_view(p)->t_ns;
	return look;
}

/* The rows as they are shown, until the list changes; NULL where there is no
 * memory. */
static const uint32_t *
order_of(struct play *p, size_t *n)
{
	struct play_order *o = &p->call_order;
	uint64_t position = calls_position(p->calls);
	bool choice = play_has_choice(p);
	size_t kept = choice ? 0 : play_view(p)->kept.n;
	uint32_t *rows, sift = choice ? p->call_sift : p->sift;

	*n = o->n;
	if (o->calls == p->calls && o->position == position &&
	    o->by == p->call_sort && o->down == p->call_reverse &&
	    o->sift == sift && o->kept == kept)
		return o->rows;
	*n = calls_count(p->calls);
	rows = mem_realloc_array(o->rows, *n + 1, sizeof(*rows));
	if (rows == NULL)
		return NULL;
	*o = (struct play_order){ .rows = rows };
	if (list_rows(p, rows, n) != 0 ||
	    calls_sort(p->calls, p->call_sort, p->call_reverse, rows, *n) != 0)
		return NULL;
	*o = (struct play_order){ rows, *n, p->calls, position, p->call_sort,
		p->call_reverse, kept, sift };
	return rows;
}

static bool *
marks_of(struct play *p)
{
	size_t n = calls_count(p->calls);

	if (p->calls_marked.n < n &&
	    buf_reserve(&p->calls_marked, n - p->calls_marked.n) == 0)
		while (p->calls_marked.n < n)
			buf_add(&p->calls_marked, "", 1);
	return (bool *)(void *)p->calls_marked.p;
}

/* How many calls stand how, at the position; and how many the filter lets
 * through. */
static void
put_summary(struct play *p, const struct calls_look *look, struct buf *b)
{
	if (is_sifted(p))
		buf_printf(
		    b, _("%zu of %zu match; "), look->n, calls_count(p->calls));
	calls_put_summary_at(p->calls, look, b);
}

void
play_calls_draw(struct play *p, const struct grid_area *a)
{
	struct calls_look look = look_now(p);
	struct grid_area part;
	struct buf summary = BUF_INIT;
	const uint32_t *order;
	size_t lines = a->h > CALLS_HEAD + 1 ? a->h - CALLS_HEAD - 1 : 0;

	if (p->calls == NULL || lines == 0)
		return;
	order = order_of(p, &look.n);
	if (order == NULL)
		return;
	if (p->call_cursor >= look.n)
		p->call_cursor = look.n > 0 ? look.n - 1 : 0;
	if (p->call_cursor < p->call_top)
		p->call_top = p->call_cursor;
	if (p->call_cursor >= p->call_top + lines)
		p->call_top = p->call_cursor - lines + 1;
	look.order = order;
	look.cursor = p->call_cursor;
	look.top = p->call_top;
	look.marked = marks_of(p);
	look.nmarked = p->calls_marked.n;
	look.sorted = p->call_sort;
	look.down = p->call_reverse;
	part = grid_part(a, 0, 0, a->w, a->h - 1);
	calls_draw(p->calls, &look, &part);
	put_summary(p, &look, &summary);
	grid_text(a, 1, a->h - 1, buf_view(&summary), a->w - 2, STYLE_DIM);
	buf_free(&summary);
}

/* The Call-IDs of what is marked, else of the row under the cursor, into LIST;
 * the record where the first of them begins, or 0: there are none. */
static uint64_t
list_wanted(struct play *p, struct buf *list)
{
	const bool *marked = marks_of(p);
	const struct calls_row *row;
	uint64_t first = 0;
	const uint32_t *order;
	size_t n, taken = 0;

	order = order_of(p, &n);
	if (order == NULL || n == 0)
		return 0;
	buf_clear(list);
	for (size_t i = 0; i < p->calls_marked.n; i++) {
		if (!marked[i] || taken == TOGETHER)
			continue;
		row = calls_row(p->calls, i);
		play_list_add(list, row->call_id);
		first = taken++ == 0 ? row->first : first;
	}
	if (taken == 0) {
		row = calls_row(p->calls, order[p->call_cursor]);
		play_list_add(list, row->call_id);
		first = row->first;
	}
	return first;
}

static void
open_calls(struct play *p)
{
	struct buf list = BUF_INIT;
	uint64_t first;

	if (play_has_choice(p)) {
		if (list_wanted(p, &list) != 0)
			play_chosen_open(p, &list);
		buf_free(&list);
		return;
	}
	first = list_wanted(p, &p->only);
	if (first == 0)
		return;
	p->in_calls = false;
	play_lay_out(p);
	play_jump(p, first);
	play_say(p, "%s", _("o shows all calls, c goes back to the list"));
}

static void
mark_call(struct play *p)
{
	bool *marked = marks_of(p);
	const uint32_t *order;
	size_t n;

	order = order_of(p, &n);
	if (order != NULL && p->call_cursor < n) {
		marked[order[p->call_cursor]] = !marked[order[p->call_cursor]];
		p->call_cursor += p->call_cursor + 1 < n;
	}
}

static void
move_cursor(struct play *p, bool down, size_t by)
{
	size_t last;

	if (order_of(p, &last) == NULL)
		return;
	last -= last > 0;
	if (down)
		p->call_cursor =
		    p->call_cursor + by < last ? p->call_cursor + by : last;
	else
		p->call_cursor = p->call_cursor > by ? p->call_cursor - by : 0;
}

/* ---- finding ---- */

bool
play_calls_row_has(
    struct play *p, const struct calls_row *row, struct str text, struct buf *b)
{
	const struct calls_look look = look_now(p);

	for (unsigned i = 0; i < CALLS_COLUMN_COUNT; i++) {
		buf_clear(b);
		calls_put_cell(p->calls, row, &look, (enum calls_column)i, b);
		if (play_text_in(buf_view(b), text) >= 0)
			return true;
	}
	return false;
}

/* To the next row that has what is searched for, or the one before. */
static void
find_row(struct play *p, int by)
{
	struct buf b = BUF_INIT;
	const uint32_t *order;
	size_t n, at = p->call_cursor, i;

	order = order_of(p, &n);
	if (p->find_text.n == 0 || order == NULL) {
		play_say(p, "%s", _("nothing was searched yet: / searches"));
		return;
	}
	for (i = 0; i < n; i++) {
		at = (at + (by > 0 ? 1 : n - 1)) % n;
		if (play_calls_row_has(p, calls_row(p->calls, order[at]),
			buf_view(&p->find_text), &b))
			break;
	}
	buf_free(&b);
	if (i < n)
		p->call_cursor = at;
	else
		play_say(p, _("no call has \"%.*s\""),
		    STR_ARG(buf_view(&p->find_text)));
}

static bool
typed_find(struct play *p, struct str text)
{
	if (text.n > 0)
		play_find_set(p, text);
	find_row(p, 1);
	return true;
}

bool
play_calls_do(struct play *p, enum play_request r)
{
	size_t page = p->height > 6 ? p->height - 6 : 1;

	if (play_has_choice(p) && play_chosen_do(p, r))
		return true;
	switch (r) {
	case REQ_CALL_DOWN:
	case REQ_CALL_UP:
		move_cursor(p, r == REQ_CALL_DOWN, 1);
		break;
	case REQ_CALL_PAGE_DOWN:
	case REQ_CALL_PAGE_UP:
		move_cursor(p, r == REQ_CALL_PAGE_DOWN, page);
		break;
	case REQ_FIRST:
	case REQ_LAST:
		move_cursor(p, r == REQ_LAST, SIZE_MAX / 4);
		break;
	case REQ_CALL_MARK:
		mark_call(p);
		break;
	case REQ_CALL_OPEN:
	case REQ_NEXT:
		open_calls(p);
		break;
	case REQ_CALL_SORT:
		p->call_sort = (p->call_sort + 1) % CALLS_COLUMN_COUNT;
		break;
	case REQ_CALL_REVERSE:
		p->call_reverse = !p->call_reverse;
		break;
	case REQ_FIND:
		play_ask(p, "/", STR_NULL, typed_find);
		break;
	case REQ_FIND_NEXT:
	case REQ_FIND_BACK:
		find_row(p, r == REQ_FIND_NEXT ? 1 : -1);
		break;
	case REQ_MENU:
	case REQ_CALLS:
	case REQ_BACK:
		p->in_calls = false;
		break;
	default:
		return false;
	}
	return true;
}
