/*
 * rung show --calls of a capture that is too large for one trace reads the
 * doubtful calls alone.  It told of a registration that it lapsed, although it
 * was made anew in another call, which was not read.  "Too large" is lowered
 * for that.
 */
#include "base/err.h"
#include "cli/cli.h"

#include "fixtures/capture_made.h"
#include "fixtures/check.h"

#define SECOND INT64_C(1000000000)

/* A request of 192.0.2.1 at T seconds, COUNT times, and its answer. */
static void
make_request(
    struct buf *b, int t, const char *method, const char *id, int count)
{
	LOCAL_BUF fields = BUF_INIT;

	buf_printf(&fields,
	    "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK%s\r\n"
	    "From: <sip:a@a.example>;tag=1\r\nTo: <sip:a@a.example>\r\n"
	    "Call-ID: %s\r\nCSeq: 1 %s\r\n"
	    "Contact: <sip:a@192.0.2.1>;expires=30\r\n"
	    "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n",
	    id, id, method);
	for (int i = 0; i <= count; i++) {
		LOCAL_BUF text = BUF_INIT;
		int to = i < count ? 2 : 1;
		struct buf udp, ip, frame;

		if (i < count)
			buf_printf(&text, "%s sip:192.0.2.2 SIP/2.0\r\n%s",
			    method, buf_cstr(&fields));
		else
			buf_printf(
			    &text, "SIP/2.0 200 OK\r\n%s", buf_cstr(&fields));
		udp = made_udp(5060, 5060, buf_view(&text));
		ip = made_ip4(3 - to, to, 17, 0, 0, &udp);
		frame = made_ether(0x0800, &ip);
		made_packet(b, t * SECOND + i * SECOND / 2, &frame);
	}
}

/* The list of B, of at most MOST messages in a trace, says so of REGISTERs. */
static void
try_list(const struct buf *b, size_t most, bool lapsed)
{
	struct cli c = {
		.messages_most = most, .quiet = true, .to_ns = INT64_MAX
	};
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	char path[64];
	int status = 0;

	CU_ASSERT_EQUAL_FATAL(made_write(b, path), 0);
	CU_ASSERT_EQUAL(cli_show_calls(&c, path, &out, &status, &d), 0);
	CU_ASSERT_EQUAL(unlink(path), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&out), "200 OK"));
	CU_ASSERT(
	    (strstr(buf_cstr(&out), "its lifetime was") != NULL) == lapsed);
}

static void
tells_of_what_it_reads(void)
{
	LOCAL_BUF b = BUF_INIT;

	made_file(&b, 1);
	make_request(&b, 1, "REGISTER", "one", 2);
	make_request(&b, 50, "OPTIONS", "two", 2);
	try_list(&b, 100, true);
	buf_clear(&b);
	made_file(&b, 1);
	make_request(&b, 1, "REGISTER", "one", 2);
	make_request(&b, 20, "REGISTER", "three", 1);
	make_request(&b, 40, "OPTIONS", "two", 2);
	try_list(&b, 100, false);
	try_list(&b, 4, false);
}

CHECK_MAIN(
    "large_list_lapses", { "tells of what it reads", tells_of_what_it_reads })
