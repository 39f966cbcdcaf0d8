/* Shared by the steps of topology_read.  Everything lives in the store. */
#ifndef TOPOLOGY_TOPOLOGY_IN_H
#define TOPOLOGY_TOPOLOGY_IN_H

#include "topology/topology.h"
#include "topology/topology_graph.h"

struct topology_build {
	struct topology *t;
	struct arena *store;
	const char *file;
	struct diag *d, *doubt;
	struct topology_graph graph;
	const char *setting; /* the one that is read */
};

/* Each step: 0, or an error with its sentence in B->d. */
int topology_no_memory(struct topology_build *b);
int topology_build_nodes(struct topology_build *b);
int topology_build_faces(struct topology_build *b);
/* The face that PORT, of an end of link I at node N, names, from 1 on; 0: none,
 * where N has no faces (the link then keeps what it says), or PORT is only
 * where the end is drawn. */
int topology_find_face(struct topology_build *b, size_t i, size_t n,
    const char *port, size_t *face);
int topology_build_links(struct topology_build *b);
int topology_assign_addresses(struct topology_build *b);
int topology_set_entries(struct topology_build *b);

/* A sentence's place: the attribute ATTR (or -1) of node or link I. */
struct topology_at topology_at(const struct topology_build *b,
    enum topology_owner owner, size_t i, int attr);

#endif
