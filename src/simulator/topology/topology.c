/*
 * Reading a topology: the graph is read, settings come over that, then
 * everything is judged.  The first mistake ends the reading with a sentence.
 */
#include "topology/topology_in.h"

#include "base/dates.h"
#include "base/err.h"
#include "base/map.h"
#include "base/param.h"
#include "base/ref.h"
#include "topology/topology_setting.h"

#include <string.h>

static int topology_apply_setting(
    struct topology_build *b, const struct topology_setting *setting);
static int
setting_read_meant(const void *arg, const char *near, struct diag *why);

int
topology_no_memory(struct topology_build *b)
{
	return diag_fail_file(b->d, ERR_NOMEM, b->file);
}

struct topology_at
topology_at(const struct topology_build *b, enum topology_owner owner, size_t i,
    int attr)
{
	struct topology_at at = {
		.d = b->d, .doubt = b->doubt, .file = b->file, .owner = owner
	};
	const struct topology_values *values = &b->graph.top->values;

	if (owner == TOPOLOGY_NODE) {
		const struct topology_graph_node *n = &b->graph.nodes[i];

		values = &n->values;
		at.line = n->line;
		at.a = str_of(n->name);
	} else if (owner == TOPOLOGY_EDGE) {
		const struct topology_graph_link *l = &b->graph.links[i];

		values = l->values;
		at.line = l->line;
		at.a = str_of(b->graph.nodes[l->a].name);
		at.b = str_of(b->graph.nodes[l->b].name);
	}
	if (attr >= 0) {
		at.setting = values->of[attr].setting;
		if (values->of[attr].line != 0)
			at.line = values->of[attr].line;
	}
	return at;
}

void
topology_put_label(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		bool escape = *text == '\\' && text[1] != '\0';

		text += escape;
		buf_putc(out, strchr(escape ? "nlr\r\n" : "\r\n", *text) != NULL
				  ? ' '
				  : *text);
	}
}

static void
topology_read_date(struct str s, struct world_date *date)
{
	int64_t ns = 0;

	date_read(s, &ns);
	date->epoch_s = ns / SIM_S;
	date->ahead_s = date_zone(s);
}

static int
build_graph(struct topology_build *b)
{
	const struct topology_value *v = b->graph.top->values.of;
	const char *seed = v[TOPOLOGY_ATTR_seed].text;
	const char *duration = v[TOPOLOGY_ATTR_duration].text;
	struct str start = str_of(v[TOPOLOGY_ATTR_start].text);
	struct topology *t = b->t;
	LOCAL_BUF title = BUF_INIT;
	int err;

	for (int i = 0; i < TOPOLOGY_NATTRS; i++) {
		struct topology_at at = topology_at(b, TOPOLOGY_GRAPH, 0, i);

		if (v[i].text == NULL)
			continue;
		err = topology_judge_value(
		    &at, &topology_attr_rows[i], str_of(v[i].text));
		if (err != 0)
			return err;
	}
	t->seed = 1;
	if (seed != NULL)
		str_u64(str_of(seed), &t->seed);
	if (duration != NULL)
		param_time(str_of(duration), &t->duration_ns);
	t->dated = topology_is_date(start);
	if (t->dated)
		topology_read_date(start, &t->date);
	if (v[TOPOLOGY_ATTR_label].text != NULL)
		topology_put_label(&title, v[TOPOLOGY_ATTR_label].text);
	t->title =
	    title.err == 0 ? arena_str(b->store, buf_view(&title)) : NULL;
	return t->title != NULL ? 0 : topology_no_memory(b);
}

static int
build_topology(struct topology_build *b, struct str text,
    const struct topology_setting *settings, size_t nsettings)
{
	int err = topology_graph_read(&b->graph, b->store, text, b->file, b->d);

	if (err != 0)
		return err;
	if (b->graph.nnodes == 0)
		return diag_set(b->d, ERR_SYNTAX, b->file, 0, "%s",
		    _("the graph has no nodes"));
	b->t->file = arena_str(b->store, str_of(b->file));
	if (b->t->file == NULL)
		return topology_no_memory(b);
	for (size_t i = 0; err == 0 && i < nsettings; i++)
		err = topology_apply_setting(b, &settings[i]);
	if (err == 0)
		err = build_graph(b);
	if (err == 0)
		err = topology_build_nodes(b);
	if (err == 0)
		err = topology_build_faces(b);
	if (err == 0)
		err = topology_build_links(b);
	if (err == 0)
		err = topology_assign_addresses(b);
	if (err == 0)
		err = topology_set_entries(b);
	return err;
}

