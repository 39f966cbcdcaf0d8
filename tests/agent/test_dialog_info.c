/*
 * The event package `dialog` (RFC 4235): what bob's phone tells of his calls,
 * to whom, and what is read of such a document.
 */
#include "agent/dialog_info.h"
#include "roles/ua/ua.h"
#include "fixtures/stage.h"
#include "fixtures/xml_check.h"

static struct stage s;
static struct tester peer, watcher;

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &peer, "peer", 9);
	tester_open(&s, &watcher, "watcher", 8);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 400000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&peer);
	tester_close(&watcher);
}

/* FROM is who asks. */
static void
subscribe(const char *from, const char *expires)
{
	tester_say(&watcher, 3,
	    "SUBSCRIBE sip:bob@b.example SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.8:5060;branch=z9hG4bKs\n"
	    "From: <%s>;tag=w\nTo: <sip:bob@b.example>\n"
	    "Call-ID: s\nCSeq: 1 SUBSCRIBE\n"
	    "Contact: <sip:w@192.0.2.8>\nEvent: dialog\nExpires: %s\n\n",
	    from, expires);
	stage_run(&s, 25);
}

/* Its last NOTIFY, which is answered. */
static struct str
news(void)
{
	size_t n = tester_count(&watcher, "NOTIFY", 0);
	size_t i = tester_find(&watcher, "NOTIFY", 0, n - 1);

	tester_answer(&watcher, i, 200, "", "");
	stage_run(&s, 25);
	return tester_at(&watcher, i)->body;
}

/* What a pick-up needs (RFC 5359 2.16). */
static void
details(void)
{
	struct agent_dialog_info d;
	const struct msg *invite;
	struct xml x;

	start("dialogs=all answer=never");
	tester_ask(&peer, 3, "INVITE", "sip:bob@b.example",
	    "<sip:bob@b.example>", "c1", 1, "i", CONTACT(9));
	stage_run(&s, 25);
	subscribe("sip:w@w.example", "0");
	CU_ASSERT_EQUAL_FATAL(xml_read(&x, news()), 0);
	CU_ASSERT_EQUAL(agent_dialog_info_next(&x, &d), 0);
	CU_ASSERT(str_is(d.state, "early"));
	CU_ASSERT(str_is(d.direction, "recipient"));
	CU_ASSERT(str_is(d.call_id, "c1"));
	invite = tester_at(&peer, tester_find(&peer, "INVITE", 180, 0));
	CU_ASSERT(str_eq(d.local_tag, msg_tag(msg_value(invite, MSG_H_TO))));
	CU_ASSERT(str_eq(d.remote_tag, msg_tag(msg_value(invite, MSG_H_FROM))));
	CU_ASSERT_EQUAL(agent_dialog_info_next(&x, &d), ERR_NOTFOUND);
	xml_free(&x);
	CU_ASSERT(xml_is_document(
	    tester_at(&watcher, tester_find(&watcher, "NOTIFY", 0, 0))->body,
	    "dialog-info"));
	stage_do(&s, "bob", "reject", "bob/1", NULL);
	stop();
}

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

CHECK_MAIN("dialog_info", { "details", details }, { "documents", documents }, )
