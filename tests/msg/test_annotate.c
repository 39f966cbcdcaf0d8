/*
 * Messages explained: what stands at which line, what is out of date, what is
 * wrong, and how it looks.  Also the table of RFCs behind it.
 */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "text/utf8.h"
#include "msg/annotate.h"
#include "msg/rfcs.h"
#include "words/annotate_doc.h"

#include <string.h>

#define HEAD                                             \
	"Via: SIP/2.0/UDP a.example;branch=z9hG4bK1\r\n" \
	"From: Alice <sip:alice@a.example>;tag=1\r\n"    \
	"To: <sip:bob@b.example>\r\nCall-ID: c\r\n"

static const char invite[] =
    "INVITE sip:bob@b.example SIP/2.0\r\n" HEAD "CSeq: 1 INVITE\r\n"
    "Max-Forwards: 70\r\nRoute: <sip:p.example;lr>, <sip:old.example>\r\n"
    "Contact: <sip:alice@192.0.2.1>\r\n"
    "Content-Type: application/sdp\r\nContent-Length: 78\r\n\r\n"
    "v=0\r\no=a 1 2 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 0.0.0.0\r\n"
    "m=audio 4 RTP/AVP 0 99\r\n";

static struct msg_notes notes;

static void
annotate(const char *text)
{
	CU_ASSERT_EQUAL_FATAL(msg_annotate(str_of(text), &notes), 0);
}

/* The note of the first line that begins with TEXT. */
static const struct msg_note *
line(const char *text)
{
	for (size_t i = 0; i < notes.n; i++)
		if (str_starts(notes.lines[i].text, text))
			return &notes.lines[i];
	CU_FAIL_FATAL("no such line");
	return NULL;
}

static bool
has(const struct buf *b, const char *text)
{
	return str_find(buf_view(b), text) >= 0;
}

static void
explains_an_invite(void)
{
	annotate(invite);
	CU_ASSERT_EQUAL(notes.fault, MSG_FAULT_NONE);
	CU_ASSERT_EQUAL(notes.remarks.n, 0);
	CU_ASSERT_EQUAL(line("INVITE")->kind, MSG_NOTE_START);
	CU_ASSERT_STRING_EQUAL(
	    line("INVITE")->what, "invites a user to a session");
	CU_ASSERT_TRUE(has(&line("Via")->says, "Sent over UDP by a.example."));
	CU_ASSERT_TRUE(has(&line("Via")->says, "magic cookie"));
	CU_ASSERT_EQUAL(line("Via")->rfc, 3261);
	CU_ASSERT_STRING_EQUAL(line("Via")->section, "20.42");
	CU_ASSERT_TRUE(has(&line("From")->says, "“Alice”"));
	CU_ASSERT_TRUE(has(&line("To")->says, "There is no tag"));
	CU_ASSERT_TRUE(
	    has(&line("CSeq")->says, "Request number 1 from this side"));
	CU_ASSERT_TRUE(has(&line("Max-Forwards")->says, "70 more times"));
	CU_ASSERT_TRUE(has(&line("Route")->says, "p.example: lr"));
	CU_ASSERT_TRUE(has(&line("Route")->history, "old.example: without"));
	CU_ASSERT_TRUE(has(&line("Content-Length")->says, "the length"));
	CU_ASSERT_EQUAL(line("v=0")->kind, MSG_NOTE_LINE);
	CU_ASSERT_TRUE(has(&line("v=0")->history, "RFC 8866"));
	CU_ASSERT_TRUE(has(&line("c=")->history, "RFC 2543"));
	CU_ASSERT_TRUE(has(&line("m=")->says, "PCMU/8000, by RFC 3551"));
	CU_ASSERT_TRUE(has(&line("m=")->problem, "payload type 99"));
	msg_notes_free(&notes);
}

