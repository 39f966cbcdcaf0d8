/*
 * The list of calls: first where there are many, and behind a key elsewhere.
 */
#include "views/tui/play_calls_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

static bool play_calls_row_has(struct play *p, const struct calls_row *row,
    struct str text, struct buf *b);

/* ---- calls of a capture too large for one trace ---- */

bool
play_has_choice(const struct play *p)
{
	return p->src->calls != NULL;
}

bool
play_chosen_put(struct play *p, struct buf *b)
{
	bool listed = play_has_choice(p) && p->in_calls;

	if (listed && p->own.calls->filter.n > 0)
		buf_printf(
		    b, "  [%.*s]", STR_ARG(buf_view(&p->own.calls->filter)));
	else if (!listed && p->own.calls->shown > 0)
		buf_printf(b, _("  [%zu of %zu calls; c: list]"),
		    p->own.calls->shown, calls_count(p->own.calls->list));
	return listed;
}

/* ---- opening ---- */

/* What was said of the trace before: places in it, names out of it. */
static void
forget_position(struct play *p)
{
	struct play_view *v = play_view(p);

	v->seq = v->nback = v->marks.n = 0;
	v->t_ns = 0;
	v->top = v->first = 0;
	p->predicting = p->playing = p->jumped = p->in_pane = false;
	p->node_fixed = false;
	play_any_machine(p);
	buf_clear(&p->ladder.hidden);
	buf_clear(&p->ladder.folded);
	buf_clear(&p->ladder.only);
}

static uint64_t
first_message(const struct trace *t)
{
	for (uint64_t seq = 1; seq <= trace_count(t); seq++)
		if (trace_kind_of(t, seq) == TRACE_SEND)
			return seq;
	return 0;
}

/*
 * The trace of the chosen calls in place of the one that is shown. The view is
 * emptied first: nothing laid out may outlive its trace, whatever fails then.
 */
static int
change_trace(struct play *p, const struct str *ids, size_t n)
{
	size_t shown = p->own.calls->shown;
	int err = play_keep_up(p);

	if (err == 0)
		err = play_empty_view(p, play_view(p));
	if (err != 0)
		return diag_fail(&p->diag, err);
	p->own.calls->shown = 0;
	err = p->src->open_calls(ids, n, &p->diag, p->src->arg);
	if (err != 0) {
		/* The one before is laid out again. */
		p->own.calls->shown = shown;
		return err;
	}
	forget_position(p);
	err = play_keep_up(p);
	p->own.calls->shown = err == 0 ? n : 0;
	return diag_fail(&p->diag, err);
}

/* Opens the calls in LIST (Call-IDs, NUL after each) and shows their ladder, or
 * says why not. */
static void
open_chosen(struct play *p, const struct buf *list)
{
	const char *words[PLAY_CALLS_TOGETHER];
	struct str ids[PLAY_CALLS_TOGETHER];
	size_t n = play_list_words(list, words, PLAY_CALLS_TOGETHER);

	for (size_t i = 0; i < n; i++)
		ids[i] = str_of(words[i]);
	p->diag = DIAG_INIT;
	if (list->err != 0 || change_trace(p, ids, n) != 0) {
		diag_fail(&p->diag, ERR_NOMEM);
		play_complain(p, &p->diag);
		return;
	}
	p->in_calls = false;
	play_seek(p, first_message(play_view(p)->trace));
	play_follow_node(p);
	play_tell(p, _("c returns to the list"));
}

/* ---- the list's own filter ---- */

/* HAS, a bool a row, gets true where the list's own filter lets it through. */
static void
sift_rows(struct play *p, bool *has)
{
	LOCAL_BUF b = BUF_INIT;

	for (size_t i = 0; i < calls_count(p->own.calls->list); i++)
		has[i] = play_calls_row_has(p, calls_row(p->own.calls->list, i),
		    buf_view(&p->own.calls->filter), &b);
}

static bool
typed_filter(struct play *p, struct str text)
{
	buf_clear(&p->own.calls->filter);
	buf_str(&p->own.calls->filter, str_trim(text));
	p->own.calls->sift++;
	p->own.calls->cursor = p->own.calls->top = 0;
	return true;
}

