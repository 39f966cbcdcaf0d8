/* See cli/parse_forms.h. */
#include "cli/parse_forms.h"

#include "base/rows.h"
#include "msg/annotate.h"
#include "packets/other.h"

#include <string.h>

/* A text begins with BEGIN and HAS that in it; octets are asked as CARRIER (0:
 * nobody) would carry them.  What has a mark of its own stands first. */
static const struct row {
	struct parse_form form;
	uint8_t carrier;
	const char *begin, *has;
} rows[] = {
	{ { "h248", TRACE_PROTO_MEGACO, NULL }, 0, "MEGACO/", "" },
	{ { "h248", TRACE_PROTO_MEGACO, NULL }, 0, "!/", "" },
	{ { "sdp", TRACE_PROTO_SIP, "application/sdp" }, 0, "v=0", "\no=" },
	{ { "manscdp", TRACE_PROTO_SIP, "Application/MANSCDP+xml" }, 0, "<",
	    "<CmdType" },
	{ { "mansrtsp", TRACE_PROTO_SIP, "Application/MANSRTSP" }, 0, "",
	    "RTSP/1.0" },
	{ { "stun", TRACE_PROTO_STUN, NULL }, DECODE_UDP, NULL, NULL },
	{ { "diameter", TRACE_PROTO_DIAMETER, NULL }, DECODE_SCTP, NULL, NULL },
	{ { "isup", TRACE_PROTO_ISUP, NULL }, DECODE_SCTP, NULL, NULL },
	{ { "isup", TRACE_PROTO_ISUP, NULL }, DECODE_MTP3, NULL, NULL },
	{ { "tls", TRACE_PROTO_TLS, NULL }, DECODE_TCP, NULL, NULL },
	{ { "isup", TRACE_PROTO_SIP, "application/isup" }, 0, NULL, NULL },
	{ { "dns", TRACE_PROTO_DNS, NULL }, 0, NULL, NULL },
};

#define DNS_HEAD 12

/* All of ISUP, from its type on, can be read (RFC 3204). */
static bool
is_body_of_isup(struct str bytes, const char *type)
{
	struct msg_notes notes;
	bool is = bytes.n > 0 && msg_annotate_alone(bytes, type, &notes) == 0;

	for (size_t i = 0; is && i < notes.n; i++)
		if (notes.lines[i].problem.n > 0)
			bytes.n = 0;
	if (is)
		msg_notes_free(&notes);
	return is && bytes.n > 0;
}

/* *BYTES are what R's carrier carries, and become that as a trace has it. */
static bool
is_carried(const struct row *r, struct str *bytes, struct buf *room)
{
	const struct datagram d = { .payload = *bytes };
	enum capture_remark_kind why;
	struct buf name = BUF_INIT;
	struct str message = *bytes;
	const char *at;
	bool is = (r->carrier == DECODE_UDP
			  ? other_datagram(&d, &name)
			  : other_signalling(r->carrier, &message, room, &name,
				&why)) == r->form.proto;

	buf_free(&name);
	/* Behind a label nothing but a whole message shows what it is. */
	if (is && r->carrier == DECODE_MTP3)
		is = other_fault(r->form.proto, message, &at) == NULL;
	if (is)
		*bytes = message;
	return is;
}

static bool
is_form(const struct row *r, struct str *bytes, struct buf *room)
{
	const char *at;

	if (r->begin != NULL)
		return str_starts(str_trim(*bytes), r->begin) &&
		       str_find(*bytes, r->has) >= 0;
	if (r->carrier == DECODE_TCP)
		return other_begins_tls(*bytes);
	if (r->carrier != 0)
		return is_carried(r, bytes, room);
	if (r->form.type != NULL)
		return is_body_of_isup(*bytes, r->form.type);
	return bytes->n >= DNS_HEAD &&
	       other_fault(r->form.proto, *bytes, &at) == NULL;
}

const struct parse_form *
parse_form_find(struct str *bytes, const char *name, struct buf *room)
{
	const struct parse_form *last = NULL;

	for (size_t i = 0; i < ROWS_COUNT(rows); i++) {
		const struct parse_form *form = &rows[i].form;

		if (name != NULL && strcmp(form->name, name) != 0)
			continue;
		if (is_form(&rows[i], bytes, room))
			return form;
		last = name != NULL ? form : NULL;
	}
	return last;
}

void
parse_form_list(struct buf *out)
{
	buf_puts(out, "sip");
	for (size_t i = 0; i < ROWS_COUNT(rows); i++)
		if (str_find(buf_view(out), rows[i].form.name) < 0)
			buf_printf(out, ", %s", rows[i].form.name);
}

bool
parse_form_unhex(struct str bytes, struct buf *out)
{
	unsigned octet = 0, digits = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		char c = bytes.p[i];

		if (chr_hex(c) >= 0) {
			octet = octet << 4 | (unsigned)chr_hex(c);
			if (++digits % 2 == 0)
				buf_putc(out, (char)(octet & 0xff));
		} else if ((!chr_is_space(c) && c != ':') || digits % 2 != 0) {
			return false;
		}
	}
	return digits > 0 && digits % 2 == 0 && out->err == 0;
}
