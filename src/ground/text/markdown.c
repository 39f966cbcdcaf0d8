/* Markdown: cut into blocks and spans, and escaped for it. */
#include "text/markdown.h"

#include <string.h>

#include "text/utf8.h"

/* A line that is indented so far beyond its item is code. */
#define CODE_INDENT 4

void
markdown_begin(struct markdown *m, struct str text)
{
	*m = (struct markdown){ .rest = text };
}

static size_t
indent_of(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == ' ')
		n++;
	return n;
}

static bool
markdown_is_blank(struct str line)
{
	return str_trim(line).n == 0;
}

/* The first line of M's rest, which stays. */
static struct str
markdown_peek(const struct markdown *m)
{
	struct str rest;

	return str_cut(m->rest, '\n', &rest);
}

static struct str
take_next_line(struct markdown *m)
{
	return str_cut(m->rest, '\n', &m->rest);
}

/* "- ", "* ", "12. ": bytes of the mark with the space behind; 0. */
static size_t
item_mark(struct str text, unsigned *number)
{
	size_t n = 0;

	*number = 0;
	if (text.n > 2 && (text.p[0] == '-' || text.p[0] == '*') &&
	    text.p[1] == ' ')
		return 2;
	while (n < text.n && n < 3 && chr_is_digit(text.p[n]))
		*number = *number * 10 + (unsigned)(text.p[n++] - '0');
	if (n > 0 && n + 1 < text.n && text.p[n] == '.' && text.p[n + 1] == ' ')
		return n + 2;
	*number = 0;
	return 0;
}

/* How many backticks S begins with. */
static size_t
markdown_ticks(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == '`')
		n++;
	return n;
}

size_t
markdown_fence(struct str line)
{
	size_t ticks = markdown_ticks(str_trim(line));

	return ticks >= 3 && indent_of(line) < CODE_INDENT ? ticks : 0;
}

/* A line that ends the paragraph before it. */
static bool
begins_block(struct str line)
{
	struct str text = str_trim(line);
	unsigned number;

	return text.n == 0 || text.p[0] == '#' || text.p[0] == '|' ||
	       markdown_fence(text) > 0 || item_mark(text, &number) > 0;
}

static void
extend(struct str *text, struct str line)
{
	if (text->p == NULL)
		*text = line;
	else
		text->n = (size_t)(line.p + line.n - text->p);
}

static void
take_paragraph(struct markdown *m, struct str *text)
{
	while (m->rest.n > 0 && !begins_block(markdown_peek(m)))
		extend(text, take_next_line(m));
}

static void
take_fence(struct markdown *m, struct markdown_block *b, struct str line)
{
	size_t ticks = markdown_ticks(str_trim(line));

	b->kind = MARKDOWN_CODE;
	b->fenced = true;
	b->indent = indent_of(line);
	b->info = str_trim(str_slice(str_trim(line), ticks, line.n));
	while (m->rest.n > 0) {
		line = take_next_line(m);
		/* CommonMark 4.5: a shorter fence is code. */
		if (markdown_ticks(str_trim(line)) >= ticks)
			return;
		extend(&b->text, line);
	}
}

/* Lines that are indented as code, and empty ones between them. */
static void
markdown_take_code(
    struct markdown *m, struct markdown_block *b, struct str line)
{
	size_t least = m->base + CODE_INDENT;
	struct markdown ahead;

	b->kind = MARKDOWN_CODE;
	b->indent = least;
	extend(&b->text, line);
	for (;;) {
		ahead = *m;
		while (ahead.rest.n > 0 &&
		       markdown_is_blank(markdown_peek(&ahead)))
			(void)take_next_line(&ahead);
		if (ahead.rest.n == 0 ||
		    indent_of(markdown_peek(&ahead)) < least)
			return;
		*m = ahead;
		extend(&b->text, take_next_line(m));
	}
}

/* "|---|---|" */
static bool
markdown_is_rule(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (strchr("|-: ", text.p[i]) == NULL)
			return false;
	return true;
}

static bool
markdown_take_row(struct markdown *m, struct markdown_block *b, struct str text)
{
	/* A head of empty cells is none. */
	if (markdown_is_rule(text)) {
		m->row += m->row == 0;
		return false;
	}
	b->kind = MARKDOWN_ROW;
	b->level = m->row++;
	b->text = text;
	return true;
}

