/*
 * Diameter to the octet: messages read and written, what is wrong with one and
 * how that is said to its sender, what its lines say, and what tshark reads.
 */
#include "fixtures/check.h"

#include "fixtures/capture_made.h"
#include "fixtures/diameter_made.h"
#include "draw/doc.h"
#include "wire/frame.h"
#include "words/describe.h"
#include "words/decoded_doc.h"

#include <stdlib.h>
#include <string.h>

/* B's octets in a block of their own size, so that a reader is seen who goes
 * on.
 */
static struct str
own(const struct buf *b)
{
	char *p = malloc(b->n > 0 ? b->n : 1);

	if (b->n > 0)
		memcpy(p, b->p, b->n);
	return (struct str){ p, b->n };
}

static void
drop(struct str bytes)
{
	free((char *)(uintptr_t)bytes.p);
}

static void
put(struct buf *b, unsigned command, bool request)
{
	if (request)
		made_question(b, (enum diameter_command)command);
	else
		made_answer(b, (enum diameter_command)command);
}

/* ---- what is wrong ---- */

/* The message's octet AT becomes V; its length stays. */
static void
set(struct buf *b, size_t at, unsigned v)
{
	b->p[at] = (char)v;
}

/* Where the AVP of CODE, one octet of it, stands. */
static size_t
where(const struct buf *b, unsigned code)
{
	size_t at = DIAMETER_HEAD;

	while (at + 8 <= b->n && ((uint8_t)b->p[at + 2] << 8 |
				     (uint8_t)b->p[at + 3]) != (int)code)
		at += ((size_t)(uint8_t)b->p[at + 7] + 3) / 4 * 4;
	return at;
}

/* Without the AVP of CODE. */
static void
cut(struct buf *b, unsigned code)
{
	size_t at = where(b, code);
	size_t n = ((size_t)(uint8_t)b->p[at + 7] + 3) / 4 * 4;

	memmove(b->p + at, b->p + at + n, b->n - at - n);
	b->n -= n;
	diameter_end(b);
}

/* With the AVP of CODE twice. */
static void
twice(struct buf *b, unsigned code)
{
	size_t at = where(b, code);
	size_t n = ((size_t)(uint8_t)b->p[at + 7] + 3) / 4 * 4;
	LOCAL_BUF one = BUF_INIT;

	buf_add(&one, b->p + at, n);
	buf_str(b, buf_view(&one));
	diameter_end(b);
}

static void
break_it(struct buf *b, int how)
{
	switch (how) {
	case 0:
		buf_truncate(b, 12);
		break;
	case 1:
		set(b, 0, 2);
		break;
	case 2:
		set(b, 3, b->n + 4);
		break;
	case 3:
		set(b, 4, 0xA0);
		break;
	case 4:
		set(b, 11, 1);
		break;
	case 5:
		set(b, 7, 255);
		break;
	case 6:
		set(b, where(b, 1) + 7, 255);
		break;
	case 7:
		set(b, where(b, 1) + 7, 7);
		break;
	case 8:
		set(b, where(b, 1) + 4, 0);
		break;
	case 9:
		set(b, where(b, 1) + 3, 2);
		break;
	case 10:
		set(b, where(b, 623) + 15, 9);
		break;
	case 11:
		twice(b, 1);
		break;
	case 12:
		cut(b, 600);
		break;
	case 13:
		cut(b, 263);
		break;
	default:
		/* what must not be understood may stand there */
		set(b, where(b, 623) + 4, DIAMETER_VENDOR);
		set(b, where(b, 623) + 2, 9);
		break;
	}
}

