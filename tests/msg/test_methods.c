/*
 * The methods, the usages they belong to (RFC 5057), and what a failure ends:
 * the tables of msg/usages.h among themselves, against docs/METHODS.md, which
 * is made of them (GOLDEN=1 writes it), and against a phone.
 */
#include "base/rows.h"
#include "msg/header_names.h"
#include "msg/usages.h"
#include "roles/roles.h"
#include "roles/ua/ua.h"
#include "fixtures/page_part.h"
#include "fixtures/stage.h"

#define PAGE "docs/METHODS.md"

/* ---- the tables ---- */

static const char *
flag(unsigned facts, unsigned fact)
{
	return (facts & fact) != 0 ? "yes" : "";
}

static const struct usage_info {
	const char *name;
	unsigned rfc;
	const char *section;
	bool dialog;
	const char *text;
} usages[] = { MSG_USAGES(ROW_VALUES) };

static const struct msg_usage_method methods[] = {
#define X(method, usage, sender, facts) \
	{ MSG_##method, MSG_USAGE_##usage, sender, facts },
	MSG_USAGE_METHODS(X)
#undef X
};

static const struct msg_usage_method *
msg_usage_method_at(size_t i)
{
	return i < COUNT_OF(methods) ? &methods[i] : NULL;
}

static void
each_method_has_a_usage(void)
{
	for (int m = MSG_OTHER + 1; m < MSG_METHOD_COUNT; m++) {
		unsigned n = 0;

		for (int u = 0; u < MSG_USAGE_COUNT; u++)
			n += msg_usage_method_find(
				 (enum msg_method)m, (enum msg_usage)u) != NULL;
		CU_ASSERT(n > 0);
	}
}

static void
each_usage_begins(void)
{
	for (int u = 0; u < MSG_USAGE_COUNT; u++) {
		const struct msg_usage_method *row;
		unsigned starts = 0;

		for (size_t i = 0; (row = msg_usage_method_at(i)) != NULL; i++)
			starts += row->usage == (enum msg_usage)u &&
				  (row->facts & MSG_STARTS) != 0;
		CU_ASSERT(starts > 0);
		CU_ASSERT(usages[u].rfc > 0);
	}
}

static void
facts_agree(void)
{
	const struct msg_usage_method *row;

	for (size_t i = 0; (row = msg_usage_method_at(i)) != NULL; i++) {
		/* RFC 3261 12.2: only a Contact can be the new target. */
		if ((row->facts & MSG_REFRESHES) != 0)
			CU_ASSERT((row->facts & MSG_CONTACT) != 0);
		if ((row->facts & MSG_FORMS) != 0)
			CU_ASSERT((row->facts & MSG_STARTS) != 0);
		CU_ASSERT(msg_method_is(row->method, row->facts));
	}
	CU_ASSERT(msg_method_answers(MSG_NOTIFY));
	CU_ASSERT(!msg_method_answers(MSG_SUBSCRIBE));
	CU_ASSERT(!msg_method_is(MSG_OTHER, MSG_FORMS));
}

/* ---- the page ---- */

static const char *const senders[] = { "who began it", "the other side",
	"either side" };

static void
write_usage(enum msg_usage u, struct buf *out)
{
	const struct usage_info *info = &usages[u];
	const struct msg_usage_method *row;

	buf_printf(out,
	    "\n## Usage: %s\n\nRFC %u, %s: %s.\n\n"
	    "| Method | Sent by | Begins it | Makes a dialog | Has a Contact | "
	    "New target | May offer | Before the dialog is confirmed |\n"
	    "|---|---|---|---|---|---|---|---|\n",
	    info->name, info->rfc, info->section, info->text);
	for (size_t i = 0; (row = msg_usage_method_at(i)) != NULL; i++)
		if (row->usage == u)
			buf_printf(out,
			    "| %s | %s | %s | %s | %s | %s | %s | %s |\n",
			    msg_method_name(row->method), senders[row->sender],
			    flag(row->facts, MSG_STARTS),
			    flag(row->facts, MSG_FORMS),
			    flag(row->facts, MSG_CONTACT),
			    flag(row->facts, MSG_REFRESHES),
			    flag(row->facts, MSG_OFFERS),
			    flag(row->facts, MSG_EARLY));
}

static void
write_effect(enum msg_effect effect, const char *text, struct buf *out)
{
	const char *sep = "";

	buf_printf(out, "| %s | ", text);
	for (unsigned status = 300; status < 700; status++)
		if (msg_usage_effect(status) == effect) {
			buf_printf(out, "%s%u", sep, status);
			sep = ", ";
		}
	buf_puts(out, " |\n");
}

static void
write_spared(struct buf *out)
{
	const char *sep = "";

	buf_puts(out, "\nA usage can do without ");
	for (int m = MSG_OTHER + 1; m < MSG_METHOD_COUNT; m++)
		if (msg_method_is((enum msg_method)m, MSG_SPARED)) {
			buf_printf(out, "%s%s", sep,
			    msg_method_name((enum msg_method)m));
			sep = " and ";
		}
	buf_puts(out,
	    ": a 405 or 501 to them ends only the transaction. A request of "
	    "no\nusage ends a usage only if it ends the whole "
	    "dialog.\n");
}

static void
write_roles(struct buf *out)
{
	for (size_t i = 0; node_roles[i] != NULL; i++)
		if (node_roles[i]->allow != NULL)
			buf_printf(out, "| `%s` | %s | %s |\n",
			    node_roles[i]->word, node_roles[i]->allow,
			    node_roles[i]->supported != NULL
				? node_roles[i]->supported
				: "");
}

/* A lab that shows each method. */
static const char *const shown_in[MSG_METHOD_COUNT] = {
	[MSG_INVITE] = "two-proxies",
	[MSG_ACK] = "busy",
	[MSG_BYE] = "direct-call",
	[MSG_CANCEL] = "cancel",
	[MSG_REGISTER] = "registration",
	[MSG_OPTIONS] = "handout-requests",
	[MSG_PRACK] = "reliable-provisional",
	[MSG_SUBSCRIBE] = "presence",
	[MSG_NOTIFY] = "presence",
	[MSG_UPDATE] = "session-timer",
	[MSG_MESSAGE] = "instant-message",
	[MSG_INFO] = "dtmf",
	[MSG_REFER] = "transfer",
	[MSG_PUBLISH] = "presence",
};

/* The methods of RFC 3261, or those that later RFCs add. */
static void
write_methods(const char *title, bool core, struct buf *out)
{
	static const struct {
		const char *name, *section, *text;
		unsigned rfc;
	} rows[MSG_METHOD_COUNT] = {
#define X(id, rfc, section, text) [MSG_##id] = { #id, section, text, rfc },
		MSG_METHODS(X)
#undef X
	};

	buf_printf(out,
	    "\n### %s\n\n| Method | RFC | It | Lab |\n"
	    "|---|---|---|---|\n",
	    title);
	for (size_t i = MSG_OTHER + 1; i < MSG_METHOD_COUNT; i++) {
		CU_ASSERT(shown_in[i] != NULL);
		if ((rows[i].rfc == 3261) == core && shown_in[i] != NULL)
			buf_printf(out, "| %s | %u %s | %s | `labs/%s` |\n",
			    rows[i].name, rows[i].rfc, rows[i].section,
			    rows[i].text, shown_in[i]);
	}
}

static void
write_page(struct buf *out)
{
	write_methods("Core methods", true, out);
	write_methods("Extension methods", false, out);
	for (int u = 0; u < MSG_USAGE_COUNT; u++)
		write_usage((enum msg_usage)u, out);
	buf_puts(out,
	    "\n## What a failure ends\n\n"
	    "This is the answer to a request within a dialog (RFC 5057 5.1 "
	    "and 5.2). 408 is also the result if no\nanswer comes, 503 if "
	    "the request can't be sent. Every status that is not in the table "
	    "ends only the transaction.\n\n"
	    "| It ends | Status |\n|---|---|\n");
	write_effect(MSG_ENDS_USAGE, "the usage of the request", out);
	write_effect(MSG_ENDS_DIALOG, "the dialog, and all its usages", out);
	write_spared(out);
	buf_puts(out, "\n## What a role answers\n\n"
		      "| Role | Allow | Supported |\n|---|---|---|\n");
	write_roles(out);
}

static void
page(void)
{
	LOCAL_BUF now = BUF_INIT;

	write_page(&now);
	page_part_expect(PAGE, "methods", &now);
}

/* ---- what a method's definition asks for ---- */

#define EVENT "Event: presence\n"

/* A request of METHOD with EXTRA, which a server would refuse with STATUS for
 * the message alone; FIRST: before it asks whether it serves such a thing. */
static const struct {
	const char *method, *tag, *extra;
	unsigned status;
	bool first;
} asked[] = {
	{ "INVITE", "", "", 400, true },
	{ "INVITE", "", CONTACT(9), 0, false },
	{ "INVITE", ";tag=2", "", 0, false },
	{ "SUBSCRIBE", "", CONTACT(9), 400, true },
	{ "SUBSCRIBE", "", EVENT, 400, false },
	{ "SUBSCRIBE", "", EVENT "Contact: *\n", 400, false },
	{ "SUBSCRIBE", "", EVENT CONTACT(9), 0, false },
	{ "SUBSCRIBE", ";tag=2", EVENT, 0, false },
	{ "NOTIFY", ";tag=2", CONTACT(9), 400, true },
	{ "NOTIFY", ";tag=2", EVENT CONTACT(9), 400, true },
	{ "NOTIFY", ";tag=2", EVENT "Subscription-State: active\n" CONTACT(9),
	    0, false },
	{ "REFER", "", CONTACT(9), 400, true },
	{ "REFER", "", "Refer-To: <sip:c@c>, <sip:d@d>\n" CONTACT(9), 400,
	    true },
	{ "REFER", "", "Refer-To: <sip:c@c>\n", 400, false },
	{ "REFER", ";tag=2", "Refer-To: <sip:c@c>\n", 0, false },
	{ "PRACK", ";tag=2", "", 400, true },
	{ "PRACK", ";tag=2", "RAck: 1\n", 400, true },
	{ "PRACK", ";tag=2", "RAck: 1 1 INVITE\n", 0, false },
	{ "PUBLISH", "", "", 489, false },
	{ "PUBLISH", "", "Event:\n", 489, false },
	{ "PUBLISH", "", EVENT, 0, false },
	{ "MESSAGE", "", "", 0, false },
	{ "INFO", ";tag=2", "", 0, false },
	{ "UPDATE", ";tag=2", "", 400, true },
	{ "UPDATE", ";tag=2", CONTACT(9), 0, false },
	{ "UPDATE", ";tag=2", CONTACT(9) CONTACT(8), 400, true },
	{ "INVITE", ";tag=2", CONTACT(9) CONTACT(8), 400, true },
	{ "SUBSCRIBE", "", EVENT CONTACT(9) CONTACT(8), 400, false },
};

static void
asks_for_fields(void)
{
	static struct msg m;

	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		struct buf text = BUF_INIT, b = BUF_INIT;
		enum msg_header id;
		enum msg_fault fault, first;
		struct str at;

		buf_printf(&text,
		    "%s sip:b@b.example SIP/2.0\n"
		    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1\n"
		    "Max-Forwards: 70\nFrom: <sip:a@a>;tag=1\n"
		    "To: <sip:b@b.example>%s\nCall-ID: x\nCSeq: 1 %s\n"
		    "%sContent-Length: 0\n\n",
		    asked[i].method, asked[i].tag, asked[i].method,
		    asked[i].extra);
		for (size_t k = 0; k < text.n; k++)
			buf_printf(&b, "%s%c", text.p[k] == '\n' ? "\r" : "",
			    text.p[k]);
		CU_ASSERT_EQUAL(msg_judge(&m, buf_view(&b), &at), 0);
		fault = msg_check_method(&m, &at, &id);
		first = msg_check_method_first(&m, &at, &id);
		if (msg_fault_status(fault) != asked[i].status ||
		    (first != MSG_FAULT_NONE) != asked[i].first)
			printf("  row %zu: %u\n", i, msg_fault_status(fault));
		CU_ASSERT_EQUAL(msg_fault_status(fault), asked[i].status);
		CU_ASSERT_EQUAL(first != MSG_FAULT_NONE, asked[i].first);
		buf_free(&text);
		buf_free(&b);
	}
}

