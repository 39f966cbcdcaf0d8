/* Escaping for Markdown. */
#include "text/markdown_put.h"

#include "text/utf8.h"
#include "text/markdown.h"

#include <string.h>

/* TEXT on one line, safe, into SAFE. */
static struct str
make_line(struct buf *safe, struct str text)
{
	utf8_add_safe_lines(safe, str_trim(text));
	for (size_t i = 0; i < safe->n; i++)
		if (safe->p[i] == '\n')
			safe->p[i] = ' ';
	return buf_view(safe);
}

void
markdown_put_text(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;
	struct str line = make_line(&safe, text);

	for (size_t i = 0; i < line.n; i++) {
		if (memchr("\\`*_[]<>&#~|$!", line.p[i], 14) != NULL)
			buf_putc(b, '\\');
		buf_putc(b, line.p[i]);
	}
	buf_end(&safe, &b->err);
}

/* The longest row of backticks in S. */
static size_t
longest_ticks(struct str s)
{
	size_t most = 0, row;

	for (ptrdiff_t at; (at = str_chr(s, '`')) >= 0;
	     s = str_slice(s, (size_t)at + row, s.n)) {
		row = markdown_ticks(str_slice(s, (size_t)at, s.n));
		most = row > most ? row : most;
	}
	return most;
}

void
markdown_put_code(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;
	struct str line = make_line(&safe, text);
	size_t ticks = longest_ticks(line) + 1;
	bool apart = ticks > 1;

	buf_fill(b, '`', ticks);
	buf_puts(b, apart ? " " : "");
	buf_str(b, line);
	buf_puts(b, apart ? " " : "");
	buf_fill(b, '`', ticks);
	buf_end(&safe, &b->err);
}

/* A block of code whose text comes in pieces, each of whole lines. */
struct block {
	struct buf *out;
	struct buf safe; /* the last piece */
	size_t pieces;
	size_t ticks;  /* the longest row of backticks */
	bool counting; /* nothing is written yet */
};

static void
put_fence(const struct block *k, const char *language)
{
	buf_fill(k->out, '`', k->ticks < 3 ? 3 : k->ticks + 1);
	buf_printf(k->out, "%s\n", language);
}

static int
put_piece(struct block *k)
{
	const struct buf *safe = &k->safe;

	buf_str(k->out, buf_view(safe));
	/* The last one may lack its end. */
	if (safe->n > 0 && safe->p[safe->n - 1] != '\n')
		buf_putc(k->out, '\n');
	return buf_pass(k->out);
}

/* A sink; ARG is the struct block. */
static int
take_piece(const char *p, size_t n, void *arg)
{
	struct block *k = arg;
	size_t ticks;

	buf_truncate(&k->safe, 0);
	utf8_add_safe_lines(&k->safe, (struct str){ p, n });
	if (k->safe.err != 0)
		return k->safe.err;
	if (!k->counting)
		return put_piece(k);
	k->pieces++;
	ticks = longest_ticks(buf_view(&k->safe));
	k->ticks = ticks > k->ticks ? ticks : k->ticks;
	return 0;
}

static int
write_block(struct block *k, markdown_write_fn *write, void *arg)
{
	const struct buf_drain drain = { take_piece, k };
	struct buf text = BUF_INIT;
	int err;

	text.drain = &drain;
	err = write(&text, arg);
	if (err == 0)
		err = buf_pass_all(&text);
	buf_free(&text);
	return err;
}

int
markdown_put_block(
    struct buf *b, const char *language, markdown_write_fn *write, void *arg)
{
	struct block k = { .out = b, .safe = BUF_INIT, .counting = true };
	int err = write_block(&k, write, arg);

	k.counting = false;
	put_fence(&k, language);
	/* One piece is all of it, and still there. */
	if (err == 0)
		err =
		    k.pieces > 1 ? write_block(&k, write, arg) : put_piece(&k);
	put_fence(&k, "");
	buf_end(&k.safe, &b->err);
	return err != 0 ? err : b->err;
}

void
markdown_put_fence(struct buf *b, const char *language, struct str text)
{
	struct block k = { .out = b, .safe = BUF_INIT, .counting = true };

	take_piece(text.p, text.n, &k);
	put_fence(&k, language);
	put_piece(&k);
	put_fence(&k, "");
	buf_end(&k.safe, &b->err);
}
