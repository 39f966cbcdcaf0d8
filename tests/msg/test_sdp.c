/* Session descriptions read in place.  RFC 8866. */
#include "fixtures/check.h"

#include "base/buf.h"
#include "base/err.h"
#include "msg/sdp.h"

static struct msg_sdp s; /* large */

static const char call[] = "v=0\r\n"
			   "o=alice 1 2 IN IP4 a.example\r\n"
			   "s=-\r\n"
			   "c=IN IP4 192.0.2.1\r\n"
			   "t=0 0\r\n"
			   "a=sendonly\r\n"
			   "m=audio 49170 RTP/AVP 0 8 101\r\n"
			   "a=rtpmap:0 PCMU/8000\r\n"
			   "a=rtpmap:101 telephone-event/8000\r\n"
			   "m=video 51372/2 RTP/AVP 31\r\n"
			   "c=IN IP6 2001:db8::1/127\r\n"
			   "a=inactive\r\n"
			   "m=audio 0 RTP/AVP 0\r\n";

static void
reads_a_call(void)
{
	struct str v;

	CU_ASSERT_EQUAL(msg_sdp_read(&s, str_of(call), NULL), 0);
	CU_ASSERT_EQUAL(s.nlines, 13);
	CU_ASSERT_EQUAL(s.nmedia, 3);
	CU_ASSERT_TRUE(str_is(s.address, "192.0.2.1"));
	CU_ASSERT_EQUAL(s.direction, MSG_SDP_SENDONLY);
	CU_ASSERT_TRUE(str_is(s.media[0].type, "audio"));
	CU_ASSERT_EQUAL(s.media[0].port, 49170);
	CU_ASSERT_EQUAL(s.media[0].nports, 1);
	CU_ASSERT_TRUE(str_is(s.media[0].proto, "RTP/AVP"));
	CU_ASSERT_TRUE(str_is(s.media[0].formats, "0 8 101"));
	CU_ASSERT_TRUE(str_is(s.media[0].address, "192.0.2.1"));
	CU_ASSERT_EQUAL(s.media[0].direction, MSG_SDP_SENDONLY);
	CU_ASSERT_EQUAL(s.media[1].nports, 2);
	CU_ASSERT_TRUE(str_is(s.media[1].address, "2001:db8::1"));
	CU_ASSERT_TRUE(s.media[1].v6 && !s.media[0].v6);
	CU_ASSERT_EQUAL(s.media[1].direction, MSG_SDP_INACTIVE);
	CU_ASSERT_EQUAL(s.media[2].port, 0);
	CU_ASSERT_EQUAL(s.lines[7].media, 1);
	CU_ASSERT_EQUAL(s.lines[7].type, 'a');
	CU_ASSERT_TRUE(str_is(s.lines[7].value, "rtpmap:0 PCMU/8000"));
	CU_ASSERT_TRUE(msg_sdp_attribute_find(&s, 1, "rtpmap", 1, &v));
	CU_ASSERT_TRUE(str_is(v, "101 telephone-event/8000"));
	CU_ASSERT_FALSE(msg_sdp_attribute_find(&s, 1, "rtpmap", 2, &v));
	CU_ASSERT_TRUE(msg_sdp_attribute_find(&s, 0, "sendonly", 0, &v));
	CU_ASSERT_EQUAL(v.n, 0);
}

#define FAULT(text, where)                                          \
	do {                                                        \
		struct str at_;                                     \
		CU_ASSERT_EQUAL(                                    \
		    msg_sdp_read(&s, STR(text), &at_), ERR_SYNTAX); \
		CU_ASSERT_TRUE(str_is(at_, where));                 \
	} while (0)

static void
finds_faults(void)
{
	FAULT("", "");
	FAULT("s=-\r\n", "s=-");
	FAULT("v=0\r\nhello\r\ns=-\r\n", "hello");
	CU_ASSERT_EQUAL(s.nlines, 3);
	FAULT("v=0\r\n\r\ns=-\r\n", "");
	FAULT("v=0\nm=audio\n", "m=audio");
	CU_ASSERT_EQUAL(s.nmedia, 1);
	FAULT("v=0\nm=audio x RTP/AVP 0\n", "m=audio x RTP/AVP 0");
	FAULT("v=0\nm=audio 65536 RTP/AVP 0\n", "m=audio 65536 RTP/AVP 0");
	FAULT("v=0\nm=audio 1/0 RTP/AVP 0\n", "m=audio 1/0 RTP/AVP 0");
	FAULT("v=0\nm=audio 1 RTP/AVP\n", "m=audio 1 RTP/AVP");
	FAULT("v=0\nc=IN IP4\n", "c=IN IP4");
}

static void
keeps_the_limits(void)
{
	LOCAL_BUF b = BUF_INIT;

	buf_puts(&b, "v=0\n");
	for (int i = 0; i < MSG_SDP_MEDIA + 5; i++)
		buf_puts(&b, "m=audio 1 RTP/AVP 0\na=sendonly\n");
	CU_ASSERT_EQUAL(msg_sdp_read(&s, buf_view(&b), NULL), ERR_LIMIT);
	CU_ASSERT_EQUAL(s.nmedia, MSG_SDP_MEDIA);
	for (int i = 0; i < MSG_SDP_LINES; i++)
		buf_puts(&b, "a=x\n");
	CU_ASSERT_EQUAL(msg_sdp_read(&s, buf_view(&b), NULL), ERR_LIMIT);
	CU_ASSERT_EQUAL(s.nlines, MSG_SDP_LINES);
}

static void
finds_rows(void)
{
	static const char letters[] = "vosiuepcbtrzkam";

	for (const char *p = letters; *p != '\0'; p++)
		CU_ASSERT_PTR_NOT_NULL(msg_sdp_type(*p));
	CU_ASSERT_PTR_NULL(msg_sdp_type('y'));
	CU_ASSERT_PTR_NULL(msg_sdp_type('\0'));
	CU_ASSERT_EQUAL(msg_sdp_attribute(STR("rtpmap"))->rfc, 8866);
	CU_ASSERT_PTR_NULL(msg_sdp_attribute(STR("rtpma")));
	CU_ASSERT_STRING_EQUAL(msg_sdp_static_codec(8), "PCMA/8000");
	CU_ASSERT_PTR_NULL(msg_sdp_static_codec(101));
	CU_ASSERT_STRING_EQUAL(
	    msg_sdp_direction_name(MSG_SDP_RECVONLY), "recvonly");
}

CHECK_MAIN("sdp", { "a call's description is read", reads_a_call },
    { "faults are found", finds_faults },
    { "the limits hold", keeps_the_limits }, { "rows are found", finds_rows })
