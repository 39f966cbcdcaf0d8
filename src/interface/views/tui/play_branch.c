/*
 * Branches: chosen, named, and two of them side by side; and two messages
 * compared.
 */
#include "views/tui/play_panes.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "trace/align.h"
#include "words/compare_doc.h"

void
play_go_branch(struct play *p, size_t branch, uint64_t seq)
{
	if (branch >= p->nviews)
		return;
	if (p->beside == branch)
		p->beside = p->now;
	if (p->beside == p->now && branch != p->now)
		p->beside = SIZE_MAX;
	p->now = branch;
	play_seek(p, seq);
}

static bool
typed_name(struct play *p, struct str name)
{
	LOCAL_BUF b = BUF_INIT;
	struct diag d = DIAG_INIT;

	name = str_trim(name);
	buf_str(&b, name);
	if (name.n > 0 && p->src->rename != NULL) {
		if (p->src->rename(p->now, buf_cstr(&b), &d, p->src->arg) != 0)
			play_complain(p, &d);
		else
			buf_free(&p->kept.begun); /* the source keeps names */
	}
	p->kept.unsaved |= d.err == 0;
	return d.err == 0;
}

/* ---- deleting ---- */

/* Where what was shown is still to be seen: in the branch that GONE left. */
static void
leave_branch(struct play *p, size_t gone)
{
	uint64_t after = 0, seq = play_view(p)->seq;
	size_t to = 0;

	if (p->src->parent == NULL ||
	    !p->src->parent(gone, &to, &after, p->src->arg))
		to = 0;
	play_go_branch(p, to, seq < after ? seq : after);
}

bool
play_delete_branch(struct play *p, size_t i)
{
	struct diag d = DIAG_INIT;

	if (p->src->remove == NULL || p->doing.going) {
		play_tell(p, _("not now"));
		return false;
	}
	if (i > 0) {
		/* The screen lets go of the trace first. */
		if (i == p->now)
			leave_branch(p, i);
		if (p->beside == i)
			p->beside = SIZE_MAX;
		play_forget_view(p, i);
	}
	/* Only branch 0 stays. */
	if (p->src->remove(i, &d, p->src->arg) != 0) {
		play_complain(p, &d);
		return false;
	}
	if (p->now > i)
		p->now--;
	if (p->beside != SIZE_MAX && p->beside > i)
		p->beside--;
	p->kept.unsaved = true;
	play_tell(p, _("the branch is deleted"));
	return true;
}

static void
chosen_to_delete(struct play *p, uint64_t yes)
{
	if (yes != 0)
		play_delete_branch(p, p->now);
}

static void
ask_to_delete(struct play *p)
{
	chooser_start(&p->box.chooser, _("Delete this branch?"));
	chooser_add(&p->box.chooser, str_of(_("keep it")), STR_NULL, 0);
	chooser_add(&p->box.chooser, str_of(_("delete it")),
	    str_of(p->src->name(p->now, p->src->arg)), 1);
	play_choose(p, chosen_to_delete);
}

/* ---- in words ---- */

/* The branch of that name, or SIZE_MAX and a sentence. */
static size_t
find_branch_named(struct play *p, struct str name)
{
	for (size_t i = 0; i < p->nviews; i++)
		if (str_is(name, p->src->name(i, p->src->arg)))
			return i;
	play_say(
	    p, _("there is no branch “%.*s”"), STR_ARG(utf8_clip(name, 40)));
	p->say_bad = true;
	return SIZE_MAX;
}

/* The same moment, as far as the two are the same. */
static void
go_at(struct play *p, size_t i)
{
	int64_t t = play_view(p)->t_ns;

	play_go_branch(p, i, trace_at_time(p->views[i].trace, t));
	play_stand_at(p, t);
}

static bool
go_to_branch(struct play *p, struct str name)
{
	size_t i = find_branch_named(p, name);

	if (i == SIZE_MAX)
		return false;
	go_at(p, i);
	return true;
}

bool
play_branch_command(struct play *p, struct str text)
{
	struct str name, word = str_cut(str_trim(text), ' ', &name);
	size_t i = p->now;

	name = str_trim(name);
	if (str_is(word, "rename") && name.n > 0)
		return typed_name(p, name);
	if (!str_is(word, "delete"))
		return go_to_branch(p, str_trim(text));
	if (name.n > 0)
		i = find_branch_named(p, name);
	return i != SIZE_MAX && play_delete_branch(p, i);
}

#define NAME_THIS   UINT64_MAX
#define DELETE_THIS (UINT64_MAX - 1)

static void
chosen_branch(struct play *p, uint64_t i)
{
	if (i == NAME_THIS)
		play_ask(p, _("name: "),
		    str_of(p->src->name(p->now, p->src->arg)), typed_name);
	else if (i == DELETE_THIS)
		ask_to_delete(p);
	else if (i < p->nviews)
		go_at(p, (size_t)i);
}