/* Does R where the source has more calls than its trace; false: R means the
 * usual. */
static bool
do_in_source(struct play *p, enum play_request r)
{
	if (r == REQ_FILTER) {
		play_ask(p, _("calls with: "), buf_view(&p->own.calls->filter),
		    typed_filter);
		return true;
	}
	if (p->own.calls->shown > 0)
		return false;
	if (r == REQ_MENU)
		play_menu(p);
	else if (r == REQ_CALLS || r == REQ_BACK)
		play_tell(p, _("Enter opens the marked calls, or this one"));
	else
		return false;
	return true;
}

/* From so many calls on the list comes first. */
#define MANY 8

static bool
calls_work(struct play *p)
{
	const struct trace *t = play_view(p)->trace;

	if (play_has_choice(p)) {
		p->own.calls->list = p->src->calls;
		return false;
	}
	if (p->own.calls->list == NULL || p->own.calls->trace != t) {
		calls_destroy(p->own.calls->list);
		p->own.calls->list = NULL;
		p->own.calls->order.calls = NULL;
		p->own.calls->trace = t;
		p->own.calls->cursor = p->own.calls->top = 0;
		buf_clear(&p->own.calls->marked);
		if (calls_create(&p->own.calls->list) != 0)
			return false;
	}
	return calls_extend(
	    p->own.calls->list, t, play_slice(p, PLAY_WORK_RECORDS));
}

bool
play_calls_many(struct play *p)
{
	return p->own.calls->list != NULL &&
	       calls_count(p->own.calls->list) >= MANY &&
	       calls_in_state(p->own.calls->list, CALLS_IN_CALL) +
		       calls_in_state(p->own.calls->list, CALLS_COMPLETED) >=
		   MANY / 2;
}

void
play_calls_open(struct play *p)
{
	p->in_calls = true;
	p->beside = SIZE_MAX;
	p->predicting = false;
}

static bool
is_sifted(const struct play *p)
{
	return play_has_choice(p) ? p->own.calls->filter.n > 0
				  : p->search.filter_text.n > 0;
}

/* The calls, *N of them; with a filter only calls with a message that it lets
 * through.  0 or ERR_NOMEM. */
static int
list_rows(struct play *p, uint32_t *rows, size_t *n)
{
	const struct play_seqs *kept = &play_view(p)->kept;
	size_t all = calls_count(p->own.calls->list);
	LOCAL_MEM bool *has = NULL;

	if (is_sifted(p)) {
		has = mem_zalloc(all + 1, sizeof(*has));
		if (has == NULL)
			return ERR_NOMEM;
		if (play_has_choice(p))
			sift_rows(p, has);
		else
			calls_among(
			    p->own.calls->list, kept->list, kept->n, has);
	}
	*n = 0;
	for (size_t i = 0; i < all; i++)
		if ((has == NULL || has[i]) &&
		    calls_row(p->own.calls->list, i)->first <=
			play_last_shown(p))
			rows[(*n)++] = (uint32_t)i;
	return 0;
}

static struct calls_look
calls_look_now(struct play *p)
{
	struct calls_look look = CALLS_LOOK;

	/* Without a trace of all calls it is not known why they ended. */
	if (play_has_choice(p))
		return look;
	look.ends = play_call_ends(p);
	look.position = play_view(p)->seq;
	look.t_ns = play_view(p)->t_ns;
	look.past = p->hiding;
	return look;
}

/* The rows as they are shown, until the list changes; NULL where there is no
 * memory. */
