/*
 * The firmware's phone transfers calls, is transferred (RFC 3515, 5589), lets a
 * call take another's place (RFC 3891), and sends texts (RFC 3428).
 */
#include "fixtures/firmware_peer.h"

static unsigned number; /* of bob's requests */

/* bob's METHOD within the call ID, whose phone has TAG; the status it gets. */
static const char *
within(const char *method, const char *id, const char *tag, unsigned cseq,
    const char *more, const char *type, const char *body)
{
	static char status[4];
	const char *m;
	char branch[16];
	size_t was = world.nsent;

	snprintf(branch, sizeof(branch), "w%u", ++number);
	world.seen = was;
	peer_send(&(struct peer_request){
	    method, branch, id, "bobtag", tag, cseq, more, type, body, NULL });
	m = world_take("SIP/2.0 ");
	snprintf(status, sizeof(status), "%s", m != NULL ? m + 8 : "");
	world.seen = was;
	return status;
}

/* bob's call N is answered; the phone's tag. */
static const char *
talk(unsigned n, char tag[32])
{
	const char *ok, *re;
	char id[32];

	snprintf(id, sizeof(id), "in%u@192.0.2.3", n);
	world.seen = world.nsent;
	peer_invite(n, NULL, PEER_SDP);
	world_press("{call}");
	re = world_take("INVITE"); /* the other one is held */
	if (re != NULL)
		peer_answer(re, "200 OK", NULL, PEER_CONTACT, PEER_SDP);
	world.seen = 0;
	while ((ok = world_take("SIP/2.0 200")) != NULL &&
	       strcmp(peer_header(ok, "Call-ID"), id) != 0)
		continue;
	CU_ASSERT_FATAL(ok != NULL);
	snprintf(tag, 32, "%s", peer_param(peer_header(ok, "To"), "tag"));
	peer_send(&(struct peer_request){
	    "ACK", "ack", id, "bobtag", tag, 1, NULL, NULL, NULL, NULL });
	SHOWS("Talking");
	world.seen = world.nsent;
	return tag;
}

#define ID "in1@192.0.2.3"

static void
begin(void)
{
	peer_begin(1500);
}

/* All that lived is gone. */
static void
over(void)
{
	world_run(200000);
	CU_ASSERT(world.hold == 0);
	world_close();
}

/* ---- the phone asks ---- */

#define ACTIVE "Event: refer\r\nSubscription-State: active;expires=60\r\n"
#define OVER \
	"Event: refer\r\nSubscription-State: terminated;reason=noresource\r\n"
#define SIPFRAG "message/sipfrag;version=2.0"

/* Talks with bob and sends him to 1002; the REFER, which was accepted. */
static const char *
send_away(char tag[32])
{
	static char refer[4096];
	const char *m;

	begin();
	talk(1, tag);
	PRESSED("{ok}", "1 New call");
	PRESSED("2", "Transfer to");
	world_press("1002#");
	m = peer_gets("REFER sip:bob@192.0.2.3:5060");
	snprintf(refer, sizeof(refer), "%s", m);
	SAME(peer_header(m, "Refer-To"), "<sip:1002@atlanta.example.com>");
	SAME(peer_header(m, "Referred-By"), "<sip:alice@atlanta.example.com>");
	HOLDS(peer_header(m, "Contact"), "sip:alice@192.0.2.4");
	SHOWS("Transferring...");
	return refer;
}

static void
blind(void)
{
	char tag[32];
	const char *bye;

	peer_answer(send_away(tag), "202 Accepted", NULL, NULL, NULL);
	SAME(within("NOTIFY", ID, tag, 2, ACTIVE, SIPFRAG,
		 "SIP/2.0 100 Trying\r\n"),
	    "200");
	SHOWS("Transferring...");
	SAME(within("NOTIFY", ID, tag, 3, OVER, SIPFRAG, "SIP/2.0 200 OK"),
	    "200");
	SHOWS("Transferred");
	SHOWS("Bob");
	bye = peer_gets("BYE");
	peer_answer(bye, "200 OK", NULL, NULL, NULL);
	SAME(within("NOTIFY", ID, tag, 4, OVER, SIPFRAG, "SIP/2.0 200 OK"),
	    "481");
	over();
}

