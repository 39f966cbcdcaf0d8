/*
 * The text of a trace: which kind of file it is, reading it, which may be
 * compressed, and where its bytes lie.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"
#include "base/bisect.h"
#include "base/err.h"
#include "base/gzip.h"
#include "base/i18n.h"
#include "base/infile.h"
#include "base/mem.h"
#include "base/progress.h"
#include "trace/reader_in.h"

#define STRETCHES_MOST 80

/* ---- the bytes of a trace ---- */

/* Of a trace that grows; longer lines get a block of their own. */
#define BLOCK_BYTES (256u << 10)
/* As the writer begins the first line (docs/TRACE.md). */
#define RUNG_KEY ",\"rung\":\""

#define OSIP_KEY ",\"osip\":\""

/* Whichever libosip2 has made a trace, it counts as this one: who hands in what
 * another Debian's has made is not to be told that it was another run. */
#define OSIP_COUNTED "5.3.0"

/* H with the bytes of REST up to the value of KEY, and VALUE (NULL: its own)
 * for that; REST begins after it then. */
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

/* A place for one more block, at the end of the blocks. */
static struct trace_block *
reader_load_add_block(struct trace *t)
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
	struct trace_block *b = reader_load_add_block(t);

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

/*
 * A long file is mapped. When many stretches of it have been looked at, they
 * all go out of memory, and are read again on demand.
 */
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

/*
 * A trace that grows has blocks one behind the other. A block never moves and a
 * line lies wholly in one, so that slices of it stay valid.
 */
