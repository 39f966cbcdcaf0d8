/*
 * Reading a topology: the scan says where things stand and keeps hostile files
 * out, libcgraph says what they mean, settings come over that, then everything
 * is judged.  The first mistake ends the reading with a sentence.
 */
#include "scenario/topology_private.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "base/utf8.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

int
topology_no_memory(struct topology_build *b)
{
	return diag_set(b->d, ERR_NOMEM, b->file, 0, "%s", err_text(ERR_NOMEM));
}

static struct topology_mark
mark_of(const struct topology_build *b, enum topology_owner owner, size_t i,
    int attr)
{
	struct topology_mark none = { 0, 0 };

	if (attr < 0)
		return none;
	if (owner == TOPOLOGY_GRAPH)
		return b->scan.marks.at[attr];
	if (owner == TOPOLOGY_NODE)
		return b->scan.nodes[i].marks.at[attr];
	if (owner == TOPOLOGY_EDGE && b->statements[i] < b->scan.nstatements)
		return b->scan.statements[b->statements[i]].at[attr];
	return none;
}

struct topology_at
topology_at(const struct topology_build *b, enum topology_owner owner, size_t i,
    int attr)
{
	struct topology_at at = { .d = b->d, .file = b->file, .owner = owner };

	at.line = mark_of(b, owner, i, attr).line;
	if (owner == TOPOLOGY_NODE) {
		at.a = str_of(b->raw.nodes[i].name);
		if (at.line == 0)
			at.line = b->scan.nodes[i].line;
	} else if (owner == TOPOLOGY_EDGE) {
		at.a = str_of(b->raw.nodes[b->raw.links[i].a].name);
		at.b = str_of(b->raw.nodes[b->raw.links[i].b].name);
		if (at.line == 0)
			at.line = b->lines[i];
	}
	for (size_t k = 0; attr >= 0 && k < b->nsettings; k++) {
		const struct topology_setting *s = &b->settings[k];

		if (s->owner == owner && s->index == i && s->attr == attr)
			at.setting = s->text;
	}
	return at;
}

static int
say_byte(
    struct topology_build *b, struct str text, size_t at, const char *sentence)
{
	unsigned line = 1;

	for (size_t i = 0; i < at; i++)
		line += text.p[i] == '\n';
	return diag_set(b->d, ERR_SYNTAX, b->file, line, "%s", sentence);
}

/* What is no text for Graphviz at all; takes a byte order mark off. */
static int
check_bytes(struct topology_build *b, struct str *text)
{
	size_t used;

	if (text->n > TOPOLOGY_FILE_MAX)
		return diag_set(b->d, ERR_LIMIT, b->file, 0,
		    _("the file is larger than %u bytes"), TOPOLOGY_FILE_MAX);
	if (str_starts(*text, BYTE_ORDER_MARK))
		*text = str_slice(*text, 3, text->n);
	for (size_t i = 0; i < text->n; i += used) {
		char c = text->p[i];
		bool last = i + 1 == text->n;

		used = 1;
		if (c == '\0')
			return say_byte(b, *text, i,
			    _("there is a NUL byte here: this is no text"));
		/* Graphviz's versions differ about where it ends a line. */
		if (c == '\r' && (last || text->p[i + 1] != '\n'))
			return say_byte(b, *text, i,
			    _("there is a CR without LF here: lines end in LF "
			      "or CR LF"));
		if ((unsigned char)c < 0x80)
			continue;
		/* Graphviz drops one wherever it stands in the first line. */
		if (str_starts(str_slice(*text, i, text->n), BYTE_ORDER_MARK))
			return say_byte(b, *text, i,
			    _("there is a byte order mark inside of the file"));
		utf8_decode(str_slice(*text, i, text->n), &used);
		if (used == 1)
			return say_byte(
			    b, *text, i, _("these bytes are not UTF-8"));
	}
	return 0;
}

/* The scan and libcgraph speak of the same nodes in the same order. */
static int
check_agreement(struct topology_build *b)
{
	bool same = b->scan.nnodes == b->raw.nnodes;

	for (size_t i = 0; same && i < b->raw.nnodes; i++)
		same = strcmp(b->scan.nodes[i].name, b->raw.nodes[i].name) == 0;
	if (!same)
		return diag_set(b->d, ERR_UNSUPPORTED, b->file, 0, "%s",
		    _("Graphviz and rung read this file differently"));
	if (b->raw.nnodes == 0)
		return diag_set(b->d, ERR_SYNTAX, b->file, 0, "%s",
		    _("the graph has no nodes"));
	return 0;
}

