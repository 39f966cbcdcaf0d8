/*
 * The grammar of Graphviz's language, after graphviz.org/doc/info/lang.html, by
 * recursive descent: only subgraphs nest, and their depth is bounded.  The
 * elements read go to topology_graph.c.
 */
#include "topology/topology_parse_in.h"

#include "base/err.h"
#include "role/role.h"
#include "text/utf8.h"

#include <string.h>

/* Braces within braces whose lines are told. */
#define DEPTH_MOST 64
static int statements(struct topology_reading *r);

static int
next_token(struct topology_reading *r)
{
	return topology_lex_next(&r->lex, &r->t);
}

static int
say_parse(struct topology_reading *r, unsigned line, const char *text)
{
	return diag_set(r->lex.d, ERR_SYNTAX, r->lex.file, line, "%s", text);
}

/* A fault in the line in which a string of several lines ends is mostly that
 * string: it has eaten the quotation mark that begins the next one. */
static int
say_long_string(struct topology_reading *r)
{
	if (r->lex.string_from == 0 || r->lex.string_to != r->t.line)
		return 0;
	return diag_set(r->lex.d, ERR_SYNTAX, r->lex.file, r->lex.string_from,
	    _("a string begins here and extends to line %u; is its \" "
	      "missing?"),
	    r->lex.string_to);
}

/* The word at hand needs quotes, unless it is the value of an attribute and is
 * wrong with quotes as well. */
static int
needs_quotes(struct topology_reading *r)
{
	struct str word = topology_lex_word(&r->lex, r->t.raw);
	struct topology_at at = r->at;
	int i = topology_attr_find(r->name);
	int err = say_long_string(r);

	at.d = r->lex.d;
	at.file = r->lex.file;
	at.line = r->t.line;
	if (err == 0 && r->name.n > 0)
		err = topology_judge_name(&at, i, r->name, word);
	if (err == 0 && r->name.n > 0 && i >= 0)
		err = topology_judge_value(&at, &topology_attr_rows[i], word);
	if (err != 0)
		return err;
	word = topology_shown(word);
	return diag_set(r->lex.d, ERR_SYNTAX, r->lex.file, r->t.line,
	    _("%.*s needs quotes around it: \"%.*s\""), STR_ARG(word),
	    STR_ARG(word));
}

/* Words of other languages in place of this one's, by the sign that can't be
 * read and the one before it. */
static const struct {
	const char *sign, *before;
	bool in_list;
	const char *text;
} slips[] = {
	{ ":", "", true,
	    N_("write an attribute as name=value, not name:value") },
	{ "=", "=", true, N_("write an attribute as name=value, with one =") },
	{ "(", "", false, N_("write attributes in [ ], not in ( )") },
	{ "'", "", false, N_("write a text in \", not in '") },
	{ "-", "--", false, N_("write a link as --, not ---") },
	{ ">", "--", false, N_("write a link as --, not -->") },
	{ "graph", "", false, N_("a file contains only one graph") },
	{ ",", "]", false,
	    N_("end a statement with ; or a new line, not with ,") },
	{ "--", "]", false,
	    N_("write attributes after the whole link: a -- b [ … ]") },
	{ "--", "\n", false,
	    N_("begin a comment with //, and a link with a node: a -- b") },
};

static int
say_slip(struct topology_reading *r)
{
	struct str before = { r->lex.text.p,
		(size_t)(r->t.raw.p - r->lex.text.p) };

	if (r->list != 0 &&
	    (r->t.raw.n == 0 || strchr("[{}-", r->t.raw.p[0]) != NULL))
		return diag_set(r->lex.d, ERR_SYNTAX, r->lex.file, r->list,
		    _("the [ in line %u has no ]"), r->list);
	while (before.n > 0 && strchr(" \t", before.p[before.n - 1]) != NULL)
		before.n--;
	for (size_t i = 0; i < COUNT_OF(slips); i++)
		if (str_is(r->t.raw, slips[i].sign) &&
		    str_ends(before, slips[i].before) &&
		    (!slips[i].in_list || r->list != 0))
			return say_parse(r, r->t.line, _(slips[i].text));
	return 0;
}

/* The line of the { that is open at the end of R's text, the innermost; 0: none
 * is, or they are too deep. */
