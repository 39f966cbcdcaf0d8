/* What two files share: live_sockets.c opens and closes a run's sockets and
 * has its datagrams, live_sockets_stream.c has its connections. */
#ifndef LIVE_LIVE_SOCKETS_IN_H
#define LIVE_LIVE_SOCKETS_IN_H

#include "base/buf.h"
#include "base/list.h"
#include "live/live_sockets.h"
#include "live/connection_owner.h"
#include "msg/framing.h"

#include <sys/socket.h>

enum live_socket_kind { DATAGRAMS, LISTENER, CONNECTION };

struct live_socket {
	struct list link;
	struct live_sockets *sockets;
	enum live_socket_kind kind;
	int fd;
	struct addr at,
	    far; /* the node's; the other end, or where it sent last */
	char node[64];
	char face[64];
	bool wanted;      /* the run has it still */
	bool sends;       /* something has left from there, unlike a place */
	bool opened;      /* from here … */
	bool connecting;  /* … and is not through */
	bool refused;     /* … as nothing listens there */
	bool spoke;       /* bytes have come */
	bool whole;       /* a message of them, to its end */
	bool claims;      /* it has said itself which program it is */
	bool ends;        /* when all is written */
	bool half;        /* the other side says no more, but hears */
	bool gone;        /* to be freed when nothing looks at it */
	uint32_t dropped; /* datagrams for which the machine had no room */
	struct buf out;   /* not yet taken by the socket */
	struct buf in;    /* the message that has not all come */
	struct msg_framing framing;
	bool unframed; /* it can't be told where messages end */
	size_t owed;   /* requests that came and have no final response */
	struct connection_layers *layers; /* of a connection */
	int64_t until_ns; /* by then it is open, on the machine's clock */
	int64_t again_ns; /* … a rejected one is tried again; 0: not yet */
	enum connection_end why; /* it is being ended, or by the other side */
};

struct live_sockets {
	int epoll;
	const struct topology *graph;
	const struct real_programs *programs;
	struct certificate_authority *authority;
	live_sockets_fn *fn;
	void *arg;
	struct list all, gone;
	struct map *by_ends;
	size_t connections, most;
	size_t senders;
	unsigned kinds;  /* of transports that are waited for: bits */
	bool looking;    /* at events, which name sockets */
	int64_t look_ns; /* whether lines are open that are to be by then */
	struct connection_owner_media media,
	    told; /* by programs, and to them */
	struct live_sockets_counts counts;
	struct diag *why; /* of live_sockets_follow */
	struct msg scratch;
	char bytes[65536];
};

/* ---- live_sockets.c ---- */

socklen_t
live_socket_to_socket(const struct addr *a, struct sockaddr_storage *s);
struct addr
live_socket_from_socket(const struct sockaddr_storage *s, uint8_t transport);
/* Between A, of a node, and FAR there is a way.  To all of a network at once
 * nothing goes. */
bool live_socket_may_reach(
    const struct live_sockets *d, const struct addr *a, const struct addr *far);
/* FD belongs to the result; without memory (NULL) it is closed. */
struct live_socket *live_socket_add(struct live_sockets *d,
    enum live_socket_kind kind, int fd, const char *node, const char *face,
    const struct addr *at, const struct addr *far);
/* It is freed when no event names it any more. */
void live_socket_close(struct live_sockets *d, struct live_socket *o);
struct live_socket *live_socket_find(const struct live_sockets *d,
    enum live_socket_kind kind, const struct addr *at, const struct addr *far);
/* O's other end is known to be FAR, which no other socket has. */
void live_socket_move(
    struct live_sockets *d, struct live_socket *o, const struct addr *far);
/* Events of O are waited for as epoll_ctl's OP says. */
void
live_socket_watch(const struct live_sockets *d, struct live_socket *o, int op);
/* Bytes that may wait for a connection: the less, the more there are. */
size_t live_socket_waiting_most(const struct live_sockets *d);
/* What waits for the socket goes. */
void live_socket_flush(struct live_sockets *d, struct live_socket *o);
/* 0, or an error of D's FN. */
int live_socket_hand_over(struct live_sockets *d, const struct live_socket *o,
    enum arrival_what what, const struct addr *from, struct str bytes,
    int64_t late_ns);
/* The face that has A, as where it waits. */
const char *
live_socket_face_at(const struct live_sockets *d, const struct addr *a);

/* ---- live_sockets_stream.c ---- */

/* The machine's clock that goes on, ns. */
int64_t live_stream_clock(void);
/* Reads what has come of O, a connection.  0, or an error of D's FN, as below.
 */
int live_stream_read(struct live_sockets *d, struct live_socket *o);
/* The other side takes it, or does not listen. */
int
live_stream_finish_connecting(struct live_sockets *d, struct live_socket *o);
/* Connections that should be open by now, and are not, are closed. */
int live_stream_close_unopened(struct live_sockets *d);
/* One that waits at O, a listener.  False: there is none any more, or *ERR. */
bool
live_stream_accept(struct live_sockets *d, struct live_socket *o, int *err);
void live_stream_send(struct live_sockets *d, const struct run_departure *p);

#endif
