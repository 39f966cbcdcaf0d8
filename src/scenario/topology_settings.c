/*
 * Settings, "node.attribute=value", "a--b.attribute=value" and
 * "graph.attribute=value": they replace what the file says before anything is
 * judged.  Node names may hold dots and hyphens, so names are tried, not cut.
 */
#include "scenario/topology_private.h"

#include "base/err.h"
#include "base/param.h"

#include <string.h>

static bool
find_node(const struct topology_build *b, struct str name, size_t *index)
{
	for (size_t i = 0; i < b->raw.nnodes; i++) {
		if (str_is(name, b->raw.nodes[i].name)) {
			*index = i;
			return true;
		}
	}
	return false;
}

static bool
find_link(const struct topology_build *b, size_t x, size_t y, size_t *index)
{
	for (size_t i = 0; i < b->raw.nlinks; i++) {
		const struct topology_raw_link *l = &b->raw.links[i];

		if ((l->a == x && l->b == y) || (l->a == y && l->b == x)) {
			*index = i;
			return true;
		}
	}
	return false;
}

/* "a--b": every place where it may be cut; a sentence where none fits. */
static int
find_ends(const struct topology_at *at, const struct topology_build *b,
    struct str s, size_t *index)
{
	struct str shown = topology_shown(s);
	size_t x, y;

	for (size_t i = 1; i + 2 < s.n; i++) {
		struct str first = str_trim(str_slice(s, 0, i));
		struct str second = str_trim(str_slice(s, i + 2, s.n));

		if (s.p[i] != '-' || s.p[i + 1] != '-' ||
		    !find_node(b, first, &x) || !find_node(b, second, &y))
			continue;
		if (find_link(b, x, y, index))
			return 0;
		return topology_say(at, ERR_NOTFOUND,
		    _("there is no link between %s and %s"),
		    b->raw.nodes[x].name, b->raw.nodes[y].name);
	}
	return topology_say(
	    at, ERR_NOTFOUND, _("there is no link \"%.*s\""), STR_ARG(shown));
}

static int
no_node(const struct topology_at *at, const struct topology_build *b,
    struct str name)
{
	struct str shown = topology_shown(name);
	const char *near = param_nearest(name, &b->raw.nodes[0].name,
	    b->raw.nnodes, sizeof(b->raw.nodes[0]));

	if (near == NULL)
		return topology_say(at, ERR_NOTFOUND,
		    _("there is no node \"%.*s\""), STR_ARG(shown));
	return topology_say(at, ERR_NOTFOUND,
	    _("there is no node \"%.*s\", did you mean \"%s\"?"),
	    STR_ARG(shown), near);
}

static int
find_object(struct topology_at *at, const struct topology_build *b,
    struct str name, struct topology_setting *s)
{
	int err = 0;

	s->index = 0;
	if (find_node(b, name, &s->index)) {
		s->owner = TOPOLOGY_NODE;
		at->a = name;
	} else if (str_is(name, "graph")) {
		s->owner = TOPOLOGY_GRAPH;
	} else if (str_find(name, "--") >= 0) {
		s->owner = TOPOLOGY_EDGE;
		err = find_ends(at, b, name, &s->index);
		if (err == 0) {
			const struct topology_raw_link *l =
			    &b->raw.links[s->index];

			at->a = str_of(b->raw.nodes[l->a].name);
			at->b = str_of(b->raw.nodes[l->b].name);
		}
	} else {
		err = no_node(at, b, name);
	}
	at->owner = err == 0 ? s->owner : 0;
	return err;
}

static int
apply(struct topology_build *b, const char *text)
{
	struct topology_setting *s = &b->settings[b->nsettings];
	struct topology_at at = { .d = b->d, .file = b->file, .setting = text };
	struct topology_values *v = &b->raw.values;
	struct str value, left = str_cut(str_of(text), '=', &value);
	ptrdiff_t dot = str_rchr(left, '.');
	struct str name;
	const char *copy;
	int err;

	if (dot <= 0 || (size_t)dot + 1 >= left.n ||
	    str_chr(str_of(text), '=') < 0)
		return topology_say(
		    &at, ERR_SYNTAX, _("expected NODE.ATTRIBUTE=VALUE"));
	name = str_slice(left, (size_t)dot + 1, left.n);
	err = find_object(&at, b, str_slice(left, 0, (size_t)dot), s);
	if (err == 0)
		err = topology_judge_name(&at, name);
	if (err != 0)
		return err;
	s->attr = topology_attr_find(name);
	if (s->attr < 0)
		return topology_say(&at, ERR_SYNTAX,
		    _("\"%.*s\" is for drawing only, a run does not have it"),
		    STR_ARG(name));
	copy = topology_store_str(b->store, value);
	s->text = topology_store_str(b->store, str_of(text));
	if (copy == NULL || s->text == NULL)
		return topology_no_memory(b);
	b->nsettings++;
	if (s->owner == TOPOLOGY_NODE)
		v = &b->raw.nodes[s->index].values;
	else if (s->owner == TOPOLOGY_EDGE)
		v = &b->raw.links[s->index].values;
	/* An empty value takes away what the file says. */
	v->of[s->attr] = value.n > 0 ? copy : NULL;
	return 0;
}

int
topology_apply_settings(
    struct topology_build *b, const char *const *settings, size_t n)
{
	int err = 0;

	b->settings = topology_store_get(b->store, n, sizeof(*b->settings));
	if (b->settings == NULL)
		return topology_no_memory(b);
	for (size_t i = 0; err == 0 && i < n; i++)
		err = apply(b, settings[i]);
	return err;
}
