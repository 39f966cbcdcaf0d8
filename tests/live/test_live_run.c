/*
 * A run that goes as the clock does, and programs of this machine that talk to
 * its nodes: by UDP and over connections, from a node's own address and from
 * others; what they say is an input, so that the run is made again without
 * them, byte for byte; nothing goes beyond the machine.
 */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "inputs/arrivals_file.h"
#include "live/sender.h"
#include "live/live_run.h"
#include "topology/topology.h"
#include "wire/websocket.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define TOPOLOGY                                     \
	"graph {\n"                                  \
	"\tgraph [domain=\"example.com\"]\n"         \
	"\tedge [delay=\"1ms\"]\n"                   \
	"\talice [role=ua, answer=\"5ms\"]\n"        \
	"\tbob [role=ua]\n"                          \
	"\tpx [role=\"proxy registrar location\"]\n" \
	"\trouter\n"                                 \
	"\talice -- router -- {bob px}\n"            \
	"}\n"
#define SCRIPT "lab { topology = \"t.gv\" }\nscript(function()\n%s\nend)\n"

/* How long something may take to come, by the clock. */
#define PATIENCE 2000

struct scene {
	struct inputs in;
	struct trace *t;
	struct buf text;
	struct live_run *l;
	struct session *session; /* or NULL */
	struct addr alice, bob;  /* with their ports */
};

static int
keep(const char *line, size_t n, void *arg)
{
	struct buf *b = arg;

	buf_add(b, line, n);
	return b->err;
}

static void
put_inputs(struct inputs *in, const char *acts)
{
	struct buf script = BUF_INIT;

	*in = (struct inputs){ .detail = TRACE_PROTOCOL };
	buf_printf(&script, SCRIPT, acts);
	in->topology_file = mem_strdup("t.gv");
	in->topology = mem_strdup(TOPOLOGY);
	in->script_file = mem_strdup("t.lua");
	in->script = mem_strdup(buf_cstr(&script));
	in->folder = mem_strdup(".");
	buf_free(&script);
}

static struct addr
address_of(const struct scene *s, const char *name)
{
	struct addr a =
	    topology_find(live_run_topology(s->l), name, NULL)->addr;

	a.port = ADDR_PORT_SIP;
	return a;
}