static unsigned
find_open(const struct topology_reading *r)
{
	struct diag d = DIAG_INIT;
	struct topology_lex x = r->lex;
	struct topology_token t;
	unsigned lines[DEPTH_MOST], n = 0;

	x.at = 0;
	x.line = 1;
	x.d = &d;
	while (topology_lex_next(&x, &t) == 0 && t.kind != TOKEN_END) {
		if (topology_token_is(&t, '{') && n < DEPTH_MOST)
			lines[n++] = t.line;
		else if (topology_token_is(&t, '}') && n > 0)
			n--;
	}
	return n > 0 && n < DEPTH_MOST ? lines[n - 1] : 0;
}

static int
say_syntax(struct topology_reading *r)
{
	struct str near = topology_shown(r->t.raw);
	int err = say_long_string(r);

	if (err == 0)
		err = say_slip(r);
	if (err != 0)
		return err;
	/* a#1 is a word and a comment to Graphviz, never meant so. */
	if (topology_token_is(&r->t, '#'))
		return needs_quotes(r);
	if (topology_token_is(&r->t, '-'))
		return r->t.glued ? needs_quotes(r)
				  : say_parse(r, r->t.line,
					_("write a link as --, not -"));
	if (r->t.kind == TOKEN_END && find_open(r) != 0)
		return diag_set(r->lex.d, ERR_SYNTAX, r->lex.file, find_open(r),
		    _("the { in line %u has no }"), find_open(r));
	if (r->t.kind == TOKEN_END)
		return say_parse(r, r->t.line,
		    _("syntax error at the end of the file: a } or ] is "
		      "missing"));
	if (r->t.kind == TOKEN_ARROW)
		return say_parse(r, r->t.line,
		    _("links have no direction here; write -- instead of ->"));
	return diag_set(r->lex.d, ERR_SYNTAX, r->lex.file, r->t.line,
	    _("syntax error near “%.*s”"), STR_ARG(near));
}

static int
expect_sign(struct topology_reading *r, char c)
{
	return topology_token_is(&r->t, c) ? next_token(r) : say_syntax(r);
}

/* Rejects a character that only looks like one of this language's signs. */
static int
refuse_lookalike(struct topology_reading *r)
{
	struct str sign;
	const char *meant = NULL;

	for (size_t i = 0; meant == NULL && i < r->t.raw.n; i++)
		meant =
		    lookalike_meant(str_slice(r->t.raw, i, r->t.raw.n), &sign);
	if (meant == NULL)
		return 0;
	return diag_set(r->lex.d, ERR_SYNTAX, r->lex.file, r->t.line,
	    _("%.*s is not a character of this language; write %s"),
	    STR_ARG(sign), meant);
}

/* One name or value: name, number, "string", <html>, and of the latter two also
 * "a" + <b> ..., which is no HTML. */
static int
atom(struct topology_reading *r, struct topology_atom *a)
{
	bool joins = r->t.quoted || r->t.html;
	unsigned parts = 1;
	int err;

	if (r->t.kind != TOKEN_ATOM)
		return say_syntax(r);
	if (!joins && (err = refuse_lookalike(r)) != 0)
		return err;
	a->text = STR_NULL;
	a->line = r->t.line;
	a->html = r->t.html;
	buf_clear(&r->text);
	topology_token_value(&r->t, &r->text);
	err = next_token(r);
	while (err == 0 && joins && topology_token_is(&r->t, '+')) {
		if ((err = next_token(r)) != 0)
			return err;
		if (!r->t.quoted && !r->t.html)
			return say_syntax(r);
		a->html = false;
		topology_token_value(&r->t, &r->text);
		if (++parts > TOPOLOGY_PARTS_MAX)
			return diag_set(r->lex.d, ERR_LIMIT, r->lex.file,
			    a->line,
			    _("this text has too many parts joined by +; at "
			      "most %d"),
			    TOPOLOGY_PARTS_MAX);
		if (r->text.n > TOPOLOGY_ATOM_MAX)
			return diag_set(r->lex.d, ERR_LIMIT, r->lex.file,
			    a->line, _("this text is longer than %d bytes"),
			    TOPOLOGY_ATOM_MAX);
		err = next_token(r);
	}
	if (err != 0)
		return err;
	/* 20ms is two words to Graphviz, never meant so. */
	if (r->t.glued && r->t.kind != TOKEN_OTHER && r->t.kind != TOKEN_LINK &&
	    r->t.kind != TOKEN_ARROW && r->t.kind != TOKEN_END)
		return needs_quotes(r);
	if (r->text.err == 0) {
		a->text.p = arena_str(r->texts, buf_view(&r->text));
		a->text.n = r->text.n;
	}
	if (r->text.err != 0 || a->text.p == NULL)
		return topology_no_room(r);
	return 0;
}

