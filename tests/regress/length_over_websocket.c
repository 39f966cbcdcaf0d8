/*
 * A message in a WebSocket needs no Content-Length (RFC 7118 5): the inspector
 * said that it broke a rule of streams, where packets show no more than TCP.
 */
#include "inspect_check.h"
#include "inspect_scene.h"

/* What an OPTIONS without Content-Length breaks where its Via says VIA. */
static void
finds(const char *via, const char *want)
{
	struct buf text = BUF_INIT, out = BUF_INIT, rules = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct inspect *in;
	struct trace *t;

	buf_printf(&text,
	    "0 a>b OPTIONS tcp | -Content-Length | Via: SIP/2.0/%s "
	    "192.0.2.1;branch=z9hG4bK1\n1 b>a 200/OPTIONS tcp\n",
	    via);
	scene_write(buf_cstr(&text), true, &out);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "scene", &d), 0);
	in = inspect_trace(t, "scene");
	put_rules(in, false, &rules);
	if (!str_is(buf_view(&rules), want))
		printf("BAD over %s: \"%s\" instead of \"%s\"\n", via,
		    buf_cstr(&rules), want);
	CU_ASSERT(str_is(buf_view(&rules), want));
	inspect_destroy(in);
	trace_destroy(t);
	buf_free(&text);
	buf_free(&rules);
}

static void
stream_or_websocket(void)
{
	finds("TCP", "form-length");
	finds("WS", "");
	finds("WSS", "");
}

CHECK_MAIN(
    "length_over_websocket", { "TCP and WebSocket", stream_or_websocket })