/* SETTINGS, with a NULL behind, are those of the topology. */
static void
begin_scene_with(struct scene *s, const char *acts,
    const struct live_options *more, const char *const *settings)
{
	struct live_options o = *more;
	struct diag d = DIAG_INIT;

	memset(s, 0, sizeof(*s));
	put_inputs(&s->in, acts);
	for (; *settings != NULL; settings++) {
		struct topology_setting one = { .text = *settings };

		CU_ASSERT_EQUAL(inputs_add_setting(&s->in, &one), 0);
	}
	CU_ASSERT_EQUAL_FATAL(trace_begin(&s->t, "live"), 0);
	o.trace = s->t;
	o.line = keep;
	o.arg = &s->text;
	CU_ASSERT_EQUAL(live_run_begin(&s->l, &s->in, &o, &d), 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(s->l);
	s->alice = address_of(s, "alice");
	s->bob = address_of(s, "bob");
}

static void
begin_scene(struct scene *s, const char *acts, const struct live_options *more)
{
	static const char *const none[] = { NULL };

	begin_scene_with(s, acts, more, none);
}

static void
turn(struct scene *s)
{
	enum run_state state;
	struct diag d = DIAG_INIT;

	if (s->session == NULL) {
		CU_ASSERT_EQUAL(
		    live_run_turn(s->l, INT64_C(1000000), &state, &d), 0);
		return;
	}
	CU_ASSERT_EQUAL(live_run_attend(s->l, INT64_C(1000000), &d), 0);
	CU_ASSERT_EQUAL(session_advance_to(s->session, 0, NULL, &state, &d), 0);
	CU_ASSERT_EQUAL(d.err, 0);
}

/* The run is over, and is made again of what its trace says, without sockets.
 */
static void
end_and_repeat(struct scene *s)
{
	enum run_state state = RUN_GOES_ON;
	const struct drive_options o = { .line = keep, .arg = &s->text };
	struct diag d = DIAG_INIT;
	struct inputs again;
	struct drive *drive = NULL;
	struct buf first;

	run_stop(drive_run(live_run_drive(s->l)));
	for (int i = 0; i < 100 && state != RUN_IS_OVER; i++)
		CU_ASSERT_EQUAL(live_run_turn(s->l, 1000, &state, &d), 0);
	CU_ASSERT_EQUAL(state, RUN_IS_OVER);
	live_run_end(s->l);
	first = s->text;
	s->text = BUF_INIT;
	CU_ASSERT_EQUAL(inputs_from_trace(&again, s->t, "t.jsonl", &d), 0);
	CU_ASSERT_EQUAL_FATAL(drive_begin(&drive, &again, &o, &d), 0);
	CU_ASSERT_EQUAL(drive_through(drive, NULL, NULL, &d), 0);
	drive_end(drive);
	CU_ASSERT(str_eq(buf_view(&first), buf_view(&s->text)));
	inputs_free(&again);
	inputs_free(&s->in);
	trace_destroy(s->t);
	buf_free(&first);
	buf_free(&s->text);
}

/* ---- a program ---- */

static struct sockaddr_in
socket_address(const struct addr *a)
{
	struct sockaddr_in s = { .sin_family = AF_INET,
		.sin_port = htons(a->port) };

	memcpy(&s.sin_addr, a->ip, 4);
	return s;
}

static int
open_program(const struct addr *at, int type)
{
	int fd = socket(AF_INET, type | SOCK_NONBLOCK, 0);
	struct sockaddr_in s = socket_address(at);
	const int yes = 1;

	/* What was there a moment ago may be in TIME-WAIT. */
	if (type == SOCK_STREAM)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	CU_ASSERT_EQUAL_FATAL(
	    bind(fd, (struct sockaddr *)(void *)&s, sizeof(s)), 0);
	return fd;
}

static void
send_to(int fd, const struct addr *to, const char *text)
{
	struct sockaddr_in s = socket_address(to);

	CU_ASSERT_EQUAL(sendto(fd, text, strlen(text), 0,
			    (struct sockaddr *)(void *)&s, sizeof(s)),
	    (ssize_t)strlen(text));
}

/* What comes at FD while the run goes on; "" when nothing does for long. */
static const char *
hear(struct scene *s, int fd)
{
	static char text[4096];
	ssize_t n = -1;

	for (int i = 0; i < PATIENCE && n <= 0; i++) {
		turn(s);
		n = recv(fd, text, sizeof(text) - 1, MSG_DONTWAIT);
	}
	text[n > 0 ? n : 0] = '\0';
	return text;
}

/* METHOD, for WHOM, of bob's, over TRANSPORT; ID makes it his only one. */
static const char *
request(const struct scene *s, const char *method, const char *whom,
    const char *transport, const char *id)
{
	static char text[1024];
	unsigned net = s->alice.ip[1];

	snprintf(text, sizeof(text),
	    "%s %s SIP/2.0\r\n"
	    "Via: SIP/2.0/%s 127.%u.0.2:5060;branch=z9hG4bK%s;rport\r\n"
	    "From: <sip:bob@example.com>;tag=1\r\n"
	    "To: <sip:bob@example.com>\r\nCall-ID: %s\r\n"
	    "CSeq: 1 %s\r\nMax-Forwards: 70\r\n"
	    "Contact: <sip:bob@127.%u.0.2;transport=%s>\r\n"
	    "Content-Length: 0\r\n\r\n",
	    method, whom, transport, net, id, id, method, net, transport);
	return text;
}

static const char *
options(const struct scene *s, const char *transport, const char *id)
{
	return request(s, "OPTIONS", "sip:alice@example.com", transport, id);
}

/* Bob's program is called at its address from now on, by TRANSPORT. */
static void
register_bob(struct scene *s, int fd, const char *transport)
{
	struct addr px = address_of(s, "px");
	char text[1024];
	char *by;

	snprintf(text, sizeof(text), "%s",
	    request(s, "REGISTER", "sip:example.com", "UDP", "reg"));
	by = strstr(text, "transport=UDP");
	CU_ASSERT_PTR_NOT_NULL_FATAL(by);
	memcpy(by + strlen("transport="), transport, 3);
	send_to(fd, &px, text);
	CU_ASSERT_NSTRING_EQUAL(hear(s, fd), "SIP/2.0 200", 11);
}

static const struct live_options bob_outside = { .outside = "bob" };

/* ---- tests ---- */

static void
test_is_answered_by_udp(void)
{
	struct scene s;
	struct addr stranger;
	int bob, other;
	const char *said;

	begin_scene(&s, "", &bob_outside);
	bob = open_program(&s.bob, SOCK_DGRAM);
	send_to(bob, &s.alice, options(&s, "UDP", "one"));
	said = hear(&s, bob);
	CU_ASSERT_NSTRING_EQUAL(said, "SIP/2.0 200", 11);
	/* Somebody whom no node stands for is outside, too. */
	stranger = (struct addr){ .len = 4, .ip = { 127, 0, 0, 1 } };
	other = open_program(&stranger, SOCK_DGRAM);
	send_to(other, &s.alice, options(&s, "UDP", "two"));
	CU_ASSERT_NSTRING_EQUAL(hear(&s, other), "SIP/2.0 200", 11);
	/* What is none of SIP is a record, and no more. */
	send_to(bob, &s.alice, "\x01nothing");
	for (int i = 0; i < 20; i++)
		turn(&s);
	close(bob);
	close(other);
	end_and_repeat(&s);
}

static void
test_is_answered_over_connections(void)
{
	struct scene s;
	struct sockaddr_in to;
	const char *text;
	int fd;

	begin_scene(&s, "", &bob_outside);
	fd = open_program(
	    &(struct addr){ .len = 4, .ip = { 127, s.bob.ip[1], 0, 2 } },
	    SOCK_STREAM);
	to = socket_address(&s.alice);
	connect(fd, (struct sockaddr *)(void *)&to, sizeof(to));
	text = options(&s, "TCP", "one");
	/* In two parts, the second when the first has arrived. */
	CU_ASSERT_EQUAL(send(fd, text, 40, 0), 40);
	for (int i = 0; i < 20; i++)
		turn(&s);
	CU_ASSERT_EQUAL(send(fd, text + 40, strlen(text) - 40, 0),
	    (ssize_t)strlen(text) - 40);
	CU_ASSERT_NSTRING_EQUAL(hear(&s, fd), "SIP/2.0 200", 11);
	close(fd);
	for (int i = 0; i < 50; i++)
		turn(&s);
	end_and_repeat(&s);
}

/* One that connects from an address that the machine has chosen is known by
 * where it says that it waits; a stranger stays outside. */
static void
test_knows_a_program_that_connects(void)
{
	for (int known = 0; known < 2; known++) {
		struct scene s;
		struct sockaddr_in to;
		char text[1024];
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		const struct addr *from;

		begin_scene(&s, "", &bob_outside);
		to = socket_address(&s.alice);
		connect(fd, (struct sockaddr *)(void *)&to, sizeof(to));
		snprintf(text, sizeof(text), "%s", options(&s, "TCP", "one"));
		if (!known) /* nobody is there */
			memcpy(strstr(text, ".0.2:5060"), ".0.9", 4);
		CU_ASSERT_EQUAL(
		    send(fd, text, strlen(text), 0), (ssize_t)strlen(text));
		CU_ASSERT_NSTRING_EQUAL(hear(&s, fd), "SIP/2.0 200", 11);
		CU_ASSERT_PTR_NOT_NULL_FATAL(s.in.outside.arrivals);
		from = &s.in.outside.arrivals->list[0].from;
		CU_ASSERT_EQUAL(addr_same_ip(from, &s.bob), known);
		CU_ASSERT(from->port != s.bob.port);
		close(fd);
		for (int i = 0; i < 50; i++)
			turn(&s);
		end_and_repeat(&s);
	}
}

/* What is sent together comes apart, and what is sent in pieces together: an
 * empty line that keeps the connection open (RFC 5626 4.4.1), one message, half
 * of the next and the rest. */
static void
test_takes_messages_apart(void)
{
	struct scene s;
	struct sockaddr_in to;
	char text[4096];
	const struct arrivals *l;
	const char *said;
	size_t half, sent;
	int fd;

	begin_scene(&s, "", &bob_outside);
	fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	to = socket_address(&s.alice);
	connect(fd, (struct sockaddr *)(void *)&to, sizeof(to));
	snprintf(text, sizeof(text), "\r\n\r\n%s", options(&s, "TCP", "one"));
	half = strlen(text) + 50;
	snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s",
	    options(&s, "TCP", "two"), "OPTIONS");
	sent = strlen(text);
	CU_ASSERT_EQUAL(send(fd, text, half, 0), (ssize_t)half);
	said = hear(&s, fd); /* a pong, and what may come behind it */
	while (said[0] != '\0' && strstr(said, "SIP/2.0 200") == NULL)
		said = hear(&s, fd);
	CU_ASSERT(said[0] != '\0');
	CU_ASSERT_EQUAL(
	    send(fd, text + half, sent - half, 0), (ssize_t)(sent - half));
	CU_ASSERT_NSTRING_EQUAL(hear(&s, fd), "SIP/2.0 200", 11);
	/* What can't be cut comes as it is. */
	CU_ASSERT_EQUAL(send(fd, " nonsense\r\n\r\n", 13, 0), 13);
	for (int i = 0; i < 50; i++)
		turn(&s);
	l = s.in.outside.arrivals;
	CU_ASSERT_EQUAL_FATAL(l->n, 4);
	CU_ASSERT(str_is(l->list[0].bytes, "\r\n\r\n"));
	CU_ASSERT(str_ends(l->list[1].bytes, "\r\n\r\n"));
	CU_ASSERT(str_ends(l->list[2].bytes, "\r\n\r\n"));
	CU_ASSERT_EQUAL(l->list[1].bytes.n, l->list[2].bytes.n);
	CU_ASSERT(str_is(l->list[3].bytes, "OPTIONS nonsense\r\n\r\n"));
	close(fd);
	for (int i = 0; i < 50; i++)
		turn(&s);
	end_and_repeat(&s);
}