static void
explains_causes_of_telephone_networks(void)
{
	annotate("BYE sip:bob@b.example SIP/2.0\r\n" HEAD "CSeq: 2 BYE\r\n"
		 "Reason: Q.850;cause=21;text=\"no\";location=u\r\n"
		 "Reason: Q.850 ;cause=21\r\nReason: Q.850;cause=300\r\n\r\n");
	CU_ASSERT_STRING_EQUAL(buf_cstr(&line("Reason: Q.850;cause=21")->says),
	    "Q.850 cause 21: call rejected.\nLocation: user (U).\n"
	    "Before the call is answered, a gateway maps it to status 603 (RFC "
	    "3398 "
	    "7.2.4.1).\n");
	CU_ASSERT_TRUE(
	    has(&line("Reason: Q.850 ;cause")->says, "maps it to status 403"));
	CU_ASSERT_EQUAL(line("Reason: Q.850;cause=300")->says.n, 0);
	msg_notes_free(&notes);
}

static void
names_what_is_out_of_date(void)
{
	annotate("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a\r\nFrom: <sip:a@b>\r\n"
		 "To: <sip:c>;tag=2\r\nCall-ID: 1\r\nCSeq: 1 NOTIFY\r\n"
		 "Event: presence\r\nIdentity-Info: <http://x>\r\n"
		 "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n"
		 "Proxy-Authenticate: Basic realm=\"r\"\r\n\r\n");
	CU_ASSERT_EQUAL(notes.fault, MSG_FAULT_NONE);
	CU_ASSERT_TRUE(has(&line("Via")->history, "RFC 2543"));
	CU_ASSERT_TRUE(has(&line("From")->history, "RFC 2543"));
	CU_ASSERT_TRUE(has(&line("Event")->history, "RFC 3265"));
	CU_ASSERT_TRUE(has(&line("Identity-Info")->history, "RFC 8224"));
	CU_ASSERT_TRUE(has(&line("WWW-")->history, "RFC 7616"));
	CU_ASSERT_TRUE(has(&line("WWW-")->history, "RFC 2069"));
	CU_ASSERT_TRUE(has(&line("Proxy-")->history, "no longer allows"));
	msg_notes_free(&notes);
}

static void
puts_problems_to_their_lines(void)
{
	annotate("INVITE sip:b@b SIP/2.0\r\n" HEAD "CSeq: 1 BYE\r\njunk\r\n"
		 "Contact: sip:a?b=c\r\nContact: <sip:a@b>\r\n"
		 "Expires: never\r\nMax-Forwards: 300\r\n"
		 "Content-Length: 9\r\nCall-ID: d\r\n\r\nabc");
	CU_ASSERT_EQUAL(notes.fault, MSG_FAULT_FIELD);
	CU_ASSERT_EQUAL(line("junk")->kind, MSG_NOTE_JUNK);
	CU_ASSERT_TRUE(has(&line("junk")->problem, "colon"));
	CU_ASSERT_TRUE(has(&line("CSeq")->problem, "start line"));
	CU_ASSERT_TRUE(has(&line("Contact: sip")->problem, "brackets"));
	CU_ASSERT_EQUAL(line("Contact: <")->problem.n, 0);
	CU_ASSERT_TRUE(has(&line("Expires")->problem, "malformed"));
	CU_ASSERT_TRUE(has(&line("Max-Forwards")->problem, "255"));
	CU_ASSERT_TRUE(has(&line("Content-Length")->problem, "Only 3 bytes"));
	CU_ASSERT_TRUE(has(&line("Call-ID: d")->problem, "twice"));
	CU_ASSERT_EQUAL(line("Call-ID: c")->problem.n, 0);
	CU_ASSERT_TRUE(has(&line("abc")->problem, "Content-Type"));
	msg_notes_free(&notes);
}

