/*
 * WebSocket between a connection, or TLS, and SIP (RFC 7118): the handshake,
 * then a frame for each message.
 */
#include "node/channel.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "node/flow.h"
#include "node/node.h"
#include "node/security.h"
#include "rules/rule_names.h"
#include "wire/websocket.h"

struct layer_websocket {
	struct node *node;
	struct addr remote;
	struct buf host; /* whom a client asks for */
	struct rng random;
	bool client, open, begun, text;
	char key[WEBSOCKET_KEY + 1], accept[WEBSOCKET_ACCEPT + 1];
	struct buf message; /* of several frames, so far */
	/* What `read` has found, until it is asked for. */
	struct channel_saying said;
	bool ponged;
	const char *bad;
};

static void
destroy_websocket(void *state)
{
	struct layer_websocket *l = state;

	buf_free(&l->host);
	buf_free(&l->message);
	buf_free(&l->said.bytes);
	buf_free(&l->said.names);
	mem_free(l);
}

static int
create_websocket(void **state, const struct channel_spec *spec)
{
	struct layer_websocket *l = mem_zalloc(1, sizeof(*l));
	struct node_security *s = node_security(spec->face->node);
	uint8_t octets[16];

	*state = l;
	if (l == NULL || s == NULL)
		return ERR_NOMEM;
	l->node = spec->face->node;
	l->remote = spec->remote;
	l->client = spec->client;
	rng_init(&l->random, node_security_seed(s), l->node->name, "websocket");
	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = (uint8_t)rng_u64(&l->random);
	websocket_make_key(octets, l->key);
	websocket_accept(str_of(l->key), l->accept);
	if (l->client)
		node_write_sought(l->node, &spec->remote, &l->host);
	return l->host.err;
}

static void
begin_websocket(void *state, struct channel_saying *s)
{
	struct layer_websocket *l = state;

	if (!l->client)
		return;
	buf_puts(&s->names, "GET");
	websocket_put_request(&s->bytes, buf_view(&l->host),
	    addr_transports[l->remote.transport].secure, l->key);
}

/* ---- frames ---- */

/* RFC 6455 5.3: a client's frames have a mask each, drawn again; MASK or NULL.
 */
static const uint8_t *
draw_mask(struct layer_websocket *l, uint8_t mask[WEBSOCKET_MASK])
{
	uint64_t drawn;

	if (!l->client)
		return NULL;
	drawn = rng_u64(&l->random);
	for (size_t i = 0; i < WEBSOCKET_MASK; i++)
		mask[i] = (uint8_t)(drawn >> 8 * i);
	return mask;
}

static void
wrap_websocket(void *state, struct str bytes, bool changed, struct buf *out)
{
	uint8_t mask[WEBSOCKET_MASK];

	(void)changed;
	websocket_put_frame(
	    out, websocket_kind(bytes), draw_mask(state, mask), bytes);
}

static void
ws_channel_say_close(
    struct layer_websocket *l, unsigned status, struct channel_saying *s)
{
	uint8_t mask[WEBSOCKET_MASK];

	s->why = RULE_WEBSOCKET_CLOSE;
	buf_printf(&s->names, "Close %u", status);
	websocket_put_close(&s->bytes, status, draw_mask(l, mask));
}

static void
end_websocket(void *state, struct channel_saying *s)
{
	struct layer_websocket *l = state;

	if (l->bad == NULL)
		ws_channel_say_close(l, WEBSOCKET_NORMAL, s);
}

/* RFC 6455 7.1.7 */
static enum channel_event
ws_channel_fail(struct layer_websocket *l, unsigned status)
{
	l->bad = status == WEBSOCKET_TOO_BIG   ? "too big"
		 : status == WEBSOCKET_NO_UTF8 ? "no UTF-8"
					       : "protocol error";
	ws_channel_say_close(l, status, &l->said);
	l->said.ends = true;
	l->said.how = "websocket";
	return CHANNEL_BAD;
}

/* 5.4: messages may come in parts. */
static enum channel_event
take_data_frame(
    struct layer_websocket *l, const struct websocket_frame *f, struct buf *out)
{
	if (l->begun != (f->opcode == WEBSOCKET_MORE))
		return ws_channel_fail(l, WEBSOCKET_PROTOCOL);
	if (l->message.n + f->payload.n > WEBSOCKET_MOST)
		return ws_channel_fail(l, WEBSOCKET_TOO_BIG);
	if (f->opcode != WEBSOCKET_MORE)
		l->text = f->opcode == WEBSOCKET_TEXT;
	l->begun = !f->last;
	websocket_open(f, &l->message);
	if (!f->last)
		return CHANNEL_PART;
	/* 8.1 */
	if (l->text && !utf8_valid(buf_view(&l->message)))
		return ws_channel_fail(l, WEBSOCKET_NO_UTF8);
	buf_str(out, buf_view(&l->message));
	if (l->message.err != 0)
		out->err = l->message.err;
	buf_clear(&l->message);
	return CHANNEL_DATA;
}

