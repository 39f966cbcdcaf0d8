/*
 * The position in the trace: everything that is shown is a function of it.
 */
#include "views/tui/play_panes.h"

#include "base/array.h"
#include "base/bisect.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/param.h"
#include "words/record_text.h"

const double play_speeds[PLAY_SPEEDS] = { 0.1, 0.2, 0.5, 1, 2, 5, 10, 100,
	1000 };

void
play_seqs_free(struct play_seqs *s)
{
	mem_free(s->list);
	*s = (struct play_seqs){ 0 };
}

size_t
play_seqs_below(const struct play_seqs *s, uint64_t seq)
{
	size_t i;

	BISECT(i, 0, s->n, s->list[i] < seq);
	return i;
}

bool
play_seqs_has(const struct play_seqs *s, uint64_t seq)
{
	size_t at = play_seqs_below(s, seq);

	return at < s->n && s->list[at] == seq;
}

int
play_seqs_add(struct play_seqs *s, uint64_t seq)
{
	size_t at = play_seqs_below(s, seq);

	if (at < s->n && s->list[at] == seq)
		return 0;
	if (ARRAY_ROOM(&s->list, &s->cap, s->n + 1) != 0)
		return ERR_NOMEM;
	memmove(
	    &s->list[at + 1], &s->list[at], (s->n - at) * sizeof(s->list[0]));
	s->list[at] = seq;
	s->n++;
	return 0;
}

void
play_seqs_remove(struct play_seqs *s, uint64_t seq)
{
	size_t at = play_seqs_below(s, seq);

	if (at >= s->n || s->list[at] != seq)
		return;
	s->n--;
	memmove(
	    &s->list[at], &s->list[at + 1], (s->n - at) * sizeof(s->list[0]));
}

uint64_t
play_seqs_next(const struct play_seqs *s, uint64_t seq)
{
	size_t at = play_seqs_below(s, seq + 1);

	return at < s->n ? s->list[at] : 0;
}

uint64_t
play_seqs_back(const struct play_seqs *s, uint64_t seq)
{
	size_t at = play_seqs_below(s, seq);

	return at > 0 ? s->list[at - 1] : 0;
}

static void
set_node(struct play *p, struct str name)
{
	if (str_eq(buf_view(&p->node), name))
		return;
	buf_clear(&p->node);
	buf_str(&p->node, name);
	play_any_machine(p);
}

void
play_follow_node(struct play *p)
{
	struct play_view *v = play_view(p);
	struct trace_rec rec;

	if (p->node_fixed)
		return;
	if (v->seq > 0) {
		trace_get(v->trace, v->seq, &rec);
		if (rec.node.n > 0)
			set_node(p, rec.node);
	}
	if (p->node.n == 0 && v->layout->ncolumns > 0)
		set_node(p, v->layout->columns[0].name);
}

static size_t
column_of(const struct layout *l, struct str name)
{
	for (size_t i = 0; i < l->ncolumns; i++)
		if (str_eq(l->columns[i].name, name))
			return i;
	return LAYOUT_NONE;
}

void
play_fix_node(struct play *p, struct str name)
{
	p->node_fixed = true;
	set_node(p, name);
}

void
play_choose_node(struct play *p, int by)
{
	const struct layout *l = play_view(p)->layout;
	size_t at = column_of(l, buf_view(&p->node));

	if (l->ncolumns == 0)
		return;
	if (at == LAYOUT_NONE)
		at = 0;
	else if (by < 0 && at > 0)
		at--;
	else if (by > 0 && at + 1 < l->ncolumns)
		at++;
	play_fix_node(p, l->columns[at].name);
}

size_t
play_column(const struct play *p, const struct play_view *v)
{
	return column_of(v->layout, buf_view(&p->node));
}

void
play_seek(struct play *p, uint64_t seq)
{
	struct play_view *v = play_view(p);
	uint64_t count = trace_count(v->trace);

	p->jumped = false;
	v->seq = seq < count ? seq : count;
	p->follows = play_is_live(p, v->number) && v->seq == count;
	v->t_ns = v->seq > 0 ? trace_time_of(v->trace, v->seq) : 0;
	play_follow_node(p);
}

