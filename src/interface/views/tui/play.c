/*
 * The screen's state made, freed, and kept up with the session.
 */
#include "views/tui/play_panes.h"

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "quiz/quiz.h"
#include "text/utf8.h"
#include "views/menu/menu.h"

#include <stdio.h>
#include <stdlib.h>

static void play_take_up(struct play *p); /* what the source kept */
static void play_save_begin(struct play *p);

/* A layout is made again when the trace has grown by this much since. */
#define GROWN(from) ((from) + (from) / 2 + 64)

void
play_say(struct play *p, const char *fmt, ...)
{
	va_list ap;

	buf_clear(&p->say);
	va_start(ap, fmt);
	buf_vprintf(&p->say, fmt, ap);
	va_end(ap);
	p->say_bad = false;
}

void
play_tell(struct play *p, const char *text)
{
	play_say(p, "%s", text);
}

void
play_complain(struct play *p, const struct diag *d)
{
	LOCAL_BUF b = BUF_INIT;

	diag_write(d, &b);
	play_say(p, "%.*s", STR_ARG(buf_view(&b)));
	p->say_bad = true;
}

uint64_t
play_slice(const struct play *p, uint64_t usual)
{
	return p->o.slice != 0 && p->o.slice < usual ? p->o.slice : usual;
}

struct play_view *
play_view(struct play *p)
{
	return &p->views[p->now];
}

const struct state_at *
play_state(struct play *p)
{
	struct play_view *v = play_view(p);
	const struct state_at *state;

	return checkpoints_at(v->checkpoints, v->seq, &state) == 0 ? state
								   : NULL;
}

static void
free_view(struct play_view *v)
{
	play_leave_layout(v);
	ladder_screen_destroy(v->ladder);
	ladder_marks_destroy(v->brackets);
	layout_destroy(v->layout);
	checkpoints_destroy(v->checkpoints);
	mem_free(v->counts);
	play_seqs_free(&v->marks);
	play_seqs_free(&v->kept);
	play_seqs_free(&v->found);
}

/* The branch has another trace: it went on at its end. */
static int
play_take_trace(struct play *p, struct play_view *v, const struct trace *t)
{
	struct checkpoints *checkpoints;
	int err = checkpoints_create(&checkpoints, t);

	play_leave_layout(v);

	if (err != 0)
		return err;
	checkpoints_destroy(v->checkpoints);
	v->checkpoints = checkpoints;
	v->trace = t;
	v->done = v->waits = false;
	/* The end that it had is gone. */
	v->kept.n = v->found.n = 0;
	v->sifted = v->sought = 0;
	p->parting = (struct play_parting){ 0 };
	if (v->seq > trace_count(t))
		v->seq = trace_count(t);
	play_panes_forget(p, NULL);
	/* The filter has not seen it: it is laid out later. */
	if (!play_is_sifted(p, v))
		p->search.sifting = true;
	else
		err = play_lay_out_view(p, v);
	if (err == 0 && (p->search.sifting || play_is_laying_out(v))) {
		v->awaited = play_is_laying_out(v);
		err = play_empty_view(p, v);
	}
	return err;
}

static int
add_view(struct play *p)
{
	struct play_view *v;
	int err = ARRAY_RESIZE(&p->views, p->nviews + 1);

	if (err != 0)
		return err;
	v = &p->views[p->nviews];
	*v = (struct play_view){ .number = p->nviews };
	/* A caller that looks for the view of a trace finds it. */
	p->nviews++;
	err = play_take_trace(p, v, p->src->trace(p->nviews - 1, p->src->arg));
	if (err != 0) {
		free_view(v);
		p->nviews--;
	}
	return err;
}

int
play_keep_up(struct play *p)
{
	size_t n = p->src->branches(p->src->arg);
	int err = 0;

	while (err == 0 && p->nviews < n)
		err = add_view(p);
	for (size_t i = 0; err == 0 && i < p->nviews; i++) {
		struct play_view *v = &p->views[i];
		const struct trace *t = p->src->trace(i, p->src->arg);
		uint64_t count = trace_count(t);

		if (t != v->trace)
			err = play_take_trace(p, v, t);
		else if (!p->search.sifting && !play_is_laying_out(v) &&
			 (count > GROWN(v->laid) ||
			     ((v->done || v->waits) && count > v->laid)) &&
			 play_is_sifted(p, v))
			err = play_lay_out_view(p, v);
	}
	return err;
}

