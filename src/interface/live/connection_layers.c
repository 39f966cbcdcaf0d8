/* The layers of a connection, one above the other: see
 * live/connection_layers.h. */
#include "live/connection_layers.h"

#include "base/err.h"
#include "base/mem.h"

#define LAYERS 2

struct connection_layers {
	struct layer {
		const struct connection_layers_ops *ops;
		void *state;
	} layers[LAYERS];
	size_t n, nopen;
	bool paused;
	struct buf kept; /* messages with their lengths before them */
	connection_layers_fn *fn;
	void *arg;
	int err;
	enum connection_end why;
};

/* What layer I says, through those below it. */
static void
put_below(
    struct connection_layers *l, size_t i, struct str bytes, struct buf *out)
{
	struct buf own = BUF_INIT;

	if (bytes.n == 0)
		return;
	if (i == 0) {
		buf_str(out, bytes);
		return;
	}
	l->layers[i - 1].ops->give(l->layers[i - 1].state, bytes, &own);
	put_below(l, i - 1, buf_view(&own), out);
	buf_end(&own, &out->err);
}

static void
begin_layer(struct connection_layers *l, size_t i, struct buf *out)
{
	struct buf own = BUF_INIT;

	l->layers[i].ops->begin(l->layers[i].state, &own);
	put_below(l, i, buf_view(&own), out);
	buf_end(&own, &out->err);
}

static int
add_layer(struct connection_layers *l, const struct connection_layers_ops *ops,
    const struct connection_layers_spec *spec, struct diag *d)
{
	struct layer *y = &l->layers[l->n++];

	y->ops = ops;
	return ops->create(&y->state, spec, d);
}

int
connection_layers_create(struct connection_layers **lp,
    const struct connection_layers_spec *spec, struct buf *out, struct diag *d)
{
	const struct addr_transport_row *row =
	    &addr_transports[spec->transport];
	struct connection_layers *l = mem_zalloc(1, sizeof(*l));
	int err = l != NULL ? 0 : ERR_NOMEM;

	if (err == 0) {
		l->fn = spec->fn;
		l->arg = spec->arg;
	}
	if (err == 0 && row->secure)
		err = add_layer(l, &connection_layers_tls, spec, d);
	if (err == 0 && row->framing == ADDR_WEBSOCKET)
		err = add_layer(l, &connection_layers_websocket, spec, d);
	if (err == 0 && l->n > 0)
		begin_layer(l, 0, out);
	*lp = l;
	if (err != 0) {
		connection_layers_destroy(l);
		*lp = NULL;
	}
	return err;
}

void
connection_layers_destroy(struct connection_layers *l)
{
	if (l == NULL)
		return;
	for (size_t i = 0; i < l->n; i++)
		if (l->layers[i].state != NULL)
			l->layers[i].ops->destroy(l->layers[i].state);
	buf_free(&l->kept);
	mem_free(l);
}

bool
connection_layers_is_open(const struct connection_layers *l)
{
	return l->nopen == l->n;
}

int
connection_layers_error(const struct connection_layers *l)
{
	return l->err;
}

enum connection_end
connection_layers_ended(const struct connection_layers *l)
{
	return l->why;
}

size_t
connection_layers_waiting(const struct connection_layers *l)
{
	return l->kept.n;
}

/* ---- up ---- */

static void
give_kept(struct connection_layers *l, struct buf *out)
{
	struct str rest = buf_view(&l->kept);
	size_t n;

	while (rest.n >= sizeof(n)) {
		memcpy(&n, rest.p, sizeof(n));
		put_below(
		    l, l->n, str_slice(rest, sizeof(n), sizeof(n) + n), out);
		rest = str_slice(rest, sizeof(n) + n, rest.n);
	}
	buf_end(&l->kept, &out->err);
}

void
connection_layers_opened(const struct connection_layers_up *up)
{
	up->layers->nopen = up->i + 1;
	if (connection_layers_is_open(up->layers))
		give_kept(up->layers, up->out);
	else
		begin_layer(up->layers, up->i + 1, up->out);
}

void
connection_layers_pause(const struct connection_layers_up *up, bool paused)
{
	up->layers->paused = paused;
	if (!paused && connection_layers_is_open(up->layers))
		give_kept(up->layers, up->out);
}

static enum connection_layers_got
take_at(struct connection_layers *l, size_t i, struct str in, struct buf *out)
{
	const struct connection_layers_up up = { l, i, out };
	struct buf own = BUF_INIT;
	enum connection_layers_got got;

	if (i == l->n) {
		l->err = l->fn(in, l->arg);
		return l->err == 0 ? CONNECTION_LAYERS_GOES_ON
				   : CONNECTION_LAYERS_BREAKS;
	}
	/* The lowest speaks to the socket. */
	got = l->layers[i].ops->take(
	    l->layers[i].state, in, &up, i == 0 ? out : &own);
	put_below(l, i, buf_view(&own), out);
	buf_end(&own, &out->err);
	return got;
}

enum connection_layers_got
connection_layers_came(const struct connection_layers_up *up, struct str bytes)
{
	return take_at(up->layers, up->i + 1, bytes, up->out);
}

enum connection_layers_got
connection_layers_break(
    const struct connection_layers_up *up, enum connection_end why)
{
	up->layers->why = why;
	return CONNECTION_LAYERS_BREAKS;
}

enum connection_layers_got
connection_layers_take(
    struct connection_layers *l, struct str in, struct buf *out)
{
	enum connection_layers_got got = take_at(l, 0, in, out);

	if (l->err == 0 && out->err != 0)
		l->err = out->err;
	return l->err == 0 ? got : CONNECTION_LAYERS_BREAKS;
}

/* ---- down ---- */

void
connection_layers_give(
    struct connection_layers *l, struct str bytes, struct buf *out)
{
	if (connection_layers_is_open(l) && !l->paused) {
		put_below(l, l->n, bytes, out);
		return;
	}
	buf_add(&l->kept, (const char *)&bytes.n, sizeof(bytes.n));
	buf_str(&l->kept, bytes);
}

void
connection_layers_close(struct connection_layers *l, struct buf *out)
{
	for (size_t i = l->nopen; i-- > 0;) {
		struct buf own = BUF_INIT;

		l->layers[i].ops->close(l->layers[i].state, &own);
		put_below(l, i, buf_view(&own), out);
		buf_end(&own, &out->err);
	}
}
