/*
 * The first line of a trace: what was run.  docs/TRACE.md, "The first line".
 */
#include "trace/file_kind.h"
#include "trace/reader_in.h"

#include "base/err.h"
#include "base/mem.h"

#define VERSION 1

/* V, the member KEY, as text, empty where it is missing.  The pool has room for
 * the whole line, so its texts never move. */
static int
head_text(struct trace *t, struct json_value v, const char *key,
    struct str *out, const struct trace_place *at)
{
	size_t from = t->pool.n;

	*out = STR_NULL;
	if (v.type == JSON_NONE || v.type == JSON_NULL)
		return 0;
	if (v.type != JSON_STRING)
		return TRACE_WRONG(
		    at, _("the first line's “%s” must be a string"), key);
	if (json_plain(v, out) == 0)
		return 0;
	if (json_text(v, &t->pool) != 0)
		return trace_fail_memory(at);
	*out = str_slice(buf_view(&t->pool), from, t->pool.n);
	return 0;
}

/* A member of an object that is a text, and where it goes. */
struct text_member {
	struct str key;
	struct str *to;
};

#define TEXTS_MOST 8

/* Each of N TEXTS of OBJECT. */
static int
head_texts(struct trace *t, struct json_value object,
    const struct text_member *texts, size_t n, const struct trace_place *at)
{
	struct str keys[TEXTS_MOST] = { STR_NULL };
	struct json_value values[TEXTS_MOST];
	int err = 0;

	for (size_t i = 0; i < n; i++)
		keys[i] = texts[i].key;
	json_members(object.raw, keys, n, values);
	for (size_t i = 0; err == 0 && i < n; i++)
		err = head_text(t, values[i], keys[i].p, texts[i].to, at);
	return err;
}

static int
head_int(struct json_value v, const char *key, int64_t *n,
    const struct trace_place *at)
{
	if (v.type == JSON_NONE || v.type == JSON_NULL)
		return 0;
	if (json_int(v, n) == 0)
		return 0;
	return TRACE_WRONG(
	    at, _("the first line's “%s” must be a whole number"), key);
}

/* LIST, the member KEY, is an array of objects, or there is none. */
static int
head_check_list(
    struct json_value list, const char *key, const struct trace_place *at)
{
	struct json_value v;
	char found[TRACE_FOUND];
	size_t pos = 0;

	if (!json_is_list(list) && list.type != JSON_NULL)
		return TRACE_WRONG(at,
		    _("the first line's “%s” must be an array of objects"),
		    key);
	while (json_item(list, &pos, &v))
		if (v.type != JSON_OBJECT)
			return TRACE_WRONG(at,
			    _("the first line's “%s” contains “%s” where an "
			      "object was expected"),
			    key, trace_put_found(v.raw, found));
	return 0;
}

bool
trace_node_has_addr(const struct trace_node *n, struct str host)
{
	struct str rest = n->addr;

	while (host.n > 0 && rest.n > 0)
		if (str_eq(str_cut(rest, ' ', &rest), host))
			return true;
	return false;
}

struct str
trace_host_of(struct str at)
{
	bool v6 = str_starts(at, "[");
	ptrdiff_t end = str_chr(at, v6 ? ']' : ':');

	return str_slice(at, v6, end < 0 ? at.n : (size_t)end);
}

/* The node whose address an act has set to HOST. */
static struct str
find_moved_node(const struct trace *t, struct str host)
{
	uint64_t seq = t->first[TRACE_ACT], count = trace_count(t);
	LOCAL_BUF scratch = BUF_INIT;
	struct str found = STR_NULL;
	struct trace_rec rec;
	struct json_value addr;

	for (; seq != 0 && seq <= count && found.n == 0; seq++) {
		if (trace_kind_of(t, seq) != TRACE_ACT)
			continue;
		trace_get(t, seq, &rec);
		addr = json_member(trace_member(&rec, "args"), "addr");
		if (addr.type == JSON_STRING &&
		    str_eq(json_text_in(addr, &scratch), host))
			found = rec.node;
	}
	return found;
}

struct str
trace_node_at(const struct trace *t, struct str at)
{
	const struct trace_head *head = trace_head(t);
	struct str host = trace_host_of(at);

	for (size_t i = 0; i < head->nnodes; i++)
		if (trace_node_has_addr(&head->nodes[i], host))
			return head->nodes[i].name;
	return host.n > 0 ? find_moved_node(t, host) : STR_NULL;
}

/* Room for the faces of all nodes in LIST. */
static int
make_face_room(
    struct trace *t, struct json_value list, const struct trace_place *at)
{
	struct json_value v, faces;
	size_t pos = 0, n = 0;
	int err = 0;

