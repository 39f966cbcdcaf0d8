/* Sockets of the loopback for a run's nodes: see live/live_sockets.h. */
#include "live/live_sockets.h"
#include "live/live_sockets_in.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "live/connection_layers.h"
#include "live/real_programs.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define EVENTS    16      /* looked at together */
#define READ_ONCE 16      /* datagrams of a socket, before the next's turn */
#define SPARE     128     /* descriptors that are left to others */
#define RECEIVED  4194304 /* bytes that the machine keeps for datagrams */
#define STREAMED  65536   /* … of a connection, either way */
#define SENDERS   64      /* ports that are no places, from which nodes send */

/* ---- addresses ---- */

struct ends {
	char b[2 * (16 + 2 + 1) + 1];
};

static struct str
ends_of(enum live_socket_kind kind, const struct addr *at,
    const struct addr *far, struct ends *e)
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

socklen_t
live_socket_to_socket(const struct addr *a, struct sockaddr_storage *s)
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

struct addr
live_socket_from_socket(const struct sockaddr_storage *s, uint8_t transport)
{
	struct addr a = { .len = 4, .transport = transport };
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	memcpy(&four, s, sizeof(four));
	memcpy(&six, s, sizeof(six));
	a.port = ntohs(four.sin_port); /* where IPv6 has it as well */
	memcpy(a.ip, &four.sin_addr, 4);
	if (s->ss_family == AF_INET6) {
		a.len = 16;
		memcpy(a.ip, &six.sin6_addr, 16);
	}
	return a;
}

/* A, of a node, has a socket here: of the loopback, or of a face that the user
 * has opened. */
static bool
may_open(const struct live_sockets *d, const struct addr *a)
{
	return addr_is_loopback(a) || real_programs_has_face(d->programs, a);
}

/* Between A, of a node, and FAR there is a way.  To all of a network at once
 * nothing goes. */
bool
live_socket_may_reach(
    const struct live_sockets *d, const struct addr *a, const struct addr *far)
{
	return addr_is_loopback(far) ||
	       (far->len == 4 && far->ip[0] < 224 &&
		   real_programs_has_face(d->programs, a));
}

/* ---- life of a socket ---- */

void
live_socket_watch(const struct live_sockets *d, struct live_socket *o, int op)
{
	struct epoll_event e = { .data.ptr = o };

	/* A program that does not read is not read either. */
	e.events =
	    o->ends || o->half || o->out.n > live_socket_waiting_most(d) / 8
		? 0
		: EPOLLIN;
	if (o->connecting || o->out.n > 0)
		e.events |= EPOLLOUT;
	epoll_ctl(d->epoll, op, o->fd, &e);
}

struct live_socket *
live_socket_add(struct live_sockets *d, enum live_socket_kind kind, int fd,
    const char *node, const char *face, const struct addr *at,
    const struct addr *far)
{
	struct live_socket *o = mem_zalloc(1, sizeof(*o));
	struct ends e;

	if (o == NULL ||
	    map_put(d->by_ends, ends_of(kind, at, far, &e), o) != 0) {
		mem_free(o);
		close(fd);
		return NULL;
	}
	o->sockets = d;
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
	/* As long as it is not ended otherwise. */
	d->counts.ended[CONNECTION_END_RUN] += kind == CONNECTION;
	live_socket_watch(d, o, EPOLL_CTL_ADD);
	return o;
}

static void
free_socket(struct live_socket *o)
{
	connection_layers_destroy(o->layers);
	buf_free(&o->out);
	buf_free(&o->in);
	mem_free(o);
}

void
live_socket_close(struct live_sockets *d, struct live_socket *o)
{
	struct ends e;

	map_drop(d->by_ends, ends_of(o->kind, &o->at, &o->far, &e), o);
	close(o->fd);
	d->connections -= o->kind == CONNECTION;
	d->counts.ended[CONNECTION_END_RUN] -= o->kind == CONNECTION;
	list_remove(&o->link);
	o->gone = true;
	list_append(&d->gone, &o->link);
}

/* Frees sockets that were closed while events named them. */
static void
free_closed(struct live_sockets *d)
{
	if (d->looking)
		return;
	list_each (struct live_socket, o, &d->gone, link) {
		list_remove(&o->link);
		free_socket(o);
	}
}

struct live_socket *
live_socket_find(const struct live_sockets *d, enum live_socket_kind kind,
    const struct addr *at, const struct addr *far)
{
	struct ends e;

	return map_get(d->by_ends, ends_of(kind, at, far, &e));
}

