/*
 * Picking up calls (RFC 5359 2.15, 2.16): bill asks the tester, bob, for its
 * dialogs, and calls the other side of one, a second tester.
 */
#include "roles/ua/ua.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester bob, alice;

#define XML               "Content-Type: application/dialog-info+xml\n\n"
#define ROOT              "<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\">"
#define END               "</dialog-info>"
#define IDS               " call-id=\"c1@x\" local-tag=\"l\" remote-tag=\"r\""
#define IN                " direction=\"recipient\">"
#define OUT               " direction=\"initiator\">"
#define EARLY             "<state>early</state>"
#define TALKS             "<state>confirmed</state>"
#define AT(u)             "<remote><target uri=\"" u "\"/></remote>"
#define ALICE             AT("sip:alice@192.0.2.8")
#define DIALOG(ids, more) ROOT "<dialog id=\"1\"" ids more "</dialog>" END

static void
start(void)
{
	stage_open(&s);
	tester_open(&s, &bob, "bob", 9);
	tester_open(&s, &alice, "alice", 8);
	stage_node(&s, "bill", "ua", "b.example", 3, "");
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 80000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&bob);
	tester_close(&alice);
}

/* bob's N-th NOTIFY. */
static void
tells(unsigned n, const char *state, const char *document)
{
	size_t i = tester_find(&bob, "SUBSCRIBE", 0, 0);

	tester_say(&bob, 3,
	    "NOTIFY sip:bill@192.0.2.3 SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn%u\n"
	    "From: <sip:bob@192.0.2.9>;tag=p\n"
	    "To: <sip:bill@b.example>;tag=%.*s\n"
	    "Call-ID: %.*s\nCSeq: %u NOTIFY\nEvent: dialog\n"
	    "Contact: <sip:bob@192.0.2.9>\n"
	    "Subscription-State: %s\n" XML "%s",
	    n, STR_ARG(msg_tag(msg_value(tester_at(&bob, i), MSG_H_FROM))),
	    STR_ARG(msg_value(tester_at(&bob, i), MSG_H_CALL_ID)), n, state,
	    document);
	stage_run(&s, 25);
}

static void
asks(const char *early_only)
{
	start();
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bill", "pickup", NULL, "target", "sip:bob@192.0.2.9",
		early_only != NULL ? "early_only" : NULL, early_only, NULL),
	    0);
	stage_run(&s, 15);
	tester_answer(&bob, tester_find(&bob, "SUBSCRIBE", 0, 0), 200, "p",
	    "Expires: 0\n" CONTACT(9));
	stage_run(&s, 15);
}

