/*
 * The grammar of Graphviz's language, after graphviz.org/doc/info/lang.html, by
 * recursive descent: only subgraphs nest, and their depth is bounded.  Every
 * finding goes to topology_scan.c.
 */
#include "scenario/topology_parse.h"

#include "base/err.h"

#include <string.h>

static int statements(struct topology_books *b);

static int
next(struct topology_books *b)
{
	return topology_lex_next(&b->lex, &b->t);
}

static int
syntax(struct topology_books *b)
{
	struct str near = topology_shown(b->t.raw);

	if (b->t.kind == TOKEN_END)
		return diag_set(b->lex.d, ERR_SYNTAX, b->lex.file, b->t.line,
		    "%s", _("syntax error at the end of the file"));
	if (b->t.kind == TOKEN_ARROW)
		return diag_set(b->lex.d, ERR_SYNTAX, b->lex.file, b->t.line,
		    "%s", _("links have no direction here: -- instead of ->"));
	return diag_set(b->lex.d, ERR_SYNTAX, b->lex.file, b->t.line,
	    _("syntax error near \"%.*s\""), STR_ARG(near));
}

static int
expect(struct topology_books *b, char c)
{
	return topology_token_is(&b->t, c) ? next(b) : syntax(b);
}

static int
needs_quotes(struct topology_books *b)
{
	struct str word = topology_shown(topology_lex_word(&b->lex, b->t.raw));

	return diag_set(b->lex.d, ERR_SYNTAX, b->lex.file, b->t.line,
	    _("%.*s needs quotes around it: \"%.*s\""), STR_ARG(word),
	    STR_ARG(word));
}

/* One name or value: name, number, "string" [+ "string" ...], <html>. */
static int
atom(struct topology_books *b, struct topology_atom *a)
{
	bool quoted = b->t.quoted;
	unsigned parts = 1;
	int err;

	if (b->t.kind != TOKEN_ATOM)
		return syntax(b);
	a->text = STR_NULL;
	a->line = b->t.line;
	a->raw = b->t.raw;
	a->html = b->t.html;
	buf_clear(&b->text);
	topology_token_value(&b->t, &b->text);
	err = next(b);
	while (err == 0 && quoted && topology_token_is(&b->t, '+')) {
		if ((err = next(b)) != 0)
			return err;
		if (!b->t.quoted)
			return syntax(b);
		topology_token_value(&b->t, &b->text);
		if (++parts > TOPOLOGY_PARTS_MAX)
			return diag_set(b->lex.d, ERR_LIMIT, b->lex.file,
			    a->line,
			    _("this text has too many parts joined by +; at "
			      "most %d"),
			    TOPOLOGY_PARTS_MAX);
		if (b->text.n > TOPOLOGY_ATOM_MAX)
			return diag_set(b->lex.d, ERR_LIMIT, b->lex.file,
			    a->line, _("this text is longer than %d bytes"),
			    TOPOLOGY_ATOM_MAX);
		err = next(b);
	}
	if (err != 0)
		return err;
	/* 20ms is two words to Graphviz, never meant so. */
	if (b->t.glued && b->t.kind != TOKEN_OTHER && b->t.kind != TOKEN_LINK &&
	    b->t.kind != TOKEN_ARROW && b->t.kind != TOKEN_END)
		return needs_quotes(b);
	if (b->text.err == 0) {
		a->text.p = topology_store_str(b->store, buf_view(&b->text));
		a->text.n = b->text.n;
	}
	if (b->text.err != 0 || a->text.p == NULL)
		return topology_books_say(b, ERR_NOMEM, 0, err_text(ERR_NOMEM));
	return 0;
}

/* name = value, where the value ends at a blank or a separator. */
static int
assignment(struct topology_books *b, struct topology_atom *value)
{
	int err = expect(b, '=');

	if (err == 0)
		err = atom(b, value);
	if (err == 0 && b->t.glued && b->t.kind == TOKEN_OTHER &&
	    strchr(",;[]{}=", b->t.raw.p[0]) == NULL)
		return needs_quotes(b);
	return err;
}

