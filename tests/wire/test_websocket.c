/*
 * WebSocket as octets (src/protocol/wire/websocket): the handshake and frames
 * to the octet, and what nobody may send.
 */
#include "fixtures/check.h"

#include "wire/websocket.h"

#include <string.h>

static void
keys(void)
{
	static const struct {
		const char *key, *accept;
	} rows[] = {
		{ "dGhlIHNhbXBsZSBub25jZQ==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" },
		{ "AAECAwQFBgcICQoLDA0ODw==", "Bz3qJYTGdOe8gUSpLosEdiLKDrk=" },
	};
	uint8_t octets[16];
	char key[WEBSOCKET_KEY + 1], accept[WEBSOCKET_ACCEPT + 1];

	for (size_t i = 0; i < 2; i++) {
		websocket_accept(str_of(rows[i].key), accept);
		CU_ASSERT_STRING_EQUAL(accept, rows[i].accept);
	}
	for (uint8_t i = 0; i < 16; i++)
		octets[i] = i;
	websocket_make_key(octets, key);
	CU_ASSERT_STRING_EQUAL(key, rows[1].key);
}

/* B, which is freed, is HEX. */
static void
is_hex(struct buf *b, const char *hex)
{
	char text[200];

	CU_ASSERT_FATAL(b->n * 2 < sizeof(text));
	for (size_t i = 0; i < b->n; i++)
		snprintf(text + 2 * i, 3, "%02x", (unsigned char)b->p[i]);
	CU_ASSERT_STRING_EQUAL(text, hex);
	buf_free(b);
}

static void
frames(void)
{
	static const uint8_t hello[] = { 0x37, 0xfa, 0x21, 0x3d },
			     ping[] = { 1, 2, 3, 4 },
			     bye[] = { 10, 11, 12, 13 },
			     long_[] = { 0xa1, 0xb2, 0xc3, 0xd4 };
	struct str options =
	    STR("OPTIONS sip:example.com SIP/2.0\r\n"
		"Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bKws1\r\n"
		"Max-Forwards: 70\r\nFrom: <sip:alice@example.com>;tag=1\r\n"
		"To: <sip:example.com>\r\nCall-ID: ws1@x\r\n"
		"CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");
	struct buf b = BUF_INIT;

	websocket_put_frame(&b, WEBSOCKET_TEXT, hello, STR("Hello"));
	is_hex(&b, "818537fa213d7f9f4d5158");
	websocket_put_frame(&b, WEBSOCKET_PING, ping, STR_NULL);
	is_hex(&b, "898001020304");
	websocket_put_frame(&b, WEBSOCKET_PONG, NULL, STR_NULL);
	is_hex(&b, "8a00");
	websocket_put_close(&b, WEBSOCKET_NORMAL, bye);
	is_hex(&b, "88820a0b0c0d09e3");
	CU_ASSERT_EQUAL(options.n, 221);
	websocket_put_frame(&b, WEBSOCKET_TEXT, long_, options);
	CU_ASSERT_EQUAL(b.n, 229);
	buf_truncate(&b, 32);
	is_hex(&b, "81fe00dda1b2c3d4eee2979deefc90f4d2dbb3eec4caa2b9d1dea6fac2"
		   "ddaef4");
}

static void
heads(void)
{
	static const size_t rows[][3] = { { 0, 2, 6 }, { 125, 2, 6 },
		{ 126, 4, 8 }, { 65535, 4, 8 }, { 65536, 10, 14 } };
	static const uint8_t mask[] = { 1, 2, 3, 4 };
	static const char text[65536];

	for (size_t i = 0; i < 5; i++)
		for (int client = 0; client < 2; client++) {
			struct str payload = { text, rows[i][0] };
			struct buf b = BUF_INIT, out = BUF_INIT;
			struct websocket_frame f;
			unsigned status;

			websocket_put_frame(&b, WEBSOCKET_BINARY,
			    client ? mask : NULL, payload);
			CU_ASSERT_EQUAL(b.n, rows[i][0] + rows[i][1 + client]);
			CU_ASSERT_EQUAL(
			    websocket_cut(buf_view(&b), client, &f, &status),
			    WEBSOCKET_CUT_FRAME);
			websocket_open(&f, &out);
			CU_ASSERT(str_eq(buf_view(&out), payload));
			CU_ASSERT_EQUAL(f.head + f.payload.n, b.n);
			/* None of the other side, none that is cut. */
			CU_ASSERT_EQUAL(
			    websocket_cut(buf_view(&b), !client, &f, &status),
			    WEBSOCKET_CUT_BAD);
			CU_ASSERT_EQUAL(status, WEBSOCKET_PROTOCOL);
			for (size_t n = 0; n < b.n; n += 1 + b.n / 50)
				CU_ASSERT_EQUAL(
				    websocket_cut(str_slice(buf_view(&b), 0, n),
					client, &f, &status),
				    WEBSOCKET_CUT_MORE);
			buf_free(&b);
			buf_free(&out);
		}
}