/* What comes of a document: a Replaces, or no INVITE. */
static void
documents(void)
{
	static const char ringing[] = "c1@x;to-tag=r;from-tag=l;early-only";
	static const char any[] = "c1@x;to-tag=r;from-tag=l";
	static const struct {
		const char *early_only, *document, *replaces;
	} rows[] = {
		{ NULL, DIALOG(IDS, IN EARLY ALICE), ringing },
		{ "true", DIALOG(IDS, IN EARLY ALICE), ringing },
		{ "false", DIALOG(IDS, IN EARLY ALICE), any },
		{ "false", DIALOG(IDS, OUT TALKS ALICE), any },
		{ "false", DIALOG(IDS, IN TALKS ALICE), any },
		/* The first that may be taken. */
		{ NULL,
		    ROOT "<dialog id=\"0\"" IDS OUT EARLY "</dialog>"
			 "<dialog id=\"1\"" IDS IN EARLY ALICE "</dialog>" END,
		    ringing },
		{ NULL,
		    DIALOG(IDS, IN EARLY
			"<remote><identity>sip:alice@192.0.2.8</identity>"
			"</remote>"),
		    ringing },
		/* Answered; begun there; over; not named; no dialog at all. */
		{ NULL, DIALOG(IDS, IN TALKS ALICE), NULL },
		{ "false", DIALOG(IDS, OUT EARLY ALICE), NULL },
		{ "false", DIALOG(IDS, IN "<state>terminated</state>" ALICE),
		    NULL },
		{ NULL, DIALOG("", IN EARLY ALICE), NULL },
		{ NULL,
		    DIALOG(" call-id=\"c\" local-tag=\"l\"", IN EARLY ALICE),
		    NULL },
		{ NULL, ROOT END, NULL },
		/* What would break the field, or the request. */
		{ NULL,
		    DIALOG(" call-id=\"c&#13;&#10;Evil: 1\" local-tag=\"l\" "
			   "remote-tag=\"r\"",
			IN EARLY ALICE),
		    NULL },
		{ NULL,
		    DIALOG(" call-id=\"c\" local-tag=\"l;x&lt;\" "
			   "remote-tag=\"r,\"",
			IN EARLY ALICE),
		    NULL },
		{ NULL, DIALOG(IDS, IN EARLY AT("sip:a@192.0.2.8?Evil=1")),
		    NULL },
		{ NULL, DIALOG(IDS, IN EARLY AT("http://192.0.2.8/")), NULL },
		{ NULL, DIALOG(IDS, IN EARLY AT("sip:a@192.0.2.8;method=BYE")),
		    NULL },
		{ NULL, DIALOG(IDS, IN EARLY AT("")), NULL },
		{ NULL, DIALOG(IDS, IN EARLY), NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *want = rows[i].replaces;
		size_t n;

		asks(rows[i].early_only);
		tells(1, "terminated;reason=timeout", rows[i].document);
		CU_ASSERT_EQUAL(tester_count(&bob, "NOTIFY", 200), 1);
		n = tester_count(&alice, "INVITE", 0);
		if (n != (want != NULL))
			printf("  document %zu: %zu INVITEs\n", i, n);
		CU_ASSERT_EQUAL(n, want != NULL ? 1 : 0);
		if (want != NULL) {
			CU_ASSERT(str_is(
			    msg_field_named(tester_at(&alice, 0), "Replaces", 0)
				->value,
			    want));
			CU_ASSERT(tester_has(&alice, 0, "Require", "replaces"));
			tester_answer(&alice, 0, 486, "a", "");
		} else {
			CU_ASSERT(str_find(buf_view(&s.trace),
				      "\"pickup-none\"") >= 0);
		}
		stop();
	}
}

/* A NOTIFY that nobody can read; two of them; a refusal; bad arguments. */
static void
bad_news(void)
{
	asks(NULL);
	tells(1, "terminated;reason=timeout", "<dialog-info>");
	CU_ASSERT_EQUAL(tester_count(&alice, "INVITE", 0), 0);
	stop();
	asks(NULL);
	tells(1, "active;expires=60", DIALOG(IDS, IN EARLY ALICE));
	tells(2, "terminated;reason=timeout", DIALOG(IDS, IN EARLY ALICE));
	CU_ASSERT_EQUAL(tester_count(&alice, "INVITE", 0), 1);
	tester_answer(&alice, 0, 481, "a", "");
	stop();
	start();
	CU_ASSERT_EQUAL(stage_do(&s, "bill", "pickup", NULL, NULL), ERR_SYNTAX);
	CU_ASSERT_EQUAL(stage_do(&s, "bill", "pickup", NULL, "target",
			    "sip:bob@192.0.2.9", "early_only", "maybe", NULL),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(stage_do(&s, "bill", "pickup", NULL, "target",
			    "sip:bob@192.0.2.9", NULL),
	    0);
	stage_run(&s, 15);
	tester_answer(&bob, tester_find(&bob, "SUBSCRIBE", 0, 0), 403, "p", "");
	CU_ASSERT_EQUAL(tester_count(&alice, "INVITE", 0), 0);
	stop();
}

CHECK_MAIN("pickup", { "documents", documents }, { "bad_news", bad_news })