static void
not_transferred(void)
{
	char tag[32];

	peer_answer(send_away(tag), "202 Accepted", NULL, NULL, NULL);
	SAME(within("NOTIFY", ID, tag, 2, OVER, SIPFRAG,
		 "SIP/2.0 486 Busy Here\r\n"),
	    "200");
	SHOWS("Not transferred");
	SHOWS("Busy");
	WAITED(4000, "Talking");
	CU_ASSERT(world_take("BYE") == NULL);
	world_close();
}

static void
refused(void)
{
	static const struct {
		const char *status, *shows;
	} cases[] = { { "405 Method Not Allowed", "Not allowed" },
		{ "603 Decline", "Declined" }, { "202 Accepted", "No answer" },
		{ NULL, "No answer" } };
	char tag[32];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *refer = send_away(tag);

		if (cases[i].status != NULL)
			peer_answer(refer, cases[i].status, NULL, NULL, NULL);
		for (unsigned s = 0; s < 40 && !world_shows("Not tr"); s++)
			world_run(1000);
		SHOWS("Not transferred");
		SHOWS(cases[i].shows);
		WAITED(4000, "Talking");
		world_close();
	}
}

static void
challenged(void)
{
	char tag[32], id[64];
	const char *refer = send_away(tag), *m;

	peer_answer(refer, "407 Proxy Authentication Required", NULL,
	    "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n", NULL);
	m = peer_gets("REFER");
	HOLDS(peer_header(m, "Proxy-Authorization"), "realm=\"r\"");
	SAME(peer_header(m, "Refer-To"), "<sip:1002@atlanta.example.com>");
	/* The id is of the one that was accepted (RFC 3515 2.4.6). */
	snprintf(id, sizeof(id),
	    "Event: refer;id=%s\r\nSubscription-State: active\r\n", "1");
	SAME(within("NOTIFY", ID, tag, 2, id, SIPFRAG, "SIP/2.0 100 Trying"),
	    "481");
	snprintf(id, sizeof(id),
	    "o: refer;id=%d\r\nSubscription-State: active\r\n",
	    atoi(peer_header(m, "CSeq")));
	SAME(within("NOTIFY", ID, tag, 3, id, SIPFRAG, "SIP/2.0 100 Trying"),
	    "200");
	/* The user does not wait. */
	world_press("{end}");
	CU_ASSERT(world_take("BYE") != NULL);
	SAME(within("NOTIFY", ID, tag, 4, OVER, SIPFRAG, "SIP/2.0 200 OK"),
	    "200");
	over();
}

/* NOTIFYs that are none of its REFER's. */
static void
bad_notify(void)
{
	static const struct {
		const char *more, *type, *body, *status;
	} cases[] = {
		{ NULL, SIPFRAG, "SIP/2.0 200 OK", "400" },
		{ "Event: presence\r\nSubscription-State: active\r\n", SIPFRAG,
		    "SIP/2.0 200 OK", "489" },
		{ "Event: refers\r\nSubscription-State: active\r\n", SIPFRAG,
		    "SIP/2.0 200 OK", "489" },
		{ "Event: refer\r\n", SIPFRAG, "SIP/2.0 200 OK", "400" },
		{ ACTIVE, "text/plain", "SIP/2.0 200 OK", "415" },
		{ ACTIVE, NULL, NULL, "415" },
		{ ACTIVE, SIPFRAG, "SIP/2.0", "400" },
		{ ACTIVE, SIPFRAG, "SIP/2.0 xx", "400" },
		{ ACTIVE, SIPFRAG, "SIP/2.0 99 Low", "400" },
		{ ACTIVE, SIPFRAG, "SIP/2.0 999999999 High", "400" },
		{ "Event: refer;id=x\r\nSubscription-State: active\r\n",
		    SIPFRAG, "SIP/2.0 100 Trying", "481" },
		{ "Event: refer;id=77\r\nSubscription-State: active\r\n",
		    SIPFRAG, "SIP/2.0 100 Trying", "481" },
		{ "Event: refer\r\nSubscription-State: "
		  "active;expires=99999999999\r\n",
		    SIPFRAG, "SIP/2.0 100 Trying", "200" },
	};
	char tag[32];

	peer_answer(send_away(tag), "202 Accepted", NULL, NULL, NULL);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		SAME(within("NOTIFY", ID, tag, (unsigned)i + 2, cases[i].more,
			 cases[i].type, cases[i].body),
		    cases[i].status);
	SHOWS("Transferring...");
	world_close();
	/* Of no REFER at all. */
	begin();
	talk(1, tag);
	SAME(within("NOTIFY", ID, tag, 2, ACTIVE, SIPFRAG, "SIP/2.0 200 OK"),
	    "481");
	SAME(within("NOTIFY", "other", NULL, 3, ACTIVE, SIPFRAG, "SIP/2.0 200"),
	    "481");
	world_close();
}