void
live_socket_move(
    struct live_sockets *d, struct live_socket *o, const struct addr *far)
{
	struct ends e;

	map_drop(d->by_ends, ends_of(o->kind, &o->at, &o->far, &e), o);
	if (map_put(d->by_ends, ends_of(o->kind, &o->at, far, &e), o) == 0)
		o->far = *far;
	else
		map_put(d->by_ends, ends_of(o->kind, &o->at, &o->far, &e), o);
}

/* Bytes that may wait for a connection: the less, the more there are. */
size_t
live_socket_waiting_most(const struct live_sockets *d)
{
	size_t share = LIVE_SOCKETS_WAITING_ALL / (d->connections + 1);

	return share < LIVE_SOCKETS_WAITING ? share : LIVE_SOCKETS_WAITING;
}

/* What waits for the socket goes. */
void
live_socket_flush(struct live_sockets *d, struct live_socket *o)
{
	ssize_t n = o->out.n > 0 ? send(o->fd, o->out.p, o->out.n,
				       MSG_DONTWAIT | MSG_NOSIGNAL)
				 : 0;

	if (n > 0) {
		o->out.n -= (size_t)n;
		memmove(o->out.p, o->out.p + n, o->out.n);
	}
	if (o->half && o->owed == 0 && o->out.n == 0)
		d->look_ns = 0;
	if (o->ends && o->out.n == 0)
		live_socket_close(d, o);
	else
		live_socket_watch(d, o, EPOLL_CTL_MOD);
}

/* ---- receiving ---- */

int
live_socket_hand_over(struct live_sockets *d, const struct live_socket *o,
    enum arrival_what what, const struct addr *from, struct str bytes,
    int64_t late_ns)
{
	struct arrival a = { .what = what,
		.from = *from,
		.port = o->at.port,
		.node = o->node,
		.face = o->face,
		.why = what == ARRIVAL_BYTES ? CONNECTION_END_BY_THEM : o->why,
		.bytes = bytes };

	if (connection_owner_is_known(d->graph, from))
		connection_owner_note_media(&d->media, from, bytes);
	d->counts.came++;
	return d->fn(&a, late_ns, d->arg);
}

/* What the machine says beside a datagram: since when it has had it, and how
 * many it has had no room for at this socket, ever. */
static void
read_control(struct msghdr *m, int64_t *age_ns, uint32_t *dropped)
{
	struct timespec then, now;

	*age_ns = 0;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c != NULL;
	     c = CMSG_NXTHDR(m, c)) {
		if (c->cmsg_level != SOL_SOCKET)
			continue;
		if (c->cmsg_type == SO_RXQ_OVFL)
			memcpy(dropped, CMSG_DATA(c), sizeof(*dropped));
		if (c->cmsg_type != SCM_TIMESTAMPNS)
			continue;
		memcpy(&then, CMSG_DATA(c), sizeof(then));
		clock_gettime(CLOCK_REALTIME, &now);
		*age_ns = (int64_t)(now.tv_sec - then.tv_sec) * 1000000000 +
			  (now.tv_nsec - then.tv_nsec);
	}
}

/* A program that is told no address for its sound sends it from one that the
 * machine chooses, 127.0.0.1: it is the program to whose port, the same, O has
 * sent (RFC 4961), or that takes its own sound there, or that has been told of
 * O: its first packet may come before its 200. */
static void
know_by_port(const struct live_sockets *d, const struct live_socket *o,
    struct addr *from)
{
	if (connection_owner_is_known(d->graph, from))
		return;
	if (o->far.port == from->port &&
	    connection_owner_is_known(d->graph, &o->far))
		memcpy(from->ip, o->far.ip, sizeof(from->ip));
	else if (addr_is_loopback(from) &&
		 !connection_owner_find_media(&d->media, from))
		connection_owner_find_told(&d->told, &o->at, from);
}

static int
read_datagrams(struct live_sockets *d, struct live_socket *o)
{
	int err = 0;

	for (int i = 0; err == 0 && i < READ_ONCE; i++) {
		struct sockaddr_storage from;
		char control[CMSG_SPACE(sizeof(struct timespec)) +
			     CMSG_SPACE(sizeof(uint32_t))];
		struct iovec v = { d->bytes, sizeof(d->bytes) };
		struct msghdr m = { .msg_name = &from,
			.msg_namelen = sizeof(from),
			.msg_iov = &v,
			.msg_iovlen = 1,
			.msg_control = control,
			.msg_controllen = sizeof(control) };
		ssize_t n = recvmsg(o->fd, &m, MSG_DONTWAIT);
		uint32_t dropped = o->dropped;
		int64_t age_ns;
		struct addr a;

		/* An error is one of what was sent before (ICMP). */
		if (n < 0 && errno == ECONNREFUSED)
			continue;
		if (n < 0)
			break;
		a = live_socket_from_socket(&from, ADDR_UDP);
		know_by_port(d, o, &a);
		read_control(&m, &age_ns, &dropped);
		d->counts.lost += dropped - o->dropped;
		o->dropped = dropped;
		err = live_socket_hand_over(d, o, ARRIVAL_BYTES, &a,
		    (struct str){ d->bytes, (size_t)n }, age_ns);
	}
	return err;
}

