/*
 * libcgraph: a file's text becomes nodes, links and values.
 *
 * libcgraph keeps its own memory discipline, malloc: version 2.43 gives some
 * dictionary entries to the discipline's free that did not come from its alloc.
 * It gives everything back in agclose, and after a syntax error by itself.
 * An allocation that fails ends the program: libcgraph writes to where there
 * is nothing, or its scanner exits.  So what it may want is asked for first and
 * given back; nobody else takes any before it is done.
 *
 * Its errors come through a function without an argument; the pointer that
 * function writes to belongs to the thread and is set for one call only.
 */
#include "scenario/topology_graph.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"

#include <graphviz/cgraph.h>
#include <stdlib.h>
#include <string.h>

/* How libcgraph calls the text in its messages. */
#define FILE_NAME "topology"

/* One reading. */
struct reading {
	struct str rest; /* what it has not read yet */
	struct buf errors;
	const char *file;
	struct diag *d;
	struct topology_store *store;
	struct topology_raw *raw;
};

static _Thread_local struct buf *errors;

static int
read_some(void *channel, char *to, int size)
{
	struct reading *r = channel;
	size_t n = r->rest.n < (size_t)size ? r->rest.n : (size_t)size;

	if (n > 0)
		memcpy(to, r->rest.p, n);
	r->rest = str_slice(r->rest, n, r->rest.n);
	return (int)n;
}

/* libcgraph calls it for "Error", ": " and the text in turn. */
static int
take_error(char *text)
{
	if (errors != NULL)
		buf_puts(errors, text);
	return 0;
}

/* Cuts S behind the first TEXT; false where that is not in it. */
static bool
skip_to(struct str *s, const char *text)
{
	ptrdiff_t i = str_find(*s, text);

	if (i >= 0)
		*s = str_slice(*s, (size_t)i + strlen(text), s->n);
	return i >= 0;
}

/* "Error: FILE: syntax error in line 3 near ']'" as a sentence of ours. */
static int
say_error(struct reading *r)
{
	struct str s = buf_view(&r->errors), message, rest;
	unsigned line = 0;
	ptrdiff_t end;

	skip_to(&s, "Error: ");
	skip_to(&s, FILE_NAME ": ");
	end = str_find(s, " in line ");
	message = topology_shown(
	    end < 0 ? str_cut(s, '\n', &rest) : str_slice(s, 0, (size_t)end));
	if (skip_to(&s, " in line "))
		for (; s.n > 0 && chr_is_digit(s.p[0]) && line < 1u << 24;
		     s = str_slice(s, 1, s.n))
			line = line * 10 + (unsigned)(s.p[0] - '0');
	if (skip_to(&s, " near '")) {
		end = str_rchr(s, '\'');
		s = topology_shown(end < 0 ? s : str_slice(s, 0, (size_t)end));
		return diag_set(r->d, ERR_SYNTAX, r->file, line,
		    _("syntax error near \"%.*s\""), STR_ARG(s));
	}
	if (str_is(message, "syntax error"))
		return diag_set(r->d, ERR_SYNTAX, r->file, line, "%s",
		    _("syntax error at the end of the file"));
	return diag_set(r->d, ERR_SYNTAX, r->file, line,
	    _("Graphviz can't read it: %.*s"), STR_ARG(message));
}

static int
no_memory(struct reading *r)
{
	return diag_set(r->d, ERR_NOMEM, r->file, 0, "%s", err_text(ERR_NOMEM));
}

/* The attributes as libcgraph knows them, and the last value of each that was
 * copied: inherited values are one string there and become one here. */
struct symbols {
	Agsym_t *sym[TOPOLOGY_NATTRS];
	const char *from[TOPOLOGY_NATTRS];
	const char *copy[TOPOLOGY_NATTRS];
};

static void
find_symbols(struct symbols *y, Agraph_t *g, int kind)
{
	memset(y, 0, sizeof(*y));
	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++)
		y->sym[i] = agattr(g, kind,
		    (char *)(uintptr_t)topology_attr_rows[i].name, NULL);
}

static int
take_values(struct reading *r, struct symbols *y, void *object,
    struct topology_values *v)
{
	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++) {
		const char *s =
		    y->sym[i] == NULL ? NULL : agxget(object, y->sym[i]);

		/* HTML is for the drawing, no text for people. */
		if (s == NULL || s[0] == '\0' ||
		    (i == TOPOLOGY_ATTR_label &&
			aghtmlstr((char *)(uintptr_t)s)))
			continue;
		if (s != y->from[i]) {
			y->from[i] = s;
			y->copy[i] = topology_store_str(r->store, str_of(s));
			if (y->copy[i] == NULL)
				return no_memory(r);
		}
		v->of[i] = y->copy[i];
	}
	return 0;
}

