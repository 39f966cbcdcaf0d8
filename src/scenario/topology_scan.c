/*
 * The books of the scan: which node is named where, which value stands where
 * and who inherits it, and how much work the file would make for libcgraph.
 *
 * Inheritance follows libcgraph: a node takes the defaults in force in the
 * subgraph where it is first named, at that moment; a link those at the end of
 * its statement.
 */
#include "scenario/topology_parse.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <string.h>

/* Of a link whose statement has not ended yet. */
#define NO_STATEMENT UINT32_MAX

static int
no_memory(struct topology_books *b)
{
	return topology_books_say(b, ERR_NOMEM, 0, err_text(ERR_NOMEM));
}

int
topology_books_say(
    struct topology_books *b, int err, unsigned line, const char *text)
{
	return diag_set(b->lex.d, err, b->lex.file, line, "%s", text);
}

/* Room for one more element; 0 or a told error. */
static int
grow(struct topology_books *b, void *array, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap == 0 ? 16 : *cap * 2;
	void *old, *p;

	if (n < *cap)
		return 0;
	memcpy(&old, array, sizeof(old));
	p = mem_realloc_array(old, more, size);
	if (p == NULL)
		return no_memory(b);
	memcpy(array, &p, sizeof(p));
	*cap = more;
	return 0;
}

/* Charges BYTES of text COUNT times to the work that libcgraph will have. */
static int
charge(struct topology_books *b, size_t count, size_t bytes, unsigned line)
{
	b->work += count * bytes;
	if (b->work <= TOPOLOGY_WORK_MAX)
		return 0;
	return diag_set(b->lex.d, ERR_LIMIT, b->lex.file, line,
	    _("nodes and links inherit too much text; at most %u MiB "
	      "of it"),
	    TOPOLOGY_WORK_MAX >> 20);
}

/* [A-Za-z0-9_.-], at most 63: it goes into URIs, file names and sentences. */
static bool
good_name(struct str s)
{
	if (s.n == 0 || s.n > 63)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!chr_is_alnum(s.p[i]) && s.p[i] != '_' && s.p[i] != '.' &&
		    s.p[i] != '-')
			return false;
	return true;
}

/* The innermost scope's default of each attribute. */
static void
inherit(const struct topology_books *b, enum topology_default kind,
    struct topology_marks *m)
{
	uint32_t i = b->scope;

	for (;;) {
		const struct topology_marks *from = kind == DEFAULT_NODE
							? &b->scopes[i].nodes
							: &b->scopes[i].edges;

		for (size_t k = 0; k < TOPOLOGY_NATTRS; k++)
			if (m->at[k].line == 0)
				m->at[k] = from->at[k];
		if (i == 0)
			return;
		i = b->scopes[i].parent;
	}
}

static int
add_node(struct topology_books *b, const struct topology_atom *name)
{
	struct topology_scan *s = b->s;
	struct str shown = topology_shown(name->text);
	struct topology_scan_node *n;
	int err;

	if (name->html || !good_name(name->text))
		return diag_set(b->lex.d, ERR_SYNTAX, b->lex.file, name->line,
		    _("\"%.*s\" can't be a node's name: letters, digits, "
		      "\"_\", \".\" and \"-\", at most 63"),
		    STR_ARG(shown));
	if (s->nnodes >= TOPOLOGY_NODES_MAX)
		return diag_set(b->lex.d, ERR_LIMIT, b->lex.file, name->line,
		    _("more than %d nodes"), TOPOLOGY_NODES_MAX);
	err = charge(b, 1, b->default_bytes[DEFAULT_NODE], name->line);
	if (err == 0)
		err = grow(
		    b, &s->nodes, s->nnodes, &b->nodes_cap, sizeof(*s->nodes));
	if (err != 0)
		return err;
	n = &s->nodes[s->nnodes];
	memset(n, 0, sizeof(*n));
	n->name = name->text.p;
	n->line = name->line;
	inherit(b, DEFAULT_NODE, &n->marks);
	s->nnodes++;
	/* The map keeps a pointer; the index stands in the store. */
	uint32_t *index = topology_store_get(b->store, 1, sizeof(*index));

	if (index == NULL)
		return no_memory(b);
	*index = (uint32_t)(s->nnodes - 1);
	return map_put(b->nodes, name->text, index) == 0 ? 0 : no_memory(b);
}

