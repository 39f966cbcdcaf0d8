/*
 * The text of a trace from its file, which may be compressed.  A file that
 * others can reach is read, not mapped: a mapped file that somebody shortens
 * meanwhile would end the program with a signal.  So what is long is copied
 * into a file without a name (base/spool.h), and that is mapped: it takes room
 * on the disk and little memory.  Where no such file can be made, or its disk
 * is full, the text is in memory.
 */
#include "trace/reader_in.h"

#include "base/err.h"
#include "base/gzip.h"
#include "base/infile.h"
#include "base/mem.h"
#include "base/progress.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

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

/* gunzip_read_fn's: ARG a struct input, and what is left of a text. */
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
keep_piece(struct loading *l, struct str piece)
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
		err = keep_piece(l, (struct str){ piece, n });
	return err;
}

/* The text to T.  What is mapped and what is not look the same from there. */
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
say_failure(const struct loading *l, int err, const struct trace_place *at)
{
	enum gunzip_state state =
	    l->gunzip != NULL ? gunzip_state(l->gunzip) : GUNZIP_OPEN;

	/* A stream that ends too early is of a writer that was stopped. */
	if (err == 0 && state != GUNZIP_TORN)
		err = gunzip_say(state, at->file, at->diag);
	return err == 0
		   ? 0
		   : diag_set(at->diag, err, at->file, 0, "%s", err_text(err));
}

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
	err = say_failure(&l, err, at);
	if (err == 0)
		err = say_failure(&l, give_text(&l, t), at);
	gunzip_destroy(l.gunzip);
	spool_free(&l.spool);
	return err;
}

static int
load_file(struct trace *t, const char *path, const struct trace_place *at)
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
					     : trace_nomem(&nowhere);

	buf_free(buf);
	return trace_finish_loading(tp, t, err, name, d);
}

int
trace_load(struct trace **tp, const char *path, struct diag *d)
{
	const char *name = strcmp(path, "-") == 0 ? _("standard input") : path;
	struct trace_place nowhere = { name, 0, d };
	struct trace *t = mem_zalloc(1, sizeof(*t));
	int err =
	    t != NULL ? load_file(t, path, &nowhere) : trace_nomem(&nowhere);

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
	/* What is looked at in a pipe is gone. */
	if (stat(path, &st) == 0 && S_ISFIFO(st.st_mode))
		return true;
	f = fopen(path, "rb");
	if (f == NULL)
		return false;
	n = fread(head, 1, sizeof(head), f);
	fclose(f);
	return trace_is_begin((struct str){ head, n });
}
