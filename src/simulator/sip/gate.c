/*
 * The gate.  The verdict over a message is msg_judge's alone, by way of
 * sip/views.h; what one of libosip2's machines is to see is handed to it in a
 * copy in which nothing is left that the library can't stand.  The faults
 * observed in libosip2 5.3.0, and the remedies:
 *
 *   reads on after a NUL, or a bare CR   rejected by msg_read, except for NULs
 *                                        in quoted strings: replaced in the
 *                                        copy; folded lines are unfolded there
 *   quadratic parsing of long lists      caps in msg/message.h; above
 *                                        SIP_GATE_EASY_* the stand-in below
 *   leaks on MIME parts, reads past      bodies are no business of the
 *   the end of SDP                       transactions: the library sees the
 *                                        head alone.  So MIME parts are not
 *                                        counted here (MSG_MAX_PARTS is for
 *                                        readers of bodies)
 *   loses Route, Record-Route of up to   the library sees neither, nor any
 *   7 characters, rejects fields that    other field that its machines don't
 *   are none of its business             work on
 *   rejects From and To of up to 7       the stand-in
 *   characters, "SIP / 2.0 / UDP"
 *
 * The stand-in has the same fields, written in the form that the library likes
 * best.
 */
#include "sip/gate.h"

#include "base/err.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "sip/bytes.h"
#include "sip/defaults.h"
#include "sip/views.h"

/* The most bytes of head, and commas in it, that the library parses within a
 * small part of a millisecond, whatever they are. */
#define SIP_GATE_EASY_HEAD   4096
#define SIP_GATE_EASY_COMMAS 128

/* A value for the library's eyes: one line, no NUL. */
static void
add_plain(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '\r' || c == '\n' || c == '\t')
			c = ' ';
		else if (c == '\0')
			c = '?';
		buf_putc(out, c);
	}
}

/* CLEAN: it is in a head without NUL and HT. */
static void
gate_add_value(struct buf *out, struct str value, bool clean)
{
	if (clean && str_chr(value, '\n') < 0)
		buf_str(out, value);
	else
		add_plain(out, value);
}

static void
gate_add_field(struct buf *out, const char *name, struct str value, bool clean)
{
	buf_puts(out, name);
	gate_add_value(out, value, clean);
	buf_puts(out, "\r\n");
}

/* The topmost, with the parameter by which it is known. */
static void
gate_copy_via(struct buf *out, const struct msg *m, bool clean)
{
	struct msg_values it = { 0 };
	struct str value = STR_NULL;
	struct msg_via via;

	/* Empty elements before it are none. */
	if (msg_top_via(m, &via) != 0) {
		msg_next_value(m, MSG_H_VIA, &it, &value);
		msg_via_read(value, &via);
	}
	buf_puts(out, "v: SIP/2.0/");
	gate_add_value(out, via.transport, clean);
	buf_putc(out, ' ');
	gate_add_value(out, via.sent_by, clean);
	if (via.branch.n > 0) {
		buf_puts(out, ";branch=");
		gate_add_value(out, via.branch, clean);
	}
	buf_puts(out, "\r\n");
}

/* What an ICT copies of a rejection into the ACK that it makes (17.1.1.3). */
static bool
is_copied(const struct msg *m)
{
	return !m->request && m->method == MSG_INVITE && m->status >= 300;
}

/*
 * The head of M as far as the library's machines need it: the fields by which a
 * message finds its transaction (17.1.3, 17.2.3), which are the method or the
 * status, the topmost Via with its branch and CSeq; of a rejection of an INVITE
 * From, To and Call-ID as well.  They ask for no other field, and the parsed
 * result is not read here.
 */
static void
gate_write_head(const struct msg *m, struct buf *out)
{
	struct str head = msg_head(m);
	bool clean = str_chr(head, '\0') < 0 && str_chr(head, '\t') < 0;

	buf_clear(out);
	buf_str(out, m->start_line);
	buf_puts(out, "\r\n");
	gate_copy_via(out, m, clean);
	if (is_copied(m)) {
		gate_add_field(out, "f: ", msg_value(m, MSG_H_FROM), clean);
		gate_add_field(out, "t: ", msg_value(m, MSG_H_TO), clean);
		gate_add_field(out, "i: ", msg_value(m, MSG_H_CALL_ID), clean);
	}
	gate_add_field(out, "CSeq: ", msg_value(m, MSG_H_CSEQ), clean);
	buf_puts(out, "\r\n");
}

