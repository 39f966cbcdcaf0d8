/* A node's state for a pane; see words/node_doc.h. */
#include "words/node_doc.h"

#include "base/err.h"
#include "words/node_doc_in.h"
#include "words/record_text.h"
#include "words/state_words.h"
#include "draw/wrap.h"
#include "words/time_words.h"
#include "words/node_words.h"

#include <string.h>

void
node_heading(struct node_view *v, const char *text)
{
	doc_line(v->d, 0);
	doc_line(v->d, 0);
	doc_wrap(v->d, STYLE_TITLE, str_of(text), 0, v->width);
}

void
node_value(struct node_view *v, uint64_t seq, size_t indent, const char *label,
    struct str value, enum canvas_style style)
{
	struct doc_marked m = { .style = style,
		.indent = NODE_LABEL,
		.width = v->width,
		.also = WRAP_MESSAGE };

	doc_line(v->d, seq);
	doc_pad(v->d, indent);
	doc_puts(v->d, STYLE_DIM, label);
	doc_puts(v->d, STYLE_PLAIN, " ");
	doc_pad(v->d, NODE_LABEL);
	doc_wrap_marked(v->d, value, &m);
}

void
node_more(struct node_view *v, size_t n)
{
	if (n == 0)
		return;
	doc_line(v->d, 0);
	doc_pad(v->d, NODE_INDENT);
	/* TRANSLATORS: entries of a list that are not shown */
	doc_printf(v->d, STYLE_DIM, _("… %zu more"), n);
}

void
node_put_right(struct node_view *v, struct buf *b, enum canvas_style style)
{
	if (b->err != 0)
		v->d->err = b->err;
	if (b->n > 0)
		doc_right(v->d, style, buf_view(b), v->width);
	buf_clear(b);
}

static void
put_up(struct node_view *v)
{
	struct node_up u = node_is_up(v);
	struct buf b = BUF_INIT, since = BUF_INIT;

	if (!u.known)
		return;
	if (u.seq == 0) {
		buf_puts(&b, u.up ? _("up") : _("down"));
	} else {
		state_put_since(&since, trace_time_of(v->t, u.seq));
		/* TRANSLATORS: "down since 5.120 s" */
		buf_printf(
		    &b, u.up ? _("up %s") : _("down %s"), buf_cstr(&since));
	}
	node_value(v, u.seq, NODE_INDENT, _("state"), buf_view(&b),
	    u.up ? STYLE_SUCCESS : STYLE_LOST);
	if (b.err != 0 || since.err != 0)
		v->d->err = ERR_NOMEM;
	buf_free(&b);
	buf_free(&since);
}

static void
put_head(struct node_view *v)
{
	const struct trace_node *n = v->node;
	struct str label = node_caption(n->name, n->label);

	doc_line(v->d, 0);
	doc_wrap(v->d, STYLE_TITLE, n->name, 0, v->width);
	if (label.n > 0) {
		doc_puts(v->d, STYLE_DIM, "  ");
		doc_wrap(v->d, STYLE_DIM, label, 0, v->width);
	}
	if (n->role.n > 0)
		node_value(v, 0, NODE_INDENT, _("role"), n->role, 0);
	if (n->addr.n > 0)
		node_value(v, 0, NODE_INDENT, _("address"), n->addr, 0);
	if (n->domain.n > 0)
		node_value(v, 0, NODE_INDENT, _("domain"), n->domain, 0);
	if (n->aor.n > 0)
		node_value(v, 0, NODE_INDENT, _("user"),
		    state_without_scheme(n->aor), 0);
	put_up(v);
}

static void
put_bindings(struct node_view *v)
{
	const struct fold_binding *e;
	struct str last = STR_NULL;
	struct buf b = BUF_INIT;
	size_t at = 0, n = 0;

	while ((e = fold_next_binding(v->f, v->node->name, &at)) != NULL) {
		if (n++ == 0)
			node_heading(v, _("Bindings"));
		if (n > NODE_MOST)
			continue;
		if (n == 1 || !str_eq(last, e->aor)) {
			doc_line(v->d, e->first);
			doc_pad(v->d, NODE_INDENT);
			doc_wrap_marked(v->d, state_without_scheme(e->aor),
			    &(struct doc_marked){
				.indent = NODE_INDENT, .width = v->width });
		}
		last = e->aor;
		doc_line(v->d, e->last);
		doc_pad(v->d, 2 * NODE_INDENT);
		doc_puts(v->d, STYLE_DIM, "→ ");
		doc_wrap_marked(v->d, state_without_scheme(e->contact),
		    &(struct doc_marked){ .indent = 2 * NODE_INDENT + 2,
			.width = v->width,
			.also = WRAP_MESSAGE });
		state_put_binding(&b, e, v->now);
		buf_puts(&b, record_inferred(v->t, e->last));
		node_put_right(v, &b, STYLE_TIMER);
	}
	node_more(v, n > NODE_MOST ? n - NODE_MOST : 0);
	buf_free(&b);
}

/* NAME in bold letters' place, a state, and since when. */
static void
put_living(struct node_view *v, uint64_t seq, struct str name, struct str state,
    int64_t since)
{
	struct buf b = BUF_INIT;

	doc_line(v->d, seq);
	doc_pad(v->d, NODE_INDENT);
	doc_clip(v->d, STYLE_PLAIN, name, NODE_LABEL - NODE_INDENT - 1);
	doc_puts(v->d, STYLE_PLAIN, " ");
	doc_pad(v->d, NODE_LABEL);
	doc_clip(v->d, STYLE_BOLD, state, 20);
	state_put_since(&b, since);
	buf_puts(&b, record_inferred(v->t, seq));
	node_put_right(v, &b, STYLE_DIM);
	buf_free(&b);
}