#define CALL "sleep \"100ms\"\nnode(\"alice\"):invite \"sip:bob@example.com\""

static void
test_calls_a_program(void)
{
	struct scene s;
	int bob;

	begin_scene(&s, CALL, &bob_outside);
	bob = open_program(&s.bob, SOCK_DGRAM);
	register_bob(&s, bob, "udp");
	CU_ASSERT_NSTRING_EQUAL(hear(&s, bob), "INVITE ", 7);
	close(bob);
	end_and_repeat(&s);
}

/* By TCP, where the program listens; and where it does not. */
static void
test_connects_to_a_program(void)
{
	for (int there = 0; there < 2; there++) {
		struct scene s;
		int bob, listener = -1, connection = -1;

		begin_scene(&s, CALL, &bob_outside);
		bob = open_program(&s.bob, SOCK_DGRAM);
		if (there == 1) {
			listener = open_program(&s.bob, SOCK_STREAM);
			CU_ASSERT_EQUAL(listen(listener, 5), 0);
		}
		register_bob(&s, bob, "tcp");
		for (int i = 0; i < PATIENCE && there == 1 && connection < 0;
		     i++) {
			turn(&s);
			connection = accept(listener, NULL, NULL);
		}
		CU_ASSERT_EQUAL(connection >= 0, there == 1);
		if (connection >= 0) {
			CU_ASSERT_NSTRING_EQUAL(
			    hear(&s, connection), "INVITE ", 7);
			close(connection);
			close(listener);
		}
		for (int i = 0; i < 200; i++)
			turn(&s);
		close(bob);
		end_and_repeat(&s);
	}
}

