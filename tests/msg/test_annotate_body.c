/*
 * Bodies explained: parts of a multipart, ISUP field by field, what is wrong
 * with either.
 */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/annotate.h"
#include "msg/bodies.h"
#include "words/annotate_doc.h"

#include <string.h>

static struct msg_notes notes;

/* A BYE with a body of TYPE. */
static struct buf
message_of(const char *type, struct str body)
{
	struct buf b = BUF_INIT;

	buf_printf(&b,
	    "BYE sip:bob@b.example SIP/2.0\r\n"
	    "Via: SIP/2.0/UDP a.example;branch=z9hG4bK1\r\n"
	    "From: <sip:alice@a.example>;tag=1\r\n"
	    "To: <sip:bob@b.example>;tag=2\r\nCall-ID: c\r\nCSeq: 1 BYE\r\n"
	    "Max-Forwards: 70\r\nContent-Type: %s\r\n"
	    "Content-Length: %zu\r\n\r\n",
	    type, body.n);
	buf_str(&b, body);
	return b;
}

static struct buf
annotate(const char *type, struct str body)
{
	struct buf b = message_of(type, body);

	CU_ASSERT_EQUAL_FATAL(msg_annotate(buf_view(&b), &notes), 0);
	return b;
}

static void
end(struct buf *b)
{
	msg_notes_free(&notes);
	buf_free(b);
}

/* The Nth note of the body, from 0; NULL: there are not so many. */
static const struct msg_note *
in_body(size_t n)
{
	for (size_t i = 0; i < notes.n; i++)
		if (notes.lines[i].kind >= MSG_NOTE_LINE && n-- == 0)
			return &notes.lines[i];
	return NULL;
}

#define ITU  "application/ISUP;version=itu-t92+"
#define BUSY "\x0c\x02\0\x02\x84\x91"

static void
isup_is_told_field_by_field(void)
{
	static const struct {
		const char *clause, *what, *says;
	} rows[] = {
		{ "Q.763 4", "release: the call ends", "REL" },
		{ "Q.763 1", "pointers to the parameters that follow", "" },
		{ "Q.763 3.12", "cause indicators",
		    "Q.850 cause 17: user busy." },
	};
	struct buf b = annotate(ITU, STR(BUSY));

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct msg_note *n = in_body(i);

		CU_ASSERT_PTR_NOT_NULL_FATAL(n);
		CU_ASSERT_EQUAL(n->kind, MSG_NOTE_OCTETS);
		CU_ASSERT_EQUAL(n->rfc, 0);
		CU_ASSERT_STRING_EQUAL(n->section, rows[i].clause);
		CU_ASSERT_STRING_EQUAL(n->what, rows[i].what);
		CU_ASSERT(str_find(buf_view(&n->says), rows[i].says) >= 0);
		CU_ASSERT_EQUAL(n->problem.n, 0);
	}
	CU_ASSERT_PTR_NULL(in_body(3));
	end(&b);
}

static void
what_is_wrong_is_said(void)
{
	static const struct {
		const char *type;
		struct str body;
		size_t note;
		const char *problem;
	} rows[] = {
		{ "application/isup;version=ansi00", STR_INIT(BUSY), 0,
		    "reads only ITU ISUP" },
		{ "application/ISUP;version=x;base=gr317", STR_INIT(BUSY), 0,
		    "reads only ITU ISUP" },
		{ ITU, STR_INIT("\xea"), 0, "reads only ITU ISUP" },
		{ ITU, STR_INIT("\xfe\x01"), 0, "message type is not known" },
		{ ITU, STR_INIT("\x0c\x09\0\x02"), 2, "a pointer points" },
		{ ITU, STR_INIT("\x0c\x02\0\x01\x84"), 2, "contents" },
		{ ITU, STR_INIT("\x12\x0d\x0a"), 1,
		    "after the end of the message" },
		{ ITU, STR_INIT("\x06\x12"), 1, "within its fixed part" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b = annotate(rows[i].type, rows[i].body);
		const struct msg_note *n = in_body(rows[i].note);

		CU_ASSERT_PTR_NOT_NULL_FATAL(n);
		CU_ASSERT(
		    str_find(buf_view(&n->problem), rows[i].problem) >= 0);
		end(&b);
	}
}

/* ---- parts ---- */

#define SDP "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n"
#define TWO                                                            \
	"before\r\n--x\r\nContent-Type: application/sdp\r\n\r\n" SDP   \
	"\r\n--x\r\ncontent-type: application/ISUP;version=itu-t92+\n" \
	"Content-Disposition: signal\r\n\r\n" BUSY "\r\n--x--\r\nbehind"

static void
parts_are_bodies_of_their_own(void)
{
	static const struct {
		enum msg_note_kind kind;
		const char *text;
	} rows[] = { { MSG_NOTE_LINE, "--x" },
		{ MSG_NOTE_LINE, "Content-Type: application/sdp" },
		{ MSG_NOTE_LINE, "v=0" },
		{ MSG_NOTE_LINE, "o=a 1 1 IN IP4 192.0.2.1" },
		{ MSG_NOTE_LINE, "s=-" }, { MSG_NOTE_LINE, "t=0 0" },
		{ MSG_NOTE_LINE, "--x" },
		{ MSG_NOTE_LINE,
		    "content-type: application/ISUP;version=itu-t92+" },
		{ MSG_NOTE_LINE, "Content-Disposition: signal" },
		{ MSG_NOTE_OCTETS, "\x0c" }, { MSG_NOTE_OCTETS, NULL },
		{ MSG_NOTE_OCTETS, "\x02\x84\x91" },
		{ MSG_NOTE_LINE, "--x--" } };
	struct buf b = annotate("multipart/mixed; boundary=\"x\"", STR(TWO));
	struct str params, body;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct msg_note *n = in_body(i);

		CU_ASSERT_PTR_NOT_NULL_FATAL(n);
		CU_ASSERT_EQUAL(n->kind, rows[i].kind);
		if (rows[i].text != NULL)
			CU_ASSERT(str_is(n->text, rows[i].text));
	}
	CU_ASSERT_PTR_NULL(in_body(sizeof(rows) / sizeof(rows[0])));
	CU_ASSERT_EQUAL(notes.remarks.n, 0);
	CU_ASSERT(msg_body_of(notes.m, "application/isup", &params, &body));
	CU_ASSERT(str_eq(body, STR(BUSY)));
	CU_ASSERT(str_is(params, ";version=itu-t92+"));
	CU_ASSERT(msg_body_of(notes.m, "application/sdp", &params, &body));
	CU_ASSERT(str_is(body, SDP));
	CU_ASSERT(!msg_body_of(notes.m, "text/plain", &params, &body));
	end(&b);
}

