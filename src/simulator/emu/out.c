/* The queue of outputs: emptied as a whole, so that it is two arrays. */
#include "emu/out_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

void
outs_clear(struct outs *o)
{
	o->first = o->n = 0;
	buf_clear(&o->bytes);
}

int
outs_add(struct outs *o, const struct board_out *out)
{
	if (outs_empty(o))
		outs_clear(o);
	if (o->n == OUTS_MAX || o->bytes.n + out->bytes.n > OUTS_BYTES)
		return 0;
	if (ARRAY_ROOM(&o->queue, &o->cap, o->n + 1) != 0)
		return ERR_NOMEM;
	o->queue[o->n].out = *out;
	o->queue[o->n].from = o->bytes.n;
	buf_str(&o->bytes, out->bytes);
	if (o->bytes.err != 0)
		return ERR_NOMEM;
	o->n++;
	return 0;
}

bool
outs_next(struct outs *o, struct board_out *out)
{
	if (outs_empty(o))
		return false;
	*out = o->queue[o->first].out;
	out->bytes.p = buf_cstr(&o->bytes) + o->queue[o->first].from;
	o->first++;
	return true;
}

void
outs_free(struct outs *o)
{
	mem_free(o->queue);
	buf_free(&o->bytes);
}