/* name = value, where the value ends at a blank or a separator. */
static int
assignment(struct topology_reading *r, const struct topology_atom *name,
    struct topology_atom *value)
{
	int err = expect_sign(r, '=');

	r->name = name->text;
	if (err == 0 && r->t.kind == TOKEN_OTHER &&
	    strchr("],;", r->t.raw.p[0]) != NULL)
		return diag_set(r->lex.d, ERR_SYNTAX, r->lex.file, name->line,
		    _("%s= has no value"), name->text.p);
	r->value = r->t.quoted ? STR_NULL : r->t.raw;
	if (err == 0)
		err = atom(r, value);
	if (err == 0 && r->t.glued && r->t.kind == TOKEN_OTHER &&
	    strchr(",;[]{}=", r->t.raw.p[0]) == NULL)
		return needs_quotes(r);
	return err;
}

/* The value of NAME, which has no quotes, goes on in further words. */
static int
say_unquoted_words(struct topology_reading *r, const struct topology_atom *name)
{
	struct str rest = r->value;
	size_t n = (size_t)(r->t.raw.p - rest.p);

	rest.n = r->lex.text.n - (size_t)(rest.p - r->lex.text.p);
	while (n < rest.n && strchr("],;}\n", rest.p[n]) == NULL)
		n++;
	rest = topology_shown(str_trim(str_slice(rest, 0, n)));
	return diag_set(r->lex.d, ERR_SYNTAX, r->lex.file, name->line,
	    _("write a value of several words in quotes: %s=\"%.*s\""),
	    name->text.p, STR_ARG(rest));
}

/* What an attribute list belongs to. */
struct target {
	struct topology_at at;
	bool is_default;
	enum topology_default kind;
	struct topology_values values; /* collected, when no default */
	const char *key; /* a link's, that Graphviz tells links apart by */
	bool any;
};

/* NAME is true or false and has no value here. */
static bool
is_switch(const struct topology_reading *r, const struct topology_atom *name)
{
	int i = topology_attr_find(name->text);

	return i >= 0 && topology_attr_rows[i].type == TOPOLOGY_TYPE_BOOL &&
	       r->t.kind == TOKEN_OTHER && strchr(",;]", r->t.raw.p[0]) != NULL;
}

/* [a=b, c=d; e=f] as often as it stands here. */
static int
attributes(struct topology_reading *r, struct target *x)
{
	struct topology_atom name, value, last = { .line = 0 };
	int err = 0;

	while (err == 0 && topology_token_is(&r->t, '[')) {
		x->any = true;
		r->at = x->is_default
			    ? topology_default_at(r, x->kind, r->t.line)
			    : x->at;
		r->list = r->t.line;
		r->value = STR_NULL;
		err = next_token(r);
		while (err == 0 && !topology_token_is(&r->t, ']')) {
			r->name = STR_NULL;
			if ((err = atom(r, &name)) != 0)
				return err;
			if (is_switch(r, &name))
				return diag_set(r->lex.d, ERR_SYNTAX,
				    r->lex.file, name.line,
				    _("= is missing: %s=%.*s"), name.text.p,
				    STR_ARG(STR("true")));
			if (r->value.n > 0 && name.line == last.line &&
			    (r->t.kind == TOKEN_ATOM ||
				topology_token_is(&r->t, ',') ||
				topology_token_is(&r->t, ']')) &&
			    (topology_attr_find(name.text) < 0 ||
				role_find(name.text) != NULL))
				return say_unquoted_words(r, &last);
			if (r->t.kind == TOKEN_ATOM &&
			    topology_attr_find(name.text) >= 0)
				return diag_set(r->lex.d, ERR_SYNTAX,
				    r->lex.file, name.line,
				    _("= is missing: %s=%.*s"), name.text.p,
				    STR_ARG(topology_shown(r->t.raw)));
			if ((err = assignment(r, &name, &value)) != 0)
				return err;
			last = name;
			if (x->at.owner == TOPOLOGY_EDGE &&
			    str_is(name.text, "key"))
				x->key = value.text.p;
			err = x->is_default ? topology_set_default(
						  r, x->kind, &name, &value)
					    : topology_set_attr(r, x->at, &name,
						  &value, &x->values);
			if (err == 0 && (topology_token_is(&r->t, ',') ||
					    topology_token_is(&r->t, ';')))
				err = next_token(r);
		}
		if (err == 0)
			err = expect_sign(r, ']');
		r->list = 0;
	}
	return err;
}

