/*
 * Programs that talk to the nodes of a live run by WebSocket, and many of them
 * that connect and say nothing, or half.
 */
#include "base/mem.h"
#include "fixtures/check.h"
#include "inputs/arrivals_file.h"
#include "live/connection_owner.h"
#include "live_scene.h"
#include "wire/websocket.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define UPGRADE                                                \
	"GET / HTTP/1.1\r\nHost: px\r\nUpgrade: websocket\r\n" \
	"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" \
	"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"      \
	"Sec-WebSocket-Protocol: sip\r\n\r\n"
#define ACCEPT "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

/* ---- tests ---- */

/* A run that has few descriptors. */
static void
begin_narrow_scene(struct scene *s)
{
	struct rlimit files, few;

	CU_ASSERT_EQUAL(getrlimit(RLIMIT_NOFILE, &files), 0);
	few = files;
	few.rlim_cur = 256;
	CU_ASSERT_EQUAL(setrlimit(RLIMIT_NOFILE, &few), 0);
	live_begin(s, "", &live_bob_outside);
	CU_ASSERT_EQUAL(setrlimit(RLIMIT_NOFILE, &files), 0);
}

/* More connections than there is room for, which say nothing: those that speak
 * are served. */
static void
test_bears_many_that_say_nothing(void)
{
	enum { MANY = 300 };
	struct scene s;
	struct sockaddr_in to;
	int fds[MANY];
	const char *text;

	begin_narrow_scene(&s);
	to = live_socket_address(&s.alice);
	for (int i = 0; i < MANY; i++) {
		fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		connect(fds[i], (struct sockaddr *)(void *)&to, sizeof(to));
		if (i % 50 == 0)
			live_turn(&s);
	}
	text = live_ask_options(&s, "TCP", "one");
	CU_ASSERT_EQUAL(
	    send(fds[MANY - 1], text, strlen(text), 0), (ssize_t)strlen(text));
	CU_ASSERT_NSTRING_EQUAL(
	    live_hear(&s, fds[MANY - 1]), "SIP/2.0 200", 11);
	for (int i = 0; i < MANY; i++)
		close(fds[i]);
	for (int i = 0; i < 50; i++)
		live_turn(&s);
	live_end_and_repeat(&s);
}

/* ---- WebSocket ---- */

struct place {
	const char *node;
	enum addr_transport transport;
	struct addr at;
};

static void
take_place(const char *node, const char *face, const struct addr *at, void *arg)
{
	struct place *p = arg;

	(void)face;
	if (strcmp(node, p->node) == 0 && at->transport == p->transport)
		p->at = *at;
}

/* A connection to where NODE waits for TRANSPORT. */
static int
connect_to(struct scene *s, const char *node, enum addr_transport transport)
{
	struct place p = { .node = node, .transport = transport };
	struct sockaddr_in to;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	live_sockets_each(live_run_sockets(s->l), take_place, &p);
	CU_ASSERT_NOT_EQUAL_FATAL(p.at.port, 0);
	to = live_socket_address(&p.at);
	connect(fd, (struct sockaddr *)(void *)&to, sizeof(to));
	return fd;
}

static void
say(int fd, const struct buf *b)
{
	CU_ASSERT_EQUAL(send(fd, b->p, b->n, 0), (ssize_t)b->n);
}

static const uint8_t mask[WEBSOCKET_MASK] = { 1, 2, 3, 4 };

static int
upgrade(struct scene *s, const char *node)
{
	int fd = connect_to(s, node, ADDR_WS);
	const char *said;

	CU_ASSERT_EQUAL(send(fd, UPGRADE, 30, 0), 30);
	for (int i = 0; i < 20; i++)
		live_turn(s);
	CU_ASSERT_EQUAL(send(fd, &UPGRADE[30], strlen(UPGRADE) - 30, 0),
	    (ssize_t)strlen(UPGRADE) - 30);
	said = live_hear(s, fd);
	CU_ASSERT_NSTRING_EQUAL(said, "HTTP/1.1 101 ", 13);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, ACCEPT));
	return fd;
}

/* OPTIONS of bob's in a browser, whose Via has a name that nobody has. */
static struct str
browser_options(const char *whom)
{
	static char text[1024];

	/* Without Content-Length (RFC 7118 5.3). */
	snprintf(text, sizeof(text),
	    "OPTIONS sip:%s SIP/2.0\r\n"
	    "Via: SIP/2.0/WS x.invalid;branch=z9hG4bK1\r\n"
	    "From: \"B\" <sip:bob@example.com>;tag=1\r\n"
	    "To: <sip:%s>\r\nCall-ID: ws\r\nCSeq: 1 OPTIONS\r\n"
	    "Max-Forwards: 70\r\n\r\n",
	    whom, whom);
	return str_of(text);
}