void
play_forget_view(struct play *p, size_t i)
{
	const struct trace *t = p->views[i].trace;

	play_panes_forget(p, t);
	p->parting = (struct play_parting){ .a = NULL };
	free_view(&p->views[i]);
	p->nviews--;
	for (; i < p->nviews; i++) {
		p->views[i] = p->views[i + 1];
		p->views[i].number = i;
	}
}

/* What there is to be known first; any key takes it away. */
static void
show_notice(struct play *p)
{
	struct str rest = p->src->notice;

	while (rest.n > 0) {
		doc_line(&p->box.text.doc, 0);
		doc_put(
		    &p->box.text.doc, STYLE_PLAIN, str_cut(rest, '\n', &rest));
	}
	play_show(p, p->src->title);
}

bool
play_is_live(const struct play *p, size_t number)
{
	return p->src->live != NULL && number == 0 && !p->views[0].done;
}

int
play_idle_ms(const struct play *p, int *fd)
{
	*fd = -1;
	return play_is_live(p, 0) ? p->src->idle(fd, p->src->live) : -1;
}

/* The position goes with the end of the run that is followed. */
static void
follow_end(struct play *p)
{
	struct play_view *v = play_view(p);
	uint64_t count = trace_count(v->trace);

	if (p->follows && p->now == 0 && v->laid == count && v->seq < count)
		play_seek(p, count);
}

/* A few milliseconds of the run of branch I. */
static void
play_advance_branch(struct play *p, size_t i)
{
	struct play_view *v = &p->views[i];
	struct diag d = DIAG_INIT;

	if (p->src->advance == NULL) {
		v->done = true;
		return;
	}
	if (play_is_live(p, i))
		p->src->attend(&d, p->src->live);
	if (p->src->advance(i, &v->done, &d, p->src->arg) != 0)
		v->done = true;
	if (d.err != 0)
		play_complain(p, &d);
}

/* A slice of the first branch that has more to do; false where none has.  A
 * live branch waits while an act at its end is done. */
static bool
advance_branches(struct play *p)
{
	for (size_t i = 0; i < p->nviews; i++) {
		struct play_view *v = &p->views[i];
		uint64_t before = trace_count(v->trace);
		bool live = play_is_live(p, i);

		if (v->done || (live && p->doing.going))
			continue;
		play_advance_branch(p, i);
		v->waits = live && trace_count(v->trace) == before;
		if (!v->waits)
			return true;
	}
	return false;
}

bool
play_work(struct play *p)
{
	bool more = play_act_work(p);

	more |= advance_branches(p);
	if (play_keep_up(p) != 0 || play_lay_out_more(p, &more) != 0) {
		play_tell(p, err_text(ERR_NOMEM));
		return false;
	}
	follow_end(p);
	more |= play_panes_work(p);
	play_exam_work(p);
	more |= play_find_work(p);
	more |= play_parting_work(p);
	return more | checkpoints_prepare(play_view(p)->checkpoints,
			  play_slice(p, PLAY_WORK_RECORDS));
}

int
play_create(struct play **out, const struct play_source *src,
    const struct play_options *o, struct diag *d)
{
	struct play *p = mem_zalloc(1, sizeof(*p));
	int err;

	*out = NULL;
	if (p == NULL)
		return diag_fail(d, ERR_NOMEM);
	p->src = src;
	p->o = *o;
	p->beside = p->drawn.cursor_x = SIZE_MAX;
	p->speed = PLAY_SPEED_USUAL;
	p->pane = PANE_MESSAGE;
	p->search.filter = RECORD_FILTER_ALL;
	p->diag = DIAG_INIT;
	err = play_panes_open(p);
	if (err == 0)
		err = play_keep_up(p);
	if (err != 0) {
		if (p->diag.err != 0)
			*d = p->diag;
		play_destroy(p);
		return diag_fail(d, err);
	}
	/* A short run is there at once; a long one goes on behind the screen.
	 */
	for (int i = 0; i < 20 && !p->views[0].done; i++)
		play_work(p);
	/* A lab is about what happens, its calls are legs of one another. */
	p->in_calls =
	    play_has_choice(p) || (p->src->lab == NULL && play_calls_many(p));
	play_seek(p, play_is_live(p, 0) ? UINT64_MAX : 0);
	play_take_up(p);
	play_exam_begin(p);
	play_save_begin(p);
	if (o->tasks && src->notice.n == 0) {
		p->pane = PANE_LAB;
		p->in_pane = true;
	}
	if (o->tour)
		p->box.over = OVER_TOUR;
	else if (src->notice.n > 0)
		show_notice(p);
	*out = p;
	return 0;
}

