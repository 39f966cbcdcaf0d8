/*
 * ISUP to the octet: messages read and written, what their parameters say,
 * numbers as URIs, causes as statuses, and what tshark reads in packets with
 * them.
 */
#include "fixtures/check.h"

#include "fixtures/capture_made.h"
#include "isup/isup.h"
#include "isup/m3ua.h"
#include "isup/q850.h"
#include "wire/frame.h"

#include <string.h>

/* ---- helpers ---- */

static void
put_hex(const char *hex, struct buf *out)
{
	for (; *hex != '\0'; hex += *hex == ' ' ? 1 : 2)
		if (*hex != ' ')
			buf_putc(out,
			    (char)(chr_hex(hex[0]) << 4 | chr_hex(hex[1])));
}

/* Its octets in a block of their own size, so that a reader is seen who goes
 * on. */
static struct str
bytes_of(const char *hex)
{
	LOCAL_BUF b = BUF_INIT;
	struct str s;
	char *p;

	put_hex(hex, &b);
	s.n = b.n;
	p = malloc(s.n > 0 ? s.n : 1);
	if (s.n > 0)
		memcpy(p, b.p, s.n);
	s.p = p;
	return s;
}

static void
drop(struct str bytes)
{
	free((char *)(uintptr_t)bytes.p);
}

static bool
is_hex(const struct buf *b, const char *hex)
{
	struct str want = bytes_of(hex);
	bool same = str_eq(buf_view(b), want);

	drop(want);
	return same;
}

/* Composed messages of fictional numbers, from the type on; what tshark says of
 * their type, called number and cause. */
#define IAM                                                                 \
	"01 00 60 01 0a 03 02 0a 08 83 10 12 52 55 10 32 0f 0a 07 03 13 12" \
	" 52 55 10 99 1d 03 80 90 a3 31 02 00 14 3d 01 14 00"
static const struct sample {
	const char *hex, *name, *called, *cause;
} samples[] = {
	{ IAM, "IAM", "2125550123F", "" },
	{ "02 02 00 03 00 10 32", "SAM", "", "" },
	{ "02 02 00 02 80 0f", "SAM", "", "" },
	{ "03 01 00 00", "INR", "", "" },
	{ "04 02 00 00", "INF", "", "" },
	{ "05 01", "COT", "", "" },
	{ "06 12 14 00", "ACM", "", "" },
	{ "06 16 14 01 29 01 01 00", "ACM", "", "" },
	{ "07 16 14 00", "CON", "", "" },
	{ "08 00", "FOT", "", "" },
	{ "09 00", "ANM", "", "" },
	{ "09 01 11 02 16 14 00", "ANM", "", "" },
	{ "0c 02 00 02 80 90", "REL", "", "16" },
	{ "0c 02 00 02 84 91", "REL", "", "17" },
	{ "0c 02 00 02 8a ff", "REL", "", "127" },
	{ "0d 01 00", "SUS", "", "" },
	{ "0e 00 00", "RES", "", "" },
	{ "10 00", "RLC", "", "" },
	{ "11", "CCR", "", "" },
	{ "12", "RSC", "", "" },
	{ "13", "BLO", "", "" },
	{ "14", "UBL", "", "" },
	{ "15", "BLA", "", "" },
	{ "16", "UBA", "", "" },
	{ "17 01 01 1e", "GRS", "", "" },
	{ "18 00 01 02 07 ff", "CGB", "", "" },
	{ "19 00 01 02 07 ff", "CGU", "", "" },
	{ "1a 00 01 02 07 ff", "CGBA", "", "" },
	{ "1b 00 01 02 07 ff", "CGUA", "", "" },
	{ "24", "LPA", "", "" },
	{ "29 01 05 1e 00 00 00 00", "GRA", "", "" },
	{ "2c 01 00", "CPG", "", "" },
	{ "2d 02 00 03 04 41 42", "USR", "", "" },
	{ "2e", "UCIC", "", "" },
	{ "2f 02 00 02 80 e1", "CFN", "", "97" },
	{ "30", "OLM", "", "" },
	{ "34 00", "UPT", "", "" },
	{ "35 00", "UPA", "", "" },
};
#define SAMPLES (sizeof(samples) / sizeof(samples[0]))