	while (err == 0 && json_item(list, &pos, &v)) {
		faces = json_member(v, "faces");
		err = head_check_list(faces, "faces", at);
		n += err == 0 ? json_count(faces) : 0;
	}
	if (err != 0 || n == 0)
		return err;
	t->faces = mem_zalloc(n, sizeof(*t->faces));
	return t->faces != NULL ? 0 : trace_fail_memory(at);
}

static int
read_faces(struct trace *t, struct json_value node, struct trace_node *n,
    const struct trace_place *at)
{
	struct json_value v, faces = json_member(node, "faces");
	size_t pos = 0;
	int err = 0;

	n->faces = &t->faces[t->nfaces];
	while (err == 0 && json_item(faces, &pos, &v)) {
		struct trace_face *f = &t->faces[t->nfaces++];
		const struct text_member texts[] = {
			{ STR("name"), &f->name },
			{ STR("addr"), &f->addr },
		};

		err = head_texts(t, v, texts, 2, at);
		n->nfaces++;
	}
	return err;
}

static int
read_node(struct trace *t, struct json_value v, const struct trace_place *at)
{
	struct trace_node *n = &t->nodes[t->head.nnodes];
	char found[TRACE_FOUND];
	uint32_t number;
	const struct text_member texts[TEXTS_MOST] = {
		{ STR("name"), &n->name },
		{ STR("role"), &n->role },
		{ STR("domain"), &n->domain },
		{ STR("addr"), &n->addr },
		{ STR("aor"), &n->aor },
		{ STR("label"), &n->label },
		{ STR("group"), &n->group },
		{ STR("cluster"), &n->cluster },
	};
	int err = head_texts(t, v, texts, TEXTS_MOST, at);

	if (err != 0)
		return err;
	if (n->name.n == 0)
		return TRACE_WRONG(at,
		    _("node %zu of the first line has no “name”"),
		    t->head.nnodes + 1);
	err = trace_number_name(t, n->name, &number);
	if (err != 0)
		return trace_fail_memory(at);
	if (number != t->head.nnodes)
		return TRACE_WRONG(at,
		    _("the first line names the node “%s” twice"),
		    trace_put_found(n->name, found));
	t->head.nnodes++;
	return t->faces != NULL ? read_faces(t, v, n, at) : 0;
}

/* What nodes of one frame have in common: the cluster, or where nothing is said
 * of one the domain, which a group without a cluster divides. */
static void
put_frame_key(const struct trace_node *n, struct buf *key)
{
	buf_clear(key);
	buf_str(key, n->group);
	buf_putc(key, '\0');
	if (n->group.n > 0 && n->cluster.n > 0) {
		buf_str(key, n->cluster);
		return;
	}
	buf_putc(key, '\0');
	buf_str(key, n->domain);
}

static int
head_find_frames(struct trace *t, const struct trace_place *at)
{
	struct map *frames = NULL;
	LOCAL_BUF key = BUF_INIT;
	int err = map_create(&frames);

	for (size_t i = 0; err == 0 && i < t->head.nnodes; i++) {
		struct trace_node *n = &t->nodes[i];
		size_t first;

		n->frame = n->group.n > 0 ? n->group : n->domain;
		n->frame_first = i;
		if (n->frame.n == 0)
			continue;
		put_frame_key(n, &key);
		first = (size_t)(uintptr_t)map_get(frames, buf_view(&key));
		if (first > 0)
			n->frame_first = first - 1;
		else if ((err = key.err) == 0)
			err = map_put(
			    frames, buf_view(&key), (void *)(uintptr_t)(i + 1));
	}
	map_destroy(frames);
	return err != 0 ? trace_fail_memory(at) : 0;
}

static int
read_nodes(
    struct trace *t, struct json_value list, const struct trace_place *at)
{
	struct json_value v;
	size_t pos = 0;
	int err = head_check_list(list, "nodes", at);

	t->nodes = mem_zalloc(json_count(list), sizeof(*t->nodes));
	t->head.nodes = t->nodes;
	if (err == 0 && t->nodes == NULL)
		err = trace_fail_memory(at);
	if (err == 0)
		err = make_face_room(t, list, at);
	while (err == 0 && json_item(list, &pos, &v))
		err = read_node(t, v, at);
	return err != 0 ? err : head_find_frames(t, at);
}

static int
head_read_link(
    struct trace *t, struct json_value v, const struct trace_place *at)
{
	struct trace_link *l = &t->links[t->head.nlinks++];
	const struct text_member texts[] = {
		{ STR("a"), &l->a },
		{ STR("b"), &l->b },
		{ STR("a_face"), &l->a_face },
		{ STR("b_face"), &l->b_face },
	};
	static const struct str more[] = { STR_INIT("delay"),
		STR_INIT("loss") };
	struct json_value values[2];
	int err = head_texts(t, v, texts, 4, at);

