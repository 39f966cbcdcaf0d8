/*
 * A node's machines other than calls and dialogs: those that have a heading of
 * their own (registrations, subscriptions), then its transactions, each with
 * its timers.
 */
#include "words/node_doc_in.h"
#include "words/record_text.h"
#include "words/state_words.h"

void
node_put_id(struct node_view *v, uint64_t seq, size_t indent, struct str id,
    enum canvas_style style)
{
	doc_line(v->d, seq);
	doc_pad(v->d, indent);
	doc_wrap_marked(v->d, state_without_scheme(id),
	    &(struct doc_marked){
		.style = style, .indent = indent, .width = v->width });
}

/* Which calls a pair has: "sbc/1, sbc/2". */
static void
put_joined(struct node_view *v, const struct fold_transaction *e)
{
	struct buf b = BUF_INIT, scratch = BUF_INIT;
	struct trace_rec rec;
	struct str second;

	trace_get(v->t, e->last, &rec);
	buf_str(&b, trace_str(&rec, "first", &scratch));
	second = trace_str(&rec, "second", &scratch);
	if (b.n > 0 && second.n > 0)
		buf_puts(&b, _(", "));
	buf_str(&b, second);
	if (b.n > 0)
		node_value(v, e->last, 2 * NODE_INDENT, _("calls"),
		    buf_view(&b), STYLE_PLAIN);
	buf_end(&b, &v->d->err);
	buf_end(&scratch, &v->d->err);
}

/* What else the machine's last record tells: "S-CSCF  192.0.2.12:5060". */
static void
put_told_values(struct node_view *v, const struct fold_transaction *e)
{
	struct buf scratch = BUF_INIT;
	struct str value;
	const char *label;
	size_t at = 0;

	while (
	    (label = state_next_told(v->t, e, &at, &value, &scratch)) != NULL)
		node_value(
		    v, e->last, 2 * NODE_INDENT, label, value, STYLE_PLAIN);
	buf_end(&scratch, &v->d->err);
}

static void
put_usage(struct node_view *v, const struct fold_transaction *e)
{
	struct buf b = BUF_INIT;

	node_put_id(v, e->last, NODE_INDENT, e->id, STYLE_PLAIN);
	buf_str(&b, state_name(e->state));
	buf_putc(&b, ' ');
	state_put_since(&b, e->since);
	buf_puts(&b, record_inferred(v->t, e->last));
	node_put_right(v, &b, STYLE_BOLD);
	put_joined(v, e);
	put_told_values(v, e);
	node_put_timers(v, 2 * NODE_INDENT, e, e->id);
	buf_free(&b);
}

static void
put_usages(struct node_view *v, const struct machine *m)
{
	const char *heading = i18n_text(m->heading);
	const struct fold_transaction *e;
	size_t at = 0, n = 0;

	while ((e = fold_next_transaction(v->f, v->node->name, &at)) != NULL)
		if (e->machine == m && node_entry(v, &n, heading))
			put_usage(v, e);
	if (machine_find_timer(m, STR("refresh")) != NULL)
		node_put_lonely_timers(v, true, &n, heading);
	node_more(v, n);
}

void
node_put_usages(struct node_view *v)
{
	const struct machine *m;

	for (size_t i = 0; (m = machine_at(i)) != NULL; i++)
		if (m->heading != NULL)
			put_usages(v, m);
}

/* How many of machine M are in its state K; those in a state that M does not
 * have are left out. */
static size_t
count_in(const struct node_view *v, const struct machine *m, size_t k)
{
	const struct fold_transaction *e;
	size_t at = 0, n = 0;

	while ((e = fold_next_transaction(v->f, v->node->name, &at)) != NULL)
		n += e->machine == m &&
		     str_is(e->state, machine_state_name(&m->states[k]));
	return n;
}

/* M's name, and how many are in which state. */
static void
put_machine(struct node_view *v, const struct machine *m)
{
	struct buf b = BUF_INIT;

	doc_line(v->d, 0);
	doc_pad(v->d, NODE_INDENT);
	doc_puts(v->d, STYLE_PLAIN, i18n_text(m->title));
	for (size_t k = 0; k < m->nstates; k++) {
		size_t n = count_in(v, m, k);

		if (n > 0)
			buf_printf(&b, "%s%zu %s", b.n > 0 ? ", " : "", n,
			    machine_state_name(&m->states[k]));
	}
	node_put_right(v, &b, STYLE_BOLD);
	buf_free(&b);
}

static void
put_transaction(struct node_view *v, const struct fold_transaction *e)
{
	struct buf scratch = BUF_INIT;

	if (e->machine == NULL) {
		doc_line(v->d, 0);
		doc_pad(v->d, NODE_INDENT);
		doc_put(v->d, STYLE_PLAIN, machine_words(e->machine_name));
	}
	node_put_living(v, 2 * NODE_INDENT, e->last,
	    state_method(v->t, v->f, e, &scratch), e->state, e->since);
	node_put_id(v, e->first, 3 * NODE_INDENT, e->id, STYLE_DIM);
	node_put_timers(v, 3 * NODE_INDENT, e, e->id);
	buf_end(&scratch, &v->d->err);
}

/* Those of machine M, NULL for all that are of unknown ones. */
static void
put_transactions(struct node_view *v, const struct machine *m, size_t *n)
{
	const struct fold_transaction *e;
	size_t at = 0, first = *n;

	while ((e = fold_next_transaction(v->f, v->node->name, &at)) != NULL) {
		if (e->machine != m)
			continue;
		/* TRANSLATORS: a heading */
		if (*n == 0)
			node_heading(v, _("Transactions"));
		if ((*n)++ == first && m != NULL)
			put_machine(v, m);
		if (*n <= v->most)
			put_transaction(v, e);
	}
}

void
node_put_transactions(struct node_view *v)
{
	const struct machine *m;
	size_t n = 0;

	for (size_t i = 0; (m = machine_at(i)) != NULL; i++)
		if (machine_transacts(m))
			put_transactions(v, m, &n);
	put_transactions(v, NULL, &n);
	node_more(v, n);
}