/* ---- a phone ---- */

static struct stage s;
static struct tester t;

/* What each method must have to be well formed. */
static const struct {
	enum msg_method method;
	const char *extra;
} fields[] = {
	{ MSG_INVITE, "Contact: <sip:peer@192.0.2.9>\n" },
	{ MSG_SUBSCRIBE, "Event: weather\nContact: <sip:peer@192.0.2.9>\n" },
	{ MSG_NOTIFY, "Event: refer\nSubscription-State: active\n"
		      "Contact: <sip:peer@192.0.2.9>\n" },
	{ MSG_REFER, "Refer-To: <sip:carol@192.0.2.8>\n"
		     "Contact: <sip:peer@192.0.2.9>\n" },
	{ MSG_UPDATE, "Contact: <sip:peer@192.0.2.9>\n" },
	{ MSG_PRACK, "RAck: 1 1 INVITE\n" },
	{ MSG_PUBLISH, "Event: presence\n" },
	{ MSG_MESSAGE, "Content-Type: text/plain\n" },
};

static const char *
fields_of(enum msg_method m)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (fields[i].method == m)
			return fields[i].extra;
	return "";
}

static bool
is_allowed(enum msg_method m)
{
	struct str rest = str_of(UA_ALLOW);

	while (rest.n > 0)
		if (str_is(str_trim(str_cut(rest, ',', &rest)),
			msg_method_name(m)))
			return true;
	return false;
}