/* One block of LINE, which is not empty; false: it makes none. */
static bool
markdown_take_block(
    struct markdown *m, struct markdown_block *b, struct str line)
{
	struct str text = str_trim(line);
	size_t indent = indent_of(line), mark = item_mark(text, &b->number);

	/* Behind an empty line, a line without indentation ends the item. */
	if (indent == 0 || (m->apart && mark == 0 && indent < m->base))
		m->base = 0;
	b->within = m->base > 0;
	b->apart = m->apart;
	if (text.p[0] != '|')
		m->row = 0;
	if (indent >= m->base + CODE_INDENT) {
		markdown_take_code(m, b, line);
	} else if (markdown_fence(text) > 0) {
		take_fence(m, b, line);
	} else if (text.p[0] == '#') {
		b->kind = MARKDOWN_HEADING;
		while (b->level < text.n && text.p[b->level] == '#')
			b->level++;
		b->text = str_trim(str_slice(text, b->level, text.n));
	} else if (text.p[0] == '|') {
		return markdown_take_row(m, b, text);
	} else {
		b->kind = mark > 0 ? MARKDOWN_ITEM : MARKDOWN_PARAGRAPH;
		if (mark > 0)
			m->base = indent + mark;
		b->within = b->within || mark > 0;
		b->mark = mark;
		b->text = str_slice(text, mark, text.n);
		take_paragraph(m, &b->text);
	}
	b->base = m->base;
	return true;
}

bool
markdown_next(struct markdown *m, struct markdown_block *b)
{
	while (m->rest.n > 0) {
		struct str line = take_next_line(m);

		*b = (struct markdown_block){ .level = 0 };
		if (markdown_is_blank(line)) {
			m->row = 0;
			m->apart = true;
		} else if (markdown_take_block(m, b, line)) {
			m->apart = false;
			return true;
		}
	}
	return false;
}

bool
markdown_code_line(
    const struct markdown_block *b, struct str *rest, struct str *line)
{
	size_t indent;

	if (rest->n == 0)
		return false;
	*line = str_cut(*rest, '\n', rest);
	indent = indent_of(*line);
	*line =
	    str_slice(*line, indent < b->indent ? indent : b->indent, line->n);
	return true;
}

/* "\\*" is a star. */
static bool
is_escape(struct str s)
{
	return s.n > 1 && s.p[0] == '\\' && !chr_is_alnum(s.p[1]);
}

bool
markdown_cell(struct str *rest, struct str *cell)
{
	bool code = false;
	size_t n = 0;

	if (rest->n > 0 && rest->p[0] == '|')
		*rest = str_slice(*rest, 1, rest->n);
	if (str_trim(*rest).n == 0)
		return false;
	while (n < rest->n && (code || rest->p[n] != '|')) {
		if (!code && is_escape(str_slice(*rest, n, rest->n)))
			n++;
		else
			code = code != (rest->p[n] == '`');
		n++;
	}
	*cell = str_trim(str_slice(*rest, 0, n));
	*rest = str_slice(*rest, n, rest->n);
	return true;
}

/* ---- spans ---- */

/* The text between MARK at the beginning of S and the next MARK; false where
 * there is none. */
static bool
text_between(struct str s, struct str mark, struct str *inside, size_t *end)
{
	struct str rest = str_slice(s, mark.n, s.n);
	ptrdiff_t at;

	if (!str_starts(s, mark.p))
		return false;
	at = str_find(rest, mark.p);
	/* "2 * 3 * 4" has no emphasis. */
	if (at <= 0 || (mark.p[0] == '*' && (chr_is_space(rest.p[0]) ||
						chr_is_space(rest.p[at - 1]))))
		return false;
	*inside = str_slice(rest, 0, (size_t)at);
	*end = mark.n + (size_t)at + mark.n;
	return true;
}

/* CommonMark 6.1: code ends with as many backticks as it begins with; one space
 * is left out at either end where there are two. */