static void
destroy_topology(void *p)
{
	struct topology *t = p;

	map_destroy(t->by_name);
	arena_destroy(t->store);
}

int
topology_read(struct topology **t, struct str text, const char *file,
    const struct topology_setting *settings, size_t nsettings, struct diag *d)
{
	struct diag doubt = DIAG_INIT, *kept;
	struct topology_build b = {
		.file = file != NULL ? file : "", .d = d, .doubt = &doubt
	};
	int err;

	*t = NULL;
	b.t = ref_alloc(sizeof(*b.t), destroy_topology);
	if (b.t == NULL || map_create(&b.t->by_name) != 0 ||
	    arena_create(&b.store) != 0) {
		topology_drop(b.t);
		return topology_no_memory(&b);
	}
	b.t->store = b.store;
	err = build_topology(&b, text, settings, nsettings);
	topology_graph_free(&b.graph);
	if (err == 0 && doubt.err != 0) {
		b.t->doubt = kept = arena_get(b.store, 1, sizeof(*kept));
		if (kept != NULL)
			*kept = doubt;
		else
			err = topology_no_memory(&b);
	}
	if (err != 0) {
		topology_drop(b.t);
		return err;
	}
	*t = b.t;
	return 0;
}

struct topology *
topology_keep(struct topology *t)
{
	return ref_keep(t);
}

void
topology_drop(struct topology *t)
{
	ref_drop(t);
}

const struct topology_attr *
topology_attr(const struct topology_node *n, const char *name)
{
	for (size_t i = 0; i < n->nattrs; i++)
		if (strcmp(n->attrs[i].name, name) == 0)
			return &n->attrs[i];
	return NULL;
}

const struct topology_node *
topology_find(const struct topology *t, const char *name, size_t *index)
{
	const struct topology_node *n = map_get(t->by_name, str_of(name));

	if (n != NULL && index != NULL)
		*index = (size_t)(n - t->nodes);
	return n;
}

/* ---- Settings ---- */

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

/* A setting that is read; its suggestion is a setting as well. */
struct setting_reading {
	const struct topology_build *b;
	struct str wrong; /* the part of it in whose place that stands */
};

/* Puts "A--B" if NAME is A-B, of nodes with a link. */
static void
put_link_meant(const struct topology_build *b, struct str name, struct buf *out)
{
	size_t x, y, index;

	for (size_t i = 1; out->n == 0 && i + 1 < name.n; i++)
		if (name.p[i] == '-' &&
		    find_graph_node(b, str_slice(name, 0, i), &x) &&
		    find_graph_node(b,
			str_slice(name, i + 1 + (name.p[i + 1] == '>'), name.n),
			&y) &&
		    find_graph_link(b, x, y, &index))
			buf_printf(out, "%s--%s", b->graph.nodes[x].name,
			    b->graph.nodes[y].name);
}

static int
topology_no_node(const struct topology_at *at, const struct topology_build *b,
    struct str name)
{
	struct setting_reading r = { b, name };
	const char *near = param_nearest(name, &b->graph.nodes[0].name,
	    b->graph.nnodes, sizeof(b->graph.nodes[0]));
	LOCAL_BUF link = BUF_INIT;
	int err = topology_say(at, ERR_NOTFOUND, _("there is no node “%.*s”"),
	    STR_ARG(topology_shown(name)));

	put_link_meant(b, name, &link);
	if (link.n == 0 && near == NULL)
		return diag_one_of(at->d, err, name, &b->graph.nodes[0].name,
		    b->graph.nnodes, sizeof(b->graph.nodes[0]));
	return diag_meant_read(at->d, err, name,
	    link.n > 0 ? buf_cstr(&link) : near, setting_read_meant, &r);
}

/* There is none between nodes X and Y: which they have. */
static int
no_link(const struct topology_at *at, const struct topology_build *b, size_t x,
    size_t y)
{
	const struct topology_graph_node *nodes = b->graph.nodes;
	LOCAL_BUF list = BUF_INIT;

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
	return ERR_NOTFOUND;
}

