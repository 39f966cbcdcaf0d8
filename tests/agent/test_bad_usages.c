/*
 * Bad input for what shares dialogs: each row is a request that a phone
 * refuses, outside of dialogs, in a call that rings, in one that is answered,
 * or in one that is being changed.  The status is the right one, a record says
 * why, nothing of it stays alive, and the call goes on.
 */
#include "agent/requests.h"
#include "roles/ua/ua.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define PHONE "sip:bob@192.0.2.3"
#define SDP_HEAD                                          \
	"Content-Type: application/sdp\n\nv=0\no=- 1 1 "  \
	"IN IP4 192.0.2.9\ns=-\nc=IN IP4 192.0.2.9\nt=0 " \
	"0\n"
#define SDP SDP_HEAD "m=audio 4000 RTP/AVP 0\n"

/* Where the request comes. */
enum place {
	OUTSIDE,
	UNKNOWN,  /* a dialog that bob does not have */
	RINGING,  /* in an early dialog, whose 183 waits for its PRACK */
	TALKING,  /* in a call that is answered */
	CHANGING, /* in one that bob's re-INVITE is to change */
	CHANGED,  /* in one whose re-INVITE bob has not answered */
};

struct row {
	const char *name;
	enum place place;
	const char *method;
	const char *lines; /* header fields, body; # is TIMES times UNIT */
	const char *unit;
	unsigned times;
	unsigned status;
	const char *record; /* that says why; of bob's */
	const char *field;  /* that the answer has; NULL: any */
	unsigned cseq;      /* 0: the next */
};

/* ---- the phone ---- */

static struct ua *
bob(void)
{
	return (struct ua *)(void *)agent_of_node(world_find(s.w, "bob"));
}

/* A request of the dialog with bob's TAG, or outside where that is "". */
static void
ask(const char *method, const char *tag, unsigned cseq, const char *text)
{
	char to[140], branch[40];

	snprintf(to, sizeof(to), "<sip:bob@b.example>%s%s",
	    tag[0] != '\0' ? ";tag=" : "", tag);
	snprintf(branch, sizeof(branch), "%s%u", method, cseq);
	tester_ask(&t, 3, method, PHONE, to, "a", cseq, branch, text);
	stage_run(&s, 60);
}

static void
find_tag(char tag[80])
{
	size_t i = 0;

	while (i < t.n && msg_tag(msg_value(tester_at(&t, i), MSG_H_TO)).n == 0)
		i++;
	tester_tag(&t, i, MSG_H_TO, tag);
}

/* TAG gets that of the dialog which PLACE has. */
static void
enter(enum place place, char tag[80])
{
	bool rings = place == RINGING;

	tag[0] = '\0';
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "bob", "ua", "b.example", 3,
	    rings ? "answer=never session_expires=1800s"
		  : "answer=0s session_expires=1800s");
	if (place == UNKNOWN)
		snprintf(tag, 80, "none");
	if (place <= UNKNOWN)
		return;
	ask("INVITE", "", 1,
	    rings ? CONTACT(9) "Require: 100rel\n" SDP : CONTACT(9) SDP);
	find_tag(tag);
	if (!rings)
		ask("ACK", tag, 1, "");
	if (place == CHANGING)
		stage_do(&s, "bob", "reinvite", "bob/1", NULL);
	if (place == CHANGED) {
		ask("INVITE", tag, 2, CONTACT(9) SDP);
	}
	stage_run(&s, 60);
}

