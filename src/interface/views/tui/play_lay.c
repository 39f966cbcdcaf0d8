/*
 * The session laid out as a ladder, in slices: the one shown stays until the
 * next is done.
 */
#include "views/tui/play.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

/* Calls that can be shown alone, nodes that can be hidden. */
#define WORDS_MOST 64

/* Messages up to each row. */
static uint32_t *
laying_count_messages(const struct layout *l)
{
	uint32_t *counts = mem_zalloc(l->nrows + 1, sizeof(*counts));
	uint32_t n = 0;

	for (size_t i = 0; counts != NULL && i < l->nrows; i++) {
		n += l->rows[i].item == LAYOUT_MESSAGE;
		counts[i] = n;
	}
	return counts;
}

static void
list_columns(struct buf *list, const struct layout *l)
{
	for (size_t i = 0; i < l->ncolumns; i++)
		play_list_add(list, l->columns[i].name);
}

/* Those of the first branch, as they stand; MEMORY has their names. */
static size_t
first_columns(struct play *p, struct buf *memory, const char **list)
{
	const struct layout *l = p->views[0].layout;

	list_columns(memory, l);
	return play_list_words(memory, list, WORDS_MOST);
}

static int
begin_layout(struct play *p, struct play_view *v)
{
	const char *hide[WORDS_MOST], *calls[WORDS_MOST], *order[WORDS_MOST];
	struct layout_options o = LAYOUT_OPTIONS;
	LOCAL_BUF names = BUF_INIT;

	o.fold = p->ladder.fold && !p->hiding;
	o.hide = hide;
	o.nhide = play_list_words(&p->ladder.hidden, hide, WORDS_MOST);
	o.order = order;
	o.norder = play_list_words(&p->ladder.columns, order, WORDS_MOST);
	/* Every branch stands as the first one does. */
	if (o.norder == 0 && v->number > 0) {
		o.norder = first_columns(p, &names, order);
		o.order_only = true;
	}
	o.calls = calls;
	o.ncalls = play_list_words(&p->ladder.only, calls, WORDS_MOST);
	if (p->search.filter_text.n > 0) {
		o.keep = play_keeps;
		o.keep_arg = p;
	}
	v->making_of = trace_count(v->trace);
	return names.err != 0
		   ? names.err
		   : layout_begin(&v->making, v->trace, &o, &p->diag);
}

static int
make_ladder(struct play *p, const struct layout *l,
    const struct ladder_marks *m, struct ladder_screen **s)
{
	const char *words[WORDS_MOST];
	struct str folded[WORDS_MOST];
	struct ladder_screen_options look = {
		.mode = p->ladder.mode,
		.line_ns = p->ladder.line_ns,
		.folded = folded,
		.marks = m,
	};

	if (!p->hiding)
		look.nfolded =
		    play_list_words(&p->ladder.folded, words, WORDS_MOST);
	for (size_t i = 0; i < look.nfolded; i++)
		folded[i] = str_of(words[i]);
	return ladder_screen_create(s, l, &look);
}

/* V shows L with brackets M (or NULL), which are V's then, of OF records. */
static int
put_layout(struct play *p, struct play_view *v, struct layout *l,
    struct ladder_marks *m, uint64_t of)
{
	struct ladder_screen *ladder = NULL;
	uint32_t *counts = NULL;
	int err = make_ladder(p, l, m, &ladder);

	if (err == 0 && (counts = laying_count_messages(l)) == NULL)
		err = ERR_NOMEM;
	if (err != 0) {
		ladder_screen_destroy(ladder);
		ladder_marks_destroy(m);
		layout_destroy(l);
		return err;
	}
	ladder_screen_destroy(v->ladder);
	ladder_marks_destroy(v->brackets);
	layout_destroy(v->layout);
	mem_free(v->counts);
	p->parting.la = p->parting.lb = NULL;
	v->layout = l;
	v->brackets = m;
	v->ladder = ladder;
	v->counts = counts;
	v->laid = of;
	return 0;
}

void
play_leave_layout(struct play_view *v)
{
	layout_making_free(v->making);
	ladder_marks_leave(v->marking);
	layout_destroy(v->coming);
	v->making = NULL;
	v->marking = NULL;
	v->coming = NULL;
	v->awaited = false;
}

bool
play_is_laying_out(const struct play_view *v)
{
	return v->making != NULL || v->marking != NULL;
}

