/* Machines without tables, and the way through a machine. */
#include "pictures/machines/machine_seen.h"

#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "draw/graphviz.h"
#include "pictures/machines/machines_view_in.h"
#include "trace/program.h"
#include "words/state_words.h"

/* ---- machines without tables ---- */

/* More would be no figure. */
#define WAYS_MOST 200

/* One step, as often as it was seen; its texts are owned. */
struct seen_way {
	char *node, *from, *to, *event;
	uint64_t taken;
};

struct machine_seen {
	struct seen_way *ways;
	size_t n, cap;
	uint64_t more; /* steps that no way is kept of */
};

static void
free_way(struct seen_way *w)
{
	mem_free(w->node);
	mem_free(w->from);
	mem_free(w->to);
	mem_free(w->event);
}

void
machine_seen_free(struct machine_seen *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++)
		free_way(&s->ways[i]);
	mem_free(s->ways);
	mem_free(s);
}

static char *
copy_text(const struct trace_rec *rec, const char *key, struct buf *scratch)
{
	struct str text;

	buf_clear(scratch);
	text = trace_str(rec, key, scratch);
	return mem_dup(text.n > 0 ? text.p : "", text.n);
}

static bool
is_same_way(const struct seen_way *a, const struct seen_way *b)
{
	return strcmp(a->node, b->node) == 0 && strcmp(a->from, b->from) == 0 &&
	       strcmp(a->to, b->to) == 0 && strcmp(a->event, b->event) == 0;
}

/* W, whose texts become S's or are freed. */
static int
add_way(struct machine_seen *s, struct seen_way *w)
{
	int err = w->node == NULL || w->from == NULL || w->to == NULL ||
			  w->event == NULL
		      ? ERR_NOMEM
		      : 0;
	size_t i = 0;

	while (err == 0 && i < s->n && !is_same_way(&s->ways[i], w))
		i++;
	if (err == 0 && i < s->n)
		s->ways[i].taken++;
	else if (err == 0 && s->n == WAYS_MOST)
		s->more++;
	else if (err == 0)
		err = ARRAY_ROOM(&s->ways, &s->cap, s->n + 1);
	if (err != 0 || i < s->n || s->n == WAYS_MOST) {
		free_way(w);
		return err;
	}
	w->taken = 1;
	s->ways[s->n++] = *w;
	return 0;
}

static int
take_seen_step(
    struct machine_seen *s, const struct trace_rec *rec, struct buf *scratch)
{
	struct seen_way w = { .node = mem_dup(rec->node.p, rec->node.n),
		.from = copy_text(rec, "from", scratch),
		.to = copy_text(rec, "to", scratch),
		.event = copy_text(rec, "event", scratch) };

	return add_way(s, &w);
}

static bool
is_of_program(const struct trace_rec *rec)
{
	return str_is(
	    trace_member(rec, "machine").raw, "\"" TRACE_PROGRAM_MACHINE "\"");
}

int
machine_seen_take(struct machine_seen **out, const struct trace *t,
    const struct machine_path_options *o)
{
	struct machine_seen *s = mem_zalloc(1, sizeof(*s));
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	int err = s != NULL ? 0 : ERR_NOMEM;

	*out = NULL;
	for (uint64_t seq = 0;
	     err == 0 && trace_next(t, TRACE_FSM, &seq, &rec);) {
		if (is_of_program(&rec) &&
		    (o == NULL || o->keep(t, &rec, o->arg)))
			err = take_seen_step(s, &rec, &scratch);
	}
	if (err == 0 && s->n > 0)
		*out = s;
	else
		machine_seen_free(s);
	return err;
}

/* ---- the figure ---- */

/* The node of STATE: its name is hashed, since it may be any text. */
static void
put_hashed_state_id(struct buf *b, size_t number, const char *state)
{
	buf_printf(b, "m%zu_%016llx", number,
	    (unsigned long long)str_hash(str_of(state)));
}

static void
put_seen_state(struct buf *b, size_t number, const char *state)
{
	buf_puts(b, "\t\t");
	put_hashed_state_id(b, number, state);
	if (strcmp(state, "none") == 0) {
		buf_puts(b, " [shape=circle,style=filled,label=\"\","
			    "width=0.14,fillcolor=\"#1b1f24\"]\n");
		return;
	}
	buf_puts(b, " [penwidth=2.2,color=\"#1f4f8f\",fillcolor=\"#dbe8f6\"");
	if (strcmp(state, "terminated") == 0)
		buf_puts(b, ",peripheries=2");
	buf_puts(b, ",label=<" DOT_HTML_TABLE);
	dot_html_row(b, state_name(NULL, str_of(state)), 13, "#1b1f24", true);
	buf_puts(b, "</table>>]\n");
}

/* Way I is the first of its node that names the state TO. */
static bool
is_first_with_state(const struct machine_seen *s, size_t i, const char *state)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(s->ways[k].node, s->ways[i].node) == 0 &&
		    (strcmp(s->ways[k].from, state) == 0 ||
			strcmp(s->ways[k].to, state) == 0))
			return false;
	return true;
}

/* The text of way AT is a node on it: other ways are led around nodes only. */
static void
put_seen_way(struct buf *b, size_t number, size_t at, const struct seen_way *w)
{
	struct buf text = BUF_INIT;

	buf_printf(&text, "%s ×%llu", w->event, (unsigned long long)w->taken);
	buf_printf(b,
	    "\t\tm%zu_way%zu [shape=plain,style=\"\",label=<" DOT_HTML_TABLE,
	    number, at);
	dot_html_row(b, buf_view(&text), 10, "#1f4f8f", true);
	buf_puts(b, "</table>>]\n\t\tedge [penwidth=2.4,color=\"#1f4f8f\"]"
		    "\n\t\t");
	put_hashed_state_id(b, number, w->from);
	buf_printf(b, " -> m%zu_way%zu [dir=none]\n\t\tm%zu_way%zu -> ", number,
	    at, number, at);
	put_hashed_state_id(b, number, w->to);
	buf_putc(b, '\n');
	buf_end(&text, &b->err);
}

