/*
 * A node's state for a pane: its heading, calls and dialogs, other machines
 * and transactions, each with its timers.
 */
#include "words/node_doc.h"

#include "draw/wrap.h"
#include "role/role.h"
#include "words/node_doc_in.h"
#include "words/record_text.h"
#include "words/state_words.h"
#include "words/time_words.h"

#define NODE_LABEL 14 /* where values begin */
/* What records_left and messages_left begin with. */
#define NODE_RECORDS  1000000
#define NODE_MESSAGES 3000

struct node_view
node_view_of(const struct trace *t, const struct state_at *f, uint64_t seq,
    int64_t now, size_t width, struct doc *d)
{
	return (struct node_view){ .t = t,
		.f = f,
		.seq = seq < trace_count(t) ? seq : trace_count(t),
		.now = now,
		.width = width,
		.most = SIZE_MAX,
		.d = d };
}

bool
node_view_turn(struct node_view *v, struct str name)
{
	v->node = trace_find_node(v->t, name);
	v->number = trace_find_name(v->t, name);
	v->records_left = NODE_RECORDS;
	v->messages_left = NODE_MESSAGES;
	return v->node != NULL;
}

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

bool
node_entry(struct node_view *v, size_t *n, const char *heading)
{
	if ((*n)++ == 0)
		node_heading(v, heading);
	return *n <= v->most;
}

void
node_more(struct node_view *v, size_t n)
{
	if (n <= v->most)
		return;
	doc_line(v->d, 0);
	doc_pad(v->d, NODE_INDENT);
	/* TRANSLATORS: entries of a list that are not shown */
	doc_printf(v->d, STYLE_DIM, _("… %zu more"), n - v->most);
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
	buf_end(&b, &v->d->err);
	buf_end(&since, &v->d->err);
}

/* To the end of the present line. */
static void
put_line_across(struct node_view *v)
{
	size_t used = doc_used(v->d) + 1;

	doc_puts(v->d, STYLE_PLAIN, " ");
	for (; used < v->width; used++)
		doc_put(
		    v->d, STYLE_FRAME, canvas_glyph_text(GLYPH_LINE, false));
}

/* VALUE, unless it is empty. */
static void
node_state_put_known(struct node_view *v, uint64_t seq, size_t indent,
    const char *label, struct str value)
{
	if (value.n > 0)
		node_value(v, seq, indent, label, value, STYLE_PLAIN);
}

/* One of several addresses: "192.0.2.7 (outside)". */
static void
node_state_put_face(struct node_view *v, const struct trace_face *f)
{
	struct buf b = BUF_INIT;

	buf_str(&b, f->addr);
	if (f->name.n > 0)
		buf_printf(&b, " (%.*s)", STR_ARG(f->name));
	node_state_put_known(v, 0, NODE_INDENT, _("address"), buf_view(&b));
	buf_end(&b, &v->d->err);
}

static void
put_node_head(struct node_view *v)
{
	const struct trace_node *n = v->node;
	struct str label = node_caption(n->name, n->label);
	struct buf role = BUF_INIT;

	doc_line(v->d, 0);
	doc_wrap(v->d, STYLE_TITLE, n->name, 0, v->width);
	if (label.n > 0) {
		doc_puts(v->d, STYLE_DIM, "  ");
		doc_wrap(v->d, STYLE_DIM, label, 0, v->width);
	}
	if (v->ruled)
		put_line_across(v);
	role_put(&role, n->role, " · ");
	node_state_put_known(v, 0, NODE_INDENT, _("role"), buf_view(&role));
	buf_end(&role, &v->d->err);
	for (size_t i = 0; i < n->nfaces; i++)
		node_state_put_face(v, &n->faces[i]);
	if (n->nfaces == 0)
		node_state_put_known(v, 0, NODE_INDENT, _("address"), n->addr);
	node_state_put_known(v, 0, NODE_INDENT, _("domain"), n->domain);
	node_state_put_known(
	    v, 0, NODE_INDENT, _("user"), state_without_scheme(n->aor));
	put_up(v);
}