/* A second call, then both are joined. */
static void
attended(void)
{
	char first[32], second[64], target[256], copy[4096];
	const char *m;

	begin();
	talk(1, first);
	PRESSED("{ok}1", "Dial");
	world_press("{down}{down}{ok}"); /* Carol of the book */
	m = peer_gets("INVITE");         /* Bob is held */
	SAME(peer_header(m, "Call-ID"), ID);
	HOLDS(peer_body(m), "a=sendonly");
	peer_answer(m, "200 OK", NULL, PEER_CONTACT, PEER_SDP);
	m = peer_gets("INVITE sip:carol@biloxi");
	snprintf(copy, sizeof(copy), "%s", m);
	peer_answer(copy, "180 Ringing", "c/1", NULL, NULL);
	world_press("{ok}");
	CU_ASSERT(!world_shows("Join both"));
	world_press("{soft2}");
	peer_answer(copy, "200 OK", "c/1",
	    "Contact: <sip:carol@192.0.2.5;x=%41?Subject=y>\r\n", PEER_SDP);
	SHOWS("Held: Bob");
	PRESSED("{ok}", "1 Join both");
	world_press("1");
	m = peer_gets("REFER sip:bob@192.0.2.3");
	snprintf(second, sizeof(second), "%s", peer_header(copy, "Call-ID"));
	*strchr(second, '@') = '\0';
	snprintf(target, sizeof(target),
	    "<sip:carol@192.0.2.5;x=A?Replaces=%s%%40192.0.2.4%%3Bto-tag%%3D"
	    "c%%2F1%%3Bfrom-tag%%3D%s>",
	    second, peer_param(peer_header(copy, "From"), "tag"));
	SAME(peer_header(m, "Refer-To"), target);
	peer_answer(m, "202 Accepted", NULL, NULL, NULL);
	SAME(within("NOTIFY", ID, first, 5, OVER, SIPFRAG, "SIP/2.0 200 OK"),
	    "200");
	SHOWS("Transferred");
	m = peer_gets("BYE");
	SAME(peer_header(m, "Call-ID"), ID);
	world_close();
}

/* ---- the phone is asked ---- */

#define REFER_TO(uri) PEER_CONTACT "Refer-To: " uri "\r\n"

