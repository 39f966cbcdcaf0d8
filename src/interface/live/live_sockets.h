/*
 * The sockets by which real programs reach the nodes of a run: one for each
 * place at which a node waits, at the very address that the node has, so that
 * no field of a message needs to be rewritten.  All of them are on the loopback
 * (127.0.0.0/8), and nothing is sent elsewhere, except for faces that the user
 * has opened to other machines by name (real_programs_take_faces).
 *
 * Where a node waits for TLS or WebSocket, the socket's layers speak that
 * (live/connection_layers.h), and the run has the messages inside.
 *
 * Hostile territory: whatever comes is bytes for the run.  Connections are
 * bounded, and so is what waits for one that does not read.
 */
#ifndef LIVE_LIVE_SOCKETS_H
#define LIVE_LIVE_SOCKETS_H

#include "base/connection_end.h"
#include "inputs/arrivals.h"
#include "msg/constants.h"
#include "runs/run.h"

struct real_programs;
struct live_sockets;
struct certificate_authority;
struct topology;

#define LIVE_SOCKETS_CONNECTIONS \
	4096 /* at most, fewer where descriptors lack */
/* Bytes, for one that does not read; for all of them, about. */
#define LIVE_SOCKETS_WAITING     (1u << 20)
#define LIVE_SOCKETS_WAITING_ALL (1u << 26)
/* How long TLS and WebSocket may take to open. */
#define LIVE_SOCKETS_SHAKING_NS INT64_C(10000000000)
/* A program may be about to listen: so long after a connection was rejected it
 * is tried again, once. */
#define LIVE_SOCKETS_AGAIN_NS INT64_C(1000000000)
/* A program that says no more still gets the responses to what it has said, so
 * long: a transaction's (64*T1). */
#define LIVE_SOCKETS_HALF_NS SIP_64T1_NS
/* A port of this machine's administrator (80, 443) is so much higher where the
 * machine does not give it (8080, 8443). */
#define LIVE_SOCKETS_HIGHER 8000

/* Something came to a node; A and LATE_NS, for how long the machine has had it
 * before it was read, are the call's.  0, or an error, which ends the wait. */
typedef int
live_sockets_fn(const struct arrival *a, int64_t late_ns, void *arg);

/* No sockets yet, for the run of T.  T, PROGRAMS and AUTHORITY (NULL: nothing
 * goes by TLS) are borrowed.  0, or WHY's error. */
int live_sockets_create(struct live_sockets **d, const struct topology *t,
    const struct real_programs *programs,
    struct certificate_authority *authority, live_sockets_fn *fn, void *arg,
    struct diag *why);
void live_sockets_destroy(struct live_sockets *d);

/* As many as R's nodes have places now: new ones open, others close.  0, or
 * WHY's error: the first that could not be opened, the others are. */
int live_sockets_follow(
    struct live_sockets *d, const struct run *r, struct diag *why);
/* What has left the run goes on from here. */
void live_sockets_send(struct live_sockets *d, const struct run_departure *p);
/* Waits NS at most (INT64_MAX: as long as it takes, or a signal comes) until
 * something comes, and hands all over that has.  0 or FN's error. */
int live_sockets_wait(struct live_sockets *d, int64_t ns);

/* Readable where live_sockets_wait would not wait. */
int live_sockets_fd(const struct live_sockets *d);

/* FN(NODE, FACE, AT, ARG) for each place that is open; AT has the port that the
 * machine has given. */
void
live_sockets_each(const struct live_sockets *d, run_place_fn *fn, void *arg);

struct live_sockets_counts {
	uint64_t came, left; /* datagrams, and parts of connections */
	uint64_t elsewhere;  /* not sent: for beyond the loopback */
	uint64_t lost; /* not sent, or not come: the machine had no room */
	uint64_t connections; /* that there were */
	uint64_t refused;     /* of them: too many, or they did not read */
	uint64_t unopened;    /* … whose TLS or WebSocket came to nothing */
	uint64_t ended[CONNECTION_END_COUNT]; /* … by whom, and why */
	struct addr somewhere;                /* the first address beyond */
};
const struct live_sockets_counts *
live_sockets_counted(const struct live_sockets *d);

#endif
