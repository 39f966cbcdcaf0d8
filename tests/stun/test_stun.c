/* STUN messages as bytes: src/protocol/stun, by the vectors of RFC 5769. */
#include "fixtures/check.h"

#include "sip/digest.h"
#include "stun/stun.h"

#include <stdlib.h>
#include <string.h>

static const char v4_response[] =
    "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f722000"
    "2000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d78028"
    "0004c07d4c96";
static const char v6_response[] =
    "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f722000"
    "2000140002a1470113a9faa5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784"
    "c97c8292c275bfe3ed4180280004c8fb0b4c";
static const char request[] =
    "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69"
    "656e74002400046e0001ff80290008932ff9b151263b36000600096576746a3a6836765920"
    "2020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf";

/* The bytes of HEX, in a block of their own size. */
static struct str
bytes_of(const char *hex)
{
	size_t n = strlen(hex) / 2;
	char *p = malloc(n);

	for (size_t i = 0; i < n; i++)
		p[i] =
		    (char)(chr_hex(hex[2 * i]) << 4 | chr_hex(hex[2 * i + 1]));
	return (struct str){ p, n };
}

static bool
has_integrity(const struct stun *m)
{
	LOCAL_BUF covered = BUF_INIT;
	char mac[HMAC_SHA1_BYTES];
	struct str said = STR_NULL;
	bool good = stun_integrity(m, &covered, &said);

	hmac_sha1(STR("VOkJxbRl1RmTxUk/WvJxBt"), buf_view(&covered), mac);
	return good && memcmp(mac, said.p, sizeof(mac)) == 0;
}

/* RFC 5769 2.1 to 2.3. */
static void
vectors(void)
{
	static const struct {
		const char *hex;
		enum stun_class class;
		const char *mapped;
	} rows[] = {
		{ request, STUN_REQUEST, "" },
		{ v4_response, STUN_SUCCESS, "192.0.2.1:32853" },
		{ v6_response, STUN_SUCCESS,
		    "[2001:db8:1234:5678:11:2233:4455:6677]:32853" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str bytes = bytes_of(rows[i].hex);
		struct buf mapped = BUF_INIT;
		struct stun m;

		CU_ASSERT(stun_is(bytes));
		CU_ASSERT_EQUAL(stun_read(bytes, &m), STUN_FAULT_NONE);
		CU_ASSERT_EQUAL(m.method, STUN_BINDING);
		CU_ASSERT_EQUAL(m.class, rows[i].class);
		CU_ASSERT(m.fingerprint);
		CU_ASSERT(has_integrity(&m));
		if (m.mapped.len != 0)
			addr_write(&m.mapped, &mapped);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&mapped), rows[i].mapped);
		/* PRIORITY and ICE-CONTROLLED are known by their names. */
		CU_ASSERT_EQUAL(m.unknown, 0);
		buf_free(&mapped);
		free((char *)(uintptr_t)bytes.p);
	}
}

/* What is written is what others write: 2.2 and 2.3 but for the attribute that
 * has a secret. */
