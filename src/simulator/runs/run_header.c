/* The trace's first line (docs/TRACE.md). */
#include "base/err.h"
#include "runs/run_in.h"
#include "sip/engine.h"
#include "text/json.h"

#include <string.h>

static const char *
attr_of(const struct topology_node *t, const char *name)
{
	const struct topology_attr *a = topology_attr(t, name);

	return a != NULL ? a->value : NULL;
}

static void
put_head_field(struct buf *b, const char *key, const char *value)
{
	if (value != NULL && value[0] != '\0')
		json_put_field(b, key, str_of(value));
}

/* \N, the node's name, is no label: Graphviz gives it to every node once it
 * has drawn something. */
static void
put_label(struct buf *b, const char *key, const char *text)
{
	struct buf plain = BUF_INIT;

	if (text == NULL || strcmp(text, "\\N") == 0)
		return;
	topology_put_label(&plain, text);
	put_head_field(b, key, buf_cstr(&plain));
	buf_end(&plain, &b->err);
}

/* The label of T's cluster is the domain of all its nodes, which says enough.
 */
static bool
is_domain(const struct topology *all, const struct topology_node *t)
{
	for (size_t i = 0; i < all->nnodes; i++)
		if (strcmp(all->nodes[i].cluster, t->cluster) == 0 &&
		    strcmp(all->nodes[i].domain, t->group) != 0)
			return false;
	return true;
}

static void
put_addr(struct buf *b, const struct topology_node *t)
{
	struct buf text = BUF_INIT;

	addr_write_bare(&t->addr, &text);
	for (size_t i = 1; i < t->nfaces; i++) {
		buf_putc(&text, ' ');
		addr_write_bare(&t->faces[i].addr, &text);
	}
	put_head_field(b, "addr", buf_cstr(&text));
	buf_end(&text, &b->err);
}

/* One alone says no more than the address. */
static void
write_faces(const struct topology_node *t, struct buf *b)
{
	if (t->nfaces < 2)
		return;
	json_open(b, "faces", '[');
	for (size_t i = 0; i < t->nfaces; i++) {
		struct buf text = BUF_INIT;

		addr_write_bare(&t->faces[i].addr, &text);
		json_open(b, NULL, '{');
		put_head_field(b, "name", t->faces[i].name);
		put_head_field(b, "addr", buf_cstr(&text));
		buf_putc(b, '}');
		buf_end(&text, &b->err);
	}
	buf_putc(b, ']');
}

static void
write_nodes(const struct run *r, struct buf *b)
{
	json_open(b, "nodes", '[');
	for (size_t i = 0; i < r->topology->nnodes; i++) {
		const struct topology_node *t = &r->topology->nodes[i];

		json_open(b, NULL, '{');
		json_put_field(b, "name", str_of(t->name));
		put_head_field(b, "role", t->role);
		put_head_field(b, "domain", t->domain);
		put_addr(b, t);
		write_faces(t, b);
		put_head_field(b, "aor", attr_of(t, "aor"));
		put_label(b, "label", attr_of(t, "label"));
		if (t->cluster[0] != '\0' && !is_domain(r->topology, t)) {
			put_label(b, "group", t->group);
			put_head_field(b, "cluster", t->cluster);
		}
		buf_putc(b, '}');
	}
	if (r->outside != NULL) {
		json_open(b, NULL, '{');
		json_put_field(b, "name", STR(RUN_OUTSIDE));
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

/* Of which face of T a link is: FACE, from 1 on; 0: of none in particular. */
static void
put_face(
    struct buf *b, const char *key, const struct topology_node *t, size_t face)
{
	if (face != 0 && t->nfaces > 1)
		put_head_field(b, key, t->faces[face - 1].name);
}

/* A share of 0 to 1 as "2.5%", to a ten-thousandth of it. */
static void
write_share(struct buf *b, const char *key, double share)
{
	uint64_t n = (uint64_t)(share * 1e6 + 0.5);
	struct buf text = BUF_INIT;

	if (n == 0)
		return;
	buf_u64(&text, n / 10000);
	n %= 10000;
	if (n > 0)
		buf_printf(&text, ".%04u", (unsigned)n);
	while (n > 0 && text.n > 0 && text.p[text.n - 1] == '0')
		text.n--;
	buf_putc(&text, '%');
	json_put_field(b, key, buf_view(&text));
	buf_end(&text, &b->err);
}

static void
write_links(const struct run *r, struct buf *b)
{
	json_open(b, "links", '[');
	for (size_t i = 0; i < r->topology->nedges; i++) {
		const struct topology_edge *e = &r->topology->edges[i];

		const struct topology_node *a = &r->topology->nodes[e->a];
		const struct topology_node *z = &r->topology->nodes[e->b];

		json_open(b, NULL, '{');
		json_put_field(b, "a", str_of(a->name));
		put_face(b, "a_face", a, e->a_face);
		json_put_field(b, "b", str_of(z->name));
		put_face(b, "b_face", z, e->b_face);
		json_put_int(b, "delay", e->params.delay_ns);
		write_share(b, "loss", e->params.loss);
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

int
run_write_header(struct run *r)
{
	struct buf b = BUF_INIT;
	int err;

	buf_puts(&b, "{\"kind\":\"trace\",\"version\":1");
	json_put_field(&b, "rung", str_of(RUNG_VERSION));
	json_put_field(&b, "osip", str_of(sip_engine_version()));
	json_put_int(&b, "seed", (int64_t)sim_seed(r->world->sim));
	json_put_field(&b, "title", str_of(r->title));
	if (r->topology->dated)
		json_put_int(&b, "start", r->topology->date.epoch_s * SIM_S);
	write_nodes(r, &b);
	write_links(r, &b);
	if (!r->in->untold) {
		json_put_key(&b, "inputs");
		inputs_write(r->in, &b);
	}
	buf_putc(&b, '}');
	err = b.err;
	if (err == 0)
		trace_write_header(r->writer, buf_view(&b));
	buf_free(&b);
	return err != 0 ? err : trace_writer_error(r->writer);
}