static void
referred(void)
{
	char tag[32], copy[4096];
	const char *m;

	begin();
	talk(1, tag);
	SAME(within("REFER", ID, tag, 2,
		 REFER_TO("<sip:carol@biloxi.example.com;method=INVITE;x=y"
			  "?Subject=z>") "Referred-By: <sip:bob@b.example>\r\n",
		 NULL, NULL),
	    "202");
	m = peer_gets("NOTIFY sip:bob@192.0.2.3:5060");
	SAME(peer_header(m, "Event"), "refer");
	SAME(peer_header(m, "Subscription-State"), "active;expires=60");
	SAME(peer_header(m, "Content-Type"), "message/sipfrag");
	HOLDS(peer_header(m, "Contact"), "sip:alice@192.0.2.4");
	SAME(peer_body(m), "SIP/2.0 100 Trying\r\n");
	snprintf(copy, sizeof(copy), "%s", m);
	m = peer_gets("INVITE");
	HOLDS(m, "INVITE sip:carol@biloxi.example.com;x=y SIP/2.0");
	SAME(peer_header(m, "Referred-By"), "<sip:bob@b.example>");
	SAME(peer_header(m, "Subject"), "");
	SAME(peer_header(m, "Replaces"), "");
	SHOWS("Calling...");
	/* A second one has to wait. */
	SAME(within("REFER", ID, tag, 3, REFER_TO("<sip:dave@b.example>"), NULL,
		 NULL),
	    "491");
	/* Answered before the first NOTIFY: the last one waits for that. */
	peer_answer(m, "200 OK", "c1", PEER_CONTACT, PEER_SDP);
	CU_ASSERT(world_count("NOTIFY") == 1);
	peer_answer(copy, "200 OK", NULL, NULL, NULL);
	world.seen = 0;
	CU_ASSERT(world_take("NOTIFY") != NULL);
	m = peer_gets("NOTIFY");
	SAME(peer_header(m, "Subscription-State"),
	    "terminated;reason=noresource");
	SAME(peer_body(m), "SIP/2.0 200 OK\r\n");
	peer_answer(m, "200 OK", NULL, NULL, NULL);
	/* A third is of its own (RFC 3515 2.4.6), but there is no line. */
	SAME(within("REFER", ID, tag, 4, REFER_TO("<sip:dave@b.example>"), NULL,
		 NULL),
	    "603");
	SAME(within("BYE", ID, tag, 5, NULL, NULL, NULL), "200");
	WAITED(4000, "Carol");
	world_close();
}

/* Who asked hangs up at once: it is told all the same. */
static void
referrer_leaves(void)
{
	char tag[32], invite[4096];
	const char *m;

	begin();
	talk(1, tag);
	SAME(within("REFER", ID, tag, 2,
		 REFER_TO("<sip:carol@biloxi.example.com>"), NULL, NULL),
	    "202");
	peer_answer(world_take("NOTIFY"), "200 OK", NULL, NULL, NULL);
	m = peer_gets("INVITE");
	snprintf(invite, sizeof(invite), "%s", m);
	SAME(within("BYE", ID, tag, 3, NULL, NULL, NULL), "200");
	peer_answer(invite, "486 Busy Here", "c1", NULL, NULL);
	world.seen = 0;
	CU_ASSERT(world_take("NOTIFY") != NULL);
	m = peer_gets("NOTIFY sip:bob@192.0.2.3:5060");
	SAME(peer_header(m, "Call-ID"), ID);
	SAME(peer_body(m), "SIP/2.0 486 Busy Here\r\n");
	peer_answer(m, "401 Unauthorized", NULL,
	    "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n", NULL);
	m = peer_gets("NOTIFY");
	HOLDS(peer_header(m, "Authorization"), "realm=\"r\"");
	peer_answer(m, "481 No Such Call", NULL, NULL, NULL);
	over();
}

/* What becomes of the call that a REFER makes, and what the last NOTIFY says;
 * the others are never answered, or with 481. */
