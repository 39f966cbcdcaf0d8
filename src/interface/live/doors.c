/* Sockets of the loopback for a run's nodes: see live/doors.h. */
#include "live/doors.h"

#include "base/err.h"
#include "base/list.h"
#include "base/map.h"
#include "base/mem.h"
#include "live/carrier.h"
#include "live/cast.h"
#include "live/sender.h"
#include "msg/framing.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define EVENTS    16      /* looked at together */
#define READ_ONCE 16      /* datagrams of a socket, before the next's turn */
#define STREAM    16384   /* bytes of a connection, likewise */
#define SPARE     128     /* descriptors that are left to others */
#define RECEIVED  4194304 /* bytes that the machine keeps for a socket */
#define SENDERS   64      /* ports that are no places, from which nodes send */

enum door_kind { DATAGRAMS, LISTENER, CONNECTION };

struct door {
	struct list link;
	struct doors *doors;
	enum door_kind kind;
	int fd;
	struct addr at,
	    far; /* the node's; the other end, or where it sent last */
	char node[64];
	char face[64];
	bool wanted;     /* the run has it still */
	bool sends;      /* something has left from there, unlike a place */
	bool opened;     /* from here … */
	bool connecting; /* … and is not through */
	bool spoke;      /* bytes have come */
	bool whole;      /* a message of them, to its end */
	bool ends;       /* when all is written */
	bool gone;       /* to be freed when nothing looks at it */
	struct buf out;  /* not yet taken by the socket */
	struct buf in;   /* the message that has not all come */
	struct msg_framing framing;
	bool unframed;           /* it can't be told where messages end */
	struct carrier *carrier; /* of a connection */
	int64_t until_ns; /* by then it is open, on the machine's clock */
};

struct doors {
	int epoll;
	const struct topology *graph;
	const struct cast *cast;
	struct keys *keys;
	doors_fn *fn;
	void *arg;
	struct list all, gone;
	struct map *by_ends;
	size_t connections, most;
	size_t senders;
	unsigned kinds;  /* of transports that are waited for: bits */
	bool looking;    /* at events, which name doors */
	int64_t look_ns; /* whether lines are open that are to be by then */
	struct doors_counts counts;
	struct diag *why; /* of doors_follow */
	struct msg scratch;
	char bytes[65536];
};

/* ---- addresses ---- */

struct ends {
	char b[2 * (16 + 2 + 1) + 1];
};

static struct str
ends_of(enum door_kind kind, const struct addr *at, const struct addr *far,
    struct ends *e)
{
	memset(e, 0, sizeof(*e));
	e->b[0] = (char)kind;
	memcpy(e->b + 1, at->ip, at->len);
	memcpy(e->b + 17, &at->port, 2);
	if (kind == CONNECTION) {
		memcpy(e->b + 20, far->ip, far->len);
		memcpy(e->b + 36, &far->port, 2);
	}
	return (struct str){ e->b, sizeof(e->b) };
}

static socklen_t
to_socket(const struct addr *a, struct sockaddr_storage *s)
{
	struct sockaddr_in four = { .sin_family = AF_INET,
		.sin_port = htons(a->port) };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6,
		.sin6_port = htons(a->port) };

	memcpy(&four.sin_addr, a->ip, 4);
	memcpy(&six.sin6_addr, a->ip, 16);
	memset(s, 0, sizeof(*s));
	if (a->len == 4)
		memcpy(s, &four, sizeof(four));
	else
		memcpy(s, &six, sizeof(six));
	return a->len == 4 ? sizeof(four) : sizeof(six);
}

static struct addr
from_socket(const struct sockaddr_storage *s, uint8_t transport)
{
	struct addr a = { .len = 4, .transport = transport };
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	memcpy(&four, s, sizeof(four));
	memcpy(&six, s, sizeof(six));
	a.port = ntohs(four.sin_port); /* where IPv6 has it, too */
	memcpy(a.ip, &four.sin_addr, 4);
	if (s->ss_family == AF_INET6) {
		a.len = 16;
		memcpy(a.ip, &six.sin6_addr, 16);
	}
	return a;
}

/* A, of a node, has a socket here: of the loopback, or of a face that somebody
 * has opened. */