static void
written(void)
{
	static const char *const hex[] = {
		"000100002112a442b7e7a701bc34d686fa87dfae",
		"0101002c2112a442b7e7a701bc34d686fa87dfae"
		"002000080001a147e112a643"
		"0009001000000414556e6b6e6f776e20617474722e00"
		"000a00040003fffe",
	};
	struct str expected = bytes_of(hex[1]), id = str_slice(expected, 8, 20);
	struct addr mapped;
	LOCAL_BUF out = BUF_INIT;
	struct stun m;

	addr_parse(STR("192.0.2.1:32853"), &mapped);
	stun_begin(&out, STUN_BINDING, STUN_REQUEST, id.p);
	CU_ASSERT_EQUAL(out.n, STUN_HEAD);
	CU_ASSERT_EQUAL(stun_read(buf_view(&out), &m), STUN_FAULT_NONE);
	buf_clear(&out);
	stun_begin(&out, STUN_BINDING, STUN_SUCCESS, id.p);
	stun_put_addr(&out, STUN_XOR_MAPPED_ADDRESS, &mapped);
	CU_ASSERT(memcmp(out.p + STUN_HEAD, expected.p + STUN_HEAD, 12) == 0);
	stun_put_error(&out, 420, "Unknown attr.");
	stun_put_u32(&out, STUN_CHANGE_REQUEST, STUN_CHANGE_IP);
	stun_put_addr(&out, STUN_OTHER_ADDRESS, &mapped);
	stun_put_fingerprint(&out);
	CU_ASSERT_EQUAL(stun_read(buf_view(&out), &m), STUN_FAULT_NONE);
	CU_ASSERT(m.fingerprint && m.code == 420);
	CU_ASSERT(str_is(m.reason, "Unknown attr."));
	CU_ASSERT_EQUAL(m.change, STUN_CHANGE_IP);
	CU_ASSERT(addr_eq(&m.mapped, &mapped) && addr_eq(&m.other, &mapped));
	free((char *)(uintptr_t)expected.p);
}

/* Whatever is changed in a message with a fingerprint is seen, or was never
 * part of it; whatever is cut off, too; and nothing behind its end is read. */
static void
hostile(void)
{
	struct str good = bytes_of(v4_response);
	struct stun m;

	for (size_t i = 0; i < good.n * 8; i++) {
		char *p = malloc(good.n);

		memcpy(p, good.p, good.n);
		p[i / 8] = (char)(p[i / 8] ^ 1 << i % 8);
		CU_ASSERT(stun_read((struct str){ p, good.n }, &m) !=
			      STUN_FAULT_NONE ||
			  !m.fingerprint);
		free(p);
	}
	for (size_t n = 0; n < good.n; n++) {
		char *p = malloc(n > 0 ? n : 1);

		memcpy(p, good.p, n);
		CU_ASSERT_EQUAL(stun_read((struct str){ p, n }, &m),
		    n < STUN_HEAD ? STUN_FAULT_SHORT : STUN_FAULT_LENGTH);
		free(p);
	}
	free((char *)(uintptr_t)good.p);
}

/* Why each is refused. */
static void
refused(void)
{
	static const struct {
		const char *hex;
		enum stun_fault fault;
	} rows[] = {
		{ "800100002112a442b7e7a701bc34d686fa87dfae", STUN_FAULT_BITS },
		{ "000100002112a443b7e7a701bc34d686fa87dfae",
		    STUN_FAULT_MAGIC },
		{ "000100042112a442b7e7a701bc34d686fa87dfae",
		    STUN_FAULT_LENGTH },
		{ "000100042112a442b7e7a701bc34d686fa87dfae80220008",
		    STUN_FAULT_ATTRIBUTE },
		{ "000100082112a442b7e7a701bc34d686fa87dfae0020000400010000",
		    STUN_FAULT_VALUE },
		{ "0001000c2112a442b7e7a701bc34d686fa87dfae002000080002a147e112"
		  "a643",
		    STUN_FAULT_VALUE },
		{ "000100082112a442b7e7a701bc34d686fa87dfae8028000400000000",
		    STUN_FAULT_FINGERPRINT },
		{ "000100042112a442b7e7a701bc34d686fa87dfae00ff0000",
		    STUN_FAULT_NONE },
	};
	struct stun m;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str bytes = bytes_of(rows[i].hex);

		CU_ASSERT_EQUAL(stun_read(bytes, &m), rows[i].fault);
		free((char *)(uintptr_t)bytes.p);
	}
	/* The last has what it must understand and does not. */
	CU_ASSERT_EQUAL(m.unknown, 0x00FF);
	CU_ASSERT(!stun_is(STR("OPTIONS sip:example.com SIP/2.0")));
}

CHECK_MAIN("stun", { "vectors of RFC 5769", vectors },
    { "what is written", written }, { "a flipped bit, a cut end", hostile },
    { "why a message is refused", refused })
