/* Messages with their whole text; see ladder/ladder_messages.h. */
#include "ladder/ladder_messages.h"

#include "base/err.h"
#include "base/progress.h"
#include "text/utf8.h"
#include "draw/doc.h"
#include "text/markdown.h"
#include "words/changed_message.h"
#include "words/record_text.h"

#define MARGIN 3
/* Narrower than that a line is not broken. */
#define WIDTH_LEAST 20

/* The last place within CELLS where LINE, a header field, may be folded: before
 * what follows a comma, a semicolon or a space, but not in quotes, nor between
 * angle brackets.  0: there is none. */
static size_t
fold_at(struct str line, size_t cells)
{
	size_t most = utf8_clip(line, cells).n, at = 0;
	bool quoted = false, angled = false;

	for (size_t i = 0; i < most; i++) {
		char c = line.p[i];

		if (quoted && c == '\\') {
			i++;
			continue;
		}
		if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '<' || c == '>'))
			angled = c == '<';
		else if (!quoted && !angled && i > 0 &&
			 (c == ',' || c == ';' || c == ' '))
			at = i + 1;
	}
	return at;
}

/* A line of a header as one or more; FOLD: it may be folded. */
static void
put_folded_line(
    struct str line, bool fold, size_t margin, size_t width, struct buf *out)
{
	bool more = false;

	do {
		size_t room = width - margin - (more && fold);
		size_t n = line.n;

		buf_fill(out, ' ', line.n > 0 ? margin + (more && fold) : 0);
		if (width >= WIDTH_LEAST && utf8_width(line) > room) {
			n = fold ? fold_at(line, room) : 0;
			if (n == 0) {
				n = utf8_clip(line, room - 1).n;
				buf_str(out, str_slice(line, 0, n));
				buf_putc(out, '\\');
				fold = false;
			} else {
				buf_str(out, str_trim(str_slice(line, 0, n)));
			}
		} else {
			buf_str(out, line);
		}
		buf_putc(out, '\n');
		line = str_slice(line, n, line.n);
		if (fold)
			line = str_trim(line);
		more = true;
	} while (line.n > 0);
}

/* The margin goes before every line of D. */
static void
message_page_put_doc(const struct doc *d, size_t margin, struct buf *out)
{
	LOCAL_BUF text = BUF_INIT;
	struct str rest, line;
	int err = doc_write(d, &text);

	rest = buf_view(&text);
	while (err == 0 && rest.n > 0) {
		line = str_cut(rest, '\n', &rest);
		buf_fill(out, ' ', margin);
		buf_str(out, line);
		buf_putc(out, '\n');
	}
	if (err != 0)
		out->err = err;
}

void
ladder_messages_put(
    struct str bytes, size_t margin, size_t width, struct buf *out)
{
	struct buf safe = BUF_INIT, text = BUF_INIT;
	bool head = true, first = true;

	bytes = hex_as_text(bytes, &text);
	if (!hex_is_text(bytes)) {
		struct doc d = DOC_INIT;

		hex_doc(bytes, 0, width == 0 ? 80 : width - margin, &d);
		message_page_put_doc(&d, margin, out);
		doc_free(&d);
		buf_end(&text, &out->err);
		return;
	}
	while (bytes.n > 0) {
		struct str line = str_cut_line(bytes, &bytes);

		head = head && line.n > 0;
		buf_clear(&safe);
		utf8_add_safe(&safe, line);
		put_folded_line(buf_view(&safe), head && !first,
		    width == 0 ? 0 : margin, width, out);
		first = false;
	}
	buf_end(&safe, &out->err);
	buf_end(&text, &out->err);
}

struct job {
	const struct trace *t;
	const struct layout *l;
	const struct ladder_messages_form *form;
	void *arg;
	struct buf heading, scratch, other;
};

static struct str
name_of_column(const struct job *j, size_t column)
{
	return column < j->l->ncolumns ? j->l->columns[column].name : STR("?");
}

/* "F1 INVITE Alice -> atl" */
static void
put_heading(
    struct job *j, const struct layout_row *r, const struct trace_rec *rec)
{
	struct buf *b = &j->heading;

	buf_clear(b);
	if (r->number > 0)
		buf_printf(b, "F%u ", r->number);
	record_message_name(j->t, rec, b);
	buf_putc(b, ' ');
	utf8_add_safe(b, name_of_column(j, r->from));
	buf_puts(b, j->form->arrows && !j->form->ascii ? " → " : " -> ");
	utf8_add_safe(b, name_of_column(j, r->to));
	if (r->lost)
		buf_printf(b, _(", %.*s"), STR_ARG(r->loss.text));
	j->form->heading(j->arg, r, buf_view(b));
}

