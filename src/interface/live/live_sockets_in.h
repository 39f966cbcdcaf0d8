/* What two files share: live_sockets.c opens and closes a run's sockets and
 * has its datagrams, live_sockets_stream.c has its connections. */
#ifndef LIVE_LOOPBACK_SOCKETS_IN_H
#define LIVE_LOOPBACK_SOCKETS_IN_H

#include "base/buf.h"
#include "base/list.h"
#include "live/live_sockets.h"
#include "live/connection_owner.h"
#include "msg/framing.h"

#include <sys/socket.h>

enum loopback_socket_kind { DATAGRAMS, LISTENER, CONNECTION };

struct loopback_socket {
	struct list link;
	struct loopback_sockets *sockets;
	enum loopback_socket_kind kind;
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

struct loopback_sockets {
	int epoll;
	const struct topology *graph;
	const struct real_programs *programs;
	struct certificate_authority *authority;
	loopback_sockets_fn *fn;
	void *arg;
	struct list all, gone;
	struct map *by_ends;
	size_t connections, most;
	size_t senders;
	unsigned kinds;  /* of transports that are waited for: bits */
	bool looking;    /* at events, which name sockets */
	int64_t look_ns; /* whether lines are open that are to be by then */
	struct sender_media media, told; /* by programs, and to them */
	struct loopback_sockets_counts counts;
	struct diag *why; /* of loopback_sockets_follow */
	struct msg scratch;
	char bytes[65536];
};

/* ---- live_sockets.c ---- */

socklen_t
loopback_socket_to_socket(const struct addr *a, struct sockaddr_storage *s);
struct addr loopback_socket_from_socket(
    const struct sockaddr_storage *s, uint8_t transport);
/* Between A, of a node, and FAR there is a way.  To all of a network at once
 * nothing goes. */
bool loopback_socket_may_reach(const struct loopback_sockets *d,
    const struct addr *a, const struct addr *far);
/* FD belongs to the result; without memory (NULL) it is closed. */
struct loopback_socket *loopback_socket_add(struct loopback_sockets *d,
    enum loopback_socket_kind kind, int fd, const char *node, const char *face,
    const struct addr *at, const struct addr *far);
/* It is freed when no event names it any more. */
void
loopback_socket_close(struct loopback_sockets *d, struct loopback_socket *o);
struct loopback_socket *loopback_socket_find(const struct loopback_sockets *d,
    enum loopback_socket_kind kind, const struct addr *at,
    const struct addr *far);
/* O's other end is known to be FAR, which no other socket has. */
void loopback_socket_move(struct loopback_sockets *d, struct loopback_socket *o,
    const struct addr *far);
/* Events of O are waited for as epoll_ctl's OP says. */
void loopback_socket_watch(
    const struct loopback_sockets *d, struct loopback_socket *o, int op);
/* Bytes that may wait for a connection: the less, the more there are. */
size_t loopback_socket_waiting_most(const struct loopback_sockets *d);
/* What waits for the socket goes. */
void
loopback_socket_flush(struct loopback_sockets *d, struct loopback_socket *o);
/* 0, or an error of D's FN. */
int loopback_socket_hand_over(struct loopback_sockets *d,
    const struct loopback_socket *o, enum arrival_what what,
    const struct addr *from, struct str bytes, int64_t late_ns);
/* The face that has A, as where it waits. */
const char *
loopback_socket_face_at(const struct loopback_sockets *d, const struct addr *a);

/* ---- live_sockets_stream.c ---- */

/* The machine's clock that goes on, ns. */
int64_t loopback_stream_clock(void);
/* Reads what has come of O, a connection.  0, or an error of D's FN, as below.
 */
int loopback_stream_read(struct loopback_sockets *d, struct loopback_socket *o);
/* The other side takes it, or does not listen. */
int loopback_stream_finish_connecting(
    struct loopback_sockets *d, struct loopback_socket *o);
/* Connections that should be open by now, and are not, are closed. */
int loopback_stream_close_unopened(struct loopback_sockets *d);
/* One that waits at O, a listener.  False: there is none any more, or *ERR. */
bool loopback_stream_accept(
    struct loopback_sockets *d, struct loopback_socket *o, int *err);
void
loopback_stream_send(struct loopback_sockets *d, const struct run_departure *p);

#endif
