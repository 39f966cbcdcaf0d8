/*
 * What the screen keeps with a session: where one was in each branch, marks,
 * answers, what was shown.  As a JSON object that the source stores; what can't
 * be used of one is left out, since a file may hold anything.
 */
#include "views/tui/play.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "quiz/quiz.h"

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

static void
put_kept(struct play *p, struct buf *b)
{
	buf_putc(b, '{');
	/* For lists of sessions: "at #88". */
	json_put_int(b, "position",
	    (int64_t)(p->now < p->nviews ? p->views[p->now].seq : 0));
	json_put_int(b, "branch", (int64_t)p->now);
	json_put_int(b, "pane", p->pane);
	json_put_int(b, "mode", p->mode_chosen ? (int64_t)p->mode : -1);
	json_put_int(b, "fold", p->fold);
	json_put_int(b, "brackets", p->brackets);
	json_put_field(b, "node", p->node_fixed ? buf_view(&p->node) : STR(""));
	json_put_field(b, "filter", buf_view(&p->filter_text));
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

void
play_save_begin(struct play *p)
{
	bool kept =
	    p->src->state != NULL && p->src->state(p->src->keeper).n > 0;

	if (!kept && !play_is_exam(p))
		put_kept(p, &p->begun);
}

/* Nothing was done in the session, and it has no file: there is nothing that
 * could be gone on with. */
static bool
is_as_begun(const struct play *p, const struct buf *kept)
{
	return p->begun.err == 0 && p->begun.n > 0 &&
	       str_eq(buf_view(&p->begun), buf_view(kept));
}

void
play_save(struct play *p)
{
	struct buf b = BUF_INIT;
	struct diag d = DIAG_INIT;

	p->unsaved = false;
	if (p->src->save == NULL || p->save_failed || play_student_asked(p))
		return;
	/* What the screen lacked is not what the file lacks. */
	mem_forgive();
	put_kept(p, &b);
	if (b.err != 0 || is_as_begun(p, &b)) {
		buf_free(&b);
		return;
	}
	buf_free(&p->begun);
	if (p->src->save(buf_view(&b), &d, p->src->keeper) != 0) {
		/* Said once: a step must not become a complaint.  Memory comes
		 * back. */
		p->save_failed = d.err != ERR_NOMEM;
		play_complain(p, &d);
	}
	buf_free(&b);
}

static int64_t
number_of(struct json_value object, const char *key, int64_t fallback)
{
	return json_int_or(json_member(object, key), fallback);
}

static void
take_view(struct play_view *v, struct json_value kept)
{
	int64_t seq = number_of(kept, "seq", 0), mark, t;
	uint64_t count = trace_count(v->trace);
	struct json_value marks = json_member(kept, "marks"), m;
	size_t at = 0;

	v->seq = seq > 0 && (uint64_t)seq <= count ? (uint64_t)seq : 0;
	v->t_ns = v->seq > 0 ? trace_time_of(v->trace, v->seq) : 0;
	/* Between this record and the next. */
	t = number_of(kept, "t", 0);
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

void
play_take_up(struct play *p)
{
	struct str text =
	    p->src->state != NULL ? p->src->state(p->src->keeper) : STR_NULL;
	struct json_value kept, views, v;
	struct buf word = BUF_INIT;
	size_t at = 0, i = 0;
	int64_t n;

	if (text.n == 0 || json_read(&text, &kept) != 0 ||
	    kept.type != JSON_OBJECT)
		return;
	views = json_member(kept, "views");
	while (i < p->nviews && json_item(views, &at, &v))
		take_view(&p->views[i++], v);
	n = number_of(kept, "branch", 0);
	p->now = n >= 0 && (size_t)n < p->nviews ? (size_t)n : 0;
	n = number_of(kept, "pane", PANE_WHY);
	p->pane = n >= 0 && n < PANE_COUNT ? (enum play_pane)n : PANE_MESSAGE;
	n = number_of(kept, "mode", -1);
	p->mode_chosen = n >= 0 && n < LADDER_MODE_COUNT;
	if (p->mode_chosen)
		p->mode = (enum ladder_mode)n;
	p->fold = number_of(kept, "fold", 0) == 1;
	n = number_of(kept, "brackets", 0);
	p->brackets = n > 0 && n < 1 << LADDER_MARK_COUNT ? (unsigned)n : 0;
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
	buf_free(&word);
	/* A filter has laid out, or will. */
	if (p->filter_text.n == 0)
		play_lay_out(p);
	play_follow_node(p);
}
