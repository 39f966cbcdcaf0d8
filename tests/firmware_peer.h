/*
 * The other side of the phone's messages, written by hand: requests as a
 * printf, responses out of the request that they answer.
 */
#ifndef FIRMWARE_PEER_H
#define FIRMWARE_PEER_H

#include "check.h"
#include "firmware_hal.h"

#include <stdarg.h>
#include <string.h>

#define PEER_CONFIG                                                   \
	"ip=192.0.2.4:5060 gw=192.0.2.254 "                           \
	"aor=sip:alice@atlanta.example.com display=\"Alice A.\" "     \
	"password=secret hosts=\"atlanta.example.com=192.0.2.3:5060 " \
	"biloxi.example.com=192.0.2.3\" "                             \
	"phonebook=\"Bob=sip:bob@biloxi.example.com;"                 \
	"Carol=sip:carol@biloxi.example.com\" seed=0123456789abcdef "
#define PEER_SDP                                                        \
	"v=0\r\no=bob 1 1 IN IP4 192.0.2.3\r\ns=-\r\n"                  \
	"c=IN IP4 192.0.2.3\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 101\r\n" \
	"a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n"

/* The value of header NAME ("Call-ID") of MESSAGE, the POS-th; "" where there
 * is none.  One of eight static arrays. */
const char *peer_header_at(const char *message, const char *name, unsigned pos);
const char *peer_header(const char *message, const char *name);

/* The value of parameter NAME in a header's VALUE; quotes are left out. */
const char *peer_param(const char *value, const char *name);
const char *peer_body(const char *message);

/*
 * Answers REQUEST with STATUS, "200 OK".  TAG goes into its To (NULL: as it
 * is); MORE are header lines each with its CRLF; BODY (NULL: none) is SDP.
 */
void peer_answer(const char *request, const char *status, const char *tag,
    const char *more, const char *body);

/* A request of the peer bob.  TO_TAG NULL: outside of a dialog. */
struct peer_request {
	const char *method, *branch, *call_id, *from_tag, *to_tag;
	unsigned cseq;
	const char *more, *type, *body;
	const char *uri; /* NULL: the phone's contact */
};

void peer_send(const struct peer_request *r);

#define PEER_CONTACT "Contact: <sip:bob@192.0.2.3:5060>\r\n"

/* bob calls: an INVITE with everything, from the call with the number N. */
void peer_invite(unsigned n, const char *more, const char *sdp);

#define SAME(a, b)                                              \
	do {                                                    \
		const char *is = (a), *want = (b);              \
                                                                \
		if (is == NULL || strcmp(is, want) != 0)        \
			printf("  is \"%s\"\n", is ? is : "");  \
		CU_ASSERT(is != NULL && strcmp(is, want) == 0); \
	} while (0)
#define HOLDS(text, part)                                                  \
	do {                                                               \
		const char *in = (text);                                   \
                                                                           \
		if (in == NULL || strstr(in, part) == NULL)                \
			printf("  no %s in \"%s\"\n", part, in ? in : ""); \
		CU_ASSERT(in != NULL && strstr(in, part) != NULL);         \
	} while (0)
#define SHOWS(text)                                                     \
	do {                                                            \
		if (!world_shows(text))                                 \
			printf("  no %s on\n%s", text, world_screen()); \
		CU_ASSERT(world_shows(text));                           \
	} while (0)

#endif
