/* What is read of a document of the event package `dialog` (RFC 4235).  What
 * phones tell by it: dialog_news.case. */
#include "agent/dialog_info.h"
#include "fixtures/check.h"

static void
documents(void)
{
	static const struct {
		const char *body, *text;
	} rows[] = {
		{ "<dialog-info/>", "dialogs: none" },
		{ "<d:dialog-info xmlns:d='u'><d:dialog id='1'><d:state>early"
		  "</d:state></d:dialog></d:dialog-info>",
		    "dialogs: early" },
		{ "<dialog-info><dialog><state> confirmed </state></dialog>"
		  "<dialog><state>trying</state><remote><identity>sip:a&amp;b"
		  "</identity></remote></dialog></dialog-info>",
		    "dialogs: confirmed, trying with sip:a&b" },
		{ "<dialog-info><dialog/></dialog-info>", "dialogs: none" },
		{ "<presence/>", NULL },
		{ "", NULL },
		{ "no xml", NULL },
		{ "<dialog-info><dialog></dialog-info>", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;
		int err = agent_dialog_info_read(str_of(rows[i].body), &out);

		CU_ASSERT_EQUAL(err, rows[i].text == NULL ? ERR_SYNTAX : 0);
		if (err == 0)
			CU_ASSERT_STRING_EQUAL(buf_cstr(&out), rows[i].text);
		buf_free(&out);
	}
}

CHECK_MAIN("dialog_info", { "documents", documents }, )
