/*
 * Messages that were read lately: reading one again gives what reading it
 * first gave, by the same bytes or by like ones; what is faulty or large is
 * read each time; the oldest make room, and no reference is left.
 */
#include "fixtures/check.h"
#include "base/ref.h"
#include "msg/header_names.h"
#include "sip/recent_messages.h"

static struct sip_recent_messages views;
static struct msg first, again;

/* An OPTIONS number N; FIELDS are whole lines. */
static struct sip_bytes *
options(unsigned n, const char *fields)
{
	struct buf b = BUF_INIT;
	struct sip_bytes *bytes;

	buf_printf(&b,
	    "OPTIONS sip:a@192.0.2.1 SIP/2.0\r\n"
	    "Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK%u\r\n"
	    "From: <sip:b@192.0.2.2>;tag=b\r\nTo: <sip:a@192.0.2.1>\r\n"
	    "Call-ID: c\r\nCSeq: %u OPTIONS\r\n%s\r\n",
	    n, n, fields);
	bytes = sip_bytes_new(NULL, buf_view(&b));
	buf_free(&b);
	CU_ASSERT_FATAL(bytes != NULL);
	return bytes;
}

static bool
is_slice(struct str a, struct str b)
{
	return a.p == b.p && a.n == b.n;
}

/* What FIRST and AGAIN say, slice by slice. */
static bool
alike(void)
{
	bool same = is_slice(first.bytes, again.bytes) &&
		    is_slice(first.start_line, again.start_line) &&
		    is_slice(first.uri, again.uri) &&
		    is_slice(first.version, again.version) &&
		    is_slice(first.body, again.body) &&
		    first.request == again.request &&
		    first.method == again.method &&
		    first.nfields == again.nfields;

	msg_know(&first);
	same =
	    same &&
	    is_slice(msg_tag_of(&first, MSG_H_FROM),
		msg_tag_of(&again, MSG_H_FROM)) &&
	    is_slice(
		msg_tag_of(&first, MSG_H_TO), msg_tag_of(&again, MSG_H_TO)) &&
	    (!again.known.all ||
		(is_slice(first.known.via_value, again.known.via_value) &&
		    is_slice(first.known.via.params, again.known.via.params) &&
		    is_slice(first.known.from.value, again.known.from.value) &&
		    is_slice(first.known.to.uri, again.known.to.uri)));
	for (size_t i = 0; same && i < first.nfields; i++)
		same = is_slice(first.fields[i].line, again.fields[i].line) &&
		       is_slice(first.fields[i].value, again.fields[i].value) &&
		       first.fields[i].id == again.fields[i].id;
	return same;
}

/* FIELDS make a message that has FAULT each time that it is judged, and WHEN
 * it is only read. */
static void
faulty(const char *fields, enum msg_fault when, enum msg_fault fault)
{
	struct sip_bytes *b = options(1, fields);
	struct str at, then;

	for (unsigned i = 0; i < 3; i++) {
		CU_ASSERT(sip_recent_messages_read(&views, b, &again) == when);
		CU_ASSERT(msg_judge(&first, sip_bytes_view(b), &then) == fault);
		CU_ASSERT(
		    sip_recent_messages_judge(&views, b, &again, &at) == fault);
		CU_ASSERT(at.p == then.p && at.n == then.n);
		CU_ASSERT(alike());
	}
	CU_ASSERT((sip_recent_messages_find(&views, sip_bytes_view(b)) ==
		      NULL) == (when != MSG_FAULT_NONE));
	sip_bytes_unref(b);
	sip_recent_messages_free(&views);
}

static void
faults(void)
{
	LOCAL_BUF vias = BUF_INIT;

	faulty("no colon\r\n", MSG_FAULT_FIELD, MSG_FAULT_FIELD);
	faulty("Content-Length: 9\r\n", MSG_FAULT_LENGTH, MSG_FAULT_LENGTH);
	faulty("Max-Forwards: x\r\n", MSG_FAULT_NONE, MSG_FAULT_VALUE);
	faulty("To: <sip:a@x>\r\n", MSG_FAULT_NONE, MSG_FAULT_TWICE);
	buf_puts(&vias, "Route: <sip:a>");
	for (unsigned i = 0; i < MSG_MAX_VALUES; i++)
		buf_puts(&vias, ",<sip:a>");
	buf_puts(&vias, "\r\n");
	faulty(buf_cstr(&vias), MSG_FAULT_NONE, MSG_FAULT_TOO_LARGE);
}

