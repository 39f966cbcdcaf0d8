/*
 * Laying out an explained message: the line of the message, and below it in
 * two columns where such a line is defined and what this one says. Wrapped by
 * cells, so that wide characters and symbols for control bytes count as what
 * they take. For a pane, as text, and for programs.
 */
#include "words/annotate_doc.h"

#include <stdio.h>

#include "text/json_fields.h"
#include "text/utf8.h"
#include "words/annotate_doc_in.h"

#define LABEL       18 /* cells of the left column */
#define INDENT      2
#define COLUMNS     54 /* cells from which on there are two columns */
#define NARROWEST   40
#define BODY_LINES  40 /* of a body that is not a session description */
#define HEAD_INDENT 4  /* of a message's line that goes on below */

struct page {
	struct doc *d;
	struct annotate_options o;
};

/* TEXT as a paragraph of its own. */
static void
annotation_put_paragraph(
    struct page *p, const char *text, enum canvas_style style)
{
	doc_line(p->d, p->o.seq);
	doc_wrap(p->d, style, str_of(text), 0, p->o.width);
}

/* Sentences, each ended by '\n', the first beside LABEL; where there is no room
 * for two columns, after it. */
static void
annotation_put_sentences(
    struct page *p, const char *label, struct str text, enum canvas_style style)
{
	bool narrow = p->o.width < COLUMNS;
	size_t indent = narrow ? HEAD_INDENT : INDENT + LABEL;

	/* One that fills its column has a line of its own. */
	if (text.n > 0 && utf8_width(str_of(label)) >= LABEL) {
		doc_line(p->d, p->o.seq);
		doc_pad(p->d, narrow ? HEAD_INDENT : INDENT);
		doc_puts(p->d, style, label);
		label = "";
	}
	while (text.n > 0) {
		struct str one = str_cut(text, '\n', &text);

		doc_line(p->d, p->o.seq);
		doc_pad(p->d, narrow ? HEAD_INDENT : INDENT);
		doc_clip(p->d, style, str_of(label), LABEL);
		doc_pad(p->d, indent);
		if (narrow && label[0] != '\0')
			doc_puts(p->d, STYLE_PLAIN, "  ");
		doc_wrap(p->d, STYLE_PLAIN, one, indent, p->o.width);
		label = "";
	}
}

static void
put_note_line(struct page *p, struct str line)
{
	if (p->o.line != NULL) {
		p->o.line(p->d, line, p->o.arg);
		return;
	}
	doc_line(p->d, p->o.seq);
	doc_wrap_marked(p->d, line,
	    &(struct doc_marked){ .style = STYLE_BOLD,
		.indent = HEAD_INDENT,
		.width = p->o.width });
}

/* The line of the message itself, each fold on a line of its own. */
static void
put_folded_text(struct page *p, struct str text, size_t lines)
{
	while (text.n > 0 && lines-- > 0) {
		struct str one = str_cut_line(text, &text);

		put_note_line(p, one);
	}
	if (text.n > 0)
		annotation_put_paragraph(
		    p, _("(more lines follow)"), STYLE_DIM);
}

static void
annotation_put_body(struct page *p, struct str body)
{
	struct str part = str_slice(body, 0, BODY_LINES * 16);

	if (hex_is_text(body)) {
		put_folded_text(p, body, BODY_LINES);
		return;
	}
	hex_doc(part, p->o.seq, p->o.width, p->d);
	if (part.n < body.n)
		annotation_put_paragraph(
		    p, _("(more bytes follow)"), STYLE_DIM);
}

/* A field of a body that is not text. */
static void
annotation_put_octets(struct page *p, struct str octets)
{
	struct buf line = BUF_INIT;

	hex_line(octets, &line);
	doc_line(p->d, p->o.seq);
	doc_wrap_marked(p->d, buf_view(&line),
	    &(struct doc_marked){ .style = STYLE_BOLD,
		.indent = HEAD_INDENT,
		.width = p->o.width });
	buf_end(&line, &p->d->err);
}

