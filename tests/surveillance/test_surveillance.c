/* Bodies of GB/T 28181 as bytes: src/protocol/surveillance. */
#include "fixtures/check.h"

#include "base/err.h"
#include "draw/doc.h"
#include "msg/annotate.h"
#include "script/sandbox.h"
#include "surveillance/manscdp.h"
#include "surveillance/mansrtsp.h"
#include "surveillance/ptz.h"

#include <string.h>

#define CAMERA "33010600001320000007"
#define HEAD(type)                              \
	"<CmdType>" type "</CmdType><SN>7</SN>" \
	"<DeviceID>" CAMERA "</DeviceID>"

/* BODY's findings as "missing Status, value SN"; the fault's sentence where it
 * can't be read. */
static const char *
judge_compare_runs(struct str body)
{
	static char text[400];
	struct manscdp m;
	size_t n = 0;
	int err = manscdp_read(&m, body);

	text[0] = '\0';
	CU_ASSERT(err == 0 || err == ERR_SYNTAX);
	if (err != 0)
		return manscdp_fault_words(m.fault);
	for (size_t i = 0; i < m.nfindings && n < sizeof(text) - 60; i++) {
		const struct manscdp_finding *f = &m.findings[i];
		struct str name = m.elements[f->element].name;

		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s %.*s",
		    n > 0 ? ", " : "", manscdp_finding_word(f->kind),
		    f->field != NULL ? (int)strlen(f->field) : (int)name.n,
		    f->field != NULL ? f->field : name.p);
	}
	manscdp_free(&m);
	return text;
}

