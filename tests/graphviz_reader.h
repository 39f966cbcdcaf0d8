/*
 * libcgraph as a second reader of topologies: what rung reads it reads too, and
 * it means the same.
 *
 * Version 2.43 has one copy of each text and one mark on it that says HTML, so
 * whether a label is HTML is not asked of it but looked up in the document.  A
 * byte order mark before a word is to it a part of the word, so it gets none.
 */
#ifndef TESTS_GRAPHVIZ_READER_H
#define TESTS_GRAPHVIZ_READER_H

#include "topology/topology_graph.h"
#include "topology/topology_lex_in.h"

#include <graphviz/cgraph.h>
#include <stdlib.h>
#include <string.h>

/* A document, and what libcgraph says of it. */
struct second_reading {
	struct str text, rest;
	Agraph_t *g;
	const struct topology_graph *ours;
	struct buf *why; /* the first difference */
};

static struct buf *second_errors;

static inline int
second_take_error(char *text) /* NOLINT(readability-non-const-parameter) */
{
	buf_puts(second_errors, text);
	return 0;
}

static inline int
second_read_some(void *channel, char *to, int size)
{
	struct second_reading *x = channel;
	size_t n = x->rest.n < (size_t)size ? x->rest.n : (size_t)size;

	if (n > 0)
		memcpy(to, x->rest.p, n);
	x->rest = str_slice(x->rest, n, x->rest.n);
	return (int)n;
}

/* The one graph of the text; NULL where it holds none, two or mistakes. */
static inline Agraph_t *
second_read(struct second_reading *x)
{
	Agiodisc_t io = { second_read_some, AgIoDisc.putstr, AgIoDisc.flush };
	Agdisc_t disc = { &AgMemDisc, &AgIdDisc, &io };
	struct buf errors = BUF_INIT;
	agusererrf before = agseterrf(second_take_error);
	Agraph_t *g, *more;
	bool one;

	second_errors = &errors;
	x->rest = x->text;
	if (str_starts(x->rest, "\xef\xbb\xbf"))
		x->rest = str_slice(x->rest, 3, x->rest.n);
	g = agread(x, &disc);
	one = g != NULL;
	/* What is not read now would be the beginning of the next text. */
	while (g != NULL && (more = agread(x, &disc)) != NULL) {
		agclose(more);
		one = false;
	}
	agseterrf(before);
	if (g != NULL && (!one || strstr(buf_cstr(&errors), "Error") != NULL ||
			     strstr(buf_cstr(&errors), "macros") != NULL)) {
		agclose(g);
		g = NULL;
	}
	buf_free(&errors);
	return g;
}

static inline bool
second_says(struct second_reading *x, bool same, const char *what,
    const char *a, const char *b)
{
	if (!same && x->why->n == 0)
		buf_printf(x->why, "%s: %s, libcgraph %s", what,
		    a != NULL ? a : "none", b != NULL ? b : "none");
	return same;
}

/* Whether the document has <VALUE>. */
static inline bool
second_has_html(const struct second_reading *x, const char *value)
{
	struct buf html = BUF_INIT;
	bool found;

	buf_printf(&html, "<%s>", value);
	found = str_find(x->text, buf_cstr(&html)) >= 0;
	buf_free(&html);
	return found;
}

static inline void
second_compare_values(struct second_reading *x, void *object, int kind,
    const struct topology_values *ours, unsigned owner)
{
	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++) {
		const char *name = topology_attr_rows[i].name;
		Agsym_t *sym =
		    agattr(x->g, kind, (char *)(uintptr_t)name, NULL);
		const char *s = sym != NULL ? agxget(object, sym) : "";
		const char *o = ours->of[i].text;

		if ((topology_attr_rows[i].owners & owner) == 0)
			continue;
		second_says(x,
		    strcmp(o != NULL ? o : "", s) == 0 ||
			(o == NULL && i == TOPOLOGY_ATTR_label &&
			    second_has_html(x, s)),
		    name, o, s);
	}
}

static inline int
second_by_sequence(const void *x, const void *y)
{
	const Agobj_t *a = *(Agobj_t *const *)x, *b = *(Agobj_t *const *)y;

	return (AGSEQ(a) > AGSEQ(b)) - (AGSEQ(a) < AGSEQ(b));
}

static inline void
second_compare_links(struct second_reading *x)
{
	const struct topology_graph *t = x->ours;
	Agedge_t **all = calloc((size_t)agnedges(x->g) + 1, sizeof(*all));
	size_t n = 0;

	for (Agnode_t *v = agfstnode(x->g); v != NULL; v = agnxtnode(x->g, v))
		for (Agedge_t *e = agfstout(x->g, v); e != NULL;
		     e = agnxtout(x->g, e))
			all[n++] = e;
	qsort(all, n, sizeof(*all), second_by_sequence);
	for (size_t i = 0;
	     second_says(x, n == t->nlinks, "links", "", "other") && i < n;
	     i++) {
		const char *a = agnameof(agtail(all[i]));
		const char *b = agnameof(aghead(all[i]));
		const char *oa = t->nodes[t->links[i].a].name;
		const char *ob = t->nodes[t->links[i].b].name;

		second_says(x, strcmp(a, oa) == 0, "tail", oa, a);
		second_says(x, strcmp(b, ob) == 0, "head", ob, b);
		second_compare_values(
		    x, all[i], AGEDGE, t->links[i].values, TOPOLOGY_EDGE);
	}
	free(all);
}