static void
say_if_empty(struct play *p, const struct play_view *v)
{
	LOCAL_BUF meant = BUF_INIT;
	struct diag d = DIAG_INIT;
	const char *near;
	struct str word;

	if (v != play_view(p) || !p->search.sifts_new)
		return;
	p->search.sifts_new = false;
	if (p->search.filter_text.n == 0 || v->layout->nmessages > 0)
		return;
	/* A command of a handout that shows records. */
	if (play_where(p) == PLACE_LAB && v->kept.n > 0) {
		p->pane = PANE_LOG;
		play_tell(p,
		    _("no message matches, but these records do; 8 returns, f "
		      "changes the filter"));
		return;
	}
	near = record_filter_doubt(&p->search.filter, &word);
	if (near == NULL &&
	    record_filter_meant(buf_cstr(&p->search.filter_text), &meant))
		near = buf_cstr(&meant);
	diag_set(&d, ERR_NOTFOUND, NULL, 0,
	    _("no message matches; f changes the filter"));
	diag_meant(&d, ERR_NOTFOUND, near);
	play_tell(p, d.text);
}

/* V's layout stays, its brackets are M from now on, or none where that is NULL.
 */
static int
put_brackets(struct play *p, struct play_view *v, struct ladder_marks *m)
{
	struct ladder_screen *ladder;
	int err = make_ladder(p, v->layout, m, &ladder);

	if (err != 0) {
		ladder_marks_destroy(m);
		return err;
	}
	ladder_screen_destroy(v->ladder);
	ladder_marks_destroy(v->brackets);
	v->ladder = ladder;
	v->brackets = m;
	return 0;
}

/* MOST rows or records more are looked at for V's brackets, which are shown
 * once they are found, with the layout that waits for them. */
static int
go_on_with_brackets(struct play *p, struct play_view *v, uint64_t most)
{
	struct layout *l = v->coming;
	struct ladder_marks *m;
	int err = ladder_marks_go_on(v->marking, most, &m);

	if (err == 0 && m == NULL)
		return 0;
	v->coming = NULL;
	play_leave_layout(v);
	if (err != 0)
		layout_destroy(l);
	else if (l == NULL)
		err = put_brackets(p, v, m);
	else if ((err = put_layout(p, v, l, m, v->making_of)) == 0)
		say_if_empty(p, v);
	return err;
}

/* MOST records more of V's new layout, which is shown once it is made, and with
 * it what brackets it is to have. */
static int
go_on_with_layout(struct play *p, struct play_view *v, uint64_t most)
{
	bool awaited = v->awaited;
	struct layout *l;
	int err;

	if (v->marking != NULL)
		return go_on_with_brackets(p, v, most);
	err = layout_go_on(v->making, most, &l);
	if (err == 0 && l == NULL)
		return 0;
	play_leave_layout(v);
	if (err != 0)
		return err;
	if (p->ladder.brackets == 0) {
		err = put_layout(p, v, l, NULL, v->making_of);
		if (err == 0)
			say_if_empty(p, v);
		return err;
	}
	v->coming = l;
	v->awaited = awaited;
	err = ladder_marks_begin(
	    &v->marking, l, v->trace, v->making_of, p->ladder.brackets);
	if (err == 0)
		return go_on_with_brackets(p, v,
		    v->making_of > play_slice(p, PLAY_LAY_RECORDS)
			? most
			: UINT64_MAX);
	play_leave_layout(v);
	return err;
}

/* The kinds of V's brackets have changed. */
static int
find_brackets_anew(struct play *p, struct play_view *v)
{
	const struct layout *l = v->coming != NULL ? v->coming : v->layout;
	uint64_t of = v->coming != NULL ? v->making_of : v->laid;
	int err = put_brackets(p, v, NULL);

	/* The layout under way will have them. */
	if (err != 0 || v->making != NULL)
		return err;
	ladder_marks_leave(v->marking);
	v->marking = NULL;
	if (p->ladder.brackets == 0 && v->coming == NULL)
		return 0;
	err = ladder_marks_begin(
	    &v->marking, l, v->trace, of, p->ladder.brackets);
	if (err != 0 || of > play_slice(p, PLAY_LAY_RECORDS))
		return err;
	/* A short ladder gets its brackets at once. */
	return go_on_with_brackets(p, v, UINT64_MAX);
}

