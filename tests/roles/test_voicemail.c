/* Voice mail: what a message summary says (RFC 3842).  Its calls:
 * voicemail.case. */
#include "msg/bodies.h"
#include "base/err.h"
#include "fixtures/check.h"

static void
bodies(void)
{
	static const struct {
		const char *body, *says; /* NULL: it is none */
	} rows[] = {
		{ "Messages-Waiting: yes\r\nMessage-Account: sip:a@b\r\n"
		  "Voice-Message: 2/8 (0/2)\r\n",
		    "2 new voice messages, 8 old" },
		{ "messages-waiting : YES\nvoice-message: 1 / 0 (1/0)\n\n"
		  "To: <sip:a@b>\nVoice-Message: x\n",
		    "1 new voice message (1 urgent)" },
		{ "Messages-Waiting: no\r\nVoice-Message: 0/0\r\n",
		    "no new voice messages" },
		{ "Messages-Waiting: no\r\n", "no messages are waiting" },
		{ "Messages-Waiting: yes\r\nFax-Message: 1/0\r\n",
		    "messages are waiting" },
		{ "Messages-Waiting: perhaps\r\n", NULL },
		{ "Voice-Message: 1/0\r\nMessages-Waiting: yes\r\n", NULL },
		{ "Messages-Waiting: yes\r\nVoice-Message: 1\r\n", NULL },
		{ "Messages-Waiting: yes\r\nVoice-Message: -1/0\r\n", NULL },
		{ "Messages-Waiting: yes\r\nVoice-Message: 1/0 (1/0\r\n",
		    NULL },
		{ "Messages-Waiting: yes\r\nVoice-Message: 1/0 (\r\n", NULL },
		{ "Messages-Waiting: yes\r\nVoice-Message: 1/0 (2/0)\r\n",
		    NULL },
		{ "Messages-Waiting: yes\r\nVoice-Message: 99999999999/0\r\n",
		    NULL },
		{ "\r\n", NULL },
		{ "<presence/>", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;
		int err = message_summary_say(str_of(rows[i].body), &out);

		CU_ASSERT_EQUAL(err, rows[i].says == NULL ? ERR_SYNTAX : 0);
		if (err == 0 && rows[i].says != NULL)
			CU_ASSERT_STRING_EQUAL(buf_cstr(&out), rows[i].says);
		buf_free(&out);
	}
}

/* ---- SUBSCRIBE ---- */

CHECK_MAIN("voicemail", { "bodies", bodies }, )