/* ---- what leaves ---- */

/* The face that has A, as where it waits. */
const char *
live_socket_face_at(const struct live_sockets *d, const struct addr *a)
{
	list_each (struct live_socket, o, &d->all, link)
		if (o->kind != CONNECTION && addr_same_ip(&o->at, a))
			return o->face;
	return "";
}

static int
open_socket(const struct addr *at, bool stream)
{
	struct sockaddr_storage s;
	socklen_t n = live_socket_to_socket(at, &s);
	const int yes = 1, room = stream ? STREAMED : RECEIVED;
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
	if (!stream)
		setsockopt(fd, SOL_SOCKET, SO_RXQ_OVFL, &yes, sizeof(yes));
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	if (stream)
		setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof(room));
	bound = bind(fd, (struct sockaddr *)(void *)&s, n) == 0;
	if (!bound && errno == EACCES && at->port < 1024) {
		struct addr higher = *at;

		higher.port = (uint16_t)(at->port + LIVE_SOCKETS_HIGHER);
		live_socket_to_socket(&higher, &s);
		bound = bind(fd, (struct sockaddr *)(void *)&s, n) == 0;
	}
	if (bound && (!stream || listen(fd, SOMAXCONN) == 0))
		return fd;
	close(fd);
	return -1;
}

/* A handset's program has ports that are known only by what it sends, as for
 * its sound: packets to these are for it likewise. */
static struct live_socket *
open_sender(struct live_sockets *d, const struct run_departure *p)
{
	struct live_socket *o = NULL;
	int fd = -1;

	if (p->node != NULL && may_open(d, &p->from) && d->senders < SENDERS)
		fd = open_socket(&p->from, false);
	if (fd >= 0)
		o = live_socket_add(d, DATAGRAMS, fd, p->node,
		    live_socket_face_at(d, &p->from), &p->from, NULL);
	if (o != NULL) {
		o->sends = true;
		d->senders++;
	}
	return o;
}