/* What the phone had before is all that it has; the call can be ended. */
static void
leave(enum place place, const char *tag)
{
	struct agent *agent = &bob()->agent;

	CU_ASSERT(list_empty(&agent->notifiers));
	CU_ASSERT(list_empty(&agent->subscribers));
	if (place > UNKNOWN) {
		CU_ASSERT(!list_empty(&agent->calls));
		CU_ASSERT(!stage_call_is(&s, "bob/1", "terminated"));
		if (place == CHANGED)
			ask("ACK", tag, 2, "");
		t.n = 0;
		ask(place == RINGING ? "CANCEL" : "BYE",
		    place == RINGING ? "" : tag, place == RINGING ? 1 : 900,
		    "");
	}
	CU_ASSERT(stage_run(&s, 100000));
	CU_ASSERT(list_empty(&agent->calls));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

/* ---- rows ---- */

#define R(name, place, method, lines, unit, times, status, record, field)      \
	{                                                                      \
		name, place, method, lines, unit, times, status, RULE(record), \
		    field, 0                                                   \
	}
#define NEWS "Subscription-State: active;expires=99\n"
#define TO   "Refer-To: "
#define OLD(method, lines)                                         \
	{                                                          \
		"old " method, CHANGED, method, lines, "", 0, 500, \
		    RULE("dialog-cseq"), NULL, 1                   \
	}

static const struct row rows[] = {
	R("an event of nobody's", OUTSIDE, "SUBSCRIBE", CONTACT(9) "Event: x\n",
	    "", 0, 489, "subscribe-event", "Allow-Events"),
	R("no event", OUTSIDE, "SUBSCRIBE", CONTACT(9), "", 0, 400,
	    "bad-request", NULL),
	R("two events", OUTSIDE, "SUBSCRIBE",
	    CONTACT(9) "Event: dialog\nEvent: dialog\n", "", 0, 400,
	    "bad-request", NULL),
	R("presence", OUTSIDE, "SUBSCRIBE", CONTACT(9) "Event: presence\n", "",
	    0, 489, "subscribe-event", "Allow-Events"),
	R("a long event", OUTSIDE, "SUBSCRIBE", CONTACT(9) "Event: #\n",
	    "dialog", 2000, 489, "subscribe-event", "Allow-Events"),
	R("too brief", OUTSIDE, "SUBSCRIBE",
	    CONTACT(9) "Event: dialog\nExpires: 1\n", "", 0, 423,
	    "subscribe-brief", "Min-Expires"),
	R("2^32", OUTSIDE, "SUBSCRIBE",
	    CONTACT(9) "Event: dialog\nExpires: 4294967296\n", "", 0, 400,
	    "bad-request", NULL),
	R("negative", OUTSIDE, "SUBSCRIBE",
	    CONTACT(9) "Event: dialog\nExpires: -1\n", "", 0, 400,
	    "bad-request", NULL),
	R("no target", OUTSIDE, "SUBSCRIBE", "Event: dialog\n", "", 0, 400,
	    "bad-request", NULL),
	R("a star", OUTSIDE, "SUBSCRIBE", "Contact: *\nEvent: dialog\n", "", 0,
	    400, "bad-request", NULL),
	R("other type", OUTSIDE, "SUBSCRIBE",
	    CONTACT(9) "Event: dialog\nAccept: text/plain\n", "", 0, 406,
	    "subscribe-accepts", NULL),
	R("extension", OUTSIDE, "SUBSCRIBE",
	    CONTACT(9) "Event: dialog\nRequire: x\n", "", 0, 420, "uas-require",
	    "Unsupported"),
	R("thousand routes", OUTSIDE, "SUBSCRIBE",
	    CONTACT(9) "Event: dialog\n#", "Record-Route: <sip:192.0.2.8;lr>\n",
	    1000, 513, "message-large", NULL),
	R("of no dialog", UNKNOWN, "SUBSCRIBE", CONTACT(9) "Event: dialog\n",
	    "", 0, 481, "dialog-none", NULL),
	R("second usage", TALKING, "SUBSCRIBE", CONTACT(9) "Event: dialog\n",
	    "", 0, 603, "usage-second", NULL),
	R("of nobody's within", TALKING, "SUBSCRIBE", CONTACT(9) "Event: x\n",
	    "", 0, 489, "subscribe-event", "Allow-Events"),
	R("extension within", TALKING, "SUBSCRIBE",
	    CONTACT(9) "Event: dialog\nRequire: x\n", "", 0, 420, "uas-require",
	    "Unsupported"),
	R("notify outside", OUTSIDE, "NOTIFY",
	    CONTACT(9) "Event: dialog\n" NEWS, "", 0, 481, "notify-none", NULL),
	R("notify of none", UNKNOWN, "NOTIFY",
	    CONTACT(9) "Event: dialog\n" NEWS, "", 0, 481, "notify-none", NULL),
	R("notify of x", UNKNOWN, "NOTIFY", CONTACT(9) "Event: x\n" NEWS, "", 0,
	    489, "notify-event", "Allow-Events"),
	R("notify without state", UNKNOWN, "NOTIFY",
	    CONTACT(9) "Event: dialog\n", "", 0, 400, "notify-bad", NULL),
	R("notify with extension", UNKNOWN, "NOTIFY",
	    CONTACT(9) "Event: dialog\nRequire: x\n" NEWS, "", 0, 420,
	    "uas-require", "Unsupported"),
	R("notify within", TALKING, "NOTIFY", CONTACT(9) "Event: refer\n" NEWS,
	    "", 0, 481, "notify-none", NULL),
	R("notify long id", TALKING, "NOTIFY",
	    CONTACT(9) "Event: refer;id=#\n" NEWS, "0123456789", 1000, 481,
	    "notify-none", NULL),
	R("refer outside", OUTSIDE, "REFER",
	    CONTACT(9) TO "<sip:c@192.0.2.8>\n", "", 0, 603, "refer-outside",
	    NULL),
	R("refer nobody", TALKING, "REFER", CONTACT(9), "", 0, 400, "refer-bad",
	    NULL),
	R("refer two", TALKING, "REFER",
	    CONTACT(9) TO "<sip:c@192.0.2.8>\n" TO "<sip:c@192.0.2.8>\n", "", 0,
	    400, "bad-request", NULL),
	R("refer two values", TALKING, "REFER",
	    CONTACT(9) TO "<sip:c@192.0.2.8>, <sip:d@192.0.2.8>\n", "", 0, 400,
	    "refer-bad", NULL),
	R("refer garbage", TALKING, "REFER", CONTACT(9) TO "%%%;;<<>\n", "", 0,
	    400, "refer-bad", NULL),
	R("refer tel", TALKING, "REFER", CONTACT(9) TO "<tel:1>\n", "", 0, 603,
	    "refer-target", NULL),
	R("refer sips", TALKING, "REFER", CONTACT(9) TO "<sips:c@192.0.2.8>\n",
	    "", 0, 603, "refer-target", NULL),
	R("refer bye", TALKING, "REFER",
	    CONTACT(9) TO "<sip:c@192.0.2.8;method=BYE>\n", "", 0, 603,
	    "refer-target", NULL),
	R("refer with route", TALKING, "REFER",
	    CONTACT(9) TO "<sip:c@192.0.2.8?Route=%3Csip:x%3E>\n", "", 0, 603,
	    "refer-target", NULL),
	R("refer with line", TALKING, "REFER",
	    CONTACT(9) TO
	    "<sip:c@192.0.2.8?Replaces=a%0D%0AX:y%3Bto-tag=1%3Bfrom-tag=2>\n",
	    "", 0, 603, "refer-target", NULL),
	R("refer folded", TALKING, "REFER",
	    CONTACT(9) TO "<sip:c@192.0.2.8;a=b\n X: y>\n", "", 0, 400,
	    "refer-bad", NULL),
	R("refer with replaces garbage", TALKING, "REFER",
	    CONTACT(9) TO "<sip:c@192.0.2.8?Replaces=a>\n", "", 0, 603,
	    "refer-target", NULL),
	R("refer extension", TALKING, "REFER",
	    CONTACT(9) "Require: x\n" TO "<sip:c@192.0.2.8>\n", "", 0, 420,
	    "uas-require", "Unsupported"),
	R("refer of none", UNKNOWN, "REFER",
	    CONTACT(9) TO "<sip:c@192.0.2.8>\n", "", 0, 481, "dialog-none",
	    NULL),
	R("prack outside", OUTSIDE, "PRACK", "RAck: 1 1 INVITE\n", "", 0, 481,
	    "dialog-none", NULL),
	R("prack of none", UNKNOWN, "PRACK", "RAck: 1 1 INVITE\n", "", 0, 481,
	    "dialog-none", NULL),
	R("prack fits nothing", TALKING, "PRACK", "RAck: 1 1 INVITE\n", "", 0,
	    481, "prack-none", NULL),
	R("prack of another", RINGING, "PRACK", "RAck: 1 1 INVITE\n", "", 0,
	    481, "prack-none", NULL),
	R("prack huge", RINGING, "PRACK", "RAck: 4294967296 1 INVITE\n", "", 0,
	    400, "bad-request", NULL),
	R("prack zero", RINGING, "PRACK", "RAck: 0 0 INVITE\n", "", 0, 400,
	    "bad-request", NULL),
	R("prack garbage", RINGING, "PRACK", "RAck: x\n", "", 0, 400,
	    "bad-request", NULL),
	R("prack without", RINGING, "PRACK", "", "", 0, 400, "bad-request",
	    NULL),
	R("update outside", OUTSIDE, "UPDATE", CONTACT(9) SDP, "", 0, 481,
	    "dialog-none", NULL),
	R("update of none", UNKNOWN, "UPDATE", CONTACT(9) SDP, "", 0, 481,
	    "dialog-none", NULL),
	R("update while an answer waits", RINGING, "UPDATE", CONTACT(9) SDP, "",
	    0, 500, "update-early", "Retry-After"),
	R("update against one", CHANGING, "UPDATE", CONTACT(9) SDP, "", 0, 491,
	    "update-glare", NULL),
	R("update garbage", TALKING, "UPDATE",
	    CONTACT(9) "Content-Type: application/sdp\n\n\xff\xfe\n", "", 0,
	    488, "invite-unfit", "Warning"),
	R("update no codec", TALKING, "UPDATE",
	    CONTACT(9) SDP_HEAD "m=audio 4000 RTP/AVP 99\n", "", 0, 488,
	    "invite-unfit", "Warning"),
	R("update thousand others", TALKING, "UPDATE", CONTACT(9) SDP_HEAD "#",
	    "m=x 1 y 0\n", 1000, 488, "invite-unfit", "Warning"),
	R("update type", TALKING, "UPDATE",
	    CONTACT(9) "Content-Type: text/plain\n\nhi\n", "", 0, 415,
	    "uas-type", "Accept"),
	R("update timer garbage", TALKING, "UPDATE",
	    CONTACT(9) "Supported: timer\nSession-Expires: x\n", "", 0, 400,
	    "bad-request", NULL),
	R("update timer huge", TALKING, "UPDATE",
	    CONTACT(9) "Supported: timer\nSession-Expires: 4294967296\n", "", 0,
	    400, "bad-request", NULL),
	R("update timer small", TALKING, "UPDATE",
	    CONTACT(9) "Supported: timer\nSession-Expires: 1\n", "", 0, 422,
	    "session-too-small", "Min-SE"),
	R("re-INVITE against one", CHANGING, "INVITE", CONTACT(9) SDP, "", 0,
	    491, "reinvite-pending", NULL),
	R("re-INVITE garbage", TALKING, "INVITE",
	    CONTACT(9) "Content-Type: application/sdp\n\n\xff\xfe\n", "", 0,
	    488, "invite-unfit", "Warning"),
	R("session garbage", OUTSIDE, "INVITE",
	    CONTACT(9) "Content-Type: application/sdp\n\n\xff\xfe\n", "", 0,
	    488, "invite-unfit", "Warning"),
	R("thousand lines of others", OUTSIDE, "INVITE",
	    CONTACT(9) SDP_HEAD "#", "m=x 1 y 0\n", 1000, 488, "invite-unfit",
	    "Warning"),
	R("timer garbage", OUTSIDE, "INVITE",
	    CONTACT(9) "Supported: timer\nSession-Expires: -5\n" SDP, "", 0,
	    400, "bad-request", NULL),
	R("timer small", OUTSIDE, "INVITE",
	    CONTACT(9) "Supported: timer\nSession-Expires: 5\n" SDP, "", 0, 422,
	    "session-too-small", "Min-SE"),
	R("min-se garbage", OUTSIDE, "INVITE",
	    CONTACT(9) "Supported: timer\nMin-SE: x\nSession-Expires: 5\n" SDP,
	    "", 0, 422, "session-too-small", "Min-SE"),
	R("replaces nothing", OUTSIDE, "INVITE",
	    CONTACT(9) "Replaces: x;to-tag=1;from-tag=2\n" SDP, "", 0, 481,
	    "replaces-none", NULL),
	R("replaces garbage", OUTSIDE, "INVITE", CONTACT(9) "Replaces: x\n" SDP,
	    "", 0, 400, "replaces-bad", NULL),
	R("replaces two tags", OUTSIDE, "INVITE",
	    CONTACT(9) "Replaces: x;to-tag=1;to-tag=1;from-tag=2\n" SDP, "", 0,
	    400, "replaces-bad", NULL),
	R("replaces and joins", OUTSIDE, "INVITE",
	    CONTACT(9) "Replaces: x;to-tag=1;from-tag=2\nJoin: "
		       "x;to-tag=1;from-tag=2\n" SDP,
	    "", 0, 400, "replaces-bad", NULL),
	R("replaces long", OUTSIDE, "INVITE",
	    CONTACT(9) "Replaces: #;to-tag=1;from-tag=2\n" SDP, "0123456789",
	    1000, 481, "replaces-none", NULL),
	R("joins nothing", OUTSIDE, "INVITE",
	    CONTACT(9) "Join: x;to-tag=1;from-tag=2\n" SDP, "", 0, 481,
	    "join-none", NULL),
	R("replaces in BYE", TALKING, "BYE",
	    "Replaces: x;to-tag=1;from-tag=2\n", "", 0, 400, "replaces-bad",
	    NULL),
	R("replaces in MESSAGE", OUTSIDE, "MESSAGE",
	    "Replaces: x;to-tag=1;from-tag=2\n\nhi", "", 0, 400, "replaces-bad",
	    NULL),
	R("message type", OUTSIDE, "MESSAGE",
	    "Content-Type: application/sdp\n\nv=0\n", "", 0, 415, "uas-type",
	    "Accept"),
	R("message charset", OUTSIDE, "MESSAGE",
	    "Content-Type: text/plain;charset=latin1\n\nhi\n", "", 0, 415,
	    "uas-type", "Accept"),
	R("message extension", OUTSIDE, "MESSAGE",
	    "Require: x\nContent-Type: text/plain\n\nhi\n", "", 0, 420,
	    "uas-require", "Unsupported"),
	R("message long", OUTSIDE, "MESSAGE", "Content-Type: text/plain\n\n#\n",
	    "0123456789", 6000, 200, "message-show", NULL),
	R("message of none", UNKNOWN, "MESSAGE",
	    "Content-Type: text/plain\n\nhi\n", "", 0, 481, "dialog-none",
	    NULL),
	R("message type within", TALKING, "MESSAGE",
	    "Content-Type: image/png\n\nhi\n", "", 0, 415, "uas-type",
	    "Accept"),
	R("info outside", OUTSIDE, "INFO",
	    "Content-Type: application/dtmf-relay\n\nSignal=1\n", "", 0, 481,
	    "dialog-none", NULL),
	R("info of none", UNKNOWN, "INFO",
	    "Content-Type: application/dtmf-relay\n\nSignal=1\n", "", 0, 481,
	    "dialog-none", NULL),
	R("info package", TALKING, "INFO", "Info-Package: x\n", "", 0, 469,
	    "info-package", "Recv-Info"),
	R("info package long", TALKING, "INFO", "Info-Package: #\n", "x", 9000,
	    469, "info-package", "Recv-Info"),
	R("info type", TALKING, "INFO",
	    "Content-Type: text/plain\n\nSignal=1\n", "", 0, 415, "uas-type",
	    "Accept"),
	R("info two digits", TALKING, "INFO",
	    "Content-Type: application/dtmf-relay\n\nSignal=12\n", "", 0, 400,
	    "bad-request", NULL),
	R("info many lines", TALKING, "INFO",
	    "Content-Type: application/dtmf-relay\n\n#\n", "=\n", 9000, 400,
	    "bad-request", NULL),
	R("publish", OUTSIDE, "PUBLISH", "Event: presence\n", "", 0, 405,
	    "uas-method", "Allow"),
	R("publish within", TALKING, "PUBLISH", "Event: presence\n", "", 0, 405,
	    "uas-method", "Allow"),
	R("options extension", TALKING, "OPTIONS", "Require: x\n", "", 0, 420,
	    "uas-require", "Unsupported"),
	R("bye of none", UNKNOWN, "BYE", "", "", 0, 481, "dialog-none", NULL),
	OLD("SUBSCRIBE", CONTACT(9) "Event: dialog\n"),
	OLD("NOTIFY", CONTACT(9) "Event: refer\n" NEWS),
	OLD("REFER", CONTACT(9) TO "<sip:c@192.0.2.8>\n"),
	OLD("PRACK", "RAck: 1 1 INVITE\n"),
	OLD("UPDATE", CONTACT(9) SDP),
	OLD("MESSAGE", "Content-Type: text/plain\n\nhi\n"),
	OLD("INFO", "Info-Package: x\n"),
	OLD("OPTIONS", ""),
	OLD("BYE", ""),
};

static bool
check(const char *name, const char *what, bool good)
{
	if (!good)
		printf("  %s: %s\n", name, what);
	return good;
}

/* The final answer to METHOD that came last. */
static unsigned
find_answer(const char *method, size_t *at)
{
	unsigned status = 0;

	for (size_t i = 0; i < t.n; i++) {
		const struct msg *m = tester_at(&t, i);
		struct msg_cseq cseq = { 0 };

		msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq);
		if (m->request || m->status < 200 ||
		    !str_is(cseq.method, method))
			continue;
		status = m->status;
		*at = i;
	}
	return status;
}