static void
what_is_wrong_is_said(void)
{
	static const struct {
		enum diameter_fault fault;
		uint32_t result;
		uint32_t failed; /* code in Failed-AVP; 0: none */
	} rows[] = {
		{ DIAMETER_FAULT_HEAD, 5015, 0 },
		{ DIAMETER_FAULT_VERSION, 5011, 0 },
		{ DIAMETER_FAULT_LENGTH, 5015, 0 },
		{ DIAMETER_FAULT_BITS, 3008, 0 },
		{ DIAMETER_FAULT_APPLICATION, 3007, 0 },
		{ DIAMETER_FAULT_COMMAND, 3001, 0 },
		{ DIAMETER_FAULT_AVP_LENGTH, 5014, 1 },
		{ DIAMETER_FAULT_AVP_LENGTH, 5014, 1 },
		{ DIAMETER_FAULT_AVP_BITS, 3009, 1 },
		{ DIAMETER_FAULT_UNKNOWN, 5001, 2 },
		{ DIAMETER_FAULT_VALUE, 5004, 623 },
		{ DIAMETER_FAULT_MANY, 5009, 1 },
		{ DIAMETER_FAULT_MISSING, 5005, 600 },
		{ DIAMETER_FAULT_MISSING, 5005, 263 },
		{ DIAMETER_FAULT_NONE, 2001, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b = BUF_INIT, failed = BUF_INIT, said = BUF_INIT;
		struct diameter_avp group, a;
		struct diameter m;
		struct str bytes;
		size_t at = 0;
		uint32_t v = 0;

		made_question(&b, DIAMETER_UA);
		break_it(&b, (int)i);
		bytes = own(&b);
		CU_ASSERT_EQUAL(diameter_read(bytes, &m), rows[i].fault);
		diameter_put_value(&said, diameter_fault_result(m.fault));
		CU_ASSERT(diameter_find_u32(
		    buf_view(&said), DIAMETER_AVP_RESULT_CODE, &v));
		CU_ASSERT_EQUAL(v, rows[i].result);
		diameter_put_failed(&failed, &m);
		CU_ASSERT_EQUAL(failed.n > 0, rows[i].failed != 0);
		if (failed.n > 0) {
			CU_ASSERT(
			    diameter_next(buf_view(&failed), &at, &group));
			CU_ASSERT_EQUAL(group.id, DIAMETER_AVP_FAILED_AVP);
			at = 0;
			CU_ASSERT(diameter_next(group.value, &at, &a));
			CU_ASSERT_EQUAL(a.code, rows[i].failed);
		}
		drop(bytes);
		buf_free(&said);
		buf_free(&failed);
		buf_free(&b);
	}
}

/* An answer that does not say how it went. */
static void
an_answer_has_a_result(void)
{
	LOCAL_BUF b = BUF_INIT;
	struct diameter m;

	made_answer(&b, DIAMETER_LI);
	cut(&b, 268);
	CU_ASSERT_EQUAL(
	    diameter_read(buf_view(&b), &m), DIAMETER_FAULT_MISSING);
	CU_ASSERT_EQUAL(m.missing, DIAMETER_AVP_RESULT_CODE);
}

/* Any octet, any other value: nothing is read outside, each AVP lies within. */
static void
any_octet_may_be_wrong(void)
{
	LOCAL_BUF b = BUF_INIT;

	made_question(&b, DIAMETER_MA);
	for (size_t i = 0; i < b.n; i++)
		for (unsigned v = 0; v < 256; v += 15) {
			struct diameter_avp a;
			struct diameter m;
			size_t at = 0;
			struct str bytes;

			b.p[i] ^= (char)v;
			bytes = own(&b);
			diameter_read(bytes, &m);
			while (diameter_next(m.avps, &at, &a))
				CU_ASSERT(
				    a.value.p + a.value.n <= bytes.p + bytes.n);
			b.p[i] ^= (char)v;
			drop(bytes);
		}
}

/* ---- what is said ---- */

static void
its_lines(void)
{
	static const char *const wanted[] = { "MAA", "SIP-Auth-Data-Item",
		"  SIP-Authenticate", "303132", "TS 29.229 6.3.10",
		"RFC 6733 8.8", "2001 DIAMETER_SUCCESS" };
	LOCAL_BUF b = BUF_INIT, text = BUF_INIT;
	struct doc d = DOC_INIT;

	made_answer(&b, DIAMETER_MA);
	CU_ASSERT(decoded_doc(STR("diameter"), buf_view(&b), 1, 100, &d));
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		CU_ASSERT(strstr(buf_cstr(&d.text), wanted[i]) != NULL);
	describe_diameter(buf_view(&b), &text);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&text), ": SUCCESS");
	buf_clear(&b);
	buf_clear(&text);
	made_question(&b, DIAMETER_LI);
	describe_diameter(buf_view(&b), &text);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&text), ": sip:alice@home.example");
	doc_free(&d);
}

static void
tshark_reads_them(void)
{
	LOCAL_BUF file = BUF_INIT;
	char path[64], command[400], line[400], want[64];
	FILE *f;

	if (system("command -v tshark > /dev/null 2>&1") != 0) {
		check_skip("no tshark");
		return;
	}
	made_file(&file, 1);
	for (unsigned i = 0; i < 2 * DIAMETER_COMMAND_COUNT; i++) {
		struct sctp_data s = { 3868, 3868, 7, i + 1, 0, (uint16_t)i };
		struct buf b = BUF_INIT, sctp = BUF_INIT, ip;

		put(&b, i / 2, i % 2 == 0);
		sctp_put(&s, SCTP_DIAMETER, buf_view(&b), &sctp);
		ip = made_ip4(1, 2, 132, (int)i, 0, &sctp);
		ip = made_ether(0x0800, &ip);
		made_packet(&file, i, &ip);
		buf_free(&b);
	}
	CU_ASSERT_EQUAL_FATAL(made_write(&file, path), 0);
	snprintf(command, sizeof(command),
	    "tshark -n -o sctp.checksum:'CRC 32c' -r %s -T fields "
	    "-E separator='|' -e diameter.cmd.code -e diameter.flags.request "
	    "-e sctp.checksum.status -e _ws.malformed -e _ws.expert.message "
	    "2> /dev/null",
	    path);
	f = popen(command, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	for (unsigned i = 0; i < 2 * DIAMETER_COMMAND_COUNT; i++) {
		CU_ASSERT_PTR_NOT_NULL_FATAL(fgets(line, sizeof(line), f));
		snprintf(
		    want, sizeof(want), "%u|%d|1||\n", 300 + i / 2, i % 2 == 0);
		if (strcmp(line, want) != 0)
			printf("%s instead of %s", line, want);
		CU_ASSERT_STRING_EQUAL(line, want);
	}
	pclose(f);
	unlink(path);
}

CHECK_MAIN("diameter", { "what is wrong is said", what_is_wrong_is_said },
    { "an answer has a result", an_answer_has_a_result },
    { "any octet may be wrong", any_octet_may_be_wrong },
    { "its lines", its_lines }, { "tshark reads them", tshark_reads_them })