static void
node_state_put_bindings(struct node_view *v)
{
	const struct state_at_binding *e;
	struct str last = STR_NULL;
	LOCAL_BUF b = BUF_INIT;
	size_t at = 0, n = 0;

	while ((e = state_at_next_binding(v->f, v->node->name, &at)) != NULL) {
		if (!node_entry(v, &n, _("Bindings")))
			continue;
		if (n == 1 || !str_eq(last, e->aor))
			node_put_id(
			    v, e->first, NODE_INDENT, e->aor, STYLE_PLAIN);
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
	node_more(v, n);
}

/* Cells that a state and its "since 1.040 s" take. */
#define STATE_SINCE 31

/* A line for what lives: NAME, STATE, and since when.  It leads to SEQ. */
static void
node_put_living(struct node_view *v, size_t indent, uint64_t seq,
    struct str name, struct str state, int64_t since)
{
	size_t room = NODE_LABEL - indent - 1;
	LOCAL_BUF b = BUF_INIT;

	if (v->width > STATE_SINCE + indent + room)
		room = v->width - STATE_SINCE - indent;
	doc_line(v->d, seq);
	doc_pad(v->d, indent);
	doc_clip(v->d, STYLE_PLAIN, name, room);
	doc_puts(v->d, STYLE_PLAIN, " ");
	doc_pad(v->d, NODE_LABEL);
	doc_clip(v->d, STYLE_BOLD, state, 20);
	state_put_since(&b, since);
	buf_puts(&b, record_inferred(v->t, seq));
	node_put_right(v, &b, STYLE_DIM);
}

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
promise(
    const struct node_view *v, const struct state_at_timer *e, struct buf *out)
{
	char left[TIME_ROOM];
	const char *text = NULL;

	for (size_t i = 0; i < COUNT_OF(promises); i++)
		if (str_is(e->name, promises[i].name))
			text = i18n_text(promises[i].text);
	if (text == NULL || e->due < v->now) {
		state_put_left(out, e->due, v->now);
		return;
	}
	buf_printf(out, text, time_length_text(e->due - v->now, left));
}

/* Cells of the bar; where it begins. */
#define BAR    12
#define BAR_AT 24

static void
put_bar_glyphs(struct node_view *v, enum canvas_glyph glyph, size_t n,
    enum canvas_style style)
{
	for (size_t i = 0; i < n; i++)
		doc_put(v->d, style, canvas_glyph_text(glyph, false));
}

/* Where it has room beside RIGHT cells. */
static void
node_state_put_bar(
    struct node_view *v, const struct state_at_timer *e, size_t right)
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
put_timer(struct node_view *v, size_t indent, const struct state_at_timer *e)
{
	LOCAL_BUF b = BUF_INIT;

	doc_line(v->d, e->last);
	doc_pad(v->d, indent);
	timer_put_short(&b, e->name);
	doc_put(v->d, STYLE_DIM, buf_view(&b));
	if (b.err != 0)
		v->d->err = b.err;
	buf_clear(&b);
	promise(v, e, &b);
	node_state_put_bar(v, e, utf8_width(buf_view(&b)));
	node_put_right(v, &b, STYLE_TIMER);
}

/*
 * The timers of TR; with TR NULL those of the call ID. Each has its effect, its
 * time, and a bar of the remaining time.
 */
static void
node_put_timers(struct node_view *v, size_t indent,
    const struct state_at_transaction *tr, struct str id)
{
	const struct state_at_timer *e;
	size_t at = 0, n = 0;

	while ((e = state_at_next_timer(v->f, v->node->name, &at)) != NULL &&
	       n < v->most)
		if (state_owns_timer(tr, id, e)) {
			put_timer(v, indent, e);
			n++;
		}
}

static void
put_node_calls(struct node_view *v)
{
	const struct state_at_call *e;
	size_t at = 0, n = 0;

	while ((e = state_at_next_call(v->f, v->node->name, &at)) != NULL) {
		if (!node_entry(v, &n, _("Calls")))
			continue;
		node_put_living(
		    v, NODE_INDENT, e->last, e->id, e->state, e->since);
		if (state_call_waits(v->f, e) != NULL)
			node_value(v, e->last, 2 * NODE_INDENT, "",
			    str_of(state_call_waits(v->f, e)), STYLE_CHANGED);
		node_state_put_known(v, e->first, 2 * NODE_INDENT, _("with"),
		    state_without_scheme(e->peer));
		node_put_timers(v, 2 * NODE_INDENT, NULL, e->id);
		node_put_media(v, e);
	}
	node_more(v, n);
}

static void
put_dialog(struct node_view *v, const struct state_at_dialog *e)
{
	struct str rest = e->routes;
	const char *label = _("route");

	node_put_living(v, NODE_INDENT, e->last,
	    e->local_tag.n > 0 ? e->local_tag : e->id, e->state, e->since);
	node_state_put_known(
	    v, e->last, 2 * NODE_INDENT, _("remote tag"), e->remote_tag);
	node_state_put_known(
	    v, e->first, 2 * NODE_INDENT, "Call-ID", e->call_id);
	node_state_put_known(
	    v, e->last, 2 * NODE_INDENT, _("target"), e->target);
	for (size_t n = 0; rest.n > 0 && n < v->most; n++) {
		node_value(v, e->last, 2 * NODE_INDENT, label,
		    str_cut(rest, '\n', &rest), STYLE_PLAIN);
		label = "";
	}
}

static void
put_dialogs(struct node_view *v)
{
	const struct state_at_dialog *e;
	size_t at = 0, n = 0;

	while ((e = state_at_next_dialog(v->f, v->node->name, &at)) != NULL)
		if (node_entry(v, &n, _("Dialogs")))
			put_dialog(v, e);
	node_more(v, n);
}

/* The timers of things that are not shown themselves, such as an
 * address-of-record: with REFRESH its refreshes, else all others.  Counted in
 * *N, under HEADING. */
static void
node_put_lonely_timers(
    struct node_view *v, bool refresh, size_t *n, const char *heading)
{
	const struct state_at_timer *e;
	size_t at = 0;

	while ((e = state_at_next_timer(v->f, v->node->name, &at)) != NULL) {
		if (str_is(e->name, "refresh") != refresh ||
		    state_at_timer_is_owned(v->f, e) ||
		    !node_entry(v, n, heading))
			continue;
		node_put_id(v, e->last, NODE_INDENT, e->id, STYLE_PLAIN);
		put_timer(v, 2 * NODE_INDENT, e);
	}
}

static void
node_state_put_others(struct node_view *v)
{
	size_t n = 0;

	/* TRANSLATORS: a heading */
	node_put_lonely_timers(v, false, &n, _("Timers"));
	node_more(v, n);
}

/* Which calls a pair has: "sbc/1, sbc/2". */
static void
put_joined(struct node_view *v, const struct state_at_transaction *e)
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
put_told_values(struct node_view *v, const struct state_at_transaction *e)
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
node_state_put_usage(struct node_view *v, const struct state_at_transaction *e)
{
	LOCAL_BUF b = BUF_INIT;

	node_put_id(v, e->last, NODE_INDENT, e->id, STYLE_PLAIN);
	buf_str(&b, state_name(e->machine, e->state));
	buf_putc(&b, ' ');
	state_put_since(&b, e->since);
	buf_puts(&b, record_inferred(v->t, e->last));
	node_put_right(v, &b, STYLE_BOLD);
	put_joined(v, e);
	put_told_values(v, e);
	node_put_timers(v, 2 * NODE_INDENT, e, e->id);
}

static void
put_usages(struct node_view *v, const struct machine *m)
{
	const char *heading = i18n_text(m->heading);
	const struct state_at_transaction *e;
	size_t at = 0, n = 0;

	while (
	    (e = state_at_next_transaction(v->f, v->node->name, &at)) != NULL)
		if (e->machine == m && node_entry(v, &n, heading))
			node_state_put_usage(v, e);
	if (machine_find_timer(m, STR("refresh")) != NULL)
		node_put_lonely_timers(v, true, &n, heading);
	node_more(v, n);
}

/* Machines with a heading of their own: registrations, subscriptions. */
static void
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
	const struct state_at_transaction *e;
	size_t at = 0, n = 0;

	while (
	    (e = state_at_next_transaction(v->f, v->node->name, &at)) != NULL)
		n += e->machine == m &&
		     str_is(e->state, machine_state_name(&m->states[k]));
	return n;
}

