/* Connections to programs, and from them, by streams; see
 * live/live_sockets.h. */
#include "live/live_sockets_in.h"

#include "base/err.h"
#include "live/connection_layers.h"
#include "live/real_programs.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

/* Bytes of a connection that are read at once: the fewer, the more connections
 * there are, so that each has its turn soon. */
#define STREAM       16384
#define STREAM_LEAST 1024
#define STREAM_ALL   131072

/* ---- receiving ---- */

/* Most programs connect from an address that the machine chooses, 127.0.0.1,
 * wherever they wait: the connection is that of the program all the same, with
 * its port. */
static void
know_program(struct live_sockets *d, struct live_socket *o, struct str bytes)
{
	struct addr far = o->far;

	if (!connection_owner_find(d->graph, bytes, &far) ||
	    live_socket_find(d, CONNECTION, &o->at, &far) != NULL)
		return;
	live_socket_move(d, o, &far);
	o->claims = true;
}

static int
hand_piece(struct live_sockets *d, struct live_socket *o, struct str bytes)
{
	int err = 0;

	while (err == 0 && bytes.n > 0) {
		size_t n =
		    bytes.n < ARRIVAL_BYTES_MAX ? bytes.n : ARRIVAL_BYTES_MAX;

		err = live_socket_hand_over(
		    d, o, ARRIVAL_BYTES, &o->far, str_slice(bytes, 0, n), 0);
		bytes = str_slice(bytes, n, bytes.n);
	}
	return err;
}

/* Messages that have come to their end, each apart (RFC 3261 18.3), since they
 * were sent so: what a connection brings in pieces is one when its last piece
 * is there. */
static int
hand_messages(struct live_sockets *d, struct live_socket *o)
{
	struct str in = buf_view(&o->in);
	struct msg_frame frame;
	int err = 0;

	while (err == 0 && in.n > 0) {
		enum msg_framed what =
		    msg_framing_next(&o->framing, in, &d->scratch, &frame);

		if (what == MSG_FRAMED_MORE)
			break;
		o->unframed = what == MSG_FRAMED_BAD;
		if (!o->whole)
			know_program(d, o, in);
		o->whole = true;
		if (o->unframed)
			frame.n = in.n;
		o->owed += what == MSG_FRAMED_MESSAGE &&
			   !str_starts(in, "SIP/2.0 ") &&
			   !str_starts(in, "ACK ");
		err = hand_piece(d, o, str_slice(in, 0, frame.n));
		in = str_slice(in, frame.n, in.n);
	}
	memmove(o->in.p, in.p, in.n);
	o->in.n = in.n;
	return err;
}

/* What has come of a message that has no end. */
static int
hand_rest(struct live_sockets *d, struct live_socket *o)
{
	struct str rest = buf_view(&o->in);
	int err = hand_piece(d, o, rest);

	buf_clear(&o->in);
	return err;
}

static int
end_connection(
    struct live_sockets *d, struct live_socket *o, enum arrival_what how)
{
	const bool waits = o->out.n > 0;
	int err = hand_rest(d, o);

