/* Explaining the bodies of messages, line by line where their kind is known. */
#include "msg/annotate_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "isup/isup.h"
#include "isup/m3ua.h"
#include "isup/q850.h"
#include "msg/bodies.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/parts.h"

/* ---- explaining ISUP in a body (RFC 3204), field by field ---- */

/* What TEXT, octets of B, is. */
static struct msg_note *
add_octets(const struct annotate_part *b, struct str text, const char *what,
    const char *clause)
{
	struct msg_note *n = annotate_add(b->notes, MSG_NOTE_OCTETS, text);

	if (n == NULL)
		return NULL;
	n->text = text; /* line ends are octets like others */
	n->what = what;
	n->section = clause;
	return n;
}

static int
note_param(const struct annotate_part *b, const struct isup_param *p)
{
	const char *clause = "", *words = isup_param_words(p->code, &clause);
	struct msg_note *n = add_octets(b, p->all,
	    words != NULL ? words : _("a parameter that rung does not know"),
	    clause);

	if (n == NULL)
		return ERR_NOMEM;
	if (words == NULL)
		explain_say(&n->says,
		    _("Parameter %u. An exchange that does not know it obeys "
		      "its compatibility information; without that, it "
		      "discards the parameter."),
		    p->code);
	else if (!isup_param_say(p, &n->says))
		explain_say(&n->problem,
		    _("Its contents are not valid for this parameter."));
	return 0;
}

static int
note_type(const struct annotate_part *b, const struct isup *m)
{
	struct msg_note *n;

	if (m->row == NULL)
		return 0;
	n = add_octets(
	    b, str_slice(b->bytes, 0, 1), _(m->row->words), "Q.763 4");
	if (n == NULL)
		return ERR_NOMEM;
	if (b->type.n == 0)
		explain_say(&n->says, _("The message type: %s."), m->row->name);
	else
		explain_say(&n->says,
		    _("The message type: %s. RFC 3204 omits the circuit and "
		      "the routing label that precede it in the telephone "
		      "network."),
		    m->row->name);
	return 0;
}

/* Notes the octets behind the message, or unreadable ones. */
static int
note_rest(
    const struct annotate_part *b, const struct isup *m, enum isup_fault fault)
{
	struct msg_note *n;

	if (m->rest.n == 0 && fault == ISUP_FAULT_NONE)
		return 0;
	n = add_octets(b, m->rest.n > 0 ? m->rest : b->bytes,
	    _("octets that rung can't read"), "");
	if (n == NULL)
		return ERR_NOMEM;
	explain_say(&n->problem, "%s.",
	    fault != ISUP_FAULT_NONE
		? isup_fault_words(fault)
		: _("These octets are after the end of the message"));
	return 0;
}

/* Notes on ISUP; 0 or ERR_NOMEM. */
static int
put_isup_notes(const struct annotate_part *b)
{
	LOCAL_MEM struct isup *m = mem_zalloc(1, sizeof(*m));
	struct msg_note *n = NULL;
	enum isup_fault fault;
	int err;

	if (m == NULL)
		return ERR_NOMEM;
	if (msg_isup_is_ansi(b->params)) {
		m->rest = b->bytes;
		fault = ISUP_FAULT_ANSI;
	} else {
		fault = isup_read(b->bytes, m);
	}
	err = note_type(b, m);
	for (size_t i = 0; err == 0 && i <= m->n; i++) {
		if (m->pointers.n > 0 &&
		    (i == m->n || m->params[i].part != ISUP_FIXED) &&
		    n == NULL) {
			n = add_octets(b, m->pointers,
			    _("pointers to the parameters that follow"),
			    "Q.763 1");
			err = n != NULL ? 0 : ERR_NOMEM;
		}
		if (err == 0 && i < m->n)
			err = note_param(b, &m->params[i]);
	}
	if (err == 0)
		err = note_rest(b, m, fault);
	return err;
}

