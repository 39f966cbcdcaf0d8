/*
 * A node's timers: below what they are of, each with what it will do, when, and
 * a bar of what is left of its time.
 */
#include "words/node_doc_in.h"
#include "words/record_text.h"
#include "words/state_words.h"
#include "words/time_words.h"
#include "words/timer_words.h"

/* Cells of the bar; where it begins. */
#define BAR    12
#define BAR_AT 24

/* What a timer that runs will do; others by their names. */
static const struct {
	const char *name, *text;
} promises[] = {
	/* TRANSLATORS: a registration; "renews in 3236 s" */
	{ "refresh", N_("renews in %s") },
	{ "resubscribe", N_("renews in %s") },
	{ "republish", N_("renews in %s") },
	/* TRANSLATORS: a registration or subscription */
	{ "expire", N_("expires in %s") },
};

static void
promise(const struct node_view *v, const struct fold_timer *e, struct buf *out)
{
	char left[TIME_ROOM];
	const char *text = NULL;

	for (size_t i = 0; i < sizeof(promises) / sizeof(promises[0]); i++)
		if (str_is(e->name, promises[i].name))
			text = i18n_text(promises[i].text);
	if (text == NULL || e->due < v->now) {
		state_put_left(out, e->due, v->now);
		return;
	}
	buf_printf(out, text, time_length_text(e->due - v->now, left));
}

static void
put_bar_glyphs(struct node_view *v, enum canvas_glyph glyph, size_t n,
    enum canvas_style style)
{
	for (size_t i = 0; i < n; i++)
		doc_put(v->d, style, canvas_glyph_text(glyph, false));
}

/* Where it has room beside RIGHT cells. */
static void
put_bar(struct node_view *v, const struct fold_timer *e, size_t right)
{
	int64_t left = e->due - v->now;
	size_t full = BAR;

	if (e->due < 0 || left < 0 || e->length <= 0 ||
	    doc_used(v->d) >= BAR_AT || BAR_AT + BAR + 2 + right > v->width)
		return;
	if (left < e->length)
		full = (size_t)((double)left / (double)e->length * BAR + 0.5);
	doc_pad(v->d, BAR_AT);
	put_bar_glyphs(v, GLYPH_BLOCK, full, STYLE_TIMER);
	put_bar_glyphs(v, GLYPH_SHADE, BAR - full, STYLE_DIM);
}

static void
put_timer(struct node_view *v, size_t indent, const struct fold_timer *e)
{
	struct buf b = BUF_INIT;

	doc_line(v->d, e->last);
	doc_pad(v->d, indent);
	timer_put_short(&b, e->name);
	doc_put(v->d, STYLE_DIM, buf_view(&b));
	if (b.err != 0)
		v->d->err = b.err;
	buf_clear(&b);
	promise(v, e, &b);
	put_bar(v, e, utf8_width(buf_view(&b)));
	node_put_right(v, &b, STYLE_TIMER);
	buf_free(&b);
}

void
node_put_timers(struct node_view *v, size_t indent,
    const struct fold_transaction *tr, struct str id)
{
	const struct fold_timer *e;
	size_t at = 0, n = 0;

	while ((e = fold_next_timer(v->f, v->node->name, &at)) != NULL &&
	       n < v->most)
		if (state_owns_timer(tr, id, e)) {
			put_timer(v, indent, e);
			n++;
		}
}

void
node_put_lonely_timers(
    struct node_view *v, bool refresh, size_t *n, const char *heading)
{
	const struct fold_timer *e;
	size_t at = 0;

	while ((e = fold_next_timer(v->f, v->node->name, &at)) != NULL) {
		if (str_is(e->name, "refresh") != refresh ||
		    fold_timer_is_owned(v->f, e) || !node_entry(v, n, heading))
			continue;
		node_put_id(v, e->last, NODE_INDENT, e->id, STYLE_PLAIN);
		put_timer(v, 2 * NODE_INDENT, e);
	}
}
