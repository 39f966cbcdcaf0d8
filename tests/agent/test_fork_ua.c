/*
 * A caller whose INVITE is forked: early dialogs, several 2xx; and an INVITE
 * without an offer.  RFC 3261 13.2.  The tester plays the fork.
 */
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define PEER "sip:peer@192.0.2.9"

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 80000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

static void
calls(void)
{
	stage_call(&s, "bob", PEER);
	stage_run(&s, 15);
}

static void
says(unsigned status, const char *tag, const char *extra)
{
	tester_answer(&t, tester_find(&t, "INVITE", 0, 0), status, tag, extra);
	stage_run(&s, 25);
}

/* Records of dialogs that go to STATE and have TEXT. */
static size_t
dialogs(const char *state, const char *text)
{
	char to[40];

	snprintf(to, sizeof(to), "\"to\":\"%s\"", state);
	return stage_count(&s, KIND("dialog"), to, text);
}

/* A request of the peer in the dialog with its TAG. */
static void
in_dialog(const char *method, const char *tag, unsigned cseq)
{
	tester_say(&t, 3,
	    "%s sip:bob@192.0.2.3 SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK%s%u\n"
	    "From: <sip:peer@192.0.2.9>;tag=%s\n"
	    "To: <sip:bob@b.example>;tag=%.*s\n"
	    "Call-ID: %.*s\n"
	    "CSeq: %u %s\n\n",
	    method, tag, cseq, tag,
	    STR_ARG(msg_tag(msg_value(tester_at(&t, 0), MSG_H_FROM))),
	    STR_ARG(msg_value(tester_at(&t, 0), MSG_H_CALL_ID)), cseq, method);
	stage_run(&s, 25);
}

/* 13.2.2.1: each branch has its early dialog; 13.2.2.4: the first 2xx makes
 * the call, the second is ended, the rest is over 64*T1 later. */
static void
several(void)
{
	size_t i;

	start("");
	calls();
	says(180, "one", CONTACT(9));
	says(183, "two", CONTACT(9));
	says(180, "three", CONTACT(9));
	says(180, "two", CONTACT(9));
	CU_ASSERT_EQUAL(dialogs("early", NULL), 3);
	CU_ASSERT(stage_call_is(&s, "bob/1", "early"));
	/* Each can be spoken in, with numbers of its own. */
	in_dialog("OPTIONS", "three", 7);
	in_dialog("OPTIONS", "two", 3);
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 200), 2);
	in_dialog("OPTIONS", "three", 6);
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 500), 1);
	in_dialog("OPTIONS", "four", 1);
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 481), 1);
	says(200, "two", CONTACT(8));
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	CU_ASSERT_EQUAL(dialogs("confirmed", "\"remote_tag\":\"two\""), 1);
	CU_ASSERT_EQUAL(dialogs("terminated", NULL), 0);
	/* A second one: acknowledged, and ended. */
	says(200, "three", CONTACT(9));
	CU_ASSERT_EQUAL(dialogs("confirmed", "\"remote_tag\":\"three\""), 1);
	CU_ASSERT(stage_call_is(&s, "bob/2", "terminating"));
	i = tester_find(&t, "BYE", 0, 0);
	CU_ASSERT(tester_has(&t, i, "To", "tag=three"));
	CU_ASSERT(tester_has(&t, i, "CSeq", "2 BYE"));
	/* One that never rang. */
	says(200, "five", CONTACT(9));
	CU_ASSERT(stage_call_is(&s, "bob/3", "terminating"));
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 2);
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 2);
	says(200, "five", CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 2);
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 3);
	tester_answer(&t, i, 200, "", "");
	tester_answer(&t, tester_find(&t, "BYE", 0, 1), 200, "", "");
	stage_run(&s, 31500);
	CU_ASSERT_EQUAL(dialogs("terminated", "\"remote_tag\":\"one\""), 0);
	stage_run(&s, 600);
	CU_ASSERT_EQUAL(dialogs("terminated", RULE("dialog-early-over")), 1);
	CU_ASSERT_EQUAL(dialogs("terminated", "\"remote_tag\":\"one\""), 1);
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stop();
}

/* 13.2.2.4: the end of the call that was answered ends no other early dialog:
 * each waits for a 2xx of its own until 64*T1 after the first one. */
static void
over_before(void)
{
	start("");
	calls();
	says(180, "one", CONTACT(9));
	says(180, "two", CONTACT(9));
	says(180, "three", CONTACT(9));
	says(200, "one", CONTACT(9));
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stage_run(&s, 15);
	tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
	stage_run(&s, 15);
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	CU_ASSERT_EQUAL(dialogs("terminated", NULL), 0);
	CU_ASSERT_EQUAL(dialogs("mortal", NULL), 1);
	CU_ASSERT_EQUAL(dialogs("mortal", "\"remote_tag\":\"one\""), 1);
	/* The call hears no requests any more. */
	in_dialog("INFO", "two", 1);
	CU_ASSERT_EQUAL(tester_count(&t, "INFO", 481), 1);
	says(200, "two", CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 2);
	CU_ASSERT_EQUAL(dialogs("confirmed", "\"remote_tag\":\"two\""), 1);
	tester_answer(&t, tester_find(&t, "BYE", 0, 1), 200, "", "");
	stage_run(&s, 31000);
	CU_ASSERT_EQUAL(dialogs("terminated", "\"remote_tag\":\"three\""), 0);
	stage_run(&s, 1200);
	CU_ASSERT_EQUAL(dialogs("terminated", RULE("dialog-early-over")), 1);
	CU_ASSERT_EQUAL(dialogs("terminated", "\"remote_tag\":\"three\""), 1);
	stop();
}