static void
put_message_note(struct page *p, const struct msg_note *n)
{
	char source[64] = "";

	if (n->kind == MSG_NOTE_BODY)
		annotation_put_body(p, n->text);
	else if (n->kind == MSG_NOTE_OCTETS)
		annotation_put_octets(p, n->text);
	else
		put_folded_text(p, n->text, SIZE_MAX);
	if (n->rfc != 0)
		snprintf(
		    source, sizeof(source), "RFC %u %s", n->rfc, n->section);
	else
		snprintf(source, sizeof(source), "%s", n->section);
	if (n->what[0] != '\0')
		annotation_put_sentences(
		    p, source, str_of(n->what), STYLE_RULE);
	if (n->kind == MSG_NOTE_JUNK)
		annotation_put_sentences(
		    p, "", str_of(_("no header field")), STYLE_DIM);
	annotation_put_sentences(p, _("here"), buf_view(&n->says), STYLE_DIM);
	/* An outdated form is not a fault. */
	annotation_put_sentences(
	    p, _("out of date"), buf_view(&n->history), STYLE_DIM);
	annotation_put_sentences(
	    p, _("WRONG"), buf_view(&n->problem), STYLE_FAILURE);
}

static bool
has_problems(const struct msg_notes *notes)
{
	for (size_t i = 0; i < notes->n; i++)
		if (notes->lines[i].problem.n > 0)
			return true;
	return false;
}

static void
put_wellformedness(struct page *p, const struct msg_notes *notes)
{
	struct buf line = BUF_INIT, fault = BUF_INIT, phrase = BUF_INIT;
	enum canvas_style s = notes->first.fault != MSG_FAULT_NONE
				  ? STYLE_FAILURE
			      : has_problems(notes) ? STYLE_WARNING
						    : STYLE_SUCCESS;

	if (notes->first.fault != MSG_FAULT_NONE) {
		msg_notes_fault(notes, &fault);
		msg_fault_phrase(
		    notes->m, notes->first.fault, notes->first.at, &phrase);
	}
	doc_line(p->d, p->o.seq);
	annotation_put_sentences(
	    p, _("the whole"), buf_view(&notes->remarks), STYLE_DIM);
	if (s == STYLE_SUCCESS)
		buf_puts(&line, _("The message is well formed."));
	else if (s == STYLE_WARNING)
		buf_puts(
		    &line, _("The message can be read, but not all of it is "
			     "right."));
	else if (notes->first.answered)
		buf_printf(&line,
		    notes->answered
			? _("The message is not well formed: %s. A server "
			    "answers with %u, %s.")
			: _("The message is not well formed: %s. With CRLF a "
			    "server answers with %u, %s."),
		    buf_cstr(&fault), msg_fault_status(notes->first.fault),
		    buf_cstr(&phrase));
	else
		buf_printf(&line,
		    _("The message is not well formed: %s. The receiver drops "
		      "it."),
		    buf_cstr(&fault));
	annotation_put_paragraph(p, buf_cstr(&line), s);
	buf_end(&line, &p->d->err);
	buf_end(&fault, &p->d->err);
	buf_end(&phrase, &p->d->err);
}

static void
put_empty_line(struct page *p)
{
	doc_line(p->d, p->o.seq);
	annotation_put_paragraph(p,
	    _("(the empty line: here the header ends and the body begins)"),
	    STYLE_DIM);
	doc_line(p->d, p->o.seq);
}

void
annotate_doc_notes(const struct msg_notes *notes,
    const struct annotate_options *o, struct doc *d)
{
	struct page p = { .d = d, .o = *o };

	if (p.o.width < NARROWEST)
		p.o.width = NARROWEST;
	for (size_t i = 0; i < notes->n && d->err == 0; i++)
		put_message_note(&p, &notes->lines[i]);
}

