/*
 * A strict router of RFC 2543 before this proxy: RFC 3261 16.4, 16.12.1.2. Such
 * a router puts the next Route into the Request-URI and leaves the true target
 * in the last Route.  (One behind this proxy is sip/forward.c's business.)
 */
#include "roles/proxy/proxy_in.h"

#include "base/err.h"
#include "msg/parts.h"
#include "msg/splice.h"

static bool
has_lr(struct str uri)
{
	struct msg_uri u;
	struct str v;

	return msg_uri_read(uri, &u) == 0 && msg_param(u.params, "lr", &v);
}

/* The last Route value, its field, and the value before it in that field. */
struct last {
	const struct msg_field *field;
	struct str value, before;
};

static bool
find_last(const struct msg *m, struct last *l)
{
	struct str rest, v;
	size_t n = 0;

	while (msg_field(m, MSG_H_ROUTE, n) != NULL)
		n++;
	if (n == 0)
		return false;
	l->field = msg_field(m, MSG_H_ROUTE, n - 1);
	l->value = l->before = STR_NULL;
	rest = l->field->value;
	while (rest.n > 0) {
		v = msg_cut_value(&rest);
		l->before = l->value;
		l->value = v;
	}
	return l->value.n > 0;
}

/* What lies from behind A to the end of B, both in one text. */
static struct str
between(struct str a, struct str b)
{
	const char *begin = a.p + a.n;

	return (struct str){ begin, (size_t)(b.p + b.n - begin) };
}

/* URI without maddr, port and transport. */
static void
write_without_maddr(const struct msg_uri *u, struct str uri, struct buf *out)
{
	struct str rest = u->params, name, value;

	/* Up to the host, which may be in brackets. */
	buf_add(out, uri.p, (size_t)(u->host.p - uri.p));
	buf_str(out, u->host);
	if (u->host.p[-1] == '[')
		buf_putc(out, ']');
	while (msg_next_param(&rest, &name, &value)) {
		if (str_iis(name, "maddr") || str_iis(name, "transport"))
			continue;
		buf_putc(out, ';');
		buf_str(out, name);
		if (value.n > 0) {
			buf_putc(out, '=');
			buf_str(out, value);
		}
	}
}

int
proxy_undo_maddr(
    const struct proxy *p, const struct msg *m, struct sip_bytes **out)
{
	struct buf uri = BUF_INIT;
	struct msg_splice sp;
	struct msg_uri u;
	struct addr a;
	struct str maddr;

	*out = NULL;
	if (msg_uri_read(m->uri, &u) != 0 || !u.sip || u.host.n == 0 ||
	    !msg_param(u.params, "maddr", &maddr) ||
	    addr_parse(maddr, &a) != 0 || !node_has_addr(p->node, &a))
		return 0;
	write_without_maddr(&u, m->uri, &uri);
	msg_splice_init(&sp, m->bytes);
	if (uri.err != 0)
		sp.err = uri.err;
	else
		msg_splice_replace(&sp, m->uri, buf_view(&uri));
	buf_free(&uri);
	return sip_bytes_splice(node_sim(p->node), &sp, out);
}

int
proxy_undo_strict(
    const struct proxy *p, const struct msg *m, struct sip_bytes **out)
{
	struct msg_splice sp;
	struct msg_addr a;
	struct last last;

	*out = NULL;
	/* What proxy_build puts into Record-Route: the address, and lr. */
	if (!has_lr(m->uri) || !node_is_uri(p->node, m->uri) ||
	    !find_last(m, &last) || msg_addr_read(last.value, &a) != 0)
		return 0;
	msg_splice_init(&sp, m->bytes);
	msg_splice_replace(&sp, m->uri, a.uri);
	msg_splice_delete(&sp, last.before.n > 0
				   ? between(last.before, last.value)
				   : last.field->line);
	return sip_bytes_splice(node_sim(p->node), &sp, out);
}