static void
remarks_upon_the_whole(void)
{
	annotate("SUBSCRIBE sip:b@b SIP/2.0\nTo: <sip:b>\n\n");
	/* 25.1: whoever receives it finds no line in it. */
	CU_ASSERT_EQUAL(notes.fault, MSG_FAULT_BARE_CR);
	CU_ASSERT_FALSE(notes.answered);
	CU_ASSERT_TRUE(has(&notes.remarks, "LF only"));
	CU_ASSERT_TRUE(has(&notes.remarks, "no Via"));
	CU_ASSERT_TRUE(has(&notes.remarks, "no CSeq"));
	CU_ASSERT_TRUE(has(&notes.remarks, "no Max-Forwards"));
	CU_ASSERT_TRUE(has(&notes.remarks, "no Contact"));
	CU_ASSERT_FALSE(has(&notes.remarks, "no To"));
	msg_notes_free(&notes);
	annotate("");
	CU_ASSERT_EQUAL(notes.fault, MSG_FAULT_EMPTY);
	CU_ASSERT_EQUAL(notes.n, 0);
	msg_notes_free(&notes);
	annotate("hello");
	CU_ASSERT_EQUAL(notes.fault, MSG_FAULT_START_LINE);
	CU_ASSERT_TRUE(line("hello")->problem.n > 0);
	msg_notes_free(&notes);
}

/* Every line of OUT fits, and no byte of it can steer a terminal. */
static void
check_page(const struct buf *out, size_t width)
{
	struct str rest = buf_view(out), one;

	CU_ASSERT_TRUE(utf8_valid(rest));
	while (rest.n > 0) {
		one = str_cut(rest, '\n', &rest);
		CU_ASSERT_TRUE(utf8_width(one) <= width);
		for (size_t i = 0; i < one.n; i++)
			CU_ASSERT_TRUE((unsigned char)one.p[i] >= 0x20 &&
				       one.p[i] != 0x7f);
	}
}

static void
draws_a_page(void)
{
	static const char odd[] =
	    "INVITE sip:b@b.example SIP/2.0\r\n" HEAD
	    "Subject: \xe7\x88\xb1\xe4\xb8\xbd\xe4\xb8\x9d\xe7\x88\xb1\xe4\xb8"
	    "\xbd\xe4\xb8\x9d\xe7\x88\xb1\xe4\xb8\xbd\xe4\xb8\x9d\xe7\x88\xb1"
	    "\xe4\xb8\xbd\xe4\xb8\x9d\xe7\x88\xb1\xe4\xb8\xbd\xe4\xb8\x9d "
	    "\x1b[31m\xff\xe2\x80\xae\r\nCSeq: 1 INVITE\r\n\r\n";
	static const size_t widths[] = { 0, 40, 61, 132 };
	struct annotate_text_options o = { 0 };
	LOCAL_BUF out = BUF_INIT;

	for (size_t i = 0; i < 4; i++) {
		o.width = widths[i];
		annotate(odd);
		buf_clear(&out);
		CU_ASSERT_EQUAL(annotate_text(&notes, &o, &out), 0);
		check_page(&out, o.width != 0 ? o.width : 80);
		msg_notes_free(&notes);
		annotate(invite);
		buf_clear(&out);
		CU_ASSERT_EQUAL(annotate_text(&notes, &o, &out), 0);
		check_page(&out, o.width != 0 ? o.width : 80);
		msg_notes_free(&notes);
	}
}

static void
draws_the_verdict(void)
{
	static const struct {
		const char *text, *verdict;
	} rows[] = {
		{ "OPTIONS sip:b SIP/2.0\r\n" HEAD
		  "CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n\r\n",
		    "The message is well formed." },
		{ "OPTIONS sip:b SIP/3.0\r\n" HEAD "CSeq: 1 OPTIONS\r\n\r\n",
		    "A server answers with 505" },
		{ "SIP/2.0 20 OK\r\n\r\n", "The receiver drops it." },
		{ "ACK sip:b SIP/2.0\r\n\r\n", "The receiver drops it." },
		{ "SIP/2.0 200 OK\r\n" HEAD "CSeq: 1 BYE\r\n\r\n",
		    "can be read, but not all of it is right." },
	};
	const struct annotate_text_options wide = { .width = 400 };
	LOCAL_BUF out = BUF_INIT;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_clear(&out);
		annotate(rows[i].text);
		CU_ASSERT_EQUAL(annotate_text(&notes, &wide, &out), 0);
		CU_ASSERT_TRUE(has(&out, rows[i].verdict));
		msg_notes_free(&notes);
	}
}