/* ---- messages ---- */

static void
messages_are_read_and_written_again(void)
{
	static struct isup m;

	for (size_t i = 0; i < SAMPLES; i++) {
		struct str bytes = bytes_of(samples[i].hex);
		struct buf out = BUF_INIT;

		CU_ASSERT_EQUAL(isup_read(bytes, &m), ISUP_FAULT_NONE);
		CU_ASSERT_STRING_EQUAL(m.row->name, samples[i].name);
		CU_ASSERT_EQUAL(m.rest.n, 0);
		CU_ASSERT_EQUAL(isup_write(&m, &out), ISUP_FAULT_NONE);
		CU_ASSERT(is_hex(&out, samples[i].hex));
		buf_free(&out);
		drop(bytes);
	}
}

static void
every_type_has_a_sample(void)
{
	static const char *const names[] = {
#define X(name, type, a, b, c, d, variable, optional, words) #name,
		ISUP_MESSAGES(X)
#undef X
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t k = 0;

		while (k < SAMPLES && strcmp(samples[k].name, names[i]) != 0)
			k++;
		if (k == SAMPLES)
			printf("no sample of %s\n", names[i]);
		CU_ASSERT(k < SAMPLES);
	}
}

static void
a_message_is_built(void)
{
	static struct isup m;
	struct q850_indicators cause = { .location = 4, .cause = 17 };
	LOCAL_BUF contents = BUF_INIT, out = BUF_INIT;

	q850_write(&cause, &contents);
	isup_begin(&m, ISUP_REL);
	CU_ASSERT_EQUAL(isup_write(&m, &out), ISUP_FAULT_MANDATORY);
	CU_ASSERT_EQUAL(out.n, 0);
	/* Whatever the order in which they were added. */
	CU_ASSERT_EQUAL(
	    isup_add(&m, ISUP_PARAM_CONGESTION, STR("\x01")), ISUP_FAULT_NONE);
	CU_ASSERT_EQUAL(isup_add(&m, ISUP_PARAM_CAUSE, buf_view(&contents)),
	    ISUP_FAULT_NONE);
	CU_ASSERT_EQUAL(isup_write(&m, &out), ISUP_FAULT_NONE);
	CU_ASSERT(is_hex(&out, "0c 02 04 02 84 91 27 01 01 00"));
	CU_ASSERT_EQUAL(isup_read(buf_view(&out), &m), ISUP_FAULT_NONE);
	CU_ASSERT_PTR_NOT_NULL(isup_find(&m, ISUP_PARAM_CAUSE));
	CU_ASSERT_PTR_NULL(isup_find(&m, ISUP_PARAM_CALLED));
	isup_begin(&m, ISUP_RSC);
	isup_add(&m, ISUP_PARAM_CAUSE, buf_view(&contents));
	CU_ASSERT_EQUAL(isup_write(&m, &out), ISUP_FAULT_OPTIONAL);
	isup_begin(&m, ISUP_ACM);
	isup_add(&m, ISUP_PARAM_BCI, STR("x"));
	CU_ASSERT_EQUAL(isup_write(&m, &out), ISUP_FAULT_LENGTH);
}

static void
what_is_wrong_has_a_name(void)
{
	static const struct {
		const char *hex;
		enum isup_fault fault;
	} rows[] = {
		{ "", ISUP_FAULT_EMPTY },
		{ "ea 00", ISUP_FAULT_ANSI },
		{ "ff 00", ISUP_FAULT_TYPE },
		{ "01 00 60", ISUP_FAULT_FIXED },
		{ "01 00 60 01 0a 03 02", ISUP_FAULT_POINTER },
		{ "0c 09 00 02 80 90", ISUP_FAULT_POINTER },
		/* A pointer at a pointer. */
		{ "0c 01 00 02 80 90", ISUP_FAULT_POINTER },
		{ "0c 02 00 09 80 90", ISUP_FAULT_LENGTH },
		{ "06 12 14 01 29 05 01 00", ISUP_FAULT_LENGTH },
		{ "06 12 14 01 29", ISUP_FAULT_LENGTH },
		{ "06 12 14 01 29 01 01", ISUP_FAULT_END },
		{ "06 12 14 07 29 01 01 00", ISUP_FAULT_POINTER },
	};
	static struct isup m;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str bytes = bytes_of(rows[i].hex);

		CU_ASSERT_EQUAL(isup_read(bytes, &m), rows[i].fault);
		CU_ASSERT(isup_fault_words(rows[i].fault)[0] != '\0');
		drop(bytes);
	}
}