/* The last final answer to METHOD, 0 for none. */
static unsigned
answer_to(enum msg_method method)
{
	for (size_t i = t.n; i-- > 0;) {
		const struct msg *m = tester_at(&t, i);
		struct msg_cseq cseq = { 0 };

		if (!m->request && m->status >= 180 &&
		    msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq) == 0 &&
		    str_is(cseq.method, msg_method_name(method)))
			return m->status;
	}
	return 0;
}

static void
expect(const char *where, enum msg_method m, unsigned status, unsigned want)
{
	if (status == want)
		return;
	printf("  %s: %s gets %u, not %u\n", where, msg_method_name(m), status,
	    want);
	CU_FAIL("not what the table says");
}

static void
complain(const char *where, enum msg_method m, unsigned status)
{
	printf("  %s: %s gets %u\n", where, msg_method_name(m), status);
	CU_FAIL("not what the table says");
}

/* A request of the peer's in the dialog of bob's call to it. */
static void
ask_within(enum msg_method m)
{
	tester_say(&t, 3,
	    "%s sip:bob@192.0.2.3 SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKw\n"
	    "From: <sip:peer@192.0.2.9>;tag=p\n"
	    "To: <sip:bob@b.example>;tag=%.*s\n"
	    "Call-ID: %.*s\nCSeq: 7 %s\n%s\n",
	    msg_method_name(m),
	    STR_ARG(msg_tag(msg_value(tester_at(&t, 0), MSG_H_FROM))),
	    STR_ARG(msg_value(tester_at(&t, 0), MSG_H_CALL_ID)),
	    msg_method_name(m), fields_of(m));
	stage_run(&s, 25);
}

