/*
 * Reading a topology: the graph is read, settings come over that, then
 * everything is judged.  The first mistake ends the reading with a sentence.
 */
#include "topology/topology_in.h"

#include "base/dates.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/param.h"
#include "base/ref.h"

#include <string.h>

int
topology_no_memory(struct topology_build *b)
{
	return diag_set(b->d, ERR_NOMEM, b->file, 0, "%s", err_text(ERR_NOMEM));
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
read_date(struct str s, struct world_date *date)
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
	struct buf title = BUF_INIT;
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
		read_date(start, &t->date);
	if (v[TOPOLOGY_ATTR_label].text != NULL)
		topology_put_label(&title, v[TOPOLOGY_ATTR_label].text);
	t->title =
	    title.err == 0 ? arena_str(b->store, buf_view(&title)) : NULL;
	buf_free(&title);
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