static int
take_nodes(struct reading *r, Agraph_t *g, struct map *index)
{
	struct topology_raw *raw = r->raw;
	struct symbols y;
	int err;

	find_symbols(&y, g, AGNODE);
	raw->nodes = topology_store_get(
	    r->store, (size_t)agnnodes(g), sizeof(*raw->nodes));
	if (raw->nodes == NULL)
		return no_memory(r);
	for (Agnode_t *n = agfstnode(g); n != NULL; n = agnxtnode(g, n)) {
		struct topology_raw_node *t = &raw->nodes[raw->nnodes++];

		t->name = topology_store_str(r->store, str_of(agnameof(n)));
		if (t->name == NULL || map_put(index, str_of(t->name), t) != 0)
			return no_memory(r);
		t->group = t->cluster = "";
		err = take_values(r, &y, n, &t->values);
		if (err != 0)
			return err;
	}
	return 0;
}

/* The order in which libcgraph met them; its own dictionaries are sorted by
 * addresses. */
static int
by_sequence(const void *x, const void *y)
{
	const Agobj_t *a = *(Agobj_t *const *)x, *b = *(Agobj_t *const *)y;

	return (AGSEQ(a) > AGSEQ(b)) - (AGSEQ(a) < AGSEQ(b));
}

static int
take_links(struct reading *r, Agraph_t *g, const struct map *index)
{
	struct topology_raw *raw = r->raw;
	size_t n = 0, max = (size_t)agnedges(g);
	Agedge_t **all = mem_zalloc(max, sizeof(*all));
	struct symbols y;
	int err = 0;

	raw->links = topology_store_get(r->store, max, sizeof(*raw->links));
	if (all == NULL || raw->links == NULL) {
		mem_free(all);
		return no_memory(r);
	}
	find_symbols(&y, g, AGEDGE);
	for (Agnode_t *v = agfstnode(g); v != NULL; v = agnxtnode(g, v))
		for (Agedge_t *e = agfstout(g, v); e != NULL && n < max;
		     e = agnxtout(g, e))
			all[n++] = e;
	qsort(all, n, sizeof(*all), by_sequence);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct topology_raw_link *l = &raw->links[raw->nlinks++];
		const struct topology_raw_node *a, *b;

		a = map_get(index, str_of(agnameof(agtail(all[i]))));
		b = map_get(index, str_of(agnameof(aghead(all[i]))));
		l->a = (size_t)(a - raw->nodes);
		l->b = (size_t)(b - raw->nodes);
		err = take_values(r, &y, all[i], &l->values);
	}
	mem_free(all);
	return err;
}

static bool
is_cluster(Agraph_t *g)
{
	return strncmp(agnameof(g), "cluster", 7) == 0;
}

/* An attribute that the subgraph does not merely have from the one above. */
static const char *
own_value(Agraph_t *g, const char *name)
{
	char *key = (char *)(uintptr_t)name;
	char *v = agget(g, key);
	char *above = agparent(g) != NULL ? agget(agparent(g), key) : NULL;

	if (v == NULL || v[0] == '\0' || aghtmlstr(v) ||
	    (above != NULL && strcmp(v, above) == 0))
		return NULL;
	return v;
}

/* The cluster that C's nodes are shown in: the innermost with a label or a
 * domain, or NULL. */
static Agraph_t *
shown_cluster(Agraph_t *c)
{
	for (; agparent(c) != NULL; c = agparent(c))
		if (is_cluster(c) && (own_value(c, "label") != NULL ||
					 own_value(c, "domain") != NULL))
			return c;
	return NULL;
}

static const char *
label_of(Agraph_t *c)
{
	const char *label = c != NULL ? own_value(c, "label") : NULL;

	return label != NULL ? label : "";
}

static bool
holds(Agraph_t *outer, Agraph_t *inner)
{
	while (inner != NULL && inner != outer)
		inner = agparent(inner);
	return inner != NULL;
}

/* Collects G's subgraphs, at most MAX of them. */
static void
collect(Agraph_t *g, Agraph_t **all, size_t *n, size_t max, unsigned depth)
{
	if (depth > 64)
		return;
	for (Agraph_t *s = agfstsubg(g); s != NULL && *n < max;
	     s = agnxtsubg(s)) {
		all[(*n)++] = s;
		collect(s, all, n, max, depth + 1);
	}
}