#define OCTETS(text) ((struct str){ text, sizeof(text) - 1 })

static void
refused(void)
{
	const struct {
		struct str in;
		unsigned status;
	} rows[] = {
		{ OCTETS("\xc1\x05hello"), 1002 },    /* RSV1 */
		{ OCTETS("\x83\x05hello"), 1002 },    /* no such opcode */
		{ OCTETS("\x8b\x00"), 1002 },         /* likewise */
		{ OCTETS("\x09\x00"), 1002 },         /* a ping in parts */
		{ OCTETS("\x89\x7e\x00\x7e"), 1002 }, /* too long a ping */
		{ OCTETS("\x81\x7e\x00\x05hello"),
		    1002 }, /* not the shortest */
		{ OCTETS("\x81\x7f\0\0\0\0\0\0\xff\xff"), 1002 },
		{ OCTETS("\x81\x7f\0\0\0\0\0\1\0\1"), 1009 },
		{ OCTETS("\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff"), 1009 },
	};
	struct websocket_frame f;
	unsigned status;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CU_ASSERT_EQUAL(websocket_cut(rows[i].in, false, &f, &status),
		    WEBSOCKET_CUT_BAD);
		CU_ASSERT_EQUAL(status, rows[i].status);
	}
}

/* ---- the handshake ---- */

static void
handshakes(void)
{
	const char *accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
	LOCAL_BUF request = BUF_INIT, response = BUF_INIT;
	struct str key;
	size_t n;

	websocket_put_request(&request, STR("sip-ws.example.com"), false,
	    "dGhlIHNhbXBsZSBub25jZQ==");
	websocket_put_response(&response, accept);
	CU_ASSERT_EQUAL(request.n, 218);
	CU_ASSERT_EQUAL(response.n, 158);
	CU_ASSERT_EQUAL(websocket_read_request(buf_view(&request), &n, &key),
	    WEBSOCKET_SHAKE_GOOD);
	CU_ASSERT_EQUAL(n, request.n);
	CU_ASSERT(str_is(key, "dGhlIHNhbXBsZSBub25jZQ=="));
	CU_ASSERT_EQUAL(
	    websocket_read_response(buf_view(&response), &n, accept),
	    WEBSOCKET_SHAKE_GOOD);
	CU_ASSERT_EQUAL(
	    websocket_read_response(buf_view(&response), &n, "another"),
	    WEBSOCKET_SHAKE_BAD);
	for (size_t i = 0; i < request.n; i++)
		CU_ASSERT_EQUAL(
		    websocket_read_request(
			str_slice(buf_view(&request), 0, i), &n, &key),
		    WEBSOCKET_SHAKE_MORE);
}

static void
bad_handshakes(void)
{
#define REST                                                       \
	"Host: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" \
	"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
	static const struct {
		const char *text;
		enum websocket_shake is;
	} rows[] = {
		{ "INVITE sip:a SIP/2.0\r\n", WEBSOCKET_SHAKE_BAD },
		{ "GET / HTTP/1.1\r\nHost: a\r\n\r\n", WEBSOCKET_SHAKE_BAD },
		{ "GET / HTTP/1.0\r\n" REST "\r\n", WEBSOCKET_SHAKE_BAD },
		{ "GET / HTTP/1.1\r\n" REST "Sec-WebSocket-Version: 8\r\n\r\n",
		    WEBSOCKET_SHAKE_VERSION },
		{ "GET / HTTP/1.1\r\n" REST "Sec-WebSocket-Version: 13\r\n"
		  "Sec-WebSocket-Protocol: chat\r\n\r\n",
		    WEBSOCKET_SHAKE_PROTOCOL },
		{ "GET / HTTP/1.1\r\n" REST "Sec-WebSocket-Version: 13\r\n"
		  "Sec-WebSocket-Protocol: chat, sip\r\n\r\n",
		    WEBSOCKET_SHAKE_GOOD },
	};
	struct str key;
	size_t n;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CU_ASSERT_EQUAL(
		    websocket_read_request(str_of(rows[i].text), &n, &key),
		    rows[i].is);
}

CHECK_MAIN("websocket", { "keys", keys }, { "frames", frames },
    { "heads", heads }, { "refused frames", refused },
    { "handshakes", handshakes }, { "bad handshakes", bad_handshakes })