/* "from main after record 41" */
static void
branch_put_origin(struct play *p, size_t i, struct buf *b)
{
	size_t parent;
	uint64_t after;

	if (p->src->parent != NULL &&
	    p->src->parent(i, &parent, &after, p->src->arg))
		buf_printf(b, _("left %s at record %llu"),
		    p->src->name(parent, p->src->arg),
		    (unsigned long long)after);
	else
		buf_puts(b, _("unchanged"));
	if (i == p->now)
		buf_puts(b, _(" (shown)"));
}

/* A menu of all branches but one, or SIZE_MAX. */
static void
list_branches(struct play *p, const char *title, size_t but)
{
	LOCAL_BUF b = BUF_INIT;

	chooser_start(&p->box.chooser, title);
	for (size_t i = 0; i < p->nviews; i++) {
		if (i == but)
			continue;
		buf_clear(&b);
		branch_put_origin(p, i, &b);
		chooser_add(&p->box.chooser,
		    str_of(p->src->name(i, p->src->arg)), buf_view(&b), i);
	}
}

void
play_branch_menu(struct play *p)
{
	list_branches(p, _("Branches"), SIZE_MAX);
	if (p->src->rename != NULL)
		chooser_add(&p->box.chooser, str_of(_("name this one …")),
		    STR_NULL, NAME_THIS);
	if (p->src->remove != NULL && p->now > 0)
		chooser_add(&p->box.chooser, str_of(_("delete this one …")),
		    STR_NULL, DELETE_THIS);
	p->box.chooser.cursor = p->now;
	play_choose(p, chosen_branch);
}

/* What differs first, in words. */
static void
say_difference(struct play *p)
{
	LOCAL_BUF b = BUF_INIT;

	difference_put_sentence(&b, play_view(p)->trace,
	    p->src->name(p->now, p->src->arg), p->views[p->beside].trace,
	    p->src->name(p->beside, p->src->arg));
	play_tell(p, buf_cstr(&b));
}

/* Backspace returns. */
static void
show_parting(struct play *p)
{
	uint64_t seq = play_difference(p, p->now);

	p->to_parting = false;
	if (seq != 0)
		play_jump(p, seq);
	say_difference(p);
}

static void
chosen_beside(struct play *p, uint64_t i)
{
	if (i < p->nviews) {
		p->beside = (size_t)i;
		p->in_pane = false;
		p->to_parting = true;
		(void)play_parting_work(p);
	}
}

void
play_beside(struct play *p)
{
	if (p->beside != SIZE_MAX) {
		p->beside = SIZE_MAX;
		return;
	}
	if (p->nviews < 2) {
		play_tell(
		    p, _("there is only one branch; an action in the past "
			 "makes another"));
		return;
	}
	list_branches(p, _("Which branch next to this one?"), p->now);
	if (p->box.chooser.n == 1)
		chosen_beside(p, p->box.chooser.items[0].value);
	else
		play_choose(p, chosen_beside);
}

bool
play_parting_work(struct play *p)
{
	struct play_parting *c = &p->parting;
	const struct trace *a, *b;
	uint64_t most;

	if (p->beside >= p->nviews)
		return false;
	a = p->views[p->now].trace;
	b = p->views[p->beside].trace;
	if (c->a != a || c->b != b)
		*c = (struct play_parting){ .a = a, .b = b };
	most = c->same + play_slice(p, PLAY_WORK_RECORDS);
	c->same = trace_count_same(a, b, c->same, most);
	c->known = c->same < most;
	if (c->known && p->to_parting)
		show_parting(p);
	return !c->known;
}

uint64_t
play_difference(struct play *p, size_t view)
{
	const struct play_parting *c = &p->parting;

	if (p->beside >= p->nviews || (view != p->now && view != p->beside) ||
	    !c->known || c->a != p->views[p->now].trace ||
	    c->b != p->views[p->beside].trace)
		return 0;
	return c->same < trace_count(p->views[view].trace) ? c->same + 1 : 0;
}

const struct layout_row *
play_parting_row(struct play *p, size_t view)
{
	struct play_parting *c = &p->parting;
	const struct layout *l;
	size_t row;

	if (play_difference(p, p->now) == 0 &&
	    play_difference(p, p->beside) == 0)
		return NULL;
	if (c->la != p->views[p->now].layout ||
	    c->lb != p->views[p->beside].layout) {
		c->la = p->views[p->now].layout;
		c->lb = p->views[p->beside].layout;
		layout_find_parting(c->la, c->lb, &c->row_a, &c->row_b);
	}
	if (view != p->now && view != p->beside)
		return NULL;
	l = view == p->now ? c->la : c->lb;
	row = view == p->now ? c->row_a : c->row_b;
	return row < l->nrows ? &l->rows[row] : NULL;
}

void
play_compare(struct play *p)
{
	struct play_view *v = play_view(p);
	uint64_t a = 0, b = 0;

	if (v->marks.n >= 2) {
		a = v->marks.list[v->marks.n - 2];
		b = v->marks.list[v->marks.n - 1];
	} else if (v->marks.n == 1) {
		a = v->marks.list[0];
		b = play_message_seq(p);
	}
	if (a == 0 || b == 0 || a == b) {
		play_tell(p, _("mark two messages with Space, then press = to "
			       "compare them"));
		return;
	}
	doc_clear(&p->box.text.doc);
	compare_doc(v->trace, a, v->trace, b,
	    p->drawn.width > 8 ? p->drawn.width - 6 : 40, &p->box.text.doc);
	play_show(p, _("Two messages compared"));
}