/* Nothing is kept of a message with so many fields, or bytes. */
static void
large(void)
{
	LOCAL_BUF fields = BUF_INIT;
	struct sip_bytes *b;

	for (unsigned i = 0; i < SIP_RECENT_MESSAGE_FIELDS; i++)
		buf_puts(&fields, "X-Y: z\r\n");
	b = options(1, buf_cstr(&fields));
	CU_ASSERT(
	    sip_recent_messages_check(&views, b, &again) == MSG_FAULT_NONE);
	CU_ASSERT(sip_recent_messages_find(&views, sip_bytes_view(b)) == NULL);
	sip_bytes_unref(b);
	buf_clear(&fields);
	buf_puts(&fields, "Subject: ");
	for (unsigned i = 0; i < SIP_RECENT_MESSAGE_BYTES; i++)
		buf_putc(&fields, 'x');
	buf_puts(&fields, "\r\n");
	b = options(1, buf_cstr(&fields));
	CU_ASSERT(
	    sip_recent_messages_check(&views, b, &again) == MSG_FAULT_NONE);
	CU_ASSERT(sip_recent_messages_find(&views, sip_bytes_view(b)) == NULL);
	CU_ASSERT(ref_holders(b) == 1);
	sip_bytes_unref(b);
}

static void
oldest(void)
{
	struct sip_bytes *b[SIP_RECENT_MESSAGES + 1];

	for (unsigned i = 0; i <= SIP_RECENT_MESSAGES; i++) {
		b[i] = options(i, "");
		sip_recent_messages_read(&views, b[i], &again);
	}
	CU_ASSERT(ref_holders(b[0]) == 1); /* it made room */
	for (unsigned i = 1; i <= SIP_RECENT_MESSAGES; i++)
		CU_ASSERT(ref_holders(b[i]) == 2);
	for (unsigned i = 0; i <= SIP_RECENT_MESSAGES; i++) {
		CU_ASSERT(msg_read(&first, sip_bytes_view(b[i]), NULL) == 0);
		CU_ASSERT(sip_recent_messages_read(&views, b[i], &again) == 0);
		CU_ASSERT(alike());
	}
	sip_recent_messages_free(&views);
	for (unsigned i = 0; i <= SIP_RECENT_MESSAGES; i++) {
		CU_ASSERT(ref_holders(b[i]) == 1);
		sip_bytes_unref(b[i]);
	}
}

/* A message with VIA first, as CHANGE changes it there: what moving its view
 * gives is what reading it gives; KEPT where that is no fault. */
static void
changed(const char *head, const char *via, const char *tail, bool kept)
{
	LOCAL_BUF b = BUF_INIT;
	struct sip_bytes *from, *to;
	struct msg_splice sp;
	struct str value, port;

	buf_printf(&b, "%sOPTIONS sip:a SIP/2.0\r\nVia:%s%s", head, via, tail);
	from = sip_bytes_new(NULL, buf_view(&b));
	sip_recent_messages_read(&views, from, &again);
	value = msg_value(&again, MSG_H_VIA);
	value = msg_cut_value(&value);
	msg_splice_init(&sp, again.bytes);
	port = str_slice(value, (size_t)str_find(value, "rport"), value.n);
	if (str_find(value, "rport") >= 0)
		msg_splice_replace(&sp, str_slice(port, 0, 5), STR("rport=9"));
	msg_splice_after(&sp, value, STR(";received=192.0.2.77;rport=5060"));
	CU_ASSERT_FATAL(sip_bytes_changed(NULL, &sp, &to) == 0);
	CU_ASSERT(sip_recent_messages_move(&views, from, to, &sp, &again) ==
		  msg_read(&first, sip_bytes_view(to), NULL));
	CU_ASSERT(alike());
	CU_ASSERT((sip_recent_messages_find(&views, sip_bytes_view(to)) ==
		      to) == kept);
	msg_splice_free(&sp);
	sip_bytes_unref(from);
	sip_bytes_unref(to);
	sip_recent_messages_free(&views);
}

#define VIA  " SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK1"
#define REST "From: sip:a\r\nTo: sip:b\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n"

static void
moves(void)
{
	LOCAL_BUF many = BUF_INIT;

	changed("", VIA, "\r\n" REST "\r\n", true);
	changed("", VIA ";rport", "\r\n" REST "\r\n", true);
	changed("", VIA ";rport;x", "\r\n" REST "Content-Length: 2\r\n\r\nabc",
	    true);
	changed("\r\n\r\n", VIA ";rport \t", "\r\n" REST "\r\n", true);
	changed("", VIA ";rport , SIP/2.0/TCP b", "\r\n" REST "\r\n", true);
	changed("", "\r\n " VIA "\r\n ;rport",
	    "\r\nVia: SIP/2.0/TCP b;rport\r\n" REST "X-Y:\r\n\r\n", true);
	/* Faults that reading finds are found again. */
	changed("", VIA, "\r\nno colon\r\n" REST "\r\n", false);
	changed("", VIA, "\r\n" REST "Content-Length: 2\r\n\r\na", false);
	changed("", VIA, "\r\n" REST, false);
	for (unsigned i = 0; i < MSG_MAX_PARAMS - 1; i++)
		buf_puts(&many, ";x");
	buf_puts(&many, "\r\n" REST "\r\n");
	changed("", VIA, buf_cstr(&many), false);
}

CHECK_MAIN("sip_views", { "faults", faults }, { "large", large },
    { "oldest", oldest }, { "moves", moves })