static void
write_lines(const struct row *r, struct buf *out)
{
	for (const char *p = r->lines; *p != '\0'; p++)
		if (*p != '#')
			buf_putc(out, *p);
		else
			for (unsigned i = 0; i < r->times; i++)
				buf_puts(out, r->unit);
}

static void
judge(const struct row *r)
{
	struct buf lines = BUF_INIT;
	char tag[80], what[200];
	size_t before, at = TESTER_GOT;
	unsigned status;

	enter(r->place, tag);
	write_lines(r, &lines);
	before = stage_count(&s, r->record, NODE("bob"), NULL);
	t.n = 0;
	ask(r->method, tag, r->cseq != 0 ? r->cseq : 5, buf_cstr(&lines));
	status = find_answer(r->method, &at);
	snprintf(what, sizeof(what), "%u instead of %u", status, r->status);
	CU_ASSERT(check(r->name, what, status == r->status));
	snprintf(what, sizeof(what), "no record with %s", r->record);
	CU_ASSERT(check(r->name, what,
	    stage_count(&s, r->record, NODE("bob"), NULL) > before));
	if (r->field != NULL)
		CU_ASSERT(
		    check(r->name, r->field, tester_has(&t, at, r->field, "")));
	buf_free(&lines);
	leave(r->place, tag);
}

static void
each_row(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		judge(&rows[i]);
}

CHECK_MAIN("bad_usages", { "each row", each_row }, )