static void
test_says_nothing_beyond_the_machine(void)
{
	struct scene s;
	const struct doors_counts *n;

	begin_scene(&s, "node(\"alice\"):invite \"sip:carol@192.0.2.99\"",
	    &bob_outside);
	n = doors_counted(live_run_doors(s.l));
	for (int i = 0; i < 200 && n->elsewhere == 0; i++)
		turn(&s);
	CU_ASSERT(n->elsewhere > 0);
	CU_ASSERT_EQUAL(n->somewhere.ip[0], 192);
	CU_ASSERT_EQUAL(n->left, 0);
	end_and_repeat(&s);
}

static void
test_two_runs_have_two_networks(void)
{
	struct scene a, b;

	begin_scene(&a, "", &bob_outside);
	begin_scene(&b, "", &bob_outside);
	CU_ASSERT_NOT_EQUAL(a.alice.ip[1], b.alice.ip[1]);
	end_and_repeat(&a);
	end_and_repeat(&b);
}

static void
refuse(const char *outside, int err, const char *sentence)
{
	struct live_options o = { .outside = outside };
	struct live_run *l;
	struct diag d = DIAG_INIT;
	struct inputs in;

	put_inputs(&in, "");
	CU_ASSERT_EQUAL(live_run_begin(&l, &in, &o, &d), err);
	CU_ASSERT_PTR_NULL(l);
	CU_ASSERT_STRING_EQUAL(d.text, sentence);
	live_run_end(l);
	inputs_free(&in);
}

static void
test_refuses_what_no_program_can_be(void)
{
	refuse("zed", ERR_NOTFOUND,
	    "there is no node “zed” that a program could be");
	refuse("bob=192.0.2.1:5060", ERR_SYNTAX,
	    "bob: “192.0.2.1:5060” is no address of this machine alone, such "
	    "as 127.0.0.1:5070");
	refuse("bob=x", ERR_SYNTAX,
	    "bob: “x” is no address of this machine alone, such as "
	    "127.0.0.1:5070");
}

/* A program has a place of a node: the run goes to another network. */
static void
test_makes_room_for_programs(void)
{
	struct scene first, s;
	struct addr taken;
	int fd;

	begin_scene(&first, "", &bob_outside);
	taken = first.alice;
	end_and_repeat(&first);
	fd = open_program(&taken, SOCK_DGRAM);
	begin_scene(&s, "", &bob_outside);
	CU_ASSERT_NOT_EQUAL(s.alice.ip[1], taken.ip[1]);
	CU_ASSERT_EQUAL(s.in.nsettings, 4);
	close(fd);
	end_and_repeat(&s);
}

/* What arrives, as the inputs have it. */
static void
send_sound(struct scene *s, int fd, bool kept)
{
	char packet[12 + 160] = { (char)0x80, 0 };
	const struct arrivals *l;
	struct str bytes;
	struct sockaddr_in to;

	memset(packet + 12, 0x55, 160);
	to = socket_address(&s->alice);
	sendto(fd, packet, sizeof(packet), 0, (struct sockaddr *)(void *)&to,
	    sizeof(to));
	for (int i = 0; i < 50 && s->in.outside.arrivals == NULL; i++)
		turn(s);
	l = s->in.outside.arrivals;
	CU_ASSERT_PTR_NOT_NULL_FATAL(l);
	bytes = l->list[0].bytes;
	CU_ASSERT_EQUAL(bytes.n, sizeof(packet));
	CU_ASSERT_EQUAL((unsigned char)bytes.p[12], kept ? 0x55 : 0xff);
	CU_ASSERT_EQUAL((unsigned char)bytes.p[0], 0x80);
}

static void
test_keeps_no_sound_unasked(void)
{
	for (int kept = 0; kept < 2; kept++) {
		struct live_options o = { .outside = "bob",
			.keep_sound = kept == 1 };
		struct scene s;
		int bob;

		begin_scene(&s, "", &o);
		bob = open_program(&s.bob, SOCK_DGRAM);
		send_sound(&s, bob, kept == 1);
		close(bob);
		end_and_repeat(&s);
	}
}