/* M's name, and how many are in which state. */
static void
node_state_put_machine(struct node_view *v, const struct machine *m)
{
	LOCAL_BUF b = BUF_INIT;

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
}

static void
put_transaction(struct node_view *v, const struct state_at_transaction *e)
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
	const struct state_at_transaction *e;
	size_t at = 0, first = *n;

	while (
	    (e = state_at_next_transaction(v->f, v->node->name, &at)) != NULL) {
		if (e->machine != m)
			continue;
		/* TRANSLATORS: a heading */
		if (*n == 0)
			node_heading(v, _("Transactions"));
		if ((*n)++ == first && m != NULL)
			node_state_put_machine(v, m);
		if (*n <= v->most)
			put_transaction(v, e);
	}
}

/* Transactions, each with its timers. */
static void
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

bool
node_put(struct node_view *v)
{
	size_t before;

	put_node_head(v);
	before = v->d->nlines;
	node_put_board(v);
	put_node_calls(v);
	node_put_streams(v);
	node_put_usages(v);
	node_state_put_bindings(v);
	put_dialogs(v);
	node_put_connections(v);
	node_put_credentials(v);
	node_put_names(v);
	node_put_transactions(v);
	node_state_put_others(v);
	if (v->d->nlines > before)
		return true;
	doc_line(v->d, 0);
	doc_line(v->d, 0);
	doc_wrap(
	    v->d, STYLE_DIM, str_of(_("Nothing is here now.")), 0, v->width);
	return false;
}

#define PANE_MOST 30

void
node_doc(const struct trace *t, const struct state_at *f, struct str node,
    uint64_t seq, int64_t t_ns, size_t width, struct doc *d)
{
	struct node_view v = node_view_of(t, f, seq, t_ns, width, d);

	v.most = PANE_MOST;
	if (node_view_turn(&v, node)) {
		node_put(&v);
		return;
	}
	doc_line(d, 0);
	doc_wrap(d, STYLE_DIM,
	    str_of(_("The trace contains nothing about this node.")), 0, width);
}

/* A line that leads to SEQ with ID, what something is known by. */
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
