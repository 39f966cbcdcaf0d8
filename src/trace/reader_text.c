/*
 * The bytes of a trace: one block for a file that was loaded, blocks one behind
 * the other for a trace that grows.  A block never moves and a line lies wholly
 * in one, so that slices of it stay valid.  Offsets count all bytes.
 */
#include "trace/reader_impl.h"

#include "base/array.h"
#include "base/bisect.h"
#include "base/err.h"
#include "base/mem.h"

/* Of a trace that grows; longer lines get a block of their own. */
#define BLOCK_BYTES (256u << 10)

/* NULL where there is none yet. */
static struct trace_block *
last_block(const struct trace *t)
{
	return t->nblocks > 0 ? &t->blocks[t->nblocks - 1] : NULL;
}

uint64_t
trace_text_size(const struct trace *t)
{
	const struct trace_block *last = last_block(t);

	return last != NULL ? last->from + last->n : 0;
}

/* A place for one more block, at the end of what is there. */
static struct trace_block *
add_block(struct trace *t)
{
	if (ARRAY_ROOM(&t->blocks, &t->blocks_cap, t->nblocks + 1) != 0)
		return NULL;
	t->blocks[t->nblocks] =
	    (struct trace_block){ .from = trace_text_size(t) };
	return &t->blocks[t->nblocks];
}

int
trace_text_take(struct trace *t, struct buf *buf)
{
	struct trace_block *b = add_block(t);

	if (b == NULL)
		return ERR_NOMEM;
	b->n = buf->n;
	b->cap = buf->cap;
	b->p = buf_take(buf);
	t->nblocks++;
	return 0;
}

char *
trace_text_room(struct trace *t, size_t n)
{
	struct trace_block *b = last_block(t);

	if (b != NULL && b->cap - b->n >= n)
		return b->p + b->n;
	b = add_block(t);
	if (b == NULL)
		return NULL;
	b->cap = n > BLOCK_BYTES ? n : BLOCK_BYTES;
	b->p = mem_alloc(b->cap);
	if (b->p == NULL)
		return NULL;
	t->nblocks++;
	return b->p;
}

void
trace_text_commit(struct trace *t, size_t n)
{
	struct trace_block *b = last_block(t);

	t->hash = str_hash_add(t->hash, (struct str){ b->p + b->n, n });
	t->hashed += n;
	b->n += n;
}

void
trace_text_free(struct trace *t)
{
	for (size_t i = 0; i < t->nblocks; i++)
		mem_free(t->blocks[i].p);
	mem_free(t->blocks);
}

struct str
trace_text_slice(const struct trace *t, uint64_t from, uint64_t to)
{
	const struct trace_block *b;
	size_t i;

	/* The last block that begins at or before FROM.  Of blocks that begin
	 * at the same byte all but the last are empty. */
	BISECT(i, 1, t->nblocks, t->blocks[i].from <= from);
	if (t->nblocks == 0)
		return STR_NULL;
	b = &t->blocks[i - 1];
	return str_slice((struct str){ b->p, b->n }, (size_t)(from - b->from),
	    (size_t)(to - b->from));
}

struct str
trace_line(const struct trace *t, uint64_t seq)
{
	const struct trace_entry *e = &t->index[seq - 1];

	return str_trim(trace_text_slice(t, e[0].offset, e[1].offset));
}

uint64_t
trace_hash(const struct trace *t)
{
	uint64_t h = t->hashed > 0 ? t->hash : STR_HASH_START;

	/* Of a loaded trace nothing is hashed before somebody asks. */
	for (size_t i = 0; t->hashed == 0 && i < t->nblocks; i++)
		h = str_hash_add(
		    h, (struct str){ t->blocks[i].p, t->blocks[i].n });
	return str_hash_end(h);
}