/* A handset, whose program alone knows its ports: what its sound left from is
 * a place, and who sends from the port that it went to, at whatever address, is
 * whom it went to. */
static void
test_talks_to_a_handset(void)
{
	static const char *const settings[] = { "alice.role=handset",
		"alice.media=true", NULL };
	struct addr any = { .len = 4, .ip = { 127, 0, 0, 1 } };
	struct scene s;
	struct sockaddr_in at;
	socklen_t n = sizeof(at);
	const struct arrivals *l;
	struct str call;
	char text[2048];
	int bob, sound, other;

	begin_scene_with(&s, "", &bob_outside, settings);
	bob = open_program(&s.bob, SOCK_DGRAM);
	other = open_program(&any, SOCK_DGRAM);
	getsockname(other, (struct sockaddr *)(void *)&at, &n);
	any = s.bob;
	any.port = ntohs(at.sin_port);
	sound = open_program(&any, SOCK_DGRAM);
	call = str_of(
	    request(&s, "INVITE", "sip:alice@example.com", "UDP", "call"));
	call.n -= strlen("Content-Length: 0\r\n\r\n");
	snprintf(text, sizeof(text),
	    "%.*sContent-Type: application/sdp\r\n\r\n"
	    "v=0\r\no=- 1 1 IN IP4 127.%u.0.2\r\ns=-\r\n"
	    "c=IN IP4 127.%u.0.2\r\nt=0 0\r\nm=audio %u RTP/AVP 0\r\n",
	    STR_ARG(call), s.bob.ip[1], s.bob.ip[1], (unsigned)any.port);
	send_to(bob, &s.alice, text);
	while (strncmp(hear(&s, bob), "SIP/2.0 1", 9) == 0)
		continue; /* until the 200, or nothing comes */
	CU_ASSERT_EQUAL((unsigned char)hear(&s, sound)[0], 0x80);
	n = sizeof(at);
	for (int i = 0;
	     i < PATIENCE && recvfrom(sound, text, sizeof(text), MSG_DONTWAIT,
				 (struct sockaddr *)(void *)&at, &n) <= 0;
	     i++)
		turn(&s);
	memset(text, 0x55, 12 + 160);
	text[0] = (char)0x80;
	text[1] = 0;
	sendto(other, text, 12 + 160, 0, (struct sockaddr *)(void *)&at,
	    sizeof(at));
	for (int i = 0; i < PATIENCE && s.in.outside.arrivals->n < 2; i++)
		turn(&s);
	l = s.in.outside.arrivals;
	CU_ASSERT_EQUAL_FATAL(l->n, 2);
	CU_ASSERT_EQUAL(l->list[1].port, ntohs(at.sin_port));
	CU_ASSERT(addr_same_ip(&l->list[1].from, &s.bob));
	CU_ASSERT_EQUAL(l->list[1].from.port, any.port);
	close(bob);
	close(sound);
	close(other);
	end_and_repeat(&s);
}

/* A run that has few descriptors. */
static void
begin_narrow_scene(struct scene *s)
{
	struct rlimit files, few;

	CU_ASSERT_EQUAL(getrlimit(RLIMIT_NOFILE, &files), 0);
	few = files;
	few.rlim_cur = 256;
	CU_ASSERT_EQUAL(setrlimit(RLIMIT_NOFILE, &few), 0);
	begin_scene(s, "", &bob_outside);
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
	to = socket_address(&s.alice);
	for (int i = 0; i < MANY; i++) {
		fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		connect(fds[i], (struct sockaddr *)(void *)&to, sizeof(to));
		if (i % 50 == 0)
			turn(&s);
	}
	text = options(&s, "TCP", "one");
	CU_ASSERT_EQUAL(
	    send(fds[MANY - 1], text, strlen(text), 0), (ssize_t)strlen(text));
	CU_ASSERT_NSTRING_EQUAL(hear(&s, fds[MANY - 1]), "SIP/2.0 200", 11);
	for (int i = 0; i < MANY; i++)
		close(fds[i]);
	for (int i = 0; i < 50; i++)
		turn(&s);
	end_and_repeat(&s);
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

	doors_each(live_run_doors(s->l), take_place, &p);
	CU_ASSERT_NOT_EQUAL_FATAL(p.at.port, 0);
	to = socket_address(&p.at);
	connect(fd, (struct sockaddr *)(void *)&to, sizeof(to));
	return fd;
}

static void
say(int fd, const struct buf *b)
{
	CU_ASSERT_EQUAL(send(fd, b->p, b->n, 0), (ssize_t)b->n);
}

#define UPGRADE                                                \
	"GET / HTTP/1.1\r\nHost: px\r\nUpgrade: websocket\r\n" \
	"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" \
	"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"      \
	"Sec-WebSocket-Protocol: sip\r\n\r\n"
#define ACCEPT "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

static const uint8_t mask[WEBSOCKET_MASK] = { 1, 2, 3, 4 };

