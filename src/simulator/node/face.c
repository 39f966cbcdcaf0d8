/* The faces of a node; see node/face.h. */
#include "node/face.h"

#include "base/err.h"
#include "msg/header_names.h"
#include "node/node.h"
#include "node/node_transport.h"

const struct addr *
node_addr(const struct node *n)
{
	return &n->faces[0].addr;
}

const struct node_face *
node_face_toward(const struct node *n, const struct addr *dst)
{
	if (n->nfaces == 1)
		return &n->faces[0];
	return &n->faces[net_host_facing(n->host, dst)];
}

const struct node_face *
node_face_for(const struct node *n, const struct node *other)
{
	return node_face_toward(n, node_addr(other));
}

const struct node_face *
node_face_before(const struct node *n, const struct msg *m)
{
	struct msg_values it = { 0 };
	struct addr src;
	struct str via;

	if (n->nfaces == 1 || !msg_next_value(m, MSG_H_VIA, &it, &via) ||
	    sip_via_destination(n->stack, via, &src) != 0)
		return &n->faces[0];
	return node_face_toward(n, &src);
}

bool
node_face_listens_by(const struct node_face *f, enum addr_transport transport)
{
	return (f->listens & 1U << transport) != 0;
}

static uint16_t
face_port_of(const struct node_face *f, enum addr_transport by)
{
	uint16_t port = addr_transports[by].port;

	return port == f->usual ? f->addr.port : port;
}

void
node_face_write_host(const struct node_face *f, struct buf *out)
{
	if (node_is_nameless(f->node))
		buf_puts(out, f->node->nameless);
	else
		addr_write_host(&f->addr, out);
}

struct addr
node_face_addr(const struct node_face *f, enum addr_transport by)
{
	struct addr a = f->addr;

	a.port = face_port_of(f, by);
	a.transport = (uint8_t)by;
	return a;
}

bool
node_face_listens(const struct node_face *f, uint16_t port)
{
	for (unsigned by = 0; by < ADDR_KNOWN_TRANSPORTS; by++)
		if (node_face_listens_by(f, by) && face_port_of(f, by) == port)
			return true;
	return false;
}

const struct node_face *
node_face_at(const struct node *n, const struct addr *a)
{
	for (size_t i = 0; i < n->nfaces; i++) {
		const struct node_face *f = &n->faces[i];

		if (addr_same_ip(&f->addr, a) &&
		    (f->addr.port == a->port || node_face_listens(f, a->port)))
			return f;
		if (f->mapped.len != 0 && addr_eq(&f->mapped, a))
			return f;
	}
	return NULL;
}

struct node_face *
node_face_named(struct node *n, struct str name)
{
	for (size_t i = 0; i < n->nfaces; i++)
		if (str_is(name, n->faces[i].name))
			return &n->faces[i];
	return NULL;
}

bool
node_has_addr(const struct node *n, const struct addr *a)
{
	for (size_t i = 0; i < n->nfaces; i++)
		if (addr_same_ip(&n->faces[i].addr, a))
			return true;
	return false;
}

/* "udp,tcp" as bits; 0 where a word is none. */
static unsigned
read_transports(struct str words)
{
	unsigned bits = 0;
	uint8_t transport;

	while (words.n > 0) {
		if (!addr_transport_find(
			str_cut(words, ',', &words), &transport))
			return 0;
		bits |= 1U << transport;
	}
	return bits;
}

bool
node_face_read(struct str *text, struct str *name, struct addr *a,
    unsigned *listens, int *err)
{
	struct str word = STR_NULL, value, where, by;

	while (word.n == 0 && text->n > 0)
		word = str_cut(*text, ' ', text);
	if (word.n == 0)
		return false;
	*name = str_cut(word, '=', &value);
	where = str_cut(value, '/', &by);
	*listens = 0;
	*err = 0;
	if (name->n == 0 || name->n == word.n || addr_parse(where, a) != 0) {
		*name = word;
		*err = ERR_SYNTAX;
	} else if (where.n < value.n && (*listens = read_transports(by)) == 0) {
		*err = ERR_RANGE;
	}
	return true;
}

void
node_face_init(struct node_face *f)
{
	unsigned first = 0;

	/* 18.2.1: where it listens for UDP it listens for TCP. */
	if (f->listens == 0)
		f->listens = NODE_LISTENS_ALL;
	while (!node_face_listens_by(f, first))
		first++;
	f->usual = addr_transports[first].port;
	if (f->addr.port == 0)
		f->addr.port = f->usual;
	/* Two transports can't be told apart at one port. */
	for (unsigned by = first; by < ADDR_KNOWN_TRANSPORTS; by++)
		for (unsigned to = by + 1; to < ADDR_KNOWN_TRANSPORTS; to++)
			if (addr_transports[by].stream &&
			    node_face_listens_by(f, by) &&
			    face_port_of(f, by) == face_port_of(f, to))
				f->listens &= ~(1U << to);
}

int
node_faces_open(struct node *n, net_recv_fn *fn)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < n->nfaces; i++) {
		struct node_face *f = &n->faces[i];
		struct addr at = node_face_addr(f, ADDR_UDP);

		err = net_udp_open_at(n->host, &at,
		    node_face_listens_by(f, ADDR_UDP) && !node_is_browser(n)
			? fn
			: NULL,
		    n, &f->sock);
		if (err == 0)
			err = transport_create(&f->transport, f);
	}
	return err;
}

void
node_faces_close(struct node *n)
{
	for (size_t i = 0; i < n->nfaces; i++) {
		struct node_face *f = &n->faces[i];

		transport_destroy(f->transport);
		f->transport = NULL;
		net_udp_close(f->sock);
		f->sock = NULL;
	}
}
