/* The layers of a connection, one above the other: see
 * live/connection_layers.h. */
#include "live/connection_layers.h"

#include "base/err.h"
#include "base/mem.h"

#define LAYERS 2

struct carrier {
	struct layer {
		const struct carrier_ops *ops;
		void *state;
	} layers[LAYERS];
	size_t n, nopen;
	bool paused;
	struct buf kept; /* messages with their lengths before them */
	carrier_fn *fn;
	void *arg;
	int err;
	enum ended why;
};

/* What layer I says, through those below it. */
static void
put_below(struct carrier *l, size_t i, struct str bytes, struct buf *out)
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
begin_layer(struct carrier *l, size_t i, struct buf *out)
{
	struct buf own = BUF_INIT;

	l->layers[i].ops->begin(l->layers[i].state, &own);
	put_below(l, i, buf_view(&own), out);
	buf_end(&own, &out->err);
}

static int
add_layer(struct carrier *l, const struct carrier_ops *ops,
    const struct carrier_spec *spec, struct diag *d)
{
	struct layer *y = &l->layers[l->n++];

	y->ops = ops;
	return ops->create(&y->state, spec, d);
}

int
carrier_create(struct carrier **lp, const struct carrier_spec *spec,
    struct buf *out, struct diag *d)
{
	const struct addr_transport_row *row =
	    &addr_transports[spec->transport];
	struct carrier *l = mem_zalloc(1, sizeof(*l));
	int err = l != NULL ? 0 : ERR_NOMEM;

	if (err == 0) {
		l->fn = spec->fn;
		l->arg = spec->arg;
	}
	if (err == 0 && row->secure)
		err = add_layer(l, &carrier_tls, spec, d);
	if (err == 0 && row->framing == ADDR_WEBSOCKET)
		err = add_layer(l, &carrier_websocket, spec, d);
	if (err == 0 && l->n > 0)
		begin_layer(l, 0, out);
	*lp = l;
	if (err != 0) {
		carrier_destroy(l);
		*lp = NULL;
	}
	return err;
}

void
carrier_destroy(struct carrier *l)
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
carrier_is_open(const struct carrier *l)
{
	return l->nopen == l->n;
}

int
carrier_error(const struct carrier *l)
{
	return l->err;
}

enum ended
carrier_ended(const struct carrier *l)
{
	return l->why;
}

size_t
carrier_waiting(const struct carrier *l)
{
	return l->kept.n;
}

/* ---- up ---- */

static void
give_kept(struct carrier *l, struct buf *out)
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
carrier_opened(const struct carrier_up *up)
{
	up->carrier->nopen = up->i + 1;
	if (carrier_is_open(up->carrier))
		give_kept(up->carrier, up->out);
	else
		begin_layer(up->carrier, up->i + 1, up->out);
}

void
carrier_pause(const struct carrier_up *up, bool paused)
{
	up->carrier->paused = paused;
	if (!paused && carrier_is_open(up->carrier))
		give_kept(up->carrier, up->out);
}

static enum carrier_got
take_at(struct carrier *l, size_t i, struct str in, struct buf *out)
{
	const struct carrier_up up = { l, i, out };
	struct buf own = BUF_INIT;
	enum carrier_got got;

	if (i == l->n) {
		l->err = l->fn(in, l->arg);
		return l->err == 0 ? CARRIER_GOES_ON : CARRIER_BREAKS;
	}
	/* The lowest speaks to the socket. */
	got = l->layers[i].ops->take(
	    l->layers[i].state, in, &up, i == 0 ? out : &own);
	put_below(l, i, buf_view(&own), out);
	buf_end(&own, &out->err);
	return got;
}

enum carrier_got
carrier_came(const struct carrier_up *up, struct str bytes)
{
	return take_at(up->carrier, up->i + 1, bytes, up->out);
}

enum carrier_got
carrier_break(const struct carrier_up *up, enum ended why)
{
	up->carrier->why = why;
	return CARRIER_BREAKS;
}

enum carrier_got
carrier_take(struct carrier *l, struct str in, struct buf *out)
{
	enum carrier_got got = take_at(l, 0, in, out);

	if (l->err == 0 && out->err != 0)
		l->err = out->err;
	return l->err == 0 ? got : CARRIER_BREAKS;
}

/* ---- down ---- */

void
carrier_give(struct carrier *l, struct str bytes, struct buf *out)
{
	if (carrier_is_open(l) && !l->paused) {
		put_below(l, l->n, bytes, out);
		return;
	}
	buf_add(&l->kept, (const char *)&bytes.n, sizeof(bytes.n));
	buf_str(&l->kept, bytes);
}

void
carrier_close(struct carrier *l, struct buf *out)
{
	for (size_t i = l->nopen; i-- > 0;) {
		struct buf own = BUF_INIT;

		l->layers[i].ops->close(l->layers[i].state, &own);
		put_below(l, i, buf_view(&own), out);
		buf_end(&own, &out->err);
	}
}
