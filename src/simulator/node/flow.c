/* See node/flow.h. */
#include "node/flow.h"

#include "base/err.h"
#include "msg/parts.h"
#include "node/transport.h"
#include "node/uri.h"
#include "sip/hmac.h"
#include "text/json.h"

#include <string.h>

#define MAC_BYTES 10                         /* HMAC-SHA1-80 */
#define SHORTEST  ((MAC_BYTES + 13) / 3 * 4) /* token, of two IPv4 addresses */

bool
node_flow_begins(const struct msg *m)
{
	return msg_count_values(m, MSG_H_VIA) == 1;
}

/* ---- tokens: RFC 5626 5.2 ---- */

static void
sign(const struct node *n, struct str flow, char mac[HMAC_SHA1_BYTES])
{
	hmac_sha1(str_of(n->name), flow, mac);
}

static void
put_end(const struct addr *a, struct buf *out)
{
	buf_add(out, (const char *)a->ip, a->len);
	buf_putc(out, (char)(a->port >> 8));
	buf_putc(out, (char)a->port);
}

void
node_flow_write(const struct node *n, const struct addr *at,
    const struct addr *src, bool sips, const char *params, struct buf *out)
{
	const struct node_face *f = node_face_at(n, at);
	size_t from = out->n + 1;
	struct buf flow = BUF_INIT, token = BUF_INIT;
	char mac[HMAC_SHA1_BYTES];
	struct addr own;

	if (f == NULL)
		f = node_face_toward(n, src);
	own = node_face_addr(f, src->transport);
	buf_putc(&flow, (char)src->transport);
	put_end(&own, &flow);
	put_end(src, &flow);
	sign(n, buf_view(&flow), mac);
	buf_add(&token, mac, MAC_BYTES);
	buf_str(&token, buf_view(&flow));
	buf_printf(out, "<%s", addr_scheme(src->transport));
	json_put_base64(out, buf_view(&token));
	buf_putc(out, '@');
	addr_write(&own, out);
	addr_write_transport(src->transport, out);
	if (sips)
		node_make_sips(out, from);
	buf_printf(out, "%s>", params);
	if (flow.err != 0 || token.err != 0)
		out->err = ERR_NOMEM;
	buf_free(&flow);
	buf_free(&token);
}

/* The far end, of a flow whose addresses both have LEN bytes. */
static void
read_end(struct str flow, size_t len, struct addr *src)
{
	const unsigned char *p = (const unsigned char *)flow.p + 1 + len + 2;

	*src = (struct addr){ .len = (uint8_t)len };
	memcpy(src->ip, p, len);
	src->port = (uint16_t)(p[len] << 8 | p[len + 1]);
	src->transport = (uint8_t)flow.p[0];
}

/* FLOW is signed by MAC, as N does it. */
static bool
is_own(const struct node *n, struct str flow, const char *said)
{
	char mac[HMAC_SHA1_BYTES];

	sign(n, flow, mac);
	return memcmp(mac, said, MAC_BYTES) == 0;
}

int
node_flow_read(const struct node *n, struct str uri, struct addr *src)
{
	struct buf token = BUF_INIT;
	struct str flow;
	struct msg_uri u;
	size_t len;
	int err;

	/* Another mark of a server's, as "orig", is shorter than any token. */
	if (msg_uri_read(uri, &u) != 0 || u.user.n < SHORTEST)
		return ERR_NOTFOUND;
	err = json_base64(u.user, &token);
	flow = str_slice(buf_view(&token), MAC_BYTES, token.n);
	len = flow.n == 1 + 2 * 6 ? 4 : flow.n == 1 + 2 * 18 ? 16 : 0;
	if (err == 0 &&
	    (len == 0 || (unsigned char)flow.p[0] >= ADDR_TRANSPORTS ||
		!is_own(n, flow, token.p)))
		err = ERR_SYNTAX;
	if (err == 0)
		read_end(flow, len, src);
	buf_free(&token);
	return err;
}

bool
node_flow_stands(const struct node *n, const struct addr *src)
{
	if (!addr_is_stream(src))
		return true;
	for (size_t i = 0; i < n->nfaces; i++)
		if (transport_connected(n->faces[i].transport, src))
			return true;
	return false;
}

/* ---- noted addresses ---- */

void
node_alias_write(struct str contact, const struct addr *src, struct buf *out)
{
	struct addr said, noted;
	struct msg_uri u;

	if (msg_uri_read(contact, &u) != 0 || !u.sip || u.headers.n > 0 ||
	    node_alias_read(contact, &noted))
		return;
	if (node_is_nowhere(&u))
		said = (struct addr){ 0 };
	else if (addr_parse(u.host, &said) != 0)
		return;
	said.port = msg_uri_port(&u);
	/* Whoever comes by TCP has another port than the one he listens at. */
	if (addr_same_ip(&said, src) &&
	    (addr_is_stream(src) || said.port == src->port))
		return;
	buf_puts(out, ";alias=");
	addr_write_host(src, out);
	buf_printf(
	    out, "~%u~%s", src->port, addr_transports[src->transport].word);
}

bool
node_alias_read(struct str uri, struct addr *at)
{
	struct str alias, port, by;
	struct msg_uri u;
	uint32_t number;

	if (msg_uri_read(uri, &u) != 0 || !msg_param(u.params, "alias", &alias))
		return false;
	alias = str_cut(alias, '~', &port);
	port = str_cut(port, '~', &by);
	if (addr_parse(alias, at) != 0 || str_u32(port, &number) != 0 ||
	    number == 0 || number > UINT16_MAX)
		return false;
	at->port = (uint16_t)number;
	return addr_transport_find(by, &at->transport);
}

void
node_alias_strip(struct str uri, struct buf *out)
{
	ptrdiff_t at = str_ifind(uri, STR(";alias="));
	struct str rest;

	if (at < 0) {
		buf_str(out, uri);
		return;
	}
	rest = str_slice(uri, (size_t)at + 1, uri.n);
	buf_str(out, str_slice(uri, 0, (size_t)at));
	while (rest.n > 0 && rest.p[0] != ';' && rest.p[0] != '?')
		rest = str_slice(rest, 1, rest.n);
	buf_str(out, rest);
}
