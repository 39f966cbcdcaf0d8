/*
 * Faces: the attribute that gives a node several addresses, and the ports of
 * links (a -- b:port) that name one of them.  A port of a node without faces is
 * Graphviz's alone, as is one of its compass points.
 */
#include "topology/topology_in.h"

#include "base/err.h"
#include "base/param.h"

#include <string.h>

/* graphviz.org/docs/attr-types/portPos */
static bool
is_compass_point(struct str s)
{
	static const char *const points[] = { "n", "ne", "e", "se", "s", "sw",
		"w", "nw", "c", "_" };

	for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++)
		if (str_is(s, points[i]))
			return true;
	return false;
}

static size_t
find_face(const struct topology_node *n, struct str name)
{
	size_t i = 0;

	while (i < n->nfaces && !str_is(name, n->faces[i].name))
		i++;
	return i;
}

static int
add_face(struct topology_build *b, const struct topology_at *at,
    struct topology_node *n, struct str name, const struct addr *a,
    unsigned listens)
{
	struct str shown = topology_shown(name);
	const char *copy;

	if (!topology_is_name(name))
		return topology_say(at, ERR_SYNTAX,
		    _("“%.*s” can't be a face's name: letters, digits, “_”, "
		      "“.” and “-”, at most 63"),
		    STR_ARG(shown));
	if (is_compass_point(name))
		return topology_say(at, ERR_SYNTAX,
		    _("“%.*s” can't be a face's name: to Graphviz it is a "
		      "point of the compass"),
		    STR_ARG(shown));
	if (find_face(n, name) < n->nfaces)
		return topology_say(at, ERR_EXISTS,
		    _("it has two faces called “%.*s”"), STR_ARG(shown));
	if (n->nfaces == NODE_FACES)
		return topology_say(
		    at, ERR_LIMIT, _("more than %d faces"), NODE_FACES);
	copy = arena_str(b->store, name);
	if (copy == NULL)
		return topology_no_memory(b);
	n->faces[n->nfaces++] =
	    (struct world_face){ .name = copy, .addr = *a, .listens = listens };
	return 0;
}

static int
build_faces(struct topology_build *b, size_t i, struct str rest)
{
	struct topology_at at =
	    topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_faces);
	struct topology_node *n = &b->t->nodes[i];
	unsigned listens;
	struct addr a;
	struct str name;
	int err = 0, bad;

	if ((role_traits(str_of(n->role)) & TRAIT_FIRMWARE) != 0)
		return topology_say(&at, ERR_SYNTAX,
		    _("a handset has one address: addr=\"192.0.2.7\""));
	n->faces = arena_get(b->store, NODE_FACES, sizeof(*n->faces));
	if (n->faces == NULL)
		return topology_no_memory(b);
	/* What addr= gives is the first, without a name. */
	if (topology_attr(n, "addr") != NULL)
		n->faces[n->nfaces++] = (struct world_face){ .name = "" };
	/* Their form was judged. */
	while (err == 0 && node_face_read(&rest, &name, &a, &listens, &bad))
		err = add_face(b, &at, n, name, &a, listens);
	return err;
}

/* What translates has an outer side and at least one other. */
static int
judge_nat(struct topology_build *b, size_t i)
{
	const struct topology_node *n = &b->t->nodes[i];
	struct topology_at at =
	    topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_role);

	if (!role_plays(str_of(n->role), "nat") ||
	    (n->nfaces > 1 && find_face(n, STR("outside")) < n->nfaces))
		return 0;
	return topology_say(&at, ERR_SYNTAX,
	    _("a NAT needs a face called outside, and another: "
	      "faces=\"inside=192.168.1.1 outside=203.0.113.7\""));
}

int
topology_build_faces(struct topology_build *b)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < b->t->nnodes; i++) {
		const struct topology_attr *a =
		    topology_attr(&b->t->nodes[i], "faces");

		if (a != NULL)
			err = build_faces(b, i, str_of(a->value));
		if (err == 0)
			err = judge_nat(b, i);
	}
	return err;
}

int
topology_find_face(struct topology_build *b, size_t i, size_t n,
    const char *port, size_t *face)
{
	const struct topology_node *node = &b->t->nodes[n];
	struct topology_at at = topology_at(b, TOPOLOGY_EDGE, i, -1);
	struct str name = str_of(port != NULL ? port : "");
	struct str shown = topology_shown(name);
	size_t k = find_face(node, name);
	const char *near;

	*face = 0;
	if (name.n == 0 || is_compass_point(name))
		return 0;
	if (node->nfaces == 0) {
		b->t->edges[i].stray = port;
		b->t->edges[i].stray_at = node->name;
		return 0;
	}
	if (k < node->nfaces) {
		*face = k + 1;
		return 0;
	}
	near = param_nearest(
	    name, &node->faces[0].name, node->nfaces, sizeof(node->faces[0]));
	if (near == NULL || near[0] == '\0')
		return topology_say(&at, ERR_NOTFOUND,
		    _("%s has no face “%.*s”"), node->name, STR_ARG(shown));
	return topology_say(&at, ERR_NOTFOUND,
	    _("%s has no face “%.*s”, did you mean “%s”?"), node->name,
	    STR_ARG(shown), near);
}
