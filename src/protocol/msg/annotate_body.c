/*
 * Explaining a message's body: who explains which type is a row of `types`.
 * Parts of a multipart (RFC 2046 5.1) are bodies of their own, with a type
 * each.
 */
#include "base/err.h"
#include "base/mem.h"
#include "base/rows.h"
#include "msg/annotate_in.h"
#include "msg/explain_in.h"
#include "msg/multipart.h"
#include "msg/parts.h"

/* Multiparts in each other, and parts of all of them together. */
#define DEPTH_MOST 3
#define PARTS_MOST 16

/* ---- application/sdp ---- */

static int
note_sdp(const struct msg_noted_body *b)
{
	struct msg_sdp *s = mem_zalloc(1, sizeof(*s));
	struct str at = STR_NULL;
	int err = s != NULL ? 0 : ERR_NOMEM, fault;

	if (err != 0)
		return err;
	fault = msg_sdp_read(s, b->bytes, &at);
	for (size_t i = 0; err == 0 && i < s->nlines; i++) {
		struct msg_note *n =
		    msg_note_add(b->notes, MSG_NOTE_LINE, s->lines[i].line);

		if (n == NULL) {
			err = ERR_NOMEM;
			break;
		}
		explain_sdp(s, &s->lines[i], n);
		msg_note_history(n);
		if (fault == ERR_SYNTAX && s->lines[i].line.p == at.p)
			explain_say(&n->problem,
			    _("Not of the form that RFC 8866 asks for."));
	}
	if (fault == ERR_LIMIT)
		explain_say(&b->notes->remarks,
		    _("The session description has more lines or streams than "
		      "rung reads."));
	mem_free(s);
	return err;
}

/* ---- in no row: shown, not explained ---- */

int
msg_note_whole(const struct msg_noted_body *b)
{
	struct msg_note *n = msg_note_add(b->notes, MSG_NOTE_BODY, b->bytes);

	if (n == NULL)
		return ERR_NOMEM;
	n->rfc = 3261;
	n->section = "7.4";
	n->what = _("the body, for the two ends alone");
	if (b->type.n == 0)
		/* 20.15: mandatory where there is a body */
		explain_say(&n->problem,
		    _("There is a body, but no Content-Type says what it "
		      "is."));
	return 0;
}

/* ---- multipart/mixed: RFC 2046 5.1 ---- */

static int note_any(const struct msg_noted_body *b);

static int
note_delimiter(const struct msg_noted_body *b, struct str line, bool last)
{
	struct msg_note *n = msg_note_add(b->notes, MSG_NOTE_PART, line);

	if (n == NULL)
		return ERR_NOMEM;
	n->rfc = 2046;
	n->section = "5.1.1";
	n->what = last ? _("the end of the parts") : _("here a part begins");
	return 0;
}

/* A field of a part's head. */
static int
note_part_field(struct msg_notes *notes, struct str line)
{
	struct msg_note *n = msg_note_add(notes, MSG_NOTE_PART, line);
	struct str value, name = str_trim(str_cut(line, ':', &value));
	enum msg_header id = msg_header_find(name);
	const struct msg_header_info *row = msg_header_info(id);
	struct msg_field f = { line, name, str_trim(value), id };
	struct explain e = { .m = notes->m, .f = &f, .note = n };

	if (n == NULL)
		return ERR_NOMEM;
	if (row == NULL)
		return 0;
	n->what = _(row->text);
	n->rfc = row->rfc;
	n->section = row->section;
	if (id == MSG_H_CONTENT_TYPE)
		explain_field(&e);
	return 0;
}

static int
note_part(const struct msg_noted_body *b, const struct msg_part *part)
{
	struct str line, rest = part->head;
	int err = note_delimiter(b, part->delimiter, false);

	while (err == 0 && rest.n > 0) {
		line = str_trim(str_cut(rest, '\n', &rest));
		if (line.n > 0)
			err = note_part_field(b->notes, line);
	}
	if (err != 0 || part->body.n == 0)
		return err;
	return note_any(&(struct msg_noted_body){ b->notes, part->type,
	    part->params, part->body, b->depth + 1, b->parts });
}

static int
note_multipart(const struct msg_noted_body *b)
{
	struct msg_parts parts;
	struct msg_part part = { .delimiter = STR_NULL };
	int err = 0;

	if (b->depth == DEPTH_MOST ||
	    !msg_parts_begin(b->params, b->bytes, &parts))
		return msg_note_whole(b);
	while (err == 0 && msg_parts_next(&parts, &part) &&
	       ++*b->parts <= PARTS_MOST)
		err = note_part(b, &part);
	if (err == 0 && parts.ended)
		return note_delimiter(b, part.delimiter, true);
	if (err == 0)
		explain_say(&b->notes->remarks,
		    _("The parts of the body have no end, or are more than "
		      "rung reads."));
	return err;
}

/* ---- all of them ---- */

static const struct {
	const char *type;
	int (*note)(const struct msg_noted_body *b);
	bool (*gist)(struct str body, struct buf *out); /* or NULL */
} types[] = {
	{ "application/sdp", note_sdp, NULL },
	{ "application/isup", msg_note_isup, NULL },
	{ MANSCDP_TYPE, msg_note_manscdp, explain_manscdp_gist },
	{ MANSRTSP_TYPE, msg_note_mansrtsp, explain_mansrtsp_gist },
	{ "application/rtsp", msg_note_mansrtsp, explain_mansrtsp_gist },
	{ "multipart/mixed", note_multipart, NULL },
};

/* The row of TYPE; ROWS_COUNT where there is none. */
static size_t
find_type(struct str type)
{
	size_t i = 0;

	while (i < ROWS_COUNT(types) && !str_iis(type, types[i].type))
		i++;
	return i;
}

static int
note_any(const struct msg_noted_body *b)
{
	size_t i = find_type(b->type);

	return i < ROWS_COUNT(types) ? types[i].note(b) : msg_note_whole(b);
}

int
msg_note_body(struct msg_notes *notes)
{
	unsigned parts = 0;
	struct msg_noted_body b = {
		.notes = notes, .bytes = notes->m->body, .parts = &parts
	};

	b.type =
	    msg_cut_params(msg_value(notes->m, MSG_H_CONTENT_TYPE), &b.params);
	return b.bytes.n > 0 ? note_any(&b) : 0;
}

bool
msg_body_gist(const struct msg *m, struct buf *out)
{
	struct str params;
	size_t i = find_type(
	    msg_cut_params(msg_value(m, MSG_H_CONTENT_TYPE), &params));

	return m->body.n > 0 && i < ROWS_COUNT(types) &&
	       types[i].gist != NULL && types[i].gist(m->body, out);
}
