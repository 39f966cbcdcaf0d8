/*
 * Octets of WebSocket from either side: frames, a request, a response.  What is
 * taken lies in what came, and a frame that was taken is written so again.
 */
#include "fuzz.h"

#include "wire/websocket.h"

static void
cut_all(struct str in, bool from_client)
{
	struct websocket_frame f;
	unsigned status = 0;

	while (in.n > 0) {
		struct buf plain = BUF_INIT, again = BUF_INIT;
		enum websocket_cut is =
		    websocket_cut(in, from_client, &f, &status);
		size_t n = f.head + f.payload.n;

		if (is != WEBSOCKET_CUT_FRAME) {
			fuzz_want(is == WEBSOCKET_CUT_MORE || status >= 1000);
			return;
		}
		fuzz_want(n <= in.n && f.payload.n <= WEBSOCKET_MOST);
		websocket_open(&f, &plain);
		websocket_put_frame(&again, f.opcode, f.masked ? f.mask : NULL,
		    buf_view(&plain));
		fuzz_want(again.n == n);
		fuzz_want(
		    !f.last || str_eq(buf_view(&again), str_slice(in, 0, n)));
		buf_free(&plain);
		buf_free(&again);
		in = str_slice(in, n, in.n);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str in = { (const char *)bytes, n }, key;
	size_t taken;

	cut_all(in, true);
	cut_all(in, false);
	if (websocket_read_request(in, &taken, &key) == WEBSOCKET_SHAKE_GOOD)
		fuzz_want(taken <= n && key.n == WEBSOCKET_KEY);
	websocket_read_response(in, &taken, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
	fuzz_want(taken <= n);
	return 0;
}