/* RFC 2046 5.1.1: a delimiter begins its line; RFC 2045: fields go on. */
static void
lines_of_parts_are_lines_of_mime(void)
{
	struct buf b = message_of("multipart/mixed;boundary=x",
	    STR("--x\r\nContent-Type:\r\n application/isup;\r\n\tbase=ansi\r\n"
		"\r\na\r\n --x\r\n\t--x--\r\n--x--"));
	struct str params, body;

	CU_ASSERT_EQUAL_FATAL(msg_annotate(buf_view(&b), &notes), 0);
	CU_ASSERT(msg_body_of(notes.m, "application/isup", &params, &body));
	CU_ASSERT(msg_isup_is_ansi(params));
	CU_ASSERT(str_is(body, "a\r\n --x\r\n\t--x--"));
	end(&b);
}

static void
parts_without_end_are_remarked_upon(void)
{
	static const struct {
		const char *type;
		struct str body;
		bool remark;
		size_t notes;
	} rows[] = {
		/* No boundary: a body that is shown. */
		{ "multipart/mixed", STR_INIT(TWO), false, 1 },
		{ "multipart/mixed;boundary=y", STR_INIT(TWO), true, 0 },
		{ "multipart/mixed;boundary=x", STR_INIT("--x"), true, 1 },
		{ "multipart/mixed;boundary=x", STR_INIT("--x\r\n\r\na"), true,
		    2 },
		{ "multipart/mixed;boundary=x", STR_INIT("--x--"), false, 1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b = annotate(rows[i].type, rows[i].body);

		CU_ASSERT_EQUAL(notes.remarks.n > 0, rows[i].remark);
		CU_ASSERT_PTR_NULL(in_body(rows[i].notes));
		if (rows[i].notes > 0)
			CU_ASSERT_PTR_NOT_NULL(in_body(rows[i].notes - 1));
		end(&b);
	}
}

/* Many parts, and parts in parts: a bounded number of notes. */
static void
parts_are_bounded(void)
{
	struct buf many = BUF_INIT, deep = BUF_INIT, b;

	for (int i = 0; i < 500; i++)
		buf_puts(&many, "--x\r\n\r\na\r\n");
	b = annotate("multipart/mixed;boundary=x", buf_view(&many));
	CU_ASSERT(notes.remarks.n > 0);
	CU_ASSERT_PTR_NULL(in_body(40));
	end(&b);
	for (int i = 0; i < 40; i++)
		buf_printf(&deep,
		    "--%d\r\nContent-Type: multipart/mixed;boundary=%d\r\n\r\n",
		    i, i + 1);
	b = annotate("multipart/mixed;boundary=0", buf_view(&deep));
	CU_ASSERT_PTR_NULL(in_body(12));
	end(&b);
	buf_free(&many);
	buf_free(&deep);
}

static void
survives_without_memory(void)
{
	struct buf b = message_of("multipart/mixed;boundary=x", STR(TWO));
	int err = ERR_NOMEM;

	for (unsigned long n = 1; err != 0; n++) {
		struct buf out = BUF_INIT;

		CU_ASSERT_EQUAL_FATAL(err, ERR_NOMEM);
		CU_ASSERT_TRUE_FATAL(n < 1000);
		mem_fail_from(n);
		err = msg_annotate(buf_view(&b), &notes);
		if (err == 0)
			err = annotate_text(&notes, NULL, &out);
		mem_fail_from(0);
		msg_notes_free(&notes);
		buf_free(&out);
	}
	buf_free(&b);
}

CHECK_MAIN("annotate_body",
    { "ISUP is told field by field", isup_is_told_field_by_field },
    { "what is wrong is said", what_is_wrong_is_said },
    { "parts are bodies of their own", parts_are_bodies_of_their_own },
    { "lines of parts are lines of MIME", lines_of_parts_are_lines_of_mime },
    { "parts without end are remarked upon",
	parts_without_end_are_remarked_upon },
    { "parts are bounded", parts_are_bounded },
    { "running out of memory is survived", survives_without_memory })