static bool
may_open(const struct doors *d, const struct addr *a)
{
	return addr_is_loopback(a) || cast_has_face(d->cast, a);
}

/* Between A, of a node, and FAR there is a way.  To all of a network at once
 * nothing goes. */
static bool
may_reach(const struct doors *d, const struct addr *a, const struct addr *far)
{
	return addr_is_loopback(far) ||
	       (far->len == 4 && far->ip[0] < 224 && cast_has_face(d->cast, a));
}

/* ---- life of a door ---- */

static void
watch(const struct doors *d, struct door *o, int op)
{
	struct epoll_event e = { .data.ptr = o };

	e.events = o->ends ? 0 : EPOLLIN;
	if (o->connecting || o->out.n > 0)
		e.events |= EPOLLOUT;
	epoll_ctl(d->epoll, op, o->fd, &e);
}

static struct door *
add_door(struct doors *d, enum door_kind kind, int fd, const char *node,
    const char *face, const struct addr *at, const struct addr *far)
{
	struct door *o = mem_zalloc(1, sizeof(*o));
	struct ends e;

	if (o == NULL ||
	    map_put(d->by_ends, ends_of(kind, at, far, &e), o) != 0) {
		mem_free(o);
		close(fd);
		return NULL;
	}
	o->doors = d;
	o->kind = kind;
	o->fd = fd;
	o->at = *at;
	if (far != NULL)
		o->far = *far;
	snprintf(o->node, sizeof(o->node), "%s", node);
	snprintf(o->face, sizeof(o->face), "%s", face);
	o->wanted = true;
	list_append(&d->all, &o->link);
	d->connections += kind == CONNECTION;
	d->counts.connections += kind == CONNECTION;
	watch(d, o, EPOLL_CTL_ADD);
	return o;
}

static void
free_door(struct door *o)
{
	carrier_destroy(o->carrier);
	buf_free(&o->out);
	buf_free(&o->in);
	mem_free(o);
}

static void
close_door(struct doors *d, struct door *o)
{
	struct ends e;

	map_drop(d->by_ends, ends_of(o->kind, &o->at, &o->far, &e), o);
	close(o->fd);
	d->connections -= o->kind == CONNECTION;
	list_remove(&o->link);
	o->gone = true;
	list_append(&d->gone, &o->link);
}

/* Those that were closed while events named them. */
static void
free_closed(struct doors *d)
{
	if (d->looking)
		return;
	list_each (struct door, o, &d->gone, link) {
		list_remove(&o->link);
		free_door(o);
	}
}

static struct door *
find_door(const struct doors *d, enum door_kind kind, const struct addr *at,
    const struct addr *far)
{
	struct ends e;

	return map_get(d->by_ends, ends_of(kind, at, far, &e));
}

/* Bytes that may wait for a connection: the less, the more there are. */
static size_t
waiting_most(const struct doors *d)
{
	size_t share = DOORS_WAITING_ALL / (d->connections + 1);

	return share < DOORS_WAITING ? share : DOORS_WAITING;
}

/* What waits for the socket goes. */
static void
flush(struct doors *d, struct door *o)
{
	ssize_t n = o->out.n > 0 ? send(o->fd, o->out.p, o->out.n,
				       MSG_DONTWAIT | MSG_NOSIGNAL)
				 : 0;

	if (n > 0) {
		o->out.n -= (size_t)n;
		memmove(o->out.p, o->out.p + n, o->out.n);
	}
	if (o->ends && o->out.n == 0)
		close_door(d, o);
	else
		watch(d, o, EPOLL_CTL_MOD);
}

/* ---- what comes ---- */

static int
hand_over(struct doors *d, const struct door *o, enum arrival_what what,
    const struct addr *from, struct str bytes, int64_t late_ns)
{
	struct arrival a = { .what = what,
		.from = *from,
		.port = o->at.port,
		.node = o->node,
		.face = o->face,
		.bytes = bytes };

	d->counts.came++;
	return d->fn(&a, late_ns, d->arg);
}