static int
upgrade(struct scene *s, const char *node)
{
	int fd = connect_to(s, node, ADDR_WS);
	const char *said;

	CU_ASSERT_EQUAL(send(fd, UPGRADE, 30, 0), 30);
	for (int i = 0; i < 20; i++)
		turn(s);
	CU_ASSERT_EQUAL(send(fd, &UPGRADE[30], strlen(UPGRADE) - 30, 0),
	    (ssize_t)strlen(UPGRADE) - 30);
	said = hear(s, fd);
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
	struct buf out = BUF_INIT;
	struct str text;
	const char *said;
	int fd;

	begin_scene_with(&s, "", &bob_outside,
	    (const char *const[]){ "bob.transport=ws", NULL });
	fd = upgrade(&s, "alice");
	text = browser_options("alice@example.com");
	/* In two frames, with a ping between, which is answered. */
	websocket_put_frame(&out, WEBSOCKET_TEXT, mask, str_slice(text, 0, 60));
	out.p[0] &= 0x7f;
	websocket_put_frame(&out, WEBSOCKET_PING, mask, STR("hi"));
	say(fd, &out);
	CU_ASSERT_STRING_EQUAL(hear(&s, fd), "\x8a\x02hi");
	buf_clear(&out);
	websocket_put_frame(
	    &out, WEBSOCKET_MORE, mask, str_slice(text, 60, text.n));
	say(fd, &out);
	said = hear(&s, fd);
	CU_ASSERT_EQUAL((unsigned char)said[0], 0x81);
	CU_ASSERT_PTR_NOT_NULL(strstr(said, "SIP/2.0 200"));
	/* It is bob's, by its From. */
	CU_ASSERT_PTR_NOT_NULL_FATAL(s.in.outside.arrivals);
	CU_ASSERT(addr_same_ip(&s.in.outside.arrivals->list[0].from, &s.bob));
	CU_ASSERT(str_eq(s.in.outside.arrivals->list[0].bytes, text));
	buf_clear(&out);
	websocket_put_close(&out, WEBSOCKET_NORMAL, mask);
	say(fd, &out);
	said = hear(&s, fd);
	CU_ASSERT_EQUAL((unsigned char)said[0], 0x88);
	CU_ASSERT_EQUAL(s.in.outside.arrivals->n, 2);
	CU_ASSERT_EQUAL(s.in.outside.arrivals->list[1].what, ARRIVAL_CLOSE);
	close(fd);
	buf_free(&out);
	end_and_repeat(&s);
}

/* The first bytes of what is said to BYTES, of one who has upgraded. */
static void
check_refusal(const char *setting, struct str bytes, bool upgraded,
    const char *head, size_t n)
{
	struct scene s;
	const char *said;
	int fd;

	begin_scene_with(
	    &s, "", &bob_outside, (const char *const[]){ setting, NULL });
	fd = upgraded ? upgrade(&s, "px") : connect_to(&s, "px", ADDR_WS);
	CU_ASSERT_EQUAL(send(fd, bytes.p, bytes.n, 0), (ssize_t)bytes.n);
	said = hear(&s, fd);
	CU_ASSERT_EQUAL(memcmp(said, head, n), 0);
	/* … and no more. */
	for (int i = 0; i < 20; i++)
		turn(&s);
	CU_ASSERT_EQUAL(recv(fd, (char[4]){ 0 }, 4, MSG_DONTWAIT), 0);
	CU_ASSERT_PTR_NULL(s.in.outside.arrivals);
	close(fd);
	end_and_repeat(&s);
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
	to = socket_address(&s.alice);
	own = s.bob;
	own.port = 0;
	for (int i = 0; i < MANY; i++) {
		fds[i] = i == 0
			     ? open_program(&own, SOCK_STREAM)
			     : socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		connect(fds[i], (struct sockaddr *)(void *)&to, sizeof(to));
		text = options(&s, "TCP", "half");
		turn(&s);
		CU_ASSERT_EQUAL(send(fds[i], text, 40, 0), 40);
		turn(&s);
	}
	CU_ASSERT_EQUAL(send(fds[0], text + 40, strlen(text) - 40, 0),
	    (ssize_t)strlen(text) - 40);
	CU_ASSERT_NSTRING_EQUAL(hear(&s, fds[0]), "SIP/2.0 200", 11);
	text = options(&s, "TCP", "one");
	CU_ASSERT_EQUAL(send(fds[MANY - 1], text + 40, strlen(text) - 40, 0),
	    (ssize_t)strlen(text) - 40);
	CU_ASSERT_NSTRING_EQUAL(hear(&s, fds[MANY - 1]), "SIP/2.0 200", 11);
	for (int i = 0; i < MANY; i++)
		close(fds[i]);
	for (int i = 0; i < 50; i++)
		turn(&s);
	end_and_repeat(&s);
}

/* ---- time and bounds ---- */

static int64_t slept;

static int64_t
read_sleeper(void *arg)
{
	struct timespec t;

	(void)arg;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * SIM_S + t.tv_nsec + slept;
}