static void
send_datagram(struct live_sockets *d, const struct run_departure *p)
{
	struct live_socket *o = live_socket_find(d, DATAGRAMS, &p->from, NULL);
	struct sockaddr_storage to;
	socklen_t n = live_socket_to_socket(&p->to, &to);

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

void
live_sockets_send(struct live_sockets *d, const struct run_departure *p)
{
	if (!live_socket_may_reach(d, &p->from, &p->to)) {
		if (d->counts.elsewhere++ == 0)
			d->counts.somewhere = p->to;
		free_closed(d);
		return;
	}
	if (connection_owner_is_known(d->graph, &p->to))
		connection_owner_note_media(&d->told, &p->to, p->bytes);
	if (addr_is_stream(&p->to)) {
		live_stream_send(d, p);
	} else {
		send_datagram(d, p);
	}
	free_closed(d);
}

/* ---- waiting ---- */

static int
take_event(struct live_sockets *d, struct live_socket *o, uint32_t events)
{
	int err = 0;

	if (o->gone)
		return 0;
	switch (o->kind) {
	case DATAGRAMS:
		return read_datagrams(d, o);
	case LISTENER:
		for (int i = 0; i < READ_ONCE; i++)
			if (!live_stream_accept(d, o, &err))
				break;
		return err;
	case CONNECTION:
		if (o->connecting)
			return live_stream_finish_connecting(d, o);
		if ((events & EPOLLOUT) != 0)
			live_socket_flush(d, o);
		if (!o->gone && o->ends &&
		    (events & (EPOLLERR | EPOLLHUP)) != 0)
			live_socket_close(d, o);
		if (o->gone || o->ends || (events & ~(uint32_t)EPOLLOUT) == 0)
			return 0;
		return live_stream_read(d, o);
	}
	return 0;
}

int
live_sockets_wait(struct live_sockets *d, int64_t ns)
{
	struct epoll_event events[EVENTS];
	struct timespec t = { ns / 1000000000, ns % 1000000000 };
	int n, err = 0;

	if (d->look_ns != INT64_MAX) {
		int64_t left = d->look_ns - live_stream_clock();

		ns = left < 0 ? 0 : left < ns ? left : ns;
		t = (struct timespec){ ns / 1000000000, ns % 1000000000 };
	}
	n = epoll_pwait2(
	    d->epoll, events, EVENTS, ns == INT64_MAX ? NULL : &t, NULL);
	d->looking = true;
	for (int i = 0; err == 0 && i < n; i++)
		err = take_event(d, events[i].data.ptr, events[i].events);
	if (err == 0)
		err = live_stream_close_unopened(d);
	d->looking = false;
	free_closed(d);
	return err;
}

int
live_sockets_fd(const struct live_sockets *d)
{
	return d->epoll;
}

/* ---- sockets of the run ---- */

static void
tell_unopened(struct live_sockets *d, const char *node, const struct addr *at)
{
	LOCAL_BUF text = BUF_INIT;

	addr_write(at, &text);
	diag_set(d->why, ERR_IO, NULL, 0,
	    /* TRANSLATORS: a node, its address with port, why */
	    _("%s can't be reached at %s: %s"), node, buf_cstr(&text),
	    err_system(errno));
}

static void
want_place(const char *node, const char *face, const struct addr *at, void *arg)
{
	struct live_sockets *d = arg;
	enum live_socket_kind kind = addr_is_stream(at) ? LISTENER : DATAGRAMS;
	struct live_socket *o;
	int fd;

	if ((d->kinds & 1U << at->transport) == 0 || !may_open(d, at))
		return;
	o = live_socket_find(d, kind, at, NULL);
	if (o != NULL) {
		o->wanted = true;
		return;
	}
	fd = open_socket(at, kind == LISTENER);
	if (fd < 0)
		tell_unopened(d, node, at);
	else if (live_socket_add(d, kind, fd, node, face, at, NULL) == NULL)
		diag_fail(d->why, ERR_NOMEM);
}

int
live_sockets_follow(
    struct live_sockets *d, const struct run *r, struct diag *why)
{
	list_each (struct live_socket, o, &d->all, link)
		o->wanted = o->kind == CONNECTION || o->sends;
	d->why = why;
	run_each_place(r, want_place, d);
	d->why = NULL;
	list_each (struct live_socket, o, &d->all, link)
		if (!o->wanted)
			live_socket_close(d, o);
	free_closed(d);
	return why->err;
}

void
live_sockets_each(const struct live_sockets *d, run_place_fn *fn, void *arg)
{
	list_each (struct live_socket, o, &d->all, link) {
		struct sockaddr_storage s;
		socklen_t n = live_socket_to_socket(&o->at, &s);
		struct addr at = o->at;

		getsockname(o->fd, (struct sockaddr *)(void *)&s, &n);
		at.port = live_socket_from_socket(&s, at.transport).port;
		if (o->kind != CONNECTION)
			fn(o->node, o->face, &at, arg);
	}
}

const struct live_sockets_counts *
live_sockets_counted(const struct live_sockets *d)
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
	    files.rlim_cur > LIVE_SOCKETS_CONNECTIONS + SPARE)
		return LIVE_SOCKETS_CONNECTIONS;
	return files.rlim_cur > 2 * SPARE ? files.rlim_cur - SPARE
					  : files.rlim_cur / 2;
}

int
live_sockets_create(struct live_sockets **dp, const struct topology *t,
    const struct real_programs *programs,
    struct certificate_authority *authority, live_sockets_fn *fn, void *arg,
    struct diag *why)
{
	struct live_sockets *d = mem_zalloc(1, sizeof(*d));

	*dp = d;
	if (d == NULL)
		return diag_fail(why, ERR_NOMEM);
	list_init(&d->all);
	list_init(&d->gone);
	d->graph = t;
	d->programs = programs;
	d->authority = authority;
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
		return diag_fail(why, ERR_NOMEM);
	return 0;
}

void
live_sockets_destroy(struct live_sockets *d)
{
	if (d == NULL)
		return;
	list_each (struct live_socket, o, &d->all, link) {
		/* A last word, if it can be said at once. */
		if (o->layers != NULL && !o->ends && o->out.n == 0) {
			connection_layers_close(o->layers, &o->out);
			live_socket_flush(d, o);
		}
		live_socket_close(d, o);
	}
	free_closed(d);
	if (d->epoll >= 0)
		close(d->epoll);
	map_destroy(d->by_ends);
	mem_free(d);
}
