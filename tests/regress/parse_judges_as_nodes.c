/*
 * What rung parse says of a message is what a node finds in it: the same fault,
 * and an answer where the node gives one.  The torture messages of RFC 4475 and
 * RFC 5118, each as it is, with LF for CRLF, and without its CSeq.
 */
#include "fixtures/stage.h"

#include "packets/capture.h"
#include "msg/annotate.h"

static struct stage s;
static struct tester t;
static struct msg m;

/* The node of the phone that BYTES are for, which has got them. */
static void
receive(struct str bytes)
{
	struct addr dst = stage_addr(2);
	struct node *x;

	STAGE_OPEN(&s, &t, "t", 8);
	x = stage_add(&s, "x", "ua", "example.com", 2, "answer=never");
	CU_ASSERT_PTR_NOT_NULL_FATAL(x);
	if (msg_read(&m, bytes, NULL) == MSG_FAULT_NONE && m.request) {
		char *aor = mem_dup(m.uri.p, m.uri.n);

		CU_ASSERT_EQUAL(node_set_attr(x, "aor", aor), 0);
		mem_free(aor);
	}
	CU_ASSERT_EQUAL_FATAL(node_start(x), 0);
	tester_send(&t, &dst, bytes);
	stage_run(&s, 100);
}

static void
compare(const char *name, const char *how, struct str bytes)
{
	struct msg_notes notes;
	struct str at;
	bool bad, answered, well;
	char fault[64];

	CU_ASSERT_EQUAL_FATAL(msg_annotate(bytes, &notes), 0);
	receive(bytes);
	snprintf(fault, sizeof(fault), "\"fault\":\"%s\"",
	    msg_fault_name(notes.fault));
	bad = stage_count(&s, KIND("bad"), NODE("x"), NULL) > 0;
	answered = stage_count(&s, KIND("send"), NODE("x"), "\"start\":4") +
		       stage_count(&s, KIND("send"), NODE("x"), "\"start\":5") +
		       stage_count(&s, KIND("send"), NODE("x"), "\"start\":6") >
		   0;
	if (notes.fault == MSG_FAULT_NONE)
		well = !bad;
	else if (bad)
		well = stage_count(&s, KIND("bad"), NODE("x"), fault) == 1 &&
		       answered == notes.answered;
	else /* what its method asks for */
		well = msg_judge(&m, bytes, &at) == MSG_FAULT_NONE && answered;
	if (!well)
		printf("  %s, %s: %s%s, and the node: %s%s\n", name, how,
		    msg_fault_name(notes.fault),
		    notes.answered ? " answered" : "", bad ? "bad" : "good",
		    answered ? " answered" : "");
	CU_ASSERT_TRUE(well);
	CU_ASSERT(stage_run(&s, 300000));
	STAGE_CLOSE(&s, &t);
	msg_notes_free(&notes);
}

