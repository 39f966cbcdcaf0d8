/*
 * A node's registrations and subscriptions: the machines above the
 * transactions, other than dialogs and calls, with their timers.
 */
#include "words/node_doc_in.h"
#include "words/record_text.h"
#include "words/state_words.h"
#include "words/time_words.h"
#include "words/timer_words.h"

#include <string.h>

/* What a timer that runs will do; others by their names. */
static const struct {
	const char *name, *text;
} promises[] = {
	/* TRANSLATORS: a registration; "renews in 3236 s" */
	{ "refresh", N_("renews in %s") },
	/* TRANSLATORS: a registration or subscription */
	{ "expire", N_("expires in %s") },
};

static void
promise(const struct node_view *v, const struct fold_timer *e, struct buf *out)
{
	struct buf left = BUF_INIT;
	const char *text = NULL;

	for (size_t i = 0; i < sizeof(promises) / sizeof(promises[0]); i++)
		if (str_is(e->name, promises[i].name))
			text = i18n_text(promises[i].text);
	if (text == NULL || e->due < v->now) {
		state_put_left(out, e->due, v->now);
		return;
	}
	time_put_length(&left, e->due - v->now);
	buf_printf(out, text, buf_cstr(&left));
	if (left.err != 0)
		out->err = left.err;
	buf_free(&left);
}

static bool
is_usage(const struct fold_transaction *e)
{
	return e->machine != NULL && strcmp(e->machine->start, "none") != 0;
}

void
node_put_timers(
    struct node_view *v, const struct fold_transaction *tr, struct str id)
{
	const struct fold_timer *timer;
	struct buf b = BUF_INIT;
	size_t at = 0, n = 0;

	while ((timer = fold_next_timer(v->f, v->node->name, &at)) != NULL &&
	       n < NODE_MOST) {
		if (!state_owns_timer(tr, id, timer))
			continue;
		n++;
		doc_line(v->d, timer->last);
		doc_pad(v->d, 2 * NODE_INDENT);
		timer_put_short(&b, timer->name);
		doc_put(v->d, STYLE_DIM, buf_view(&b));
		if (b.err != 0)
			v->d->err = b.err;
		buf_clear(&b);
		promise(v, timer, &b);
		node_put_right(v, &b, STYLE_TIMER);
	}
	buf_free(&b);
}

static void
put_id(struct node_view *v, uint64_t seq, struct str id)
{
	doc_line(v->d, seq);
	doc_pad(v->d, NODE_INDENT);
	doc_wrap_marked(v->d, state_without_scheme(id),
	    &(struct doc_marked){ .indent = NODE_INDENT, .width = v->width });
}

static void
put_usage(struct node_view *v, const struct fold_transaction *e)
{
	struct buf b = BUF_INIT;

	put_id(v, e->last, e->id);
	buf_str(&b, e->state);
	buf_puts(&b, record_inferred(v->t, e->last));
	node_put_right(v, &b, STYLE_BOLD);
	node_put_timers(v, e, e->id);
	buf_free(&b);
}

/* A timer that refreshes a registration of which there is nothing else. */
static bool
is_alone(const struct node_view *v, const struct fold_timer *timer)
{
	const struct fold_transaction *e;
	size_t at = 0;

	if (!str_is(timer->name, "refresh"))
		return false;
	while ((e = fold_next_transaction(v->f, v->node->name, &at)) != NULL)
		if (is_usage(e) && fold_owns_timer(e, timer))
			return false;
	return true;
}

static void
put_lonely_timers(struct node_view *v, size_t *n)
{
	const struct fold_timer *e;
	struct buf b = BUF_INIT;
	size_t at = 0;

	while ((e = fold_next_timer(v->f, v->node->name, &at)) != NULL) {
		if (!is_alone(v, e))
			continue;
		if ((*n)++ == 0)
			node_heading(v, _("Registrations"));
		if (*n > NODE_MOST)
			continue;
		put_id(v, e->last, e->id);
		promise(v, e, &b);
		node_put_right(v, &b, STYLE_TIMER);
	}
	buf_free(&b);
}

static size_t
put_machine(struct node_view *v, const char *name, const char *heading)
{
	const struct fold_transaction *e;
	size_t at = 0, n = 0;

	while ((e = fold_next_transaction(v->f, v->node->name, &at)) != NULL) {
		if (!is_usage(e) || strcmp(e->machine->name, name) != 0)
			continue;
		if (n++ == 0)
			node_heading(v, heading);
		if (n <= NODE_MOST)
			put_usage(v, e);
	}
	return n;
}

void
node_put_usages(struct node_view *v)
{
	size_t n = put_machine(v, "registration", _("Registrations"));

	put_lonely_timers(v, &n);
	node_more(v, n > NODE_MOST ? n - NODE_MOST : 0);
	n = put_machine(v, "subscription", _("Subscriptions"));
	node_more(v, n > NODE_MOST ? n - NODE_MOST : 0);
}