/* graph [..], node [..], edge [..] */
static int
defaults(struct topology_reading *r, enum topology_default kind)
{
	struct target x = { .is_default = true, .kind = kind };
	int err = next_token(r);

	if (err == 0 && !topology_token_is(&r->t, '['))
		return say_syntax(r);
	return err == 0 ? attributes(r, &x) : err;
}

/* [subgraph [name]] { … } */
static int
subgraph(struct topology_reading *r, struct topology_end *e)
{
	struct topology_atom name = { .text = STR_NULL };
	int err = 0;

	if (r->t.kind == TOKEN_SUBGRAPH) {
		err = next_token(r);
		if (err == 0 && r->t.kind == TOKEN_ATOM)
			err = atom(r, &name);
	}
	if (err == 0)
		err = expect_sign(r, '{');
	if (err == 0)
		err = topology_open(r, name.text.p);
	if (err != 0)
		return err;
	e->set = r->in;
	err = statements(r);
	if (err == 0)
		err = expect_sign(r, '}');
	topology_close(r);
	return err;
}

/* :port[:compass], of the node named last.  Where an end is drawn is Graphviz's
 * business alone. */
static int
port(struct topology_reading *r)
{
	struct topology_atom a;
	int err = 0;

	for (int i = 0; err == 0 && i < 2 && topology_token_is(&r->t, ':');
	     i++) {
		err = next_token(r);
		if (err == 0)
			err = atom(r, &a);
		if (err == 0 && i == 0)
			topology_name_port(r, a.text.p);
	}
	return err;
}

/* The rest of "a:port, b, c" whose first name is NAME. */
static int
node_list(struct topology_reading *r, struct topology_atom *name,
    struct topology_end *e)
{
	int err;

	e->from = r->nnamed;
	for (;;) {
		err = topology_name_node(r, name);
		if (err == 0)
			err = port(r);
		if (err != 0 || !topology_token_is(&r->t, ','))
			break;
		if ((err = next_token(r)) != 0 || (err = atom(r, name)) != 0)
			break;
	}
	e->to = r->nnamed;
	return err;
}

/* A subgraph, or a list of nodes whose first name may be READ already, for a
 * link whose -- is in LINE. */
static int
link_end(struct topology_reading *r, struct topology_atom *read, unsigned line)
{
	struct topology_end e = { .line = line };
	struct topology_atom name;
	int err;

	if (read == NULL &&
	    (r->t.kind == TOKEN_SUBGRAPH || topology_token_is(&r->t, '{'))) {
		err = subgraph(r, &e);
	} else {
		if (read == NULL && r->t.kind != TOKEN_ATOM &&
		    (topology_token_is(&r->t, '}') ||
			topology_token_is(&r->t, ';')))
			return say_parse(
			    r, line, _("a node is missing after --"));
		err = read == NULL ? atom(r, &name) : 0;
		if (err == 0)
			err = node_list(r, read != NULL ? read : &name, &e);
	}
	return err == 0 ? topology_add_end(r, &e) : err;
}

/* The name that a sentence about the statement gives. */
static struct str
end_name(const struct topology_reading *r, const struct topology_end *e)
{
	struct topology_named n;
	size_t at = 0;

	return topology_end_next(r, e, &at, &n)
		   ? str_of(r->g->nodes[n.node].name)
		   : STR("{}");
}

/* -- end -- end ... */
static int
chain(struct topology_reading *r)
{
	unsigned line;
	int err = 0;

	for (int n = 1; err == 0 && r->t.kind == TOKEN_LINK; n++) {
		line = r->t.line;
		if (n > TOPOLOGY_CHAIN_MAX)
			return diag_set(r->lex.d, ERR_LIMIT, r->lex.file, line,
			    _("too many links in one statement; at most %d"),
			    TOPOLOGY_CHAIN_MAX);
		err = next_token(r);
		if (err == 0)
			err = link_end(r, NULL, line);
	}
	return err == 0 && r->t.kind == TOKEN_ARROW ? say_syntax(r) : err;
}

