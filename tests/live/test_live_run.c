/*
 * A run that goes as the clock does, and programs of this machine that talk to
 * its nodes: by UDP and over connections, from a node's own address and from
 * others; what they say is an input, so that the run is made again without
 * them, byte for byte; nothing goes beyond the machine.
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

#define CALL "sleep \"100ms\"\nnode(\"alice\"):invite \"sip:bob@example.com\""

/* ---- tests ---- */

static void
test_is_answered_by_udp(void)
{
	struct scene s;
	struct addr stranger;
	int bob, other;
	const char *said;

	live_begin(&s, "", &live_bob_outside);
	bob = live_open_program(&s.bob, SOCK_DGRAM);
	live_send_to(bob, &s.alice, live_ask_options(&s, "UDP", "one"));
	said = live_hear(&s, bob);
	CU_ASSERT_NSTRING_EQUAL(said, "SIP/2.0 200", 11);
	/* Somebody whom no node stands for is outside, too. */
	stranger = (struct addr){ .len = 4, .ip = { 127, 0, 0, 1 } };
	other = live_open_program(&stranger, SOCK_DGRAM);
	live_send_to(other, &s.alice, live_ask_options(&s, "UDP", "two"));
	CU_ASSERT_NSTRING_EQUAL(live_hear(&s, other), "SIP/2.0 200", 11);
	/* What is none of SIP is a record, and no more. */
	live_send_to(bob, &s.alice, "\x01nothing");
	for (int i = 0; i < 20; i++)
		live_turn(&s);
	close(bob);
	close(other);
	live_end_and_repeat(&s);
}

static void
test_is_answered_over_connections(void)
{
	struct scene s;
	struct sockaddr_in to;
	const char *text;
	int fd;

	live_begin(&s, "", &live_bob_outside);
	fd = live_open_program(
	    &(struct addr){ .len = 4, .ip = { 127, s.bob.ip[1], 0, 2 } },
	    SOCK_STREAM);
	to = live_socket_address(&s.alice);
	connect(fd, (struct sockaddr *)(void *)&to, sizeof(to));
	text = live_ask_options(&s, "TCP", "one");
	/* In two parts, the second when the first has arrived. */
	CU_ASSERT_EQUAL(send(fd, text, 40, 0), 40);
	for (int i = 0; i < 20; i++)
		live_turn(&s);
	CU_ASSERT_EQUAL(send(fd, text + 40, strlen(text) - 40, 0),
	    (ssize_t)strlen(text) - 40);
	CU_ASSERT_NSTRING_EQUAL(live_hear(&s, fd), "SIP/2.0 200", 11);
	close(fd);
	for (int i = 0; i < 50; i++)
		live_turn(&s);
	live_end_and_repeat(&s);
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

		live_begin(&s, "", &live_bob_outside);
		to = live_socket_address(&s.alice);
		connect(fd, (struct sockaddr *)(void *)&to, sizeof(to));
		snprintf(text, sizeof(text), "%s",
		    live_ask_options(&s, "TCP", "one"));
		if (!known) /* nobody is there */
			memcpy(strstr(text, ".0.2:5060"), ".0.9", 4);
		CU_ASSERT_EQUAL(
		    send(fd, text, strlen(text), 0), (ssize_t)strlen(text));
		CU_ASSERT_NSTRING_EQUAL(live_hear(&s, fd), "SIP/2.0 200", 11);
		CU_ASSERT_PTR_NOT_NULL_FATAL(s.in.outside.arrivals);
		from = &s.in.outside.arrivals->list[0].from;
		CU_ASSERT_EQUAL(addr_same_ip(from, &s.bob), known);
		CU_ASSERT(from->port != s.bob.port);
		close(fd);
		for (int i = 0; i < 50; i++)
			live_turn(&s);
		live_end_and_repeat(&s);
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

	live_begin(&s, "", &live_bob_outside);
	fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	to = live_socket_address(&s.alice);
	connect(fd, (struct sockaddr *)(void *)&to, sizeof(to));
	snprintf(text, sizeof(text), "\r\n\r\n%s",
	    live_ask_options(&s, "TCP", "one"));
	half = strlen(text) + 50;
	snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s",
	    live_ask_options(&s, "TCP", "two"), "OPTIONS");
	sent = strlen(text);
	CU_ASSERT_EQUAL(send(fd, text, half, 0), (ssize_t)half);
	said = live_hear(&s, fd); /* a pong, and what may come behind it */
	while (said[0] != '\0' && strstr(said, "SIP/2.0 200") == NULL)
		said = live_hear(&s, fd);
	CU_ASSERT(said[0] != '\0');
	CU_ASSERT_EQUAL(
	    send(fd, text + half, sent - half, 0), (ssize_t)(sent - half));
	CU_ASSERT_NSTRING_EQUAL(live_hear(&s, fd), "SIP/2.0 200", 11);
	/* What can't be cut comes as it is. */
	CU_ASSERT_EQUAL(send(fd, " nonsense\r\n\r\n", 13, 0), 13);
	for (int i = 0; i < 50; i++)
		live_turn(&s);
	l = s.in.outside.arrivals;
	CU_ASSERT_EQUAL_FATAL(l->n, 4);
	CU_ASSERT(str_is(l->list[0].bytes, "\r\n\r\n"));
	CU_ASSERT(str_ends(l->list[1].bytes, "\r\n\r\n"));
	CU_ASSERT(str_ends(l->list[2].bytes, "\r\n\r\n"));
	CU_ASSERT_EQUAL(l->list[1].bytes.n, l->list[2].bytes.n);
	CU_ASSERT(str_is(l->list[3].bytes, "OPTIONS nonsense\r\n\r\n"));
	close(fd);
	for (int i = 0; i < 50; i++)
		live_turn(&s);
	live_end_and_repeat(&s);
}