int
topology_books_mention(
    struct topology_books *b, const struct topology_atom *name)
{
	const uint32_t *index = map_get(b->nodes, name->text);
	int err = grow(b, &b->mentions, b->nmentions, &b->mentions_cap,
	    sizeof(*b->mentions));

	if (err == 0 && index == NULL) {
		err = add_node(b, name);
		index = err == 0 ? map_get(b->nodes, name->text) : NULL;
	}
	/* <a> and "a" are two nodes to Graphviz. */
	if (err == 0 && name->html)
		err = topology_books_say(b, ERR_SYNTAX, name->line,
		    _("an HTML string can't be a node's name"));
	if (err == 0)
		b->mentions[b->nmentions++] = *index;
	return err;
}

int
topology_books_open(
    struct topology_books *b, const struct topology_atom *name, bool *reopened)
{
	struct topology_scope *c;
	int err = 0;

	b->depth++;
	if (b->depth > TOPOLOGY_DEPTH_MAX)
		return diag_set(b->lex.d, ERR_LIMIT, b->lex.file, b->t.line,
		    _("subgraphs nest deeper than %d"), TOPOLOGY_DEPTH_MAX);
	if (b->nscopes > TOPOLOGY_SUBGRAPHS_MAX)
		return diag_set(b->lex.d, ERR_LIMIT, b->lex.file, b->t.line,
		    _("more than %d subgraphs"), TOPOLOGY_SUBGRAPHS_MAX);
	if (b->nscopes > 0)
		err = charge(b, 1, b->default_bytes[DEFAULT_GRAPH], b->t.line);
	if (err == 0)
		err = grow(b, &b->scopes, b->nscopes, &b->scopes_cap,
		    sizeof(*b->scopes));
	if (err != 0)
		return err;
	c = &b->scopes[b->nscopes];
	memset(c, 0, sizeof(*c));
	c->parent = b->scope;
	c->name = name->text;
	c->cluster = str_starts(name->text, "cluster");
	b->scope = (uint32_t)b->nscopes++;
	if (name->text.n == 0)
		return 0;
	*reopened = map_get(b->subgraphs, name->text) != NULL;
	err = map_put(b->subgraphs, name->text, b);
	return err == 0 ? 0 : no_memory(b);
}

void
topology_books_close(struct topology_books *b)
{
	b->scope = b->nscopes > 0 ? b->scopes[b->scope].parent : 0;
	b->depth--;
}

/* The nodes of an end into ROOM: of a set each once.  Their number, at most one
 * more than there may be links. */
static size_t
end_nodes(
    struct topology_books *b, const struct topology_end *e, uint32_t *room)
{
	size_t n = 0;

	b->stamp++;
	for (size_t i = e->from; i < e->to && n <= TOPOLOGY_LINKS_MAX; i++) {
		uint32_t node = b->mentions[i];

		if (e->set && b->stamps[node] == b->stamp)
			continue;
		b->stamps[node] = b->stamp;
		room[n++] = node;
	}
	return n;
}