/* From and To matter to the library's machines by their presence alone. */
static void
stand_in_party(struct buf *out, const char *name, struct str value)
{
	struct str tag = msg_tag(value);

	buf_puts(out, name);
	buf_puts(out, ": <sip:somebody@invalid>");
	if (tag.n > 0) {
		buf_puts(out, ";tag=");
		add_plain(out, tag);
	}
	buf_puts(out, "\r\n");
}

static void
write_stand_in(const struct msg *m, struct buf *out)
{
	struct str top = msg_value(m, MSG_H_VIA);
	struct msg_via via = { 0 };

	buf_clear(out);
	if (m->request) {
		buf_str(out, m->method_name);
		buf_puts(out, " sip:somebody@invalid SIP/2.0\r\n");
	} else {
		buf_printf(out, "SIP/2.0 %u -\r\n", m->status);
	}
	/* The transport decides which timers run (17.1.1.2). */
	msg_via_read(msg_cut_value(&top), &via);
	buf_puts(out, "Via: SIP/2.0/");
	buf_str(out, via.transport);
	buf_puts(out, " invalid;branch=" SIP_COOKIE "\r\n");
	stand_in_party(out, "From", msg_value(m, MSG_H_FROM));
	stand_in_party(out, "To", msg_value(m, MSG_H_TO));
	buf_puts(out, "Call-ID: stand-in\r\nCSeq: ");
	add_plain(out, msg_value(m, MSG_H_CSEQ));
	buf_puts(out, "\r\nContent-Length: 0\r\n\r\n");
}

static bool
is_easy(struct str head)
{
	return head.n <= SIP_GATE_EASY_HEAD &&
	       str_count(head, ',') <= SIP_GATE_EASY_COMMAS;
}

/* The library has all that it copies of a rejection. */
static bool
has_copied(const osip_message_t *o)
{
	return o->call_id != NULL && o->call_id->number != NULL &&
	       o->from != NULL && o->from->url != NULL && o->to != NULL &&
	       o->to->url != NULL;
}

/* The library has all that its machines work on. */
static bool
gate_complete(const osip_message_t *o, const struct msg *m)
{
	if (o->cseq == NULL || o->cseq->method == NULL ||
	    o->cseq->number == NULL || osip_list_size(&o->vias) == 0 ||
	    (is_copied(m) && !has_copied(o)))
		return false;
	return m->request ? o->req_uri != NULL && o->sip_method != NULL
			  : o->status_code == (int)m->status;
}

/* The message in E->scratch, parsed; NULL when the library rejects it. */
static osip_message_t *
parse_copy(struct sip_engine *e, const struct msg *m)
{
	osip_message_t *o;

	if (osip_message_init(&o) != 0)
		return NULL;
	if (osip_message_parse(o, e->scratch.p, e->scratch.n) == 0 &&
	    gate_complete(o, m))
		return o;
	osip_message_free(o);
	return NULL;
}

int
sip_gate_parse(struct sip_engine *e, const struct msg *m, osip_message_t **osip)
{
	*osip = NULL;
	if (sip_engine_enter(e) != 0)
		return ERR_NOMEM;
	gate_write_head(m, &e->scratch);
	if (e->scratch.err == 0 && is_easy(buf_view(&e->scratch)))
		*osip = parse_copy(e, m);
	if (*osip == NULL && e->scratch.err == 0) {
		write_stand_in(m, &e->scratch);
		if (e->scratch.err == 0)
			*osip = parse_copy(e, m);
	}
	if (*osip != NULL)
		return 0;
	if (e->scratch.err == 0)
		return ERR_SYNTAX;
	buf_free(&e->scratch);
	return sip_no_memory(e);
}

enum msg_fault
sip_gate(
    struct sip_engine *e, struct sip_bytes *b, struct msg *view, struct str *at)
{
	return sip_views_judge(&e->views, b, view, at);
}