static void
test_calls_a_program(void)
{
	struct scene s;
	int bob;

	live_begin(&s, CALL, &live_bob_outside);
	bob = live_open_program(&s.bob, SOCK_DGRAM);
	live_register_bob(&s, bob, "udp");
	CU_ASSERT_NSTRING_EQUAL(live_hear(&s, bob), "INVITE ", 7);
	close(bob);
	live_end_and_repeat(&s);
}

/* By TCP, where the program listens; and where it does not. */
static void
test_connects_to_a_program(void)
{
	for (int there = 0; there < 2; there++) {
		struct scene s;
		int bob, listener = -1, connection = -1;

		live_begin(&s, CALL, &live_bob_outside);
		bob = live_open_program(&s.bob, SOCK_DGRAM);
		if (there == 1) {
			listener = live_open_program(&s.bob, SOCK_STREAM);
			CU_ASSERT_EQUAL(listen(listener, 5), 0);
		}
		live_register_bob(&s, bob, "tcp");
		for (int i = 0; i < PATIENCE && there == 1 && connection < 0;
		     i++) {
			live_turn(&s);
			connection = accept(listener, NULL, NULL);
		}
		CU_ASSERT_EQUAL(connection >= 0, there == 1);
		if (connection >= 0) {
			CU_ASSERT_NSTRING_EQUAL(
			    live_hear(&s, connection), "INVITE ", 7);
			close(connection);
			close(listener);
		}
		for (int i = 0; i < 200; i++)
			live_turn(&s);
		close(bob);
		live_end_and_repeat(&s);
	}
}

static void
test_says_nothing_beyond_the_machine(void)
{
	struct scene s;
	const struct live_sockets_counts *n;

	live_begin(&s, "node(\"alice\"):invite \"sip:carol@192.0.2.99\"",
	    &live_bob_outside);
	n = live_sockets_counted(live_run_sockets(s.l));
	for (int i = 0; i < 200 && n->elsewhere == 0; i++)
		live_turn(&s);
	CU_ASSERT(n->elsewhere > 0);
	CU_ASSERT_EQUAL(n->somewhere.ip[0], 192);
	CU_ASSERT_EQUAL(n->left, 0);
	live_end_and_repeat(&s);
}

static void
test_two_runs_have_two_networks(void)
{
	struct scene a, b;

	live_begin(&a, "", &live_bob_outside);
	live_begin(&b, "", &live_bob_outside);
	CU_ASSERT_NOT_EQUAL(a.alice.ip[1], b.alice.ip[1]);
	live_end_and_repeat(&a);
	live_end_and_repeat(&b);
}

static void
refuse(const char *outside, int err, const char *sentence)
{
	struct live_options o = { .outside = outside };
	struct live_run *l;
	struct diag d = DIAG_INIT;
	struct inputs in;

	live_put_inputs(&in, "");
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
	    "there is no node “zed” that a program could replace");
	refuse("bob=192.0.2.1:5060", ERR_SYNTAX,
	    "bob: “192.0.2.1:5060” is not an address of this machine only; "
	    "use 127.0.0.1:5070, for example");
	refuse("bob=x", ERR_SYNTAX,
	    "bob: “x” is not an address of this machine only; use "
	    "127.0.0.1:5070, for example");
}

