/*
 * Laying out an explained message.  Everything that came from the message is
 * made safe first and wrapped by cells after that, so that wide characters and
 * symbols for control bytes count as what they take.
 */
#include "views/annotate_text.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define LABEL       18 /* cells of the left column */
#define INDENT      2
#define WIDTH       80
#define NARROWEST   40
#define BODY_LINES  40 /* of a body that is no session description */
#define HEAD_INDENT 4  /* of a message's line that goes on below */

enum style { PLAIN, LINE, SOURCE, OLD, WRONG, GOOD };

static const char *const sgr[] = {
	[PLAIN] = "",
	[LINE] = "1",
	[SOURCE] = "2",
	[OLD] = "33",
	[WRONG] = "91",
	[GOOD] = "32",
};

struct page {
	struct buf *out;
	size_t width;
	bool colour;
	struct buf safe; /* the text that is being wrapped */
	int err;
};

static void
style(struct page *p, enum style s)
{
	if (p->colour && s != PLAIN)
		buf_printf(p->out, "\033[%sm", sgr[s]);
}

static void
unstyle(struct page *p, enum style s)
{
	if (p->colour && s != PLAIN)
		buf_puts(p->out, "\033[0m");
}

/* Chinese stops and closing brackets, which begin no line. */
static bool
closes(uint32_t c)
{
	return c == 0x3001 || c == 0x3002 || c == 0xff0c || c == 0xff1b ||
	       c == 0xff1a || c == 0xff09 || c == 0x201d || c == 0x300d ||
	       c == 0xff0e;
}

/* Whether a line may end in S before AT: at a space, or beside a character
 * that takes two cells. */
static bool
may_break(struct str s, size_t at)
{
	size_t before = at, used;
	uint32_t next, last;

	/* "RFC 3261" stays together */
	if (s.p[at] == ' ')
		return at < 3 || memcmp(s.p + at - 3, "RFC", 3) != 0;
	do
		before--;
	while (before > 0 && ((unsigned char)s.p[before] & 0xc0) == 0x80);
	last = utf8_decode(str_slice(s, before, s.n), &used);
	next = utf8_decode(str_slice(s, at, s.n), &used);
	return (utf8_cells(last) == 2 || utf8_cells(next) == 2) &&
	       !closes(next);
}

/* The beginning of S that goes into one line of CELLS, at least a character. */
static struct str
first_line(struct str s, size_t cells)
{
	struct str fits = utf8_clip(s, cells);
	size_t at = fits.n, used;

	if (fits.n == s.n)
		return s;
	while (at > 0 && !may_break(s, at))
		do
			at--;
		while (at > 0 && ((unsigned char)s.p[at] & 0xc0) == 0x80);
	if (at > 0)
		return str_slice(s, 0, at);
	if (fits.n > 0)
		return fits;
	utf8_decode(s, &used);
	return str_slice(s, 0, used);
}

static struct str
drop_spaces(struct str s)
{
	while (s.n > 0 && s.p[0] == ' ')
		s = str_slice(s, 1, s.n);
	return s;
}

/*
 * One sentence or line, wrapped.  The cursor stands at cell AT of the first
 * line; the others begin at REST.
 */
static void
put_wrapped(
    struct page *p, struct str text, size_t at, size_t rest, enum style s)
{
	struct str left, line;

	buf_clear(&p->safe);
	utf8_add_safe(&p->safe, text);
	left = buf_view(&p->safe);
	do {
		line = first_line(left, p->width - at);
		left = str_slice(left, line.n, left.n);
		style(p, s);
		buf_str(p->out, line);
		unstyle(p, s);
		buf_putc(p->out, '\n');
		left = drop_spaces(left);
		at = rest;
		if (left.n > 0)
			buf_fill(p->out, ' ', rest);
	} while (left.n > 0);
	if (p->safe.err != 0)
		p->err = p->safe.err;
}

/* Sentences, each ended by '\n', the first beside LABEL. */
static void
put_sentences(struct page *p, const char *label, struct str text, enum style s)
{
	while (text.n > 0) {
		struct str one = str_cut(text, '\n', &text);

		buf_fill(p->out, ' ', INDENT);
		style(p, s == PLAIN ? SOURCE : s);
		utf8_add_cell(p->out, str_of(label), LABEL);
		unstyle(p, s == PLAIN ? SOURCE : s);
		put_wrapped(p, one, INDENT + LABEL, INDENT + LABEL, PLAIN);
		label = "";
	}
}