/* What an attribute list belongs to. */
struct target {
	struct topology_at at;
	bool is_default;
	enum topology_default kind;
	struct topology_marks marks; /* collected, when no default */
	size_t bytes;
	bool any;
};

/* [a=b, c=d; e=f] as often as it stands here. */
static int
attributes(struct topology_books *b, struct target *x)
{
	struct topology_atom name, value;
	int err = 0;

	while (err == 0 && topology_token_is(&b->t, '[')) {
		x->any = true;
		err = next(b);
		while (err == 0 && !topology_token_is(&b->t, ']')) {
			if ((err = atom(b, &name)) != 0 ||
			    (err = assignment(b, &value)) != 0)
				return err;
			err = x->is_default
				  ? topology_books_default(
					b, x->kind, &name, &value)
				  : topology_books_attr(b, &x->at, &name,
					&value, &x->marks, &x->bytes);
			if (err == 0 && (topology_token_is(&b->t, ',') ||
					    topology_token_is(&b->t, ';')))
				err = next(b);
		}
		if (err == 0)
			err = expect(b, ']');
	}
	return err;
}

/* graph [..], node [..], edge [..] */
static int
defaults(struct topology_books *b, enum topology_default kind)
{
	struct target x = { .is_default = true, .kind = kind };
	int err = next(b);

	if (err == 0 && !topology_token_is(&b->t, '['))
		return syntax(b);
	return err == 0 ? attributes(b, &x) : err;
}

/* [subgraph [name]] { … } */
static int
subgraph(struct topology_books *b, struct topology_end *e)
{
	struct topology_atom name = { .text = STR_NULL, .line = b->t.line };
	int err = 0;

	e->set = true;
	e->from = b->nmentions;
	if (b->t.kind == TOKEN_SUBGRAPH) {
		err = next(b);
		if (err == 0 && b->t.kind == TOKEN_ATOM)
			err = atom(b, &name);
	}
	if (err == 0)
		err = expect(b, '{');
	if (err == 0)
		err = topology_books_open(b, &name, &e->reopened);
	if (err == 0)
		err = statements(b);
	if (err == 0)
		err = expect(b, '}');
	topology_books_close(b);
	e->to = b->nmentions;
	return err;
}

/* :port[:compass] */
static int
port(struct topology_books *b)
{
	struct topology_atom a;
	int err = 0;

	for (int i = 0; err == 0 && i < 2 && topology_token_is(&b->t, ':');
	     i++) {
		err = next(b);
		if (err == 0)
			err = atom(b, &a);
	}
	return err;
}

/* The rest of "a:port, b, c" whose first name is NAME. */
static int
node_list(struct topology_books *b, struct topology_atom *name,
    struct topology_end *e)
{
	int err;

	memset(e, 0, sizeof(*e));
	e->from = b->nmentions;
	for (;;) {
		err = topology_books_mention(b, name);
		if (err == 0)
			err = port(b);
		if (err != 0 || !topology_token_is(&b->t, ','))
			break;
		if ((err = next(b)) != 0 || (err = atom(b, name)) != 0)
			break;
	}
	e->to = b->nmentions;
	return err;
}

/* A subgraph or a list of nodes. */
static int
link_end(struct topology_books *b, struct topology_end *e)
{
	struct topology_atom name;
	int err;

	memset(e, 0, sizeof(*e));
	if (b->t.kind == TOKEN_SUBGRAPH || topology_token_is(&b->t, '{'))
		return subgraph(b, e);
	err = atom(b, &name);
	return err == 0 ? node_list(b, &name, e) : err;
}

/* The names that a sentence about the statement gives. */
static struct str
end_name(const struct topology_books *b, const struct topology_end *e)
{
	return e->to > e->from ? str_of(b->s->nodes[b->mentions[e->from]].name)
			       : STR("{}");
}