/* An hour in which the machine slept is none of the run's. */
static void
test_stands_still_with_the_machine(void)
{
	const struct live_options o = { .outside = "bob",
		.clock = read_sleeper };
	struct scene s;
	int bob;

	begin_scene(&s, "", &o);
	bob = open_program(&s.bob, SOCK_DGRAM);
	send_to(bob, &s.alice, options(&s, "UDP", "one"));
	CU_ASSERT_NSTRING_EQUAL(hear(&s, bob), "SIP/2.0 200", 11);
	CU_ASSERT_EQUAL(live_run_still(s.l).n, 0);
	slept += 3600 * SIM_S;
	send_to(bob, &s.alice, options(&s, "UDP", "two"));
	CU_ASSERT_NSTRING_EQUAL(hear(&s, bob), "SIP/2.0 200", 11);
	CU_ASSERT_EQUAL(live_run_still(s.l).n, 1);
	CU_ASSERT(live_run_still(s.l).ns >= 3600 * SIM_S);
	CU_ASSERT(drive_now_ns(live_run_drive(s.l)) < 1000 * SIM_S);
	close(bob);
	end_and_repeat(&s);
}

/* Before its trace is longer than it may be the run ends as if somebody had
 * ended it. */
static void
test_ends_at_a_bound(void)
{
	const struct live_options bounds[] = {
		{ .outside = "bob", .max_bytes = 2000000 },
		{ .outside = "bob", .max_records = 6000 },
	};

	for (size_t k = 0; k < 2; k++) {
		enum run_state state = RUN_GOES_ON;
		struct diag d = DIAG_INIT;
		struct scene s;
		int bob;

		begin_scene(&s, "", &bounds[k]);
		bob = open_program(&s.bob, SOCK_DGRAM);
		for (int i = 0; i < PATIENCE && state != RUN_IS_OVER; i++) {
			char id[16];

			snprintf(id, sizeof(id), "id%d", i);
			send_to(bob, &s.alice, options(&s, "UDP", id));
			CU_ASSERT_EQUAL(
			    live_run_turn(s.l, 1000, &state, &d), 0);
		}
		CU_ASSERT_EQUAL(state, RUN_IS_OVER);
		CU_ASSERT_EQUAL(live_run_full(s.l)->err, ERR_LIMIT);
		CU_ASSERT(run_is_whole(drive_run(live_run_drive(s.l))));
		CU_ASSERT(k == 1 || s.text.n <= 2000000);
		CU_ASSERT(k == 0 || trace_count(s.t) <= 6000);
		close(bob);
		end_and_repeat(&s);
	}
}

/* ---- a session ---- */

/* VERB upon alice behind record AFTER of branch 0, which is done; the branch
 * where it was. */
static size_t
act(struct scene *s, const char *verb, uint64_t after)
{
	const struct act a = { "alice", verb, NULL, 0,
		after == trace_count(session_trace(s->session, 0))
		    ? drive_now_ns(live_run_drive(s->l))
		    : 0 };
	struct diag d = DIAG_INIT;
	size_t branch = SIZE_MAX;
	bool done = false;

	CU_ASSERT_EQUAL_FATAL(
	    session_act_begin(s->session, 0, after, &a, &d), 0);
	for (int i = 0; i < 1000 && !done; i++)
		CU_ASSERT_EQUAL(
		    session_act_step(s->session, &done, &branch, &d), 0);
	CU_ASSERT(done);
	return branch;
}

static size_t
act_now(struct scene *s, const char *verb)
{
	return act(s, verb, trace_count(session_trace(s->session, 0)));
}

static bool
has_answer(struct scene *s, int fd, const char *id)
{
	turn(s); /* its place opens again */
	send_to(fd, &s->alice, options(s, "UDP", id));
	return strncmp(hear(s, fd), "SIP/2.0 200", 11) == 0;
}

static void
same_as_repeated(const struct trace *t)
{
	const struct drive_options none = { 0 };
	struct drive_options o = none;
	struct trace *again;
	struct drive *drive;
	struct inputs in;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL_FATAL(trace_begin(&again, "again"), 0);
	o.trace = again;
	CU_ASSERT_EQUAL(inputs_from_trace(&in, t, "t.jsonl", &d), 0);
	CU_ASSERT_EQUAL_FATAL(drive_begin(&drive, &in, &o, &d), 0);
	CU_ASSERT_EQUAL(drive_through(drive, NULL, NULL, &d), 0);
	drive_end(drive);
	CU_ASSERT_EQUAL(trace_count(again), trace_count(t));
	for (uint64_t i = 1; i <= trace_count(again); i++) {
		struct trace_rec a, b;

		trace_get(again, i, &a);
		trace_get(t, i, &b);
		CU_ASSERT(str_eq(a.object.raw, b.object.raw));
	}
	inputs_free(&in);
	trace_destroy(again);
}

/* What is done at its end is done to who is there; what is done before is a
 * run of its own, with what came, of which nobody there hears. */