/* Graphviz's \n, \l and \r are line ends in a drawing, spaces in a title. */
static void
make_title(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++) {
		if (*s == '\\' && s[1] != '\0') {
			s++;
			*to++ = strchr("nlr", *s) != NULL ? ' ' : *s;
		} else {
			*to++ = *s == '\n' || *s == '\r' ? ' ' : *s;
		}
	}
	*to = '\0';
}

static int
build_graph(struct topology_build *b)
{
	const struct topology_values *v = &b->raw.values;
	const char *seed = v->of[TOPOLOGY_ATTR_seed];
	const char *duration = v->of[TOPOLOGY_ATTR_duration];
	struct topology *t = b->t;
	int err;

	for (int i = 0; i < TOPOLOGY_NATTRS; i++) {
		struct topology_at at = topology_at(b, TOPOLOGY_GRAPH, 0, i);

		if (v->of[i] == NULL)
			continue;
		err = topology_judge_value(
		    &at, &topology_attr_rows[i], str_of(v->of[i]));
		if (err != 0)
			return err;
	}
	t->seed = 1;
	if (seed != NULL)
		str_u64(str_of(seed), &t->seed);
	if (duration != NULL)
		param_time(str_of(duration), &t->duration_ns);
	t->name = topology_store_str(b->store, str_of(b->scan.name));
	t->title =
	    topology_store_str(b->store, str_of(v->of[TOPOLOGY_ATTR_label]));
	if (t->name == NULL || t->title == NULL)
		return topology_no_memory(b);
	make_title(t->title);
	return 0;
}

static int
build(struct topology_build *b, struct str text, const char *const *settings,
    size_t nsettings)
{
	struct str graph = text;
	int err;

	b->t->file = topology_store_str(b->store, str_of(b->file));
	b->t->text = topology_store_str(b->store, text);
	if (b->t->file == NULL || b->t->text == NULL)
		return topology_no_memory(b);
	err = check_bytes(b, &graph);
	if (err == 0)
		err = topology_scan(&b->scan, b->store, graph, b->file, b->d);
	/* Bytes behind the brace would wait in libcgraph for the next file. */
	if (err == 0)
		err = topology_graph_read(&b->raw, b->store,
		    str_slice(graph, 0, b->scan.end), b->scan.graph_bytes,
		    b->file, b->d);
	if (err == 0)
		err = check_agreement(b);
	if (err == 0)
		err = topology_locate_links(b);
	if (err == 0)
		err = topology_apply_settings(b, settings, nsettings);
	if (err == 0)
		err = build_graph(b);
	if (err == 0)
		err = topology_build_nodes(b);
	if (err == 0)
		err = topology_build_links(b);
	if (err == 0)
		err = topology_assign_addresses(b);
	if (err == 0)
		err = topology_check_entries(b);
	return err;
}

int
topology_read(struct topology **t, struct str text, const char *file,
    const char *const *settings, size_t nsettings, struct diag *d)
{
	struct topology_build b = { .file = file != NULL ? file : "", .d = d };
	int err;

	*t = NULL;
	if (text.n > TOPOLOGY_FILE_MAX)
		return check_bytes(&b, &text);
	b.t = mem_zalloc(1, sizeof(*b.t));
	if (b.t == NULL || topology_store_create(&b.store) != 0) {
		mem_free(b.t);
		return topology_no_memory(&b);
	}
	b.t->store = b.store;
	err = build(&b, text, settings, nsettings);
	topology_scan_free(&b.scan);
	if (err != 0) {
		topology_destroy(b.t);
		return err;
	}
	*t = b.t;
	return 0;
}

void
topology_destroy(struct topology *t)
{
	if (t == NULL)
		return;
	topology_store_destroy(t->store);
	mem_free(t);
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
	for (size_t i = 0; i < t->nnodes; i++) {
		if (strcmp(t->nodes[i].name, name) != 0)
			continue;
		if (index != NULL)
			*index = i;
		return &t->nodes[i];
	}
	return NULL;
}
