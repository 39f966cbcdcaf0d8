/* Explaining the bodies of GB/T 28181, line by line. */
#include "base/err.h"
#include "msg/annotate_in.h"
#include "msg/explain_in.h"

/* Lines of a body in XML that are explained. */
#define XML_LINES 400

/* What B has from TEXT's byte AT on, in one piece. */
static int
note_rest(const struct msg_noted_body *b, struct str text, size_t at)
{
	struct msg_noted_body rest = *b;

	rest.bytes = str_slice(text, at, text.n);
	return msg_note_whole(&rest);
}

/* The lines of M, whose text B's notes have taken. */
static int
note_elements(const struct msg_noted_body *b, const struct manscdp *m)
{
	struct str text = buf_view(&b->notes->body), piece;
	size_t at = 0, element = 0;
	bool opens;

	for (size_t i = 0; manscdp_next_piece(text, &at, &piece, &opens); i++) {
		struct msg_note *n;

		if (i == XML_LINES)
			return note_rest(b, text, (size_t)(piece.p - text.p));
		n = msg_note_add(b->notes, MSG_NOTE_LINE, piece);
		if (n == NULL)
			return ERR_NOMEM;
		if (opens)
			explain_manscdp(m, element++, n);
	}
	return 0;
}

static int
note_declaration(const struct msg_noted_body *b, const struct manscdp *m)
{
	struct msg_note *n;

	if (m->declaration.n == 0)
		return 0;
	n = msg_note_add(b->notes, MSG_NOTE_LINE, m->declaration);
	if (n == NULL)
		return ERR_NOMEM;
	n->what = _("the version of XML, and the character set of the body");
	n->section = MANSCDP_NORM "6.10";
	explain_say(&n->says,
	    _("GB 2312 by the edition of 2016, GB 18030 by that of 2022; the "
	      "one is a part of the other."));
	return 0;
}

int
msg_note_manscdp(const struct msg_noted_body *b)
{
	struct msg_notes *notes = b->notes;
	struct manscdp m;
	int err;

	/* The notes keep the text of one. */
	if (notes->body.n > 0)
		return msg_note_whole(b);
	err = manscdp_read(&m, b->bytes);
	if (err == ERR_SYNTAX) {
		err = msg_note_whole(b);
		if (err == 0)
			explain_say(&notes->lines[notes->n - 1].problem, "%s",
			    _(manscdp_fault_words(m.fault)));
		return err;
	}
	if (err != 0)
		return err;
	notes->body = m.text;
	m.text = BUF_INIT;
	err = note_declaration(b, &m);
	if (err == 0)
		err = note_elements(b, &m);
	manscdp_free(&m);
	return err;
}

int
msg_note_mansrtsp(const struct msg_noted_body *b)
{
	struct mansrtsp r;

	mansrtsp_read(b->bytes, &r);
	for (size_t i = 0; i < r.n; i++) {
		struct msg_note *n =
		    msg_note_add(b->notes, MSG_NOTE_LINE, r.lines[i].line);

		if (n == NULL)
			return ERR_NOMEM;
		explain_mansrtsp(&r, i, n);
	}
	return 0;
}
