/* What live_scene.h declares. */
#include "live_scene.h"

#include "base/mem.h"
#include "fixtures/check.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

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

int
live_keep(const char *line, size_t n, void *arg)
{
	struct buf *b = arg;

	buf_add(b, line, n);
	return b->err;
}

void
live_put_inputs(struct inputs *in, const char *acts)
{
	LOCAL_BUF script = BUF_INIT;

	*in = (struct inputs){ .detail = TRACE_PROTOCOL };
	buf_printf(&script, SCRIPT, acts);
	in->topology_file = mem_strdup("t.gv");
	in->topology = mem_strdup(TOPOLOGY);
	in->script_file = mem_strdup("t.lua");
	in->script = mem_strdup(buf_cstr(&script));
	in->folder = mem_strdup(".");
}

struct addr
live_address_of(const struct scene *s, const char *name)
{
	struct addr a =
	    topology_find(live_run_topology(s->l), name, NULL)->addr;

	a.port = ADDR_PORT_SIP;
	return a;
}

void
live_begin_with(struct scene *s, const char *acts,
    const struct live_options *more, const char *const *settings)
{
	struct live_options o = *more;
	struct diag d = DIAG_INIT;

	memset(s, 0, sizeof(*s));
	live_put_inputs(&s->in, acts);
	for (; *settings != NULL; settings++) {
		struct topology_setting one = { .text = *settings };

		CU_ASSERT_EQUAL(inputs_add_setting(&s->in, &one), 0);
	}
	CU_ASSERT_EQUAL_FATAL(trace_begin(&s->t, "live"), 0);
	o.trace = s->t;
	o.line = live_keep;
	o.arg = &s->text;
	CU_ASSERT_EQUAL(live_run_begin(&s->l, &s->in, &o, &d), 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(s->l);
	s->alice = live_address_of(s, "alice");
	s->bob = live_address_of(s, "bob");
}

void
live_begin(struct scene *s, const char *acts, const struct live_options *more)
{
	static const char *const none[] = { NULL };

	live_begin_with(s, acts, more, none);
}

void
live_turn(struct scene *s)
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

void
live_end_and_repeat(struct scene *s)
{
	enum run_state state = RUN_GOES_ON;
	const struct drive_options o = { .line = live_keep, .arg = &s->text };
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

struct sockaddr_in
live_socket_address(const struct addr *a)
{
	struct sockaddr_in s = { .sin_family = AF_INET,
		.sin_port = htons(a->port) };

	memcpy(&s.sin_addr, a->ip, 4);
	return s;
}

int
live_open_program(const struct addr *at, int type)
{
	int fd = socket(AF_INET, type | SOCK_NONBLOCK, 0);
	struct sockaddr_in s = live_socket_address(at);
	const int yes = 1;

	/* What was there a moment ago may be in TIME-WAIT. */
	if (type == SOCK_STREAM)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	CU_ASSERT_EQUAL_FATAL(
	    bind(fd, (struct sockaddr *)(void *)&s, sizeof(s)), 0);
	return fd;
}

void
live_send_to(int fd, const struct addr *to, const char *text)
{
	struct sockaddr_in s = live_socket_address(to);

	CU_ASSERT_EQUAL(sendto(fd, text, strlen(text), 0,
			    (struct sockaddr *)(void *)&s, sizeof(s)),
	    (ssize_t)strlen(text));
}

const char *
live_hear(struct scene *s, int fd)
{
	static char text[4096];
	ssize_t n = -1;

	for (int i = 0; i < PATIENCE && n <= 0; i++) {
		live_turn(s);
		n = recv(fd, text, sizeof(text) - 1, MSG_DONTWAIT);
	}
	text[n > 0 ? n : 0] = '\0';
	return text;
}

const char *
live_request(const struct scene *s, const char *method, const char *whom,
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

const char *
live_ask_options(const struct scene *s, const char *transport, const char *id)
{
	return live_request(
	    s, "OPTIONS", "sip:alice@example.com", transport, id);
}

void
live_register_bob(struct scene *s, int fd, const char *transport)
{
	struct addr px = live_address_of(s, "px");
	char text[1024];
	char *by;

	snprintf(text, sizeof(text), "%s",
	    live_request(s, "REGISTER", "sip:example.com", "UDP", "reg"));
	by = strstr(text, "transport=UDP");
	CU_ASSERT_PTR_NOT_NULL_FATAL(by);
	memcpy(by + strlen("transport="), transport, 3);
	live_send_to(fd, &px, text);
	CU_ASSERT_NSTRING_EQUAL(live_hear(s, fd), "SIP/2.0 200", 11);
}

const struct live_options live_bob_outside = { .outside = "bob" };