/* One cluster: its nodes lie in it, unless in one that it holds. */
static int
take_cluster(
    struct reading *r, Agraph_t *c, const struct map *index, Agraph_t **inner)
{
	Agraph_t *shown = shown_cluster(c);
	const char *label = label_of(shown);
	const char *group, *cluster, *name, *domain = NULL;
	struct topology_store *store = r->store;

	group = topology_store_str(store, str_of(label));
	cluster = topology_store_str(
	    store, str_of(label[0] != '\0' ? agnameof(shown) : ""));
	name = topology_store_str(store, str_of(agnameof(c)));
	if (group == NULL || cluster == NULL || name == NULL)
		return no_memory(r);
	for (Agraph_t *g = c; domain == NULL && agparent(g) != NULL;
	     g = agparent(g))
		domain = own_value(g, "domain");
	if (domain != NULL) {
		domain = topology_store_str(store, str_of(domain));
		if (domain == NULL)
			return no_memory(r);
	}
	for (Agnode_t *n = agfstnode(c); n != NULL; n = agnxtnode(c, n)) {
		struct topology_raw_node *t =
		    map_get(index, str_of(agnameof(n)));
		size_t i = (size_t)(t - r->raw->nodes);

		if (inner[i] != NULL && !holds(inner[i], c)) {
			if (t->strange == NULL)
				t->strange = name;
			continue;
		}
		inner[i] = c;
		t->group = group;
		t->cluster = cluster;
		t->innermost = name;
		t->domain = domain;
	}
	return 0;
}

static int
take_clusters(struct reading *r, Agraph_t *g, const struct map *index)
{
	const size_t max = 4096;
	Agraph_t **all = mem_zalloc(max, sizeof(*all));
	Agraph_t **inner = mem_zalloc(r->raw->nnodes, sizeof(*inner));
	size_t n = 0;
	int err = 0;

	if (all == NULL || inner == NULL) {
		err = no_memory(r);
	} else {
		collect(g, all, &n, max, 0);
		/* Outer ones were opened first. */
		qsort(all, n, sizeof(*all), by_sequence);
	}
	for (size_t i = 0; err == 0 && i < n; i++)
		if (is_cluster(all[i]))
			err = take_cluster(r, all[i], index, inner);
	mem_free(all);
	mem_free(inner);
	return err;
}

static int
take_graph(struct reading *r, Agraph_t *g)
{
	struct map *index = NULL;
	struct symbols y;
	int err;

	if (agisdirected(g))
		return diag_set(r->d, ERR_SYNTAX, r->file, 0, "%s",
		    _("this graph is directed"));
	find_symbols(&y, g, AGRAPH);
	err = take_values(r, &y, g, &r->raw->values);
	if (err == 0 && map_create(&index) != 0)
		err = no_memory(r);
	if (err == 0)
		err = take_nodes(r, g, index);
	if (err == 0)
		err = take_links(r, g, index);
	if (err == 0)
		err = take_clusters(r, g, index);
	map_destroy(index);
	return err;
}

static int
check_room(struct reading *r, size_t room)
{
	void *p = mem_alloc(room);

	mem_free(p);
	return p != NULL ? 0 : no_memory(r);
}

int
topology_graph_read(struct topology_raw *raw, struct topology_store *store,
    struct str text, size_t room, const char *file, struct diag *d)
{
	struct reading r = {
		.rest = text,
		.errors = BUF_INIT,
		.file = file,
		.d = d,
		.store = store,
		.raw = raw,
	};
	Agiodisc_t io = { read_some, AgIoDisc.putstr, AgIoDisc.flush };
	Agdisc_t disc = { &AgMemDisc, &AgIdDisc, &io };
	agusererrf before;
	Agraph_t *g;
	int err = check_room(&r, room);

	memset(raw, 0, sizeof(*raw));
	if (err != 0)
		return err;
	before = agseterrf(take_error);
	errors = &r.errors;
	agsetfile((char *)(uintptr_t)FILE_NAME);
	g = agread(&r, &disc);
	errors = NULL;
	agseterrf(before);
	/* Warnings say "Warning" and are about drawing. */
	if (g == NULL || str_find(buf_view(&r.errors), "Error: ") >= 0)
		err = say_error(&r);
	else
		err = take_graph(&r, g);
	if (g != NULL)
		agclose(g);
	buf_free(&r.errors);
	return err;
}