/* "a--b": every place where it may be cut; a sentence where none fits. */
static int
topology_find_ends(const struct topology_at *at, const struct topology_build *b,
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
		return topology_no_node(at, b, wrong);
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
		err = topology_no_node(at, b, name);
	} else if ((err = topology_find_ends(at, b, name, index)) == 0) {
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

/* NAME=VALUE, of no object: no attribute. */
static int
no_link_attr(const struct topology_at *at, const struct topology_build *b,
    struct str name)
{
	struct setting_reading r = { b, name };
	struct topology_at link = { .owner = TOPOLOGY_EDGE };
	const char *near = topology_attr_meant(&link, name);
	int err;

	/* What Graphviz alone has can't be set. */
	if (near == NULL || topology_attr_find(str_of(near)) < 0)
		return topology_say(at, ERR_SYNTAX,
		    _("expected NODE.ATTRIBUTE=VALUE, A--B.ATTRIBUTE=VALUE of "
		      "a link, or ATTRIBUTE=VALUE of all links"));
	err = topology_say(
	    at, ERR_SYNTAX, _("links have no “%.*s”"), STR_ARG(name));
	return diag_meant_read(at->d, err, name, near, setting_read_meant, &r);
}

/* ROW=VALUE without an object, for a row that is not a link's: with the
 * object. */
static int
no_owner(const struct topology_at *at, const struct topology_attr_row *row,
    struct str value)
{
	if ((row->owners & TOPOLOGY_NODE) != 0)
		return topology_say(at, ERR_SYNTAX,
		    _("the node is missing: NODE.%s=%.*s"), row->name,
		    STR_ARG(value));
	return topology_say(at, ERR_SYNTAX,
	    _("%s is an attribute of the graph: graph.%s=%.*s"), row->name,
	    row->name, STR_ARG(value));
}

/* Where a setting goes. */
struct setting_target {
	struct topology_at at;
	size_t index; /* of a node or link */
	int attr;
	bool all; /* links */
	struct str value;
};

/* NAME=VALUE without an object: of every link. */
static int
find_all_links(
    const struct topology_build *b, struct str name, struct setting_target *to)
{
	to->attr = topology_attr_find(name);
	to->all = true;
	if (to->attr < 0)
		return no_link_attr(&to->at, b, name);
	if ((topology_attr_rows[to->attr].owners & TOPOLOGY_EDGE) == 0)
		return no_owner(
		    &to->at, &topology_attr_rows[to->attr], to->value);
	to->at.owner = TOPOLOGY_EDGE;
	return b->graph.nlinks > 0 ? 0
				   : topology_say(&to->at, ERR_NOTFOUND,
					 _("there are no links"));
}

/* LEFT, what stands before =, has another sign in its place, or spaces are next
 * to =; 0 where not. */
static int
say_sign(const struct topology_at *at, const struct topology_build *b,
    struct str left)
{
	struct setting_reading r = { b, str_of(b->setting) };
	struct str value, name = str_trim(str_cut(r.wrong, '=', &value));
	LOCAL_BUF meant = BUF_INIT;

	if (left.n < r.wrong.n &&
	    (name.n < left.n || str_trim(value).n < value.n)) {
		topology_say(
		    at, ERR_SYNTAX, _("write = without spaces around it"));
		buf_printf(&meant, "%.*s=%.*s", STR_ARG(name),
		    STR_ARG(str_trim(value)));
		return diag_meant_read(at->d, ERR_SYNTAX, STR_NULL,
		    buf_cstr(&meant), setting_read_meant, &r);
	}
	for (size_t i = 1; i + 1 < left.n; i++) {
		struct str before = str_slice(left, 0, i);
		ptrdiff_t dot = str_rchr(before, '.');

		if ((left.p[i] != ' ' && left.p[i] != ':') || dot <= 0 ||
		    topology_attr_find(str_slice(before, (size_t)dot + 1, i)) <
			0)
			continue;
		topology_say(at, ERR_SYNTAX, _("= is missing"));
		buf_printf(
		    &meant, "%.*s=%s", STR_ARG(before), b->setting + i + 1);
		return diag_meant_read(at->d, ERR_SYNTAX, STR_NULL,
		    buf_cstr(&meant), setting_read_meant, &r);
	}
	return 0;
}

/* VALUE has another setting in it; 0 where not. */
static int
say_two(const struct topology_at *at, const struct topology_build *b,
    struct str value)
{
	struct str rest, text, object;
	ptrdiff_t dot;
	size_t index;

	str_cut(value, ',', &rest);
	object = str_cut(rest, '=', &text);
	dot = str_rchr(object, '.');
	if (text.n > 0 && dot > 0 &&
	    find_graph_node(
		b, str_trim(str_slice(object, 0, (size_t)dot)), &index))
		return topology_say(at, ERR_SYNTAX,
		    _("these are two settings; write --set twice, the second "
		      "with %.*s"),
		    STR_ARG(str_trim(rest)));
	return 0;
}

/* The roles of the object that TO names, if it is a node. */
static void
know_roles(const struct topology_build *b, struct setting_target *to)
{
	struct topology_at none = { .d = NULL };
	const char *role =
	    to->at.owner == TOPOLOGY_NODE
		? b->graph.nodes[to->index].values.of[TOPOLOGY_ATTR_role].text
		: NULL;

	if (role != NULL)
		topology_judge_roles(&none, str_of(role), &to->at.roles);
}

/* The value that B->setting sets, said to be by SETTING (NULL: by nothing); 0
 * or B->d's error. */
static int
find_setting(const struct topology_build *b,
    const struct topology_setting *setting, struct setting_target *to)
{
	const char *text = b->setting;
	struct str left, name;
	ptrdiff_t dot;
	int err;

	*to = (struct setting_target){
		.at = { .d = b->d, .file = b->file, .setting = setting }
	};
	left = str_cut(str_of(text), '=', &to->value);
	dot = str_rchr(left, '.');
	if (say_sign(&to->at, b, left) != 0 ||
	    say_two(&to->at, b, to->value) != 0)
		return ERR_SYNTAX;
	if (dot < 0 && left.n < strlen(text))
		return find_all_links(b, left, to);
	if (dot <= 0 || (size_t)dot + 1 >= left.n)
		return topology_say(
		    &to->at, ERR_SYNTAX, _("expected NODE.ATTRIBUTE=VALUE"));
	name = str_slice(left, (size_t)dot + 1, left.n);
	err = find_object(
	    &to->at, b, str_slice(left, 0, (size_t)dot), &to->index);
	if (err != 0)
		return err;
	know_roles(b, to);
	to->attr = topology_attr_find(name);
	err = topology_judge_name(&to->at, to->attr, name, to->value);
	if (err == 0 && left.n == strlen(text))
		err = topology_say(&to->at, ERR_SYNTAX,
		    _("its value is missing: %s=VALUE"), text);
	if (err == 0 && to->attr < 0)
		err = topology_say(&to->at, ERR_SYNTAX,
		    _("“%.*s” is for drawing only; a run does not use it"),
		    STR_ARG(name));
	return err;
}

/* The setting with NEAR in place of what was wrong, as diag_meant_read asks. */
static int
setting_read_meant(const void *arg, const char *near, struct diag *why)
{
	const struct setting_reading *r = arg;
	struct topology_build b = *r->b;
	struct setting_target to;
	LOCAL_BUF text = BUF_INIT;
	const char *all = b.setting;
	int err;

	buf_add(&text, all, (size_t)(r->wrong.p - all));
	buf_puts(&text, near);
	buf_puts(&text, r->wrong.p + r->wrong.n);
	b.d = why;
	b.setting = buf_cstr(&text);
	err = text.err != 0 ? ERR_NOMEM : find_setting(&b, NULL, &to);
	if (err == 0 && to.value.n > 0)
		err = topology_judge_value(
		    &to.at, &topology_attr_rows[to.attr], to.value);
	return err;
}

/*
 * Settings ("node.attribute=value", "a--b.attribute=value",
 * "graph.attribute=value", and "attribute=value" of all links) replace what the
 * file says before anything is judged.  Node names may contain dots and
 * hyphens, so names are tried, not cut.
 */
static int
topology_apply_setting(
    struct topology_build *b, const struct topology_setting *setting)
{
	struct setting_target to;
	int err;

	b->setting = setting->text;
	err = find_setting(b, setting, &to);
	if (err != 0)
		return err;
	if (to.at.owner == TOPOLOGY_NODE)
		return put_setting_value(b, &b->graph.nodes[to.index].values,
		    to.attr, to.value, setting);
	if (to.at.owner == TOPOLOGY_GRAPH)
		return put_setting_value(
		    b, &b->graph.top->values, to.attr, to.value, setting);
	for (size_t i = to.all ? 0 : to.index;
	     err == 0 && i < (to.all ? b->graph.nlinks : to.index + 1); i++)
		err = put_setting_value(b,
		    topology_link_values(&b->graph, &b->graph.links[i]),
		    to.attr, to.value, setting);
	return err;
}