static void
of_many_parameters_some_are_read(void)
{
	static struct isup m;
	LOCAL_BUF b = BUF_INIT;

	put_hex("09 01", &b);
	for (int i = 0; i <= ISUP_PARAMS_MOST; i++)
		put_hex("27 01 00", &b);
	put_hex("00", &b);
	CU_ASSERT_EQUAL(isup_read(buf_view(&b), &m), ISUP_FAULT_MANY);
	CU_ASSERT_EQUAL(m.n, ISUP_PARAMS_MOST);
}

/* ---- what they say ---- */

static void
indicators_are_told_one_by_one(void)
{
	static const struct {
		unsigned code;
		const char *hex, *says; /* NULL: refused */
	} rows[] = {
		{ ISUP_PARAM_NCI, "15",
		    "satellite circuits: one.\n"
		    "continuity check: required on this circuit.\n"
		    "outgoing half echo control device: yes.\n" },
		{ ISUP_PARAM_BCI, "16 14",
		    "charge: charge.\ncalled party's status: subscriber free.\n"
		    "called party's category: ordinary subscriber.\n"
		    "end-to-end method: none.\ninterworking encountered: no.\n"
		    "end-to-end information available: no.\n"
		    "ISUP used all the way: yes.\nholding requested: no.\n"
		    "terminating access: ISDN.\n"
		    "incoming half echo control device: no.\n"
		    "SCCP method: none.\n" },
		{ ISUP_PARAM_EVENT, "83",
		    "event: in-band information is available.\n"
		    "presentation restricted: yes.\n" },
		{ ISUP_PARAM_CALLING, "84 17 31 54 06",
		    "nature of address: international number.\n"
		    "numbering plan: telephony (E.164).\n"
		    "presentation: restricted.\nscreening: network provided.\n"
		    "number incomplete: no.\ndigits: 13456.\n" },
		{ ISUP_PARAM_SUBSEQUENT, "80 0f",
		    "digits: .\nST after the digits: the number is "
		    "complete.\n" },
		{ ISUP_PARAM_RANGE, "07 81",
		    "circuits, starting with the circuit of the message: 8.\n"
		    "marked circuits, counted from 0: 0 7.\n" },
		{ ISUP_PARAM_RANGE, "1e 00", NULL },
		{ ISUP_PARAM_PROPAGATION_DELAY, "01 00",
		    "milliseconds: 256.\n" },
		{ ISUP_PARAM_PROPAGATION_DELAY, "01", NULL },
		{ ISUP_PARAM_CPC, "63", "category: 99.\n" },
		{ ISUP_PARAM_CAUSE, "80 95",
		    "Q.850 cause 21: call rejected.\nLocation: user (U).\n"
		    "Before the call is answered, a gateway maps it to "
		    "status 603 (RFC 3398 7.2.4.1).\n" },
		/* The recommendation is named in an octet of its own. */
		{ ISUP_PARAM_CAUSE, "02 80 ac 01",
		    "Q.850 cause 44: requested circuit not available.\n"
		    "Location: public network serving the local user (LN).\n"
		    "A gateway tries another circuit and sends no SIP message "
		    "(RFC 3398 7.2.4.1).\noctets of diagnostics: 1.\n" },
		{ ISUP_PARAM_CAUSE, "80", NULL },
		{ ISUP_PARAM_CALLED, "83", NULL },
		{ ISUP_PARAM_EVENT, "", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str bytes = bytes_of(rows[i].hex);
		struct isup_param p = { .code = (uint8_t)rows[i].code,
			.value = bytes };
		struct buf out = BUF_INIT;
		bool good = isup_param_say(&p, &out);

		CU_ASSERT_EQUAL(good, rows[i].says != NULL);
		if (good)
			CU_ASSERT_STRING_EQUAL(buf_cstr(&out), rows[i].says);
		buf_free(&out);
		drop(bytes);
	}
}

/* ---- numbers ---- */

static void
numbers_become_uris(void)
{
	static const struct isup_trunk trunk = { STR_INIT("49"),
		STR_INIT("30") };
	static const struct {
		unsigned code;
		const char *hex, *uri;
		bool back; /* the URI means the same number */
	} rows[] = {
		{ ISUP_PARAM_CALLED, "84 10 12 52 55 10 02", "tel:+212555012",
		    true },
		{ ISUP_PARAM_CALLED, "04 10 12 52 55 10 21", "tel:+2125550112",
		    true },
		{ ISUP_PARAM_CALLED, "03 10 03 21 54", "tel:+49301245", true },
		{ ISUP_PARAM_CALLED, "01 10 21 43", "tel:+49301234", false },
		{ ISUP_PARAM_CALLED, "82 10 21 03", "tel:123;phone-context=+49",
		    false },
		{ ISUP_PARAM_CALLED, "04 30 21 43", NULL, false },
		{ ISUP_PARAM_CALLED, "04 10", NULL, false },
		{ ISUP_PARAM_CALLING, "04 1b 21 43", NULL, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str bytes = bytes_of(rows[i].hex);
		struct buf uri = BUF_INIT, again = BUF_INIT;
		struct isup_number n;

		CU_ASSERT(isup_number_read(rows[i].code, bytes, &n));
		CU_ASSERT_EQUAL(
		    isup_number_to_uri(&n, &trunk, &uri), rows[i].uri != NULL);
		CU_ASSERT_STRING_EQUAL(
		    buf_cstr(&uri), rows[i].uri != NULL ? rows[i].uri : "");
		if (rows[i].back) {
			CU_ASSERT(
			    isup_number_of_uri(buf_view(&uri), &trunk, &n));
			isup_number_write(rows[i].code, &n, &again);
			CU_ASSERT(is_hex(&again, rows[i].hex));
		}
		buf_free(&uri);
		buf_free(&again);
		drop(bytes);
	}
}

static void
uris_become_numbers(void)
{
	static const struct isup_trunk trunk = { STR_INIT("49"), STR_INIT("") };
	static const struct {
		const char *uri;
		unsigned nature; /* 0: refused, which is 484 */
		const char *digits;
	} rows[] = {
		{ "tel:+49-30-(555)0123", ISUP_NATIONAL, "305550123" },
		{ "sip:+12125550123@gw.example.com;user=phone",
		    ISUP_INTERNATIONAL, "12125550123" },
		{ "sips:+4930;isub=1@gw.example.com", ISUP_NATIONAL, "30" },
		{ "tel:0123;phone-context=example.com", ISUP_UNKNOWN, "0123" },
		{ "tel:30123;phone-context=+49", ISUP_NATIONAL, "30123" },
		{ "tel:+", 0, "" },
		{ "tel:+49A", 0, "" },
		{ "sip:bob@b.example.com", 0, "" },
		{ "sip:b.example.com", 0, "" },
		{ "tel:0123456789012345678901234567890123", 0, "" },
		{ "", 0, "" },
	};
	struct isup_number n;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool good = isup_number_of_uri(str_of(rows[i].uri), &trunk, &n);

		CU_ASSERT_EQUAL(good, rows[i].nature != 0);
		if (!good)
			continue;
		CU_ASSERT_EQUAL(n.nature, rows[i].nature);
		CU_ASSERT_EQUAL(n.plan, 1);
		CU_ASSERT_STRING_EQUAL(n.digits, rows[i].digits);
	}
}

static void
long_numbers_are_refused(void)
{
	struct isup_number n;
	LOCAL_BUF b = BUF_INIT;

	put_hex("04 10", &b);
	buf_fill(&b, 0x11, ISUP_DIGITS / 2);
	CU_ASSERT(isup_number_read(ISUP_PARAM_CALLED, buf_view(&b), &n));
	CU_ASSERT_EQUAL(strlen(n.digits), ISUP_DIGITS);
	buf_putc(&b, 0x11);
	CU_ASSERT(!isup_number_read(ISUP_PARAM_CALLED, buf_view(&b), &n));
	/* ST is the last sign; an odd count needs an octet. */
	buf_clear(&b);
	put_hex("04 10 1f", &b);
	CU_ASSERT(!isup_number_read(ISUP_PARAM_CALLED, buf_view(&b), &n));
	buf_clear(&b);
	put_hex("84 10", &b);
	CU_ASSERT(!isup_number_read(ISUP_PARAM_CALLED, buf_view(&b), &n));
	CU_ASSERT(!isup_number_read(ISUP_PARAM_CAUSE, buf_view(&b), &n));
}

/* ---- causes ---- */

static void
causes_become_statuses(void)
{
	CU_ASSERT_EQUAL(q850_status(21, 4, false), 403);
	CU_ASSERT_EQUAL(q850_status(21, 0, false), 603);
	CU_ASSERT_EQUAL(q850_status(22, 4, false), 410);
	CU_ASSERT_EQUAL(q850_status(22, 4, true), 301);
	CU_ASSERT_EQUAL(q850_status(16, 0, false), 0);
	CU_ASSERT_EQUAL(q850_status(44, 4, false), 0);
	CU_ASSERT_EQUAL(q850_status(120, 4, false), 500);
	CU_ASSERT_STRING_EQUAL(
	    q850_words(120), "interworking with another network");
	CU_ASSERT_EQUAL(q850_cause(487, false), 0);
	CU_ASSERT_EQUAL(q850_cause(488, false), 31);
	CU_ASSERT_EQUAL(q850_cause(606, true), 65);
	CU_ASSERT_EQUAL(q850_cause(499, true), 31);
	CU_ASSERT_EQUAL(q850_location(603), 0);
	CU_ASSERT_EQUAL(q850_location(404), 4);
	CU_ASSERT_EQUAL(q850_location_named(STR("rln")), 4);
	CU_ASSERT_EQUAL(q850_location_named(STR("x")), Q850_NO_LOCATION);
}

/* Both lists as RFC 3398 prints them: a number at the line's begin, the other
 * one where the head of the list has its second column. */
static void
the_rfc_has_the_same_lists(void)
{
	char path[300], line[200], *second = NULL;
	unsigned from, to, rows = 0;
	bool causes = true;
	size_t column = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/rfc/rfc3398.txt", check_data());
	f = fopen(path, "r");
	if (f == NULL) {
		check_skip("no RFC 3398");
		return;
	}
	while (fgets(line, sizeof(line), f) != NULL) {
		if (strstr(line, "ISUP Cause value  ") != NULL) {
			column = (size_t)(strstr(line, "SIP resp") - line);
		} else if (strstr(line, "Response received  ") != NULL) {
			second = strstr(line, "Cause value in the REL");
			causes = false;
			column =
			    second != NULL ? (size_t)(second - line) - 1 : 0;
		} else if (strncmp(line, "7.2.5", 5) == 0 ||
			   strncmp(line, "8.2.7", 5) == 0) {
			column = 0;
		}
		if (column == 0 || strlen(line) <= column ||
		    sscanf(line, "   %u", &from) != 1 || line[3] == ' ' ||
		    sscanf(line + column, "%u", &to) != 1)
			continue;
		rows++;
		if (causes)
			CU_ASSERT_EQUAL(q850_status(from, 4, to == 301), to);
		if (!causes && !(from == 504 && to == 127)) /* a slip: 505 */
			CU_ASSERT_EQUAL(q850_cause(from, false), to);
	}
	fclose(f);
	CU_ASSERT_EQUAL(rows, 32 + 34);
}

/* ---- packets ---- */

#define CIC 37

static struct mtp_label label = { .opc = 1001, .dpc = 2002, .network = 2 };

static void
a_label_is_written(void)
{
	struct str isup = bytes_of("0c 02 00 02 80 90");
	LOCAL_BUF out = BUF_INIT;

	mtp3_put_isup(&label, CIC, isup, &out);
	CU_ASSERT(is_hex(&out, "85 d2 47 fa 50 25 00 0c 02 00 02 80 90"));
	buf_clear(&out);
	m3ua_put_isup(&label, CIC, isup, &out);
	CU_ASSERT(is_hex(&out, "01 00 01 01 00 00 00 20 02 10 00 18"
			       " 00 00 03 e9 00 00 07 d2 05 02 00 05"
			       " 25 00 0c 02 00 02 80 90"));
	drop(isup);
}

static void
put_packet(const struct sample *s, unsigned number, struct buf *file)
{
	struct sctp_data d = { M3UA_PORT, M3UA_PORT, 0x11223344, number + 1, 1,
		(uint16_t)number };
	struct buf m3ua = BUF_INIT, sctp = BUF_INIT, ip;
	struct str isup = bytes_of(s->hex);

	m3ua_put_isup(&label, CIC + number, isup, &m3ua);
	sctp_put(&d, SCTP_M3UA, buf_view(&m3ua), &sctp);
	ip = made_ip4(1, 2, 132, (int)number, 0, &sctp);
	ip = made_ether(0x0800, &ip);
	made_packet(file, number, &ip);
	buf_free(&m3ua);
	drop(isup);
}

/* As tshark has it: CIC, type, called number, cause. */
static void
put_wanted(const struct sample *s, unsigned number, struct buf *out)
{
	buf_printf(out, "%u|%u|%s|%s|", CIC + number,
	    (unsigned)strtoul(s->hex, NULL, 16), s->called, s->cause);
}

static void
tshark_reads_them(void)
{
	LOCAL_BUF b = BUF_INIT;
	char path[64], command[400], line[300];
	FILE *f;

	if (system("command -v tshark > /dev/null 2>&1") != 0) {
		check_skip("no tshark");
		return;
	}
	made_file(&b, 1);
	for (unsigned i = 0; i < SAMPLES; i++)
		put_packet(&samples[i], i, &b);
	CU_ASSERT_EQUAL_FATAL(made_write(&b, path), 0);
	snprintf(command, sizeof(command),
	    "tshark -n -o sctp.checksum:'CRC 32c' -r %s -T fields "
	    "-E separator='|' -e isup.cic -e isup.message_type -e isup.called "
	    "-e isup.cause_indicator -e sctp.checksum.status "
	    "-e _ws.malformed -e _ws.expert.message 2> /dev/null",
	    path);
	f = popen(command, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	for (unsigned i = 0; i < SAMPLES; i++) {
		struct buf want = BUF_INIT;
		char *hit = fgets(line, sizeof(line), f);

		CU_ASSERT_PTR_NOT_NULL_FATAL(hit);
		put_wanted(&samples[i], i, &want);
		if (strncmp(line, buf_cstr(&want), want.n) != 0)
			printf("%s instead of %s\n", line, buf_cstr(&want));
		CU_ASSERT_EQUAL(strncmp(line, buf_cstr(&want), want.n), 0);
		/* 1: the checksum is right; nothing malformed */
		CU_ASSERT_EQUAL(strncmp(line + want.n, "1||", 3), 0);
		buf_free(&want);
	}
	pclose(f);
	unlink(path);
}

CHECK_MAIN("isup",
    { "messages are read and written again",
	messages_are_read_and_written_again },
    { "every type has a sample", every_type_has_a_sample },
    { "a message is built", a_message_is_built },
    { "what is wrong has a name", what_is_wrong_has_a_name },
    { "of many parameters some are read", of_many_parameters_some_are_read },
    { "indicators are told one by one", indicators_are_told_one_by_one },
    { "numbers become URIs", numbers_become_uris },
    { "URIs become numbers", uris_become_numbers },
    { "long numbers are refused", long_numbers_are_refused },
    { "causes become statuses", causes_become_statuses },
    { "the RFC has the same lists", the_rfc_has_the_same_lists },
    { "a label is written", a_label_is_written },
    { "tshark reads them", tshark_reads_them })