/* In a session: what belongs to it, or to no usage, is served; what belongs to
 * a subscription has none (481, 489). */
static void
judge_within(enum msg_method m, unsigned status)
{
	bool session = msg_usage_method_find(m, MSG_USAGE_INVITE) != NULL ||
		       msg_usage_method_find(m, MSG_USAGE_NONE) != NULL ||
		       msg_usage_method_find(m, MSG_USAGE_REFER) != NULL;

	if (!is_allowed(m))
		expect("within", m, status, 405);
	else if (m == MSG_NOTIFY || m == MSG_PRACK)
		expect("within", m, status, 481);
	else if (m == MSG_SUBSCRIBE)
		expect("within", m, status, 489);
	else if (session && (status == 481 || status == 405 || status == 0))
		complain("within", m, status);
}

static void
within(void)
{
	for (int i = MSG_OTHER + 1; i < MSG_METHOD_COUNT; i++) {
		enum msg_method m = (enum msg_method)i;

		if (m == MSG_ACK || m == MSG_CANCEL)
			continue;
		STAGE_OPEN(&s, &t, "peer", 9);
		stage_node(&s, "bob", "ua", "b.example", 3, "");
		STAGE_CALL(&s, "bob", "sip:peer@192.0.2.9", 15);
		tester_answer(&t, 0, 200, "p", CONTACT(9));
		stage_run(&s, 25);
		ask_within(m);
		judge_within(m, answer_to(m));
		stage_run(&s, 80000);
		STAGE_CLOSE(&s, &t);
	}
}