static void
survives_without_memory(void)
{
	static const char *const texts[] = { invite,
		"SUBSCRIBE sip:b@b SIP/2.0\nTo: <sip:b>\n\nbody" };

	for (size_t i = 0; i < 2; i++) {
		int err = ERR_NOMEM;

		for (unsigned long n = 1; err != 0; n++) {
			struct buf out = BUF_INIT;

			CU_ASSERT_EQUAL_FATAL(err, ERR_NOMEM);
			CU_ASSERT_TRUE_FATAL(n < 1000);
			mem_fail_from(n);
			err = msg_annotate(str_of(texts[i]), &notes);
			if (err == 0)
				err = annotate_text(&notes, NULL, &out);
			mem_fail_from(0);
			msg_notes_free(&notes);
			buf_free(&out);
		}
	}
}

static void
follows_rfcs(void)
{
	CU_ASSERT_STRING_EQUAL(
	    msg_rfc(3261)->title, "SIP: Session Initiation Protocol");
	CU_ASSERT_PTR_NULL(msg_rfc(1));
	CU_ASSERT_EQUAL(msg_rfc_current(2327), 8866);
	CU_ASSERT_EQUAL(msg_rfc_current(2543), 3261);
	CU_ASSERT_EQUAL(msg_rfc_current(2069), 7616);
	CU_ASSERT_EQUAL(msg_rfc_current(3265), 6665);
	CU_ASSERT_EQUAL(msg_rfc_current(3261), 3261);
	CU_ASSERT_EQUAL(msg_rfc_current(1), 1);
	CU_ASSERT_EQUAL(msg_rfc_before(8866, 0)->number, 4566);
	CU_ASSERT_PTR_NULL(msg_rfc_before(2543, 0));
	CU_ASSERT_PTR_NULL(msg_rfc_before(8866, 1));
	for (unsigned n = 1; n < 9999; n++) {
		const struct msg_rfc *row = msg_rfc(n);

		for (size_t i = 0; row != NULL && i < MSG_RFC_NEXT &&
				   row->obsoleted_by[i] != 0;
		     i++) {
			CU_ASSERT_TRUE(row->obsoleted_by[i] > n);
			CU_ASSERT_PTR_NOT_NULL(msg_rfc(row->obsoleted_by[i]));
		}
	}
	/* what defines a header field or a status code has a row */
	for (unsigned i = 1; i < MSG_H_COUNT; i++)
		CU_ASSERT_PTR_NOT_NULL(
		    msg_rfc(msg_header_info((enum msg_header)i)->rfc));
	for (unsigned i = 100; i < 700; i++)
		if (msg_status(i) != NULL)
			CU_ASSERT_PTR_NOT_NULL(msg_rfc(msg_status(i)->rfc));
}

CHECK_MAIN("annotate", { "an INVITE is explained", explains_an_invite },
    { "causes of telephone networks are explained",
	explains_causes_of_telephone_networks },
    { "what is out of date is named", names_what_is_out_of_date },
    { "problems stand at their lines", puts_problems_to_their_lines },
    { "remarks concern the whole", remarks_upon_the_whole },
    { "a page fits and is safe", draws_a_page },
    { "a page ends with a verdict", draws_the_verdict },
    { "running out of memory is survived", survives_without_memory },
    { "RFCs lead to their successors", follows_rfcs })