static void
verdicts(void)
{
	static const struct {
		const char *body, *said;
	} rows[] = {
		{ "<Query>" HEAD("Catalog") "</Query>", "" },
		{ "<Notify>" HEAD("Keepalive") "<Status>OK</Status></Notify>",
		    "" },
		{ "<Notify>" HEAD("Keepalive") "<Status>OK</Status><Info>"
					       "<DeviceID>" CAMERA
					       "</DeviceID><DeviceID>" CAMERA
					       "</DeviceID></Info></Notify>",
		    "" },
		{ "<Notify>" HEAD("Keepalive") "</Notify>", "missing Status" },
		{ "<Notify><CmdType>Keepalive</CmdType><SN>x</SN>"
		  "<DeviceID>door</DeviceID><Status>GOOD</Status></Notify>",
		    "value SN, value DeviceID, value Status" },
		{ "<Query>" HEAD("Catalog") "<Colour>red</Colour></Query>",
		    "unknown Colour" },
		{ "<Query>" HEAD("Keepalive") "</Query>", "command Query" },
		{ "<Query>" HEAD("Catalog") "<SN>8</SN></Query>", "twice SN" },
		{ "<Query>" HEAD("RecordInfo") "<StartTime>2026-03-02 08:00"
					       "</StartTime></Query>",
		    "missing EndTime, value StartTime" },
		{ "<Response>" HEAD("Catalog") "<SumNum>0</SumNum></Response>",
		    "" },
		{ "<Response>" HEAD("Catalog") "<SumNum>2</SumNum></Response>",
		    "sum SumNum" },
		/* A page of three: only what is here is counted. */
		{ "<Response>" HEAD(
		      "Catalog") "<SumNum>3</SumNum>"
				 "<DeviceList "
				 "Num=\"1\"><Item><DeviceID>3301</DeviceID>"
				 "<Name>a</Name></Item></DeviceList></"
				 "Response>",
		    "" },
		{ "<Response>" HEAD(
		      "Catalog") "<SumNum>1</SumNum>"
				 "<DeviceList "
				 "Num=\"1\"><Item><DeviceID>3301</DeviceID>"
				 "<Name>a</Name></Item><Item><DeviceID>3302</"
				 "DeviceID>"
				 "<Name>b</Name></Item></DeviceList></"
				 "Response>",
		    "sum SumNum, num DeviceList" },
		/* Of a camera more has to be said than of a region. */
		{ "<Response>" HEAD(
		      "Catalog") "<SumNum>1</SumNum>"
				 "<DeviceList Num=\"1\"><Item><DeviceID>" CAMERA
				 "</DeviceID><Name>a</Name><Manufacturer/"
				 "><Model/><CivilCode/>"
				 "<Address/><Parental>0</Parental><ParentID/"
				 "><RegisterWay>1"
				 "</RegisterWay><Secrecy>0</Secrecy></Item></"
				 "DeviceList>"
				 "</Response>",
		    "missing Status" },
		{ "<Query>" HEAD(
		      "ConfigDownload") "<ConfigType>BasicParam/"
					"OSDConfig</ConfigType></Query>",
		    "" },
		{ "<Query>" HEAD(
		      "ConfigDownload") "<ConfigType>BasicParam/"
					"Colour</ConfigType></Query>",
		    "value ConfigType" },
		{ "<Control>" HEAD("DeviceControl") "<PTZCmd>A50F0108003000EE"
						    "</PTZCmd></Control>",
		    "value PTZCmd" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CU_ASSERT_STRING_EQUAL(
		    judge_compare_runs(str_of(rows[i].body)), rows[i].said);
}

static void
refused(void)
{
	static const struct {
		const char *body;
		enum manscdp_fault fault;
	} rows[] = {
		{ "", MANSCDP_FAULT_XML },
		{ "<Query>", MANSCDP_FAULT_XML },
		{ "<Question/>", MANSCDP_FAULT_ROOT },
		{ "<?xml version=\"1.0\" encoding=\"Big5\"?><Query/>",
		    MANSCDP_FAULT_CHARSET },
		{ "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Query>\xb6\xab"
		  "</Query>",
		    MANSCDP_FAULT_BYTES },
		{ "<?xml version=\"1.0\" encoding=\"GB2312\"?><Query>\xb6"
		  "</Query>",
		    MANSCDP_FAULT_BYTES },
		{ "<?xml version=\"1.0\"?><!-- a --><!DOCTYPE Query ["
		  "<!ENTITY a \"b\">]><Query>&a;</Query>",
		    MANSCDP_FAULT_DOCTYPE },
		{ "<Query>&a;</Query>", MANSCDP_FAULT_XML },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *said = judge_compare_runs(str_of(rows[i].body));

		CU_ASSERT_STRING_EQUAL(
		    said, manscdp_fault_words(rows[i].fault));
	}
}

/* What a catalogue may have of items, elements within each other. */
static void
bounded(void)
{
	static const char item[] = "<Item><DeviceID>3301</DeviceID><Name/>"
				   "</Item>";
	LOCAL_BUF b = BUF_INIT;

	for (unsigned n = MANSCDP_ITEMS; n <= MANSCDP_ITEMS + 1; n++) {
		buf_clear(&b);
		buf_printf(&b,
		    "<Response>" HEAD("Catalog") "<SumNum>%u</SumNum>"
						 "<DeviceList Num=\"%u\">",
		    n, n);
		for (unsigned i = 0; i < n; i++)
			buf_puts(&b, item);
		buf_puts(&b, "</DeviceList></Response>");
		CU_ASSERT_STRING_EQUAL(judge_compare_runs(buf_view(&b)),
		    n > MANSCDP_ITEMS ? manscdp_fault_words(MANSCDP_FAULT_ITEMS)
				      : "");
	}
	buf_clear(&b);
	for (unsigned i = 0; i < 40; i++)
		buf_puts(&b, "<Query>");
	CU_ASSERT_STRING_EQUAL(judge_compare_runs(buf_view(&b)),
	    manscdp_fault_words(MANSCDP_FAULT_XML));
	/* Many faults: those that are kept are the first. */
	buf_clear(&b);
	buf_puts(&b, "<Query>");
	for (unsigned i = 0; i < 50000; i++)
		buf_puts(&b, "<x/>");
	buf_puts(&b, "<CmdType>Catalog</CmdType></Query>");
	CU_ASSERT(
	    strncmp(judge_compare_runs(buf_view(&b)), "unknown x, ", 11) == 0);
}

/* DECLARED says that BYTES are in it: the Name as UTF-8, and what is amiss. */
static void
check_charset(
    const char *declared, const char *bytes, const char *name, const char *said)
{
	LOCAL_BUF b = BUF_INIT;
	struct manscdp m;

	if (declared[0] != '\0')
		buf_printf(
		    &b, "<?xml version='1.0' encoding='%s'?>\r\n", declared);
	buf_printf(&b,
	    "<Response>" HEAD("DeviceInfo") "<DeviceName>%s</DeviceName>"
					    "<Result>OK</Result></Response>",
	    bytes);
	CU_ASSERT_STRING_EQUAL(judge_compare_runs(buf_view(&b)), said);
	CU_ASSERT_EQUAL_FATAL(manscdp_read(&m, buf_view(&b)), 0);
	CU_ASSERT(str_is(manscdp_value(&m, 0, "DeviceName"), name));
	manscdp_free(&m);
}

static void
character_sets(void)
{
	/* 东门, 联通 (whose bytes in GB 2312 could be UTF-8), 镕 (GBK alone),
	 * 㐀 (four bytes in GB 18030) */
	check_charset(
	    "GB2312", "\xb6\xab\xc3\xc5", "\xe4\xb8\x9c\xe9\x97\xa8", "");
	check_charset(
	    "gb2312", "\xc1\xaa\xcd\xa8", "\xe8\x81\x94\xe9\x80\x9a", "");
	check_charset("GB2312", "\xe9\x46", "\xe9\x95\x95", "charset Response");
	check_charset("GB18030", "\xe9\x46", "\xe9\x95\x95", "");
	check_charset("GB18030", "\x81\x39\xee\x39", "\xe3\x90\x80", "");
	check_charset("GB2312", "\xe4\xb8\x9c\xe9\x97\xa8",
	    "\xe4\xb8\x9c\xe9\x97\xa8", "charset Response");
	check_charset("UTF-8", "\xe4\xb8\x9c\xe9\x97\xa8",
	    "\xe4\xb8\x9c\xe9\x97\xa8", "");
	check_charset("", "\xb6\xab", "\xe4\xb8\x9c", "");
	check_charset("", "gate", "gate", "");
}

/* What is written is read as the same, or refused. */
static void
encoded(void)
{
	static const struct {
		const char *charset;
		bool wide; /* 镕 can be written */
	} rows[] = {
		{ "GB2312", false },
		{ "GBK", true },
		{ "GB18030", true },
		{ "UTF-8", true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str set = str_of(rows[i].charset);
		struct buf b = BUF_INIT;
		struct manscdp m;

		CU_ASSERT_EQUAL(
		    manscdp_encode(STR("<Query>\xe4\xb8\x9c</Query>"), set, &b),
		    0);
		CU_ASSERT_EQUAL_FATAL(manscdp_read(&m, buf_view(&b)), 0);
		CU_ASSERT(str_is(m.elements[0].value, "\xe4\xb8\x9c"));
		manscdp_free(&m);
		buf_clear(&b);
		CU_ASSERT_EQUAL(
		    manscdp_encode(STR("\xe9\x95\x95"), set, &b) == 0,
		    rows[i].wide);
		CU_ASSERT_EQUAL(
		    manscdp_encode(STR("\xe9"), set, &b), ERR_SYNTAX);
		buf_free(&b);
	}
}

static void
words_exclude(void)
{
	struct ptz p = { 0 };

	CU_ASSERT(ptz_put(&p, STR("right"), 255));
	CU_ASSERT(!ptz_put(&p, STR("left"), 1));
	CU_ASSERT(!ptz_put(&p, STR("near"), 1));
	CU_ASSERT(!ptz_put(&p, STR("call"), 1));
	CU_ASSERT(!ptz_put(&p, STR("up"), 256));
	CU_ASSERT(!ptz_put(&p, STR("in"), 16));
	CU_ASSERT(!ptz_put(&p, STR("sideways"), 1));
	CU_ASSERT(ptz_put(&p, STR("up"), 1));
}

static void
playback(void)
{
	static const struct {
		const char *body;
		enum mansrtsp_fault fault;
	} rows[] = {
		{ "PLAY RTSP/1.0\r\nCSeq: 4\r\nScale: 2.0\r\n", 0 },
		{ "PLAY MANSRTSP/1.0\r\nCSeq: 4\r\nRange: npt=now-\r\n", 0 },
		{ "PLAY rtsp://x RTSP/1.0\nCSeq: 4\nRange: npt=9.5-12\n", 0 },
		{ "PAUSE RTSP/1.0\r\nCSeq: 5\r\nPauseTime: now\r\n", 0 },
		{ "TEARDOWN RTSP/1.0\r\nCSeq: 6\r\n", 0 },
		{ "PLAY RTSP/1.0\r\nCSeq: 4\r\nScale: -1\r\n", 0 },
		{ "RTSP/1.0 200 OK\r\nCSeq: 4\r\nRTP-Info: seq=1;rtptime=2\r\n",
		    0 },
		{ "", MANSRTSP_FAULT_START },
		{ "PLAY HTTP/1.0\r\nCSeq: 4\r\n", MANSRTSP_FAULT_START },
		{ "RECORD RTSP/1.0\r\nCSeq: 4\r\n", MANSRTSP_FAULT_METHOD },
		{ "RTSP/1.0 OK\r\nCSeq: 4\r\n", MANSRTSP_FAULT_STATUS },
		{ "PLAY RTSP/1.0\r\nScale: 1\r\n", MANSRTSP_FAULT_CSEQ },
		{ "PLAY RTSP/1.0\r\nCSeq: 4\r\nScale: fast\r\n",
		    MANSRTSP_FAULT_VALUE },
		{ "PLAY RTSP/1.0\r\nCSeq: 4\r\nScale: 0\r\n",
		    MANSRTSP_FAULT_VALUE },
		{ "PLAY RTSP/1.0\r\nCSeq: 4\r\nRange: clock=9-\r\n",
		    MANSRTSP_FAULT_VALUE },
		{ "PLAY RTSP/1.0\r\nCSeq: 4\r\nScale\r\n",
		    MANSRTSP_FAULT_FIELD },
	};
	LOCAL_BUF b = BUF_INIT;
	struct mansrtsp r;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		mansrtsp_read(str_of(rows[i].body), &r);
		CU_ASSERT_EQUAL(r.fault, rows[i].fault);
	}
	buf_puts(&b, "PLAY RTSP/1.0\r\nCSeq: 4\r\n");
	for (unsigned i = 0; i < MANSRTSP_LINES; i++)
		buf_puts(&b, "X: y\r\n");
	mansrtsp_read(buf_view(&b), &r);
	CU_ASSERT_EQUAL(r.fault, MANSRTSP_FAULT_LINES);
}

/* ---- for people ---- */

static struct msg_notes notes;
static struct buf message;

/* A message with BODY of TYPE, explained; free_notes. */
static void
explain(const char *type, const char *body)
{
	buf_clear(&message);
	buf_printf(&message,
	    "MESSAGE sip:p@192.0.2.10 SIP/2.0\r\n"
	    "Via: SIP/2.0/UDP 192.0.2.70;branch=z9hG4bK1\r\n"
	    "From: <sip:c@192.0.2.70>;tag=1\r\nTo: <sip:p@192.0.2.10>\r\n"
	    "Call-ID: 1\r\nCSeq: 1 MESSAGE\r\nMax-Forwards: 70\r\n"
	    "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n%s",
	    type, strlen(body), body);
	CU_ASSERT_EQUAL_FATAL(msg_annotate(buf_view(&message), &notes), 0);
}

/* What is said (or wrong) of the line that begins with START. */
static const char *
said_of(const char *start, bool problem)
{
	for (size_t i = 0; i < notes.n; i++) {
		struct msg_note *n = &notes.lines[i];

		if (str_starts(str_trim(n->text), start))
			return buf_cstr(problem ? &n->problem : &n->says);
	}
	return "no such line";
}

static void
explained(void)
{
	explain("application/manscdp+xml",
	    "<?xml version=\"1.0\" encoding=\"GB2312\"?>\n"
	    "<Response>" HEAD(
		"Catalog") "<SumNum>3</SumNum>"
			   "<DeviceList Num=\"1\"><Item><DeviceID>" CAMERA
			   "</DeviceID>"
			   "<Name>\xb6\xab</Name></Item></DeviceList></"
			   "Response>");
	CU_ASSERT_STRING_EQUAL(
	    said_of("<Response>", false), "Catalog: the catalogue\n");
	CU_ASSERT_STRING_EQUAL(said_of("<DeviceID>", false),
	    "By its digits, it is a network camera.\n");
	CU_ASSERT_STRING_EQUAL(
	    said_of("<DeviceList", false), "1 of 3 are in this message.\n");
	CU_ASSERT_STRING_EQUAL(said_of("<Name>\xe4\xb8\x9c</Name>", true), "");
	CU_ASSERT_PTR_NOT_NULL(strstr(said_of("<Item>", true),
	    "There is no Status, which is mandatory.\n"));
	CU_ASSERT_STRING_EQUAL(
	    notes.lines[notes.n - 4].section, "GB/T28181 A.2.6.4");
	msg_notes_free(&notes);

	explain(MANSCDP_TYPE,
	    "<Control>" HEAD(
		"DeviceControl") "<PTZCmd>A50F01820005003D</PTZCmd></Control>");
	CU_ASSERT_STRING_EQUAL(
	    said_of("<PTZCmd>", false), "It turns to preset 5.\n");
	CU_ASSERT_STRING_EQUAL(said_of("<PTZCmd>", true),
	    "Its last octet is not 3C, the sum of the others.\n");
	msg_notes_free(&notes);

	explain(MANSCDP_TYPE, "<Question/>");
	CU_ASSERT_STRING_EQUAL(said_of("<Question/>", true),
	    "Its root is not Control, Query, Notify or Response.\n");
	msg_notes_free(&notes);

	explain("Application/MANSRTSP",
	    "PLAY RTSP/1.0\r\nCSeq: 4\r\nRange: npt=100-\r\nScale: 0\r\n");
	CU_ASSERT_STRING_EQUAL(said_of("Range", false),
	    "It jumps to 100 s from the beginning of the recording.\n");
	CU_ASSERT_STRING_EQUAL(said_of("Scale", true),
	    "The standard does not allow this value here.\n");
	msg_notes_free(&notes);

	explain("application/sdp",
	    "v=0\r\no=1 0 0 IN IP4 192.0.2.20\r\ns=Play\r\n"
	    "c=IN IP4 192.0.2.20\r\nt=0 0\r\nm=video 30010 RTP/AVP 96\r\n"
	    "y=0106000001\r\nf=v/2/6/25/1/4096a/1/8\r\n");
	CU_ASSERT_STRING_EQUAL(
	    said_of("s=Play", false), "Live video (GB/T 28181).\n");
	CU_ASSERT_PTR_NOT_NULL(strstr(said_of("y=", false), "0x06516E81"));
	CU_ASSERT_STRING_EQUAL(said_of("f=", true),
	    "It is not v/ with five values and a/ with three.\n");
	msg_notes_free(&notes);
	buf_free(&message);
}

/* What a chain of causes has of a body. */
static void
told_in_brief(void)
{
	static const struct {
		const char *type, *body, *gist;
	} rows[] = {
		{ MANSCDP_TYPE, "<Query>" HEAD("DeviceInfo") "</Query>",
		    "Its body is Query DeviceInfo, SN 7: asks for information "
		    "about a device "
		    "(GB/T28181 A.2.4.4)." },
		{ MANSCDP_TYPE,
		    "<Control>" HEAD(
			"DeviceControl") "<PTZCmd>"
					 "A50F01820005003C</PTZCmd></Control>",
		    "Its body is Control DeviceControl, SN 7: controls a "
		    "device (GB/T28181 A.2.3.1). It turns to preset 5." },
		{ MANSCDP_TYPE, "<Question/>",
		    "Its body can't be read: Its root is not Control, Query, "
		    "Notify or Response." },
		{ MANSCDP_TYPE, "<Query/>", "" },
		{ "Application/RTSP", "PAUSE RTSP/1.0\r\nCSeq: 1\r\n",
		    "Its body is PAUSE: pauses; the session continues "
		    "(GB/T28181 B)." },
		{ "text/plain", "hello", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;

		explain(rows[i].type, rows[i].body);
		CU_ASSERT_EQUAL(
		    msg_body_gist(notes.m, &out), rows[i].gist[0] != '\0');
		CU_ASSERT_STRING_EQUAL(buf_cstr(&out), rows[i].gist);
		msg_notes_free(&notes);
		buf_free(&out);
	}
	buf_free(&message);
}

/* A body of many elements ends in what is not explained. */
static void
explained_in_part(void)
{
	LOCAL_BUF b = BUF_INIT;

	buf_puts(&b, "<Query>" HEAD("Catalog"));
	for (unsigned i = 0; i < 1000; i++)
		buf_puts(&b, "<x/>\n");
	buf_puts(&b, "</Query>");
	explain(MANSCDP_TYPE, buf_cstr(&b));
	CU_ASSERT_EQUAL(notes.lines[notes.n - 1].kind, MSG_NOTE_BODY);
	CU_ASSERT(str_ends(notes.lines[notes.n - 1].text, "</Query>"));
	msg_notes_free(&notes);
	buf_free(&message);
}

/* A message as text, whatever the character set of its body. */
static void
shown(void)
{
	static const struct {
		const char *bytes, *text;
	} rows[] = {
		{ "A\r\n\r\n\xb6\xab", "A\r\n\r\n\xe4\xb8\x9c" },
		{ "A\r\n\r\n\xe4\xb8\x9c", "A\r\n\r\n\xe4\xb8\x9c" },
		/* Bytes that are no text stay what they are. */
		{ "A\r\n\r\n\xb6\xab\x01\x02", "A\r\n\r\n\xb6\xab\x01\x02" },
		{ "A\r\n\r\n\xb6", "A\r\n\r\n\xb6" },
		{ "\xb6\xab\r\n\r\n\xb6\xab", "\xb6\xab\r\n\r\n\xb6\xab" },
		{ "\xb6\xab", "\xb6\xab" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf scratch = BUF_INIT;

		CU_ASSERT(str_is(hex_as_text(str_of(rows[i].bytes), &scratch),
		    rows[i].text));
		buf_free(&scratch);
	}
}

/* ---- in Lua ---- */

static int
bind(lua_State *L)
{
	sandbox_bind_surveillance(L);
	return 0;
}

/* TEXT, in which assert says what must be; the sentence of what went wrong. */
static const char *
run_lua(const char *text)
{
	static struct diag d;
	struct sandbox *sb;

	d = DIAG_INIT;
	CU_ASSERT_EQUAL_FATAL(sandbox_create(&sb, NULL, NULL), 0);
	CU_ASSERT_EQUAL(sandbox_protect(sb, bind, NULL, &d), 0);
	if (sandbox_load(sb, str_of(text), "test.lua", &d) == 0)
		d.text[0] = '\0';
	sandbox_destroy(sb);
	return d.text;
}

/* What is written is in the order of the norm and comes back the same. */
static void
written_in_lua(void)
{
	CU_ASSERT_STRING_EQUAL(
	    run_lua("local text = gb28181.write { root = 'Response', "
		    "DeviceID = '" CAMERA "', SN = 7, CmdType = 'Catalog', "
		    "DeviceList = { { Name = 'a<b', DeviceID = '3301' }, "
		    "{ DeviceID = '3302', Name = '\xe4\xb8\x9c' } }, "
		    "SumNum = 2, Extra = { b = 1, a = 2 } }\n"
		    "assert(text:find('encoding=\"GB2312\"', 1, true))\n"
		    "assert(text:find('\\xb6\\xab', 1, true))\n"
		    "assert(text:find('<SN>7</SN>.*<DeviceID>.*<SumNum>.*"
		    "<DeviceList Num=\"2\">.*<Item>.*<DeviceID>3301.*a&lt;b'))"
		    "\nassert(text:find('<a>2</a>.*<b>1</b>'))\n"
		    "local t = assert(gb28181.read(text))\n"
		    "assert(t.root == 'Response' and t.SN == 7)\n"
		    "assert(t.DeviceID == '" CAMERA "')\n"
		    "assert(#t.DeviceList == 2 and t.SumNum == 2)\n"
		    "assert(t.DeviceList[1].Name == 'a<b')\n"
		    "assert(t.DeviceList[2].Name == '\xe4\xb8\x9c')\n"
		    "assert(t.Extra.a == '2')\n"
		    "assert(#t.faults == 1)\n"
		    "assert(t.faults[1].what == 'unknown')\n"
		    "assert(t.faults[1].where == 'Extra')\n"
		    "t.Extra = nil\n"
		    "local again = gb28181.write(t, 'UTF-8')\n"
		    "assert(#gb28181.read(again).faults == 0)\n"),
	    "");
	CU_ASSERT_STRING_EQUAL(
	    run_lua("local t, why = gb28181.read '<Query>'\n"
		    "assert(t == nil and why:find 'XML')\n"
		    "t = gb28181.read '<Notify><CmdType>Keepalive</CmdType>"
		    "<SN>1</SN><DeviceID>" CAMERA "</DeviceID></Notify>'\n"
		    "assert(t.faults[1].what == 'missing')\n"
		    "assert(t.faults[1].field == 'Status')\n"
		    "t = gb28181.read '<Response><DeviceList Num=\"0\"/>"
		    "<CmdType>Catalog</CmdType></Response>'\n"
		    "assert(#t.DeviceList == 0)\n"),
	    "");
}

/* A script's mistakes are told with their line, and no loop gets far. */
static void
refused_in_lua(void)
{
	static const char *const rows[][2] = {
		{ "gb28181.write { CmdType = 'Catalog' }",
		    "root must be one of Control, Query, Notify" },
		{ "gb28181.write { root = 'Query', ['a b'] = 1 }",
		    "an element's name" },
		{ "gb28181.write({ root = 'Query', CmdType = "
		  "'\xe9\x95\x95' }, 'GB2312')",
		    "there are UTF-8, GB2312, GBK and GB18030" },
		{ "gb28181.write({ root = 'Query' }, 'Big5')",
		    "there are UTF-8, GB2312, GBK and GB18030" },
		{ "local t = { root = 'Query' } t.x = t gb28181.write(t)",
		    "there are more than" },
		{ "local s = ('x'):rep(900000) gb28181.write { root = 'Query', "
		  "a = s, b = s, c = s }",
		    "longer than" },
		{ "gb28181.ptz { left = 1, right = 1 }", "a camera here can" },
		{ "gb28181.ptz { call = 256 }", "a camera here can" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CU_ASSERT_PTR_NOT_NULL(strstr(run_lua(rows[i][0]), rows[i][1]));
}

CHECK_MAIN("surveillance", { "verdicts", verdicts }, { "refused", refused },
    { "bounded", bounded }, { "character sets", character_sets },
    { "encoded", encoded }, { "words exclude", words_exclude },
    { "playback", playback }, { "explained", explained },
    { "told in brief", told_in_brief },
    { "explained in part", explained_in_part }, { "shown", shown },
    { "written in Lua", written_in_lua }, { "refused in Lua", refused_in_lua })