/* ---- what a failure ends, at a phone ---- */

/* bob calls the peer, who has answered. */
static void
open_call(void)
{
	STAGE_OPEN(&s, &t, "peer", 9);
	stage_node(&s, "bob", "ua", "b.example", 3, "");
	STAGE_CALL(&s, "bob", "sip:peer@192.0.2.9", 15);
	tester_answer(&t, 0, 200, "p", CONTACT(9));
	stage_run(&s, 25);
}

static void
close_call(void)
{
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stage_run(&s, 15);
	if (tester_count(&t, "BYE", 0) > 0)
		tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
	STAGE_STOP(&s, 400000);
	tester_close(&t);
}

static const unsigned failures[] = { 400, 404, 405, 410, 416, 420, 480, 481,
	482, 483, 484, 485, 488, 489, 501, 502, 513, 600, 604, 606 };

/* A re-INVITE is the session's own: 5.1 ends it by a BYE, or with its dialog
 * without one. */
static void
failed_change(void)
{
	for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
		enum msg_effect effect = msg_usage_effect(failures[i]);

		open_call();
		stage_do(&s, "bob", "reinvite", "bob/1", NULL);
		stage_run(&s, 15);
		tester_answer(
		    &t, tester_find(&t, "INVITE", 0, 1), failures[i], "", "");
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0),
		    effect == MSG_ENDS_USAGE ? 1 : 0);
		CU_ASSERT(stage_call_is(&s, "bob/1",
		    effect == MSG_ENDS_NOTHING ? "confirmed"
		    : effect == MSG_ENDS_USAGE ? "terminating"
					       : "terminated"));
		close_call();
	}
}

/* A NOTIFY belongs to the subscription that the peer's REFER has made: the call
 * beside it ends only where the dialog does. */
static void
failed_notify(void)
{
	for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
		enum msg_effect effect = msg_usage_effect(failures[i]);

		open_call();
		ask_within(MSG_REFER);
		tester_answer(
		    &t, tester_find(&t, "NOTIFY", 0, 0), failures[i], "", "");
		stage_run(&s, 25);
		TESTER_HAS(&t, 0, "BYE", 0);
		CU_ASSERT(stage_call_is(&s, "bob/1",
		    effect == MSG_ENDS_DIALOG ? "terminated" : "confirmed"));
		CU_ASSERT_EQUAL(stage_count(&s, "\"machine\":\"subscription\"",
				    "\"to\":\"terminated\"", NULL),
		    effect == MSG_ENDS_NOTHING ? 0 : 1);
		close_call();
	}
}