/* The message as it arrived, where a fault changed it. */
static void
message_page_put_changed(struct job *j, const struct layout_row *r)
{
	struct changed_message a;

	if (!r->changed || !changed_message_read(j->t, r->seq, &a, &j->other))
		return;
	buf_clear(&j->heading);
	buf_printf(&j->heading,
	    _("It was %s; these are the bytes on the wire:"),
	    changed_message_text(&a));
	j->form->sentence(j->arg, buf_view(&j->heading), true);
	if (a.known)
		j->form->bytes(j->arg, a.bytes);
}

static void
message_page_put(struct job *j, const struct layout_row *r)
{
	const struct layout_row *first = NULL;
	struct trace_rec rec;

	trace_get(j->t, r->seq, &rec);
	put_heading(j, r, &rec);
	if (r->repeat.first < j->l->nrows)
		first = &j->l->rows[r->repeat.first];
	if (first != NULL && first != r && first->number > 0) {
		buf_clear(&j->heading);
		buf_printf(&j->heading,
		    _("The same message as F%u, retransmitted."),
		    first->number);
		j->form->sentence(j->arg, buf_view(&j->heading), false);
	} else {
		j->form->bytes(j->arg, trace_bytes(&rec, &j->scratch));
	}
	message_page_put_changed(j, r);
}

int
ladder_messages_each(const struct trace *t, const struct layout *l,
    const struct ladder_messages_form *form, void *arg)
{
	struct job j = { .t = t, .l = l, .form = form, .arg = arg };
	int err = 0;

	for (size_t i = 0; err == 0 && i < l->nrows; i++) {
		progress_count(N_("writing the messages"), i, l->nrows);
		if (l->rows[i].item == LAYOUT_MESSAGE)
			message_page_put(&j, &l->rows[i]);
		if (form->out != NULL)
			err = buf_pass(form->out);
	}
	if (j.heading.err != 0 || j.scratch.err != 0 || j.other.err != 0)
		err = ERR_NOMEM;
	buf_free(&j.heading);
	buf_free(&j.scratch);
	buf_free(&j.other);
	return err;
}

/* Plain text: lines behind a margin. */
static void
text_heading(void *arg, const struct layout_row *r, struct str text)
{
	struct buf *out = arg;

	(void)r;
	buf_puts(out, "\n   ");
	utf8_add_clipped(out, text, LADDER_MESSAGES_WIDTH - MARGIN);
	buf_puts(out, "\n\n");
}

static void
text_bytes(void *arg, struct str bytes)
{
	ladder_messages_put(bytes, MARGIN, LADDER_MESSAGES_WIDTH, arg);
}

static void
text_sentence(void *arg, struct str text, bool between)
{
	struct buf *out = arg;

	if (between)
		buf_putc(out, '\n');
	buf_fill(out, ' ', MARGIN);
	record_wrap(out, text, MARGIN, MARGIN, LADDER_MESSAGES_WIDTH);
	buf_puts(out, between ? "\n\n" : "\n");
}

/* Markdown: a heading and a fenced block for each. */
static void
md_heading(void *arg, const struct layout_row *r, struct str text)
{
	struct buf *out = arg;

	(void)r;
	buf_puts(out, "\n### ");
	markdown_put_text(out, text);
	buf_puts(out, "\n\n");
}

static void
md_bytes(void *arg, struct str bytes)
{
	struct buf *out = arg, text = BUF_INIT;

	ladder_messages_put(bytes, 0, 0, &text);
	markdown_put_fence(out, "text", buf_view(&text));
	buf_end(&text, &out->err);
}

static void
md_sentence(void *arg, struct str text, bool between)
{
	struct buf *out = arg;

	if (between)
		buf_putc(out, '\n');
	markdown_put_text(out, text);
	buf_puts(out, between ? "\n\n" : "\n");
}

int
ladder_messages_write(const struct trace *t, const struct layout *l,
    const struct ladder_messages_options *o, struct buf *out)
{
	const struct ladder_messages_form text = { .ascii =
						       o != NULL && o->ascii,
		.out = out,
		.heading = text_heading,
		.bytes = text_bytes,
		.sentence = text_sentence };
	const struct ladder_messages_form md = { .ascii = text.ascii,
		.arrows = true,
		.out = out,
		.heading = md_heading,
		.bytes = md_bytes,
		.sentence = md_sentence };
	int err = ladder_messages_each(
	    t, l, o != NULL && o->markdown ? &md : &text, out);

	return err != 0 ? err : out->err;
}