/* A program has a place of a node: the run goes to another network. */
static void
test_makes_room_for_programs(void)
{
	struct scene first, s;
	struct addr taken;
	int fd;

	live_begin(&first, "", &live_bob_outside);
	taken = first.alice;
	live_end_and_repeat(&first);
	fd = live_open_program(&taken, SOCK_DGRAM);
	live_begin(&s, "", &live_bob_outside);
	CU_ASSERT_NOT_EQUAL(s.alice.ip[1], taken.ip[1]);
	CU_ASSERT_EQUAL(s.in.nsettings, 4);
	close(fd);
	live_end_and_repeat(&s);
}

/* The Ith that arrives, as the inputs have it. */
static void
send_sound(struct scene *s, int fd, size_t i, bool kept)
{
	char packet[12 + 160] = { (char)0x80, 0 };
	const struct arrivals *l;
	struct str bytes;
	struct sockaddr_in to;

	memset(packet + 12, 0x55, 160);
	to = live_socket_address(&s->alice);
	sendto(fd, packet, sizeof(packet), 0, (struct sockaddr *)(void *)&to,
	    sizeof(to));
	l = s->in.outside.arrivals;
	for (int k = 0; k < 50 && (l == NULL || l->n <= i); k++) {
		live_turn(s);
		l = s->in.outside.arrivals;
	}
	CU_ASSERT_FATAL(l != NULL && l->n > i);
	bytes = l->list[i].bytes;
	CU_ASSERT_EQUAL(bytes.n, sizeof(packet));
	CU_ASSERT_EQUAL((unsigned char)bytes.p[12], kept ? 0x55 : 0xff);
	CU_ASSERT_EQUAL((unsigned char)bytes.p[0], 0x80);
}

