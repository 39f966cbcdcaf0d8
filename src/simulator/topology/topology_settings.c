/*
 * Settings, "node.attribute=value", "a--b.attribute=value",
 * "graph.attribute=value", and "attribute=value" of all links: they replace
 * what the file says before anything is judged.  Node names may hold dots and
 * hyphens, so names are tried, not cut.
 */
#include "topology/topology_in.h"

#include "base/err.h"
#include "base/param.h"

#include <string.h>

static bool
find_graph_node(const struct topology_build *b, struct str name, size_t *index)
{
	for (size_t i = 0; i < b->graph.nnodes; i++) {
		if (str_is(name, b->graph.nodes[i].name)) {
			*index = i;
			return true;
		}
	}
	return false;
}

static bool
find_graph_link(
    const struct topology_build *b, size_t x, size_t y, size_t *index)
{
	for (size_t i = 0; i < b->graph.nlinks; i++) {
		const struct topology_graph_link *l = &b->graph.links[i];

		if ((l->a == x && l->b == y) || (l->a == y && l->b == x)) {
			*index = i;
			return true;
		}
	}
	return false;
}

/* NAME is A-B, of nodes with a link: how that is written.  0 where not. */
static int
say_link(const struct topology_at *at, const struct topology_build *b,
    struct str name)
{
	size_t x, y, index;

	for (size_t i = 1; i + 1 < name.n; i++)
		if (name.p[i] == '-' &&
		    find_graph_node(b, str_slice(name, 0, i), &x) &&
		    find_graph_node(b,
			str_slice(name, i + 1 + (name.p[i + 1] == '>'), name.n),
			&y) &&
		    find_graph_link(b, x, y, &index))
			return topology_say(at, ERR_NOTFOUND,
			    _("there is no node “%.*s”; the link is written "
			      "%s--%s"),
			    STR_ARG(name), b->graph.nodes[x].name,
			    b->graph.nodes[y].name);
	return 0;
}

static int
no_node(const struct topology_at *at, const struct topology_build *b,
    struct str name)
{
	struct str shown = topology_shown(name);
	const char *near = param_nearest(name, &b->graph.nodes[0].name,
	    b->graph.nnodes, sizeof(b->graph.nodes[0]));

	if (say_link(at, b, name) != 0)
		return ERR_NOTFOUND;
	if (near == NULL)
		return topology_say(at, ERR_NOTFOUND,
		    _("there is no node “%.*s”"), STR_ARG(shown));
	return topology_say(at, ERR_NOTFOUND,
	    _("there is no node “%.*s”, did you mean “%s”?"), STR_ARG(shown),
	    near);
}

/* There is none between nodes X and Y: which they have. */
static int
no_link(const struct topology_at *at, const struct topology_build *b, size_t x,
    size_t y)
{
	const struct topology_graph_node *nodes = b->graph.nodes;
	struct buf list = BUF_INIT;

	for (size_t i = 0; i < b->graph.nlinks; i++) {
		const struct topology_graph_link *l = &b->graph.links[i];

		if (l->a == x || l->a == y || l->b == x || l->b == y)
			buf_printf(&list, "%s%s--%s", list.n > 0 ? ", " : "",
			    nodes[l->a].name, nodes[l->b].name);
	}
	topology_say(at, ERR_NOTFOUND,
	    x != y && list.n > 0
		? _("there is no link between %s and %s; they have %s")
		: _("there is no link between %s and %s"),
	    nodes[x].name, nodes[y].name, buf_cstr(&list));
	buf_free(&list);
	return ERR_NOTFOUND;
}

/* "a--b": every place where it may be cut; a sentence where none fits. */
static int
find_ends(const struct topology_at *at, const struct topology_build *b,
    struct str s, size_t *index)
{
	struct str shown = topology_shown(s), wrong = STR_NULL;
	size_t x, y;

	for (size_t i = 1; i + 2 < s.n; i++) {
		struct str first = str_trim(str_slice(s, 0, i));
		struct str second = str_trim(str_slice(s, i + 2, s.n));
		bool there;

		if (s.p[i] != '-' || s.p[i + 1] != '-')
			continue;
		there = find_graph_node(b, first, &x);
		if (!there || !find_graph_node(b, second, &y)) {
			wrong = there ? second : first;
			continue;
		}
		if (find_graph_link(b, x, y, index))
			return 0;
		return no_link(at, b, x, y);
	}
	if (wrong.n > 0)
		return no_node(at, b, wrong);
	return topology_say(
	    at, ERR_NOTFOUND, _("there is no link “%.*s”"), STR_ARG(shown));
}

/* The object NAME, which AT then speaks of; *INDEX of a node or link. */
static int
find_object(struct topology_at *at, const struct topology_build *b,
    struct str name, size_t *index)
{
	int err = 0;

	if (find_graph_node(b, name, index)) {
		at->owner = TOPOLOGY_NODE;
		at->a = name;
	} else if (str_is(name, "graph")) {
		at->owner = TOPOLOGY_GRAPH;
	} else if (str_find(name, "--") < 0) {
		err = no_node(at, b, name);
	} else if ((err = find_ends(at, b, name, index)) == 0) {
		const struct topology_graph_link *l = &b->graph.links[*index];

		at->owner = TOPOLOGY_EDGE;
		at->a = str_of(b->graph.nodes[l->a].name);
		at->b = str_of(b->graph.nodes[l->b].name);
	}
	return err;
}

