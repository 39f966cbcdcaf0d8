/* What the steps of topology_read share.  Everything lives in the store. */
#ifndef SCENARIO_TOPOLOGY_PRIVATE_H
#define SCENARIO_TOPOLOGY_PRIVATE_H

#include "scenario/topology.h"
#include "scenario/topology_graph.h"
#include "scenario/topology_scan.h"

/* A setting whose object was found. */
struct topology_setting {
	const char *text; /* as the user wrote it */
	enum topology_owner owner;
	size_t index; /* of the node or link */
	int attr;
};

struct topology_build {
	struct topology *t;
	struct topology_store *store;
	const char *file;
	struct diag *d;
	struct topology_scan scan; /* where things stand */
	struct topology_raw raw;   /* what they are */
	struct topology_setting *settings;
	size_t nsettings;
	unsigned *roles;      /* bits of each node */
	unsigned *lines;      /* of each link */
	uint32_t *statements; /* of each link; UINT32_MAX: not known */
};

/* Each step: 0, or an error that is told. */
int topology_no_memory(struct topology_build *b);
int topology_apply_settings(
    struct topology_build *b, const char *const *settings, size_t n);
int topology_build_nodes(struct topology_build *b);
int topology_build_links(struct topology_build *b);
/* Where each link stands; before settings, which name links. */
int topology_locate_links(struct topology_build *b);
int topology_assign_addresses(struct topology_build *b);
int topology_check_entries(struct topology_build *b);

/* A sentence's place: the attribute ATTR (or -1) of node or link I. */
struct topology_at topology_at(const struct topology_build *b,
    enum topology_owner owner, size_t i, int attr);

/* Whether the words of ROLE have WORD among them. */

#endif
