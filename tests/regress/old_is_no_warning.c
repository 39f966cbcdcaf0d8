/* What an explained message says of older RFCs is no warning: "Older texts cite
 * RFC 2833 here" stood in the colour of warnings at messages without a fault.
 */
#include "fixtures/check.h"

#include "words/annotate_doc_in.h"

static const char said[] = "BYE sip:bob@192.0.2.3 SIP/2.0\r\n"
			   "Via: SIP/2.0/UDP 192.0.2.1\r\n"
			   "Max-Forwards: 70\r\n"
			   "From: <sip:alice@example.com>;tag=a\r\n"
			   "To: <sip:bob@example.com>;tag=b\r\n"
			   "Call-ID: 1\r\n"
			   "CSeq: 2 BYE\r\n"
			   "Content-Length: 0\r\n\r\n";

static void
old_is_no_warning(void)
{
	struct msg_notes notes;
	struct doc d = DOC_INIT;
	bool old = false, warned = false;

	CU_ASSERT_EQUAL_FATAL(msg_annotate(str_of(said), &notes), 0);
	annotate_doc(&notes, &(struct annotate_options){ .width = 80 }, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	for (size_t i = 0; i < d.npieces; i++) {
		const struct doc_piece *p = &d.pieces[i];
		struct str text = str_slice(buf_view(&d.text), p->from, p->to);

		old = old || str_is(text, "out of date");
		warned = warned || p->style == STYLE_WARNING;
	}
	CU_ASSERT_TRUE(old);
	CU_ASSERT_FALSE(warned);
	doc_free(&d);
	msg_notes_free(&notes);
}

CHECK_MAIN("old_is_no_warning", { "old is no warning", old_is_no_warning })