void
play_jump(struct play *p, uint64_t seq)
{
	struct play_view *v = play_view(p);
	size_t most = COUNT_OF(v->back);

	if (v->nback == most) {
		memmove(v->back, v->back + 1, (most - 1) * sizeof(v->back[0]));
		v->nback--;
	}
	v->back[v->nback++] = v->seq;
	play_seek(p, seq);
}

void
play_return(struct play *p)
{
	struct play_view *v = play_view(p);

	if (v->nback == 0)
		play_tell(p, _("there was no jump to return from"));
	else
		play_seek(p, v->back[--v->nback]);
}

uint64_t
play_last_shown(const struct play *p)
{
	return p->hiding && !play_has_choice(p) ? p->views[p->now].seq
						: UINT64_MAX;
}

size_t
play_row(const struct play_view *v)
{
	return v->seq > 0 ? layout_row_at(v->layout, v->seq) : LAYOUT_NONE;
}

static bool
is_message(const struct layout_row *r)
{
	return r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA;
}

/* The first row that begins after SEQ. */
static size_t
play_move_row_after(const struct layout *l, uint64_t seq)
{
	size_t i;

	BISECT(i, 0, l->nrows, l->rows[i].seq <= seq);
	return i;
}

/* No moment is later: the run ends there, or has not come further yet. */
static int64_t
latest_moment(const struct play_view *v)
{
	uint64_t count = trace_count(v->trace);

	return count > 0 ? trace_time_of(v->trace, count) : 0;
}

void
play_stand_at(struct play *p, int64_t t)
{
	struct play_view *v = play_view(p);

	t = t < latest_moment(v) ? t : latest_moment(v);
	if (t > v->t_ns && trace_at_time(v->trace, t) == v->seq)
		v->t_ns = t;
}

static void
say_end(struct play *p)
{
	if (play_hold_say(p))
		return;
	play_tell(
	    p, play_view(p)->done
		   ? _("this is the end; a opens the actions, and the run "
		       "continues from here")
	       : play_is_live(p, play_view(p)->number)
		   ? _("this is now; a opens the actions, and new messages are "
		       "shown")
		   : _("the run continues"));
}

static void
step_rows(struct play *p, int by, bool messages)
{
	struct play_view *v = play_view(p);
	const struct layout *l = v->layout;
	size_t at = play_move_row_after(l, v->seq);

	p->playing = false;
	if (by > 0) {
		while (at < l->nrows && messages && !is_message(&l->rows[at]))
			at++;
		if (at < l->nrows)
			play_seek(p, l->rows[at].seq);
		else if (v->seq < trace_count(v->trace))
			play_seek(p, trace_count(v->trace));
		else
			say_end(p);
		return;
	}
	if (v->seq == 0)
		play_tell(p, _("this is the beginning"));
	while (at > 0 && (l->rows[at - 1].seq >= v->seq ||
			     (messages && !is_message(&l->rows[at - 1]))))
		at--;
	play_seek(p, at > 0 ? l->rows[at - 1].seq : 0);
}

void
play_step_message(struct play *p, int by)
{
	step_rows(p, by, true);
}

void
play_step_row(struct play *p, int by)
{
	step_rows(p, by, false);
}

void
play_step_record(struct play *p, int by)
{
	struct play_view *v = play_view(p);

	p->playing = false;
	if (by < 0)
		play_seek(p, v->seq > 0 ? v->seq - 1 : 0);
	else
		play_seek(p, v->seq + 1);
}

void
play_step_kept(struct play *p, int by)
{
	uint64_t seq = play_view(p)->seq;

	p->playing = false;
	seq = by > 0 ? play_kept_next(p, seq) : play_kept_back(p, seq);
	if (seq != 0)
		play_seek(p, seq);
}

size_t
play_message_number(struct play *p)
{
	struct play_view *v = play_view(p);
	size_t row = play_row(v);

	/* Rows of messages are counted once, when they are laid out. */
	return row == LAYOUT_NONE || v->counts == NULL ? 0 : v->counts[row];
}