int
topology_books_link(struct topology_books *b, const struct topology_end *t,
    const struct topology_end *h, unsigned line, size_t *count)
{
	struct topology_scan *s = b->s;
	size_t nt = end_nodes(b, t, b->ends[0]);
	size_t nh = end_nodes(b, h, b->ends[1]);
	bool reopened = t->reopened || h->reopened;
	size_t n =
	    (t->reopened ? s->nnodes : nt) * (h->reopened ? s->nnodes : nh);
	int err = 0;

	*count += n;
	b->links_bound += n;
	if (b->links_bound > TOPOLOGY_LINKS_MAX)
		return diag_set(b->lex.d, ERR_LIMIT, b->lex.file, line,
		    _("more than %d links"), TOPOLOGY_LINKS_MAX);
	if (reopened) {
		s->reopened_line = line;
		return 0;
	}
	for (size_t i = 0; i < nt; i++) {
		for (size_t j = 0; err == 0 && j < nh; j++) {
			err = grow(b, &s->links, s->nlinks, &b->links_cap,
			    sizeof(*s->links));
			if (err == 0)
				s->links[s->nlinks++] =
				    (struct topology_scan_link){ b->ends[0][i],
					    b->ends[1][j], line, NO_STATEMENT };
		}
	}
	return err;
}

/* A default's own subject has no name; a cluster's has. */
static struct topology_at
default_at(
    const struct topology_books *b, enum topology_default kind, unsigned line)
{
	const struct topology_scope *c = &b->scopes[b->scope];
	struct topology_at at = {
		.d = b->lex.d, .file = b->lex.file, .line = line
	};

	if (kind == DEFAULT_NODE) {
		at.owner = TOPOLOGY_NODE;
	} else if (kind == DEFAULT_EDGE) {
		at.owner = TOPOLOGY_EDGE;
	} else {
		at.owner = b->scope == 0 ? TOPOLOGY_GRAPH : TOPOLOGY_CLUSTER;
		at.a = c->name;
	}
	return at;
}

int
topology_books_default(struct topology_books *b, enum topology_default kind,
    const struct topology_atom *name, const struct topology_atom *value)
{
	struct topology_scope *c = &b->scopes[b->scope];
	struct topology_at at = default_at(b, kind, name->line);
	struct topology_mark mark = { .line = name->line, .own = 0 };
	int i = topology_attr_find(name->text);
	int err = topology_judge_name(&at, name->text);

	/* Setting a default may look through all subgraphs: 64 bytes' worth. */
	if (err == 0)
		err = charge(b, b->nscopes, 64, name->line);
	if (err != 0)
		return err;
	b->default_bytes[kind] += name->text.n + value->text.n + 16;
	if (i < 0)
		return 0;
	if (kind == DEFAULT_GRAPH && b->scope != 0 &&
	    i == TOPOLOGY_ATTR_domain && !c->cluster)
		return topology_say(&at, ERR_SYNTAX,
		    _("only clusters have a domain; a cluster's name begins "
		      "with \"cluster\""));
	/* The graph's own values are judged after settings. */
	if (value->text.n > 0 && !(kind == DEFAULT_GRAPH && b->scope == 0))
		err = topology_judge_value(
		    &at, &topology_attr_rows[i], value->text);
	if (kind == DEFAULT_NODE)
		c->nodes.at[i] = mark;
	else if (kind == DEFAULT_EDGE)
		c->edges.at[i] = mark;
	else if (b->scope == 0)
		b->s->marks.at[i] = mark;
	return err;
}

int
topology_books_attr(struct topology_books *b, const struct topology_at *at,
    const struct topology_atom *name, const struct topology_atom *value,
    struct topology_marks *marks, size_t *bytes)
{
	struct topology_at here = *at;
	int i = topology_attr_find(name->text);

	here.d = b->lex.d;
	here.file = b->lex.file;
	here.line = name->line;
	*bytes += name->text.n + value->text.n + 16;
	if (i >= 0)
		marks->at[i] =
		    (struct topology_mark){ .line = name->line, .own = 1 };
	return topology_judge_name(&here, name->text);
}

static void
take_own(struct topology_marks *to, const struct topology_marks *own)
{
	for (size_t k = 0; k < TOPOLOGY_NATTRS; k++)
		if (own->at[k].line != 0)
			to->at[k] = own->at[k];
}