void
annotate_doc(const struct msg_notes *notes, const struct annotate_options *o,
    struct doc *d)
{
	struct page p = { .d = d, .o = *o };
	bool body = false;

	if (p.o.width < NARROWEST)
		p.o.width = NARROWEST;
	for (size_t i = 0; i < notes->n && d->err == 0; i++) {
		const struct msg_note *n = &notes->lines[i];

		if (!body && n->kind >= MSG_NOTE_LINE && notes->m != NULL) {
			body = true;
			put_empty_line(&p);
		}
		put_message_note(&p, n);
	}
	if (o->line != NULL)
		o->line(d, STR_NULL, o->arg);
	put_wellformedness(&p, notes);
}

/* ---- an explained message for programs ---- */

static const char *
note_kind_word(unsigned i)
{
	static const char *const words[] = {
		[MSG_NOTE_START] = "start",
		[MSG_NOTE_FIELD] = "field",
		[MSG_NOTE_JUNK] = "junk",
		[MSG_NOTE_LINE] = "line",
		[MSG_NOTE_BODY] = "body",
		[MSG_NOTE_OCTETS] = "octets",
	};

	return i < COUNT_OF(words) ? words[i] : NULL;
}

const struct field annotate_note_fields[] = {
	FIELD(struct msg_note, kind, WORD, "what kind of line it is",
	    .word = note_kind_word),
	FIELD(struct msg_note, text, STR,
	    "the line, folds inside; bytes that are no UTF-8 are U+FFFD"),
	FIELD(struct msg_note, what, TEXT, "what such a line is for"),
	ANY_FIELD(struct msg_note, rfc, NUMBER, "that defines it"),
	ANY_FIELD(struct msg_note, section, TEXT,
	    "of the RFC; without one, of another norm"),
	ANY_FIELD(
	    struct msg_note, says, BUF, "what it says, a sentence a line"),
	ANY_FIELD(struct msg_note, history, BUF, "what is obsolete in it"),
	ANY_FIELD(struct msg_note, problem, BUF, "what is wrong with it"),
	FIELDS_END,
};

struct whole {
	struct str fault, remarks, libosip2;
	unsigned line;
};

const struct field annotate_fields[] = {
	FIELD(struct whole, fault, STR,
	    "the first fault to correct; empty if the message is correct"),
	ANY_FIELD(struct whole, line, NUMBER, "where that is, from 1"),
	FIELD(struct whole, remarks, STR,
	    "about the message as a whole, a sentence a line"),
	ANY_FIELD(
	    struct whole, libosip2, STR, "how libosip2 reads a SIP message"),
	FIELD_BESIDE_AS("lines", OBJECTS, "the message line by line",
	    .of = annotate_note_fields),
	FIELDS_END,
};

static void
put_json_note(const void *of, size_t i, struct buf *out)
{
	const struct msg_notes *notes = of;

	json_put_object(annotate_note_fields, &notes->lines[i], out);
}

int
annotate_json(const struct msg_notes *notes, struct str fault, unsigned line,
    struct str osip, struct buf *out)
{
	struct whole whole = { fault, buf_view(&notes->remarks), osip, line };

	buf_putc(out, '{');
	json_put_fields(annotate_fields, &whole, out);
	json_put_objects(out, "lines", notes->n, put_json_note, notes);
	buf_puts(out, "}\n");
	return out->err;
}

/* ---- an explained message as text: the pane's, written out ---- */

#define WIDTH 80

int
annotate_text(const struct msg_notes *notes,
    const struct annotate_text_options *o, struct buf *out)
{
	struct annotate_options page = { .width = WIDTH };
	LOCAL(doc_free) struct doc d = DOC_INIT;

	if (o != NULL && o->width != 0)
		page.width = o->width;
	annotate_doc(notes, &page, &d);
	return doc_write_colour(&d, o != NULL ? o->theme : THEME_NONE, out);
}
