/*
 * The bytes of a trace: one block for a file that was loaded, blocks one behind
 * the other for a trace that grows.  A block never moves and a line lies wholly
 * in one, so that slices of it stay valid.  Offsets count all bytes.
 *
 * A long file is mapped (reader_load.c).  When many stretches of it have been
 * looked at, they all go out of memory, and come again when somebody asks.
 */
#include "trace/reader_in.h"

#include "base/array.h"
#include "base/bisect.h"
#include "base/err.h"
#include "base/mem.h"

#include <string.h>

/* Of a trace that grows; longer lines get a block of their own. */
#define BLOCK_BYTES (256u << 10)

/* As the writer begins the first line (docs/TRACE.md). */
#define RUNG_KEY ",\"rung\":\""
#define OSIP_KEY ",\"osip\":\""
/* Whichever libosip2 has made a trace, it counts as this one: who hands in what
 * another Debian's has made is not to be told that it was another run. */
#define OSIP_COUNTED "5.3.0"

/* H with what stands in REST up to the value of KEY, and VALUE (NULL: its own)
 * for that; REST begins behind it then. */
static uint64_t
hash_add_value(uint64_t h, struct str *rest, const char *key, struct str value)
{
	ptrdiff_t at = str_find(*rest, key);
	struct str own, behind;

	if (at < 0)
		return h;
	at += (ptrdiff_t)strlen(key);
	h = str_hash_add(h, str_slice(*rest, 0, (size_t)at));
	behind = str_slice(*rest, (size_t)at, rest->n);
	own = str_slice(behind, 0, (size_t)str_chr(behind, '"'));
	*rest = str_slice(behind, own.n, behind.n);
	return str_hash_add(h, value.p != NULL ? value : own);
}

/* H with HEAD, the first line of a trace, as if rung VERSION (NULL: its own)
 * had written it. */
static uint64_t
hash_add_head(uint64_t h, struct str head, struct str version)
{
	h = hash_add_value(h, &head, RUNG_KEY, version);
	h = hash_add_value(h, &head, OSIP_KEY, str_of(OSIP_COUNTED));
	return str_hash_add(h, head);
}

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

	return last != NULL ? last->from + last->text.n : 0;
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
trace_text_take(struct trace *t, struct spool_text *text)
{
	struct trace_block *b = add_block(t);

	if (b != NULL && text->mapped)
		t->looked =
		    mem_zalloc(1, sizeof(*t->looked) + text->n / STRETCH + 1);
	if (b == NULL || (text->mapped && t->looked == NULL)) {
		spool_text_free(text);
		return ERR_NOMEM;
	}
	b->text = *text;
	*text = (struct spool_text){ .p = NULL };
	t->nblocks++;
	return 0;
}

void
trace_text_look(const struct trace *t, uint64_t at)
{
	struct trace_looked *l = t->looked;

	if (l == NULL || l->at[at / STRETCH])
		return;
	if (l->n == STRETCHES_MOST) {
		spool_text_rest(&t->blocks[0].text);
		memset(l->at, 0, t->blocks[0].text.n / STRETCH + 1);
		l->n = 0;
	}
	l->at[at / STRETCH] = true;
	l->n++;
}

char *
trace_text_room(struct trace *t, size_t n)
{
	struct trace_block *b = last_block(t);

	if (b != NULL && b->text.cap - b->text.n >= n)
		return b->text.p + b->text.n;
	b = add_block(t);
	if (b == NULL)
		return NULL;
	b->text.cap = n > BLOCK_BYTES ? n : BLOCK_BYTES;
	b->text.p = mem_alloc(b->text.cap);
	if (b->text.p == NULL)
		return NULL;
	t->nblocks++;
	return b->text.p;
}

void
trace_text_commit(struct trace *t, size_t n)
{
	last_block(t)->text.n += n;
}

void
trace_text_free(struct trace *t)
{
	for (size_t i = 0; i < t->nblocks; i++)
		spool_text_free(&t->blocks[i].text);
	mem_free(t->blocks);
	mem_free(t->looked);
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
	return str_slice((struct str){ b->text.p, b->text.n },
	    (size_t)(from - b->from), (size_t)(to - b->from));
}

struct str
trace_line(const struct trace *t, uint64_t seq)
{
	const struct trace_entry *e;

	if (seq == 0)
		return str_trim(trace_text_slice(t, 0,
		    trace_count(t) > 0 ? t->index[0].offset
				       : trace_text_size(t)));
	e = &t->index[seq - 1];
	trace_text_look(t, e[0].offset);
	return str_trim(trace_text_slice(t, e[0].offset, e[1].offset));
}

/* H with all bytes of T from FROM on. */
static uint64_t
hash_add_text(uint64_t h, const struct trace *t, uint64_t from)
{
	for (size_t i = 0; i < t->nblocks; i++) {
		const struct trace_block *b = &t->blocks[i];
		uint64_t end = b->from + b->text.n;
		uint64_t at = b->from > from ? b->from : from;

		for (; at < end; at += STRETCH) {
			trace_text_look(t, at);
			h = str_hash_add(
			    h, str_slice((struct str){ b->text.p, b->text.n },
				   (size_t)(at - b->from),
				   (size_t)(at - b->from) + STRETCH));
		}
	}
	return h;
}

uint64_t
trace_hash(const struct trace *t)
{
	return trace_hash_by(t, STR_NULL);
}

uint64_t
trace_hash_by(const struct trace *t, struct str version)
{
	uint64_t end =
	    trace_count(t) > 0 ? t->index[0].offset : trace_text_size(t);
	uint64_t h;

	trace_text_look(t, 0);
	h = hash_add_head(STR_HASH_START, trace_text_slice(t, 0, end), version);
	return str_hash_end(hash_add_text(h, t, end));
}