/* How long the machine has had what M came with. */
static int64_t
age_of(struct msghdr *m)
{
	struct cmsghdr *c = CMSG_FIRSTHDR(m);
	struct timespec then, now;

	if (c == NULL || c->cmsg_level != SOL_SOCKET ||
	    c->cmsg_type != SCM_TIMESTAMPNS)
		return 0;
	memcpy(&then, CMSG_DATA(c), sizeof(then));
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)(now.tv_sec - then.tv_sec) * 1000000000 +
	       (now.tv_nsec - then.tv_nsec);
}

/* A program that is told no address for its sound sends it from one that the
 * machine chooses, 127.0.0.1: it is the program to whose port, the same, O has
 * sent (RFC 4961). */
static void
know_by_port(const struct doors *d, const struct door *o, struct addr *from)
{
	if (o->far.port == from->port && !sender_is_known(d->graph, from) &&
	    sender_is_known(d->graph, &o->far))
		memcpy(from->ip, o->far.ip, sizeof(from->ip));
}

static int
read_datagrams(struct doors *d, struct door *o)
{
	int err = 0;

	for (int i = 0; err == 0 && i < READ_ONCE; i++) {
		struct sockaddr_storage from;
		char control[CMSG_SPACE(sizeof(struct timespec))];
		struct iovec v = { d->bytes, sizeof(d->bytes) };
		struct msghdr m = { .msg_name = &from,
			.msg_namelen = sizeof(from),
			.msg_iov = &v,
			.msg_iovlen = 1,
			.msg_control = control,
			.msg_controllen = sizeof(control) };
		ssize_t n = recvmsg(o->fd, &m, MSG_DONTWAIT);
		struct addr a;

		/* An error is one of what was sent before (ICMP). */
		if (n < 0 && errno == ECONNREFUSED)
			continue;
		if (n < 0)
			break;
		a = from_socket(&from, ADDR_UDP);
		know_by_port(d, o, &a);
		err = hand_over(d, o, ARRIVAL_BYTES, &a,
		    (struct str){ d->bytes, (size_t)n }, age_of(&m));
	}
	return err;
}

