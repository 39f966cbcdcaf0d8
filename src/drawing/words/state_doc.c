/* The state at a position; see words/state_doc.h. */
#include "words/state_doc.h"

#include "base/err.h"
#include "trace/select.h"
#include "words/hearing_doc.h"
#include "words/node_doc_in.h"
#include "words/time_words.h"

#define WIDTH_USUAL 80

/* "At 2.000 s, after record 105. Messages sent: 12; …" */
static void
put_state_counts(struct node_view *v)
{
	struct fold_counts n = fold_counts(v->f, STR_NULL);
	struct buf b = BUF_INIT;
	char time[TIME_ROOM];

	buf_printf(&b,
	    _("At %s s, after record %llu. Messages sent: %llu; lost: %llu; "
	      "timers fired: %llu."),
	    time_text(v->now, time), (unsigned long long)v->seq,
	    (unsigned long long)n.sends, (unsigned long long)n.drops,
	    (unsigned long long)n.timers_fired);
	doc_line(v->d, v->seq);
	doc_wrap(v->d, STYLE_PLAIN, buf_view(&b), 0, v->width);
	buf_end(&b, &v->d->err);
}

static void
put_node(struct node_view *v, struct str name)
{
	doc_line(v->d, 0);
	node_view_turn(v, name);
	node_put(v);
}

/* A node at which nothing lives is not worth a line. */
static void
put_nodes(struct node_view *v)
{
	const struct trace_head *head = trace_head(v->t);
	size_t before, none = v->d->nlines;

	for (size_t i = 0; i < head->nnodes; i++) {
		before = v->d->nlines;
		doc_line(v->d, 0);
		node_view_turn(v, head->nodes[i].name);
		if (!node_put(v))
			doc_cut(v->d, before);
	}
	if (v->d->nlines > none)
		return;
	doc_line(v->d, 0);
	doc_line(v->d, 0);
	doc_wrap(v->d, STYLE_DIM, str_of(_("Nothing lives now.")), 0, v->width);
}

/* Where the trace tells of media. */
static void
put_hearings(struct node_view *v, const char *node)
{
	if (trace_first_of(v->t, TRACE_MEDIA) == 0)
		return;
	hearing_doc(v->t, v->f, node != NULL ? str_of(node) : STR_NULL, v->now,
	    v->width, v->d);
}

int
state_doc(const struct trace *t, uint64_t seq, int64_t t_ns, const char *node,
    size_t width, struct doc *d, struct diag *diag)
{
	struct node_view v;
	struct fold *f = NULL;
	int err;

	if (node != NULL &&
	    (err = trace_check_node(t, str_of(node), diag)) != 0)
		return err;
	if (t_ns < 0)
		t_ns = seq > 0 ? trace_time_of(t, seq) : 0;
	err = fold_create(&f);
	if (err == 0)
		err = fold_advance(f, t, seq);
	if (err == 0) {
		v = node_view_of(
		    t, f, seq, t_ns, width != 0 ? width : WIDTH_USUAL, d);
		v.ruled = true;
		put_state_counts(&v);
		if (node != NULL)
			put_node(&v, str_of(node));
		else
			put_nodes(&v);
		put_hearings(&v, node);
		err = d->err;
	}
	fold_destroy(f);
	return err;
}