void
play_step_node(struct play *p, int by)
{
	struct play_view *v = play_view(p);
	uint32_t node = trace_find_name(v->trace, buf_view(&p->node));
	uint64_t count = trace_count(v->trace), seq = v->seq;
	bool fixed = p->node_fixed;

	p->playing = false;
	if (by > 0) {
		for (seq++; seq <= count; seq++)
			if (trace_node_of(v->trace, seq) == node)
				break;
	} else {
		for (seq -= seq > 0; seq > 0; seq--)
			if (trace_node_of(v->trace, seq) == node)
				break;
	}
	if (seq == 0 || seq > count) {
		play_say(p,
		    by > 0 ? _("%.*s has no later record")
			   : _("%.*s has no earlier record"),
		    STR_ARG(buf_view(&p->node)));
		return;
	}
	p->node_fixed = true;
	play_seek(p, seq);
	p->node_fixed = fixed;
}

void
play_ends(struct play *p, int by)
{
	p->playing = false;
	play_jump(p, by > 0 ? trace_count(play_view(p)->trace) : 0);
}

void
play_page(struct play *p, int by)
{
	struct play_view *v = play_view(p);
	size_t rows =
	    p->drawn.ladder_lines / 2 > 1 ? p->drawn.ladder_lines / 2 - 1 : 1;
	size_t at = play_move_row_after(v->layout, v->seq);

	p->playing = false;
	if (by > 0)
		at =
		    at + rows < v->layout->nrows ? at + rows : v->layout->nrows;
	else
		at = at > rows ? at - rows : 0;
	play_seek(p, at > 0 ? v->layout->rows[at - 1].seq : 0);
}

void
play_pass(struct play *p, int64_t elapsed_ns)
{
	struct play_view *v = play_view(p);
	uint64_t count = trace_count(v->trace), seq;
	int64_t t;

	if (!p->playing || elapsed_ns <= 0)
		return;
	t = v->t_ns + (int64_t)((double)elapsed_ns * play_speeds[p->speed]);
	if (t > latest_moment(v))
		t = latest_moment(v);
	seq = trace_at_time(v->trace, t);
	if (seq > v->seq)
		play_seek(p, seq);
	v->t_ns = t;
	if (v->seq == count && v->done) {
		p->playing = false;
		say_end(p);
	}
}

uint64_t
play_message_seq(struct play *p)
{
	struct play_view *v = play_view(p);
	struct trace_rec rec, send;
	size_t row;

	if (v->seq == 0)
		return 0;
	trace_get(v->trace, v->seq, &rec);
	if (record_message(v->trace, &rec, &send))
		return send.seq;
	/* Else the message above it in the ladder; a timer that was set now has
	 * its row where it fires. */
	for (row = play_row(v); row != LAYOUT_NONE; row--) {
		if (is_message(&v->layout->rows[row]) &&
		    v->layout->rows[row].seq <= v->seq)
			return v->layout->rows[row].seq;
		if (row == 0)
			break;
	}
	return 0;
}

struct str
play_call_id(struct play *p, struct buf *scratch)
{
	uint64_t seq = play_message_seq(p);
	struct trace_send send;
	struct trace_rec rec;

	if (seq == 0)
		return STR_NULL;
	trace_get(play_view(p)->trace, seq, &rec);
	return trace_get_send(&rec, &send, scratch) == 0 ? send.call_id
							 : STR_NULL;
}

/* 0 or p->diag's error. */
static int
go_where(struct play *p, struct str where)
{
	struct play_view *v = play_view(p);
	uint64_t count = trace_count(v->trace), seq;
	int64_t t;

	p->diag = DIAG_INIT;
	if (str_u64(where, &seq) == 0) {
		if (seq > count && play_hold_say(p)) {
			play_jump(p, count);
			return 0;
		}
		if (seq > count)
			return diag_set(&p->diag, ERR_RANGE, NULL, 0,
			    _("there are %llu records"),
			    (unsigned long long)count);
		play_jump(p, seq);
		return 0;
	}
	if (param_time(where, &t) != 0)
		return diag_set(&p->diag, ERR_SYNTAX, NULL, 0,
		    _("found “%.*s”; expected a record (41) or a time "
		      "(1.5s)"),
		    STR_ARG(utf8_clip(where, 40)));
	play_jump(p, trace_at_time(v->trace, t));
	v->t_ns = t < latest_moment(v) ? t : latest_moment(v);
	if (t > latest_moment(v))
		say_end(p);
	return 0;
}

bool
play_goto(struct play *p, struct str where)
{
	where = str_trim(where);
	if (where.n == 0 || go_where(p, where) == 0)
		return true;
	play_complain(p, &p->diag);
	return false;
}