static void
outcomes(void)
{
	static const struct {
		const char *uri, *answer, *key, *body;
	} cases[] = {
		{ "<sip:carol@biloxi.example.com>", "404 Not Found", NULL,
		    "SIP/2.0 404 Not Found\r\n" },
		{ "<sip:carol@biloxi.example.com>", NULL, NULL,
		    "SIP/2.0 408 Request Timeout\r\n" },
		{ "<sip:carol@nowhere.example>", NULL, NULL,
		    "SIP/2.0 503 Service Unavailable\r\n" },
		{ "<sip:carol@biloxi.example.com>", "180 Ringing", NULL,
		    "SIP/2.0 100 Trying\r\n" },
		{ "<sip:carol@biloxi.example.com>", "180 Ringing", "{end}",
		    "SIP/2.0 487 Request " },
	};
	char tag[32], more[128];
	const char *m, *last;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		begin();
		talk(1, tag);
		snprintf(more, sizeof(more), "r: %s\r\n", cases[i].uri);
		SAME(within("REFER", ID, tag, 2, more, NULL, NULL), "202");
		peer_answer(world_take("NOTIFY"), "200 OK", NULL, NULL, NULL);
		m = cases[i].answer != NULL ? world_take("INVITE") : NULL;
		if (m != NULL)
			peer_answer(m, cases[i].answer, "c1", NULL, NULL);
		if (cases[i].key != NULL) {
			world_press(cases[i].key);
			m = peer_gets("CANCEL");
			peer_answer(m, "200 OK", NULL, NULL, NULL);
			world_run(40000);
		}
		world_run(62000);
		world.seen = 0;
		for (last = NULL; (m = world_take("NOTIFY")) != NULL; last = m)
			continue;
		CU_ASSERT_FATAL(last != NULL);
		HOLDS(peer_body(last), cases[i].body);
		HOLDS(peer_header(last, "Subscription-State"), "terminated");
		CU_ASSERT(i == 3 || world_shows("Talking"));
		world_close();
	}
}

/* Nobody answers a NOTIFY: there is no second one. */
static void
deaf_referrer(void)
{
	char tag[32];
	const char *m;

	begin();
	talk(1, tag);
	SAME(within("REFER", ID, tag, 2,
		 REFER_TO("<sip:carol@biloxi.example.com>"), NULL, NULL),
	    "202");
	m = peer_gets("INVITE");
	peer_answer(m, "200 OK", "c1", PEER_CONTACT, PEER_SDP);
	world_run(40000);
	world.seen = 0;
	while ((m = world_take("NOTIFY")) != NULL)
		SAME(peer_body(m), "SIP/2.0 100 Trying\r\n");
	/* The next may be asked for again. */
	SAME(within("BYE", ID, tag, 5, NULL, NULL, NULL), "200");
	world_press("{end}");
	world_press("{end}");
	over();
}

static void
bad_refer(void)
{
	static const struct {
		const char *more, *status;
	} cases[] = {
		{ PEER_CONTACT, "400" },
		{ REFER_TO(""), "400" },
		{ REFER_TO("<sip:a@b.example>") "r: <sip:c@b.example>\r\n",
		    "400" },
		{ REFER_TO("<sip:a@b.example>, <sip:c@b.example>"), "400" },
		{ REFER_TO("<>"), "400" },
		{ REFER_TO("<tel:123>"), "603" },
		{ REFER_TO("<sips:a@b.example>"), "603" },
		{ REFER_TO("<sip:a@b.example;method=BYE>"), "603" },
		{ REFER_TO("<sip:a@b.example;method>"), "603" },
		{ REFER_TO("<sip:a@b.example?Replaces=x%0d%0aEvil:%20y>"),
		    "603" },
		{ REFER_TO("<sip:a@b.example") "Referred-By: x\r\n", "400" },
	};
	char tag[32];

	begin();
	talk(1, tag);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		SAME(within("REFER", ID, tag, (unsigned)i + 2, cases[i].more,
			 NULL, NULL),
		    cases[i].status);
	CU_ASSERT(world_take("NOTIFY") == NULL);
	/* Outside of a call. */
	SAME(within("REFER", "other", NULL, 1, REFER_TO("<sip:a@b.example>"),
		 NULL, NULL),
	    "603");
	SAME(within("REFER", "other", "x", 1, REFER_TO("<sip:a@b.example>"),
		 NULL, NULL),
	    "481");
	SHOWS("Talking");
	world_close();
}

/* With Replaces: it goes into the INVITE. */
static void
referred_to_replace(void)
{
	char tag[32];
	const char *m;

	begin();
	talk(1, tag);
	SAME(within("REFER", ID, tag, 2,
		 REFER_TO("<sip:carol@192.0.2.5?Replaces=1%40a%3Bto-tag%3Dt%3B"
			  "from-tag%3Df&Require=replaces>"),
		 NULL, NULL),
	    "202");
	m = peer_gets("INVITE sip:carol@192.0.2.5 SIP/2.0");
	SAME(peer_header(m, "Replaces"), "1@a;to-tag=t;from-tag=f");
	SAME(peer_header(m, "Require"), "replaces");
	world_close();
}

