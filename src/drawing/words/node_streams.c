/*
 * Streams of media of a node that belong to no call which lives there: those
 * of a program, of a media gateway, of a box, and what flows on when its call
 * is over.  Those of a call stand with it (node_media.c).
 */
#include "words/node_doc_in.h"
#include "words/state_words.h"

static void
put_node_stream(struct node_view *v, const struct fold_media *m)
{
	uint64_t seq = state_stream_record(m);
	struct buf b = BUF_INIT;

	buf_str(&b, m->call);
	if (m->type.n > 0)
		buf_printf(&b, " %.*s", STR_ARG(m->type));
	node_put_id(v, seq, NODE_INDENT, buf_view(&b), STYLE_PLAIN);
	buf_clear(&b);
	buf_puts(&b, state_stream_word(v->f, m));
	buf_putc(&b, ' ');
	state_put_since(&b, m->since);
	node_put_right(v, &b, STYLE_BOLD);
	state_put_stream(&b, m);
	if (b.n > 0)
		node_value(
		    v, seq, 2 * NODE_INDENT, "", buf_view(&b), STYLE_PLAIN);
	buf_end(&b, &v->d->err);
}

/* A source of which only what comes is known. */
static void
put_source(struct node_view *v, const struct fold_source *s)
{
	struct buf b = BUF_INIT;

	buf_str(&b, s->call);
	if (s->type.n > 0)
		buf_printf(&b, " %.*s", STR_ARG(s->type));
	node_put_id(v, s->hear, NODE_INDENT, buf_view(&b), STYLE_PLAIN);
	buf_clear(&b);
	buf_puts(&b, s->still != 0 ? _("silent") : _("receiving"));
	buf_putc(&b, ' ');
	state_put_since(&b, s->since);
	node_put_right(v, &b, STYLE_BOLD);
	buf_printf(&b, "%.*s ← %.*s", STR_ARG(s->codec), STR_ARG(s->peer));
	node_value(v, s->hear, 2 * NODE_INDENT, "", buf_view(&b), STYLE_PLAIN);
	buf_end(&b, &v->d->err);
}

void
node_put_streams(struct node_view *v)
{
	const char *heading = _("Streams");
	const struct fold_source *s;
	const struct fold_media *m;
	size_t at = 0, n = 0;

	while ((m = fold_next_media(v->f, v->node->name, &at)) != NULL)
		if (fold_find_call(v->f, m->node, m->call) == NULL &&
		    node_entry(v, &n, heading))
			put_node_stream(v, m);
	at = 0;
	while ((s = fold_next_source(v->f, v->node->name, &at)) != NULL)
		if (fold_find_call(v->f, s->node, s->call) == NULL &&
		    state_stream_of(v->f, s) == NULL &&
		    node_entry(v, &n, heading))
			put_source(v, s);
	node_more(v, n);
}