static inline void
second_collect(Agraph_t *g, Agraph_t **all, size_t *n)
{
	all[(*n)++] = g;
	for (Agraph_t *s = agfstsubg(g); s != NULL; s = agnxtsubg(s))
		second_collect(s, all, n);
}

static inline void
second_compare_subgraphs(struct second_reading *x)
{
	Agraph_t **all = calloc(TOPOLOGY_SUBGRAPHS_MAX + 1, sizeof(Agraph_t *));
	const struct topology_subgraph *s = x->ours->top;
	size_t n = 0, i, k;

	second_collect(x->g, all, &n);
	qsort(all + 1, n - 1, sizeof(*all), second_by_sequence);
	for (i = 0; i < n && s != NULL; i++, s = s->next) {
		const struct topology_subgraph *p = x->ours->top;
		const char *name = agnameof(all[i]);

		if (i > 0)
			second_says(x,
			    s->name != NULL ? strcmp(s->name, name) == 0
					    : name[0] == '%',
			    "subgraph", s->name, name);
		for (k = 0; all[k] != agparent(all[i]) && i > 0; k++)
			p = p->next;
		second_says(x, i == 0 || p == s->parent, "parent", name, "");
		k = 0;
		for (Agnode_t *v = agfstnode(x->g); v != NULL;
		     v = agnxtnode(x->g, v), k++)
			second_says(x,
			    (agsubnode(all[i], v, 0) != NULL) ==
				topology_subgraph_has(s, k),
			    "member", agnameof(v), name);
		second_compare_values(x, all[i], AGRAPH, &s->values,
		    i == 0 ? TOPOLOGY_GRAPH : TOPOLOGY_CLUSTER);
	}
	second_says(x, i == n && s == NULL, "subgraphs", "", "other");
	free(all);
}

static inline void
second_compare(struct second_reading *x)
{
	const struct topology_graph *t = x->ours;
	size_t i = 0;

	second_says(x, agisundirected(x->g), "graph", "", "digraph");
	second_says(x, t->strict == (agisstrict(x->g) != 0), "strict", "", "");
	second_says(x,
	    t->name[0] == '\0' || strcmp(agnameof(x->g), t->name) == 0, "name",
	    t->name, agnameof(x->g));
	for (Agnode_t *n = agfstnode(x->g); n != NULL && i < t->nnodes;
	     n = agnxtnode(x->g, n), i++) {
		const struct topology_graph_node *o = &t->nodes[i];

		second_says(x, strcmp(o->name, agnameof(n)) == 0, "node",
		    o->name, agnameof(n));
		second_compare_values(x, n, AGNODE, &o->values, TOPOLOGY_NODE);
	}
	if (!second_says(x, t->nnodes == (size_t)agnnodes(x->g), "nodes", "",
		"another number"))
		return;
	second_compare_links(x);
	second_compare_subgraphs(x);
}

/* Whether every string and comment of TEXT ends.  libcgraph reads to the end
 * even after a mistake, and one that doesn't would go on in its next text; its
 * @ ends a text anywhere, and its # begins a comment behind a word, too. */
static inline bool
second_may_read(struct str text)
{
	struct diag d = DIAG_INIT;
	struct topology_lex lex;
	struct topology_token t = { .kind = TOKEN_ATOM };
	int err = topology_lex_begin(&lex, text, "", &d);

	while (err == 0 && t.kind != TOKEN_END && !topology_token_is(&t, '@') &&
	       !topology_token_is(&t, '#'))
		err = topology_lex_next(&lex, &t);
	return err == 0 && t.kind == TOKEN_END;
}

/*
 * Reads TEXT both ways; 0 or what rung says, whose sentence is in D.  WHY gets
 * the difference where there is one: rung reads what libcgraph refuses or what
 * means something else to it, or finds a syntax error where it finds none.
 */
static inline int
second_differs(struct str text, struct diag *d, struct buf *why)
{
	struct topology_graph ours;
	struct second_reading x = { .text = text, .ours = &ours, .why = why };
	struct arena *texts = NULL;
	int err = arena_create(&texts);

	if (err != 0)
		return err;
	err = topology_graph_read(&ours, texts, text, "t.gv", d);
	if (err == 0 || (strncmp(d->text, "syntax error", 12) == 0 &&
			    second_may_read(text))) {
		x.g = second_read(&x);
		if (second_says(&x, (x.g != NULL) == (err == 0), "read",
			err == 0 ? "yes" : "no", x.g != NULL ? "yes" : "no") &&
		    x.g != NULL)
			second_compare(&x);
		if (x.g != NULL)
			agclose(x.g);
	}
	topology_graph_free(&ours);
	arena_destroy(texts);
	return err;
}

#endif
