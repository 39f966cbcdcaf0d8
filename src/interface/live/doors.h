/*
 * Where real programs reach the nodes of a run: a socket of this machine for
 * each place at which a node waits, at the very address that the node has, so
 * that nothing that a message says needs to be rewritten.  All of them are on
 * the loopback (127.0.0.0/8), and nothing is sent elsewhere.
 *
 * Hostile territory: whatever comes is bytes for the run.  Connections are
 * bounded, and so is what waits for one that does not read.
 */
#ifndef LIVE_DOORS_H
#define LIVE_DOORS_H

#include "inputs/arrivals.h"
#include "runs/run.h"

struct doors;

#define DOORS_CONNECTIONS 4096       /* at most, fewer where descriptors lack */
#define DOORS_WAITING     (1u << 20) /* bytes, for one that does not read */

/* Something came to a node; A and LATE_NS, for how long the machine has had it
 * before it was read, are the call's.  0, or an error, which ends the wait. */
typedef int doors_fn(const struct arrival *a, int64_t late_ns, void *arg);

/* Whether a program has address A (its port is of no account). */
typedef bool doors_program_fn(const struct addr *a, void *arg);

/* None yet.  0, or D's error. */
int doors_create(struct doors **d, doors_fn *fn, doors_program_fn *is_program,
    void *arg, struct diag *why);
void doors_destroy(struct doors *d);

/* As many as R's nodes have places now: new ones open, others close.  0, or
 * WHY's error: the first that could not be opened, the others are. */
int doors_follow(struct doors *d, const struct run *r, struct diag *why);
/* What has left the run goes on from here. */
void doors_send(struct doors *d, const struct run_departure *p);
/* Waits NS at most (INT64_MAX: as long as it takes, or a signal comes) until
 * something comes, and hands all over that has.  0 or FN's error. */
int doors_wait(struct doors *d, int64_t ns);

/* Readable where doors_wait would not wait. */
int doors_fd(const struct doors *d);

/* FN(NODE, FACE, AT, ARG) for each place that is open. */
void doors_each(const struct doors *d, run_place_fn *fn, void *arg);

struct doors_counts {
	uint64_t came, left;   /* datagrams, and parts of connections */
	uint64_t elsewhere;    /* not sent: for beyond the loopback */
	uint64_t lost;         /* not sent: the machine did not take it */
	uint64_t connections;  /* that there were */
	uint64_t refused;      /* of them: too many, or they did not read */
	struct addr somewhere; /* the first address beyond */
};
const struct doors_counts *doors_counted(const struct doors *d);

#endif
