/*
 * WebSocket of a real connection (RFC 6455, RFC 7118): the handshake of HTTP,
 * then a frame for each message.
 */
#include "live/connection_layers.h"

#include "base/err.h"
#include "base/mem.h"
#include "inputs/arrivals.h"
#include "text/utf8.h"
#include "wire/websocket.h"

#include <sys/random.h>

struct websocket_end {
	bool client, open, begun, text, secure, closed;
	struct addr far;
	const char *pages;
	char key[WEBSOCKET_KEY + 1], accept[WEBSOCKET_ACCEPT + 1];
	struct buf in;      /* octets that are no frame yet */
	struct buf message; /* of several frames, so far */
};

static void
websocket_destroy(void *state)
{
	struct websocket_end *e = state;

	buf_free(&e->in);
	buf_free(&e->message);
	mem_free(e);
}

static int
websocket_create(
    void **state, const struct connection_layers_spec *spec, struct diag *d)
{
	struct websocket_end *e = mem_zalloc(1, sizeof(*e));
	uint8_t octets[16];

	(void)d;
	*state = e;
	if (e == NULL || getrandom(octets, sizeof(octets), 0) < 0)
		return ERR_NOMEM;
	e->client = spec->client;
	e->far = spec->far;
	e->pages = spec->pages;
	e->secure = addr_transports[spec->transport].secure;
	websocket_make_key(octets, e->key);
	websocket_accept(str_of(e->key), e->accept);
	return 0;
}

static void
websocket_begin(void *state, struct buf *out)
{
	struct websocket_end *e = state;
	struct buf host = BUF_INIT;

	if (!e->client)
		return;
	addr_write(&e->far, &host);
	websocket_put_request(out, buf_view(&host), e->secure, e->key);
	buf_end(&host, &out->err);
}

/* RFC 6455 5.3: a client's frames have an unpredictable mask each. */
static void
put_frame(const struct websocket_end *e, enum websocket_opcode opcode,
    struct str payload, struct buf *out)
{
	uint8_t mask[WEBSOCKET_MASK] = { 0 };

	if (e->client && getrandom(mask, sizeof(mask), 0) < 0)
		out->err = ERR_IO;
	websocket_put_frame(out, opcode, e->client ? mask : NULL, payload);
}

static void
websocket_give(void *state, struct str bytes, struct buf *out)
{
	put_frame(state, websocket_kind(bytes), bytes, out);
}

static void
say_close(struct websocket_end *e, unsigned status, struct buf *out)
{
	const char octets[2] = { (char)(status >> 8), (char)(status & 0xff) };

	if (!e->closed)
		put_frame(e, WEBSOCKET_CLOSE, (struct str){ octets, 2 }, out);
	e->closed = true;
}

/* It can't be taken, by WHY. */
static enum connection_layers_got
break_websocket(struct websocket_end *e, enum connection_end why,
    const struct connection_layers_up *up, struct buf *out)
{
	say_close(e,
	    why == CONNECTION_END_OVERSIZE  ? WEBSOCKET_TOO_BIG
	    : why == CONNECTION_END_NO_UTF8 ? WEBSOCKET_NO_UTF8
					    : WEBSOCKET_PROTOCOL,
	    out);
	return connection_layers_break(up, why);
}

static void
websocket_say_end(void *state, struct buf *out)
{
	say_close(state, WEBSOCKET_NORMAL, out);
}

/* 5.4: messages may come in parts, with control frames between these. */
static enum connection_layers_got
take_data(struct websocket_end *e, const struct websocket_frame *f,
    const struct connection_layers_up *up, struct buf *out)
{
	struct str all;

	if (e->begun != (f->opcode == WEBSOCKET_MORE))
		return break_websocket(e, CONNECTION_END_FRAGMENTS, up, out);
	if (e->message.n + f->payload.n > ARRIVAL_BYTES_MAX)
		return break_websocket(e, CONNECTION_END_OVERSIZE, up, out);
	if (f->opcode != WEBSOCKET_MORE)
		e->text = f->opcode == WEBSOCKET_TEXT;
	e->begun = !f->last;
	websocket_open(f, &e->message);
	all = buf_view(&e->message);
	if (!f->last)
		return CONNECTION_LAYERS_GOES_ON;
	if (e->text && !utf8_valid(all)) /* 8.1 */
		return break_websocket(e, CONNECTION_END_NO_UTF8, up, out);
	if (all.n > 0) {
		enum connection_layers_got got =
		    connection_layers_came(up, all);

		buf_clear(&e->message);
		return got;
	}
	return CONNECTION_LAYERS_GOES_ON;
}

static enum connection_layers_got
ws_take_frame(struct websocket_end *e, const struct websocket_frame *f,
    const struct connection_layers_up *up, struct buf *out)
{
	struct buf payload = BUF_INIT;

	if (f->opcode < WEBSOCKET_CLOSE)
		return take_data(e, f, up, out);
	if (f->opcode == WEBSOCKET_CLOSE) {
		say_close(e, WEBSOCKET_NORMAL, out);
		return CONNECTION_LAYERS_ENDS;
	}
	if (f->opcode == WEBSOCKET_PING) { /* 5.5.3 */
		websocket_open(f, &payload);
		put_frame(e, WEBSOCKET_PONG, buf_view(&payload), out);
		buf_end(&payload, &out->err);
	}
	return CONNECTION_LAYERS_GOES_ON;
}

/* RFC 6454 4, RFC 3986 3.2.3: ":" and digits. */
static bool
is_port(struct str text)
{
	size_t i = 1;

	while (i < text.n && chr_is_digit(text.p[i]))
		i++;
	return text.n > 1 && i == text.n && text.p[0] == ':';
}

