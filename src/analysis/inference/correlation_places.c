/*
 * Nodes: one for each host, whatever its ports, unless names say otherwise; and
 * the roles that their messages show. A host that sends to itself, as SIPp on
 * one machine does, is one node for each port. Nodes are in the order of their
 * first message, the sender first, so that a request goes from left to right.
 */
#include "base/array.h"
#include "inference/correlation.h"
#include "packets/address_names.h"

struct host_places {
	struct correlation *co;
	const struct address_names *names;
	struct map *split;  /* hosts that talk to themselves */
	struct map *known;  /* address and port → node plus 1 */
	struct map *called; /* name → node plus 1 */
	size_t cap;
};

/* A, or its host alone. */
static struct addr_key
key_of_place(const struct addr *a, bool with_port)
{
	struct addr_key k = key_of_addr(a);

	if (!with_port)
		memset(k.port, 0, sizeof(k.port));
	return k;
}

int
host_places_create(struct host_places **pp, struct correlation *co,
    const struct address_names *names)
{
	struct host_places *p = mem_zalloc(1, sizeof(*p));
	int err = p != NULL ? 0 : ERR_NOMEM;

	*pp = p;
	if (err != 0)
		return err;
	p->co = co;
	p->names = names;
	if ((err = map_create(&p->split)) != 0 ||
	    (err = map_create(&p->known)) != 0)
		return err;
	return map_create(&p->called);
}

void
host_places_destroy(struct host_places *p)
{
	if (p == NULL)
		return;
	map_destroy(p->split);
	map_destroy(p->known);
	map_destroy(p->called);
	mem_free(p);
}

int
host_places_look(struct host_places *p, const struct capture_message *m)
{
	struct addr_key k = key_of_place(&m->src, false);

	if (!addr_same_ip(&m->src, &m->dst) || m->src.port == m->dst.port ||
	    map_get(p->split, BYTES_OF(k)) != NULL)
		return 0;
	/* So far it was one node, or its node had no port. */
	if (p->names != NULL ||
	    host_places_find(p, &m->src) != CORRELATION_NONE)
		p->co->amended |= p->co->nnodes > 0;
	return map_put(p->split, BYTES_OF(k), p);
}

/* The node called NAME, a new one at A where there is none. */
static int
named_node(struct host_places *p, struct str name, const struct addr *a,
    uint32_t *node)
{
	uint32_t known = key_number(p->called, name);
	struct correlation_node *n;
	int err;

	if (known != 0) {
		*node = known - 1;
		return 0;
	}
	if ((err = ARRAY_ROOM(&p->co->nodes, &p->cap, p->co->nnodes + 1)) != 0)
		return err;
	n = &p->co->nodes[p->co->nnodes];
	*n = (struct correlation_node){ .addr = *a,
		.same = (uint32_t)p->co->nnodes,
		.name = mem_dup(name.p, name.n) };
	if (n->name == NULL)
		return ERR_NOMEM;
	*node = (uint32_t)p->co->nnodes++;
	return key_set_number(p->called, name, *node + 1u);
}

/* A log may not say where it was written. */
static bool
is_known(const struct addr *a)
{
	for (size_t i = 0; i < a->len; i++)
		if (a->ip[i] != 0)
			return true;
	return false;
}

static int
new_place(
    struct host_places *p, const struct addr *a, bool by_port, uint32_t *node)
{
	const struct addr nowhere = { .len = 4 };
	const char *name =
	    address_names_find(p->names, is_known(a) ? a : &nowhere);
	LOCAL_BUF text = BUF_INIT;
	struct addr shown = *a;
	int err;

	if (!by_port)
		shown.port = 0;
	if (name != NULL)
		buf_puts(&text, name);
	else if (is_known(a))
		addr_write(&shown, &text);
	else
		buf_puts(&text, "local");
	if (!is_known(a))
		shown.len = 0;
	err = text.err;
	if (err == 0)
		err = named_node(p, buf_view(&text), &shown, node);
	if (err == 0)
		p->co->nodes[*node].apart |= name != NULL || by_port;
	return err;
}

int
host_places_node(struct host_places *p, const struct addr *a, uint32_t *node)
{
	struct addr_key host = key_of_place(a, false), k;
	bool split = map_get(p->split, BYTES_OF(host)) != NULL;
	uint32_t known;
	int err;

	k = key_of_place(a, split || address_names_by_port(p->names, a));
	known = key_number(p->known, BYTES_OF(k));
	if (known != 0) {
		*node = known - 1;
		return 0;
	}
	err = new_place(p, a, split, node);
	if (err == 0)
		err = key_set_number(p->known, BYTES_OF(k), *node + 1u);
	return err;
}

uint32_t
host_places_find(const struct host_places *p, const struct addr *a)
{
	uint32_t known = 0;

	for (int with_port = 1; known == 0 && with_port >= 0; with_port--) {
		struct addr_key k = key_of_place(a, with_port != 0);

		known = key_number(p->known, BYTES_OF(k));
	}
	return known != 0 ? known - 1 : CORRELATION_NONE;
}

/* ---- roles ---- */

/* What M shows of its sender; only what it can't have got from another. */
static void
note_role(struct correlation *co, const struct correlation_message *m)
{
	struct correlation_node *n = &co->nodes[m->src];

	if (m->fwd == CORRELATION_NONE && m->method == MSG_INVITE &&
	    (m->status == 0 || (m->status > 100 && m->status < 300))) {
		co->amended |= n->served;
		n->takes = true;
	}
	if (m->fwd != CORRELATION_NONE) {
		co->amended |= n->kept;
		n->forwards = true;
	} else if (m->status == 0 && m->nvias == 1 && m->method != MSG_ACK &&
		   m->method != MSG_CANCEL)
		n->calls = true;
	else if (m->status / 100 == 2 && m->method == MSG_REGISTER)
		n->registers = true;
	else if (m->status > 100 && m->status != 401 && m->status != 407 &&
		 m->method == MSG_INVITE)
		n->answers = true;
}

void
correlation_note_roles(struct correlation *co, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		note_role(co, &co->m[i]);
		co->nodes[co->m[i].src].used = true;
		co->nodes[co->m[i].dst].used = true;
	}
}

static void
put_role(struct buf *out, const char *word)
{
	if (out->n > 0)
		buf_putc(out, ' ');
	buf_puts(out, word);
}

void
correlation_put_roles(const struct correlation_node *n, struct buf *out)
{
	if (n->forwards)
		put_role(out, "proxy");
	else if (n->bridges)
		put_role(out, "b2bua");
	if (n->registers)
		put_role(out, "registrar");
	else if (out->n == 0 && (n->calls || n->answers))
		put_role(out, "ua");
	else if (out->n == 0 && n->translates)
		put_role(out, "nat");
}