/*
 * The pane of what a fault would cost at the position: its faults are run one a
 * turn, and Enter makes a branch in which one of them happens.
 */
struct play_faults {
	struct fault_preview *known; /* of `trace`; NULL: `why` says why */
	const struct trace *trace;
	uint64_t count; /* the records that it had then */
	struct diag why;
	bool looked, more;
	uint64_t seq;  /* that is looked at */
	uint64_t turn; /* rises with each change */
};

static int
open_faults(struct play *p)
{
	p->own.faults = mem_zalloc(1, sizeof(*p->own.faults));
	return p->own.faults != NULL ? 0 : ERR_NOMEM;
}

static void
drop_known(struct play_faults *f)
{
	fault_preview_destroy(f->known);
	*f = (struct play_faults){ .turn = f->turn + 1 };
}

static void
faults_done(struct play *p)
{
	if (p->own.faults != NULL)
		drop_known(p->own.faults);
	mem_free(p->own.faults);
}

static void
forget_faults(struct play *p, const struct trace *t)
{
	if (p->own.faults->trace == t)
		drop_known(p->own.faults);
}

static bool
may_fail(struct play *p)
{
	return p->src->act != NULL && !play_is_exam(p) && play_held_by(p) == 0;
}

/* The data are of record SEQ of trace T. */
static void
look_there(struct play_faults *f, const struct trace *t, uint64_t seq)
{
	if (f->trace != t || (f->known == NULL && f->count != trace_count(t))) {
		drop_known(f);
		f->trace = t;
		f->count = trace_count(t);
		f->why = DIAG_INIT;
		fault_preview_create(&f->known, t, &f->why);
	}
	if (f->known == NULL || (f->looked && f->seq == seq))
		return;
	f->looked = true;
	f->seq = seq;
	f->more = fault_preview_look_at_record(f->known, seq) == 0;
}

static void
look_at_faults(struct play *p, struct pane_moment *m)
{
	look_there(p->own.faults, m->t, m->seq);
	m->preview = p->own.faults->known;
	m->untold = p->own.faults->why.text;
}

/* The fault of the line under the cursor, or NULL. */
static const struct found_fault *
chosen_fault(struct play *p)
{
	size_t line = p->texts[PANE_FAULTS].cursor;
	const struct fault_preview *b = p->own.faults->known;

	return b != NULL && line >= FAULT_PREVIEW_HEAD &&
		       line - FAULT_PREVIEW_HEAD < fault_preview_count(b)
		   ? fault_preview_fault_at(b, line - FAULT_PREVIEW_HEAD)
		   : NULL;
}

static bool
faults_work(struct play *p)
{
	struct play_faults *f = p->own.faults;
	const struct found_fault *chosen;

	if (p->pane != PANE_FAULTS || play_is_exam(p))
		return false;
	look_there(f, play_view(p)->trace, play_view(p)->seq);
	if (!f->more)
		return false;
	f->turn++;
	chosen = chosen_fault(p);
	if (fault_preview_go_on(f->known, &f->more) != 0)
		f->more = false;
	/* Lines above may have become one. */
	if (chosen != NULL)
		p->texts[PANE_FAULTS].cursor =
		    FAULT_PREVIEW_HEAD +
		    fault_preview_find_fault(f->known, chosen);
	return f->more;
}

static uint64_t
turn_of_faults(struct play *p)
{
	return p->own.faults->turn;
}

static bool
faults_lead(struct play *p)
{
	return chosen_fault(p) != NULL;
}

static void
say_how_to_choose(struct play *p)
{
	LOCAL_BUF key = BUF_INIT;

	request_put_key(REQ_PANE_DOWN, p->o.ascii, &key);
	play_say(p, _("%s chooses a fault"), buf_cstr(&key));
}

static bool
do_fault(struct play *p, enum play_request r)
{
	const struct found_fault *f = chosen_fault(p);
	LOCAL_BUF on = BUF_INIT, by = BUF_INIT;
	struct act_arg arg = { "by", NULL };
	const struct fault_row *row;

	if (r != REQ_PANE_OPEN)
		return false;
	if (f == NULL && p->own.faults->known != NULL &&
	    fault_preview_count(p->own.faults->known) > 0)
		say_how_to_choose(p);
	if (f == NULL)
		return true;
	row = &fault_rows[f->kind];
	fault_put_on(f, trace_head(p->own.faults->trace), &on);
	if (f->by_ns > 0)
		fault_put_by(f, &by);
	arg.value = buf_cstr(&by);
	/* It is done right behind the record that it is of. */
	play_seek(p, f->after);
	p->acting.after = f->after;
	if (play_act_do(p, on.n > 0 ? buf_cstr(&on) : "message", row->act, &arg,
		by.n > 0 ? 1 : 0) != 0)
		play_complain(p, &p->diag);
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
	.first = FAULT_PREVIEW_HEAD };