void
play_destroy(struct play *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->nviews; i++)
		free_view(&p->views[i]);
	mem_free(p->views);
	play_panes_done(p);
	doc_free(&p->box.text.doc);
	chooser_free(&p->box.chooser);
	line_edit_free(&p->box.line);
	buf_free(&p->box.hint);
	buf_free(&p->box.keys.find);
	buf_free(&p->ladder.hidden);
	buf_free(&p->ladder.columns);
	buf_free(&p->ladder.folded);
	buf_free(&p->ladder.only);
	buf_free(&p->search.filter_text);
	buf_free(&p->search.find_text);
	buf_free(&p->search.scratch);
	buf_free(&p->node);
	buf_free(&p->acting.on);
	buf_free(&p->acting.verb);
	buf_free(&p->acting.to);
	buf_free(&p->acting.args.memory);
	buf_free(&p->say);
	buf_free(&p->overwrite);
	buf_free(&p->edit);
	buf_free(&p->kept.begun);
	mem_free(p);
}

/* ---- another language while something is played ---- */

/* All that was made of words of the language there was is made again. */
static void
forget_words(struct play *p)
{
	play_panes_anew(p);
	play_lay_out(p);
}

static void
say_language(struct play *p)
{
	const char *title = menu_language_title(i18n_language());
	const char *variable = i18n_variable();

	if (variable != NULL)
		play_say(p,
		    _("language: %s; outside rung play %s=%s has "
		      "priority"),
		    title, variable, getenv(variable));
	else
		play_say(p, _("language: %s"), title);
}

static void
keep_language(struct play *p)
{
	if (p->src->keep_language != NULL)
		p->src->keep_language(i18n_language());
	forget_words(p);
	say_language(p);
}

void
play_next_language(struct play *p)
{
	i18n_choose(i18n_next_language());
	keep_language(p);
}

bool
play_choose_language(struct play *p, struct str text)
{
	const char *before = i18n_language();
	char name[32];

	snprintf(name, sizeof(name), "%.*s", STR_ARG(utf8_clip(text, 20)));
	if (i18n_choose(name) != 0) {
		i18n_choose(before);
		play_tell(p, _("use the language en or zh"));
		return false;
	}
	keep_language(p);
	return true;
}

/* ---- what is kept with a session ---- */

static void
put_view(const struct play_view *v, struct buf *b)
{
	buf_putc(b, '{');
	json_put_int(b, "seq", (int64_t)v->seq);
	json_put_int(b, "t", v->t_ns);
	json_open(b, "marks", '[');
	for (size_t i = 0; i < v->marks.n; i++) {
		json_put_item(b);
		buf_u64(b, v->marks.list[i]);
	}
	buf_puts(b, "]}");
}

/*
 * Where one was in each branch, marks, answers, what was shown: a JSON object
 * that the source stores.
 */
static void
put_kept(struct play *p, struct buf *b)
{
	buf_putc(b, '{');
	/* For lists of sessions: "at #88". */
	json_put_int(b, "position",
	    (int64_t)(p->now < p->nviews ? p->views[p->now].seq : 0));
	json_put_int(b, "branch", (int64_t)p->now);
	json_put_int(b, "pane", p->pane);
	json_put_int(
	    b, "mode", p->ladder.mode_chosen ? (int64_t)p->ladder.mode : -1);
	json_put_int(b, "fold", p->ladder.fold);
	json_put_int(b, "brackets", p->ladder.brackets);
	json_put_field(b, "node", p->node_fixed ? buf_view(&p->node) : STR(""));
	json_put_field(b, "filter", buf_view(&p->search.filter_text));
	json_put_key(b, "answers");
	quiz_score_write(play_quiz_score(p), b);
	if (p->src->lab != NULL) {
		json_put_key(b, "lesson");
		play_lesson_put(p, b);
	}
	if (p->src->lab != NULL && play_is_exam(p))
		json_put_bool(b, "pinned", true);
	json_open(b, "views", '[');
	for (size_t i = 0; i < p->nviews; i++) {
		json_put_item(b);
		put_view(&p->views[i], b);
	}
	buf_puts(b, "]}");
}

/* From now on play_save keeps nothing until something was done, unless there is
 * something kept already, or an exam's clock runs. */
static void
play_save_begin(struct play *p)
{
	bool kept =
	    p->src->state != NULL && p->src->state(p->src->keeper).n > 0;

	if (!kept && !play_is_exam(p))
		put_kept(p, &p->kept.begun);
}