static void
test_keeps_sound_up_to_a_bound(void)
{
	for (size_t kept = 1; kept <= 3; kept++) {
		struct live_options o = { .outside = "bob",
			.sound_most = kept < 3 ? kept * 172 + 100 : 0 };
		const struct diag *said;
		struct scene s;
		int bob;

		live_begin(&s, "", &o);
		bob = live_open_program(&s.bob, SOCK_DGRAM);
		for (size_t i = 0; i < 3; i++) {
			send_sound(&s, bob, i, i < kept);
			/* It is said with the first that is not. */
			said = live_run_take_muted(s.l);
			CU_ASSERT_EQUAL(said != NULL, i == kept);
			CU_ASSERT(said == NULL || said->err == ERR_LIMIT);
		}
		close(bob);
		live_end_and_repeat(&s);
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

	live_begin_with(&s, "", &live_bob_outside, settings);
	bob = live_open_program(&s.bob, SOCK_DGRAM);
	other = live_open_program(&any, SOCK_DGRAM);
	getsockname(other, (struct sockaddr *)(void *)&at, &n);
	any = s.bob;
	any.port = ntohs(at.sin_port);
	sound = live_open_program(&any, SOCK_DGRAM);
	call = str_of(
	    live_request(&s, "INVITE", "sip:alice@example.com", "UDP", "call"));
	call.n -= strlen("Content-Length: 0\r\n\r\n");
	snprintf(text, sizeof(text),
	    "%.*sContent-Type: application/sdp\r\n\r\n"
	    "v=0\r\no=- 1 1 IN IP4 127.%u.0.2\r\ns=-\r\n"
	    "c=IN IP4 127.%u.0.2\r\nt=0 0\r\nm=audio %u RTP/AVP 0\r\n",
	    STR_ARG(call), s.bob.ip[1], s.bob.ip[1], (unsigned)any.port);
	live_send_to(bob, &s.alice, text);
	while (strncmp(live_hear(&s, bob), "SIP/2.0 1", 9) == 0)
		continue; /* until the 200, or nothing comes */
	CU_ASSERT_EQUAL((unsigned char)live_hear(&s, sound)[0], 0x80);
	n = sizeof(at);
	for (int i = 0;
	     i < PATIENCE && recvfrom(sound, text, sizeof(text), MSG_DONTWAIT,
				 (struct sockaddr *)(void *)&at, &n) <= 0;
	     i++)
		live_turn(&s);
	memset(text, 0x55, 12 + 160);
	text[0] = (char)0x80;
	text[1] = 0;
	sendto(other, text, 12 + 160, 0, (struct sockaddr *)(void *)&at,
	    sizeof(at));
	for (int i = 0; i < PATIENCE && s.in.outside.arrivals->n < 2; i++)
		live_turn(&s);
	l = s.in.outside.arrivals;
	CU_ASSERT_EQUAL_FATAL(l->n, 2);
	CU_ASSERT_EQUAL(l->list[1].port, ntohs(at.sin_port));
	CU_ASSERT(addr_same_ip(&l->list[1].from, &s.bob));
	CU_ASSERT_EQUAL(l->list[1].from.port, any.port);
	close(bob);
	close(sound);
	close(other);
	live_end_and_repeat(&s);
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

	live_begin(&s, "", &o);
	bob = live_open_program(&s.bob, SOCK_DGRAM);
	live_send_to(bob, &s.alice, live_ask_options(&s, "UDP", "one"));
	CU_ASSERT_NSTRING_EQUAL(live_hear(&s, bob), "SIP/2.0 200", 11);
	CU_ASSERT_EQUAL(live_run_still(s.l).n, 0);
	slept += 3600 * SIM_S;
	live_send_to(bob, &s.alice, live_ask_options(&s, "UDP", "two"));
	CU_ASSERT_NSTRING_EQUAL(live_hear(&s, bob), "SIP/2.0 200", 11);
	CU_ASSERT_EQUAL(live_run_still(s.l).n, 1);
	CU_ASSERT(live_run_still(s.l).ns >= 3600 * SIM_S);
	CU_ASSERT(drive_now_ns(live_run_drive(s.l)) < 1000 * SIM_S);
	close(bob);
	live_end_and_repeat(&s);
}

/* Before its trace is longer than it may be the run ends as if somebody had
 * ended it. */
static void
test_ends_at_a_bound(void)
{
	const struct live_options bounds[] = {
		{ .outside = "bob", .max_bytes = 2000000 },
		{ .outside = "bob", .max_records = 6000 },
		{ .outside = "bob", .max_bytes = 2000000 },
		{ .outside = "bob", .max_records = 6000 },
	};

	/* The last two as on a busy machine: much has come at each look. */
	for (size_t k = 0; k < 4; k++) {
		enum run_state state = RUN_GOES_ON;
		struct diag d = DIAG_INIT;
		struct scene s;
		int bob;

		live_begin(&s, "", &bounds[k]);
		bob = live_open_program(&s.bob, SOCK_DGRAM);
		for (int i = 0; i < 10 * PATIENCE && state != RUN_IS_OVER;
		     i++) {
			char id[16];

			snprintf(id, sizeof(id), "id%d", i);
			if (k < 2 || i % 300 < 150)
				live_send_to(bob, &s.alice,
				    live_ask_options(&s, "UDP", id));
			if (k >= 2 && i % 300 < 149)
				continue;
			CU_ASSERT_EQUAL(
			    live_run_turn(s.l, 1000, &state, &d), 0);
		}
		CU_ASSERT_EQUAL(state, RUN_IS_OVER);
		CU_ASSERT_EQUAL(live_run_full(s.l)->err, ERR_LIMIT);
		CU_ASSERT(run_is_whole(drive_run(live_run_drive(s.l))));
		CU_ASSERT(k % 2 == 1 || s.text.n <= 2000000);
		CU_ASSERT(k % 2 == 0 || trace_count(s.t) <= 6000);
		close(bob);
		live_end_and_repeat(&s);
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
	live_turn(s); /* its place opens again */
	live_send_to(fd, &s->alice, live_ask_options(s, "UDP", id));
	return strncmp(live_hear(s, fd), "SIP/2.0 200", 11) == 0;
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
	live_put_inputs(&s.in, "");
	CU_ASSERT_EQUAL_FATAL(live_run_play(&s.l, &s.session, "t.lua", &s.in,
				  &live_bob_outside, &d),
	    0);
	s.alice = live_address_of(&s, "alice");
	s.bob = live_address_of(&s, "bob");
	bob = live_open_program(&s.bob, SOCK_DGRAM);
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
	CU_ASSERT_EQUAL(live_hear(&s, bob)[0], '\0');
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
	struct connection_owner_media m = { .n = 0 };
	struct addr bob, carol, from;

	addr_parse(STR("127.64.0.3:5060"), &bob);
	addr_parse(STR("127.64.0.4:5060"), &carol);
	addr_parse(STR("127.0.0.1:4000"), &from);
	CU_ASSERT_FALSE(connection_owner_find_media(&m, &from));
	connection_owner_note_media(&m, &bob,
	    STR("INVITE sip:a@b SIP/2.0\r\n\r\nv=0\r\nm=audio 4000 RTP/AVP "
		"0\r\nm=video 0 RTP/AVP 99\r\nm=video x\r\nm=\r\nm=audio "
		"65536 RTP/AVP 0\r\n"));
	CU_ASSERT_EQUAL(m.n, 1);
	CU_ASSERT_TRUE(connection_owner_find_media(&m, &from));
	CU_ASSERT(addr_same_ip(&from, &bob));
	CU_ASSERT_EQUAL(from.port, 4000);
	connection_owner_note_media(
	    &m, &carol, STR("m=audio 4000 RTP/AVP 0\n"));
	addr_parse(STR("127.0.0.1:4000"), &from);
	CU_ASSERT_TRUE(connection_owner_find_media(&m, &from));
	CU_ASSERT(addr_same_ip(&from, &carol));
	/* Its RTCP comes from the port behind, unless that is another's. */
	addr_parse(STR("127.0.0.1:4001"), &from);
	CU_ASSERT_TRUE(connection_owner_find_media(&m, &from));
	CU_ASSERT(addr_same_ip(&from, &carol));
	connection_owner_note_media(&m, &bob, STR("m=audio 4001 RTP/AVP 0\n"));
	addr_parse(STR("127.0.0.1:4001"), &from);
	CU_ASSERT_TRUE(connection_owner_find_media(&m, &from));
	CU_ASSERT(addr_same_ip(&from, &bob));
	addr_parse(STR("127.0.0.1:4003"), &from);
	CU_ASSERT_FALSE(connection_owner_find_media(&m, &from));
	for (int i = 0; i < 2 * CONNECTION_OWNER_PORTS; i++)
		connection_owner_note_media(
		    &m, &bob, STR("m=audio 9 RTP/AVP 0"));
	addr_parse(STR("127.0.0.1:4000"), &from);
	CU_ASSERT_FALSE(connection_owner_find_media(&m, &from));
}

/* Who has been told of a node's port sends to it, from wherever: the node's own
 * address, of the session or of its stream, tells two with the same port apart.
 */
static void
test_knows_who_was_told_a_port(void)
{
	struct connection_owner_media m = { .n = 0 };
	struct addr bob, carol, from, at;

	addr_parse(STR("127.64.0.3:5060"), &bob);
	addr_parse(STR("127.64.0.4:5060"), &carol);
	connection_owner_note_media(&m, &bob,
	    STR("INVITE sip:a@b SIP/2.0\r\n\r\nv=0\r\nc=IN IP4 "
		"127.64.0.1\r\nm=audio 6000 RTP/AVP 0\r\nm=video 0 RTP/AVP "
		"99\r\nc=IN IP4 127.64.0.8\r\nm=video 7000 RTP/AVP 99\r\n"
		"c=IN IP4 127.64.0.9/127\r\nm=audio 6010 RTP/AVP 0\r\nc=x\r\n"
		"c=IN IP4 \r\n"));
	connection_owner_note_media(&m, &carol,
	    STR("c=IN IP4 127.64.0.2\r\nm=audio 6000 RTP/AVP 0\r\n"));
	static const struct {
		const char *at;
		bool known, is_bob;
	} rows[] = {
		{ "127.64.0.1:6000", true, true },
		{ "127.64.0.1:6001", true, true },
		{ "127.64.0.2:6001", true, false },
		{ "127.64.0.9:7001", true, true },
		{ "127.64.0.1:6010", true, true },
		{ "127.64.0.1:7000", false, false },
		{ "127.64.0.1:6002", false, false },
		{ "127.64.0.3:6000", false, false },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		addr_parse(STR("127.0.0.1:4001"), &from);
		addr_parse(str_of(rows[i].at), &at);
		CU_ASSERT_EQUAL(
		    connection_owner_find_told(&m, &at, &from), rows[i].known);
		if (rows[i].known)
			CU_ASSERT(addr_same_ip(
			    &from, rows[i].is_bob ? &bob : &carol));
		CU_ASSERT_EQUAL(from.port, 4001);
	}
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
    { "keeps sound up to a bound", test_keeps_sound_up_to_a_bound },
    { "talks to a handset", test_talks_to_a_handset },
    { "is played", test_is_played },
    { "knows sound by its port", test_knows_sound_by_its_port },
    { "knows who was told a port", test_knows_who_was_told_a_port },
    { "stands still with the machine", test_stands_still_with_the_machine },
    { "ends at a bound", test_ends_at_a_bound })