static int
end_connection(struct doors *d, struct door *o, enum arrival_what how)
{
	int err = 0;

	/* The run knows of those that spoke, and of its own. */
	if (o->spoke || o->opened)
		err = hand_over(d, o, how, &o->far, STR_NULL, 0);
	d->counts.unopened += !carrier_is_open(o->carrier);
	/* A last word, if it can be said at once. */
	if (o->out.n > 0 &&
	    send(o->fd, o->out.p, o->out.n, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
		d->counts.lost++;
	close_door(d, o);
	return err;
}

/* Most programs connect from an address that the machine chooses, 127.0.0.1,
 * wherever they wait: the connection is that of the program all the same, with
 * its port. */
static void
know_program(struct doors *d, struct door *o, struct str bytes)
{
	struct addr far = o->far;
	struct ends e;

	if (!sender_find(d->graph, bytes, &far) ||
	    find_door(d, CONNECTION, &o->at, &far) != NULL)
		return;
	map_drop(d->by_ends, ends_of(o->kind, &o->at, &o->far, &e), o);
	if (map_put(d->by_ends, ends_of(o->kind, &o->at, &far, &e), o) == 0)
		o->far = far;
	else
		map_put(d->by_ends, ends_of(o->kind, &o->at, &o->far, &e), o);
}

static int
hand_piece(struct doors *d, struct door *o, struct str bytes)
{
	return bytes.n == 0 ? 0
			    : hand_over(d, o, ARRIVAL_BYTES, &o->far, bytes, 0);
}

/* The last N of what has come of a message, and what has come with it: each
 * message apart (RFC 3261 18.3), since they were sent so. */
static int
hand_messages(struct doors *d, struct door *o, size_t n)
{
	size_t handed = o->in.n - n; /* of the first */
	struct str in = buf_view(&o->in);
	struct msg_frame frame;
	int err = 0;

	while (err == 0 && in.n > 0) {
		enum msg_framed what =
		    msg_framing_next(&o->framing, in, &d->scratch, &frame);

		if (what == MSG_FRAMED_MORE || what == MSG_FRAMED_BAD) {
			o->unframed = what == MSG_FRAMED_BAD;
			err = hand_piece(d, o, str_slice(in, handed, in.n));
			break;
		}
		o->whole = true;
		err = hand_piece(d, o, str_slice(in, handed, frame.n));
		in = str_slice(in, frame.n, in.n);
		handed = handed > frame.n ? handed - frame.n : 0;
	}
	memmove(o->in.p, in.p, in.n);
	o->in.n = in.n;
	return err;
}

/* What O's carrier has brought. */
static int
take_bytes(struct str bytes, void *arg)
{
	struct door *o = arg;
	struct doors *d = o->doors;

	if (!o->spoke)
		know_program(d, o, bytes);
	o->spoke = true;
	o->whole |= addr_transports[o->far.transport].framing == ADDR_WEBSOCKET;
	if (addr_transports[o->far.transport].framing == ADDR_WEBSOCKET)
		return hand_piece(d, o, bytes);
	if (!o->unframed && o->in.n < ARRIVAL_BYTES_MAX &&
	    o->in.n < waiting_most(d)) {
		buf_str(&o->in, bytes);
		if (o->in.err == 0)
			return hand_messages(d, o, bytes.n);
	}
	o->unframed = true;
	return hand_piece(d, o, bytes);
}

static int
read_stream(struct doors *d, struct door *o)
{
	ssize_t n = recv(o->fd, d->bytes, STREAM, MSG_DONTWAIT);
	enum carrier_got got;
	int err;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n <= 0)
		return end_connection(
		    d, o, n == 0 ? ARRIVAL_CLOSE : ARRIVAL_RESET);
	got = carrier_take(
	    o->carrier, (struct str){ d->bytes, (size_t)n }, &o->out);
	err = carrier_error(o->carrier);
	/* Who asks and does not read is told no more. */
	if (o->out.n > waiting_most(d))
		got = CARRIER_BREAKS;
	if (err == 0 && got != CARRIER_GOES_ON)
		return end_connection(
		    d, o, got == CARRIER_ENDS ? ARRIVAL_CLOSE : ARRIVAL_RESET);
	if (err == 0 && o->out.n > 0)
		flush(d, o);
	return err;
}

static int64_t
read_machine_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* O's socket is open. */
static void
begin_carrier(struct doors *d, struct door *o)
{
	const struct carrier_spec spec = { .transport = o->far.transport,
		.client = o->opened,
		.keys = d->keys,
		.node = o->node,
		.far = o->far,
		.fn = take_bytes,
		.arg = o };
	struct diag why = DIAG_INIT;

	if (carrier_create(&o->carrier, &spec, &o->out, &why) != 0) {
		d->counts.refused++;
		close_door(d, o);
		return;
	}
	o->until_ns = carrier_is_open(o->carrier)
			  ? INT64_MAX
			  : read_machine_clock() + DOORS_SHAKING_NS;
	if (o->until_ns < d->look_ns)
		d->look_ns = o->until_ns;
}

/* Those that should be open by now, and are not, are closed.  0, or FN's error.
 */
static int
close_unopened(struct doors *d)
{
	int64_t now = read_machine_clock();
	int err = 0;

	if (now < d->look_ns)
		return 0;
	d->look_ns = INT64_MAX;
	list_each (struct door, o, &d->all, link) {
		if (err != 0 || o->carrier == NULL ||
		    carrier_is_open(o->carrier))
			continue;
		if (now >= o->until_ns)
			err = end_connection(d, o, ARRIVAL_RESET);
		else if (o->until_ns < d->look_ns)
			d->look_ns = o->until_ns;
	}
	return err;
}

/* How little would be lost with O, a connection: 0 where it stays.  Of a
 * program it stays once it has said something. */
#define SILENT 3
static int
idleness(const struct doors *d, const struct door *o)
{
	if (o->kind != CONNECTION || o->opened)
		return 0;
	if (sender_is_known(d->graph, &o->far))
		return o->spoke ? 0 : 1;
	return o->spoke ? (o->whole ? 1 : 2) : SILENT;
}

/* The one that is there longest goes, of those that have said nothing, else of
 * those that have said nothing to its end, else of strangers. */
static int
make_room(struct doors *d, bool *there)
{
	struct door *last = NULL;
	int most = 0;

	*there = d->connections < d->most;
	if (*there)
		return 0;
	d->counts.refused++;
	list_each (struct door, o, &d->all, link) {
		int idle = idleness(d, o);

		if (idle > most)
			last = o;
		most = idle > most ? idle : most;
		if (most == SILENT)
			break;
	}
	if (last == NULL)
		return 0;
	*there = true;
	return end_connection(d, last, ARRIVAL_RESET);
}

/* False: there is none any more, or *ERR. */
static bool
take_connection(struct doors *d, struct door *o, int *err)
{
	struct sockaddr_storage from;
	socklen_t n = sizeof(from);
	int fd = accept4(o->fd, (struct sockaddr *)(void *)&from, &n,
	    SOCK_NONBLOCK | SOCK_CLOEXEC);
	const int yes = 1;
	struct addr far;
	bool there;

	if (fd < 0)
		return false;
	far = from_socket(&from, o->at.transport);
	*err = make_room(d, &there);
	if (!there || !may_reach(d, &o->at, &far)) {
		close(fd);
		return *err == 0;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	o = add_door(d, CONNECTION, fd, o->node, o->face, &o->at, &far);
	if (o != NULL)
		begin_carrier(d, o);
	return *err == 0;
}

/* ---- what leaves ---- */

/* The other side takes it, or does not listen. */
static int
finish_connecting(struct doors *d, struct door *o)
{
	int wrong = 0;
	socklen_t n = sizeof(wrong);

	getsockopt(o->fd, SOL_SOCKET, SO_ERROR, &wrong, &n);
	o->connecting = false;
	if (wrong != 0)
		return end_connection(d, o, ARRIVAL_RESET);
	flush(d, o);
	return 0;
}

/* The face that has A, as where it waits. */
static const char *
face_at(const struct doors *d, const struct addr *a)
{
	list_each (struct door, o, &d->all, link)
		if (o->kind != CONNECTION && addr_same_ip(&o->at, a))
			return o->face;
	return "";
}

static int
open_socket(const struct addr *at, bool stream)
{
	struct sockaddr_storage s;
	socklen_t n = to_socket(at, &s);
	const int yes = 1, room = RECEIVED;
	bool bound;
	int fd = socket(s.ss_family,
	    (stream ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC,
	    0);

	if (fd < 0)
		return -1;
	if (stream)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	else
		setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof(yes));
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	bound = bind(fd, (struct sockaddr *)(void *)&s, n) == 0;
	if (!bound && errno == EACCES && at->port < 1024) {
		struct addr higher = *at;

		higher.port = (uint16_t)(at->port + DOORS_HIGHER);
		to_socket(&higher, &s);
		bound = bind(fd, (struct sockaddr *)(void *)&s, n) == 0;
	}
	if (bound && (!stream || listen(fd, SOMAXCONN) == 0))
		return fd;
	close(fd);
	return -1;
}

/* A handset's program has ports of which only what it sends tells, as for its
 * sound: what comes there is for it likewise. */
static struct door *
open_sender(struct doors *d, const struct run_departure *p)
{
	struct door *o = NULL;
	int fd = -1;

	if (p->node != NULL && may_open(d, &p->from) && d->senders < SENDERS)
		fd = open_socket(&p->from, false);
	if (fd >= 0)
		o = add_door(d, DATAGRAMS, fd, p->node, face_at(d, &p->from),
		    &p->from, NULL);
	if (o != NULL) {
		o->sends = true;
		d->senders++;
	}
	return o;
}

static void
send_datagram(struct doors *d, const struct run_departure *p)
{
	struct door *o = find_door(d, DATAGRAMS, &p->from, NULL);
	struct sockaddr_storage to;
	socklen_t n = to_socket(&p->to, &to);

	if (o == NULL)
		o = open_sender(d, p);
	if (o != NULL)
		o->far = p->to;
	if (o != NULL && sendto(o->fd, p->bytes.p, p->bytes.n, MSG_DONTWAIT,
			     (struct sockaddr *)(void *)&to, n) >= 0)
		d->counts.left++;
	else
		d->counts.lost++;
}

static void
connect_out(struct doors *d, const struct run_departure *p)
{
	const int yes = 1;
	struct sockaddr_storage at;
	socklen_t n = to_socket(&p->from, &at);
	int fd =
	    socket(at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	struct door *o;

	if (fd < 0 || d->connections >= d->most) {
		d->counts.refused++;
		if (fd >= 0)
			close(fd);
		return;
	}
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	if (bind(fd, (struct sockaddr *)(void *)&at, n) != 0)
		d->counts.lost++;
	n = to_socket(&p->to, &at);
	/* What comes of it is read from its events. */
	if (connect(fd, (struct sockaddr *)(void *)&at, n) != 0)
		d->counts.lost += errno != EINPROGRESS;
	o = add_door(d, CONNECTION, fd, p->node != NULL ? p->node : "",
	    face_at(d, &p->from), &p->from, &p->to);
	if (o == NULL)
		return;
	o->opened = o->connecting = true;
	begin_carrier(d, o);
	if (!o->gone)
		watch(d, o, EPOLL_CTL_MOD);
}

static void
send_stream(struct doors *d, const struct run_departure *p)
{
	struct door *o = find_door(d, CONNECTION, &p->from, &p->to);

	if (p->what == RUN_LEFT_OPEN && o == NULL) {
		connect_out(d, p);
	} else if (o == NULL) {
		d->counts.lost += p->what == RUN_LEFT_BYTES;
	} else if (p->what == RUN_LEFT_CLOSE) {
		carrier_close(o->carrier, &o->out);
		/* Nobody waits until it is open. */
		o->ends = true;
		if (!carrier_is_open(o->carrier))
			close_door(d, o);
		else if (!o->connecting)
			flush(d, o);
	} else if (o->out.n + carrier_waiting(o->carrier) + p->bytes.n >
		       waiting_most(d) ||
		   (carrier_give(o->carrier, p->bytes, &o->out),
		       o->out.err != 0)) {
		d->counts.refused++;
		close_door(d, o);
	} else {
		d->counts.left++;
		if (!o->connecting)
			flush(d, o);
	}
}

void
doors_send(struct doors *d, const struct run_departure *p)
{
	if (!may_reach(d, &p->from, &p->to)) {
		if (d->counts.elsewhere++ == 0)
			d->counts.somewhere = p->to;
	} else if (addr_is_stream(&p->to)) {
		send_stream(d, p);
	} else {
		send_datagram(d, p);
	}
	free_closed(d);
}

/* ---- waiting ---- */

static int
take_event(struct doors *d, struct door *o, uint32_t events)
{
	int err = 0;

	if (o->gone)
		return 0;
	switch (o->kind) {
	case DATAGRAMS:
		return read_datagrams(d, o);
	case LISTENER:
		for (int i = 0; i < READ_ONCE; i++)
			if (!take_connection(d, o, &err))
				break;
		return err;
	case CONNECTION:
		if (o->connecting)
			return finish_connecting(d, o);
		if ((events & EPOLLOUT) != 0)
			flush(d, o);
		if (!o->gone && o->ends &&
		    (events & (EPOLLERR | EPOLLHUP)) != 0)
			close_door(d, o);
		return o->gone || o->ends ? 0 : read_stream(d, o);
	}
	return 0;
}

int
doors_wait(struct doors *d, int64_t ns)
{
	struct epoll_event events[EVENTS];
	struct timespec t = { ns / 1000000000, ns % 1000000000 };
	int n, err = 0;

	if (d->look_ns != INT64_MAX) {
		int64_t left = d->look_ns - read_machine_clock();

		ns = left < 0 ? 0 : left < ns ? left : ns;
		t = (struct timespec){ ns / 1000000000, ns % 1000000000 };
	}
	n = epoll_pwait2(
	    d->epoll, events, EVENTS, ns == INT64_MAX ? NULL : &t, NULL);
	d->looking = true;
	for (int i = 0; err == 0 && i < n; i++)
		err = take_event(d, events[i].data.ptr, events[i].events);
	if (err == 0)
		err = close_unopened(d);
	d->looking = false;
	free_closed(d);
	return err;
}

int
doors_fd(const struct doors *d)
{
	return d->epoll;
}

/* ---- those that the run has ---- */

static void
tell_unopened(struct doors *d, const char *node, const struct addr *at)
{
	struct buf text = BUF_INIT;

	addr_write(at, &text);
	diag_set(d->why, ERR_IO, NULL, 0,
	    /* TRANSLATORS: a node, its address with port, why */
	    _("%s can't be reached at %s: %s"), node, buf_cstr(&text),
	    err_system(errno));
	buf_free(&text);
}

static void
want_place(const char *node, const char *face, const struct addr *at, void *arg)
{
	struct doors *d = arg;
	enum door_kind kind = addr_is_stream(at) ? LISTENER : DATAGRAMS;
	struct door *o;
	int fd;

	if ((d->kinds & 1U << at->transport) == 0 || !may_open(d, at))
		return;
	o = find_door(d, kind, at, NULL);
	if (o != NULL) {
		o->wanted = true;
		return;
	}
	fd = open_socket(at, kind == LISTENER);
	if (fd < 0)
		tell_unopened(d, node, at);
	else if (add_door(d, kind, fd, node, face, at, NULL) == NULL)
		diag_set(d->why, ERR_NOMEM, NULL, 0, "%s", err_text(ERR_NOMEM));
}

int
doors_follow(struct doors *d, const struct run *r, struct diag *why)
{
	list_each (struct door, o, &d->all, link)
		o->wanted = o->kind == CONNECTION || o->sends;
	d->why = why;
	run_each_place(r, want_place, d);
	d->why = NULL;
	list_each (struct door, o, &d->all, link)
		if (!o->wanted)
			close_door(d, o);
	free_closed(d);
	return why->err;
}

void
doors_each(const struct doors *d, run_place_fn *fn, void *arg)
{
	list_each (struct door, o, &d->all, link) {
		struct sockaddr_storage s;
		socklen_t n = to_socket(&o->at, &s);
		struct addr at = o->at;

		getsockname(o->fd, (struct sockaddr *)(void *)&s, &n);
		at.port = from_socket(&s, at.transport).port;
		if (o->kind != CONNECTION)
			fn(o->node, o->face, &at, arg);
	}
}

const struct doors_counts *
doors_counted(const struct doors *d)
{
	return &d->counts;
}

/* ---- life ---- */

/* UDP and TCP, and what nodes of T are said to speak. */
static unsigned
find_kinds(const struct topology *t)
{
	unsigned kinds = 1U << ADDR_UDP | 1U << ADDR_TCP;

	for (size_t i = 0; t != NULL && i < t->nnodes; i++) {
		const struct topology_attr *a =
		    topology_attr(&t->nodes[i], "transport");
		uint8_t by = ADDR_DEFAULT;

		if (a != NULL && addr_transport_find(str_of(a->value), &by))
			kinds |= 1U << by;
		if (topology_attr(&t->nodes[i], "tls") != NULL)
			kinds |= 1U << ADDR_TLS;
	}
	return kinds & ~(1U << ADDR_SCTP | 1U << ADDR_TLS_SCTP);
}

static size_t
most_connections(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0 ||
	    files.rlim_cur > DOORS_CONNECTIONS + SPARE)
		return DOORS_CONNECTIONS;
	return files.rlim_cur > 2 * SPARE ? files.rlim_cur - SPARE
					  : files.rlim_cur / 2;
}

int
doors_create(struct doors **dp, const struct topology *t,
    const struct cast *cast, struct keys *keys, doors_fn *fn, void *arg,
    struct diag *why)
{
	struct doors *d = mem_zalloc(1, sizeof(*d));

	*dp = d;
	if (d == NULL)
		return diag_set(
		    why, ERR_NOMEM, NULL, 0, "%s", err_text(ERR_NOMEM));
	list_init(&d->all);
	list_init(&d->gone);
	d->graph = t;
	d->cast = cast;
	d->keys = keys;
	d->fn = fn;
	d->arg = arg;
	d->look_ns = INT64_MAX;
	d->kinds = find_kinds(t);
	d->most = most_connections();
	d->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (d->epoll < 0)
		return diag_set(
		    why, ERR_IO, NULL, 0, "epoll: %s", err_system(errno));
	if (map_create(&d->by_ends) != 0)
		return diag_set(
		    why, ERR_NOMEM, NULL, 0, "%s", err_text(ERR_NOMEM));
	return 0;
}

void
doors_destroy(struct doors *d)
{
	if (d == NULL)
		return;
	list_each (struct door, o, &d->all, link)
		close_door(d, o);
	free_closed(d);
	if (d->epoll >= 0)
		close(d->epoll);
	map_destroy(d->by_ends);
	mem_free(d);
}