static void
ping(void *state, struct channel_saying *s)
{
	uint8_t mask[WEBSOCKET_MASK];

	s->why = RULE_KEEPALIVE_SEND;
	buf_puts(&s->names, "Ping");
	websocket_put_frame(
	    &s->bytes, WEBSOCKET_PING, draw_mask(state, mask), STR_NULL);
}

/* 5.5 */
static enum channel_event
take_control(struct layer_websocket *l, const struct websocket_frame *f)
{
	uint8_t mask[WEBSOCKET_MASK];
	struct buf payload = BUF_INIT;

	if (f->opcode == WEBSOCKET_PING) {
		websocket_open(f, &payload);
		l->said.why = RULE_WEBSOCKET_PONG;
		buf_puts(&l->said.names, "Pong");
		websocket_put_frame(&l->said.bytes, WEBSOCKET_PONG,
		    draw_mask(l, mask), buf_view(&payload));
		buf_end(&payload, &l->said.bytes.err);
	} else if (f->opcode == WEBSOCKET_CLOSE) {
		/* The sender of such a frame closes the connection. */
		l->bad = "closed";
	} else {
		l->ponged = true;
	}
	return CHANNEL_TOLD;
}

static enum channel_event
read_frame(struct layer_websocket *l, struct str in, size_t *n, struct buf *out)
{
	struct websocket_frame f;
	unsigned status;

	switch (websocket_cut(in, !l->client, &f, &status)) {
	case WEBSOCKET_CUT_MORE:
		return CHANNEL_MORE;
	case WEBSOCKET_CUT_BAD:
		*n = in.n;
		return ws_channel_fail(l, status);
	default:
		break;
	}
	*n = f.head + f.payload.n;
	return f.opcode >= WEBSOCKET_CLOSE ? take_control(l, &f)
					   : take_data_frame(l, &f, out);
}

/* ---- the handshake ---- */

/* RFC 6455 4.2.2: a request that can't be taken is answered so. */
static const char *const refusals[] = {
	[WEBSOCKET_SHAKE_BAD] = "400 Bad Request",
	[WEBSOCKET_SHAKE_VERSION] = "426 Upgrade Required",
	[WEBSOCKET_SHAKE_PROTOCOL] = "400 Bad Request",
};

static enum channel_event
answer_handshake(struct layer_websocket *l, struct str key)
{
	websocket_accept(key, l->accept);
	l->open = l->said.opens = true;
	buf_puts(&l->said.names, "101 Switching Protocols");
	websocket_put_response(&l->said.bytes, l->accept);
	return CHANNEL_TOLD;
}

static enum channel_event
ws_channel_refuse(struct layer_websocket *l, enum websocket_shake why)
{
	l->bad = "handshake";
	l->said.ends = true;
	l->said.how = "websocket";
	if (l->client)
		return CHANNEL_BAD;
	buf_puts(&l->said.names, refusals[why]);
	websocket_put_refusal(&l->said.bytes, refusals[why]);
	return CHANNEL_BAD;
}

static enum channel_event
read_handshake(struct layer_websocket *l, struct str in, size_t *n)
{
	struct str key;
	enum websocket_shake is;

	is = l->client ? websocket_read_response(in, n, l->accept)
		       : websocket_read_request(in, n, &key);
	if (is == WEBSOCKET_SHAKE_MORE) {
		*n = 0;
		return CHANNEL_MORE;
	}
	if (is != WEBSOCKET_SHAKE_GOOD)
		return ws_channel_refuse(l, is);
	if (!l->client)
		return answer_handshake(l, key);
	l->open = l->said.opens = true;
	return CHANNEL_TOLD;
}

static enum channel_event
read_websocket(void *state, struct str in, size_t *n, struct buf *out)
{
	struct layer_websocket *l = state;

	return l->open ? read_frame(l, in, n, out) : read_handshake(l, in, n);
}

static void
hand_over_websocket(void *state, struct channel_saying *s)
{
	struct layer_websocket *l = state;

	*s = l->said;
	l->said = (struct channel_saying){ .opens = false };
	if (l->ponged)
		node_keepalive_pong(l->node, &l->remote);
	l->ponged = false;
	if (s->ends)
		node_note_bad(l->node, RULE_WEBSOCKET_FRAME,
		    TRACE_REFUSAL_WEBSOCKET, str_of(l->bad));
}

const struct channel_ops channel_websocket = {
	.proto = TRACE_PROTO_WEBSOCKET,
	.why = RULE_WEBSOCKET_HANDSHAKE,
	.create = create_websocket,
	.destroy = destroy_websocket,
	.begin = begin_websocket,
	.read = read_websocket,
	.told = hand_over_websocket,
	.wrap = wrap_websocket,
	.end = end_websocket,
	.ping = ping,
};