/* ---- an INVITE that replaces ---- */

/* The status of carol's INVITE with MORE. */
static const char *
replace(const char *more)
{
	static unsigned n;
	static char status[4];
	char branch[16], all[512];
	const char *m;
	size_t was = world.nsent;

	snprintf(branch, sizeof(branch), "r%u", ++n);
	snprintf(all, sizeof(all), PEER_CONTACT "%s", more);
	world.seen = was;
	peer_send(&(struct peer_request){ "INVITE", branch, branch, "carol",
	    NULL, 1, all, "application/sdp", PEER_SDP, NULL });
	m = world_take("SIP/2.0 ");
	snprintf(status, sizeof(status), "%s", m != NULL ? m + 8 : "");
	world.seen = was;
	return status;
}

static void
replaced(void)
{
	char tag[32], more[256];
	const char *m;

	begin();
	talk(1, tag);
	snprintf(more, sizeof(more),
	    "Require: replaces\r\n"
	    "Replaces: " ID " ; from-tag=bobtag ;to-tag=%s\r\n",
	    tag);
	SAME(replace(more), "200");
	SHOWS("Now with");
	m = peer_gets("BYE");
	SAME(peer_header(m, "Call-ID"), ID);
	peer_answer(m, "200 OK", NULL, NULL, NULL);
	CU_ASSERT(world_count("SIP/2.0 180") == 1);
	WAITED(4000, "Answering...");
	SHOWS("Bob");
	/* It is gone. */
	SAME(replace(more), "481");
	world_close();
}

/* A call that the phone makes and that is not answered yet. */
static void
replaced_early(void)
{
	char copy[4096], more[256];
	const char *m;

	begin();
	world_press("{soft2}{ok}");
	world_run(20);
	m = peer_gets("INVITE");
	snprintf(copy, sizeof(copy), "%s", m);
	peer_answer(copy, "180 Ringing", "b1", NULL, NULL);
	snprintf(more, sizeof(more),
	    "Replaces: %s;early-only;to-tag=%s;from-tag=b1\r\n",
	    peer_header(copy, "Call-ID"),
	    peer_param(peer_header(copy, "From"), "tag"));
	SAME(replace(more), "200");
	CU_ASSERT(world_take("CANCEL") != NULL);
	peer_answer(copy, "487 Request Terminated", "b1", NULL, NULL);
	WAITED(4000, "Answering...");
	world_close();
}

static void
bad_replaces(void)
{
	static const struct {
		const char *value; /* '#': the phone's tag */
		const char *status;
	} cases[] = {
		{ "Replaces:\r\n", "400" },
		{ "Replaces: x\r\n", "400" },
		{ "Replaces: ;to-tag=#;from-tag=bobtag\r\n", "400" },
		{ "Replaces: " ID ";to-tag=#\r\n", "400" },
		{ "Replaces: " ID ";to-tag;from-tag=bobtag\r\n", "400" },
		{ "Replaces: " ID ";to-tag=#;to-tag=#;from-tag=bobtag\r\n",
		    "400" },
		{ "Replaces: " ID ";to-tag=#;from-tag=bobtag,x\r\n", "400" },
		{ "Replaces: " ID ";to-tag=#;from-tag=bobtag\r\n"
		  "Replaces: " ID ";to-tag=#;from-tag=bobtag\r\n",
		    "400" },
		{ "Replaces: " ID ";to-tag=0;from-tag=bobtag\r\n", "481" },
		{ "Replaces: " ID ";to-tag=bobtag;from-tag=#\r\n", "481" },
		{ "Replaces: other;to-tag=#;from-tag=bobtag\r\n", "481" },
		{ "Replaces: " ID ";early-only;to-tag=#;from-tag=bobtag\r\n",
		    "486" },
		{ "Replaces: " ID ";to-tag=#;from-tag=bobtag\r\n"
		  "Require: nothing\r\n",
		    "420" },
	};
	char tag[32], more[512], *to;

	begin();
	talk(1, tag);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		to = more;
		for (const char *p = cases[i].value; *p != '\0'; p++)
			to += *p == '#' ? sprintf(to, "%s", tag)
					: sprintf(to, "%c", *p);
		SAME(replace(more), cases[i].status);
		SHOWS("Talking");
	}
	/* In another request. */
	SAME(within("OPTIONS", "o", NULL, 1,
		 "Replaces: a;to-tag=b;from-tag=c\r\n", NULL, NULL),
	    "400");
	/* While it ends. */
	world_press("{end}");
	snprintf(more, sizeof(more),
	    "Replaces: " ID ";to-tag=%s;from-tag=bobtag\r\n", tag);
	SAME(replace(more), "603");
	world_close();
	/* It rings: not begun here. */
	begin();
	peer_invite(1, NULL, PEER_SDP);
	snprintf(more, sizeof(more),
	    "Replaces: " ID ";to-tag=%s;from-tag=bobtag\r\n",
	    peer_param(peer_header(world_take("SIP/2.0 180"), "To"), "tag"));
	SAME(replace(more), "481");
	SHOWS("Incoming call");
	world_close();
}