bool
connection_layers_names_page(struct str name)
{
	ptrdiff_t at = str_find(name, "://"), colon;
	struct str host, port;

	if (at <= 0)
		return false;
	host = str_slice(name, (size_t)at + 3, name.n);
	colon = host.n > 0 && host.p[0] == '[' ? str_find(host, "]") + 1
					       : str_chr(host, ':');
	port = colon >= 0 ? str_slice(host, (size_t)colon, host.n) : STR_NULL;
	host = str_slice(host, 0, host.n - port.n);
	for (size_t i = 0; i < host.n; i++)
		if (str_chr(STR("/@?#* "), host.p[i]) >= 0)
			return false;
	return host.n > 0 && host.p[0] != ']' &&
	       (port.n == 0 || str_is(port, ":*") || is_port(port));
}

/* Is ORIGIN the page NAME, "http://127.0.0.1:8000", or ":*": at any port? */
static bool
is_page(struct str origin, struct str name)
{
	size_t n = name.n > 2 ? name.n - 2 : 0;
	struct str port = str_slice(origin, n, origin.n);

	if (!str_is(str_slice(name, n, name.n), ":*"))
		return name.n > 0 && str_ieq(origin, name);
	return str_ieq(str_slice(origin, 0, n), str_slice(name, 0, n)) &&
	       (port.n == 0 || is_port(port));
}

/* RFC 6455 10.2: a browser says whose page it is that connects, and pages of
 * the whole world may be open in it.  Who is not a browser need not say that;
 * the place itself, by its address, which no name of others' leads to, may.  A
 * field without a value is not an origin (RFC 6454 7.1). */
static bool
may_come(const struct websocket_end *e, struct str head)
{
	struct str origin = websocket_field(head, "Origin");
	struct str host = websocket_field(head, "Host"), own;
	struct str rest = str_of(e->pages != NULL ? e->pages : "");
	bool may = origin.p == NULL;

	str_cut(origin, '/', &own);
	may = may ||
	      (host.n > 0 && (chr_is_digit(host.p[0]) || host.p[0] == '[') &&
		  str_starts(own, "/") &&
		  str_ieq(str_slice(own, 1, own.n), host));
	while (!may && rest.n > 0)
		may = is_page(origin, str_cut(rest, ',', &rest));
	return may;
}

static enum connection_layers_got
websocket_take_handshake(struct websocket_end *e, struct str in, size_t *n,
    const struct connection_layers_up *up, struct buf *out)
{
	struct str key;
	enum websocket_shake is =
	    e->client ? websocket_read_response(in, n, e->accept)
		      : websocket_read_request(in, n, &key);

	if (is == WEBSOCKET_SHAKE_MORE) {
		*n = 0;
		return CONNECTION_LAYERS_GOES_ON;
	}
	if (is != WEBSOCKET_SHAKE_GOOD) {
		if (!e->client)
			websocket_put_refusal(out, is == WEBSOCKET_SHAKE_VERSION
						       ? "426 Upgrade Required"
						       : "400 Bad Request");
		return connection_layers_break(
		    up, is == WEBSOCKET_SHAKE_PROTOCOL
			    ? CONNECTION_END_NO_SIP
			    : CONNECTION_END_NO_WEBSOCKET);
	}
	if (!e->client && !may_come(e, str_slice(in, 0, *n))) {
		websocket_put_refusal(out, "403 Forbidden");
		return connection_layers_break(up, CONNECTION_END_ORIGIN);
	}
	if (!e->client) {
		websocket_accept(key, e->accept);
		websocket_put_response(out, e->accept);
	}
	e->open = true;
	connection_layers_opened(up);
	return CONNECTION_LAYERS_GOES_ON;
}

/* What IN begins with, in *N octets; 0: not all of it has come. */
static enum connection_layers_got
take_first(struct websocket_end *e, struct str in, size_t *n,
    const struct connection_layers_up *up, struct buf *out)
{
	struct websocket_frame f;
	unsigned status;

	*n = 0;
	if (!e->open)
		return websocket_take_handshake(e, in, n, up, out);
	switch (websocket_cut(in, !e->client, &f, &status)) {
	case WEBSOCKET_CUT_MORE:
		return CONNECTION_LAYERS_GOES_ON;
	case WEBSOCKET_CUT_BAD:
		return break_websocket(e, f.fault, up, out);
	default:
		*n = f.head + f.payload.n;
		return ws_take_frame(e, &f, up, out);
	}
}

static enum connection_layers_got
websocket_take(void *state, struct str in,
    const struct connection_layers_up *up, struct buf *out)
{
	struct websocket_end *e = state;
	enum connection_layers_got got = CONNECTION_LAYERS_GOES_ON;
	size_t n = 1, taken = 0;

	buf_str(&e->in, in);
	while (got == CONNECTION_LAYERS_GOES_ON && e->in.err == 0 && n > 0) {
		got = take_first(e, str_slice(buf_view(&e->in), taken, e->in.n),
		    &n, up, out);
		taken += n;
	}
	if (e->in.err != 0 || e->message.err != 0) {
		out->err = ERR_NOMEM;
		return CONNECTION_LAYERS_BREAKS;
	}
	memmove(e->in.p, e->in.p + taken, e->in.n - taken);
	e->in.n -= taken;
	return got;
}

const struct connection_layers_ops connection_layers_websocket = {
	.create = websocket_create,
	.destroy = websocket_destroy,
	.begin = websocket_begin,
	.take = websocket_take,
	.give = websocket_give,
	.close = websocket_say_end,
};
