/*
 * Calls of what is too large for one trace: the list has all of them, and what
 * is chosen there gets a trace and a ladder, in place of what was chosen
 * before.
 */
#include "views/tui/play_calls_in.h"

#include "base/err.h"
#include "base/i18n.h"

bool
play_has_choice(const struct play *p)
{
	return p->src->calls != NULL;
}

bool
play_chosen_put(struct play *p, struct buf *b)
{
	bool listed = play_has_choice(p) && p->in_calls;

	if (listed && p->calls->filter.n > 0)
		buf_printf(b, "  [%.*s]", STR_ARG(buf_view(&p->calls->filter)));
	else if (!listed && p->calls->shown > 0)
		buf_printf(b, _("  [%zu of %zu calls; c: list]"),
		    p->calls->shown, calls_count(p->calls->list));
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
	buf_clear(&p->hidden);
	buf_clear(&p->folded);
	buf_clear(&p->only);
}

static uint64_t
first_message(const struct trace *t)
{
	for (uint64_t seq = 1; seq <= trace_count(t); seq++)
		if (trace_kind_of(t, seq) == TRACE_SEND)
			return seq;
	return 0;
}

/* The source's trace in place of the one that is shown.  The view is emptied
 * first: nothing laid out may outlive its trace, whatever fails then. */
static int
change_trace(struct play *p, const struct str *ids, size_t n)
{
	size_t shown = p->calls->shown;
	int err = play_keep_up(p);

	if (err == 0)
		err = play_empty_view(p, play_view(p));
	if (err != 0)
		return diag_set(&p->diag, err, NULL, 0, "%s", err_text(err));
	p->calls->shown = 0;
	err = p->src->open_calls(ids, n, &p->diag, p->src->arg);
	if (err != 0) {
		/* The one before is laid out again. */
		p->calls->shown = shown;
		return err;
	}
	forget_position(p);
	err = play_keep_up(p);
	p->calls->shown = err == 0 ? n : 0;
	return diag_set(&p->diag, err, NULL, 0, "%s", err_text(err));
}

void
play_chosen_open(struct play *p, const struct buf *list)
{
	const char *words[PLAY_CALLS_TOGETHER];
	struct str ids[PLAY_CALLS_TOGETHER];
	size_t n = play_list_words(list, words, PLAY_CALLS_TOGETHER);

	for (size_t i = 0; i < n; i++)
		ids[i] = str_of(words[i]);
	p->diag = DIAG_INIT;
	if (list->err != 0 || change_trace(p, ids, n) != 0) {
		diag_set(
		    &p->diag, ERR_NOMEM, NULL, 0, "%s", err_text(ERR_NOMEM));
		play_complain(p, &p->diag);
		return;
	}
	p->in_calls = false;
	play_seek(p, first_message(play_view(p)->trace));
	play_follow_node(p);
	play_tell(p, _("c goes back to the list"));
}

/* ---- the list's own filter ---- */

void
play_chosen_sift(struct play *p, bool *has)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < calls_count(p->calls->list); i++)
		has[i] = play_calls_row_has(p, calls_row(p->calls->list, i),
		    buf_view(&p->calls->filter), &b);
	buf_free(&b);
}

static bool
typed_filter(struct play *p, struct str text)
{
	buf_clear(&p->calls->filter);
	buf_str(&p->calls->filter, str_trim(text));
	p->calls->sift++;
	p->calls->cursor = p->calls->top = 0;
	return true;
}

bool
play_chosen_do(struct play *p, enum play_request r)
{
	if (r == REQ_FILTER) {
		play_ask(p, _("calls with: "), buf_view(&p->calls->filter),
		    typed_filter);
		return true;
	}
	if (p->calls->shown > 0)
		return false;
	if (r == REQ_MENU)
		play_menu(p);
	else if (r == REQ_CALLS || r == REQ_BACK)
		play_tell(
		    p, _("Enter opens the calls that are marked, or this one"));
	else
		return false;
	return true;
}