/* What follows the first end: -- end -- end ... [attributes] */
static int
compound(struct topology_books *b, struct topology_end *first)
{
	struct topology_end tail = *first, head = *first;
	struct target x = { .at = { .owner = TOPOLOGY_NODE } };
	size_t first_link = b->s->nlinks, count = 0, chain = 0;
	unsigned line = b->t.line;
	int err = 0;

	while (err == 0 && b->t.kind == TOKEN_LINK) {
		line = b->t.line;
		if (++chain > TOPOLOGY_CHAIN_MAX)
			return diag_set(b->lex.d, ERR_LIMIT, b->lex.file, line,
			    _("too many links in one statement; at most %d"),
			    TOPOLOGY_CHAIN_MAX);
		if ((err = next(b)) != 0 || (err = link_end(b, &head)) != 0)
			return err;
		err = topology_books_link(b, &tail, &head, line, &count);
		if (chain == 1)
			x.at.b = end_name(b, &head);
		tail = head;
	}
	if (err != 0)
		return err;
	if (b->t.kind == TOKEN_ARROW)
		return syntax(b);
	x.at.a = end_name(b, first);
	if (chain > 0)
		x.at.owner = TOPOLOGY_EDGE;
	err = attributes(b, &x);
	if (err != 0)
		return err;
	if (chain > 0)
		return topology_books_links_end(
		    b, first_link, count, line, &x.marks, x.bytes);
	/* Attributes behind a subgraph that is linked to nothing go nowhere. */
	if (first->set && x.any)
		return topology_books_say(b, ERR_SYNTAX, line,
		    _("attributes of a subgraph stand inside of its braces"));
	return first->set
		   ? 0
		   : topology_books_nodes_end(b, first, &x.marks, x.bytes);
}

static int
statement(struct topology_books *b)
{
	struct topology_atom name, value;
	struct topology_end e;
	int err;

	switch (b->t.kind) {
	case TOKEN_GRAPH:
		return defaults(b, DEFAULT_GRAPH);
	case TOKEN_NODE:
		return defaults(b, DEFAULT_NODE);
	case TOKEN_EDGE:
		return defaults(b, DEFAULT_EDGE);
	case TOKEN_ATOM:
		err = atom(b, &name);
		if (err == 0 && topology_token_is(&b->t, '=')) {
			err = assignment(b, &value);
			return err != 0 ? err
					: topology_books_default(
					      b, DEFAULT_GRAPH, &name, &value);
		}
		if (err == 0)
			err = node_list(b, &name, &e);
		break;
	default:
		err = link_end(b, &e);
		break;
	}
	return err == 0 ? compound(b, &e) : err;
}

/* Statements up to a closing brace or the end. */
static int
statements(struct topology_books *b)
{
	int err = 0;

	while (err == 0 && b->t.kind != TOKEN_END &&
	       !topology_token_is(&b->t, '}')) {
		err = statement(b);
		if (err == 0 && topology_token_is(&b->t, ';'))
			err = next(b);
	}
	return err;
}

/* [strict] graph [name] { … } and nothing behind. */
int
topology_parse(struct topology_books *b)
{
	struct topology_atom name;
	int err = next(b);

	if (err == 0 && b->t.kind == TOKEN_END)
		return topology_books_say(
		    b, ERR_SYNTAX, 0, _("the file holds no graph"));
	if (err == 0 && b->t.kind == TOKEN_STRICT) {
		b->s->strict = true;
		err = next(b);
	}
	if (err == 0 && b->t.kind == TOKEN_DIGRAPH)
		return topology_books_say(b, ERR_SYNTAX, b->t.line,
		    _("this graph is directed; a topology is an undirected "
		      "one: graph instead of digraph"));
	if (err == 0 && b->t.kind != TOKEN_GRAPH)
		return syntax(b);
	if (err == 0)
		err = next(b);
	if (err == 0 && b->t.kind == TOKEN_ATOM) {
		err = atom(b, &name);
		b->s->name = err == 0 ? name.text.p : "";
	}
	if (err == 0)
		err = expect(b, '{');
	if (err == 0)
		err = statements(b);
	b->s->end = b->lex.at;
	if (err == 0)
		err = expect(b, '}');
	if (err == 0 && b->t.kind != TOKEN_END)
		return syntax(b);
	return err;
}