static const uint32_t *
rows_in_order(struct play *p, size_t *n)
{
	struct play_order *o = &p->own.calls->order;
	uint64_t position = calls_position(p->own.calls->list);
	bool choice = play_has_choice(p);
	size_t kept = choice ? 0 : play_view(p)->kept.n;
	uint32_t *rows, sift = choice ? p->own.calls->sift : p->search.sift;

	*n = o->n;
	if (o->calls == p->own.calls->list && o->position == position &&
	    o->by == p->own.calls->sort && o->down == p->own.calls->reverse &&
	    o->sift == sift && o->kept == kept && o->last == play_last_shown(p))
		return o->rows;
	*n = calls_count(p->own.calls->list);
	rows = mem_realloc_array(o->rows, *n + 1, sizeof(*rows));
	if (rows == NULL)
		return NULL;
	*o = (struct play_order){ .rows = rows };
	if (list_rows(p, rows, n) != 0 ||
	    calls_sort(p->own.calls->list, p->own.calls->sort,
		p->own.calls->reverse, rows, *n) != 0)
		return NULL;
	*o = (struct play_order){ rows, *n, p->own.calls->list, position,
		p->own.calls->sort, p->own.calls->reverse, play_last_shown(p),
		kept, sift };
	return rows;
}

static bool *
calls_pane_marks_of(struct play *p)
{
	size_t n = calls_count(p->own.calls->list);

	if (p->own.calls->marked.n < n &&
	    buf_reserve(&p->own.calls->marked, n - p->own.calls->marked.n) == 0)
		while (p->own.calls->marked.n < n)
			buf_add(&p->own.calls->marked, "", 1);
	return (bool *)(void *)p->own.calls->marked.p;
}

/* How many calls stand how, at the position; and how many the filter lets
 * through. */
static void
put_calls_summary(struct play *p, const struct calls_look *look, struct buf *b)
{
	/* Hidden records are not counted. */
	if (is_sifted(p) && !look->past)
		buf_printf(b, _("%zu of %zu match; "), look->n,
		    calls_count(p->own.calls->list));
	calls_put_summary_at(p->own.calls->list, look, b);
}

static void
calls_pane_draw(struct play *p, const struct grid_area *a)
{
	struct calls_look look = calls_look_now(p);
	struct grid_area part;
	LOCAL_BUF summary = BUF_INIT;
	const uint32_t *order;
	size_t lines = a->h > CALLS_HEAD + 1 ? a->h - CALLS_HEAD - 1 : 0;

	if (p->own.calls->list == NULL || lines == 0)
		return;
	order = rows_in_order(p, &look.n);
	if (order == NULL)
		return;
	if (p->own.calls->cursor >= look.n)
		p->own.calls->cursor = look.n > 0 ? look.n - 1 : 0;
	request_show(&p->own.calls->top, p->own.calls->cursor, lines);
	look.order = order;
	look.cursor = p->own.calls->cursor;
	look.top = p->own.calls->top;
	look.marked = calls_pane_marks_of(p);
	look.nmarked = p->own.calls->marked.n;
	look.sorted = p->own.calls->sort;
	look.down = p->own.calls->reverse;
	part = grid_part(a, 0, 0, a->w, a->h - 1);
	calls_draw(p->own.calls->list, &look, &part);
	put_calls_summary(p, &look, &summary);
	grid_text(a, 1, a->h - 1, buf_view(&summary), a->w - 2, STYLE_DIM);
}

/* The Call-IDs of the marked rows, else of the row under the cursor, into LIST;
 * the record where the first of them begins, or 0: there are none. */
static uint64_t
calls_pane_list_wanted(struct play *p, struct buf *list)
{
	const bool *marked = calls_pane_marks_of(p);
	const struct calls_row *row;
	uint64_t first = 0;
	const uint32_t *order;
	size_t n, taken = 0;

	order = rows_in_order(p, &n);
	if (order == NULL || n == 0)
		return 0;
	buf_clear(list);
	for (size_t i = 0; i < p->own.calls->marked.n; i++) {
		if (!marked[i] || taken == PLAY_CALLS_TOGETHER)
			continue;
		row = calls_row(p->own.calls->list, i);
		play_list_add(list, row->call_id);
		first = taken++ == 0 ? row->first : first;
	}
	if (taken == 0) {
		row =
		    calls_row(p->own.calls->list, order[p->own.calls->cursor]);
		play_list_add(list, row->call_id);
		first = row->first;
	}
	return first;
}