/* The line of the message itself, each fold on a line of its own. */
static void
put_text(struct page *p, struct str text, size_t lines)
{
	while (text.n > 0 && lines-- > 0) {
		struct str one = str_cut(text, '\n', &text);

		if (one.n > 0 && one.p[one.n - 1] == '\r')
			one.n--;
		put_wrapped(p, one, 0, HEAD_INDENT, LINE);
	}
	if (text.n > 0)
		put_wrapped(p, str_of(_("(more lines follow)")), 0, 0, SOURCE);
}

static void
put_note(struct page *p, const struct msg_note *n)
{
	char source[64] = "";
	size_t lines = n->kind == MSG_NOTE_BODY ? BODY_LINES : SIZE_MAX;

	put_text(p, n->text, lines);
	if (n->rfc != 0)
		snprintf(
		    source, sizeof(source), "RFC %u %s", n->rfc, n->section);
	if (n->what[0] != '\0')
		put_sentences(p, source, str_of(n->what), PLAIN);
	if (n->kind == MSG_NOTE_JUNK)
		put_sentences(p, "", str_of(_("no header field")), PLAIN);
	put_sentences(p, _("here"), buf_view(&n->says), PLAIN);
	put_sentences(p, _("out of date"), buf_view(&n->history), OLD);
	put_sentences(p, _("WRONG"), buf_view(&n->problem), WRONG);
}

static bool
has_problems(const struct msg_notes *notes)
{
	for (size_t i = 0; i < notes->n; i++)
		if (notes->lines[i].problem.n > 0)
			return true;
	return false;
}

/* What a server does about the fault: nobody answers a response or an ACK. */
static bool
is_answered(const struct msg_notes *notes)
{
	return notes->m->request && notes->m->method != MSG_ACK &&
	       msg_fault_status(notes->fault) != 0;
}

static void
put_verdict(struct page *p, const struct msg_notes *notes)
{
	struct buf line = BUF_INIT;
	unsigned status = msg_fault_status(notes->fault);
	enum style s = notes->fault != MSG_FAULT_NONE ? WRONG
		       : has_problems(notes)          ? OLD
						      : GOOD;

	buf_putc(p->out, '\n');
	put_sentences(p, _("the whole"), buf_view(&notes->remarks), PLAIN);
	if (s == GOOD)
		buf_puts(&line, _("The message is well formed."));
	else if (s == OLD)
		buf_puts(
		    &line, _("The message can be read, but not all of it is "
			     "right."));
	else if (is_answered(notes))
		buf_printf(&line,
		    _("The message is not well formed: %s. A server answers "
		      "%u, %s."),
		    msg_fault_text(notes->fault), status,
		    msg_status_phrase(status));
	else
		buf_printf(&line,
		    _("The message is not well formed: %s. Whoever receives "
		      "it drops it."),
		    msg_fault_text(notes->fault));
	put_wrapped(p, buf_view(&line), 0, 0, s);
	if (line.err != 0)
		p->err = line.err;
	buf_free(&line);
}

int
annotate_text(const struct msg_notes *notes,
    const struct annotate_text_options *o, struct buf *out)
{
	struct page p = { .out = out, .width = WIDTH, .safe = BUF_INIT };
	bool body = false;

	if (o != NULL && o->width != 0)
		p.width = o->width < NARROWEST ? NARROWEST : o->width;
	p.colour = o != NULL && o->colour;
	for (size_t i = 0; i < notes->n; i++) {
		const struct msg_note *n = &notes->lines[i];

		if (!body &&
		    (n->kind == MSG_NOTE_SDP || n->kind == MSG_NOTE_BODY)) {
			body = true;
			buf_putc(out, '\n');
			put_wrapped(&p,
			    str_of(_("(the empty line: here the header ends "
				     "and the body begins)")),
			    0, 0, SOURCE);
			buf_putc(out, '\n');
		}
		put_note(&p, n);
	}
	put_verdict(&p, notes);
	buf_free(&p.safe);
	return out->err != 0 ? out->err : p.err;
}