/* BYTES without CRs, or without their CSeq. */
static void
change(struct str bytes, bool lines, struct buf *out)
{
	struct str rest = bytes, line;

	buf_clear(out);
	while (rest.n > 0) {
		line = str_cut(rest, '\n', &rest);
		if (!lines && str_istarts(line, "CSeq"))
			continue;
		if (lines && line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		buf_str(out, line);
		buf_putc(out, '\n');
	}
}

/* One of FOLDER's messages, as it is and changed. */
static void
compare_file(const char *set, struct str name)
{
	LOCAL_BUF bytes = BUF_INIT, other = BUF_INIT;
	char path[512];

	snprintf(
	    path, sizeof(path), "%s/%s/%.*s", check_data(), set, STR_ARG(name));
	if (buf_read_file(&bytes, path, 1 << 16) != 0) {
		check_skip("no such message beside the project");
		return;
	}
	compare(path, "as it is", buf_view(&bytes));
	change(buf_view(&bytes), true, &other);
	compare(path, "with LF", buf_view(&other));
	change(buf_view(&bytes), false, &other);
	compare(path, "without CSeq", buf_view(&other));
}

/* All files of FOLDER that its index names. */
static void
compare_folder(const char *set)
{
	LOCAL_BUF index = BUF_INIT;
	struct str rest;
	char path[512];

	snprintf(path, sizeof(path), "%s/%s/index.tsv", check_data(), set);
	if (buf_read_file(&index, path, 1 << 20) != 0) {
		check_skip("no messages beside the project");
		return;
	}
	rest = buf_view(&index);
	str_cut(rest, '\n', &rest);
	while (rest.n > 0) {
		struct str row = str_cut(rest, '\n', &rest);

		compare_file(set, str_cut(row, '\t', &row));
	}
}

static void
torture(void)
{
	compare_folder("torture");
}

/* Those of the flows of RFC 3665, 3666 and 5359. */
static void
flows(void)
{
	compare_folder("messages");
}

static void
crashers(void)
{
	static const char *const names[] = { "nul-in-body-clone-overread.sip",
		"sdp-m-line-overread.sip",
		"mime-duplicate-content-type-leak.sip" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		compare_file("osip-crashers", str_of(names[i]));
}

/* All messages of the captures of real networks. */
static void
captures(void)
{
	LOCAL_BUF index = BUF_INIT, bytes = BUF_INIT, scratch = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct str rest;
	char path[512], name[600];

	snprintf(path, sizeof(path), "%s/pcap/stats.tsv", check_data());
	if (buf_read_file(&index, path, 1 << 20) != 0) {
		check_skip("no captures beside the project");
		return;
	}
	rest = buf_view(&index);
	str_cut(rest, '\n', &rest);
	while (rest.n > 0) {
		struct str row = str_cut(rest, '\n', &rest);
		struct str file = str_cut(row, '\t', &row);
		struct capture_message cm;
		struct capture *c;

		snprintf(path, sizeof(path), "%s/pcap/%.*s", check_data(),
		    STR_ARG(file));
		CU_ASSERT_EQUAL_FATAL(capture_open(&c, path, NULL, &d), 0);
		for (size_t i = 0; i < capture_count(c); i++) {
			capture_get(c, i, &cm, &scratch);
			snprintf(name, sizeof(name), "%s #%llu", path,
			    (unsigned long long)cm.packet);
			buf_clear(&bytes);
			buf_str(&bytes, cm.bytes);
			compare(name, "as it is", buf_view(&bytes));
		}
		capture_close(c);
	}
}

/* What a method's own definition asks for. */
static void
by_method(void)
{
	static const struct {
		const char *method, *field;
		unsigned status;
		const char *says;
	} rows[] = {
		{ "SUBSCRIBE", "", 400, "Missing Event header field" },
		{ "SUBSCRIBE", "o: weather\r\n", 489, "" },
		{ "PUBLISH", "", 405, "" },
		{ "PRACK", "", 400, "Missing RAck header field" },
		{ "NOTIFY", "Event: refer\r\n", 400,
		    "Missing Subscription-State header field" },
		{ "REFER", "", 400, "Missing Refer-To header field" },
		{ "REFER", "r: <sip:a@b>\r\nRefer-To: <sip:c@d>\r\n", 400,
		    "Two Refer-To header fields" },
		{ "REFER", "Refer-To: <sip:a@b>, <sip:c@d>\r\n", 400,
		    "Bad Refer-To header field" },
		{ "REFER", "Refer-To: <sip:a@b>\r\n", 603, "" },
		{ "INVITE", "", 400, "Missing Contact header field" },
		{ "INVITE", "Contact: *\r\n", 400, "Bad Contact header field" },
	};
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_clear(&b);
		buf_printf(&b,
		    "%s sip:x@192.0.2.2 SIP/2.0\r\n"
		    "Via: SIP/2.0/UDP 192.0.2.8;branch=z9hG4bK%zu\r\n"
		    "From: <sip:t@192.0.2.8>;tag=1\r\nTo: <sip:x@b>\r\n"
		    "Call-ID: %zu\r\nCSeq: 1 %s\r\nMax-Forwards: 7\r\n%s\r\n",
		    rows[i].method, i, i, rows[i].method, rows[i].field);
		compare(rows[i].method, rows[i].field, buf_view(&b));
		receive(buf_view(&b));
		CU_ASSERT_EQUAL_FATAL(t.n, 1);
		CU_ASSERT_EQUAL(tester_status(&t, 0), rows[i].status);
		CU_ASSERT(
		    str_find(tester_at(&t, 0)->start_line, rows[i].says) >= 0);
		CU_ASSERT(stage_run(&s, 300000));
		STAGE_CLOSE(&s, &t);
	}
	buf_free(&b);
}

/* A binding's q has a range (RFC 3261 25.1); a registrar says so, too. */
static void
preferences(void)
{
	static const struct {
		const char *contacts;
		bool good;
	} rows[] = {
		{ "<sip:x@192.0.2.8>;q=1.5", false },
		{ "<sip:x@192.0.2.8>;q=-1", false },
		{ "<sip:x@192.0.2.8>;q=", false },
		{ "<sip:x@192.0.2.8>;q=0.1234", false },
		{ "<sip:x@192.0.2.8>;q=0.7, <sip:y@192.0.2.8>;q=2", false },
		{ "<sip:x@192.0.2.8>\r\nm: <sip:y@192.0.2.8>;q=1.001", false },
		{ "<sip:x@192.0.2.8>;q=0.123, <sip:y@192.0.2.8>;q=1.000",
		    true },
		{ "<sip:x@192.0.2.8>;q=0, <sip:y@192.0.2.8>;q=1", true },
	};
	struct addr dst = stage_addr(2);
	LOCAL_BUF b = BUF_INIT;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct msg_notes notes;
		struct node *n;

		buf_clear(&b);
		buf_printf(&b,
		    "REGISTER sip:example.com SIP/2.0\r\n"
		    "Via: SIP/2.0/UDP 192.0.2.8;branch=z9hG4bK%zu\r\n"
		    "From: <sip:t@example.com>;tag=1\r\n"
		    "To: <sip:t@example.com>\r\nCall-ID: %zu\r\n"
		    "CSeq: 1 REGISTER\r\nMax-Forwards: 7\r\n"
		    "Contact: %s\r\n\r\n",
		    i, i, rows[i].contacts);
		STAGE_OPEN(&s, &t, "t", 8);
		n = stage_add(
		    &s, "r", "registrar location", "example.com", 2, "");
		CU_ASSERT_PTR_NOT_NULL_FATAL(n);
		CU_ASSERT_EQUAL_FATAL(node_start(n), 0);
		tester_send(&t, &dst, buf_view(&b));
		stage_run(&s, 100);
		CU_ASSERT_EQUAL_FATAL(t.n, 1);
		CU_ASSERT_EQUAL(tester_status(&t, 0), rows[i].good ? 200 : 400);
		CU_ASSERT_EQUAL_FATAL(msg_annotate(buf_view(&b), &notes), 0);
		CU_ASSERT_EQUAL(notes.fault,
		    rows[i].good ? MSG_FAULT_NONE : MSG_FAULT_VALUE);
		msg_notes_free(&notes);
		CU_ASSERT(stage_run(&s, 300000));
		STAGE_CLOSE(&s, &t);
	}
}

CHECK_MAIN("parse_judges_as_nodes", { "torture", torture },
    { "call flows", flows }, { "captures", captures },
    { "what broke libosip2", crashers }, { "by method", by_method },
    { "preferences", preferences })
