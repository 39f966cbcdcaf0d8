/* The URIs and addresses of a node's user. */
#include "node/node.h"

#include "base/mem.h"
#include "node/uri.h"

#include <string.h>

void
node_write_uri(
    const struct node_face *f, enum addr_transport by, struct buf *out)
{
	struct addr at = node_face_addr(f, by);

	buf_puts(out, addr_scheme(by));
	addr_write(&at, out);
	addr_write_transport(by, out);
}

void
node_write_address_by(const struct node_face *f, enum addr_transport by,
    const char *params, struct buf *out)
{
	buf_putc(out, '<');
	node_write_uri(f, by, out);
	buf_puts(out, params);
	buf_putc(out, '>');
}

void
node_write_address(
    const struct node_face *f, const char *params, struct buf *out)
{
	node_write_address_by(f, node_transport(f->node), params, out);
}

char *
node_aor_at(const struct node *n, const struct node_face *f)
{
	const char *given = node_attr(n, "aor", NULL);
	struct buf b = BUF_INIT;

	/* RFC 5630 5.1.1.1: who can't be reached by sips is sip. */
	if (given != NULL && node_is_sips(str_of(given)) && !node_has_tls(n)) {
		buf_printf(&b, "sip%s", given + strlen("sips"));
		return buf_take(&b);
	}
	if (given != NULL)
		return mem_strdup(given);
	buf_puts(&b, "sip:");
	buf_puts(&b, n->name);
	buf_putc(&b, '@');
	if (n->domain[0] != '\0')
		buf_puts(&b, n->domain);
	else if (f->addr.port == addr_transports[ADDR_DEFAULT].port)
		addr_write_host(&f->addr, &b);
	else
		addr_write(&f->addr, &b);
	return buf_take(&b);
}

char *
node_aor(const struct node *n)
{
	return node_aor_at(n, &n->faces[0]);
}