	json_members(v.raw, more, 2, values);
	/* A value that is not a length of time is left out. */
	if (json_int(values[0], &l->delay) != 0 || l->delay < 0)
		l->delay = 0;
	if (err == 0 && values[1].type == JSON_STRING)
		err = head_text(t, values[1], "loss", &l->loss, at);
	return err;
}

static int
head_read_links(
    struct trace *t, struct json_value list, const struct trace_place *at)
{
	struct json_value v;
	size_t pos = 0;
	int err = head_check_list(list, "links", at);

	t->links = mem_zalloc(json_count(list), sizeof(*t->links));
	t->head.links = t->links;
	if (err == 0 && t->links == NULL)
		err = trace_fail_memory(at);
	while (err == 0 && json_item(list, &pos, &v))
		err = head_read_link(t, v, at);
	return err;
}

/* It says that it is a trace, and of a version known here. */
static int
head_check_version(struct trace *t, struct json_value kind_of,
    struct json_value version, const struct trace_place *at)
{
	struct str kind;
	int err;

	if (json_plain(kind_of, &kind) != 0 || !str_is(kind, "trace"))
		return TRACE_WRONG(
		    at, _("not a trace: expected a first line with "
			  "“\"kind\":\"trace\"”"));
	err = head_int(version, "version", &t->head.version, at);
	if (err != 0)
		return err;
	if (t->head.version < 1)
		return TRACE_WRONG(at,
		    _("the first line has no “version”; expected %d"), VERSION);
	if (t->head.version > VERSION)
		return diag_set(at->diag, ERR_UNSUPPORTED, at->file, at->line,
		    _("a trace of version %lld; this program reads version %d"),
		    (long long)t->head.version, VERSION);
	return 0;
}

void
trace_clear_head(struct trace *t)
{
	mem_free(t->names);
	map_destroy(t->numbers);
	mem_free(t->nodes);
	mem_free(t->links);
	mem_free(t->faces);
	buf_free(&t->pool);
	t->names = NULL;
	t->nnames = t->names_cap = 0;
	t->numbers = NULL;
	t->nodes = NULL;
	t->links = NULL;
	t->faces = NULL;
	t->nfaces = 0;
	t->head = (struct trace_head){ 0 };
}

int
trace_read_head(struct trace *t, struct str line, const struct trace_place *at)
{
	enum {
		AT_KIND,
		AT_VERSION,
		AT_SEED,
		AT_TITLE,
		AT_RUNG,
		AT_OSIP,
		AT_NODES,
		AT_LINKS,
		AT_INPUTS,
		AT_CAPTURE,
		AT_START,
		AT_COUNT
	};
	static const struct str keys[AT_COUNT] = { STR_INIT("kind"),
		STR_INIT("version"), STR_INIT("seed"), STR_INIT("title"),
		STR_INIT("rung"), STR_INIT("osip"), STR_INIT("nodes"),
		STR_INIT("links"), STR_INIT("inputs"), STR_INIT("capture"),
		STR_INIT("start") };
	struct json_value head, v[AT_COUNT];
	struct str left = line;
	int err;

	err = file_kind_refuse(line, at->file, FILE_TRACE, at->diag);
	if (err != 0)
		return err;
	if (json_read(&left, &head) != 0)
		return trace_bad_json(at, line, left);
	json_skip_space(&left);
	if (left.n > 0)
		return trace_bad_json(at, line, left);
	if (buf_reserve(&t->pool, line.n + 1) != 0)
		return trace_fail_memory(at);
	json_members(head.raw, keys, AT_COUNT, v);
	err = head_check_version(t, v[AT_KIND], v[AT_VERSION], at);
	if (err == 0)
		err = head_int(v[AT_SEED], "seed", &t->head.seed, at);
	if (err == 0)
		err = head_text(t, v[AT_TITLE], "title", &t->head.title, at);
	if (err == 0)
		err = head_text(t, v[AT_RUNG], "rung", &t->head.rung, at);
	if (err == 0)
		err = head_text(t, v[AT_OSIP], "osip", &t->head.osip, at);
	if (err == 0)
		err = read_nodes(t, v[AT_NODES], at);
	if (err == 0)
		err = head_read_links(t, v[AT_LINKS], at);
	t->head.inputs = v[AT_INPUTS];
	t->head.start_ns = json_int_or(
	    json_member(v[AT_CAPTURE], "start"), json_int_or(v[AT_START], -1));
	return err;
}