/* SIO and routing label of MTP3, then the circuit. */
static int
note_label(
    const struct annotate_part *b, const struct mtp_label *l, unsigned cic)
{
	struct msg_note *sio = add_octets(b, str_slice(b->bytes, 0, 1),
	    _("service information octet: the network and the user part"),
	    "Q.704 14.2");
	struct msg_note *route, *circuit;

	if (sio == NULL)
		return ERR_NOMEM;
	explain_say(&sio->says, l->network == 0
				    ? _("International network; ISUP.")
				    : _("National network; ISUP."));
	route = add_octets(b, str_slice(b->bytes, 1, 5),
	    _("routing label: the sending and the receiving exchange"),
	    "Q.704 2.2");
	if (route == NULL)
		return ERR_NOMEM;
	explain_say(&route->says,
	    _("From point code %u to point code %u, signalling link selection "
	      "%u."),
	    (unsigned)l->opc, (unsigned)l->dpc, cic & 15);
	circuit = add_octets(b, str_slice(b->bytes, 5, 7),
	    _("circuit identification code"), "Q.763 1.2");
	if (circuit == NULL)
		return ERR_NOMEM;
	explain_say(&circuit->says,
	    _("Circuit %u between these two exchanges: it identifies the call "
	      "here."),
	    cic);
	return 0;
}

int
msg_annotate_signal(struct str bytes, struct msg_notes *notes)
{
	unsigned parts = 0, cic;
	struct annotate_part b = {
		.notes = notes, .bytes = bytes, .parts = &parts
	};
	struct mtp_label label;
	struct str isup;
	int err;

	*notes = (struct msg_notes){ 0 };
	if (!mtp3_read_isup(bytes, &label, &cic, &isup))
		return ERR_SYNTAX;
	err = note_label(&b, &label, cic);
	b.bytes = isup;
	return err == 0 ? put_isup_notes(&b) : err;
}

/* Of ISUP with a cause, what it is; false: another body. */
static bool
say_isup_gist(struct str body, struct buf *out)
{
	LOCAL_MEM struct isup *m = mem_alloc(sizeof(*m));
	const struct isup_param *p;
	struct q850_indicators c;
	bool says = false;

	if (m == NULL)
		out->err = ERR_NOMEM;
	else if (isup_read(body, m) == ISUP_FAULT_NONE)
		says = true;
	p = says ? isup_find(m, ISUP_PARAM_CAUSE) : NULL;
	if (p != NULL && q850_read(p->value, &c))
		/* TRANSLATORS: "Its body is a REL with cause 17 of Q.850: user
		 * busy." */
		buf_printf(out, _("Its body is a %s with Q.850 cause %u: %s."),
		    m->row->name, c.cause, q850_words(c.cause));
	else if (says)
		/* TRANSLATORS: "ISUP in its body: IAM, initial address …" */
		buf_printf(out, _("ISUP in its body: %s, %s."), m->row->name,
		    _(m->row->words));
	return says;
}

static bool
say_isup_name(struct str body, struct buf *out)
{
	const struct isup_row *row =
	    body.n > 0 ? isup_row((uint8_t)body.p[0]) : NULL;

	if (row != NULL)
		buf_puts(out, row->name);
	return row != NULL;
}

/* Lines of a body in XML that are explained. */
#define XML_LINES 400
/* Multiparts in each other, and parts of all of them together. */
#define DEPTH_MOST 3
#define PARTS_MOST 16

static int
body_note_sdp(const struct annotate_part *b)
{
	LOCAL_MEM struct msg_sdp *s = mem_zalloc(1, sizeof(*s));
	struct str at = STR_NULL;
	int err = s != NULL ? 0 : ERR_NOMEM, fault;

	if (err != 0)
		return err;
	fault = msg_sdp_read(s, b->bytes, &at);
	for (size_t i = 0; err == 0 && i < s->nlines; i++) {
		struct msg_note *n =
		    annotate_add(b->notes, MSG_NOTE_LINE, s->lines[i].line);

		if (n == NULL) {
			err = ERR_NOMEM;
			break;
		}
		explain_sdp(s, &s->lines[i], n);
		annotate_history(n);
		if (fault == ERR_SYNTAX && s->lines[i].line.p == at.p)
			explain_say(
			    &n->problem, _("This line does not have the form "
					   "that RFC 8866 requires."));
	}
	if (fault == ERR_LIMIT)
		explain_say(&b->notes->remarks,
		    _("The session description has more lines or streams than "
		      "rung reads."));
	return err;
}