/* ---- texts ---- */

static void
texts(void)
{
	const char *m;

	begin();
	PRESSED("{ok}6", "I'll call you later.");
	PRESSED("{down}{ok}", "Send text");
	world_press("1002#");
	m = peer_gets("MESSAGE sip:1002@atlanta.example.com");
	HOLDS(peer_header(m, "Content-Type"), "text/plain");
	SAME(peer_body(m), "Please call me.");
	SAME(peer_header(m, "Contact"), "");
	peer_answer(m, "407 Proxy Authentication Required", "x",
	    "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n", NULL);
	m = peer_gets("MESSAGE");
	SAME(peer_header(m, "CSeq"), "2 MESSAGE");
	HOLDS(peer_header(m, "Proxy-Authorization"), "realm=\"r\"");
	peer_answer(m, "200 OK", "x", NULL, NULL);
	SHOWS("Message sent");
	/* To a name of the book; nobody takes it. */
	world_press("{soft2}");
	world_press("{ok}6{ok}{down}{ok}");
	m = peer_gets("MESSAGE sip:bob@biloxi.example.com");
	SAME(peer_body(m), "I'll call you later.");
	world_run(40000);
	world.seen = 0;
	CU_ASSERT(world_logged("message to sip:bob@biloxi.example.com"));
	world_press("{ok}6{soft2}");
	over();
}

/* In a call it goes to whom one talks with. */
static void
text_in_call(void)
{
	char tag[32];
	const char *m;

	begin();
	talk(1, tag);
	PRESSED("{ok}3", "Please call me.");
	world_press("{ok}");
	m = peer_gets("MESSAGE sip:bob@biloxi.example.com");
	peer_answer(m, "403 Forbidden", "x", NULL, NULL);
	SHOWS("Not sent");
	SHOWS("Forbidden");
	WAITED(4000, "Talking");
	/* The call ends while one chooses. */
	world_press("{ok}2");
	SAME(within("BYE", ID, tag, 2, NULL, NULL, NULL), "200");
	WAITED(4000, "Dial");
	world_press("7#");
	CU_ASSERT(world_take("INVITE sip:7@atlanta.example.com") != NULL);
	world_close();
}

CHECK_MAIN("firmware: phone transfers", { "blind", blind },
    { "not transferred", not_transferred }, { "refused", refused },
    { "challenged", challenged }, { "bad NOTIFY", bad_notify },
    { "attended", attended }, { "referred", referred },
    { "referrer leaves", referrer_leaves }, { "outcomes", outcomes },
    { "deaf referrer", deaf_referrer }, { "bad REFER", bad_refer },
    { "referred to replace", referred_to_replace }, { "replaced", replaced },
    { "replaced early", replaced_early }, { "bad Replaces", bad_replaces },
    { "texts", texts }, { "text in call", text_in_call })