static bool
is_code_span(struct str s, struct markdown_span *span, size_t *end)
{
	size_t ticks = markdown_ticks(s), n;

	for (size_t at = ticks; ticks > 0 && at < s.n; at += n + 1) {
		n = markdown_ticks(str_slice(s, at, s.n));
		if (n != ticks)
			continue;
		span->style = MARKDOWN_CODE_SPAN;
		span->text = str_slice(s, ticks, at);
		if (ticks > 1 && str_starts(span->text, " ") &&
		    str_ends(span->text, " ") && str_trim(span->text).n > 0)
			span->text = str_slice(span->text, 1, span->text.n - 1);
		*end = at + n;
		return true;
	}
	return false;
}

/* "[text](target)" */
static bool
markdown_is_link(struct str s, struct markdown_span *span, size_t *end)
{
	ptrdiff_t close = s.n > 0 && s.p[0] == '[' ? str_find(s, "](") : -1;
	ptrdiff_t stop;

	if (close < 1)
		return false;
	stop = str_chr(str_slice(s, (size_t)close, s.n), ')');
	if (stop < 0)
		return false;
	span->style = MARKDOWN_LINK;
	span->text = str_slice(s, 1, (size_t)close);
	span->target =
	    str_slice(s, (size_t)close + 2, (size_t)close + (size_t)stop);
	*end = (size_t)close + (size_t)stop + 1;
	return true;
}

/* Markup at the beginning of S. */
static bool
read_special(
    struct str s, bool within_word, struct markdown_span *span, size_t *end)
{
	static const struct {
		struct str mark;
		enum markdown_style style;
	} marks[] = {
		{ STR_INIT("**"), MARKDOWN_BOLD },
		{ STR_INIT("*"), MARKDOWN_ITALIC },
	};

	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		/* "64*T1*2" has no emphasis. */
		if (marks[i].mark.p[0] == '*' && within_word)
			continue;
		span->style = marks[i].style;
		if (text_between(s, marks[i].mark, &span->text, end))
			return true;
	}
	return is_code_span(s, span, end) || markdown_is_link(s, span, end);
}

/* Something else than plain text begins at byte AT of S, which is plain up to
 * there. */
static bool
ends_plain(struct str s, size_t at)
{
	struct str rest = str_slice(s, at, s.n);
	struct markdown_span found;
	size_t end;

	return is_escape(rest) ||
	       (strchr("`*[", rest.p[0]) != NULL &&
		   read_special(rest, chr_is_alnum(s.p[at - 1]), &found, &end));
}

/* Emphasis ends behind a Chinese colon only where a space follows, which is not
 * meant to be seen: "**先修：** 无". */
static bool
hides_space(const struct markdown_span *span, struct str rest)
{
	return span->style == MARKDOWN_BOLD && str_ends(span->text, "：") &&
	       str_starts(rest, " ");
}

bool
markdown_span_next(struct str *rest, struct markdown_span *span)
{
	struct str s = *rest;
	size_t from, end;

	*span = (struct markdown_span){ .style = MARKDOWN_PLAIN };
	if (s.n == 0)
		return false;
	if (!read_special(s, false, span, &end)) {
		from = is_escape(s);
		for (end = from + 1; end < s.n && !ends_plain(s, end);)
			end++;
		span->style = MARKDOWN_PLAIN;
		span->text = str_slice(s, from, end);
	}
	*rest = str_slice(s, end, s.n);
	if (hides_space(span, *rest))
		*rest = str_slice(*rest, 1, rest->n);
	return true;
}

/* ---- escaping for Markdown ---- */

/* TEXT on one line, safe, into SAFE. */
static struct str
markdown_make_line(struct buf *safe, struct str text)
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
	struct str line = markdown_make_line(&safe, text);

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
	struct str line = markdown_make_line(&safe, text);
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
markdown_put_piece(struct block *k)
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
		return markdown_put_piece(k);
	k->pieces++;
	ticks = longest_ticks(buf_view(&k->safe));
	k->ticks = ticks > k->ticks ? ticks : k->ticks;
	return 0;
}

static int
write_block(struct block *k, markdown_write_fn *write, void *arg)
{
	const struct buf_drain drain = { take_piece, k };
	LOCAL_BUF text = BUF_INIT;
	int err;

	text.drain = &drain;
	err = write(&text, arg);
	if (err == 0)
		err = buf_pass_all(&text);
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
		err = k.pieces > 1 ? write_block(&k, write, arg)
				   : markdown_put_piece(&k);
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
	markdown_put_piece(&k);
	put_fence(&k, "");
	buf_end(&k.safe, &b->err);
}