static void
test_is_answered_by_websocket(void)
{
	struct scene s;
	LOCAL_BUF out = BUF_INIT;
	struct str text;
	const char *said;
	int fd;

	live_begin_with(&s, "", &live_bob_outside,
	    (const char *const[]){ "bob.transport=ws", NULL });
	fd = upgrade(&s, "alice");
	text = browser_options("alice@example.com");
	/* In two frames, with a ping between, which is answered. */
	websocket_put_frame(&out, WEBSOCKET_TEXT, mask, str_slice(text, 0, 60));
	out.p[0] &= 0x7f;
	websocket_put_frame(&out, WEBSOCKET_PING, mask, STR("hi"));
	say(fd, &out);
	CU_ASSERT_STRING_EQUAL(live_hear(&s, fd), "\x8a\x02hi");
	buf_clear(&out);
	websocket_put_frame(
	    &out, WEBSOCKET_MORE, mask, str_slice(text, 60, text.n));
	say(fd, &out);
	said = live_hear(&s, fd);
	CU_ASSERT_EQUAL((unsigned char)said[0], 0x81);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "SIP/2.0 200"));
	/* It is bob's, by its From. */
	CU_ASSERT_PTR_NOT_NULL_FATAL(s.in.outside.arrivals);
	CU_ASSERT(addr_same_ip(&s.in.outside.arrivals->list[0].from, &s.bob));
	CU_ASSERT(str_eq(s.in.outside.arrivals->list[0].bytes, text));
	buf_clear(&out);
	websocket_put_close(&out, WEBSOCKET_NORMAL, mask);
	say(fd, &out);
	said = live_hear(&s, fd);
	CU_ASSERT_EQUAL((unsigned char)said[0], 0x88);
	CU_ASSERT_EQUAL(s.in.outside.arrivals->n, 2);
	CU_ASSERT_EQUAL(s.in.outside.arrivals->list[1].what, ARRIVAL_CLOSE);
	close(fd);
	live_end_and_repeat(&s);
}

/* The first bytes of what is said to BYTES, of one who has upgraded. */
static void
check_refusal(const char *setting, struct str bytes, bool upgraded,
    const char *head, size_t n)
{
	struct scene s;
	const char *said;
	int fd;

	live_begin_with(
	    &s, "", &live_bob_outside, (const char *const[]){ setting, NULL });
	fd = upgraded ? upgrade(&s, "px") : connect_to(&s, "px", ADDR_WS);
	CU_ASSERT_EQUAL(send(fd, bytes.p, bytes.n, 0), (ssize_t)bytes.n);
	said = live_hear(&s, fd);
	CU_ASSERT_EQUAL(memcmp(said, head, n), 0);
	/* … and no more. */
	for (int i = 0; i < 20; i++)
		live_turn(&s);
	CU_ASSERT_EQUAL(recv(fd, (char[4]){ 0 }, 4, MSG_DONTWAIT), 0);
	CU_ASSERT_PTR_NULL(s.in.outside.arrivals);
	close(fd);
	live_end_and_repeat(&s);
}

static void
test_refuses_what_is_no_websocket(void)
{
	static char long_head[9000] = "GET / HTTP/1.1\r\nX: ";

	memset(long_head + 19, 'x', sizeof(long_head) - 19);
	check_refusal("bob.transport=ws", STR("OPTIONS sip:x SIP/2.0\r\n"),
	    false, "HTTP/1.1 400", 12);
	check_refusal("bob.transport=ws",
	    (struct str){ long_head, sizeof(long_head) }, false, "HTTP/1.1 400",
	    12);
	/* Not masked (RFC 6455 5.1); too long; no UTF-8. */
	check_refusal(
	    "bob.transport=ws", STR("\x81\x02hi"), true, "\x88\x02\x03\xea", 4);
	check_refusal("bob.transport=ws",
	    (struct str){ "\x81\xff\0\0\0\0\0\x10\0\0", 10 }, true,
	    "\x88\x02\x03\xf1", 4);
	check_refusal("bob.transport=ws",
	    (struct str){ "\x81\x81\0\0\0\0\xff", 7 }, true, "\x88\x02\x03\xef",
	    4);
}

/* Those that have said half a message have room, too, until somebody needs it,
 * but a program of the run keeps what it has. */
static void
test_bears_many_that_say_half(void)
{
	enum { MANY = 300 };
	struct scene s;
	struct sockaddr_in to;
	struct addr own;
	int fds[MANY];
	const char *text;

	begin_narrow_scene(&s);
	to = live_socket_address(&s.alice);
	own = s.bob;
	own.port = 0;
	for (int i = 0; i < MANY; i++) {
		fds[i] = i == 0
			     ? live_open_program(&own, SOCK_STREAM)
			     : socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		connect(fds[i], (struct sockaddr *)(void *)&to, sizeof(to));
		text = live_ask_options(&s, "TCP", "half");
		live_turn(&s);
		CU_ASSERT_EQUAL(send(fds[i], text, 40, 0), 40);
		live_turn(&s);
	}
	CU_ASSERT_EQUAL(send(fds[0], text + 40, strlen(text) - 40, 0),
	    (ssize_t)strlen(text) - 40);
	CU_ASSERT_NSTRING_EQUAL(live_hear(&s, fds[0]), "SIP/2.0 200", 11);
	text = live_ask_options(&s, "TCP", "one");
	CU_ASSERT_EQUAL(send(fds[MANY - 1], text + 40, strlen(text) - 40, 0),
	    (ssize_t)strlen(text) - 40);
	CU_ASSERT_NSTRING_EQUAL(
	    live_hear(&s, fds[MANY - 1]), "SIP/2.0 200", 11);
	for (int i = 0; i < MANY; i++)
		close(fds[i]);
	for (int i = 0; i < 50; i++)
		live_turn(&s);
	live_end_and_repeat(&s);
}

CHECK_MAIN("live_websocket",
    { "is answered by WebSocket", test_is_answered_by_websocket },
    { "refuses what is no WebSocket", test_refuses_what_is_no_websocket },
    { "bears many that say nothing", test_bears_many_that_say_nothing },
    { "bears many that say half", test_bears_many_that_say_half })