int
play_set_brackets(struct play *p, unsigned kinds)
{
	int err = 0;

	p->ladder.brackets = kinds;
	for (size_t i = 0; err == 0 && i < p->nviews; i++)
		err = find_brackets_anew(p, &p->views[i]);
	return err;
}

int
play_lay_out_view(struct play *p, struct play_view *v)
{
	int err;

	play_leave_layout(v);
	err = begin_layout(p, v);
	return err != 0
		   ? err
		   : go_on_with_layout(p, v, play_slice(p, PLAY_LAY_RECORDS));
}

int
play_empty_view(struct play *p, struct play_view *v)
{
	const struct layout_options o = { .empty = true };
	struct layout *l;
	int err = layout_create(&l, v->trace, &o, &p->diag);

	return err != 0 ? err : put_layout(p, v, l, NULL, 0);
}

/* A slice of one of the layouts under way; true: there is more. */
int
play_lay_out_more(struct play *p, bool *more)
{
	for (size_t i = 0; i < p->nviews; i++) {
		struct play_view *v = &p->views[(p->now + i) % p->nviews];

		if (!play_is_laying_out(v))
			continue;
		*more = true;
		return go_on_with_layout(
		    p, v, play_slice(p, PLAY_WORK_RECORDS));
	}
	return 0;
}

int
play_show_anew(struct play *p)
{
	for (size_t i = 0; i < p->nviews; i++) {
		struct play_view *v = &p->views[i];
		struct ladder_screen *ladder;
		int err = make_ladder(p, v->layout, v->brackets, &ladder);

		if (err != 0)
			return err;
		ladder_screen_destroy(v->ladder);
		v->ladder = ladder;
	}
	return 0;
}

int
play_fit_mode(struct play *p, size_t height)
{
	enum ladder_mode mode = ladder_mode_for(height);

	if (p->ladder.mode_chosen || p->ladder.mode == mode)
		return 0;
	p->ladder.mode = mode;
	return play_show_anew(p);
}

int
play_lay_out(struct play *p)
{
	/* It is, when the filter has seen everything. */
	for (size_t i = 0; i < p->nviews; i++)
		p->search.sifting |= !play_is_sifted(p, &p->views[i]);
	if (p->search.sifting) {
		for (size_t i = 0; i < p->nviews; i++)
			play_leave_layout(&p->views[i]);
		return 0;
	}
	for (size_t i = 0; i < p->nviews; i++) {
		int err = play_lay_out_view(p, &p->views[i]);

		if (err != 0)
			return err;
		p->views[i].awaited = play_is_laying_out(&p->views[i]);
	}
	return 0;
}

static bool
same_columns(const struct layout *a, const struct layout *b)
{
	if (a->ncolumns != b->ncolumns)
		return false;
	for (size_t i = 0; i < a->ncolumns; i++)
		if (!str_eq(a->columns[i].name, b->columns[i].name))
			return false;
	return true;
}

/* V and W are laid out again, unless that was tried already. */
static int
list_shared(struct play *p, struct play_view *v, struct play_view *w)
{
	LOCAL_BUF list = BUF_INIT;
	int err = 0;

	list_columns(&list, (v->number < w->number ? v : w)->layout);
	list_columns(&list, (v->number < w->number ? w : v)->layout);
	if (list.err != 0)
		err = ERR_NOMEM;
	else if (!str_eq(buf_view(&list), buf_view(&p->ladder.columns))) {
		struct buf before = p->ladder.columns;

		p->ladder.columns = list;
		list = before;
		err = play_lay_out_view(p, v);
		if (err == 0)
			err = play_lay_out_view(p, w);
	}
	return err;
}

int
play_share_columns(struct play *p)
{
	struct play_view *v = play_view(p), *w;
	int err = 0;

	if (p->beside == SIZE_MAX && p->ladder.columns.n == 0)
		return 0;
	if (p->beside == SIZE_MAX) {
		buf_clear(&p->ladder.columns);
		return play_lay_out(p);
	}
	w = &p->views[p->beside];
	if (play_is_laying_out(v) || play_is_laying_out(w))
		return 0;
	if (!same_columns(v->layout, w->layout) &&
	    v->layout->ncolumns + w->layout->ncolumns <= WORDS_MOST)
		err = list_shared(p, v, w);
	ladder_screen_join(v->ladder, w->ladder);
	return err;
}