static void
put_calls(struct node_view *v)
{
	const struct fold_call *e;
	size_t at = 0, n = 0;

	while ((e = fold_next_call(v->f, v->node->name, &at)) != NULL) {
		if (n++ == 0)
			node_heading(v, _("Calls"));
		if (n > NODE_MOST)
			continue;
		put_living(v, e->last, e->id, e->state, e->since);
		if (state_call_waits(v->f, e) != NULL)
			node_value(v, e->last, 2 * NODE_INDENT, "",
			    str_of(state_call_waits(v->f, e)), STYLE_CHANGED);
		if (e->peer.n > 0)
			node_value(v, e->first, 2 * NODE_INDENT, _("with"),
			    state_without_scheme(e->peer), STYLE_PLAIN);
		node_put_timers(v, NULL, e->id);
		node_put_media(v, e);
	}
	node_more(v, n > NODE_MOST ? n - NODE_MOST : 0);
}

static void
put_dialog(struct node_view *v, const struct fold_dialog *e)
{
	struct str rest = e->routes;
	const char *label = _("route");

	put_living(v, e->last, e->local_tag.n > 0 ? e->local_tag : e->id,
	    e->state, e->since);
	if (e->remote_tag.n > 0)
		node_value(v, e->last, 2 * NODE_INDENT, _("other tag"),
		    e->remote_tag, STYLE_PLAIN);
	if (e->call_id.n > 0)
		node_value(v, e->first, 2 * NODE_INDENT, "Call-ID", e->call_id,
		    STYLE_PLAIN);
	if (e->target.n > 0)
		node_value(v, e->last, 2 * NODE_INDENT, _("target"), e->target,
		    STYLE_PLAIN);
	for (size_t n = 0; rest.n > 0 && n < NODE_MOST; n++) {
		node_value(v, e->last, 2 * NODE_INDENT, label,
		    str_cut(rest, '\n', &rest), STYLE_PLAIN);
		label = "";
	}
}

static void
put_dialogs(struct node_view *v)
{
	const struct fold_dialog *e;
	size_t at = 0, n = 0;

	while ((e = fold_next_dialog(v->f, v->node->name, &at)) != NULL) {
		if (n++ == 0)
			node_heading(v, _("Dialogs"));
		if (n <= NODE_MOST)
			put_dialog(v, e);
	}
	node_more(v, n > NODE_MOST ? n - NODE_MOST : 0);
}

/* How many of machine M are in its state K; those in a state that M does not
 * have are left out. */
static size_t
count_in(const struct node_view *v, const struct machine *m, size_t k)
{
	const struct fold_transaction *e;
	size_t at = 0, n = 0;

	while ((e = fold_next_transaction(v->f, v->node->name, &at)) != NULL)
		n += e->machine == m && str_is(e->state, m->states[k].name);
	return n;
}

/* They are counted, not told one by one: the first speaks for all. */
static void
head_transactions(struct node_view *v)
{
	size_t at = 0;
	const struct fold_transaction *e =
	    fold_next_transaction(v->f, v->node->name, &at);
	struct buf b = BUF_INIT;

	buf_printf(&b, "%s%s", _("Transactions"),
	    e != NULL ? record_inferred(v->t, e->last) : "");
	node_heading(v, buf_cstr(&b));
	if (b.err != 0)
		v->d->err = b.err;
	buf_free(&b);
}

static void
put_machine(struct node_view *v, const struct machine *m, bool *any)
{
	struct buf b = BUF_INIT;

	for (size_t k = 0; k < m->nstates; k++) {
		size_t n = count_in(v, m, k);

		if (n > 0)
			buf_printf(&b, "%s%zu %s", b.n > 0 ? ", " : "", n,
			    m->states[k].name);
	}
	if (b.n > 0 && !*any) {
		head_transactions(v);
		*any = true;
	}
	if (b.n > 0) {
		doc_line(v->d, 0);
		doc_pad(v->d, NODE_INDENT);
		doc_puts(v->d, STYLE_PLAIN, i18n_text(m->title));
		node_put_right(v, &b, STYLE_BOLD);
	}
	if (b.err != 0)
		v->d->err = b.err;
	buf_free(&b);
}

static void
put_transactions(struct node_view *v)
{
	const struct machine *m;
	bool any = false;

	if (fold_transactions(v->f) == 0)
		return;
	/* Registrations and subscriptions stand by themselves. */
	for (size_t i = 0; (m = machine_at(i)) != NULL; i++)
		if (strcmp(m->start, "none") == 0)
			put_machine(v, m, &any);
}

void
node_doc(const struct trace *t, const struct fold *f, struct str node,
    uint64_t seq, int64_t t_ns, size_t width, struct doc *d)
{
	struct node_view v = { .t = t,
		.f = f,
		.node = trace_find_node(t, node),
		.number = trace_find_name(t, node),
		.seq = seq < trace_count(t) ? seq : trace_count(t),
		.now = t_ns,
		.width = width,
		.d = d,
		.records_left = NODE_RECORDS,
		.messages_left = NODE_MESSAGES };
	size_t before;

	if (v.node == NULL) {
		doc_line(d, 0);
		doc_wrap(d, STYLE_DIM,
		    str_of(_("The trace says nothing about this node.")), 0,
		    width);
		return;
	}
	put_head(&v);
	before = d->nlines;
	node_put_board(&v);
	put_calls(&v);
	node_put_usages(&v);
	put_bindings(&v);
	put_dialogs(&v);
	put_transactions(&v);
	node_put_connections(&v);
	node_put_credentials(&v);
	node_put_names(&v);
	if (d->nlines == before) {
		doc_line(d, 0);
		doc_line(d, 0);
		doc_wrap(d, STYLE_DIM, str_of(_("Nothing lives here now.")), 0,
		    width);
	}
}