int
topology_books_nodes_end(struct topology_books *b, const struct topology_end *e,
    const struct topology_marks *marks, size_t bytes)
{
	if (bytes == 0)
		return 0;
	for (size_t i = e->from; i < e->to; i++)
		take_own(&b->s->nodes[b->mentions[i]].marks, marks);
	return charge(b, e->to - e->from, bytes, b->t.line);
}

int
topology_books_links_end(struct topology_books *b, size_t first_link,
    size_t count, unsigned line, const struct topology_marks *marks,
    size_t bytes)
{
	struct topology_scan *s = b->s;
	struct topology_marks *m;
	int err;

	if (count == 0)
		return 0;
	err = charge(b, count, b->default_bytes[DEFAULT_EDGE] + bytes, line);
	if (err == 0)
		err = grow(b, &s->statements, s->nstatements,
		    &b->statements_cap, sizeof(*s->statements));
	if (err != 0)
		return err;
	m = &s->statements[s->nstatements];
	*m = *marks;
	inherit(b, DEFAULT_EDGE, m);
	/* A subgraph among the ends may have had statements of its own. */
	for (size_t i = first_link; i < s->nlinks; i++)
		if (s->links[i].statement == NO_STATEMENT)
			s->links[i].statement = (uint32_t)s->nstatements;
	s->nstatements++;
	return 0;
}

/*
 * libcgraph's memory at most: its buffers, its tree of the text, and what it
 * keeps for each node, link and subgraph, their values, and the subgraphs that
 * each node and link lies in.  Measured with version 2.43, and half
 * as much again.
 */
static size_t
graph_bytes(const struct topology_books *b, size_t text)
{
	const size_t values = 256 * sizeof(char *), buffers = 96 * 1024;
	size_t nodes = b->s->nnodes;

	return buffers + 24 * text + nodes * (512 + values) +
	       b->nscopes * (4096 + nodes * 128) +
	       b->links_bound * (512 + values + TOPOLOGY_DEPTH_MAX * 144);
}

/* Memory whose size is known from the start. */
static int
prepare(struct topology_books *b)
{
	int err = map_create(&b->nodes);

	if (err == 0)
		err = map_create(&b->subgraphs);
	b->stamps = mem_zalloc(TOPOLOGY_NODES_MAX, sizeof(*b->stamps));
	for (int i = 0; i < 2; i++)
		b->ends[i] =
		    mem_zalloc(TOPOLOGY_LINKS_MAX + 1, sizeof(*b->ends[i]));
	if (err != 0 || b->stamps == NULL || b->ends[0] == NULL ||
	    b->ends[1] == NULL)
		return no_memory(b);
	return 0;
}

int
topology_scan(struct topology_scan *s, struct topology_store *store,
    struct str text, const char *file, struct diag *d)
{
	struct topology_books b = { .s = s, .store = store };
	struct topology_atom root = { .text = STR_NULL };
	bool reopened;
	int err;

	memset(s, 0, sizeof(*s));
	s->name = "";
	b.lex = (struct topology_lex){
		.text = text, .line = 1, .file = file, .d = d
	};
	err = prepare(&b);
	if (err == 0)
		err = topology_books_open(&b, &root, &reopened);
	b.depth = 0;
	if (err == 0)
		err = topology_parse(&b);
	s->graph_bytes = graph_bytes(&b, text.n);
	map_destroy(b.nodes);
	map_destroy(b.subgraphs);
	mem_free(b.stamps);
	mem_free(b.ends[0]);
	mem_free(b.ends[1]);
	mem_free(b.mentions);
	mem_free(b.scopes);
	buf_free(&b.text);
	return err;
}

void
topology_scan_free(struct topology_scan *s)
{
	mem_free(s->nodes);
	mem_free(s->links);
	mem_free(s->statements);
	memset(s, 0, sizeof(*s));
}
