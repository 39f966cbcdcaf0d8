/*
 * How long it takes to read a message: the usual INVITE, and what of 64 KiB
 * costs most.
 */
#include "bench.h"

#include "msg/message.h"
#include "msg/parts.h"

static const char invite[] =
    "INVITE sip:bob@biloxi.example.com SIP/2.0\r\n"
    "Via: SIP/2.0/UDP ss1.atlanta.example.com:5060;branch=z9hG4bK2d4790.1\r\n"
    "Via: SIP/2.0/UDP client.atlanta.example.com:5060;branch=z9hG4bK74b43"
    ";received=192.0.2.101\r\n"
    "Max-Forwards: 69\r\n"
    "Record-Route: <sip:ss1.atlanta.example.com;lr>\r\n"
    "From: Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl\r\n"
    "To: Bob <sip:bob@biloxi.example.com>\r\n"
    "Call-ID: 3848276298220188511@atlanta.example.com\r\n"
    "CSeq: 2 INVITE\r\n"
    "Contact: <sip:alice@client.atlanta.example.com>\r\n"
    "Content-Type: application/sdp\r\n"
    "Content-Length: 151\r\n\r\n"
    "v=0\r\no=alice 2890844526 2890844526 IN IP4 "
    "client.atlanta.example.com\r\ns=-\r\nc=IN IP4 192.0.2.101\r\nt=0 0\r\n"
    "m=audio 49172 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";

static struct msg m;

/* Nanoseconds of one msg_read, and of one msg_check in *CHECK: the best of
 * five series of N. */
static double
measure(struct str bytes, int n, double *check)
{
	double best = 1e18, t;

	*check = 1e18;
	for (int series = 0; series < 5; series++) {
		t = bench_now();
		for (int i = 0; i < n; i++)
			msg_read(&m, bytes, NULL);
		t = (bench_now() - t) * 1e9 / n;
		best = t < best ? t : best;
		t = bench_now();
		for (int i = 0; i < n; i++)
			msg_check(&m, NULL);
		t = (bench_now() - t) * 1e9 / n;
		*check = t < *check ? t : *check;
	}
	return best;
}

/* 64 KiB: HEAD, then UNIT over and over until 16,300 bytes (or to the end),
 * the end of the head, a body. */
static double
measure_large(const char *head, const char *unit, double *check)
{
	static char large[MSG_MAX_BYTES];
	size_t n = strlen(head), l = strlen(unit);
	size_t end = head[0] != '\0' ? 16300 : sizeof(large) - 4;

	memcpy(large, head, n);
	for (; n + l < end; n += l)
		memcpy(large + n, unit, l);
	memcpy(large + n, "\r\n\r\n", 4);
	memset(large + n + 4, 'x', sizeof(large) - n - 4);
	return measure((struct str){ large, sizeof(large) }, 50, check);
}

int
main(void)
{
#define FIRST  "INVITE sip:a SIP/2.0\r\n"
#define NEEDED "v:SIP/2.0/UDP a\r\nf:a:b\r\nt:a:b\r\ni:1\r\nCSeq:1 INVITE\r\n"
	static const char *const heads[] = { "", "INVITE sip:", FIRST,
		FIRST "Via: SIP/2.0/UDP a", FIRST NEEDED "m: <sip:a>",
		FIRST NEEDED "m: a:b" };
	static const char *const units[] = { ";", ",", "\"", "\\\"", "<", ">",
		"\r\n ", "a:b,", ";a=b", "%", "@", ";a=\"", "&", "x", "\n",
		"\r", "a:\r\n", " ," };
	double check, read = measure((struct str){ invite, sizeof(invite) - 1 },
			  100000, &check);
	double worst = 0, worst_check = 0;

	bench_print("an INVITE of 688 bytes read", read, "ns", NULL);
	bench_print("an INVITE of 688 bytes checked", check, "ns", NULL);
	for (size_t h = 0; h < sizeof(heads) / sizeof(heads[0]); h++)
		for (size_t u = 0; u < sizeof(units) / sizeof(units[0]); u++) {
			read = measure_large(heads[h], units[u], &check);
			worst = read > worst ? read : worst;
			worst_check = check > worst_check ? check : worst_check;
		}
	bench_print("the worst of 64 KiB read", worst / 1e3, "us", NULL);
	bench_print(
	    "the worst of 64 KiB checked", worst_check / 1e3, "us", NULL);
	return 0;
}