static void
calls_pane_open(struct play *p)
{
	LOCAL_BUF list = BUF_INIT;
	uint64_t first;

	if (play_has_choice(p)) {
		if (calls_pane_list_wanted(p, &list) != 0)
			open_chosen(p, &list);
		return;
	}
	first = calls_pane_list_wanted(p, &p->ladder.only);
	if (first == 0)
		return;
	p->in_calls = false;
	play_lay_out(p);
	play_jump(p, first);
	play_tell(p, _("o shows all calls, c returns to the list"));
}

static void
mark_call(struct play *p)
{
	bool *marked = calls_pane_marks_of(p);
	const uint32_t *order;
	size_t n;

	order = rows_in_order(p, &n);
	if (order != NULL && p->own.calls->cursor < n) {
		marked[order[p->own.calls->cursor]] =
		    !marked[order[p->own.calls->cursor]];
		p->own.calls->cursor += p->own.calls->cursor + 1 < n;
	}
}

/* ---- finding ---- */

/* TEXT is in one of ROW's columns; B is scratch. */
static bool
play_calls_row_has(
    struct play *p, const struct calls_row *row, struct str text, struct buf *b)
{
	const struct calls_look look = calls_look_now(p);

	for (unsigned i = 0; i < CALLS_COLUMN_COUNT; i++) {
		buf_clear(b);
		calls_put_cell(
		    p->own.calls->list, row, &look, (enum calls_column)i, b);
		if (play_text_in(buf_view(b), text) >= 0)
			return true;
	}
	return false;
}

static void
calls_pane_find_row(struct play *p, int by)
{
	LOCAL_BUF b = BUF_INIT;
	const uint32_t *order;
	size_t n, at = p->own.calls->cursor, i;

	order = rows_in_order(p, &n);
	if (order == NULL)
		return;
	for (i = 0; i < n; i++) {
		at = (at + (by > 0 ? 1 : n - 1)) % n;
		if (play_calls_row_has(p,
			calls_row(p->own.calls->list, order[at]),
			buf_view(&p->search.find_text), &b))
			break;
	}
	if (i < n)
		p->own.calls->cursor = at;
	else
		play_say(p, _("no call contains “%.*s”"),
		    STR_ARG(buf_view(&p->search.find_text)));
}

static bool
calls_do(struct play *p, enum play_request r)
{
	size_t n;

	if (play_has_choice(p) && do_in_source(p, r))
		return true;
	if (rows_in_order(p, &n) != NULL &&
	    request_move(r, play_over_page(p), n, &p->own.calls->cursor))
		return true;
	switch (r) {
	case REQ_CALL_MARK:
		mark_call(p);
		break;
	case REQ_CALL_OPEN:
	case REQ_NEXT:
		calls_pane_open(p);
		break;
	case REQ_CALL_SORT:
		p->own.calls->sort =
		    (p->own.calls->sort + 1) % CALLS_COLUMN_COUNT;
		break;
	case REQ_CALL_REVERSE:
		p->own.calls->reverse = !p->own.calls->reverse;
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

/* ---- the pane ---- */

static void
forget_calls(struct play *p, const struct trace *t)
{
	if (p->own.calls->trace == t) {
		calls_destroy(p->own.calls->list);
		p->own.calls->list = NULL;
		p->own.calls->trace = NULL;
		p->in_calls = false;
	}
}

static int
open_list(struct play *p)
{
	p->own.calls = mem_zalloc(1, sizeof(*p->own.calls));
	return p->own.calls != NULL ? 0 : ERR_NOMEM;
}

static void
calls_done(struct play *p)
{
	if (p->own.calls == NULL)
		return;
	if (!play_has_choice(p))
		calls_destroy(p->own.calls->list);
	buf_free(&p->own.calls->marked);
	buf_free(&p->own.calls->filter);
	mem_free(p->own.calls->order.rows);
	mem_free(p->own.calls);
}

const struct play_pane_ops play_calls_pane = { .pane = &pane_calls,
	.open = open_list,
	.done = calls_done,
	.work = calls_work,
	.forget = forget_calls,
	.draw = calls_pane_draw,
	.request = calls_do,
	.find = calls_pane_find_row };