/* Nodes, or links; whose first name may be READ already: end [-- end ...]
 * [attributes] */
static int
compound(struct topology_reading *r, struct topology_atom *read)
{
	size_t first = r->nends, named = r->nnamed;
	struct target x = { .at = { .owner = TOPOLOGY_NODE } };
	unsigned line = r->t.line;
	int err = link_end(r, read, 0);

	if (err == 0)
		err = chain(r);
	if (err != 0)
		return err;
	x.at.a = end_name(r, &r->ends[first]);
	if (r->nends > first + 1) {
		x.at.owner = TOPOLOGY_EDGE;
		x.at.b = end_name(r, &r->ends[first + 1]);
	}
	err = attributes(r, &x);
	if (err != 0)
		return err;
	if (x.at.owner == TOPOLOGY_EDGE)
		err = topology_make_links(r, first, &x.values, x.key);
	/* Attributes behind a subgraph that is linked to nothing go nowhere. */
	else if (x.any && r->ends[first].set != NULL)
		err = say_parse(r, line,
		    _("write the attributes of a subgraph inside its braces"));
	else if (x.any)
		topology_give_nodes(r, first, &x.values);
	r->nends = first;
	r->nnamed = named;
	return err;
}

static int
statement(struct topology_reading *r)
{
	struct topology_atom name, value;
	int err;

	r->name = STR_NULL;
	switch (r->t.kind) {
	case TOKEN_GRAPH:
		return defaults(r, DEFAULT_GRAPH);
	case TOKEN_NODE:
		return defaults(r, DEFAULT_NODE);
	case TOKEN_EDGE:
		return defaults(r, DEFAULT_EDGE);
	case TOKEN_ATOM:
		err = atom(r, &name);
		/* To Graphviz that is a node, and a subgraph without a name. */
		if (err == 0 && topology_token_is(&r->t, '{') &&
		    str_starts(name.text, "cluster"))
			return diag_set(r->lex.d, ERR_SYNTAX, r->lex.file,
			    name.line, _("write subgraph %s {"), name.text.p);
		if (err != 0 || !topology_token_is(&r->t, '='))
			return err != 0 ? err : compound(r, &name);
		r->at = topology_default_at(r, DEFAULT_GRAPH, name.line);
		err = assignment(r, &name, &value);
		if (err == 0 && r->value.n > 0 && r->t.kind == TOKEN_ATOM &&
		    r->t.line == name.line && str_is(name.text, "label"))
			return say_unquoted_words(r, &name);
		return err != 0 ? err
				: topology_set_default(
				      r, DEFAULT_GRAPH, &name, &value);
	default:
		return compound(r, NULL);
	}
}

/* Statements up to a closing brace or the end. */
static int
statements(struct topology_reading *r)
{
	int err = 0;

	while (err == 0 && r->t.kind != TOKEN_END &&
	       !topology_token_is(&r->t, '}')) {
		err = statement(r);
		if (err == 0 && topology_token_is(&r->t, ';'))
			err = next_token(r);
	}
	return err;
}

/* [strict] graph [name] { … } and nothing behind. */
int
topology_parse(struct topology_reading *r)
{
	struct topology_atom name;
	int err = next_token(r);

	if (err == 0 && r->t.kind == TOKEN_END)
		return say_parse(r, 0, _("the file contains no graph"));
	if (err == 0 && r->t.kind == TOKEN_STRICT) {
		r->g->strict = true;
		err = next_token(r);
	}
	if (err == 0 && r->t.kind == TOKEN_DIGRAPH)
		return say_parse(r, r->t.line,
		    _("this graph is directed, but a topology is undirected; "
		      "write graph instead of digraph"));
	if (err == 0 && r->t.kind != TOKEN_GRAPH)
		return say_syntax(r);
	if (err == 0)
		err = next_token(r);
	if (err == 0 && r->t.kind == TOKEN_ATOM) {
		err = atom(r, &name);
		r->g->name = err == 0 ? name.text.p : "";
	}
	if (err == 0 && r->t.kind == TOKEN_ATOM)
		return say_parse(r, name.line, _("a { is missing after graph"));
	if (err == 0)
		err = expect_sign(r, '{');
	if (err == 0)
		err = statements(r);
	if (err == 0)
		err = expect_sign(r, '}');
	if (err == 0 && r->t.kind != TOKEN_END)
		return say_syntax(r);
	return err;
}
