/*
 * Which nodes of a run are real programs, and which address each node has while
 * they are: settings of the run.
 */
#ifndef LIVE_REAL_PROGRAMS_H
#define LIVE_REAL_PROGRAMS_H

#include "inputs/inputs.h"
#include "topology/topology.h"

#define REAL_PROGRAMS_NETWORKS 64
#define REAL_PROGRAMS_FACES    4

/* A node's face that the user has opened to other machines. */
struct real_program_face {
	char node[64], interface[16];
	struct addr at;
};

struct real_programs {
	int lock; /* a socket; -1: none */
	uint8_t network;
	unsigned tried; /* so many networks */
	struct real_program_face faces[REAL_PROGRAMS_FACES];
	size_t nfaces;
	const char *pages; /* that may come by WebSocket; NULL: none */
};

/* A network 127.N.0.0/16 that no other run of this machine has, and that was
 * not tried before.  0, or ERR_EXISTS: all are taken. */
int real_programs_take_network(struct real_programs *c);
void real_programs_leave_network(struct real_programs *c);
/* WORDS (NULL: none), "sbc:eth0=192.0.2.7" with commas between: C's faces, at
 * addresses that these interfaces of the machine have.  0 or D's error. */
int real_programs_take_faces(
    struct real_programs *c, const char *words, struct diag *d);
/* A is of one of them. */
bool
real_programs_has_face(const struct real_programs *c, const struct addr *a);
/* A real program stands for N. */
bool real_programs_is_program(const struct topology_node *n);
/* Where the program that stands for N listens, with port and transport. */
struct addr real_programs_program_at(const struct topology_node *n);
/* OUTSIDE as in struct live_options.  Adds settings to IN, whose topology is
 * known (in->graph).  0, or D's error. */
int real_programs_set(const struct real_programs *c, struct inputs *in,
    const char *outside, struct diag *d);

#endif
