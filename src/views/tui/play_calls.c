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

/* The rows as they are shown, until the list changes; NULL where there is no
 * memory. */
static const uint32_t *
order_of(struct play *p, size_t *n)
{
	struct play_order *o = &p->call_order;
	uint64_t position = calls_position(p->calls);
	uint32_t *rows;

	*n = calls_count(p->calls);
	if (o->calls == p->calls && o->position == position && o->n == *n &&
	    o->by == p->call_sort && o->down == p->call_reverse)
		return o->rows;
	rows = mem_realloc_array(o->rows, *n + 1, sizeof(*rows));
	if (rows == NULL)
		return NULL;
	*o = (struct play_order){ .rows = rows };
	for (size_t i = 0; i < *n; i++)
		rows[i] = (uint32_t)i;
	if (calls_sort(p->calls, p->call_sort, p->call_reverse, rows, *n) != 0)
		return NULL;
	*o = (struct play_order){ rows, *n, p->calls, position, p->call_sort,
		p->call_reverse };
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

void
play_calls_draw(struct play *p, const struct grid_area *a)
{
	struct calls_look look = CALLS_LOOK;
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
	calls_put_summary(p->calls, &summary);
	grid_text(a, 1, a->h - 1, buf_view(&summary), a->w - 2, STYLE_DIM);
	buf_free(&summary);
}

/* The ladder of what is marked, else of the row under the cursor. */
static void
open_calls(struct play *p)
{
	const bool *marked = marks_of(p);
	const struct calls_row *row;
	uint64_t first = 0;
	const uint32_t *order;
	size_t n, taken = 0;

	order = order_of(p, &n);
	if (order == NULL || n == 0) {
		return;
	}
	buf_clear(&p->only);
	for (size_t i = 0; i < n; i++) {
		if (!marked[i] || taken == TOGETHER)
			continue;
		row = calls_row(p->calls, i);
		play_list_add(&p->only, row->call_id);
		first = taken++ == 0 ? row->first : first;
	}
	if (taken == 0) {
		row = calls_row(p->calls, order[p->call_cursor]);
		play_list_add(&p->only, row->call_id);
		first = row->first;
	}
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
	size_t last = calls_count(p->calls);

	last -= last > 0;
	if (down)
		p->call_cursor =
		    p->call_cursor + by < last ? p->call_cursor + by : last;
	else
		p->call_cursor = p->call_cursor > by ? p->call_cursor - by : 0;
}

bool
play_calls_do(struct play *p, enum play_request r)
{
	size_t page = p->height > 6 ? p->height - 6 : 1;

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