/* A body, or what of it is not explained, in one piece. */
static struct msg_note *
note_whole(struct msg_notes *notes, struct str body)
{
	struct msg_note *n = annotate_add(notes, MSG_NOTE_BODY, body);

	if (n == NULL)
		return NULL;
	n->rfc = 3261;
	n->section = "7.4";
	n->what = _("the body, meant only for the two endpoints");
	return n;
}

/* The lines of M, whose text NOTES has taken. */
static int
note_elements(struct msg_notes *notes, const struct manscdp *m)
{
	struct str text = buf_view(&notes->body), piece;
	size_t at = 0, element = 0;
	bool opens;

	for (size_t i = 0; manscdp_next_piece(text, &at, &piece, &opens); i++) {
		struct msg_note *n;

		if (i == XML_LINES)
			return note_whole(notes,
				   str_slice(text, (size_t)(piece.p - text.p),
				       text.n)) != NULL
				   ? 0
				   : ERR_NOMEM;
		n = annotate_add(notes, MSG_NOTE_LINE, piece);
		if (n == NULL)
			return ERR_NOMEM;
		if (opens)
			explain_manscdp(m, element++, n);
	}
	return 0;
}

static int
note_declaration(struct msg_notes *notes, const struct manscdp *m)
{
	struct msg_note *n;

	if (m->declaration.n == 0)
		return 0;
	n = annotate_add(notes, MSG_NOTE_LINE, m->declaration);
	if (n == NULL)
		return ERR_NOMEM;
	n->what = _("the version of XML and the character set of the body");
	n->section = MANSCDP_NORM "6.10";
	explain_say(
	    &n->says, _("The 2016 edition requires GB 2312, the 2022 edition "
			"GB 18030; GB 2312 is a part of GB 18030."));
	return 0;
}

static int
note_manscdp(const struct annotate_part *b)
{
	struct msg_notes *notes = b->notes;
	struct manscdp m;
	struct msg_note *n;
	int err;

	/* Of several in one message the first is told. */
	if (notes->body.n > 0)
		return note_whole(notes, b->bytes) != NULL ? 0 : ERR_NOMEM;
	err = manscdp_read(&m, b->bytes);

	if (err == ERR_SYNTAX) {
		n = note_whole(notes, b->bytes);
		if (n == NULL)
			return ERR_NOMEM;
		explain_say(&n->problem, "%s", _(manscdp_fault_words(m.fault)));
		return 0;
	}
	if (err != 0)
		return err;
	notes->body = m.text;
	m.text = BUF_INIT;
	err = note_declaration(notes, &m);
	if (err == 0)
		err = note_elements(notes, &m);
	manscdp_free(&m);
	return err;
}

static int
note_mansrtsp(const struct annotate_part *b)
{
	struct mansrtsp r;

	mansrtsp_read(b->bytes, &r);
	for (size_t i = 0; i < r.n; i++) {
		struct msg_note *n =
		    annotate_add(b->notes, MSG_NOTE_LINE, r.lines[i].line);

		if (n == NULL)
			return ERR_NOMEM;
		explain_mansrtsp(&r, i, n);
	}
	return 0;
}

/* In no row: shown, not explained. */
static int
body_note_other(const struct annotate_part *b)
{
	struct msg_note *n = note_whole(b->notes, b->bytes);

	if (n == NULL)
		return ERR_NOMEM;
	if (b->type.n == 0)
		/* 20.15: mandatory where there is a body */
		explain_say(
		    &n->problem, _("There is a body, but no Content-Type that "
				   "gives its type."));
	return 0;
}

/* ---- multipart/mixed: RFC 2046 5.1 ---- */

static int note_any(const struct annotate_part *b);