static void
test_is_played(void)
{
	struct act_verb verbs[64];
	struct diag d = DIAG_INIT;
	struct scene s;
	size_t n;
	uint64_t early;
	bool done = false;
	size_t branch;
	int bob;

	memset(&s, 0, sizeof(s));
	put_inputs(&s.in, "");
	CU_ASSERT_EQUAL_FATAL(
	    live_run_play(&s.l, &s.session, "t.lua", &s.in, &bob_outside, &d),
	    0);
	s.alice = address_of(&s, "alice");
	s.bob = address_of(&s, "bob");
	bob = open_program(&s.bob, SOCK_DGRAM);
	CU_ASSERT(has_answer(&s, bob, "one"));
	/* What a program does is not asked of it. */
	n = session_verbs(s.session, 0, 1, "bob", verbs, 64, &d);
	CU_ASSERT(n > 0);
	for (size_t i = 0; i < n; i++)
		CU_ASSERT_STRING_NOT_EQUAL(verbs[i].name, "invite");
	early = trace_count(session_trace(s.session, 0)) - 1;

	CU_ASSERT_EQUAL(act_now(&s, "crash"), 0);
	CU_ASSERT(!has_answer(&s, bob, "two"));
	CU_ASSERT_EQUAL(act_now(&s, "restart"), 0);
	CU_ASSERT(has_answer(&s, bob, "three"));

	branch = act(&s, "crash", early);
	CU_ASSERT_EQUAL_FATAL(branch, 1);
	for (int i = 0; i < 10000 && !done; i++)
		session_advance(s.session, 1, &done, &d);
	CU_ASSERT(done);
	CU_ASSERT_EQUAL(hear(&s, bob)[0], '\0');
	CU_ASSERT(has_answer(&s, bob, "four"));
	/* In the branch what came, came to who was down. */
	same_as_repeated(session_trace(s.session, 1));

	session_stop(s.session, 0);
	for (done = false; !done;)
		CU_ASSERT_EQUAL_FATAL(
		    session_advance(s.session, 0, &done, &d), 0);
	same_as_repeated(session_trace(s.session, 0));
	close(bob);
	live_run_end(s.l);
	session_destroy(s.session);
}

/* Sound that comes from the port at which a program takes it is the program's,
 * the last one's that has named it. */
static void
test_knows_sound_by_its_port(void)
{
	struct sender_media m = { .n = 0 };
	struct addr bob, carol, from;

	addr_parse(STR("127.64.0.3:5060"), &bob);
	addr_parse(STR("127.64.0.4:5060"), &carol);
	addr_parse(STR("127.0.0.1:4000"), &from);
	CU_ASSERT_FALSE(sender_find_media(&m, &from));
	sender_note_media(&m, &bob,
	    STR("INVITE sip:a@b SIP/2.0\r\n\r\nv=0\r\nm=audio 4000 RTP/AVP "
		"0\r\nm=video 0 RTP/AVP 99\r\nm=video x\r\nm=\r\nm=audio "
		"65536 RTP/AVP 0\r\n"));
	CU_ASSERT_EQUAL(m.n, 1);
	CU_ASSERT_TRUE(sender_find_media(&m, &from));
	CU_ASSERT(addr_same_ip(&from, &bob));
	CU_ASSERT_EQUAL(from.port, 4000);
	sender_note_media(&m, &carol, STR("m=audio 4000 RTP/AVP 0\n"));
	addr_parse(STR("127.0.0.1:4000"), &from);
	CU_ASSERT_TRUE(sender_find_media(&m, &from));
	CU_ASSERT(addr_same_ip(&from, &carol));
	addr_parse(STR("127.0.0.1:4001"), &from);
	CU_ASSERT_FALSE(sender_find_media(&m, &from));
	for (int i = 0; i < 2 * SENDER_PORTS; i++)
		sender_note_media(&m, &bob, STR("m=audio 9 RTP/AVP 0"));
	addr_parse(STR("127.0.0.1:4000"), &from);
	CU_ASSERT_FALSE(sender_find_media(&m, &from));
}

CHECK_MAIN("live_run", { "is answered by UDP", test_is_answered_by_udp },
    { "is answered over connections", test_is_answered_over_connections },
    { "knows a program that connects", test_knows_a_program_that_connects },
    { "takes messages apart", test_takes_messages_apart },
    { "calls a program", test_calls_a_program },
    { "connects to a program", test_connects_to_a_program },
    { "says nothing beyond the machine", test_says_nothing_beyond_the_machine },
    { "two runs have two networks", test_two_runs_have_two_networks },
    { "makes room for programs", test_makes_room_for_programs },
    { "refuses what no program can be", test_refuses_what_no_program_can_be },
    { "keeps no sound unasked", test_keeps_no_sound_unasked },
    { "talks to a handset", test_talks_to_a_handset },
    { "is answered by WebSocket", test_is_answered_by_websocket },
    { "refuses what is no WebSocket", test_refuses_what_is_no_websocket },
    { "is played", test_is_played },
    { "knows sound by its port", test_knows_sound_by_its_port },
    { "bears many that say nothing", test_bears_many_that_say_nothing },
    { "bears many that say half", test_bears_many_that_say_half },
    { "stands still with the machine", test_stands_still_with_the_machine },
    { "ends at a bound", test_ends_at_a_bound })