static void
put_node(const struct machine_seen *s, size_t number, const char *node,
    struct buf *b)
{
	struct buf title = BUF_INIT;

	/* TRANSLATORS: above the figure of a machine; a node's name */
	buf_printf(
	    &title, _("Machine of the program of %s, as observed"), node);
	buf_printf(b,
	    "\tsubgraph cluster_%zu {\n\t\tgraph [label=<" DOT_HTML_TABLE,
	    number);
	dot_html_row(b, buf_view(&title), 15, "#1b1f24", true);
	buf_puts(b, "</table>>]\n");
	for (size_t i = 0; i < s->n; i++) {
		const struct seen_way *w = &s->ways[i];

		if (strcmp(w->node, node) != 0)
			continue;
		if (is_first_with_state(s, i, w->from))
			put_seen_state(b, number, w->from);
		if (is_first_with_state(s, i, w->to) &&
		    strcmp(w->from, w->to) != 0)
			put_seen_state(b, number, w->to);
		put_seen_way(b, number, i, w);
	}
	buf_puts(b, "\t}\n");
	buf_end(&title, &b->err);
}

void
machine_seen_put(const struct machine_seen *s, size_t number, struct buf *out)
{
	for (size_t i = 0; i < s->n; i++) {
		bool first = true;

		for (size_t k = 0; first && k < i; k++)
			first = strcmp(s->ways[k].node, s->ways[i].node) != 0;
		if (first)
			put_node(s, number++, s->ways[i].node, out);
	}
	if (s->more > 0) {
		struct buf text = BUF_INIT;

		buf_printf(&text, "… +%llu", (unsigned long long)s->more);
		buf_puts(out, "\tmore [shape=plain,label=<");
		dot_html_font(out, buf_view(&text), 14, "#1b1f24", false);
		buf_puts(out, ">]\n");
		buf_end(&text, &out->err);
	}
}

/* ---- the way through a machine ---- */

bool
machine_leads(
    const struct machine_edge *e, enum state_id from, enum state_id to)
{
	return e->from == from && e->to == to;
}

int
machine_path_init(struct machine_path *p, const struct machine *m)
{
	*p = (struct machine_path){ .m = m };
	p->taken = mem_zalloc(m->nedges, sizeof(*p->taken));
	p->open = mem_zalloc(m->nedges, sizeof(*p->open));
	return p->taken != NULL && p->open != NULL ? 0 : ERR_NOMEM;
}

void
machine_path_free(struct machine_path *p)
{
	mem_free(p->taken);
	mem_free(p->open);
	p->taken = p->open = NULL;
}

/* The machine of REC, a step of one; NULL where it is unknown. */
static const struct machine *
find_machine(const struct trace_rec *rec, struct buf *scratch)
{
	return machine_find(rec->kind == TRACE_FSM
				? trace_str(rec, "machine", scratch)
			    : rec->kind == TRACE_DIALOG ? STR("dialog")
							: STR("call"));
}

/* A dialog's record may tell of no step at all: only of another target. */
static bool
is_step(const struct trace_rec *rec, const struct machine_edge *e,
    struct buf *a, struct buf *b)
{
	return e != NULL || rec->kind != TRACE_DIALOG ||
	       !str_eq(trace_str(rec, "from", a), trace_str(rec, "to", b));
}

/* The first edge FROM … to where REC goes, which names no event itself. */
static const struct machine_edge *
first_between(const struct machine *m, const struct trace_rec *rec,
    struct str from, struct buf *scratch)
{
	const char *to = rec->kind == TRACE_CALL ? "state" : "to";

	if (trace_str(rec, "event", scratch).n > 0)
		return NULL;
	return machine_step(m, from, STR_NULL, trace_str(rec, to, scratch));
}

static void
take_path_step(struct machine_path *p, const struct trace *t,
    const struct trace_rec *rec, struct buf *a, struct buf *b)
{
	const struct machine_edge *e = machines_edge(t, p->m, rec->seq);
	const struct machine_edge *first;
	struct str from;

	if (!is_step(rec, e, a, b))
		return;
	p->steps++;
	from = trace_str(rec, "from", a);
	p->begun += from.n == 0 || str_is(from, state_word(p->m->start)) ||
		    str_is(from, "none");
	first = e == NULL ? first_between(p->m, rec, from, b) : NULL;
	if (e != NULL)
		p->taken[e - p->m->edges]++;
	else if (first != NULL)
		p->open[first - p->m->edges]++;
	else
		p->other++;
}

void
machine_paths_take(struct machine_path *paths, size_t n, const struct trace *t,
    const struct machine_path_options *o)
{
	LOCAL_BUF a = BUF_INIT, b = BUF_INIT;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		enum trace_kind kind = trace_kind_of(t, seq);
		const struct machine *m;
		struct trace_rec rec;

		progress_count(
		    N_("following the machines"), seq, trace_count(t));
		if (kind != TRACE_FSM && kind != TRACE_DIALOG &&
		    kind != TRACE_CALL)
			continue;
		trace_get(t, seq, &rec);
		m = find_machine(&rec, &a);
		if (m == NULL ||
		    (o != NULL && o->keep != NULL && !o->keep(t, &rec, o->arg)))
			continue;
		for (size_t i = 0; i < n; i++)
			if (paths[i].m == m)
				take_path_step(&paths[i], t, &rec, &a, &b);
	}
}