char *
trace_text_room(struct trace *t, size_t n)
{
	struct trace_block *b = last_block(t);

	if (b != NULL && b->text.cap - b->text.n >= n)
		return b->text.p + b->text.n;
	b = reader_load_add_block(t);
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

/* ---- the text from a file, which may be compressed ---- */

/* 64 GiB: far more than fits, and an endless input ends. */
#define BYTES_MAX (SIZE_MAX > UINT32_MAX ? SIZE_MAX >> 28 : SIZE_MAX >> 2)
#define PIECE     GUNZIP_CHUNK

struct loading {
	gunzip_read_fn *read; /* the bytes as they are given */
	void *arg;
	struct gunzip *gunzip; /* NULL: they are not compressed */
	struct str begin;      /* what was read of them, to be given first */
	struct spool spool;    /* the text so far */
	bool nearby;           /* all of it is in memory: there is no file */
	uint64_t n;
};

/* ---- from where ---- */

struct input {
	FILE *f;
	int trouble; /* errno, or 0 */
};

/* gunzip_read_fn's: ARG a struct input, and the rest of a text. */
static size_t
read_input(char *to, size_t n, void *arg)
{
	struct input *in = arg;
	size_t got;

	errno = 0;
	got = fread(to, 1, n, in->f);
	if (got == 0 && ferror(in->f))
		in->trouble = errno != 0 ? errno : EIO;
	return got;
}

static size_t
read_left(char *to, size_t n, void *arg)
{
	struct str *left = arg;

	n = n < left->n ? n : left->n;
	if (n > 0)
		memcpy(to, left->p, n);
	*left = str_slice(*left, n, left->n);
	return n;
}

/* ---- piece by piece ---- */

static int
reader_load_keep_piece(struct loading *l, struct str piece)
{
	uint64_t at;
	int err;

	if (l->n == 0)
		piece = str_unmarked(piece);
	l->n += piece.n;
	if (l->n > BYTES_MAX)
		return ERR_LIMIT;
	if (!l->nearby) {
		err = spool_add(&l->spool, piece, &at);
		if (err != ERR_IO && err != ERR_LIMIT)
			return err;
		l->nearby = true;
		err = spool_bring_back(&l->spool);
		if (err != 0)
			return err;
	}
	buf_str(&l->spool.near, piece);
	return l->spool.near.err;
}

/* Up to PIECE bytes of the text to TO; 0 at its end. */
static size_t
next_piece(struct loading *l, char *to)
{
	size_t n = l->begin.n;

	if (l->gunzip != NULL)
		return gunzip_read(l->gunzip, to, PIECE);
	if (n == 0)
		return l->read(to, PIECE, l->arg);
	/* It lies in TO already. */
	l->begin = STR_NULL;
	return n;
}

static int
read_pieces(struct loading *l, char *piece)
{
	size_t n;
	int err = 0;

	l->begin = (struct str){ piece, l->read(piece, PIECE, l->arg) };
	if (gunzip_is(l->begin))
		err = gunzip_create(&l->gunzip, l->begin, l->read, l->arg);
	while (err == 0 && (n = next_piece(l, piece)) > 0)
		err = reader_load_keep_piece(l, (struct str){ piece, n });
	return err;
}

/* Gives the text to T, to which a mapped one looks like any other. */
static int
give_text(struct loading *l, struct trace *t)
{
	struct spool_text text;
	int err = spool_take(&l->spool, &text);

	if (err != 0 && spool_bring_back(&l->spool) == 0)
		err = spool_take(&l->spool, &text);
	return err == 0 ? trace_text_take(t, &text) : err;
}

static int
reader_load_say_failure(
    const struct loading *l, int err, const struct trace_place *at)
{
	enum gunzip_state state =
	    l->gunzip != NULL ? gunzip_state(l->gunzip) : GUNZIP_OPEN;

	/* A stream that ends too early is of a writer that was stopped. */
	if (err == 0 && state != GUNZIP_TORN)
		err = gunzip_say(state, at->file, at->diag);
	return diag_fail_file(at->diag, err, at->file);
}

/*
 * A file that others can reach is read, not mapped: a mapped file that another
 * program shortens meanwhile would end the program with a signal. So a long
 * text is copied into a file without a name (base/spool.h), and that is mapped:
 * it takes room on the disk and little memory. Where no such file can be made,
 * or its disk is full, the text is in memory.
 */
static int
load(struct trace *t, gunzip_read_fn *read, void *arg,
    const struct trace_place *at)
{
	struct loading l = { .read = read, .arg = arg };
	char *piece = mem_alloc(PIECE);
	int err = piece != NULL ? 0 : ERR_NOMEM;

	spool_init(&l.spool);
	if (err == 0)
		err = read_pieces(&l, piece);
	mem_free(piece);
	err = reader_load_say_failure(&l, err, at);
	if (err == 0)
		err = reader_load_say_failure(&l, give_text(&l, t), at);
	gunzip_destroy(l.gunzip);
	spool_free(&l.spool);
	return err;
}

static int
load_path(struct trace *t, const char *path, const struct trace_place *at)
{
	struct input in = { .trouble = 0 };
	int err = 0;

	progress_tell(N_("reading the trace"), 0, 0);
	errno = 0;
	in.f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	if (in.f == NULL) {
		in.trouble = errno;
	} else {
		file_ids_note(fileno(in.f));
		err = load(t, read_input, &in, at);
	}
	if (in.f != NULL && in.f != stdin)
		fclose(in.f);
	if (err != 0 || in.trouble == 0)
		return err;
	return diag_set(at->diag, ERR_IO, at->file, 0, _("cannot be read: %s"),
	    err_system(in.trouble));
}

static int
load_text(struct trace *t, struct buf *buf, const struct trace_place *at)
{
	struct str left = buf_view(buf);

	return gunzip_is(left) ? load(t, read_left, &left, at)
			       : trace_take_plain(t, buf, at);
}

int
trace_load_buf(
    struct trace **tp, struct buf *buf, const char *name, struct diag *d)
{
	struct trace_place nowhere = { name, 0, d };
	struct trace *t = mem_zalloc(1, sizeof(*t));
	int err = t != NULL && buf->err == 0 ? load_text(t, buf, &nowhere)
					     : trace_fail_memory(&nowhere);

	buf_free(buf);
	return trace_finish_loading(tp, t, err, name, d);
}

int
trace_load(struct trace **tp, const char *path, struct diag *d)
{
	const char *name = strcmp(path, "-") == 0 ? _("standard input") : path;
	struct trace_place nowhere = { name, 0, d };
	struct trace *t = mem_zalloc(1, sizeof(*t));
	int err = t != NULL ? load_path(t, path, &nowhere)
			    : trace_fail_memory(&nowhere);

	return trace_finish_loading(tp, t, err, name, d);
}

bool
trace_is_file(const char *path)
{
	/* The header of gzip may have a name and more in it. */
	char head[4096];
	struct stat st;
	FILE *f;
	size_t n;

	if (strcmp(path, "-") == 0)
		return true;
	/* Bytes read from a pipe can't be read again. */
	if (stat(path, &st) == 0 && S_ISFIFO(st.st_mode))
		return true;
	f = fopen(path, "rb");
	if (f == NULL)
		return false;
	n = fread(head, 1, sizeof(head), f);
	fclose(f);
	return trace_is_begin((struct str){ head, n });
}
