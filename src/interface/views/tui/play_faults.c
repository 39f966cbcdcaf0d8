/*
 * The pane of what a fault would cost at the position: its faults are run one a
 * turn, and Enter makes a branch in which one of them happens.
 */
#include "views/tui/play.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

struct play_faults {
	struct befall *known; /* of `trace`; NULL: `why` says why */
	const struct trace *trace;
	uint64_t count; /* the records that it had then */
	struct diag why;
	bool looked, more;
	uint64_t seq;  /* that is looked at */
	uint64_t turn; /* rises with what is known */
};

static int
open_faults(struct play *p)
{
	p->faults = mem_zalloc(1, sizeof(*p->faults));
	return p->faults != NULL ? 0 : ERR_NOMEM;
}

static void
drop_known(struct play_faults *f)
{
	befall_destroy(f->known);
	*f = (struct play_faults){ .turn = f->turn + 1 };
}

static void
faults_done(struct play *p)
{
	if (p->faults != NULL)
		drop_known(p->faults);
	mem_free(p->faults);
}

static void
forget_faults(struct play *p, const struct trace *t)
{
	if (p->faults->trace == t)
		drop_known(p->faults);
}

static bool
may_fail(struct play *p)
{
	return p->src->act != NULL && !play_is_exam(p);
}

/* What is known is of record SEQ of trace T. */
static void
look_there(struct play_faults *f, const struct trace *t, uint64_t seq)
{
	if (f->trace != t || (f->known == NULL && f->count != trace_count(t))) {
		drop_known(f);
		f->trace = t;
		f->count = trace_count(t);
		f->why = DIAG_INIT;
		befall_create(&f->known, t, &f->why);
	}
	if (f->known == NULL || (f->looked && f->seq == seq))
		return;
	f->looked = true;
	f->seq = seq;
	f->more = befall_look(f->known, seq) == 0;
}

static void
look_at_faults(struct play *p, struct pane_moment *m)
{
	look_there(p->faults, m->t, m->seq);
	m->befall = p->faults->known;
	m->untold = p->faults->why.text;
}

/* The fault of the line under the cursor, or NULL. */
static const struct found_fault *
chosen_fault(struct play *p)
{
	size_t line = p->texts[PANE_FAULTS].cursor;
	const struct befall *b = p->faults->known;

	return b != NULL && line >= BEFALL_HEAD &&
		       line - BEFALL_HEAD < befall_count(b)
		   ? befall_fault(b, line - BEFALL_HEAD)
		   : NULL;
}

static bool
faults_work(struct play *p)
{
	struct play_faults *f = p->faults;
	const struct found_fault *chosen;

	if (p->pane != PANE_FAULTS || play_is_exam(p))
		return false;
	look_there(f, play_view(p)->trace, play_view(p)->seq);
	if (!f->more)
		return false;
	f->turn++;
	chosen = chosen_fault(p);
	if (befall_go_on(f->known, &f->more) != 0)
		f->more = false;
	/* Lines above may have become one. */
	if (chosen != NULL)
		p->texts[PANE_FAULTS].cursor =
		    BEFALL_HEAD + befall_find(f->known, chosen);
	return f->more;
}

static uint64_t
turn_of_faults(struct play *p)
{
	return p->faults->turn;
}

static bool
faults_lead(struct play *p)
{
	return chosen_fault(p) != NULL;
}

static void
say_how_to_choose(struct play *p)
{
	struct buf key = BUF_INIT;

	request_put_key(REQ_PANE_DOWN, p->o.ascii, &key);
	play_say(p, _("%s chooses a fault"), buf_cstr(&key));
	buf_free(&key);
}

static bool
do_fault(struct play *p, enum play_request r)
{
	const struct found_fault *f = chosen_fault(p);
	struct buf on = BUF_INIT, by = BUF_INIT;
	struct act_arg arg = { "by", NULL };
	const struct fault_row *row;

	if (r != REQ_PANE_OPEN)
		return false;
	if (f == NULL && p->faults->known != NULL &&
	    befall_count(p->faults->known) > 0)
		say_how_to_choose(p);
	if (f == NULL)
		return true;
	row = &fault_rows[f->kind];
	fault_put_on(f, trace_head(p->faults->trace), &on);
	if (f->by_ns > 0)
		fault_put_by(f, &by);
	arg.value = buf_cstr(&by);
	/* It is done right behind the record that it is of. */
	play_seek(p, f->after);
	p->acting.after = f->after;
	if (play_act_do(p, on.n > 0 ? buf_cstr(&on) : "message", row->act, &arg,
		by.n > 0 ? 1 : 0) != 0)
		play_complain(p, &p->diag);
	buf_free(&on);
	buf_free(&by);
	return true;
}

const struct play_pane_ops play_faults_pane = { .pane = &pane_faults,
	.look = look_at_faults,
	.there = may_fail,
	.quiet = true,
	.open = open_faults,
	.done = faults_done,
	.work = faults_work,
	.forget = forget_faults,
	.way = turn_of_faults,
	.request = do_fault,
	.leads = faults_lead,
	.first = BEFALL_HEAD };