/* VALUE, empty for none, in place of what V says of ATTR. */
static int
put_setting_value(struct topology_build *b, struct topology_values *v, int attr,
    struct str value, const struct topology_setting *setting)
{
	const char *copy = arena_str(b->store, value);

	if (v == NULL || copy == NULL)
		return topology_no_memory(b);
	/* An empty value takes away what the file says. */
	v->of[attr].text = value.n > 0 ? copy : NULL;
	v->of[attr].setting = setting;
	return 0;
}

static int
no_link_attr(const struct topology_at *at, struct str name)
{
	const char *near = topology_attr_meant(TOPOLOGY_EDGE, name);

	/* What Graphviz alone has can't be set. */
	if (near != NULL && topology_attr_find(str_of(near)) >= 0)
		return topology_say(at, ERR_SYNTAX,
		    _("links have no “%.*s”, did you mean “%s”?"),
		    STR_ARG(name), near);
	return topology_say(at, ERR_SYNTAX,
	    _("expected NODE.ATTRIBUTE=VALUE, A--B.ATTRIBUTE=VALUE of a link, "
	      "or ATTRIBUTE=VALUE of all links"));
}

/* ROW=VALUE without an object, of what is no link: with the object. */
static int
no_owner(const struct topology_at *at, const struct topology_attr_row *row,
    struct str value)
{
	if ((row->owners & TOPOLOGY_NODE) != 0)
		return topology_say(at, ERR_SYNTAX,
		    _("which node? NODE.%s=%.*s"), row->name, STR_ARG(value));
	return topology_say(at, ERR_SYNTAX,
	    _("%s is the graph's: graph.%s=%.*s"), row->name, row->name,
	    STR_ARG(value));
}

/* NAME=VALUE without an object: of every link. */
static int
set_all_links(struct topology_build *b, struct topology_at *at, struct str name,
    struct str value)
{
	int attr = topology_attr_find(name);
	int err = 0;

	if (attr < 0)
		return no_link_attr(at, name);
	if ((topology_attr_rows[attr].owners & TOPOLOGY_EDGE) == 0)
		return no_owner(at, &topology_attr_rows[attr], value);
	at->owner = TOPOLOGY_EDGE;
	if (b->graph.nlinks == 0)
		err = topology_say(at, ERR_NOTFOUND, _("there are no links"));
	for (size_t i = 0; err == 0 && i < b->graph.nlinks; i++)
		err = put_setting_value(b,
		    topology_link_values(&b->graph, &b->graph.links[i]), attr,
		    value, at->setting);
	return err;
}

/* TEXT has a sign in place of =, or is two settings; 0 where not. */
static int
say_signs(const struct topology_at *at, const struct topology_build *b,
    struct str text, struct str value)
{
	struct str left = str_cut(text, '=', &text), rest, object;
	ptrdiff_t dot = str_rchr(left, '.');
	ptrdiff_t colon = str_find(left, ":");
	size_t index;

	if (value.n == 0 && dot > 0 && colon > dot)
		return topology_say(at, ERR_SYNTAX,
		    _("= is missing: %.*s=%.*s"), (int)colon, left.p,
		    STR_ARG(str_slice(left, (size_t)colon + 1, left.n)));
	str_cut(value, ',', &rest);
	object = str_cut(rest, '=', &text);
	dot = str_rchr(object, '.');
	if (text.n > 0 && dot > 0 &&
	    find_graph_node(
		b, str_trim(str_slice(object, 0, (size_t)dot)), &index))
		return topology_say(at, ERR_SYNTAX,
		    _("this is two settings: --set twice, the second with "
		      "%.*s"),
		    STR_ARG(str_trim(rest)));
	return 0;
}

int
topology_apply_setting(
    struct topology_build *b, const struct topology_setting *setting)
{
	struct topology_at at = {
		.d = b->d, .file = b->file, .setting = setting
	};
	const char *text = setting->text;
	struct topology_values *v = &b->graph.top->values;
	struct str value, left = str_cut(str_of(text), '=', &value);
	ptrdiff_t dot = str_rchr(left, '.');
	struct str name;
	size_t index = 0;
	int attr, err;

	if (say_signs(&at, b, str_of(text), value) != 0)
		return ERR_SYNTAX;
	if (dot < 0 && left.n < strlen(text))
		return set_all_links(b, &at, left, value);
	if (dot <= 0 || (size_t)dot + 1 >= left.n)
		return topology_say(
		    &at, ERR_SYNTAX, _("expected NODE.ATTRIBUTE=VALUE"));
	name = str_slice(left, (size_t)dot + 1, left.n);
	err = find_object(&at, b, str_slice(left, 0, (size_t)dot), &index);
	if (err == 0)
		err = topology_judge_name(&at, name);
	if (err == 0 && left.n == strlen(text))
		err = topology_say(
		    &at, ERR_SYNTAX, _("its value is missing: %s=VALUE"), text);
	if (err != 0)
		return err;
	attr = topology_attr_find(name);
	if (attr < 0)
		return topology_say(&at, ERR_SYNTAX,
		    _("“%.*s” is for drawing only, a run does not have it"),
		    STR_ARG(name));
	if (at.owner == TOPOLOGY_NODE)
		v = &b->graph.nodes[index].values;
	else if (at.owner == TOPOLOGY_EDGE)
		v = topology_link_values(&b->graph, &b->graph.links[index]);
	return put_setting_value(b, v, attr, value, setting);
}