/* Nothing was done in the session, and it has no file: there is nothing that
 * could be gone on with. */
static bool
is_as_begun(const struct play *p, const struct buf *kept)
{
	return p->kept.begun.err == 0 && p->kept.begun.n > 0 &&
	       str_eq(buf_view(&p->kept.begun), buf_view(kept));
}

void
play_save(struct play *p)
{
	LOCAL_BUF b = BUF_INIT;
	struct diag d = DIAG_INIT;

	p->kept.unsaved = false;
	if (p->src->save == NULL || p->kept.failed || play_student_asked(p))
		return;
	/* What the screen lacked is not what the file lacks. */
	mem_forgive();
	put_kept(p, &b);
	if (b.err != 0 || is_as_begun(p, &b))
		return;
	buf_free(&p->kept.begun);
	if (p->src->save(buf_view(&b), &d, p->src->keeper) != 0) {
		/* Said once: a step must not become a complaint.  Memory comes
		 * back. */
		p->kept.failed = d.err != ERR_NOMEM;
		play_complain(p, &d);
	}
}

static int64_t
play_number_of(struct json_value object, const char *key, int64_t fallback)
{
	return json_int_or(json_member(object, key), fallback);
}

static void
take_view(struct play_view *v, struct json_value kept)
{
	int64_t seq = play_number_of(kept, "seq", 0), mark, t;
	uint64_t count = trace_count(v->trace);
	struct json_value marks = json_member(kept, "marks"), m;
	size_t at = 0;

	v->seq = seq > 0 && (uint64_t)seq <= count ? (uint64_t)seq : 0;
	v->t_ns = v->seq > 0 ? trace_time_of(v->trace, v->seq) : 0;
	/* Between this record and the next. */
	t = play_number_of(kept, "t", 0);
	if (t > v->t_ns && v->seq < count &&
	    t < trace_time_of(v->trace, v->seq + 1))
		v->t_ns = t;
	while (json_item(marks, &at, &m))
		if (json_int(m, &mark) == 0 && mark > 0 &&
		    (uint64_t)mark <= count)
			play_seqs_add(&v->marks, (uint64_t)mark);
}

static void
read_text_member(struct json_value object, const char *key, struct buf *out)
{
	buf_clear(out);
	if (json_text(json_member(object, key), out) != 0)
		buf_clear(out);
}

/* Takes up what was kept; what can't be used is left out, since a file may hold
 * anything. */
static void
play_take_up(struct play *p)
{
	struct str text =
	    p->src->state != NULL ? p->src->state(p->src->keeper) : STR_NULL;
	struct json_value kept, views, v;
	LOCAL_BUF word = BUF_INIT;
	size_t at = 0, i = 0;
	int64_t n;

	if (text.n == 0 || json_read(&text, &kept) != 0 ||
	    kept.type != JSON_OBJECT)
		return;
	views = json_member(kept, "views");
	while (i < p->nviews && json_item(views, &at, &v))
		take_view(&p->views[i++], v);
	n = play_number_of(kept, "branch", 0);
	p->now = n >= 0 && (size_t)n < p->nviews ? (size_t)n : 0;
	n = play_number_of(kept, "pane", PANE_WHY);
	p->pane = n >= 0 && n < PANE_COUNT ? (enum play_pane)n : PANE_MESSAGE;
	n = play_number_of(kept, "mode", -1);
	p->ladder.mode_chosen = n >= 0 && n < LADDER_MODE_COUNT;
	if (p->ladder.mode_chosen)
		p->ladder.mode = (enum ladder_mode)n;
	p->ladder.fold = play_number_of(kept, "fold", 0) == 1;
	n = play_number_of(kept, "brackets", 0);
	p->ladder.brackets =
	    n > 0 && n < 1 << LADDER_MARK_COUNT ? (unsigned)n : 0;
	read_text_member(kept, "node", &word);
	p->node_fixed = false;
	if (trace_find_name(play_view(p)->trace, buf_view(&word)) !=
	    TRACE_NO_NODE)
		play_fix_node(p, buf_view(&word));
	read_text_member(kept, "filter", &word);
	if (word.n > 0)
		play_set_filter(p, buf_view(&word));
	quiz_score_read(play_quiz_score(p), json_member(kept, "answers"));
	play_lesson_take_up(p, json_member(kept, "lesson"));
	/* A filter has laid out, or will. */
	if (p->search.filter_text.n == 0)
		play_lay_out(p);
	play_follow_node(p);
}