/* 13.2.2.3: a refusal ends all of them; so does a CANCEL's 487. */
static void
refused(void)
{
	start("");
	calls();
	says(180, "one", CONTACT(9));
	says(180, "two", CONTACT(9));
	says(486, "one", "");
	CU_ASSERT_EQUAL(dialogs("terminated", RULE("dialog-end")), 2);
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	stop();
	start("");
	calls();
	says(180, "one", CONTACT(9));
	says(180, "two", CONTACT(9));
	stage_do(&s, "bob", "cancel", "bob/1", NULL);
	stage_run(&s, 15);
	/* One answers all the same: that is hung up. */
	says(200, "two", CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	says(200, "one", CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 2);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 2);
	stop();
}

/* 15: a peer that ends its early dialog (it must not) ends no other. */
static void
early_bye(void)
{
	start("");
	calls();
	says(180, "one", CONTACT(9));
	says(180, "two", CONTACT(9));
	in_dialog("BYE", "two", 1);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 200), 1);
	CU_ASSERT_EQUAL(dialogs("mortal", "\"remote_tag\":\"two\""), 1);
	CU_ASSERT(stage_call_is(&s, "bob/1", "early"));
	says(200, "one", CONTACT(9));
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stop();
}

/* Branches without number. */
static void
bounded(void)
{
	start("");
	calls();
	for (unsigned i = 0; i < 80; i++) {
		char tag[20];

		snprintf(tag, sizeof(tag), "t%u", i);
		says(180, tag, CONTACT(9));
	}
	CU_ASSERT_EQUAL(dialogs("early", NULL), 65);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("bad"), "too-many-early-dialogs",
			    RULE("invite-1xx")),
	    15);
	says(200, "t79", CONTACT(9));
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 1);
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stop();
}

#define SDP(media)                                            \
	CONTACT(9)                                            \
	"Content-Type: application/sdp\n\nv=0\n"              \
	"o=- 1 1 IN IP4 192.0.2.9\ns=-\nc=IN IP4 192.0.2.9\n" \
	"t=0 0\n" media "\n"

/* 13.2.1: no offer in the INVITE: it comes in the 2xx, the answer in the ACK,
 * for each branch its own. */
static void
late_offer(void)
{
	size_t i;

	start("");
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "invite", NULL, "target", PEER,
			    "sdp", "perhaps", NULL),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "invite", NULL, "target", PEER,
			    "sdp", "false", NULL),
	    0);
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(tester_at(&t, 0)->body.n, 0);
	CU_ASSERT(!tester_has(&t, 0, "Content-Type", ""));
	says(200, "one", SDP("m=audio 4000 RTP/AVP 3 8"));
	i = tester_find(&t, "ACK", 0, 0);
	CU_ASSERT(tester_has(&t, i, "Content-Type", "application/sdp"));
	CU_ASSERT(str_find(tester_at(&t, i)->body,
		      "m=audio 49170 RTP/AVP 8\r\n") > 0);
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	says(200, "one", SDP("m=audio 4000 RTP/AVP 3 8"));
	CU_ASSERT(str_eq(buf_view(&t.got[i].bytes),
	    buf_view(&t.got[tester_find(&t, "ACK", 0, 1)].bytes)));
	says(200, "two", SDP("m=audio 4000 RTP/AVP 0"));
	i = tester_find(&t, "ACK", 0, 2);
	CU_ASSERT(tester_has(&t, i, "To", "tag=two"));
	CU_ASSERT(str_find(tester_at(&t, i)->body,
		      "m=audio 49172 RTP/AVP 0\r\n") > 0);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stop();
	/* 13.2.2.4: an offer of nothing that the phone knows is answered, and
	 * the call ended. */
	start("");
	stage_do(
	    &s, "bob", "invite", NULL, "target", PEER, "sdp", "false", NULL);
	stage_run(&s, 15);
	says(200, "one", SDP("m=video 4000 RTP/AVP 99"));
	i = tester_find(&t, "ACK", 0, 0);
	CU_ASSERT(str_find(tester_at(&t, i)->body, "m=video 0") > 0);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	stop();
	/* A 2xx that forgets its offer. */
	start("");
	stage_do(
	    &s, "bob", "invite", NULL, "target", PEER, "sdp", "false", NULL);
	stage_run(&s, 15);
	says(200, "one", CONTACT(9));
	i = tester_find(&t, "ACK", 0, 0);
	CU_ASSERT_EQUAL(tester_at(&t, i)->body.n, 0);
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stop();
}

CHECK_MAIN("fork_ua", { "several", several }, { "over before", over_before },
    { "refused", refused }, { "early BYE", early_bye }, { "bounded", bounded },
    { "late offer", late_offer }, )
