/* words/note_words: what a trace notes, in the reader's language. */
#include "fixtures/check.h"

#include "base/i18n.h"
#include "words/trace_words.h"

static const struct {
	const char *text, *chinese; /* NULL: as it is */
} rows[] = {
	{ "It is slow.", "位置服务器很慢。" },
	{ "message from sip:a@b: Lunch?", "来自 sip:a@b 的消息：Lunch?" },
	{ "message from sip:a@b, not shown: it expired",
	    "来自 sip:a@b 的消息已过期，未显示" },
	{ "message from sip:a@b: x is open", "来自 sip:a@b 的消息：x is open" },
	{ "1 new voice message", "1 条新语音留言" },
	{ "2 new voice messages (1 urgent), 3 old",
	    "2 条新语音留言（紧急 1 条），旧留言 3 条" },
	{ "no new voice messages, 1 old", "没有新语音留言，旧留言 1 条" },
	{ "a message of 6 s for bob from alice", "alice 给 bob 留言 6 s" },
	{ "sip:a@b is closed: at lunch",
	    "sip:a@b 的呈现状态为 closed：at lunch" },
	{ "dialogs: early with sip:a@b, confirmed with sip:c@d",
	    "对话：与 sip:a@b 处于 early；confirmed with sip:c@d" },
	{ "DTMF #, 250 ms", "DTMF 按键 #，250 ms" },
	{ "The prefix is 900, the name friend.",
	    "前缀是 900，名称是 friend。" },
	{ "There are: 1003 (200), 1014 (480)",
	    "存在的分机：1003 (200), 1014 (480)" },
	{ "There are: none known", "未发现分机" },
	{ "The phone shows: no server. Next: 192.0.2.12",
	    "话机显示：服务器不可用。下一台：192.0.2.12" },
	{ "LDAP search (SIPIdentitySIPURI=sip:a@b), contacts: 1",
	    "LDAP 查询（SIPIdentitySIPURI=sip:a@b），联系地址：1" },
	/* A field is never empty, and the whole sentence must fit. */
	{ "message from : Lunch?", NULL },
	{ " is open", NULL },
	{ "sip:a@b is opened", NULL },
	{ "sip:a@b does not answer.", NULL },
	{ "DTMF 1, 250 ms or so", NULL },
	{ "message from", NULL },
	/* What looks like a field is only text. */
	{ "message from {text}: {who}", "来自 {text} 的消息：{who}" },
	{ "{who} is open", "{who} 的呈现状态为 open" },
	{ "{", NULL },
	{ "}{", NULL },
	{ "%s %n is open", "%s %n 的呈现状态为 open" },
	{ "", "" },
};

static void
translates(void)
{
	CU_ASSERT_EQUAL(i18n_choose("zh"), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *want =
		    rows[i].chinese != NULL ? rows[i].chinese : rows[i].text;
		struct buf b = BUF_INIT;

		note_put_text(&b, str_of(rows[i].text));
		CU_ASSERT(str_is(buf_view(&b), want));
		if (!str_is(buf_view(&b), want))
			printf("  %s\n  not %s\n", buf_cstr(&b), want);
		buf_free(&b);
	}
	CU_ASSERT_EQUAL(i18n_choose("en"), 0);
}

static void
stays_in_english(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf b = BUF_INIT;

		note_put_text(&b, str_of(rows[i].text));
		CU_ASSERT(str_is(buf_view(&b), rows[i].text));
		buf_free(&b);
	}
}

CHECK_MAIN("note_words", { "translates", translates },
    { "stays in English", stays_in_english })