/* What bob can send in his call, and what else its verb is told. */
static const struct {
	enum msg_method method;
	const char *verb, *key, *value;
} requests[] = {
	{ MSG_UPDATE, "update", "sdp", "false" },
	{ MSG_INFO, "info", "type", "text/plain" },
	{ MSG_MESSAGE, "message", "text", "hello" },
	{ MSG_OPTIONS, "options", NULL, NULL },
};

/* What the peer's answer STATUS to bob's request I leaves of his call. */
static void
fail_request(size_t i, unsigned status)
{
	enum msg_method m = requests[i].method;
	enum msg_effect effect = msg_method_effect(m, status);
	const char *state = effect == MSG_ENDS_NOTHING ? "confirmed"
			    : effect == MSG_ENDS_USAGE ? "terminating"
						       : "terminated";

	open_call();
	stage_do(&s, "bob", requests[i].verb, "bob/1", requests[i].key,
	    requests[i].value, NULL);
	stage_run(&s, 15);
	tester_answer(
	    &t, tester_find(&t, msg_method_name(m), 0, 0), status, "", "");
	stage_run(&s, 25);
	if (!stage_call_is(&s, "bob/1", state)) {
		printf("  %s, %u: the call is not %s\n", msg_method_name(m),
		    status, state);
		CU_FAIL("not what the table says");
	}
	CU_ASSERT_EQUAL(
	    tester_count(&t, "BYE", 0), effect == MSG_ENDS_USAGE ? 1 : 0);
	close_call();
}

static void
failed_request(void)
{
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
		for (size_t k = 0; k < sizeof(failures) / sizeof(failures[0]);
		     k++)
			fail_request(i, failures[k]);
}

/* No answer at all: 5.2. */
static void
lost_request(void)
{
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		bool ends = msg_method_effect(requests[i].method, 408) !=
			    MSG_ENDS_NOTHING;

		open_call();
		stage_do(&s, "bob", requests[i].verb, "bob/1", requests[i].key,
		    requests[i].value, NULL);
		stage_run(&s, 33000);
		CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0) > 0, ends);
		close_call();
	}
}

/* A PRACK in the only early dialog: what would end it takes the call back. */
static void
failed_prack(void)
{
	for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
		bool ends = msg_method_effect(MSG_PRACK, failures[i]) !=
			    MSG_ENDS_NOTHING;

		STAGE_OPEN(&s, &t, "peer", 9);
		stage_node(&s, "bob", "ua", "b.example", 3, "");
		STAGE_CALL(&s, "bob", "sip:peer@192.0.2.9", 15);
		tester_answer(
		    &t, 0, 180, "p", CONTACT(9) "Require: 100rel\nRSeq: 1\n");
		stage_run(&s, 25);
		tester_answer(
		    &t, tester_find(&t, "PRACK", 0, 0), failures[i], "", "");
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 0), ends ? 1 : 0);
		tester_answer(&t, 0, 487, "p", "");
		CU_ASSERT(stage_run(&s, 400000));
		CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
		STAGE_CLOSE(&s, &t);
	}
}

CHECK_MAIN("methods", { "each method has a usage", each_method_has_a_usage },
    { "each usage begins", each_usage_begins }, { "facts agree", facts_agree },
    { "the page", page }, { "asks for fields", asks_for_fields },
    { "within", within }, { "a change fails", failed_change },
    { "a NOTIFY fails", failed_notify },
    { "another request fails", failed_request },
    { "another request is lost", lost_request },
    { "a PRACK fails", failed_prack })