static int
note_delimiter(const struct annotate_part *b, struct str line, bool last)
{
	struct msg_note *n = annotate_add(b->notes, MSG_NOTE_LINE, line);

	if (n == NULL)
		return ERR_NOMEM;
	n->rfc = 2046;
	n->section = "5.1.1";
	n->what = last ? _("the end of the body parts")
		       : _("a body part begins here");
	return 0;
}

/* A field of a part's head. */
static int
note_part_field(struct msg_notes *notes, struct str line)
{
	struct msg_note *n = annotate_add(notes, MSG_NOTE_LINE, line);
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
note_part(const struct annotate_part *b, const struct msg_part *part)
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
	return note_any(&(struct annotate_part){ b->notes, part->type,
	    part->params, part->body, b->depth + 1, b->parts });
}

static int
note_multipart(const struct annotate_part *b)
{
	struct msg_parts parts;
	struct msg_part part = { .delimiter = STR_NULL };
	int err = 0;

	if (b->depth == DEPTH_MOST ||
	    !msg_parts_begin(b->params, b->bytes, &parts))
		return body_note_other(b);
	while (err == 0 && msg_parts_next(&parts, &part) &&
	       ++*b->parts <= PARTS_MOST)
		err = note_part(b, &part);
	if (err == 0 && parts.ended)
		return note_delimiter(b, part.delimiter, true);
	if (err == 0)
		explain_say(&b->notes->remarks,
		    _("The body parts have no end, or there are more of them "
		      "than rung reads."));
	return err;
}

/* ---- all of them ---- */

static const struct {
	const char *type;
	int (*note)(const struct annotate_part *b);
	bool (*gist)(struct str body, struct buf *out); /* or NULL */
	bool (*word)(struct str body, struct buf *out); /* or NULL */
} bodies[] = {
	{ "application/sdp", body_note_sdp, NULL, NULL },
	{ "application/isup", put_isup_notes, say_isup_gist, say_isup_name },
	{ "multipart/mixed", note_multipart, NULL, NULL },
	{ MANSCDP_TYPE, note_manscdp, explain_manscdp_gist,
	    explain_manscdp_word },
	{ MANSRTSP_TYPE, note_mansrtsp, explain_mansrtsp_gist,
	    explain_mansrtsp_word },
	{ "application/rtsp", note_mansrtsp, explain_mansrtsp_gist,
	    explain_mansrtsp_word },
};

/* What the first of M's bodies says, in a sentence or in a word, whose row has
 * that. */
static bool
say_body(const struct msg *m, bool in_a_word, struct buf *out)
{
	struct str params, body;

	for (size_t i = 0; i < COUNT_OF(bodies); i++) {
		bool (*say)(struct str, struct buf *) =
		    in_a_word ? bodies[i].word : bodies[i].gist;

		if (say != NULL &&
		    msg_body_of(m, bodies[i].type, &params, &body) &&
		    say(body, out))
			return true;
	}
	return false;
}

bool
msg_body_gist(const struct msg *m, struct buf *out)
{
	return say_body(m, false, out);
}

bool
msg_body_word(const struct msg *m, struct buf *out)
{
	return say_body(m, true, out);
}

static int
note_any(const struct annotate_part *b)
{
	for (size_t i = 0; i < COUNT_OF(bodies); i++)
		if (str_iis(b->type, bodies[i].type))
			return bodies[i].note(b);
	return body_note_other(b);
}

int
msg_annotate_alone(struct str bytes, const char *type, struct msg_notes *notes)
{
	unsigned parts = 0;
	struct annotate_part b = { .notes = notes,
		.type = str_of(type),
		.bytes = bytes,
		.parts = &parts };
	int err;

	*notes = (struct msg_notes){ 0 };
	err = note_any(&b);
	if (err == 0)
		err = annotate_errors(notes);
	if (err != 0)
		msg_notes_free(notes);
	return err;
}

int
annotate_body(struct msg_notes *notes)
{
	unsigned parts = 0;
	struct annotate_part b = {
		.notes = notes, .bytes = notes->m->body, .parts = &parts
	};

	b.type =
	    msg_cut_params(msg_value(notes->m, MSG_H_CONTENT_TYPE), &b.params);
	return b.bytes.n > 0 ? note_any(&b) : 0;
}