	d->counts.ended[o->why]++;
	/* The run knows of connections that spoke, and of its own. */
	if (err == 0 && (o->spoke || o->opened))
		err = live_socket_hand_over(d, o, how, &o->far, STR_NULL, 0);
	d->counts.unopened +=
	    !o->connecting && !connection_layers_is_open(o->layers);
	/* A last word, if it can be said at once, and that it is the last (RFC
	 * 8446 6.1, RFC 5246 7.2.1). */
	connection_layers_close(o->layers, &o->out);
	if (o->out.n > 0 &&
	    send(o->fd, o->out.p, o->out.n, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
		d->counts.lost += waits;
	live_socket_close(d, o);
	return err;
}

/* What O's layers have brought. */
static int
take_bytes(struct str bytes, void *arg)
{
	struct live_socket *o = arg;
	struct live_sockets *d = o->sockets;
	int err;

	o->spoke = true;
	if (addr_transports[o->far.transport].framing == ADDR_WEBSOCKET) {
		if (!o->whole)
			know_program(d, o, bytes);
		o->whole = true;
		return hand_piece(d, o, bytes);
	}
	if (o->unframed)
		return hand_piece(d, o, bytes);
	buf_str(&o->in, bytes);
	if (o->in.err != 0)
		return ERR_NOMEM;
	err = hand_messages(d, o);
	if (err == 0 && (o->in.n >= ARRIVAL_BYTES_MAX ||
			    o->in.n >= live_socket_waiting_most(d))) {
		o->unframed = true;
		err = hand_rest(d, o);
	}
	return err;
}

/* The bytes read of a connection in its turn. */
static size_t
share_turn(const struct live_sockets *d)
{
	size_t share = STREAM_ALL / (d->connections + 1);

	share = share < STREAM ? share : STREAM;
	return share > STREAM_LEAST ? share : STREAM_LEAST;
}

/* The other side of O says no more.  It stays where it may wait for a response.
 */
static bool
stays_half(struct live_sockets *d, struct live_socket *o)
{
	if (o->owed == 0 ||
	    addr_transports[o->far.transport].framing == ADDR_WEBSOCKET)
		return false;
	o->half = true;
	o->until_ns = live_stream_clock() + LIVE_SOCKETS_HALF_NS;
	if (o->until_ns < d->look_ns)
		d->look_ns = o->until_ns;
	live_socket_flush(d, o);
	return true;
}

int
live_stream_read(struct live_sockets *d, struct live_socket *o)
{
	ssize_t n = recv(o->fd, d->bytes, share_turn(d), MSG_DONTWAIT);
	enum connection_layers_got got;
	int err;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	/* By TLS it says that itself. */
	if (n == 0 && !o->half && !addr_transports[o->far.transport].secure &&
	    stays_half(d, o))
		return 0;
	if (n <= 0 || o->half)
		return end_connection(
		    d, o, n == 0 || o->half ? ARRIVAL_CLOSE : ARRIVAL_RESET);
	got = connection_layers_take(
	    o->layers, (struct str){ d->bytes, (size_t)n }, &o->out);
	err = connection_layers_error(o->layers);
	o->why = connection_layers_ended(o->layers);
	/* A program that asks and does not read is disconnected. */
	if (got != CONNECTION_LAYERS_BREAKS &&
	    o->out.n > live_socket_waiting_most(d)) {
		got = CONNECTION_LAYERS_BREAKS;
		o->why = CONNECTION_END_UNREAD;
	}
	if (err == 0 && got == CONNECTION_LAYERS_HALF && stays_half(d, o))
		return 0;
	if (err == 0 && got != CONNECTION_LAYERS_GOES_ON)
		return end_connection(d, o,
		    got == CONNECTION_LAYERS_BREAKS ? ARRIVAL_RESET
						    : ARRIVAL_CLOSE);
	if (err == 0 && o->out.n > 0)
		live_socket_flush(d, o);
	return err;
}

int64_t
live_stream_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* O's socket is open. */
static void
begin_layers(struct live_sockets *d, struct live_socket *o)
{
	const struct connection_layers_spec spec = { .transport =
							 o->far.transport,
		.client = o->opened,
		.authority = d->authority,
		.pages = d->programs != NULL ? d->programs->pages : NULL,
		.node = o->node,
		.far = o->far,
		.fn = take_bytes,
		.arg = o };
	struct diag why = DIAG_INIT;

	if (connection_layers_create(&o->layers, &spec, &o->out, &why) != 0) {
		d->counts.refused++;
		live_socket_close(d, o);
		return;
	}
	o->until_ns = connection_layers_is_open(o->layers)
			  ? INT64_MAX
			  : live_stream_clock() + LIVE_SOCKETS_SHAKING_NS;
	if (o->until_ns < d->look_ns)
		d->look_ns = o->until_ns;
}

static void
try_again(struct live_sockets *d, struct live_socket *o)
{
	struct sockaddr_storage at;
	socklen_t n = live_socket_to_socket(&o->far, &at);

	int failed = connect(o->fd, (struct sockaddr *)(void *)&at, n);

	/* The machine takes back the attempt before. */
	if (failed != 0 && errno == ECONNABORTED)
		failed = connect(o->fd, (struct sockaddr *)(void *)&at, n);
	o->again_ns = INT64_MAX;
	o->refused = failed != 0 && errno != EINPROGRESS;
	live_socket_watch(d, o, EPOLL_CTL_ADD);
}

/* Closes connections that should be open by now, and are not, and those of who
 * did not read.  0, or FN's error.
 */
int
live_stream_close_unopened(struct live_sockets *d)
{
	int64_t now = live_stream_clock();
	int err = 0;

	if (now < d->look_ns)
		return 0;
	d->look_ns = INT64_MAX;
	list_each (struct live_socket, o, &d->all, link) {
		if (o->again_ns != 0 && now >= o->again_ns)
			try_again(d, o);
		else if (o->again_ns != 0 && o->again_ns < d->look_ns)
			d->look_ns = o->again_ns;
		if (err == 0 && o->half) {
			if ((o->owed == 0 && o->out.n == 0) ||
			    now >= o->until_ns)
				err = end_connection(d, o, ARRIVAL_CLOSE);
			else if (o->until_ns < d->look_ns)
				d->look_ns = o->until_ns;
			continue;
		}
		if (err != 0 || o->layers == NULL ||
		    (o->why == CONNECTION_END_BY_THEM &&
			connection_layers_is_open(o->layers)))
			continue;
		if (o->why == CONNECTION_END_BY_THEM && now >= o->until_ns)
			o->why = CONNECTION_END_IDLE;
		if (o->why != CONNECTION_END_BY_THEM)
			err = end_connection(d, o, ARRIVAL_RESET);
		else if (o->until_ns < d->look_ns)
			d->look_ns = o->until_ns;
	}
	return err;
}

/* How little would be lost with O, a connection: 0 where it stays.  Of a
 * program it stays once it has said something; where it says itself that it is
 * one, once that has come to its end. */
#define SILENT 3
static int
idleness(const struct live_sockets *d, const struct live_socket *o)
{
	if (o->kind != CONNECTION || o->opened)
		return 0;
	if (connection_owner_is_known(d->graph, &o->far) &&
	    (o->whole || !o->claims))
		return o->spoke ? 0 : 1;
	return o->spoke ? (o->whole ? 1 : 2) : SILENT;
}

/* Closes the oldest connection: of the ones without a message, else of those
 * without a whole one, else of strangers. */
static int
stream_make_room(struct live_sockets *d, bool *there)
{
	struct live_socket *last = NULL;
	int most = 0;

	*there = d->connections < d->most;
	if (*there)
		return 0;
	d->counts.refused++;
	list_each (struct live_socket, o, &d->all, link) {
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
	last->why = CONNECTION_END_ROOM;
	return end_connection(d, last, ARRIVAL_RESET);
}

/* False: there is none any more, or *ERR. */
bool
live_stream_accept(struct live_sockets *d, struct live_socket *o, int *err)
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
	far = live_socket_from_socket(&from, o->at.transport);
	*err = stream_make_room(d, &there);
	if (!there || !live_socket_may_reach(d, &o->at, &far)) {
		close(fd);
		return *err == 0;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	o = live_socket_add(d, CONNECTION, fd, o->node, o->face, &o->at, &far);
	if (o != NULL)
		begin_layers(d, o);
	return *err == 0;
}

/* The other side takes it, or does not listen. */
int
live_stream_finish_connecting(struct live_sockets *d, struct live_socket *o)
{
	int wrong = 0;
	socklen_t n = sizeof(wrong);

	getsockopt(o->fd, SOL_SOCKET, SO_ERROR, &wrong, &n);
	if ((wrong != 0 || o->refused) && o->again_ns == 0) {
		epoll_ctl(d->epoll, EPOLL_CTL_DEL, o->fd, NULL);
		o->again_ns = live_stream_clock() + LIVE_SOCKETS_AGAIN_NS;
		if (o->again_ns < d->look_ns)
			d->look_ns = o->again_ns;
		return 0;
	}
	if (wrong != 0 || o->refused) {
		o->why = CONNECTION_END_REFUSED;
		return end_connection(d, o, ARRIVAL_RESET);
	}
	o->connecting = false;
	live_socket_flush(d, o);
	return 0;
}

/* ---- what leaves ---- */

static void
connect_out(struct live_sockets *d, const struct run_departure *p)
{
	const int yes = 1;
	struct sockaddr_storage at;
	socklen_t n = live_socket_to_socket(&p->from, &at);
	int fd =
	    socket(at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	struct live_socket *o;
	bool refused;

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
	n = live_socket_to_socket(&p->to, &at);
	/* The result is read from its events. */
	refused = connect(fd, (struct sockaddr *)(void *)&at, n) != 0 &&
		  errno != EINPROGRESS;
	o = live_socket_add(d, CONNECTION, fd, p->node != NULL ? p->node : "",
	    live_socket_face_at(d, &p->from), &p->from, &p->to);
	if (o == NULL)
		return;
	o->opened = o->connecting = true;
	o->refused = refused;
	begin_layers(d, o);
	if (!o->gone)
		live_socket_watch(d, o, EPOLL_CTL_MOD);
}

void
live_stream_send(struct live_sockets *d, const struct run_departure *p)
{
	struct live_socket *o =
	    live_socket_find(d, CONNECTION, &p->from, &p->to);

	if (p->what == RUN_LEFT_OPEN && o == NULL) {
		connect_out(d, p);
	} else if (o == NULL || o->why != CONNECTION_END_BY_THEM) {
		d->counts.lost += p->what == RUN_LEFT_BYTES;
	} else if (p->what == RUN_LEFT_CLOSE) {
		d->counts.ended[p->why]++;
		connection_layers_close(o->layers, &o->out);
		/* A connection is not waited for until it is open. */
		o->ends = true;
		if (!connection_layers_is_open(o->layers))
			live_socket_close(d, o);
		else if (!o->connecting)
			live_socket_flush(d, o);
	} else if (o->out.n + connection_layers_waiting(o->layers) +
			   p->bytes.n >
		       live_socket_waiting_most(d) ||
		   (connection_layers_give(o->layers, p->bytes, &o->out),
		       o->out.err != 0)) {
		/* The run is told, but not while it is at work. */
		d->counts.refused++;
		o->why = CONNECTION_END_UNREAD;
		d->look_ns = 0;
	} else {
		d->counts.left++;
		o->owed -= o->owed > 0 && str_starts(p->bytes, "SIP/2.0 ") &&
			   p->bytes.n > 8 && p->bytes.p[8] > '1';
		if (!o->connecting)
			live_socket_flush(d, o);
	}
}
